//! What a concern needs, how a second person answers it, and when a note may
//! say that one goes on as before.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{call, family, note, note_with_concern, one_family, refused, sign, text, unlock};

fn missing(desk: &Desk, added: &Value, entry: &Value) -> Vec<String> {
    let strip = call(desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
    strip["missing"].as_array().unwrap().iter().map(|gap| text(&gap["code"])).collect()
}

fn safety(desk: &Desk, added: &Value) -> Vec<String> {
    let form = call(desk, "open_note", json!({"family": added["family"]}));
    form["safety"].as_array().unwrap().iter().map(|choice| text(&choice["code"])).collect()
}

fn answer(desk: &Desk, decision: &str) {
    let concern = call(desk, "concerns", json!({}))["concerns"][0]["id"].clone();
    call(desk, "answer_concern", json!({"concern": concern, "decision": decision, "answer": "Seen with the mother today."}));
}

#[test]
fn a_first_note_cannot_say_that_a_concern_goes_on_as_before() {
    let (_place, desk, added) = one_family();
    assert_eq!(safety(&desk, &added), ["no_new_concern", "new_or_worse"]);
    let mut entry = note(&added, "A bruise on her cheek.");
    entry["safety"] = json!("as_before");
    entry["changed"] = json!("Nothing.");
    assert_eq!(missing(&desk, &added, &entry), ["note_none_before"]);
    let request = json!({"episode": added["episode"], "entry": entry});
    assert_eq!(refused(&desk, "sign_contact", request), "note_none_before");
}

#[test]
fn a_concern_that_goes_on_is_named_and_what_has_changed_is_said() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note_with_concern(&added, "Seen."));
    assert_eq!(safety(&desk, &added), ["no_new_concern", "as_before", "new_or_worse"]);
    let mut entry = note(&added, "Seen again.");
    entry["safety"] = json!("as_before");
    entry["infants"][0]["state"] = json!("not_seen");
    entry["present"] = json!([added["people"][1]]);
    assert_eq!(missing(&desk, &added, &entry), ["note_not_seen_why", "note_nothing_changed"], "it is no answer to why she was not seen");
    entry["notSeenWhy"] = json!("Asleep upstairs.");
    entry["changed"] = json!("The mark has faded.");
    let strip = call(&desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
    let lines: Vec<String> =
        strip["lines"].as_array().unwrap().iter().map(|line| format!("{}: {}", text(&line["label"]), text(&line["text"]))).collect();
    assert!(lines.iter().any(|line| line.starts_with("Earlier concern: Raised by niamh of the team, ")), "{lines:?}");
    assert!(lines.contains(&"What has changed: The mark has faded.".to_owned()), "{lines:?}");
    sign(&desk, &added, entry.clone());

    // Of two, it says which.
    place.later(60);
    sign(&desk, &added, note_with_concern(&added, "Another."));
    assert_eq!(missing(&desk, &added, &entry), ["note_which_before"]);
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!(form["concerns"].as_array().unwrap().len(), 2);
    entry["earlier"] = json!([form["concerns"][1]["code"]]);
    assert_eq!(missing(&desk, &added, &entry), [""; 0]);
    let other = call(&desk, "add_family", family("McAlister"));
    let mut theirs = note(&other, "Seen.");
    (theirs["safety"], theirs["changed"], theirs["earlier"]) = (json!("as_before"), json!("Nothing."), entry["earlier"].clone());
    assert_eq!(missing(&desk, &other, &theirs), ["note_none_before"], "a concern of another family is none here");
}

#[test]
fn a_concern_goes_on_until_a_second_person_closes_it() {
    let (place, desk, added) = one_family();
    for (decision, goes_on) in [("advice", true), ("gateway", true), ("no_further_action", true)] {
        unlock(&desk, "niamh").unwrap();
        sign(&desk, &added, note_with_concern(&added, decision));
        unlock(&desk, "tara").unwrap();
        answer(&desk, decision);
        // The earlier ones were not closed.
        assert_eq!(safety(&desk, &added).contains(&"as_before".to_owned()), goes_on, "{decision}");
        place.later(5);
    }
    let other = call(&desk, "add_family", family("McAlister"));
    unlock(&desk, "lead").unwrap();
    sign(&desk, &other, note_with_concern(&other, "Seen."));
    unlock(&desk, "tara").unwrap();
    answer(&desk, "no_further_action");
    assert!(!safety(&desk, &other).contains(&"as_before".to_owned()));
}

