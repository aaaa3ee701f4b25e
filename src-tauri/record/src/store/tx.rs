//! One act being written. A `Tx` is the only thing that can change the record:
//! it applies each change and, when it finishes, appends an operation with its
//! changes to the log of each scope that it wrote to, in one transaction. Where
//! these are several, the number of the act, which is hashed, ties them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::error::{Error, RecordRefused, Result};
use crate::ids::{ActId, DeviceId, Ids, UserId, VaultId};
use crate::record::written::Written;
use crate::record::{Class, Record, Scope, Table, Topic};
use crate::store::acts;
use crate::store::acts::Done;
use crate::store::db::{Db, Together};
use crate::store::encode;
use crate::store::encode::{Base, Change, Header, Write};
use crate::store::entries::Moment;
use crate::store::log;
use crate::store::log::ScopeKind;
use crate::store::schema::{Computing, Schema};
use crate::store::{apply, drafts};
use crate::time::Timestamp;

/// Who writes, from where.
#[derive(Debug, Clone, Copy)]
pub struct Author {
    /// The team's scope.
    pub vault: VaultId,
    /// This computer.
    pub device: DeviceId,
    /// The user.
    pub user: UserId,
}

/// What a finished act answers.
#[derive(Debug)]
pub struct Finished {
    /// Screens to read again.
    pub touched: BTreeSet<Topic>,
    /// The number of its last operation: what a view read after it has seen.
    pub seen: i64,
}

/// One act being written.
pub struct Tx<'a> {
    sql: Together<'a>,
    schema: &'static Schema,
    now: Timestamp,
    first: Moment,
    ids: RefCell<&'a mut dyn Ids>,
    author: Author,
    act: Option<ActId>,
    reason: RefCell<Option<String>>,
    parts: RefCell<Vec<Part>>,
    touched: RefCell<BTreeSet<Topic>>,
}

/// What an act writes in one scope: one operation.
struct Part {
    scope: Scope,
    moment: Moment,
    pending: Vec<Pending>,
}

impl Part {
    /// The words that its operation is kept with: of its code, tables and columns.
    fn words<'a>(&self, op: &'a str) -> BTreeSet<&'a str> {
        let mut words = BTreeSet::from([op]);
        for pending in &self.pending {
            match &pending.write {
                PendingWrite::Create(fields) => {
                    words.insert(pending.table.name);
                    words.extend(fields.iter().map(|(column, _)| *column));
                }
                PendingWrite::Amend { column, .. } => {
                    words.insert(*column);
                }
            }
        }
        words
    }
}

struct Pending {
    table: &'static Table,
    row_id: Uuid,
    write: PendingWrite,
}

enum PendingWrite {
    Create(Vec<(&'static str, Value)>),
    Amend { column: &'static str, value: Value, base: i64 },
}

impl Deref for Tx<'_> {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.sql
    }
}

impl<'a> Tx<'a> {
    /// Begins an act, under the number that somebody gave it.
    ///
    /// # Errors
    /// When another writer holds the store.
    pub fn begin(
        conn: &'a mut Db,
        schema: &'static Schema,
        now: Timestamp,
        ids: &'a mut dyn Ids,
        author: Author,
        act: Option<ActId>,
    ) -> Result<Self> {
        let sql = conn.writing()?;
        let (oid, hlc) = log::next(&sql, now)?;
        let first = Moment { oid, hlc, device: author.device, wall: now, actor: author.user };
        Ok(Self {
            sql,
            schema,
            now,
            first,
            ids: RefCell::new(ids),
            author,
            act,
            reason: RefCell::default(),
            parts: RefCell::default(),
            touched: RefCell::default(),
        })
    }

    /// The instant of the act.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Who writes.
    #[must_use]
    pub const fn actor(&self) -> UserId {
        self.author.user
    }

    /// On which computer.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.author.device
    }

