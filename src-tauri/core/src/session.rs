//! A signed-in user with the one connection that writes.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::access;
use crate::acts;
use crate::acts::{Act, Asked};
use crate::codes::Code;
use crate::contact::Contact;
use crate::error::{Error, Result};
use crate::ids::{FamilyId, Ids, UserId};
use crate::op::Op;
use crate::reply::Reply;
use crate::schema::SCHEMA;
use crate::store::db::Db;
use crate::store::log;
use crate::store::log::Position;
use crate::store::looks as read_log;
use crate::store::looks::Look;
use crate::store::tx::{Author, Finished, Tx};
use crate::time::{Clock, Timestamp};
use crate::user::User;

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
    conn: Db,
    author: Author,
    user: User,
    clock: Arc<dyn Clock>,
    ids: Box<dyn Ids>,
    keeper: Box<dyn Keeper>,
    act: Option<Act>,
}

impl Session {
    /// A session of `user` on an open record.
    #[must_use]
    pub fn new(conn: Db, author: Author, user: User, clock: Arc<dyn Clock>, ids: Box<dyn Ids>, keeper: Box<dyn Keeper>) -> Self {
        Self { conn, author, user, clock, ids, keeper, act: None }
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
    pub const fn conn(&self) -> &Db {
        &self.conn
    }

    /// Goes on as `user`: the same person with a changed role, or, while a
    /// practice vault is being filled, another.
    pub(crate) fn act_as(&mut self, user: &User) {
        self.author.user = user.id;
        self.user = user.clone();
    }

    /// Begins what was asked; or answers what was answered when it was asked
    /// before, and then nothing is to be done.
    ///
    /// # Errors
    /// See [`acts::done_before`].
    pub fn begin_act(&mut self, asked: Asked) -> Result<Option<Value>> {
        let now = self.clock.now();
        let before = acts::done_before(&self.conn, self.user.id, &asked, now)?;
        if before.is_none() {
            let id = asked.number.unwrap_or_else(|| self.ids.next(now.0).into());
            self.act = Some(Act::new(id, asked));
        }
        Ok(before)
    }

    /// Ends the act, and remembers what was answered where only this was still
    /// to be known.
    ///
    /// # Errors
    /// When the store fails; what was done stands all the same.
    pub fn end_act(&mut self, answer: Option<&Value>) -> Result<()> {
        match (self.act.take(), answer) {
            (Some(act), Some(answer)) => act.answered(&self.conn, answer),
            _ => Ok(()),
        }
    }

    /// Does something beside the act that was asked: it is not what a second
    /// request would be answered with.
    pub fn beside_the_act<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let act = self.act.take();
        let done = run(self);
        self.act = act;
        done
    }

