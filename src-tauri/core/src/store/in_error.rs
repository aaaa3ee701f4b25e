//! What was marked as entered in error. The rows stay where they are; the view
//! of each table leaves them out, and so does the search.

use uuid::Uuid;

use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::in_error::EnteredInError;
use crate::record::{Record, Table};
use crate::schema as table;
use crate::store::db::Db;
use crate::store::search;

/// A row of the record, of whichever kind it is.
#[derive(Debug, Clone, Copy)]
pub struct Recorded {
    /// Its table.
    pub table: &'static Table,
    /// Its family.
    pub family: FamilyId,
    /// Who recorded it.
    pub author: UserId,
}

/// The row of a family that has this id, whether it stands or not; none if
/// there is none, or a newer version wrote it.
pub fn recorded(conn: &Db, row: Uuid) -> Result<Option<Recorded>> {
    let found: Option<(String, FamilyId, UserId)> = conn.one(
        "SELECT word, scope_id, id FROM record JOIN word ON wid = tbl JOIN scope USING (scid)
         JOIN change USING (rid) JOIN operation ON oid = cid >> 12 JOIN identity ON iid = actor
         WHERE row_id = ? AND kind = 1 AND col = 0",
        [row.as_bytes()],
        |found| Ok((found.get(0)?, found.get(1)?, found.get(2)?)),
    )?;
    Ok(found.and_then(|(name, family, author)| Some(Recorded { table: table::table(&name)?, family, author })))
}

/// The marks that stand on a row, first to last.
pub fn marks(conn: &Db, row: Uuid) -> Result<Vec<EnteredInError>> {
    conn.all(
        "SELECT e.* FROM entered_in_error e WHERE e.row = ? ORDER BY (SELECT position FROM entry WHERE entry.row = e.id)",
        [row.as_bytes()],
        EnteredInError::from_row,
    )
}

/// The record of that id, whether it stands or not.
pub fn kept<R: Record>(conn: &Db, id: Uuid) -> Result<Option<R>> {
    conn.one(&format!("SELECT * FROM {} WHERE id = ?", R::TABLE.kept), [id.as_bytes()], R::from_row)
}

/// The record of that id, if it stands.
pub fn standing<R: Record>(conn: &Db, id: Uuid) -> Result<Option<R>> {
    conn.one(&format!("SELECT * FROM {} WHERE id = ?", R::TABLE.name), [id.as_bytes()], R::from_row)
}

/// Brings the search up to date with a new mark: what it is on is found no
/// longer, or again if it is on a mark.
pub(super) fn follow(conn: &Db, mark: Uuid) -> Result<()> {
    let marked: Vec<[u8; 16]> = conn.all(
        "SELECT row FROM entered_in_error_row WHERE id = ?1
         UNION ALL SELECT first.row FROM entered_in_error_row mark JOIN entered_in_error_row first ON first.id = mark.row WHERE mark.id = ?1",
        [mark.as_bytes()],
        |row| row.get(0),
    )?;
    marked.into_iter().try_for_each(|row| search::index(conn, Uuid::from_bytes(row)))
}
