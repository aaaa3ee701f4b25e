//! The plan of a practice record, checked without a database: on every day of
//! three years, for records of every size, what is planned is in an order that
//! every operation accepts and gives every screen something to show.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate, Timelike};

use super::*;
use crate::contact::{ContactKind, Outcome};
use crate::placement::{is_down, needs_second};
use crate::practice::course::{Act, Mark};
use crate::release::Quarter;
use crate::time::Timestamp;

const SIZES: [u32; 5] = [4, 20, 24, 36, 60];

/// From so many families on, a summary can be released.
const RELEASED_FROM: u32 = 24;

fn three_years() -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().iter_days().take(1_096)
}

#[test]
fn the_stories_hold_on_every_day_of_three_years() {
    let days: Vec<NaiveDate> = three_years().collect();
    assert_eq!(days.last().unwrap().to_string(), "2028-12-31", "a leap year is among them");
    let faults: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> =
            days.chunks(days.len() / 4).map(|part| scope.spawn(|| part.iter().flat_map(faults_on).collect::<Vec<_>>())).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert!(
        faults.is_empty(),
        "{} faults, among them:\n{}",
        faults.len(),
        faults.iter().take(1_096).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// What is wrong with records of every size that are on this day.
fn faults_on(day: &NaiveDate) -> Vec<String> {
    let of_size = |families: u32| {
        let plan = Plan { families, ..Plan::default() };
        let (stories, events) = Stories::plan(&plan, *day).unwrap();
        let mut told = Told::of(&plan);
        for event in &events {
            told.happens(&stories, event);
        }
        told.shows(&stories, &plan);
        told.faults.into_iter().map(move |fault| format!("{families} families on {}: {fault}", day.format("%a %d-%b-%Y")))
    };
    SIZES.into_iter().flat_map(of_size).collect()
}

#[test]
fn every_size_and_seed_has_an_order() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    for (families, contacts, seed) in [(1, 0, 7), (2, 0, 8), (3, 1, 9), (8, 24, 11), (24, 10, 12), (300, 6_000, 13)] {
        let plan = Plan { families, contacts, seed, as_of: None };
        let (stories, events) = Stories::plan(&plan, day).unwrap();
        let mut told = Told::of(&plan);
        for event in &events {
            told.happens(&stories, event);
        }
        assert!(told.faults.is_empty(), "{families} families, {contacts} contacts: {:?}", told.faults);
        let visits = events.iter().filter(|event| matches!(event.act, Act::Contact(..))).count();
        assert!(contacts < 1_000 || visits.abs_diff(contacts as usize) < contacts as usize / 5, "{visits} contacts of about {contacts}");
    }
}

/// Two placements in a row once had the same reason for two steps, or one
/// that spoke for another step.
#[test]
fn every_way_to_a_step_has_a_reason_of_its_own() {
    let words = words().unwrap();
    let mut reasons = HashMap::new();
    for from in [None, Some(1), Some(2), Some(3), Some(4), Some(5)] {
        for to in 1..=5 {
            let (reason, way) = (words.rationale(from, to), from.map(|from| to.cmp(&from)));
            assert!(reason.chars().count() >= 20, "{from:?} to {to}: {reason}");
            assert_eq!(*reasons.entry(reason).or_insert((to, way)), (to, way), "{reason}");
            assert!(!words.parent_view.of(from, to).is_empty() && !words.shows[usize::from(to) - 1].is_empty());
        }
    }
}

#[test]
fn a_record_of_other_stories_is_another_version() {
    assert_eq!(version().unwrap(), version().unwrap());
    assert_eq!(version().unwrap().len(), 64);
}

/// What has been told so far, and what no operation would accept.
#[derive(Default)]
struct Told {
    faults: Vec<String>,
    at: Option<Timestamp>,
    /// Each thing made: by whom, when.
    made: HashMap<Mark, (String, Timestamp)>,
    answered: HashSet<Mark>,
    families: Vec<Family>,
    contacts: Vec<(usize, ContactKind, Timestamp)>,
}

/// One family as it stands.
#[derive(Default)]
struct Family {
    added: Option<Timestamp>,
    stands: Option<(u8, Mark)>,
    awaited: Option<Mark>,
    confirmed: bool,
    stepped_down: bool,
    review: Option<NaiveDate>,
    flags: usize,
    flags_ended: usize,
    flags_looked_at: bool,
    last: Option<(Timestamp, Outcome)>,
    last_met: Option<Timestamp>,
    next: Option<Timestamp>,
    draft: Option<String>,
    concerns: usize,
    answers: usize,
    seen: HashMap<String, Timestamp>,
    latest_of: HashMap<String, Timestamp>,
    acts: BTreeSet<&'static str>,
}

impl Told {
    fn of(plan: &Plan) -> Self {
        let families = std::iter::repeat_with(Family::default).take(plan.families as usize).collect();
        Self { families, ..Self::default() }
    }

    fn fault(&mut self, event: &Event, why: &str) {
        let (local, act) = (event.at.local(), &event.act);
        self.faults.push(format!("{why}: {local} {} family {} {act:?}", event.by, event.family));
    }

    fn happens(&mut self, stories: &Stories, event: &Event) {
        if self.at.is_some_and(|at| at > event.at) {
            self.fault(event, "out of order");
        }
        self.at = Some(event.at);
        let local = event.at.local();
        if local.date() >= stories.today {
            self.fault(event, "not before today");
        }
        let working = (9..18).contains(&local.hour()) && local.weekday().num_days_from_monday() < 5;
        if !working && !matches!(event.act, Act::Contact(..) | Act::Details(..) | Act::Retract(_)) {
            self.fault(event, "outside working hours");
        }
        if matches!(event.act, Act::Add) == self.family(event).added.is_some() {
            self.fault(event, "added twice, or not at all");
        }
        self.follows(event);
        self.takes_place(event);
        self.family(event).acts.insert(kind_of(&event.act));
        if !matches!(event.act, Act::Seen | Act::Draft) {
            let by = event.by.clone();
            self.family(event).latest_of.insert(by, event.at);
        }
    }

    /// What names an earlier event comes after it, once, and by whom it may.
    fn follows(&mut self, event: &Event) {
        let (mark, once) = match &event.act {
            Act::Details(mark, _) => (*mark, false),
            Act::EndFlag(mark) | Act::Retract(mark) | Act::AnswerConcern(mark) | Act::Confirm(mark) => (*mark, true),
            _ => return,
        };
        let Some((by, at)) = self.made.get(&mark).cloned() else {
            return self.fault(event, "follows what has not happened");
        };
        if at >= event.at || (once && !self.answered.insert(mark)) {
            self.fault(event, "too early, or for the second time");
        }
        let second = matches!(event.act, Act::AnswerConcern(_) | Act::Confirm(_));
        if (second && (by == event.by || !["lead", "tara"].contains(&event.by.as_str())))
            || (matches!(event.act, Act::Retract(_)) && by != event.by)
        {
            self.fault(event, "somebody who may not");
        }
    }

    fn takes_place(&mut self, event: &Event) {
        let makes = |mark: &Mark| (*mark, (event.by.clone(), event.at));
        match &event.act {
            Act::Add => self.family(event).added = Some(event.at),
            Act::Flag(mark, ..) => {
                self.made.extend([makes(mark)]);
                self.family(event).flags += 1;
                self.family(event).flags_looked_at = true;
            }
            Act::EndFlag(_) => self.family(event).flags_ended += 1,
            Act::CheckFlags => self.family(event).flags_looked_at = true,
            Act::Contact(mark, visit) => {
                self.made.extend([makes(mark)]);
                self.visited(event, visit.from, visit.minutes, visit.outcome, visit.kind);
                if visit.next.is_some_and(|next| next <= event.at) {
                    self.fault(event, "promises a visit in the past");
                }
                self.family(event).next = visit.next.or_else(|| self.family(event).next.filter(|next| *next > visit.from));
            }
            Act::Concern(mark) => {
                self.made.extend([makes(mark)]);
                self.visited(event, event.at.plus_minutes(-80), 55, Outcome::Attended, ContactKind::HomeVisit);
                self.family(event).concerns += 1;
            }
            Act::AnswerConcern(_) => self.family(event).answers += 1,
            Act::Draft => self.family(event).draft = Some(event.by.clone()),
            Act::Place { mark, step, review } => {
                self.made.extend([makes(mark)]);
                if self.family(event).awaited.is_some() {
                    self.fault(event, "places over a placement that waits");
                }
                if review.is_some_and(|review| review <= event.at.date()) {
                    self.fault(event, "reviews in the past");
                }
                let family = self.family(event);
                let from = family.stands.map(|(step, _)| step);
                family.stepped_down |= is_down(from, *step);
                family.awaited = needs_second(from, *step).then_some(*mark);
                family.stands = Some((*step, *mark));
                family.review = *review;
            }
            Act::Confirm(mark) => {
                if self.family(event).awaited != Some(*mark) {
                    self.fault(event, "confirms another placement than the one that waits");
                }
                self.family(event).awaited = None;
                self.family(event).confirmed = true;
            }
            Act::Seen => {
                let by = event.by.clone();
                self.family(event).seen.insert(by, event.at);
            }
            Act::Details(..) | Act::Retract(_) | Act::Answers | Act::Conversation { .. } | Act::Exposure => {}
        }
    }

    fn visited(&mut self, event: &Event, from: Timestamp, minutes: i64, outcome: Outcome, kind: ContactKind) {
        let until = from.plus_minutes(minutes);
        let added = self.family(event).added.unwrap_or(from);
        if until > event.at || until.date() != from.date() || from < added {
            self.fault(event, "a visit that nobody can sign");
        }
        self.contacts.push((event.family, kind, from));
        let family = self.family(event);
        if family.draft.as_ref() == Some(&event.by) {
            family.draft = None;
        }
        if family.last.is_none_or(|(last, _)| last < from) {
            family.last = Some((from, outcome));
        }
        if outcome.met() {
            family.last_met = family.last_met.max(Some(from));
        }
    }

    fn family(&mut self, event: &Event) -> &mut Family {
        &mut self.families[event.family]
    }

    /// Every screen has something to show on the day itself.
    fn shows(&mut self, stories: &Stories, plan: &Plan) {
        let today = stories.today;
        let families = std::mem::take(&mut self.families);
        let any = |holds: &dyn Fn(&Family) -> bool| families.iter().any(holds);
        let did = |what: &'static str| any(&|family| family.acts.contains(what));
        let news_to = |reader: &str| {
            any(&|family| {
                let seen = family.seen.get(reader);
                family.latest_of.iter().any(|(by, at)| by != reader && seen.is_some_and(|seen| at > seen))
            })
        };
        let follow_up = |family: &Family| matches!(family.last, Some((_, Outcome::NoAccess | Outcome::WasNotBrought)));
        let unwritten = |family: &Family| family.next.is_some_and(|next| next.date() < today && (today - next.date()).num_days() <= 14);
        let mut screens = vec![
            ("a visit without a note", any(&unwritten)),
            ("a draft", any(&|family| family.draft.is_some())),
            ("somebody to follow up", any(&follow_up)),
            ("a concern that waits", any(&|family| family.concerns > family.answers)),
            ("a concern that was answered", did("answer")),
            ("a placement that waits", any(&|family| family.awaited.is_some())),
            ("a placement that was confirmed", any(&|family| family.confirmed)),
            ("a step down", any(&|family| family.stepped_down)),
            ("a review that is due", any(&|family| family.review.is_some_and(|due| due >= today && (due - today).num_days() <= 7))),
            ("a flag", any(&|family| family.flags > family.flags_ended)),
            ("a flag that ended", any(&|family| family.flags > 0 && family.flags == family.flags_ended)),
            ("flags never looked for", any(&|family| !family.flags_looked_at)),
            ("details added", did("details")),
            ("a note entered in error", did("retract")),
            ("an ACE conversation", did("conversation")),
            ("an ACE conversation declined", did("declined")),
            ("an exposure", did("exposure")),
            ("answers about priority groups", did("answers")),
            ("an unborn infant", (0..families.len()).any(stories::unborn)),
            ("a family of the partner worker", (0..families.len()).any(stories::shared)),
            ("something new to the lead", news_to("lead")),
            ("something new to the therapist", news_to("tara")),
        ];
        for worker in &stories.workers {
            let visits = |(index, family): (usize, &Family)| {
                stories.worker_of(index) == worker && family.next.is_some_and(|next| next.date() == today)
            };
            screens.push(("a visit today for each key worker", families.iter().enumerate().any(visits)));
            screens.push(("something new to each key worker", news_to(worker)));
        }
        if plan.families >= 20 {
            let steps: BTreeSet<Option<u8>> = families.iter().map(|family| family.stands.map(|(step, _)| step)).collect();
            screens.push(("many steps, and not placed", steps.len() >= 5 && steps.contains(&None)));
            screens.push(("every step", plan.families < RELEASED_FROM || steps.len() == 6));
            screens.push(("flags looked for and none found", any(&|family| family.flags == 0 && family.flags_looked_at)));
            screens.push((
                "a family not met for weeks",
                any(&|family| family.last_met.is_some_and(|met| (today - met.date()).num_days() > 14)),
            ));
        }
        if plan.families >= RELEASED_FROM {
            let released = self.can_be_released(&families, today);
            screens.push(("a quarter that can be released", released));
        }
        let missing = screens.into_iter().filter(|(_, there)| !there).map(|(what, _)| format!("nothing shows {what}"));
        self.faults.extend(missing);
    }

    /// Enough families were open at the end of the quarter before, and enough
    /// were met in it at home that the numbers are shown.
    fn can_be_released(&self, families: &[Family], today: NaiveDate) -> bool {
        let quarter = Quarter::of(today).before();
        let open = families.iter().filter(|family| family.added.is_some_and(|added| added.date() < quarter.day_after())).count();
        let within = |at: &Timestamp| (quarter.first_day()..quarter.day_after()).contains(&at.date());
        let home = |kind: &ContactKind| *kind == ContactKind::HomeVisit;
        let met = self.contacts.iter().filter(|(_, kind, at)| home(kind) && within(at)).map(|(family, ..)| family);
        open >= 20 && met.collect::<BTreeSet<_>>().len() >= 20
    }
}

/// What of an act the screens are asked for.
const fn kind_of(act: &Act) -> &'static str {
    match act {
        Act::Details(..) => "details",
        Act::Retract(_) => "retract",
        Act::AnswerConcern(_) => "answer",
        Act::Conversation { declined: true } => "declined",
        Act::Conversation { declined: false } => "conversation",
        Act::Exposure => "exposure",
        Act::Answers => "answers",
        _ => "",
    }
}
