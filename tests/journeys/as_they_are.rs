//! People as they are: who they are to the infant, by what they have parental
//! responsibility, what they need; and what a baby told, apart from how it is read.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{answer, call, family, note, one_family, refused, sign, text};

fn add(desk: &Desk, added: &Value, person: Value) -> Value {
    call(desk, "add_person", json!({"family": added["family"], "person": person}))["id"].clone()
}

fn person(role: &str, given: &str) -> Value {
    json!({"role": role, "familyName": "Bell", "given": given})
}

fn people(desk: &Desk, added: &Value) -> Vec<Value> {
    call(desk, "people", json!({"family": added["family"]}))["people"].as_array().unwrap().clone()
}

#[test]
fn everybody_is_called_by_who_they_are_to_the_infant() {
    let (_place, desk, added) = one_family();
    let roles = [
        ("birth_mother", "birth mother"),
        ("non_birth_mother", "non-birth mother"),
        ("father", "father"),
        ("parent", "parent"),
        ("partner", "partner of a parent"),
        ("adoptive_parent", "adoptive parent"),
        ("foster_carer", "foster carer"),
        ("kinship_carer", "kinship carer"),
        ("guardian", "guardian"),
        ("other_carer", "other carer"),
    ];
    for (role, _) in roles {
        add(&desk, &added, person(role, &format!("{role} person").replace('_', " ")));
    }
    let carers = text(&call(&desk, "banner", json!({"family": added["family"]}))["carers"]);
    for (role, words) in roles {
        assert!(carers.contains(&format!("{} person ({words})", role.replace('_', " "))), "{words}: {carers}");
    }
    assert!(carers.starts_with("Róisín (mother), birth mother person"), "who gave birth first: {carers}");
    // A conversation about their own childhood is theirs too.
    let ace = call(&desk, "ace", json!({"family": added["family"]})).to_string();
    assert!(ace.contains("foster carer person"), "{ace}");
}

/// A question about parents is asked of every parent, and one about carers of every carer.
#[test]
fn priority_groups_ask_of_everybody_they_are_about() {
    let (_place, desk, added) = one_family();
    let parents = ["birth_mother", "non_birth_mother", "father", "parent", "adoptive_parent", "father_partner"];
    let carers = ["partner", "foster_carer", "kinship_carer", "guardian", "other_carer"];
    let mut ids = Vec::new();
    for role in parents.iter().chain(&carers) {
        ids.push(add(&desk, &added, person(role, &role.replace('_', " "))));
    }
    let answered = |id: &Value, group: &str| {
        let request = json!({"family": added["family"], "person": id, "group": group, "answer": "no", "period": null, "source": ""});
        answer(&desk, "answer_priority", request).map_err(|error| error.code.to_string()).is_ok()
    };
    for (index, id) in ids.iter().enumerate() {
        let is_parent = index < parents.len();
        assert!(answered(id, "parental_mental_health") && answered(id, "ethnic_minority"), "{index}");
        assert_eq!(answered(id, "young_parents"), is_parent, "{index}");
        assert_eq!(answered(id, "disability"), is_parent, "{index}");
        assert!(!answered(id, "abuse_neglect"), "of children only");
    }
}

#[test]
fn a_baby_without_a_name_is_told_apart_by_whoever_cares_for_them() {
    let (_place, desk, _) = one_family();
    let mut request = family("Bell");
    request["people"][0]["given"] = json!("");
    request["people"][0]["givenAwaited"] = json!(true);
    request["people"][1]["role"] = json!("foster_carer");
    let added = call(&desk, "add_family", request);
    let whose = text(&call(&desk, "banner", json!({"family": added["family"]}))["whose"]);
    assert!(whose.contains("foster carer Róisín"), "{whose}");
}

#[test]
fn parental_responsibility_is_an_adults_with_its_basis() {
    let (_place, desk, added) = one_family();
    let with = |role: &str, basis: &str| {
        let mut person = person(role, &format!("{role} {basis}").replace('_', " "));
        person["responsibility"] = json!(basis);
        person
    };
    let words = |id: &Value| text(&people(&desk, &added).iter().find(|person| person["id"] == *id).unwrap()["responsibility"]);
    let bases = [
        ("birth_mother", "gave_birth", "Yes: gave birth"),
        ("father", "married", "Yes: married to the mother, or her civil partner"),
        ("father", "birth_register", "Yes: on the birth register"),
        ("father", "agreement", "Yes: by agreement with the mother"),
        ("other_carer", "court_order", "Yes: by a court order"),
        ("kinship_carer", "residence_order", "Yes: by a residence order, while it is in force"),
        ("non_birth_mother", "second_female_parent", "Yes: second female parent (Art 5(1A), (2A))"),
        ("adoptive_parent", "adoption_order", "Yes: by an adoption order"),
        ("guardian", "guardian", "Yes: guardian"),
        ("foster_carer", "trust_care_order", "The Trust has it, by a care order"),
        ("partner", "none", "No"),
        ("father", "not_known", "Not known"),
    ];
    for (role, basis, said) in bases {
        assert_eq!(words(&add(&desk, &added, with(role, basis))), said);
    }
    assert_eq!(words(&add(&desk, &added, with("sibling", "guardian"))), "", "a child has none");
    assert_eq!(words(&added["people"][1]), "", "nobody has asked");
    for role in ["father", "foster_carer", "non_birth_mother"] {
        let error = answer(&desk, "add_person", json!({"family": added["family"], "person": with(role, "gave_birth")})).unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), ("person_gave_birth", Some("responsibility")), "{role}");
    }
}

