//! Who sees whose record. Everything here goes through the one door, as the
//! window does; what a screen hides is never the reason for a pass.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use attune_core::api::{COMMANDS, Who};
use attune_core::codes::Code;
use attune_core::desk::{Desk, Quiet, practice};
use attune_core::domain::user::Role;
use attune_core::error::Error;
use attune_core::ops::practice::{PASSPHRASE, Plan, USERS};
use attune_core::store::table::TABLES;
use attune_core::vault::keys::KeyFile;
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Place, answer, call, everything, note, note_with_concern, refused, text, unlock_with};

/// What nobody but the few who may should ever read.
const TOLD_IN_CONFIDENCE: &str = "Zephyrine told of the boathouse";

/// The ids of one family, and of what is in it.
#[derive(Clone)]
struct Ids {
    family: Value,
    reference: String,
    episode: Value,
    contact: Value,
    concern: Value,
    parent: Value,
    infant: Value,
    flag: Value,
    placement: Value,
}

impl Ids {
    /// Ids that nothing has.
    fn made_up() -> Self {
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

type Request = fn(&Ids) -> Value;

/// Every command that takes the id of something in a family's record.
const OF_A_FAMILY: [(&str, Request); 29] = [
    ("people", |ids| json!({"family": ids.family})),
    ("banner", |ids| json!({"family": ids.family})),
    ("story", |ids| json!({"family": ids.family})),
    ("mark_seen", |ids| json!({"family": ids.family, "until": 1})),
    ("open_note", |ids| json!({"family": ids.family})),
    ("history", |ids| json!({"family": ids.family})),
    ("priority", |ids| json!({"family": ids.family})),
    ("placements", |ids| json!({"family": ids.family})),
    ("ace", |ids| json!({"family": ids.family})),
    ("add_person", |ids| json!({"family": ids.family, "person": {"role": "sibling", "familyName": "Planted", "given": "Ann"}})),
    ("set_flag", |ids| json!({"family": ids.family, "kind": "visit_in_pairs"})),
    ("flags_checked", |ids| json!({"family": ids.family})),
    (
        "answer_priority",
        |ids| json!({"family": ids.family, "person": null, "group": "poverty", "answer": "no", "period": null, "source": ""}),
    ),
    (
        "place",
        |ids| json!({"family": ids.family, "step": 2, "rationale": "A reason that is long enough.", "indicators": [], "parentView": "", "infantShows": "Looks."}),
    ),
    ("allocate", |ids| json!({"episode": ids.episode, "keyWorker": null, "therapist": null, "partnerWorker": null, "seen": 1_000_000})),
    ("save_draft", |ids| json!({"episode": ids.episode, "entry": {"saw": "planted"}})),
    ("discard_draft", |ids| json!({"episode": ids.episode})),
    ("check_contact", |ids| json!({"episode": ids.episode, "entry": {}})),
    ("sign_contact", |ids| json!({"episode": ids.episode, "entry": note(&json!({"people": [ids.infant, ids.parent]}), "planted")})),
    ("contact", |ids| json!({"contact": ids.contact})),
    ("add_details", |ids| json!({"contact": ids.contact, "text": "planted"})),
    ("retract_contact", |ids| json!({"contact": ids.contact, "reason": "planted reason"})),
    ("answer_concern", |ids| json!({"concern": ids.concern, "answer": "planted answer"})),
    (
        "amend_person",
        |ids| json!({"id": ids.parent, "person": {"role": "mother", "familyName": "Planted", "given": "Ann"}, "seen": 1_000_000}),
    ),
    ("end_flag", |ids| json!({"flag": ids.flag})),
    ("confirm_placement", |ids| json!({"placement": ids.placement})),
    ("begin_ace", |ids| json!({"person": ids.parent, "aloneAndSafe": true, "wantsTo": true})),
    (
        "record_ace",
        |ids| json!({"person": ids.parent, "aloneAndSafe": true, "wantsTo": true, "sitting": "declined", "answers": [], "protective": [], "words": ""}),
    ),
    ("record_exposure", |ids| json!({"person": ids.infant, "answers": [], "words": "planted", "concern": null})),
];

/// Every other command: it takes no such id.
#[rustfmt::skip]
const OF_NO_FAMILY: [&str; 35] = [
    "vault_state", "create_vault", "practice_vault", "unlock", "recover", "restore_backup", "assess_passphrase", "lock", "session",
    "change_passphrase", "set_display", "settings", "backup", "back_up", "users", "add_user", "reset_passphrase", "amend_user",
    "change_settings", "set_export_folder", "new_recovery_key", "team_history", "verify", "today", "caseload", "find", "add_family",
    "echo_person", "concerns", "parse_when", "families_index", "summary", "releases", "release_summary",
    "write_release",
];

#[test]
fn every_command_is_on_one_of_the_lists() {
    let listed: Vec<&str> = OF_A_FAMILY.iter().map(|row| row.0).chain(OF_NO_FAMILY).collect();
    let unique: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len(), "each command is listed once");
    let all: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    assert_eq!(all, unique, "a new command goes to OF_A_FAMILY if it takes an id of something in a family's record");
}

#[test]
fn a_foreign_id_and_a_made_up_one_get_one_answer_and_change_nothing() {
    for outsider in ["niamh", "pip", "dara", "iggy"] {
        let (place, theirs) = practice_place();
        let before = kept(&place);
        let role = role_of(outsider);
        let desk = signed_in(&place, outsider);
        let mut refusals = 0;
        for (command, request) in OF_A_FAMILY {
            // So that each refusal is a line of its own in the read log.
            place.later(16);
            let made_up = refusal(&desk, command, request(&Ids::made_up()));
            place.later(16);
            let may = COMMANDS.iter().any(|row| row.name == command && row.allows(role));
            assert_eq!(made_up.code, if may { "not_yours" } else { "denied" }, "{outsider}: {command}");
            if outsider == "iggy" && command == "history" {
                call(&desk, command, request(&theirs));
                refusals += 1;
                continue;
            }
            assert_eq!(refusal(&desk, command, request(&theirs)), made_up, "{outsider}: {command} tells a foreign family from none");
            refusals += 2;
        }
        drop(desk);
        assert_eq!(kept(&place), before, "{outsider} changed something");

        let lead = signed_in(&place, "lead");
        let lines = refused_lines(&lead, outsider);
        assert_eq!(lines.len(), refusals, "{outsider}: each refusal is a line of the team's history");
        let of_theirs = lines.iter().filter(|line| line.ends_with(&format!(" of {}", theirs.reference))).count();
        let tried = OF_A_FAMILY.iter().filter(|row| COMMANDS.iter().any(|command| command.name == row.0 && command.allows(role)));
        let expected = tried.filter(|row| !(outsider == "iggy" && row.0 == "history")).count();
        assert_eq!(of_theirs, expected, "{outsider}: each names the family by its reference");
        assert!(lines.iter().all(|line| line.starts_with("Was refused: ")));
    }
}

#[test]
fn ace_conversations_open_to_fewer_than_the_record() {
    let (place, theirs) = practice_place();
    let tara = signed_in(&place, "tara");
    call(&tara, "story", json!({"family": theirs.family}));
    for command in ["ace", "begin_ace", "record_ace", "record_exposure"] {
        let (_, request) = OF_A_FAMILY.iter().find(|row| row.0 == command).unwrap();
        assert_eq!(refused(&tara, command, request(&theirs)), "not_yours", "a therapist who is not the family's: {command}");
    }
    drop(tara);
    for reader in ["tara", "lead", "iggy", "owen"] {
        let desk = signed_in(&place, reader);
        let history = call(&desk, "history", json!({"family": theirs.family})).to_string();
        assert!(!history.contains(TOLD_IN_CONFIDENCE) && !history.contains("emotional_abuse"), "{reader} reads it in the history");
        if reader != "iggy" {
            let everywhere =
                ["story", "people", "banner", "placements", "priority"].map(|view| call(&desk, view, json!({"family": theirs.family})));
            assert!(!everywhere.iter().any(|view| view.to_string().contains(TOLD_IN_CONFIDENCE)), "{reader} reads it elsewhere");
            let found = call(&desk, "find", json!({"query": "Zephyrine"}));
            assert_eq!((found["people"].as_array().unwrap().len(), found["notes"].as_array().unwrap().len()), (0, 0), "{reader} finds it");
        }
    }
    let owen = signed_in(&place, "owen");
    assert!(call(&owen, "ace", json!({"family": theirs.family})).to_string().contains(TOLD_IN_CONFIDENCE), "the key worker reads it");
}

#[test]
fn information_governance_reads_histories_without_names_or_words() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let names: Vec<String> = call(&lead, "people", json!({"family": theirs.family}))["people"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|person| [text(&person["entry"]["familyName"]), text(&person["entry"]["given"])])
        .filter(|name| name.chars().count() > 3)
        .collect();
    drop(lead);
    let iggy = signed_in(&place, "iggy");
    let history = call(&iggy, "history", json!({"family": theirs.family}));
    assert!(history["banner"].is_null());
    let lines = history["lines"].as_array().unwrap();
    assert!(lines.len() > 5 && lines.iter().all(|line| line["details"] == json!([])));
    let index = call(&iggy, "families_index", json!({}));
    for shown in [history.to_string(), index.to_string()] {
        let told: Vec<&String> = names.iter().filter(|name| shown.contains(name.as_str())).collect();
        assert!(!names.is_empty() && told.is_empty(), "information governance reads {told:?}");
    }
}

