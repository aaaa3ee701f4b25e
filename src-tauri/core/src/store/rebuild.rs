//! Rebuilding the record from the log alone, into memory, through the same
//! function that writes it.

use rusqlite::Connection;
use rusqlite::types::Value;
use uuid::Uuid;

use super::{apply, caseload, encode, migrate, table};
use crate::error::{Error, Result};
use crate::record::Table;

/// An in-memory database with the rows that the log of `source` makes. What a
/// newer version wrote and this one does not know is left out, and stays in
/// the log.
///
/// # Errors
/// When the log cannot be read or replayed.
pub fn rebuild(source: &Connection) -> Result<Connection> {
    let mut rebuilt = Connection::open_in_memory()?;
    rebuilt.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON;")?;
    migrate::upgrade(&mut rebuilt)?;
    let tx = rebuilt.transaction()?;
    replay(source, &tx)?;
    caseload::fill(&tx)?;
    tx.commit()?;
    Ok(rebuilt)
}

/// Makes in `target`, which has none, the rows that the log of `source` makes.
///
/// # Errors
/// When the log cannot be read or replayed.
pub fn replay(source: &Connection, target: &Connection) -> Result<()> {
    let mut changes = source.prepare(
        "SELECT change.col, change.val, record.row_id, tbl.word, coalesce(col.word, '')
         FROM change JOIN record USING (rid) JOIN word tbl ON tbl.wid = record.tbl LEFT JOIN word col ON col.wid = change.col
         ORDER BY cid",
    )?;
    let mut rows = changes.query([])?;
    while let Some(row) = rows.next()? {
        let Some(table) = table::table(&row.get::<_, String>(3)?) else { continue };
        let row_id = Uuid::from_bytes(row.get(2)?);
        if row.get::<_, i64>(0)? == 0 {
            let packed: Vec<u8> = row.get(1)?;
            replay_create(source, target, table, row_id, &packed)?;
        } else if let Some(column) = table.column(&row.get::<_, String>(4)?) {
            apply::amend(target, table, row_id, column.name, &row.get::<_, Value>(1)?)?;
        }
    }
    Ok(())
}

/// The fields of a packed row by name, those this version knows.
///
/// # Errors
/// When the bytes are not such a row.
pub fn named_fields(source: &Connection, packed: &[u8]) -> Result<Vec<(String, Value)>> {
    encode::unpack_row(packed)?
        .into_iter()
        .map(|(wid, value)| {
            let name = source
                .prepare_cached("SELECT word FROM word WHERE wid = ?")?
                .query_row([wid], |row| row.get(0))
                .map_err(|_| Error::damaged())?;
            Ok((name, value))
        })
        .collect()
}

fn replay_create(source: &Connection, target: &Connection, table: &Table, row_id: Uuid, packed: &[u8]) -> Result<()> {
    let fields: Vec<_> = named_fields(source, packed)?
        .into_iter()
        .filter_map(|(name, value)| table.column(&name).map(|column| (column.name, value)))
        .collect();
    apply::create(target, table, row_id, &fields)
}
