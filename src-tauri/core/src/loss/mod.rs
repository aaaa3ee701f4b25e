//! A death in the family, or the end of a pregnancy. From then on nothing asks
//! for, counts on or congratulates; the person keeps their place in the family.

pub mod entering;
pub mod ops;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::{Code, codes, refusals};
use crate::ids::{FamilyId, UserId, ids};
use crate::person::PersonId;
use crate::record::record;
use crate::time::{Timestamp, date_words};

ids! {
    /// A death, or the end of a pregnancy.
    LossId as "string & { readonly of: 'Loss' }" in "loss",
}

codes! {
    /// What happened. From 24+0 weeks a baby born without signs of life is
    /// stillborn (Still-Birth (Definition) Act 1992); a neonatal death is one
    /// within 28 days of birth (MBRRACE-UK).
    pub enum LossKind {
        Miscarriage "miscarriage" "Miscarriage",
        Termination "termination" "Termination of the pregnancy",
        Stillbirth "stillbirth" "Stillbirth",
        NeonatalDeath "neonatal_death" "Death within 28 days of birth",
        Death "death" "Death",
    }
}

impl LossKind {
    /// What stands before the date: `Died`, `Stillborn`, `Pregnancy ended`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Miscarriage | Self::Termination => "Pregnancy ended",
            Self::Stillbirth => "Stillborn",
            Self::NeonatalDeath | Self::Death => "Died",
            Self::Newer(_) => "Lost",
        }
    }

    /// Whether somebody who lived has died.
    #[must_use]
    pub const fn is_death(self) -> bool {
        matches!(self, Self::NeonatalDeath | Self::Death)
    }

    /// `Died 20-Nov-2026`; `Stillborn` if the day is not known.
    #[must_use]
    pub fn dated(self, on: Option<NaiveDate>) -> String {
        on.map_or_else(|| self.label().to_owned(), |on| format!("{} {}", self.label(), date_words(on)))
    }
}

record! {
    /// A loss. Its mark as entered in error takes all of it back.
    Loss = "loss" "death or end of a pregnancy", added, in family, about Person "person", signed "by" "at", dated "lost_on", told itself,
        may be in error, [Caseload Family];
    id id: LossId;
    family: FamilyId, "Family", Fixed Inside;
    person: PersonId, "Person", Fixed Open;
    kind: LossKind, "What happened", Fixed Open;
    /// None if the day is not known.
    lost_on: Option<NaiveDate>, "Date", Fixed Open;
    by: UserId, "Recorded by", Fixed Open;
    at: Timestamp, "Recorded at", Fixed Open;
}

/// A death, or the end of a pregnancy, to record.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordLoss {
    /// Of whom.
    pub person: PersonId,
    /// What happened; nothing is chosen beforehand.
    #[serde(default)]
    pub kind: Option<LossKind>,
    /// The day, as typed; empty if it is not known.
    #[serde(default)]
    pub lost_on: String,
}

/// A loss that was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LossSaved {
    /// Which.
    pub id: LossId,
}

/// A loss as the story tells it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LossView {
    /// Which.
    pub id: LossId,
    /// `Fiadh died`; `The pregnancy ended`.
    pub title: String,
    /// The age on that day, before birth how far the pregnancy had come; empty if not known.
    pub age: String,
    /// `Fri 20-Nov-2026`; `Date not recorded`.
    pub date: String,
    /// `20 November 2026`, for screen readers.
    pub long_date: String,
    /// `Recorded by Niamh, Mon 23-Nov-2026, 15:20`.
    pub by: String,
    /// `Entered in error: …`; empty if it holds.
    pub in_error: String,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
    /// `New`; empty.
    pub news: String,
}

refusals! {
    /// Why a loss was not recorded.
    pub enum LossRefused {
        NoKind "loss_no_kind" at "kind" => "Choose what happened.",
        Recorded "loss_recorded" => "This has already been recorded. If it was a mistake, mark it as entered in error in the story.",
        NotPregnant "loss_born" at "kind" => "A date of birth is recorded for this child. Choose stillbirth or death, or correct the date of birth.",
        NotBorn "loss_not_born" at "kind" => "No birth is recorded for this baby. Record the date of birth first, or choose how the pregnancy ended.",
        DeathOnly "loss_death_only" at "kind" => "For this person only a death can be recorded.",
        NotNeonatal "loss_not_neonatal" at "kind" => "That is 28 days or more after the birth. Choose death.",
        StillbirthFrom24 "loss_before_24_weeks" at "kind" => "By the due date in the record this was before 24 weeks, which is a miscarriage. Choose that, or correct the due date.",
        MiscarriageTo24 "loss_from_24_weeks" at "kind" => "By the due date in the record this was at 24 weeks or later, which is a stillbirth. Choose that, or correct the due date.",
        InFuture "loss_in_future" at "lostOn" => "That day is in the future. Check the date, or leave it blank.",
        BeforeBirth "loss_before_birth" at "lostOn" => "That day is before the birth. Check both dates, or leave this one blank.",
    }
}

/// What can have happened to a person: before birth, how the pregnancy ended;
/// after it, a death.
#[must_use]
pub fn kinds_of(is_infant: bool, is_born: bool) -> &'static [LossKind] {
    match (is_infant, is_born) {
        (true, false) => &[LossKind::Miscarriage, LossKind::Termination, LossKind::Stillbirth],
        (true, true) => &[LossKind::Stillbirth, LossKind::NeonatalDeath, LossKind::Death],
        (false, _) => &[LossKind::Death],
    }
}

/// `Fiadh died`, `Fiadh was stillborn`, `The pregnancy ended`.
#[must_use]
pub fn title(kind: LossKind, familiar: &str) -> String {
    match kind {
        LossKind::Miscarriage => "The pregnancy ended (miscarriage)".to_owned(),
        LossKind::Termination => "The pregnancy ended".to_owned(),
        LossKind::Stillbirth => format!("{familiar} was stillborn"),
        LossKind::NeonatalDeath | LossKind::Death => format!("{familiar} died"),
        LossKind::Newer(_) => format!("{familiar}: {}", kind.words()),
    }
}
