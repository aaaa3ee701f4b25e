//! The one typed date field, day first and never month first: `19 11`,
//! `19-Nov-26`, `yesterday`, `next thu`, `+7d 10:30`, `today 14:00 65min`.
//!
//! Wall times are those of Northern Ireland. What can be read in two ways is
//! refused rather than guessed; the words of the answer stand beside the field.

use chrono::{Months, NaiveDate, NaiveTime, Timelike};

use crate::codes::refusals;
use crate::time::{Timestamp, day_words, long_date_words};

use reading::{Reader, calendar_date, digits, month_named, tokens};

mod clock;
mod reading;

/// A date further ahead than this is taken for a slip.
const FURTHEST_AHEAD: Months = Months::new(24);
/// What is said of an end on the next date.
const NEXT_DAY: &str = " the next day";
/// A date longer ago than this is taken for a slip.
const LONGEST_AGO: Months = Months::new(120 * 12);

/// Which way a date without a year, or a bare weekday, is looked for. Today
/// counts in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// The field is about something that has happened.
    Past,
    /// The field is about something planned.
    Future,
}

/// A local date, perhaps with a time and the time it ends on the same day.
/// Every wall time in it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The local date.
    pub date: NaiveDate,
    /// The local time, to the minute; in autumn's repeated hour the first.
    pub time: Option<NaiveTime>,
    /// The local time it ends: later than `time` on the same date, or on the next.
    pub until: Option<NaiveTime>,
    /// It ends on the next date: a visit over midnight, whose length was typed.
    pub overnight: bool,
}

refusals! {
    /// Why what was typed is not taken as a date.
    pub enum WhenRefused {
        Empty "when_empty" => "Type a date, such as 19/11, today or +7d 10:30.",
        Unclear "when_unclear" => "That is not a date Attune understands. Type it like 19/11, 19-Nov, today, next thu or +7d, then a time like 10:30.",
        Month "when_month" => "Attune could not read the month. Type the day first, then the month: 19/11 or 19-Nov.",
        Year "when_year" => "Type the year with four digits, such as 2026.",
        NoSuchDate "when_no_such_date" => "That month has no such day. Check the day and the month.",
        Weekday "when_weekday" => "The day of the week does not match the date. Check both, or type only the date.",
        YearNeeded "when_year_needed" => "Without a year that date is many months away. Type the year too, such as 19/11/2026.",
        YearOrTime "when_year_or_time" => "The last four digits could be a year or a time. Type 19/11/2020 for a year, or 20:20 for a time.",
        TooFarAhead "when_too_far_ahead" => "That is more than two years ahead. Check the year.",
        TooLongAgo "when_too_long_ago" => "That is more than 120 years ago. Check the year.",
        NoSuchTime "when_no_such_time" => "There is no such time. Type it like 10:30, 14:05 or 2.30pm.",
        AmOrPm "when_am_or_pm" => "That hour could be morning or afternoon. Type it like 2pm, 14:00 or 02:00.",
        EndNotAfterStart "when_end_not_after_start" => "The end must be later than the start, on the same day. Check both times.",
        Skipped "when_skipped" => "The clocks go forward in that hour, so there is no such time. Type an earlier or a later time.",
        Repeated "when_repeated" => "The clocks go back in the hour this ends, so the end time would be unclear. Type an end time outside that hour.",
    }
}

type Read<T> = Result<T, WhenRefused>;

/// Reads what was typed at `now`. A time alone means today; the date is at most
/// two years ahead and 120 years back. `next thu` and `last thu` are the
/// Thursdays of the next and the last week, Monday to Sunday.
///
/// # Errors
/// A refusal whose sentence says what to type instead.
pub fn parse(text: &str, lean: Lean, now: Timestamp) -> Result<When, WhenRefused> {
    let text = text.to_lowercase().replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}'], "-");
    // `words` says this of a time that happens twice.
    let text = text.split_once("(the first ").map_or(text.as_str(), |(before, _)| before);
    // `words` says this of what ends on the next day.
    let (text, overnight) = text.split_once(NEXT_DAY).map_or((text, false), |(before, _)| (before, true));
    let tokens = tokens(text).ok_or(WhenRefused::Unclear)?;
    let mut reader = Reader::new(&tokens, lean, now.date());
    let date = reader.date()?;
    let when = reader.times(date, overnight)?;
    reader.finished()?;
    in_range(date, now.date())?;
    Ok(when)
}

