//! A CSV file of a release, read back to what was published. The register of a record that was
//! restored from an older copy takes what has left from the files themselves.

mod numbers;
mod refused;

use std::str::FromStr;

pub use refused::CsvRefused;

pub(crate) use numbers::said;
use numbers::{adds_up, is_impossible};

use super::sheet::{ABOUT, BYTE_ORDER_MARK, HEAD, Line, READING, inert, live, table as lines_of};
use super::{FACTS, HIDDEN, HIDDEN_MEANS, NOT_INCLUDED, plain};
use crate::publication::{Cell, Protected, Publication, When};
use crate::rule::Rule;
use crate::spec::Spec;

/// What has left in the file of a release that [`csv`](super::csv()) wrote. `specs` are all
/// that are known, of every version.
///
/// # Errors
/// Every way in which the file is not one that `csv` can have written of a publication that the
/// rule can have made: see [`CsvRefused`].
pub fn read_csv(bytes: &[u8], specs: &[Spec]) -> Result<Publication, CsvRefused> {
    let mut file = File::of(bytes)?;
    let rule_in_words = about(&mut file)?;
    let number = |text: String| text.parse::<u32>().ok().filter(|number| number.to_string() == text);

    let name = live(&file.value(READING, "Release", "")?).to_owned();
    let quarter = live(&file.value(READING, "Quarter", "")?).to_owned();
    let frame = file.value(READING, "Frame", "")?;
    let numbers = [("Small below", ""), ("Rounded to", ""), ("Smallest frame", "families"), ("Sums from", "families")];
    let [threshold, base, smallest_frame, sums_from] = numbers.map(|(what, unit)| file.value(READING, what, unit).map(number));
    let (Some(threshold), Some(base), Some(smallest_frame), Some(sums_from)) = (threshold?, base?, smallest_frame?, sums_from?) else {
        return Err(CsvRefused::OtherRule);
    };
    let rule = Rule { threshold, base, smallest_frame, sums_from };
    if !(3..=11).contains(&threshold) || base == 0 || rule_in_words != inert(&rule.words()) {
        return Err(CsvRefused::OtherRule);
    }
    let when = When {
        quarter: i32::from_str(&quarter).ok().filter(|number| number.to_string() == quarter).ok_or_else(|| missing(READING, "Quarter"))?,
        frame: number(frame).ok_or_else(|| missing(READING, "Frame"))?,
    };

    let mut named = Vec::new();
    loop {
        let next = format!("Table {}", named.len() + 1);
        if file.next().is_none_or(|line| line[0] != READING || line[1] != next) {
            break;
        }
        named.push(specified(live(&file.value(READING, &next, "")?), specs)?);
    }
    let tables = named.into_iter().map(|(spec, banding)| table(&mut file, &rule, spec, banding)).collect::<Result<_, _>>()?;
    match file.next() {
        Some(_) => Err(file.refuse_next(None)),
        None => Ok(Publication { name, when, left: true, rule, tables }),
    }
}

fn missing(part: &str, line: &str) -> CsvRefused {
    CsvRefused::Missing { what: (part.to_owned(), line.to_owned()) }
}

/// The lines of a file, taken one after the other.
struct File {
    lines: Vec<Line>,
    at: usize,
}

impl File {
    fn of(bytes: &[u8]) -> Result<Self, CsvRefused> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let lines: Result<Vec<Line>, csv::Error> = reader.deserialize().collect();
        match lines {
            Ok(lines) if lines.first().is_some_and(|head| *head == HEAD) => Ok(Self { lines, at: 1 }),
            _ => Err(CsvRefused::NotAReleaseFile),
        }
    }

    fn next(&self) -> Option<&Line> {
        self.lines.get(self.at)
    }

    /// The value of the line that must come next.
    fn value(&mut self, part: &str, label: &str, unit: &str) -> Result<String, CsvRefused> {
        let [part, label, unit] = [part, label, unit].map(|text| inert(&plain(text)));
        match self.next() {
            Some(line) if line[0] == part && line[1] == label && line[3] == unit => {
                let value = line[2].clone();
                self.at += 1;
                Ok(value)
            }
            _ => Err(self.refuse_next(Some((part, label)))),
        }
    }

    /// Takes the line that must come next, word for word.
    fn exactly(&mut self, line: &Line) -> Result<(), CsvRefused> {
        if self.next() != Some(line) {
            return Err(self.refuse_next(Some((line[0].clone(), line[1].clone()))));
        }
        self.at += 1;
        Ok(())
    }

    /// Why the next line is not the one that should come: it came already, or that one is missing.
    fn refuse_next(&self, should: Option<(String, String)>) -> CsvRefused {
        let line = self.at + 1;
        let came = self.next().is_some_and(|next| self.lines[..self.at].iter().any(|before| before[..2] == next[..2]));
        match should {
            _ if came => CsvRefused::Twice { line },
            Some(what) => CsvRefused::Missing { what },
            None => CsvRefused::Unexpected { line },
        }
    }
}

