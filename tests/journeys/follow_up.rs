//! Was not brought, no access, declined, cancelled again: somebody asks after
//! the infant until one is seen, or until a person says why nobody needs to.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

/// Signs a contact of now at which nobody saw the infant.
fn missed(desk: &Desk, added: &Value, outcome: &str) -> Value {
    let mut entry = note(added, "");
    for (field, value) in [("outcome", outcome), ("kind", "clinic"), ("when", "today 00:01-00:30"), ("nextVisit", "")] {
        entry[field] = json!(value);
    }
    (entry["present"], entry["infants"]) = (json!([]), json!([]));
    sign(desk, added, entry)
}

fn closing(added: &Value) -> Value {
    json!({
        "family": added["family"], "known": "Seen yesterday by her health visitor, feeding well.",
        "tried": "Two calls and a card through the door.", "reason": "They are with her sister in Newry until Friday.",
    })
}

fn today(desk: &Desk, section: &str) -> Vec<String> {
    let lines = call(desk, "today", json!({}))[section].clone();
    lines.as_array().unwrap().iter().map(|line| format!("{} · {}", text(&line["when"]), text(&line["detail"]))).collect()
}

#[test]
fn a_follow_up_is_closed_with_what_is_known_and_tried_and_why() {
    let (place, desk, added) = one_family();
    let family = json!({"family": added["family"]});
    assert_eq!(refused(&desk, "close_follow_up", closing(&added)), "follow_up_none");
    missed(&desk, &added, "was_not_brought");
    assert_eq!(today(&desk, "followUps"), ["by Mon 30-Nov-2026 · Was not brought Mon 23-Nov-2026"]);
    let story = call(&desk, "story", family.clone());
    assert_eq!(text(&story["followUp"]), "Was not brought Mon 23-Nov-2026. To be followed up by Mon 30-Nov-2026");
    for (field, code) in [("known", "follow_up_known"), ("tried", "follow_up_tried"), ("reason", "follow_up_reason")] {
        let mut too_short = closing(&added);
        too_short[field] = json!("ok");
        assert_eq!(refused(&desk, "close_follow_up", too_short), code);
    }
    let closed = call(&desk, "close_follow_up", closing(&added));
    assert_eq!(today(&desk, "followUps"), [""; 0]);
    let story = call(&desk, "story", family.clone());
    assert_eq!((text(&story["followUp"]), &story["mayCloseFollowUp"]), (String::new(), &json!(false)));
    let told = story["entries"].as_array().unwrap().iter().find(|entry| entry["what"] == "followUpEnd").unwrap();
    assert_eq!(text(&told["reason"]), "They are with her sister in Newry until Friday.");
    let because = |reason: &str| {
        let mut closing = closing(&added);
        closing["reason"] = json!(reason);
        closing
    };
    assert_eq!(refused(&desk, "close_follow_up", because("Once more by somebody else.")), "follow_up_none");
    // It was of another family: the follow-up is back.
    call(&desk, "mark_in_error", json!({"row": closed["id"], "reason": "Meant for another family"}));
    assert_eq!(today(&desk, "followUps").len(), 1);
    place.later(1);
    call(&desk, "close_follow_up", because("They are back from Newry on Friday."));
    // The next time asks again, and a phone call does not end it.
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    missed(&desk, &added, "no_access");
    let mut phone = note(&added, "");
    (phone["kind"], phone["told"], phone["infants"]) = (json!("phone"), json!("All is well."), json!([]));
    sign(&desk, &added, phone);
    assert_eq!(today(&desk, "followUps"), ["by Tue 01-Dec-2026 · No access Tue 24-Nov-2026"]);
}

#[test]
fn cancellations_before_a_follow_up_was_closed_do_not_count_again() {
    let (place, desk, added) = one_family();
    for _ in 0..2 {
        missed(&desk, &added, "cancelled_by_family");
        place.later(24 * 60);
        unlock(&desk, "niamh").unwrap();
    }
    assert_eq!(today(&desk, "followUps").len(), 1);
    call(&desk, "close_follow_up", closing(&added));
    missed(&desk, &added, "cancelled_by_family");
    assert_eq!(today(&desk, "followUps"), [""; 0], "it is the first since");
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    missed(&desk, &added, "cancelled_by_family");
    assert_eq!(today(&desk, "followUps").len(), 1);
}

#[test]
fn the_lead_sees_what_nobody_followed_up_in_time_and_what_nobody_has() {
    let (place, desk, added) = one_family();
    missed(&desk, &added, "was_not_brought");
    unlock(&desk, "lead").unwrap();
    assert_eq!(today(&desk, "teamFollowUps"), [""; 0], "it is not due yet, and Niamh has it");
    let mut entry = family("Kerr");
    entry["keyWorker"] = Value::Null;
    let nobodys = call(&desk, "add_family", entry);
    let allocate = |worker: Value| {
        let seen = answer(&desk, "people", json!({"family": nobodys["family"]})).unwrap()["seen"].clone();
        let to = json!({"episode": nobodys["episode"], "keyWorker": worker, "therapist": null, "partnerWorker": null, "seen": seen});
        call(&desk, "allocate", to);
    };
    allocate(Value::Null);
    missed(&desk, &nobodys, "was_not_brought");
    assert_eq!(today(&desk, "teamFollowUps"), ["by Mon 30-Nov-2026 · Was not brought Mon 23-Nov-2026 · Not allocated"]);
    let without = |desk: &Desk| call(desk, "caseload", json!({"mine": false, "filter": "no_worker", "sort": "name"}))["rows"].clone();
    assert_eq!(without(&desk).as_array().unwrap().len(), 1);
    assert_eq!(without(&desk)[0]["family"], nobodys["family"]);
    // Five working days later it is overdue, and the lead is told whose it is.
    place.later(8 * 24 * 60);
    unlock(&desk, "lead").unwrap();
    assert_eq!(
        today(&desk, "teamFollowUps"),
        [
            "was due Mon 30-Nov-2026 · Was not brought Mon 23-Nov-2026 · Not allocated",
            "was due Mon 30-Nov-2026 · Was not brought Mon 23-Nov-2026 · niamh of the team",
        ]
    );
    // Who has left has no family.
    let niamh = user_id(&desk, "niamh");
    let users = answer(&desk, "users", json!({})).unwrap();
    let request = json!({
        "user": niamh, "name": "niamh of the team", "role": "key_worker", "organisation": "The Trust", "active": false, "seen": users["seen"],
    });
    call(&desk, "amend_user", handed_over(&desk, request));
    assert_eq!(without(&desk).as_array().unwrap().len(), 2);
    assert_eq!(findings(&desk), [""; 0], "what lists keep of it is what going through all of it finds");
    unlock(&desk, "tara").unwrap();
    assert_eq!(today(&desk, "teamFollowUps"), [""; 0], "only the lead is told");
}

#[test]
fn a_family_that_has_lost_its_baby_is_followed_up_no_more() {
    let (_place, desk, added) = one_family();
    missed(&desk, &added, "was_not_brought");
    call(&desk, "record_loss", json!({"person": added["people"][0], "kind": "death", "lostOn": ""}));
    assert_eq!(today(&desk, "followUps"), [""; 0]);
    assert_eq!(text(&call(&desk, "story", json!({"family": added["family"]}))["followUp"]), "");
    assert_eq!(refused(&desk, "close_follow_up", closing(&added)), "follow_up_none");
}
