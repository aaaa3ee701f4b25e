//! People leave, change their role, or are away: what they hold is asked about,
//! and what they began is on somebody's Today until it is finished.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

/// What the lead sends to change somebody.
fn change(desk: &Desk, sign_in: &str, role: &str, active: bool) -> Value {
    let users = answer(desk, "users", json!({})).unwrap();
    let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap();
    json!({
        "user": user["id"], "name": user["name"], "role": role, "organisation": user["organisation"], "active": active, "seen": users["seen"],
    })
}

fn draft(desk: &Desk, added: &Value) {
    let mut entry = note(added, "Long looks between the two of them.");
    entry["plan"] = json!("Bring the book.");
    call(desk, "save_draft", json!({"episode": added["episode"], "entry": entry}));
}

fn lines(desk: &Desk, section: &str) -> Vec<String> {
    let lines = call(desk, "today", json!({}))[section].clone();
    lines.as_array().unwrap().iter().map(|line| format!("{} · {}", text(&line["name"]), text(&line["detail"]))).collect()
}

#[test]
fn somebody_who_leaves_hands_over_each_family_and_nothing_unfinished_goes_unread() {
    let (_place, desk, added) = one_family();
    let mut missed = note(&added, "");
    for (field, value) in [("outcome", "was_not_brought"), ("kind", "clinic"), ("when", "today 00:01-00:30"), ("nextVisit", "")] {
        missed[field] = json!(value);
    }
    (missed["present"], missed["infants"]) = (json!([]), json!([]));
    sign(&desk, &added, missed);
    sign(&desk, &added, note_with_concern(&added, "A mark on her arm."));
    let step = json!({
        "family": added["family"], "step": 4, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "", "infantShows": "Looks.",
    });
    call(&desk, "place", step);
    draft(&desk, &added);
    unlock(&desk, "lead").unwrap();
    let mut leaves = change(&desk, "niamh", "key_worker", false);
    let held = call(&desk, "leaving", json!({"user": leaves["user"], "role": "key_worker", "active": false}));
    assert_eq!(
        (&held["families"][0]["name"], &held["families"][0]["placeWords"]),
        (&json!("O’NEILL, Fiadh · 6w 1d"), &json!("key worker"))
    );
    assert_eq!(
        held["unfinished"],
        json!([
            "An unsigned note about O’NEILL, Fiadh, saved Mon 23-Nov-2026, 15:21.",
            "O’NEILL, Fiadh: was not brought Mon 23-Nov-2026, to be followed up by Mon 30-Nov-2026.",
            "O’NEILL, Fiadh: a step that they recorded waits for a second person.",
            "O’NEILL, Fiadh: a concern that they raised waits for a second person.",
        ]),
        "{held}"
    );
    let asked = answer(&desk, "amend_user", leaves.clone()).unwrap_err();
    assert_eq!((asked.code.as_str(), asked.field.as_deref()), ("user_holds_families", Some("handOver")));
    assert_eq!(asked.message, "niamh of the team works with 1 family. Choose who takes each, or nobody for now.");
    leaves["handOver"] = json!([{"episode": added["episode"], "place": "key_worker", "to": user_id(&desk, "owen")}]);
    let asked = answer(&desk, "amend_user", leaves.clone()).unwrap_err();
    assert_eq!((asked.code.as_str(), asked.field.as_deref()), ("user_leaves_unfinished", Some("unfinishedRead")));
    assert!(!asked.message.contains("NEILL"), "a refusal may be printed: {}", asked.message);
    leaves["unfinishedRead"] = json!(true);
    let dara = user_id(&desk, "dara");
    let mut wrong = leaves.clone();
    wrong["handOver"][0]["to"] = dara;
    assert_eq!(refused(&desk, "amend_user", wrong), "user_hand_over");
    assert!(unlock(&desk, "niamh").is_ok(), "nothing was changed yet");
    unlock(&desk, "lead").unwrap();
    leaves["seen"] = answer(&desk, "users", json!({})).unwrap()["seen"].clone();
    call(&desk, "amend_user", leaves);
    assert!(unlock(&desk, "niamh").is_err());
    unlock(&desk, "owen").unwrap();
    assert_eq!(call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].as_array().unwrap().len(), 1);
    let history = call(&desk, "history", json!({"family": added["family"]})).to_string();
    assert!(history.contains("owen of the team"), "the family's history says who has it now");
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

/// A role decides what is opened: who becomes a data manager keeps no family, and who becomes a therapist keeps theirs.
#[test]
fn a_change_of_role_asks_for_the_families_that_the_new_role_cannot_work_with() {
    let (_place, desk, _added) = one_family();
    draft(&desk, &_added);
    unlock(&desk, "lead").unwrap();
    let held = |role: &str| {
        let niamh = user_id(&desk, "niamh");
        call(&desk, "leaving", json!({"user": niamh, "role": role, "active": true}))
    };
    assert_eq!(held("therapist")["families"], json!([]));
    assert_eq!(held("therapist")["unfinished"], json!([]));
    for role in ["data_manager", "partner_worker"] {
        assert_eq!(held(role)["families"].as_array().unwrap().len(), 1, "{role}");
        assert_eq!(refused(&desk, "amend_user", change(&desk, "niamh", role, true)), "user_holds_families");
    }
    let moved = handed_over(&desk, change(&desk, "niamh", "data_manager", true));
    call(&desk, "amend_user", moved);
    assert_eq!(lines(&desk, "leftNotes"), ["O’NEILL, Fiadh · Begun by niamh of the team"]);
    let without = call(&desk, "caseload", json!({"mine": false, "filter": "no_worker", "sort": "name"}))["rows"].clone();
    assert_eq!(without.as_array().unwrap().len(), 1);
}

