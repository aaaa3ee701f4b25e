//! Placing a family on a step of the continuum of care. A person places it,
//! with reasons; nothing computes a step.

pub mod entering;
pub mod model;
pub mod ops;
pub mod rows;

use crate::ids::ids;
use crate::in_error::Struck;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::family::{Banner, EpisodeId};
use crate::ids::{FamilyId, UserId};
use crate::placement::model::{Step, StepModelId};
use crate::record::record;
use crate::team::code_list::Chosen;
use crate::time::Timestamp;

ids! {
    /// One placement on the continuum of care.
    PlacementId as "string & { readonly of: 'Placement' }" in "placement",
    /// A second person's confirmation of a placement.
    PlacementConfirmationId as "string & { readonly of: 'PlacementConfirmation' }" in "placement_confirmation",
}

record! {
    /// A step as recorded; never changed.
    Placement = "placement" "step", added, in family, about Family, signed "by" "at", dated "from_date", told itself,
        may be in error, [Caseload Family];
    id id: PlacementId;
    family: FamilyId, "Family", Fixed Inside;
    episode: EpisodeId, "Episode", Fixed Inside;
    step: u8, "Step", Fixed Open;
    /// As the model then had it.
    step_name: String, "Name of the step", Fixed Open;
    /// By which it was placed.
    model: StepModelId, "Model of the steps", Fixed Open;
    from ("from_date"): NaiveDate, "Since", Fixed Open;
    /// Why.
    rationale: String, "Reasons", Fixed Open;
    indicators: Vec<Chosen>, "Indicators", Fixed Open;
    parent_view: String, "Parent’s view", Fixed Open;
    infant_shows: String, "What the infant shows us", Fixed Open;
    /// For a step down.
    receiving_service: String, "Receiving service", Fixed ThirdParty;
    /// Who there accepted the hand-over, for a step down.
    accepted_by: String, "Hand-over accepted by", Fixed ThirdParty;
    review_on: NaiveDate, "Next review", Fixed Open;
    /// True when a second person must confirm.
    second_needed: bool, "Needs a second person", Fixed Open;
    /// True for a step down from 4 or 5: the family stays where it stood until a second person confirms.
    proposed: bool, "Applies only once confirmed", Fixed Open;
    by: UserId, "Recorded by", Fixed Open;
    at: Timestamp, "Recorded at", Fixed Open;
}

record! {
    /// A second person's confirmation.
    PlacementConfirmation = "placement_confirmation" "confirmation", added, in family, about Family, signed "by" "at",
        told with "placement", may be in error, [Caseload Family];
    id id: PlacementConfirmationId;
    family: FamilyId, "Family", Fixed Inside;
    placement: PlacementId, "Confirmed", Fixed Open;
    by: UserId, "Confirmed by", Fixed Open;
    at: Timestamp, "Confirmed at", Fixed Open;
}

/// A placement to record.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    /// The family.
    pub family: FamilyId,
    /// The step; nothing is chosen beforehand.
    pub step: Option<u8>,
    /// Why.
    pub rationale: String,
    /// Codes of what spoke for it.
    pub indicators: Vec<String>,
    /// The parent's view.
    pub parent_view: String,
    /// What the infant shows us.
    pub infant_shows: String,
    /// The service that receives the family; needed for a step down.
    #[serde(default)]
    pub receiving_service: String,
    /// Who there accepted the hand-over, and when; needed for a step down.
    #[serde(default)]
    pub accepted_by: String,
    /// Next review as typed; empty for the step's interval.
    #[serde(default)]
    pub review_on: String,
}

/// A placement as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlacementView {
    /// Which.
    pub id: PlacementId,
    /// 1 to 5.
    pub step: u8,
    /// `Step 3 · Specialist support`; `Step 3 · Specialist support, proposed` until it is confirmed.
    pub title: String,
    /// The infant's age then.
    pub age: String,
    /// `Mon 02-Nov-2026`.
    pub date: String,
    /// `2 November 2026`, for screen readers.
    pub long_date: String,
    /// `Since Mon 02-Nov-2026`; of a step down from 4 or 5 `Proposed Mon 02-Nov-2026`, then `Since Thu 05-Nov-2026, proposed …`.
    pub since: String,
    /// `Recorded by Niamh, Mon 02-Nov-2026, 14:10`.
    pub by: String,
    /// Why.
    pub rationale: String,
    /// What spoke for it, in the words of the model's version.
    pub indicators: Vec<String>,
    /// The parent's view.
    pub parent_view: String,
    /// What the infant shows us.
    pub infant_shows: String,
    /// `Sure Start, accepted by Ann Kerr, health visitor`; empty unless it was a step down.
    pub handed_over: String,
    /// `Review due 28-Dec-2026`, `Review was due 01-Nov-2026`; empty once replaced.
    pub review: String,
    /// True when the review date has passed.
    pub review_overdue: bool,
    /// `Waiting for a second person`, `Confirmed by Tara, …`; empty when none is needed.
    pub second: String,
    /// Confirmations that were entered in error.
    pub struck: Vec<Struck>,
    /// `Entered in error: … Marked by …`; empty if it is not.
    pub in_error: String,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
    /// True while a second person is awaited.
    pub awaited: bool,
    /// True if this reader may confirm it.
    pub may_confirm: bool,
    /// True for the one that stands now; never for one that is proposed.
    pub current: bool,
    /// What a second person reads before confirming it; empty for others.
    pub before_confirming: String,
    /// `New`, `Newly confirmed`, `Newly entered in error`; empty if nothing of it is new to the reader.
    pub news: String,
}

