//! Days and hours of practice stories. Whatever day a record is made on, what
//! lies behind it is counted in working days, so that no weekday, weekend or
//! clock change puts one thing before another.

use chrono::{Days, NaiveDate, NaiveTime};

use crate::team::working_days::works_on;
use crate::time::Timestamp;

/// A time of a day, in Northern Ireland.
pub fn at(date: NaiveDate, hour: u32, minute: u32) -> Timestamp {
    Timestamp::from_local(date.and_time(NaiveTime::from_hms_opt(hour, minute % 60, 0).unwrap_or_default()))
}

/// An instant as a worker types it.
pub fn typed(at: Timestamp) -> String {
    at.local().format("%d-%b-%Y %H:%M").to_string()
}

/// A day as a worker types it.
pub fn typed_day(day: NaiveDate) -> String {
    day.format("%d-%b-%Y").to_string()
}

/// The day itself, or the next working day if nobody works on it.
pub fn working_day(date: NaiveDate) -> NaiveDate {
    if works_on(date) { date } else { after(date, 1) }
}

/// The `n`th working day before a day, itself not counted.
pub fn before(date: NaiveDate, n: u64) -> NaiveDate {
    counted(date, n, |day| day - Days::new(1))
}

/// The `n`th working day after a day, itself not counted.
pub fn after(date: NaiveDate, n: u64) -> NaiveDate {
    counted(date, n, |day| day + Days::new(1))
}

fn counted(date: NaiveDate, n: u64, step: impl Fn(NaiveDate) -> NaiveDate) -> NaiveDate {
    let mut days = std::iter::successors(Some(step(date)), |day| Some(step(*day))).filter(|day| works_on(*day));
    days.nth(n.saturating_sub(1) as usize).unwrap_or(date)
}
