//! The raw counts behind figures. They go to `disclosure` and nowhere else.

use rusqlite::params;

use crate::contact::{ContactKind, Outcome};
use crate::error::Result;
use crate::family::Episode;
use crate::ids::FamilyId;
use crate::person::Person;
use crate::priority::{PriorityAnswer, PriorityGroup};
use crate::record::{Record, cell};
use crate::store::db::Db;
use crate::time::Timestamp;

/// One contact that counts.
#[derive(Debug, Clone)]
pub struct CountedContact {
    /// How it was made.
    pub kind: ContactKind,
    /// What came of it.
    pub outcome: Outcome,
    /// The family behind it.
    pub family: FamilyId,
}

/// Episodes of care of families that stand.
pub fn episodes(conn: &Db) -> Result<Vec<Episode>> {
    conn.all(
        "SELECT * FROM episode WHERE family NOT IN (SELECT row FROM entered_in_error) ORDER BY family, opened_on, id",
        [],
        Episode::from_row,
    )
}

/// Infants that stand, each with when they were recorded.
pub fn infants(conn: &Db) -> Result<Vec<(Person, Timestamp)>> {
    conn.all(
        "SELECT person.*, entry.at AS recorded FROM person CROSS JOIN entry ON entry.row = person.id WHERE role = 'infant' ORDER BY person.id",
        [],
        |row| Ok((Person::from_row(row)?, row.get("recorded")?)),
    )
}

/// Contacts held from `from` to before `until` that stand.
pub fn contacts_between(conn: &Db, from: Timestamp, until: Timestamp) -> Result<Vec<CountedContact>> {
    conn.all("SELECT kind, outcome, family FROM contact WHERE held_at >= ? AND held_at < ?", params![from, until], |row| {
        Ok(CountedContact { kind: cell::read(row, "kind")?, outcome: cell::read(row, "outcome")?, family: row.get("family")? })
    })
}

/// The step that each family stood on before `until`: the last one recorded, a proposed one only once it is confirmed.
pub fn steps_before(conn: &Db, until: Timestamp) -> Result<Vec<(FamilyId, u8)>> {
    conn.all(
        "SELECT family, step FROM (
           SELECT placement.family, placement.step, row_number() OVER (PARTITION BY placement.family ORDER BY entry.position DESC) AS last
           FROM placement CROSS JOIN entry ON entry.row = placement.id
           WHERE placement.at < ?1 AND (placement.proposed IS NOT 1 OR EXISTS (
             SELECT 1 FROM placement_confirmation k WHERE k.placement = placement.id AND k.at < ?1)))
         WHERE last = 1",
        params![until],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The last answer before `until` about each person and household of a family and each priority group.
pub fn answers_before(conn: &Db, until: Timestamp) -> Result<Vec<(FamilyId, PriorityGroup, PriorityAnswer)>> {
    conn.all(
        "SELECT family, priority_group, answer FROM (
           SELECT a.family, a.priority_group, a.answer,
             row_number() OVER (PARTITION BY a.family, a.person, a.priority_group ORDER BY entry.position DESC) AS last
           FROM priority_answer a CROSS JOIN entry ON entry.row = a.id WHERE a.at < ?1)
         WHERE last = 1",
        params![until],
        |row| Ok((row.get(0)?, cell::read(row, "priority_group")?, cell::read(row, "answer")?)),
    )
}
