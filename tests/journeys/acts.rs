//! A request sent twice is one act: by its number, or by coming at once after
//! the first. A held key, a second click, a retry after a lost answer.

use std::thread;

use attune_core::acts::Twice;
use attune_core::api::COMMANDS;
use attune_core::ids::{ActId, Ids, RandomIds};
use serde_json::{Value, json};

use crate::scopes::commands::{OF_A_FAMILY, OF_NO_FAMILY};
use crate::scopes::practice::{kept, practice_place, signed_in};
use crate::support::{
    Place, answer, answer_act, call, everything, family, findings, handed_over, note, refused, team, text, unlock, user_id,
};

fn new_act() -> ActId {
    RandomIds.next(0).into()
}

/// A team with one family of niamh's, who is signed in.
fn with_a_family() -> (Place, attune_core::desk::Desk, Value) {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let added = call(&desk, "add_family", family("O’Neill"));
    (place, desk, added)
}

fn notes(desk: &attune_core::desk::Desk, added: &Value) -> usize {
    call(desk, "story", json!({"family": added["family"]}))["entries"].as_array().unwrap().len()
}

#[test]
fn one_number_is_one_act_however_often_and_however_late() {
    let (place, desk, added) = with_a_family();
    let (act, request) = (new_act(), json!({"episode": added["episode"], "entry": note(&added, "Long looks.")}));
    let first = answer_act(&desk, "sign_contact", request.clone(), Some(act)).unwrap();
    for minutes in [0, 1, 60 * 24] {
        place.later(minutes);
        assert_eq!(answer_act(&desk, "sign_contact", request.clone(), Some(act)).unwrap(), first, "answered as the first was");
    }
    // Another day, after locking, by the program started anew.
    call(&desk, "lock", json!({}));
    let again = place.as_user("niamh");
    assert_eq!(answer_act(&again, "sign_contact", request.clone(), Some(act)).unwrap(), first);
    assert_eq!(notes(&again, &added), 1);
    assert_eq!(findings(&place.desk_of("lead", again)), [""; 0]);
}

#[test]
fn two_numbers_are_two_acts() {
    let (_place, desk, added) = with_a_family();
    let request = json!({"episode": added["episode"], "entry": note(&added, "Long looks.")});
    for _ in 0..2 {
        answer_act(&desk, "sign_contact", request.clone(), Some(new_act())).unwrap();
    }
    assert_eq!(notes(&desk, &added), 2);
}

#[test]
fn a_number_that_belongs_to_something_else_is_refused() {
    let (place, desk, added) = with_a_family();
    let act = Some(new_act());
    let sign = |saw: &str| json!({"episode": added["episode"], "entry": note(&added, saw)});
    answer_act(&desk, "sign_contact", sign("Long looks."), act).unwrap();
    assert_eq!(answer_act(&desk, "sign_contact", sign("Other words."), act).unwrap_err().code, "act_reused");
    let flag = json!({"family": added["family"], "kind": "visit_in_pairs"});
    assert_eq!(answer_act(&desk, "set_flag", flag, act).unwrap_err().code, "act_reused");
    let lead = place.desk_of("lead", desk);
    assert_eq!(answer_act(&lead, "sign_contact", sign("Long looks."), act).unwrap_err().code, "act_reused", "another person's number");
    assert_eq!(notes(&lead, &added), 1);
}

#[test]
fn what_was_refused_can_be_mended_and_sent_under_its_number() {
    let (_place, desk, added) = with_a_family();
    let act = Some(new_act());
    let mut entry = note(&added, "Long looks.");
    entry["safety"] = Value::Null;
    assert!(answer_act(&desk, "sign_contact", json!({"episode": added["episode"], "entry": entry}), act).is_err());
    entry["safety"] = json!("no_new_concern");
    answer_act(&desk, "sign_contact", json!({"episode": added["episode"], "entry": entry}), act).unwrap();
    assert_eq!(notes(&desk, &added), 1);
}

