//! The CSV file of a release, as the checker reads it: which release it is, and what it prints.

use std::collections::BTreeSet;

use crate::{Cell, Proof, Refused};

/// The first line of a file, with what tells a spreadsheet that it is UTF-8 before it.
const HEAD: &str = "\u{feff}Part,Line,Value,Unit";
const ABOUT: &str = "About this release";
const READING: &str = "Specification";

/// The unit of which many can be of one family.
const SUMS: &str = "contacts";

/// A line of the file: part, label, value, unit.
type Line = [String; 4];

impl Proof {
    /// Whether this is the proof of the release that a CSV file is of. It holds only if [`check`](Self::check) says so too.
    ///
    /// # Errors
    /// What the file has that the proof has not, or the other way round.
    pub fn is_of_file(&self, csv: &[u8]) -> Result<(), Refused> {
        let lines = lines(csv).ok_or_else(|| Refused::File("not the CSV file of a release".to_owned()))?;
        let said = |what: &str| lines.iter().find(|[part, label, ..]| part == READING && label == what).map(|line| line[2].as_str());
        let release = said("Release").ok_or_else(|| Refused::File("Release".to_owned()))?;
        // What has no unit is no number: a note, or that a table is withheld.
        let printed = lines.iter().filter(|[part, .., unit]| part != ABOUT && part != READING && !unit.is_empty());
        self.is_of(release, printed.clone().map(|[part, label, value, _]| (part.as_str(), label.as_str(), value.as_str())))?;
        let number = |what: &str| said(what).and_then(|text| text.parse::<u32>().ok()).ok_or_else(|| Refused::File(what.to_owned()));
        let (small, base, sums) = (number("Small below")?, number("Rounded to")?, number("Sums from")?);
        let sums_from = |cell: &Cell| {
            let is_here = |line: &&Line| (line[0] == cell.table) && (line[1] == cell.line);
            if printed.clone().find(is_here).is_some_and(|line| line[3] == SUMS) { small.max(sums) } else { small }
        };
        let here = || self.cells.iter().filter(|cell| cell.release == release);
        if self.threshold != small || !here().all(|cell| cell.base == base && cell.from >= sums_from(cell)) {
            return Err(Refused::File("the proof is of another rule".to_owned()));
        }
        if !here().filter(|cell| cell.line == "Total").all(|total| self.adds_up(total)) {
            return Err(Refused::File("the proof has totals that are not those of their lines".to_owned()));
        }
        let digest = lines.iter().find(|[part, label, ..]| part == ABOUT && label == "Proof").map(|line| line[2].as_str());
        match digest {
            Some(said) if !said.contains(&self.digest) => Err(Refused::File("the file names another proof".to_owned())),
            _ => Ok(()),
        }
    }
}

impl Proof {
    /// Whether a total is the sum of its lines; or, where one contributor stands in several lines, a fact says of each line that it
    /// divides all of them.
    fn adds_up(&self, total: &Cell) -> bool {
        let variables = |cell: &Cell| cell.sum.iter().map(|(variable, _)| *variable).collect::<BTreeSet<usize>>();
        let whole = variables(total);
        let lines = self.cells.iter().filter(|cell| cell.release == total.release && cell.table == total.table && cell.line != total.line);
        let inside: BTreeSet<usize> = lines.flat_map(variables).collect();
        let divides = |variable: &usize| {
            self.facts.iter().any(|fact| {
                let all = whole.iter().all(|total| fact.sum.contains(&(*total, -1)));
                all && (fact.least, fact.most) == (Some(0), Some(0)) && fact.sum.contains(&(*variable, 1))
            })
        };
        inside == whole || !whole.is_empty() && whole.is_disjoint(&inside) && inside.iter().all(divides)
    }
}

fn lines(csv: &[u8]) -> Option<Vec<Line>> {
    let text = std::str::from_utf8(csv).ok()?;
    let rows = text.strip_prefix(HEAD)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
    let mut lines: Vec<Line> = reader.deserialize().collect::<Result<_, _>>().ok()?;
    // An apostrophe keeps a spreadsheet from taking a text for a formula or a date.
    lines.iter_mut().flatten().for_each(|text| *text = text.strip_prefix('\'').unwrap_or(text).to_owned());
    Some(lines)
}
