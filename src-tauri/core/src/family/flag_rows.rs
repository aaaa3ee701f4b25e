//! Flags of families.

use chrono::NaiveDate;

use crate::error::Result;
use crate::family::Flag;
use crate::ids::FamilyId;
use crate::record::{Record, cell};
use crate::store::db::Db;

/// When it was last known which flags a family `f` has: when somebody said so,
/// or the last one ended. A term of a statement, empty if never.
pub const LAST_CHECKED: &str = "max(f.flags_checked_on, coalesce((SELECT max(ended_on) FROM flag WHERE flag.family = f.id), ''))";

/// When it was last known which flags a family has.
pub fn last_checked(conn: &Db, family: FamilyId) -> Result<Option<NaiveDate>> {
    let asked = format!("SELECT {LAST_CHECKED} AS checked_on FROM family f WHERE f.id = ?");
    Ok(conn.one(&asked, [family], |row| cell::read(row, "checked_on"))?.flatten())
}

/// The flags that stand on a family.
pub fn standing(conn: &Db, family: FamilyId) -> Result<Vec<Flag>> {
    conn.all("SELECT * FROM flag WHERE family = ? AND ended_on = '' ORDER BY since, id", [family], Flag::from_row)
}