#[test]
fn keys_hammered_at_once_are_one_act() {
    let (_place, desk, added) = with_a_family();
    let (act, request) = (new_act(), json!({"episode": added["episode"], "entry": note(&added, "Long looks.")}));
    let answers: Vec<Value> = thread::scope(|scope| {
        let pressed: Vec<_> =
            (0..8).map(|_| scope.spawn(|| answer_act(&desk, "sign_contact", request.clone(), Some(act)).unwrap())).collect();
        pressed.into_iter().map(|key| key.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]), "all are told the one note");
    assert_eq!(notes(&desk, &added), 1);
}

#[test]
fn without_a_number_the_same_at_once_is_the_same_act() {
    let (place, desk, added) = with_a_family();
    let request = json!({"episode": added["episode"], "entry": note(&added, "Long looks.")});
    let first = answer(&desk, "sign_contact", request.clone()).unwrap();
    place.later(1);
    assert_eq!(answer(&desk, "sign_contact", request.clone()).unwrap(), first);
    assert_eq!(notes(&desk, &added), 1);
    // The clock was set back meanwhile.
    place.later(-2);
    assert_eq!(answer(&desk, "sign_contact", request.clone()).unwrap(), first);
    assert_eq!(notes(&desk, &added), 1);
    // Two minutes on, only a person could have meant it.
    place.later(4);
    answer(&desk, "sign_contact", request).unwrap();
    assert_eq!(notes(&desk, &added), 2);
}

#[test]
fn an_unfinished_form_is_gone_with_the_act_it_became() {
    let (_place, desk, added) = with_a_family();
    let act = new_act();
    let of = json!({"family": added["family"], "form": "flag", "of": ""});
    let mut kept = of.clone();
    kept["act"] = json!(act);
    kept["body"] = json!("half a flag");
    call(&desk, "keep_form", kept);
    assert_eq!(call(&desk, "kept_form", of.clone())["body"], "half a flag");
    let flag = json!({"family": added["family"], "kind": "visit_in_pairs"});
    let done = answer_act(&desk, "set_flag", flag, Some(act)).unwrap();
    assert!(done["touched"].as_array().unwrap().contains(&json!("draft")), "{}", done["touched"]);
    assert_eq!(call(&desk, "kept_form", of)["body"], Value::Null);
}

#[test]
fn yes_no_yes_is_three_acts() {
    let (_place, desk, added) = with_a_family();
    let said = |answer: &str| json!({"family": added["family"], "person": null, "group": "poverty", "answer": answer, "period": null, "source": ""});
    for answer in ["confirmed", "no", "confirmed"] {
        call(&desk, "answer_priority", said(answer));
    }
    let lines = call(&desk, "history", json!({"family": added["family"]}))["lines"].as_array().unwrap().clone();
    assert_eq!(lines.iter().filter(|line| line["what"] == "Recorded a priority group").count(), 3);
}

