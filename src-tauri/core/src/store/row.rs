//! Small conversions between the domain's types and SQL values, by column
//! name. Text is never NULL: empty means nothing was written.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::types::{Type, Value};
use rusqlite::{Error, Result, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::codes::Code;

/// A text value.
#[must_use]
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The code of a choice.
#[must_use]
pub fn code<C: Code>(choice: C) -> Value {
    text(choice.code())
}

/// The code of a choice, empty if none.
#[must_use]
pub fn maybe_code<C: Code>(choice: Option<C>) -> Value {
    text(choice.map_or("", Code::code))
}

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

/// An id, NULL if none.
#[must_use]
pub fn maybe_id(maybe: Option<Uuid>) -> Value {
    maybe.map_or(Value::Null, id)
}

/// A number, NULL if none.
#[must_use]
pub fn maybe_number(number: Option<i64>) -> Value {
    number.map_or(Value::Null, Value::Integer)
}

/// A truth value.
#[must_use]
pub fn truth(truth: bool) -> Value {
    Value::Integer(i64::from(truth))
}

/// A date as `2026-11-23`, empty if none.
#[must_use]
pub fn maybe_date(date: Option<NaiveDate>) -> Value {
    Value::Text(date.map(|d| d.to_string()).unwrap_or_default())
}

/// A time as `04:35`, empty if none.
#[must_use]
pub fn maybe_time(time: Option<NaiveTime>) -> Value {
    Value::Text(time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default())
}

/// A list as JSON, empty if it is empty.
#[must_use]
pub fn list<T: Serialize>(list: &[T]) -> Value {
    if list.is_empty() { text("") } else { Value::Text(serde_json::to_string(list).unwrap_or_default()) }
}

/// Reads a choice.
///
/// # Errors
/// When the code is not known to this version.
pub fn get_code<C: Code>(row: &Row<'_>, column: &str) -> Result<C> {
    let code: String = row.get(column)?;
    C::from_code(&code).ok_or_else(|| unreadable(column))
}

/// Reads a choice that may be empty.
///
/// # Errors
/// When the column is not text.
pub fn get_maybe_code<C: Code>(row: &Row<'_>, column: &str) -> Result<Option<C>> {
    let code: String = row.get(column)?;
    Ok(C::from_code(&code))
}

/// Reads a date that may be empty.
///
/// # Errors
/// When the text is not a date.
pub fn get_date(row: &Row<'_>, column: &str) -> Result<Option<NaiveDate>> {
    let text: String = row.get(column)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| unreadable(column))
}

/// Reads a time that may be empty.
///
/// # Errors
/// When the text is not a time.
pub fn get_time(row: &Row<'_>, column: &str) -> Result<Option<NaiveTime>> {
    let text: String = row.get(column)?;
    if text.is_empty() {
        return Ok(None);
    }
    NaiveTime::parse_from_str(&text, "%H:%M").map(Some).map_err(|_| unreadable(column))
}

/// Reads a list that may be empty.
///
/// # Errors
/// When the text is not such a list.
pub fn get_list<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<Vec<T>> {
    let text: String = row.get(column)?;
    if text.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(&text).map_err(|_| unreadable(column))
}

/// Reads a truth value; NULL is false.
///
/// # Errors
/// When the column is not a number.
pub fn get_truth(row: &Row<'_>, column: &str) -> Result<bool> {
    Ok(row.get::<_, Option<i64>>(column)?.unwrap_or(0) != 0)
}

fn unreadable(column: &str) -> Error {
    Error::InvalidColumnType(0, column.to_owned(), Type::Text)
}
