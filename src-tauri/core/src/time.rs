//! Instants, the clock they come from, and the one time zone of the service.
//! Rules take `now`; only the clock of a session reads it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::{Europe::London, Tz};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

/// The zone all wall times are in: Northern Ireland keeps the time of London.
pub const ZONE: Tz = London;

/// An instant in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "number & { readonly of: 'Timestamp' }"))]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The local date and time of this instant in Northern Ireland.
    #[must_use]
    pub fn local(self) -> NaiveDateTime {
        self.zoned().naive_local()
    }

    /// The local date of this instant in Northern Ireland.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.local().date()
    }

    /// Minutes that local time is ahead of UTC at this instant (0 or 60).
    #[must_use]
    pub fn offset_minutes(self) -> i32 {
        use chrono::Offset;
        self.zoned().offset().fix().local_minus_utc() / 60
    }

    /// The instant of a local date and time. A time that the spring change
    /// skips is moved on by the skipped hour; one that the autumn change
    /// repeats is the first of the two.
    #[must_use]
    pub fn from_local(local: NaiveDateTime) -> Self {
        let zoned = ZONE
            .from_local_datetime(&local)
            .earliest()
            .or_else(|| ZONE.from_local_datetime(&(local + chrono::Duration::hours(1))).earliest());
        Self(zoned.map_or_else(|| local.and_utc().timestamp_millis(), |at| at.timestamp_millis()))
    }

    /// This instant moved by `minutes` of elapsed time.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * 60_000)
    }

    fn zoned(self) -> DateTime<Tz> {
        DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&ZONE)
    }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

/// Where `now` comes from: the computer's clock, or a set clock on a practice
/// vault and in tests.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The computer's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place the clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp(Utc::now().timestamp_millis())
    }
}

/// A clock that shows what it was last set to.
#[derive(Clone, Debug)]
pub struct SetClock(Arc<AtomicI64>);

impl SetClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(at.0)))
    }

    /// Sets the clock.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// `23-Nov-2026`.
#[must_use]
pub fn date_words(date: NaiveDate) -> String {
    date.format("%d-%b-%Y").to_string()
}

/// `Mon 23-Nov-2026`.
#[must_use]
pub fn day_words(date: NaiveDate) -> String {
    date.format("%a %d-%b-%Y").to_string()
}

/// `23 November 2026`, for screen readers and letters.
#[must_use]
pub fn long_date_words(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `14:05`.
#[must_use]
pub fn time_words(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `Mon 23-Nov-2026, 14:05`.
#[must_use]
pub fn day_time_words(at: NaiveDateTime) -> String {
    format!("{}, {}", day_words(at.date()), time_words(at))
}

/// The date `days` working days (Monday to Friday) after `from`. Bank holidays
/// count as working days, so the answer is never later than the true one.
#[must_use]
pub fn add_working_days(from: NaiveDate, days: u32) -> NaiveDate {
    let mut date = from;
    let mut left = days;
    while left > 0 {
        date = date.succ_opt().unwrap_or(date);
        if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    date
}
