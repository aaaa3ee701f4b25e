//! Appending to the log: streams, sequence numbers, the clock of the log and
//! the hash chains.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::ids::DeviceId;
use crate::store::db::Db;
use crate::store::drafts;
use crate::store::encode;
use crate::store::encode::Header;
use crate::time::Timestamp;

/// A stream is what one device wrote in one scope.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    /// Local number.
    pub sid: i64,
    /// Local number of its device.
    pub did: i64,
    /// Local number of its scope.
    pub scid: i64,
    /// Number of its last entry; 0 if none.
    pub seq: i64,
    /// Hash of its last entry; zeros if none.
    pub hash: [u8; 32],
    /// Number of the last operation of its device, in whichever stream.
    pub dev_seq: i64,
}

/// What kind of scope a stream belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// The team.
    Team = 0,
    /// One family.
    Family = 1,
    /// The read log of a device.
    Access = 2,
}

/// How far the record has come: what is kept outside the vault to notice a
/// vault that has lost its tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Operations this device has written.
    pub op_seq: u64,
    /// Hash of the last of them.
    pub op_hash: [u8; 32],
    /// Entries in this device's read log.
    pub read_seq: u64,
    /// Hash of the last of them.
    pub read_hash: [u8; 32],
    /// Count of what is kept outside the log: drafts and local settings.
    pub local_rev: u64,
}

/// How far each computer had written at some time: a position of the log that
/// means the same wherever the record is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached(BTreeMap<Uuid, i64>);

impl Reached {
    /// Whether an operation had been done by then.
    #[must_use]
    pub fn holds(&self, device: DeviceId, dev_seq: i64) -> bool {
        self.0.get(&device.0).is_some_and(|last| dev_seq <= *last)
    }
}

/// How far each computer has written, as it is known here now.
pub fn reached(conn: &Db) -> Result<Reached> {
    let each = conn.all("SELECT device_id, dev_seq FROM device WHERE dev_seq > 0", [], |row| {
        Ok((Uuid::from_bytes(row.get(0)?), row.get::<_, i64>(1)?))
    })?;
    Ok(Reached(each))
}

/// The local number of a word, given one if it is new.
pub(super) fn word(conn: &Db, word: &str) -> Result<i64> {
    number(conn, "SELECT wid FROM word WHERE word = ?", "INSERT INTO word (word) VALUES (?) RETURNING wid", word)
}

/// The local numbers of words, given to those that are new.
pub(super) fn words<'a>(conn: &Db, words: &BTreeSet<&'a str>) -> Result<BTreeMap<&'a str, i64>> {
    let asked = serde_json::to_string(words).map_err(|_| Error::internal("words"))?;
    let known: BTreeMap<String, i64> =
        conn.all("SELECT word, wid FROM json_each(?) asked CROSS JOIN word ON word = asked.value", [asked], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let number = |word: &&'a str| Ok((*word, known.get(*word).map_or_else(|| self::word(conn, word), |wid| Ok(*wid))?));
    words.iter().map(number).collect()
}

/// The local number of an identity, given one if it is new.
pub(super) fn identity(conn: &Db, id: Uuid) -> Result<i64> {
    number(conn, "SELECT iid FROM identity WHERE id = ?", "INSERT INTO identity (id) VALUES (?) RETURNING iid", id.as_bytes())
}

/// The local number of a device that is known here.
///
/// # Errors
/// When it is not known.
pub fn device(conn: &Db, device: DeviceId) -> Result<i64> {
    conn.value("SELECT did FROM device WHERE device_id = ?", [device])
}

/// The stream of a device in a scope, begun if it is new.
///
/// # Errors
/// When the device is not known.
pub(super) fn stream(conn: &Db, device: DeviceId, scope: Uuid, kind: ScopeKind) -> Result<Stream> {
    let find = || {
        conn.one(
            "SELECT sid, did, scid, head_seq, head_hash, dev_seq FROM device JOIN stream USING (did) JOIN scope USING (scid)
             WHERE device_id = ?1 AND scope_id = ?2",
            params![device, scope.as_bytes()],
            |row| {
                let (sid, did, scid) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(Stream { sid, did, scid, seq: row.get(3)?, hash: row.get(4)?, dev_seq: row.get(5)? })
            },
        )
    };
    if let Some(stream) = find()? {
        return Ok(stream);
    }
    let scid = scope_number(conn, scope, kind)?;
    conn.made::<i64>(
        "INSERT INTO stream (did, scid, head_hash) VALUES (?, ?, zeroblob(32)) RETURNING sid",
        [self::device(conn, device)?, scid],
    )?;
    find()?.ok_or_else(Error::damaged)
}

