//! A death, or the end of a pregnancy: from then on nothing asks for, counts on
//! or congratulates, and what is in the record stays.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{call, note, one_family, refused, sign, text, unlock};

/// The day on which everything here is: Monday 23-Nov-2026.
const TODAY: &str = "today";

fn infant(given: &str, order: u8) -> Value {
    json!({"role": "infant", "familyName": "Bell", "given": given, "sex": "male", "birthOrder": order,
           "born": {"day": "11", "month": "10", "year": "2026"}, "numberAbsent": "just_born"})
}

fn unborn(due: [&str; 3]) -> Value {
    json!({"role": "infant", "familyName": "Bell", "given": "", "givenAwaited": true, "numberAbsent": "unborn",
           "due": {"day": due[0], "month": due[1], "year": due[2]}})
}

fn mother() -> Value {
    json!({"role": "mother", "familyName": "Bell", "given": "Róisín"})
}

fn add(desk: &Desk, people: &[Value]) -> Value {
    call(desk, "add_family", json!({"people": people}))
}

fn lose(desk: &Desk, person: &Value, kind: &str, on: &str) -> Value {
    call(desk, "record_loss", json!({"person": person, "kind": kind, "lostOn": on}))["id"].clone()
}

/// Every answer that a worker reads about a family, and every list.
fn everything(desk: &Desk, added: &Value) -> Vec<(String, Value)> {
    let family = json!({"family": added["family"]});
    let mut all: Vec<(String, Value)> = ["banner", "people", "story", "open_note", "priority", "placements", "ace", "history"]
        .map(|name| (name.to_owned(), call(desk, name, family.clone())))
        .into();
    for filter in ["open", "flagged", "no_visit_14_days", "not_booked", "news", "drafts", "unborn"] {
        all.push((format!("caseload {filter}"), call(desk, "caseload", json!({"mine": true, "filter": filter, "sort": "name"}))));
    }
    all.push(("today".to_owned(), call(desk, "today", json!({}))));
    all.push(("find".to_owned(), call(desk, "find", json!({"query": "bell"}))));
    all
}

fn row(desk: &Desk) -> Value {
    call(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| text(&row["name"]).starts_with("BELL"))
        .cloned()
        .unwrap()
}

/// A draft of before does not put somebody who has died into a later day, nor ask for a baby who cannot be brought.
#[test]
fn nobody_was_there_or_was_to_be_brought_after_their_death() {
    let (_place, desk, added) = one_family();
    lose(&desk, &added["people"][1], "death", "20 nov");
    let with_mother = |when: &str| {
        let mut entry = note(&added, "Long looks.");
        entry["when"] = json!(when);
        json!({"episode": added["episode"], "entry": entry})
    };
    assert_eq!(refused(&desk, "sign_contact", with_mother("22 nov 14:00-15:05")), "note_present_after_loss");
    call(&desk, "sign_contact", with_mother("19 nov 14:00-15:05"));
    let line = json!({"family": added["family"], "outcome": "attended", "present": [added["people"][1]], "infants": [{"person": added["people"][0], "state": "awake"}]});
    let group = json!({"kinds": ["baby_massage"], "when": "today 10:30-12:00", "place": "", "ledBy": "Niamh", "together": "Legs and feet.", "families": [line]});
    assert_eq!(refused(&desk, "sign_group", group), "note_present_after_loss");

    let missed = |outcome: &str, when: &str| {
        let mut entry = note(&added, "");
        (entry["outcome"], entry["kind"], entry["when"], entry["nextVisit"]) = (json!(outcome), json!("clinic"), json!(when), json!(""));
        (entry["present"], entry["infants"]) = (json!([]), json!([]));
        json!({"episode": added["episode"], "entry": entry})
    };
    assert_eq!(refused(&desk, "sign_contact", missed("did_not_come", "22 nov 10:00-10:30")), "note_to_be_brought");
    lose(&desk, &added["people"][0], "death", "21 nov");
    assert_eq!(refused(&desk, "sign_contact", missed("was_not_brought", "22 nov 10:00-10:30")), "note_nobody_to_bring");
    call(&desk, "sign_contact", missed("was_not_brought", "18 nov 10:00-10:30"));
    call(&desk, "sign_contact", missed("did_not_come", "22 nov 10:00-10:30"));
}

