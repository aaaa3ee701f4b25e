//! The head, kept outside the vault: whether the record still holds what this
//! computer wrote last.

use rusqlite::OptionalExtension;

use crate::error::{RecordRefused, Result};
use crate::ids::DeviceId;
use crate::store::db::Db;
use crate::store::log;
use crate::store::log::Position;

/// Compares the record with the position kept outside the vault.
///
/// # Errors
/// `records_missing` when the record is behind it or tells another story.
pub fn against_head(conn: &Db, device: DeviceId, head: &Position) -> Result<()> {
    let here = log::position(conn, device)?;
    let same_story = head.op_seq == 0 || log::hash_at(conn, device, head.op_seq)? == Some(head.op_hash);
    let same_reads = head.read_seq == 0 || read_hash_at(conn, device, head.read_seq)? == Some(head.read_hash);
    if here.op_seq >= head.op_seq && here.read_seq >= head.read_seq && here.local_rev >= head.local_rev && same_story && same_reads {
        return Ok(());
    }
    let lost = head.op_seq.saturating_sub(here.op_seq);
    let what = if lost > 0 {
        format!("The last {lost} saved entries are missing from this file.")
    } else {
        "This file is not the one that was last used here.".to_owned()
    };
    Err(RecordRefused::RecordsMissing.says(format!(
        "Records are missing. {what} Nothing was changed. Look for a backup, or for the computer that has them. A service lead can \
             also continue without them, giving a reason."
    )))
}

fn read_hash_at(conn: &Db, device: DeviceId, seq: u64) -> Result<Option<[u8; 32]>> {
    let did = log::device(conn, device)?;
    Ok(conn
        .query_row(
            // By its one stream, not by every stream of the device.
            "SELECT hash FROM access WHERE seq = ?3 AND sid = (SELECT sid FROM stream JOIN scope USING (scid) WHERE did = ?1 AND scope_id = ?2)",
            rusqlite::params![did, log::read_scope(device).as_bytes(), i64::try_from(seq).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )
        .optional()?)
}
