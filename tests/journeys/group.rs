//! A session of a group is written once, and told in the story of each family that
//! was to come: no family reads of another.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{Place, answer, call, count, findings, team, text, unlock, user_id};

/// Three families of Niamh's, each with an infant and a mother of their own names.
fn three() -> (Place, Desk, Vec<Value>) {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let names = [("Bell", "James", "Anna"), ("Quigley", "Maisie", "Dervla"), ("Rooney", "Tadhg", "Sorcha")];
    let added = names.map(|(family, infant, mother)| add(&desk, family, infant, mother));
    (place, desk, added.to_vec())
}

fn add(desk: &Desk, family: &str, infant: &str, mother: &str) -> Value {
    let born = json!({"day": "11", "month": "10", "year": "2026"});
    call(
        desk,
        "add_family",
        json!({"people": [
            {"role": "infant", "familyName": family, "given": infant, "sex": "male", "born": born, "numberAbsent": "just_born"},
            {"role": "mother", "familyName": family, "given": mother},
        ]}),
    )
}

/// Who came, and how.
fn came(added: &Value, words: &str) -> Value {
    json!({
        "family": added["family"], "outcome": "attended", "present": [added["people"][1]],
        "infants": [{"person": added["people"][0], "state": "awake"}], "notSeenWhy": "", "words": words,
    })
}

fn not_brought(added: &Value, words: &str) -> Value {
    json!({"family": added["family"], "outcome": "was_not_brought", "words": words})
}

fn massage(families: &[Value]) -> Value {
    json!({
        "kinds": ["baby_massage"], "when": "today 10:30-12:00", "place": "The base", "ledBy": "Niamh and a health visitor",
        "together": "Legs and feet today, with a song for each.", "families": families,
    })
}

fn stories(desk: &Desk, families: &[Value]) -> Vec<Value> {
    families.iter().map(|added| call(desk, "story", json!({"family": added["family"]}))).collect()
}

fn refusal(desk: &Desk, request: &Value) -> (String, String) {
    let error = answer(desk, "sign_group", request.clone()).unwrap_err();
    (error.code.to_string(), error.field.unwrap_or_default())
}

fn sessions(place: &Place) -> i64 {
    count(&place.open_with_copy(&place.key()), "SELECT count(*) FROM group_session")
}

fn contacts(place: &Place) -> i64 {
    count(&place.open_with_copy(&place.key()), "SELECT count(*) FROM contact")
}

const NAMES: [[&str; 3]; 3] = [["Bell", "James", "Anna"], ["Quigley", "Maisie", "Dervla"], ["Rooney", "Tadhg", "Sorcha"]];

#[test]
fn a_session_is_written_once_and_each_family_reads_only_of_itself() {
    let (place, desk, families) = three();
    let own = ["Held his gaze throughout.", "Slept from the first song.", "Her mother texted: a cold."];
    let mut asleep = came(&families[1], own[1]);
    asleep["infants"][0]["state"] = json!("asleep");
    let lines = [came(&families[0], own[0]), asleep, not_brought(&families[2], own[2])];
    let before = count(&place.open_with_copy(&place.key()), "SELECT count(*) FROM operation");
    let signed = call(&desk, "sign_group", massage(&lines));
    assert!(text(&signed["words"]).ends_with("in the record of 3 families. Saved on this laptop."), "{}", signed["words"]);
    let held = place.open_with_copy(&place.key());
    assert_eq!(count(&held, "SELECT count(*) FROM operation") - before, 4, "one in each family, and one of the team");
    assert_eq!(count(&held, &format!("SELECT count(DISTINCT act) FROM operation WHERE oid > {before}")), 1);
    assert_eq!(sessions(&place), 1);

    unlock(&desk, "lead").unwrap();
    for (which, added) in families.iter().enumerate() {
        let of_family = json!({"family": added["family"]});
        let contact = json!({"contact": signed["contacts"][which]});
        for (command, request) in [("story", &of_family), ("history", &of_family), ("contact", &contact), ("banner", &of_family)] {
            let told = call(&desk, command, request.clone()).to_string();
            for (other, names) in NAMES.iter().enumerate().filter(|(other, _)| *other != which) {
                let named: Vec<_> = names.iter().chain([&own[other]]).filter(|name| told.contains(**name)).collect();
                assert!(named.is_empty(), "{command} of {} tells of another: {named:?}", NAMES[which][0]);
            }
        }
        let entry = &call(&desk, "story", of_family)["entries"][0];
        let sections = entry["sections"].to_string();
        for said in ["The base", "Niamh and a health visitor", "Legs and feet today", own[which]] {
            assert!(sections.contains(said), "{said}: {sections}");
        }
        assert!(!entry["whoCopied"].is_null() && entry["sections"].as_array().unwrap().iter().all(|section| section["copied"] == true));
    }
    let told = stories(&desk, &families);
    let titles: Vec<String> = told.iter().map(|story| text(&story["entries"][0]["title"])).collect();
    assert_eq!(titles, ["Group (Baby massage), 90min", "Group (Baby massage), 90min", "Group (Baby massage): was not brought"]);
    assert_eq!(told[0]["lastSeen"], "Seen awake today by niamh of the team");
    assert_eq!(told[1]["lastSeen"], "Seen asleep throughout today by niamh of the team");
    assert_eq!(told[2]["lastSeen"], "Not seen yet");
    let of_team = call(&desk, "team_history", json!({}))["lines"].to_string();
    assert!(of_team.contains("Signed a group session") && of_team.contains("Kind of group: Baby massage"), "{of_team}");
    for name in NAMES.concat() {
        assert!(!of_team.contains(name), "the team’s history names {name}");
    }
    for (query, hits) in [("feet", 3), ("gaze", 1), ("texted", 1)] {
        assert_eq!(call(&desk, "find", json!({"query": query}))["notes"].as_array().unwrap().len(), hits, "{query}");
    }
    assert_eq!(findings(&desk), [""; 0], "and made again from the log it is the same");
}

