//! Checking the whole record: pages, chains, seals, and that the rows are what
//! the log makes. What this proves and what it cannot is in docs/safety.

use std::collections::BTreeMap;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::encode::{self, Change, Header, Write};
use super::log::{self, Position};
use super::rebuild;
use super::table::{self, Table};
use super::{migrate, tx};
use crate::error::{Error, Result};
use crate::ids::DeviceId;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: `stream 3 (family F-7K2Q), number 17`.
    pub place: String,
    /// What: no names and no values in it.
    pub words: String,
}

/// Says whether a signature of a message is that of a public key.
pub type CheckSignature = dyn Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool;

/// Checks everything inside the database and answers what is wrong, at most
/// one finding a place. `step` is told how far it is and answers false to stop.
///
/// # Errors
/// When the database cannot be read at all, or `cancelled`.
pub fn verify(conn: &Connection, verify_signature: &CheckSignature, step: &dyn Fn(u64, u64) -> bool) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    check_pages(conn, &mut findings)?;
    check_schema(conn, &mut findings)?;
    let total: i64 = conn.query_row("SELECT count(*) FROM operation", [], |row| row.get(0))?;
    check_streams(conn, &mut findings)?;
    check_scopes(conn, &mut findings)?;
    check_operations(conn, &mut findings, &|done| step(done, total.unsigned_abs() + 1))?;
    check_devices(conn, &mut findings)?;
    check_reads(conn, &mut findings)?;
    check_seals(conn, verify_signature, &mut findings)?;
    check_rows(conn, &mut findings)?;
    step(total.unsigned_abs() + 1, total.unsigned_abs() + 1);
    Ok(findings)
}

/// Compares the record with the position kept outside the vault.
///
/// # Errors
/// `records_missing` when the record is behind it or tells another story.
pub fn against_head(conn: &Connection, device: DeviceId, head: &Position) -> Result<()> {
    let here = log::position(conn, device)?;
    let same_story = head.op_seq == 0 || log::hash_at(conn, device, head.op_seq)? == Some(head.op_hash);
    let same_reads = head.read_seq == 0 || read_hash_at(conn, device, head.read_seq)? == Some(head.read_hash);
    if here.op_seq >= head.op_seq && here.read_seq >= head.read_seq && here.local_rev >= head.local_rev && same_story && same_reads {
        return Ok(());
    }
    let lost = head.op_seq.saturating_sub(here.op_seq);
    let what = if lost > 0 {
        format!("The last {lost} saved steps are not in this file.")
    } else {
        "This file is not the one that was last used here.".to_owned()
    };
    Err(Error::new(
        "records_missing",
        format!(
            "Records are missing. {what} Nothing was written. Look for a backup or for the computer that has them; a service lead can also go on without them, giving a reason."
        ),
    ))
}

