//! What is said in an ACE conversation changes nothing outside its own screen:
//! two vaults that differ in the answers alone answer every other read command
//! alike, for every user, to the letter.

use std::collections::BTreeSet;

use attune_core::api::COMMANDS;
use attune_core::desk::Desk;
use attune_core::practice::{PASSPHRASE, USERS};
use attune_core::user::signing_in::Unlock;
use serde_json::{Value, json};

use crate::support::{Place, answer, practice_desk};

/// What is left out beside what writes the record: what begins or ends a session,
/// writes files or this computer's settings, is random, or is the ACE screen
/// itself. A new command that reads is given a request in [`requests`].
const LEFT_OUT: &[&str] = &[
    "create_vault",
    "practice_vault",
    "unlock",
    "recover",
    "restore_backup",
    "lock",
    "change_passphrase",
    "confirm_passphrase",
    "set_display",
    "back_up",
    // What it hides hangs on a secret of each record; the record that it counts has no such tables at all.
    "look_at_figures",
    "release_summary",
    "add_user",
    "reset_passphrase",
    "amend_user",
    "change_settings",
    "set_export_folder",
    "new_recovery_key",
    "ace",
    "begin_ace",
    // As the ACE screen: what it tells is told nowhere else.
    "harm",
    // Random words of the program's own.
    "offer_passphrase",
];

#[test]
fn an_answer_changes_nothing_outside_its_own_screen() {
    let few = told(&["no", "no", "no"], &["no", "not_known"], "Nothing to tell today.");
    let many = told(&["yes", "yes", "yes"], &["yes", "suspected"], "Much that was hard to say, unmistakable words.");
    assert_eq!(few.len(), many.len());
    for (a, b) in few.iter().zip(&many) {
        assert_eq!(a, b, "the answers show here");
    }
    let all: String = many.iter().map(|(_, answer)| answer.as_str()).collect();
    for done in ["Wrote in the ACE record of a parent", "Wrote in the part for the team only"] {
        assert!(all.contains(done), "that there was something is in the history, and no more");
    }
    for secret in ["unmistakable", "frightened by an adult", "3 yes, 7 not asked", "emotional_abuse"] {
        assert!(!all.contains(secret), "{secret} is outside the ACE screen");
    }
}

#[test]
fn the_answers_are_on_their_own_screen_for_the_few_who_may() {
    let place = Place::new();
    let desk = practice_desk(&place);
    let family = tell(&desk, &["yes", "no", "yes"], &["no", "no"], "In her words.");
    let allowed = |user: &str| {
        sign_in(&desk, user);
        answer(&desk, "ace", json!({"family": family}))
    };
    let screen = allowed("niamh").unwrap();
    let entry = &screen["value"]["parents"][0]["entries"][0];
    let text = |who: &str, what: &str| screen["value"][who][0][what].as_str().unwrap().to_owned();
    let reference = screen["value"]["banner"]["reference"].as_str().unwrap().to_owned();
    assert_eq!(screen["value"]["parents"][0]["whose"], format!("{} · {}", text("parents", "name"), reference), "whose own it is");
    assert!(text("infants", "whose").contains(" · born ") && text("infants", "whose").ends_with(&reference));
    assert_eq!(entry["count"], "2 yes, 1 no, 7 not asked");
    assert!(screen["value"]["caption"].as_str().unwrap().contains("describes groups, not people"));
    assert!(allowed("tara").is_ok() && allowed("lead").is_ok());
    assert_eq!(allowed("owen").unwrap_err().code, "not_yours", "another key worker");
    for other in ["pip", "dara", "iggy"] {
        assert_eq!(allowed(other).unwrap_err().code, "denied", "{other}");
    }
}

