//! The times of the typed field: a time of day, an end or a length after it.

use chrono::{NaiveDate, NaiveTime};

use crate::time::Timestamp;
use crate::typed::when::reading::{Reader, Token, value};
use crate::typed::when::{Read, When, WhenRefused};

/// What lasts longer than this over midnight, in minutes, is taken for a slip.
const LONGEST_OVERNIGHT: i64 = 12 * 60;

use Token::{Number as N, Sign as S, Word as W};

impl<'a> Reader<'a> {
    /// The time and the end at the left, if they are there.
    pub(super) fn times(&mut self, date: NaiveDate, overnight: bool) -> Read<When> {
        let mut when = When { date, time: None, until: None, overnight: false };
        let Some(start) = self.clock() else { return Ok(when) };
        if let [S('-') | W("to" | "until" | "till" | "til"), ..] = *self.left {
            self.skip(1);
            let end = self.clock().ok_or(WhenRefused::Unclear)?;
            let (time, until) = if overnight { (start.time()?, end.time()?) } else { span(start, end)? };
            let last = if overnight { next(date)? } else { date };
            when.time = Some(existing(date, time)?);
            when.until = Some(existing(last, until)?);
            when.overnight = overnight;
            if overnight && when.minutes().is_none_or(|minutes| minutes > LONGEST_OVERNIGHT) {
                return Err(WhenRefused::EndNotAfterStart);
            }
        } else {
            let time = existing(date, start.time()?)?;
            when.time = Some(time);
            if let Some(minutes) = self.duration() {
                let (last, until) = after(date, time, minutes)?;
                (when.until, when.overnight) = (Some(until), last != date);
            }
        }
        Ok(when)
    }

    fn clock(&mut self) -> Option<Clock<'a>> {
        let (hour, minute, used) = match *self.left {
            [N(hour), S(':' | '.'), N(minute), ..] if hour.len() <= 2 && minute.len() == 2 => (hour, Some(minute), 3),
            [N(hour), ..] if hour.len() <= 2 => (hour, None, 1),
            [N(both), ..] => {
                let (hour, minute) = both.split_at(both.len() - 2);
                (hour, Some(minute), 1)
            }
            _ => return None,
        };
        self.skip(used);
        let half = match *self.left {
            [W("am"), ..] => Some(0),
            [W("pm"), ..] => Some(12),
            _ => None,
        };
        self.skip(usize::from(half.is_some()));
        Some(Clock { hour, minute, half })
    }

    /// `65min`, `1h`, `1h 5min` or `1h5`, in minutes.
    fn duration(&mut self) -> Option<i64> {
        let (hours, minutes, used) = match *self.left {
            [N(hours), W(unit), N(minutes), W(small), ..] if is_hours(unit) && is_minutes(small) => (hours, minutes, 4),
            [N(hours), W(unit), N(minutes)] if is_hours(unit) => (hours, minutes, 3),
            [N(hours), W(unit), ..] if is_hours(unit) => (hours, "0", 2),
            [N(minutes), W(unit), ..] if is_minutes(unit) => ("0", minutes, 2),
            _ => return None,
        };
        self.skip(used);
        Some(i64::from(value(hours)) * 60 + i64::from(value(minutes)))
    }
}

/// A time of day as typed; `half` is what `am` or `pm` adds.
#[derive(Clone, Copy)]
struct Clock<'a> {
    hour: &'a str,
    minute: Option<&'a str>,
    half: Option<u32>,
}

impl Clock<'_> {
    fn time(self) -> Read<NaiveTime> {
        let hour = match (value(self.hour), self.half) {
            (hour @ 1..=12, Some(half)) => hour % 12 + half,
            (1..=6, None) if self.hour.len() == 1 => return Err(WhenRefused::AmOrPm),
            (hour, None) => hour,
            (_, Some(_)) => return Err(WhenRefused::NoSuchTime),
        };
        NaiveTime::from_hms_opt(hour, self.minute.map_or(0, value), 0).ok_or(WhenRefused::NoSuchTime)
    }

    fn takes_half(self) -> bool {
        self.half.is_none() && (1..=12).contains(&value(self.hour))
    }

    /// `10:30` may mean the morning though the other end says `pm`; `2` and `2.30` cannot.
    fn is_24_hour(self) -> bool {
        self.hour.len() == 2 && self.minute.is_some()
    }
}

/// Both ends of a span; `2-3pm` and `11-1pm` take the half of the other end.
fn span(start: Clock<'_>, end: Clock<'_>) -> Read<(NaiveTime, NaiveTime)> {
    let halves = |half: u32| [Some(half), Some(12 - half)];
    let readings: Vec<(Clock<'_>, Clock<'_>)> = match (start.half, end.half) {
        (None, Some(half)) if start.takes_half() => halves(half).map(|half| (Clock { half, ..start }, end)).into(),
        (Some(half), None) if end.takes_half() => halves(half).map(|half| (start, Clock { half, ..end })).into(),
        _ => vec![(start, end)],
    };
    let readings: Read<Vec<_>> = readings.into_iter().map(|(start, end)| Ok((start.time()?, end.time()?))).collect();
    let forward: Vec<_> = readings?.into_iter().filter(|(start, end)| start < end).collect();
    match forward[..] {
        [] => Err(WhenRefused::EndNotAfterStart),
        [_, _] if [start, end].iter().any(|clock| clock.half.is_none() && clock.is_24_hour()) => Err(WhenRefused::AmOrPm),
        [first, ..] => Ok(first),
    }
}

/// The time, if the clocks do not skip it on that date.
fn existing(date: NaiveDate, time: NaiveTime) -> Read<NaiveTime> {
    let local = date.and_time(time);
    if Timestamp::from_local(local).local() == local { Ok(time) } else { Err(WhenRefused::Skipped) }
}

/// The date and the time of day after `minutes` of elapsed time; over midnight if
/// that is no longer than [`LONGEST_OVERNIGHT`].
fn after(date: NaiveDate, time: NaiveTime, minutes: i64) -> Read<(NaiveDate, NaiveTime)> {
    let end = Timestamp::from_local(date.and_time(time)).plus_minutes(minutes);
    let local = end.local();
    let overnight = local.date() != date;
    if minutes == 0 || overnight && (local.date() != next(date)? || minutes > LONGEST_OVERNIGHT) {
        return Err(WhenRefused::EndNotAfterStart);
    }
    if Timestamp::from_local(local) == end { Ok((local.date(), local.time())) } else { Err(WhenRefused::Repeated) }
}

fn next(date: NaiveDate) -> Read<NaiveDate> {
    date.succ_opt().ok_or(WhenRefused::NoSuchDate)
}

/// Whether the number at the left is a time or a length of time.
pub(super) fn is_clock(left: &[Token<'_>]) -> bool {
    match *left {
        [N(_), S(':' | '.' | '-'), ..] | [N(_), W("am" | "pm" | "to" | "until" | "till" | "til"), ..] => true,
        [N(_), W(unit), ..] => is_hours(unit) || is_minutes(unit),
        _ => false,
    }
}

fn is_hours(unit: &str) -> bool {
    matches!(unit, "h" | "hr" | "hrs" | "hour" | "hours")
}

fn is_minutes(unit: &str) -> bool {
    matches!(unit, "m" | "min" | "mins" | "minute" | "minutes")
}
