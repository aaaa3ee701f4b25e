//! Tables as they may be published. They do not hold what they hide.

use serde::{Deserialize, Serialize};

use crate::rule::Rule;
use crate::spec::{Spec, Zeros};

/// Everything that leaves at once, protected. Made by [`protect`](crate::protect()) only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Names it in the register: "2026-Q3".
    pub name: String,
    /// The day it is of.
    pub when: When,
    /// Whether it has left, or is to. What has not was only looked at: an insider has seen it, nobody else.
    pub left: bool,
    /// The rule it was protected by.
    pub rule: Rule,
    /// Its tables.
    pub tables: Vec<Protected>,
}

/// The end of a quarter, as it was recorded at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When {
    /// The quarter, counted from any one quarter on: the quarter after is one more.
    pub quarter: i32,
    /// 0 for the first frame that was made of it; one more each time it was made anew. Publications of
    /// one `When` are of the very same counts.
    pub frame: u32,
}

/// A protected table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protected {
    pub(crate) spec: Spec,
    pub(crate) banding: usize,
    /// Row by row, with the line of totals last; each with the total of its line last. Empty if the
    /// table is withheld.
    pub(crate) cells: Vec<Cell>,
}

/// What a place of a protected table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A number, rounded if the rule rounds.
    Shown(u64),
    /// Hidden, for whatever cause.
    Hidden,
    /// Nothing stands here: there is no such total.
    Nothing,
}

/// What stands in the place of a table that is not in a release, whatever the cause.
pub const WITHHELD: &str = "This table is not in this release.";

impl Protected {
    /// Names the specification.
    pub fn name(&self) -> &str {
        &self.spec.name
    }

    /// What is counted, and how.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// What is counted and by what.
    pub fn title(&self) -> &str {
        &self.spec.title
    }

    /// What one count is, in the plural.
    pub fn unit(&self) -> &str {
        &self.spec.unit
    }

    /// The sentences below the table; empty for none.
    pub fn note(&self) -> &str {
        &self.spec.note
    }

    /// Whether there is no table. [`WITHHELD`] is all that may be said of it.
    pub fn is_withheld(&self) -> bool {
        self.cells.is_empty()
    }

    /// Which of the bandings of its specification it is in.
    pub fn banding(&self) -> usize {
        self.banding
    }

    /// The labels of its lines, in the order of the code list, without the line of totals.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.spec.bandings[self.banding].lines.iter().map(|line| line.label.as_str())
    }

    /// The labels of its columns; none for a one-way table.
    pub fn columns(&self) -> &[String] {
        &self.spec.columns
    }

    /// What is shown in a line and column. The last line and the last column, one beyond the
    /// labelled ones, are the totals; a one-way table has column 0 only.
    pub fn cell(&self, line: usize, column: usize) -> Cell {
        self.cells.get(line * self.stride() + column).copied().unwrap_or(Cell::Nothing)
    }

    /// The total of the whole table.
    pub fn total(&self) -> Cell {
        self.cells.last().copied().unwrap_or(Cell::Nothing)
    }

    /// Every place that shows something, line by line: `(line, column, cell)`.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, Cell)> {
        let stride = self.stride();
        self.cells.iter().enumerate().map(move |(at, cell)| (at / stride, at % stride, *cell)).filter(|(.., cell)| *cell != Cell::Nothing)
    }

    /// How many places are hidden.
    pub fn hidden(&self) -> usize {
        self.cells.iter().filter(|cell| **cell == Cell::Hidden).count()
    }

    /// How many places a line has, its total included.
    pub(crate) fn stride(&self) -> usize {
        if self.spec.columns.is_empty() { 1 } else { self.spec.columns.len() + 1 }
    }

    /// The name of a place, the same in the file and in the proof: "Home visit · Attended",
    /// "Home visit", "Total · Attended", "Total".
    pub fn place(&self, line: usize, column: usize) -> String {
        let line = self.lines().nth(line).unwrap_or("Total");
        match self.spec.columns.get(column) {
            Some(column) => format!("{line} · {column}"),
            None => line.to_owned(),
        }
    }

    /// Whether zeros are hidden as small counts are.
    pub(crate) fn floor(&self) -> u32 {
        match self.spec.zeros {
            Zeros::Shown => 1,
            Zeros::Hidden => 0,
        }
    }
}
