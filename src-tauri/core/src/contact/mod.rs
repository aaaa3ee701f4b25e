//! One contact with or about a family: what may be written, what is needed to
//! sign, and how it is worded. A home visit is a kind of contact.

pub mod asked;
pub mod check_words;
pub mod last_seen;
pub mod meant;
pub mod note;
pub mod note_words;
pub mod ops;
pub mod rows;
pub mod signing;
pub(crate) mod visits;

use crate::ids::ids;
use serde::{Deserialize, Serialize};

mod kept;

use crate::codes::codes;
use crate::concern::{ConcernEntry, ConcernId, ConcernView};
pub use crate::contact::check_words::{CheckLine, CheckStrip};
pub use crate::contact::kept::{Addendum, Contact, Signature};
use crate::copied::CopyView;
use crate::error::{Error, ErrorCode};
use crate::family::EpisodeId;
use crate::ids::FamilyId;
use crate::person::PersonId;
use crate::typed::choice::Choice;

ids! {
    /// One contact with or about a family; a home visit is a kind of contact.
    ContactId as "string & { readonly of: 'Contact' }" in "contact",
    /// More details added below a signed contact.
    AddendumId as "string & { readonly of: 'Addendum' }" in "addendum",
}

codes! {
    /// How the contact was made.
    pub enum ContactKind {
        HomeVisit "home_visit" "Home visit",
        Clinic "clinic" "Clinic or base",
        Community "community" "Community venue",
        Phone "phone" "Phone call",
        Text "text" "Text message",
        Video "video" "Video call",
        Group "group" "Group",
        JointVisit "joint_visit" "Joint visit",
        Meeting "meeting" "Professionals’ meeting",
        Hospital "hospital" "Hospital",
    }
}

codes! {
    /// What came of the contact.
    pub enum Outcome {
        Attended "attended" "Attended",
        PartAttended "part_attended" "Attended in part",
        NoAccess "no_access" "No access",
        WasNotBrought "was_not_brought" "Was not brought",
        CancelledByFamily "cancelled_by_family" "Cancelled by the family",
        CancelledByUs "cancelled_by_us" "Cancelled by us",
        Declined "declined" "Declined",
        DidNotCome "did_not_come" "Did not come",
    }
}

impl Outcome {
    /// Whether the family was met, so that the note must say what was seen.
    #[must_use]
    pub const fn met(self) -> bool {
        matches!(self, Self::Attended | Self::PartAttended)
    }

    /// Whether the visit that had been promised will not be.
    #[must_use]
    pub const fn cancels(self) -> bool {
        matches!(self, Self::CancelledByFamily | Self::CancelledByUs)
    }
}

codes! {
    /// How the infant was during the contact.
    pub enum InfantState {
        Awake "awake" "Awake",
        Asleep "asleep" "Asleep throughout",
        Feeding "feeding" "Feeding",
        Upset "upset" "Upset",
        NotSeen "not_seen" "Not seen",
        NotBorn "not_born" "Not yet born",
    }
}

codes! {
    /// What the worker thinks about safety; nothing is chosen beforehand.
    pub enum Safety {
        NoNewConcern "no_new_concern" "No new concern",
        AsBefore "as_before" "Concern, as before",
        NewOrWorse "new_or_worse" "New or worse concern",
    }
}

/// How one infant was during the contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InfantSeen {
    /// Which infant.
    pub person: PersonId,
    /// How the infant was.
    pub state: InfantState,
}

