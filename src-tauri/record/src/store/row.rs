//! Small conversions for statements that read or bind something other than
//! whole records.

use rusqlite::types::Value;
use uuid::Uuid;

/// An id.
#[must_use]
pub fn id(id: Uuid) -> Value {
    Value::Blob(id.as_bytes().to_vec())
}

/// Several ids as one value; a statement reads them with
/// `SELECT unhex(value) FROM json_each(?)`.
#[must_use]
pub fn ids(ids: impl Iterator<Item = Uuid>) -> Value {
    let quoted: Vec<String> = ids.map(|id| format!("\"{}\"", id.simple())).collect();
    Value::Text(format!("[{}]", quoted.join(",")))
}
