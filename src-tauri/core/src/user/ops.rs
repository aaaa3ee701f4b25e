//! Users as rows of the record. Their keys are the desk's: it stages the key
//! file, calls these, and then puts the key file in its place.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::leaving::ops as leaving;
use crate::op::Op;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::settings;
use crate::store::tx::Tx;
use crate::store::{acts, log, used};
use crate::team::ops::THIS_COMPUTER;
use crate::team::rows as team;
use crate::team::rows::Team;
use crate::time::Timestamp;
use crate::user::User;
use crate::user::entering;
use crate::user::rows as users;
use crate::user::signing_in::AmendUser;

/// What is kept of a passphrase, so that it does not come back.
#[derive(Debug, Clone, Copy)]
pub struct UsedMark {
    /// What making the mark costs.
    pub cost: [u8; 12],
    /// The mark.
    pub mark: [u8; 32],
}

/// Adds the row of a user whose key is staged.
pub fn add_user(session: &mut Session, user: &User, mark: &UsedMark) -> Result<Reply<()>> {
    session.transact(Op::AddUser, |tx| {
        used::remember(tx, user.id, &mark.cost, &mark.mark, user.passphrase_at)?;
        tx.create(user)
    })
}

/// Changes a user's name, role, organisation, or that they have left. Those who
/// have `yet_to_choose` a passphrase of their own are no leads to rely on: what
/// they were handed may run out.
///
/// # Errors
/// `changed_since`, the last lead, or the field that cannot be used.
pub fn amend_user(session: &mut Session, request: &AmendUser, yet_to_choose: &[UserId]) -> Result<Reply<User>> {
    session.transact_part(Op::AmendUser, |tx| {
        let before = users::find(tx, request.user)?.ok_or_else(|| Error::not_found("user"))?;
        let after = entering::amend(request, &before, &users::all(tx)?, yet_to_choose, tx.now())?;
        leaving::hand_over(tx, &before, &after, &request.hand_over, request.unfinished_read)?;
        tx.amend(&before, &after, request.seen)?;
        Ok(after)
    })
}

/// A change of keys that was recorded, and of which it is not known whether the
/// key file was replaced after it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Changing {
    /// Whose passphrase; none for the recovery key.
    pub user: Option<UserId>,
    /// When the one of before was set.
    pub before: Timestamp,
    /// When the one of after was set.
    pub after: Timestamp,
}

/// Names of the local settings that keep what is known of the key file: the
/// change under way, the edition that was put last, and when each former
/// recovery key was made.
const CHANGING: &str = "keys_changing";
const EDITION: &str = "keys_edition";
const FORMER_RECOVERY: &str = "former_recovery_keys";

