//! Visits and the notes that are written of them.

use chrono::NaiveDate;

use super::{Act, Event, Stories, Visit, at, typed};
use crate::codes::Code;
use crate::domain::contact::{Activity, ContactEntry, ContactKind, InfantSeen, InfantState, Outcome, Safety};
use crate::domain::person::FamilyRole;
use crate::ids::PersonId;

impl Stories {
    /// A contact on a day, and now and then details added to it.
    pub(super) fn contact(&mut self, family: usize, worker: &str, day: NaiveDate, next_day: NaiveDate, events: &mut Vec<Event>) {
        let hour = 9 + self.dice.below(7) as u32;
        let from = at(day, hour, 15 * self.dice.below(4) as u32);
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
        let minutes = if outcome.met() { 35 + 5 * self.dice.below(9) as i64 } else { 5 };
        let booked = self.dice.below(8) != 0;
        let next = booked.then(|| at(next_day, 9 + self.dice.below(7) as u32, 30));
        let late = self.dice.below(15) == 0;
        let signed = from.plus_minutes(minutes + if late { 30 * 60 } else { 15 });
        if signed >= at(self.today, 8, 0) {
            return;
        }
        let by = if roll == 6 { "tara" } else { worker };
        events.push(Event {
            at: signed,
            by: by.to_owned(),
            family,
            act: Act::Contact(Visit { from, minutes, outcome, kind, next: next.filter(|next| *next > signed) }),
        });
        if self.dice.below(12) == 0 {
            let text = self.words.addendum[self.dice.below(self.words.addendum.len() as u64) as usize].as_str();
            events.push(Event { at: signed.plus_minutes(60), by: worker.to_owned(), family, act: Act::Details(text) });
        }
    }

    /// What is written of a visit.
    pub(super) fn note(&mut self, family: usize, visit: &Visit) -> ContactEntry {
        let words = self.words;
        let until = visit.from.plus_minutes(visit.minutes);
        let practice = &self.families[family];
        let people: Vec<PersonId> = practice.added.as_ref().map(|added| added.people.clone()).unwrap_or_default();
        let infants = practice.entry.people.iter().filter(|person| person.role == FamilyRole::Infant).count();
        let born = practice.born.is_some_and(|born| born <= visit.from.date());
        let met = visit.outcome.met();
        let sees = met && crate::domain::signing::can_see(visit.kind);
        let mut entry = ContactEntry {
            kind: Some(visit.kind),
            outcome: Some(visit.outcome),
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
            entry.baby_told = self.dice.pick(&words.baby);
        }
        if sees {
            let states = [InfantState::Awake, InfantState::Awake, InfantState::Feeding, InfantState::Asleep, InfantState::Upset];
            for person in people.iter().take(infants) {
                let state = if born { states[self.dice.below(5) as usize] } else { InfantState::NotBorn };
                entry.infants.push(InfantSeen { person: *person, state });
            }
            let activities = Activity::ALL;
            entry.did = vec![activities[self.dice.below(activities.len() as u64) as usize].code().to_owned()];
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
        entry
    }
}
