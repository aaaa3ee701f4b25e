//! Reads the typed field from the left: words and signs, then the date.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::typed::when::clock::is_clock;
use crate::typed::when::{Lean, Read, WhenRefused};

use Token::{Day as D, Month as M, Number as N, Sign as S, Word as W};

/// Without a year, a date further off than nine months is asked again.
const NEAR_DAYS: i64 = 274;
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEK: Days = Days::new(7);

/// What was typed, in lower case and without spaces and commas.
#[derive(Clone, Copy)]
pub(super) enum Token<'a> {
    /// One to four digits.
    Number(&'a str),
    /// 1 to 12.
    Month(u32),
    Day(Weekday),
    Word(&'a str),
    Sign(char),
}

/// The tokens of a text in lower case; nothing if a number is longer than a year.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut left = text;
    loop {
        left = left.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let Some(first) = left.chars().next() else { return Some(found) };
        let same = |c: char| match first {
            '0'..='9' => c.is_ascii_digit(),
            _ => first.is_alphabetic() && c.is_alphabetic(),
        };
        let len = left.find(|c| !same(c)).unwrap_or(left.len()).max(first.len_utf8());
        let (token, after) = left.split_at(len);
        left = after;
        found.push(match first {
            '0'..='9' if len > 4 => return None,
            '0'..='9' => N(token),
            _ if !first.is_alphabetic() => S(first),
            _ => match (month_named(token), weekday(token)) {
                (Some(month), _) => M(month),
                (_, Some(day)) => D(day),
                _ => W(token),
            },
        });
    }
}

/// Reads from the left; each part takes what it understands.
pub(super) struct Reader<'a> {
    pub(super) left: &'a [Token<'a>],
    lean: Lean,
    today: NaiveDate,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(left: &'a [Token<'a>], lean: Lean, today: NaiveDate) -> Self {
        Self { left, lean, today }
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.left = &self.left[count..];
    }

    pub(super) fn finished(&self) -> Read<()> {
        if self.left.is_empty() { Ok(()) } else { Err(WhenRefused::Unclear) }
    }

    /// The date at the left; today if a time stands there alone.
    pub(super) fn date(&mut self) -> Read<NaiveDate> {
        let today = self.today;
        let (date, used) = match *self.left {
            [S(sign @ ('+' | '-')), N(count), W(unit), ..] => (moved(today, sign, value(count), unit)?, 3),
            [W("next"), D(day), ..] => (in_week(today + WEEK, day), 2),
            [W("last"), D(day), ..] => (in_week(today - WEEK, day), 2),
            [W("tod" | "today"), ..] => (Some(today), 1),
            [W("tom" | "tomorrow"), ..] => (today.succ_opt(), 1),
            [W("yes" | "yesterday"), ..] => (today.pred_opt(), 1),
            [D(day), ..] => {
                self.skip(1);
                return match self.numbered()? {
                    Some(date) if date.weekday() != day => Err(WhenRefused::Weekday),
                    Some(date) => Ok(date),
                    None => Ok(self.nearest(day)),
                };
            }
            // `9` is the 9th or nine o’clock; `9-10` the 9th of October or nine to ten.
            [N(number)] | [N(number), S('-'), N(_)] if number.len() <= 2 => return Err(WhenRefused::Unclear),
            [N(_), ..] => return Ok(self.numbered()?.unwrap_or(today)),
            [] => return Err(WhenRefused::Empty),
            _ => return Err(WhenRefused::Unclear),
        };
        self.skip(used);
        date.ok_or(WhenRefused::TooFarAhead)
    }

    /// A date that begins with the number of its day, or an ISO date.
    fn numbered(&mut self) -> Read<Option<NaiveDate>> {
        let (day, month, year, used) = match *self.left {
            [N(year), S('-'), N(month), S('-'), N(day), ..] if year.len() == 4 => (day, value(month), Some(year), 5),
            [N(day), S(a @ ('/' | '-' | '.')), N(month), S(b), N(year), ..] if a == b => (day, value(month), Some(year), 5),
            [N(day), S('/' | '-'), M(month), S('/' | '-'), N(year), ..] => (day, month, Some(year), 5),
            [N(day), S('/' | '-') | W("st" | "nd" | "rd" | "th"), M(month), ..] => (day, month, None, 3),
            [N(day), M(month), ..] => (day, month, None, 2),
            [N(day), S('/'), N(month), ..] => (day, value(month), None, 3),
            [N(day), N(month), ..] if day.len().max(month.len()) <= 2 && !is_clock(&self.left[1..]) => (day, value(month), None, 2),
            _ => return Ok(None),
        };
        self.skip(used);
        let year = year.map_or_else(|| self.year(), |year| Ok(Some(year)))?;
        match year {
            Some(year) => calendar_date(value(day), month, full_year(year, self.today)?),
            None => self.near(value(day), month),
        }
        .map(Some)
    }

    /// The year set off by a space, told from the time that may stand there.
    fn year(&mut self) -> Read<Option<&'a str>> {
        let [N(number), ..] = *self.left else { return Ok(None) };
        let near = self.today.year() - 1..=self.today.year() + 2;
        let is_year = match (number.len(), value(number)) {
            _ if is_clock(self.left) => false,
            (4, year) if near.contains(&year.cast_signed()) => true,
            (4, year) if year % 100 > 59 || year > 2359 => true,
            (4, 1900..2100) => return Err(WhenRefused::YearOrTime),
            (2, 24..) => true,
            _ => false,
        };
        self.skip(usize::from(is_year));
        Ok(is_year.then_some(number))
    }

    /// The nearest date of this day and month in the direction of the field.
    fn near(&self, day: u32, month: u32) -> Read<NaiveDate> {
        let years = self.today.year() - 1..=self.today.year() + 1;
        let dates: Vec<_> = years.map(|year| calendar_date(day, month, year)).collect();
        if let [Err(refused), Err(_), Err(_)] = dates[..] {
            return Err(refused);
        }
        let away = |date: &NaiveDate| match self.lean {
            Lean::Past => (self.today - *date).num_days(),
            Lean::Future => (*date - self.today).num_days(),
        };
        let near = dates.into_iter().flatten().find(|date| (0..=NEAR_DAYS).contains(&away(date)));
        near.ok_or(WhenRefused::YearNeeded)
    }

    /// The nearest such weekday in the direction of the field, today included.
    fn nearest(&self, day: Weekday) -> NaiveDate {
        let today = self.today.weekday();
        match self.lean {
            Lean::Past => self.today - Days::new(today.days_since(day).into()),
            Lean::Future => self.today + Days::new(day.days_since(today).into()),
        }
    }
}

