//! Flags of families.

use rusqlite::OptionalExtension;

use super::db::Db;
use crate::domain::family::Flag;
use crate::error::Result;
use crate::ids::{FamilyId, FlagId};
use crate::record::Record;

/// One flag.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Db, flag: FlagId) -> Result<Option<Flag>> {
    Ok(conn.prepare_cached("SELECT * FROM flag WHERE id = ?")?.query_row([flag], Flag::from_row).optional()?)
}

/// The flags that stand on a family.
///
/// # Errors
/// When the store fails.
pub fn standing(conn: &Db, family: FamilyId) -> Result<Vec<Flag>> {
    let mut statement = conn.prepare_cached("SELECT * FROM flag WHERE family = ? AND ended_on = '' ORDER BY since, id")?;
    let rows = statement.query_map([family], Flag::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