/// The local number of a scope, given one if it is new.
fn scope_number(conn: &Db, scope: Uuid, kind: ScopeKind) -> Result<i64> {
    let known = conn.one("SELECT scid FROM scope WHERE scope_id = ?", [scope.as_bytes()], |row| row.get(0))?;
    if let Some(scid) = known {
        return Ok(scid);
    }
    let scid = conn.made("INSERT INTO scope (scope_id, kind) VALUES (?, ?) RETURNING scid", params![scope.as_bytes(), kind as i64])?;
    Ok(scid)
}

/// The number of the next operation and the next reading of the log's clock:
/// never behind the last, never behind the wall.
pub(super) fn next(conn: &Db, now: Timestamp) -> Result<(i64, i64)> {
    let last =
        conn.one("SELECT oid, hlc FROM operation ORDER BY oid DESC LIMIT 1", [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
    let wall = now.0 << 16;
    Ok(last.map_or((1, wall), |(oid, hlc)| (oid + 1, wall.max(hlc + 1))))
}

/// The position up to which the record has been written: the number of the
/// last operation.
pub fn last_operation(conn: &Db) -> Result<i64> {
    conn.value("SELECT coalesce(max(oid), 0) FROM operation", [])
}

/// When the last operation was done, by the clock of then; none if none was.
pub fn last_wall(conn: &Db) -> Result<Option<Timestamp>> {
    Ok(conn.query_row("SELECT wall_ms FROM operation ORDER BY oid DESC LIMIT 1", [], |row| row.get(0)).optional()?)
}

/// The latest instant, by the clock of then, of anything that was done after a
/// row was last changed; none if nothing was.
pub fn latest_since_change(conn: &Db, row: Uuid) -> Result<Option<Timestamp>> {
    Ok(conn.query_row(
        "SELECT max(wall_ms) FROM operation WHERE oid > (SELECT max(cid) >> 12 FROM change JOIN record USING (rid) WHERE row_id = ?)",
        [row.as_bytes()],
        |row| row.get(0),
    )?)
}

/// Whether somebody has changed one row, or made it, after another row was made.
pub fn changed_by_since(conn: &Db, row: Uuid, by: Uuid, since: Uuid) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM change JOIN record USING (rid) JOIN operation ON oid = cid >> 12 JOIN identity ON iid = actor
         WHERE row_id = ? AND identity.id = ? AND oid > (SELECT min(cid) >> 12 FROM change JOIN record USING (rid) WHERE row_id = ?))",
        params![row.as_bytes(), by.as_bytes(), since.as_bytes()],
    )
}

/// What stands between the hash of the last operation and that of the next.
pub struct Entry<'a> {
    /// The stream it goes to.
    pub stream: Stream,
    /// Everything hashed beside the payload.
    pub header: &'a Header,
    /// Local number of the actor.
    pub actor: i64,
    /// Local number of the operation's code.
    pub op: i64,
    /// Dependencies by local stream number.
    pub deps: &'a [(i64, i64)],
    /// Why, if a reason was given.
    pub reason: Option<&'a str>,
    /// Salt of the payload.
    pub salt: [u8; 16],
    /// Commitment to the payload.
    pub commit: [u8; 32],
}

/// Appends one operation to its stream and answers its hash.
pub(super) fn append(conn: &Db, oid: i64, entry: &Entry<'_>) -> Result<[u8; 32]> {
    let h = entry.header;
    let hash = encode::operation_hash(&entry.stream.hash, h, &entry.commit);
    conn.prepare_cached(
        "INSERT INTO operation (oid, sid, seq, dev_seq, hlc, wall_ms, offset_min, actor, op, schema_v, deps, reason, salt, payload_commit, hash, act)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        oid,
        entry.stream.sid,
        h.seq,
        h.dev_seq,
        h.hlc,
        h.wall_ms,
        h.offset_min,
        entry.actor,
        entry.op,
        h.schema_v,
        encode::pack_deps(entry.deps),
        entry.reason,
        entry.salt,
        entry.commit,
        hash,
        h.act.map(Uuid::into_bytes)
    ])?;
    conn.prepare_cached("UPDATE stream SET head_seq = ?, head_hash = ? WHERE sid = ?")?.execute(params![h.seq, hash, entry.stream.sid])?;
    conn.prepare_cached("UPDATE device SET dev_seq = ? WHERE did = ?")?.execute(params![h.dev_seq, entry.stream.did])?;
    Ok(hash)
}