/// Reads a start, and an end typed apart from it: a time such as `15:05`, or a
/// length such as `65` or `1h 5min`. An empty end may stand with the start.
///
/// # Errors
/// As [`parse`].
pub fn parse_with_end(text: &str, end: &str, lean: Lean, now: Timestamp) -> Result<When, WhenRefused> {
    let end = end.trim().to_lowercase();
    if end.is_empty() {
        return parse(text, lean, now);
    }
    // Words of a time that happens twice stand last and name the start.
    let text = text.split_once("(the first ").map_or(text, |(before, _)| before);
    let length = end.chars().any(char::is_alphabetic) && !end.ends_with("am") && !end.ends_with("pm");
    match end.parse::<u32>() {
        Ok(_) if end.len() <= 3 => parse(&format!("{text} {end}min"), lean, now),
        _ if length => parse(&format!("{text} {end}"), lean, now),
        _ => parse(&format!("{text}-{}", end.trim_start_matches('-')), lean, now),
    }
}

/// The date of three fields: a day, a month by number or name, a year of four
/// digits. Whether it is likely is for the rule that takes it.
///
/// # Errors
/// A refusal whose sentence names the field to look at.
pub fn parse_date(day: &str, month: &str, year: &str) -> Result<NaiveDate, WhenRefused> {
    let (day, month, year) = (day.trim(), month.trim().to_lowercase(), year.trim());
    if [day, &month, year].iter().all(|field| field.is_empty()) {
        return Err(WhenRefused::Empty);
    }
    let day = digits(day, 1..=2).ok_or(WhenRefused::NoSuchDate)?;
    let month = month_named(&month).or_else(|| digits(&month, 1..=2)).ok_or(WhenRefused::Month)?;
    let year = digits(year, 4..=4).ok_or(WhenRefused::Year)?;
    calendar_date(day, month, year.cast_signed())
}

impl When {
    /// The instant it begins; midnight at the start of the date if no time was given.
    #[must_use]
    pub fn instant(&self) -> Timestamp {
        Timestamp::from_local(self.date.and_time(self.time.unwrap_or_default()))
    }

    /// The instant it ends, if an end was given.
    #[must_use]
    pub fn until_instant(&self) -> Option<Timestamp> {
        Some(Timestamp::from_local(self.last_date().and_time(self.until?)))
    }

    /// How long it lasts in elapsed minutes, if an end was given.
    #[must_use]
    pub fn minutes(&self) -> Option<i64> {
        Some((self.until_instant()?.0 - self.instant().0) / 60_000)
    }

    /// `Mon 30-Nov-2026, 10:30`; with an end `…, 14:00 to 15:05`. Reads back as
    /// the same value.
    #[must_use]
    pub fn words(&self) -> String {
        let times = match (self.time, self.until) {
            (None, _) => String::new(),
            (Some(time), None) => format!(", {}", clock_words(time)),
            (Some(time), Some(until)) => format!(", {} to {}{}", clock_words(time), clock_words(until), self.next_day_words()),
        };
        format!("{}{times}{}", day_words(self.date), self.first_words())
    }

    /// `Monday 30 November 2026 at 10:30`, or `… from 14:00 to 15:05`: for
    /// screen readers and letters.
    #[must_use]
    pub fn long_words(&self) -> String {
        let times = match (self.time, self.until) {
            (None, _) => String::new(),
            (Some(time), None) => format!(" at {}", clock_words(time)),
            (Some(time), Some(until)) => format!(" from {} to {}{}", clock_words(time), clock_words(until), self.next_day_words()),
        };
        format!("{} {}{times}{}", self.date.format("%A"), long_date_words(self.date), self.first_words())
    }

    /// The words of what stands in one field: without the end if that was typed
    /// apart. With that end beside them they read back as the same value.
    #[must_use]
    pub fn fixed(&self, end: &str) -> String {
        if end.trim().is_empty() { self.words() } else { Self { until: None, overnight: false, ..*self }.words() }
    }

    /// The date it ends on.
    fn last_date(&self) -> NaiveDate {
        if self.overnight { self.date.succ_opt().unwrap_or(self.date) } else { self.date }
    }

    const fn next_day_words(&self) -> &'static str {
        if self.overnight { NEXT_DAY } else { "" }
    }

    /// ` (the first 01:30)` if the clocks go back and repeat that time.
    fn first_words(&self) -> String {
        let twice = |time: &NaiveTime| {
            let local = self.date.and_time(*time);
            Timestamp::from_local(local).plus_minutes(60).local() == local
        };
        let until = self.until.filter(|_| !self.overnight);
        let time = [self.time, until].into_iter().flatten().find(twice);
        time.map(|time| format!(" (the first {})", clock_words(time))).unwrap_or_default()
    }
}

fn in_range(date: NaiveDate, today: NaiveDate) -> Read<()> {
    if today.checked_add_months(FURTHEST_AHEAD).is_some_and(|last| date > last) {
        return Err(WhenRefused::TooFarAhead);
    }
    if today.checked_sub_months(LONGEST_AGO).is_some_and(|first| date < first) {
        return Err(WhenRefused::TooLongAgo);
    }
    Ok(())
}

fn clock_words(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod fixed;
#[cfg(test)]
mod tests;
