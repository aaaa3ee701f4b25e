//! What the scopes are tried on: a practice team with its families, and one of
//! everything in one family of owen's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use attune_core::desk::{Desk, Quiet, practice};
use attune_core::error::Error;
use attune_core::practice::{PASSPHRASE, Plan, USERS};
use attune_core::schema::TABLES;
use attune_core::user::Role;
use attune_core::vault::keys::KeyFile;
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::support::{Place, answer, call, everything, note_with_concern, text, unlock_with, user_id};

/// What nobody but the few who may should ever read.
pub const TOLD_IN_CONFIDENCE: &str = "Zephyrine told of the boathouse";

/// The ids of one family, and of what is in it.
#[derive(Clone)]
pub struct Ids {
    pub family: Value,
    pub reference: String,
    pub episode: Value,
    pub contact: Value,
    pub concern: Value,
    pub parent: Value,
    pub infant: Value,
    pub flag: Value,
    pub placement: Value,
}

impl Ids {
    /// Ids that nothing has.
    pub fn made_up() -> Self {
        let id = || json!("01936f00-0000-7000-8000-00000000dead");
        Self {
            family: id(),
            reference: String::new(),
            episode: id(),
            contact: id(),
            concern: id(),
            parent: id(),
            infant: id(),
            flag: id(),
            placement: id(),
        }
    }
}

/// Practice families of both key workers, one of them shared with the partner
/// worker, and everything there is in one family of owen's that is not shared.
/// A copy for whoever asks.
pub fn practice_place() -> (Place, Ids) {
    let (place, theirs) = made();
    (place.copy(), theirs.clone())
}

/// One copy that a property keeps changing.
pub fn shared_place() -> &'static (Place, Ids) {
    static COPY: OnceLock<(Place, Ids)> = OnceLock::new();
    COPY.get_or_init(practice_place)
}

fn made() -> &'static (Place, Ids) {
    static MADE: OnceLock<(Place, Ids)> = OnceLock::new();
    MADE.get_or_init(|| {
        let place = Place::new();
        let plan = Plan { families: 8, contacts: 24, seed: 11, as_of: NaiveDate::from_ymd_opt(2026, 11, 23) };
        practice::fill(&place.desk(), &plan, &Quiet).unwrap();
        let theirs = live_in(&place);
        (place, theirs)
    })
}

/// Puts one of everything into a family of owen's.
fn live_in(place: &Place) -> Ids {
    let lead = signed_in(place, "lead");
    let (owen, pip) = (user_id(&lead, "owen"), user_id(&lead, "pip"));
    let unshared = |family: &&Value| {
        let episode = &call(&lead, "people", json!({"family": family}))["episode"];
        episode["keyWorker"] == owen && episode["partnerWorker"] != pip
    };
    let family = open_families(&lead).iter().find(unshared).unwrap().clone();
    share(&lead, &family, &[("therapist", Value::Null)]);
    drop(lead);

    let desk = signed_in(place, "owen");
    let people = call(&desk, "people", json!({"family": family}));
    let of_role = |role: &str| people["people"].as_array().unwrap().iter().find(|person| person["role"] == role).unwrap()["id"].clone();
    let (infant, parent) = (of_role("infant"), of_role("mother"));
    let flag = call(&desk, "set_flag", json!({"family": family, "kind": "interpreter", "detail": "Tetum"}))["id"].clone();
    let banner = call(&desk, "banner", json!({"family": family}));
    let entry = note_with_concern(&json!({"people": [infant, parent]}), "A signed note of owen’s.");
    let contact = call(&desk, "sign_contact", json!({"episode": people["episode"]["id"], "entry": entry}))["contact"].clone();
    let concern = call(&desk, "contact", json!({"contact": contact}))["concern"]["id"].clone();
    let placement = json!({
        "family": family, "step": 4, "rationale": "Because a test needs a placement.", "indicators": [], "parentView": "", "infantShows": "Looks.",
    });
    let placement = call(&desk, "place", placement)["placements"][0]["id"].clone();
    let told = json!({
        "person": parent, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "held", "protective": [], "words": TOLD_IN_CONFIDENCE,
        "answers": [{"category": "emotional_abuse", "answer": "yes"}],
    });
    call(&desk, "record_ace", told);
    let ids = Ids {
        reference: text(&banner["reference"]),
        episode: people["episode"]["id"].clone(),
        flag,
        family,
        contact,
        concern,
        parent,
        infant,
        placement,
    };
    call(&desk, "lock", json!({}));
    ids
}

