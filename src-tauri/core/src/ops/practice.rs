//! Practice families: plainly fictional, made through the ordinary operations,
//! so that they are also what tests, pictures and figures are made with.

mod dice;
mod families;
mod notes;
mod screening;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use serde::Deserialize;

use self::dice::Dice;
use super::concerns::{self, AnswerConcern};
use super::contacts::{self, AddDetails};
use super::families as family_ops;
use super::flags::{self, SetFlag};
use super::note::{self, InEpisode};
use super::session::Session;
use super::story;
use crate::codes::Code;
use crate::domain::contact::{ConcernEntry, ContactKind, Outcome, Police, Safety};
use crate::domain::family::{AddFamily, FamilyAdded, FlagKind};
use crate::domain::seen::MarkSeen;
use crate::domain::signing_in::PracticeUser;
use crate::domain::user::Role;
use crate::error::{Error, Result};
use crate::ids::{ContactId, PlacementId, UserId};
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

/// From this many families on, more key workers share them.
const SHARED_FROM: u32 = 200;

/// About how many families a key worker then has.
const EACH: u32 = 20;

/// One member of a practice team.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name typed at sign-in.
    pub sign_in: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Whose staff they are.
    pub organisation: &'static str,
}

/// The team of a plan: [`USERS`], and as many more key workers as a large
/// caseload needs.
#[must_use]
pub fn team(plan: &Plan) -> Vec<Member> {
    let member =
        |sign_in: &str, name: &str, role, organisation| Member { sign_in: sign_in.to_owned(), name: name.to_owned(), role, organisation };
    let mut team: Vec<Member> =
        USERS.iter().map(|(sign_in, name, role, organisation)| member(sign_in, name, *role, organisation)).collect();
    if plan.families > SHARED_FROM {
        let more = (3..=plan.families.div_ceil(EACH))
            .map(|n| member(&format!("worker{n}"), &format!("Worker {n} Practice"), Role::KeyWorker, "The Trust"));
        team.extend(more);
    }
    team
}

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
    /// Who does it, by the name typed at sign-in.
    pub by: String,
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
    Answers,
    Place(u8),
    Confirm,
    Conversation { declined: bool },
    Exposure,
    Seen,
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
    workers: Vec<String>,
    families: Vec<PracticeFamily>,
    today: NaiveDate,
}

struct PracticeFamily {
    entry: AddFamily,
    born: Option<NaiveDate>,
    added: Option<FamilyAdded>,
    last_contact: Option<ContactId>,
    last_placement: Option<PlacementId>,
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
    sources: Vec<String>,
    rationale: Vec<String>,
    parent_view: Vec<String>,
    shows: Vec<String>,
    hand_over: [String; 2],
    childhood: String,
    exposure: String,
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
        let workers = team(plan).into_iter().filter(|member| member.role == Role::KeyWorker).map(|member| member.sign_in).collect();
        let mut stories = Self { words: words()?, dice: Dice(plan.seed), workers, families: Vec::new(), today };
        let mut events = Vec::new();
        let wanted = plan.contacts.checked_div(plan.families.max(1)).unwrap_or(0) as usize;
        for index in 0..plan.families as usize {
            let mut opened = today - Days::new(20 + stories.dice.below(260));
            if unborn(index) {
                opened = opened.max(today - Days::new(100));
            }
            let family = stories.new_family(index, opened);
            let worker = stories.worker_of(index).to_owned();
            stories.families.push(family);
            stories.story_of(index, &worker, opened, wanted, &mut events);
            stories.screening_of(index, &worker, opened, &mut events);
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
                entry.key_worker = user(self.worker_of(event.family));
                entry.therapist = user("tara");
                let added = family_ops::add_family(session, entry)?.value;
                if event.family % 9 == 4 {
                    let seen = crate::store::log::last_operation(session.conn())?;
                    let request = family_ops::Allocate {
                        episode: added.episode,
                        key_worker: user(self.worker_of(event.family)),
                        therapist: user("tara"),
                        partner_worker: user("pip"),
                        seen,
                    };
                    family_ops::allocate(session, request)?;
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
            Act::Answers => self.answer(session, event.family)?,
            Act::Place(step) => self.place(session, event.family, *step)?,
            Act::Confirm => self.confirm(session, event.family)?,
            Act::Conversation { declined } => self.converse(session, event.family, *declined)?,
            Act::Exposure => self.expose(session, event.family)?,
            Act::Seen => {
                let family = self.added(event)?.family;
                story::mark_seen(session, MarkSeen { family, until: Some(event.at) })?;
            }
        }
        Ok(())
    }

    /// Who works with a family.
    fn worker_of(&self, family: usize) -> &str {
        &self.workers[family % self.workers.len()]
    }

    fn added(&self, event: &Event) -> Result<&FamilyAdded> {
        self.families[event.family].added.as_ref().ok_or_else(|| Error::internal("practice order"))
    }

    fn story_of(&mut self, family: usize, worker: &str, opened: NaiveDate, wanted: usize, events: &mut Vec<Event>) {
        let open_at = at(opened, 9, (family % 50) as u32);
        events.push(Event { at: open_at, by: "lead".to_owned(), family, act: Act::Add });
        let flag = match family % 10 {
            0 => Some((FlagKind::Interpreter, "Tetum")),
            3 => Some((FlagKind::VisitInPairs, "")),
            6 => Some((FlagKind::ChildProtectionRegister, "")),
            8 => Some((FlagKind::InHospital, "")),
            _ => None,
        };
        if let Some((kind, detail)) = flag {
            events.push(Event { at: open_at.plus_minutes(30), by: worker.to_owned(), family, act: Act::Flag(kind, detail) });
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
            0 => events.push(Event { at: now.plus_minutes(-20 * 60), by: worker.to_owned(), family, act: Act::Draft }),
            5 => events.push(Event { at: now.plus_minutes(-18 * 60), by: worker.to_owned(), family, act: Act::Concern }),
            9 => {
                events.push(Event { at: now.plus_minutes(-66 * 60), by: worker.to_owned(), family, act: Act::Concern });
                events.push(Event { at: now.plus_minutes(-64 * 60), by: "lead".to_owned(), family, act: Act::AnswerConcern });
            }
            _ => {}
        }
        for (reader, days) in [(worker, 4), ("tara", 9), ("lead", 5)] {
            let day = weekday(self.today - Days::new(days));
            if opened < day && day < self.today {
                events.push(Event { at: at(day, 17, 20), by: reader.to_owned(), family, act: Act::Seen });
            }
        }
    }
}

/// Whether the infant of a family is still on the way.
const fn unborn(index: usize) -> bool {
    index % 11 == 6
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
