//! The 11 priority groups of the infant mental health strategy, recorded per
//! person where that applies. They serve eligibility and equality monitoring:
//! no weights, no total, and "not asked" is never "no".

pub mod entering;
pub mod ops;
pub mod rows;

use crate::ids::ids;
use serde::{Deserialize, Serialize};

use crate::codes::{codes, refusals};
use crate::family::Banner;
use crate::ids::{FamilyId, UserId};
use crate::in_error::Struck;
use crate::person::{FamilyRole, PersonId};
use crate::record::record;
use crate::time::Timestamp;
use crate::typed::choice::Choice;

ids! {
    /// One answer about a priority group.
    PriorityAnswerId as "string & { readonly of: 'PriorityAnswer' }" in "priority_answer",
}

codes! {
    /// The priority groups (titles from the South Eastern Trust strategy).
    pub enum PriorityGroup {
        AntenatalPostnatal "antenatal_postnatal" "Antenatal and postnatal mothers, fathers and children",
        YoungParents "young_parents" "Young mothers and fathers",
        ParentalMentalHealth "parental_mental_health" "Perinatal and other mental health of mothers and fathers",
        EthnicMinority "ethnic_minority" "Ethnic minorities, asylum seekers, refugees, Travellers",
        Disability "disability" "Disability of child or parent",
        DomesticViolence "domestic_violence" "Household experiencing domestic violence",
        ParentalSeparation "parental_separation" "Parental separation",
        SubstanceMisuse "substance_misuse" "Parental substance misuse, including alcohol",
        Poverty "poverty" "Living in poverty",
        Imprisonment "imprisonment" "Mother or father imprisoned",
        AbuseNeglect "abuse_neglect" "Abuse and neglect, Child Protection Register, looked after",
    }
}

codes! {
    /// The six answers; only the first two are yes.
    pub enum PriorityAnswer {
        Confirmed "confirmed" "Yes, confirmed",
        Suspected "suspected" "Yes, suspected or reported by someone else",
        No "no" "No",
        NotAsked "not_asked" "Not asked",
        Declined "declined" "Declined to say",
        NotApplicable "not_applicable" "Not applicable",
    }
}

impl PriorityAnswer {
    /// Whether the person belongs to the group as far as is known.
    #[must_use]
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Confirmed | Self::Suspected)
    }
}

codes! {
    /// When a yes was true.
    pub enum PriorityPeriod {
        Now "now" "Now",
        PastYear "past_year" "In the past 12 months",
        InPregnancy "in_pregnancy" "In pregnancy",
        Earlier "earlier" "Earlier in life",
    }
}

impl PriorityGroup {
    /// What the group means, in our words.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::AntenatalPostnatal => "Pregnant, or with an infant in the service’s age range. Worked out from the dates.",
            Self::YoungParents => "A parent of 19 or under when the pregnancy began.",
            Self::ParentalMentalHealth => "A condition now or before, treatment now, or a screen confirmed by a clinician.",
            Self::EthnicMinority => "As the person describes themselves; also asylum seekers, refugees, Irish Travellers, Roma.",
            Self::Disability => "A long-term physical, sensory, learning or developmental condition with a substantial effect.",
            Self::DomesticViolence => {
                "Violence or control between partners, ex-partners or family. Ask only when safe; see safe contact first."
            }
            Self::ParentalSeparation => "The infant’s parents do not live as a couple, or are separating.",
            Self::SubstanceMisuse => "Use that harms, or is likely to harm, the parent, the pregnancy or the care.",
            Self::Poverty => "Means-tested benefits, food or fuel bank, debt, temporary or crowded housing, destitution.",
            Self::Imprisonment => "A parent in custody or on remand now, or during this infant’s life or the pregnancy.",
            Self::AbuseNeglect => "Known or suspected abuse or neglect of the infant or a sibling; on the Register; looked after.",
            Self::Newer(_) => "",
        }
    }

    /// Whether the group is asked about the household as a whole.
    #[must_use]
    pub const fn is_of_household(self) -> bool {
        matches!(self, Self::AntenatalPostnatal | Self::DomesticViolence | Self::Poverty | Self::Newer(_))
    }

    /// Whether the group is asked about somebody who is this to the infant.
    #[must_use]
    pub const fn asks(self, role: FamilyRole) -> bool {
        match self {
            Self::AntenatalPostnatal | Self::DomesticViolence | Self::Poverty | Self::Newer(_) => false,
            Self::YoungParents | Self::ParentalSeparation | Self::Imprisonment => role.is_parent(),
            Self::ParentalMentalHealth | Self::SubstanceMisuse => !role.is_child(),
            Self::EthnicMinority => true,
            Self::Disability => role.is_child() || role.is_parent(),
            Self::AbuseNeglect => role.is_child(),
        }
    }

    /// Whether membership follows from dates and is not asked.
    #[must_use]
    pub const fn is_derived(self) -> bool {
        matches!(self, Self::AntenatalPostnatal)
    }
}

