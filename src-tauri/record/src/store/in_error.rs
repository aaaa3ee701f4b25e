//! What was marked as entered in error. The rows stay where they are; the view
//! of each table leaves them out, and so does the search.

use uuid::Uuid;

use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::record::{Record, Table};
use crate::store::db::Db;
use crate::store::schema::Schema;

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
pub fn recorded(conn: &Db, schema: &Schema, row: Uuid) -> Result<Option<Recorded>> {
    let found: Option<(String, FamilyId, UserId)> = conn.one(
        "SELECT word, scope_id, id FROM record JOIN word ON wid = tbl JOIN scope USING (scid)
         JOIN change USING (rid) JOIN operation ON oid = cid >> 12 JOIN identity ON iid = actor
         WHERE row_id = ? AND kind = 1 AND col = 0",
        [row.as_bytes()],
        |found| Ok((found.get(0)?, found.get(1)?, found.get(2)?)),
    )?;
    Ok(found.and_then(|(name, family, author)| Some(Recorded { table: schema.table(&name)?, family, author })))
}

/// The record of that id, whether it stands or not.
pub fn kept<R: Record>(conn: &Db, id: Uuid) -> Result<Option<R>> {
    conn.one(&format!("SELECT * FROM {} WHERE id = ?", R::TABLE.kept), [id.as_bytes()], R::from_row)
}

/// The record of that id, if it stands.
pub fn standing<R: Record>(conn: &Db, id: Uuid) -> Result<Option<R>> {
    conn.one(&format!("SELECT * FROM {} WHERE id = ?", R::TABLE.name), [id.as_bytes()], R::from_row)
}
