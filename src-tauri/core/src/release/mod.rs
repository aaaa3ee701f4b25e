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
    LeaveReleaseSeat, LeftElsewhere, LookAtFigures, MakeFrameAnew, OfPeriod, OfRelease, OfYear, PlanYear, ReleaseBecause, ReleaseRequest,
    TableAsked, TakeReleaseSeat, WriteRelease,
};
pub use crate::release::period::{FinancialYear, Period};
pub use crate::release::quarter::Quarter;
pub use crate::release::shown::{
    BandingChoice, FigureCell, FiguresLine, FiguresTable, FiguresView, FrameMade, GroupNotAsked, PeriodChoice, ProofChecked, ReadinessView,
    ReleaseFigures, ReleaseHash, ReleaseState, ReleaseView, ReleaseWait, ReleaseWay, ReleasesView, SeatView, SummaryView, TableAdvice,
    TableChoice, YearPlanView,
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
        NotOver "summary_not_over" at "period" => "That period has ended by this computer’s clock, but nothing was recorded after it on two different days. If it is over, a service lead says so on the page of the summary.",
        NotReleased "summary_not_released" at "period" => "This period has not been released yet.",
        AlreadyReleased "summary_released" at "period" => "This period has already been released. Each period is released once, so that nobody can work out a small number by comparing two files. You can save the same files again; a service lead can correct the release.",
        NothingShown "summary_nothing" at "period" => "None of these tables can be shown for this period, so it cannot be released.",
        NoTable "summary_table" at "tables" => "There is no such table, or not with these lines.",
        NoReason "summary_no_reason" at "reason" => "Say why, in at least a few words.",
        NoFolder "summary_folder" at "folder" => "Files cannot be saved in the folder for summaries, so nothing was released. Choose another folder in Settings.",
        NotSaved "summary_not_saved" at "folder" => "This period is released, but its files could not be saved in the folder for summaries. Choose another folder in Settings, then save the files again.",
        OtherFile "summary_other_file" at "folder" => "A file with one of these names and other contents is in the folder for summaries. It was not written over. Move it somewhere else, or choose another folder in Settings, then try again.",
        Stopped "summary_stopped" => "It was stopped before anything could be said to be safe. Nothing was shown and nothing was released.",
        Contradicts "summary_contradicts" => "What was shown or released before does not agree with this record, so nobody can say what can be shown beside it. Nothing was shown and nothing was released. Check what was said to have left from another computer.",
        NotProven "summary_not_proven" => "The proof of these figures does not hold, so they are not sealed and nothing has left. Ask for the release again; if it is refused again, tell the service lead, and do not pass the figures on.",
        Meanwhile "summary_meanwhile" => "Somebody looked at figures meanwhile, or released some. Nothing was shown and nothing was released. Try again.",
        NoSeat "summary_no_seat" => "Another computer of the team looks at figures and releases them, or this record was restored or copied. Two that release could give a small number away. A service lead can make this computer the one that does.",
        HasSeat "summary_has_seat" => "This computer looks and releases already.",
        SeatLeft "summary_seat_left" => "It has been said already that this computer does not release.",
        LeftElsewhere "summary_left_elsewhere" at "period" => "Figures of this period have left from another computer, and their file is not here. It cannot be released, because nobody can say what can be shown beside them. A service lead can add the file.",
        NotItsFile "summary_not_its_file" at "left" => "That is not the CSV file of a release of this period. Nothing was changed.",
        NotSaid "summary_not_said" at "left" => "Nobody has said that figures of that period have left from another computer. Nothing was changed.",
        NoFrame "summary_no_frame" at "period" => "Nobody has looked at this period yet, so it is counted from the record as it is now.",
        Waits "summary_waits" => "A release waits for a second person. No other is made until it is agreed to or declined.",
        SinceAsked "summary_since_asked" at "release" => "Since this release was asked for, somebody looked at figures or said that some had left from elsewhere. It was not proven beside them, so nothing has left. Decline it, and have it asked for again.",
        NoRelease "summary_no_release" at "release" => "There is no such release.",
        NoRecipient "summary_no_recipient" at "recipient" => "Say who gets it, in at least a few letters.",
        Expired "summary_expired" at "expiresOn" => "The last day on which it may be used must be after today.",
        LeadCorrects "summary_lead_corrects" at "corrects" => "Only a service lead corrects a release.",
        CorrectsOther "summary_corrects_other" at "corrects" => "A correction names the release of the same period that applies: the last that left and was not withdrawn.",
        SamePerson "summary_same_person" => "Whoever asked for a release cannot be its second person. Ask a service lead or information governance.",
        MadeByWhoAsked "summary_made_by_who_asked" => "Whoever asked for this release has since added or changed your account, so somebody else must be its second person.",
        NotSecond "summary_not_second" at "release" => "A service lead or information governance answers this release. You can take back only what you asked for yourself.",
        ExpiredSince "summary_expired_since" at "release" => "The last day on which this release may be used is over. Decline it, and have it asked for again.",
        NotWaiting "summary_not_waiting" at "release" => "This release does not wait for a second person. Somebody may have answered already.",
        NotSealed "summary_not_sealed" at "release" => "Nothing of this release has left, so there is nothing to withdraw.",
        AlreadyWithdrawn "summary_withdrawn" at "release" => "This release is withdrawn already.",
    }
}