/// A contact as it is being written: every field is what was typed. A draft
/// is exactly this and is never checked; signing checks it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct ContactEntry {
    /// How the contact was made.
    pub kind: Option<ContactKind>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// When it was, as typed: `today 14:00-15:05`, or the start alone.
    pub when: String,
    /// When it ended or how long it took, as typed: `15:05`, `65`; empty if `when` says it.
    pub until: String,
    /// Where it was, in a few words; no address.
    pub place: String,
    /// Who of the family was there.
    pub present: Vec<PersonId>,
    /// Who else was there.
    pub others: String,
    /// Who was expected and was not there.
    pub absent: Vec<PersonId>,
    /// How each infant was.
    pub infants: Vec<InfantSeen>,
    /// Why an infant was not seen although there is no new concern.
    pub not_seen_why: String,
    /// What we did: codes of the list, or the worker's own words.
    pub did: Vec<String>,
    /// What I saw.
    pub saw: String,
    /// What they told me.
    pub told: String,
    /// What the baby told us: the cues, as they were seen and heard.
    pub baby_told: String,
    /// Our reading of them (interpretation); from more than one.
    pub baby_reading: String,
    /// What changed because of it.
    pub baby_changed: String,
    /// What I think (interpretation).
    pub think: String,
    /// Safety; nothing is chosen beforehand.
    pub safety: Option<Safety>,
    /// Which concerns go on as before; the only one if none is named.
    pub earlier: Vec<ConcernId>,
    /// What has changed since, where a concern goes on as before.
    pub changed: String,
    /// The new or worse concern.
    pub concern: ConcernEntry,
    /// The plan, one line a step.
    pub plan: String,
    /// Lines of the last plan that were ticked as done.
    pub plan_done: Vec<String>,
    /// When the next visit is, as typed: `+7d 10:30`.
    pub next_visit: String,
    /// Health.
    pub health: String,
    /// Feeding.
    pub feeding: String,
    /// Sleep.
    pub sleep: String,
    /// Home.
    pub home: String,
    /// Liaison with others.
    pub liaison: String,
    /// For supervision: not shown to the family, still disclosable.
    pub supervision: String,
}

/// The form of a note among the drafts.
pub const NOTE: &str = "contact";

/// One thing that is missing before a note can be signed, or a thing to look
/// at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Gap {
    /// The field to go to, as in [`ContactEntry`], camel case, dots inside.
    pub field: String,
    /// By which programs know it.
    pub code: ErrorCode,
    /// What is missing, in a sentence.
    pub message: String,
}

impl Gap {
    /// What a refusal says is missing.
    #[must_use]
    pub fn of(refusal: Error) -> Self {
        Self { field: refusal.field.unwrap_or_default(), code: refusal.code, message: refusal.message }
    }

    /// The same as a refusal.
    #[must_use]
    pub fn refusal(&self) -> Error {
        Error { code: self.code, message: self.message.clone(), field: Some(self.field.clone()) }
    }
}

/// A person's chip in the editor.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PersonChip {
    /// Who.
    pub id: PersonId,
    /// `Fiadh`, `Baby (twin 1)`.
    pub words: String,
    /// `mother`.
    pub role: String,
    /// True for an infant, who has a state.
    pub infant: bool,
    /// True for an infant, a sibling or a parent under 18, of whom a concern can be.
    pub child: bool,
    /// False until the infant is born.
    pub born: bool,
    /// `Died 20-Nov-2026`, of whom a note asks only if it is of before; empty for the living.
    pub lost: String,
    /// The key that picks the person.
    pub key: String,
}

