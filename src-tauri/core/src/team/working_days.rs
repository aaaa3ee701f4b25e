//! Working days: Monday to Friday without the bank holidays of Northern Ireland.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::team::bank_holidays;

/// A day that was found by counting working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub on: NaiveDate,
    /// The first year through which weekdays were counted alone, because its
    /// bank holidays are not known. The true day may be later.
    pub without: Option<i32>,
}

/// Whether the team works on a day, as far as the bank holidays of its year are known.
#[must_use]
pub fn works_on(date: NaiveDate) -> bool {
    !is_weekend(date) && bank_holidays::is_one(date) != Some(true)
}

/// The `days`th working day after `from`, itself not counted.
#[must_use]
pub fn after(from: NaiveDate, days: u32) -> Counted {
    let mut counted = Counted { on: from, without: None };
    let mut left = days;
    while left > 0 {
        let Some(next) = counted.on.succ_opt() else { return counted };
        counted.on = next;
        if !is_weekend(next) && bank_holidays::is_one(next).is_none() {
            counted.without = counted.without.or(Some(next.year()));
        }
        left -= u32::from(works_on(next));
    }
    counted
}

impl Counted {
    /// What is to be known of the count beside the day itself: `Attune does not
    /// know the bank holidays of 2031, so only weekends were left out`; empty if nothing.
    #[must_use]
    pub fn caveat(self) -> String {
        let known = |year| format!("Attune does not know the bank holidays of {year}, so only weekends were left out");
        self.without.map(known).unwrap_or_default()
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests;
