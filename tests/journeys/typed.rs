//! What is typed, or pasted by mistake: a name is one line that can be read, a
//! text has an end, and a refusal keeps what was there.

use serde_json::{Value, json};

use super::support::*;

/// A line of the log, a control of the terminal, a turned direction, nothing.
const NO_NAMES: [&str; 5] = ["Niamh\nlead signed everything", "Niamh\u{1b}[2J", "Niamh\u{202e}yel", "\u{200b}\u{200b}", "…"];

#[test]
fn a_name_that_cannot_be_read_on_one_line_is_refused_wherever_it_is_typed() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let users = call(&desk, "users", json!({}));
    for name in NO_NAMES {
        let added = json!({"name": name, "signIn": "orla", "role": "key_worker", "organisation": "The Trust"});
        assert_eq!(refused(&desk, "add_user", added), "user_name", "{name:?}");
        let added = json!({"name": "Orla", "signIn": "orla", "role": "key_worker", "organisation": name});
        assert_eq!(refused(&desk, "add_user", added), "user_organisation", "{name:?}");
        let changed = json!({"team": name, "autoLockMinutes": 10, "seen": 0});
        assert_eq!(refused(&desk, "change_settings", changed), "settings_team", "{name:?}");
        let mut born = family("Boyd");
        born["people"][0]["given"] = json!(name);
        assert_eq!(refused(&desk, "add_family", born), "person_bad_name", "{name:?}");
        assert_eq!(refused(&desk, "add_family", family(name)), "person_bad_name", "{name:?}");
    }
    assert_eq!(call(&desk, "users", json!({}))["users"], users["users"], "nothing was saved");
}

#[test]
fn a_text_that_nobody_types_is_refused_at_its_field_and_what_can_be_pasted_is_kept_whole() {
    let (_place, desk, added) = one_family();
    let pasted = "She smiled. ".repeat(100_000);
    let entry = note(&added, &pasted);
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry}));
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!(text(&form["entry"]["saw"]), pasted);
    sign(&desk, &added, entry);
    let error = answer(&desk, "sign_contact", signing(&added, &note(&added, &"x".repeat(32_000_001)))).unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("text_too_long", Some("saw")));
    assert!(error.message.contains("32000001 characters") && error.message.contains("still here"), "{}", error.message);
}

/// What was pasted with it is not kept, and a reason says something.
#[test]
fn what_nobody_can_see_is_in_no_note_and_is_no_reason() {
    let (place, desk, added) = one_family();
    let mut entry = note(&added, "Was safe \u{202e}ton\0 \u{1b}[2J today.\r\nSmiled.");
    entry["place"] = json!("Home\nSafety: none");
    let contact = sign(&desk, &added, entry);
    let view = call(&desk, "contact", json!({"contact": contact}))["sections"].to_string();
    assert!(view.contains("Was safe ton [2J today.\\nSmiled."), "{view}");
    assert!(view.contains("Home Safety: none"), "{view}");
    let mut blank = note(&added, "\u{200b}\u{3164}");
    blank["when"] = json!("yesterday 10:00-10:30");
    assert_eq!(refused(&desk, "sign_contact", signing(&added, &blank)), "note_nothing_seen");
    for reason in ["\u{200b}".repeat(10), "\u{3164}".repeat(10), "..........".to_owned()] {
        assert_eq!(refused(&desk, "retract_contact", json!({"contact": contact, "reason": reason})), "retract_no_reason", "{reason:?}");
    }
    call(&desk, "lock", json!({}));
    let old = place.copy();
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "Later."));
    call(&desk, "lock", json!({}));
    std::fs::copy(old.record(), place.record()).unwrap();
    for because in ["\u{3164}", "\u{200b}", ".", "    "] {
        let request = json!({"signIn": "lead", "passphrase": passphrase("lead"), "goOnBecause": because});
        assert_eq!(answer(&place.desk(), "unlock", request).unwrap_err().code, "records_missing", "{because:?}");
    }
}

/// Many people have one name. It is not asked for twice, and they are no baby.
#[test]
fn an_adult_with_one_name_is_called_by_it() {
    let (_place, desk, added) = one_family();
    let mut person = json!({"role": "other_carer", "familyName": "Suharto", "numberAbsent": "not_needed"});
    let request = |person: &Value| json!({"family": added["family"], "person": person});
    assert_eq!(refused(&desk, "add_person", request(&person)), "person_no_given", "not left out by an oversight");
    person["givenAwaited"] = json!(true);
    assert_eq!(call(&desk, "echo_person", request(&person))["name"], "SUHARTO");
    call(&desk, "add_person", request(&person));
    let people = call(&desk, "people", json!({"family": added["family"]})).to_string();
    assert!(people.contains("SUHARTO") && !people.contains("Baby"), "{people}");
}

fn signing(added: &Value, entry: &Value) -> Value {
    json!({"episode": added["episode"], "entry": entry})
}

#[test]
fn a_family_keeps_an_infant() {
    let (_place, desk, added) = one_family();
    let (person, seen) = person_form(&desk, &added, 0);
    let mut entry = person["entry"].clone();
    entry["role"] = json!("sibling");
    let request = json!({"id": person["id"], "person": entry, "seen": seen});
    assert_eq!(refused(&desk, "amend_person", request.clone()), "person_last_infant");
    let mut second = family("O’Neill")["people"][0].clone();
    second["given"] = json!("Cara");
    second["birthOrder"] = json!(2);
    call(&desk, "add_person", json!({"family": added["family"], "person": second}));
    call(&desk, "amend_person", request);
}

/// Two pregnancies of one family are not twins because neither has a day of birth.
#[test]
fn another_pregnancy_is_no_twin() {
    let (_place, desk, added) = one_family();
    let expected = |due: &str| {
        let none = json!({"day": "", "month": "", "year": ""});
        let due = json!({"day": due, "month": "3", "year": "2027"});
        json!({"family": added["family"], "person": {
            "role": "infant", "familyName": "O’Neill", "given": "", "givenAwaited": true, "born": none, "due": due, "numberAbsent": "unborn",
        }})
    };
    call(&desk, "add_person", expected("1"));
    call(&desk, "add_person", expected("20"));
}

#[test]
fn a_flag_is_a_few_words_and_is_looked_at_again_in_the_future() {
    let (_place, desk, added) = one_family();
    let flag = |detail: &str, review: &str| json!({"family": added["family"], "kind": "interpreter", "detail": detail, "reviewOn": review});
    for (detail, review, code) in [
        ("Tetum", "yesterday", "flag_review_past"),
        ("Tetum", "today", "flag_review_past"),
        (".", "", "flag_detail_bad"),
        ("Tetum\nand Portuguese", "", "flag_detail_bad"),
        (&"Tetum ".repeat(30), "", "flag_detail_bad"),
    ] {
        let said = answer(&desk, "set_flag", flag(detail, review));
        assert!(said.as_ref().is_err_and(|error| error.code == code), "{detail:?} {review}: {said:?}");
    }
    call(&desk, "set_flag", flag("Tetum and  Portuguese", "+30d"));
    let banner = call(&desk, "banner", json!({"family": added["family"]})).to_string();
    assert!(banner.contains("Tetum and Portuguese"), "{banner}");
}
