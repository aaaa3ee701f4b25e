//! A follow-up of an infant whom nobody saw: was not brought, no access,
//! declined, or cancelled by the family again. It lasts until each infant is seen,
//! or until a person closes it with a reason.

pub mod ops;

use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::contact::last_seen::FollowUp;
use crate::error;
use crate::family::EpisodeId;
use crate::ids::{FamilyId, UserId, ids};
use crate::record::record;
use crate::record::written::Written;
use crate::time::Timestamp;
use crate::typed;

/// Working days within which a family that was not brought, or did not open,
/// is followed up (a team rule; domain reference §1.6).
pub const WORKING_DAYS: u32 = 5;

/// The fewest letters and digits of each answer.
const FEWEST_LETTERS: usize = 15;

ids! {
    /// The end of a follow-up.
    FollowUpEndId as "string & { readonly of: 'FollowUpEnd' }" in "follow_up_end",
}

record! {
    /// A follow-up that a person closed. It closes what was recorded before it, and nothing later.
    FollowUpEnd = "follow_up_end" "end of a follow-up", added, in family, about Family, signed "by" "at", told itself,
        may be in error, [Caseload Family];
    id id: FollowUpEndId;
    family: FamilyId, "Family", Fixed Inside;
    episode: EpisodeId, "Episode", Fixed Inside;
    /// And from whom.
    known: String, "What is known of the baby", Fixed Open;
    tried: String, "What was tried", Fixed Open;
    reason: String, "Why it was closed", Fixed Open;
    by: UserId, "Closed by", Fixed Open;
    at: Timestamp, "Closed at", Fixed Open;
}

/// A follow-up to close.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseFollowUp {
    /// Whose.
    pub family: FamilyId,
    /// What is known of the baby today, and from whom.
    pub known: String,
    /// What was tried.
    pub tried: String,
    /// Why nobody needs to follow it up any more.
    pub reason: String,
}

/// A follow-up that was closed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FollowUpClosed {
    /// Its end.
    pub id: FollowUpEndId,
}

/// The end of a follow-up as the story tells it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FollowUpEndView {
    /// Which.
    pub id: FollowUpEndId,
    /// What is known of the baby, and from whom.
    pub known: String,
    /// What was tried.
    pub tried: String,
    /// Why it was closed.
    pub reason: String,
    /// The infant's age then; empty without one.
    pub age: String,
    /// `Mon 23-Nov-2026`.
    pub date: String,
    /// `23 November 2026`, for screen readers.
    pub long_date: String,
    /// `Closed by Niamh, Mon 23-Nov-2026, 15:20`.
    pub by: String,
    /// `Entered in error: …`; empty if it holds.
    pub in_error: String,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
    /// `New`; empty.
    pub news: String,
}

refusals! {
    /// Why a follow-up was not closed.
    pub enum FollowUpRefused {
        NothingToFollowUp "follow_up_none" => "Nothing is to be followed up: each infant has been seen since, or somebody has closed it. Open the story again to read it.",
        NothingKnown "follow_up_known" at "known" => "Write what is known of the baby today and from whom, in a sentence of at least 15 letters. If nothing is known, write who will find out.",
        NothingTried "follow_up_tried" at "tried" => "Write what was tried, in a sentence of at least 15 letters.",
        NoReason "follow_up_reason" at "reason" => "Write why nobody needs to follow this up any more, in a sentence of at least 15 letters.",
    }
}

/// The end of a follow-up as asked for.
///
/// # Errors
/// See [`FollowUpRefused`].
pub fn enter(
    request: &CloseFollowUp,
    episode: EpisodeId,
    asked: Option<FollowUp>,
    written: Written<FollowUpEndId>,
) -> error::Result<FollowUpEnd> {
    if asked.is_none() {
        return Err(FollowUpRefused::NothingToFollowUp.into());
    }
    let answer = |text: &str, refused: FollowUpRefused| {
        let text = text.trim();
        if typed::letters(text) < FEWEST_LETTERS { Err(refused) } else { Ok(text.to_owned()) }
    };
    Ok(FollowUpEnd {
        id: written.id,
        family: request.family,
        episode,
        known: answer(&request.known, FollowUpRefused::NothingKnown)?,
        tried: answer(&request.tried, FollowUpRefused::NothingTried)?,
        reason: answer(&request.reason, FollowUpRefused::NoReason)?,
        by: written.by,
        at: written.at,
    })
}
