//! What the core answers when it cannot do what was asked: a stable code for
//! the program, a sentence a person can act on, and at most the name of the
//! field. Never a name, a narrative or a value.

use std::fmt;

use serde::Serialize;

use crate::codes::refusals;

/// A refusal or failure, safe to show and to log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "CoreError"))]
#[error("{code}: {message}")]
pub struct Error {
    /// By which programs know it.
    pub code: ErrorCode,
    /// One or two sentences: what happened, what was kept, what to do.
    pub message: String,
    /// The field of the request it is about, if one.
    pub field: Option<String>,
}

/// The code of a refusal, stable across versions. Each is in one list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ErrorCode(&'static str);

impl ErrorCode {
    /// For the lists of refusals alone.
    pub const fn listed(code: &'static str) -> Self {
        Self(code)
    }

    /// As it is sent and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.0)
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:?}", self.0)
    }
}

/// Tests say the code that they expect; the program compares with its list.
#[cfg(any(test, feature = "testing"))]
impl PartialEq<&str> for ErrorCode {
    fn eq(&self, code: &&str) -> bool {
        self.0 == *code
    }
}

/// What the core’s functions answer.
pub type Result<T> = std::result::Result<T, Error>;

refusals! {
    /// Faults of the disk, the machine or the program, and what was called off.
    pub enum Fault {
        NotFound "not_found",
        Internal "internal",
        Busy "busy",
        DiskFull "disk_full",
        DiskFailed "disk_failed",
        NotAFile "not_a_file",
        MemoryFull "memory_full",
        Cancelled "cancelled",
        NotCopied "not_copied",
    }
}

refusals! {
    /// Why a name cannot be signed in by.
    pub enum SignInRefused {
        NoSignIn "user_sign_in" at "signIn" => "Type a sign-in name of 2 to 40 letters, digits, dots or spaces.",
        SignInTaken "user_sign_in_taken" at "signIn" => "Someone in the team already signs in with that name. Choose another.",
    }
}

refusals! {
    /// Why a record is not opened, changed or made as it is found.
    pub enum RecordRefused {
        Damaged "vault_damaged",
        Newer "vault_newer",
        Trial "vault_trial",
        Exists "vault_exists",
        RecordsMissing "records_missing",
        HeadDamaged "head_damaged",
        KeyFileOlder "key_file_older",
        ChangedSince "changed_since",
    }
}

impl Error {
    /// A refusal of a list, with its sentence.
    pub fn of(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None }
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
        Fault::NotFound.says(format!("That {what} is not in the record, or you are not allowed to open it."))
    }

    /// A fault of the program itself.
    #[must_use]
    pub fn internal(what: &str) -> Self {
        Fault::Internal.says(format!("Attune could not finish this ({what}). Nothing was changed. Lock, unlock and try again."))
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
            Some(Code::DiskFull) => Fault::DiskFull
                .says("The disk is full, so this was not saved. What you typed is still on the screen. Free some space and try again."),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
                Fault::Busy.says("The record is busy. Nothing was changed. Try again in a moment.")
            }
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied | Code::SystemIoFailure) => {
                Fault::DiskFailed.says("The disk could not be read or written. Nothing was changed. Check the disk, then lock and unlock.")
            }
            _ => Self::internal(&format!("store: {}", store_fault(&error))),
        }
    }
}

impl Error {
    /// The database file does not read back as it was written.
    #[must_use]
    pub fn damaged() -> Self {
        RecordRefused::Damaged.says(
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
