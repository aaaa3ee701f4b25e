//! What figures are of: a calendar quarter, or a financial year from April to March.

use chrono::{Datelike, NaiveDate};

use crate::error;
use crate::record::cell::{Cell, Kept, Stored};
use crate::record::names::Names;
use crate::release::{Quarter, SummaryRefused};

/// What figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar quarter.
    Quarter(Quarter),
    /// A financial year.
    Year(FinancialYear),
}

/// A financial year: April to March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear {
    /// The calendar year of its April.
    begins: i32,
}

impl Period {
    /// The period of a code such as `2026-Q3` or `2026-27`.
    ///
    /// # Errors
    /// [`SummaryRefused::NotAPeriod`].
    pub fn parse(code: &str) -> Result<Self, SummaryRefused> {
        FinancialYear::parse(code).map(Self::Year).or_else(|_| Quarter::parse(code).map(Self::Quarter))
    }

    /// `2026-Q3`; `2026-27`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Quarter(quarter) => quarter.code(),
            Self::Year(year) => year.code(),
        }
    }

    /// `July to September 2026`; `April 2026 to March 2027`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Quarter(quarter) => quarter.words(),
            Self::Year(year) => year.words(),
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Quarter(quarter) => quarter.first_day(),
            Self::Year(year) => year.quarters()[0].first_day(),
        }
    }

    /// Its last day, which is that of its last quarter.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.last_quarter().last_day()
    }

    /// The quarter that ends with it: counts as at the last day are the same.
    #[must_use]
    pub fn last_quarter(self) -> Quarter {
        match self {
            Self::Quarter(quarter) => quarter,
            Self::Year(year) => year.quarters()[3],
        }
    }

    /// Whether it is a financial year.
    #[must_use]
    pub const fn is_year(self) -> bool {
        matches!(self, Self::Year(_))
    }

    /// Whether two periods have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }
}

impl FinancialYear {
    /// The year of a code such as `2026-27`.
    ///
    /// # Errors
    /// [`SummaryRefused::NotAPeriod`].
    pub fn parse(code: &str) -> Result<Self, SummaryRefused> {
        let parsed = code.trim().split_once('-').and_then(|(begins, _)| Some(Self { begins: begins.parse().ok()? }));
        parsed.filter(|year| (2000..=2200).contains(&year.begins) && year.code() == code.trim()).ok_or(SummaryRefused::NotAPeriod)
    }

    /// The financial year a day is in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { begins: if date.month() < 4 { date.year() - 1 } else { date.year() } }
    }

    /// The year before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self { begins: self.begins - 1 }
    }

    /// The year after.
    #[must_use]
    pub const fn after(self) -> Self {
        Self { begins: self.begins + 1 }
    }

    /// `2026-27`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}-{:02}", self.begins, (self.begins + 1).rem_euclid(100))
    }

    /// `April 2026 to March 2027`.
    #[must_use]
    pub fn words(self) -> String {
        format!("April {} to March {}", self.begins, self.begins + 1)
    }

    /// Its quarters, first to last.
    #[must_use]
    pub fn quarters(self) -> [Quarter; 4] {
        let first = Quarter::of(NaiveDate::from_ymd_opt(self.begins, 4, 1).unwrap_or_default());
        let second = first.after();
        [first, second, second.after(), second.after().after()]
    }
}

impl Cell for Period {
    fn kept(&self) -> Kept {
        self.code().kept()
    }
    fn read(value: Stored<'_>) -> Option<Self> {
        Self::parse(&String::read(value)?).ok()
    }
    fn said(&self, _: &dyn Names) -> error::Result<String> {
        Ok(self.words())
    }
}

impl Cell for FinancialYear {
    fn kept(&self) -> Kept {
        self.code().kept()
    }
    fn read(value: Stored<'_>) -> Option<Self> {
        Self::parse(&String::read(value)?).ok()
    }
    fn said(&self, _: &dyn Names) -> error::Result<String> {
        Ok(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_financial_year_goes_from_april_to_march() {
        let year = FinancialYear::parse("2026-27").unwrap();
        assert_eq!(year.quarters().map(Quarter::code), ["2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]);
        let period = Period::Year(year);
        assert_eq!((period.first_day(), period.last_day()), (day(2026, 4, 1), day(2027, 3, 31)));
        assert_eq!((period.code(), period.words()), ("2026-27".to_owned(), "April 2026 to March 2027".to_owned()));
        for (date, code) in [(day(2027, 3, 31), "2026-27"), (day(2027, 4, 1), "2027-28"), (day(2100, 1, 1), "2099-00")] {
            assert_eq!(FinancialYear::of(date).code(), code);
            assert_eq!(Period::parse(code).unwrap(), Period::Year(FinancialYear::of(date)));
        }
        assert_eq!((year.before().code(), year.after().code()), ("2025-26".to_owned(), "2027-28".to_owned()));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for code in ["", "2026", "2026-28", "2026-7", "2026-Q0", "2026-Q5", "26-27", "1999-00", "2026-27-28", "Q3"] {
            assert!(Period::parse(code).is_err(), "{code}");
        }
        assert_eq!(Period::parse(" 2026-Q3 ").unwrap().code(), "2026-Q3");
    }

    #[test]
    fn periods_overlap_when_they_share_a_day() {
        let of = |code| Period::parse(code).unwrap();
        for (one, other, overlap) in [
            ("2026-Q2", "2026-27", true),
            ("2027-Q1", "2026-27", true),
            ("2026-Q1", "2026-27", false),
            ("2026-Q3", "2026-Q4", false),
            ("2026-Q3", "2026-Q3", true),
        ] {
            assert_eq!(of(one).overlaps(of(other)), overlap, "{one} and {other}");
            assert_eq!(of(other).overlaps(of(one)), overlap, "{other} and {one}");
        }
    }
}
