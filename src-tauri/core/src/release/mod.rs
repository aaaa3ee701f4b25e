//! The release room: protected figures of one complete period, what was seen of them, and what has left.

mod asked;
pub mod classes;
pub mod counts;
pub mod export_folder;
pub mod ops;
mod period;
mod quarter;
pub mod records;
pub mod rows;
mod shown;
pub mod specs;
pub mod tallies;

use crate::codes::{codes, refusals};
use crate::ids::ids;

pub use crate::release::asked::{
    LeftElsewhere, LookAtFigures, MakeFrameAnew, OfPeriod, OfRelease, OfYear, PlanYear, ReleaseBecause, ReleaseRequest, TableAsked,
    TakeReleaseSeat, WriteRelease,
};
pub use crate::release::period::{FinancialYear, Period};
pub use crate::release::quarter::Quarter;
pub use crate::release::shown::{
    BandingChoice, FigureCell, FiguresLine, FiguresTable, FiguresView, FrameMade, GroupNotAsked, PeriodChoice, ProofChecked, ReadinessView,
    ReleaseFigures, ReleaseHash, ReleaseState, ReleaseView, ReleasesView, SeatView, SummaryView, TableAdvice, TableChoice, YearPlanView,
};

ids! {
    /// One release of protected figures.
    ReleaseId as "string & { readonly of: 'Release' }" in "release",
}

codes! {
    /// What whoever gets a release may do with it.
    pub enum Licence {
        TeamOnly "team_only" "For the team itself; it does not leave the service",
        RecipientOnly "recipient_only" "For the recipient only; it is not passed on",
        OpenGovernment "open_government" "Open Government Licence v3.0: anybody may use it and name the source",
    }
}

refusals! {
    /// Why figures were not shown, or not released.
    pub enum SummaryRefused {
        NotAPeriod "summary_period" at "period" => "Choose a quarter, for example 2026-Q3, or a financial year, for example 2026-27.",
        NotComplete "summary_not_complete" at "period" => "That period has not ended. Only complete periods can be summarised.",
        NotReleased "summary_not_released" at "period" => "This period has not been released yet.",
        AlreadyReleased "summary_released" at "period" => "This period has already been released. Each period is released once, so that nobody can work out a small number by comparing two files. You can save the same files again; a service lead can correct the release.",
        NothingShown "summary_nothing" at "period" => "None of these tables can be shown for this period, so it cannot be released.",
        NoReason "summary_no_reason" at "reason" => "Say why, in at least a few words.",
        NoFolder "summary_folder" at "folder" => "Files cannot be saved in the folder for summaries, so nothing was released. Choose another folder in Settings.",
        NotSaved "summary_not_saved" at "folder" => "This period is released, but its files could not be saved in the folder for summaries. Choose another folder in Settings, then save the files again.",
    }
}
