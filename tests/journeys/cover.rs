//! Somebody is away for a time: who covers opens their families until a lead
//! gives them back, and nothing happens by itself on a day.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

/// What the lead asks: Owen covers for Niamh for a week.
fn asked(desk: &Desk) -> Value {
    json!({"user": user_id(desk, "niamh"), "coveredBy": user_id(desk, "owen"), "until": "+7d", "reason": "On leave"})
}

/// A team with one family of niamh's that owen covers; the lead is signed in.
fn covered() -> (Place, Desk, Value) {
    let (place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let saved = call(&desk, "cover", asked(&desk));
    assert_eq!(saved["words"], "owen of the team covers 1 family for niamh of the team until Mon 30-Nov-2026.");
    (place, desk, added)
}

fn give_back(desk: &Desk) -> Value {
    let niamh = user_id(desk, "niamh");
    call(desk, "give_back", json!({"user": niamh}))["words"].clone()
}

fn opens(desk: &Desk, who: &str, added: &Value) -> bool {
    unlock(desk, who).unwrap();
    let opened = answer(desk, "people", json!({"family": added["family"]}));
    opened.map_err(|error| assert_eq!(error.code.as_str(), "not_yours")).is_ok()
}

fn allocate(desk: &Desk, added: &Value, key_worker: &str) {
    let people = answer(desk, "people", json!({"family": added["family"]})).unwrap();
    let workers = &people["value"]["episode"];
    let request = json!({
        "episode": added["episode"], "keyWorker": user_id(desk, key_worker), "therapist": workers["therapist"],
        "partnerWorker": workers["partnerWorker"], "seen": people["seen"],
    });
    call(desk, "allocate", request);
}

fn leaves(desk: &Desk, who: &str) -> Value {
    let users = answer(desk, "users", json!({})).unwrap();
    let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == who).unwrap();
    json!({
        "user": user["id"], "name": user["name"], "role": user["role"], "organisation": user["organisation"], "active": false, "seen": users["seen"],
    })
}

fn covers(desk: &Desk) -> Vec<String> {
    let view = call(desk, "covers", json!({}));
    view["lasting"].as_array().unwrap().iter().map(|one| text(&one["words"])).collect()
}

fn cover_words(desk: &Desk, added: &Value) -> String {
    text(&call(desk, "people", json!({"family": added["family"]}))["episode"]["cover"])
}

#[test]
fn who_covers_opens_the_family_until_a_lead_gives_it_back_and_its_history_tells_it() {
    let (_place, desk, added) = covered();
    assert_eq!(covers(&desk), ["owen of the team covers 1 family for niamh of the team until Mon 30-Nov-2026: On leave"]);
    assert_eq!((opens(&desk, "niamh", &added), opens(&desk, "owen", &added)), (false, true));
    assert_eq!(cover_words(&desk, &added), "Covered by owen of the team for niamh of the team until Mon 30-Nov-2026: On leave");
    unlock(&desk, "lead").unwrap();
    assert_eq!(give_back(&desk), "1 family went back to niamh of the team.");
    assert_eq!((covers(&desk), cover_words(&desk, &added)), (Vec::new(), String::new()));
    assert_eq!((opens(&desk, "owen", &added), opens(&desk, "niamh", &added)), (false, true));
    let history = call(&desk, "history", json!({"family": added["family"]})).to_string();
    let told = ["Gave the families of somebody who is away", "Gave covered families back", "On leave", "30-Nov-2026", "Ended on"];
    for said in told {
        assert!(history.contains(said), "{said}: {history}");
    }
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn only_a_lead_arranges_a_cover_and_each_thing_that_is_missing_is_said() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let request = asked(&desk);
    for who in ["niamh", "owen", "tara", "dara", "iggy", "pip"] {
        unlock(&desk, who).unwrap();
        for (command, request) in [("cover", request.clone()), ("give_back", json!({"user": request["user"]})), ("covers", json!({}))] {
            assert_eq!(refused(&desk, command, request), "denied", "{who}: {command}");
        }
    }
    unlock(&desk, "lead").unwrap();
    let wrong = [
        ("coveredBy", Value::Null, "cover_nobody"),
        ("coveredBy", request["user"].clone(), "cover_same_person"),
        ("coveredBy", user_id(&desk, "pip"), "cover_cannot"),
        ("coveredBy", user_id(&desk, "dara"), "cover_cannot"),
        ("until", json!("today"), "cover_past"),
        ("until", json!("23-Nov-2026"), "cover_past"),
        ("reason", json!("..."), "cover_reason"),
        ("user", user_id(&desk, "owen"), "cover_no_families"),
        ("user", user_id(&desk, "tara"), "cover_no_families"),
    ];
    for (field, value, code) in wrong {
        let mut request = request.clone();
        request[field] = value;
        let error = answer(&desk, "cover", request).unwrap_err();
        assert_eq!(error.code.as_str(), code);
        assert_eq!(error.field.as_deref(), (field != "user").then_some(field), "{code}");
    }
    let mut unread = request.clone();
    unread["until"] = json!("some day");
    assert_eq!(answer(&desk, "cover", unread).unwrap_err().field.as_deref(), Some("until"));
    assert_eq!(refused(&desk, "give_back", json!({"user": request["user"]})), "cover_none");
    assert!(opens(&desk, "niamh", &added), "nothing was changed");
}

