//! A caseload as it is entered over two years, with everything that can happen to one; and what was entered, kept
//! beside the record.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::codes::Code;
use crate::contact::{Contact, ContactKind, Outcome};
use crate::family::{Episode, Family};
use crate::ids::{DeviceId, FamilyId, SeededIds};
use crate::in_error::EnteredInError;
use crate::loss::{Loss, LossKind};
use crate::op::Op;
use crate::person::health_care_number::NumberText;
use crate::person::{FamilyRole, Person};
use crate::placement::{Placement, PlacementConfirmation};
use crate::priority::{PriorityAnswer, PriorityGroup, PriorityRecord};
use crate::release::Quarter;
use crate::schema::SCHEMA;
use crate::store::db::Db;
use crate::store::tx::{Author, Tx};
use crate::store::{log, migrate, vault};
use crate::time::Timestamp;

pub struct Dice(u64);

impl Dice {
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// Something that was recorded, and when it was marked as entered in error, if it was.
pub struct Told<T> {
    pub at: Timestamp,
    pub error: Option<Timestamp>,
    pub of: T,
}

impl<T> Told<T> {
    pub fn stands(&self, by: Timestamp) -> bool {
        self.at <= by && self.error.is_none_or(|error| error > by)
    }
}

pub struct InfantEntered {
    pub row: Person,
    /// Each date of birth that was entered, and when.
    pub born: Vec<(Timestamp, Option<NaiveDate>)>,
    pub due: Option<NaiveDate>,
    pub loss: Option<Told<Option<NaiveDate>>>,
}

pub struct StepEntered {
    pub row: Uuid,
    pub step: u8,
    pub proposed: bool,
    pub confirmed: Option<Told<()>>,
}

pub struct AnswerEntered {
    pub row: Uuid,
    /// The infant by its place in the family; none for the household.
    pub about: Option<usize>,
    pub group: PriorityGroup,
    pub answer: PriorityAnswer,
}

pub struct ContactEntered {
    pub row: Uuid,
    pub held_on: NaiveDate,
    pub kind: ContactKind,
    pub outcome: Outcome,
}

/// Opened; closed on and when that was entered.
pub type EpisodeEntered = (Timestamp, Episode, Option<(Timestamp, NaiveDate)>);

pub struct FamilyEntered {
    pub id: FamilyId,
    pub at: Timestamp,
    pub error: Option<Timestamp>,
    pub episodes: Vec<EpisodeEntered>,
    pub infants: Vec<Told<InfantEntered>>,
    pub steps: Vec<Told<StepEntered>>,
    pub answers: Vec<Told<AnswerEntered>>,
    pub contacts: Vec<Told<ContactEntered>>,
}

pub struct Entered {
    pub conn: Db,
    pub dice: Dice,
    pub families: Vec<FamilyEntered>,
    ids: SeededIds,
    author: Author,
    day: NaiveDate,
}

const SITTINGS: u64 = 26;

impl Entered {
    pub fn begin(seed: u64) -> Self {
        let conn = migrate::fresh(&SCHEMA).unwrap();
        let author = Author { vault: Uuid::from_u128(1).into(), device: DeviceId(Uuid::from_u128(2)), user: Uuid::from_u128(3).into() };
        let day = NaiveDate::from_ymd_opt(2025, 5, 1).unwrap();
        vault::begin(&conn, author.vault, false, at(day)).unwrap();
        vault::know_device(&conn, author.device, &[7; 32], &[1; 16]).unwrap();
        Self { conn, dice: Dice(seed), families: Vec::new(), ids: SeededIds::new(seed), author, day }
    }

    pub fn now(&self) -> Timestamp {
        at(self.day)
    }