#[test]
fn who_was_not_brought_to_a_group_is_followed_up() {
    let (_place, desk, families) = three();
    call(&desk, "sign_group", massage(&[came(&families[0], ""), not_brought(&families[1], "")]));
    let today = call(&desk, "today", json!({}));
    let lines = today["followUps"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{today}");
    assert!(text(&lines[0]["name"]).starts_with("QUIGLEY") && text(&lines[0]["detail"]).starts_with("Was not brought"), "{today}");
}

#[test]
fn the_line_of_one_family_is_entered_in_error_alone() {
    let (_place, desk, families) = three();
    let lines: Vec<Value> = families.iter().map(|added| came(added, "")).collect();
    let signed = call(&desk, "sign_group", massage(&lines));
    call(&desk, "retract_contact", json!({"contact": signed["contacts"][1], "reason": "They were not there"}));
    let told = stories(&desk, &families);
    assert_eq!(told[1]["entries"][0]["state"], "in_error");
    assert_eq!(told[1]["lastSeen"], "Not seen yet", "what is a mistake is no sight of a baby");
    for which in [0, 2] {
        assert_eq!(told[which]["entries"][0]["state"], "signed");
        assert!(text(&told[which]["lastSeen"]).starts_with("Seen awake today"));
    }
    // What was wrong is written again, in the same session.
    let mut again = massage(&[not_brought(&families[1], "")]);
    assert_eq!(refusal(&desk, &again), ("group_recorded".into(), "session".into()));
    again["session"] = signed["session"].clone();
    let second = call(&desk, "sign_group", again);
    assert_eq!(second["session"], signed["session"]);
}

#[test]
fn a_text_for_all_names_nobody_unless_somebody_says_that_it_is_no_name_of_theirs() {
    let (place, desk, families) = three();
    let mut request = massage(&[came(&families[0], "Anna sang to him."), came(&families[1], "")]);
    request["together"] = json!("We sang, and dervla’s song was the best.");
    let checked = call(&desk, "check_group", request.clone());
    let missing = &checked["missing"][0];
    assert_eq!((&missing["code"], &missing["field"]), (&json!("group_names"), &json!("together")));
    assert!(text(&missing["message"]).starts_with("“Dervla” is a name of one of these families"), "{missing}");
    let error = answer(&desk, "sign_group", request.clone()).unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("group_names", Some("together")));
    assert!(!error.message.contains("Dervla"), "a refusal may be printed: {}", error.message);
    request["together"] = json!("We sang.");
    request["families"][0]["words"] = json!("Anna sat by Dervla Quigley.");
    request["families"][1]["others"] = json!("Granny Quigley");
    let missing = call(&desk, "check_group", request.clone())["missing"].clone();
    assert_eq!((&missing[0]["code"], &missing[0]["field"]), (&json!("group_other_names"), &json!("families.0.words")), "{missing}");
    assert!(text(&missing[0]["message"]).starts_with("“Dervla”, “Quigley”"), "but not her own: {missing}");
    assert_eq!(contacts(&place), 0);
    request["namesChecked"] = json!(true);
    call(&desk, "sign_group", request);
    assert_eq!(contacts(&place), 2);
}