    /// A new id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.borrow_mut().next(self.now.0))
    }

    /// A new row under a new id.
    pub fn written<I: From<Uuid>>(&self) -> Written<I> {
        Written { id: self.new_id(), by: self.actor(), at: self.now }
    }

    /// Keeps why it was done.
    pub fn because(&self, reason: &str) {
        *self.reason.borrow_mut() = Some(reason.to_owned());
    }

    /// Marks screens to read again that no changed table stands for.
    pub fn touch(&self, topic: Topic) {
        self.touched.borrow_mut().insert(topic);
    }

    /// Adds a row to the record and to the log.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn create<R: Record>(&self, record: &R) -> Result<()> {
        let fields: Vec<_> = record.values().into_iter().filter(|(_, value)| !is_nothing(value)).collect();
        let (moment, index) = self.place(record.scope());
        apply::create(&self.sql, self.schema, R::TABLE, record.row_id(), &fields, moment, index)?;
        self.wrote(record.scope(), R::TABLE, record.row_id(), PendingWrite::Create(fields));
        Ok(())
    }

    /// Changes fields of a row from `before` to `after`, as the form that was
    /// read at `seen` asks. Fields that are the same are left alone.
    ///
    /// # Errors
    /// `changed_since`, at the field of the request, when it was changed after the form was read and
    /// the form asks for something else; a fault when the field is fixed.
    pub fn amend<R: Record>(&self, before: &R, after: &R, seen: i64) -> Result<()> {
        let old = before.values();
        for (column, value) in after.values() {
            let was = old.iter().find(|(name, _)| *name == column).map(|(_, value)| value);
            if was == Some(&value) {
                continue;
            }
            if R::TABLE.column(column).is_none_or(|column| column.class == Class::Fixed) {
                return Err(Error::internal("a column that is fixed"));
            }
            let base = self.base(R::TABLE, before.row_id(), column, seen)?;
            apply::amend(&self.sql, self.schema, R::TABLE, before.row_id(), column, &value)?;
            self.wrote(before.scope(), R::TABLE, before.row_id(), PendingWrite::Amend { column, value, base });
        }
        Ok(())
    }

    /// Appends an operation for each scope to the log and commits; with them
    /// what the act `remembers` of itself, and without the unfinished form that
    /// it was. An act that changed nothing is not in the log.
    ///
    /// # Errors
    /// When the store fails; then nothing was changed.
    pub fn finish(self, op: &str, remembers: impl FnOnce(&Finished) -> Result<Option<Done>>) -> Result<Finished> {
        let parts = self.parts.take();
        let mut touched = self.touched.take();
        let act = if parts.len() > 1 { Some(self.act.unwrap_or_else(|| self.new_id())) } else { self.act };
        for part in &parts {
            let mut tables: Vec<&'static Table> = part.pending.iter().map(|pending| pending.table).collect();
            tables.dedup_by_key(|table| table.name);
            (self.schema.follow_scope)(Computing::on(&self.sql), part.scope, &tables)?;
            self.append(op, act, part)?;
        }
        let seen = parts.last().map_or(self.first.oid - 1, |last| last.moment.oid);
        let became = self.act.map_or(Ok(false), |act| drafts::became(&self.sql, self.author.user, act.0))?;
        touched.extend(became.then_some(Topic::Draft));
        let finished = Finished { touched, seen };
        let done = remembers(&finished)?;
        if let Some(done) = &done {
            acts::remember(&self.sql, done)?;
        }
        if became || done.is_some() || !parts.is_empty() {
            self.sql.commit()?;
        }
        Ok(finished)
    }

    fn append(&self, op: &str, act: Option<ActId>, part: &Part) -> Result<()> {
        let conn = &self.sql;
        let (scope_id, kind) = match part.scope {
            Scope::Team => (self.author.vault.0, ScopeKind::Team),
            Scope::Family(family) => (family.0, ScopeKind::Family),
        };
        let stream = log::stream(conn, self.author.device, scope_id, kind)?;
        let words = log::words(conn, &part.words(op))?;
        let oid = part.moment.oid;
        let deps = self.deps(stream.sid, scope_id)?;
        let reason = self.reason.borrow();
        let changes = part.pending.iter().map(|p| self.spelled(p)).collect::<Result<Vec<_>>>()?;
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(|_| Error::internal("random numbers"))?;
        let commit = encode::payload_commit(&salt, reason.as_deref(), &changes);
        let header = Header {
            device: self.author.device.0,
            scope: scope_id,
            seq: stream.seq + 1,
            dev_seq: stream.dev_seq + 1,
            hlc: part.moment.hlc,
            wall_ms: self.now.0,
            offset_min: i64::from(self.now.offset_minutes()),
            actor: self.author.user.0,
            op: op.to_owned(),
            schema_v: self.schema.version() as i64,
            deps: deps.iter().map(|dep| (dep.device, dep.scope, dep.seq)).collect(),
            act: act.map(|act| act.0),
        };
        let local: Vec<_> = deps.iter().map(|dep| (dep.sid, dep.seq)).collect();
        let actor = log::identity(conn, self.author.user.0)?;
        let code = number(&words, op)?;
        log::append(
            conn,
            oid,
            &log::Entry { stream, header: &header, actor, op: code, deps: &local, reason: reason.as_deref(), salt, commit },
        )?;
        for (index, change) in part.pending.iter().enumerate() {
            self.keep(oid << 12 | index as i64, stream.scid, &words, change)?;
        }
        Ok(())
    }

    fn keep(&self, cid: i64, scid: i64, words: &BTreeMap<&str, i64>, change: &Pending) -> Result<()> {
        let conn = &self.sql;
        match &change.write {
            PendingWrite::Create(fields) => {
                let tbl = number(words, change.table.name)?;
                let rid: i64 = conn.made(
                    "INSERT INTO record (scid, tbl, row_id) VALUES (?, ?, ?) RETURNING rid",
                    params![scid, tbl, change.row_id.as_bytes()],
                )?;
                let packed: Vec<_> =
                    fields.iter().map(|(column, value)| Ok((number(words, column)?, value.clone()))).collect::<Result<_>>()?;
                conn.prepare_cached("INSERT INTO change (cid, rid, col, val) VALUES (?, ?, 0, ?)")?.execute(params![
                    cid,
                    rid,
                    encode::pack_row(&packed)
                ])?;
            }
            PendingWrite::Amend { column, value, base } => {
                let rid = row_number(conn, change.row_id)?;
                let col = number(words, column)?;
                conn.prepare_cached("INSERT INTO change (cid, rid, col, base, val) VALUES (?, ?, ?, ?, ?)")?
                    .execute(params![cid, rid, col, base, value])?;
            }
        }
        Ok(())
    }

    fn spelled(&self, pending: &Pending) -> Result<Change> {
        let write = match &pending.write {
            PendingWrite::Create(fields) => {
                Write::Create(fields.iter().map(|(column, value)| ((*column).to_owned(), value.clone())).collect())
            }
            PendingWrite::Amend { column, value, base } => {
                Write::Amend { column: (*column).to_owned(), value: value.clone(), base: spelled_base(&self.sql, *base)? }
            }
        };
        Ok(Change { table: pending.table.name.to_owned(), row_id: pending.row_id, write })
    }

    /// The change of the cell that a form read at `seen` was showing.
    fn base(&self, table: &Table, row_id: Uuid, column: &str, seen: i64) -> Result<i64> {
        let rid = row_number(&self.sql, row_id)?;
        let col = log::word(&self.sql, column)?;
        let latest: i64 = self
            .sql
            .prepare_cached("SELECT max(cid) FROM change WHERE rid = ? AND col IN (0, ?)")?
            .query_row([rid, col], |row| row.get(0))?;
        if latest >> 12 > seen {
            let label = table.column(column).map_or(column, |c| c.words);
            return Err(RecordRefused::ChangedSince
                .says(format!(
                    "{label} was changed after you opened this. Your changes have not been saved, and what you typed is still here. \
                         Compare the two, then save again."
                ))
                .at(&as_field(column)));
        }
        Ok(latest)
    }

    /// Other streams of this scope and the team that have grown since the last
    /// operation of this stream.
    fn deps(&self, sid: i64, scope_id: Uuid) -> Result<Vec<Dep>> {
        let conn = &self.sql;
        let deps: Vec<Dep> = conn
            .prepare_cached(
                // CROSS JOIN begins with the two scopes, not with every stream.
                "SELECT stream.sid, device_id, scope_id, head_seq
                 FROM scope CROSS JOIN device CROSS JOIN stream ON stream.did = device.did AND stream.scid = scope.scid
                 LEFT JOIN dep_seen ON dep_seen.sid = ?1 AND dep_seen.on_sid = stream.sid
                 WHERE scope_id IN (?2, ?3) AND stream.sid <> ?1 AND head_seq > coalesce(dep_seen.seq, 0)
                 ORDER BY stream.sid",
            )?
            .query_map(params![sid, scope_id.as_bytes(), self.author.vault], |row| {
                Ok(Dep { sid: row.get(0)?, device: Uuid::from_bytes(row.get(1)?), scope: Uuid::from_bytes(row.get(2)?), seq: row.get(3)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        for dep in &deps {
            conn.prepare_cached("INSERT OR REPLACE INTO dep_seen (sid, on_sid, seq) VALUES (?, ?, ?)")?.execute([sid, dep.sid, dep.seq])?;
        }
        Ok(deps)
    }

    /// Where the next change in a scope goes: its operation, and which of the
    /// changes of that it is.
    fn place(&self, scope: Scope) -> (Moment, i64) {
        let parts = self.parts.borrow();
        let here = parts.iter().find(|part| part.scope == scope);
        here.map_or_else(|| (self.first.later_by(parts.len() as i64), 0), |part| (part.moment, part.pending.len() as i64))
    }

    fn wrote(&self, scope: Scope, table: &'static Table, row_id: Uuid, write: PendingWrite) {
        self.touched.borrow_mut().extend(table.topics);
        let (moment, _) = self.place(scope);
        let mut parts = self.parts.borrow_mut();
        let pending = Pending { table, row_id, write };
        match parts.iter_mut().find(|part| part.scope == scope) {
            Some(part) => part.pending.push(pending),
            None => parts.push(Part { scope, moment, pending: vec![pending] }),
        }
    }
}

struct Dep {
    sid: i64,
    device: Uuid,
    scope: Uuid,
    seq: i64,
}

fn number(words: &BTreeMap<&str, i64>, word: &str) -> Result<i64> {
    words.get(word).copied().ok_or_else(|| Error::internal("a word without a number"))
}

/// Spells out a local change number as device, sequence and index.
///
/// # Errors
/// When there is no such change.
pub fn spelled_base(conn: &Db, cid: i64) -> Result<Base> {
    conn.prepare_cached("SELECT device_id, seq FROM operation JOIN stream USING (sid) JOIN device USING (did) WHERE oid = ?")?
        .query_row([cid >> 12], |row| Ok(Base { device: Uuid::from_bytes(row.get(0)?), seq: row.get(1)?, index: cid & 0xfff }))
        .optional()?
        .ok_or_else(Error::damaged)
}

fn row_number(conn: &Db, row_id: Uuid) -> Result<i64> {
    Ok(conn.prepare_cached("SELECT rid FROM record WHERE row_id = ?")?.query_row([row_id.as_bytes()], |row| row.get(0))?)
}

/// What requests call a column: `born_time` is `bornTime`.
fn as_field(column: &str) -> String {
    let mut words = column.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut field, word| {
        let mut letters = word.chars();
        field.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        field.push_str(letters.as_str());
        field
    })
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}
