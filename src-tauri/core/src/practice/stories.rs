//! Which family has what. Nothing here rolls dice: the place of a family in
//! the list decides, so that a record of four families has something for every
//! screen, and a larger one has it again and again.

use crate::family::FlagKind;
use crate::practice::course::{Act, Course};

/// How the visits of a family stand on the day of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A visit is booked for today.
    Today,
    /// Nobody opened; booked again for today.
    DoorClosed,
    /// A visit was booked, its day has passed and there is no note of it.
    Unwritten,
    /// The infant was not brought, and nothing is booked.
    NotBrought,
    /// Nobody has met the family for weeks.
    LongAgo,
    /// Visited within the last days.
    Lately,
}

impl Ending {
    pub const fn of(family: usize) -> Self {
        match family % 8 {
            0 => Self::Today,
            1 => Self::DoorClosed,
            3 => Self::Unwritten,
            4 => Self::NotBrought,
            6 if family % 16 == 6 => Self::Unwritten,
            7 => Self::LongAgo,
            _ => Self::Lately,
        }
    }

    /// How many working days ago the last contact was; about as many where others do not depend on it.
    pub const fn working_days(self) -> u64 {
        match self {
            Self::Today => 4,
            Self::DoorClosed | Self::Lately => 2,
            Self::Unwritten => 7,
            Self::NotBrought => 3,
            Self::LongAgo => 13,
        }
    }
}

/// Whether the infant of a family is still on the way.
pub(super) const fn unborn(family: usize) -> bool {
    family % 11 == 3
}

/// Whether a family has come to the team in the last weeks.
pub(super) const fn new_to_the_team(family: usize) -> bool {
    family % 8 == 5
}

/// Whether a partner worker shares in a family.
pub(super) const fn shared(family: usize) -> bool {
    family % 9 == 2
}

/// Every state that flags can be in: known, none known, never looked for, and ended.
pub(super) fn flags_of(course: &mut Course) {
    let worker = course.worker.clone();
    let looked_at = course.at(course.opened, 10);
    let (kind, detail) = match course.family % 10 {
        0 => (FlagKind::Interpreter, "Tetum"),
        1 => (FlagKind::InHospital, ""),
        3 => (FlagKind::VisitInPairs, ""),
        4 => {
            course.put(looked_at, &worker, Act::CheckFlags);
            return;
        }
        6 => (FlagKind::ChildProtectionRegister, ""),
        8 => (FlagKind::InHospital, ""),
        _ => return,
    };
    let mark = course.mark();
    course.put(looked_at, &worker, Act::Flag(mark, kind, detail));
    if course.family % 10 == 1 {
        course.put(course.at(course.day(4), 10), &worker, Act::EndFlag(mark));
    }
}

/// What waits for somebody today: drafts, concerns, and what others have
/// recorded since a reader last marked the family as seen.
pub(super) fn waiting_today(course: &mut Course) {
    let worker = course.worker.clone();
    match course.family % 12 {
        0 | 7 => {
            course.put(course.at(course.ago(1), 12), &worker, Act::Draft);
        }
        2 => {
            let mark = course.mark();
            course.put(course.at(course.ago(1), 14), &worker, Act::Concern(mark));
        }
        1 | 9 => {
            let mark = course.mark();
            if course.put(course.at(course.ago(3), 14), &worker, Act::Concern(mark)) {
                course.put(course.at(course.ago(2), 9), "lead", Act::AnswerConcern(mark));
            }
        }
        _ => {}
    }
    for (reader, days) in [(worker.as_str(), 4), ("tara", 7), ("lead", 4)] {
        course.put(course.at(course.ago(days), 17), reader, Act::Seen);
    }
}
