//! Asking for the passphrase again before what reaches beyond one family: keys,
//! users, copies of the record. Whoever sits down at an open laptop cannot.

use std::time::Duration;

use crate::desk::Desk;
use crate::desk::refused::DeskRefused;
use crate::error::Result;

/// A passphrase given so long ago need not be given again.
const GOOD_FOR: Duration = Duration::from_secs(5 * 60);

/// After so many wrong ones in a row the record locks.
const WRONG_AT_MOST: u32 = 5;

/// When the passphrase of who is signed in was last given.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    at: Option<Duration>,
    wrong: u32,
}

impl Desk {
    /// Takes the passphrase of who is signed in once more; for five minutes
    /// what asks for it goes ahead.
    ///
    /// # Errors
    /// `locked`, or `wrong_passphrase`; after five wrong ones the record is
    /// locked.
    pub fn confirm_passphrase(&self, passphrase: &str) -> Result<()> {
        let checked = self.with_open(|open| open.keys.unlock(&open.session.user().sign_in, passphrase).map(|_| ()));
        match checked {
            Ok(()) => {
                self.passphrase_was_given();
                Ok(())
            }
            Err(error) => {
                self.passphrase_was_wrong("confirm_passphrase")?;
                Err(error)
            }
        }
    }

    /// Notes that whoever sits here gave a wrong passphrase; after five, wherever
    /// they were given, the record is locked.
    pub(super) fn passphrase_was_wrong(&self, what: &'static str) -> Result<()> {
        // Said even where the disk is too full to log it: a wrong one opens nothing.
        self.with_open(|open| open.session.log_done(what, true)).ok();
        let wrong = {
            let mut confirmed = self.confirmed();
            confirmed.wrong += 1;
            confirmed.wrong
        };
        if wrong >= WRONG_AT_MOST { self.lock() } else { Ok(()) }
    }

    /// Refuses what needs the passphrase again unless it was just given.
    ///
    /// # Errors
    /// `confirm_passphrase`.
    pub(crate) fn needs_passphrase(&self) -> Result<()> {
        let given = self.confirmed().at;
        let fresh = given.is_some_and(|at| self.idle.uptime().saturating_sub(at) < GOOD_FOR);
        if fresh {
            return Ok(());
        }
        Err(DeskRefused::ConfirmPassphrase.into())
    }

    /// Notes that the passphrase was given now.
    pub(super) fn passphrase_was_given(&self) {
        *self.confirmed() = Confirmed { at: Some(self.idle.uptime()), wrong: 0 };
    }

    fn confirmed(&self) -> std::sync::MutexGuard<'_, Confirmed> {
        self.confirmed.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
