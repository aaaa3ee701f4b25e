//! What is typed in a form is kept until it becomes an act of the record: its
//! author's alone, whole, outside the log.

use attune_core::desk::Desk;
use attune_core::ids::ActId;
use serde_json::{Value, json};

use crate::support::{Place, answer, answer_act, call, everything, family, refused, team, unlock, user_id};

const ACT: &str = "01936f00-0000-4000-8000-0000000000a1";

/// A team with a family of niamh's, whose therapist is tara; niamh is signed in.
fn niamhs() -> (Place, Desk, Value) {
    let place = Place::new();
    let desk = team(&place);
    let tara = user_id(&desk, "tara");
    unlock(&desk, "niamh").unwrap();
    let mut request = family("O’Neill");
    request["therapist"] = tara;
    let added = call(&desk, "add_family", request);
    (place, desk, added)
}

fn form(added: &Value, form: &str, of: &str) -> Value {
    json!({"family": added["family"], "form": form, "of": of})
}

fn keep(desk: &Desk, mut form: Value, body: &str) -> Value {
    form["act"] = json!(ACT);
    form["body"] = json!(body);
    call(desk, "keep_form", form)
}

fn listed(desk: &Desk) -> Vec<(String, String)> {
    let kept = call(desk, "kept_forms", json!({}));
    let line = |line: &Value| (line["words"].as_str().unwrap().to_owned(), line["name"].as_str().unwrap().to_owned());
    kept["forms"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn an_unfinished_form_comes_back_as_it_was_typed_on_another_day_too() {
    let (place, desk, added) = niamhs();
    let typed = "{ \"rationale\":\"Líadan turns \\u2028 away\",  \"step\": 3 }";
    let placement = form(&added, "placement", "");
    assert_eq!(keep(&desk, placement.clone(), typed), json!({"saved": "15:21"}));
    call(&desk, "lock", json!({}));
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(call(&desk, "kept_form", placement.clone()), json!({"body": typed, "saved": "Mon 23-Nov-2026, 15:21"}));
    assert_eq!(listed(&desk), [("A placement".to_owned(), "O’NEILL, Fiadh".to_owned())]);
    call(&desk, "discard_form", placement.clone());
    assert_eq!(call(&desk, "kept_form", placement), json!({"body": null, "saved": ""}));
    assert!(listed(&desk).is_empty());
}

/// Killed between the two it would come back, and be saved twice.
#[test]
fn a_form_goes_in_the_transaction_of_the_act_it_becomes_and_stays_when_that_is_refused() {
    let (_place, desk, added) = niamhs();
    let flag = form(&added, "flag", "");
    keep(&desk, flag.clone(), "half a flag");
    let number = ACT.parse::<ActId>().unwrap();
    let request = |review: &str| json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum", "reviewOn": review});
    answer_act(&desk, "set_flag", request("31/02"), Some(number)).unwrap_err();
    assert_eq!(call(&desk, "kept_form", flag.clone())["body"], "half a flag");
    let another = "01936f00-0000-4000-8000-0000000000a2".parse::<ActId>().unwrap();
    answer_act(&desk, "flags_checked", json!({"family": added["family"]}), Some(another)).unwrap();
    assert_eq!(call(&desk, "kept_form", flag.clone())["body"], "half a flag");
    let done = answer_act(&desk, "set_flag", request("+3m"), Some(number)).unwrap();
    assert!(done["touched"].as_array().unwrap().contains(&json!("draft")));
    assert_eq!(call(&desk, "kept_form", flag)["body"], Value::Null);
}

#[test]
fn one_form_about_two_people_is_two_forms() {
    let (_place, desk, added) = niamhs();
    let of = |index: usize| form(&added, "person", added["people"][index].as_str().unwrap());
    keep(&desk, of(0), "the infant");
    keep(&desk, of(1), "the mother");
    assert_eq!(call(&desk, "kept_form", of(0))["body"], "the infant");
    assert_eq!(call(&desk, "kept_form", of(1))["body"], "the mother");
}

#[test]
fn an_unfinished_form_is_its_authors_alone_and_not_in_the_log() {
    let (_place, desk, added) = niamhs();
    let flag = form(&added, "flag", "");
    keep(&desk, flag.clone(), "half a flag");
    for other in ["lead", "tara"] {
        unlock(&desk, other).unwrap();
        assert_eq!(call(&desk, "kept_form", flag.clone())["body"], Value::Null, "{other} reads niamh's");
        assert!(listed(&desk).is_empty());
        call(&desk, "discard_form", flag.clone());
    }
    let history = call(&desk, "history", json!({"family": added["family"]})).to_string();
    assert!(!history.contains("half a flag"));
    unlock(&desk, "niamh").unwrap();
    assert_eq!(call(&desk, "kept_form", flag)["body"], "half a flag", "another throwing theirs away leaves it");
}

#[test]
fn who_may_no_longer_open_the_family_reads_no_form_of_it() {
    let (_place, desk, added) = niamhs();
    let flag = form(&added, "flag", "");
    keep(&desk, flag.clone(), "half a flag");
    unlock(&desk, "lead").unwrap();
    let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let owen = user_id(&desk, "owen");
    let request = json!({"episode": added["episode"], "keyWorker": owen, "therapist": null, "partnerWorker": null, "seen": people["seen"]});
    call(&desk, "allocate", request);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "kept_form", flag), "not_yours");
    assert!(listed(&desk).is_empty());
}

