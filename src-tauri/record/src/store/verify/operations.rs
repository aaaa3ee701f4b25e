//! The chain of operations in each stream: none is missing, none was changed,
//! and each wrote what it says it wrote.

use std::collections::BTreeMap;

use rusqlite::Row;
use uuid::Uuid;

use crate::error::{Error, Fault, Result};
use crate::store::db::Db;
use crate::store::encode;
use crate::store::encode::{Base, Change, Header, Write};
use crate::store::verify::streams::{StreamRow, streams};
use crate::store::verify::{Finding, found};
use crate::store::words::Words;

/// Walks every stream from its first operation: numbers, payloads, hashes. All
/// are walked at once in the order in which they were written, so that the log
/// is read from its beginning to its end. Where that is not the order of the
/// numbers, each is walked by itself.
pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>, step: &dyn Fn(u64) -> bool) -> Result<()> {
    let words = Words::read(conn)?;
    let mut statement = conn.prepare(&format!("{CHANGES} ORDER BY change.cid"))?;
    let mut rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)? >> 12, change(row, &words))))?.peekable();
    let in_turn = &mut |oid| {
        while rows.next_if(|row| row.as_ref().is_ok_and(|(of, _)| *of < oid)).is_some() {}
        let mut changes = Vec::new();
        while let Some(row) = rows.next_if(|row| row.as_ref().map_or(true, |(of, _)| *of == oid)) {
            changes.push(row?.1);
        }
        changes.into_iter().collect()
    };
    let chains = match walk(conn, "oid", in_turn, step)? {
        Some(chains) => chains,
        None => walk(conn, "sid, seq", &mut |oid| changes_of(conn, &words, oid), step)?.unwrap_or_default(),
    };
    for chain in chains.into_values() {
        chain.end(findings);
    }
    let loose: i64 =
        conn.query_row("SELECT count(*) FROM change WHERE cid >> 12 NOT IN (SELECT oid FROM operation)", [], |row| row.get(0))?;
    if loose > 0 {
        found(findings, "changes", format!("{loose} changes belong to an operation that is missing"));
    }
    Ok(())
}

/// Checks every operation in an order; none if it is not that of the numbers.
fn walk(
    conn: &Db,
    order: &str,
    changes: &mut dyn FnMut(i64) -> Result<Vec<Change>>,
    step: &dyn Fn(u64) -> bool,
) -> Result<Option<BTreeMap<i64, Chain>>> {
    let mut chains: BTreeMap<i64, Chain> = streams(conn, false)?.into_iter().map(|stream| (stream.sid, Chain::of(stream))).collect();
    let mut statement = conn.prepare(&format!(
        "SELECT oid, seq, dev_seq, hlc, wall_ms, offset_min, identity.id, coalesce(word.word, ''), schema_v, deps, reason, salt, payload_commit, hash, act, sid
         FROM operation LEFT JOIN identity ON identity.iid = operation.actor LEFT JOIN word ON word.wid = operation.op ORDER BY {order}"
    ))?;
    let mut rows = statement.query([])?;
    let mut done = 0_u64;
    while let Some(row) = rows.next()? {
        let Some(chain) = chains.get_mut(&row.get(15)?) else { continue };
        done += 1;
        if done.is_multiple_of(256) && !step(done) {
            return Err(Fault::Cancelled.says("The check was stopped. Nothing was changed."));
        }
        let number: i64 = row.get(1)?;
        if number <= chain.seq {
            return Ok(None);
        }
        chain.check(conn, number, row, changes)?;
    }
    Ok(Some(chains))
}

/// One stream as far as it has been walked.
struct Chain {
    stream: StreamRow,
    seq: i64,
    hash: [u8; 32],
    broken: bool,
    findings: Vec<Finding>,
}

impl Chain {
    const fn of(stream: StreamRow) -> Self {
        Self { stream, seq: 0, hash: [0; 32], broken: false, findings: Vec::new() }
    }

    /// Checks the next operation.
    fn check(&mut self, conn: &Db, number: i64, row: &Row<'_>, changes: &mut dyn FnMut(i64) -> Result<Vec<Change>>) -> Result<()> {
        if number != self.seq + 1 {
            self.found(number, format!("numbers {} to {} are missing before it", self.seq + 1, number - 1));
            self.broken = true;
        }
        self.seq = number;
        let stored: Vec<u8> = row.get(13)?;
        if !self.broken {
            match recompute(conn, &self.stream, row, &self.hash, changes) {
                Ok(Checked::Whole(expected)) if expected.as_slice() == stored.as_slice() => {}
                Ok(Checked::Whole(_)) => {
                    self.found(number, "its content or that of one before it was changed");
                    self.broken = true;
                }
                Ok(Checked::PayloadChanged) => self.found(number, "what it wrote was changed or removed"),
                Err(_) => {
                    self.found(number, "it cannot be read");
                    self.broken = true;
                }
            }
        }
        self.hash = stored.try_into().unwrap_or([0; 32]);
        Ok(())
    }

    fn end(mut self, findings: &mut Vec<Finding>) {
        if self.seq != self.stream.head_seq || (self.seq > 0 && self.hash != self.stream.head_hash) {
            self.found(self.stream.head_seq, "the stream does not end where its head says");
        }
        findings.append(&mut self.findings);
    }

    fn found(&mut self, number: i64, words: impl Into<String>) {
        found(&mut self.findings, self.stream.place(number), words);
    }
}

enum Checked {
    Whole([u8; 32]),
    PayloadChanged,
}

fn recompute(
    conn: &Db,
    stream: &StreamRow,
    row: &Row<'_>,
    previous: &[u8; 32],
    changes: &mut dyn FnMut(i64) -> Result<Vec<Change>>,
) -> Result<Checked> {
    let changes = changes(row.get(0)?)?;
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
    let mut statement =
        conn.prepare_cached(&format!("{CHANGES} WHERE change.cid >= ?1 << 12 AND change.cid < (?1 + 1) << 12 ORDER BY change.cid"))?;
    let changes = statement.query_map([oid], |row| Ok(change(row, words)))?;
    changes.map(|change| change?).collect()
}

const CHANGES: &str = "SELECT change.cid, change.col, change.base, change.val, record.row_id, record.tbl, device.device_id, based.seq
     FROM change CROSS JOIN record USING (rid) LEFT JOIN operation based ON based.oid = change.base >> 12
     LEFT JOIN stream ON stream.sid = based.sid LEFT JOIN device ON device.did = stream.did";

fn change(row: &Row<'_>, words: &Words) -> Result<Change> {
    let (col, base): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
    let write = match (col, base) {
        (0, None) => {
            let fields = words.fields(row.get_ref(3)?.as_blob().map_err(|_| Error::damaged())?)?;
            Write::Create(fields.into_iter().map(|(column, value)| (column.to_owned(), value)).collect())
        }
        (0, Some(_)) | (_, None) => return Err(Error::damaged()),
        (_, Some(base)) => Write::Amend {
            column: words.of(col)?.to_owned(),
            value: row.get(3)?,
            base: Base { device: Uuid::from_bytes(row.get(6)?), seq: row.get(7)?, index: base & 0xfff },
        },
    };
    Ok(Change { table: words.of(row.get(5)?)?.to_owned(), row_id: Uuid::from_bytes(row.get(4)?), write })
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
