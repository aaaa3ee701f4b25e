//! The team's own lists and its model of the steps: what is offered changes,
//! what was recorded keeps its words.

use serde_json::{Value, json};

use super::support::*;

/// A list as it would be sent back, with something done to its entries.
fn changed(list: &Value, change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let mut entries = list["entries"].as_array().unwrap().clone();
    change(&mut entries);
    json!({"list": list["list"], "version": list["version"], "entries": entries})
}

fn what_we_did(desk: &attune_core::desk::Desk, contact: &Value) -> String {
    let note = call(desk, "contact", json!({"contact": contact}));
    let section = note["sections"].as_array().unwrap().iter().find(|section| section["label"] == "What we did").unwrap();
    text(&section["text"])
}

#[test]
fn that_the_steps_are_an_example_is_said_to_a_lead_until_the_team_adopts_its_own() {
    let (_place, desk, _) = one_family();
    let said = |desk: &attune_core::desk::Desk| text(&call(desk, "today", json!({}))["exampleModel"]);
    assert_eq!(said(&desk), "", "a key worker cannot change them");
    unlock(&desk, "lead").unwrap();
    assert!(said(&desk).contains("No Trust has approved them"), "{}", said(&desk));
    let model = call(&desk, "step_model", json!({}));
    call(&desk, "change_step_model", json!({"version": model["version"], "label": "Our Trust’s steps", "steps": model["steps"]}));
    assert_eq!(said(&desk), "");
    let practice = Place::new();
    let desk = practice_desk(&practice);
    unlock_with(&desk, "lead", attune_core::practice::PASSPHRASE).unwrap();
    assert_eq!(said(&desk), "", "a practice record takes the example");
}

#[test]
fn a_list_that_is_changed_rewords_nothing_that_was_signed() {
    let (place, desk, added) = one_family();
    let before = sign(&desk, &added, note(&added, "Long looks."));
    unlock(&desk, "lead").unwrap();
    let list = call(&desk, "lists", json!({}))["lists"][0].clone();
    assert_eq!((text(&list["title"]), text(&list["changed"])), ("What we did".to_owned(), "As it came with Attune".to_owned()));
    let request = changed(&list, |entries| {
        let play = entries.iter_mut().find(|entry| entry["code"] == "play_observed").unwrap();
        play["words"] = json!("Watched play");
        let massage = entries.iter_mut().find(|entry| entry["code"] == "baby_massage").unwrap();
        massage["retired"] = json!(true);
        entries.push(json!({"code": "", "words": "Sang together", "retired": false}));
    });
    call(&desk, "change_list", request.clone());
    assert_eq!(refused(&desk, "change_list", request), "changed_since", "it was read before that");
    let now = call(&desk, "lists", json!({}))["lists"][0].clone();
    assert_eq!(text(&now["changed"]), "Changed by Lead, Mon 23-Nov-2026, 15:21");
    let gone = changed(&now, |entries| drop(entries.remove(0)));
    assert_eq!(refused(&desk, "change_list", gone), "list_entry_gone");

    unlock(&desk, "niamh").unwrap();
    let offered = call(&desk, "open_note", json!({"family": added["family"]}))["activities"].clone();
    let offered: Vec<String> = offered.as_array().unwrap().iter().map(|choice| text(&choice["words"])).collect();
    assert!(offered.contains(&"Watched play".to_owned()) && offered.contains(&"Sang together".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"Baby massage".to_owned()), "{offered:?}");

    place.later(5);
    let mut entry = note(&added, "Again.");
    // A draft of before the list was changed has what is no longer offered.
    entry["did"] = json!(["play_observed", "baby_massage", "sang_together", "Tea"]);
    let after = sign(&desk, &added, entry);
    assert_eq!(what_we_did(&desk, &before), "Play observed");
    assert_eq!(what_we_did(&desk, &after), "Watched play · Baby massage · Sang together · Tea");
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
    let history = call(&desk, "team_history", json!({}));
    let line = history["lines"].as_array().unwrap().iter().find(|line| line["what"] == "Changed a list").unwrap();
    assert!(line["details"].to_string().contains("Baby massage (retired)"), "{line}");
}

#[test]
fn a_model_that_is_changed_rewords_no_step_that_was_recorded() {
    let (place, desk, added) = one_family();
    let step = json!({
        "family": added["family"], "step": 2, "rationale": "She turns away when she is picked up.", "indicators": ["isolation"],
        "parentView": "", "infantShows": "Looks.",
    });
    call(&desk, "place", step.clone());
    unlock(&desk, "lead").unwrap();
    let model = call(&desk, "step_model", json!({}));
    assert_eq!(model["version"], "00000000-0000-0000-0000-000000000000");
    let mut request = json!({"version": model["version"], "label": "The Trust’s own", "steps": model["steps"]});
    request["steps"][1]["name"] = json!("Early support");
    let isolation = request["steps"][1]["indicators"].as_array_mut().unwrap().iter_mut().find(|one| one["code"] == "isolation").unwrap();
    isolation["words"] = json!("Lonely");
    request["steps"][1]["indicators"][0]["retired"] = json!(true);
    let retired = request["steps"][1]["indicators"][0]["code"].clone();
    call(&desk, "change_step_model", request.clone());
    assert_eq!(refused(&desk, "change_step_model", request), "changed_since");

    place.later(5);
    unlock(&desk, "niamh").unwrap();
    call(&desk, "place", step.clone());
    let view = call(&desk, "placements", json!({"family": added["family"]}));
    assert_eq!(text(&view["modelLabel"]), "The Trust’s own");
    let told: Vec<(String, String)> =
        view["placements"].as_array().unwrap().iter().map(|one| (text(&one["title"]), text(&one["indicators"][0]))).collect();
    let wanted = [("Step 2 · Early support", "Lonely"), ("Step 2 · Early help", "Alone, or low in confidence")];
    assert_eq!(told, wanted.map(|(title, indicator)| (title.to_owned(), indicator.to_owned())));
    assert!(!view["steps"][1]["indicators"].to_string().contains(retired.as_str().unwrap()));
    let mut of_another = step;
    of_another["indicators"] = json!(["severe_violence"]);
    assert_eq!(refused(&desk, "place", of_another), "placement_indicator");
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
    let history = call(&desk, "history", json!({"family": added["family"]}));
    let placed: Vec<String> = history["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["what"] == "Recorded a step")
        .map(|line| line["details"].to_string())
        .collect();
    assert!(placed[0].contains("Model of the steps: The Trust’s own") && placed[1].contains("Example model"), "{placed:?}");
}
