//! The CSV file of a release, as the checker reads it: which release it is, and what it prints.

use crate::{Proof, Refused};

/// The first line of a file, with what tells a spreadsheet that it is UTF-8 before it.
const HEAD: &str = "\u{feff}Part,Line,Value,Unit";
const ABOUT: &str = "About this release";
const READING: &str = "Specification";

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
        self.is_of(release, printed.map(|[part, label, value, _]| (part.as_str(), label.as_str(), value.as_str())))?;
        let digest = lines.iter().find(|[part, label, ..]| part == ABOUT && label == "Proof").map(|line| line[2].as_str());
        match digest {
            Some(said) if !said.contains(&self.digest) => Err(Refused::File("the file names another proof".to_owned())),
            _ => Ok(()),
        }
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