fn read_hash_at(conn: &Connection, device: DeviceId, seq: u64) -> Result<Option<[u8; 32]>> {
    let did = log::device(conn, device)?;
    Ok(conn
        .query_row(
            "SELECT hash FROM access JOIN stream USING (sid) WHERE did = ? AND seq = ?",
            rusqlite::params![did, i64::try_from(seq).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )
        .optional()?)
}

fn found(findings: &mut Vec<Finding>, place: impl Into<String>, words: impl Into<String>) {
    findings.push(Finding { place: place.into(), words: words.into() });
}

fn check_pages(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let pages: Vec<String> = texts(conn, "PRAGMA cipher_integrity_check")?;
    let structure = texts(conn, "PRAGMA integrity_check")?;
    for page in pages.into_iter().chain(structure).filter(|line| line != "ok") {
        found(findings, "database file", page);
    }
    let full_text = conn.execute("INSERT INTO contact_text (contact_text) VALUES ('integrity-check')", []);
    if matches!(full_text, Err(ref error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt)) {
        found(findings, "search index of notes", "it does not read back");
    }
    Ok(())
}

fn check_schema(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let mut fresh = Connection::open_in_memory()?;
    migrate::upgrade(&mut fresh)?;
    let wanted = schema(&fresh)?;
    let here = schema(conn)?;
    for name in wanted.keys().chain(here.keys()).collect::<std::collections::BTreeSet<_>>() {
        if wanted.get(name) != here.get(name) {
            found(findings, format!("schema, {name}"), "it is not as this version makes it");
        }
    }
    Ok(())
}

fn schema(conn: &Connection) -> Result<BTreeMap<String, String>> {
    let mut statement = conn.prepare("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every row belongs to the scope of the stream that created it.
fn check_scopes(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let mut statement = conn.prepare(
        "SELECT sid, min(seq) FROM change JOIN record USING (rid) JOIN operation ON oid = cid >> 12 JOIN stream USING (sid)
         WHERE record.scid <> stream.scid GROUP BY sid",
    )?;
    let moved: BTreeMap<i64, i64> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for stream in streams(conn, false)? {
        if let Some(seq) = moved.get(&stream.sid) {
            found(findings, stream.place(*seq), "a row it wrote was moved to another family");
        }
    }
    Ok(())
}

/// No stream is gone: each is numbered when it begins, and named by what is in
/// it, by its seals and by what came to depend on it.
fn check_streams(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
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
        found(findings, format!("stream {sid}, number {seq}"), "the whole stream up to here is gone");
    }
    Ok(())
}

/// Walks every stream from its first operation: numbers, payloads, hashes.
fn check_operations(conn: &Connection, findings: &mut Vec<Finding>, step: &dyn Fn(u64) -> bool) -> Result<()> {
    let mut done = 0_u64;
    for stream in streams(conn, false)? {
        let mut statement = conn.prepare_cached(
            "SELECT oid, seq, dev_seq, hlc, wall_ms, offset_min, identity.id, coalesce(word.word, ''), schema_v, deps, reason, salt, payload_commit, hash
             FROM operation LEFT JOIN identity ON identity.iid = operation.actor LEFT JOIN word ON word.wid = operation.op WHERE sid = ? ORDER BY seq",
        )?;
        let mut rows = statement.query([stream.sid])?;
        let (mut seq, mut hash, mut broken) = (0_i64, [0_u8; 32], false);
        while let Some(row) = rows.next()? {
            done += 1;
            if done.is_multiple_of(256) && !step(done) {
                return Err(Error::new("cancelled", "The check was stopped. Nothing was changed."));
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
                match recompute(conn, &stream, row, &hash) {
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
            found(findings, stream.place(stream.head_seq), "the end of the stream is not where its head says");
        }
    }
    let loose: i64 =
        conn.query_row("SELECT count(*) FROM change WHERE cid >> 12 NOT IN (SELECT oid FROM operation)", [], |row| row.get(0))?;
    if loose > 0 {
        found(findings, "changes", format!("{loose} changes belong to an operation that is gone"));
    }
    Ok(())
}

enum Checked {
    Whole([u8; 32]),
    PayloadChanged,
}

fn recompute(conn: &Connection, stream: &StreamRow, row: &rusqlite::Row<'_>, previous: &[u8; 32]) -> Result<Checked> {
    let oid: i64 = row.get(0)?;
    let changes = changes_of(conn, oid)?;
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
pub fn changes_of(conn: &Connection, oid: i64) -> Result<Vec<Change>> {
    let mut statement = conn.prepare_cached(
        "SELECT change.col, change.base, change.val, record.row_id, tbl.word, coalesce(col.word, '')
         FROM change JOIN record USING (rid) JOIN word tbl ON tbl.wid = record.tbl LEFT JOIN word col ON col.wid = change.col
         WHERE cid >= ?1 << 12 AND cid < (?1 + 1) << 12 ORDER BY cid",
    )?;
    let mut rows = statement.query([oid])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let write = if row.get::<_, i64>(0)? == 0 {
            if row.get::<_, Option<i64>>(1)?.is_some() {
                return Err(Error::damaged());
            }
            Write::Create(rebuild::named_fields(conn, &row.get::<_, Vec<u8>>(2)?)?)
        } else {
            Write::Amend {
                column: row.get(5)?,
                value: row.get(2)?,
                base: tx::spelled_base(conn, row.get::<_, Option<i64>>(1)?.unwrap_or(0))?,
            }
        };
        changes.push(Change { table: row.get(4)?, row_id: Uuid::from_bytes(row.get(3)?), write });
    }
    Ok(changes)
}

fn spelled_deps(conn: &Connection, packed: Option<&[u8]>) -> Result<Vec<(Uuid, Uuid, i64)>> {
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

/// Every device's operations are numbered without a gap over all its streams.
fn check_devices(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let mut devices = conn.prepare("SELECT did, device_id, public_key, dev_seq FROM device")?;
    let mut rows = devices.query([])?;
    while let Some(row) = rows.next()? {
        let (did, id, public, last): (i64, [u8; 16], Vec<u8>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let place = format!("computer {did}");
        if blake3::hash(&public).as_bytes()[..16] != id {
            found(findings, &place, "its name does not belong to its key");
        }
        let mut numbers = conn.prepare("SELECT dev_seq, sid, seq FROM operation JOIN stream USING (sid) WHERE did = ? ORDER BY dev_seq")?;
        let mut expected = 1;
        let mut each = numbers.query([did])?;
        while let Some(row) = each.next()? {
            let number: i64 = row.get(0)?;
            if number != expected {
                let words = format!(
                    "steps {expected} to {} of {place} are missing before stream {}, number {}",
                    number - 1,
                    row.get::<_, i64>(1)?,
                    row.get::<_, i64>(2)?
                );
                found(findings, &place, words);
            }
            expected = number + 1;
        }
        if expected != last + 1 {
            found(findings, &place, format!("steps {expected} to {last} are missing at its end"));
        }
    }
    Ok(())
}

fn check_reads(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
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
            found(findings, stream.place(stream.head_seq), "the end of the read log is not where its head says");
        }
    }
    Ok(())
}

fn check_seals(conn: &Connection, verify_signature: &CheckSignature, findings: &mut Vec<Finding>) -> Result<()> {
    for stream in streams(conn, false)?.into_iter().chain(streams(conn, true)?) {
        let mut statement = conn.prepare_cached("SELECT seq, hash, signature FROM seal WHERE sid = ? ORDER BY seq")?;
        let mut rows = statement.query([stream.sid])?;
        while let Some(row) = rows.next()? {
            let (seq, hash, signature): (i64, [u8; 32], [u8; 64]) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let message = log::seal_message(DeviceId(stream.device), stream.scope, seq, &hash);
            let standing: Option<[u8; 32]> = conn
                .prepare_cached(
                    "SELECT hash FROM operation WHERE sid = ?1 AND seq = ?2 UNION ALL SELECT hash FROM access WHERE sid = ?1 AND seq = ?2",
                )?
                .query_row([stream.sid, seq], |row| row.get(0))
                .optional()?;
            if !verify_signature(&stream.public_key, &message, &signature) {
                found(findings, stream.place(seq), "its seal is not this computer's signature");
            } else if standing != Some(hash) {
                found(findings, stream.place(seq), "it is not what was sealed");
            }
        }
    }
    check_seals_gone(conn, findings)
}

/// A computer seals all its streams at once. So whatever it wrote before
/// something that is sealed must be under a seal too.
fn check_seals_gone(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let mut statement = conn.prepare(
        "WITH sealed (did, oid) AS (
           SELECT did, max(oid) FROM seal JOIN operation USING (sid, seq) JOIN stream USING (sid) GROUP BY did
         )
         SELECT sid, max(seq) AS last FROM operation JOIN stream USING (sid) JOIN sealed USING (did)
         WHERE operation.oid <= sealed.oid
         GROUP BY sid HAVING last > coalesce(
           (SELECT max(under.seq) FROM seal JOIN operation under USING (sid, seq) WHERE seal.sid = operation.sid), 0)",
    )?;
    let gone: BTreeMap<i64, i64> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for stream in streams(conn, false)? {
        if let Some(seq) = gone.get(&stream.sid) {
            found(findings, stream.place(*seq), "it was sealed, and the seal is gone");
        }
    }
    Ok(())
}

/// Every row of the record is what the log makes, and no more.
fn check_rows(conn: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let rebuilt = match rebuild::rebuild(conn) {
        Ok(rebuilt) => rebuilt,
        Err(_) => {
            found(findings, "record", "it cannot be rebuilt from the log");
            return Ok(());
        }
    };
    for table in table::TABLES {
        compare_table(conn, &rebuilt, table, findings)?;
    }
    let tokens = |c: &Connection| texts(c, "SELECT token || ' ' || hex(person) FROM name_token ORDER BY 1");
    if tokens(conn)? != tokens(&rebuilt)? {
        found(findings, "search index of names", "it is not what the record makes");
    }
    Ok(())
}

fn compare_table(conn: &Connection, rebuilt: &Connection, table: &Table, findings: &mut Vec<Finding>) -> Result<()> {
    let (here, wanted) = (rows_of(conn, table)?, rows_of(rebuilt, table)?);
    for id in here.keys().chain(wanted.keys()).collect::<std::collections::BTreeSet<_>>() {
        let words = match (here.get(id), wanted.get(id)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(a), Some(b)) => {
                let changed: Vec<&str> =
                    table.columns.iter().zip(a.iter().zip(b)).filter(|(_, (x, y))| x != y).map(|(c, _)| c.name).collect();
                format!("a {} was changed outside the log: {}", table.words, changed.join(", "))
            }
            (None, _) => format!("a {} is gone", table.words),
            (Some(_), None) => format!("a {} stands here that the log does not know", table.words),
        };
        found(findings, place_of_row(conn, id)?, words);
    }
    Ok(())
}

type RowValues = Vec<Value>;

fn rows_of(conn: &Connection, table: &Table) -> Result<BTreeMap<Vec<u8>, RowValues>> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut statement = conn.prepare(&format!("SELECT id, {} FROM {}", columns.join(", "), table.name))?;
    let rows = statement.query_map([], |row| {
        let id = match row.get_ref(0)? {
            ValueRef::Blob(bytes) => bytes.to_vec(),
            _ => Vec::new(),
        };
        let values = (1..=columns.len()).map(|index| row.get(index)).collect::<rusqlite::Result<_>>()?;
        Ok((id, values))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where the last change of a row stands in the log.
fn place_of_row(conn: &Connection, row_id: &[u8]) -> Result<String> {
    let standing = conn
        .query_row(
            "SELECT sid, seq FROM change JOIN record USING (rid) JOIN operation ON oid = cid >> 12 WHERE row_id = ? ORDER BY cid DESC LIMIT 1",
            [row_id],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )
        .optional()?;
    let Some((sid, seq)) = standing else { return Ok("no stream".to_owned()) };
    let stream = streams(conn, false)?.into_iter().find(|stream| stream.sid == sid);
    Ok(stream.map_or_else(|| format!("stream {sid}, number {seq}"), |stream| stream.place(seq)))
}

struct StreamRow {
    sid: i64,
    device: Uuid,
    public_key: [u8; 32],
    scope: Uuid,
    head_seq: i64,
    head_hash: [u8; 32],
    what: String,
}

impl StreamRow {
    fn place(&self, seq: i64) -> String {
        format!("stream {} ({}), number {seq}", self.sid, self.what)
    }
}

fn streams(conn: &Connection, reads: bool) -> Result<Vec<StreamRow>> {
    let mut statement = conn.prepare_cached(
        "SELECT sid, device_id, public_key, scope_id, kind, head_seq, head_hash, coalesce(family.reference, '') FROM stream
         JOIN device USING (did) JOIN scope USING (scid) LEFT JOIN family ON family.id = scope_id WHERE (kind = 2) = ? ORDER BY sid",
    )?;
    let rows = statement.query_map([reads], |row| {
        let reference: String = row.get(7)?;
        let what = match row.get::<_, i64>(4)? {
            0 => "team".to_owned(),
            1 => format!("family {reference}"),
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

fn texts(conn: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
