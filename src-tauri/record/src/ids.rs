//! Identifiers: 128-bit UUIDv7 values in a newtype per thing, so that a person
//! can never be passed where a family is wanted. Stored as 16-byte blobs,
//! written as hyphenated text in JSON, branded strings in TypeScript.

use std::sync::{Arc, Mutex};

use uuid::Uuid;

/// Where new identifiers come from: random on a real vault, counted on a
/// practice vault so that its families are the same each time.
pub trait Ids: Send {
    /// A new identifier, larger than those given before at the same instant.
    fn next(&mut self, now_ms: i64) -> Uuid;
}

/// Identifiers of a real vault: UUIDv7 with random bits.
#[derive(Debug, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    #[allow(clippy::disallowed_methods, reason = "this is the one place real ids are made")]
    fn next(&mut self, _now_ms: i64) -> Uuid {
        Uuid::now_v7()
    }
}

/// Identifiers of a practice vault: UUIDv7 whose random bits are a counter.
#[derive(Debug)]
pub struct SeededIds {
    seed: u64,
    given: u64,
}

impl SeededIds {
    /// Starts the sequence that belongs to `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, given: 0 }
    }
}

impl Ids for SeededIds {
    fn next(&mut self, now_ms: i64) -> Uuid {
        self.given += 1;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.seed.to_le_bytes());
        hasher.update(&self.given.to_le_bytes());
        let mut random = [0_u8; 10];
        hasher.finalize_xof().fill(&mut random);
        let millis = u64::try_from(now_ms).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// One source of identifiers for a desk and its sessions.
#[derive(Clone)]
pub struct SharedIds(Arc<Mutex<dyn Ids>>);

impl SharedIds {
    /// Shares a source.
    #[must_use]
    pub fn of(ids: impl Ids + 'static) -> Self {
        Self(Arc::new(Mutex::new(ids)))
    }
}

impl Ids for SharedIds {
    fn next(&mut self, now_ms: i64) -> Uuid {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next(now_ms)
    }
}

/// Declares identifiers: a doc line, the name, its brand in TypeScript, and `in`
/// what it has a name, if it has one.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident as $brand:literal $(in $kind:literal)?,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = $brand))]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
                uuid::Uuid::parse_str(text).map(Self)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::Borrowed(rusqlite::types::ValueRef::Blob(self.0.as_bytes())))
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                <[u8; 16] as rusqlite::types::FromSql>::column_result(value).map(|bytes| Self(uuid::Uuid::from_bytes(bytes)))
            }
        }

        impl $crate::record::names::RowId for $name {
            fn uuid(self) -> uuid::Uuid {
                self.0
            }
            fn named(self) -> Option<$crate::record::names::Named> {
                $crate::ids!(@named self $($kind)?)
            }
        }

        impl $crate::record::cell::Item for $name {
            fn read(json: &serde_json::Value) -> Option<Self> {
                json.as_str()?.parse().ok()
            }
            fn said(&self, names: &dyn $crate::record::names::Names) -> $crate::error::Result<String> {
                $crate::record::names::said(*self, names)
            }
        }

        impl $crate::record::cell::Cell for $name {
            fn kept(&self) -> $crate::record::cell::Kept {
                $crate::record::cell::Kept::Blob(self.0.as_bytes().to_vec())
            }
            fn read(value: $crate::record::cell::Stored<'_>) -> Option<Self> {
                value.as_blob().ok()?.try_into().ok().map(|bytes| Self(uuid::Uuid::from_bytes(bytes)))
            }
            fn said(&self, names: &dyn $crate::record::names::Names) -> $crate::error::Result<String> {
                $crate::record::names::said(*self, names)
            }
            fn none() -> $crate::record::cell::Kept {
                $crate::record::cell::Kept::Null
            }
        }
    )*};
    (@named $id:ident) => {
        None
    };
    (@named $id:ident $kind:literal) => {
        Some($crate::record::names::Named { kind: $kind, id: $id.0 })
    };
}

ids! {
    /// One vault: a team's record on one computer.
    VaultId as "string & { readonly of: 'Vault' }",
    /// One incarnation of a vault on one computer.
    DeviceId as "string & { readonly of: 'Device' }",
    /// A member of staff who can sign in.
    UserId as "string & { readonly of: 'User' }" in "user",
    /// A family: the infant or infants and the people who love them.
    FamilyId as "string & { readonly of: 'Family' }" in "family",
    /// A row of the record, of whichever kind it is.
    RecordedId as "string" in "recorded",
    /// One act of a person: one request, however often it is sent.
    ActId as "string & { readonly of: 'Act' }",
    /// One operation of the log.
    OperationId as "string & { readonly of: 'Operation' }",
}

pub use crate::ids;
