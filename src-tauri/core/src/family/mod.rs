//! A family, its episode of care, and the banner that stands above every
//! screen of its record.

pub mod entering;
pub mod episodes;
pub mod flag_rows;
pub mod flags;
pub mod ops;
pub mod rows;

use crate::ids::ids;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::{codes, refusals};
use crate::ids::{FamilyId, RecordedId, UserId};
use crate::in_error::Struck;
use crate::person::{PersonEntry, PersonId, PersonView};
use crate::record::record;
use crate::time::Timestamp;

ids! {
    /// One episode of care of a family.
    EpisodeId as "string & { readonly of: 'Episode' }" in "episode",
    /// A flag shown in the banner of a family.
    FlagId as "string & { readonly of: 'Flag' }" in "flag",
    /// That a flag be ended.
    FlagEndingId as "string & { readonly of: 'FlagEnding' }" in "flag_ending",
}

record! {
    /// A family.
    Family = "family" "family", amended, in itself, about Family, [Caseload Family];
    id id: FamilyId;
    /// Short and without meaning, used where a name must not be.
    reference: String, "Case reference", Fixed Open;
    /// When somebody last looked whether there are flags.
    flags_checked_on: Option<NaiveDate>, "Flags checked on", Plain Open;
}

record! {
    /// An episode of care: from opening to closing.
    Episode = "episode" "episode of care", amended, in family, about Family, [Caseload Family];
    id id: EpisodeId;
    family: FamilyId, "Family", Fixed Inside;
    opened_on: NaiveDate, "Opened on", Plain Open;
    /// None while open.
    closed_on: Option<NaiveDate>, "Closed on", Plain Open;
    key_worker: Option<UserId>, "Key worker", Plain Open;
    therapist: Option<UserId>, "Therapist", Plain Open;
    /// Somebody of another organisation the family is shared with.
    partner_worker: Option<UserId>, "Partner worker", Plain Open;
}

codes! {
    /// What a flag tells.
    pub enum FlagKind {
        ChildProtectionRegister "child_protection_register" "On Child Protection Register",
        LookedAfter "looked_after" "Looked after",
        VisitInPairs "visit_in_pairs" "Visit in pairs",
        SafeContact "safe_contact" "Ask before contacting",
        AnimalsAtHome "animals" "Animals at home",
        Interpreter "interpreter" "Interpreter",
        InHospital "in_hospital" "In hospital",
    }
}

impl FlagKind {
    /// `octagon` = stop, `triangle` = take care, `circle` = know.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::ChildProtectionRegister | Self::LookedAfter => "octagon",
            Self::VisitInPairs | Self::SafeContact | Self::AnimalsAtHome | Self::Newer(_) => "triangle",
            Self::Interpreter | Self::InHospital => "circle",
        }
    }
}

record! {
    /// A flag set on a family.
    Flag = "flag" "flag", amended, in family, about Family, signed "set_by" "", dated "since",
        may be in error, [Caseload Family];
    id id: FlagId;
    family: FamilyId, "Family", Fixed Inside;
    kind: FlagKind, "Flag", Fixed Open;
    /// A few words: a language, a reason.
    detail: String, "Detail", Fixed Open;
    since: NaiveDate, "Since", Fixed Open;
    review_on: Option<NaiveDate>, "Review on", Plain Open;
    ended_on: Option<NaiveDate>, "Ended on", Plain Open;
    set_by: UserId, "Set by", Fixed Open;
}

impl FlagKind {
    /// Whether its detail may name who harms: it is read by the team, with the people of
    /// the family, and never in a banner or a list.
    #[must_use]
    pub const fn keeps_its_reason(self) -> bool {
        matches!(self, Self::VisitInPairs | Self::SafeContact)
    }

    /// Whether one person alone does not end it: a family is kept safe by it.
    #[must_use]
    pub const fn needs_second(self) -> bool {
        matches!(self, Self::ChildProtectionRegister | Self::VisitInPairs)
    }
}

record! {
    /// That a flag be ended: who asked it, or agreed, and why.
    FlagEnding = "flag_ending" "end of a flag", added, in family, about Family, signed "by" "at", may be in error, [Caseload Family];
    id id: FlagEndingId;
    family: FamilyId, "Family", Fixed Inside;
    flag: FlagId, "Flag", Fixed Open;
    reason: String, "Reason", Fixed Open;
    by: UserId, "Asked by", Fixed Open;
    at: Timestamp, "Asked at", Fixed Open;
}

