//! The raw counts behind a summary. They go to `disclosure` and nowhere else.

use rusqlite::params;

use crate::error::Result;
use crate::ids::FamilyId;
use crate::person::Person;
use crate::record::Record;
use crate::store::db::Db;
use crate::time::Timestamp;

/// One contact that counts: its kind, outcome and family.
#[derive(Debug, Clone)]
pub struct CountedContact {
    /// Code of the kind.
    pub kind: String,
    /// Code of the outcome.
    pub outcome: String,
    /// The family behind it.
    pub family: FamilyId,
}

/// Infants of families whose episode was open on `date` (a day as
/// `2026-09-30`).
pub fn infants_open_on(conn: &Db, date: &str) -> Result<Vec<Person>> {
    conn.all(
        "SELECT person.* FROM person WHERE role = 'infant' AND (loss = '' OR lost_on > ?1) AND family IN
           (SELECT family FROM episode WHERE opened_on <= ?1 AND (closed_on = '' OR closed_on > ?1))",
        [date],
        Person::from_row,
    )
}

/// Contacts held from `from` to before `until` that stand.
pub fn contacts_between(conn: &Db, from: Timestamp, until: Timestamp) -> Result<Vec<CountedContact>> {
    conn.all("SELECT kind, outcome, family FROM contact WHERE held_at >= ? AND held_at < ?", params![from, until], |row| {
        Ok(CountedContact { kind: row.get(0)?, outcome: row.get(1)?, family: row.get(2)? })
    })
}

/// Families whose episode was open on `date`, with the step they stood on
/// before `until`; none if not placed.
pub fn steps_open_on(conn: &Db, date: &str, until: Timestamp) -> Result<Vec<(FamilyId, Option<u8>)>> {
    conn.all(
        "SELECT DISTINCT episode.family,
           (SELECT step FROM entry CROSS JOIN placement ON placement.id = entry.row
            WHERE entry.family = episode.family AND entry.kind = 'placement' AND placement.at < ?2
              AND (placement.proposed IS NOT 1 OR EXISTS (
                SELECT 1 FROM placement_confirmation k WHERE k.placement = placement.id AND k.at < ?2))
            ORDER BY entry.position DESC LIMIT 1)
         FROM episode WHERE opened_on <= ?1 AND (closed_on = '' OR closed_on > ?1)
           AND family NOT IN (SELECT row FROM entered_in_error)",
        params![date, until],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// Each open family and priority group for which the latest answer before
/// `until`, about any of its people, is a yes.
pub fn groups_open_on(conn: &Db, date: &str, until: Timestamp) -> Result<Vec<(FamilyId, String)>> {
    conn.all(
        "SELECT DISTINCT a.family, a.priority_group
         FROM priority_answer a CROSS JOIN entry ON entry.row = a.id
         WHERE a.answer IN ('confirmed', 'suspected') AND a.at < ?2
           AND NOT EXISTS (SELECT 1 FROM entry later CROSS JOIN priority_answer b ON b.id = later.row
             WHERE later.family = a.family AND later.kind = 'priority_answer' AND later.position > entry.position
               AND b.person IS a.person AND b.priority_group = a.priority_group AND b.at < ?2)
           AND a.family IN (SELECT family FROM episode WHERE opened_on <= ?1 AND (closed_on = '' OR closed_on > ?1))",
        params![date, until],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// How many families had an open episode on `date`.
pub fn families_open_on(conn: &Db, date: &str) -> Result<u32> {
    conn.value(
        "SELECT count(DISTINCT family) FROM episode WHERE opened_on <= ?1 AND (closed_on = '' OR closed_on > ?1)
           AND family NOT IN (SELECT row FROM entered_in_error)",
        [date],
    )
}
