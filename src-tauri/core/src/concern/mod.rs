//! A safeguarding concern, raised in a contact or where it became known that
//! an infant lives with harm. It stays open until a second person has answered it.

pub mod entering;
pub mod ops;
pub mod rows;

use crate::ids::ids;
use crate::typed;
use crate::typed::choice::Choice;
use serde::{Deserialize, Serialize};

use crate::codes::{Code, codes, refusals};
use crate::concern::entering::ReadyConcern;
use crate::contact::{ContactId, PersonChip, Phrase};
use crate::ids::{FamilyId, UserId};
use crate::in_error::Struck;
use crate::person::PersonId;
use crate::record::record;
use crate::record::written::Written;
use crate::time::{Timestamp, day_time_words};

ids! {
    /// A safeguarding concern.
    ConcernId as "string & { readonly of: 'Concern' }" in "concern",
    /// A second person's answer to a concern.
    ConcernAnswerId as "string & { readonly of: 'ConcernAnswer' }" in "concern_answer",
}

codes! {
    /// Whether a child is in immediate danger: the first question of a concern.
    pub enum Danger {
        Now "now" "In immediate danger",
        NotNow "not_now" "Not in immediate danger",
        NotAsked "not_asked" "Whether in danger: not recorded",
    }
}

codes! {
    /// Whether the police were informed of a concern.
    pub enum Police {
        Informed "informed" "Police informed",
        NotInformed "not_informed" "Police not informed",
    }
}

codes! {
    /// Whether a parent was told of a concern.
    pub enum ParentTold {
        Told "told" "Parent told",
        NotTold "not_told" "Parent not told",
        NotAsked "not_asked" "Whether a parent was told: not recorded",
    }
}

codes! {
    /// What a second person decides about a concern (domain reference §7.4).
    pub enum ConcernDecision {
        EmergencyServices "emergency_services" "999: emergency services called",
        Gateway "gateway" "Referred to Gateway (UNOCINI)",
        SocialWorker "social_worker" "The family’s social worker was told",
        FamilySupportHub "family_support_hub" "Referred to the Family Support Hub",
        Advice "advice" "Advice given, and our work continues",
        NoFurtherAction "no_further_action" "No further action",
    }
}

impl ConcernDecision {
    /// Whether the concern is closed by it; by every other it goes on.
    #[must_use]
    pub const fn closes(self) -> bool {
        matches!(self, Self::NoFurtherAction)
    }
}

record! {
    /// A concern as recorded when the note was signed, or with what is known of an infant.
    Concern = "concern" "concern", added, in family, about Family, signed "raised_by" "raised_at", told with "contact",
        may be in error, [Concerns Caseload Family];
    id id: ConcernId;
    family: FamilyId, "Family", Fixed Inside;
    /// The note that raised it; none where it was raised without one.
    contact: Option<ContactId>, "Note", Fixed Open;
    /// At least one.
    children: Vec<PersonId>, "Which children", Fixed Open;
    danger: Danger, "Immediate danger", Fixed Open;
    what: String, "What was seen or heard", Fixed Open;
    told_whom: String, "Who was told", Fixed ThirdParty;
    told_at: Timestamp, "When they were told", Fixed Open;
    action: String, "Immediate action", Fixed Open;
    police_informed: bool, "Police informed", Fixed Open;
    police_why_not: String, "Why the police were not informed", Fixed Open;
    parent_told: ParentTold, "Parent told", Fixed Open;
    parent_why_not: String, "Why no parent was told", Fixed Open;
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
    decision: ConcernDecision, "Decision", Fixed Open;
    /// Why, and what happens next.
    answer: String, "Reason", Fixed Open;
}

impl Concern {
    /// What is ready becomes the concern of a family, raised in `contact` or without one.
    #[must_use]
    pub fn raised(ready: ReadyConcern, family: FamilyId, contact: Option<ContactId>, written: Written<ConcernId>) -> Self {
        Self {
            id: written.id,
            family,
            contact,
            children: ready.children,
            danger: ready.danger,
            what: ready.what,
            told_whom: ready.told_whom,
            told_at: ready.told_at,
            action: ready.action,
            police_informed: ready.police_informed,
            police_why_not: ready.police_why_not,
            parent_told: ready.parent_told,
            parent_why_not: ready.parent_why_not,
            raised_by: written.by,
            raised_at: written.at,
        }
    }
}

/// A new or worse concern as typed in the note.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct ConcernEntry {
    /// Which children; nobody is chosen beforehand unless there is only one.
    pub children: Vec<PersonId>,
    /// Whether a child is in immediate danger; nothing is chosen beforehand. What
    /// was typed where this was not asked says so.
    #[serde(default = "danger_not_asked")]
    pub danger: Option<Danger>,
    /// What was seen or heard, in the words used.
    pub what: String,
    /// Who has been told, by role or name.
    pub told_whom: String,
    /// When they were told, as typed.
    pub told_when: String,
    /// What was done at once.
    pub action: String,
    /// Whether the police were informed; nothing is chosen beforehand.
    pub police: Option<Police>,
    /// Why the police were not informed.
    pub police_why_not: String,
    /// Whether a parent was told; nothing is chosen beforehand. As with `danger`.
    #[serde(default = "parent_not_asked")]
    pub parent: Option<ParentTold>,
    /// Why no parent was told.
    pub parent_why_not: String,
}

