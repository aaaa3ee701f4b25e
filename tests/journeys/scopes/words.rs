//! Words that not everybody who opens a family may read: what was told in
//! confidence, what is still a draft, and names.

use attune_core::desk::Desk;
use serde_json::json;

use super::commands::OF_A_FAMILY;
use super::practice::{TOLD_IN_CONFIDENCE, open_cases, practice_place, signed_in};
use crate::support::{call, refused, text};

#[test]
fn ace_conversations_open_to_fewer_than_the_record() {
    let (place, theirs) = practice_place();
    let tara = signed_in(&place, "tara");
    call(&tara, "story", json!({"family": theirs.family}));
    for command in ["ace", "begin_ace", "record_ace", "record_exposure"] {
        let (_, request) = OF_A_FAMILY.iter().find(|row| row.0 == command).unwrap();
        assert_eq!(refused(&tara, command, request(&theirs)), "not_yours", "a therapist who is not the family's: {command}");
    }
    drop(tara);
    for reader in ["tara", "lead", "iggy", "owen"] {
        let desk = signed_in(&place, reader);
        let history = call(&desk, "history", json!({"family": theirs.family})).to_string();
        assert!(!history.contains(TOLD_IN_CONFIDENCE) && !history.contains("emotional_abuse"), "{reader} reads it in the history");
        if reader != "iggy" {
            let everywhere =
                ["story", "people", "banner", "placements", "priority"].map(|view| call(&desk, view, json!({"family": theirs.family})));
            assert!(!everywhere.iter().any(|view| view.to_string().contains(TOLD_IN_CONFIDENCE)), "{reader} reads it elsewhere");
            let found = call(&desk, "find", json!({"query": "Zephyrine"}));
            assert_eq!((found["people"].as_array().unwrap().len(), found["notes"].as_array().unwrap().len()), (0, 0), "{reader} finds it");
        }
    }
    let owen = signed_in(&place, "owen");
    assert!(call(&owen, "ace", json!({"family": theirs.family})).to_string().contains(TOLD_IN_CONFIDENCE), "the key worker reads it");
}

#[test]
fn information_governance_reads_histories_without_names_or_words() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let names: Vec<String> = call(&lead, "people", json!({"family": theirs.family}))["people"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|person| [text(&person["entry"]["familyName"]), text(&person["entry"]["given"])])
        .filter(|name| name.chars().count() > 3)
        .collect();
    drop(lead);
    let iggy = signed_in(&place, "iggy");
    let history = call(&iggy, "history", json!({"family": theirs.family}));
    assert!(history["banner"].is_null());
    let lines = history["lines"].as_array().unwrap();
    assert!(lines.len() > 5 && lines.iter().all(|line| line["details"] == json!([])));
    let index = call(&iggy, "families_index", json!({}));
    for shown in [history.to_string(), index.to_string()] {
        let told: Vec<&String> = names.iter().filter(|name| shown.contains(name.as_str())).collect();
        assert!(!names.is_empty() && told.is_empty(), "information governance reads {told:?}");
    }
}

#[test]
fn a_draft_is_its_authors_alone() {
    let (place, theirs) = practice_place();
    let typed = "half a sentence that is nobody else’s";
    let keep = |desk: &Desk, text: &str| call(desk, "save_draft", json!({"episode": theirs.episode, "entry": {"saw": text}}));
    let reads = |desk: &Desk| {
        let views = ["open_note", "story", "history"].map(|view| call(desk, view, json!({"family": theirs.family})).to_string());
        let lists = [
            call(desk, "today", json!({})),
            call(desk, "caseload", open_cases(false)),
            call(desk, "find", json!({"query": "nobody else’s"})),
        ];
        views.concat() + &lists.map(|list| list.to_string()).concat()
    };
    keep(&signed_in(&place, "owen"), typed);
    for other in ["lead", "tara"] {
        let desk = signed_in(&place, other);
        assert!(!reads(&desk).contains(typed), "{other} reads a draft of owen's");
        assert!(call(&desk, "open_note", json!({"family": theirs.family}))["draftSaved"].is_null());
        assert_eq!(call(&desk, "story", json!({"family": theirs.family}))["draft"], "");
        keep(&desk, &format!("by {other}"));
        call(&desk, "discard_draft", json!({"episode": theirs.episode}));
    }
    let owen = signed_in(&place, "owen");
    let form = call(&owen, "open_note", json!({"family": theirs.family}));
    assert_eq!(form["entry"]["saw"], typed, "others throwing theirs away leave owen's");
    assert!(!call(&owen, "history", json!({"family": theirs.family})).to_string().contains(typed), "a draft is not in the log");
}

#[test]
fn another_family_is_named_to_nobody_while_a_person_is_typed() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let people = call(&lead, "people", json!({"family": theirs.family}));
    let infant = people["people"][0]["entry"].clone();
    drop(lead);
    let niamh = signed_in(&place, "niamh");
    let echo = call(&niamh, "echo_person", json!({"person": infant, "family": null}));
    let similar: Vec<String> = echo["similar"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(similar, ["A person with the same details is in the record of another family. Ask the service lead."]);
}
