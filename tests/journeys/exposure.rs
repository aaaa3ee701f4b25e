//! What an infant lives with now, and the concern that comes of it.

use attune_core::desk::Desk;
use attune_core::ids::ActId;
use serde_json::{Value, json};

use super::support::*;

/// What is known of the first infant of a family, and what it means for safety.
fn known(added: &Value, safety: &Value) -> Value {
    let mut request = json!({
        "person": added["people"][0], "answers": [{"category": "violence_at_home", "answer": "suspected"}], "words": "Shouting at night.",
    });
    for (field, value) in safety.as_object().unwrap() {
        request[field] = value.clone();
    }
    request
}

/// All that a new concern needs.
fn new_concern(added: &Value) -> Value {
    let concern = note_with_concern(added, "")["concern"].clone();
    json!({"safety": "new_concern", "concern": concern})
}

fn waiting(desk: &Desk) -> Vec<Value> {
    call(desk, "concerns", json!({}))["concerns"].as_array().unwrap().clone()
}

fn recorded(desk: &Desk, added: &Value) -> Vec<Value> {
    call(desk, "ace", json!({"family": added["family"]}))["infants"][0]["entries"].as_array().unwrap().clone()
}

#[test]
fn a_new_concern_is_opened_in_the_act_that_records_the_exposure() {
    let (place, desk, added) = one_family();
    let act: ActId = "0190f3f4-0000-7000-8000-000000000005".parse().unwrap();
    let request = known(&added, &new_concern(&added));
    for time in ["once", "and again"] {
        answer_act(&desk, "record_exposure", request.clone(), Some(act)).unwrap_or_else(|error| panic!("{time}: {error}"));
    }
    assert_eq!(recorded(&desk, &added).len(), 1, "a request that is sent twice is one act");
    let lines = recorded(&desk, &added)[0]["lines"].to_string();
    assert!(lines.contains("Safety now: New concern · Raised by niamh of the team"), "{lines}");

    let history = call(&desk, "history", json!({"family": added["family"]}));
    let acts = history["lines"].as_array().unwrap().iter();
    let acts: Vec<&Value> = acts.filter(|line| line["what"] == "Wrote in the ACE record of a child").collect();
    assert_eq!(acts.len(), 1, "one operation");
    let details = acts[0]["details"].to_string();
    assert!(details.contains("What was seen or heard: What was seen.") && details.contains("Which children: Fiadh"), "{details}");
    assert!(!details.contains("Shouting at night") && !details.contains("Violence"), "the exposure stays on its own screen: {details}");

    let story = call(&desk, "story", json!({"family": added["family"]}));
    let told = &story["entries"][0];
    assert_eq!((&told["what"], &told["concern"]["what"]), (&json!("concern"), &json!("What was seen.")), "it is in the story");
    assert!(!story.to_string().contains("Shouting at night"));
    let caseload = call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}));
    assert_eq!(caseload["rows"][0]["concern"], "Concern");

    let tara = place.desk_of("tara", desk);
    let mine = waiting(&tara);
    assert_eq!((mine.len(), &mine[0]["children"]), (1, &json!("Fiadh · not in immediate danger")));
    assert_eq!(mine[0]["contact"], Value::Null);
    let today = call(&tara, "today", json!({}));
    assert!(today["concerns"].to_string().contains("Raised by niamh of the team"), "{today}");
    assert_eq!(call(&tara, "story", json!({"family": added["family"]}))["entries"][0]["news"], "New");
    call(&tara, "answer_concern", json!({"concern": mine[0]["id"], "decision": "gateway", "answer": "Referred to Gateway at once."}));
    assert!(waiting(&tara).is_empty());
}

#[test]
fn a_concern_that_is_not_complete_records_neither() {
    let (_place, desk, added) = one_family();
    for (field, code) in [
        ("danger", "concern_no_danger"),
        ("what", "concern_no_what"),
        ("toldWhom", "concern_told_nobody"),
        ("toldWhen", "concern_no_when"),
        ("police", "concern_no_police"),
        ("policeWhyNot", "concern_police_why"),
        ("parent", "concern_no_parent"),
    ] {
        let mut request = known(&added, &new_concern(&added));
        request["concern"].as_object_mut().unwrap().insert(
            field.to_owned(),
            if field.contains("hy") || field.starts_with('t') || field == "what" { json!("") } else { Value::Null },
        );
        let error = answer(&desk, "record_exposure", request).unwrap_err();
        assert_eq!((error.code.as_str(), error.field), (code, Some(format!("concern.{field}"))));
    }
    let mut in_danger = known(&added, &new_concern(&added));
    in_danger["concern"]["danger"] = json!("now");
    in_danger["concern"]["action"] = json!(" ");
    assert_eq!(refused(&desk, "record_exposure", in_danger), "concern_no_action");
    let mut long_ago = known(&added, &new_concern(&added));
    long_ago["concern"]["toldWhen"] = json!("20/11/2024 15:10");
    assert_eq!(refused(&desk, "record_exposure", long_ago), "concern_told_long_ago", "a slip of the year");
    assert_eq!(refused(&desk, "record_exposure", known(&added, &json!({}))), "ace_concern");
    assert!(recorded(&desk, &added).is_empty() && waiting(&desk).is_empty(), "nothing of it was recorded");
}

