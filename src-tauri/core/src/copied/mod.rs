//! That a signed note was copied to encompass, the official record: by whom, and
//! when. What is added to a note later, or that it was a mistake, is copied again.

pub mod ops;
pub mod rows;

use serde::Serialize;

use crate::codes::refusals;
use crate::contact::ContactId;
use crate::ids::{FamilyId, UserId, ids};
use crate::record::record;
use crate::record::written::Written;
use crate::time::Timestamp;

ids! {
    /// A note that was copied.
    CopiedId as "string & { readonly of: 'Copied' }" in "copied",
}

record! {
    /// A copy of a note in encompass, of what the note had by then.
    Copied = "copied" "copy for encompass", added, in family, about Family, signed "by" "at", may be in error, [Caseload Family];
    id id: CopiedId;
    family: FamilyId, "Family", Fixed Inside;
    contact: ContactId, "Note", Fixed Open;
    by: UserId, "Copied by", Fixed Open;
    organisation: String, "Whose record", Fixed Open;
    at: Timestamp, "Recorded at", Fixed Open;
}

/// How far a note is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has copied it.
    NotYet,
    /// All of it is.
    Copied,
    /// Details were added since.
    AddedSince,
    /// It was marked as entered in error since.
    MarkedSince,
}

impl Standing {
    /// Whether there is something of a note to copy: of a mistake that was never copied there is not.
    #[must_use]
    pub const fn is_due(self, is_marked: bool) -> bool {
        match self {
            Self::NotYet => !is_marked,
            Self::Copied => false,
            Self::AddedSince | Self::MarkedSince => true,
        }
    }

    /// What is to be done about it; empty if nothing is.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotYet | Self::Copied => "",
            Self::AddedSince => "Details were added since it was copied. Copy it again.",
            Self::MarkedSince => "It was entered in error since it was copied. Mark it in encompass too, then record that here.",
        }
    }
}

/// A copy that was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CopyRecorded {
    /// Which.
    pub id: CopiedId,
}

/// How far a note is copied, as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CopyView {
    /// The last copy; none if nobody has copied it.
    pub id: Option<CopiedId>,
    /// `Copied to encompass by Niamh, Mon 23-Nov-2026, 15:20`; empty.
    pub words: String,
    /// `Details were added since it was copied. Copy it again.`; empty.
    pub again: String,
    /// True while something of it is to be copied.
    pub due: bool,
    /// True if the reader may mark the last copy as entered in error.
    pub may_mark_in_error: bool,
}

refusals! {
    /// Why a copy was not recorded.
    pub enum CopyRefused {
        Already "copy_recorded" => "This note is already recorded as copied, and nothing has been added since.",
        Mistake "copy_of_mistake" => "This note was entered in error and was never copied, so there is nothing to copy.",
    }
}

/// A copy as asked for.
///
/// # Errors
/// See [`CopyRefused`].
pub fn enter(
    (family, contact): (FamilyId, ContactId),
    (standing, is_marked): (Standing, bool),
    organisation: String,
    written: Written<CopiedId>,
) -> Result<Copied, CopyRefused> {
    if !standing.is_due(is_marked) {
        return Err(if standing == Standing::Copied { CopyRefused::Already } else { CopyRefused::Mistake });
    }
    Ok(Copied { id: written.id, family, contact, by: written.by, organisation, at: written.at })
}
