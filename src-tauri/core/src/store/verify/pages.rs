//! The pages of the file: what is encrypted is whole, what is indexed reads
//! back.

use super::{Finding, found, texts};
use crate::error::Result;
use crate::store::db::Db;
use crate::store::open;

/// The pages of the file are read past SQLite, so what a program that died had
/// half folded into them from the write-ahead log is folded in first: until
/// then the log has those pages whole. And while a reader holds the file at one
/// position, nobody else folds anything into it.
pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    open::checkpoint(conn)?;
    let told = open::at_one_position(conn, || {
        conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        let mut told: Vec<String> = texts(conn, "PRAGMA cipher_integrity_check")?;
        told.extend(texts(conn, "PRAGMA integrity_check")?);
        Ok(told)
    })?;
    for page in told.into_iter().filter(|line| line != "ok") {
        found(findings, "database file", page);
    }
    let full_text = conn.execute("INSERT INTO contact_text (contact_text) VALUES ('integrity-check')", []);
    if matches!(full_text, Err(ref error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt)) {
        found(findings, "search index of notes", "it cannot be read back");
    }
    Ok(())
}
