use chrono::{Datelike, Duration};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%d-%b-%Y").expect("a date")
}

/// An instant from local words; autumn's repeated hour is the first.
fn at(text: &str) -> Timestamp {
    Timestamp::from_local(chrono::NaiveDateTime::parse_from_str(text, "%d-%b-%Y %H:%M").expect("a time"))
}

fn born(date: &str, time: &str) -> Birth {
    Birth { time: NaiveTime::parse_from_str(time, "%H:%M").ok(), ..Birth::on(day(date)) }
}

fn preterm(date: &str, due: &str) -> Birth {
    Birth { due: Some(day(due)), ..Birth::on(day(date)) }
}

fn banner(life: Life, now: &str) -> String {
    let words = life.banner(at(now));
    format!("{} | {}", words.label, words.value)
}

#[test]
fn ages_follow_cui_table_7() {
    for (from, on, age) in [
        ("23-Nov-2026", "23-Nov-2026", "0d"),
        ("22-Nov-2026", "23-Nov-2026", "1d"),
        ("18-Nov-2026", "23-Nov-2026", "5d"),
        ("01-Jan-2026", "28-Jan-2026", "27d"),
        ("01-Jan-2026", "29-Jan-2026", "4w"),
        ("01-Jan-2026", "30-Jan-2026", "4w 1d"),
        ("11-Oct-2026", "22-Nov-2026", "6w"),
        ("11-Oct-2026", "23-Nov-2026", "6w 1d"),
        ("01-Mar-2025", "01-Sep-2025", "26w 2d"),
        ("01-Jan-2025", "31-Dec-2025", "52w"),
        ("01-Jan-2025", "01-Jan-2026", "12m"),
        ("01-Jan-2025", "02-Jan-2026", "12m 1d"),
        ("01-Jan-2025", "09-Jan-2026", "12m 8d"),
        ("01-Jan-2025", "09-Feb-2026", "13m 8d"),
        ("01-Jan-2025", "31-Dec-2026", "23m 30d"),
        ("01-Jan-2025", "01-Jan-2027", "2y"),
        ("01-Jan-2010", "09-Feb-2014", "4y 1m"),
        ("02-Feb-2008", "01-Feb-2026", "17y 11m"),
        ("01-Feb-2008", "01-Feb-2026", "18y"),
        ("24-Nov-1991", "23-Nov-2026", "34y"),
    ] {
        assert_eq!(age_at(day(from), day(on)).as_deref(), Some(age), "{from} to {on}");
    }
    assert_eq!(age_at(day("24-Nov-2026"), day("23-Nov-2026")), None);
}

#[test]
fn birthdays_that_a_month_lacks_fall_on_the_first_of_the_next() {
    for (from, on, age) in [
        ("29-Feb-2024", "28-Feb-2025", "52w 1d"),
        ("29-Feb-2024", "01-Mar-2025", "12m"),
        ("29-Feb-2024", "02-Mar-2025", "12m 1d"),
        ("29-Feb-2024", "28-Mar-2025", "12m 27d"),
        ("29-Feb-2024", "29-Mar-2025", "13m"),
        ("29-Feb-2024", "28-Feb-2026", "23m 30d"),
        ("29-Feb-2024", "01-Mar-2026", "2y"),
        ("29-Feb-2024", "28-Feb-2028", "3y 11m"),
        ("29-Feb-2024", "29-Feb-2028", "4y"),
        ("29-Feb-2008", "28-Feb-2026", "17y 11m"),
        ("29-Feb-2008", "01-Mar-2026", "18y"),
        ("31-Jan-2024", "28-Feb-2025", "12m 28d"),
        ("31-Jan-2024", "01-Mar-2025", "13m"),
        ("31-Jan-2024", "30-Mar-2025", "13m 29d"),
        ("31-Jan-2024", "31-Mar-2025", "14m"),
        ("31-Mar-2024", "30-Apr-2025", "12m 30d"),
        ("31-Mar-2024", "01-May-2025", "13m"),
    ] {
        assert_eq!(age_at(day(from), day(on)).as_deref(), Some(age), "{from} to {on}");
    }
}