#[test]
fn nobody_is_covered_twice_and_who_is_away_covers_for_nobody() {
    let (_place, desk, _added) = covered();
    assert_eq!(refused(&desk, "cover", asked(&desk)), "cover_already");
    let back = json!({"user": user_id(&desk, "owen"), "coveredBy": user_id(&desk, "niamh"), "until": "+7d", "reason": "On leave"});
    assert_eq!(refused(&desk, "cover", back), "cover_away_too");
    let view = call(&desk, "covers", json!({}));
    assert!(!view["choices"].to_string().contains("niamh"), "she is not offered: {view}");
    assert_eq!(view["withFamilies"], json!([user_id(&desk, "owen")]));
    give_back(&desk);
    assert_eq!(refused(&desk, "give_back", json!({"user": user_id(&desk, "niamh")})), "cover_none");
    call(&desk, "cover", asked(&desk));
    assert_eq!(covers(&desk).len(), 1, "another time is another cover");
}

#[test]
fn a_family_that_was_given_to_somebody_else_meanwhile_stays_with_them_and_it_is_said() {
    let (_place, desk, added) = covered();
    unlock(&desk, "owen").unwrap();
    unlock(&desk, "lead").unwrap();
    allocate(&desk, &added, "lead");
    assert_eq!(cover_words(&desk, &added), "", "nobody covers it any more");
    let reference = text(&call(&desk, "banner", json!({"family": added["family"]}))["reference"]);
    assert_eq!(give_back(&desk), format!("1 family stays with whom it was given to since: {reference} (Lead)."));
    assert!(!opens(&desk, "niamh", &added));
    unlock(&desk, "lead").unwrap();
    // What a lead gave back by hand is not told as given away.
    allocate(&desk, &added, "niamh");
    call(&desk, "cover", asked(&desk));
    allocate(&desk, &added, "niamh");
    assert_eq!(give_back(&desk), "The cover for niamh of the team has ended. Every family was with them already.");
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn on_its_last_day_a_cover_is_on_the_leads_today_and_nothing_ends_by_itself() {
    let (place, desk, added) = covered();
    let due = |desk: &Desk| call(desk, "today", json!({}))["covers"].as_array().unwrap().len();
    assert_eq!(due(&desk), 0);
    for (days, lines) in [(6, 0), (1, 1), (30, 1)] {
        place.later(days * 24 * 60);
        unlock(&desk, "lead").unwrap();
        assert_eq!(due(&desk), lines, "{days} more");
    }
    unlock(&desk, "tara").unwrap();
    assert_eq!(due(&desk), 0, "only a lead gives back");
    assert!(opens(&desk, "owen", &added), "the day alone takes nothing from who covers");
    unlock(&desk, "lead").unwrap();
    give_back(&desk);
    assert_eq!(due(&desk), 0);
}

#[test]
fn when_who_is_away_leaves_the_cover_ends_and_the_families_stay_where_they_are() {
    let (_place, desk, added) = covered();
    let mut request = leaves(&desk, "niamh");
    let held = call(&desk, "leaving", json!({"user": request["user"], "role": "key_worker", "active": false}));
    let said = "owen of the team covers 1 family for niamh of the team until Mon 30-Nov-2026: On leave. The families stay where they are.";
    assert_eq!((&held["families"], &held["unfinished"]), (&json!([]), &json!([said])));
    assert_eq!(refused(&desk, "amend_user", request.clone()), "user_leaves_unfinished");
    request["unfinishedRead"] = json!(true);
    let niamh = request["user"].clone();
    call(&desk, "amend_user", request);
    assert_eq!(covers(&desk), [""; 0]);
    assert_eq!(refused(&desk, "give_back", json!({"user": niamh})), "cover_has_left");
    assert_eq!(cover_words(&desk, &added), "");
    assert!(opens(&desk, "owen", &added));
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn who_covers_and_leaves_hands_over_the_covered_families_like_others() {
    let (_place, desk, added) = covered();
    let mut request = leaves(&desk, "owen");
    let held = call(&desk, "leaving", json!({"user": request["user"], "role": "key_worker", "active": false}));
    assert_eq!(held["families"][0]["placeWords"], "key worker, covering for niamh of the team until Mon 30-Nov-2026");
    request["handOver"] = json!([{"episode": added["episode"], "place": "key_worker", "to": user_id(&desk, "niamh")}]);
    request["unfinishedRead"] = json!(true);
    call(&desk, "amend_user", request);
    assert_eq!(give_back(&desk), "The cover for niamh of the team has ended. Every family was with them already.");
    assert!(opens(&desk, "niamh", &added));
}

/// Why somebody is away is for the team.
#[test]
fn a_partner_worker_reads_who_covers_and_not_why() {
    let (_place, desk, added) = covered();
    let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let request = json!({
        "episode": added["episode"], "keyWorker": user_id(&desk, "owen"), "therapist": null, "partnerWorker": user_id(&desk, "pip"),
        "seen": people["seen"],
    });
    call(&desk, "allocate", request);
    unlock(&desk, "pip").unwrap();
    assert_eq!(cover_words(&desk, &added), "Covered by owen of the team for niamh of the team until Mon 30-Nov-2026");
}

/// The mark may be taken back, and then the family is with who came back.
#[test]
fn a_family_that_is_entered_in_error_meanwhile_goes_back_too() {
    let (_place, desk, added) = covered();
    let mark = call(&desk, "mark_in_error", json!({"row": added["family"], "reason": "Added a second time"}))["id"].clone();
    assert_eq!(give_back(&desk), "1 family went back to niamh of the team.");
    call(&desk, "mark_in_error", json!({"row": mark, "reason": "It is another family after all"}));
    assert!(opens(&desk, "niamh", &added));
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}
