//! One-time passphrases whose time was seen to be over while somebody was signed
//! in: they open nothing again when the clock is set back, whether anything was
//! written in the record since or it was only read. A late attempt with the
//! passphrase itself ends nothing: what it is told asks for a wrong clock to be
//! set right.

use crate::desk::judge;
use crate::error::Result;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::{log, settings};
use crate::time::Timestamp;
use crate::user::one_time;
use crate::vault::keys::{KeyFile, Unlocked};

/// The setting of this computer: when the passphrase was made, and when it was
/// first seen that its time was over.
const SETTING: &str = "one_time_ran_out";

/// Keeps of each one-time passphrase that has run out by now that it has.
///
/// # Errors
/// When it cannot be kept.
pub(super) fn keep(session: &mut Session, keys: &KeyFile) -> Result<()> {
    let now = session.now();
    for user in keys.users().filter(|user| keys.must_change(*user)) {
        let Some(made) = keys.set_at(user).filter(|made| now > one_time::until(*made)) else { continue };
        if kept(session.conn(), user.0, made)?.is_none() {
            let value = format!("{} {}", made.0, now.0);
            session.locally(|conn, _| settings::set_local(conn, user.0, SETTING, &value))?;
        }
    }
    Ok(())
}

/// Refuses a passphrase for one use whose time is over, or was.
///
/// # Errors
/// `passphrase_ran_out` or `passphrase_clock`.
pub(super) fn refuse(conn: &Db, way: &Unlocked, now: Timestamp) -> Result<()> {
    if !way.must_change || !judge::has_records(conn) {
        return Ok(());
    }
    let written = log::latest_since_change(conn, way.user.0)?;
    one_time::still_opens(way.set_at, now, written.max(kept(conn, way.user.0, way.set_at)?))
}

/// When a passphrase made at `made` was first seen to have run out.
fn kept(conn: &Db, user: uuid::Uuid, made: Timestamp) -> Result<Option<Timestamp>> {
    let kept = settings::local(conn, user, SETTING)?.unwrap_or_default();
    let seen = kept.split_once(' ').filter(|(of, _)| *of == made.0.to_string()).and_then(|(_, seen)| seen.parse().ok());
    Ok(seen.map(Timestamp))
}
