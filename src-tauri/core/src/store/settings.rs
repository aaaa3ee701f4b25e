//! The team's settings (in the log) and those of this computer (outside it).

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::drafts::count_local_change;
use super::row;
use super::table::{Record, Scope, TEAM, Table};
use crate::error::Result;
use crate::time::Timestamp;

/// The team and what it has agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Row id.
    pub id: Uuid,
    /// The team's name.
    pub name: String,
    /// Lock after so many minutes without a key.
    pub auto_lock_minutes: i64,
    /// When the recovery key was made.
    pub recovery_at: Timestamp,
}

impl Record for Team {
    const TABLE: &'static Table = &TEAM;
    fn row_id(&self) -> Uuid {
        self.id
    }
    fn scope(&self) -> Scope {
        Scope::Team
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("name", row::text(&self.name)),
            ("auto_lock_minutes", Value::Integer(self.auto_lock_minutes)),
            ("recovery_at", Value::Integer(self.recovery_at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: Uuid::from_bytes(r.get("id")?),
            name: r.get("name")?,
            auto_lock_minutes: r.get::<_, Option<i64>>("auto_lock_minutes")?.unwrap_or(10),
            recovery_at: r.get("recovery_at")?,
        })
    }
}

/// The team of this vault.
///
/// # Errors
/// When the store fails.
pub fn team(conn: &Connection) -> Result<Team> {
    Ok(conn.prepare_cached("SELECT * FROM team LIMIT 1")?.query_row([], Team::from_row)?)
}

/// A setting of this computer; a user of nil is the computer itself.
///
/// # Errors
/// When the store fails.
pub fn local(conn: &Connection, user: Uuid, name: &str) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached("SELECT value FROM local_setting WHERE user = ? AND name = ?")?
        .query_row(params![user.as_bytes(), name], |row| row.get(0))
        .optional()?)
}

/// Keeps a setting of this computer.
///
/// # Errors
/// When the store fails.
pub fn set_local(conn: &mut Connection, user: Uuid, name: &str, value: &str) -> Result<()> {
    let tx = conn.transaction()?;
    tx.prepare_cached("INSERT OR REPLACE INTO local_setting (user, name, value) VALUES (?, ?, ?)")?.execute(params![
        user.as_bytes(),
        name,
        value
    ])?;
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}
