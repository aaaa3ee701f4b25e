//! A whole family that was entered in error, and what fits once a mark is taken back.

use super::*;

/// A family that was added twice: once nothing but its people is left, it leaves every list, count and search, opens to nobody, and comes back with the mark taken back.
#[test]
fn a_family_that_was_entered_in_error_leaves_every_list_and_can_come_back() {
    let (place, desk, added) = one_family();
    let twice = call(&desk, "add_family", family("Twiceadded"));
    let request = |reason: &str| json!({"row": twice["family"], "reason": reason});
    let people = call(&desk, "people", json!({"family": twice["family"]}));
    assert!(people["mayMark"].as_array().unwrap().contains(&twice["family"]), "{people}");
    let contact = sign(&desk, &twice, note(&twice, "Long looks."));
    assert_eq!(refused(&desk, "mark_in_error", request("Added twice")), "retract_family_holds");
    mark(&desk, &contact);
    unlock(&desk, "lead").unwrap();
    call(&desk, "set_flag", json!({"family": twice["family"], "kind": "animals"}));
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request("Added twice")), "retract_person_others");
    unlock(&desk, "lead").unwrap();
    let counted = |place: &Place| {
        let conn = place.open_with_copy(&place.key());
        let tables = tallies::count(Db::of(&conn), Period::parse("2026-Q4").unwrap()).unwrap();
        let sum = |at: usize| tables[at].sums().values().sum::<u32>();
        (tables[1].families(), sum(1), sum(0))
    };
    assert_eq!(counted(&place), (2, 2, 2));
    let marked = call(&desk, "mark_in_error", request("Added twice"))["id"].clone();
    assert_eq!(counted(&place), (1, 1, 1));
    let list =
        |mine: bool| call(&desk, "caseload", json!({"mine": mine, "filter": "open", "sort": "name"}))["rows"].as_array().unwrap().len();
    assert_eq!(list(false), 1);
    assert_eq!(call(&desk, "find", json!({"query": "twiceadded"}))["people"], json!([]));
    for command in ["story", "people", "banner", "placements"] {
        assert_eq!(refused(&desk, command, json!({"family": twice["family"]})), "not_yours", "{command}");
    }
    assert!(call(&desk, "history", json!({"family": twice["family"]})).to_string().contains("Added twice"), "the lead reads why");
    let there = call(&desk, "families_in_error", json!({}))["families"].clone();
    assert!(text(&there[0]["words"]).starts_with("Entered in error: Added twice. Marked by Lead"), "{there}");
    assert_eq!((&there[0]["mark"], &there[0]["reference"]), (&marked, &twice["reference"]));
    assert_eq!(findings(&desk), [""; 0]);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(list(true), 1);
    assert_eq!(refused(&desk, "story", json!({"family": twice["family"]})), "not_yours");
    assert_eq!(
        refused(&desk, "mark_in_error", json!({"row": marked, "reason": "It was no mistake"})),
        "not_yours",
        "only a lead takes it back"
    );
    unlock(&desk, "lead").unwrap();
    mark(&desk, &marked);
    assert_eq!((counted(&place), list(false)), ((2, 2, 2), 2));
    assert_eq!(call(&desk, "find", json!({"query": "twiceadded"}))["people"].as_array().unwrap().len(), 2);
    call(&desk, "story", json!({"family": twice["family"]}));
    assert_eq!(call(&desk, "families_in_error", json!({}))["families"], json!([]));
    assert_eq!(findings(&desk), [""; 0]);
    drop(added);
}

/// A flag that keeps people safe is ended by two: a family is no way for one to take it away.
#[test]
fn a_family_with_a_flag_that_keeps_people_safe_is_not_marked_before_the_flag() {
    let (_place, desk, _added) = one_family();
    let twice = call(&desk, "add_family", family("Twiceadded"));
    let safe = flag(&desk, &twice, "child_protection_register");
    let request = json!({"row": twice["family"], "reason": "Added twice"});
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_family_holds");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_family_holds");
    mark(&desk, &safe);
    call(&desk, "mark_in_error", request);
}

