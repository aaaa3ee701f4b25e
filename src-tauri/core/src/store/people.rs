//! People of families.

use rusqlite::OptionalExtension;

use super::db::Db;
use crate::domain::person::Person;
use crate::error::Result;
use crate::ids::{FamilyId, PersonId};
use crate::record::Record;

/// The people of a family: infants in birth order, then mother, father, other
/// carers, siblings.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Db, family: FamilyId) -> Result<Vec<Person>> {
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
pub fn find(conn: &Db, person: PersonId) -> Result<Option<Person>> {
    Ok(conn.prepare_cached("SELECT * FROM person WHERE id = ?")?.query_row([person], Person::from_row).optional()?)
}

/// People of other families who have the same Health and Care Number, or the
/// same date of birth; candidates for a duplicate.
///
/// # Errors
/// When the store fails.
pub fn alike(conn: &Db, number: &str, born_on: &str, not_of: Option<FamilyId>) -> Result<Vec<Person>> {
    let mut statement = conn.prepare_cached(
        "SELECT * FROM person WHERE ((?1 <> '' AND number = ?1) OR (?2 <> '' AND born_on = ?2)) AND family IS NOT ?3 LIMIT 50",
    )?;
    let rows = statement.query_map(rusqlite::params![number, born_on, not_of], Person::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
