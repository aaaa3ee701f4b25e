//! Flags of families.

use rusqlite::Row;

use crate::error::Result;
use crate::family::{Checked, Flag, FlagEnding, FlagId};
use crate::ids::FamilyId;
use crate::record::{Record, cell};
use crate::store::db::Db;

/// When somebody last looked which flags a family `f` has, and when the last one
/// ended. Terms of a statement, empty if never.
pub const LAST_CHECKED: &str =
    "f.flags_checked_on, coalesce((SELECT max(ended_on) FROM flag WHERE flag.family = f.id), '') AS flags_ended_on";

/// Whether somebody looked which flags a family has.
pub fn last_checked(conn: &Db, family: FamilyId) -> Result<Checked> {
    let asked = format!("SELECT {LAST_CHECKED} FROM family f WHERE f.id = ?");
    Ok(conn.one(&asked, [family], checked)?.unwrap_or(Checked::Never))
}

/// The same of a row that has both.
pub fn checked(row: &Row<'_>) -> rusqlite::Result<Checked> {
    Ok(Checked::of(cell::read(row, "flags_checked_on")?, cell::read(row, "flags_ended_on")?))
}

/// Who asked that a flag be ended, and why, first to last.
pub fn endings(conn: &Db, flag: FlagId) -> Result<Vec<FlagEnding>> {
    conn.all(
        "SELECT e.* FROM flag_ending e WHERE e.flag = ? ORDER BY (SELECT position FROM entry WHERE entry.row = e.id)",
        [flag],
        FlagEnding::from_row,
    )
}

/// The flags that stand on a family.
pub fn standing(conn: &Db, family: FamilyId) -> Result<Vec<Flag>> {
    conn.all("SELECT * FROM flag WHERE family = ? AND ended_on = '' ORDER BY since, id", [family], Flag::from_row)
}
