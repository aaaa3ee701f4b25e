//! Identifiers: 128-bit UUIDv7 values in a newtype per thing, so that a person
//! can never be passed where a family is wanted. Stored as 16-byte blobs,
//! written as hyphenated text in JSON, branded strings in TypeScript.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
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

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident as $brand:literal,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = $brand))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <[u8; 16]>::column_result(value).map(|bytes| Self(Uuid::from_bytes(bytes)))
            }
        }
    )*};
}

ids! {
    /// One vault: a team's record on one computer.
    VaultId as "string & { readonly of: 'Vault' }",
    /// One incarnation of a vault on one computer.
    DeviceId as "string & { readonly of: 'Device' }",
    /// A member of staff who can sign in.
    UserId as "string & { readonly of: 'User' }",
    /// A family: the infant or infants and the people who love them.
    FamilyId as "string & { readonly of: 'Family' }",
    /// One person in one family.
    PersonId as "string & { readonly of: 'Person' }",
    /// One episode of care of a family.
    EpisodeId as "string & { readonly of: 'Episode' }",
    /// One contact with or about a family; a home visit is a kind of contact.
    ContactId as "string & { readonly of: 'Contact' }",
    /// More details added below a signed contact.
    AddendumId as "string & { readonly of: 'Addendum' }",
    /// A row of the record, of whichever kind it is.
    RecordedId as "string",
    /// The mark on a record that was entered in error.
    EnteredInErrorId as "string & { readonly of: 'EnteredInError' }",
    /// A safeguarding concern raised in a contact.
    ConcernId as "string & { readonly of: 'Concern' }",
    /// A second person's answer to a concern.
    ConcernAnswerId as "string & { readonly of: 'ConcernAnswer' }",
    /// A flag shown in the banner of a family.
    FlagId as "string & { readonly of: 'Flag' }",
    /// A version of one of the team's lists.
    CodeListId as "string & { readonly of: 'CodeList' }",
    /// A version of the model of the steps.
    StepModelId as "string & { readonly of: 'StepModel' }",
    /// One sealed anonymised summary.
    ReleaseId as "string & { readonly of: 'Release' }",
    /// One answer about a priority group.
    PriorityAnswerId as "string & { readonly of: 'PriorityAnswer' }",
    /// One placement on the continuum of care.
    PlacementId as "string & { readonly of: 'Placement' }",
    /// A second person's confirmation of a placement.
    PlacementConfirmationId as "string & { readonly of: 'PlacementConfirmation' }",
    /// One ACE conversation with a parent.
    AceConversationId as "string & { readonly of: 'AceConversation' }",
    /// One record of an infant's exposure.
    AceExposureId as "string & { readonly of: 'AceExposure' }",
    /// One act of a person: one request, however often it is sent.
    ActId as "string & { readonly of: 'Act' }",
    /// One operation of the log.
    OperationId as "string & { readonly of: 'Operation' }",
}
