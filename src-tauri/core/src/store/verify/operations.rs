//! The chain of operations in each stream: none is missing, none was changed,
//! and each wrote what it says it wrote.

use uuid::Uuid;

use super::streams::{StreamRow, streams};
use super::{Finding, found};
use crate::error::{Error, Fault, Result};
use crate::store::db::Db;
use crate::store::encode::{self, Change, Header, Write};
use crate::store::tx;
use crate::store::words::Words;

/// Walks every stream from its first operation: numbers, payloads, hashes.
pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>, step: &dyn Fn(u64) -> bool) -> Result<()> {
    let words = Words::read(conn)?;
    let mut done = 0_u64;
    for stream in streams(conn, false)? {
        let mut statement = conn.prepare_cached(
            "SELECT oid, seq, dev_seq, hlc, wall_ms, offset_min, identity.id, coalesce(word.word, ''), schema_v, deps, reason, salt, payload_commit, hash, act
             FROM operation LEFT JOIN identity ON identity.iid = operation.actor LEFT JOIN word ON word.wid = operation.op WHERE sid = ? ORDER BY seq",
        )?;
        let mut rows = statement.query([stream.sid])?;
        let (mut seq, mut hash, mut broken) = (0_i64, [0_u8; 32], false);
        while let Some(row) = rows.next()? {
            done += 1;
            if done.is_multiple_of(256) && !step(done) {
                return Err(Fault::Cancelled.says("The check was stopped. Nothing was changed."));
            }
            let number: i64 = row.get(1)?;
            let place = stream.place(number);
            if number != seq + 1 {
                found(findings, &place, format!("numbers {} to {} are missing before it", seq + 1, number - 1));
                broken = true;
            }
            seq = number;
            let stored: Vec<u8> = row.get(13)?;
            if !broken {
                match recompute(conn, &words, &stream, row, &hash) {
                    Ok(Checked::Whole(expected)) if expected.as_slice() == stored.as_slice() => {}
                    Ok(Checked::Whole(_)) => {
                        found(findings, &place, "its content or that of one before it was changed");
                        broken = true;
                    }
                    Ok(Checked::PayloadChanged) => found(findings, &place, "what it wrote was changed or removed"),
                    Err(_) => {
                        found(findings, &place, "it cannot be read");
                        broken = true;
                    }
                }
            }
            hash = stored.try_into().unwrap_or([0; 32]);
        }
        if seq != stream.head_seq || (seq > 0 && hash != stream.head_hash) {
            found(findings, stream.place(stream.head_seq), "the stream does not end where its head says");
        }
    }
    let loose: i64 =
        conn.query_row("SELECT count(*) FROM change WHERE cid >> 12 NOT IN (SELECT oid FROM operation)", [], |row| row.get(0))?;
    if loose > 0 {
        found(findings, "changes", format!("{loose} changes belong to an operation that is missing"));
    }
    Ok(())
}

enum Checked {
    Whole([u8; 32]),
    PayloadChanged,
}

fn recompute(conn: &Db, words: &Words, stream: &StreamRow, row: &rusqlite::Row<'_>, previous: &[u8; 32]) -> Result<Checked> {
    let oid: i64 = row.get(0)?;
    let changes = changes_of(conn, words, oid)?;
    let reason: Option<String> = row.get(10)?;
    let salt: Vec<u8> = row.get(11)?;
    let commit: [u8; 32] = row.get(12)?;
    let header = Header {
        device: stream.device,
        scope: stream.scope,
        seq: row.get(1)?,
        dev_seq: row.get(2)?,
        hlc: row.get(3)?,
        wall_ms: row.get(4)?,
        offset_min: row.get(5)?,
        actor: Uuid::from_bytes(row.get(6)?),
        op: row.get(7)?,
        schema_v: row.get(8)?,
        deps: spelled_deps(conn, row.get::<_, Option<Vec<u8>>>(9)?.as_deref())?,
        act: row.get::<_, Option<[u8; 16]>>(14)?.map(Uuid::from_bytes),
    };
    let hash = encode::operation_hash(previous, &header, &commit);
    let stored: Vec<u8> = row.get(13)?;
    if hash.as_slice() == stored.as_slice() && encode::payload_commit(&salt, reason.as_deref(), &changes) != commit {
        return Ok(Checked::PayloadChanged);
    }
    Ok(Checked::Whole(hash))
}

/// The changes of one operation, spelled out.
///
/// # Errors
/// When one cannot be read.
pub fn changes_of(conn: &Db, words: &Words, oid: i64) -> Result<Vec<Change>> {
    let mut statement = conn.prepare_cached(
        "SELECT change.col, change.base, change.val, record.row_id, record.tbl FROM change JOIN record USING (rid)
         WHERE cid >= ?1 << 12 AND cid < (?1 + 1) << 12 ORDER BY cid",
    )?;
    let mut rows = statement.query([oid])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let col: i64 = row.get(0)?;
        let write = if col == 0 {
            if row.get::<_, Option<i64>>(1)?.is_some() {
                return Err(Error::damaged());
            }
            Write::Create(words.fields(&row.get::<_, Vec<u8>>(2)?)?)
        } else {
            Write::Amend {
                column: words.of(col)?.to_owned(),
                value: row.get(2)?,
                base: tx::spelled_base(conn, row.get::<_, Option<i64>>(1)?.unwrap_or(0))?,
            }
        };
        changes.push(Change { table: words.of(row.get(4)?)?.to_owned(), row_id: Uuid::from_bytes(row.get(3)?), write });
    }
    Ok(changes)
}

fn spelled_deps(conn: &Db, packed: Option<&[u8]>) -> Result<Vec<(Uuid, Uuid, i64)>> {
    let Some(packed) = packed else { return Ok(Vec::new()) };
    encode::unpack_deps(packed)?
        .into_iter()
        .map(|(sid, seq)| {
            let (device, scope) = conn
                .prepare_cached("SELECT device_id, scope_id FROM stream JOIN device USING (did) JOIN scope USING (scid) WHERE sid = ?")?
                .query_row([sid], |row| Ok((Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?))))?;
            Ok((device, scope, seq))
        })
        .collect()
}
