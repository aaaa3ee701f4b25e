//! What a table counts, said before anything is counted. A specification is named and versioned;
//! there is no filter beside it.

use serde::{Deserialize, Serialize};

/// One table as it may be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// `caseload_by_age`. With the version it names what is counted, for good.
    pub name: String,
    /// From 1; another one for any other way of counting.
    pub version: u32,
    /// "Open caseload by infant’s age".
    pub title: String,
    /// What one count is, in the plural: "infants".
    pub unit: String,
    /// How it is counted, in sentences that are printed below the table.
    pub note: String,
    /// The finest classes of a line, in the order of their code list.
    pub classes: Vec<String>,
    /// How classes are put together into lines: first as the table is asked for, then coarser, the
    /// least loss first.
    pub bandings: Vec<Banding>,
    /// The columns, in the order of their code list; none for a one-way table.
    pub columns: Vec<String>,
    /// What its numbers are made of.
    pub counts: Counts,
    /// Whether one contributor can stand in several lines. Then each line divides all of them into
    /// the columns, and there is one total for all lines.
    pub several: bool,
    /// Whether zeros are printed.
    pub zeros: Zeros,
    /// Whether it would harm to know that nearly everybody of a line is in one place.
    pub sensitive: bool,
    /// Places that nothing can be counted in, as `(class, column)`; they are printed as zero.
    pub impossible: Vec<(usize, usize)>,
    /// What is known of a number from one day to a later one.
    pub over_time: OverTime,
}

/// Classes put together into lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Banding {
    /// What it does, in words for whoever chooses it: "put 24–36 months with 12–23 months". Empty
    /// for the table as it is asked for.
    pub says: String,
    /// The lines; every class is in one of them.
    pub lines: Vec<Line>,
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// "0–5 months".
    pub label: String,
    /// Its classes, by their number.
    pub classes: Vec<usize>,
}

/// What the numbers of a table are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Of units; of one place, a contributor can know up to this many to be its own: 1 of families, 3 of
    /// infants, because of twins and triplets.
    Units(u32),
    /// Sums over contributors, such as contacts: many of them can be of one family.
    Sums,
}

/// Whether a printed table has zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zeros {
    /// They are printed, so that every hidden number is at least 1.
    Shown,
    /// They are hidden as small counts are; only what is impossible is printed as zero.
    Hidden,
}

/// What is known of the numbers of one day when those of an earlier day are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverTime {
    /// Nothing: it counts what happened in a period.
    Period,
    /// It counts what happened in several periods that another specification counts one by one, class
    /// by class and column by column.
    Periods {
        /// The name of that specification.
        of: String,
        /// How many periods; the last one ends on the same day.
        count: u32,
    },
    /// It counts who is there on a day. Who stays for a quarter goes from a class to one of these,
    /// by itself; beyond that somebody can be moved to any class if `moves`.
    Day {
        /// For each class the classes in which one of it can be a quarter later.
        next: Vec<Vec<usize>>,
        /// Whether a person can place somebody in another class.
        moves: bool,
    },
}

impl Spec {
    /// The classes of one line and column, as places: `class * columns + column`.
    pub(crate) fn places(&self, line: &Line, column: Option<usize>) -> Vec<usize> {
        let width = self.width();
        let columns = column.map_or(0..width, |column| column..column + 1);
        line.classes.iter().flat_map(|class| columns.clone().map(move |column| class * width + column)).collect()
    }

    /// Whether the places of another specification of this name are the same: then both count the same units in them. A later version
    /// may have other lines and other words, and still does.
    pub(crate) fn has_places_of(&self, other: &Self) -> bool {
        let same_size = self.classes.len() == other.classes.len() && self.columns.len() == other.columns.len();
        let same_words = self.classes == other.classes && self.columns == other.columns;
        same_size
            && (self.version == other.version || same_words)
            && self.several == other.several
            && self.counts == other.counts
            && self.impossible == other.impossible
    }

    /// How many columns there are; 1 for a one-way table.
    pub fn width(&self) -> usize {
        self.columns.len().max(1)
    }
}