#[test]
fn an_unsigned_note_of_somebody_who_left_is_on_the_leads_today_until_it_is_taken_over() {
    let (_place, desk, added) = one_family();
    draft(&desk, &added);
    unlock(&desk, "lead").unwrap();
    let niamh = user_id(&desk, "niamh");
    let request = |reason: &str| json!({"episode": added["episode"], "begunBy": niamh, "reason": reason});
    assert_eq!(lines(&desk, "leftNotes"), [""; 0], "she can finish it herself");
    call(&desk, "amend_user", handed_over(&desk, change(&desk, "niamh", "key_worker", false)));
    assert_eq!(lines(&desk, "leftNotes"), ["O’NEILL, Fiadh · Begun by niamh of the team"]);
    assert!(!call(&desk, "today", json!({})).to_string().contains("Long looks"), "nothing of it is read without a reason");
    assert_eq!(refused(&desk, "take_over_note", request("x")), "take_over_reason");
    // The lead's own unsigned note of the family is not lost for it.
    draft(&desk, &added);
    assert_eq!(refused(&desk, "take_over_note", request("She has left the team")), "take_over_own");
    call(&desk, "discard_draft", json!({"episode": added["episode"]}));
    call(&desk, "take_over_note", request("She has left the team"));
    assert_eq!((lines(&desk, "leftNotes"), lines(&desk, "drafts").len()), (Vec::new(), 1));
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!(form["draft"]["saw"].as_str().or(form["entry"]["saw"].as_str()), Some("Long looks between the two of them."), "{form}");
    assert_eq!(refused(&desk, "take_over_note", request("Once more, because")), "take_over_none");
    // It says who began it and who signed it.
    let contact = sign(&desk, &added, note(&added, "Long looks between the two of them."));
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert!(text(&read["by"]).starts_with("By you, begun by niamh of the team, signed"), "{}", read["by"]);
    let next = sign(&desk, &added, note(&added, "Her own."));
    assert!(!text(&call(&desk, "contact", json!({"contact": next}))["by"]).contains("begun"), "the next one is the lead's own");
    let history = call(&desk, "history", json!({"family": added["family"]})).to_string();
    for said in ["Took over an unsigned note", "She has left the team"] {
        assert!(history.contains(said), "{said}");
    }
    unlock(&desk, "tara").unwrap();
    assert_eq!(refused(&desk, "take_over_note", request("Let me see it")), "denied");
}

/// Its key worker and its therapist can be one person: each place is taken by itself.
#[test]
fn who_has_two_places_in_a_family_hands_over_each() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let (tara, owen) = (user_id(&desk, "tara"), user_id(&desk, "owen"));
    let seen = answer(&desk, "people", json!({"family": added["family"]})).unwrap()["seen"].clone();
    call(
        &desk,
        "allocate",
        json!({"episode": added["episode"], "keyWorker": tara, "therapist": tara, "partnerWorker": null, "seen": seen}),
    );
    let mut leaves = change(&desk, "tara", "therapist", false);
    let held = call(&desk, "leaving", json!({"user": tara, "role": "therapist", "active": false}))["families"].clone();
    let places: Vec<String> = held.as_array().unwrap().iter().map(|held| text(&held["place"])).collect();
    assert_eq!(places, ["key_worker", "therapist"]);
    leaves["handOver"] = json!([{"episode": added["episode"], "place": "key_worker", "to": owen}]);
    assert_eq!(refused(&desk, "amend_user", leaves.clone()), "user_holds_families", "the other place is still to be said");
    leaves["handOver"] = json!([leaves["handOver"][0], {"episode": added["episode"], "place": "therapist", "to": null}]);
    call(&desk, "amend_user", leaves);
    let episode = call(&desk, "people", json!({"family": added["family"]}))["episode"].clone();
    assert_eq!((&episode["keyWorker"], &episode["therapist"]), (&owen, &Value::Null));
}

/// A session of a group that was typed for an hour is nobody else’s to open.
#[test]
fn forms_that_somebody_has_not_finished_are_said_before_they_leave() {
    let (_place, desk, _added) = one_family();
    let kept =
        json!({"family": null, "form": "group", "of": "", "act": "01936f00-0000-4000-8000-0000000000b1", "body": "typed for an hour"});
    call(&desk, "keep_form", kept);
    unlock(&desk, "lead").unwrap();
    let niamh = user_id(&desk, "niamh");
    let unfinished =
        |role: &str, active: bool| call(&desk, "leaving", json!({"user": niamh, "role": role, "active": active}))["unfinished"].clone();
    let said = json!(["A group session, saved Mon 23-Nov-2026, 15:21, which only they can open."]);
    assert_eq!(unfinished("key_worker", false), said);
    assert_eq!(unfinished("data_manager", true), said);
    assert_eq!(unfinished("therapist", true), json!([]), "who can finish it is asked nothing");
}

/// A family that was entered in error opens to nobody: nobody is asked to take it, and who left is not its worker when it is back.
#[test]
fn a_family_in_error_is_nobodys_to_take() {
    let (_place, desk, added) = one_family();
    let marked = call(&desk, "mark_in_error", json!({"row": added["family"], "reason": "Added twice"}))["id"].clone();
    unlock(&desk, "lead").unwrap();
    let leaves = change(&desk, "niamh", "key_worker", false);
    assert_eq!(call(&desk, "leaving", json!({"user": leaves["user"], "role": "key_worker", "active": false}))["families"], json!([]));
    call(&desk, "amend_user", leaves);
    call(&desk, "mark_in_error", json!({"row": marked, "reason": "It was no mistake"}));
    assert_eq!(call(&desk, "people", json!({"family": added["family"]}))["episode"]["keyWorker"], Value::Null);
}
