//! Practice families: plainly fictional, made through the ordinary operations,
//! so that they are also what tests, pictures and figures are made with.

mod course;
mod days;
mod dice;
mod doing;
mod families;
mod notes;
mod screening;
mod stories;

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::codes::Code;
use crate::contact::ContactId;
use crate::error::{Error, Result};
use crate::family::{AddFamily, FamilyAdded, FlagId};
use crate::person::health_care_number::HealthCareNumber;
use crate::placement::PlacementId;
pub use crate::practice::course::Event;
use crate::practice::course::{Course, Mark};
use crate::practice::days::working_day;
use crate::practice::dice::Dice;
use crate::schema::SCHEMA;
use crate::user::Role;
use crate::user::signing_in::PracticeUser;

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

/// The stories of a plan, and what has been made of them so far.
pub struct Stories {
    words: &'static Words,
    dice: Dice,
    numbers: Box<dyn Iterator<Item = HealthCareNumber>>,
    workers: Vec<String>,
    families: Vec<PracticeFamily>,
    today: NaiveDate,
    made: Made,
}

/// What the events have made, by the names that later events know it by.
#[derive(Default)]
struct Made {
    contacts: HashMap<Mark, ContactId>,
    placements: HashMap<Mark, PlacementId>,
    flags: HashMap<Mark, FlagId>,
}

struct PracticeFamily {
    entry: AddFamily,
    born: Option<NaiveDate>,
    added: Option<FamilyAdded>,
}

/// What a practice baby showed, how it was read, and what changed because of it.
#[derive(Debug, Deserialize)]
struct BabyTold {
    cues: String,
    reading: String,
    changed: String,
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
    baby: Vec<BabyTold>,
    think: Vec<String>,
    plan: Vec<String>,
    addendum: Vec<String>,
    concern: String,
    places: Vec<String>,
    sources: Vec<String>,
    /// What speaks for each step, by the way the family came to it.
    rationale: [Ways; 5],
    parent_view: Ways,
    /// What infants of families on each step show.
    shows: [Vec<String>; 5],
    hand_over: [String; 2],
    childhood: String,
    exposure: String,
    no_concern: String,
}

/// Words for each way to come to a step; empty where nobody can come to it so.
#[derive(Debug, Deserialize)]
struct Ways {
    first: String,
    stays: String,
    up: String,
    down: String,
}

impl Ways {
    fn of(&self, from: Option<u8>, to: u8) -> &str {
        match from.map(|from| to.cmp(&from)) {
            None => &self.first,
            Some(Ordering::Equal) => &self.stays,
            Some(Ordering::Greater) => &self.up,
            Some(Ordering::Less) => &self.down,
        }
    }
}

impl Words {
    /// Why a family is placed on a step, in words that fit the step and the move.
    fn rationale(&self, from: Option<u8>, to: u8) -> &str {
        self.rationale[usize::from(to) - 1].of(from, to)
    }
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
    /// Plans the stories, in the order in which they happen: a record that
    /// holds at any hour of the day it is on.
    ///
    /// # Errors
    /// When the practice words cannot be read.
    pub fn plan(plan: &Plan, today: NaiveDate) -> Result<(Self, Vec<Event>)> {
        let workers = team(plan).into_iter().filter(|member| member.role == Role::KeyWorker).map(|member| member.sign_in).collect();
        let mut stories = Self {
            words: words()?,
            dice: Dice(plan.seed),
            numbers: Box::new(HealthCareNumber::practice()),
            workers,
            families: Vec::new(),
            today,
            made: Made::default(),
        };
        let wanted = match plan.contacts {
            0 => 0,
            contacts => (contacts / plan.families.max(1)).max(1) as usize,
        };
        let mut events = Vec::new();
        for index in 0..plan.families as usize {
            events.append(&mut stories.story_of(index, wanted));
        }
        events.sort_by_key(|event| event.at);
        Ok((stories, events))
    }

    fn story_of(&mut self, index: usize, wanted: usize) -> Vec<Event> {
        let opened = working_day(self.today - Days::new(self.days_open(index)));
        let family = self.new_family(index, opened);
        self.families.push(family);
        let mut course = Course::new(index, self.worker_of(index).to_owned(), opened, self.today);
        stories::flags_of(&mut course);
        self.visits(&mut course, wanted);
        stories::waiting_today(&mut course);
        screening::plan(&mut course);
        course.events
    }

    /// Seven families of eight have been with the team since before the last
    /// quarter ended, whatever day of this quarter it is.
    fn days_open(&mut self, index: usize) -> u64 {
        match index {
            index if stories::new_to_the_team(index) => 8 + self.dice.below(50),
            index if stories::unborn(index) => 125 + self.dice.below(20),
            _ => 125 + self.dice.below(160),
        }
    }

    /// Who works with a family.
    fn worker_of(&self, family: usize) -> &str {
        &self.workers[family % self.workers.len()]
    }
}

/// Changes with every change to the stories, the words or the tables, so that
/// a record of an older version is known as one.
///
/// # Errors
/// When the practice words cannot be read.
pub fn version() -> Result<String> {
    let a_day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
    let (stories, events) = Stories::plan(&Plan::default(), a_day)?;
    let families: Vec<&AddFamily> = stories.families.iter().map(|family| &family.entry).collect();
    let told = format!("{} {:?} {families:?} {events:?} {:?}", SCHEMA.version(), stories.words, USERS);
    Ok(blake3::hash(told.as_bytes()).to_hex().to_string())
}

#[cfg(test)]
mod tests;
