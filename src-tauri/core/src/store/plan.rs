//! How SQLite goes about a statement, for tests that hold it to what it reads.

use crate::store::migrate;

/// The steps of a statement's plan in a record of this version.
pub fn of(sql: &str) -> Vec<String> {
    let conn = migrate::fresh().unwrap();
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps = statement.raw_query().mapped(|row| row.get("detail"));
    steps.collect::<rusqlite::Result<_>>().unwrap()
}