/// What somebody wrote and has not signed is nowhere once its family opens to nobody.
#[test]
fn a_family_of_which_somebody_has_an_unsigned_note_is_not_marked() {
    let (_place, desk, _added) = one_family();
    let twice = call(&desk, "add_family", family("Twiceadded"));
    unlock(&desk, "tara").unwrap();
    call(&desk, "save_draft", json!({"episode": twice["episode"], "entry": note(&twice, "Long looks.")}));
    let request = json!({"row": twice["family"], "reason": "Added twice"});
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_family_unsigned");
    assert!(!call(&desk, "people", json!({"family": twice["family"]}))["mayMark"].as_array().unwrap().contains(&twice["family"]));
    unlock(&desk, "tara").unwrap();
    call(&desk, "discard_draft", json!({"episode": twice["episode"]}));
    unlock(&desk, "niamh").unwrap();
    call(&desk, "mark_in_error", request);
    unlock(&desk, "tara").unwrap();
    let late = json!({"episode": twice["episode"], "entry": note(&twice, "Long looks.")});
    assert_eq!(refused(&desk, "save_draft", late), "not_yours", "nothing is begun in it any more");
}

/// What was recorded while something was marked is not doubled when the mark is taken back.
#[test]
fn what_comes_back_fits_beside_what_was_recorded_since() {
    let (_place, desk, added) = one_family();
    let back = |mark: &Value| json!({"row": mark, "reason": "It was no mistake"});
    let lost = |on: &str| call(&desk, "record_loss", json!({"person": added["people"][1], "kind": "death", "lostOn": on}))["id"].clone();
    let marked = mark(&desk, &lost("yesterday"));
    let second = lost("today");
    assert_eq!(refused(&desk, "mark_in_error", back(&marked)), "loss_recorded");
    mark(&desk, &second);
    call(&desk, "mark_in_error", back(&marked));

    let line = json!({
        "family": added["family"], "outcome": "attended", "present": [added["people"][0]], "infants": [{"person": added["people"][0], "state": "awake"}],
        "notSeenWhy": "", "words": "",
    });
    let mut group = json!({
        "kinds": ["baby_massage"], "when": "today 10:30-12:00", "place": "The base", "ledBy": "Niamh", "together": "Legs and feet.", "families": [line],
    });
    let signed = call(&desk, "sign_group", group.clone());
    let marked = mark(&desk, &signed["contacts"][0]);
    group["session"] = signed["session"].clone();
    call(&desk, "sign_group", group);
    assert_eq!(refused(&desk, "mark_in_error", back(&marked)), "group_family_recorded");
}

#[test]
fn one_number_is_not_two_peoples_once_a_person_or_a_family_is_back() {
    let (_place, desk, added) = one_family();
    let number = "3200001011";
    let with = |mut person: Value, number: &str| {
        (person["number"], person["numberAbsent"]) = (json!(number), Value::Null);
        person
    };
    let mut twice = family("Twiceadded");
    twice["people"][0] = with(twice["people"][0].clone(), number);
    let twice = call(&desk, "add_family", twice);
    let marked = mark(&desk, &twice["family"]);
    let sibling = |family_name: &str, given: &str| {
        let born = json!({"day": "11", "month": "10", "year": "2024"});
        let person = json!({"role": "sibling", "familyName": family_name, "given": given, "born": born});
        call(&desk, "add_person", json!({"family": added["family"], "person": with(person, number)}))["id"].clone()
    };
    let first = sibling("Wilson", "Ruth");
    unlock(&desk, "lead").unwrap();
    let back = |mark: &Value| json!({"row": mark, "reason": "It was no mistake"});
    assert_eq!(refused(&desk, "mark_in_error", back(&marked)), "person_number_taken");
    let first = mark(&desk, &first);
    let second = sibling("Bell", "Ada");
    assert_eq!(refused(&desk, "mark_in_error", back(&first)), "person_number_taken");
    mark(&desk, &second);
    call(&desk, "mark_in_error", back(&marked));
}
