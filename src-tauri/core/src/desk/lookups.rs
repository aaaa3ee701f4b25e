//! Looking for people of the record while one is being typed. A worker needs a
//! few; whoever tries names to learn who is in the record needs many.

use std::time::Duration;

use crate::desk::Desk;
use crate::ids::UserId;

/// So many different people may be looked for in [`WITHIN`].
const AT_MOST: usize = 30;

const WITHIN: Duration = Duration::from_secs(15 * 60);

/// Who looked for whom, and when on a clock that nobody can set.
#[derive(Debug, Default)]
pub(super) struct Lookups(Vec<(UserId, String, Duration)>);

impl Desk {
    /// Whether `user` may look for one more: the same one again is always allowed.
    pub(super) fn may_look_for(&self, user: UserId, what: &str) -> bool {
        let now = self.idle.uptime();
        let mut lookups = self.lookups.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        lookups.0.retain(|(.., at)| now.saturating_sub(*at) < WITHIN);
        if lookups.0.iter().any(|(who, before, _)| *who == user && before == what) {
            return true;
        }
        let theirs = lookups.0.iter().filter(|(who, ..)| *who == user).count();
        if theirs >= AT_MOST {
            return false;
        }
        lookups.0.push((user, what.to_owned(), now));
        true
    }
}