/// Reads what the release says of itself, and answers its rule in words.
fn about(file: &mut File) -> Result<String, CsvRefused> {
    let mut rule = String::new();
    for (what, always) in FACTS {
        if !always && file.next().is_none_or(|line| line[0] != ABOUT || line[1] != what) {
            continue;
        }
        let value = file.value(ABOUT, what, "")?;
        match what {
            "Rule" => rule = value,
            "Not in this file" if value != NOT_INCLUDED => return Err(missing(ABOUT, what)),
            HIDDEN if value != HIDDEN_MEANS => return Err(missing(ABOUT, what)),
            _ => {}
        }
    }
    Ok(rule)
}

/// The specification and banding of "caseload_by_age, version 1, banding 0".
fn specified(what: &str, specs: &[Spec]) -> Result<(Spec, usize), CsvRefused> {
    let of = |spec: &Spec| format!("{}, version {}, banding ", plain(&spec.name), spec.version);
    let spec = specs.iter().find(|spec| what.starts_with(&of(spec)));
    let spec = spec.ok_or_else(|| CsvRefused::UnknownSpecification { what: what.to_owned() })?;
    let banding = (0..spec.bandings.len()).find(|banding| what == format!("{}{banding}", of(spec)));
    let banding = banding.ok_or_else(|| CsvRefused::OtherBanding { what: what.to_owned() })?;
    Ok((spec.clone(), banding))
}

fn table(file: &mut File, rule: &Rule, spec: Spec, banding: usize) -> Result<Protected, CsvRefused> {
    let mut table = Protected { spec, banding, cells: Vec::new() };
    let withheld = lines_of(&table);
    if file.next() == withheld.first() {
        withheld.iter().try_for_each(|line| file.exactly(line))?;
        return Ok(table);
    }
    let lines = table.lines().count();
    for line in 0..=lines {
        for column in 0..table.stride() {
            let cell = if has_place(&table, line, column) { cell(file, rule, &table, line, column)? } else { Cell::Nothing };
            table.cells.push(cell);
        }
    }
    if !table.note().is_empty() {
        file.exactly(&[table.title(), "Note", table.note(), ""].map(|text| inert(&plain(text))))?;
    }
    adds_up(rule, &table)?;
    Ok(table)
}

/// Whether a table has something in a place. Where a contributor can stand in several lines there is
/// one total for all of them.
fn has_place(table: &Protected, line: usize, column: usize) -> bool {
    let of_lines = line == table.lines().count();
    let of_columns = !table.columns().is_empty() && column == table.columns().len();
    match (of_lines, of_columns) {
        (false, false) | (true, true) => true,
        (true, false) => !table.spec.several || table.columns().is_empty(),
        (false, true) => !table.spec.several,
    }
}

fn cell(file: &mut File, rule: &Rule, table: &Protected, line: usize, column: usize) -> Result<Cell, CsvRefused> {
    let place = table.place(line, column);
    let value = file.value(table.title(), &place, table.unit())?;
    let impossible = || CsvRefused::Impossible { what: (table.title().to_owned(), place.clone()) };
    let cell = match value.parse::<u64>() {
        Ok(number) if number.to_string() == value => Cell::Shown(number),
        _ if value == HIDDEN => Cell::Hidden,
        _ => return Err(impossible()),
    };
    let nobody = is_impossible(table, line, column);
    if said(rule, table, cell, nobody).is_none() || (nobody && cell != Cell::Shown(0)) {
        return Err(impossible());
    }
    Ok(cell)
}

#[cfg(test)]
mod tests;
