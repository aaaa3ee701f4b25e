//! A note is recorded as copied to encompass, by whom and when; what is added later
//! is copied again; and who owes it is told what is not copied yet.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{Place, answer, call, findings, note, one_family, refused, sign, text, unlock, user_id};

/// A family of Niamh's, whose organisation owes the copies, with a note of hers.
fn owed() -> (Place, Desk, Value, Value) {
    let (place, desk, added) = one_family();
    owes(&desk, "Trust");
    unlock(&desk, "niamh").unwrap();
    let contact = sign(&desk, &added, note(&added, "She followed the ball."));
    (place, desk, added, contact)
}

/// Says whose notes are copied: of the organisation whose name has this in it.
fn owes(desk: &Desk, part: &str) {
    unlock(desk, "lead").unwrap();
    let settings = answer(desk, "settings", json!({})).unwrap();
    let organisations = settings["value"]["organisations"].as_array().unwrap();
    let named = organisations.iter().find(|named| text(named).contains(part)).cloned().unwrap_or(json!(part));
    let request = json!({"team": "A team", "autoLockMinutes": 10, "copiesOwedBy": named, "seen": settings["seen"]});
    call(desk, "change_settings", request);
}

fn due(desk: &Desk) -> Vec<Value> {
    let today = call(desk, "today", json!({}));
    today["copies"].as_array().unwrap().iter().map(|line| line["contact"].clone()).collect()
}

fn copy_of(desk: &Desk, contact: &Value) -> Value {
    call(desk, "contact", json!({"contact": contact}))["copy"].clone()
}

#[test]
fn a_note_is_recorded_as_copied_and_then_waits_for_nobody() {
    let (place, desk, _, contact) = owed();
    assert_eq!(due(&desk), std::slice::from_ref(&contact));
    let line = call(&desk, "today", json!({}))["copies"][0].clone();
    assert_eq!((&line["detail"], &line["when"]), (&json!("Home visit, 65min"), &json!("Sun 22-Nov-2026")));
    let before = copy_of(&desk, &contact);
    assert_eq!((&before["words"], &before["due"]), (&json!(""), &json!(true)));
    call(&desk, "record_copy", json!({"contact": contact}));
    let after = copy_of(&desk, &contact);
    assert_eq!((&after["words"], &after["due"]), (&json!("Copied to encompass by you, Mon 23-Nov-2026, 15:21"), &json!(false)));
    assert_eq!(due(&desk), [Value::Null; 0]);
    place.later(30);
    unlock(&desk, "tara").unwrap();
    assert_eq!(copy_of(&desk, &contact)["words"], "Copied to encompass by niamh of the team, Mon 23-Nov-2026, 15:21");
    assert_eq!(refused(&desk, "record_copy", json!({"contact": contact})), "copy_recorded");
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn what_is_added_to_a_copied_note_is_copied_again() {
    let (_place, desk, _, contact) = owed();
    call(&desk, "record_copy", json!({"contact": contact}));
    call(&desk, "add_details", json!({"contact": contact, "text": "Granny was there too."}));
    let copy = copy_of(&desk, &contact);
    assert_eq!((&copy["again"], &copy["due"]), (&json!("Details were added since it was copied. Copy it again."), &json!(true)));
    assert!(text(&copy["words"]).starts_with("Copied to encompass by you"), "and that it was copied stays: {copy}");
    assert_eq!(due(&desk), std::slice::from_ref(&contact));
    call(&desk, "record_copy", json!({"contact": contact}));
    assert_eq!((copy_of(&desk, &contact)["again"].clone(), due(&desk)), (json!(""), Vec::new()));
    // A mistake that is in the other record is marked there too.
    call(&desk, "retract_contact", json!({"contact": contact, "reason": "Another family’s visit"}));
    assert!(text(&copy_of(&desk, &contact)["again"]).starts_with("It was entered in error since it was copied."));
    assert_eq!(due(&desk), std::slice::from_ref(&contact));
    call(&desk, "record_copy", json!({"contact": contact}));
    assert_eq!(due(&desk), [Value::Null; 0]);
}

/// In the other record nobody is “you”.
#[test]
fn a_copy_says_by_name_who_wrote() {
    let (_place, desk, _, contact) = owed();
    call(&desk, "add_details", json!({"contact": contact, "text": "Granny was there too."}));
    let view = call(&desk, "contact", json!({"contact": contact}));
    assert!(text(&view["by"]).starts_with("By you, signed"));
    assert!(text(&view["byCopied"]).starts_with("By niamh of the team, signed"), "{}", view["byCopied"]);
    assert!(text(&view["addenda"][0]["wordsCopied"]).contains(" by niamh of the team"), "{}", view["addenda"][0]);
}

#[test]
fn a_mistake_that_nobody_copied_is_not_to_be_copied() {
    let (_place, desk, _, contact) = owed();
    call(&desk, "retract_contact", json!({"contact": contact, "reason": "Another family’s visit"}));
    assert_eq!(due(&desk), [Value::Null; 0]);
    assert_eq!(refused(&desk, "record_copy", json!({"contact": contact})), "copy_of_mistake");
}

#[test]
fn a_copy_that_was_recorded_in_error_is_to_be_made() {
    let (_place, desk, _, contact) = owed();
    let copy = call(&desk, "record_copy", json!({"contact": contact}))["id"].clone();
    assert_eq!(copy_of(&desk, &contact)["mayMarkInError"], true);
    call(&desk, "mark_in_error", json!({"row": copy, "reason": "It was pasted into another record"}));
    assert_eq!(copy_of(&desk, &contact)["words"], "");
    assert_eq!(due(&desk), std::slice::from_ref(&contact));
}

#[test]
fn only_who_owes_copies_is_told_of_their_own() {
    let (place, desk, added, contact) = owed();
    unlock(&desk, "tara").unwrap();
    assert_eq!(due(&desk), [Value::Null; 0], "it is not her note");
    owes(&desk, "harity");
    unlock(&desk, "niamh").unwrap();
    assert_eq!(due(&desk), [Value::Null; 0], "another organisation owes it");
    owes(&desk, "");
    unlock(&desk, "niamh").unwrap();
    assert_eq!(due(&desk), [Value::Null; 0], "nobody does");
    assert_eq!(copy_of(&desk, &contact)["due"], true, "and it can be recorded all the same");
    owes(&desk, "Trust");
    // The family is given away. Whoever copies the note is of the organisation whose note it is.
    for (worker, copies) in [("owen", "lead"), ("tara", "tara")] {
        let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
        let key_worker = user_id(&desk, worker);
        let request =
            json!({"episode": added["episode"], "keyWorker": key_worker, "therapist": null, "partnerWorker": null, "seen": people["seen"]});
        call(&desk, "allocate", request);
        place.later(20);
        for user in ["niamh", "owen", "tara", "lead"] {
            unlock(&desk, user).unwrap();
            let expected: &[Value] = if user == copies { std::slice::from_ref(&contact) } else { &[] };
            assert_eq!(due(&desk), expected, "{worker} has the family: {user}");
        }
    }
}

#[test]
fn an_organisation_that_nobody_is_of_owes_nothing() {
    let (_place, desk, _) = one_family();
    unlock(&desk, "lead").unwrap();
    let settings = answer(&desk, "settings", json!({})).unwrap();
    let request = json!({"team": "A team", "autoLockMinutes": 10, "copiesOwedBy": "Elsewhere", "seen": settings["seen"]});
    let error = answer(&desk, "change_settings", request).unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("settings_organisation", Some("copiesOwedBy")));
}
