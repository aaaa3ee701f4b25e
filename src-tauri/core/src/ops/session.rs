//! A signed-in user with the one connection that writes.

use std::sync::Arc;

use rusqlite::Connection;

use super::op::Op;
use super::{Outcome, access};
use crate::codes::Code;
use crate::domain::user::User;
use crate::error::Result;
use crate::ids::{FamilyId, Ids};
use crate::store::access::{self as read_log, Look};
use crate::store::log::{self, Position};
use crate::store::tx::{Author, Tx};
use crate::time::{Clock, Timestamp};

/// Keeps the head of the log outside the vault, and signs seals.
pub trait Keeper: Send {
    /// Keeps how far the record has come.
    ///
    /// # Errors
    /// When it cannot be written.
    fn keep(&mut self, position: &Position) -> Result<()>;
    /// Forces what was kept to the disk: at each lock and exit there is time.
    ///
    /// # Errors
    /// When it cannot be written.
    fn settle(&self) -> Result<()>;
    /// Signs with this computer's key.
    fn sign(&self, message: &[u8]) -> [u8; 64];
}

/// A signed-in user with the one connection that writes.
pub struct Session {
    conn: Connection,
    author: Author,
    user: User,
    clock: Arc<dyn Clock>,
    ids: Box<dyn Ids>,
    keeper: Box<dyn Keeper>,
}

impl Session {
    /// A session of `user` on an open record.
    #[must_use]
    pub fn new(conn: Connection, author: Author, user: User, clock: Arc<dyn Clock>, ids: Box<dyn Ids>, keeper: Box<dyn Keeper>) -> Self {
        Self { conn, author, user, clock, ids, keeper }
    }

    /// Who is signed in.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// Who writes, from where.
    #[must_use]
    pub const fn author(&self) -> Author {
        self.author
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The record, to read from.
    #[must_use]
    pub const fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Goes on as `user`: the same person with a changed role, or, while a
    /// practice vault is being filled, another.
    pub(crate) fn act_as(&mut self, user: &User) {
        self.author.user = user.id;
        self.user = user.clone();
    }

    /// Does one thing: everything `act` writes is one operation of the log,
    /// whole or not at all, on disk when this answers.
    ///
    /// # Errors
    /// What `act` refuses, or a fault of the store; then nothing was changed.
    pub fn transact<T>(&mut self, op: Op, act: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Outcome<T>> {
        let now = self.clock.now();
        let tx = Tx::begin(&mut self.conn, now, self.ids.as_mut(), self.author)?;
        let value = act(&tx)?;
        let finished = tx.finish(op.code())?;
        self.keep_head()?;
        Ok(Outcome { value, touched: finished.touched.into_iter().collect(), seen: finished.seen })
    }

    /// Writes what is kept outside the log: drafts and local settings.
    ///
    /// # Errors
    /// When the store fails.
    pub fn locally<T>(&mut self, write: impl FnOnce(&mut Connection, Timestamp) -> Result<T>) -> Result<T> {
        let value = write(&mut self.conn, self.clock.now())?;
        self.keep_head()?;
        Ok(value)
    }

    /// Writes a look into the read log, before the answer is given.
    ///
    /// # Errors
    /// When it cannot be written; the answer must then not be given.
    pub fn log_look(&mut self, look: &Look) -> Result<()> {
        if read_log::write(&mut self.conn, self.author, look, self.clock.now())? {
            self.keep_head()?;
        }
        Ok(())
    }

    /// Refuses, and logs the refusal, unless the user may open `family`.
    ///
    /// # Errors
    /// `not_yours` when they may not.
    pub fn allow(&mut self, family: FamilyId, what: &'static str) -> Result<()> {
        if access::may_open(&self.conn, &self.user, family)? {
            return Ok(());
        }
        self.log_look(&Look { family: access::known(&self.conn, family)?, view: what, denied: true })?;
        Err(access::not_yours())
    }

    /// Refuses, and logs the refusal, unless the user may open the ACE
    /// conversations of `family`.
    ///
    /// # Errors
    /// `not_yours` when they may not.
    pub fn allow_ace(&mut self, family: FamilyId, what: &'static str) -> Result<()> {
        if access::may_open_ace(&self.conn, &self.user, family)? {
            return Ok(());
        }
        self.log_look(&Look { family: access::known(&self.conn, family)?, view: what, denied: true })?;
        Err(access::not_yours())
    }

    /// What was found by an id, or the same refusal as for another's: an id
    /// that the record does not have is no way to learn which it has.
    ///
    /// # Errors
    /// `not_yours` when nothing was found.
    pub fn known<T>(&mut self, found: Option<T>, what: &'static str) -> Result<T> {
        if let Some(found) = found {
            return Ok(found);
        }
        self.log_look(&Look { family: None, view: what, denied: true })?;
        Err(access::not_yours())
    }

    /// Seals every stream that has grown. Done at each lock and release.
    ///
    /// # Errors
    /// When the store fails.
    pub fn seal(&mut self) -> Result<()> {
        let tx = self.conn.transaction()?;
        let sealed = log::seal(&tx, self.author.device, |message| self.keeper.sign(message))?;
        if sealed == 0 {
            return Ok(());
        }
        crate::store::drafts::count_local_change(&tx)?;
        tx.commit()?;
        self.keep_head()
    }

    /// Seals, folds the write-ahead log in, and closes the record.
    ///
    /// # Errors
    /// When the store fails; everything acknowledged is on disk all the same.
    pub fn close(mut self) -> Result<()> {
        self.seal()?;
        crate::store::open::checkpoint(&self.conn)?;
        self.conn.close().map_err(|(_, error)| error)?;
        self.keeper.settle()
    }

    fn keep_head(&mut self) -> Result<()> {
        let position = log::position(&self.conn, self.author.device)?;
        self.keeper.keep(&position)
    }
}
