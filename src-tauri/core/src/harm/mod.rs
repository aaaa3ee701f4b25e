//! What is known of violence and of alcohol or drugs, of one person at a time:
//! who is harmed and who harms are not one answer for a household. It is for the
//! team only, on its own screen, and counts for nothing.

pub mod entering;
pub mod ops;

use crate::ids::ids;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::{codes, refusals};
use crate::ids::{FamilyId, UserId};
use crate::person::PersonId;
use crate::record::record;
use crate::time::Timestamp;
use crate::typed::choice::Choice;

ids! {
    /// What is known of harm of one person.
    KnownHarmId as "string & { readonly of: 'KnownHarm' }" in "harm",
}

codes! {
    /// Of whom it is known.
    pub enum HarmWho {
        Person "person" "Somebody of this family",
        NotRecorded "not_recorded" "Somebody who is not in this record",
        NotKnown "not_known" "Not known who",
    }
}

codes! {
    /// What is known of them; somebody can be harmed and harm.
    pub enum HarmKind {
        Harmed "harmed" "Is harmed by violence or control",
        Harms "harms" "Harms others by violence or control",
        Substances "substances" "Drinks or uses drugs so that it does harm",
    }
}

record! {
    /// What is known of harm, as learned on a day.
    KnownHarm = "known_harm" "entry for the team only", added, in family, about Person "person", signed "by" "at", may be in error, [Family];
    id id: KnownHarmId;
    family: FamilyId, "Family", Fixed Inside;
    who: HarmWho, "Of whom", Fixed Restricted;
    /// None unless it is somebody of the family.
    person: Option<PersonId>, "Person", Fixed Restricted;
    /// At least one.
    known: Vec<HarmKind>, "What is known", Fixed Restricted;
    /// Who it is, where they are not in the record.
    words: String, "In a few words", Fixed Restricted;
    learned_on: NaiveDate, "Learned on", Fixed Restricted;
    source: String, "Source", Fixed Restricted;
    by: UserId, "Recorded by", Fixed Restricted;
    at: Timestamp, "Recorded at", Fixed Restricted;
}

/// What is known of harm, to record.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordHarm {
    /// The family.
    pub family: FamilyId,
    /// Of whom; nothing is chosen beforehand.
    #[serde(default)]
    pub who: Option<HarmWho>,
    /// Which person, if it is somebody of the family.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// What is known of them.
    #[serde(default)]
    pub known: Vec<HarmKind>,
    /// In a few words; who it is, where they are not in the record.
    #[serde(default)]
    pub words: String,
    /// When it was learned, as typed.
    #[serde(default)]
    pub learned_on: String,
    /// Where it is known from.
    #[serde(default)]
    pub source: String,
}

/// What is known of harm, as read on its own screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct KnownHarmView {
    /// Which.
    pub id: KnownHarmId,
    /// `Conor (father or partner)`; `Somebody who is not in this record`.
    pub about: String,
    /// Each thing that is known of them.
    pub known: Vec<String>,
    /// In a few words.
    pub words: String,
    /// `Learned Mon 23-Nov-2026 from the health visitor`.
    pub learned: String,
    /// `Recorded by Niamh, Mon 23-Nov-2026, 15:20`.
    pub recorded: String,
    /// `Entered in error: …`; empty if it was not.
    pub in_error: String,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
}

/// What is known of harm in a family, for the team only.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HarmView {
    /// Whose record it is.
    pub whose: String,
    /// Latest first.
    pub entries: Vec<KnownHarmView>,
    /// The people of the family: `Conor (father or partner)`.
    pub people: Vec<Choice>,
    /// Who else it can be.
    pub others: Vec<Choice>,
    /// What can be known of them, with keys.
    pub kinds: Vec<Choice>,
}

/// What was recorded of harm.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HarmSaved {
    /// Which.
    pub id: KnownHarmId,
    /// `Saved on this laptop, for the team only.`; and that no concern about a child who is harmed is open.
    pub words: String,
}

refusals! {
    /// Why it was not recorded.
    pub enum HarmRefused {
        NoWho "harm_no_who" at "who" => "Say of whom this is known, even if it is not known who.",
        NotOfFamily "harm_not_of_family" at "who" => "Choose somebody of this family.",
        NoKnown "harm_no_known" at "known" => "Choose what is known of them: at least one.",
        NotOfABaby "harm_baby" at "known" => "A baby can only be harmed. Choose that, or somebody else.",
        WhoElse "harm_who_else" at "words" => "Say who it is in a few words, for example: her former partner.",
        NoDay "harm_no_day" at "learnedOn" => "Say on which day it was learned, for example: yesterday.",
        InFuture "harm_in_future" at "learnedOn" => "That day is in the future. Say on which day it was learned.",
        LongAgo "harm_long_ago" at "learnedOn" => "That is more than twenty years ago. Check the year.",
        NoSource "harm_no_source" at "source" => "Say where it is known from, for example: she told me.",
        Recorded "harm_recorded" => "Exactly this is already recorded.",
    }
}
