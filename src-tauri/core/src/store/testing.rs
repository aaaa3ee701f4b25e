//! What tests do to a record that nothing else may: they look at what lies in
//! the file, spoil it, and mend what is computed so that only the spoilt place
//! is found.

use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::record::Table;
use crate::store::db::Db;
use crate::store::{caseload, listed, log, search};

/// The number of a word of the log.
pub fn word(conn: &Connection, word: &str) -> Result<i64> {
    log::word(Db::of(conn), word)
}

/// Brings what Find looks in up to date for one row.
pub fn index(conn: &Connection, table: &Table, row: Uuid) -> Result<()> {
    search::follow(Db::of(conn), table, row)
}

/// Computes the lists anew.
pub fn list(conn: &Connection) -> Result<()> {
    caseload::fill(Db::of(conn))
}

/// Whether the counts of the lists are those of their rows.
pub fn lists_agree(conn: &Connection) -> Result<bool> {
    listed::agrees(Db::of(conn))
}

/// A database in memory with the present schema and nothing in it.
pub fn empty() -> Result<Connection> {
    let mut db = Db::in_memory()?;
    super::migrate::upgrade(&mut db)?;
    Ok(db.raw())
}