    /// One more sitting, some weeks after the last; false when two years are over.
    pub fn go_on(&mut self) -> bool {
        if self.day >= NaiveDate::from_ymd_opt(2027, 6, 1).unwrap() {
            return false;
        }
        self.day = self.day + Days::new(1 + self.dice.below(2 * 760 / SITTINGS as usize) as u64);
        let mut sitting = Sitting {
            tx: Tx::begin(&mut self.conn, &SCHEMA, at(self.day), &mut self.ids, self.author, None).unwrap(),
            dice: &mut self.dice,
            day: self.day,
        };
        for _ in 0..1 + sitting.dice.below(3) {
            let family = sitting.family();
            self.families.push(family);
        }
        for family in &mut self.families {
            if sitting.dice.one_in(2) {
                sitting.go_on(family);
            }
        }
        sitting.tx.finish(Op::AddFamily.code(), |_| Ok(None)).unwrap();
        true
    }
}

struct Sitting<'a> {
    tx: Tx<'a>,
    dice: &'a mut Dice,
    day: NaiveDate,
}

impl Sitting<'_> {
    fn family(&mut self) -> FamilyEntered {
        let id: FamilyId = self.tx.new_id();
        self.tx.create(&Family { id, reference: id.to_string(), flags_checked_on: None }).unwrap();
        let mut family = FamilyEntered {
            id,
            at: self.tx.now(),
            error: None,
            episodes: Vec::new(),
            infants: Vec::new(),
            steps: Vec::new(),
            answers: Vec::new(),
            contacts: Vec::new(),
        };
        self.open(&mut family);
        for _ in 0..1 + self.dice.below(5) / 3 {
            self.infant(&mut family);
        }
        family
    }

    fn open(&mut self, family: &mut FamilyEntered) {
        let back = if self.dice.one_in(3) { self.dice.below(20) as u64 } else { 0 };
        let opened_on = self.day - Days::new(back);
        let episode = Episode {
            id: self.tx.new_id(),
            family: family.id,
            opened_on,
            closed_on: None,
            key_worker: None,
            therapist: None,
            partner_worker: None,
        };
        self.tx.create(&episode).unwrap();
        family.episodes.push((self.tx.now(), episode, None));
    }

    /// Born in the last three years and a half, on some leap days more often; or due; or neither known.
    fn infant(&mut self, family: &mut FamilyEntered) {
        let kind = self.dice.below(10);
        let born = match kind {
            0 => Some(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()),
            1..=6 => Some(self.day - Days::new(self.dice.below(1_280) as u64)),
            _ => None,
        };
        // Some dates are more than 40 weeks away from the last day of a quarter that has just ended.
        let due = (kind == 7 || kind == 8).then(|| self.day + Days::new(self.dice.below(281) as u64));
        let row = Person {
            id: self.tx.new_id(),
            family: family.id,
            role: FamilyRole::Infant,
            family_name: "Planted".to_owned(),
            given: String::new(),
            given_awaited: true,
            preferred: String::new(),
            sex: None,
            born_on: born,
            born_time: None,
            due_on: due,
            birth_order: None,
            number: NumberText(String::new()),
            number_absent: None,
            responsibility: None,
            needs: Vec::new(),
            of_birth: None,
            loss: None,
            lost_on: None,
        };
        self.tx.create(&row).unwrap();
        // A mother is counted nowhere.
        let mother = Person { id: self.tx.new_id(), role: FamilyRole::Mother, ..row.clone() };
        self.tx.create(&mother).unwrap();
        let now = self.tx.now();
        family.infants.push(Told { at: now, error: None, of: InfantEntered { row, born: vec![(now, born)], due, loss: None } });
    }

    fn go_on(&mut self, family: &mut FamilyEntered) {
        match self.dice.below(16) {
            0 => self.close_or_reopen(family),
            1 => self.infant(family),
            2 => self.birth(family),
            3 => self.loss(family),
            4..=6 => self.step(family),
            7..=9 => self.answer(family),
            10 => self.mark(family),
            _ => self.contact(family),
        }
    }

    fn close_or_reopen(&mut self, family: &mut FamilyEntered) {
        let (opened, episode, closed) = family.episodes.last_mut().unwrap();
        if *opened == self.tx.now() {
            return;
        }
        if closed.is_some() {
            return self.open(family);
        }
        let on = if self.dice.one_in(2) { end_before(self.day).max(episode.opened_on) } else { self.day };
        let after = Episode { closed_on: Some(on), ..episode.clone() };
        self.tx.amend(episode, &after, log::last_operation(&self.tx).unwrap()).unwrap();
        *closed = Some((self.tx.now(), on));
    }

    fn birth(&mut self, family: &mut FamilyEntered) {
        let now = self.tx.now();
        let unborn = family.infants.iter_mut().find(|infant| infant.of.row.born_on.is_none() && infant.at < now);
        let Some(infant) = unborn else { return };
        let born = self.day - Days::new(self.dice.below(120) as u64);
        let after = Person { born_on: Some(born), ..infant.of.row.clone() };
        self.tx.amend(&infant.of.row, &after, log::last_operation(&self.tx).unwrap()).unwrap();
        infant.of.row = after;
        infant.of.born.push((now, Some(born)));
    }

    fn loss(&mut self, family: &mut FamilyEntered) {
        let now = self.tx.now();
        let Some(infant) = family.infants.iter_mut().find(|infant| infant.of.loss.is_none()) else { return };
        let lost_on = match self.dice.below(4) {
            0 => None,
            1 => Some(end_before(self.day)),
            _ => Some(self.day - Days::new(self.dice.below(60) as u64)),
        };
        let loss = Loss {
            id: self.tx.new_id(),
            family: family.id,
            person: infant.of.row.id,
            kind: if infant.of.row.born_on.is_some() { LossKind::Death } else { LossKind::Miscarriage },
            lost_on,
            by: self.tx.actor(),
            at: now,
        };
        self.tx.create(&loss).unwrap();
        let taken_back = self.dice.one_in(3);
        if taken_back {
            self.struck(family.id, loss.id.0);
        }
        infant.of.loss = Some(Told { at: now, error: taken_back.then_some(now), of: lost_on });
    }

    fn step(&mut self, family: &mut FamilyEntered) {
        let now = self.tx.now();
        let waiting = family.steps.iter_mut().find(|step| step.of.proposed && step.of.confirmed.is_none());
        if let Some(step) = waiting.filter(|_| self.dice.one_in(2)) {
            let confirmation = PlacementConfirmation {
                id: self.tx.new_id(),
                family: family.id,
                placement: step.of.row.into(),
                by: self.tx.actor(),
                at: now,
            };
            self.tx.create(&confirmation).unwrap();
            let wrong = self.dice.one_in(5);
            if wrong {
                self.struck(family.id, confirmation.id.0);
            }
            step.of.confirmed = Some(Told { at: now, error: wrong.then_some(now), of: () });
            return;
        }
        let (step, proposed) = (1 + self.dice.below(5) as u8, self.dice.one_in(4));
        let placement = Placement {
            id: self.tx.new_id(),
            family: family.id,
            episode: family.episodes[0].1.id,
            step,
            step_name: String::new(),
            model: Uuid::nil().into(),
            from: self.day,
            rationale: String::new(),
            indicators: Vec::new(),
            parent_view: String::new(),
            infant_shows: String::new(),
            receiving_service: String::new(),
            accepted_by: String::new(),
            review_on: self.day,
            second_needed: proposed,
            proposed,
            by: self.tx.actor(),
            at: now,
        };
        self.tx.create(&placement).unwrap();
        family.steps.push(Told { at: now, error: None, of: StepEntered { row: placement.id.0, step, proposed, confirmed: None } });
    }

    fn answer(&mut self, family: &mut FamilyEntered) {
        for _ in 0..1 + self.dice.below(6) {
            let about = self.dice.one_in(2).then(|| self.dice.below(family.infants.len()));
            let answered = PriorityRecord {
                id: self.tx.new_id(),
                family: family.id,
                person: about.map(|infant| family.infants[infant].of.row.id),
                group: PriorityGroup::ALL[self.dice.below(PriorityGroup::ALL.len())],
                answer: PriorityAnswer::ALL[self.dice.below(PriorityAnswer::ALL.len())],
                period: None,
                source: String::new(),
                by: self.tx.actor(),
                at: self.tx.now(),
            };
            self.tx.create(&answered).unwrap();
            let of = AnswerEntered { row: answered.id.0, about, group: answered.group, answer: answered.answer };
            family.answers.push(Told { at: self.tx.now(), error: None, of });
        }
    }

    fn contact(&mut self, family: &mut FamilyEntered) {
        let held_on = self.day - Days::new(self.dice.below(12) as u64);
        let contact = Contact {
            id: self.tx.new_id(),
            family: family.id,
            episode: family.episodes[0].1.id,
            kind: ContactKind::ALL[self.dice.below(ContactKind::ALL.len())],
            outcome: Outcome::ALL[self.dice.below(Outcome::ALL.len())],
            // The first and the last minute of a day are of that day.
            held_at: Timestamp::from_local(held_on.and_hms_opt([0, 23][self.dice.below(2)], [0, 59][self.dice.below(2)], 0).unwrap()),
            minutes: None,
            next_visit: None,
            signed_at: self.tx.now(),
            author: self.tx.actor(),
            begun_by: None,
            organisation: String::new(),
            late: false,
            place: String::new(),
            present: Vec::new(),
            others: String::new(),
            absent: Vec::new(),
            infants: Vec::new(),
            not_seen_why: String::new(),
            did: Vec::new(),
            saw: String::new(),
            told: String::new(),
            baby_told: String::new(),
            baby_reading: String::new(),
            baby_changed: String::new(),
            think: String::new(),
            safety: None,
            earlier: Vec::new(),
            changed: String::new(),
            plan: String::new(),
            plan_done: Vec::new(),
            health: String::new(),
            feeding: String::new(),
            sleep: String::new(),
            home: String::new(),
            liaison: String::new(),
            supervision: String::new(),
            session: None,
            led_by: String::new(),
            together: String::new(),
        };
        self.tx.create(&contact).unwrap();
        let of = ContactEntered { row: contact.id.0, held_on, kind: contact.kind, outcome: contact.outcome };
        family.contacts.push(Told { at: self.tx.now(), error: None, of });
    }

    /// Something of the family, or all of it, was entered in error.
    fn mark(&mut self, family: &mut FamilyEntered) {
        let now = self.tx.now();
        let what = self.dice.below(12);
        let row = match what {
            0 if family.error.is_none() => {
                family.error = Some(now);
                family.id.0
            }
            1..=2 => {
                let Some(infant) = family.infants.iter_mut().find(|infant| infant.error.is_none()) else { return };
                infant.error = Some(now);
                infant.of.row.id.0
            }
            3..=5 => {
                let Some(step) = family.steps.iter_mut().rfind(|step| step.error.is_none()) else { return };
                step.error = Some(now);
                step.of.row
            }
            6..=8 => {
                let Some(answer) = family.answers.iter_mut().rfind(|answer| answer.error.is_none()) else { return };
                answer.error = Some(now);
                answer.of.row
            }
            _ => {
                let Some(contact) = family.contacts.iter_mut().rfind(|contact| contact.error.is_none()) else { return };
                contact.error = Some(now);
                contact.of.row
            }
        };
        self.struck(family.id, row);
    }

    fn struck(&mut self, family: FamilyId, row: Uuid) {
        let mark = EnteredInError {
            id: self.tx.new_id(),
            family,
            row: row.into(),
            reason: "Wrong family".to_owned(),
            author: self.tx.actor(),
            at: self.tx.now(),
        };
        self.tx.create(&mark).unwrap();
    }
}

/// The last day of the quarter before that of a day: what happens on it is at an edge of what is counted.
fn end_before(day: NaiveDate) -> NaiveDate {
    Quarter::of(day).before().last_day()
}

/// Noon of a day.
fn at(day: NaiveDate) -> Timestamp {
    Timestamp::from_local(day.and_hms_opt(12, 0, 0).unwrap())
}
