//! The record's database as the rest of the program has it: something to hand
//! to the store, on which nobody else can run SQL.

use std::ops::Deref;

use ref_cast::RefCast;
use rusqlite::config::DbConfig;
use rusqlite::types::FromSql;
use rusqlite::{CachedStatement, Connection, InterruptHandle, OptionalExtension, Params, Row, Statement, Transaction, TransactionBehavior};

use crate::error::{Error, Result};

/// An open database. What it can be asked, only the store can ask: an operation
/// that is being written is handed on, and no statement is run on it.
///
/// ```
/// fn handed_on(tx: &attune_record::store::tx::Tx<'_>) -> attune_record::error::Result<i64> {
///     tx.value("SELECT count(*) FROM operation", [])
/// }
/// ```
///
/// ```compile_fail
/// fn run(tx: &attune_record::store::tx::Tx<'_>) -> attune_record::error::Result<usize> {
///     Ok(tx.execute("delete from flag", [])?)
/// }
/// ```
///
/// ```compile_fail
/// fn written(tx: &attune_record::store::tx::Tx<'_>, table: &attune_record::record::Table, row: uuid::Uuid) {
///     attune_record::store::apply::amend(tx, table, row, "detail", &attune_record::record::cell::Kept::Null).ok();
/// }
/// ```
#[derive(Debug, RefCast)]
#[repr(transparent)]
pub struct Db(Connection);

type Sql<T> = rusqlite::Result<T>;

/// Questions, for the rows of each concept. None of them can write.
impl Db {
    /// The first row, if there is one.
    ///
    /// # Errors
    /// When the store fails, or the statement is one that writes.
    pub fn one<T>(&self, sql: &str, params: impl Params, read: impl FnOnce(&Row<'_>) -> Sql<T>) -> Result<Option<T>> {
        Ok(self.question(sql)?.query_row(params, read).optional()?)
    }

    /// Every row.
    ///
    /// # Errors
    /// When the store fails, or the statement is one that writes.
    pub fn all<T, C: FromIterator<T>>(&self, sql: &str, params: impl Params, read: impl FnMut(&Row<'_>) -> Sql<T>) -> Result<C> {
        Ok(self.question(sql)?.query_map(params, read)?.collect::<Sql<_>>()?)
    }

    /// The one value of the one row.
    ///
    /// # Errors
    /// When there is no row, the store fails, or the statement is one that writes.
    pub fn value<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<T> {
        Ok(self.question(sql)?.query_row(params, |row| row.get(0))?)
    }

    /// A statement that asks.
    ///
    /// # Errors
    /// When it is none, or writes.
    pub fn question(&self, sql: &str) -> Result<CachedStatement<'_>> {
        let statement = self.0.prepare_cached(sql)?;
        if statement.readonly() { Ok(statement) } else { Err(Error::internal("a question that writes")) }
    }
}

impl Db {
    pub(super) const fn new(conn: Connection) -> Self {
        Self(conn)
    }

    pub(super) fn in_memory() -> Result<Self> {
        let conn = Connection::open_in_memory()?;
        // Rows are written with those columns that they have: as many statements as there are kinds of rows.
        conn.set_prepared_statement_cache_capacity(1024);
        Ok(Self(conn))
    }

    /// Stops what another thread runs on it.
    pub(super) fn stopper(&self) -> InterruptHandle {
        self.0.get_interrupt_handle()
    }

    pub(super) fn prepare(&self, sql: &str) -> Sql<Statement<'_>> {
        self.0.prepare(sql)
    }

    pub(super) fn prepare_cached(&self, sql: &str) -> Sql<CachedStatement<'_>> {
        self.0.prepare_cached(sql)
    }

    pub(super) fn query_row<T>(&self, sql: &str, params: impl Params, read: impl FnOnce(&Row<'_>) -> Sql<T>) -> Sql<T> {
        self.0.query_row(sql, params, read)
    }

    /// The value that a statement that writes returns.
    pub(super) fn made<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<T> {
        Ok(self.0.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
    }

    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Sql<usize> {
        self.0.execute(sql, params)
    }

    pub(super) fn execute_batch(&self, sql: &str) -> Sql<()> {
        self.0.execute_batch(sql)
    }

    pub(super) fn set(&self, config: DbConfig, on: bool) -> Sql<bool> {
        self.0.set_db_config(config, on)
    }

    /// Writes that come about together or not at all.
    pub(super) fn transaction(&mut self) -> Sql<Together<'_>> {
        self.0.transaction().map(Together)
    }

    /// As [`Self::transaction`], with the right to write from the start.
    pub(super) fn writing(&mut self) -> Sql<Together<'_>> {
        self.0.transaction_with_behavior(TransactionBehavior::Immediate).map(Together)
    }

    /// Reads at one position of the log.
    pub(super) fn reading(&self) -> Sql<Together<'_>> {
        self.0.unchecked_transaction().map(Together)
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.0
    }

    pub(super) const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.0
    }

    /// Closes it, and says if that fails.
    ///
    /// # Errors
    /// When what was written cannot be folded in.
    pub fn close(self) -> Result<()> {
        Ok(self.0.close().map_err(|(_, error)| error)?)
    }
}

/// The other side, for tests: they look at what lies in the file, and spoil it.
#[cfg(any(test, feature = "testing"))]
impl Db {
    /// A connection as the store takes it.
    #[must_use]
    pub fn of(conn: &Connection) -> &Self {
        Self::ref_cast(conn)
    }

    /// The connection itself.
    #[must_use]
    pub fn raw(self) -> Connection {
        self.0
    }

    /// The connection itself, for a look.
    #[must_use]
    pub const fn as_raw(&self) -> &Connection {
        &self.0
    }
}

/// A transaction: undone unless it is committed.
pub(super) struct Together<'a>(Transaction<'a>);

impl Together<'_> {
    pub(super) fn commit(self) -> Sql<()> {
        self.0.commit()
    }

    pub(super) fn finish(self) -> Sql<()> {
        self.0.finish()
    }
}

impl Deref for Together<'_> {
    type Target = Db;

    fn deref(&self) -> &Db {
        Db::ref_cast(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_writes_nothing() {
        let db = Db::in_memory().unwrap();
        db.execute_batch("CREATE TABLE step (id INTEGER PRIMARY KEY)").unwrap();
        for sql in ["insert into step (id) values (1) returning id", "delete from step returning id", "INSERT INTO step (id) VALUES (2)"] {
            assert_eq!(db.value::<i64>(sql, []).unwrap_err().code, "internal", "{sql}");
            assert_eq!(db.one(sql, [], |_| Ok(())).unwrap_err().code, "internal", "{sql}");
            assert_eq!(db.all::<(), Vec<()>>(sql, [], |_| Ok(())).unwrap_err().code, "internal", "{sql}");
        }
        assert_eq!(db.value::<i64>("SELECT count(*) FROM step", []).unwrap(), 0);
    }
}