#[test]
fn a_birth_time_makes_the_first_two_days_exact() {
    for (date, time, now, age) in [
        ("22-Nov-2026", "09:15", "22-Nov-2026 10:00", Some("45min")),
        ("22-Nov-2026", "09:15", "22-Nov-2026 11:14", Some("119min")),
        ("22-Nov-2026", "09:15", "22-Nov-2026 11:15", Some("2hrs")),
        ("22-Nov-2026", "09:15", "23-Nov-2026 12:20", Some("27hrs")),
        ("22-Nov-2026", "09:15", "24-Nov-2026 09:14", Some("47hrs")),
        ("22-Nov-2026", "09:15", "24-Nov-2026 09:15", Some("2d")),
        ("22-Nov-2026", "09:15", "22-Nov-2026 09:14", None),
        // Spring: 00:30 to 03:00 on the wall is 90 minutes of life.
        ("29-Mar-2026", "00:30", "29-Mar-2026 03:00", Some("90min")),
        ("28-Mar-2026", "12:00", "30-Mar-2026 12:00", Some("47hrs")),
        // Autumn: 23 wall hours are 24 lived; 48 of them are two days, before the second midnight too.
        ("24-Oct-2026", "12:00", "25-Oct-2026 12:00", Some("25hrs")),
        ("24-Oct-2026", "00:30", "25-Oct-2026 22:30", Some("47hrs")),
        ("24-Oct-2026", "00:30", "25-Oct-2026 23:30", Some("2d")),
        ("24-Oct-2026", "00:30", "26-Oct-2026 00:00", Some("2d")),
    ] {
        assert_eq!(born(date, time).age(at(now)).as_deref(), age, "{date} {time} at {now}");
    }
    assert_eq!(born("22-Nov-2026", "").age(at("23-Nov-2026 12:20")).as_deref(), Some("1d"));
}

#[test]
fn corrected_age_is_for_births_before_37_weeks_and_lasts_by_gestation() {
    let early = preterm("01-Mar-2025", "10-May-2025");
    assert_eq!(early.gestation().map(Gestation::exact).as_deref(), Some("30+0"));
    for (on, words) in [
        ("09-May-2025", Some("corrected: before due date")),
        ("10-May-2025", Some("corrected 0d")),
        ("01-Sep-2025", Some("corrected 16w 2d")),
        ("09-May-2027", Some("corrected 23m 29d")),
        ("10-May-2027", None),
        ("28-Feb-2025", None),
    ] {
        assert_eq!(early.corrected(day(on)).as_deref(), words, "{on}");
    }
    // 31+6 is corrected for two years, 32+0 for one.
    for (date, words) in [("14-Mar-2025", Some("corrected 12m")), ("15-Mar-2025", None)] {
        assert_eq!(preterm(date, "10-May-2025").corrected(day("10-May-2026")).as_deref(), words, "{date}");
        assert_eq!(preterm(date, "10-May-2025").corrected(day("09-May-2026")).as_deref(), Some("corrected 52w"), "{date}");
    }
    let at_36_6 = preterm("01-Mar-2025", "23-Mar-2025");
    let at_37_0 = preterm("01-Mar-2025", "22-Mar-2025");
    assert!(at_36_6.corrected(day("01-Apr-2025")).is_some());
    assert_eq!(at_37_0.corrected(day("01-Apr-2025")), None);
}

#[test]
fn gestation_words() {
    let due = day("12-Mar-2027");
    for (on, exact, words) in [
        ("05-Jun-2026", "0+0", "0w pregnant"),
        ("23-Nov-2026", "24+3", "24w pregnant"),
        ("16-Dec-2026", "27+5", "27w pregnant"),
        ("11-Mar-2027", "39+6", "39w pregnant"),
        ("12-Mar-2027", "40+0", "40w pregnant"),
        ("13-Mar-2027", "40+1", "40w 1d pregnant"),
        ("21-Mar-2027", "41+2", "41w 2d pregnant"),
        ("26-Mar-2027", "42+0", "42w pregnant"),
        ("27-Mar-2027", "42+1", "past due date, birth not recorded"),
    ] {
        let gestation = Gestation::on(due, day(on)).expect("dated");
        assert_eq!((gestation.exact().as_str(), gestation.words().as_str()), (exact, words), "{on}");
    }
    assert_eq!(Gestation::on(due, day("04-Jun-2026")), None);
}

#[test]
fn the_banner_says_born_due_or_died() {
    let now = "23-Nov-2026 15:00";
    let fiadh = Birth::on(day("11-Oct-2026"));
    assert_eq!(banner(Life::Living(fiadh), now), "Born | 11-Oct-2026 (6w 1d)");
    assert_eq!(banner(Life::Living(preterm("14-Aug-2026", "25-Sep-2026")), now), "Born | 14-Aug-2026 (14w 3d, corrected 8w 3d)");
    assert_eq!(banner(Life::Living(preterm("21-Nov-2026", "10-Jan-2027")), now), "Born | 21-Nov-2026 (2d, corrected: before due date)");
    assert_eq!(banner(Life::Living(Birth::on(day("24-Nov-2026"))), now), "Born | 24-Nov-2026");
    assert_eq!(banner(Life::NotKnown, now), "Born | Not recorded");
    assert_eq!(banner(Life::Unborn { due: Some(day("12-Mar-2027")) }, now), "Due | 12-Mar-2027 (24w pregnant)");
    assert_eq!(banner(Life::Unborn { due: Some(day("01-Nov-2026")) }, now), "Due | 01-Nov-2026 (past due date, birth not recorded)");
    let age = |life: Life| life.age(at(now));
    assert_eq!(age(Life::Living(fiadh)).as_deref(), Some("6w 1d"));
    assert_eq!(age(Life::Died { birth: Some(fiadh), on: day("09-Nov-2026") }), None);
    assert_eq!(age(Life::Unborn { due: Some(day("12-Mar-2027")) }), None);
    assert_eq!(banner(Life::Unborn { due: None }, now), "Due | Not recorded");
    assert_eq!(
        banner(Life::Died { birth: Some(fiadh), on: day("09-Nov-2026") }, now),
        "Died | 09-Nov-2026, age at death 4w 1d, born 11-Oct-2026"
    );
    assert_eq!(banner(Life::Died { birth: None, on: day("09-Nov-2026") }, now), "Died | 09-Nov-2026");
}

