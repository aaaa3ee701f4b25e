//! Who is harmed and who harms are recorded of one person at a time, for the
//! team only: somebody who harms may be a parent, may read over a shoulder, and
//! may be told.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

const SECRET: &str = "Zephyrine of the boathouse";

/// A family of mother, father and baby, shared with a partner worker.
fn shared() -> (Place, Desk, Value) {
    let (place, desk, mut added) = one_family();
    let father = json!({"role": "father", "familyName": "O’Neill", "given": "Conor"});
    let father = call(&desk, "add_person", json!({"family": added["family"], "person": father}))["id"].clone();
    added["people"].as_array_mut().unwrap().push(father);
    let lead = place.desk_of("lead", desk);
    let seen = answer(&lead, "people", json!({"family": added["family"]})).unwrap()["seen"].clone();
    let allocated = json!({
        "episode": added["episode"], "keyWorker": user_id(&lead, "niamh"), "therapist": user_id(&lead, "tara"),
        "partnerWorker": user_id(&lead, "pip"), "seen": seen,
    });
    call(&lead, "allocate", allocated);
    let desk = place.desk_of("niamh", lead);
    (place, desk, added)
}

fn known(added: &Value, person: usize, kinds: &[&str]) -> Value {
    json!({
        "family": added["family"], "who": "person", "person": added["people"][person], "known": kinds, "words": SECRET,
        "learnedOn": "yesterday", "source": "She told me",
    })
}

fn entries(desk: &Desk, added: &Value) -> Vec<Value> {
    call(desk, "harm", json!({"family": added["family"]}))["entries"].as_array().unwrap().clone()
}

#[test]
fn who_is_harmed_and_who_harms_are_not_one_answer_for_the_household() {
    let (_place, desk, added) = shared();
    call(&desk, "record_harm", known(&added, 1, &["harmed", "substances"]));
    call(&desk, "record_harm", known(&added, 2, &["substances", "harms", "harmed"]));
    let mut unknown = known(&added, 1, &["harms"]);
    unknown["who"] = json!("not_known");
    call(&desk, "record_harm", unknown);
    let told: Vec<(String, String)> =
        entries(&desk, &added).iter().map(|entry| (text(&entry["about"]), entry["known"].to_string())).collect();
    let (harmed, harms, substances) =
        ("Is harmed by violence or control", "Harms others by violence or control", "Drinks or uses drugs so that it does harm");
    assert_eq!(
        told,
        [
            ("Not known who".to_owned(), json!([harms]).to_string()),
            ("Conor (father)".to_owned(), json!([harmed, harms, substances]).to_string()),
            ("Róisín (mother)".to_owned(), json!([harmed, substances]).to_string()),
        ]
    );
    assert_eq!(entries(&desk, &added)[1]["learned"], "Learned Sun 22-Nov-2026. Source: She told me");
}

#[test]
fn what_is_known_of_harm_is_read_on_its_own_screen_only_and_by_no_partner_worker() {
    let (place, desk, added) = shared();
    let saved = call(&desk, "record_harm", known(&added, 2, &["harms"]));
    assert!(entries(&desk, &added)[0].to_string().contains(SECRET));
    let mut desk = desk;
    for who in ["niamh", "tara", "lead", "pip", "owen", "dara", "iggy"] {
        desk = place.desk_of(who, desk);
        let own = answer(&desk, "harm", json!({"family": added["family"]}));
        assert_eq!(own.is_ok(), ["niamh", "tara", "lead"].contains(&who), "{who}");
        for (command, request) in [
            ("banner", json!({"family": added["family"]})),
            ("story", json!({"family": added["family"]})),
            ("people", json!({"family": added["family"]})),
            ("priority", json!({"family": added["family"]})),
            ("history", json!({"family": added["family"]})),
            ("today", json!({})),
            ("concerns", json!({})),
            ("caseload", json!({"mine": false, "filter": "open", "sort": "name"})),
            ("find", json!({"query": "zephyrine"})),
            ("find", json!({"query": "boathouse"})),
            ("summary", json!({})),
            ("open_note", json!({"family": added["family"]})),
        ] {
            let told = answer(&desk, command, request).map(|told| told.to_string()).unwrap_or_default();
            for secret in [SECRET, "Zephyrine", "by violence or control", "uses drugs", "She told me"] {
                assert!(!told.contains(secret), "{who} reads “{secret}” in {command}");
            }
        }
    }
    let pip = place.desk_of("pip", desk);
    let mark = json!({"row": saved["id"], "reason": "It is not so"});
    assert_eq!(refused(&pip, "mark_in_error", mark), "not_yours", "nor marked by one");
}

