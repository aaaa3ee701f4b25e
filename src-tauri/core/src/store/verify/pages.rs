//! The pages of the file: what is encrypted is whole, what is indexed reads
//! back.

use rusqlite::Connection;

use super::{Finding, found, texts};
use crate::error::Result;

pub(super) fn check(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let pages: Vec<String> = texts(conn, "PRAGMA cipher_integrity_check")?;
    let structure = texts(conn, "PRAGMA integrity_check")?;
    for page in pages.into_iter().chain(structure).filter(|line| line != "ok") {
        found(findings, "database file", page);
    }
    let full_text = conn.execute("INSERT INTO contact_text (contact_text) VALUES ('integrity-check')", []);
    if matches!(full_text, Err(ref error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt)) {
        found(findings, "search index of notes", "it cannot be read back");
    }
    Ok(())
}
