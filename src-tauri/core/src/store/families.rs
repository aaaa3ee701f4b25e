//! Families.

use super::db::Db;
use crate::domain::family::Family;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::record::Record;

/// One family.
pub fn find(conn: &Db, family: FamilyId) -> Result<Option<Family>> {
    conn.one("SELECT * FROM family WHERE id = ?", [family], Family::from_row)
}

/// Whether a case reference is taken.
pub fn reference_taken(conn: &Db, reference: &str) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM family WHERE reference = ?)", [reference])
}

/// Every family with its case reference, by reference.
pub fn references(conn: &Db, part: &str, limit: u32) -> Result<(Vec<(FamilyId, String)>, u32)> {
    let part = part.trim().to_uppercase();
    let all: u32 = conn.value("SELECT count(*) FROM family WHERE instr(upper(reference), ?) > 0", [&part])?;
    let mut statement =
        conn.prepare_cached("SELECT id, reference FROM family WHERE instr(upper(reference), ?) > 0 ORDER BY reference LIMIT ?")?;
    let rows = statement.query_map(rusqlite::params![part, limit], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, all.saturating_sub(limit)))
}
