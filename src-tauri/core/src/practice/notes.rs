//! Visits and the notes that are written of them.

use chrono::{Days, NaiveDate};

use crate::contact::{ContactEntry, ContactKind, InfantSeen, InfantState, Outcome, Safety};
use crate::error::Result;
use crate::person::{FamilyRole, PersonId};
use crate::practice::Stories;
use crate::practice::course::{Act, Course, Visit};
use crate::practice::days::{after, at, typed, working_day};
use crate::practice::stories::Ending;
use crate::team::code_list;
use crate::team::code_list::ListName;

impl Stories {
    /// The visits of a family, from its first week to how they stand today.
    pub(super) fn visits(&mut self, course: &mut Course, wanted: usize) {
        let ending = Ending::of(course.family);
        let spread = if ending == Ending::Lately { self.dice.below(4) } else { 0 };
        let last = course.ago(ending.working_days() + spread);
        let first = course.day(2 + self.dice.below(4));
        let length = u64::try_from((last - first).num_days()).unwrap_or(0);
        let step = if wanted > 0 { (length / wanted as u64).max(1) } else { 7 + self.dice.below(7) };
        let mut days = Vec::new();
        let mut day = first;
        while day + Days::new(2) <= last && (wanted == 0 || days.len() + 1 < wanted) {
            days.push(day);
            day = working_day(day + Days::new(step));
        }
        for (number, day) in days.iter().enumerate() {
            self.visit(course, number, *day, *days.get(number + 1).unwrap_or(&last));
        }
        if last > course.opened {
            self.last_visit(course, ending, last);
        }
    }

    /// A contact on a day, and now and then details added to it. The third of
    /// some families was entered in error.
    fn visit(&mut self, course: &mut Course, number: usize, day: NaiveDate, next_day: NaiveDate) {
        let roll = self.dice.below(20);
        let (outcome, kind) = match roll {
            0 => (Outcome::NoAccess, ContactKind::HomeVisit),
            1 => (Outcome::WasNotBrought, ContactKind::Clinic),
            2 => (Outcome::CancelledByFamily, ContactKind::HomeVisit),
            3 | 4 => (Outcome::Attended, ContactKind::Phone),
            5 => (Outcome::Attended, ContactKind::Clinic),
            6 => (Outcome::Attended, ContactKind::JointVisit),
            7 => (Outcome::Attended, ContactKind::Group),
            _ => (Outcome::Attended, ContactKind::HomeVisit),
        };
        let by = if roll == 6 { "tara".to_owned() } else { course.worker.clone() };
        let next = (self.dice.below(8) != 0).then_some(next_day);
        let late = self.dice.below(15) == 0;
        let visit = self.at_some_hour(day, outcome, kind, next);
        let signed = visit.from.plus_minutes(visit.minutes + if late { 30 * 60 } else { 15 });
        let mark = course.mark();
        course.put(signed, &by, Act::Contact(mark, visit));
        if self.dice.below(12) == 0 {
            let text = self.words.addendum[self.dice.below(self.words.addendum.len() as u64) as usize].as_str();
            let worker = course.worker.clone();
            course.put(signed.plus_minutes(60), &worker, Act::Details(mark, text));
        }
        if number == 2 && course.family.is_multiple_of(9) {
            course.put(signed.plus_minutes(120), &by, Act::Retract(mark));
        }
    }

    /// The last contact, which says how the family stands today.
    fn last_visit(&mut self, course: &mut Course, ending: Ending, day: NaiveDate) {
        let (outcome, kind, next) = match ending {
            Ending::Today => (Outcome::Attended, ContactKind::HomeVisit, Some(course.today)),
            Ending::DoorClosed => (Outcome::NoAccess, ContactKind::HomeVisit, Some(course.today)),
            Ending::Unwritten => (Outcome::Attended, ContactKind::HomeVisit, Some(course.ago(3))),
            Ending::NotBrought => (Outcome::WasNotBrought, ContactKind::Clinic, None),
            Ending::LongAgo => (Outcome::Attended, ContactKind::Phone, None),
            Ending::Lately => (Outcome::Attended, ContactKind::HomeVisit, Some(after(course.today, 1 + self.dice.below(8)))),
        };
        let visit = self.at_some_hour(day, outcome, kind, next);
        let signed = visit.from.plus_minutes(visit.minutes + 15);
        let mark = course.mark();
        let worker = course.worker.clone();
        let put = course.put(signed, &worker, Act::Contact(mark, visit));
        if put && course.family % 4 == 2 {
            let text = self.words.addendum[0].as_str();
            course.put(course.at(course.ago(1), 10), "tara", Act::Details(mark, text));
        }
    }