#[test]
fn the_spine_tells_age_then_gestation_then_nothing() {
    let early = preterm("14-Aug-2026", "25-Sep-2026");
    let died = Life::Died { birth: Some(early), on: day("01-Sep-2026") };
    for (life, on, words) in [
        (Life::Living(early), "19-Nov-2026", Some("13w 6d")),
        (Life::Living(early), "01-Aug-2026", Some("32+1")),
        (Life::Living(Birth::on(early.date)), "01-Aug-2026", None),
        (Life::Unborn { due: early.due }, "01-Aug-2026", Some("32+1")),
        (Life::Unborn { due: None }, "01-Aug-2026", None),
        (died, "01-Sep-2026", Some("18d")),
        (died, "02-Sep-2026", None),
        (Life::NotKnown, "01-Sep-2026", None),
    ] {
        assert_eq!(life.spine(day(on)).as_deref(), words, "{life:?} on {on}");
    }
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let now = at("23-Nov-2026 15:00");
    let code = |birth: Birth| birth.checked(now).err().map(|refusal| refusal.code().as_str());
    assert_eq!(code(born("23-Nov-2026", "14:59")), None);
    assert_eq!(code(born("23-Nov-2026", "15:01")), Some("born_in_future"));
    assert_eq!(code(born("24-Nov-2026", "")), Some("born_in_future"));
    assert_eq!(code(born("24-Nov-1906", "")), None);
    assert_eq!(code(born("23-Nov-1906", "")), Some("born_too_long_ago"));
    assert_eq!(code(preterm("01-Mar-2025", "19-Jul-2025")), None);
    assert_eq!(code(preterm("01-Mar-2025", "20-Jul-2025")), Some("due_does_not_fit"));
    assert_eq!(code(preterm("01-Mar-2025", "26-Jan-2025")), None);
    assert_eq!(code(preterm("01-Mar-2025", "25-Jan-2025")), Some("due_does_not_fit"));
    assert!(checked_due(day("30-Aug-2027"), now.date()).is_ok());
    let far = checked_due(day("31-Aug-2027"), now.date());
    assert_eq!(far.err().map(|refusal| refusal.code().as_str()), Some("due_too_far_ahead"));
}

