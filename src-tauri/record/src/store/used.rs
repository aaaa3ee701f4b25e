//! Marks of the passphrases that each user has had, so that none comes back.
//! They are outside the log: nothing of the record rests on them.

use rusqlite::params;

use crate::error::Result;
use crate::ids::UserId;
use crate::store::db::Db;
use crate::time::Timestamp;

/// Keeps the mark of a passphrase that a user has from now on.
pub fn remember(conn: &Db, user: UserId, cost: &[u8; 12], mark: &[u8; 32], at: Timestamp) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO passphrase_used (user, mark, cost, at) VALUES (?, ?, ?, ?)")?
        .execute(params![user, mark, cost, at])?;
    Ok(())
}

/// Takes away the mark of a passphrase that was to count from `at` and never
/// did.
pub fn forget(conn: &Db, user: UserId, at: Timestamp) -> Result<()> {
    conn.prepare_cached("DELETE FROM passphrase_used WHERE user = ? AND at = ?")?.execute(params![user, at])?;
    Ok(())
}

/// Whether a user had a passphrase that was set at `at`, now or before.
pub fn had_one_of(conn: &Db, user: UserId, at: Timestamp) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM passphrase_used WHERE user = ? AND at = ?)", params![user, at])
}

/// The costs at which marks of a user were made: nearly always one.
pub fn costs(conn: &Db, user: UserId) -> Result<Vec<[u8; 12]>> {
    conn.all("SELECT DISTINCT cost FROM passphrase_used WHERE user = ?", [user], |row| row.get(0))
}

/// Whether a user has had the passphrase with this mark.
pub fn knows(conn: &Db, user: UserId, mark: &[u8; 32]) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM passphrase_used WHERE user = ? AND mark = ?)", params![user, mark])
}
