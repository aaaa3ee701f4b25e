//! The team and what it has agreed.

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::record::{Record, record};
use crate::store::db::Db;
use crate::time::Timestamp;

record! {
    /// The team and what it has agreed.
    Team = "team" "team", amended, in team, about Team, [Settings];
    id id: Uuid;
    name: String, "Team name", Plain Open;
    /// Without a key.
    auto_lock_minutes: i64, "Minutes of inactivity before locking", Plain Open;
    recovery_at: Timestamp, "Recovery key made", Plain Open;
    /// Empty if nobody’s are.
    copies_owed_by: String, "Organisation whose notes are copied to encompass", Plain Open;
}

/// The team of this vault.
pub fn team(conn: &Db) -> Result<Team> {
    conn.one("SELECT * FROM team LIMIT 1", [], Team::from_row)?.ok_or_else(Error::damaged)
}