#[test]
fn nothing_is_asked_before_it_is_safe() {
    let place = Place::new();
    let desk = practice_desk(&place);
    let family = first_family(&desk);
    let parent = people(&desk, &family, "mother");
    let begin = |here: &[&str], safe: bool, wants: bool| {
        answer(&desk, "begin_ace", json!({"person": parent, "here": here, "safe": safe, "wantsTo": wants, "adult": true}))
    };
    assert_eq!(begin(&["nobody"], true, false).unwrap_err().code, "ace_not_wanted");
    assert_eq!(begin(&["family"], true, true).unwrap_err().code, "ace_not_alone");
    assert_eq!(begin(&["nobody"], false, true).unwrap_err().code, "ace_not_safe");
    assert_eq!(begin(&["nobody"], true, true).unwrap()["value"]["categories"].as_array().unwrap().len(), 10);
    let infant = people(&desk, &family, "infant");
    let exposure =
        json!({"person": infant, "answers": [{"category": "violence_at_home", "answer": "suspected"}], "words": "", "safety": null});
    assert_eq!(answer(&desk, "record_exposure", exposure).unwrap_err().code, "ace_concern");
}

#[test]
fn a_question_has_one_answer_and_what_was_recorded_stays_in_sight() {
    let place = Place::new();
    let desk = practice_desk(&place);
    let family = first_family(&desk);
    let parent = people(&desk, &family, "mother");
    let twice: Vec<Value> = ["yes", "no"].iter().map(|answer| json!({"category": "prison_at_home", "answer": answer})).collect();
    let conversation = json!({
        "person": parent, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "held", "answers": twice, "protective": [], "words": "",
    });
    assert_eq!(answer(&desk, "record_ace", conversation).unwrap_err().code, "ace_two_answers");
    let known = vec![json!({"category": "violence_at_home", "answer": "not_known"}); 12];
    let exposure = json!({"person": people(&desk, &family, "infant"), "answers": known, "words": ""});
    assert_eq!(answer(&desk, "record_exposure", exposure).unwrap_err().code, "ace_two_answers");

    // Whatever somebody is called afterwards, the conversation with them is there.
    tell(&desk, &["yes"], &["no"], "A word.");
    let view = answer(&desk, "people", json!({"family": family})).unwrap();
    let mother = view["value"]["people"].as_array().unwrap().iter().find(|person| person["id"] == parent).unwrap();
    let mut entry = mother["entry"].clone();
    entry["role"] = json!("sibling");
    answer(&desk, "amend_person", json!({"id": parent, "person": entry, "seen": view["seen"]})).unwrap();
    assert!(answer(&desk, "ace", json!({"family": family})).unwrap().to_string().contains("A word."));
}

/// Everything that every user is answered after a conversation with these
/// answers.
fn told(parent: &[&str], infant: &[&str], words: &str) -> Vec<(String, String)> {
    let place = Place::new();
    let desk = practice_desk(&place);
    let family = tell(&desk, parent, infant, words);
    let root = place.root.display().to_string();
    let mut answers = Vec::new();
    for (user, ..) in USERS {
        sign_in(&desk, user);
        for command in COMMANDS {
            if command.writes || LEFT_OUT.contains(&command.name) {
                continue;
            }
            for request in requests(&desk, command.name, &family) {
                let asked = format!("{user} {} {request}", command.name);
                let answer = match answer(&desk, command.name, request) {
                    Ok(value) => value.to_string(),
                    Err(error) => error.code.to_string(),
                };
                answers.push((asked, answer.replace(&root, "ROOT")));
            }
        }
    }
    answers
}

fn requests(desk: &Desk, command: &str, family: &Value) -> Vec<Value> {
    let of_family = json!({"family": family});
    match command {
        "vault_state" | "session" | "settings" | "backup" | "users" | "verify" | "today" | "concerns" | "covers" | "families_index"
        | "releases" | "kept_forms" | "open_group" => {
            vec![json!({})]
        }
        "assess_passphrase" => vec![json!({"passphrase": "four words in a row"})],
        "banner" | "people" | "open_note" | "priority" | "placements" | "group_family" => vec![of_family],
        "story" | "history" => vec![of_family],
        "leaving" => match answer(desk, "users", json!({})) {
            Ok(users) => vec![json!({"user": users["value"]["users"][1]["id"], "role": "key_worker", "active": false})],
            Err(_) => Vec::new(),
        },
        "team_history" | "summary" | "year_plan" | "lists" | "step_model" | "families_in_error" => vec![json!({})],
        "readiness" => vec![json!({"period": "2026-Q3"})],
        "release_figures" | "check_release_proof" => vec![json!({"release": uuid::Uuid::nil()})],
        "caseload" => {
            ["next_visit", "name", "last_contact", "youngest"].map(|sort| json!({"mine": false, "filter": "open", "sort": sort})).to_vec()
        }
        "find" => ["mother", "unmistakable", "emotional", "ace", "practice", "o"].map(|query| json!({"query": query})).to_vec(),
        "echo_person" => vec![json!({"person": {"role": "infant", "familyName": "Wilson"}, "family": null})],
        "kept_form" => vec![json!({"family": family, "form": "placement", "of": ""})],
        "check_group" => vec![json!({"kinds": ["baby_massage"], "families": [{"family": family}]})],
        "parse_when" => vec![json!({"text": "+7d 10:30", "lean": "future"})],
        "contact" => contact_of(desk, family).map(|contact| json!({"contact": contact})).into_iter().collect(),
        "check_contact" => note_of(desk, family).into_iter().collect(),
        other => panic!("{other}: say in this test how it is asked, or that it writes"),
    }
}

