//! Records of the team in the order of the log.

use rusqlite::Params;

use crate::error::Result;
use crate::record::Record;
use crate::store::db::Db;

/// Those that meet a condition, first to last by the log.
pub fn in_order<R: Record>(conn: &Db, which: &str, params: impl Params) -> Result<Vec<R>> {
    let kind = R::TABLE.name;
    conn.all(
        &format!(
            "SELECT {kind}.* FROM {kind} JOIN record ON row_id = {kind}.id JOIN change USING (rid) JOIN operation ON oid = cid >> 12
             WHERE col = 0 AND {which} ORDER BY hlc, cid"
        ),
        params,
        R::from_row,
    )
}
