//! Families.

use crate::error::Result;
use crate::family::Family;
use crate::ids::FamilyId;
use crate::record::Record;
use crate::store::db::Db;

/// One family.
pub fn find(conn: &Db, family: FamilyId) -> Result<Option<Family>> {
    conn.one("SELECT * FROM family WHERE id = ?", [family], Family::from_row)
}

/// Whether a family was entered in error: then it opens to nobody, and no list has it.
pub fn is_in_error(conn: &Db, family: FamilyId) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM entered_in_error WHERE row = ?)", [family])
}

/// Families that were entered in error, by reference.
pub fn in_error(conn: &Db) -> Result<Vec<Family>> {
    conn.all("SELECT * FROM family WHERE id IN (SELECT row FROM entered_in_error) ORDER BY reference", [], Family::from_row)
}

/// Whether a case reference is taken.
pub fn reference_taken(conn: &Db, reference: &str) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM family WHERE reference = ?)", [reference])
}

/// Every family with its case reference, by reference.
pub fn references(conn: &Db, part: &str, limit: u32) -> Result<(Vec<(FamilyId, String)>, u32)> {
    let part = part.trim().to_uppercase();
    let all: u32 = conn.value("SELECT count(*) FROM family WHERE instr(upper(reference), ?) > 0", [&part])?;
    let first = conn.all(
        "SELECT id, reference FROM family WHERE instr(upper(reference), ?) > 0 ORDER BY reference LIMIT ?",
        rusqlite::params![part, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok((first, all.saturating_sub(limit)))
}
