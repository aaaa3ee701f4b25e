//! People of families.

use crate::error::Result;
use crate::ids::FamilyId;
use crate::person::{Person, PersonId};
use crate::record::Record;
use crate::store::db::Db;

/// The people of a family: infants in birth order, then mother, other parents,
/// other carers, siblings.
pub fn of(conn: &Db, family: FamilyId) -> Result<Vec<Person>> {
    conn.all(
        "SELECT * FROM person WHERE family = ? ORDER BY
           CASE WHEN role = 'infant' THEN 0 WHEN role IN ('mother', 'birth_mother') THEN 1
             WHEN role IN ('non_birth_mother', 'father', 'parent', 'partner', 'father_partner', 'adoptive_parent') THEN 2
             WHEN role = 'sibling' THEN 4 ELSE 3 END,
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