/// A desk with somebody of the practice team signed in.
pub fn signed_in(place: &Place, sign_in: &str) -> Desk {
    let desk = place.desk();
    unlock_with(&desk, sign_in, PASSPHRASE).unwrap_or_else(|error| panic!("{sign_in} signs in: {error}"));
    desk
}

/// The role of somebody of the practice team.
pub fn role_of(sign_in: &str) -> Role {
    USERS.iter().find(|user| user.0 == sign_in).unwrap().2
}

/// Calls a command that must refuse, and answers the whole refusal.
#[track_caller]
pub fn refusal(desk: &Desk, command: &str, request: Value) -> Error {
    answer(desk, command, request).expect_err(command)
}

/// What asks for the open cases, mine or all.
pub fn open_cases(mine: bool) -> Value {
    json!({"mine": mine, "filter": "open", "sort": "name"})
}

/// Every open family, in one order for all.
pub fn open_families(lead: &Desk) -> Vec<Value> {
    family_ids(&call(lead, "caseload", open_cases(false))).into_iter().map(Value::String).collect()
}

/// Allocates a family anew: the named workers changed, the others as they were.
pub fn share(lead: &Desk, family: &Value, workers: &[(&str, Value)]) {
    let people = answer(lead, "people", json!({"family": family})).unwrap();
    let episode = &people["value"]["episode"];
    let mut request = json!({
        "episode": episode["id"], "seen": people["seen"],
        "keyWorker": episode["keyWorker"], "therapist": episode["therapist"], "partnerWorker": episode["partnerWorker"],
    });
    for (worker, user) in workers {
        request[*worker] = user.clone();
    }
    call(lead, "allocate", request);
}

/// Every value called `family`, however deep.
pub fn family_ids(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, inside)| match inside {
                Value::String(id) if name == "family" => BTreeSet::from([id.clone()]),
                _ => family_ids(inside),
            })
            .collect(),
        Value::Array(all) => all.iter().flat_map(family_ids).collect(),
        _ => BTreeSet::new(),
    }
}

/// What the team's history says was refused to somebody.
pub fn refused_lines(lead: &Desk, sign_in: &str) -> Vec<String> {
    let name = USERS.iter().find(|user| user.0 == sign_in).unwrap().1;
    let (mut lines, mut skip) = (Vec::new(), 0);
    // Opening the history is a line of it: it stands before the pages are counted.
    call(lead, "team_history", json!({}));
    loop {
        let page = call(lead, "team_history", json!({"skip": skip}));
        let sent = page["lines"].as_array().unwrap();
        skip += sent.len();
        let theirs = sent.iter().filter(|line| line["kind"] == "denied" && text(&line["who"]).starts_with(name));
        lines.extend(theirs.map(|line| text(&line["what"])));
        if page["more"] == 0 || sent.is_empty() {
            return lines;
        }
    }
}

/// The record, its log and the drafts: everything but who looked.
pub fn kept(place: &Place) -> BTreeMap<String, Vec<String>> {
    let key = KeyFile::load(Path::new(&place.vault())).unwrap().0.unlock("lead", PASSPHRASE).unwrap().key;
    let mut all = everything(&place.open_with_copy(&key));
    let record: Vec<&str> = TABLES.iter().map(|table| table.kept).chain(["operation", "change", "record", "draft", "name_token"]).collect();
    all.retain(|table, _| record.contains(&table.as_str()));
    assert!(all.len() > 15 && all["contact_row"].len() > 8);
    all
}
