//! The bank holidays of Northern Ireland, as data.
//!
//! Source: GOV.UK, “UK bank holidays”, Northern Ireland (gov.uk/bank-holidays, the list that nidirect shows too). It publishes
//! about two years ahead. What lies further follows from the rules: the Banking and Financial Dealings Act 1971, Schedule 1,
//! paragraph 3 (17 March or the next day, Easter Monday, the last Mondays of May and August, 26 December, 27 December
//! where Christmas or Boxing Day is a Sunday), what is proclaimed each year (New Year, the first Monday of May, 12 July
//! and the substitutes of what falls on a Saturday), and by custom Good Friday and Christmas Day. Northern Ireland has no
//! holiday on the first Monday of August.

use chrono::NaiveDate;

/// Where the days of a year come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// On the published list.
    Published,
    /// By the rules; not yet published when this was written. A holiday that is
    /// proclaimed for one year only is missing.
    Rules,
}

/// The bank holidays of a year.
#[derive(Debug, Clone, Copy)]
pub struct Year {
    /// Which year.
    pub year: i32,
    /// Where its days come from.
    pub basis: Basis,
    /// Month and day on which nobody works, in order: a substitute where the
    /// holiday itself is on a Saturday or Sunday.
    pub days: [(u32, u32); 10],
}

/// Every year that is known, without a gap.
pub const YEARS: [Year; 6] = [
    // New Year, St Patrick, Good Friday, Easter Monday, early May, spring, Battle of the Boyne, summer, Christmas, Boxing Day.
    published(2025, [(1, 1), (3, 17), (4, 18), (4, 21), (5, 5), (5, 26), (7, 14), (8, 25), (12, 25), (12, 26)]),
    published(2026, [(1, 1), (3, 17), (4, 3), (4, 6), (5, 4), (5, 25), (7, 13), (8, 31), (12, 25), (12, 28)]),
    published(2027, [(1, 1), (3, 17), (3, 26), (3, 29), (5, 3), (5, 31), (7, 12), (8, 30), (12, 27), (12, 28)]),
    by_rules(2028, [(1, 3), (3, 17), (4, 14), (4, 17), (5, 1), (5, 29), (7, 12), (8, 28), (12, 25), (12, 26)]),
    by_rules(2029, [(1, 1), (3, 19), (3, 30), (4, 2), (5, 7), (5, 28), (7, 12), (8, 27), (12, 25), (12, 26)]),
    by_rules(2030, [(1, 1), (3, 18), (4, 19), (4, 22), (5, 6), (5, 27), (7, 12), (8, 26), (12, 25), (12, 26)]),
];

const fn published(year: i32, days: [(u32, u32); 10]) -> Year {
    Year { year, basis: Basis::Published, days }
}

const fn by_rules(year: i32, days: [(u32, u32); 10]) -> Year {
    Year { year, basis: Basis::Rules, days }
}

/// Whether a day is a bank holiday; nothing where those of its year are not known.
#[must_use]
pub fn is_one(date: NaiveDate) -> Option<bool> {
    use chrono::Datelike;
    let year = YEARS.iter().find(|year| year.year == date.year())?;
    Some(year.days.contains(&(date.month(), date.day())))
}
