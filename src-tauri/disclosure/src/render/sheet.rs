//! The release as a CSV file: one rectangle of four columns, so that any program can read it.

use super::{Release, facts, plain, printed, specified};
use crate::publication::{Protected, WITHHELD};

/// Tells a spreadsheet that the file is UTF-8; without it "0–5 months" is misread.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The first line.
pub(super) const HEAD: [&str; 4] = ["Part", "Line", "Value", "Unit"];
/// The part that says what the release is.
pub(super) const ABOUT: &str = "About this release";
/// The part by which the file is read back.
pub(super) const READING: &str = "Specification";

/// The release as UTF-8 CSV (RFC 4180, lines end in CRLF): what the release is, by which
/// specifications it was made, then each table line by line with its total last. No cell starts a
/// formula or is taken for a date. [`read_csv`](super::read_csv()) reads it back.
pub fn csv(release: &Release) -> Vec<u8> {
    let mut lines = vec![HEAD.map(str::to_owned)];
    lines.extend(about(release));
    lines.extend(specification(release));
    lines.extend(release.publication.tables.iter().flat_map(table));
    written(&lines).expect("lines of equal length, written to memory")
}

/// One line of the file, as it stands there.
pub(super) type Line = [String; 4];

fn about(release: &Release) -> impl Iterator<Item = Line> {
    facts(release).into_iter().map(|(what, words)| line(ABOUT, what, &words, ""))
}

/// What the file is read back by: which publication it is, its rule in numbers, its tables.
fn specification(release: &Release) -> Vec<Line> {
    let publication = &release.publication;
    let rule = &publication.rule;
    let number = |what: &str, number: u32, unit: &str| line_of(READING, what, number.to_string(), unit);
    let mut lines = vec![
        line(READING, "Release", &plain(&publication.name), ""),
        match u32::try_from(publication.when.quarter) {
            Ok(quarter) => number("Quarter", quarter, ""),
            Err(_) => line(READING, "Quarter", &publication.when.quarter.to_string(), ""),
        },
        number("Frame", publication.when.frame, ""),
        number("Small below", rule.threshold, ""),
        number("Rounded to", rule.base, ""),
        number("Smallest frame", rule.smallest_frame, "families"),
        number("Sums from", rule.sums_from, "families"),
    ];
    let tables = publication.tables.iter().enumerate();
    lines.extend(tables.map(|(number, table)| line(READING, &format!("Table {}", number + 1), &specified(table), "")));
    lines
}

/// The lines of one table.
pub(super) fn table(table: &Protected) -> Vec<Line> {
    let words = |label: &str, words: &str| line(table.title(), label, words, "");
    let cells = table.cells().map(|(line, column, cell)| line_of(table.title(), &table.place(line, column), printed(cell), table.unit()));

    let mut lines: Vec<Line> = cells.collect();
    if table.is_withheld() {
        lines.push(words("Withheld", WITHHELD));
    }
    if !table.note().is_empty() {
        lines.push(words("Note", table.note()));
    }
    lines
}

fn line(part: &str, label: &str, value: &str, unit: &str) -> Line {
    line_of(part, label, inert(&plain(value)), unit)
}

fn line_of(part: &str, label: &str, value: String, unit: &str) -> Line {
    [inert(&plain(part)), inert(&plain(label)), value, inert(&plain(unit))]
}

/// The text with an apostrophe before it where a spreadsheet would take it for a formula, a date or
/// a number, or where it begins with one itself.
pub(super) fn inert(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'']);
    if formula || is_typed(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text as it was before [`inert`].
pub(super) fn live(text: &str) -> &str {
    text.strip_prefix('\'').filter(|bare| inert(bare) == text).unwrap_or(text)
}

/// Whether a spreadsheet could take the text for a number, a date, a time, money, a share or a truth:
/// it has a digit, and no word but those of dates.
fn is_typed(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if ["true", "false"].contains(&lower.as_str()) {
        return true;
    }
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let of_a_date = |word: &str| {
        ["am", "pm", "a", "p", "e", "st", "nd", "rd", "th", "gbp"].contains(&word) || months.iter().any(|month| word.starts_with(month))
    };
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    lower.contains(char::is_numeric)
        && lower.chars().all(|c| c.is_alphanumeric() || " \u{a0}.,:;/-'()%£$€+".contains(c))
        && words.all(of_a_date)
}

fn written(lines: &[Line]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for line in lines {
        writer.write_record(line)?;
    }
    writer.into_inner().map_err(|stopped| csv::Error::from(stopped.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::{awkward, quarter, year};

    fn text(release: &Release) -> String {
        String::from_utf8(csv(release)).unwrap()
    }

    fn bare(release: &Release) -> String {
        text(release).trim_start_matches(BYTE_ORDER_MARK).replace("\r\n", "\n")
    }

    #[test]
    fn a_quarter() {
        insta::assert_snapshot!(bare(&quarter()));
    }

    #[test]
    fn a_year() {
        insta::assert_snapshot!(bare(&year()));
    }

    #[test]
    fn awkward_labels() {
        insta::assert_snapshot!(bare(&awkward()));
    }

    #[test]
    fn every_line_ends_as_the_standard_says() {
        for release in [quarter(), year(), awkward()] {
            let text = text(&release);
            assert!(text.starts_with("\u{feff}Part,Line,Value,Unit\r\n"));
            assert!(text.ends_with("\r\n"));
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        }
    }

    #[test]
    fn no_cell_starts_a_formula() {
        let bytes = csv(&awkward());
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let cells: Vec<String> = reader.records().flat_map(|line| line.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
        assert!(cells.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])));
        for guarded in ["'=HYPERLINK(\"http://example.test\") · Seen", "'-2 · Seen", "' @x, y · Seen", "'+1"] {
            assert!(cells.iter().any(|cell| cell == guarded), "{guarded}");
        }
    }

    #[test]
    fn the_signs_of_a_formula_are_guarded_in_full_width_too() {
        for formula in ["＝1", "＋1", "－x", "＠x", " ＝1"] {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn no_text_is_taken_for_a_date_or_a_number() {
        for taken in
            ["1-2", "6/11", "3 Mar", "Mar 2026", "march 1st", "1e5", "10 %", "£5", "12:30", "5 pm", "TRUE", "1 234", "(5)", "½", "٣"]
        {
            assert_eq!(inert(taken), format!("'{taken}"), "{taken}");
        }
        for kept in ["0–5 months", "Step 1", "[c]", "2026-Q3", "July to September 2026", "Total", "", "Over 36 months", "May", "9f2c 71aa"]
        {
            assert_eq!(inert(kept), kept, "{kept}");
        }
    }

    #[test]
    fn a_guarded_text_is_itself_again() {
        for text in ["1-2", "'1-2", "''=x", "=x", "x", "'", "'x", "", "0–5 months"] {
            assert_eq!(live(&inert(text)), text, "{text}");
        }
    }

    #[test]
    fn a_withheld_table_says_so_and_no_more() {
        let text = text(&awkward());
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("A small team")).collect();
        assert_eq!(lines, ["A small team,Withheld,This table is not in this release.,"]);
    }
}