#[test]
fn a_draft_is_its_authors_alone() {
    let (place, theirs) = practice_place();
    let typed = "half a sentence that is nobody else’s";
    let keep = |desk: &Desk, text: &str| call(desk, "save_draft", json!({"episode": theirs.episode, "entry": {"saw": text}}));
    let reads = |desk: &Desk| {
        let views = ["open_note", "story", "history"].map(|view| call(desk, view, json!({"family": theirs.family})).to_string());
        let lists = [
            call(desk, "today", json!({})),
            call(desk, "caseload", open_cases(false)),
            call(desk, "find", json!({"query": "nobody else’s"})),
        ];
        views.concat() + &lists.map(|list| list.to_string()).concat()
    };
    keep(&signed_in(&place, "owen"), typed);
    for other in ["lead", "tara"] {
        let desk = signed_in(&place, other);
        assert!(!reads(&desk).contains(typed), "{other} reads a draft of owen's");
        assert!(call(&desk, "open_note", json!({"family": theirs.family}))["draftSaved"].is_null());
        assert_eq!(call(&desk, "story", json!({"family": theirs.family}))["draft"], "");
        keep(&desk, &format!("by {other}"));
        call(&desk, "discard_draft", json!({"episode": theirs.episode}));
    }
    let owen = signed_in(&place, "owen");
    let form = call(&owen, "open_note", json!({"family": theirs.family}));
    assert_eq!(form["entry"]["saw"], typed, "others throwing theirs away leave owen's");
    assert!(!call(&owen, "history", json!({"family": theirs.family})).to_string().contains(typed), "a draft is not in the log");
}

