//! What people recorded in each family, in the order of the log: a projection
//! kept from the declarations of the records. What stands is the last of its
//! kind by `position`, whatever the clocks said; what is new to somebody is
//! what `arrived` here after they looked.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{named_params, params};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::ids::{DeviceId, FamilyId, UserId};
use crate::record::{Arrived, Record, Table, Told};
use crate::store::db::Db;
use crate::store::log;
use crate::time::Timestamp;

/// When an operation was done, by the log.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Its number here.
    pub oid: i64,
    /// The reading of the log's clock.
    pub hlc: i64,
    /// The computer on which it was done.
    pub device: DeviceId,
    /// What the clock of that computer said.
    pub wall: Timestamp,
    /// Who did it.
    pub actor: UserId,
}

impl Moment {
    /// That of an operation so many later in the same act.
    pub(super) const fn later_by(self, operations: i64) -> Self {
        Self { oid: self.oid + operations, hlc: self.hlc + operations, ..self }
    }

    /// The place of its change `index` in the order of the log, the same on every
    /// computer: such places compare as their bytes do.
    fn position(&self, index: i64) -> [u8; 26] {
        let mut place = [0; 26];
        place[..8].copy_from_slice(&self.hlc.to_be_bytes());
        place[8..24].copy_from_slice(self.device.0.as_bytes());
        place[24..].copy_from_slice(&u16::try_from(index).unwrap_or(u16::MAX).to_be_bytes());
        place
    }
}

/// The latest days, by the clocks of then, on which anything was recorded of any family: so many of them, the latest first.
pub fn latest_days(conn: &Db, count: usize) -> Result<Vec<NaiveDate>> {
    let at: Vec<Timestamp> = conn.all("SELECT DISTINCT at / 900000 * 900000 FROM entry", [], |row| row.get(0))?;
    let days: BTreeSet<NaiveDate> = at.into_iter().map(Timestamp::date).collect();
    Ok(days.into_iter().rev().take(count).collect())
}

/// Adds the entry of a new row, if it is one of a family.
///
/// # Errors
/// When a row names no family.
pub(super) fn add(conn: &Db, table: &Table, row_id: Uuid, fields: &[(&str, Value)], moment: Moment, index: i64) -> Result<()> {
    if !table.is_of_a_family() {
        return Ok(());
    }
    let of = |name: &str| fields.iter().find(|(column, _)| *column == name).map(|(_, value)| value);
    let row = row_id.as_bytes();
    let (whole, thing) = match table.told {
        Told::Not => (Value::Null, Value::Null),
        Told::Itself => (Value::Null, Value::Blob(row.to_vec())),
        Told::With(column) => {
            let whole = of(column).cloned().unwrap_or(Value::Null);
            let thing = match whole {
                // It names none: an entry of its own.
                Value::Null => Value::Blob(row.to_vec()),
                _ => conn.value("SELECT iif(count(*), max(thing), ?1) FROM entry WHERE row = ?1", [&whole])?,
            };
            (whole, thing)
        }
    };
    let person = match table.person {
        Some("id") => Value::Blob(row.to_vec()),
        Some(column) => of(column).cloned().unwrap_or(Value::Null),
        None => Value::Null,
    };
    let (day, instant) = match table.dated.and_then(of) {
        Some(Value::Text(day)) if !day.is_empty() => (day.clone(), None),
        Some(Value::Integer(at)) => (Timestamp(*at).date().to_string(), Some(Timestamp(*at))),
        _ => (moment.wall.date().to_string(), Some(moment.wall)),
    };
    conn.prepare_cached(
        "INSERT INTO entry (family, arrived, position, kind, row, whole, thing, author, person, day, instant, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        of("family").ok_or_else(Error::damaged)?,
        moment.oid << 12 | index,
        moment.position(index),
        table.name,
        row,
        whole,
        thing,
        moment.actor,
        person,
        day,
        instant,
        moment.wall
    ])?;
    Ok(())
}

/// One entry of a family's story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The table of its row.
    pub kind: String,
    /// The row.
    pub row: Uuid,
}

/// A family's story, newest day first, and on a day what is of the whole day
/// first: `limit` entries after the first `skip`. What was entered in error is
/// among them.
pub fn story(conn: &Db, family: FamilyId, skip: u32, limit: u32) -> Result<Vec<Entry>> {
    conn.all(
        "SELECT kind, row FROM entry WHERE family = ? AND thing = row
         ORDER BY day DESC, instant DESC NULLS FIRST, position DESC LIMIT ? OFFSET ?",
        params![family, limit, skip],
        |entry| Ok(Entry { kind: entry.get(0)?, row: Uuid::from_bytes(entry.get(1)?) }),
    )
}

/// How many entries a family's story has.
pub fn told(conn: &Db, family: FamilyId) -> Result<u32> {
    conn.value("SELECT count(*) FROM entry WHERE family = ? AND thing = row", [family])
}

/// A family's records of one kind, in the order of the log.
pub fn in_order<R: Record>(conn: &Db, family: FamilyId) -> Result<Vec<R>> {
    conn.all(&of_kind::<R>(R::TABLE.name, ""), [family], R::from_row)
}

/// The same with those that were entered in error.
pub fn kept_in_order<R: Record>(conn: &Db, family: FamilyId) -> Result<Vec<R>> {
    conn.all(&of_kind::<R>(R::TABLE.kept, ""), [family], R::from_row)
}

/// The record of one kind that stands for a family: the last in the order of
/// the log.
pub fn last<R: Record>(conn: &Db, family: FamilyId) -> Result<Option<R>> {
    conn.one(&of_kind::<R>(R::TABLE.name, "DESC LIMIT 1"), [family], R::from_row)
}

fn of_kind<R: Record>(rows: &str, order: &str) -> String {
    let kind = R::TABLE.name;
    format!(
        "SELECT {rows}.* FROM entry CROSS JOIN {rows} ON {rows}.id = entry.row
         WHERE entry.family = ? AND entry.kind = '{kind}' ORDER BY entry.position {order}"
    )
}

/// Whether somebody other than `reader` recorded something of a person.
pub fn others_of(conn: &Db, family: FamilyId, person: Uuid, reader: UserId) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE family = ? AND person = ? AND row <> person AND author <> ?)",
        params![family, person.as_bytes(), reader],
    )
}

/// What others recorded of the story of `:family` since `:me` marked it as seen:
/// a question for its `thing` and `kind`. What was entered in error is not new;
/// that it was is new to those who had seen it.
pub const NEW: &str = include_str!("sql/new.sql");

/// Up to where entries have arrived here.
pub fn arrived(conn: &Db) -> Result<Arrived> {
    Ok(Arrived(log::last_operation(conn)? << 12 | 0xfff))
}

/// The kinds of what others recorded of one entry of a family's story since
/// `reader` marked the family as seen.
pub fn new_kinds(conn: &Db, reader: UserId, family: FamilyId, thing: Uuid) -> Result<Vec<String>> {
    conn.all(
        &format!("SELECT DISTINCT kind FROM ({NEW}) WHERE thing = :thing"),
        named_params! { ":me": reader, ":family": family, ":thing": thing.as_bytes() },
        |row| row.get(0),
    )
}

#[cfg(test)]
mod tests;
