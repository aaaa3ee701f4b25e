//! Settings of this computer and of its users, outside the log.

use rusqlite::params;
use uuid::Uuid;

use crate::error::Result;
use crate::store::db::Db;
use crate::store::drafts::count_local_change;

/// A setting of this computer; a user of nil is the computer itself.
pub fn local(conn: &Db, user: Uuid, name: &str) -> Result<Option<String>> {
    conn.one("SELECT value FROM local_setting WHERE user = ? AND name = ?", params![user.as_bytes(), name], |row| row.get(0))
}

/// Keeps a setting of this computer.
pub fn set_local(conn: &mut Db, user: Uuid, name: &str, value: &str) -> Result<()> {
    let tx = conn.transaction()?;
    set_local_within(&tx, user, name, value)?;
    tx.commit()?;
    Ok(())
}

/// Keeps a setting of this computer together with what the transaction at hand
/// writes.
pub fn set_local_within(tx: &Db, user: Uuid, name: &str, value: &str) -> Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO local_setting (user, name, value) VALUES (?, ?, ?)")?.execute(params![
        user.as_bytes(),
        name,
        value
    ])?;
    count_local_change(tx)
}
