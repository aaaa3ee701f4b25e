//! Users of the team.

use crate::error::Result;
use crate::ids::{DeviceId, UserId};
use crate::record::{Record, record};
use crate::store::db::Db;
use crate::time::Timestamp;
use crate::user::User;

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
pub fn all(conn: &Db) -> Result<Vec<User>> {
    conn.all("SELECT * FROM user ORDER BY active DESC, name, id", [], User::from_row)
}

/// One user.
pub fn find(conn: &Db, user: UserId) -> Result<Option<User>> {
    conn.one("SELECT * FROM user WHERE id = ?", [user], User::from_row)
}

/// The name of a user; `Unknown user` if a newer record named one that is not
/// here.
pub fn name(conn: &Db, user: UserId) -> Result<String> {
    Ok(conn.one("SELECT name FROM user WHERE id = ?", [user], |r| r.get(0))?.unwrap_or_else(|| "Unknown user".to_owned()))
}