/// A piece of the strip over the infant's age.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepSpan {
    /// 1 to 5.
    pub step: u8,
    /// `Step 3`.
    pub words: String,
    /// `5w 4d to 11w 2d`; of the step that stands `from 11w 2d`.
    pub ages: String,
    /// `02-Nov-2026 to 16-Nov-2026`; of the step that stands `since 16-Nov-2026`.
    pub dates: String,
    /// Days it lasted, for its width.
    pub days: u32,
}

/// Placement of a family.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlacementsView {
    /// The banner.
    pub banner: Banner,
    /// What the model says of itself.
    pub model_label: String,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Latest first.
    pub placements: Vec<PlacementView>,
    /// The strip, oldest first.
    pub strip: Vec<StepSpan>,
    /// Steps to which a move is a step down, and needs a hand-over.
    pub steps_down: Vec<u8>,
    /// False where no infant is left and no pregnancy: nobody is asked what the infant shows.
    pub asks_infant: bool,
    /// True if this reader may place.
    pub may_place: bool,
    /// `No step recorded yet`, or empty.
    pub empty: String,
}

/// A placement to confirm.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmPlacement {
    /// The placement.
    pub placement: PlacementId,
}

/// A step that was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepSaved {
    /// It, as the first of the list.
    pub placements: Vec<StepMade>,
}

/// The step as it was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepMade {
    /// Which.
    pub id: PlacementId,
    /// The step.
    pub step: u8,
    /// Since when, in words.
    pub date: String,
    /// True if it is the one that stands.
    pub current: bool,
}

/// A step that was confirmed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConfirmationSaved {
    /// The step.
    pub placement: PlacementId,
    /// The confirmation.
    pub id: PlacementConfirmationId,
}

refusals! {
    /// Why a placement was refused.
    pub enum PlacementRefused {
        NoStep "placement_no_step" at "step" => "Choose a step.",
        NotOfStep "placement_indicator" at "indicators" => "An indicator that was ticked is not offered for this step. Look at the indicators again.",
        NoRationale "placement_no_rationale" at "rationale" => "Write why, in a sentence of at least 15 letters. Someone will read this at the review.",
        NoInfant "placement_no_infant" at "infantShows" => "Write what the infant shows us.",
        NoReceiving "placement_no_receiving" at "receivingService" => "For a step down, name the receiving service.",
        NotAccepted "placement_not_accepted" at "acceptedBy" => "For a step down, write who accepted the family there, and how.",
        ReviewPast "placement_review_past" at "reviewOn" => "The next review must be in the future.",
        OwnPlacement "placement_own" => "You recorded this step, so someone else must confirm it.",
        Confirmed "placement_confirmed" => "Somebody has already confirmed this step. Open the screen again to read it.",
        Replaced "placement_replaced" => "Another step has been recorded since. Open the screen again to read it.",
        NotAwaited "placement_not_awaited" => "This step does not need a second person.",
    }
}

/// Whether a move is a step down, which needs a service that receives the
/// family and has accepted the hand-over.
#[must_use]
pub const fn is_down(from: Option<u8>, to: u8) -> bool {
    matches!(from, Some(step) if to < step)
}

/// Whether a move only stands once a second person has confirmed it: a step
/// down from 4 or 5, by which a family would lose what keeps an infant safe.
#[must_use]
pub const fn is_proposed(from: Option<u8>, to: u8) -> bool {
    is_down(from, to) && matches!(from, Some(step) if step >= 4)
}

/// Whether a move between steps needs a second person: to or from step 4 or 5.
#[must_use]
pub const fn needs_second(from: Option<u8>, to: u8) -> bool {
    to >= 4 || matches!(from, Some(step) if step >= 4)
}

refusals! {
    /// A review that is later than the model of the steps has it.
    pub enum ReviewRefused {
        TooLate "placement_review_late",
    }
}