#[test]
fn a_stillbirth_of_one_twin_keeps_the_other_and_asks_for_nobody() {
    let (place, desk, _) = one_family();
    let twin = |order: u8| {
        let mut twin = unborn(["12", "1", "2027"]);
        twin["birthOrder"] = json!(order);
        twin
    };
    let added = add(&desk, &[twin(1), twin(2), mother()]);
    lose(&desk, &added["people"][0], "stillbirth", "20 nov");
    let banner = call(&desk, "banner", json!({"family": added["family"]}));
    assert_eq!((&banner["infants"][0]["bornLabel"], &banner["infants"][0]["born"]), (&json!("Stillborn"), &json!("20-Nov-2026")));
    assert_eq!(banner["infants"][1]["bornLabel"], "Due");
    assert!(text(&row(&desk)["age"]).ends_with("w pregnant"), "of the one who is awaited: {}", row(&desk)["age"]);
    // Three months on nothing counts on for the one, and the other is not forgotten.
    place.later(60 * 24 * 90);
    unlock(&desk, "niamh").unwrap();
    for (name, answer) in everything(&desk, &added) {
        let twins = answer.to_string().matches("past due date").count();
        let of_one = answer.to_string().contains("Stillborn") || twins < 2;
        assert!(of_one, "{name} counts on for both: {answer}");
    }
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!((&form["people"][0]["lost"], &form["people"][0]["key"]), (&json!("Stillborn 20-Nov-2026"), &json!("")));
    assert_eq!((&form["people"][1]["lost"], &form["people"][1]["key"]), (&json!(""), &json!("1")));
    assert_eq!(call(&desk, "caseload", json!({"mine": true, "filter": "unborn", "sort": "name"}))["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn after_the_death_of_the_only_infant_nothing_is_due_and_nothing_is_asked() {
    let (place, desk, _) = one_family();
    let added = add(&desk, &[infant("James", 0), mother()]);
    let mut entry = note(&added, "He looked for her.");
    entry["nextVisit"] = json!("+1d 10:30");
    sign(&desk, &added, entry);
    let mut away = note(&added, "");
    for (field, value) in [("kind", "clinic"), ("outcome", "was_not_brought"), ("nextVisit", ""), ("when", "today 09:00")] {
        away[field] = json!(value);
    }
    sign(&desk, &added, away);
    let placed = json!({
        "family": added["family"], "step": 3, "rationale": "He turns away when he is picked up.", "indicators": [], "parentView": "",
        "infantShows": "Looks away.", "receivingService": "", "acceptedBy": "", "reviewOn": "+2d",
    });
    call(&desk, "place", placed);
    lose(&desk, &added["people"][0], "death", TODAY);
    let row = row(&desk);
    assert_eq!((&row["age"], &row["nextVisit"], &row["unseen"]), (&json!("Died 23-Nov-2026"), &json!("Not booked"), &json!("")));
    assert_eq!(row["name"], "BELL, James", "the family keeps its name");
    for days in [0, 3, 40, 200] {
        place.later(60 * 24 * days);
        unlock(&desk, "niamh").unwrap();
        let today = call(&desk, "today", json!({}));
        for list in ["visits", "unwritten", "followUps", "reviews"] {
            let named = today[list].as_array().unwrap().iter().filter(|line| text(&line["name"]).starts_with("BELL")).count();
            assert_eq!(named, 0, "{list} after {days} days: {}", today[list]);
        }
        for filter in ["no_visit_14_days", "unborn"] {
            let listed = call(&desk, "caseload", json!({"mine": true, "filter": filter, "sort": "name"}));
            assert!(!listed["rows"].to_string().contains("BELL"), "{filter} after {days} days: {listed}");
        }
        let banner = call(&desk, "banner", json!({"family": added["family"]}));
        assert_eq!(banner["infants"][0]["born"], "23-Nov-2026, age at death 6w 1d, born 11-Oct-2026");
    }
    // A note of bereavement work asks nothing of him; one of before does.
    let mut entry = note(&added, "Sat with her.");
    (entry["infants"], entry["present"]) = (json!([]), json!([added["people"][1]]));
    let gaps = |entry: &Value| -> Vec<String> {
        let strip = call(&desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
        assert!(!strip["lines"].to_string().contains("James was"), "{strip}");
        strip["missing"].as_array().unwrap().iter().map(|gap| text(&gap["code"])).collect()
    };
    assert_eq!(gaps(&entry), [""; 0]);
    entry["when"] = json!("20/11/2026 14:00-15:00");
    assert_eq!(gaps(&entry), ["note_no_state"]);
    entry["when"] = json!("25/11/2026 14:00-15:00");
    entry["infants"] = json!([{"person": added["people"][0], "state": "awake"}]);
    let strip = call(&desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
    assert_eq!(strip["missing"][0]["code"], "note_after_loss");
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    let story = call(&desk, "story", json!({"family": added["family"]}));
    assert_eq!((&form["lastPlan"], &story["plan"]), (&Value::Null, &Value::Null), "what was planned with him is not to be ticked");
    let placements = call(&desk, "placements", json!({"family": added["family"]}));
    assert_eq!(placements["asksInfant"], false, "nobody is asked what the infant shows");
}

#[test]
fn after_a_mothers_death_she_is_neither_asked_for_nor_expected() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("James", 0), mother()]);
    lose(&desk, &added["people"][1], "death", "21 nov");
    let banner = call(&desk, "banner", json!({"family": added["family"]}));
    assert_eq!(banner["carers"], "Róisín (mother, died 21-Nov-2026)");
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!((&form["people"][1]["lost"], &form["people"][1]["key"]), (&json!("Died 21-Nov-2026"), &json!("")));
    let ace = call(&desk, "ace", json!({"family": added["family"]}));
    assert_eq!(ace["parents"], json!([]));
    let sitting = json!({"person": added["people"][1], "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "declined", "answers": [], "protective": [], "words": ""});
    call(&desk, "record_ace", sitting);
    let ace = call(&desk, "ace", json!({"family": added["family"]}));
    assert_eq!(ace["parents"][0]["asked"], false, "what was recorded is read, and nothing more is asked");
    let priority = call(&desk, "priority", json!({"family": added["family"]}));
    let asked = priority["groups"].as_array().unwrap().iter().flat_map(|group| group["questions"].as_array().unwrap());
    assert_eq!(asked.filter(|question| question["person"] == added["people"][1]).count(), 0);
    let story = call(&desk, "story", json!({"family": added["family"]}));
    assert_eq!((&story["entries"][0]["what"], &story["entries"][0]["title"]), (&json!("loss"), &json!("Róisín died")));
}

#[test]
fn what_is_recorded_fits_the_person_and_the_day() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("James", 0), mother()]);
    let pregnant = add(&desk, &[unborn(["1", "3", "2027"]), mother()]);
    let of = |person: &Value, kind: &str, on: &str| refused(&desk, "record_loss", json!({"person": person, "kind": kind, "lostOn": on}));
    let (james, ann, bump) = (&added["people"][0], &added["people"][1], &pregnant["people"][0]);
    assert_eq!(refused(&desk, "record_loss", json!({"person": james, "lostOn": ""})), "loss_no_kind");
    for (person, kind, on, code) in [
        (james, "miscarriage", "", "loss_born"),
        (james, "death", "10 oct", "loss_before_birth"),
        (james, "neonatal_death", "8 nov", "loss_not_neonatal"),
        (ann, "stillbirth", "", "loss_death_only"),
        (bump, "death", "", "loss_not_born"),
        (bump, "miscarriage", "20 nov", "loss_from_24_weeks"),
        (bump, "stillbirth", "1 nov", "loss_before_24_weeks"),
        (bump, "miscarriage", "+1d", "loss_in_future"),
        (bump, "miscarriage", "soon", "when_unclear"),
    ] {
        assert_eq!(of(person, kind, on), code, "{kind} {on}");
    }
    lose(&desk, james, "neonatal_death", "7 nov");
    assert_eq!(of(james, "death", ""), "loss_recorded", "once");
    lose(&desk, bump, "stillbirth", "9 nov");
    let ended = add(&desk, &[unborn(["1", "6", "2027"]), mother()]);
    lose(&desk, &ended["people"][0], "miscarriage", "");
    let banner = call(&desk, "banner", json!({"family": ended["family"]}));
    assert_eq!((&banner["infants"][0]["bornLabel"], &banner["infants"][0]["born"]), (&json!("Pregnancy ended"), &json!("Not recorded")));
    assert!(!banner.to_string().contains("due 01-Jun-2027"), "{banner}");
}

