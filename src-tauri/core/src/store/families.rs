//! Families.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{FAMILY, Record, Scope, Table};
use crate::domain::family::Family;
use crate::error::Result;
use crate::ids::FamilyId;

impl Record for Family {
    const TABLE: &'static Table = &FAMILY;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.id)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("reference", row::text(&self.reference)), ("flags_checked_on", row::maybe_date(self.flags_checked_on))]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: r.get("id")?, reference: r.get("reference")?, flags_checked_on: row::get_date(r, "flags_checked_on")? })
    }
}

/// One family.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, family: FamilyId) -> Result<Option<Family>> {
    Ok(conn.prepare_cached("SELECT * FROM family WHERE id = ?")?.query_row([family], Family::from_row).optional()?)
}

/// Whether a case reference is taken.
///
/// # Errors
/// When the store fails.
pub fn reference_taken(conn: &Connection, reference: &str) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM family WHERE reference = ?)")?.query_row([reference], |r| r.get(0))?)
}

/// Every family with its case reference, by reference.
///
/// # Errors
/// When the store fails.
pub fn references(conn: &Connection) -> Result<Vec<(FamilyId, String)>> {
    let mut statement = conn.prepare_cached("SELECT id, reference FROM family ORDER BY reference")?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