#[test]
fn a_partner_worker_sees_shared_families_only() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let pip = user_of(&lead, "pip");
    let families = open_families(&lead);
    let workers =
        families.iter().map(|family| (text(family), call(&lead, "people", json!({"family": family}))["episode"]["partnerWorker"] == pip));
    let shared: BTreeSet<String> = workers.filter(|(_, theirs)| *theirs).map(|(family, _)| family).collect();
    assert!(!shared.is_empty() && shared.len() < families.len() && !shared.contains(&text(&theirs.family)));
    drop(lead);
    let desk = signed_in(&place, "pip");
    for mine in [true, false] {
        assert_eq!(family_ids(&call(&desk, "caseload", open_cases(mine))), shared);
    }
    for family in &shared {
        call(&desk, "story", json!({"family": family}));
        for command in ["add_person", "set_flag", "ace", "place", "answer_priority", "allocate"] {
            assert_eq!(
                refused(&desk, command, json!({"family": family})),
                "denied",
                "a partner worker changes nothing but notes: {command}"
            );
        }
    }
    // The family is taken back: it closes at once.
    drop(desk);
    let lead = signed_in(&place, "lead");
    let family = json!(shared.first().unwrap());
    share(&lead, &family, &[("partnerWorker", Value::Null)]);
    drop(lead);
    let desk = signed_in(&place, "pip");
    assert_eq!(refused(&desk, "story", json!({"family": family})), "not_yours");
}

