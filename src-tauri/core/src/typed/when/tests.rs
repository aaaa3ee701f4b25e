use chrono::{Datelike, Days, NaiveDateTime};
use proptest::prelude::*;

use super::*;

/// Mon 23-Nov-2026, 15:00.
fn now() -> Timestamp {
    at("2026-11-23 15:00")
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_local(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time"))
}

fn read(text: &str, lean: Lean, now: Timestamp) -> String {
    match parse(text, lean, now) {
        Ok(when) => when.words(),
        Err(refused) => refused.code().to_string(),
    }
}

#[track_caller]
fn table(lean: Lean, now: Timestamp, rows: &[(&str, &str)]) {
    for (text, words) in rows {
        assert_eq!(read(text, lean, now), *words, "“{text}”");
    }
}

#[test]
fn dates_day_first() {
    table(
        Lean::Past,
        now(),
        &[
            ("19 11", "Thu 19-Nov-2026"),
            ("19/11", "Thu 19-Nov-2026"),
            ("19/11/26", "Thu 19-Nov-2026"),
            ("19/11/2026", "Thu 19-Nov-2026"),
            ("19-11-2026", "Thu 19-Nov-2026"),
            ("19.11.26", "Thu 19-Nov-2026"),
            ("19 11 26", "Thu 19-Nov-2026"),
            ("19 11 2026", "Thu 19-Nov-2026"),
            ("19-Nov", "Thu 19-Nov-2026"),
            ("19-Nov-26", "Thu 19-Nov-2026"),
            ("19 Nov 2026", "Thu 19-Nov-2026"),
            ("19nov", "Thu 19-Nov-2026"),
            ("19NOV2026", "Thu 19-Nov-2026"),
            ("19th November", "Thu 19-Nov-2026"),
            ("2026-11-19", "Thu 19-Nov-2026"),
            ("Thu 19-Nov-2026", "Thu 19-Nov-2026"),
            ("  thurs ,19 11 ", "Thu 19-Nov-2026"),
            ("5/6", "Fri 05-Jun-2026"),
            ("01/02/99", "Mon 01-Feb-1999"),
            ("29/02/24", "Thu 29-Feb-2024"),
            ("31/12/1965", "Fri 31-Dec-1965"),
        ],
    );
}

#[test]
fn dates_that_are_refused() {
    table(
        Lean::Future,
        now(),
        &[
            ("", "when_empty"),
            ("   ,", "when_empty"),
            ("11/19", "when_month"),
            ("11/19/2026", "when_month"),
            ("19/0", "when_month"),
            ("31/11", "when_no_such_date"),
            ("0/11", "when_no_such_date"),
            ("29/02", "when_no_such_date"),
            ("29/02/2027", "when_no_such_date"),
            ("fri 19/11/2026", "when_weekday"),
            ("Nov 19", "when_unclear"),
            ("19/11/126", "when_year"),
            ("19/11/2126", "when_too_far_ahead"),
            ("23/11/2028", "Thu 23-Nov-2028"),
            ("24/11/2028", "when_too_far_ahead"),
            ("24/11/29", "when_too_far_ahead"),
            ("23/11/1906", "Fri 23-Nov-1906"),
            ("22/11/1906", "when_too_long_ago"),
            ("+999w", "when_too_far_ahead"),
            ("-9999m", "when_too_long_ago"),
            ("+99999d", "when_unclear"),
            ("+7", "when_unclear"),
            ("+7x", "when_unclear"),
            ("9", "when_unclear"),
            ("9-10", "when_unclear"),
            ("19-11", "when_unclear"),
            ("soon", "when_unclear"),
            ("24/11 and more", "when_unclear"),
            ("today tomorrow", "when_unclear"),
            ("next visit", "when_unclear"),
            ("19/11/2026 10:30 11:30", "when_unclear"),
            ("١٩/١١", "when_unclear"),
        ],
    );
}

#[test]
fn a_missing_year_leans_and_stays_near() {
    table(
        Lean::Past,
        now(),
        &[("23/11", "Mon 23-Nov-2026"), ("24/11", "when_year_needed"), ("22/2", "Sun 22-Feb-2026"), ("21/2", "when_year_needed")],
    );
    table(
        Lean::Future,
        now(),
        &[
            ("23/11", "Mon 23-Nov-2026"),
            ("22/11", "when_year_needed"),
            ("31/12", "Thu 31-Dec-2026"),
            ("4/1", "Mon 04-Jan-2027"),
            ("24/8", "Tue 24-Aug-2027"),
            ("25/8", "when_year_needed"),
        ],
    );
    table(Lean::Past, at("2027-01-04 09:00"), &[("28 12", "Mon 28-Dec-2026")]);
    table(Lean::Future, at("2028-01-10 09:00"), &[("29/2 1015", "Tue 29-Feb-2028, 10:15")]);
    table(Lean::Future, at("2027-01-10 09:00"), &[("29/2", "when_year_needed")]);
}

#[test]
fn days_by_name_and_by_count() {
    let both = [
        ("today", "Mon 23-Nov-2026"),
        ("tod", "Mon 23-Nov-2026"),
        ("Tomorrow", "Tue 24-Nov-2026"),
        ("tom", "Tue 24-Nov-2026"),
        ("yesterday", "Sun 22-Nov-2026"),
        ("YES", "Sun 22-Nov-2026"),
        ("mon", "Mon 23-Nov-2026"),
        ("next thu", "Thu 03-Dec-2026"),
        ("next mon", "Mon 30-Nov-2026"),
        ("next sunday", "Sun 06-Dec-2026"),
        ("last thu", "Thu 19-Nov-2026"),
        ("last Mon", "Mon 16-Nov-2026"),
        ("last sun", "Sun 22-Nov-2026"),
        ("+7d", "Mon 30-Nov-2026"),
        ("-2d", "Sat 21-Nov-2026"),
        ("\u{2212}2d", "Sat 21-Nov-2026"),
        ("+2w", "Mon 07-Dec-2026"),
        ("+ 2 weeks", "Mon 07-Dec-2026"),
        ("+1m", "Wed 23-Dec-2026"),
        ("-1m", "Fri 23-Oct-2026"),
        ("+0d", "Mon 23-Nov-2026"),
    ];
    table(Lean::Past, now(), &both);
    table(Lean::Future, now(), &both);
    table(Lean::Past, now(), &[("thu", "Thu 19-Nov-2026"), ("sun", "Sun 22-Nov-2026"), ("weds", "Wed 18-Nov-2026")]);
    table(Lean::Future, now(), &[("thu", "Thu 26-Nov-2026"), ("sun", "Sun 29-Nov-2026"), ("tues", "Tue 24-Nov-2026")]);
    table(Lean::Future, at("2027-01-31 09:00"), &[("+1m", "Sun 28-Feb-2027"), ("-2m", "Mon 30-Nov-2026")]);
    table(Lean::Future, at("2028-02-29 09:00"), &[("+12m", "Wed 28-Feb-2029"), ("next tue", "Tue 07-Mar-2028")]);
    table(Lean::Future, at("2026-12-31 09:00"), &[("tom", "Fri 01-Jan-2027"), ("next mon", "Mon 04-Jan-2027")]);
}

#[test]
fn times() {
    table(
        Lean::Future,
        now(),
        &[
            ("+7d 10:30", "Mon 30-Nov-2026, 10:30"),
            ("+7d 1030", "Mon 30-Nov-2026, 10:30"),
            ("+7d 930", "Mon 30-Nov-2026, 09:30"),
            ("+7d 10.30", "Mon 30-Nov-2026, 10:30"),
            ("+7d 9", "Mon 30-Nov-2026, 09:00"),
            ("+7d 9am", "Mon 30-Nov-2026, 09:00"),
            ("+7d 9 AM", "Mon 30-Nov-2026, 09:00"),
            ("+7d 2.30pm", "Mon 30-Nov-2026, 14:30"),
            ("+7d 230pm", "Mon 30-Nov-2026, 14:30"),
            ("+7d 12am", "Mon 30-Nov-2026, 00:00"),
            ("+7d 12.15pm", "Mon 30-Nov-2026, 12:15"),
            ("+7d 00:00", "Mon 30-Nov-2026, 00:00"),
            ("thu 14", "Thu 26-Nov-2026, 14:00"),
            ("next thu 9-10", "Thu 03-Dec-2026, 09:00 to 10:00"),
            ("thu 9-10", "Thu 26-Nov-2026, 09:00 to 10:00"),
            ("26 11 9", "Thu 26-Nov-2026, 09:00"),
            ("26 11 14", "Thu 26-Nov-2026, 14:00"),
            ("26 11 10.30", "Thu 26-Nov-2026, 10:30"),
            ("26/11 1400", "Thu 26-Nov-2026, 14:00"),
            ("26 11 2026 1400", "Thu 26-Nov-2026, 14:00"),
            ("26 11 2200", "Thu 26-Nov-2026, 22:00"),
            ("26 11 20:20", "Thu 26-Nov-2026, 20:20"),
            ("26 11 2020", "when_year_or_time"),
            ("26-Nov 2020", "when_year_or_time"),
            ("15:30", "Mon 23-Nov-2026, 15:30"),
            ("1530", "Mon 23-Nov-2026, 15:30"),
            ("4pm", "Mon 23-Nov-2026, 16:00"),
            ("26-Nov-2026, 10:30", "Thu 26-Nov-2026, 10:30"),
            ("tom 2", "when_am_or_pm"),
            ("tom 2:30", "when_am_or_pm"),
            ("tom 02:30", "Tue 24-Nov-2026, 02:30"),
            ("tom 24:00", "when_no_such_time"),
            ("tom 10:60", "when_no_such_time"),
            ("tom 13pm", "when_no_such_time"),
            ("tom 0am", "when_no_such_time"),
            ("tom 10:3", "when_unclear"),
        ],
    );
}

#[test]
fn spans() {
    table(
        Lean::Past,
        now(),
        &[
            ("today 14:00-15:05", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("14:00 to 15:05", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("14:00 – 15:05", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("yes 1400-1505", "Sun 22-Nov-2026, 14:00 to 15:05"),
            ("14:00 65min", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("14:00 65 mins", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("14:00 1h", "Mon 23-Nov-2026, 14:00 to 15:00"),
            ("14:00 1h5", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("14:00 1h 5min", "Mon 23-Nov-2026, 14:00 to 15:05"),
            ("19 11 9 65min", "Thu 19-Nov-2026, 09:00 to 10:05"),
            ("9 65min", "Mon 23-Nov-2026, 09:00 to 10:05"),
            ("9-10am", "Mon 23-Nov-2026, 09:00 to 10:00"),
            ("2-3pm", "Mon 23-Nov-2026, 14:00 to 15:00"),
            ("2.30-4pm", "Mon 23-Nov-2026, 14:30 to 16:00"),
            ("2pm-3", "Mon 23-Nov-2026, 14:00 to 15:00"),
            ("11-1pm", "Mon 23-Nov-2026, 11:00 to 13:00"),
            ("11am to 1", "Mon 23-Nov-2026, 11:00 to 13:00"),
            ("9:30-11am", "Mon 23-Nov-2026, 09:30 to 11:00"),
            ("12-1pm", "Mon 23-Nov-2026, 12:00 to 13:00"),
            ("10:00-11pm", "when_am_or_pm"),
            ("2-3", "when_unclear"),
            ("today 2-3", "when_am_or_pm"),
            ("15:05-14:00", "when_end_not_after_start"),
            ("14:00-14:00", "when_end_not_after_start"),
            ("14:00 0min", "when_end_not_after_start"),
            ("23:30 60min", "Mon 23-Nov-2026, 23:30 to 00:30 the next day"),
            ("23:30 11h", "Mon 23-Nov-2026, 23:30 to 10:30 the next day"),
            ("Mon 23-Nov-2026, 23:30 to 00:30 the next day", "Mon 23-Nov-2026, 23:30 to 00:30 the next day"),
            ("23:30 13h", "when_end_not_after_start"),
            ("14:00-", "when_unclear"),
            ("14:00 65", "when_unclear"),
        ],
    );
    let visit = parse("14:00 65min", Lean::Past, now()).expect("a visit");
    assert_eq!((visit.instant(), visit.minutes()), (at("2026-11-23 14:00"), Some(65)));
    assert_eq!(visit.until_instant(), Some(at("2026-11-23 15:05")));
    assert_eq!(parse("today", Lean::Past, now()).map(|when| (when.instant(), when.minutes())), Ok((at("2026-11-23 00:00"), None)));
}

#[test]
fn long_words_are_for_letters_and_screen_readers() {
    let words = |text| parse(text, Lean::Future, now()).map(|when| when.long_words());
    assert_eq!(words("+7d 10:30").as_deref(), Ok("Monday 30 November 2026 at 10:30"));
    assert_eq!(words("+7d").as_deref(), Ok("Monday 30 November 2026"));
    assert_eq!(words("today 14:00-15:05").as_deref(), Ok("Monday 23 November 2026 from 14:00 to 15:05"));
    assert_eq!(words("31/10/2027 01:30").as_deref(), Ok("Sunday 31 October 2027 at 01:30 (the first 01:30)"));
}

#[test]
fn clock_changes() {
    // Spring: 28-Mar-2027, 01:00 to 02:00 does not exist. Autumn: 25-Oct-2026, it happens twice.
    table(
        Lean::Future,
        at("2027-03-25 15:00"),
        &[
            ("28/3 00:59", "Sun 28-Mar-2027, 00:59"),
            ("28/3 01:00", "when_skipped"),
            ("28/3 0130", "when_skipped"),
            ("28/3 1.30am", "when_skipped"),
            ("28/3 01:59", "when_skipped"),
            ("28/3 02:00", "Sun 28-Mar-2027, 02:00"),
            ("28/3 00:30 to 01:30", "when_skipped"),
            ("28/3 00:30 to 02:30", "Sun 28-Mar-2027, 00:30 to 02:30"),
            ("28/3 00:30 65min", "Sun 28-Mar-2027, 00:30 to 02:35"),
            ("+7d 10:30", "Thu 01-Apr-2027, 10:30"),
        ],
    );
    table(
        Lean::Future,
        at("2026-10-22 15:00"),
        &[
            ("25/10 00:59", "Sun 25-Oct-2026, 00:59"),
            ("25/10 01:30", "Sun 25-Oct-2026, 01:30 (the first 01:30)"),
            ("25/10 02:00", "Sun 25-Oct-2026, 02:00"),
            ("25/10 00:30 to 01:30", "Sun 25-Oct-2026, 00:30 to 01:30 (the first 01:30)"),
            ("25/10 00:30 60min", "Sun 25-Oct-2026, 00:30 to 01:30 (the first 01:30)"),
            ("25/10 00:30 120min", "when_repeated"),
            ("25/10 00:30 180min", "Sun 25-Oct-2026, 00:30 to 02:30"),
            ("+7d 10:30", "Thu 29-Oct-2026, 10:30"),
        ],
    );
    let wall = |text, from| parse(text, Lean::Future, at(from)).expect("a date").instant();
    assert_eq!(wall("+7d 10:30", "2026-10-22 10:30").0 - at("2026-10-22 10:30").0, (7 * 24 + 1) * 3_600_000);
    assert_eq!(wall("+7d 10:30", "2027-03-25 10:30").0 - at("2027-03-25 10:30").0, (7 * 24 - 1) * 3_600_000);
    let twice = parse("25/10/2026 01:30 to 02:30", Lean::Past, now()).expect("a visit");
    assert_eq!((twice.instant(), twice.minutes()), (at("2026-10-25 00:30").plus_minutes(60), Some(120)));
}

#[test]
fn three_fields() {
    let date = |day, month, year| parse_date(day, month, year).map(|date| date.to_string());
    assert_eq!(date("11", "10", "2026").as_deref(), Ok("2026-10-11"));
    assert_eq!(date(" 1 ", "Oct", "2026").as_deref(), Ok("2026-10-01"));
    assert_eq!(date("01", "october", " 2026 ").as_deref(), Ok("2026-10-01"));
    assert_eq!(date("29", "2", "2028").as_deref(), Ok("2028-02-29"));
    for (day, month, year, refused) in [
        ("", " ", "", WhenRefused::Empty),
        ("29", "2", "2027", WhenRefused::NoSuchDate),
        ("31", "November", "2026", WhenRefused::NoSuchDate),
        ("", "11", "2026", WhenRefused::NoSuchDate),
        ("+1", "11", "2026", WhenRefused::NoSuchDate),
        ("11", "13", "2026", WhenRefused::Month),
        ("11", "0", "2026", WhenRefused::Month),
        ("11", "", "2026", WhenRefused::Month),
        ("11", "ju", "2026", WhenRefused::Month),
        ("11", "10", "26", WhenRefused::Year),
        ("11", "10", "02026", WhenRefused::Year),
        ("11", "10", "٢٠٢٦", WhenRefused::Year),
    ] {
        assert_eq!(parse_date(day, month, year), Err(refused), "{day}|{month}|{year}");
    }
}

/// Any instant of two decades, around clock changes more often.
fn instants() -> impl Strategy<Value = Timestamp> {
    let minutes = prop_oneof![
        3 => 0..10_512_000_i64,
        // The weeks before the last Sundays of March and October 2026.
        1 => (13_653_000..13_655_000_i64).prop_map(|minute| minute - 2_000),
    ];
    minutes.prop_map(|minutes| at("2015-01-01 00:00").plus_minutes(minutes))
}

fn leans() -> impl Strategy<Value = Lean> {
    prop_oneof![Just(Lean::Past), Just(Lean::Future)]
}

/// Near-miss texts, made of the pieces the field knows.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        prop::sample::select(vec!["/", "-", ".", ":", "+", " ", ",", "am", "pm", "to", "min", "h", "d", "w", "m"]).prop_map(str::to_owned),
        prop::sample::select(vec!["nov", "feb", "thu", "next", "last", "today", "tom", "yes", "th", "(the first "]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn anything_typed_gets_an_answer(text in prop_oneof!["\\PC{0,40}", ".{0,20}", pieces()], lean in leans(), now in instants()) {
        if let Ok(when) = parse(&text, lean, now) {
            prop_assert!(in_range(when.date, now.date()).is_ok());
            prop_assert!(when.until.is_none() || when.time < when.until);
            prop_assert!(when.minutes().is_none_or(|minutes| minutes > 0));
        }
        let _ = parse_date(&text, &text, &text);
    }

    #[test]
    fn words_read_back_as_the_same(text in pieces(), lean in leans(), other in leans(), now in instants()) {
        if let Ok(when) = parse(&text, lean, now) {
            prop_assert_eq!(parse(&when.words(), other, now), Ok(when));
        }
    }

    #[test]
    fn every_way_to_write_a_date_means_the_same(days in -700..700_i64, minute in 0..1440_u32, now in instants(), lean in leans()) {
        let date = now.date() + chrono::Duration::days(days);
        let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time");
        let (day, month, year) = (date.day(), date.month(), date.year());
        let clock = time.format("%H:%M");
        for text in [
            format!("{day}/{month}/{year} {clock}"),
            format!("{day} {month} {year} {}", time.format("%-I.%M%P")),
            format!("{}, {clock}", date.format("%d-%b-%y")),
            format!("{}", date.format("%A %-d %B %Y ")) + &clock.to_string(),
            format!("{date} {}", time.format("%H%M")),
            format!("{days:+}d {clock}"),
        ] {
            match parse(&text, lean, now) {
                Ok(when) => prop_assert_eq!(when, When { date, time: Some(time), until: None, overnight: false }, "{}", text),
                Err(WhenRefused::Skipped) => prop_assert_ne!(Timestamp::from_local(date.and_time(time)).local(), date.and_time(time)),
                Err(WhenRefused::YearOrTime) => prop_assert!((now.date().year() - year).abs() > 1),
                Err(refused) => prop_assert!(false, "“{}”: {}", text, refused),
            }
        }
    }

    #[test]
    fn counted_days_keep_the_wall_time(count in 0..700_u64, minute in 120..1440_u32, now in instants()) {
        let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time");
        let when = parse(&format!("+{count}d {}", time.format("%H:%M")), Lean::Future, now).expect("a date");
        prop_assert_eq!(when.instant().local(), (now.date() + Days::new(count)).and_time(time));
    }

    #[test]
    fn a_missing_year_follows_the_lean(days in 0..274_i64, now in instants()) {
        for (lean, sign) in [(Lean::Past, -1), (Lean::Future, 1)] {
            let date = now.date() + chrono::Duration::days(sign * days);
            let text = date.format("%-d/%-m").to_string();
            prop_assert_eq!(parse(&text, lean, now).map(|when| when.date), Ok(date));
        }
    }

    #[test]
    fn weekdays_are_found_on_their_side(place in 0..7_usize, now in instants()) {
        let name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][place];
        let away = |text: &str, lean| (parse(text, lean, now).expect("a day").date - now.date()).num_days();
        prop_assert!((0..7).contains(&away(name, Lean::Future)));
        prop_assert!((-6..=0).contains(&away(name, Lean::Past)));
        for lean in [Lean::Past, Lean::Future] {
            let (next, last) = (away(&format!("next {name}"), lean), away(&format!("last {name}"), lean));
            prop_assert!((1..14).contains(&next) && next - last == 14);
        }
    }
}
