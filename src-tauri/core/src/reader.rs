//! A signed-in user reading: a connection that cannot write, and the read log
//! that is written before the answer.

use crate::access;
use crate::access::AccessFault;
use crate::contact::Contact;
use crate::error::Result;
use crate::ids::{DeviceId, FamilyId};
use crate::store::db::Db;
use crate::store::looks::Look;
use crate::time::Timestamp;
use crate::user::User;

/// Says what was looked at, or that it was refused: `Opened the story`.
pub type LookWords = fn(view: &str, denied: bool) -> String;

/// A signed-in user who means to read: the record is reached only by what is
/// written into the read log first.
pub struct Reader<'a>(Opened<'a>);

/// What a read has once its line is in the read log.
#[derive(Clone, Copy)]
pub struct Opened<'a> {
    /// A connection that only reads.
    pub conn: &'a Db,
    /// Who reads.
    pub user: &'a User,
    /// This computer.
    pub device: DeviceId,
    /// The present instant.
    pub now: Timestamp,
    /// Writes a look into the read log.
    pub log: &'a dyn Fn(&Look) -> Result<()>,
    /// What a line of the read log says of a view, or of its refusal.
    pub look_words: LookWords,
    /// Whether one more person may be looked for while another is typed.
    pub may_look_for: &'a dyn Fn(&str) -> bool,
}

impl<'a> Reader<'a> {
    /// Somebody who has not looked at anything yet.
    #[must_use]
    pub const fn of(reads: Opened<'a>) -> Self {
        Self(reads)
    }

    /// Who reads.
    #[must_use]
    pub const fn user(&self) -> &'a User {
        self.0.user
    }

    /// The present instant.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.0.now
    }

    /// Opens a family for a kind of view: checks, and writes the read log.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open(&self, family: FamilyId, view: &'static str) -> Result<Opened<'a>> {
        let allowed = access::may_open(self.0.conn, self.0.user, family)?;
        self.looked(family, view, allowed)
    }

    /// Opens a note of a family: not every note is read by everybody who opens the family.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_note(&self, note: &Contact, view: &'static str) -> Result<Opened<'a>> {
        let allowed = access::may_open(self.0.conn, self.0.user, note.family)? && access::reads_note(self.0.user, note);
        self.looked(note.family, view, allowed)
    }

    /// Opens what is needed to finish a note that the user has begun.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_to_finish(&self, family: FamilyId, view: &'static str) -> Result<Opened<'a>> {
        let allowed = access::may_finish(self.0.conn, self.0.user, family)?;
        self.looked(family, view, allowed)
    }

    /// Opens a family's ACE conversations.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_ace(&self, family: FamilyId) -> Result<Opened<'a>> {
        let allowed = access::may_open_ace(self.0.conn, self.0.user, family)?;
        self.looked(family, "ace", allowed)
    }

    /// Opens what is known of harm in a family.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_harm(&self, family: FamilyId) -> Result<Opened<'a>> {
        let allowed = access::may_open_harm(self.0.conn, self.0.user, family)?;
        self.looked(family, "harm", allowed)
    }

    /// Opens a family's history.
    ///
    /// # Errors
    /// `not_yours`, or that the read log could not be written.
    pub fn open_history(&self, family: FamilyId) -> Result<Opened<'a>> {
        let allowed = access::may_read_history(self.0.conn, self.0.user, family)?;
        self.looked(family, "history", allowed)
    }

    /// Writes a list or search into the read log.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn listed(&self, view: &'static str) -> Result<Opened<'a>> {
        (self.0.log)(&Look { family: None, view, denied: false })?;
        Ok(self.0)
    }

    /// Something, by its id: of what is not there, the same refusal as
    /// of another's, so that an id is no way to learn which there are.
    ///
    /// # Errors
    /// `not_yours` when nothing was found.
    pub fn known<T>(&self, find: impl FnOnce(&Db) -> Result<Option<T>>, view: &'static str) -> Result<T> {
        match find(self.0.conn)? {
            Some(found) => Ok(found),
            None => self.refused(view),
        }
    }

    /// Refuses, and logs the refusal.
    ///
    /// # Errors
    /// `not_yours`.
    pub fn refused<T>(&self, view: &'static str) -> Result<T> {
        self.0.noted(&Look { family: None, view, denied: true })?;
        Err(access::not_yours())
    }

    fn looked(&self, family: FamilyId, view: &'static str, allowed: bool) -> Result<Opened<'a>> {
        let family = if allowed { Some(family) } else { access::known(self.0.conn, family)? };
        self.0.noted(&Look { family, view, denied: !allowed })?;
        if allowed { Ok(self.0) } else { Err(access::not_yours()) }
    }
}

impl Opened<'_> {
    /// Writes into the read log that somebody of `family` was found, which the
    /// user may open or not.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn found(&self, family: FamilyId, view: &'static str, allowed: bool) -> Result<()> {
        self.noted(&Look { family: Some(family), view, denied: !allowed })
    }

    fn noted(&self, look: &Look) -> Result<()> {
        (self.log)(look).map_err(|error| {
            AccessFault::NotLogged.says(format!("This could not be logged in the record history, so it was not opened. {}", error.message))
        })
    }
}