#[test]
fn another_family_is_named_to_nobody_while_a_person_is_typed() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let people = call(&lead, "people", json!({"family": theirs.family}));
    let infant = people["people"][0]["entry"].clone();
    drop(lead);
    let niamh = signed_in(&place, "niamh");
    let echo = call(&niamh, "echo_person", json!({"person": infant, "family": null}));
    let similar: Vec<String> = echo["similar"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(similar, ["A person with the same details is in the record of another family. Ask the service lead."]);
}

#[test]
fn a_command_of_another_role_is_refused_and_noted() {
    let (place, _) = practice_place();
    for role in Role::ALL {
        let (sign_in, ..) = USERS.iter().find(|user| user.2 == *role).unwrap();
        let desk = signed_in(&place, sign_in);
        let mut denied = 0;
        for command in COMMANDS {
            let error = refusal(&desk, command.name, json!({"zz": "planted"}));
            let expected = if command.allows(*role) { "bad_request" } else { "denied" };
            assert_eq!(error.code, expected, "{} as {}", command.name, role.code());
            denied += usize::from(!command.allows(*role));
        }
        assert!(desk.is_unlocked());
        drop(desk);
        let lead = signed_in(&place, "lead");
        assert_eq!(refused_lines(&lead, sign_in).len(), denied, "{}: every refusal is in the team's history", role.code());
    }
}

#[test]
fn a_locked_desk_opens_to_nothing() {
    let (place, _) = practice_place();
    let desk = place.desk();
    for command in COMMANDS.iter().filter(|command| matches!(command.who, Who::Roles(_))) {
        assert_eq!(refused(&desk, command.name, json!({})), "locked", "{}", command.name);
    }
}

#[test]
fn a_one_time_passphrase_opens_to_nothing_but_its_change() {
    let (place, _) = practice_place();
    let lead = signed_in(&place, "lead");
    let request = json!({"name": "New Worker", "signIn": "newcomer", "role": "service_lead", "organisation": "The Trust"});
    let one_time = text(&call(&lead, "add_user", request)["passphrase"]);
    drop(lead);
    let desk = place.desk();
    unlock_with(&desk, "newcomer", &one_time).unwrap();
    let open = ["session", "change_passphrase", "set_display"];
    for command in COMMANDS.iter().filter(|command| matches!(command.who, Who::Roles(_)) && !open.contains(&command.name)) {
        assert_eq!(refused(&desk, command.name, json!({})), "must_change_passphrase", "{}", command.name);
    }
    assert_eq!(call(&desk, "session", json!({}))["mustChange"], true);
    assert_eq!(refused(&desk, "change_passphrase", json!({"present": one_time, "new": one_time})), "passphrase_same");
    call(&desk, "change_passphrase", json!({"present": one_time, "new": "another four unrelated words"}));
    call(&desk, "today", json!({}));
}

#[test]
fn what_a_lead_takes_from_themselves_is_gone_at_once() {
    let (place, _) = practice_place();
    let desk = signed_in(&place, "lead");
    let change = |sign_in: &str, role: &str| {
        let users = answer(&desk, "users", json!({})).unwrap();
        let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap().clone();
        let request = json!({
            "user": user["id"], "name": user["name"], "role": role, "organisation": user["organisation"], "active": true, "seen": users["seen"],
        });
        answer(&desk, "amend_user", request)
    };
    assert_eq!(change("lead", "data_manager").unwrap_err().code, "user_last_lead");
    change("tara", "service_lead").unwrap();
    change("lead", "data_manager").unwrap();
    assert_eq!(refused(&desk, "users", json!({})), "denied");
    assert_eq!(refused(&desk, "caseload", open_cases(false)), "denied");
}

