//! Families.

use rusqlite::OptionalExtension;

use super::db::Db;
use crate::domain::family::Family;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::record::Record;

/// One family.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Db, family: FamilyId) -> Result<Option<Family>> {
    Ok(conn.prepare_cached("SELECT * FROM family WHERE id = ?")?.query_row([family], Family::from_row).optional()?)
}

/// Whether a case reference is taken.
///
/// # Errors
/// When the store fails.
pub fn reference_taken(conn: &Db, reference: &str) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM family WHERE reference = ?)")?.query_row([reference], |r| r.get(0))?)
}

/// Every family with its case reference, by reference.
///
/// # Errors
/// When the store fails.
pub fn references(conn: &Db, part: &str, limit: u32) -> Result<(Vec<(FamilyId, String)>, u32)> {
    let part = part.trim().to_uppercase();
    let all: u32 =
        conn.prepare_cached("SELECT count(*) FROM family WHERE instr(upper(reference), ?) > 0")?.query_row([&part], |row| row.get(0))?;
    let mut statement =
        conn.prepare_cached("SELECT id, reference FROM family WHERE instr(upper(reference), ?) > 0 ORDER BY reference LIMIT ?")?;
    let rows = statement.query_map(rusqlite::params![part, limit], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, all.saturating_sub(limit)))
}
