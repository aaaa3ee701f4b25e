//! The chain of the read log: who looked at what is told whole and unchanged.

use uuid::Uuid;

use crate::error::Result;
use crate::store::db::Db;
use crate::store::encode;
use crate::store::verify::streams::streams;
use crate::store::verify::{Finding, found};

pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    for stream in streams(conn, true)? {
        let mut statement = conn.prepare_cached(
            "SELECT seq, wall_ms, actor.id, family.id, coalesce(word.word, ''), denied, hash FROM access
             LEFT JOIN identity actor ON actor.iid = access.actor LEFT JOIN identity family ON family.iid = access.family
             LEFT JOIN word ON word.wid = access.view WHERE sid = ? ORDER BY seq",
        )?;
        let mut rows = statement.query([stream.sid])?;
        let (mut seq, mut hash) = (0_i64, [0_u8; 32]);
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let family: Option<[u8; 16]> = row.get(3)?;
            let actor: Option<[u8; 16]> = row.get(2)?;
            let view: String = row.get(4)?;
            let expected = encode::access_hash(
                &hash,
                number,
                row.get(1)?,
                Uuid::from_bytes(actor.unwrap_or_default()),
                family.map(Uuid::from_bytes),
                &view,
                row.get(5)?,
            );
            let stored: [u8; 32] = row.get(6)?;
            if number != seq + 1 {
                found(
                    findings,
                    stream.place(number),
                    format!("numbers {} to {} of the read log are missing before it", seq + 1, number - 1),
                );
            } else if expected != stored {
                found(findings, stream.place(number), "the read log was changed at or before this entry");
            }
            seq = number;
            hash = stored;
        }
        if seq != stream.head_seq || (seq > 0 && hash != stream.head_hash) {
            found(findings, stream.place(stream.head_seq), "the read log does not end where its head says");
        }
    }
    Ok(())
}