fn contact_of(desk: &Desk, family: &Value) -> Option<Value> {
    let story = answer(desk, "story", json!({"family": family})).ok()?;
    let contact = story["value"]["entries"].as_array()?.iter().find(|entry| entry["what"] == "contact")?;
    Some(contact["id"].clone())
}

fn note_of(desk: &Desk, family: &Value) -> Option<Value> {
    let note = answer(desk, "open_note", json!({"family": family})).ok()?;
    Some(json!({"episode": note["value"]["episode"], "entry": note["value"]["entry"]}))
}

/// Records a conversation and an exposure in the first family of the key
/// worker, and answers the family.
fn tell(desk: &Desk, parent: &[&str], infant: &[&str], words: &str) -> Value {
    let family = first_family(desk);
    let categories = ["emotional_abuse", "violence_at_home", "prison_at_home"];
    let answers = |given: &[&str]| {
        given.iter().zip(categories).map(|(answer, category)| json!({"category": category, "answer": answer})).collect::<Vec<_>>()
    };
    let conversation = json!({
        "person": people(desk, &family, "mother"), "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "held",
        "answers": answers(parent), "protective": ["steady_adult"], "words": words,
    });
    answer(desk, "record_ace", conversation).unwrap();
    let exposure = json!({
        "person": people(desk, &family, "infant"), "answers": answers(infant), "words": words,
        "safety": "no_concern", "because": "unmistakable words of a reason",
    });
    answer(desk, "record_exposure", exposure).unwrap();
    let is_much = words.contains("unmistakable");
    let known = json!({
        "family": family, "who": if is_much { "not_recorded" } else { "person" },
        "person": if is_much { Value::Null } else { people(desk, &family, "mother") },
        "known": if is_much { json!(["harms", "substances"]) } else { json!(["harmed"]) },
        "words": words, "learnedOn": if is_much { "yesterday" } else { "today" }, "source": words,
    });
    answer(desk, "record_harm", known).unwrap();
    family
}

fn first_family(desk: &Desk) -> Value {
    sign_in(desk, "niamh");
    let caseload = answer(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"})).unwrap();
    caseload["value"]["rows"][0]["family"].clone()
}

fn people(desk: &Desk, family: &Value, role: &str) -> Value {
    let people = answer(desk, "people", json!({"family": family})).unwrap();
    let found = people["value"]["people"].as_array().unwrap().iter().find(|person| person["role"] == role).cloned();
    found.unwrap()["id"].clone()
}

fn sign_in(desk: &Desk, user: &str) {
    let unlock = Unlock { sign_in: user.to_owned(), passphrase: PASSPHRASE.to_owned(), go_on_because: String::new() };
    desk.unlock(&unlock).unwrap();
}

#[test]
fn what_is_left_out_by_name_is_a_command() {
    let known: BTreeSet<&str> = COMMANDS.iter().filter(|command| !command.writes).map(|command| command.name).collect();
    let needless: Vec<_> = LEFT_OUT.iter().filter(|name| !known.contains(*name)).collect();
    assert!(needless.is_empty(), "these are no commands, or write and are left out by that: {needless:?}");
}
