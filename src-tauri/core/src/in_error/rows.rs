//! The marks on what was entered in error.

use uuid::Uuid;

use crate::contact::NOTE;
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::in_error::EnteredInError;
use crate::record::Record;
use crate::store::db::Db;

/// The marks that stand on a row, first to last.
pub fn marks(conn: &Db, row: Uuid) -> Result<Vec<EnteredInError>> {
    conn.all(
        "SELECT e.* FROM entered_in_error e WHERE e.row = ? ORDER BY (SELECT position FROM entry WHERE entry.row = e.id)",
        [row.as_bytes()],
        EnteredInError::from_row,
    )
}

/// Whether something is recorded in a family that holds: more than who is in it, who works with it and its flags.
pub fn holds(conn: &Db, family: FamilyId) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM standing_entry WHERE family = ?
           AND kind NOT IN ('family', 'person', 'episode', 'flag', 'flag_ending', 'note_taken_over', 'cover'))",
        [family],
    )
}

/// Whether somebody has an unsigned note of a family.
pub fn unsigned_in(conn: &Db, family: FamilyId) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM episode e JOIN draft d ON d.about = e.id AND d.form = ?2 WHERE e.family = ?1)",
        rusqlite::params![family, NOTE],
    )
}

/// Whether somebody other than `reader` recorded something in a family.
pub fn others_in(conn: &Db, family: FamilyId, reader: UserId) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM entry WHERE family = ? AND author <> ?)", rusqlite::params![family, reader])
}

/// What a mark is on: the row, and if that is itself a mark, what that is on.
pub fn marked_by(conn: &Db, mark: Uuid) -> Result<Vec<Uuid>> {
    conn.all(
        "SELECT row FROM entered_in_error_row WHERE id = ?1
         UNION ALL SELECT first.row FROM entered_in_error_row mark JOIN entered_in_error_row first ON first.id = mark.row WHERE mark.id = ?1",
        [mark.as_bytes()],
        |row| row.get(0).map(Uuid::from_bytes),
    )
}
