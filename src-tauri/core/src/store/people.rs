//! People of families.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{PERSON, Record, Scope, Table};
use crate::domain::person::Person;
use crate::error::Result;
use crate::ids::{FamilyId, PersonId};

impl Record for Person {
    const TABLE: &'static Table = &PERSON;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("role", row::code(self.role)),
            ("family_name", row::text(&self.family_name)),
            ("given", row::text(&self.given)),
            ("given_awaited", row::truth(self.given_awaited)),
            ("preferred", row::text(&self.preferred)),
            ("sex", row::maybe_code(self.sex)),
            ("born_on", row::maybe_date(self.born_on)),
            ("born_time", row::maybe_time(self.born_time)),
            ("due_on", row::maybe_date(self.due_on)),
            ("birth_order", row::maybe_number(self.birth_order.map(i64::from))),
            ("number", row::text(&self.number)),
            ("number_absent", row::maybe_code(self.number_absent)),
            ("died_on", row::maybe_date(self.died_on)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            role: row::get_code(r, "role")?,
            family_name: r.get("family_name")?,
            given: r.get("given")?,
            given_awaited: row::get_truth(r, "given_awaited")?,
            preferred: r.get("preferred")?,
            sex: row::get_maybe_code(r, "sex")?,
            born_on: row::get_date(r, "born_on")?,
            born_time: row::get_time(r, "born_time")?,
            due_on: row::get_date(r, "due_on")?,
            birth_order: r.get("birth_order")?,
            number: r.get("number")?,
            number_absent: row::get_maybe_code(r, "number_absent")?,
            died_on: row::get_date(r, "died_on")?,
        })
    }
}

/// The people of a family: infants in birth order, then mother, father, other
/// carers, siblings.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Connection, family: FamilyId) -> Result<Vec<Person>> {
    let mut statement = conn.prepare_cached(
        "SELECT * FROM person WHERE family = ? ORDER BY
           CASE role WHEN 'infant' THEN 0 WHEN 'mother' THEN 1 WHEN 'father_partner' THEN 2 WHEN 'other_carer' THEN 3 ELSE 4 END,
           coalesce(birth_order, 99), born_on, given, id",
    )?;
    let rows = statement.query_map([family], Person::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One person.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, person: PersonId) -> Result<Option<Person>> {
    Ok(conn.prepare_cached("SELECT * FROM person WHERE id = ?")?.query_row([person], Person::from_row).optional()?)
}

/// People of other families who have the same Health and Care Number, or the
/// same date of birth; candidates for a duplicate.
///
/// # Errors
/// When the store fails.
pub fn alike(conn: &Connection, number: &str, born_on: &str, not_of: Option<FamilyId>) -> Result<Vec<Person>> {
    let mut statement = conn.prepare_cached(
        "SELECT * FROM person WHERE ((?1 <> '' AND number = ?1) OR (?2 <> '' AND born_on = ?2)) AND family IS NOT ?3 LIMIT 50",
    )?;
    let rows = statement.query_map(rusqlite::params![number, born_on, not_of], Person::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
