//! The streams: what each is called in a finding, and that none is gone.

use uuid::Uuid;

use crate::error::Result;
use crate::store::db::Db;
use crate::store::verify::{Finding, found};

/// No stream is gone: each is numbered when it begins, and named by what is in
/// it, by its seals and by what came to depend on it.
pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    let mut statement = conn.prepare(
        "WITH RECURSIVE
           named (sid, seq) AS (
             SELECT sid, seq FROM operation UNION ALL SELECT sid, seq FROM access
             UNION ALL SELECT sid, seq FROM seal UNION ALL SELECT on_sid, seq FROM dep_seen
           ),
           numbered (sid) AS (SELECT 1 UNION ALL SELECT sid + 1 FROM numbered WHERE sid < (SELECT max(sid) FROM stream))
         SELECT sid, coalesce(max(seq), 0) FROM (SELECT * FROM named UNION ALL SELECT sid, NULL FROM numbered)
         WHERE sid NOT IN (SELECT sid FROM stream) GROUP BY sid",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (sid, seq): (i64, i64) = (row.get(0)?, row.get(1)?);
        found(findings, entry(sid, seq), "all entries up to here are missing");
    }
    Ok(())
}

/// What record history calls it too: `Log entry 3.17`.
pub(super) fn entry(sid: i64, seq: i64) -> String {
    format!("Log entry {sid}.{seq}")
}

/// One stream as the record holds it, and what to call it.
pub(super) struct StreamRow {
    pub(super) sid: i64,
    pub(super) device: Uuid,
    pub(super) public_key: [u8; 32],
    pub(super) scope: Uuid,
    pub(super) head_seq: i64,
    pub(super) head_hash: [u8; 32],
    what: String,
}

impl StreamRow {
    /// `Log entry 3.17 (family F-7K2Q)`.
    pub(super) fn place(&self, seq: i64) -> String {
        format!("{} ({})", entry(self.sid, seq), self.what)
    }
}

/// The streams of the log, or those of the read log.
pub(super) fn streams(conn: &Db, reads: bool) -> Result<Vec<StreamRow>> {
    let mut statement = conn.prepare_cached(
        "SELECT sid, device_id, public_key, scope_id, kind, head_seq, head_hash, coalesce(scope_name.name, 'family') FROM stream
         JOIN device USING (did) JOIN scope USING (scid) LEFT JOIN scope_name ON scope_name.id = scope_id WHERE (kind = 2) = ? ORDER BY sid",
    )?;
    let rows = statement.query_map([reads], |row| {
        let name: String = row.get(7)?;
        let what = match row.get::<_, i64>(4)? {
            0 => "team".to_owned(),
            1 => name,
            _ => "read log".to_owned(),
        };
        Ok(StreamRow {
            sid: row.get(0)?,
            device: Uuid::from_bytes(row.get(1)?),
            public_key: row.get(2)?,
            scope: Uuid::from_bytes(row.get(3)?),
            head_seq: row.get(5)?,
            head_hash: row.get(6)?,
            what,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
