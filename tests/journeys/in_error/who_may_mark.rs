//! Who marks what as entered in error, where it is offered, and where it is read afterwards.

use super::*;

#[test]
fn only_the_author_or_a_lead_marks_and_only_once() {
    let (_place, desk, added) = one_family();
    let flag = flag(&desk, &added, "in_hospital");
    let request = json!({"row": flag, "reason": "Of another family"});
    unlock(&desk, "tara").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_not_author");
    unlock(&desk, "owen").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "not_yours");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": flag, "reason": "no"})), "retract_no_reason");
    let by_the_lead = mark(&desk, &flag);
    assert_eq!(refused(&desk, "mark_in_error", request), "retract_done");
    let back = mark(&desk, &by_the_lead);
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": back, "reason": "Back and forth"})), "retract_not_this");
    assert_eq!(text(&call(&desk, "banner", json!({"family": added["family"]}))["flags"]["words"]), "1 flag", "taken back");
    mark(&desk, &flag);
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": added["episode"], "reason": "Added twice"})), "retract_not_this");
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": added["people"][0], "reason": "Added twice"})), "retract_last_infant");
}

#[test]
fn a_note_names_whoever_it_named_and_history_tells_of_the_mark() {
    let (place, desk, added) = one_family();
    let contact = sign(&desk, &added, note(&added, "Long looks."));
    unlock(&desk, "lead").unwrap();
    mark(&desk, &added["people"][1]);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert!(text(&read["who"]).contains("Róisín"), "{}", read["who"]);
    place.later(1);
    let history = call(&desk, "history", json!({"family": added["family"]}));
    let line = history["lines"].as_array().unwrap().iter().find(|line| line["what"] == "Marked something as entered in error").unwrap();
    let details: Vec<String> = line["details"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(details, ["What was entered in error: person: Róisín (mother)", "Reason: It was a mistake"]);
}

/// A note with a concern that Tara has answered; the concern and the answer.
fn an_answered_concern(desk: &Desk, added: &Value) -> (Value, Value, Value) {
    let contact = sign(desk, added, note_with_concern(added, "A mark on her arm."));
    let concern = call(desk, "contact", json!({"contact": contact}))["concern"]["id"].clone();
    unlock(desk, "tara").unwrap();
    let answer =
        call(desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": "Referred the same day."}))["answer"]
            .clone();
    (contact, concern, answer)
}

#[test]
fn no_mark_takes_a_concern_that_nobody_answered_off_the_list() {
    let (_place, desk, added) = one_family();
    let (contact, concern, answer) = an_answered_concern(&desk, &added);
    unlock(&desk, "lead").unwrap();
    let waits = |desk: &Desk| call(desk, "concerns", json!({}))["concerns"].as_array().unwrap().len();
    assert_eq!(waits(&desk), 0);
    mark(&desk, &concern);
    mark(&desk, &contact);
    assert_eq!(waits(&desk), 0, "it has been answered");
    unlock(&desk, "tara").unwrap();
    mark(&desk, &answer);
    let waiting = call(&desk, "concerns", json!({}))["concerns"][0].clone();
    assert_eq!((waiting["id"].clone(), waiting["open"].clone()), (concern.clone(), json!(true)));
    assert!(text(&waiting["inError"]).starts_with("Entered in error: It was a mistake. Marked by"), "{}", waiting["inError"]);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert_eq!((read["concern"]["id"].clone(), read["state"].clone()), (concern.clone(), json!("in_error")));
    let rows = call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].clone();
    assert!(rows.as_array().unwrap().iter().any(|row| row["family"] == added["family"] && row["concern"] == "Concern"), "{rows}");
    call(&desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": "Of another child, who is seen to."}));
    assert_eq!(waits(&desk), 0);
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_flag_that_was_none_says_nothing_was_checked() {
    let (_place, desk, added) = one_family();
    let words = || text(&call(&desk, "banner", json!({"family": added["family"]}))["flags"]["words"]);
    let before = words();
    let first = flag(&desk, &added, "in_hospital");
    mark(&desk, &first);
    assert_eq!(words(), before);
    let second = flag(&desk, &added, "animals");
    call(&desk, "end_flag", json!({"flag": second}));
    assert_eq!(words(), "Flags not checked since one ended 23-Nov-2026", "that one ended is no look");
    mark(&desk, &second);
    assert_eq!(words(), before);
}

#[test]
fn a_step_that_a_second_person_confirmed_is_not_its_authors_to_mark() {
    let (_place, desk, added) = one_family();
    let placement = place_on(&desk, &added, 5);
    let request = json!({"row": placement, "reason": "Of another family"});
    unlock(&desk, "tara").unwrap();
    let confirmation = call(&desk, "confirm_placement", json!({"placement": placement}))["id"].clone();
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_confirmed");
    unlock(&desk, "tara").unwrap();
    call(&desk, "mark_in_error", request);
    assert_eq!(refused(&desk, "confirm_placement", json!({"placement": placement})), "marked_since");
    mark(&desk, &confirmation);
}

#[test]
fn what_is_marked_is_not_acted_on_and_nobody_is_said_to_have_no_access() {
    let (place, desk, added) = one_family();
    let contact = sign(&desk, &added, note(&added, "Long looks."));
    let flag = flag(&desk, &added, "in_hospital");
    let father = json!({"role": "father", "familyName": "Base", "given": "Conor"});
    let father_added = call(&desk, "add_person", json!({"family": added["family"], "person": father}))["id"].clone();
    let seen = answer(&desk, "people", json!({"family": added["family"]})).unwrap()["seen"].clone();
    let mut with_him = note(&added, "He held her.");
    with_him["present"] = json!([father_added]);
    let draft = json!({"episode": added["episode"], "entry": with_him});
    call(&desk, "save_draft", draft.clone());
    [&contact, &flag, &father_added].into_iter().for_each(|row| drop(mark(&desk, row)));
    let his = json!({"person": father_added, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true});
    let mut sitting = his.clone();
    sitting
        .as_object_mut()
        .unwrap()
        .extend(json!({"sitting": "declined", "answers": [], "protective": [], "words": ""}).as_object().unwrap().clone());
    for (command, request) in [
        ("add_details", json!({"contact": contact, "text": "Of another visit."})),
        ("end_flag", json!({"flag": flag})),
        ("amend_person", json!({"id": father_added, "person": father, "seen": seen})),
        ("begin_ace", his),
        ("record_ace", sitting),
    ] {
        assert_eq!(refused(&desk, command, request), "marked_since", "{command}");
    }
    assert_eq!(refused(&desk, "sign_contact", draft.clone()), "note_nobody", "who was there is asked again");
    let missing = call(&desk, "check_contact", draft)["missing"].clone();
    assert_eq!(missing.as_array().unwrap().len(), 1, "{missing}");
    place.later(1);
    unlock(&desk, "lead").unwrap();
    let history = call(&desk, "history", json!({"family": added["family"]}));
    assert!(history["lines"].as_array().unwrap().iter().all(|line| line["kind"] != "denied"), "{history}");
}

#[test]
fn why_an_ace_record_was_marked_is_not_told_in_the_history() {
    let (place, desk, added) = one_family();
    let sittings = two_screenings(&desk, &added);
    let why = "She said it about her own mother";
    let marked = call(&desk, "mark_in_error", json!({"row": sittings[0], "reason": why}))["id"].clone();
    call(&desk, "mark_in_error", json!({"row": marked, "reason": why}));
    place.later(1);
    unlock(&desk, "lead").unwrap();
    let history = call(&desk, "history", json!({"family": added["family"]})).to_string();
    assert!(history.contains("Took back that something was entered in error"), "{history}");
    assert!(!history.contains(why), "{history}");
}

#[test]
fn a_mark_is_for_those_who_may_read_what_it_is_on() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let mut shared = json!({"episode": added["episode"], "partnerWorker": user_id(&desk, "pip"), "seen": people["seen"]});
    ["keyWorker", "therapist"].into_iter().for_each(|who| shared[who] = people["value"]["episode"][who].clone());
    call(&desk, "allocate", shared);
    unlock(&desk, "niamh").unwrap();
    let sitting = two_screenings(&desk, &added)[0].clone();
    let marked = mark(&desk, &sitting);
    unlock(&desk, "pip").unwrap();
    for row in [sitting, marked] {
        assert_eq!(refused(&desk, "mark_in_error", json!({"row": row, "reason": "Of another family"})), "not_yours");
    }
}

#[test]
fn a_person_of_whom_others_wrote_is_marked_by_a_lead() {
    let (_place, desk, added) = one_family();
    let person = a_person_who_was_asked_about(&desk, &added).remove(0);
    unlock(&desk, "tara").unwrap();
    let request =
        json!({"family": added["family"], "person": person, "group": "imprisonment", "answer": "no", "period": null, "source": ""});
    call(&desk, "answer_priority", request);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": person, "reason": "Added twice"})), "retract_person_others");
    unlock(&desk, "lead").unwrap();
    mark(&desk, &person);
}

#[test]
fn an_infant_who_is_back_has_a_place_of_its_own_in_the_order_of_births() {
    let (_place, desk, added) = one_family();
    let mut twin = family("Base")["people"][0].clone();
    twin["birthOrder"] = json!(2);
    let add = || call(&desk, "add_person", json!({"family": added["family"], "person": twin}))["id"].clone();
    let marked = mark(&desk, &add());
    add();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": marked, "reason": "She is back"})), "person_twin_order");
}

#[test]
fn what_was_marked_is_read_struck_where_it_was_read_before() {
    let (_place, desk, added) = one_family();
    let (_, _, answer) = an_answered_concern(&desk, &added);
    call(&desk, "mark_in_error", json!({"row": answer, "reason": "Of another child"}));
    unlock(&desk, "niamh").unwrap();
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let struck = &story["entries"][0]["concern"]["struck"][0];
    assert!(text(&struck["text"]).ends_with("Advice given, and our work continues. Referred the same day."), "{struck}");
    assert!(text(&struck["inError"]).starts_with("Entered in error: Of another child. Marked by tara of the team"), "{struck}");

    let mother = added["people"][1].clone();
    let sitting = json!({"person": mother, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "declined", "answers": [], "protective": [], "words": ""});
    let sitting = call(&desk, "record_ace", sitting)["id"].clone();
    call(&desk, "mark_in_error", json!({"row": sitting, "reason": "Of another parent"}));
    for who in ["niamh", "lead"] {
        unlock(&desk, who).unwrap();
        let ace = call(&desk, "ace", json!({"family": added["family"]}));
        let entry = &ace["parents"][0]["entries"][0];
        assert!(text(&entry["inError"]).starts_with("Entered in error: Of another parent."), "{who}: {ace}");
    }
}

#[test]
fn a_step_that_two_agreed_is_not_undone_by_the_one_who_recorded_it() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let place = json!({
        "family": added["family"], "step": 4, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
        "infantShows": "Looks away.", "receivingService": "", "acceptedBy": "", "reviewOn": "",
    });
    let step = call(&desk, "place", place)["placements"][0]["id"].clone();
    unlock(&desk, "tara").unwrap();
    let confirmation = call(&desk, "confirm_placement", json!({"placement": step}))["id"].clone();
    unlock(&desk, "lead").unwrap();
    let mark = |row: &Value| json!({"row": row, "reason": "It was another family"});
    assert_eq!(refused(&desk, "mark_in_error", mark(&confirmation)), "retract_own_step");
    assert_eq!(refused(&desk, "mark_in_error", mark(&step)), "retract_confirmed");
    unlock(&desk, "tara").unwrap();
    let marked = call(&desk, "mark_in_error", mark(&step))["id"].clone();
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", mark(&marked)), "retract_own_step", "nor is it brought back by them alone");
}

#[test]
fn a_flag_that_keeps_people_safe_is_not_its_setters_to_mark() {
    let (_place, desk, added) = one_family();
    let safe = flag(&desk, &added, "child_protection_register");
    let mark = json!({"row": safe, "reason": "It was another family"});
    assert_eq!(refused(&desk, "mark_in_error", mark.clone()), "retract_keeps_safe", "one alone does not end it this way either");
    unlock(&desk, "lead").unwrap();
    call(&desk, "mark_in_error", mark);
    assert_eq!(call(&desk, "banner", json!({"family": added["family"]}))["flags"]["flags"], json!([]));
}

/// A concern leaves the record only when somebody other than who raised it has answered it and marks it, alone or with its note.
#[test]
fn a_concern_is_marked_as_entered_in_error_by_two_people() {
    let (_place, desk, added) = one_family();
    let contact = sign(&desk, &added, note_with_concern(&added, "Of another child."));
    let concern = |desk: &Desk| call(desk, "contact", json!({"contact": contact}))["concern"].clone();
    let rows = [concern(&desk)["id"].clone(), contact.clone()];
    let offered = |desk: &Desk| {
        (concern(desk)["mayMarkInError"].clone(), call(desk, "contact", json!({"contact": contact}))["mayMarkInError"].clone())
    };
    let request = |row: &Value| json!({"row": row, "reason": "Written about another child"});
    rows.iter().for_each(|row| assert_eq!(refused(&desk, "mark_in_error", request(row)), "retract_concern"));
    unlock(&desk, "tara").unwrap();
    rows.iter().for_each(|row| assert_eq!(refused(&desk, "mark_in_error", request(row)), "retract_concern"));
    assert_eq!(offered(&desk), (json!(false), json!(false)));
    let answer = json!({"concern": rows[0], "decision": "advice", "answer": "Written in the wrong record."});
    call(&desk, "answer_concern", answer);
    assert_eq!(offered(&desk), (json!(true), json!(true)));
    unlock(&desk, "niamh").unwrap();
    rows.iter().for_each(|row| assert_eq!(refused(&desk, "mark_in_error", request(row)), "retract_own_concern"));
    assert_eq!(refused(&desk, "retract_contact", json!({"contact": contact, "reason": "Wrong child"})), "retract_own_concern");
    assert_eq!(offered(&desk), (json!(false), json!(false)));
    unlock(&desk, "lead").unwrap();
    mark(&desk, &rows[0]);
    assert!(text(&concern(&desk)["inError"]).starts_with("Entered in error: It was a mistake. Marked by"));
}

/// Each screen offers to mark what the reader may mark, and nothing else; what was marked is read there, struck through.
#[test]
fn screens_offer_to_mark_what_the_reader_may_mark() {
    let (_place, desk, added) = one_family();
    let family = json!({"family": added["family"]});
    let animals = flag(&desk, &added, "animals");
    let register = flag(&desk, &added, "child_protection_register");
    let step = place_on(&desk, &added, 3);
    let group = json!({"family": added["family"], "person": null, "group": "poverty", "answer": "suspected", "period": "now", "source": "Her words"});
    call(&desk, "answer_priority", group);
    let people = call(&desk, "people", family.clone());
    assert_eq!(people["mayMark"], json!([added["people"][1], animals]), "not the only infant, nor what keeps people safe");
    let placement = |desk: &Desk| call(desk, "placements", family.clone())["placements"][0].clone();
    assert_eq!(placement(&desk)["mayMarkInError"], true);
    let poverty = |desk: &Desk| {
        let groups = call(desk, "priority", family.clone())["groups"].clone();
        groups.as_array().unwrap().iter().find(|group| group["group"] == "poverty").unwrap()["questions"][0].clone()
    };
    assert_eq!(poverty(&desk)["mayMarkInError"], true);
    unlock(&desk, "tara").unwrap();
    assert_eq!(call(&desk, "people", family.clone())["mayMark"], json!([register]), "the second person's to decide");
    assert_eq!((&placement(&desk)["mayMarkInError"], &poverty(&desk)["mayMarkInError"]), (&json!(false), &json!(false)));
    unlock(&desk, "niamh").unwrap();
    let answered = poverty(&desk)["id"].clone();
    for row in [&added["people"][1], &animals, &step, &answered] {
        mark(&desk, row);
    }
    let people = call(&desk, "people", family.clone());
    let struck: Vec<String> = people["struck"].as_array().unwrap().iter().map(|line| text(&line["text"])).collect();
    assert_eq!(struck, ["O’NEILL, Róisín, mother", "Animals at home"]);
    assert!(text(&people["struck"][0]["inError"]).starts_with("Entered in error: It was a mistake. Marked by niamh of the team"));
    assert_eq!(poverty(&desk)["struck"][0]["text"], "Yes, suspected or reported by someone else · now · Her words");
    assert_eq!((placement(&desk), poverty(&desk)["id"].clone()), (Value::Null, Value::Null));
}

/// A conversation and an exposure too, by who recorded them or a lead, and by nobody else who may read them.
#[test]
fn what_was_recorded_of_ace_is_marked_where_it_is_read() {
    let (place, added) = base();
    let desk = place.as_user("niamh");
    let rows = two_screenings(&desk, &added);
    let entries = |desk: &Desk| {
        let view = call(desk, "ace", json!({"family": added["family"]}));
        let of = |list: &Value| -> Vec<Value> {
            list.as_array().unwrap().iter().flat_map(|person| person["entries"].as_array().unwrap().clone()).collect()
        };
        [of(&view["parents"]), of(&view["infants"])].concat()
    };
    let offered = |desk: &Desk| entries(desk).iter().filter(|entry| entry["mayMarkInError"] == true).count();
    assert_eq!(offered(&desk), rows.len());
    unlock(&desk, "tara").unwrap();
    assert_eq!(offered(&desk), 0);
    unlock(&desk, "niamh").unwrap();
    for row in &rows {
        assert!(entries(&desk).iter().any(|entry| entry["id"] == *row));
        mark(&desk, row);
    }
    assert_eq!(offered(&desk), 0);
    assert!(entries(&desk).iter().all(|entry| text(&entry["inError"]).starts_with("Entered in error:")));
}
