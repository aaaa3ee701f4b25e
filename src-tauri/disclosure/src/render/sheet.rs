//! The release as a CSV file: one rectangle of four columns, so that any program can read it.

use super::{HIDDEN, HIDDEN_MEANS, NOT_INCLUDED, Release, printed};
use crate::publication::{Protected, WITHHELD};

/// Tells a spreadsheet that the file is UTF-8; without it "0–5 months" is misread.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The release as UTF-8 CSV (RFC 4180, lines end in CRLF): what the release is, then each table line
/// by line with its total last. No cell starts a formula.
pub fn csv(release: &Release) -> Vec<u8> {
    let mut lines = vec![["Part", "Line", "Value", "Unit"].map(str::to_owned)];
    lines.extend(about(release));
    lines.extend(release.tables.iter().flat_map(table));
    written(&lines).expect("lines of equal length, written to memory")
}

type Line = [String; 4];

fn about(release: &Release) -> impl Iterator<Item = Line> {
    [
        ("Title", release.title.as_str()),
        ("Period", &release.period),
        ("Made", &release.made),
        ("Log head", &release.head),
        ("Not in this file", NOT_INCLUDED),
        (HIDDEN, HIDDEN_MEANS),
        ("Rule", &release.rule),
    ]
    .into_iter()
    .map(|(what, words)| line("About this release", what, words, ""))
}

fn table(table: &Protected) -> Vec<Line> {
    let value = |label: &str, value: &str| line(table.title(), label, value, table.unit());
    let words = |label: &str, words: &str| line(table.title(), label, words, "");

    let mut lines: Vec<Line> = table.cells().map(|(line, column, cell)| value(&table.place(line, column), &printed(cell))).collect();
    if table.is_withheld() {
        lines.push(words("Withheld", WITHHELD));
    }
    if !table.note().is_empty() {
        lines.push(words("Note", table.note()));
    }
    lines
}

fn line(part: &str, label: &str, value: &str, unit: &str) -> Line {
    [part, label, value, unit].map(inert)
}

/// The text with an apostrophe before it where a spreadsheet would take it for a formula.
fn inert(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn written(lines: &[Line]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for line in lines {
        writer.write_record(line)?;
    }
    writer.into_inner().map_err(|stopped| csv::Error::from(stopped.into_error()))
}