#[test]
fn a_family_that_is_no_longer_the_writers_is_refused_and_nothing_is_lost() {
    let (place, desk, families) = three();
    let lines: Vec<Value> = families.iter().map(|added| came(added, "")).collect();
    let form = json!({"family": null, "form": "group", "of": ""});
    let mut kept = form.clone();
    (kept["act"], kept["body"]) = (json!("01936f00-0000-4000-8000-0000000000b1"), json!("typed for an hour"));
    call(&desk, "keep_form", kept);
    unlock(&desk, "lead").unwrap();
    let owen = user_id(&desk, "owen");
    for which in [1, 2] {
        let seen = answer(&desk, "people", json!({"family": families[which]["family"]})).unwrap()["seen"].clone();
        let request =
            json!({"episode": families[which]["episode"], "keyWorker": owen, "therapist": null, "partnerWorker": null, "seen": seen});
        call(&desk, "allocate", request);
    }
    unlock(&desk, "niamh").unwrap();
    place.later(20);
    assert_eq!(refusal(&desk, &massage(&lines)), ("not_yours".into(), "families.1".into()));
    assert_eq!(answer(&desk, "check_group", massage(&lines)).unwrap_err().field.as_deref(), Some("families.1"));
    assert_eq!(answer(&desk, "group_family", json!({"family": families[1]["family"]})).unwrap_err().code, "not_yours");
    assert_eq!((contacts(&place), sessions(&place)), (0, 0), "nothing of it was signed");
    assert_eq!(call(&desk, "kept_form", form)["body"], "typed for an hour");
    call(&desk, "sign_group", massage(&lines[..1]));
    unlock(&desk, "lead").unwrap();
    let refused = call(&desk, "team_history", json!({}))["lines"].to_string().matches("Was refused: signing a group session of").count();
    assert_eq!(refused, 2, "each family that was refused is a line");
}

#[test]
fn two_who_led_write_one_session_each_of_their_own_families() {
    let (place, desk, families) = three();
    let signed = call(&desk, "sign_group", massage(&[came(&families[0], ""), came(&families[1], "")]));
    unlock(&desk, "owen").unwrap();
    let theirs = add(&desk, "Sweeney", "Oisín", "Bríd");
    let mut request = massage(&[came(&theirs, "")]);
    request["when"] = json!("today 11:00-11:45");
    let checked = call(&desk, "check_group", request.clone());
    assert_eq!(checked["missing"][0]["code"], "group_recorded");
    let known = &checked["recorded"][0];
    assert_eq!(known["code"], signed["session"]);
    assert_eq!(known["words"], "Baby massage, Mon 23-Nov-2026, 10:30, recorded by niamh of the team");
    assert_eq!(refusal(&desk, &request), ("group_recorded".into(), "session".into()));
    request["session"] = signed["session"].clone();
    call(&desk, "sign_group", request.clone());
    assert_eq!((sessions(&place), contacts(&place)), (1, 3), "it was one session");
    request["kinds"] = json!(["baby_massage", "Singing"]);
    assert_eq!(refusal(&desk, &request), ("group_family_recorded".into(), "families.0".into()));
    let mut other = request.clone();
    (other["session"], other["another"]) = (Value::Null, json!(true));
    call(&desk, "sign_group", other);
    assert_eq!(sessions(&place), 2, "or two, at one time");
    request["session"] = theirs["family"].clone();
    assert_eq!(refusal(&desk, &request), ("group_not_recorded".into(), "session".into()));
}

#[test]
fn a_session_that_is_sent_twice_is_one_and_a_family_stands_in_it_once() {
    let (place, desk, families) = three();
    let request = massage(&[came(&families[0], ""), came(&families[1], "")]);
    let first = call(&desk, "sign_group", request.clone());
    assert_eq!(call(&desk, "sign_group", request)["contacts"], first["contacts"]);
    assert_eq!((sessions(&place), contacts(&place)), (1, 2));
    let mut twice = massage(&[came(&families[2], ""), came(&families[2], "")]);
    twice["another"] = json!(true);
    assert_eq!(refusal(&desk, &twice), ("group_family_twice".into(), "families.1".into()));
}