#[test]
fn sex_is_of_children_and_of_no_adult() {
    let (_place, desk, added) = one_family();
    let mut father = person("father", "Conor");
    father["sex"] = json!("male");
    let id = add(&desk, &added, father);
    let listed = people(&desk, &added);
    let found = listed.iter().find(|person| person["id"] == id).unwrap();
    assert_eq!((&found["sex"], &found["entry"]["sex"]), (&json!(""), &Value::Null));
    assert_eq!(listed[0]["sex"], "Female");
    let history = call(&desk, "history", json!({"family": added["family"]}))["lines"][1]["details"].to_string();
    assert!(!history.contains("Sex: Male"), "{history}");
}

#[test]
fn what_somebody_needs_is_in_the_banner_before_a_visit() {
    let (_place, desk, added) = one_family();
    let needing = |needs: Value| {
        let mut person = person("father", "Tomé");
        person["needs"] = needs;
        json!({"family": added["family"], "person": person})
    };
    let spoken = json!([{"kind": "interpreter", "detail": ""}]);
    let error = answer(&desk, "add_person", needing(spoken)).unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("person_no_language", Some("needs.0.detail")));
    let two_lines = json!([{"kind": "hearing"}, {"kind": "reading", "detail": "x".repeat(121)}]);
    assert_eq!(answer(&desk, "add_person", needing(two_lines)).unwrap_err().field.as_deref(), Some("needs.1.detail"));
    assert_eq!(refused(&desk, "add_person", needing(json!([{"kind": "money"}]))), "bad_request");

    let needs = json!([{"kind": "interpreter", "detail": "Tetum"}, {"kind": "hearing"}, {"kind": "hearing", "detail": "Twice"}]);
    let tome = call(&desk, "add_person", needing(needs))["id"].clone();
    let banner = || call(&desk, "banner", json!({"family": added["family"]}))["needs"].clone();
    assert_eq!(banner(), json!(["Tomé: Interpreter: Tetum · Hearing"]), "each kind once");
    let story = call(&desk, "story", json!({"family": added["family"]}))["banner"]["needs"].clone();
    assert_eq!(story, banner());
    call(&desk, "record_loss", json!({"person": tome, "kind": "death", "lostOn": "today"}));
    assert_eq!(banner(), json!([]), "nothing is asked for who has died");
}

#[test]
fn a_number_that_is_not_yet_issued_is_said_to_be_so() {
    let (_place, desk, _) = one_family();
    let mut request = family("Bell");
    request["people"][0]["numberAbsent"] = json!("not_issued");
    let added = call(&desk, "add_family", request);
    assert_eq!(people(&desk, &added)[0]["number"], "Not yet issued");
}

#[test]
fn a_reading_of_the_baby_rests_on_cues_and_is_marked_as_a_reading() {
    let (_place, desk, added) = one_family();
    let told = |cues: &str, reading: &str, changed: &str| {
        let mut entry = note(&added, "She was in her mother’s arms.");
        for (field, value) in [("babyTold", cues), ("babyReading", reading), ("babyChanged", changed)] {
            entry[field] = json!(value);
        }
        entry
    };
    let refused = |entry: Value| {
        let error = answer(&desk, "sign_contact", json!({"episode": added["episode"], "entry": entry})).unwrap_err();
        (error.code.to_string(), error.field.unwrap())
    };
    let cases = [
        (told("", "Slower suits her.", ""), "note_no_cue", "babyTold"),
        (told(" . ", "", "We sat down."), "note_no_cue", "babyTold"),
        (told("She looked away.", "Slower suits her.", ""), "note_one_cue", "babyReading"),
    ];
    for (entry, code, field) in cases {
        assert_eq!(refused(entry), (code.to_owned(), field.to_owned()));
    }
    // One cue is told without a reading; silence is told too.
    sign(&desk, &added, told("She made no sound at all.", "", "We waited."));
    sign(&desk, &added, told("She looked away, then at the floor.\nQuiet.", "Slower suits her.", "Her mother paused."));
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let sections = story["entries"][0]["sections"].as_array().unwrap();
    let section =
        |label: &str| sections.iter().find(|section| section["label"] == label).unwrap_or_else(|| panic!("{label}: {sections:?}"));
    assert_eq!(section("What the baby told us")["interpretation"], false);
    let reading = section("Our reading of it (interpretation)");
    assert_eq!((&reading["interpretation"], &reading["text"]), (&json!(true), &json!("Slower suits her.")));
    assert_eq!(section("What changed because of it")["text"], "Her mother paused.");
    assert_eq!(call(&desk, "find", json!({"query": "paused"}))["notes"].as_array().unwrap().len(), 1);
}
