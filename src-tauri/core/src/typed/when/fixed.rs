//! What a relative date meant when it was typed, against a count on fingers, and
//! that what the field keeps of it means the same on every later day: over every
//! midnight, the ends of months and years, leap days and clock changes.

use chrono::{Datelike, Days, NaiveTime, Weekday};
use proptest::prelude::*;

use super::*;

/// The last Sunday of a month: the clocks change in March and October.
fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let days = first.iter_days().take_while(|day| day.month() == month).filter(|day| day.weekday() == Weekday::Sun);
    days.last().unwrap()
}

/// The days about which a reader of the clock may be wrong, with the day before and after each.
fn days() -> Vec<NaiveDate> {
    let of = |year: i32| {
        let ymd = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let leap = NaiveDate::from_ymd_opt(year, 2, 29);
        [ymd(1, 1), ymd(3, 1), ymd(5, 31), ymd(12, 31), last_sunday(year, 3), last_sunday(year, 10)].into_iter().chain(leap)
    };
    (2024..=2031).flat_map(of).flat_map(|day| [day - Days::new(1), day, day + Days::new(1)]).collect()
}

/// Every quarter of an hour of a day that is lived: the skipped hour not, the repeated one twice.
fn moments(day: NaiveDate) -> impl Iterator<Item = Timestamp> {
    let begin = |day: NaiveDate| Timestamp::from_local(day.and_time(NaiveTime::MIN));
    let (from, to) = (begin(day), begin(day + Days::new(1)));
    (0..).map(move |quarter| from.plus_minutes(quarter * 15)).take_while(move |at| *at < to).chain([to.plus_minutes(-1)])
}

/// What a text means on a day, counted on fingers.
fn on_fingers(text: &str, lean: Lean, today: NaiveDate) -> NaiveDate {
    let step = |day: NaiveDate, forward: bool| if forward { day + Days::new(1) } else { day - Days::new(1) };
    let count = |n: usize, forward| (0..n).fold(today, |day, _| step(day, forward));
    let thursday = |from: NaiveDate, forward| {
        std::iter::successors(Some(from), |day| Some(step(*day, forward))).find(|day| day.weekday() == Weekday::Thu).unwrap()
    };
    let monday = |day: NaiveDate| std::iter::successors(Some(day), |day| day.pred_opt()).find(|day| day.weekday() == Weekday::Mon).unwrap();
    match text {
        "today" | "10:30" => today,
        "yesterday" => count(1, false),
        "tomorrow" => count(1, true),
        "+7d" => count(7, true),
        "-3d" => count(3, false),
        "+2w" => count(14, true),
        "thu" => thursday(today, lean == Lean::Future),
        "next thu" => thursday(monday(today) + Days::new(7), true),
        "last thu" => thursday(monday(today) - Days::new(7), true),
        other => panic!("{other}"),
    }
}

const RELATIVE: [&str; 9] = ["today", "10:30", "yesterday", "tomorrow", "+7d", "-3d", "+2w", "thu", "next thu"];

#[test]
fn a_relative_date_is_of_the_local_day_on_which_it_is_typed_at_every_midnight_and_clock_change() {
    for day in days() {
        for now in moments(day) {
            for text in RELATIVE.into_iter().chain(["last thu"]) {
                for lean in [Lean::Past, Lean::Future] {
                    let when = parse(text, lean, now).unwrap();
                    assert_eq!(when.date, on_fingers(text, lean, day), "“{text}” at {}", now.local());
                }
            }
        }
    }
}

#[test]
fn what_a_field_keeps_means_the_same_over_every_midnight_and_clock_change() {
    for day in days() {
        for typed in [(0, 0), (0, 30), (12, 0), (23, 59)].map(|(hour, minute)| day.and_hms_opt(hour, minute, 0).unwrap()) {
            let typed = Timestamp::from_local(typed);
            for text in RELATIVE.map(|text| if text.contains(':') { text.to_owned() } else { format!("{text} 14:00-15:05") }) {
                let when = parse(&text, Lean::Past, typed).unwrap();
                // A minute, an hour, two midnights, a week, over the next clock change, a year.
                for minutes in [1, 60, 24 * 60, 2 * 24 * 60, 7 * 24 * 60, 200 * 24 * 60, 365 * 24 * 60] {
                    for lean in [Lean::Past, Lean::Future] {
                        let later = parse(&when.fixed(""), lean, typed.plus_minutes(minutes));
                        assert_eq!(later, Ok(when), "“{text}” typed at {}, read {minutes} minutes later", typed.local());
                    }
                }
            }
        }
    }
}

proptest! {
    /// A start with its end typed apart, the hour that is repeated among them.
    #[test]
    fn a_start_is_kept_apart_from_its_end(
        year in 2024..2032_i32, before in 0..8_u64, minute in 0..1440_u32, length in 1..180_u32, later in 0..500_000_i64, lean in prop_oneof![Just(Lean::Past), Just(Lean::Future)],
    ) {
        for month in [3, 10] {
            let now = Timestamp::from_local((last_sunday(year, month) - Days::new(before)).and_hms_opt(18, 0, 0).unwrap());
            let (text, end) = (format!("+{before}d {:02}:{:02}", minute / 60, minute % 60), length.to_string());
            let Ok(when) = parse_with_end(&text, &end, Lean::Future, now) else { continue };
            let again = parse_with_end(&when.fixed(&end), &end, lean, now.plus_minutes(later));
            prop_assert_eq!(again, Ok(when), "{} {}", text, end);
            let start = parse(&when.fixed(&end), lean, now.plus_minutes(later)).unwrap();
            prop_assert_eq!((start.date, start.time, start.until), (when.date, when.time, None));
        }
    }
}
