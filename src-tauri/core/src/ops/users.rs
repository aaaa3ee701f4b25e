//! Users as rows of the record. Their keys are the desk's: it writes the key
//! file first, then calls these.

use super::Outcome;
use super::session::Session;
use crate::domain::signing_in::AmendUser;
use crate::domain::user::{Role, User, UserRefused, enter_user};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::ops::op::Op;
use crate::store::{log, users};

/// Adds the row of a user whose key is already in the key file.
///
/// # Errors
/// When the store fails.
pub fn add_user(session: &mut Session, user: &User) -> Result<Outcome<()>> {
    session.transact(Op::AddUser, |tx| tx.create(user))
}

/// Changes a user's name, role, organisation, or that they have left.
///
/// # Errors
/// `changed_since`, the last lead, or the field that cannot be used.
pub fn amend_user(session: &mut Session, request: &AmendUser) -> Result<Outcome<User>> {
    session.transact_part(Op::AmendUser, |tx| {
        let before = users::find(tx, request.user)?.ok_or_else(|| Error::not_found("user"))?;
        let (name, _, organisation) = enter_user(&request.name, &before.sign_in, &request.organisation)?;
        let after = User { name, organisation, role: request.role, active: request.active, ..before.clone() };
        let keeps_lead = after.active && after.role == Role::ServiceLead;
        if is_last_lead(&users::all(tx)?, before.id) && !keeps_lead {
            return Err(UserRefused::LastLead.into());
        }
        tx.amend(&before, &after, request.seen)?;
        Ok(after)
    })
}

/// Records that a user's passphrase has been set anew: by themselves, by a
/// lead, or with the recovery key.
///
/// # Errors
/// When there is no such user.
pub fn passphrase_set(session: &mut Session, op: Op, user: UserId) -> Result<Outcome<User>> {
    session.transact_part(op, |tx| {
        let before = users::find(tx, user)?.ok_or_else(|| Error::not_found("user"))?;
        let after = User { passphrase_at: tx.now(), ..before.clone() };
        tx.amend(&before, &after, log::last_operation(tx)?)?;
        Ok(after)
    })
}

/// Whether `user` is the only active service lead.
#[must_use]
pub fn is_last_lead(all: &[User], user: UserId) -> bool {
    let mut leads = all.iter().filter(|user| user.active && user.role == Role::ServiceLead);
    leads.next().is_some_and(|lead| lead.id == user) && leads.next().is_none()
}
