//! What the core answers when it cannot do what was asked: a stable code for
//! the program, a sentence a person can act on, and at most the name of the
//! field. Never a name, a narrative or a value.

use serde::Serialize;

/// A refusal or failure, safe to show and to log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "CoreError"))]
#[error("{code}: {message}")]
pub struct Error {
    /// Stable across versions; programs match on it.
    pub code: String,
    /// One or two sentences: what happened, what was kept, what to do.
    pub message: String,
    /// The field of the request it is about, if one.
    pub field: Option<String>,
}

/// What the core's functions answer.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A refusal with a stable code and a sentence.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), field: None }
    }

    /// The same refusal, pointing at a field of the request.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// The same refusal, its field called as the request calls it.
    #[must_use]
    pub fn calling(mut self, names: &[(&str, &str)]) -> Self {
        if let Some((_, name)) = names.iter().find(|(field, _)| self.field.as_deref() == Some(field)) {
            self.field = Some((*name).to_owned());
        }
        self
    }

    /// Nothing of that kind is in the record, or it is not for this user.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new("not_found", format!("That {what} is not in the record, or you are not allowed to open it."))
    }

    /// A fault of the program itself.
    #[must_use]
    pub fn internal(what: &str) -> Self {
        Self::new("internal", format!("Attune could not finish this ({what}). Nothing was changed. Lock, unlock and try again."))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        if is_unauthentic_page(&error) {
            return Self::damaged();
        }
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::damaged(),
            Some(Code::DiskFull) => Self::new(
                "disk_full",
                "The disk is full, so this was not saved. What you typed is still on the screen. Free some space and try again.",
            ),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
                Self::new("busy", "The record is busy. Nothing was changed. Try again in a moment.")
            }
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied | Code::SystemIoFailure) => Self::new(
                "disk_failed",
                "The disk could not be read or written. Nothing was changed. Check the disk, then lock and unlock.",
            ),
            _ => Self::internal(&format!("store: {}", store_fault(&error))),
        }
    }
}

impl Error {
    /// The database file does not read back as it was written.
    #[must_use]
    pub fn damaged() -> Self {
        Self::new(
            "vault_damaged",
            "The record file on this computer is damaged. Nothing was changed or deleted. Keep the folder as it is and restore from a backup.",
        )
    }
}

/// SQLCipher reports a page that does not authenticate as SQLite's most general
/// error, without a message of its own, where a fault of a statement has one;
/// or, depending on who asked for the page, as "out of memory".
fn is_unauthentic_page(error: &rusqlite::Error) -> bool {
    let rusqlite::Error::SqliteFailure(failure, message) = error else { return false };
    let nameless = message.as_deref().is_none_or(|message| message == "SQL logic error");
    failure.extended_code == rusqlite::ffi::SQLITE_NOMEM || failure.extended_code == rusqlite::ffi::SQLITE_ERROR && nameless
}

/// The kind of a store fault in words that carry no values.
fn store_fault(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let safe = message.as_deref().filter(|m| !m.contains('"') && !m.contains('\''));
            format!("{:?} {}", failure.code, safe.unwrap_or_default())
        }
        rusqlite::Error::QueryReturnedNoRows => "no row".to_owned(),
        rusqlite::Error::FromSqlConversionFailure(column, ..) => format!("column {column}"),
        rusqlite::Error::InvalidColumnType(column, name, _) => format!("column {column} {name}"),
        rusqlite::Error::InvalidColumnName(name) => format!("column {name}"),
        _ => "statement".to_owned(),
    }
}
