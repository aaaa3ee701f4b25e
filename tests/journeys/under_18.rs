//! A parent who is a child too is asked nothing about the past; and what is
//! said before anybody is asked is true.

use attune_core::ace::words::PURPOSE;
use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

/// Corrects the date of birth of the mother.
fn born(desk: &Desk, added: &Value, date: [&str; 3]) {
    let view = answer(desk, "people", json!({"family": added["family"]})).unwrap();
    let people = view["value"]["people"].as_array().unwrap();
    let mut entry = people.iter().find(|person| person["id"] == added["people"][1]).unwrap()["entry"].clone();
    entry["born"] = json!({"day": date[0], "month": date[1], "year": date[2]});
    call(desk, "amend_person", json!({"id": added["people"][1], "person": entry, "seen": view["seen"]}));
}

fn begin(added: &Value, adult: Option<bool>, here: &[&str], safe: bool) -> Value {
    json!({"person": added["people"][1], "wantsTo": true, "here": here, "safe": safe, "adult": adult})
}

fn sitting(added: &Value, kind: &str, adult: Option<bool>) -> Value {
    let mut request = begin(added, adult, &["nobody"], true);
    for (field, value) in [
        ("sitting", json!(kind)),
        ("answers", json!([{"category": "parents_apart", "answer": "no"}])),
        ("protective", json!([])),
        ("words", json!("In her words.")),
    ] {
        request[field] = value;
    }
    request
}

fn mother(desk: &Desk, added: &Value) -> Value {
    call(desk, "ace", json!({"family": added["family"]}))["parents"][0].clone()
}

#[test]
fn a_parent_under_18_is_asked_nothing_and_the_child_protection_route_is_named() {
    let (_place, desk, added) = one_family();
    for (date, is_under_18) in
        [(["24", "11", "2008"], true), (["23", "11", "2008"], false), (["1", "1", "1990"], false), (["24", "12", "2010"], true)]
    {
        born(&desk, &added, date);
        let began = answer(&desk, "begin_ace", begin(&added, Some(true), &["nobody"], true));
        assert_eq!(began.is_err(), is_under_18, "{date:?}");
        let instead = text(&mother(&desk, &added)["instead"]);
        assert_eq!(!instead.is_empty(), is_under_18, "{date:?}");
    }
    for kind in ["held", "declined", "not_offered"] {
        let error = answer(&desk, "record_ace", sitting(&added, kind, Some(true))).unwrap_err();
        assert_eq!(error.code, "ace_under_18", "{kind}");
        assert!(error.message.contains("child protection procedure") && error.message.contains("Gateway"), "{}", error.message);
    }
    let instead = text(&mother(&desk, &added)["instead"]);
    assert!(instead.contains("999") && instead.contains("child protection procedure") && instead.contains("Gateway"), "{instead}");
    assert_eq!(mother(&desk, &added)["entries"], json!([]));
}

#[test]
fn where_no_date_of_birth_is_recorded_it_is_asked_whether_they_are_18() {
    let (_place, desk, added) = one_family();
    assert!(text(&mother(&desk, &added)["askAge"]).contains("18 or over"));
    let said = |adult| begin(&added, adult, &["nobody"], true);
    assert_eq!(refused(&desk, "begin_ace", said(None)), "ace_ask_age");
    assert_eq!(refused(&desk, "begin_ace", said(Some(false))), "ace_under_18");
    assert_eq!(refused(&desk, "record_ace", sitting(&added, "held", None)), "ace_ask_age");
    assert_eq!(refused(&desk, "record_ace", sitting(&added, "held", Some(false))), "ace_under_18");
    call(&desk, "begin_ace", said(Some(true)));
    born(&desk, &added, ["1", "1", "1990"]);
    assert_eq!(mother(&desk, &added)["askAge"], "");
    call(&desk, "begin_ace", said(None));
}

