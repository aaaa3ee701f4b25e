//! Flags of families.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{FLAG, Record, Scope, Table};
use crate::domain::family::Flag;
use crate::error::Result;
use crate::ids::{FamilyId, FlagId};

impl Record for Flag {
    const TABLE: &'static Table = &FLAG;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("kind", row::code(self.kind)),
            ("detail", row::text(&self.detail)),
            ("since", row::maybe_date(Some(self.since))),
            ("review_on", row::maybe_date(self.review_on)),
            ("ended_on", row::maybe_date(self.ended_on)),
            ("set_by", row::id(self.set_by.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            kind: row::get_code(r, "kind")?,
            detail: r.get("detail")?,
            since: row::get_date(r, "since")?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
            review_on: row::get_date(r, "review_on")?,
            ended_on: row::get_date(r, "ended_on")?,
            set_by: r.get("set_by")?,
        })
    }
}

/// One flag.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, flag: FlagId) -> Result<Option<Flag>> {
    Ok(conn.prepare_cached("SELECT * FROM flag WHERE id = ?")?.query_row([flag], Flag::from_row).optional()?)
}

/// The flags that stand on a family.
///
/// # Errors
/// When the store fails.
pub fn standing(conn: &Connection, family: FamilyId) -> Result<Vec<Flag>> {
    let mut statement = conn.prepare_cached("SELECT * FROM flag WHERE family = ? AND ended_on = '' ORDER BY since, id")?;
    let rows = statement.query_map([family], Flag::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