/// An age as (unit, larger, smaller), which must never step back.
fn rank(age: &str) -> (usize, i64, i64) {
    let units = ["min", "hrs", "d", "w", "m", "y"];
    let mut numbers = age.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    let unit = age.trim_start_matches(|c: char| c.is_ascii_digit()).split(' ').next();
    let unit = units.iter().position(|name| Some(*name) == unit).expect("a unit");
    (unit, numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Any birthday from 1990 on; leap days and month ends often.
fn birthdays() -> impl Strategy<Value = NaiveDate> {
    let ends = (1990..2030_i32, 1..=12_u32).prop_map(|(year, month)| {
        let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a month");
        first + chrono::Months::new(1) - Days::new(1)
    });
    let any = (0..14_610_i64).prop_map(|days| day("01-Jan-1990") + Duration::days(days));
    prop_oneof![2 => any, 1 => ends]
}

proptest! {
    #[test]
    fn ages_never_step_back(from in birthdays(), days in 0..9_000_i64) {
        let on = from + Duration::days(days);
        let (today, tomorrow) = (age_at(from, on), age_at(from, on + Duration::days(1)));
        prop_assert!(rank(&today.expect("born")) <= rank(&tomorrow.expect("born")));
    }

    #[test]
    fn ages_with_a_time_never_step_back(
        from in birthdays(), minute in 0..1440_u32, minutes in 0..4_500_i64, step in 1..90_i64
    ) {
        let birth = Birth { time: NaiveTime::from_hms_opt(minute / 60, minute % 60, 0), ..Birth::on(from) };
        let start = Timestamp::from_local(from.and_time(birth.time.expect("a time")));
        let sooner = birth.age(start.plus_minutes(minutes)).expect("born");
        let later = birth.age(start.plus_minutes(minutes + step)).expect("born");
        prop_assert!(rank(&sooner) <= rank(&later), "{sooner} then {later}");
        prop_assert_eq!(birth.age(start.plus_minutes(-1)), None);
    }

    #[test]
    fn clock_changes_are_lived_through(year in 2000..2040_i32, minute in 0..1440_u32, days in 0..3_i64, hours in 0..48_i64) {
        // The last Sundays of March and October, and the days around them.
        for month in [4, 11] {
            let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a month");
            let back = i64::from(first.weekday().num_days_from_sunday());
            let sunday = first - Duration::days(if back == 0 { 7 } else { back });
            let birth = Birth { time: NaiveTime::from_hms_opt(minute / 60, minute % 60, 0), ..Birth::on(sunday - Duration::days(days)) };
            let start = Timestamp::from_local(birth.date.and_time(birth.time.expect("a time")));
            let age = birth.age(start.plus_minutes(hours * 60 + 59)).expect("born");
            let expected = if hours < 2 && hours * 60 + 59 < 120 { format!("{}min", hours * 60 + 59) } else { format!("{hours}hrs") };
            prop_assert_eq!(age, expected);
        }
    }

    #[test]
    fn ages_lead_back_to_the_birth(from in birthdays(), days in 0..9_000_i64) {
        let on = from + Duration::days(days);
        let (unit, larger, smaller) = rank(&age_at(from, on).expect("born"));
        let months = |count: i64| birthday(from, i32::try_from(count).expect("small"));
        match unit {
            2 => prop_assert_eq!(larger, days),
            3 => prop_assert_eq!(larger * 7 + smaller, days),
            4 => prop_assert_eq!(months(larger) + Duration::days(smaller), on),
            _ => {
                let reached = larger * 12 + smaller;
                let next = if larger < 18 { reached + 1 } else { reached + 12 };
                prop_assert!(months(reached) <= on && on < months(next));
            }
        }
    }

    #[test]
    fn gestation_and_due_date_are_one_fact(due in birthdays(), days in 0..320_i64) {
        let gestation = Gestation::on(due, due + Duration::days(days - 280)).expect("dated");
        let exact = gestation.exact();
        let (weeks, rest) = exact.split_once('+').expect("weeks and days");
        let (weeks, rest): (i64, i64) = (weeks.parse().expect("weeks"), rest.parse().expect("days"));
        prop_assert_eq!((gestation.days(), weeks * 7 + rest), (days, days));
        prop_assert!(rest < 7);
    }

    #[test]
    fn corrected_age_is_the_age_less_the_weeks_early(due in birthdays(), early in 22..126_i64, days in 0..300_i64) {
        let birth = Birth { due: Some(due), ..Birth::on(due - Duration::days(early)) };
        let on = birth.date + Duration::days(days);
        let corrected = birth.corrected(on).expect("preterm");
        let expected = age_at(due, on).map_or_else(|| "corrected: before due date".to_owned(), |age| format!("corrected {age}"));
        prop_assert_eq!(&corrected, &expected);
        prop_assert_eq!(days < early, corrected.ends_with("before due date"));
    }
}

#[test]
fn by_the_month_of_birth_everybody_of_a_month_is_of_one_age() {
    for (born, on, months) in [
        ("01-Mar-2026", "30-Sep-2026", 6),
        ("31-Mar-2026", "30-Sep-2026", 6),
        ("31-Mar-2026", "01-Sep-2026", 6),
        ("01-Apr-2026", "30-Sep-2026", 5),
        ("30-Sep-2026", "30-Sep-2026", 0),
        ("29-Feb-2024", "28-Feb-2027", 36),
        ("31-Dec-2025", "01-Jan-2026", 1),
    ] {
        assert_eq!(months_by_month(day(born), day(on)), months, "{born} on {on}");
    }
}

#[test]
fn the_postnatal_group_changes_on_the_same_days_as_the_age() {
    for month in 1..=12 {
        let born = NaiveDate::from_ymd_opt(2025, month, 17).unwrap();
        for (months, before, from) in [
            (6, "6 weeks to 6 months", "6 to 12 months"),
            (12, "6 to 12 months", "12 to 24 months"),
            (24, "12 to 24 months", "over 24 months"),
        ] {
            let day = birthday(born, months);
            assert_eq!(postnatal_words(born, day - Days::new(1)), before, "{born}, {months} months");
            assert_eq!(postnatal_words(born, day), from, "{born}, {months} months");
        }
        assert_eq!(postnatal_words(born, born + Days::new(41)), "birth to 6 weeks");
        assert_eq!(postnatal_words(born, born + Days::new(42)), "6 weeks to 6 months");
    }
}
