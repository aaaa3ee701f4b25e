//! The pages of the file: what is encrypted is whole, what is indexed reads
//! back.

use crate::error::Result;
use crate::store::db::{Db, Together};
use crate::store::open;
use crate::store::verify::{Finding, found};

/// Begins to read on two connections at the same position of the log, for as
/// long as the answer is kept and `beside` is open.
///
/// The pages of the file are read past SQLite, so what a program that died had
/// half folded into them from the write-ahead log is folded in first: until
/// then the log has those pages whole. And while a reader holds the file at one
/// position, nobody else folds anything into it.
pub(super) fn at_one_position<'a>(conn: &'a Db, beside: &Db) -> Result<Together<'a>> {
    open::checkpoint(conn)?;
    loop {
        let reading = conn.reading()?;
        let here = reached(conn);
        beside.execute_batch("BEGIN")?;
        if reached(beside) == here {
            return Ok(reading);
        }
        beside.execute_batch("ROLLBACK")?;
        reading.finish()?;
    }
}

/// How far the record has come in all that is checked; nothing where the pages
/// that say so cannot be read, on either connection.
fn reached(conn: &Db) -> Option<(i64, i64, i64)> {
    let sql = "SELECT (SELECT max(oid) FROM operation), (SELECT max(aid) FROM access), (SELECT local_rev FROM vault)";
    conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).ok()
}

pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    for check in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
        let told: Vec<String> = conn.prepare(check)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for page in told.into_iter().filter(|line| line != "ok") {
            // The search index is one of the tables that SQLite checks.
            match page.contains("FTS5") {
                true => found(findings, "search index of notes", "it cannot be read back"),
                false => found(findings, "database file", page),
            }
        }
    }
    Ok(())
}
