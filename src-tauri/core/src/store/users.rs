//! Users of the team.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{INCARNATION, Record, Scope, Table, USER};
use crate::domain::user::User;
use crate::error::Result;
use crate::ids::{DeviceId, UserId};
use crate::time::Timestamp;

impl Record for User {
    const TABLE: &'static Table = &USER;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Team
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("name", row::text(&self.name)),
            ("sign_in", row::text(&self.sign_in)),
            ("role", row::code(self.role)),
            ("organisation", row::text(&self.organisation)),
            ("active", row::truth(self.active)),
            ("passphrase_at", Value::Integer(self.passphrase_at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            name: r.get("name")?,
            sign_in: r.get("sign_in")?,
            role: row::get_code(r, "role")?,
            organisation: r.get("organisation")?,
            active: row::get_truth(r, "active")?,
            passphrase_at: r.get("passphrase_at")?,
        })
    }
}

/// One beginning of this vault on a computer: first made, copied, restored.
#[derive(Debug, Clone)]
pub struct Incarnation {
    /// The device id it has from then on.
    pub device: DeviceId,
    /// Its public key.
    pub public_key: [u8; 32],
    /// Since when.
    pub at: Timestamp,
    /// Why there was a new one.
    pub why: String,
}

impl Record for Incarnation {
    const TABLE: &'static Table = &INCARNATION;
    fn row_id(&self) -> Uuid {
        self.device.0
    }
    fn scope(&self) -> Scope {
        Scope::Team
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("public_key", Value::Blob(self.public_key.to_vec())), ("at", Value::Integer(self.at.0)), ("why", row::text(&self.why))]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { device: r.get("id")?, public_key: r.get("public_key")?, at: r.get("at")?, why: r.get("why")? })
    }
}

/// All users, active ones first, by name.
///
/// # Errors
/// When the store fails.
pub fn all(conn: &Connection) -> Result<Vec<User>> {
    let mut statement = conn.prepare_cached("SELECT * FROM user ORDER BY active DESC, name, id")?;
    let rows = statement.query_map([], User::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One user.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, user: UserId) -> Result<Option<User>> {
    Ok(conn.prepare_cached("SELECT * FROM user WHERE id = ?")?.query_row([user], User::from_row).optional()?)
}

/// The name of a user; `Unknown user` if a newer record named one that is not
/// here.
///
/// # Errors
/// When the store fails.
pub fn name(conn: &Connection, user: UserId) -> Result<String> {
    Ok(conn
        .prepare_cached("SELECT name FROM user WHERE id = ?")?
        .query_row([user], |r| r.get(0))
        .optional()?
        .unwrap_or_else(|| "Unknown user".to_owned()))
}