#[test]
fn a_date_of_birth_that_is_recorded_later_says_that_a_parent_was_under_18() {
    let (_place, desk, added) = one_family();
    call(&desk, "record_ace", sitting(&added, "held", Some(true)));
    assert_eq!(mother(&desk, &added)["entries"][0]["warning"], "");
    born(&desk, &added, ["2", "5", "2010"]);
    let warning = text(&mother(&desk, &added)["entries"][0]["warning"]);
    assert!(warning.contains("under 18 then") && warning.contains("child protection"), "{warning}");
    assert_eq!(refused(&desk, "record_ace", sitting(&added, "held", Some(true))), "ace_under_18", "what was being typed too");
    born(&desk, &added, ["2", "5", "1999"]);
    assert_eq!(mother(&desk, &added)["entries"][0]["warning"], "", "and a slip that is corrected says nothing");
}

#[test]
fn a_concern_can_be_about_a_parent_under_18() {
    let (_place, desk, added) = one_family();
    let mut entry = note_with_concern(&added, "She told about her uncle.");
    entry["concern"]["children"] = json!([added["people"][1]]);
    born(&desk, &added, ["2", "5", "2010"]);
    sign(&desk, &added, entry);
    let concern = call(&desk, "concerns", json!({}))["concerns"][0].clone();
    assert_eq!(concern["children"], "Róisín · not in immediate danger");
}

#[test]
fn who_else_is_there_is_said_and_only_a_professional_interprets() {
    let (_place, desk, added) = one_family();
    for (here, code) in [
        (&[][..], Some("ace_who_is_here")),
        (&["nobody", "baby"], Some("ace_who_is_here")),
        (&["family"], Some("ace_not_alone")),
        (&["baby", "family"], Some("ace_not_alone")),
        (&["other_interpreter"], Some("ace_interpreter")),
        (&["interpreter", "colleague", "baby"], None),
        (&["nobody"], None),
    ] {
        let began = answer(&desk, "begin_ace", begin(&added, Some(true), here, true));
        assert_eq!(began.err().map(|error| error.code.to_string()), code.map(str::to_owned), "{here:?}");
    }
    assert_eq!(refused(&desk, "begin_ace", begin(&added, Some(true), &["nobody"], false)), "ace_not_safe");
    let mut held = sitting(&added, "held", Some(true));
    held["here"] = json!(["interpreter", "baby"]);
    call(&desk, "record_ace", held);
    let lines = mother(&desk, &added)["entries"][0]["lines"].to_string();
    assert!(lines.contains("Who else was there: A professional interpreter, The baby"), "{lines}");
}

/// It can be said aloud to the person it is about, and names those who may read.
#[test]
fn what_is_said_before_anything_is_asked_is_true_and_said_to_the_parent() {
    for said in [
        "you",
        "skip any question",
        "The key worker and the therapist for your family",
        "the service lead",
        "ask to see",
        "court",
        "serious crime",
        "long ago",
        "police",
        "in danger",
        "Afterwards",
    ] {
        assert!(PURPOSE.contains(said), "{said}");
    }
    for not in ["the parent", "the mother", "disclos", "ACE", "safeguarding", "baby", "only by"] {
        assert!(!PURPOSE.to_lowercase().contains(&not.to_lowercase()), "{not}");
    }
    let longest = PURPOSE.split(['.', '?', '\n']).map(|sentence| sentence.split_whitespace().count()).max().unwrap();
    assert!(longest <= 36, "{longest} words are one breath too many");
    let place = lived_in().place.copy();
    let added = &lived_in().families[0];
    let may: Vec<&str> = ["niamh", "lead", "owen", "pip", "dara", "iggy"]
        .into_iter()
        .filter(|who| answer(&place.as_user(who), "ace", json!({"family": added["family"]})).is_ok())
        .collect();
    assert_eq!(may, ["niamh", "lead"], "her key worker and the service lead, and no other");
}
