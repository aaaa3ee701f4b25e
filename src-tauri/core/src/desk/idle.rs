//! When an open record locks by itself: after so many minutes without a person,
//! and when the computer has slept. Decided here, on a clock that nobody can
//! set; the window only tells that somebody is there.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::desk::{Desk, locked};
use crate::error::Result;
use crate::team::rows as team;
use crate::time::{SystemUptime, Uptime};

/// How long the window has to put on disk what is typed before the core locks
/// without it.
const GRACE: Duration = Duration::from_secs(10);

/// Less than this is a hiccup of the two clocks, not a computer that slept.
const A_SLEEP: Duration = Duration::from_secs(2);

/// When somebody was last there.
pub(super) struct Idle {
    uptime: Arc<dyn Uptime>,
    since: Mutex<Mark>,
}

#[derive(Clone, Copy)]
struct Mark {
    /// When a person last did something, sleep counted.
    there: Duration,
    /// How long the computer had slept when the record was opened.
    slept: Duration,
}

impl Idle {
    pub(super) fn new(uptime: Arc<dyn Uptime>) -> Self {
        let mark = Mark { there: uptime.with_sleep(), slept: slept(uptime.as_ref()) };
        Self { uptime, since: Mutex::new(mark) }
    }

    /// Somebody has just signed in.
    pub(super) fn begin(&self) {
        *self.mark() = Mark { there: self.uptime.with_sleep(), slept: slept(self.uptime.as_ref()) };
    }

    /// The uptime now, sleep counted.
    pub(super) fn uptime(&self) -> Duration {
        self.uptime.with_sleep()
    }

    fn there(&self) {
        self.mark().there = self.uptime.with_sleep();
    }

    /// How long until the record locks; none when it should be locked now.
    fn left(&self, limit: Duration) -> Option<Duration> {
        let mark = *self.mark();
        if slept(self.uptime.as_ref()).saturating_sub(mark.slept) >= A_SLEEP {
            return None;
        }
        limit.checked_sub(self.uptime.with_sleep().saturating_sub(mark.there)).filter(|left| !left.is_zero())
    }

    fn mark(&self) -> std::sync::MutexGuard<'_, Mark> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn slept(uptime: &dyn Uptime) -> Duration {
    uptime.with_sleep().saturating_sub(uptime.awake())
}

impl Default for Idle {
    fn default() -> Self {
        Self::new(Arc::new(SystemUptime))
    }
}

/// How an open record is to be treated now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// Nothing is open.
    Locked,
    /// It locks in so long if nobody does anything.
    Open(Duration),
    /// It is to be locked now.
    Due,
}

impl Desk {
    /// The same desk on another uptime, for tests.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn with_uptime(mut self, uptime: Arc<dyn Uptime>) -> Self {
        self.idle = Idle::new(uptime);
        self
    }

    /// A person has pressed a key or a button: the time until the lock begins
    /// again. It does not bring a record back that is due to lock.
    pub fn somebody_is_there(&self) {
        if let Watch::Open(_) = self.watch() {
            self.idle.there();
        }
    }

    /// Whether an open record is to be locked now, and otherwise when.
    #[must_use]
    pub fn watch(&self) -> Watch {
        match self.auto_lock() {
            None => Watch::Locked,
            Some(limit) => self.idle.left(limit).map_or(Watch::Due, Watch::Open),
        }
    }

    /// Locks a record whose time is over and whose window did not lock it.
    ///
    /// # Errors
    /// `locked` when it was.
    pub(crate) fn refuse_if_overdue(&self) -> Result<()> {
        let Some(limit) = self.auto_lock() else { return Ok(()) };
        if self.idle.left(limit + GRACE).is_some() {
            return Ok(());
        }
        self.lock()?;
        Err(locked())
    }

    /// The time of the team's settings while a record is open.
    fn auto_lock(&self) -> Option<Duration> {
        self.with_open(|open| Ok(team::team(open.session.conn())?.auto_lock_minutes))
            .ok()
            .map(|minutes| Duration::from_secs(u64::try_from(minutes).unwrap_or(10).max(1) * 60))
    }
}
