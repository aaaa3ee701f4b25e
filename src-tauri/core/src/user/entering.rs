//! A user as typed becomes a user, or is refused.

use crate::error::Result;
use crate::ids::UserId;
use crate::time::Timestamp;
use crate::user::signing_in::AmendUser;
use crate::user::{Role, User, UserRefused, enter_user};

/// A user as changed, among `all`. Those who have `yet_to_choose` a passphrase
/// of their own are no leads to rely on: what they were handed may run out.
///
/// # Errors
/// The field that cannot be used, [`UserRefused::LastLead`],
/// [`UserRefused::NameGivenAway`].
pub fn amend(request: &AmendUser, before: &User, all: &[User], yet_to_choose: &[UserId], now: Timestamp) -> Result<User> {
    let (name, _, organisation) = enter_user(&request.name, &before.sign_in, &request.organisation)?;
    // What they had opens nothing any more, should they come back.
    let leaves = before.active && !request.active;
    let passphrase_at = if leaves { Timestamp(now.0.max(before.passphrase_at.0 + 1)) } else { before.passphrase_at };
    let after = User { name, organisation, role: request.role, active: request.active, passphrase_at, ..before.clone() };
    let keeps_lead = after.active && after.role == Role::ServiceLead;
    if is_last_lead(all, before.id, yet_to_choose) && !keeps_lead {
        return Err(UserRefused::LastLead.into());
    }
    if after.active && !before.active && signs_in(all, &after.sign_in) {
        return Err(UserRefused::NameGivenAway.into());
    }
    Ok(after)
}

/// Whether somebody of the team signs in with that name, in any case.
#[must_use]
pub fn signs_in(all: &[User], sign_in: &str) -> bool {
    all.iter().any(|user| user.active && user.sign_in.to_lowercase() == sign_in.to_lowercase())
}

/// Whether `user` is the only active service lead, those left out who have
/// `yet_to_choose` a passphrase of their own.
#[must_use]
pub fn is_last_lead(all: &[User], user: UserId, yet_to_choose: &[UserId]) -> bool {
    let mut leads = all.iter().filter(|lead| lead.active && lead.role == Role::ServiceLead);
    let others = leads.clone().any(|lead| lead.id != user && !yet_to_choose.contains(&lead.id));
    leads.any(|lead| lead.id == user) && !others
}