/// Whether somebody looked which flags a family has. That a flag ended is no look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Nobody has.
    Never,
    /// Somebody has, on this day.
    On(NaiveDate),
    /// One ended on this day, and nobody looked since.
    NotSince(NaiveDate),
}

impl Checked {
    /// From the day of the last look and the day on which the last flag ended.
    #[must_use]
    pub fn of(checked_on: Option<NaiveDate>, ended_on: Option<NaiveDate>) -> Self {
        match (checked_on, ended_on) {
            (Some(checked), Some(ended)) if ended > checked => Self::NotSince(ended),
            (Some(checked), _) => Self::On(checked),
            (None, Some(ended)) => Self::NotSince(ended),
            (None, None) => Self::Never,
        }
    }
}

/// A flag to set.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetFlag {
    /// The family.
    pub family: FamilyId,
    /// What it tells.
    pub kind: FlagKind,
    /// A few words: a language, a reason.
    #[serde(default)]
    pub detail: String,
    /// When it should be looked at again, as typed; may be empty.
    #[serde(default)]
    pub review_on: String,
}

/// A flag to end.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndFlag {
    /// The flag.
    pub flag: FlagId,
    /// Why; needed where a second person is.
    #[serde(default)]
    pub reason: String,
}

/// A flag as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FlagView {
    /// Which.
    pub id: FlagId,
    /// `octagon`, `triangle` or `circle`.
    pub shape: String,
    /// `Interpreter: Tetum`; of a flag that keeps people safe its kind alone.
    pub words: String,
    /// `Set by Niamh, Mon 02-Nov-2026. Review due 02-Feb-2027.`
    pub detail: String,
    /// Whether it is ended by two people, with a reason.
    pub needs_second: bool,
    /// `Niamh asked to end it, Mon 23-Nov-2026, 15:21. Waiting for a second person`; empty if nobody did.
    pub ending: String,
}

/// The four honest states of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FlagState {
    /// There are flags.
    Known,
    /// Somebody looked and there are none.
    NoneKnown,
    /// Nobody has looked.
    NotRecorded,
    /// They could not be read.
    Unavailable,
}

/// The flags of a family as shown in the banner and lists.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FlagsView {
    /// Which of the four states.
    pub state: FlagState,
    /// The state in words: `No known flags, checked 12-Nov-2026`.
    pub words: String,
    /// Worst first.
    pub flags: Vec<FlagView>,
}

/// The banner above every screen of a family's record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Banner {
    /// The family.
    pub family: FamilyId,
    /// Case reference.
    pub reference: String,
    /// Whose record it is, in one line: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// The infant, or infants in birth order.
    pub infants: Vec<PersonView>,
    /// `Róisín (mother), Conor (father or partner)`.
    pub carers: String,
    /// `Róisín: Interpreter: Tetum`: what to know before a visit; empty if nothing is.
    pub needs: Vec<String>,
    /// `Niamh`; `Not allocated`.
    pub key_worker: String,
    /// The therapist's name; `Not allocated`.
    pub therapist: String,
    /// Flags.
    pub flags: FlagsView,
    /// `Similar name on caseload: …`; empty if none.
    pub similar: String,
    /// True while an episode is open.
    pub open: bool,
}

/// A family's people and allocation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PeopleView {
    /// The banner.
    pub banner: Banner,
    /// Everybody, infants first.
    pub people: Vec<PersonView>,
    /// The open or latest episode.
    pub episode: EpisodeView,
    /// Who may be allocated.
    pub staff: Vec<StaffChoice>,
    /// True if this reader may allocate.
    pub may_allocate: bool,
    /// Which of the people and flags here, and whether the family, the reader may mark as entered in error.
    pub may_mark: Vec<RecordedId>,
    /// People and flags that were entered in error.
    pub struck: Vec<Struck>,
    /// Why flags that keep people safe are set, by flag; for the team only.
    pub flag_reasons: Vec<crate::typed::choice::Choice>,
    /// What each kind of flag is called.
    pub flag_kinds: Vec<crate::typed::choice::Choice>,
}