#[test]
fn already_recorded_names_an_open_concern_about_this_child() {
    let (place, desk, added) = one_family();
    let safety = |desk: &Desk| {
        let infant = call(desk, "ace", json!({"family": added["family"]}))["infants"][0].clone();
        let codes: Vec<String> = infant["safety"].as_array().unwrap().iter().map(|choice| text(&choice["code"])).collect();
        (codes, infant["earlier"].as_array().unwrap().len())
    };
    let already = |earlier: Value| known(&added, &json!({"safety": "already_recorded", "earlier": earlier}));
    assert_eq!(safety(&desk), (vec!["new_concern".to_owned(), "no_concern".to_owned()], 0), "it is not offered");
    assert_eq!(refused(&desk, "record_exposure", already(json!([]))), "ace_none_recorded");
    let sean = json!({"role": "sibling", "familyName": "O’Neill", "given": "Seán"});
    let sean = call(&desk, "add_person", json!({"family": added["family"], "person": sean}))["id"].clone();
    let mut of_a_brother = note_with_concern(&added, "A mark on his arm.");
    of_a_brother["concern"]["children"] = json!([sean]);
    sign(&desk, &added, of_a_brother);
    assert_eq!(refused(&desk, "record_exposure", already(json!([]))), "ace_none_recorded", "a concern about a brother is none about her");
    sign(&desk, &added, note_with_concern(&added, "A mark on her arm."));
    assert_eq!(safety(&desk), (["already_recorded", "new_concern", "no_concern"].map(str::to_owned).to_vec(), 1));
    call(&desk, "record_exposure", already(json!([])));
    let lines = recorded(&desk, &added)[0]["lines"].to_string();
    assert!(lines.contains("Safety now: Already recorded as a concern · Raised by niamh of the team"), "{lines}");

    place.later(1);
    sign(&desk, &added, note_with_concern(&added, "Shouting behind the door."));
    assert_eq!(refused(&desk, "record_exposure", already(json!([]))), "ace_which_recorded", "of two, which is said");
    let earlier = call(&desk, "ace", json!({"family": added["family"]}))["infants"][0]["earlier"][1]["code"].clone();
    call(&desk, "record_exposure", already(json!([earlier])));

    let tara = place.desk_of("tara", desk);
    for concern in waiting(&tara) {
        let closed = json!({"concern": concern["id"], "decision": "no_further_action", "answer": "All of it was explained."});
        call(&tara, "answer_concern", closed);
    }
    assert_eq!(refused(&tara, "record_exposure", already(json!([earlier]))), "ace_none_recorded", "one that was closed is none");
}

#[test]
fn that_it_is_no_safety_concern_is_said_with_a_reason() {
    let (_place, desk, added) = one_family();
    let because = |words: &str| known(&added, &json!({"safety": "no_concern", "because": words}));
    for words in ["", "...", "fine", "it is"] {
        assert_eq!(refused(&desk, "record_exposure", because(words)), "ace_no_because", "{words:?}");
    }
    call(&desk, "record_exposure", because("He moved out before she was born."));
    let lines = recorded(&desk, &added)[0]["lines"].to_string();
    assert!(lines.contains("Known, no safety concern, because: He moved out before she was born."), "{lines}");
    assert!(waiting(&desk).is_empty());
}

#[test]
fn a_new_concern_is_about_the_child_it_became_known_of() {
    let (_place, desk, added) = one_family();
    let sean = json!({"role": "sibling", "familyName": "O’Neill", "given": "Seán"});
    let sean = call(&desk, "add_person", json!({"family": added["family"], "person": sean}))["id"].clone();
    let mut request = known(&added, &new_concern(&added));
    request["concern"]["children"] = json!([sean]);
    assert_eq!(refused(&desk, "record_exposure", request.clone()), "ace_not_this_child");
    request["concern"]["children"] = json!([]);
    assert_eq!(refused(&desk, "record_exposure", request.clone()), "concern_no_child");
    request["concern"]["children"] = json!([added["people"][0], sean]);
    call(&desk, "record_exposure", request);
    assert_eq!(waiting(&desk)[0]["children"], "Fiadh and Seán · not in immediate danger");
}

#[test]
fn the_concern_waits_though_the_exposure_was_a_mistake() {
    let (_place, desk, added) = one_family();
    let exposure = call(&desk, "record_exposure", known(&added, &new_concern(&added)));
    call(&desk, "mark_in_error", json!({"row": exposure["id"], "reason": "Of another family"}));
    assert_eq!(waiting(&desk)[0]["id"], exposure["concern"], "a second person answers it all the same");
    let concern = json!({"row": exposure["concern"], "reason": "Of another family"});
    assert_eq!(refused(&desk, "mark_in_error", concern), "retract_concern", "and before that it is not marked");
}