#[test]
fn a_loss_entered_in_error_gives_back_all_of_it() {
    let (place, desk, _) = one_family();
    let added = add(&desk, &[infant("James", 0), mother()]);
    let mut entry = note(&added, "He looked for her.");
    entry["nextVisit"] = json!("+7d 10:30");
    sign(&desk, &added, entry);
    let before = row(&desk);
    let loss = lose(&desk, &added["people"][0], "death", TODAY);
    assert_ne!(row(&desk), before);
    unlock(&desk, "owen").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": loss, "reason": "Another family"})), "not_yours");
    unlock(&desk, "niamh").unwrap();
    call(&desk, "mark_in_error", json!({"row": loss, "reason": "It was another family"}));
    assert_eq!(row(&desk), before);
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let told = story["entries"].as_array().unwrap().iter().find(|entry| entry["what"] == "loss").unwrap();
    assert!(text(&told["inError"]).starts_with("Entered in error: It was another family."), "it stays readable: {told}");
    lose(&desk, &added["people"][0], "death", TODAY);
    drop(desk);
    let desk = place.desk();
    unlock(&desk, "lead").unwrap();
    assert_eq!(call(&desk, "verify", json!({}))["findings"], json!([]));
}

#[test]
fn no_review_is_due_of_the_step_of_a_family_whose_baby_died() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("James", 0), mother()]);
    let step = json!({
        "family": added["family"], "step": 3, "rationale": "He turns away when he is picked up.", "indicators": [], "parentView": "", "infantShows": "Looks.",
    });
    call(&desk, "place", step);
    let review = |desk: &Desk| {
        let placement = call(desk, "placements", json!({"family": added["family"]}))["placements"][0].clone();
        assert_eq!(
            call(desk, "story", json!({"family": added["family"]}))["entries"].to_string().contains("Review due"),
            placement["review"] != ""
        );
        text(&placement["review"])
    };
    assert!(review(&desk).starts_with("Review due"));
    let loss = lose(&desk, &added["people"][0], "death", TODAY);
    assert_eq!(review(&desk), "");
    call(&desk, "mark_in_error", json!({"row": loss, "reason": "It was another family"}));
    assert!(review(&desk).starts_with("Review due"));
}

#[test]
fn a_concern_can_be_about_a_child_who_has_died() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("James", 0), mother()]);
    lose(&desk, &added["people"][0], "death", "21 nov");
    let mut entry = crate::support::note_with_concern(&added, "Sat with her.");
    (entry["infants"], entry["present"], entry["concern"]["children"]) = (json!([]), json!([added["people"][1]]), json!([]));
    let contact = sign(&desk, &added, entry);
    let concern = call(&desk, "contact", json!({"contact": contact}))["concern"].clone();
    assert_eq!(concern["children"], "James · not in immediate danger");
}