    fn at_some_hour(&mut self, day: NaiveDate, outcome: Outcome, kind: ContactKind, next: Option<NaiveDate>) -> Visit {
        let from = at(day, 9 + self.dice.below(7) as u32, 15 * self.dice.below(4) as u32);
        let minutes = if outcome.met() { 35 + 5 * self.dice.below(9) as i64 } else { 5 };
        let hour = 9 + self.dice.below(7) as u32;
        let next = next.map(|day| at(day, hour, 30)).filter(|next| *next > from.plus_minutes(31 * 60));
        Visit { from, minutes, outcome, kind, next }
    }

    /// What is written of a visit.
    pub(super) fn note(&mut self, family: usize, visit: &Visit) -> Result<ContactEntry> {
        let words = self.words;
        let until = visit.from.plus_minutes(visit.minutes);
        let practice = &self.families[family];
        let people: Vec<PersonId> = practice.added.as_ref().map(|added| added.people.clone()).unwrap_or_default();
        let infants = practice.entry.people.iter().filter(|person| person.role == FamilyRole::Infant).count();
        let born = practice.born.is_some_and(|born| born <= visit.from.date());
        let met = visit.outcome.met();
        let sees = met && crate::contact::asked::can_see(visit.kind);
        // Before a birth there is nobody to bring: the parent did not come.
        let outcome = if visit.outcome == Outcome::WasNotBrought && !born { Outcome::DidNotCome } else { visit.outcome };
        let mut entry = ContactEntry {
            kind: Some(visit.kind),
            outcome: Some(outcome),
            when: format!("{}-{}", typed(visit.from), until.local().format("%H:%M")),
            place: self.dice.pick(&words.places),
            safety: Some(Safety::NoNewConcern),
            plan: self.dice.pick(&words.plan),
            next_visit: visit.next.map(typed).unwrap_or_default(),
            ..ContactEntry::default()
        };
        if met {
            entry.present = people.iter().take(infants + 1).copied().collect();
            entry.absent = people.iter().skip(infants + 1).take(self.dice.below(2) as usize).copied().collect();
            entry.told = self.dice.pick(&words.told);
            let baby = &words.baby[self.dice.below(words.baby.len() as u64) as usize];
            if sees && born {
                entry.baby_told.clone_from(&baby.cues);
                entry.baby_reading.clone_from(&baby.reading);
                entry.baby_changed.clone_from(&baby.changed);
            }
        }
        if sees {
            let states = [InfantState::Awake, InfantState::Awake, InfantState::Feeding, InfantState::Asleep, InfantState::Upset];
            for person in people.iter().take(infants) {
                let state = if born { states[self.dice.below(5) as usize] } else { InfantState::NotBorn };
                entry.infants.push(InfantSeen { person: *person, state });
            }
            let activities = code_list::first_entries(ListName::Activity)?;
            entry.did = vec![activities[self.dice.below(activities.len() as u64) as usize].code.clone()];
            entry.saw = self.dice.pick(&words.saw);
            if self.dice.below(3) == 0 {
                entry.think = self.dice.pick(&words.think);
            }
            if self.dice.below(2) == 0 {
                entry.plan = format!("{}\n{}", entry.plan, self.dice.pick(&words.plan));
            }
        } else if met {
            entry.present.retain(|person| !people.iter().take(infants).any(|infant| infant == person));
        }
        Ok(entry)
    }
}