/// The change of keys under way; none if there is none.
pub fn changing(conn: &Db) -> Result<Option<Changing>> {
    Ok(settings::local(conn, THIS_COMPUTER, CHANGING)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The edition of the key file that was put last, as far as the record knows.
pub fn keys_edition(conn: &Db) -> Result<u64> {
    Ok(settings::local(conn, THIS_COMPUTER, EDITION)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Whether a recovery key made at `at` has been replaced.
pub fn recovery_was_replaced(conn: &Db, at: Timestamp) -> Result<bool> {
    let former = settings::local(conn, THIS_COMPUTER, FORMER_RECOVERY)?.unwrap_or_default();
    Ok(former.split(' ').any(|made| made == at.0.to_string()))
}

/// Keeps that the key file of that edition says what the record says.
///
/// # Errors
/// When it cannot be written; then it is found out when the record is next
/// opened.
pub fn keys_are_put(session: &mut Session, edition: u64) -> Result<()> {
    let conn = session.conn();
    let known = keys_edition(conn)?;
    if changing(conn)?.is_none() && known >= edition {
        return Ok(());
    }
    session.locally(|conn, _| {
        settings::set_local(conn, THIS_COMPUTER, CHANGING, "")?;
        settings::set_local(conn, THIS_COMPUTER, EDITION, &edition.max(known).to_string())
    })
}

fn begin_changing(tx: &Tx<'_>, changing: Changing) -> Result<()> {
    let text = serde_json::to_string(&changing).map_err(|_| Error::internal("a change of keys as text"))?;
    settings::set_local_within(tx, THIS_COMPUTER, CHANGING, &text)
}

fn end_changing(tx: &Tx<'_>) -> Result<()> {
    settings::set_local_within(tx, THIS_COMPUTER, CHANGING, "")
}

/// Records that a user's passphrase is set anew: by themselves, by a lead, or
/// with the recovery key.
///
/// # Errors
/// When there is no such user.
pub fn passphrase_set(session: &mut Session, op: Op, user: UserId, at: Timestamp, mark: &UsedMark) -> Result<Reply<User>> {
    session.transact_part(op, |tx| {
        used::remember(tx, user, &mark.cost, &mark.mark, at)?;
        let before = users::find(tx, user)?.ok_or_else(|| Error::not_found("user"))?.passphrase_at;
        begin_changing(tx, Changing { user: Some(user), before, after: at })?;
        set_passphrase_at(tx, user, at)
    })
}

/// Records that the passphrase a user had, of `at`, still stands: the change
/// recorded after it did not reach the key file.
///
/// # Errors
/// When there is no such user.
pub fn passphrase_stands(session: &mut Session, user: UserId, at: Timestamp) -> Result<Reply<User>> {
    session.transact_part(Op::PassphraseStands, |tx| {
        let cut_short = users::find(tx, user)?.ok_or_else(|| Error::not_found("user"))?.passphrase_at;
        used::forget(tx, user, cut_short)?;
        acts::forget_last_of(tx, user.0)?;
        end_changing(tx)?;
        set_passphrase_at(tx, user, at)
    })
}

/// Records that there is a new recovery key.
pub fn recovery_key_made(session: &mut Session, at: Timestamp) -> Result<Reply<()>> {
    session.transact_part(Op::NewRecoveryKey, |tx| {
        let before = team::team(tx)?.recovery_at;
        begin_changing(tx, Changing { user: None, before, after: at })?;
        let former = settings::local(tx, THIS_COMPUTER, FORMER_RECOVERY)?.unwrap_or_default();
        settings::set_local_within(tx, THIS_COMPUTER, FORMER_RECOVERY, format!("{former} {}", before.0).trim())?;
        set_recovery_at(tx, at)
    })
}

/// Records that the recovery key of `at` still stands: the one recorded after
/// it did not reach the key file.
pub fn recovery_key_stands(session: &mut Session, at: Timestamp) -> Result<Reply<()>> {
    session.transact_part(Op::RecoveryKeyStands, |tx| {
        acts::forget_last_of(tx, team::team(tx)?.id)?;
        end_changing(tx)?;
        let former = settings::local(tx, THIS_COMPUTER, FORMER_RECOVERY)?.unwrap_or_default();
        let still: Vec<&str> = former.split(' ').filter(|made| *made != at.0.to_string()).collect();
        settings::set_local_within(tx, THIS_COMPUTER, FORMER_RECOVERY, &still.join(" "))?;
        set_recovery_at(tx, at)
    })
}

fn set_recovery_at(tx: &Tx<'_>, at: Timestamp) -> Result<()> {
    let before = team::team(tx)?;
    tx.amend(&before, &Team { recovery_at: at, ..before.clone() }, log::last_operation(tx)?)
}

fn set_passphrase_at(tx: &Tx<'_>, user: UserId, at: Timestamp) -> Result<User> {
    let before = users::find(tx, user)?.ok_or_else(|| Error::not_found("user"))?;
    let after = User { passphrase_at: at, ..before.clone() };
    tx.amend(&before, &after, log::last_operation(tx)?)?;
    Ok(after)
}
