//! Instants, the clock they come from, and the one time zone of the service.
//! Rules take `now`; only the clock of a session reads it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::{Europe::London, Tz};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

/// The zone all wall times are in: Northern Ireland keeps the time of London.
pub const ZONE: Tz = London;

/// Two clocks that are right are no more than this apart, in minutes.
pub const CLOCKS_APART_MINUTES: i64 = 10;

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

/// How long the computer has been on: what nobody can set back, so that a lock
/// does not wait for a clock that was changed.
pub trait Uptime: Send + Sync {
    /// Time since an arbitrary beginning, with the time that the computer slept.
    fn with_sleep(&self) -> Duration;
    /// The same without the time that the computer slept.
    fn awake(&self) -> Duration;
}

/// The computer's own. On Linux sleep is counted and can be told; elsewhere the
/// system decides whether its steady clock goes on in sleep.
#[derive(Debug, Default)]
pub struct SystemUptime;

#[cfg(target_os = "linux")]
impl Uptime for SystemUptime {
    fn with_sleep(&self) -> Duration {
        steady(rustix::time::ClockId::Boottime)
    }

    fn awake(&self) -> Duration {
        steady(rustix::time::ClockId::Monotonic)
    }
}

#[cfg(target_os = "linux")]
fn steady(clock: rustix::time::ClockId) -> Duration {
    Duration::try_from(rustix::time::clock_gettime(clock)).unwrap_or_default()
}

#[cfg(not(target_os = "linux"))]
impl Uptime for SystemUptime {
    fn with_sleep(&self) -> Duration {
        static BEGINNING: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
        BEGINNING.elapsed()
    }

    fn awake(&self) -> Duration {
        self.with_sleep()
    }
}

/// An uptime that passes when it is told to, for tests.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Debug, Default)]
pub struct SetUptime(Arc<[AtomicI64; 2]>);

#[cfg(any(test, feature = "testing"))]
impl SetUptime {
    /// Lets time pass with the computer awake.
    pub fn pass(&self, time: Duration) {
        self.0[0].fetch_add(millis(time), Ordering::SeqCst);
    }

    /// Lets the computer sleep.
    pub fn sleep(&self, time: Duration) {
        self.0[1].fetch_add(millis(time), Ordering::SeqCst);
    }
}

#[cfg(any(test, feature = "testing"))]
fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(any(test, feature = "testing"))]
impl Uptime for SetUptime {
    fn with_sleep(&self) -> Duration {
        self.awake() + Duration::from_millis(self.0[1].load(Ordering::SeqCst).unsigned_abs())
    }

    fn awake(&self) -> Duration {
        Duration::from_millis(self.0[0].load(Ordering::SeqCst).unsigned_abs())
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
