//! Practice families: plainly fictional, made through the ordinary operations,
//! so that they are also what tests, pictures and figures are made with.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use serde::Deserialize;

use super::concerns::{self, AnswerConcern};
use super::contacts::{self, AddDetails};
use super::families;
use super::flags::{self, SetFlag};
use super::note::{self, InEpisode};
use super::session::Session;
use crate::codes::Code;
use crate::domain::contact::{Activity, ConcernEntry, ContactEntry, ContactKind, InfantSeen, InfantState, Outcome, Police, Safety};
use crate::domain::family::{AddFamily, FamilyAdded, FlagKind};
use crate::domain::health_care_number::HealthCareNumber;
use crate::domain::person::{DateEntry, FamilyRole, NumberAbsent, PersonEntry, Sex};
use crate::domain::signing_in::PracticeUser;
use crate::domain::user::Role;
use crate::error::{Error, Result};
use crate::ids::{ContactId, PersonId, UserId};
use crate::store::concerns as concern_store;
use crate::time::Timestamp;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many families.
    pub families: u32,
    /// How many contacts in all, about; 0 for as many as their stories have.
    pub contacts: u32,
    /// The same seed makes the same families.
    pub seed: u64,
    /// The day the practice record is on; today if none.
    pub as_of: Option<NaiveDate>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { families: 36, contacts: 0, seed: 7, as_of: None }
    }
}

/// The passphrase of every practice user. It is no secret.
pub const PASSPHRASE: &str = "practice families only";

/// One practice user a role, and a second key worker.
pub const USERS: [(&str, &str, Role, &str); 7] = [
    ("lead", "Morag Practice", Role::ServiceLead, "The Trust"),
    ("niamh", "Niamh Practice", Role::KeyWorker, "The Trust"),
    ("owen", "Owen Practice", Role::KeyWorker, "The charity"),
    ("tara", "Tara Practice", Role::Therapist, "The Trust"),
    ("dara", "Dara Practice", Role::DataManager, "The charity"),
    ("iggy", "Iggy Practice", Role::InformationGovernance, "The Trust"),
    ("pip", "Pip Practice", Role::PartnerWorker, "Partner charity"),
];

/// The practice users for the unlock screen.
#[must_use]
pub fn users() -> Vec<PracticeUser> {
    USERS
        .iter()
        .map(|(sign_in, _, role, _)| PracticeUser {
            sign_in: (*sign_in).to_owned(),
            role_words: role.words().to_owned(),
            passphrase: PASSPHRASE.to_owned(),
        })
        .collect()
}

/// One thing that happens in a practice family's story.
#[derive(Debug, Clone)]
pub struct Event {
    /// When it is written down.
    pub at: Timestamp,
    /// Who does it.
    pub by: &'static str,
    family: usize,
    act: Act,
}

