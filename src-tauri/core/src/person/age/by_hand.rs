//! Ages worked by hand, with a calendar and a pencil, from tables 7 and 8 of the
//! NHS Common User Interface, Design Guide Entry – Patient Banner, 4.0.0.0 of
//! 25-Jun-2009 (ISB 1505; section 2.5.3). Its units: minutes below two hours,
//! hours below two days, days below four weeks, weeks and days below one year,
//! months and days below two, years and months below eighteen, then years; a
//! smaller unit that is zero is not shown (`28 days 5 hours` is `4w`).

use super::*;

/// A moment as `01-Jun-2026 06:00`, or a day alone.
fn moment(text: &str) -> (NaiveDate, Option<NaiveTime>) {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    (NaiveDate::parse_from_str(date, "%d-%b-%Y").expect("a date"), NaiveTime::parse_from_str(time, "%H:%M").ok())
}

fn at(text: &str) -> Timestamp {
    let (date, time) = moment(text);
    Timestamp::from_local(date.and_time(time.expect("a time")))
}

#[test]
fn ages_worked_by_hand_from_the_nhs_table_are_shown_so() {
    let cases = [
        // Table 8, each of its rows.
        ("01-Jun-2026 06:00", "01-Jun-2026 07:30", "90min"),
        ("01-Jun-2026 06:00", "02-Jun-2026 08:05", "26hrs"),
        ("01-Jun-2026 06:00", "04-Jun-2026 23:07", "3d"),
        ("01-Jun-2026 06:00", "28-Jun-2026 11:02", "27d"),
        ("01-Jun-2026 06:00", "29-Jun-2026 11:02", "4w"),
        ("01-Jun-2026 06:00", "30-Jun-2026 11:02", "4w 1d"),
        ("01-Jan-2025 06:00", "02-Jan-2026 11:00", "12m 1d"),
        ("01-Jan-2025 06:00", "09-Jan-2026 11:00", "12m 8d"),
        ("01-Jan-2025 06:00", "09-Feb-2026 11:00", "13m 8d"),
        ("01-Jan-2022 06:00", "09-Feb-2026 11:00", "4y 1m"),
        // The ends of each row of table 7.
        ("01-Jun-2026 06:00", "01-Jun-2026 06:00", "0min"),
        ("01-Jun-2026 06:00", "01-Jun-2026 06:01", "1min"),
        ("01-Jun-2026 06:00", "01-Jun-2026 07:59", "119min"),
        ("01-Jun-2026 06:00", "01-Jun-2026 08:00", "2hrs"),
        ("01-Jun-2026 06:00", "03-Jun-2026 05:59", "47hrs"),
        ("01-Jun-2026 06:00", "03-Jun-2026 06:00", "2d"),
        ("01-Jun-2026", "01-Jun-2026 23:59", "0d"),
        ("01-Jun-2026", "02-Jun-2026 00:00", "1d"),
        ("01-Jun-2026", "03-Jun-2026 00:00", "2d"),
        ("01-Jun-2026", "28-Jun-2026 12:00", "27d"),
        ("01-Jun-2026", "29-Jun-2026 12:00", "4w"),
        ("01-Jun-2026", "05-Jul-2026 12:00", "4w 6d"),
        ("01-Jun-2026", "06-Jul-2026 12:00", "5w"),
        ("01-Jun-2025", "31-May-2026 12:00", "52w"),
        ("02-Jun-2025", "01-Jun-2026 12:00", "52w"),
        ("01-Jun-2025", "30-May-2026 12:00", "51w 6d"),
        ("01-Jun-2025", "01-Jun-2026 12:00", "12m"),
        ("01-Jun-2025", "30-Jun-2026 12:00", "12m 29d"),
        ("01-Jun-2025", "01-Jul-2026 12:00", "13m"),
        ("01-Jun-2024", "31-May-2026 12:00", "23m 30d"),
        ("01-Jun-2024", "01-Jun-2026 12:00", "2y"),
        ("01-Jun-2024", "30-Jun-2026 12:00", "2y"),
        ("01-Jun-2024", "01-Jul-2026 12:00", "2y 1m"),
        ("01-Jun-2008", "31-May-2026 12:00", "17y 11m"),
        ("01-Jun-2008", "01-Jun-2026 12:00", "18y"),
        ("01-Jun-1992", "31-May-2026 12:00", "33y"),
        // Ends of months: a birthday that a month lacks is the first of the next.
        ("31-Jan-2026", "28-Feb-2026 12:00", "4w"),
        ("31-Jan-2026", "01-Mar-2026 12:00", "4w 1d"),
        ("31-Jan-2025", "28-Feb-2026 12:00", "12m 28d"),
        ("31-Jan-2025", "01-Mar-2026 12:00", "13m"),
        ("30-Jan-2025", "01-Mar-2026 12:00", "13m"),
        ("31-Mar-2025", "30-Apr-2026 12:00", "12m 30d"),
        ("31-Mar-2025", "01-May-2026 12:00", "13m"),
        ("31-May-2025", "30-Jun-2026 12:00", "12m 30d"),
        ("31-Aug-2024", "31-Aug-2026 12:00", "2y"),
        ("31-Aug-2024", "30-Sep-2026 12:00", "2y"),
        ("31-Aug-2024", "01-Oct-2026 12:00", "2y 1m"),
        ("31-Dec-2025", "01-Jan-2026 12:00", "1d"),
        ("31-Dec-2024", "31-Dec-2025 12:00", "12m"),
        // Leap days: completed on 01-Mar in the years that have none.
        ("29-Feb-2024", "28-Feb-2025 12:00", "52w 1d"),
        ("29-Feb-2024", "01-Mar-2025 12:00", "12m"),
        ("29-Feb-2024", "28-Feb-2026 12:00", "23m 30d"),
        ("29-Feb-2024", "01-Mar-2026 12:00", "2y"),
        ("29-Feb-2024", "28-Feb-2028 12:00", "3y 11m"),
        ("29-Feb-2024", "29-Feb-2028 12:00", "4y"),
        ("29-Feb-2008", "28-Feb-2026 12:00", "17y 11m"),
        ("29-Feb-2008", "01-Mar-2026 12:00", "18y"),
        ("28-Feb-2023", "28-Feb-2024 12:00", "12m"),
        ("28-Feb-2023", "29-Feb-2024 12:00", "12m 1d"),
        ("01-Feb-2028", "29-Feb-2028 12:00", "4w"),
        // Births at night. In spring the hour from 01:00 is not lived, in autumn it is lived twice.
        ("28-Mar-2026 23:30", "29-Mar-2026 00:59", "89min"),
        ("28-Mar-2026 23:30", "29-Mar-2026 02:29", "119min"),
        ("28-Mar-2026 23:30", "29-Mar-2026 02:30", "2hrs"),
        ("28-Mar-2026 23:30", "30-Mar-2026 23:30", "47hrs"),
        ("28-Mar-2026 23:30", "31-Mar-2026 00:29", "47hrs"),
        ("28-Mar-2026 23:30", "31-Mar-2026 00:30", "3d"),
        ("24-Oct-2026 23:30", "25-Oct-2026 00:30", "60min"),
        ("24-Oct-2026 23:30", "25-Oct-2026 02:30", "4hrs"),
        ("24-Oct-2026 00:30", "25-Oct-2026 23:29", "47hrs"),
        ("24-Oct-2026 00:30", "25-Oct-2026 23:30", "2d"),
        ("25-Oct-2026 00:30", "25-Oct-2026 02:00", "2hrs"),
        // From two days on by the calendar, as if no time were recorded.
        ("01-Jun-2026 23:30", "03-Jun-2026 23:29", "47hrs"),
        ("01-Jun-2026 23:30", "03-Jun-2026 23:30", "2d"),
        ("01-Jun-2026 23:30", "04-Jun-2026 00:00", "3d"),
        ("01-Jun-2026", "04-Jun-2026 00:00", "3d"),
    ];
    assert!(cases.len() >= 60);
    let shown = |born: &str, now: &str| {
        let (date, time) = moment(born);
        Birth { date, time, due: None }.age(at(now)).unwrap_or_default()
    };
    let wrong: Vec<_> = cases.iter().filter(|(born, now, age)| shown(born, now) != *age).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn corrected_ages_worked_by_hand_are_shown_so() {
    // All were due on 10-May-2025; weeks are counted back from there.
    for (born, on, corrected) in [
        // 30+0: two years.
        ("01-Mar-2025", "01-Mar-2025", "corrected: before due date"),
        ("01-Mar-2025", "09-May-2025", "corrected: before due date"),
        ("01-Mar-2025", "10-May-2025", "corrected 0d"),
        ("01-Mar-2025", "06-Jun-2025", "corrected 27d"),
        ("01-Mar-2025", "07-Jun-2025", "corrected 4w"),
        ("01-Mar-2025", "01-Sep-2025", "corrected 16w 2d"),
        ("01-Mar-2025", "10-May-2026", "corrected 12m"),
        ("01-Mar-2025", "09-May-2027", "corrected 23m 29d"),
        ("01-Mar-2025", "10-May-2027", ""),
        // 31+6 is the last of two years, 32+0 the first of one.
        ("14-Mar-2025", "11-May-2026", "corrected 12m 1d"),
        ("15-Mar-2025", "09-May-2026", "corrected 52w"),
        ("15-Mar-2025", "10-May-2026", ""),
        // 36+6 is corrected, before the due date too; 37+0 never.
        ("18-Apr-2025", "09-May-2025", "corrected: before due date"),
        ("18-Apr-2025", "17-May-2025", "corrected 7d"),
        ("19-Apr-2025", "09-May-2025", ""),
        ("19-Apr-2025", "17-May-2025", ""),
    ] {
        let birth = Birth { due: Some(moment("10-May-2025").0), ..Birth::on(moment(born).0) };
        assert_eq!(birth.corrected(moment(on).0).unwrap_or_default(), corrected, "born {born}, on {on}");
    }
}
