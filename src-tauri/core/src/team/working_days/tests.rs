//! Working days against a naive count, and the table of bank holidays against
//! the rules it follows.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::team::bank_holidays::{Basis, YEARS};

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Easter Sunday (the anonymous Gregorian reckoning).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    ymd(year, month.unsigned_abs(), day.unsigned_abs())
}

/// The first day from `date` on, or back, that is a Monday.
fn monday(date: NaiveDate, step: impl Fn(NaiveDate) -> NaiveDate) -> NaiveDate {
    std::iter::successors(Some(date), |day| Some(step(*day))).find(|day| day.weekday() == Weekday::Mon).unwrap()
}

/// The holidays of a year by the rules, each of a weekend on the next day that is neither weekend nor holiday.
fn by_the_rules(year: i32) -> BTreeSet<NaiveDate> {
    let (on, back) = (|day: NaiveDate| day + Days::new(1), |day: NaiveDate| day - Days::new(1));
    let days = [
        ymd(year, 1, 1),
        ymd(year, 3, 17),
        easter(year) - Days::new(2),
        easter(year) + Days::new(1),
        monday(ymd(year, 5, 1), on),
        monday(ymd(year, 5, 31), back),
        ymd(year, 7, 12),
        monday(ymd(year, 8, 31), back),
        ymd(year, 12, 25),
        ymd(year, 12, 26),
    ];
    let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let mut all: BTreeSet<NaiveDate> = days.into_iter().filter(|day| !weekend(day)).collect();
    for moved in days.iter().filter(|day| weekend(day)) {
        let mut to = on(*moved);
        while weekend(&to) || all.contains(&to) {
            to = on(to);
        }
        all.insert(to);
    }
    all
}

#[test]
fn the_bank_holidays_of_every_year_follow_the_rules_of_northern_ireland() {
    for (year, before) in YEARS.iter().zip(2024..) {
        assert_eq!(year.year, before + 1, "no year is missing");
        let told: BTreeSet<NaiveDate> = year.days.iter().map(|(month, day)| ymd(year.year, *month, *day)).collect();
        assert_eq!(told, by_the_rules(year.year), "{}", year.year);
    }
    let published: Vec<i32> = YEARS.iter().filter(|year| year.basis == Basis::Published).map(|year| year.year).collect();
    assert_eq!(published, [2025, 2026, 2027], "the others were not yet published");
}

#[test]
fn a_follow_up_day_is_counted_past_every_bank_holiday() {
    for (from, due) in [
        // Christmas and New Year, the substitute of Boxing Day among them.
        (ymd(2026, 12, 23), ymd(2027, 1, 4)),
        (ymd(2027, 12, 24), ymd(2028, 1, 5)),
        // Easter takes two days.
        (ymd(2027, 3, 25), ymd(2027, 4, 5)),
        // The Twelfth, and the Monday in its place.
        (ymd(2028, 7, 11), ymd(2028, 7, 19)),
        (ymd(2026, 7, 10), ymd(2026, 7, 20)),
        // St Patrick on a Saturday and on a Sunday.
        (ymd(2029, 3, 16), ymd(2029, 3, 26)),
        (ymd(2030, 3, 15), ymd(2030, 3, 25)),
        // The first Monday of August is worked.
        (ymd(2027, 7, 30), ymd(2027, 8, 6)),
        (ymd(2026, 11, 28), ymd(2026, 12, 4)),
    ] {
        assert_eq!(after(from, 5), Counted { on: due, without: None }, "{from}");
    }
}

#[test]
fn a_year_whose_bank_holidays_are_not_known_says_so() {
    // Christmas of 2030 is known.
    assert_eq!(after(ymd(2030, 12, 20), 5), Counted { on: ymd(2030, 12, 31), without: None });
    assert_eq!(after(ymd(2030, 12, 31), 5), Counted { on: ymd(2031, 1, 7), without: Some(2031) });
    assert_eq!(after(ymd(2024, 12, 20), 5), Counted { on: ymd(2024, 12, 27), without: Some(2024) });
    let said = after(ymd(2030, 12, 31), 5).caveat();
    assert_eq!(said, "Attune does not know the bank holidays of 2031, so only weekends were left out");
    assert_eq!(after(ymd(2030, 12, 20), 5).caveat(), "");
}

proptest! {
    /// Six years of bank holidays: the day is the one on which so many working
    /// days are over, counted one by one.
    #[test]
    fn follow_up_days_are_those_of_a_naive_count(day in 0_u64..2_150, days in 1_u32..30) {
        let from = ymd(2025, 1, 1) + Days::new(day);
        let holidays: BTreeSet<NaiveDate> = (2025..=2030).flat_map(by_the_rules).collect();
        let worked = |day: &NaiveDate| day.weekday().num_days_from_monday() < 5 && !holidays.contains(day);
        let naive = from.iter_days().skip(1).filter(worked).nth(days as usize - 1).unwrap();
        let counted = after(from, days);
        prop_assert_eq!(counted.on, naive);
        prop_assert_eq!(counted.without, (naive.year() > 2030).then_some(2031));
        prop_assert!(works_on(counted.on));
    }
}