record! {
    /// One answer as recorded; a later one of the same person and group replaces it.
    PriorityRecord = "priority_answer" "priority group answer", added, in family, about Person "person", signed "by" "at",
        may be in error, [Family];
    id id: PriorityAnswerId;
    family: FamilyId, "Family", Fixed Inside;
    /// None for the household.
    person: Option<PersonId>, "About", Fixed Open;
    group ("priority_group"): PriorityGroup, "Priority group", Fixed Open;
    answer: PriorityAnswer, "Answer", Fixed Open;
    /// When a yes was true.
    period: Option<PriorityPeriod>, "When", Fixed Open;
    source: String, "Source", Fixed Open;
    by: UserId, "Recorded by", Fixed Open;
    at: Timestamp, "Recorded at", Fixed Open;
}

/// An answer to record.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerPriority {
    /// The family.
    pub family: FamilyId,
    /// About whom; none for the household.
    pub person: Option<PersonId>,
    /// Which group.
    pub group: PriorityGroup,
    /// The answer.
    pub answer: PriorityAnswer,
    /// When a yes was true.
    #[serde(default)]
    pub period: Option<PriorityPeriod>,
    /// Where it is known from; may be empty.
    #[serde(default)]
    pub source: String,
}

/// One question of the screen: a group and whom it is about.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PriorityQuestion {
    /// About whom; none for the household.
    pub person: Option<PersonId>,
    /// `Róisín (mother)`; `The household`.
    pub about: String,
    /// The answer; `not_asked` until there is one.
    pub answer: PriorityAnswer,
    /// `Yes, confirmed · now · told by the parent`.
    pub words: String,
    /// `Mon 23-Nov-2026, by Niamh`; empty if never asked.
    pub recorded: String,
    /// When a yes was true.
    pub period: Option<PriorityPeriod>,
    /// Where it is known from.
    pub source: String,
    /// The answer that is recorded; none if there is none.
    pub id: Option<PriorityAnswerId>,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
    /// Answers that were entered in error.
    pub struck: Vec<Struck>,
}

/// One group of the screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PriorityGroupView {
    /// Which group.
    pub group: PriorityGroup,
    /// Its title.
    pub title: String,
    /// What it means.
    pub definition: String,
    /// For the derived group: `Infant 6 weeks to 6 months`; empty otherwise.
    pub derived: String,
    /// Whom it is asked about; empty for the derived group.
    pub questions: Vec<PriorityQuestion>,
}

/// The priority groups of a family.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PriorityView {
    /// The banner.
    pub banner: Banner,
    /// The groups in the strategy's order.
    pub groups: Vec<PriorityGroupView>,
    /// The six answers, with keys.
    pub answers: Vec<Choice>,
    /// Periods of a yes.
    pub periods: Vec<Choice>,
    /// `4 of 17 questions not asked yet`; a count of questions, not of answers.
    pub left: String,
}

/// An answer about a priority group.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PrioritySaved {
    /// Which.
    pub id: PriorityAnswerId,
}

refusals! {
    /// Why an answer was refused.
    pub enum PriorityRefused {
        NotAskedOf "priority_not_asked_of" at "person" => "That question does not apply to this person.",
        Derived "priority_derived" at "group" => "That group is worked out from the dates and is filled in automatically.",
        SameAnswer "priority_same" => "That answer is already recorded.",
    }
}
