//! Rebuilding the record from the log alone, into memory, through the same
//! function that writes it.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rusqlite::types::Value;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::record::Table;
use crate::store::db::Db;
use crate::store::entries::Moment;
use crate::store::log::Reached;
use crate::store::schema::{Computing, Schema};
use crate::store::words::Words;
use crate::store::{apply, migrate};

/// An in-memory database with the rows that the log of `source` makes. What a
/// newer version wrote and this one does not know is left out, and stays in
/// the log. While one thread reads the log, another writes the rows.
///
/// # Errors
/// When the log cannot be read or replayed.
pub fn rebuild(source: &Db, schema: &Schema) -> Result<Db> {
    rebuild_some(source, schema, None)
}

/// The same of the log as it was when each computer had written so much: what
/// was done later, or came in later, is not in it.
///
/// # Errors
/// As [`rebuild`].
pub fn rebuild_at(source: &Db, schema: &Schema, reached: &Reached) -> Result<Db> {
    rebuild_some(source, schema, Some(reached))
}

fn rebuild_some(source: &Db, schema: &Schema, reached: Option<&Reached>) -> Result<Db> {
    let (hand_on, handed) = sync_channel::<Vec<Logged>>(AHEAD);
    thread::scope(|scope| {
        let writing = scope.spawn(move || write_all(handed, schema));
        let mut batch = Vec::with_capacity(BATCH);
        let read = read(source, schema, &mut |logged: Logged| {
            if reached.is_some_and(|reached| !reached.holds(logged.moment.device, logged.dev_seq)) {
                return Ok(());
            }
            batch.push(logged);
            if batch.len() < BATCH {
                Ok(())
            } else {
                hand_on.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).map_err(|_| gone())
            }
        });
        let read = read.and_then(|()| hand_on.send(batch).map_err(|_| gone()));
        drop(hand_on);
        let rebuilt = writing.join().map_err(|_| gone())?;
        // What the writer refused is why it went away.
        rebuilt.and_then(|rebuilt| read.map(|()| rebuilt))
    })
}

/// Changes that are handed on at once.
const BATCH: usize = 256;

/// How many times as many may wait.
const AHEAD: usize = 8;

fn gone() -> Error {
    Error::internal("the writer of a rebuild")
}

fn write_all(handed: Receiver<Vec<Logged>>, schema: &Schema) -> Result<Db> {
    let mut rebuilt = Db::in_memory()?;
    rebuilt.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON;")?;
    migrate::upgrade(&mut rebuilt, schema)?;
    let tx = rebuilt.transaction()?;
    handed.into_iter().flatten().try_for_each(|logged| write(&tx, schema, logged))?;
    (schema.fill)(Computing::on(&tx))?;
    tx.commit()?;
    Ok(rebuilt)
}

fn write(target: &Db, schema: &Schema, logged: Logged) -> Result<()> {
    match logged.write {
        Write::Created(fields) => apply::create(target, schema, logged.table, logged.row_id, &fields, logged.moment, logged.index),
        Write::Amended(column, value) => apply::amend(target, schema, logged.table, logged.row_id, column, &value),
    }
}

/// One change of the log that this version knows.
pub struct Logged {
    /// The table of the row.
    pub table: &'static Table,
    /// The row.
    pub row_id: Uuid,
    /// When its operation was done.
    pub moment: Moment,
    /// Which of the operations of its computer that is.
    pub dev_seq: i64,
    /// Which of the changes of its operation it is.
    pub index: i64,
    /// What it wrote.
    pub write: Write,
}

/// What a change wrote.
pub enum Write {
    /// The fields of a new row.
    Created(Vec<(&'static str, Value)>),
    /// One field of a row.
    Amended(&'static str, Value),
}

/// Hands on every change of the log, in the order in which they arrived. What a
/// newer version wrote and this one does not know is left out.
///
/// # Errors
/// When the log cannot be read, or what `each` answers.
pub(super) fn read(source: &Db, schema: &Schema, each: &mut dyn FnMut(Logged) -> Result<()>) -> Result<()> {
    let words = Words::read(source)?;
    let mut changes = source.prepare(
        "SELECT change.cid, change.col, change.val, record.row_id, record.tbl, operation.hlc, device.device_id, operation.wall_ms,
           identity.id, operation.dev_seq
         FROM change CROSS JOIN record USING (rid) CROSS JOIN operation ON operation.oid = change.cid >> 12
         CROSS JOIN stream USING (sid) CROSS JOIN device USING (did)
         CROSS JOIN identity ON identity.iid = operation.actor ORDER BY cid",
    )?;
    let mut rows = changes.query([])?;
    while let Some(row) = rows.next()? {
        let Some(table) = schema.table(words.of(row.get(4)?)?) else { continue };
        let (cid, col): (i64, i64) = (row.get(0)?, row.get(1)?);
        let write = if col == 0 {
            let known = |(name, value): (&str, Value)| table.column(name).map(|column| (column.name, value));
            Write::Created(words.fields(row.get_ref(2)?.as_blob().map_err(|_| Error::damaged())?)?.into_iter().filter_map(known).collect())
        } else if let Some(column) = table.column(words.of(col)?) {
            Write::Amended(column.name, row.get(2)?)
        } else {
            continue;
        };
        let moment = Moment { oid: cid >> 12, hlc: row.get(5)?, device: row.get(6)?, wall: row.get(7)?, actor: row.get(8)? };
        each(Logged { table, row_id: Uuid::from_bytes(row.get(3)?), moment, dev_seq: row.get(9)?, index: cid & 0xfff, write })?;
    }
    Ok(())
}
