//! What the release room answers. No answer holds a number that is hidden, and none a name of a family.

use serde::Serialize;

use crate::release::ReleaseId;
use crate::typed::choice::Choice;

/// A period that can be chosen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PeriodChoice {
    /// `2026-Q3`, or `2026-27`.
    pub period: String,
    /// `July to September 2026`; `April 2026 to March 2027`.
    pub words: String,
    /// Whether it is a financial year.
    pub year: bool,
    /// Why nothing of it can be looked at yet; empty once it is complete.
    pub not_complete: String,
    /// True once a release of it has been sealed.
    pub released: bool,
}

/// A table that can be asked for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableChoice {
    /// `caseload_by_age`.
    pub name: String,
    /// `Open caseload by infant’s age`.
    pub title: String,
    /// `infants`.
    pub unit: String,
    /// How it is counted.
    pub note: String,
    /// Its bandings: first as it is asked for, then coarser.
    pub bandings: Vec<BandingChoice>,
    /// The banding of the year’s plan, which is taken unless another is asked for; none if the plan leaves the table out.
    pub planned: Option<u32>,
}

/// One way to put the classes of a table into lines.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BandingChoice {
    /// Its number.
    pub banding: u32,
    /// `Put 24–35 months with 12–23 months`; `As it is`.
    pub words: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// What it would hide, said from what was published last: `2 of 8 numbers were hidden in April to June 2026`; empty if
    /// it was never published so.
    pub could: String,
}

/// A period before or after its release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// Periods that can be chosen, the latest first: quarters, then years.
    pub periods: Vec<PeriodChoice>,
    /// The one shown: `2026-Q3`.
    pub period: String,
    /// `July to September 2026`.
    pub words: String,
    /// Tables that can be asked for.
    pub tables: Vec<TableChoice>,
    /// What was looked at last, in the frame that stands; none before the first look.
    pub figures: Option<FiguresView>,
    /// `Counted from the record of Mon 05-Oct-2026, 09:10 (Dara)`; empty before the first look.
    pub frame: String,
    /// Whether the reader may have the frame made anew.
    pub may_make_anew: bool,
    /// Why nothing of it can be looked at; empty if it can.
    pub not_yet: String,
    /// `Lead said on Mon 05-Oct-2026 that this period is over and ready`; empty if no lead has.
    pub ready: String,
    /// Which computer looks and releases.
    pub seat: SeatView,
    /// What waits for the reader.
    pub waits: Vec<ReleaseWait>,
    /// The release that waits for a second person, of this or another period: no other is made meanwhile.
    pub waiting: Option<ReleaseView>,
    /// Its sealed release: the last correction, if there is one.
    pub released: Option<ReleaseView>,
    /// That its figures have left from another computer, so that a release is a correction of them; empty if none have, or once
    /// one is in the register here.
    pub left_elsewhere: String,
    /// What is not in the files: `No names` and so on.
    pub checklist: Vec<String>,
    /// The rule in plain words.
    pub rule: String,
    /// What may be done with a release.
    pub licences: Vec<Choice>,
    /// Where the files will be written.
    pub folder: String,
}

/// Which computer looks and releases.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SeatView {
    /// Whether it is this one.
    pub here: bool,
    /// Whether the reader may take it for this computer.
    pub may_take: bool,
    /// Whether the reader may say that this computer does not release, or no longer.
    pub may_leave: bool,
    /// What to know or do; empty if it is here.
    pub words: String,
    /// What a lead said last of leaving it: `Lead said on Mon 23-Nov-2026 that …`; empty if it was taken since.
    pub said: String,
}

/// Where something that waits is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReleaseWay {
    /// The reader agrees to the release or declines it.
    Answer,
    /// The reader reads the release that somebody else answers.
    Open,
    /// The page of the period.
    Period,
    /// The release in the register.
    Register,
}

/// Something of figures that waits, or is to be known.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReleaseWait {
    /// `The release of July to September 2026 waits for a second person.`
    pub words: String,
    /// What more is to be known; may be empty.
    pub detail: String,
    /// Where it is dealt with.
    pub way: ReleaseWay,
    /// `2026-Q3`, or `2026-27`.
    pub period: String,
    /// The release, if it is about one.
    pub release: Option<ReleaseId>,
}

/// Protected tables, as they were looked at or released.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FiguresView {
    /// `2026-Q3`.
    pub period: String,
    /// `July to September 2026`.
    pub words: String,
    /// `Looked at Mon 05-Oct-2026, 09:10 by Dara (Data manager)`.
    pub who: String,
    /// The rule in plain words.
    pub rule: String,
    /// Its tables.
    pub tables: Vec<FiguresTable>,
}

/// One protected table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FiguresTable {
    /// `caseload_by_age`.
    pub name: String,
    /// `Open caseload by infant’s age`.
    pub title: String,
    /// `infants`.
    pub unit: String,
    /// How it was counted.
    pub note: String,
    /// The banding, by its number.
    pub banding: u32,
    /// The columns, without that of the totals; none for a one-way table.
    pub columns: Vec<String>,
    /// Its lines in a fixed order, never by size, with the line of totals last; none if there is no table.
    pub lines: Vec<FiguresLine>,
    /// What is said of it to everybody if there is no table; empty if there is one.
    pub withheld: String,
    /// Why, which stays in the team.
    pub cause: String,
    /// What can be done, at most three.
    pub advice: Vec<TableAdvice>,
    /// `2 of 8 numbers are hidden`; empty of a release.
    pub hidden: String,
}

/// One line of a protected table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FiguresLine {
    /// `6–11 months`; `Total`.
    pub label: String,
    /// One for each column, the total of the line last; a single one in a one-way table.
    pub cells: Vec<FigureCell>,
}

