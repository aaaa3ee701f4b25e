//! How a type is kept in a column, read back, and said in words.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Error as SqlError, Row};
use serde::Serialize;
use serde_json::Value as Json;

use crate::codes::Code;
use crate::error::Result;
use crate::record::names::Names;
use crate::time::{Timestamp, date_words, day_time_words};

/// A value as SQLite keeps it.
pub type Kept = Value;

/// A kept value that is being read.
pub type Stored<'a> = ValueRef<'a>;

/// A type that a column can hold.
pub trait Cell: Sized {
    /// The value that is kept. Text is never NULL: empty means that nothing
    /// was written.
    fn kept(&self) -> Value;
    /// Reads it back; none when it is no value of this type.
    fn read(value: ValueRef<'_>) -> Option<Self>;
    /// It in words.
    ///
    /// # Errors
    /// When a name could not be looked up.
    fn said(&self, names: &dyn Names) -> Result<String>;
    /// What is kept when there is none.
    #[must_use]
    fn none() -> Value {
        Value::Text(String::new())
    }
    /// The lists of codes that it can hold.
    #[must_use]
    fn lists() -> Vec<Codes> {
        Vec::new()
    }
}

/// A list of codes: what it is called in code, and each with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// `ContactKind`.
    pub name: &'static str,
    /// Codes of this version, with the words people see.
    pub choices: Vec<(&'static str, &'static str)>,
}

impl Codes {
    /// The list of a type.
    #[must_use]
    pub fn of<C: Code>() -> Self {
        let path = std::any::type_name::<C>();
        let name = path.rsplit_once("::").map_or(path, |(_, name)| name);
        Self { name, choices: C::ALL.iter().map(|choice| (choice.code(), choice.words())).collect() }
    }
}

/// What a list can hold. A list is kept as JSON, an empty one as empty text.
pub trait Item: Sized + Serialize {
    /// Reads one back; none when it is no such thing.
    fn read(json: &Json) -> Option<Self>;
    /// It in words.
    ///
    /// # Errors
    /// When a name could not be looked up.
    fn said(&self, names: &dyn Names) -> Result<String>;
    /// The lists of codes that it is made of.
    #[must_use]
    fn lists() -> Vec<Codes> {
        Vec::new()
    }
}

/// What is said of a value that is not there.
pub const BLANK: &str = "blank";

/// What is said of a value that this version cannot read.
pub const UNREADABLE: &str = "written by a newer version of Attune, which this one cannot show";

/// A stored value of a column of type `T`, in words.
///
/// # Errors
/// When a name could not be looked up.
pub fn say<T: Cell>(value: ValueRef<'_>, names: &dyn Names) -> Result<String> {
    if is_blank(value) {
        return Ok(BLANK.to_owned());
    }
    T::read(value).map_or_else(|| Ok(UNREADABLE.to_owned()), |cell| cell.said(names))
}

/// What a view tells beside the columns; the least of its type where the row is
/// not read from the view.
///
/// # Errors
/// When it is no value of its type.
pub fn beside<T: Cell + Default>(row: &Row<'_>, name: &str) -> rusqlite::Result<T> {
    if row.as_ref().column_index(name).is_err() {
        return Ok(T::default());
    }
    read(row, name)
}

/// Reads a column of a row.
///
/// # Errors
/// When there is no such column, or it holds no value of this type.
pub fn read<T: Cell>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let value = row.get_ref(column)?;
    T::read(value).ok_or_else(|| SqlError::InvalidColumnType(0, column.to_owned(), value.data_type()))
}

/// The code of a choice under `name` in an item, whichever version wrote it.
#[must_use]
pub fn code_in<C: Code>(json: &Json, name: &str) -> Option<C> {
    json.get(name)?.as_str().map(C::of_any_version)
}

/// `Fiadh: asleep throughout`.
#[must_use]
pub fn said_of(what: &str, how: &str) -> String {
    format!("{what}: {how}")
}

fn is_blank(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Null | ValueRef::Text(b""))
}

