//! A safeguarding concern raised in a contact. It stays open until a second
//! person has answered it.

use serde::Serialize;

use crate::codes::refusals;
use crate::ids::{ConcernAnswerId, ConcernId, ContactId, FamilyId, UserId};
use crate::time::{Timestamp, day_time_words};

/// A concern as recorded when the note was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// Which.
    pub id: ConcernId,
    /// The family.
    pub family: FamilyId,
    /// The note that raised it.
    pub contact: ContactId,
    /// What was seen or heard.
    pub what: String,
    /// Who was told.
    pub told_whom: String,
    /// When they were told.
    pub told_at: Timestamp,
    /// What was done at once.
    pub action: String,
    /// Whether the police were informed.
    pub police_informed: bool,
    /// Why not, if they were not.
    pub police_why_not: String,
    /// Who raised it.
    pub raised_by: UserId,
    /// When.
    pub raised_at: Timestamp,
}

/// A second person's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcernAnswer {
    /// Which.
    pub id: ConcernAnswerId,
    /// The family.
    pub family: FamilyId,
    /// The concern.
    pub concern: ConcernId,
    /// Who answered.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What they decided and why.
    pub answer: String,
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
    /// `Waiting for a second person` or `Answered by …: …`.
    pub status: String,
    /// True until a second person has answered.
    pub open: bool,
    /// True if this reader may answer it.
    pub may_answer: bool,
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

/// Checks an answer: it needs a second person and words.
///
/// # Errors
/// See [`ConcernRefused`].
pub fn answer(concern: &Concern, answered: bool, by: UserId, text: &str) -> Result<String, ConcernRefused> {
    if concern.raised_by == by {
        return Err(ConcernRefused::OwnConcern);
    }
    if answered {
        return Err(ConcernRefused::AlreadyAnswered);
    }
    let text = text.trim();
    if text.chars().count() < 10 {
        return Err(ConcernRefused::NoAnswer);
    }
    Ok(text.to_owned())
}
