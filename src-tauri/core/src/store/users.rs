//! Users of the team.

use rusqlite::OptionalExtension;

use super::db::Db;
use crate::domain::user::User;
use crate::error::Result;
use crate::ids::{DeviceId, UserId};
use crate::record::{Record, record};
use crate::time::Timestamp;

record! {
    /// One beginning of this vault on a computer: first made, copied, restored.
    Incarnation = "incarnation" "computer", added, in team, about Team, signed "" "at", [];
    id device: DeviceId;
    public_key: [u8; 32], "Public key", Fixed Inside;
    at: Timestamp, "Since", Fixed Open;
    /// Why there was a new one.
    why: String, "Why", Fixed Open;
}

/// All users, active ones first, by name.
///
/// # Errors
/// When the store fails.
pub fn all(conn: &Db) -> Result<Vec<User>> {
    let mut statement = conn.prepare_cached("SELECT * FROM user ORDER BY active DESC, name, id")?;
    let rows = statement.query_map([], User::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One user.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Db, user: UserId) -> Result<Option<User>> {
    Ok(conn.prepare_cached("SELECT * FROM user WHERE id = ?")?.query_row([user], User::from_row).optional()?)
}

/// The name of a user; `Unknown user` if a newer record named one that is not
/// here.
///
/// # Errors
/// When the store fails.
pub fn name(conn: &Db, user: UserId) -> Result<String> {
    Ok(conn
        .prepare_cached("SELECT name FROM user WHERE id = ?")?
        .query_row([user], |r| r.get(0))
        .optional()?
        .unwrap_or_else(|| "Unknown user".to_owned()))
}
