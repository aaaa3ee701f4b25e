//! The anonymised summary of one complete quarter.

pub mod counts;
pub mod export_folder;
pub mod ops;
mod quarter;
pub mod rows;
pub mod tables;

use crate::ids::ids;
use serde::{Deserialize, Serialize};

use crate::codes::refusals;
pub use crate::release::quarter::Quarter;

ids! {
    /// One sealed anonymised summary.
    ReleaseId as "string & { readonly of: 'Release' }",
}

/// One protected table as shown. Hidden cells carry no number at all.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SummaryTable {
    /// `Contacts by kind`.
    pub title: String,
    /// `contacts`.
    pub unit: String,
    /// How it was counted.
    pub note: String,
    /// The rows in a fixed order, never by size.
    pub rows: Vec<SummaryRow>,
    /// The total; none when the table is withheld.
    pub total: Option<u32>,
    /// Why there is no table; empty if there is one.
    pub withheld: String,
}

/// One row of a protected table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SummaryRow {
    /// `6–11 months`.
    pub label: String,
    /// The count; none when it is hidden.
    pub shown: Option<u32>,
}

/// A quarter that can be chosen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QuarterChoice {
    /// `2026-Q3`.
    pub quarter: String,
    /// `July to September 2026`.
    pub words: String,
    /// True once its one release has been sealed.
    pub released: bool,
}

/// A summary before or after its release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// Complete quarters, latest first.
    pub quarters: Vec<QuarterChoice>,
    /// The one shown.
    pub quarter: String,
    /// `July to September 2026`.
    pub words: String,
    /// Its protected tables.
    pub tables: Vec<SummaryTable>,
    /// What is not in the file: `No names` and so on.
    pub checklist: Vec<String>,
    /// The rule in plain words.
    pub rule: String,
    /// Its release, if sealed.
    pub released: Option<ReleaseView>,
    /// Why it cannot be released; empty if it can, or has been.
    pub not_yet: String,
    /// What to check before a release: `The last entry in the record is dated 27-Nov-2026, before the end of this quarter. …`; mostly empty.
    pub check_clock: String,
    /// Where the files will be written.
    pub folder: String,
}

/// A sealed release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReleaseView {
    /// `2026-Q3`.
    pub quarter: String,
    /// `July to September 2026`.
    pub words: String,
    /// `Released Mon 23-Nov-2026, 16:10 by Dara (Data manager)`.
    pub who: String,
    /// Why.
    pub why: String,
    /// The files saved now; empty for an earlier release.
    pub files: Vec<String>,
    /// Why the files of a release that stands could not be saved; empty if
    /// they were.
    pub not_saved: String,
    /// BLAKE3 of the CSV file.
    pub hash: String,
    /// BLAKE3 of the page.
    pub page_hash: String,
}

/// A quarter to look at.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SummaryRequest {
    /// `2026-Q3`; empty for the latest complete one.
    #[serde(default)]
    pub quarter: String,
}

/// A quarter to release.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReleaseRequest {
    /// `2026-Q3`.
    pub quarter: String,
    /// Why it is released and for whom.
    pub reason: String,
}

refusals! {
    /// Why a summary was refused.
    pub enum SummaryRefused {
        NotAQuarter "summary_quarter" at "quarter" => "Choose a quarter, for example 2026-Q3.",
        NotComplete "summary_not_complete" at "quarter" => "That quarter has not ended. Only complete quarters can be summarised.",
        AlreadyReleased "summary_released" at "quarter" => "This quarter has already been released. Each quarter is released once, so that nobody can work out a small number by comparing two files. You can save the same file again.",
        NotReleased "summary_not_released" at "quarter" => "This quarter has not been released yet.",
        NothingShown "summary_nothing" at "quarter" => "Too few families in this quarter to show any table, so it cannot be released.",
        NoReason "summary_no_reason" at "reason" => "Say why the summary is released and for whom, in at least a few words.",
        NoFolder "summary_folder" at "folder" => "Files cannot be saved in the folder for summaries, so nothing was released. Choose another folder in Settings.",
        NotSaved "summary_not_saved" at "folder" => "This quarter is released, but its files could not be saved in the folder for summaries. Choose another folder in Settings, then save the files again.",
    }
}