#[test]
fn an_ace_form_opens_to_who_may_open_ace_and_is_not_named_on_a_list() {
    let (_place, desk, added) = niamhs();
    let ace = form(&added, "ace", added["people"][1].as_str().unwrap());
    keep(&desk, ace.clone(), "told in confidence");
    let kept = call(&desk, "kept_forms", json!({}));
    assert_eq!(kept["forms"][0]["words"], "An unfinished form");
    assert!(!kept.to_string().contains("told in confidence"));
    // Somebody who may open the family, and not its ACE conversations.
    unlock(&desk, "lead").unwrap();
    let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let episode = &people["value"]["episode"];
    let shared = json!({
        "episode": episode["id"], "keyWorker": episode["keyWorker"], "therapist": episode["therapist"],
        "partnerWorker": user_id(&desk, "pip"), "seen": people["seen"],
    });
    call(&desk, "allocate", shared);
    unlock(&desk, "pip").unwrap();
    call(&desk, "kept_form", form(&added, "placement", ""));
    for command in ["kept_form", "discard_form"] {
        assert_eq!(refused(&desk, command, ace.clone()), "not_yours", "{command}");
    }
    let mut keeps = ace.clone();
    keeps["act"] = json!("01936f00-0000-7000-8000-0000000000ac");
    keeps["body"] = json!("half a sentence");
    assert_eq!(refused(&desk, "keep_form", keeps), "not_yours");
}

#[test]
fn a_form_of_the_team_is_kept_by_who_may_use_it() {
    let (_place, desk, added) = niamhs();
    let settings = json!({"family": null, "form": "settings", "of": ""});
    assert_eq!(refused(&desk, "kept_form", settings.clone()), "not_yours");
    unlock(&desk, "lead").unwrap();
    keep(&desk, settings.clone(), "the new name");
    assert_eq!(call(&desk, "kept_form", settings)["body"], "the new name");
    let misplaced = json!({"family": added["family"], "form": "settings", "of": ""});
    assert_eq!(refused(&desk, "kept_form", misplaced), "form_unknown");
    assert_eq!(refused(&desk, "kept_form", json!({"family": null, "form": "flag", "of": ""})), "form_unknown");
    // Whoever may say something of a release with a reason can leave it half typed.
    let reason = json!({"family": null, "form": "release_reason", "of": "decline"});
    for who in ["dara", "lead", "iggy"] {
        unlock(&desk, who).unwrap();
        keep(&desk, reason.clone(), who);
        assert_eq!(call(&desk, "kept_form", reason.clone())["body"], who);
    }
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "kept_form", reason), "not_yours");
}

#[test]
fn what_is_too_long_is_refused_and_what_was_kept_stands() {
    let (place, desk, added) = niamhs();
    let flag = form(&added, "flag", "");
    keep(&desk, flag.clone(), "first");
    let before = everything(&place.open_with(&place.key()));
    let mut long = flag.clone();
    long["act"] = json!(ACT);
    long["body"] = json!("x".repeat(1024 * 1024 + 1));
    assert_eq!(refused(&desk, "keep_form", long), "form_too_long");
    assert_eq!(call(&desk, "kept_form", flag)["body"], "first");
    assert_eq!(everything(&place.open_with(&place.key()))["draft"], before["draft"]);
}
