//! What tests do to a record that nothing else may: they look at what lies in
//! the file, spoil it, and mend what is computed so that only the spoilt place
//! is found.

use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::record::Table;
use crate::store::db::Db;
use crate::store::log;
use crate::store::schema::{Computing, Schema};

/// The number of a word of the log.
pub fn word(conn: &Connection, word: &str) -> Result<i64> {
    log::word(Db::of(conn), word)
}

/// Brings what Find looks in up to date for one row.
pub fn index(conn: &Connection, schema: &Schema, table: &Table, row: Uuid) -> Result<()> {
    (schema.follow_row)(Computing::on(Db::of(conn)), table, row)
}

/// Computes the lists anew.
pub fn list(conn: &Connection, schema: &Schema) -> Result<()> {
    (schema.fill)(Computing::on(Db::of(conn)))
}

/// Whether the counts of the lists are those of their rows.
pub fn lists_agree(conn: &Connection, schema: &Schema) -> Result<bool> {
    (schema.agrees.1)(Db::of(conn))
}

/// A database in memory with the present schema and nothing in it.
pub fn empty(schema: &Schema) -> Result<Connection> {
    Ok(super::migrate::fresh(schema)?.raw())
}

/// The steps of a statement's plan in a record of this schema.
pub fn plan(schema: &Schema, sql: &str) -> Result<Vec<String>> {
    let conn = super::migrate::fresh(schema)?;
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let steps = statement.raw_query().mapped(|row| row.get("detail"));
    Ok(steps.collect::<rusqlite::Result<_>>()?)
}
