//! A calendar quarter, which a summary is of.

use chrono::{Datelike, NaiveDate};

use crate::error;
use crate::record::cell::{Cell, Kept, Stored};
use crate::record::names::Names;
use crate::release::SummaryRefused;

/// A calendar quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u32,
}

impl Quarter {
    /// The quarter of a code such as `2026-Q3`.
    ///
    /// # Errors
    /// [`SummaryRefused::NotAPeriod`].
    pub fn parse(code: &str) -> Result<Self, SummaryRefused> {
        let parsed =
            code.trim().split_once("-Q").and_then(|(year, number)| Some(Self { year: year.parse().ok()?, number: number.parse().ok()? }));
        parsed
            .filter(|quarter| (2000..=2200).contains(&quarter.year) && (1..=4).contains(&quarter.number))
            .ok_or(SummaryRefused::NotAPeriod)
    }

    /// The quarter a day is in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), number: date.month0() / 3 + 1 }
    }

    /// The quarter before.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.number == 1 { Self { year: self.year - 1, number: 4 } } else { Self { year: self.year, number: self.number - 1 } }
    }

    /// The quarter after.
    #[must_use]
    pub const fn after(self) -> Self {
        if self.number == 4 { Self { year: self.year + 1, number: 1 } } else { Self { year: self.year, number: self.number + 1 } }
    }

    /// Its number among all quarters: that after it is one more.
    #[must_use]
    pub const fn index(self) -> i32 {
        self.year * 4 + self.number.cast_signed() - 1
    }

    /// The quarter of a number.
    #[must_use]
    pub const fn of_index(index: i32) -> Self {
        Self { year: index.div_euclid(4), number: index.rem_euclid(4).unsigned_abs() + 1 }
    }

    /// `2026-Q3`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}-Q{}", self.year, self.number)
    }

    /// `July to September 2026`.
    #[must_use]
    pub fn words(self) -> String {
        let months = ["January to March", "April to June", "July to September", "October to December"];
        format!("{} {}", months[self.number as usize - 1], self.year)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, (self.number - 1) * 3 + 1, 1).unwrap_or_default()
    }

    /// The day after its last.
    #[must_use]
    pub fn day_after(self) -> NaiveDate {
        self.after().first_day()
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.day_after().pred_opt().unwrap_or_default()
    }
}

impl Cell for Quarter {
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
