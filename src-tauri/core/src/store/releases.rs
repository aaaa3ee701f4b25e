//! Sealed summaries.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{RELEASE, Record, Scope, Table};
use crate::error::Result;
use crate::ids::{ReleaseId, UserId};
use crate::time::Timestamp;

/// One sealed summary: its protected tables, never the counts behind them.
#[derive(Debug, Clone)]
pub struct Release {
    /// Which.
    pub id: ReleaseId,
    /// `2026-Q3`.
    pub quarter: String,
    /// Who released it.
    pub made_by: UserId,
    /// When.
    pub made_at: Timestamp,
    /// Why and for whom.
    pub reason: String,
    /// The protected tables as JSON.
    pub tables: String,
    /// BLAKE3 of the CSV file, in hex.
    pub hash: String,
    /// Hash of the log head when it was made, in hex.
    pub head: String,
}

impl Record for Release {
    const TABLE: &'static Table = &RELEASE;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Team
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("quarter", row::text(&self.quarter)),
            ("made_by", row::id(self.made_by.0)),
            ("made_at", Value::Integer(self.made_at.0)),
            ("reason", row::text(&self.reason)),
            ("tables", row::text(&self.tables)),
            ("hash", row::text(&self.hash)),
            ("head", row::text(&self.head)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            quarter: r.get("quarter")?,
            made_by: r.get("made_by")?,
            made_at: r.get("made_at")?,
            reason: r.get("reason")?,
            tables: r.get("tables")?,
            hash: r.get("hash")?,
            head: r.get("head")?,
        })
    }
}

/// The release of a quarter.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Connection, quarter: &str) -> Result<Option<Release>> {
    Ok(conn.prepare_cached("SELECT * FROM release WHERE quarter = ?")?.query_row([quarter], Release::from_row).optional()?)
}

/// All releases, latest quarter first.
///
/// # Errors
/// When the store fails.
pub fn all(conn: &Connection) -> Result<Vec<Release>> {
    let mut statement = conn.prepare_cached("SELECT * FROM release ORDER BY quarter DESC")?;
    let rows = statement.query_map([], Release::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
