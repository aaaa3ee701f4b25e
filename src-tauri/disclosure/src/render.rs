//! A release, and the two files it is written to. Only protected tables can be rendered.

mod page;
mod sheet;

pub use page::page;
pub use sheet::csv;

use crate::publication::{Cell, Protected};

/// What stands in the place of every hidden count.
pub const HIDDEN: &str = "[c]";

/// What [`HIDDEN`] means, in the words that are printed beside it.
pub const HIDDEN_MEANS: &str = "hidden so that no family can be picked out";

/// What no release contains, in the words that are printed on each.
pub const NOT_INCLUDED: &str = "No names, dates of birth, identifiers or free text";

/// One anonymised summary, ready to be written. All texts are printed as they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// "Anonymised summary".
    pub title: String,
    /// The period in words: "July to September 2026".
    pub period: String,
    /// When and by whose role it was made: "Made Mon 23-Nov-2026 by the data manager".
    pub made: String,
    /// The head of the log when it was made, so that a later rewrite of the log shows.
    pub head: String,
    /// The rule in words; [`RULE`](crate::protect::RULE) unless a team has set its own.
    pub rule: String,
    /// The tables, in the order they are printed.
    pub tables: Vec<Protected>,
}

/// How a cell is printed.
fn printed(cell: Cell) -> String {
    match cell {
        Cell::Shown(count) => count.to_string(),
        Cell::Hidden => HIDDEN.to_owned(),
        Cell::Nothing => String::new(),
    }
}