#[test]
fn a_concern_says_which_child_what_danger_who_was_told_and_when() {
    let (_place, desk, added) = one_family();
    let sibling = json!({"role": "sibling", "familyName": "O’Neill", "given": "Cara"});
    let sibling = call(&desk, "add_person", json!({"family": added["family"], "person": sibling}))["id"].clone();
    let gaps = |change: &dyn Fn(&mut Value)| {
        let mut entry = note_with_concern(&added, "Seen.");
        change(&mut entry["concern"]);
        missing(&desk, &added, &entry)
    };
    assert_eq!(gaps(&|_| {}), [""; 0]);
    assert_eq!(gaps(&|concern| concern["children"] = json!([])), ["concern_no_child"]);
    assert_eq!(gaps(&|concern| concern["children"] = json!([added["people"][1]])), ["concern_no_child"], "the mother is no child");
    assert_eq!(gaps(&|concern| concern["children"] = json!([sibling])), [""; 0]);
    assert_eq!(gaps(&|concern| concern["danger"] = Value::Null), ["concern_no_danger"]);
    for nobody in ["-", "?", "  .", "x"] {
        assert_eq!(gaps(&|concern| concern["toldWhom"] = json!(nobody)), ["concern_told_nobody"], "{nobody:?}");
    }
    assert_eq!(gaps(&|concern| concern["toldWhen"] = json!("yesterday 13:59")), ["concern_told_before"], "the visit began at 14:00");
    assert_eq!(gaps(&|concern| concern["toldWhen"] = json!("yesterday 14:00")), [""; 0]);
    let danger = |action: &'static str| move |concern: &mut Value| (concern["danger"], concern["action"]) = (json!("now"), json!(action));
    assert_eq!(gaps(&danger(" ")), ["concern_no_action"]);
    assert_eq!(gaps(&danger("Rang 999 and stayed.")), [""; 0]);
    assert_eq!(gaps(&|concern| concern["parent"] = Value::Null), ["concern_no_parent"]);
    assert_eq!(gaps(&|concern| concern["parent"] = json!("not_told")), ["concern_parent_why"]);
    assert_eq!(gaps(&|concern| concern["policeWhyNot"] = json!("-")), ["concern_police_why"]);
}

#[test]
fn the_only_child_need_not_be_named() {
    let (_place, desk, added) = one_family();
    let mut entry = note_with_concern(&added, "Seen.");
    entry["concern"]["children"] = json!([]);
    let contact = sign(&desk, &added, entry);
    let concern = call(&desk, "contact", json!({"contact": contact}))["concern"].clone();
    assert_eq!(concern["children"], "Fiadh · not in immediate danger");
    assert_eq!(concern["parent"], "Parent told");
}

#[test]
fn an_answer_is_a_decision_with_a_reason() {
    let (_place, desk, added) = one_family();
    sign(&desk, &added, note_with_concern(&added, "Seen."));
    unlock(&desk, "tara").unwrap();
    let concern = call(&desk, "concerns", json!({}))["concerns"][0]["id"].clone();
    let answer = |decision: Value, reason: &str| json!({"concern": concern, "decision": decision, "answer": reason});
    assert_eq!(refused(&desk, "answer_concern", answer(Value::Null, "A joint visit on Thursday.")), "concern_no_decision");
    for short in ["", "aaaaaaaaaa", "Nothing more", ". . . ."] {
        assert_eq!(refused(&desk, "answer_concern", answer(json!("no_further_action"), short)), "concern_no_answer", "{short:?}");
    }
    call(&desk, "answer_concern", answer(json!("gateway"), "UNOCINI sent at noon."));
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let status = text(&story["entries"][0]["concern"]["status"]);
    assert!(status.ends_with(": Referred to Gateway (UNOCINI). UNOCINI sent at noon."), "{status}");
}
