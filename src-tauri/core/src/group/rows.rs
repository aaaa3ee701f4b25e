//! Sessions that are recorded.

use crate::error::Result;
use crate::group::{GroupSession, GroupSessionId};
use crate::ids::FamilyId;
use crate::record::Record;
use crate::store::db::Db;
use crate::time::Timestamp;

/// Sessions that were held at some time between `from` and `until`, both included.
pub fn held(conn: &Db, from: Timestamp, until: Timestamp) -> Result<Vec<GroupSession>> {
    conn.all(
        "SELECT * FROM group_session WHERE held_at <= ?2 AND held_at + coalesce(minutes, 0) * 60000 >= ?1 ORDER BY held_at, id",
        [from, until],
        GroupSession::from_row,
    )
}

/// Whether a contact of a session is recorded in a family, and holds.
pub fn is_recorded(conn: &Db, session: GroupSessionId, family: FamilyId) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM contact WHERE family = ? AND session = ?)", rusqlite::params![family, session])
}