#[derive(Debug, Clone)]
enum Act {
    Add,
    Flag(FlagKind, &'static str),
    Contact(Visit),
    Details(&'static str),
    Concern,
    AnswerConcern,
    Draft,
}

#[derive(Debug, Clone)]
struct Visit {
    from: Timestamp,
    minutes: i64,
    outcome: Outcome,
    kind: ContactKind,
    next: Option<Timestamp>,
}

/// The stories of a plan, and what has been made of them so far.
pub struct Stories {
    words: &'static Words,
    dice: Dice,
    families: Vec<PracticeFamily>,
    today: NaiveDate,
}

struct PracticeFamily {
    entry: AddFamily,
    born: Option<NaiveDate>,
    added: Option<FamilyAdded>,
    last_contact: Option<ContactId>,
}

/// The words that practice families are made of.
#[derive(Debug, Deserialize)]
struct Words {
    family_names: Vec<String>,
    girls: Vec<String>,
    boys: Vec<String>,
    mothers: Vec<String>,
    fathers: Vec<String>,
    carers: Vec<String>,
    saw: Vec<String>,
    told: Vec<String>,
    baby: Vec<String>,
    think: Vec<String>,
    plan: Vec<String>,
    addendum: Vec<String>,
    concern: String,
    places: Vec<String>,
}

fn words() -> Result<&'static Words> {
    use std::sync::OnceLock;
    static WORDS: OnceLock<Option<Words>> = OnceLock::new();
    WORDS
        .get_or_init(|| serde_json::from_str(include_str!("../../../../assets/practice/words.json")).ok())
        .as_ref()
        .ok_or_else(|| Error::internal("practice words"))
}

impl Stories {
    /// Plans the stories, in the order in which they happen.
    ///
    /// # Errors
    /// When the practice words cannot be read.
    pub fn plan(plan: &Plan, today: NaiveDate) -> Result<(Self, Vec<Event>)> {
        let mut stories = Self { words: words()?, dice: Dice(plan.seed), families: Vec::new(), today };
        let mut events = Vec::new();
        let wanted = plan.contacts.checked_div(plan.families.max(1)).unwrap_or(0) as usize;
        for index in 0..plan.families as usize {
            let opened = today - Days::new(20 + stories.dice.below(260));
            let family = stories.new_family(index, opened);
            let worker = if index % 2 == 0 { "niamh" } else { "owen" };
            stories.families.push(family);
            stories.story_of(index, worker, opened, wanted, &mut events);
        }
        events.sort_by_key(|event| event.at);
        Ok((stories, events))
    }

    /// Does one event as the user who is signed in; `user` finds a user's id.
    ///
    /// # Errors
    /// What the operation refuses.
    pub fn act(&mut self, session: &mut Session, event: &Event, user: impl Fn(&str) -> Option<UserId>) -> Result<()> {
        match &event.act {
            Act::Add => {
                let mut entry = self.families[event.family].entry.clone();
                entry.key_worker = user(if event.family.is_multiple_of(2) { "niamh" } else { "owen" });
                entry.therapist = user("tara");
                let added = families::add_family(session, entry)?.value;
                if event.family % 9 == 4 {
                    let seen = crate::store::log::last_operation(session.conn())?;
                    let request = families::Allocate {
                        episode: added.episode,
                        key_worker: user(if event.family.is_multiple_of(2) { "niamh" } else { "owen" }),
                        therapist: user("tara"),
                        partner_worker: user("pip"),
                        seen,
                    };
                    families::allocate(session, request)?;
                }
                self.families[event.family].added = Some(added);
            }
            Act::Flag(kind, detail) => {
                let family = self.added(event)?.family;
                flags::set_flag(session, SetFlag { family, kind: *kind, detail: (*detail).to_owned(), review_on: String::new() })?;
            }
            Act::Contact(visit) => {
                let entry = self.note(event.family, visit);
                let episode = self.added(event)?.episode;
                let signed = note::sign_contact(session, InEpisode { episode, entry })?.value;
                self.families[event.family].last_contact = Some(signed.contact);
            }
            Act::Details(text) => {
                if let Some(contact) = self.families[event.family].last_contact {
                    contacts::add_details(session, AddDetails { contact, text: (*text).to_owned() })?;
                }
            }
            Act::Concern => {
                let visit = Visit {
                    from: event.at.plus_minutes(-80),
                    minutes: 55,
                    outcome: Outcome::Attended,
                    kind: ContactKind::HomeVisit,
                    next: None,
                };
                let mut entry = self.note(event.family, &visit);
                entry.safety = Some(Safety::NewOrWorse);
                entry.concern = ConcernEntry {
                    what: self.words.concern.clone(),
                    told_whom: "the duty social worker and the service lead".to_owned(),
                    told_when: typed(event.at.plus_minutes(-15)),
                    action: "Stayed until mum’s sister came.".to_owned(),
                    police: Some(Police::NotInformed),
                    police_why_not: "No offence was seen or reported; the duty social worker agreed.".to_owned(),
                };
                let episode = self.added(event)?.episode;
                let signed = note::sign_contact(session, InEpisode { episode, entry })?.value;
                self.families[event.family].last_contact = Some(signed.contact);
            }
            Act::AnswerConcern => {
                let contact = self.families[event.family].last_contact;
                let concern = contact.map(|contact| concern_store::of_contact(session.conn(), contact)).transpose()?.flatten();
                if let Some(concern) = concern {
                    let answer = "Spoke with the duty social worker; joint visit on Thursday. Mum knows and agrees.".to_owned();
                    concerns::answer_concern(session, AnswerConcern { concern: concern.id, answer })?;
                }
            }
            Act::Draft => {
                let visit = Visit {
                    from: event.at.plus_minutes(-70),
                    minutes: 60,
                    outcome: Outcome::Attended,
                    kind: ContactKind::HomeVisit,
                    next: None,
                };
                let mut entry = self.note(event.family, &visit);
                entry.plan = String::new();
                entry.safety = None;
                let episode = self.added(event)?.episode;
                note::save_draft(session, InEpisode { episode, entry })?;
            }
        }
        Ok(())
    }

