//! Somebody leaves the team, or comes to do other work: what they hold is
//! listed, and asked about before it changes hands.

pub mod ops;

use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::family::{Episode, EpisodeId, StaffChoice};
use crate::ids::{FamilyId, UserId, ids};
use crate::record::record;
use crate::record::written::Written;
use crate::time::Timestamp;
use crate::typed;
use crate::user::{Role, User};

ids! {
    /// That a service lead took over an unsigned note.
    NoteTakenOverId as "string & { readonly of: 'NoteTakenOver' }" in "note_taken_over",
}

record! {
    /// That a service lead took over somebody's unsigned note: from then on it is theirs to finish.
    NoteTakenOver = "note_taken_over" "unsigned note taken over", added, in family, about Family, signed "by" "at", [Family Draft];
    id id: NoteTakenOverId;
    family: FamilyId, "Family", Fixed Inside;
    episode: EpisodeId, "Episode", Fixed Inside;
    begun_by: UserId, "Begun by", Fixed Open;
    reason: String, "Reason", Fixed Open;
    by: UserId, "Taken over by", Fixed Open;
    at: Timestamp, "Taken over at", Fixed Open;
}

/// As what somebody is allocated to a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[cfg_attr(feature = "bindings", ts(rename = "PlaceInFamily"))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// As its key worker.
    KeyWorker,
    /// As its therapist.
    Therapist,
    /// As its partner worker.
    PartnerWorker,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::KeyWorker, Self::Therapist, Self::PartnerWorker];

    /// Who has it in an episode.
    #[must_use]
    pub const fn of(self, episode: &Episode) -> Option<UserId> {
        match self {
            Self::KeyWorker => episode.key_worker,
            Self::Therapist => episode.therapist,
            Self::PartnerWorker => episode.partner_worker,
        }
    }

    /// Whether somebody of the team can have it.
    #[must_use]
    pub const fn takes(self, user: &User) -> bool {
        user.active
            && match self {
                Self::KeyWorker => matches!(user.role, Role::KeyWorker | Role::Therapist | Role::ServiceLead),
                Self::Therapist => matches!(user.role, Role::Therapist),
                Self::PartnerWorker => matches!(user.role, Role::PartnerWorker),
            }
    }

    /// `key worker`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::KeyWorker => "key worker",
            Self::Therapist => "therapist",
            Self::PartnerWorker => "partner worker",
        }
    }
}

/// Who takes a family from somebody who leaves.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandOver {
    /// The episode of the family.
    pub episode: EpisodeId,
    /// As what: somebody can have two places in one family.
    pub place: Place,
    /// Who takes it; none for nobody for now, which the service lead is told of.
    pub to: Option<UserId>,
}

/// Whose work to list, and what they are to be.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Leaving {
    /// Who.
    pub user: UserId,
    /// What they will do.
    pub role: Role,
    /// False when they leave.
    pub active: bool,
}

/// A family that somebody has to take.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HeldFamily {
    /// Its episode.
    pub episode: EpisodeId,
    /// Which family.
    pub family: FamilyId,
    /// `O’NEILL, Fiadh · 6w 1d`.
    pub name: String,
    /// As what.
    pub place: Place,
    /// `key worker`.
    pub place_words: String,
    /// Who can take it.
    pub choices: Vec<StaffChoice>,
}

/// What somebody holds who leaves or changes their role.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LeavingView {
    /// Families that somebody else has to take, or nobody for now.
    pub families: Vec<HeldFamily>,
    /// What is unfinished: unsigned notes and forms, follow-ups, and what waits for a second person, each as a sentence.
    pub unfinished: Vec<String>,
}

/// An unsigned note to take over.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TakeOverNote {
    /// Of which episode.
    pub episode: EpisodeId,
    /// Who began it.
    pub begun_by: UserId,
    /// Why it is not theirs to finish.
    pub reason: String,
}

/// A note that was taken over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NoteTaken {
    /// Of which family: the note is opened there.
    pub family: FamilyId,
}

/// That a note is taken over, as asked for.
///
/// # Errors
/// [`HandOverRefused::NoReason`]; [`HandOverRefused::NoNote`] unless it `is_there`;
/// [`HandOverRefused::OwnNote`] when the taker `has_one`.
pub fn take_over(
    request: &TakeOverNote,
    family: FamilyId,
    is_there: bool,
    has_one: bool,
    written: Written<NoteTakenOverId>,
) -> Result<NoteTakenOver, HandOverRefused> {
    let reason = request.reason.trim();
    if !typed::says_why(reason) {
        return Err(HandOverRefused::NoReason);
    }
    if !is_there || request.begun_by == written.by {
        return Err(HandOverRefused::NoNote);
    }
    if has_one {
        return Err(HandOverRefused::OwnNote);
    }
    let Written { id, by, at } = written;
    Ok(NoteTakenOver { id, family, episode: request.episode, begun_by: request.begun_by, reason: reason.to_owned(), by, at })
}

refusals! {
    /// What is still to be said before somebody leaves or changes their role.
    pub enum LeavingRefused {
        Families "user_holds_families" at "handOver",
        Unfinished "user_leaves_unfinished" at "unfinishedRead",
    }
}

refusals! {
    /// Why work was not given to somebody else.
    pub enum HandOverRefused {
        NotTaken "user_hand_over" at "handOver" => "Somebody who was chosen cannot take this family. Choose somebody else.",
        NoReason "take_over_reason" at "reason" => "Say why you finish this note for them, in at least a few words.",
        NoNote "take_over_none" => "There is no unsigned note of this person any more. They may have signed it, or somebody has taken it over.",
        OwnNote "take_over_own" => "You have an unsigned note about this family yourself. Sign or discard yours first; theirs is kept until then.",
    }
}