/// The last plan, shown beside the note as lines to tick.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LastPlan {
    /// `Thu 19-Nov-2026`.
    pub date: String,
    /// The infant's age then: `5w 4d`.
    pub age: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// A phrase that `.name` expands; `***` marks the blanks that F2 visits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Phrase {
    /// `cue`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Everything the editor needs to open on a family. Opening writes nothing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NoteForm {
    /// The family.
    pub family: FamilyId,
    /// The episode the note will belong to.
    pub episode: EpisodeId,
    /// Whose record: `O’NEILL, Fiadh`.
    pub saving_to: String,
    /// The same with what tells it from every other: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// What the editor starts with: the draft, or a blank of today's date.
    pub entry: ContactEntry,
    /// When a visit was booked for that has not been written about: `Mon 30-Nov-2026, 10:30`; offered, never filled in.
    pub booked: Option<String>,
    /// What happened where the family was met: outcomes that ask how each infant was.
    pub meets: Vec<Outcome>,
    /// Kinds of contact where an infant can be seen, which ask the same.
    pub sees: Vec<ContactKind>,
    /// What happened where no infant can have been there.
    pub without_infants: Vec<Outcome>,
    /// `Mon 23-Nov-2026, 15:21` if a draft was found.
    pub draft_saved: Option<String>,
    /// The people of the family as chips.
    pub people: Vec<PersonChip>,
    /// Kinds of contact.
    pub kinds: Vec<Choice>,
    /// Outcomes.
    pub outcomes: Vec<Choice>,
    /// States of the infant, with keys.
    pub states: Vec<Choice>,
    /// Activities for the type-ahead.
    pub activities: Vec<Choice>,
    /// Safety choices, with keys.
    pub safety: Vec<Choice>,
    /// The concerns of this family that go on, as choices: `Raised by Owen, Wed 18-Nov-2026, 14:01`.
    pub concerns: Vec<Choice>,
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
    /// The last plan, if there is one.
    pub last_plan: Option<LastPlan>,
    /// Where the official record is, for the sign screen.
    pub official_record: String,
}

/// One section of a signed note.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Section {
    /// `What I saw`.
    pub label: String,
    /// The text.
    pub text: String,
    /// True for `What I think`, which is marked as interpretation.
    pub interpretation: bool,
    /// False for what stays out of a copy for encompass: supervision, and what concerns somebody else.
    pub copied: bool,
}

/// More details added below a signed note.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AddendumView {
    /// Which.
    pub id: AddendumId,
    /// `Added Fri 20-Nov-2026, 09:12 by Niamh (The Trust)`.
    pub words: String,
    /// The same by name, whoever reads it: for a copy.
    pub words_copied: String,
    /// `Entered in error: … Marked by …`; empty if they stand.
    pub in_error: String,
    /// The text.
    pub text: String,
}

/// A signed note as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ContactView {
    /// Which.
    pub id: ContactId,
    /// The family.
    pub family: FamilyId,
    /// Whose record it is in: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// `Home visit, 65min`; `Was not brought to clinic`.
    pub title: String,
    /// The infant's age then: `5w 4d`; empty if not known.
    pub age: String,
    /// `Thu 19-Nov-2026`.
    pub date: String,
    /// `19 November 2026`, for screen readers.
    pub long_date: String,
    /// `14:00 to 15:05`.
    pub time: String,
    /// `By you, signed 16:02 · The Trust`.
    pub by: String,
    /// The same by name, whoever reads it: for a copy.
    pub by_copied: String,
    /// `Fiadh (awake), Róisín. Conor was not there.`
    pub who: String,
    /// Of whom a copy for encompass is: `O’NEILL, Fiadh · born 11-Oct-2026 · H&C No. 999 123 4567`.
    pub identity: String,
    /// As `who` without people outside the family, for a copy.
    pub who_copied: String,
    /// The written sections, empty ones left out.
    pub sections: Vec<Section>,
    /// The safety choice in words.
    pub safety: String,
    /// True when the note raised a new or worse concern.
    pub raised_concern: bool,
    /// The concern it raised.
    pub concern: Option<ConcernView>,
    /// `Next visit Mon 30-Nov-2026, 10:30`; empty if none.
    pub next_visit: String,
    /// Late entry words; empty if written in time.
    pub late: String,
    /// More details, oldest first.
    pub addenda: Vec<AddendumView>,
    /// `Entered in error: wrong family. Marked by …`; empty if it stands.
    pub in_error: String,
    /// `signed`, `added_to` or `in_error`.
    pub state: String,
    /// What of it is new to the reader: `New`, `New details`; empty if nothing is.
    pub news: String,
    /// How far it is copied to encompass.
    pub copy: CopyView,
    /// True if the reader wrote it.
    pub mine: bool,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
}

/// A signed note that was added to or marked as entered in error.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NoteSaved {
    /// Which.
    pub id: ContactId,
    /// The details below it, oldest first.
    pub addenda: Vec<AddendumId>,
}