/// An episode as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EpisodeView {
    /// Which.
    pub id: EpisodeId,
    /// `Open since Mon 02-Nov-2026 (21d)`.
    pub words: String,
    /// Allocated key worker.
    pub key_worker: Option<UserId>,
    /// Allocated therapist.
    pub therapist: Option<UserId>,
    /// Partner worker.
    pub partner_worker: Option<UserId>,
    /// `Covered by Owen for Niamh until Mon 30-Nov-2026: On leave`; empty where nobody covers.
    pub cover: String,
    /// Unsigned notes of others, for who allocates.
    pub unsigned: Vec<UnsignedNote>,
}

/// That somebody has an unsigned note of a family; nothing of what is in it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnsignedNote {
    /// Whose.
    pub begun_by: UserId,
    /// `Niamh has an unsigned note about this family, saved Mon 23-Nov-2026, 15:21, and can finish it.`
    pub words: String,
}

/// Somebody who can be allocated to a family.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StaffChoice {
    /// Who.
    pub id: UserId,
    /// `Niamh (Key worker, The Trust)`.
    pub words: String,
    /// What they do.
    pub role: super::user::Role,
}

/// A family that was entered in error.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FamilyInError {
    /// Which.
    pub family: FamilyId,
    /// The mark, by which it is taken back.
    pub mark: RecordedId,
    /// `F26-7K2Q`.
    pub reference: String,
    /// `Entered in error: added twice. Marked by Niamh, Mon 23-Nov-2026, 16:10`.
    pub words: String,
}

/// The families that were entered in error.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FamiliesInError {
    /// By reference.
    pub families: Vec<FamilyInError>,
}

/// Names a family.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfFamily {
    /// The family.
    pub family: FamilyId,
}

/// A family to add.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddFamily {
    /// The infant or infants first, then parents, carers and siblings.
    pub people: Vec<PersonEntry>,
    /// Who will be the key worker; the writer if a key worker and left empty.
    pub key_worker: Option<UserId>,
    /// Who will be the therapist.
    pub therapist: Option<UserId>,
}

/// What adding a family answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FamilyAdded {
    /// The new family.
    pub family: FamilyId,
    /// Its case reference.
    pub reference: String,
    /// Its infants and others in the order given.
    pub people: Vec<PersonId>,
    /// The open episode.
    pub episode: EpisodeId,
    /// `F26-7K2Q was added. Saved on this laptop.`
    pub words: String,
}

/// A family that was allocated.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EpisodeSaved {
    /// Its episode.
    pub id: EpisodeId,
    /// Whose unsigned notes there are: `Niamh has an unsigned note about this family, …`; empty if none.
    pub unsigned: String,
}

/// A family whose flags were checked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FlagsChecked {
    /// Which.
    pub family: FamilyId,
}

/// A flag that was set or ended.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FlagSaved {
    /// Which.
    pub id: FlagId,
    /// That it be ended, where there is a reason.
    pub ending: Option<FlagEndingId>,
    /// `Flag ended. Saved on this laptop.`; `Asked. The flag stays until a second person agrees.`
    pub words: String,
}

refusals! {
    /// Why a family or person was refused.
    pub enum FamilyRefused {
        NoInfant "family_no_infant" at "people" => "Add the infant, or the unborn baby with the due date.",
        NotAKeyWorker "episode_key_worker" at "keyWorker" => "Choose a key worker, therapist or service lead from the team.",
        NotATherapist "episode_therapist" at "therapist" => "Choose a therapist from the team.",
        NotAPartner "episode_partner" at "partnerWorker" => "Choose a partner worker from the team.",
        NoFlagDetail "flag_detail" at "detail" => "Say which language.",
        BadFlagDetail "flag_detail_bad" at "detail" => "Write the detail in a few words on one line, up to 120 characters.",
        FlagReviewPast "flag_review_past" at "reviewOn" => "The review must be in the future.",
        FlagThere "flag_there" at "kind" => "That flag is already set. End it first if it has changed.",
        FlagNoReason "flag_no_reason" at "reason" => "Say why the flag can be ended, in at least a few words.",
        FlagAskedByYou "flag_asked_by_you" => "You have asked to end this flag. It stays until somebody else agrees.",
        FlagEnded "flag_ended" => "That flag has already been ended.",
        NoOpenEpisode "episode_closed" => "This family has no open episode of care, so nothing can be added.",
    }
}