    fn added(&self, event: &Event) -> Result<&FamilyAdded> {
        self.families[event.family].added.as_ref().ok_or_else(|| Error::internal("practice order"))
    }

    fn new_family(&mut self, index: usize, opened: NaiveDate) -> PracticeFamily {
        let words = self.words;
        let family_name = words.family_names[(index + self.dice.below(3) as usize * 7) % words.family_names.len()].clone();
        let unborn = index % 11 == 6;
        let twins = index % 13 == 8;
        let age_at_opening = self.dice.below(220);
        let born = (!unborn).then(|| (opened - Days::new(age_at_opening)).min(self.today - Days::new(6)));
        let mut people = Vec::new();
        for order in 1..=if twins { 2_u8 } else { 1 } {
            let girl = self.dice.below(2) == 0;
            let given = self.dice.pick(if girl { &words.girls } else { &words.boys });
            let awaited = unborn || (index % 17 == 3);
            people.push(PersonEntry {
                role: FamilyRole::Infant,
                family_name: family_name.clone(),
                given: if awaited { String::new() } else { given.clone() },
                given_awaited: awaited,
                preferred: if index.is_multiple_of(8) && !awaited { given.chars().take(2).collect() } else { String::new() },
                sex: (!unborn).then_some(if girl { Sex::Female } else { Sex::Male }),
                born: born.map(entry_of).unwrap_or_default(),
                born_time: if twins { format!("04:{:02}", 10 + order * 9) } else { String::new() },
                due: match born {
                    None => entry_of(self.today + Days::new(40 + self.dice.below(120))),
                    Some(born) if index % 7 == 5 => entry_of(born + Days::new(44)),
                    Some(_) => DateEntry::default(),
                },
                birth_order: twins.then_some(order),
                number: if unborn { String::new() } else { practice_number(index * 4 + usize::from(order)) },
                number_absent: unborn.then_some(NumberAbsent::Unborn),
            });
        }
        people.push(carer(FamilyRole::Mother, &family_name, &self.dice.pick(&words.mothers), practice_number(200_000 + index)));
        if index % 4 != 1 {
            let father = self.dice.pick(&words.fathers);
            people.push(carer(FamilyRole::Father, &family_name, &father, String::new()));
        }
        if index % 6 == 2 {
            let carer_name = self.dice.pick(&words.carers);
            people.push(carer(FamilyRole::OtherCarer, &family_name, &carer_name, String::new()));
        }
        PracticeFamily { entry: AddFamily { people, key_worker: None, therapist: None }, born, added: None, last_contact: None }
    }