/// `today` moved by a count of days, weeks or months (a month's last day if it
/// has no such day); nothing past the end of the calendar.
fn moved(today: NaiveDate, sign: char, count: u32, unit: &str) -> Read<Option<NaiveDate>> {
    let days = |each: u64| Days::new(u64::from(count) * each);
    let months = Months::new(count);
    Ok(match (sign, unit) {
        ('+', "d" | "day" | "days") => today.checked_add_days(days(1)),
        ('+', "w" | "week" | "weeks") => today.checked_add_days(days(7)),
        ('+', "m" | "month" | "months") => today.checked_add_months(months),
        (_, "d" | "day" | "days") => today.checked_sub_days(days(1)),
        (_, "w" | "week" | "weeks") => today.checked_sub_days(days(7)),
        (_, "m" | "month" | "months") => today.checked_sub_months(months),
        _ => return Err(WhenRefused::Unclear),
    })
}

/// That weekday of the week, Monday to Sunday, that `date` is in.
fn in_week(date: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let week = date.iso_week();
    NaiveDate::from_isoywd_opt(week.year(), week.week(), day)
}

pub(super) fn calendar_date(day: u32, month: u32, year: i32) -> Read<NaiveDate> {
    if !(1..=12).contains(&month) {
        return Err(WhenRefused::Month);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(WhenRefused::NoSuchDate)
}

/// Two digits mean the century that ends ten years from now.
fn full_year(year: &str, today: NaiveDate) -> Read<i32> {
    let number = value(year).cast_signed();
    let last = today.year() + 10;
    match year.len() {
        4 => Ok(number),
        2 => Ok(last - (last - number).rem_euclid(100)),
        _ => Err(WhenRefused::Year),
    }
}

/// The month (1 to 12) that a word of three letters or more begins.
pub(super) fn month_named(word: &str) -> Option<u32> {
    name_of(word, &MONTHS)
}

fn weekday(word: &str) -> Option<Weekday> {
    let number = if word == "weds" { 3 } else { name_of(word, &WEEKDAYS)? };
    Weekday::try_from(u8::try_from(number - 1).ok()?).ok()
}

/// The place (from 1) of the name that `word` begins, in three letters or more.
fn name_of(word: &str, names: &[&str]) -> Option<u32> {
    let place = names.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    u32::try_from(place + 1).ok()
}

/// The number in a field of so many digits.
pub(super) fn digits(text: &str, len: RangeInclusive<usize>) -> Option<u32> {
    (len.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| value(text))
}

/// The number that one to four digits are.
pub(super) fn value(digits: &str) -> u32 {
    digits.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
