//! What happens to one practice family, put down in an order that every
//! operation accepts.

use chrono::NaiveDate;

use crate::contact::{ContactKind, Outcome};
use crate::family::FlagKind;
use crate::placement::needs_second;
use crate::practice::days::{after, at, before};
use crate::time::Timestamp;

/// One thing that happens in a practice family's story.
#[derive(Debug, Clone)]
pub struct Event {
    /// When it is written down.
    pub at: Timestamp,
    /// Who does it, by the name typed at sign-in.
    pub by: String,
    pub(super) family: usize,
    pub(super) act: Act,
}

/// Names what an event makes, so that a later one can say what it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Mark {
    family: usize,
    number: usize,
}

#[derive(Debug, Clone)]
pub(super) enum Act {
    Add,
    Flag(Mark, FlagKind, &'static str),
    EndFlag(Mark),
    CheckFlags,
    Contact(Mark, Visit),
    Details(Mark, &'static str),
    Retract(Mark),
    Concern(Mark),
    AnswerConcern(Mark),
    Draft,
    Answers,
    Place { mark: Mark, step: u8, review: Option<NaiveDate> },
    Confirm(Mark),
    Conversation { declined: bool },
    Exposure,
    Seen,
}

#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub from: Timestamp,
    pub minutes: i64,
    pub outcome: Outcome,
    pub kind: ContactKind,
    pub next: Option<Timestamp>,
}

/// The events of one family, as they are put down.
pub(super) struct Course {
    pub family: usize,
    /// Who works with it.
    pub worker: String,
    pub opened: NaiveDate,
    /// The day the record is on. All that is written happens before it, so
    /// that the record is true at any hour of the day.
    pub today: NaiveDate,
    pub events: Vec<Event>,
    /// The step the family stands on, and since when it does for sure.
    stands: Option<(u8, Timestamp)>,
    /// A placement that waits for a second person.
    awaited: Option<Mark>,
    marks: usize,
}

impl Course {
    /// A family that the lead adds in the morning of the day it is opened.
    pub fn new(family: usize, worker: String, opened: NaiveDate, today: NaiveDate) -> Self {
        let mut course = Self { family, worker, opened, today, events: Vec::new(), stands: None, awaited: None, marks: 0 };
        course.put(course.at(opened, 9), "lead", Act::Add);
        course
    }

    /// A time of a day, some minutes past the hour: other ones for each family.
    pub fn at(&self, day: NaiveDate, hour: u32) -> Timestamp {
        at(day, hour, (self.family % 50) as u32)
    }

    /// The `n`th working day before today.
    pub fn ago(&self, n: u64) -> NaiveDate {
        before(self.today, n)
    }

    /// The `n`th working day after the family was opened.
    pub fn day(&self, n: u64) -> NaiveDate {
        after(self.opened, n)
    }

    /// Puts an event down, and says whether it fits: not before the family is
    /// there, and not after the evening before today.
    pub fn put(&mut self, at: Timestamp, by: &str, act: Act) -> bool {
        let first = self.events.first().map_or(at, |added| added.at);
        let fits = at >= first && at.date() < self.today;
        if fits {
            self.events.push(Event { at, by: by.to_owned(), family: self.family, act });
        }
        fits
    }

    /// A name for what an event makes.
    pub fn mark(&mut self) -> Mark {
        self.marks += 1;
        Mark { family: self.family, number: self.marks }
    }

    /// Places the family, unless an earlier placement still waits.
    pub fn place(&mut self, at: Timestamp, step: u8, review: Option<NaiveDate>) {
        if self.awaited.is_some() || self.stands.is_some_and(|(_, since)| since >= at) {
            return;
        }
        let mark = self.mark();
        let worker = self.worker.clone();
        if self.put(at, &worker, Act::Place { mark, step, review }) {
            self.awaited = needs_second(self.step(), step).then_some(mark);
            self.stands = Some((step, at));
        }
    }

    /// The therapist confirms the placement that waits, if one does.
    pub fn confirm(&mut self, at: Timestamp) {
        let Some((step, since)) = self.stands else { return };
        let Some(mark) = self.awaited.filter(|_| since < at) else { return };
        if self.put(at, "tara", Act::Confirm(mark)) {
            self.awaited = None;
            self.stands = Some((step, at));
        }
    }

    /// The step the family stands on.
    pub fn step(&self) -> Option<u8> {
        self.stands.map(|(step, _)| step)
    }
}