#[test]
fn what_a_session_leaves_open_is_asked() {
    let (_place, desk, families) = three();
    let line = |field: &str, value: Value| {
        let mut line = came(&families[0], "");
        line[field] = value;
        line
    };
    let unseen = json!([{"person": families[0]["people"][0], "state": "not_seen"}]);
    let asked = [
        (line("outcome", Value::Null), "group_no_outcome", "families.0.outcome"),
        (line("outcome", json!("no_access")), "group_outcome", "families.0.outcome"),
        (line("outcome", json!("did_not_come")), "group_to_be_brought", "families.0.outcome"),
        (line("present", json!([])), "note_nobody", "families.0.present"),
        (line("infants", json!([])), "note_no_state", "families.0.infants.0"),
        (line("infants", unseen), "note_not_seen_why", "families.0.notSeenWhy"),
    ];
    for (line, code, field) in asked {
        assert_eq!(refusal(&desk, &massage(&[line])), (code.to_owned(), field.to_owned()));
    }
    let whole = massage(&[came(&families[0], "")]);
    let without = [
        ("kinds", json!([]), "group_no_kind", "kinds"),
        ("when", json!("today"), "note_no_time", "when"),
        ("when", json!("today 10:30"), "note_no_end", "until"),
        ("when", json!("+1d 10:30-12:00"), "note_in_future", "when"),
        ("ledBy", json!(" "), "group_no_leader", "ledBy"),
        ("together", json!(""), "group_nothing_done", "together"),
        ("families", json!([]), "group_no_family", "families"),
    ];
    for (field, value, code, at) in without {
        let mut request = whole.clone();
        request[field] = value;
        assert_eq!(refusal(&desk, &request), (code.to_owned(), at.to_owned()), "{field}");
    }
    let empty = call(&desk, "check_group", json!({"families": [{"family": families[0]["family"]}]}));
    let codes: Vec<String> = empty["missing"].as_array().unwrap().iter().map(|gap| text(&gap["code"])).collect();
    assert_eq!(codes, ["group_no_kind", "when_empty", "group_no_leader", "group_nothing_done", "group_no_outcome"], "all of it at once");
}

#[test]
fn nobody_is_brought_who_is_not_born_or_has_died() {
    let (_place, desk, families) = three();
    let unborn = call(
        &desk,
        "add_family",
        json!({"people": [
            {"role": "infant", "familyName": "Sweeney", "given": "", "givenAwaited": true, "numberAbsent": "unborn",
             "due": {"day": "12", "month": "1", "year": "2027"}},
            {"role": "mother", "familyName": "Sweeney", "given": "Bríd"},
        ]}),
    );
    call(&desk, "record_loss", json!({"person": families[0]["people"][0], "kind": "death", "lostOn": "yesterday"}));
    for added in [&unborn, &families[0]] {
        let form = call(&desk, "group_family", json!({"family": added["family"]}));
        let offered: Vec<&Value> = form["outcomes"].as_array().unwrap().iter().map(|choice| &choice["code"]).collect();
        assert_eq!(offered, ["attended", "part_attended", "did_not_come", "cancelled_by_family"]);
        assert_eq!(refusal(&desk, &massage(&[not_brought(added, "")])).0, "group_nobody_to_bring");
        let note = call(&desk, "open_note", json!({"family": added["family"]}));
        assert!(note["outcomes"].to_string().contains("Did not come"));
    }
    let of_born = call(&desk, "open_note", json!({"family": families[1]["family"]}))["outcomes"].to_string();
    assert!(of_born.contains("Was not brought") && !of_born.contains("Did not come"), "{of_born}");
    let away = |added: &Value| json!({"family": added["family"], "outcome": "did_not_come"});
    call(&desk, "sign_group", massage(&[away(&families[0]), away(&unborn)]));
    let asked = call(&desk, "today", json!({}))["followUps"].clone();
    assert_eq!(asked.as_array().unwrap().len(), 1, "nobody is followed up after a death: {asked}");
    assert!(text(&asked[0]["name"]).starts_with("SWEENEY") && text(&asked[0]["detail"]).starts_with("Did not come"), "{asked}");
    let alone = json!({"family": families[0]["family"], "outcome": "attended", "present": [families[0]["people"][1]]});
    let mut later = massage(&[alone, away(&unborn)]);
    later["another"] = json!(true);
    call(&desk, "sign_group", later);
    let told = stories(&desk, &[families[0].clone(), unborn]);
    assert_eq!(told[0]["entries"][0]["who"], "Anna", "a baby who has died is not told as there, or not");
    assert_eq!(told[1]["entries"][0]["title"], "Group (Baby massage): did not come");
}

#[test]
fn a_session_written_two_days_later_is_a_late_entry_in_each_record() {
    let (place, desk, families) = three();
    place.later(2 * 24 * 60);
    unlock(&desk, "niamh").unwrap();
    let mut request = massage(&[came(&families[0], ""), came(&families[1], "")]);
    request["when"] = json!("23/11/2026 10:30-12:00");
    call(&desk, "sign_group", request);
    for story in &stories(&desk, &families)[..2] {
        assert!(text(&story["entries"][0]["late"]).starts_with("Late entry"), "{}", story["entries"][0]);
    }
}
