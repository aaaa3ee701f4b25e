//! A release, and the two files it is written to. Only protected tables can be rendered.

mod page;
mod sheet;

pub use page::page;
pub use sheet::csv;

use crate::protected::{Cell, Protected};

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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protect::{RULE, protect};
    use crate::{Row, Table};

    pub(super) fn quarter() -> Release {
        Release {
            title: "Anonymised summary".into(),
            period: "July to September 2026".into(),
            made: "Made Mon 23-Nov-2026 by the data manager".into(),
            head: "9f2c 71aa 03de 5b18".into(),
            rule: RULE.into(),
            tables: vec![
                table(
                    "Open caseload by infant's age band",
                    "infants",
                    "Age on 30-Sep-2026, not corrected for prematurity.",
                    &[("Unborn", 4, 4), ("0–5 months", 13, 12), ("6–11 months", 11, 11), ("12–23 months", 9, 9), ("24–36 months", 0, 0)],
                    35,
                ),
                table(
                    "Contacts by kind",
                    "contacts",
                    "",
                    &[("Home visit", 142, 34), ("Clinic", 38, 15), ("Phone call", 67, 29), ("Video call", 9, 1), ("Group", 16, 7)],
                    35,
                ),
                table(
                    "Contacts by outcome",
                    "contacts",
                    "",
                    &[("Attended", 231, 35), ("No access", 21, 11), ("Was not brought", 20, 12)],
                    35,
                ),
            ],
        }
    }

    /// A release with a table that is withheld and labels that a careless writer would run.
    pub(super) fn awkward() -> Release {
        let label = "=HYPERLINK(\"http://example.test\")";
        Release {
            title: "<script>alert(1)</script> & \"more\"".into(),
            tables: vec![
                table("+1", "infants", "", &[(label, 9, 9), ("-2", 8, 8), (" @x, y", 7, 7)], 24),
                table("A small team", "infants", "", &[("Unborn", 3, 3), ("0–5 months", 9, 9)], 12),
            ],
            ..quarter()
        }
    }

    fn table(title: &str, unit: &str, note: &str, rows: &[(&str, u32, u32)], families: u32) -> Protected {
        let rows = rows.iter().map(|&(label, count, contributors)| Row { label: label.into(), count, contributors });
        protect(Table { title: title.into(), unit: unit.into(), note: note.into(), rows: rows.collect(), families })
    }
}
