//! A release, and the files it is written to. Only protected tables can be rendered: two releases
//! that show the same have the same files, whatever the true counts are.

mod bars;
mod book;
mod page;
mod paste;
mod read;
#[cfg(test)]
pub(crate) mod samples;
mod sheet;

pub use bars::bars;
pub use book::{TooLarge, xlsx};
pub use page::page;
pub use paste::{Pasted, paste};
pub(crate) use read::said;
pub use read::{CsvRefused, read_csv};
pub use sheet::csv;

use crate::publication::{Cell, Protected, Publication};

/// What is shown for every hidden count.
pub const HIDDEN: &str = attune_proof::HIDDEN;

/// What [`HIDDEN`] means, in the words that are printed beside it.
pub const HIDDEN_MEANS: &str = "hidden so that no family can be picked out";

/// What no release contains, in the words that are printed on each.
pub const NOT_INCLUDED: &str = "No names, dates of birth, identifiers or free text";

/// One anonymised summary, ready to be written. All of it is printed in every file, so it holds
/// nothing that a recipient may not know: no reason, and nobody it was made for. Sentences have no
/// full stop.
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
    /// On what terms it may be used: "Open Government Licence v3.0". Empty for none.
    pub licence: String,
    /// "Use until 30-Nov-2028". Empty if it does not expire.
    pub expires: String,
    /// The name of the release that this one corrects.
    pub corrects: Option<String>,
    /// Where the proof is, with its digest: "In the file proof.json beside this one, with the digest
    /// 9f2c…". Empty if it does not go with the files.
    pub proof: String,
    /// The tables, in the order they are printed, and the rule they were protected by.
    pub publication: Publication,
}

/// What a file says of the release itself, in this order, and whether every file says it.
const FACTS: [(&str, bool); 11] = [
    ("Title", true),
    ("Period", true),
    ("Made", true),
    ("Corrects", false),
    ("Licence", false),
    ("Expires", false),
    ("Not in this file", true),
    (HIDDEN, true),
    ("Rule", true),
    ("Proof", false),
    ("Log head", true),
];

/// The [`FACTS`] of a release.
fn facts(release: &Release) -> Vec<(&'static str, String)> {
    let corrects = release.corrects.as_deref().map(|other| format!("The release {other}. Use this one instead"));
    let words = [
        release.title.clone(),
        release.period.clone(),
        release.made.clone(),
        corrects.unwrap_or_default(),
        release.licence.clone(),
        release.expires.clone(),
        NOT_INCLUDED.to_owned(),
        HIDDEN_MEANS.to_owned(),
        release.publication.rule.words(),
        release.proof.clone(),
        release.head.clone(),
    ];
    let said = FACTS.into_iter().zip(words).filter(|((_, always), words)| *always || !words.is_empty());
    said.map(|((what, _), words)| (what, plain(&words))).collect()
}

/// By which specification a table was made, as it is printed: "caseload_by_age, version 1, banding 0".
fn specified(table: &Protected) -> String {
    format!("{}, version {}, banding {}", plain(table.name()), table.spec.version, table.banding)
}

/// How a cell is printed.
fn printed(cell: Cell) -> String {
    match cell {
        Cell::Shown(count) => count.to_string(),
        Cell::Hidden => HIDDEN.to_owned(),
        Cell::Nothing => String::new(),
    }
}

/// The text without what could break a line of a file or turn round the direction of what follows.
fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().filter(|c| !turns(*c)).map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// One table as rows and columns, as it is printed on a page, in a book and in what is pasted.
struct Grid {
    /// The heads of the columns, without the one above the labels.
    heads: Vec<String>,
    /// Each line with its label, the line of totals last.
    lines: Vec<(String, Vec<Cell>)>,
}

/// The grid of a table that is not withheld.
fn grid(table: &Protected) -> Grid {
    let heads: Vec<String> = match table.columns() {
        [] => vec![plain(table.unit())],
        columns => columns.iter().map(|column| plain(column)).chain(["Total".to_owned()]).collect(),
    };
    let labels = table.lines().map(plain).chain(["Total".to_owned()]);
    let lines = labels.enumerate().map(|(line, label)| (label, (0..heads.len()).map(|column| table.cell(line, column)).collect()));
    Grid { lines: lines.collect(), heads }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorted lines would tell which hidden number is the larger one.
    #[test]
    fn lines_are_in_the_order_of_the_code_list_in_every_file() {
        let release = samples::quarter();
        for table in release.publication.tables.iter().filter(|table| !table.is_withheld()) {
            let one =
                Release { publication: Publication { tables: vec![table.clone()], ..release.publication.clone() }, ..release.clone() };
            let sheet = String::from_utf8(csv(&one)).unwrap();
            for file in [sheet, page(&one), bars(table), paste(&one, table).text, paste(&one, table).html] {
                let (mut rest, labels) = (file.as_str(), table.lines().count());
                for label in table.lines() {
                    let at = rest.find(label).unwrap_or_else(|| panic!("{label} comes too early"));
                    rest = &rest[at + label.len()..];
                }
                assert!(labels > 1);
            }
        }
    }

    #[test]
    fn a_text_keeps_its_letters_and_loses_what_turns_or_breaks_a_line() {
        assert_eq!(plain("one\u{202e}two\r\nthree\u{2028}four\u{feff}"), "onetwo  three four");
        assert_eq!(plain("0–5 months, naïve, שלום, 子"), "0–5 months, naïve, שלום, 子");
    }
}