#[test]
fn a_flag_that_keeps_people_safe_shows_its_reason_to_the_team_and_in_no_banner() {
    let (place, desk, added) = shared();
    for kind in ["safe_contact", "visit_in_pairs"] {
        call(&desk, "set_flag", json!({"family": added["family"], "kind": kind, "detail": "Conor reads her phone"}));
    }
    call(&desk, "set_flag", json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum"}));
    let flags = call(&desk, "banner", json!({"family": added["family"]}))["flags"]["flags"].clone();
    let words: Vec<String> = flags.as_array().unwrap().iter().map(|flag| text(&flag["words"])).collect();
    assert_eq!(words, ["Visit in pairs", "Ask before contacting", "Interpreter: Tetum"]);
    assert!(!call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"})).to_string().contains("phone"));
    let reasons = |desk: &Desk| call(desk, "people", json!({"family": added["family"]}))["flagReasons"].as_array().unwrap().len();
    assert_eq!(reasons(&desk), 2);
    // Nor does why somebody asks that it be ended.
    let pairs = flags[0]["id"].clone();
    call(&desk, "end_flag", json!({"flag": pairs, "reason": "Conor moved out with the phone"}));
    assert!(call(&desk, "people", json!({"family": added["family"]}))["flagReasons"].to_string().contains("moved out"));
    for (command, request) in
        [("banner", json!({"family": added["family"]})), ("caseload", json!({"mine": true, "filter": "open", "sort": "name"}))]
    {
        assert!(!call(&desk, command, request).to_string().contains("phone"), "{command}");
    }
    let pip = place.desk_of("pip", desk);
    assert!(!call(&pip, "people", json!({"family": added["family"]})).to_string().contains("phone"));
    assert_eq!(reasons(&pip), 0);
}

#[test]
fn of_a_child_who_is_harmed_it_says_that_no_concern_is_open() {
    let (_place, desk, added) = shared();
    let said = |desk: &Desk, request: Value| text(&call(desk, "record_harm", request)["words"]);
    assert!(!said(&desk, known(&added, 1, &["harmed"])).contains("No concern"), "of a grown-up it asks for none");
    assert!(said(&desk, known(&added, 0, &["harmed"])).contains("No concern about this child is open"));
    sign(&desk, &added, note_with_concern(&added, "A mark on her arm."));
    let mut again = known(&added, 0, &["harmed"]);
    again["source"] = json!("The health visitor");
    assert!(!said(&desk, again).contains("No concern"));
}

#[test]
fn of_somebody_who_is_not_recorded_it_is_said_who_and_of_a_baby_only_that_it_is_harmed() {
    let (_place, desk, added) = shared();
    let with = |field: &str, value: Value| {
        let mut request = known(&added, 1, &["harmed"]);
        request[field] = value;
        refused(&desk, "record_harm", request)
    };
    assert_eq!(with("who", Value::Null), "harm_no_who");
    assert_eq!(with("person", Value::Null), "harm_not_of_family");
    assert_eq!(with("person", added["family"].clone()), "harm_not_of_family");
    assert_eq!(with("known", json!([])), "harm_no_known");
    assert_eq!(with("learnedOn", json!("")), "harm_no_day");
    assert_eq!(with("learnedOn", json!("tomorrow")), "harm_in_future");
    assert_eq!(with("learnedOn", json!("3/3/1926")), "harm_long_ago");
    assert_eq!(with("source", json!(" - ")), "harm_no_source");
    assert_eq!(refused(&desk, "record_harm", known(&added, 0, &["harms"])), "harm_baby");
    let mut other = known(&added, 1, &["harms"]);
    other["who"] = json!("not_recorded");
    other["words"] = json!("");
    assert_eq!(refused(&desk, "record_harm", other.clone()), "harm_who_else");
    other["words"] = json!("Her former partner");
    call(&desk, "record_harm", other.clone());
    assert!(entries(&desk, &added).iter().all(|entry| entry["about"] == "Somebody who is not in this record"));
    call(&desk, "record_harm", known(&added, 0, &["harmed"]));
    assert_eq!(refused(&desk, "record_harm", other), "harm_recorded", "the same again later adds nothing");
}

#[test]
fn what_was_known_of_harm_in_error_is_struck_and_the_history_tells_nothing_of_it() {
    let (place, desk, added) = shared();
    let saved = call(&desk, "record_harm", known(&added, 2, &["harms"]));
    call(&desk, "mark_in_error", json!({"row": saved["id"], "reason": "It was his brother"}));
    let struck = &entries(&desk, &added)[0];
    assert!(text(&struck["inError"]).contains("It was his brother") && struck["mayMarkInError"] == false);
    let history = call(&desk, "history", json!({"family": added["family"]}))["lines"].to_string();
    assert!(history.contains("Wrote in the part for the team only"));
    for secret in [SECRET, "brother", "Conor", "known of harm"] {
        let told = history.replace("Given name: Conor", "");
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    let tara = place.desk_of("tara", desk);
    let hers = call(&tara, "record_harm", known(&added, 1, &["harmed"]));
    call(&tara, "mark_in_error", json!({"row": hers["id"], "reason": "Misheard on the stairs"}));
}