#[allow(clippy::unnecessary_wraps, reason = "the type of the field")]
const fn danger_not_asked() -> Option<Danger> {
    Some(Danger::NotAsked)
}

#[allow(clippy::unnecessary_wraps, reason = "the type of the field")]
const fn parent_not_asked() -> Option<ParentTold> {
    Some(ParentTold::NotAsked)
}

/// What is needed to ask for a new or worse concern.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConcernForm {
    /// The people of the family as chips.
    pub people: Vec<PersonChip>,
    /// Whether a child is in immediate danger, with keys.
    pub danger: Vec<Choice>,
    /// What is said beside that question: to ring 999 first.
    pub danger_words: String,
    /// Police choices.
    pub police: Vec<Choice>,
    /// Whether a parent was told, with keys.
    pub parent_told: Vec<Choice>,
    /// Phrases.
    pub phrases: Vec<Phrase>,
}

/// An answer to a concern.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerConcern {
    /// The concern.
    pub concern: ConcernId,
    /// What was decided; nothing is chosen beforehand.
    #[serde(default)]
    pub decision: Option<ConcernDecision>,
    /// Why, and what happens next.
    pub answer: String,
}

/// A concern that no note tells of, in the story.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConcernTold {
    /// Which.
    pub id: ConcernId,
    /// The infant’s age then: `5w 4d`; empty if not known.
    pub age: String,
    /// `Mon 23-Nov-2026`.
    pub date: String,
    /// `23 November 2026`, for screen readers.
    pub long_date: String,
    /// `Entered in error: …`; empty if it stands.
    pub in_error: String,
    /// What of it is new to the reader: `New`, `New answer`; empty if nothing is.
    pub news: String,
    /// All of it.
    pub concern: ConcernView,
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
    /// The note; none if it was raised without one.
    pub contact: Option<ContactId>,
    /// Whose record it is in: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// `Fiadh · not in immediate danger`.
    pub children: String,
    /// What was seen or heard.
    pub what: String,
    /// `Told the duty social worker, Mon 23-Nov-2026, 15:10`.
    pub told: String,
    /// What was done at once.
    pub action: String,
    /// `Police informed` or `Police not informed: …`.
    pub police: String,
    /// `Parent told` or `Parent not told: …`.
    pub parent: String,
    /// `Raised by Niamh, Mon 23-Nov-2026, 15:20`.
    pub raised: String,
    /// `Entered in error: …`; empty if it was not.
    pub in_error: String,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
    /// `Waiting for a second person` or `Answered by …: …`.
    pub status: String,
    /// Answers that were entered in error.
    pub struck: Vec<Struck>,
    /// True until a second person has answered.
    pub open: bool,
    /// True if this reader may answer it.
    pub may_answer: bool,
    /// What they can decide.
    pub decisions: Vec<Choice>,
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
        NoDecision "concern_no_decision" at "decision" => "Choose what was decided.",
        NoAnswer "concern_no_answer" at "answer" => "Write why, and what happens next, in at least a few words.",
    }
}

/// `the duty social worker, Mon 23-Nov-2026, 15:10`.
#[must_use]
pub fn told_words(whom: &str, at: Timestamp) -> String {
    format!("{whom}, {}", day_time_words(at.local()))
}

/// `Parent told`, or that none was and why.
#[must_use]
pub fn parent_words(told: ParentTold, why_not: &str) -> String {
    match told {
        ParentTold::NotTold => format!("{}: {}", told.words(), why_not.trim().trim_end_matches('.')),
        _ => told.words().to_owned(),
    }
}

/// `Police informed`, or that they were not and why.
#[must_use]
pub fn police_words(informed: bool, why_not: &str) -> String {
    if informed {
        return "Police informed".to_owned();
    }
    format!("Police not informed: {}", why_not.trim().trim_end_matches('.'))
}

/// The answer of a second person to a concern that nobody has `answered`: a
/// decision, and why.
///
/// # Errors
/// See [`ConcernRefused`].
pub fn answer(
    concern: &Concern,
    answered: bool,
    request: &AnswerConcern,
    written: Written<ConcernAnswerId>,
) -> Result<ConcernAnswer, ConcernRefused> {
    if concern.raised_by == written.by {
        return Err(ConcernRefused::OwnConcern);
    }
    if answered {
        return Err(ConcernRefused::AlreadyAnswered);
    }
    let decision = request.decision.ok_or(ConcernRefused::NoDecision)?;
    let reason = request.answer.trim();
    if !typed::says_something(reason) {
        return Err(ConcernRefused::NoAnswer);
    }
    let Written { id, by, at } = written;
    Ok(ConcernAnswer { id, family: concern.family, concern: concern.id, by, at, decision, answer: reason.to_owned() })
}
