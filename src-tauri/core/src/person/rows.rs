//! People of families.

use crate::error::Result;
use crate::ids::FamilyId;
use crate::person::{Person, PersonId};
use crate::record::Record;
use crate::store::db::Db;

/// The people of a family: infants in birth order, then mother, father, other
/// carers, siblings.
pub fn of(conn: &Db, family: FamilyId) -> Result<Vec<Person>> {
    conn.all(
        "SELECT * FROM person WHERE family = ? ORDER BY
           CASE role WHEN 'infant' THEN 0 WHEN 'mother' THEN 1 WHEN 'father_partner' THEN 2 WHEN 'other_carer' THEN 3 ELSE 4 END,
           coalesce(birth_order, 99), born_on, given, id",
        [family],
        Person::from_row,
    )
}

/// One person.
pub fn find(conn: &Db, person: PersonId) -> Result<Option<Person>> {
    conn.one("SELECT * FROM person WHERE id = ?", [person], Person::from_row)
}

/// Others who have this Health and Care Number.
pub fn with_number(conn: &Db, number: &str, not: PersonId) -> Result<Vec<Person>> {
    conn.all("SELECT * FROM person WHERE number = ? AND number <> '' AND id <> ?", rusqlite::params![number, not], Person::from_row)
}