/// One place of a protected table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FigureCell {
    /// The number; none if it is hidden, or nothing stands here.
    pub shown: Option<u32>,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// One way to make a table stand.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableAdvice {
    /// The banding, by its number.
    pub banding: u32,
    /// `Put steps 4 and 5 together`.
    pub words: String,
    /// `2 of 5 numbers would be hidden`.
    pub loss: String,
}

/// The frame and what was seen of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FrameMade {
    /// `2026-Q3`.
    pub period: String,
    /// Its number: 1 after the first was made anew.
    pub frame: u32,
}

/// A release of the register.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReleaseView {
    /// Which.
    pub id: ReleaseId,
    /// `2026-Q3`.
    pub period: String,
    /// `July to September 2026`.
    pub words: String,
    /// What has become of it.
    pub state: ReleaseState,
    /// `Released Mon 23-Nov-2026, 16:10 by Dara (Data manager)`; `Asked for …` until a second person has agreed.
    pub who: String,
    /// Why.
    pub why: String,
    /// Who gets it: `The team itself`; `Outside the team: SPPG`.
    pub recipient: String,
    /// Whether it goes to somebody outside the team.
    pub outside: bool,
    /// What may be done with it.
    pub licence: String,
    /// `Until Wed 31-Mar-2027`; empty for ever.
    pub expires: String,
    /// `Agreed Tue 24-Nov-2026, 09:30 by Lead (Service lead)`, or that it was declined and why; empty without one.
    pub second: String,
    /// Whether the reader may be the second person.
    pub may_answer: bool,
    /// Whether the reader asked for it and may take it back.
    pub may_take_back: bool,
    /// `Corrects the release of Mon 23-Nov-2026, 16:10`; empty if it corrects nothing.
    pub corrects: String,
    /// `Corrected on Fri 27-Nov-2026, 10:00`; empty if nothing does.
    pub corrected: String,
    /// `Withdrawn Fri 27-Nov-2026 by Lead: …`; empty if it stands.
    pub withdrawn: String,
    /// That there are two releases of this period, from two computers; empty if not.
    pub incident: String,
    /// From which state of the record it was counted.
    pub frame: String,
    /// How its numbers are protected.
    pub rule: String,
    /// The titles of its tables; of those that are withheld, that they are.
    pub tables: Vec<String>,
    /// The digests of its proofs: `Outsider`, `Insider`.
    pub proofs: Vec<ReleaseHash>,
    /// Its sealed files with the hash of each; none until it is sealed.
    pub sealed: Vec<ReleaseHash>,
    /// The head of the log when it was made.
    pub head: String,
    /// The files saved now; empty for an earlier release.
    pub files: Vec<String>,
    /// Why the files of a release that stands could not be saved; empty if they were.
    pub not_saved: String,
}

/// Something that a release is sealed with, and its hash.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReleaseHash {
    /// `attune-summary-2026-Q3.csv`; `Outsider`.
    pub name: String,
    /// BLAKE3 of a file, SHA-256 of a proof, in hex.
    pub hash: String,
}

/// What has become of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReleaseState {
    /// A second person has not answered.
    Waits,
    /// A second person has declined it. Nothing left.
    Declined,
    /// Whoever asked took it back before anybody agreed. Nothing left.
    TakenBack,
    /// Sealed.
    Sealed,
    /// Sealed, and said to be wrong since.
    Withdrawn,
}

/// The register of releases.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReleasesView {
    /// What waits for the reader.
    pub waits: Vec<ReleaseWait>,
    /// Latest period first; of one period the latest first.
    pub releases: Vec<ReleaseView>,
    /// What else is to be known: frames made anew, the computer that releases, what has left from elsewhere. Latest first.
    pub beside: Vec<String>,
}

/// The protected tables of one release, as they left or are to leave.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReleaseFigures {
    /// The release.
    pub release: ReleaseView,
    /// Its tables; of one that waits with what was told of them to whoever asked.
    pub figures: FiguresView,
    /// What is not in its files: `No names` and so on.
    pub checklist: Vec<String>,
    /// The titles of the tables that were left out.
    pub left_out: Vec<String>,
}

/// What a lead checks before a period is released. Numbers of the record itself, for a lead only.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReadinessView {
    /// `2026-Q3`.
    pub period: String,
    /// `July to September 2026`.
    pub words: String,
    /// Unsigned notes of contacts held in the period.
    pub unsigned: u32,
    /// Families open on its last day with no step recorded.
    pub not_placed: u32,
    /// For each priority group the families open on its last day that nobody asked.
    pub not_asked: Vec<GroupNotAsked>,
    /// What a lead has said already; empty if none has.
    pub ready: String,
    /// Why it cannot be said to be ready; empty if it can.
    pub not_yet: String,
}

/// Families that nobody asked about a priority group.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GroupNotAsked {
    /// `Living in poverty`.
    pub group: String,
    /// How many.
    pub families: u32,
}

/// The plan of a year.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct YearPlanView {
    /// `2026-27`.
    pub year: String,
    /// `April 2026 to March 2027`.
    pub words: String,
    /// Years that can be planned.
    pub years: Vec<Choice>,
    /// The tables of its quarters, each with the banding that is planned.
    pub tables: Vec<TableChoice>,
    /// `Planned Wed 01-Apr-2026 by Dara (Data manager)`; empty if nobody has.
    pub who: String,
}

/// What the check of a stored proof found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProofChecked {
    /// Whether the proofs hold.
    pub holds: bool,
    /// `Both proofs hold: each of 12 hidden numbers can still be any of 0 to 4.`, or what is wrong.
    pub words: String,
}