/// What was typed could be a name: the answer points at its place only.
#[test]
fn a_request_of_the_wrong_form_is_not_quoted() {
    const NAME: &str = "Róisín Ní Chanáraí";
    let (place, theirs) = practice_place();
    let desk = signed_in(&place, "lead");
    let mut wrong: Vec<(&str, Value, Option<&str>)> = Vec::new();
    for command in COMMANDS.iter().filter(|command| command.allows(Role::ServiceLead)) {
        wrong.extend([json!(NAME), json!({"zz": NAME}), json!({NAME: 1})].map(|request| (command.name, request, None)));
    }
    let infant = json!({"role": "infant", "familyName": "x", "born": NAME});
    wrong.extend([
        ("story", json!({"family": NAME}), Some("family")),
        ("set_flag", json!({"family": theirs.family, "kind": NAME}), Some("kind")),
        ("sign_contact", json!({"episode": theirs.episode, "entry": {"kind": NAME}}), Some("entry.kind")),
        (
            "sign_contact",
            json!({"episode": theirs.episode, "entry": {"infants": [{"person": NAME, "state": "awake"}]}}),
            Some("entry.infants[0].person"),
        ),
        ("save_draft", json!({"episode": theirs.episode, "entry": {"saw": {"text": NAME}}}), Some("entry.saw")),
        ("add_family", json!({"people": [{"role": NAME}]}), Some("people[0].role")),
        ("add_family", json!({"people": [infant]}), Some("people[0].born")),
        ("place", json!({"family": theirs.family, "step": NAME}), Some("step")),
        ("add_user", json!({"name": NAME, "signIn": "x", "role": NAME, "organisation": "x"}), Some("role")),
    ]);
    let before = kept(&place);
    for (command, request, field) in wrong {
        let error = refusal(&desk, command, request);
        assert_eq!(error.code, "bad_request", "{command}");
        let told = serde_json::to_string(&error).unwrap();
        assert!(!told.contains("Róisín") && !told.contains("Chanáraí"), "{command} quotes what was typed: {told}");
        if field.is_some() {
            assert_eq!(error.field.as_deref(), field, "{command}");
        }
    }
    assert_eq!(kept(&place), before);
    let unknown = refusal(&desk, NAME, json!({}));
    assert_eq!(unknown.code, "unknown_command");
    assert!(!unknown.message.contains("Róisín"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whoever is allocated to whom: what a user's lists, searches and Today
    /// name are that user's families and no other.
    #[test]
    fn lists_name_no_foreign_family(
        workers in prop::collection::vec((0_usize..3, 0_usize..2, 0_usize..2), 8),
        reader in 0_usize..5,
        word in prop::sample::select(vec!["mum", "she", "the", "visit", "plan", "feed", "999", "a"]),
    ) {
        let (place, _) = shared_place();
        let lead = signed_in(place, "lead");
        let users: Vec<(&str, Value)> = ["niamh", "owen", "pip", "tara", "lead"].map(|name| (name, user_of(&lead, name))).to_vec();
        let id = |name: &str| users.iter().find(|user| user.0 == name).unwrap().1.clone();
        let (name, me) = users[reader].clone();
        let opens_all = matches!(name, "tara" | "lead");
        let (mut allowed, mut names) = (BTreeSet::new(), BTreeSet::new());
        for (family, (key, therapist, partner)) in open_families(&lead).iter().zip(&workers) {
            let chosen = [
                ("keyWorker", [id("niamh"), id("owen"), Value::Null][*key].clone()),
                ("therapist", [id("tara"), Value::Null][*therapist].clone()),
                ("partnerWorker", [id("pip"), Value::Null][*partner].clone()),
            ];
            share(&lead, family, &chosen);
            if opens_all || chosen.iter().any(|(_, user)| *user == me) {
                allowed.insert(text(family));
            }
            let people = call(&lead, "people", json!({"family": family}));
            names.insert(text(&people["people"][0]["entry"]["familyName"]));
        }
        drop(lead);
        let desk = signed_in(place, name);
        prop_assert_eq!(&family_ids(&call(&desk, "caseload", open_cases(false))), &allowed, "{} sees the whole of theirs", name);
        let mut seen = BTreeSet::new();
        for filter in ["open", "flagged", "no_visit_14_days", "not_booked", "drafts", "unborn"] {
            for mine in [true, false] {
                seen.extend(family_ids(&call(&desk, "caseload", json!({"mine": mine, "filter": filter, "sort": "name"}))));
            }
        }
        for query in names.iter().map(String::as_str).chain([word]) {
            seen.extend(family_ids(&call(&desk, "find", json!({"query": query}))));
        }
        seen.extend(family_ids(&call(&desk, "today", json!({}))));
        seen.extend(family_ids(&call(&desk, "concerns", json!({}))));
        let foreign: Vec<&String> = seen.difference(&allowed).collect();
        prop_assert!(foreign.is_empty(), "{} is shown {:?}", name, foreign);
    }
}

/// Practice families of both key workers, one of them shared with the partner
/// worker, and everything there is in one family of owen's that is not shared.
/// A copy for whoever asks.
fn practice_place() -> (Place, Ids) {
    let (place, theirs) = made();
    (place.copy(), theirs.clone())
}

/// One copy that a property keeps changing.
fn shared_place() -> &'static (Place, Ids) {
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
    let (owen, pip) = (user_of(&lead, "owen"), user_of(&lead, "pip"));
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
    let banner = call(&desk, "set_flag", json!({"family": family, "kind": "interpreter", "detail": "Tetum"}));
    let entry = note_with_concern(&json!({"people": [infant, parent]}), "A signed note of owen’s.");
    let contact = call(&desk, "sign_contact", json!({"episode": people["episode"]["id"], "entry": entry}))["contact"].clone();
    let concern = call(&desk, "contact", json!({"contact": contact}))["concern"]["id"].clone();
    let placement = json!({
        "family": family, "step": 4, "rationale": "Because a test needs a placement.", "indicators": [], "parentView": "", "infantShows": "Looks.",
    });
    let placement = call(&desk, "place", placement)["placements"][0]["id"].clone();
    let told = json!({
        "person": parent, "aloneAndSafe": true, "wantsTo": true, "sitting": "held", "protective": [], "words": TOLD_IN_CONFIDENCE,
        "answers": [{"category": "emotional_abuse", "answer": "yes"}],
    });
    call(&desk, "record_ace", told);
    let ids = Ids {
        reference: text(&banner["reference"]),
        episode: people["episode"]["id"].clone(),
        flag: banner["flags"]["flags"][0]["id"].clone(),
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

fn signed_in(place: &Place, sign_in: &str) -> Desk {
    let desk = place.desk();
    unlock_with(&desk, sign_in, PASSPHRASE).unwrap_or_else(|error| panic!("{sign_in} signs in: {error}"));
    desk
}

fn role_of(sign_in: &str) -> Role {
    USERS.iter().find(|user| user.0 == sign_in).unwrap().2
}

fn user_of(lead: &Desk, sign_in: &str) -> Value {
    crate::support::user_id(lead, sign_in)
}

#[track_caller]
fn refusal(desk: &Desk, command: &str, request: Value) -> Error {
    answer(desk, command, request).expect_err(command)
}

fn open_cases(mine: bool) -> Value {
    json!({"mine": mine, "filter": "open", "sort": "name"})
}

/// Every open family, in one order for all.
fn open_families(lead: &Desk) -> Vec<Value> {
    family_ids(&call(lead, "caseload", open_cases(false))).into_iter().map(Value::String).collect()
}

/// Allocates a family anew: the named workers changed, the others as they were.
fn share(lead: &Desk, family: &Value, workers: &[(&str, Value)]) {
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
fn family_ids(value: &Value) -> BTreeSet<String> {
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
fn refused_lines(lead: &Desk, sign_in: &str) -> Vec<String> {
    let name = USERS.iter().find(|user| user.0 == sign_in).unwrap().1;
    let (mut lines, mut skip) = (Vec::new(), 0);
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
fn kept(place: &Place) -> BTreeMap<String, Vec<String>> {
    let key = KeyFile::load(Path::new(&place.vault())).unwrap().0.unlock("lead", PASSPHRASE).unwrap().key;
    let mut all = everything(&place.open_with_copy(&key));
    let record: Vec<&str> = TABLES.iter().map(|table| table.name).chain(["operation", "change", "record", "draft", "name_token"]).collect();
    all.retain(|table, _| record.contains(&table.as_str()));
    assert!(all.len() > 15 && all["contact"].len() > 8);
    all
}
