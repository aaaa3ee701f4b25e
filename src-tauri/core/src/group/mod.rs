//! A session of a group, such as baby massage: written once, and told in the
//! story of each family that was to come, without naming the others.

pub mod entering;
pub mod names;
pub mod ops;
pub mod rows;

use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::contact::{ContactId, Gap, InfantSeen, Outcome, PersonChip};
use crate::ids::{FamilyId, UserId, ids};
use crate::person::PersonId;
use crate::record::record;
use crate::team::code_list::Chosen;
use crate::time::{Timestamp, day_time_words};
use crate::typed::choice::Choice;

ids! {
    /// A session of a group.
    GroupSessionId as "string & { readonly of: 'GroupSession' }" in "group_session",
}

record! {
    /// A session of a group: the team's, and of no family. What is told of each
    /// family is a contact in its own record.
    GroupSession = "group_session" "group session", added, in team, about Team, signed "by" "at", dated "held_at", [Groups];
    id id: GroupSessionId;
    kinds: Vec<Chosen>, "Kind of group", Fixed Open;
    held_at: Timestamp, "When it was", Fixed Open;
    minutes: Option<i64>, "Minutes", Fixed Open;
    place: String, "Place", Fixed Open;
    led_by: String, "Led by", Fixed Open;
    by: UserId, "Recorded by", Fixed Open;
    organisation: String, "Whose record", Fixed Open;
    at: Timestamp, "Recorded at", Fixed Open;
}

impl GroupSession {
    /// `Baby massage, Mon 23-Nov-2026, 10:30`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}, {}", kinds_words(&self.kinds), day_time_words(self.held_at.local()))
    }
}

/// `Baby massage and Five to Thrive`.
#[must_use]
pub fn kinds_words(kinds: &[Chosen]) -> String {
    crate::contact::note_words::join_and(&kinds.iter().map(|kind| kind.words.clone()).collect::<Vec<_>>())
}

/// A session as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GroupEntry {
    /// What kind of group: codes of the list, or the worker's own words.
    pub kinds: Vec<String>,
    /// When it was, as typed: `today 10:30-12:00`, or the start alone.
    pub when: String,
    /// When it ended or how long it took, as typed; empty if `when` says it.
    pub until: String,
    /// Where it was, in a few words.
    pub place: String,
    /// Who led it.
    pub led_by: String,
    /// What the group did: read in each family's story, so it names nobody of any.
    pub together: String,
    /// Each family that was to come.
    pub families: Vec<GroupLine>,
    /// The session that somebody recorded already, if it is this one.
    pub session: Option<GroupSessionId>,
    /// It is another than those recorded at that time.
    pub another: bool,
    /// The names that were found are nobody's of these families.
    pub names_checked: bool,
}

/// What a session was for one family.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupLine {
    /// The family.
    pub family: FamilyId,
    /// Whether they came; nothing is chosen beforehand.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// Who of the family was there, infants left out.
    #[serde(default)]
    pub present: Vec<PersonId>,
    /// Who else came with them.
    #[serde(default)]
    pub others: String,
    /// How each infant was.
    #[serde(default)]
    pub infants: Vec<InfantSeen>,
    /// Why an infant was not seen.
    #[serde(default)]
    pub not_seen_why: String,
    /// In own words, for this family only.
    #[serde(default)]
    pub words: String,
}

/// What the form of a session offers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GroupForm {
    /// Kinds of group.
    pub kinds: Vec<Choice>,
    /// States of an infant, with keys.
    pub states: Vec<Choice>,
    /// What happened where the family was met: outcomes that ask who came.
    pub meets: Vec<Outcome>,
    /// `Mon 23-Nov-2026`, which the form starts with.
    pub today: String,
}

/// A family as the form shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GroupFamily {
    /// Which.
    pub family: FamilyId,
    /// `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// Its people as chips.
    pub people: Vec<PersonChip>,
    /// What can have happened, with keys.
    pub outcomes: Vec<Choice>,
}

/// What is missing of a session before it can be signed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GroupCheck {
    /// Every gap, in the order of the form; signing is possible when this is empty.
    pub missing: Vec<Gap>,
    /// Sessions that somebody recorded at that time: `Baby massage, Mon 23-Nov-2026, 10:30, recorded by Owen`.
    pub recorded: Vec<Choice>,
}

/// A session that was signed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GroupSigned {
    /// The session.
    pub session: GroupSessionId,
    /// What stands in each family's record, in the order given.
    pub contacts: Vec<ContactId>,
    /// `Signed 15:23, in the record of 8 families. Saved on this laptop.`
    pub words: String,
}

refusals! {
    /// What a session of a group needs before it is signed.
    pub enum GroupGap {
        NoKind "group_no_kind" at "kinds" => "Choose what kind of group it was.",
        NoLeader "group_no_leader" at "ledBy" => "Say who led the group.",
        NothingDone "group_nothing_done" at "together" => "Write what the group did.",
        NoFamily "group_no_family" at "families" => "Add the families that were to come.",
        NoOutcome "group_no_outcome" at "outcome" => "Say whether they came.",
        NotOfAGroup "group_outcome" at "outcome" => "Choose one of the answers that are offered for a group.",
        NobodyToBring "group_nobody_to_bring" at "outcome" => "No baby was to be brought that day. Choose “Did not come”.",
        ToBeBrought "group_to_be_brought" at "outcome" => "A baby was to be brought. Choose “Was not brought”, or that they cancelled.",
        Twice "group_family_twice" => "This family is in the list already. Take one of the two out.",
        Recorded "group_family_recorded" => "This session is already recorded for this family. Take the family out here, or mark the first as entered in error.",
        Same "group_recorded" at "session" => "A group at that time is already recorded. Say whether it is this one.",
        NoSuch "group_not_recorded" at "session" => "No such session is recorded at that time. Choose again.",
    }
}

refusals! {
    /// A name where families read it that are not theirs.
    pub enum NameGap {
        OfOne "group_names",
        OfAnother "group_other_names",
    }
}
