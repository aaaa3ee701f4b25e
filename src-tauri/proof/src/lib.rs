//! Proofs that published counts hide what they hide.
//!
//! A [`Proof`] says what an attacker knows, as whole numbers and sums of them, and shows for every
//! hidden number that each small value is possible: a *witness* is one whole world that agrees with
//! all that was published. [`check`](Proof::check) needs no solver, no record and no trust in
//! whoever made the proof; `tests/attack/check_proof.py` is a second checker that shares nothing
//! with it but the format.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod check;
mod file;
mod read;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use check::{Demand, Refused, total};
pub use read::Printed;

/// What is printed in place of every hidden number.
pub const HIDDEN: &str = "[c]";

/// What an attacker knows of one publication and those before it, and the worlds that agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// 1.
    pub format: u32,
    /// Which publication this is about, and what the attacker is taken to know.
    pub subject: String,
    /// The smallest number that may be known: below it, and above zero, a count is small. 3 to 11.
    pub threshold: u32,
    /// The whole numbers of a world.
    pub variables: Vec<Variable>,
    /// What is known of them beside what is printed.
    pub facts: Vec<Fact>,
    /// Every number that was printed, or hidden.
    pub cells: Vec<Cell>,
    /// Differences of printed numbers that would be a small count themselves.
    pub differences: Vec<Difference>,
    /// Whole worlds, each a value for every variable.
    pub witnesses: Vec<Vec<i64>>,
    /// SHA-256, in hex, of this proof as compact JSON with an empty digest.
    pub digest: String,
}

/// One whole number of a world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// "2026-09-30 caseload_by_step: Step 1".
    pub name: String,
    /// Never less than this.
    pub least: i64,
    /// Never more than this; none if nothing bounds it.
    pub most: Option<i64>,
}

/// A sum: `(variable, factor)`, each variable at most once.
pub type Sum = Vec<(usize, i64)>;

/// Something that is so in every world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Why: "Nobody is counted twice", "Two families joined".
    pub says: String,
    /// What it bounds.
    pub sum: Sum,
    /// Never less than this; none if nothing bounds it.
    pub least: Option<i64>,
    /// Never more than this; none if nothing bounds it.
    pub most: Option<i64>,
}

/// One place of a published table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Which publication: "2026-Q3".
    pub release: String,
    /// The title of its table.
    pub table: String,
    /// The label of its line.
    pub line: String,
    /// The sum of variables that it counts; factors are 1.
    pub sum: Sum,
    /// As printed: digits, or [`HIDDEN`].
    pub printed: String,
    /// What printed numbers are rounded to the nearest of; 1 if they are exact.
    pub base: u32,
    /// A printed number was at least this before it was rounded: the threshold, or more where the rule
    /// asks for more contributors of a sum than that.
    pub from: u32,
    /// A hidden number is at least this: 1 where zeros are printed, 0 where they are hidden too.
    pub floor: u32,
    /// How much of the number one contributor may know to be its own; 0 if nobody has a number here
    /// alone, as in a total.
    pub own: u32,
    /// The cells that this one is the sum of, or some of them, if they are printed too.
    pub parts: Vec<usize>,
}

/// The difference of two published numbers that count nested things, such as infants and families.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// What it would tell: "Families with more than one infant".
    pub says: String,
    /// The cell that is subtracted from.
    pub of: usize,
    /// The cell that is taken away.
    pub less: usize,
}
