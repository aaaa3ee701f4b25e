//! Flags of families.

use crate::error::Result;
use crate::family::Flag;
use crate::ids::{FamilyId, FlagId};
use crate::record::Record;
use crate::store::db::Db;

/// One flag.
pub fn find(conn: &Db, flag: FlagId) -> Result<Option<Flag>> {
    conn.one("SELECT * FROM flag WHERE id = ?", [flag], Flag::from_row)
}

/// The flags that stand on a family.
pub fn standing(conn: &Db, family: FamilyId) -> Result<Vec<Flag>> {
    conn.all("SELECT * FROM flag WHERE family = ? AND ended_on = '' ORDER BY since, id", [family], Flag::from_row)
}
