//! The one writer of record tables. Creating, amending, rebuilding and (later)
//! syncing all come through here.

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use uuid::Uuid;

use crate::error::Result;
use crate::record::Table;
use crate::store::db::Db;
use crate::store::entries;
use crate::store::entries::Moment;
use crate::store::schema::{Computing, Schema};

/// Writes a new row, made by the change `index` of an operation.
///
/// # Errors
/// When the store refuses, for instance a second row of the same id.
pub(super) fn create(
    conn: &Db,
    schema: &Schema,
    table: &Table,
    row_id: Uuid,
    fields: &[(&str, Value)],
    moment: Moment,
    index: i64,
) -> Result<()> {
    let columns: String = fields.iter().map(|(column, _)| format!(", {column}")).collect();
    let marks = ", ?".repeat(fields.len());
    let sql = format!("INSERT INTO {} (id{columns}) VALUES (?{marks})", table.kept);
    let id = Value::Blob(row_id.as_bytes().to_vec());
    let values = std::iter::once(&id).chain(fields.iter().map(|(_, value)| value));
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    entries::add(conn, table, row_id, fields, moment, index)?;
    (schema.follow_row)(Computing::on(conn), table, row_id)
}

/// Writes one field of a row.
///
/// # Errors
/// When the store refuses, for instance on a signed note.
pub(super) fn amend(conn: &Db, schema: &Schema, table: &Table, row_id: Uuid, column: &str, value: &Value) -> Result<()> {
    let sql = format!("UPDATE {} SET {column} = ? WHERE id = ?", table.kept);
    conn.prepare_cached(&sql)?.execute(rusqlite::params![value, row_id.as_bytes()])?;
    (schema.follow_row)(Computing::on(conn), table, row_id)
}
