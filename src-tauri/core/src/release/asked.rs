//! What can be asked of the release room.

use serde::{Deserialize, Serialize};

use crate::release::{Licence, ReleaseId};

/// Names a period.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfPeriod {
    /// `2026-Q3`, or `2026-27` for a financial year; empty for the latest complete quarter.
    #[serde(default, alias = "quarter")]
    pub period: String,
}

/// One table as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TableAsked {
    /// `caseload_by_age`.
    pub name: String,
    /// Which of its bandings, by its number: 0 is the table as it is asked for. None to leave the table out.
    pub banding: Option<u32>,
}

/// Tables to look at.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LookAtFigures {
    /// `2026-Q3`, or `2026-27`.
    #[serde(alias = "quarter")]
    pub period: String,
    /// Empty for all, as the year’s plan has them; a table that is not named is as it is there.
    #[serde(default)]
    pub tables: Vec<TableAsked>,
}

/// That the counts of a period be taken anew, from the record as it is now.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeFrameAnew {
    /// `2026-Q3`, or `2026-27`.
    pub period: String,
    /// Why.
    pub reason: String,
}

/// A period to release.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReleaseRequest {
    /// `2026-Q3`, or `2026-27`.
    #[serde(alias = "quarter")]
    pub period: String,
    /// Why it is released.
    pub reason: String,
    /// As in [`LookAtFigures`].
    #[serde(default)]
    pub tables: Vec<TableAsked>,
    /// Whether it goes to somebody outside the team: then it waits for a second person.
    #[serde(default)]
    pub outside: bool,
    /// Who gets it, in words; may be empty for the team itself.
    #[serde(default)]
    pub recipient: String,
    /// What may be done with it; `team_only` unless it is said.
    #[serde(default)]
    pub licence: Option<Licence>,
    /// Until when it may be used, as typed; empty for ever.
    #[serde(default)]
    pub expires_on: String,
    /// The sealed release that it corrects: a service lead’s to ask.
    #[serde(default)]
    pub corrects: Option<ReleaseId>,
    /// Whether it corrects what has left of the period from another computer, whose file was brought: a service lead’s to ask.
    #[serde(default)]
    pub corrects_elsewhere: bool,
}

/// Names a release of the register.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfRelease {
    /// Which.
    pub release: ReleaseId,
}

/// What is said of a release, with the reason: that it is declined, or withdrawn.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReleaseBecause {
    /// Which.
    pub release: ReleaseId,
    /// Why.
    pub reason: String,
}

/// A release whose files are to be saved again.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WriteRelease {
    /// The period, `2026-Q3`: its last sealed release is meant.
    #[serde(default, alias = "quarter")]
    pub period: String,
    /// Or which one.
    #[serde(default)]
    pub release: Option<ReleaseId>,
}

/// That this computer is the one that looks and releases from now on.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TakeReleaseSeat {
    /// Why.
    pub reason: String,
    /// What has left from elsewhere and is not in the register here; empty if nothing has.
    pub left: Vec<LeftElsewhere>,
    /// Periods of which somebody said so in error: nothing of them has left from elsewhere. Both words stay in the register.
    #[serde(default)]
    pub taken_back: Vec<String>,
}

/// That this computer is not the one that looks and releases.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeaveReleaseSeat {
    /// Why.
    pub reason: String,
}

/// A period whose figures have left from elsewhere.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeftElsewhere {
    /// `2026-Q3`, or `2026-27`.
    pub period: String,
    /// The text of its CSV file; empty if it is not at hand. Without it nothing can be released that
    /// would stand beside it.
    pub csv: String,
}

/// The bandings of a year, as they are chosen before it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanYear {
    /// `2026-27`: its four quarters.
    pub year: String,
    /// The tables; one that is not named is taken as it is asked for.
    pub tables: Vec<TableAsked>,
}

/// Names a financial year.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfYear {
    /// `2026-27`; empty for the one that today is in.
    #[serde(default)]
    pub year: String,
}
