//! Statistical disclosure control: tables of counts in, protected tables, proofs and rendered bytes out.
//!
//! This crate knows no family, no SQL, no clock and no file. The way through it has one direction:
//! a [`Tally`] of true counts → [`protect()`] → a [`Publication`] of [`Protected`] tables that no
//! longer hold what they hide, with a proof → a [`Release`] → its files: [`csv()`], [`xlsx()`],
//! [`page()`], a table to [`paste()`], [`bars()`]. The writers take only protected tables, so a true
//! small count cannot reach a file. What is said beyond counts is made by the rules of [`statistic`].

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod alone;
mod ask;
mod beside;
mod chance;
mod grid;
mod part;
mod protect;
mod prove;
mod publication;
pub mod render;
mod rule;
mod search;
#[cfg(test)]
mod simulated;
mod spec;
pub mod statistic;
mod tally;
#[cfg(test)]
mod testing;
mod truth;
mod union;
mod weight;
mod world;

pub use ask::{Advice, Ask, InAll, Known, Link, Outcome, Stopped, Verdict, Withheld};
pub use attune_proof::Proof;
pub use protect::{advise, protect};
pub use publication::{Cell, Protected, Publication, WITHHELD, When};
pub use render::{CsvRefused, Pasted, Release, TooLarge, bars, csv, page, paste, read_csv, xlsx};
pub use rule::Rule;
pub use spec::{Banding, Counts, Line, OverTime, Spec, Zeros};
pub use tally::{Contribution, Tally};
