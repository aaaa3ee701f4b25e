//! The one row that says which vault this is, and the devices that wrote it.

use rusqlite::params;
use uuid::Uuid;

use crate::error::Result;
use crate::ids::{DeviceId, VaultId};
use crate::store::db::Db;
use crate::store::settings;
use crate::time::Timestamp;

/// Which vault this is.
pub fn id(conn: &Db) -> Result<VaultId> {
    Ok(conn.query_row("SELECT vault_id FROM vault", [], |row| row.get(0))?)
}

/// Whether it holds fictional families only.
pub fn is_practice(conn: &Db) -> Result<bool> {
    Ok(conn.query_row("SELECT practice FROM vault", [], |row| row.get(0))?)
}

/// When it was made.
pub fn created(conn: &Db) -> Result<Timestamp> {
    Ok(conn.query_row("SELECT created_ms FROM vault", [], |row| row.get(0))?)
}

/// Marks an empty database as this vault.
///
/// # Errors
/// When it is one already.
pub fn begin(conn: &Db, vault: VaultId, practice: bool, now: Timestamp) -> Result<()> {
    conn.execute("INSERT INTO vault (one, vault_id, practice, created_ms) VALUES (1, ?, ?, ?)", params![vault, practice, now])?;
    Ok(())
}

/// Makes a device known, so that it can have streams, and on which computer it
/// is.
pub fn know_device(conn: &Db, device: DeviceId, public_key: &[u8; 32], computer: &[u8; 16]) -> Result<()> {
    conn.execute("INSERT OR IGNORE INTO device (device_id, public_key, computer) VALUES (?, ?, ?)", params![device, public_key, computer])?;
    Ok(())
}

/// Whether the record has been used on this computer.
pub fn knows_computer(conn: &Db, computer: &[u8; 16]) -> Result<bool> {
    let began = conn.query_row("SELECT EXISTS (SELECT 1 FROM device WHERE computer = ?)", [computer], |row| row.get(0))?;
    Ok(began || settings::local(conn, Uuid::nil(), &moved_to(computer))?.is_some())
}

/// Keeps that a computer goes on in another place than the one it began in: its
/// files were moved.
pub fn know_place(conn: &mut Db, computer: &[u8; 16]) -> Result<()> {
    settings::set_local(conn, Uuid::nil(), &moved_to(computer), "yes")
}

/// Keeps on which computer, and in which place on it, the record is now.
pub fn is_here(conn: &mut Db, computer: &[u8; 16]) -> Result<()> {
    let now = Uuid::from_bytes(*computer).simple().to_string();
    match settings::local(conn, Uuid::nil(), HERE)? {
        Some(kept) if kept == now => Ok(()),
        _ => settings::set_local(conn, Uuid::nil(), HERE, &now),
    }
}

/// On which computer the record is now, as it was kept when it was last opened.
pub fn here(conn: &Db) -> Result<Option<[u8; 16]>> {
    let kept = settings::local(conn, Uuid::nil(), HERE)?;
    Ok(kept.and_then(|kept| Uuid::try_parse(&kept).ok()).map(Uuid::into_bytes))
}

const HERE: &str = "this_computer";

fn moved_to(computer: &[u8; 16]) -> String {
    format!("moved_to_{}", Uuid::from_bytes(*computer).simple())
}

/// Whether a device has written here.
pub fn knows(conn: &Db, device: DeviceId) -> Result<bool> {
    Ok(conn.query_row("SELECT EXISTS (SELECT 1 FROM device WHERE device_id = ?)", [device], |row| row.get(0))?)
}