/// How far this device has written, read from the database.
pub fn position(conn: &Db, device: DeviceId) -> Result<Position> {
    let did = self::device(conn, device)?;
    // CROSS JOIN walks the log from its end: the last operation is nearly
    // always this device's own, however many streams it has.
    let ops = conn
        .one("SELECT dev_seq, hash FROM operation CROSS JOIN stream USING (sid) WHERE did = ? ORDER BY oid DESC LIMIT 1", [did], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?))
        })?
        .unwrap_or_default();
    let reads = conn
        .one(
            "SELECT head_seq, head_hash FROM stream JOIN scope USING (scid) WHERE did = ? AND scope_id = ?",
            params![did, read_scope(device).as_bytes()],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)),
        )?
        .unwrap_or_default();
    let local: i64 = conn.value("SELECT local_rev FROM vault", [])?;
    Ok(Position { op_seq: unsigned(ops.0)?, op_hash: ops.1, read_seq: unsigned(reads.0)?, read_hash: reads.1, local_rev: unsigned(local)? })
}

/// The scope of a device's read log: derived from the device, so that it is
/// nobody else's.
#[must_use]
pub fn read_scope(device: DeviceId) -> Uuid {
    let hash = blake3::derive_key("attune 2026 read log scope", device.0.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(id)
}

/// The hash of the operation with this number on `device`, if it is there.
pub fn hash_at(conn: &Db, device: DeviceId, dev_seq: u64) -> Result<Option<[u8; 32]>> {
    let did = self::device(conn, device)?;
    Ok(conn
        .query_row(
            "SELECT hash FROM operation CROSS JOIN stream USING (sid) WHERE did = ? AND dev_seq = ? ORDER BY oid DESC LIMIT 1",
            params![did, i64::try_from(dev_seq).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )
        .optional()?)
}

/// Seals every stream that has grown, in a transaction of its own. Answers
/// whether there was one.
pub fn seal_grown(conn: &mut Db, device: DeviceId, sign: impl Fn(&[u8]) -> [u8; 64]) -> Result<bool> {
    let tx = conn.transaction()?;
    if seal(&tx, device, sign)? == 0 {
        return Ok(false);
    }
    drafts::count_local_change(&tx)?;
    tx.commit()?;
    Ok(true)
}

/// Signs the head of every stream of `device` that has grown since its last
/// seal, and answers how many there were.
pub fn seal(conn: &Db, device: DeviceId, sign: impl Fn(&[u8]) -> [u8; 64]) -> Result<usize> {
    let did = self::device(conn, device)?;
    let heads: Vec<(i64, Uuid, i64, [u8; 32])> = conn
        .prepare(
            "SELECT sid, scope_id, head_seq, head_hash FROM stream JOIN scope USING (scid)
             WHERE did = ?1 AND head_seq > coalesce((SELECT max(seq) FROM seal WHERE seal.sid = stream.sid), 0)",
        )?
        .query_map([did], |row| Ok((row.get(0)?, Uuid::from_bytes(row.get(1)?), row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (sid, scope, seq, hash) in &heads {
        let signature = sign(&seal_message(device, *scope, *seq, hash));
        conn.prepare_cached("INSERT INTO seal (sid, seq, hash, signature) VALUES (?, ?, ?, ?)")?
            .execute(params![sid, seq, hash, signature])?;
    }
    Ok(heads.len())
}

/// The bytes that a seal signs.
#[must_use]
pub fn seal_message(device: DeviceId, scope: Uuid, seq: i64, hash: &[u8; 32]) -> Vec<u8> {
    let mut message = b"attune seal 1".to_vec();
    message.extend_from_slice(device.0.as_bytes());
    message.extend_from_slice(scope.as_bytes());
    message.extend_from_slice(&seq.to_be_bytes());
    message.extend_from_slice(hash);
    message
}

/// The hash of the last operation; zeros if there is none.
pub fn head_hash(conn: &Db) -> Result<[u8; 32]> {
    Ok(conn.query_row("SELECT hash FROM operation ORDER BY oid DESC LIMIT 1", [], |row| row.get(0)).optional()?.unwrap_or([0; 32]))
}

/// How many operations wait to be shared with other computers: all of them,
/// until there is a hub. Each device numbers its own without a gap.
pub fn waiting(conn: &Db) -> Result<i64> {
    conn.value("SELECT coalesce(sum(dev_seq), 0) FROM device", [])
}

fn number(conn: &Db, find: &str, add: &str, value: impl rusqlite::ToSql) -> Result<i64> {
    let known = conn.one(find, [&value], |row| row.get(0))?;
    match known {
        Some(number) => Ok(number),
        None => conn.made(add, [&value]),
    }
}

fn unsigned(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| Error::damaged())
}
