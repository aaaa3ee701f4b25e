//! A signed-in user reading: a connection that cannot write, and the read log
//! that is written before the answer.

use rusqlite::Connection;

use super::access;
use crate::domain::user::User;
use crate::error::{Error, Result};
use crate::ids::{ContactId, EpisodeId, FamilyId};
use crate::store::access::Look;
use crate::store::{contacts, episodes};
use crate::time::Timestamp;

/// What a read may use.
pub struct Reader<'a> {
    /// A connection that only reads.
    pub conn: &'a Connection,
    /// Who reads.
    pub user: &'a User,
    /// The present instant.
    pub now: Timestamp,
    /// Writes a look into the read log.
    pub log: &'a dyn Fn(&Look) -> Result<()>,
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

    /// The family of an episode.
    ///
    /// # Errors
    /// `not_yours` when there is none.
    pub fn family_of_episode(&self, episode: EpisodeId) -> Result<FamilyId> {
        episodes::find(self.conn, episode)?.map(|episode| episode.family).ok_or_else(access::not_yours)
    }

    /// The family of a contact.
    ///
    /// # Errors
    /// `not_yours` when there is none.
    pub fn family_of_contact(&self, contact: ContactId) -> Result<FamilyId> {
        contacts::find(self.conn, contact)?.map(|contact| contact.family).ok_or_else(access::not_yours)
    }

    fn looked(&self, family: FamilyId, view: &'static str, allowed: bool) -> Result<()> {
        let family = if allowed { Some(family) } else { access::known(self.conn, family)? };
        (self.log)(&Look { family, view, denied: !allowed }).map_err(|error| {
            Error::new("read_log", format!("This could not be noted in the record history, so it was not opened. {}", error.message))
        })?;
        if allowed { Ok(()) } else { Err(access::not_yours()) }
    }
}
