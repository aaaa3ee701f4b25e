//! Statistical disclosure control: tables of counts in, protected tables and rendered bytes out.
//!
//! This crate knows no family, no SQL, no clock and no file. The way through it has one direction:
//! a [`Table`] of true counts → [`protect()`] → a [`Protected`] table that no longer holds what it
//! hides → a [`Release`] → [`csv()`] or [`page()`]. The writers take only protected tables, so a true
//! small count cannot reach a file. What the protection promises, and what it does not, is in
//! [`protect`](mod@protect).

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod protect;
pub mod protected;
pub mod render;
pub mod table;

#[cfg(test)]
mod attack;

pub use protect::{protect, protect_overlapping};
pub use protected::{Cell, Protected};
pub use render::{Release, csv, page};
pub use table::{Row, Table};
