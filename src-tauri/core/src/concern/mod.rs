//! A safeguarding concern raised in a contact. It stays open until a second
//! person has answered it.

pub mod ops;
pub mod rows;

use crate::ids::ids;
use crate::typed;
use serde::Serialize;

use crate::codes::refusals;
use crate::contact::ContactId;
use crate::ids::{FamilyId, UserId};
use crate::record::record;
use crate::record::written::Written;
use crate::time::{Timestamp, day_time_words};

ids! {
    /// A safeguarding concern raised in a contact.
    ConcernId as "string & { readonly of: 'Concern' }" in "concern",
    /// A second person's answer to a concern.
    ConcernAnswerId as "string & { readonly of: 'ConcernAnswer' }" in "concern_answer",
}

record! {
    /// A concern as recorded when the note was signed.
    Concern = "concern" "concern", added, in family, about Family, signed "raised_by" "raised_at", told with "contact",
        may be in error, [Concerns Caseload Family];
    id id: ConcernId;
    family: FamilyId, "Family", Fixed Inside;
    /// The note that raised it.
    contact: ContactId, "Note", Fixed Open;
    what: String, "What was seen or heard", Fixed Open;
    told_whom: String, "Who was told", Fixed ThirdParty;
    told_at: Timestamp, "When they were told", Fixed Open;
    action: String, "Immediate action", Fixed Open;
    police_informed: bool, "Police informed", Fixed Open;
    police_why_not: String, "Why the police were not informed", Fixed Open;
    raised_by: UserId, "Raised by", Fixed Open;
    raised_at: Timestamp, "Raised at", Fixed Open;
}

record! {
    /// A second person's answer.
    ConcernAnswer = "concern_answer" "answer to a concern", added, in family, about Family, signed "by" "at", told with "concern",
        may be in error, [Concerns Caseload Family];
    id id: ConcernAnswerId;
    family: FamilyId, "Family", Fixed Inside;
    concern: ConcernId, "Concern", Fixed Open;
    by: UserId, "Answered by", Fixed Open;
    at: Timestamp, "Answered at", Fixed Open;
    /// What they decided and why.
    answer: String, "Answer", Fixed Open;
}

/// A concern as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConcernView {
    /// Which.
    pub id: ConcernId,
    /// The family.
    pub family: FamilyId,
    /// The note.
    pub contact: ContactId,
    /// Whose record it is in: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// What was seen or heard.
    pub what: String,
    /// `Told the duty social worker, Mon 23-Nov-2026, 15:10`.
    pub told: String,
    /// What was done at once.
    pub action: String,
    /// `Police informed` or `Police not informed: …`.
    pub police: String,
    /// `Raised by Niamh, Mon 23-Nov-2026, 15:20`.
    pub raised: String,
    /// `Entered in error: …`; empty if it was not.
    pub in_error: String,
    /// `Waiting for a second person` or `Answered by …: …`.
    pub status: String,
    /// True until a second person has answered.
    pub open: bool,
    /// True if this reader may answer it.
    pub may_answer: bool,
}

/// A concern that was answered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConcernSaved {
    /// Which.
    pub id: ConcernId,
    /// The answer.
    pub answer: ConcernAnswerId,
}

refusals! {
    /// Why an answer to a concern was refused.
    pub enum ConcernRefused {
        OwnConcern "concern_own" => "You raised this concern, so someone else must answer it.",
        AlreadyAnswered "concern_answered" => "Someone has already answered this concern. Open it again to read the answer.",
        NoAnswer "concern_no_answer" at "answer" => "Write what was decided and why, in at least a few words.",
    }
}

/// `the duty social worker, Mon 23-Nov-2026, 15:10`.
#[must_use]
pub fn told_words(whom: &str, at: Timestamp) -> String {
    format!("{whom}, {}", day_time_words(at.local()))
}

/// `Police informed`, or that they were not and why.
#[must_use]
pub fn police_words(informed: bool, why_not: &str) -> String {
    if informed {
        return "Police informed".to_owned();
    }
    format!("Police not informed: {}", why_not.trim().trim_end_matches('.'))
}

/// The answer of a second person to a concern that nobody has `answered`.
///
/// # Errors
/// See [`ConcernRefused`].
pub fn answer(concern: &Concern, answered: bool, text: &str, written: Written<ConcernAnswerId>) -> Result<ConcernAnswer, ConcernRefused> {
    if concern.raised_by == written.by {
        return Err(ConcernRefused::OwnConcern);
    }
    if answered {
        return Err(ConcernRefused::AlreadyAnswered);
    }
    let text = text.trim();
    if typed::letters(text) < 8 {
        return Err(ConcernRefused::NoAnswer);
    }
    let Written { id, by, at } = written;
    Ok(ConcernAnswer { id, family: concern.family, concern: concern.id, by, at, answer: text.to_owned() })
}