#[test]
fn a_family_that_was_just_added_is_not_added_again_unasked() {
    let (place, desk, added) = with_a_family();
    assert_eq!(refused(&desk, "add_family", family("O’Neill")), "act_repeated");
    let sure = answer_act(&desk, "add_family", family("O’Neill"), Some(new_act())).unwrap();
    assert_ne!(sure["value"]["family"], added["family"], "under a number of its own it is a second family");
    place.later(3);
    call(&desk, "add_family", family("O’Neill"));
    assert_eq!(call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn a_secret_is_shown_once() {
    let place = Place::new();
    let desk = team(&place);
    let newcomer = json!({"name": "New Worker", "signIn": "newcomer", "role": "key_worker", "organisation": "The Trust"});
    let reset = json!({"user": user_id(&desk, "owen")});
    for (command, request) in [("add_user", newcomer), ("reset_passphrase", reset), ("new_recovery_key", json!({}))] {
        let act = Some(new_act());
        let shown = answer_act(&desk, command, request.clone(), act).unwrap();
        assert_eq!(answer_act(&desk, command, request, act).unwrap_err().code, "act_done", "{command}");
        let key = place.key();
        let kept = format!("{:?}", everything(&place.open_with_copy(&key))["act"]);
        let secret = text(shown["value"].get("passphrase").unwrap_or(&shown["value"]["recoveryKey"][0]));
        assert!(!kept.contains(&secret), "{command} keeps what it showed");
    }
    assert_eq!(call(&desk, "users", json!({}))["users"].as_array().unwrap().len(), 8);
}

#[test]
fn the_number_of_an_act_is_sealed_into_its_operation() {
    let (place, desk, added) = with_a_family();
    let act = new_act();
    answer_act(&desk, "set_flag", json!({"family": added["family"], "kind": "visit_in_pairs"}), Some(act)).unwrap();
    call(&desk, "lock", json!({}));
    let key = place.key();
    let conn = place.open_with(&key);
    let kept: Vec<u8> = conn.query_row("SELECT act FROM operation ORDER BY oid DESC LIMIT 1", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, act.0.as_bytes());
    conn.execute_batch("DROP TRIGGER operation_fixed").unwrap();
    conn.execute("UPDATE operation SET act = ? WHERE oid = (SELECT max(oid) FROM operation)", [new_act().0.as_bytes()]).unwrap();
    drop(conn);
    let found = place.verify_with(&key);
    assert!(found.iter().any(|finding| finding.words.contains("was changed")), "{found:?}");
}

/// What each act answers is what it answers again, and nothing is written twice.
#[test]
fn every_act_is_answered_the_second_time_as_the_first() {
    let (place, theirs) = practice_place();
    let desk = signed_in(&place, "lead");
    // Secrets have a test of their own; a release needs more families than these, what is said of one needs it, and the
    // last two a child who was not brought and somebody else's unsigned note.
    let apart = [
        "change_passphrase",
        "add_user",
        "reset_passphrase",
        "new_recovery_key",
        "release_summary",
        "approve_release",
        "decline_release",
        "withdraw_release",
        "print_release",
        "make_frame_anew",
        "close_follow_up",
        "take_over_note",
    ];
    let acts = COMMANDS.iter().filter(|command| command.twice != Twice::Again && !apart.contains(&command.name));
    let mut acts: Vec<&str> = acts.map(|command| command.name).collect();
    // A note cannot be marked while its concern waits; and the text of a group is no name of the family yet.
    acts.sort_by_key(|name| match *name {
        "sign_group" => 0,
        "retract_contact" => 2,
        _ => 1,
    });
    let pip = user_id(&desk, "pip");
    for name in acts {
        let (_, request) = OF_A_FAMILY.iter().chain(OF_NO_FAMILY).find(|row| row.0 == name).unwrap();
        let mut request = request(&theirs);
        if name == "amend_user" {
            request["user"] = pip.clone();
            request["seen"] = json!(1_000_000);
            request = handed_over(&desk, request);
        }
        if ["cover", "give_back"].contains(&name) {
            request["user"] = user_id(&desk, "niamh");
        }
        if name == "cover" {
            request["coveredBy"] = user_id(&desk, "owen");
        }
        let act = Some(new_act());
        let first = answer_act(&desk, name, request.clone(), act).unwrap_or_else(|error| panic!("{name}: {error}"));
        let after = kept(&place);
        assert_eq!(answer_act(&desk, name, request, act).unwrap(), first, "{name}");
        assert_eq!(kept(&place), after, "{name} wrote twice");
    }
}

#[test]
fn every_command_that_writes_says_what_it_is_twice() {
    // These overwrite in place, on this computer only, or write the same files again.
    let again = ["save_draft", "discard_draft", "keep_form", "discard_form", "mark_seen", "write_release"];
    for command in COMMANDS.iter().filter(|command| command.writes) {
        assert_eq!(command.twice == Twice::Again, again.contains(&command.name), "{}", command.name);
    }
}