fn text(value: ValueRef<'_>) -> Option<&str> {
    value.as_str().ok()
}

impl<T: Cell> Cell for Option<T> {
    fn kept(&self) -> Value {
        self.as_ref().map_or_else(T::none, T::kept)
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        if is_blank(value) { Some(None) } else { T::read(value).map(Some) }
    }
    fn said(&self, names: &dyn Names) -> Result<String> {
        self.as_ref().map_or_else(|| Ok(BLANK.to_owned()), |cell| cell.said(names))
    }
    fn lists() -> Vec<Codes> {
        T::lists()
    }
}

impl<C: Code> Cell for C {
    fn kept(&self) -> Value {
        Value::Text(self.code().to_owned())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        text(value).filter(|code| !code.is_empty()).map(C::of_any_version)
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.words().to_owned())
    }
    fn lists() -> Vec<Codes> {
        vec![Codes::of::<C>()]
    }
}

impl Cell for String {
    fn kept(&self) -> Value {
        Value::Text(self.clone())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        text(value).map(str::to_owned)
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.clone())
    }
}

impl Cell for bool {
    fn kept(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64_or_null().ok().map(|number| number.unwrap_or(0) != 0)
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(if *self { "yes" } else { "no" }.to_owned())
    }
    fn none() -> Value {
        Value::Null
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Cell for $number {
            fn kept(&self) -> Value {
                Value::Integer(i64::from(*self))
            }
            fn read(value: ValueRef<'_>) -> Option<Self> {
                value.as_i64().ok()?.try_into().ok()
            }
            fn said(&self, _: &dyn Names) -> Result<String> {
                Ok(self.to_string())
            }
            fn none() -> Value {
                Value::Null
            }
        }
    )*};
}

numbers! { i64 u8 }

impl Cell for Timestamp {
    fn kept(&self) -> Value {
        Value::Integer(self.0)
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Self)
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(day_time_words(self.local()))
    }
    fn none() -> Value {
        Value::Null
    }
}

impl Cell for NaiveDate {
    fn kept(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        text(value)?.parse().ok()
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(date_words(*self))
    }
}

impl Cell for NaiveTime {
    fn kept(&self) -> Value {
        Value::Text(self.format("%H:%M").to_string())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        Self::parse_from_str(text(value)?, "%H:%M").ok()
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.format("%H:%M").to_string())
    }
}

/// Bytes of the program. They have no words.
macro_rules! bytes {
    ($($bytes:ty)*) => {$(
        impl Cell for $bytes {
            fn kept(&self) -> Value {
                Value::Blob(self.to_vec())
            }
            fn read(value: ValueRef<'_>) -> Option<Self> {
                value.as_blob().ok()?.try_into().ok()
            }
            fn said(&self, _: &dyn Names) -> Result<String> {
                Ok("kept".to_owned())
            }
            fn none() -> Value {
                Value::Null
            }
        }
    )*};
}

bytes! { [u8; 32] Vec<u8> }

impl<T: Item> Cell for Vec<T> {
    fn kept(&self) -> Value {
        Value::Text(if self.is_empty() { String::new() } else { serde_json::to_string(self).unwrap_or_default() })
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        match text(value)? {
            "" => Some(Self::new()),
            json => serde_json::from_str::<Vec<Json>>(json).ok()?.iter().map(T::read).collect(),
        }
    }
    fn said(&self, names: &dyn Names) -> Result<String> {
        Ok(self.iter().map(|item| item.said(names)).collect::<Result<Vec<_>>>()?.join("; "))
    }
    fn lists() -> Vec<Codes> {
        T::lists()
    }
}

impl<C: Code + Serialize> Item for C {
    fn read(json: &Json) -> Option<Self> {
        json.as_str().map(C::of_any_version)
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.words().to_owned())
    }
    fn lists() -> Vec<Codes> {
        vec![Codes::of::<C>()]
    }
}

impl Item for String {
    fn read(json: &Json) -> Option<Self> {
        json.as_str().map(str::to_owned)
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.clone())
    }
}