    fn story_of(&mut self, family: usize, worker: &'static str, opened: NaiveDate, wanted: usize, events: &mut Vec<Event>) {
        let open_at = at(opened, 9, (family % 50) as u32);
        events.push(Event { at: open_at, by: "lead", family, act: Act::Add });
        let flag = match family % 10 {
            0 => Some((FlagKind::Interpreter, "Tetum")),
            3 => Some((FlagKind::VisitInPairs, "")),
            6 => Some((FlagKind::ChildProtectionRegister, "")),
            8 => Some((FlagKind::InHospital, "")),
            _ => None,
        };
        if let Some((kind, detail)) = flag {
            events.push(Event { at: open_at.plus_minutes(30), by: worker, family, act: Act::Flag(kind, detail) });
        }
        let days = (self.today - opened).num_days().max(1) as u64;
        let step = if wanted > 0 { (days / wanted as u64).max(1) } else { 7 + self.dice.below(7) };
        let mut day = opened + Days::new(2 + self.dice.below(5));
        let mut count = 0;
        while day < self.today && (wanted == 0 || count < wanted) {
            if day.weekday().num_days_from_monday() > 4 {
                day = day + Days::new(2);
                continue;
            }
            let next_day = weekday(day + Days::new(step));
            self.contact(family, worker, day, next_day, events);
            count += 1;
            day = next_day;
        }
        let now = at(self.today, 8, 30);
        match family % 12 {
            0 => events.push(Event { at: now.plus_minutes(-20 * 60), by: worker, family, act: Act::Draft }),
            5 => events.push(Event { at: now.plus_minutes(-18 * 60), by: worker, family, act: Act::Concern }),
            9 => {
                events.push(Event { at: now.plus_minutes(-66 * 60), by: worker, family, act: Act::Concern });
                events.push(Event { at: now.plus_minutes(-64 * 60), by: "lead", family, act: Act::AnswerConcern });
            }
            _ => {}
        }
    }

    fn contact(&mut self, family: usize, worker: &'static str, day: NaiveDate, next_day: NaiveDate, events: &mut Vec<Event>) {
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
            by,
            family,
            act: Act::Contact(Visit { from, minutes, outcome, kind, next: next.filter(|next| *next > signed) }),
        });
        if self.dice.below(12) == 0 {
            let text = self.words.addendum[self.dice.below(self.words.addendum.len() as u64) as usize].as_str();
            events.push(Event { at: signed.plus_minutes(60), by: worker, family, act: Act::Details(text) });
        }
    }

    fn note(&mut self, family: usize, visit: &Visit) -> ContactEntry {
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

/// The `n`th valid practice number, as typed.
fn practice_number(n: usize) -> String {
    HealthCareNumber::practice(n).map(|number| number.to_string()).unwrap_or_default()
}

fn carer(role: FamilyRole, family_name: &str, given: &str, number: String) -> PersonEntry {
    PersonEntry {
        role,
        family_name: family_name.to_owned(),
        given: given.to_owned(),
        given_awaited: false,
        preferred: String::new(),
        sex: None,
        born: DateEntry::default(),
        born_time: String::new(),
        due: DateEntry::default(),
        birth_order: None,
        number,
        number_absent: None,
    }
}

fn entry_of(date: NaiveDate) -> DateEntry {
    DateEntry { day: date.day().to_string(), month: date.month().to_string(), year: date.year().to_string() }
}

fn at(date: NaiveDate, hour: u32, minute: u32) -> Timestamp {
    Timestamp::from_local(date.and_time(NaiveTime::from_hms_opt(hour, minute % 60, 0).unwrap_or_default()))
}

fn typed(at: Timestamp) -> String {
    at.local().format("%d-%b-%Y %H:%M").to_string()
}

fn weekday(date: NaiveDate) -> NaiveDate {
    match date.weekday().num_days_from_monday() {
        5 => date + Days::new(2),
        6 => date + Days::new(1),
        _ => date,
    }
}

/// Dice that always roll the same for the same seed (SplitMix64).
#[derive(Debug, Clone)]
struct Dice(u64);

impl Dice {
    const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    const fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    fn pick(&mut self, from: &[String]) -> String {
        from[self.below(from.len() as u64) as usize].clone()
    }
}
