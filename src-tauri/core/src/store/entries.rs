//! What people recorded in each family, in the order of the log: a projection
//! kept from the declarations of the records. What stands is the last of its
//! kind by `position`, whatever the clocks said; what is new to somebody is
//! what `arrived` here after they looked.

use std::collections::HashMap;

use rusqlite::params;
use rusqlite::types::Value;
use uuid::Uuid;

use super::db::Db;
use super::log;
use super::rebuild::{self, Write};
use crate::error::{Error, Result};
use crate::ids::{DeviceId, FamilyId, UserId};
use crate::record::{Arrived, Record, Table, Told};
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

/// Adds the entry of a new row, if it is one that somebody signs for a family.
///
/// # Errors
/// When a row names no family or author.
pub(super) fn add(conn: &Db, table: &Table, row_id: Uuid, fields: &[(&str, Value)], moment: Moment, index: i64) -> Result<()> {
    let Some((author, _)) = table.signed.filter(|_| table.column("family").is_some()) else { return Ok(()) };
    let field = |name: &str| fields.iter().find(|(column, _)| *column == name).map(|(_, value)| value).ok_or_else(Error::damaged);
    let row = row_id.as_bytes();
    let family = field("family")?;
    let thing = match table.told {
        Told::Not => Value::Null,
        Told::Itself => Value::Blob(row.to_vec()),
        Told::With(column) => {
            let whole = field(column)?;
            conn.value("SELECT coalesce(max(thing), ?1) FROM entry WHERE row = ?1", [whole])?
        }
    };
    conn.prepare_cached("INSERT INTO entry (family, arrived, position, kind, row, thing, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![family, moment.oid << 12 | index, moment.position(index), table.name, row, thing, field(author)?, moment.wall])?;
    Ok(())
}

/// Makes every entry anew from the log.
///
/// # Errors
/// When the log cannot be read.
pub(super) fn fill(conn: &Db) -> Result<()> {
    conn.execute_batch("DELETE FROM entry")?;
    rebuild::read(conn, &mut |logged| match logged.write {
        Write::Created(fields) => add(conn, logged.table, logged.row_id, &fields, logged.moment, logged.index),
        Write::Amended(..) => Ok(()),
    })
}

/// A family's records of one kind, in the order of the log.
pub fn in_order<R: Record>(conn: &Db, family: FamilyId) -> Result<Vec<R>> {
    conn.all(&of_kind::<R>(""), [family], R::from_row)
}

/// The record of one kind that stands for a family: the last in the order of
/// the log.
pub fn last<R: Record>(conn: &Db, family: FamilyId) -> Result<Option<R>> {
    conn.one(&of_kind::<R>("DESC LIMIT 1"), [family], R::from_row)
}

fn of_kind<R: Record>(order: &str) -> String {
    let kind = R::TABLE.name;
    format!(
        "SELECT {kind}.* FROM entry CROSS JOIN {kind} ON {kind}.id = entry.row
         WHERE entry.family = ? AND entry.kind = '{kind}' ORDER BY entry.position {order}"
    )
}

/// By how many minutes the clocks went back between two neighbours of a family's
/// entries in the order of the log, for each of the two; the others are left out.
pub fn clocks_gone_back(conn: &Db, family: FamilyId) -> Result<HashMap<Uuid, i64>> {
    let mut statement = conn.prepare_cached(
        "SELECT row, max(lag(at, 1, at) OVER clock - at, at - lead(at, 1, at) OVER clock) / 60000
         FROM entry WHERE family = ? WINDOW clock AS (ORDER BY position)",
    )?;
    let rows = statement.query_map([family], |row| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?)))?;
    let back = rows.filter(|row| row.as_ref().map_or(true, |(_, minutes)| *minutes > 0));
    Ok(back.collect::<rusqlite::Result<_>>()?)
}

/// Up to where entries have arrived here.
pub fn arrived(conn: &Db) -> Result<Arrived> {
    Ok(Arrived(log::last_operation(conn)? << 12 | 0xfff))
}

/// The kinds of what others recorded of one entry of a family's story since
/// `reader` marked the family as seen.
pub fn new_kinds(conn: &Db, reader: UserId, family: FamilyId, thing: Uuid) -> Result<Vec<String>> {
    conn.all(
        "SELECT DISTINCT kind FROM entry WHERE family = ?1 AND thing = ?3 AND author <> ?2
         AND arrived > coalesce((SELECT until FROM seen WHERE user = ?2 AND family = ?1), 0)",
        params![family, reader, thing.as_bytes()],
        |row| row.get(0),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{apply, migrate};
    use super::*;
    use crate::domain::placement::Placement;
    use crate::store::samples::samples;

    /// The placements of a family in the order in which they are told, arrived in that `order`.
    fn told(order: &[usize], moments: &[(i64, u8)]) -> Vec<Uuid> {
        let mut conn = Db::in_memory().unwrap();
        migrate::upgrade(&mut conn).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let placed = samples().into_iter().find(|sample| sample.table == Placement::TABLE.name).unwrap();
        for (oid, which) in (1..).zip(order) {
            let (hlc, device) = moments[*which];
            let moment = Moment { oid, hlc, device: DeviceId(Uuid::from_u128(device.into())), wall: Timestamp(hlc) };
            apply::create(&conn, Placement::TABLE, row(*which), &placed.values, moment, 0).unwrap();
        }
        let Some((_, Value::Blob(family))) = placed.values.iter().find(|(column, _)| *column == "family") else { panic!() };
        let family = FamilyId(Uuid::from_slice(family).unwrap());
        assert_eq!(last::<Placement>(&conn, family).unwrap(), in_order(&conn, family).unwrap().pop());
        in_order::<Placement>(&conn, family).unwrap().iter().map(Record::row_id).collect()
    }

    fn row(which: usize) -> Uuid {
        Uuid::from_u128(1_000 + which as u128)
    }

    proptest! {
        /// In whichever order entries arrive, the same stands: the last by the
        /// log's clock, and of two computers at once the same one everywhere.
        #[test]
        fn the_order_of_arrival_changes_nothing_of_what_stands(
            (moments, shuffled) in proptest::collection::btree_set((1_i64..20, 1_u8..4), 1..12)
                .prop_map(|moments| moments.into_iter().collect::<Vec<_>>())
                .prop_flat_map(|moments| {
                    let order: Vec<usize> = (0..moments.len()).collect();
                    (Just(moments), Just(order).prop_shuffle())
                })
        ) {
            let by_moment: Vec<Uuid> = (0..moments.len()).map(row).collect();
            prop_assert_eq!(told(&shuffled, &moments), by_moment);
        }
    }
}