    /// Does one thing: everything `act` writes is one operation of the log,
    /// whole or not at all, on disk when this answers. What `act` answers is
    /// remembered with it, for when the same request comes again: ids and what
    /// changed, nothing of a person.
    ///
    /// # Errors
    /// What `act` refuses, or a fault of the store; then nothing was changed.
    pub fn transact<T: Serialize>(&mut self, op: Op, act: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Reply<T>> {
        self.transact_with(op, act, |value, finished| {
            let value = serde_json::to_value(value).map_err(|_| Error::internal("answer"))?;
            Ok(Some(json!({"value": value, "touched": finished.touched, "seen": finished.seen})))
        })
    }

    /// As [`Self::transact`], for an act whose answer is known only later:
    /// [`Self::end_act`] remembers it then.
    ///
    /// # Errors
    /// As [`Self::transact`].
    pub fn transact_part<T>(&mut self, op: Op, act: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Reply<T>> {
        self.transact_with(op, act, |_, _| Ok(None))
    }

    fn transact_with<T>(
        &mut self,
        op: Op,
        act: impl FnOnce(&Tx<'_>) -> Result<T>,
        answer: impl FnOnce(&T, &Finished) -> Result<Option<Value>>,
    ) -> Result<Reply<T>> {
        let now = self.clock.now();
        let asked = self.act;
        let tx = Tx::begin(&mut self.conn, &SCHEMA, now, self.ids.as_mut(), self.author, asked.map(|act| act.id))?;
        let value = act(&tx)?;
        let user = self.user.id;
        let finished = tx.finish(op.code(), |finished| {
            let Some(asked) = asked else { return Ok(None) };
            Ok(Some(asked.done(user, answer(&value, finished)?.as_ref(), now)))
        })?;
        self.keep_head()?;
        Ok(Reply { value, touched: finished.touched.into_iter().collect(), seen: finished.seen })
    }

    /// Writes what is kept outside the log: drafts and local settings.
    pub fn locally<T>(&mut self, write: impl FnOnce(&mut Db, Timestamp) -> Result<T>) -> Result<T> {
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

    /// Writes into the read log what is a line each time, such as a sign-in.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log_each(&mut self, looks: &[(Option<UserId>, Look, Timestamp)]) -> Result<()> {
        read_log::write_each(&mut self.conn, self.author, looks)?;
        self.keep_head()
    }

    /// Writes one thing that was done now, or refused, into the read log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log_done(&mut self, what: &'static str, denied: bool) -> Result<()> {
        let look = Look { family: None, view: what, denied };
        self.log_each(&[(Some(self.user.id), look, self.clock.now())])
    }

    /// Refuses, and logs the refusal, unless the user may open `family`.
    ///
    /// # Errors
    /// `not_yours` when they may not.
    pub fn allow(&mut self, family: FamilyId, what: &'static str) -> Result<()> {
        if access::may_open(&self.conn, &self.user, family)? {
            return Ok(());
        }
        self.refuse(family, what)
    }

    /// The same unless the user may read that note, too.
    ///
    /// # Errors
    /// `not_yours` when they may not.
    pub fn allow_note(&mut self, note: &Contact, what: &'static str) -> Result<()> {
        self.allow(note.family, what)?;
        if access::reads_note(&self.user, note) { Ok(()) } else { self.refuse(note.family, what) }
    }

    /// Refuses, and logs the refusal.
    ///
    /// # Errors
    /// `not_yours`, or a fault of the disk.
    pub fn refuse<T>(&mut self, family: FamilyId, what: &'static str) -> Result<T> {
        self.log_look(&Look { family: access::known(&self.conn, family)?, view: what, denied: true })?;
        Err(access::not_yours())
    }

    /// The same unless the user may finish the note that they have begun in it.
    ///
    /// # Errors
    /// `not_yours` when they may not.
    pub fn allow_to_finish(&mut self, family: FamilyId, what: &'static str) -> Result<()> {
        if access::may_finish(&self.conn, &self.user, family)? {
            return Ok(());
        }
        self.allow(family, what)
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
        self.refuse(family, what)
    }

    /// Refuses, and logs the refusal, unless the user may open what is known of
    /// harm in `family`.
    ///
    /// # Errors
    /// `not_yours` when they may not.
    pub fn allow_harm(&mut self, family: FamilyId, what: &'static str) -> Result<()> {
        if access::may_open_harm(&self.conn, &self.user, family)? {
            return Ok(());
        }
        self.refuse(family, what)
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
    pub fn seal(&mut self) -> Result<()> {
        let sealed = log::seal_grown(&mut self.conn, self.author.device, |message| self.keeper.sign(message))?;
        if sealed { self.keep_head() } else { Ok(()) }
    }

    /// Seals, folds the write-ahead log in, and closes the record.
    ///
    /// # Errors
    /// When the store fails; everything acknowledged is on disk all the same.
    pub fn close(mut self) -> Result<()> {
        self.seal()?;
        crate::store::open::checkpoint(&self.conn)?;
        self.conn.close()?;
        self.keeper.settle()
    }

    fn keep_head(&mut self) -> Result<()> {
        let position = log::position(&self.conn, self.author.device)?;
        self.keeper.keep(&position)
    }
}
