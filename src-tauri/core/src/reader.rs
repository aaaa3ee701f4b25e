//! A signed-in user reading: a connection that cannot write, and the read log
//! that is written before the answer.

use crate::access;
use crate::access::AccessFault;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::store::db::Db;
use crate::store::looks::Look;
use crate::time::Timestamp;
use crate::user::User;

/// Says what was looked at, or that it was refused: `Opened the story`.
pub type LookWords = fn(view: &str, denied: bool) -> String;

/// For a read that tells of no looks.
#[must_use]
pub const fn tells_of_no_looks(_: &str, _: bool) -> String {
    String::new()
}

/// What a read may use.
pub struct Reader<'a> {
    /// A connection that only reads.
    pub conn: &'a Db,
    /// Who reads.
    pub user: &'a User,
    /// The present instant.
    pub now: Timestamp,
    /// Writes a look into the read log.
    pub log: &'a dyn Fn(&Look) -> Result<()>,
    /// What a line of the read log says of a view, or of its refusal.
    pub look_words: LookWords,
    /// Whether one more person may be looked for while another is typed.
    pub may_look_for: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    /// Opens a family for a kind of view: checks, and writes the read log.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open(&self, family: FamilyId, view: &'static str) -> Result<()> {
        let allowed = access::may_open(self.conn, self.user, family)?;
        self.looked(family, view, allowed)
    }

    /// Opens a family's ACE conversations.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_ace(&self, family: FamilyId) -> Result<()> {
        let allowed = access::may_open_ace(self.conn, self.user, family)?;
        self.looked(family, "ace", allowed)
    }

    /// Opens a family's history.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_history(&self, family: FamilyId) -> Result<()> {
        let allowed = access::may_read_history(self.conn, self.user, family)?;
        self.looked(family, "history", allowed)
    }

    /// Writes a list or search into the read log.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn listed(&self, view: &'static str) -> Result<()> {
        (self.log)(&Look { family: None, view, denied: false })
    }

    /// Writes into the read log that somebody of `family` was found, which the
    /// user may open or not.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn found(&self, family: FamilyId, view: &'static str, allowed: bool) -> Result<()> {
        self.noted(&Look { family: Some(family), view, denied: !allowed })
    }

    /// What was found by an id, or the same refusal as for another's: an id
    /// that the record does not have is no way to learn which it has.
    ///
    /// # Errors
    /// `not_yours` when nothing was found.
    pub fn known<T>(&self, found: Option<T>, view: &'static str) -> Result<T> {
        if let Some(found) = found {
            return Ok(found);
        }
        self.noted(&Look { family: None, view, denied: true })?;
        Err(access::not_yours())
    }

    fn looked(&self, family: FamilyId, view: &'static str, allowed: bool) -> Result<()> {
        let family = if allowed { Some(family) } else { access::known(self.conn, family)? };
        self.noted(&Look { family, view, denied: !allowed })?;
        if allowed { Ok(()) } else { Err(access::not_yours()) }
    }

    fn noted(&self, look: &Look) -> Result<()> {
        (self.log)(look).map_err(|error| {
            AccessFault::NotLogged.says(format!("This could not be logged in the record history, so it was not opened. {}", error.message))
        })
    }
}
