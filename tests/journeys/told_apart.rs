//! Found by any spelling, told apart by any fact.

use attune_core::api::mended;
use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{call, one_family, refused, sign, text, unlock};
use crate::support::{family, note, note_with_concern};

fn infant(family_name: &str, given: &str, born: [&str; 3]) -> Value {
    json!({"role": "infant", "familyName": family_name, "given": given, "givenAwaited": given.is_empty(), "sex": "female",
           "born": {"day": born[0], "month": born[1], "year": born[2]}, "numberAbsent": "just_born"})
}

fn mother(family_name: &str) -> Value {
    json!({"role": "mother", "familyName": family_name, "given": "Ann"})
}

fn add(desk: &Desk, people: &[Value]) -> Value {
    call(desk, "add_family", json!({"people": people}))
}

fn notes_with(desk: &Desk, query: &str) -> usize {
    call(desk, "find", json!({"query": query}))["notes"].as_array().unwrap().len()
}

/// The first valid number of Northern Ireland from nine digits on.
fn number(mut first: u64) -> String {
    loop {
        let digits = format!("{first}");
        let sum: u64 = digits.bytes().zip((2..=10).rev()).map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
        match 11 - sum % 11 {
            10 => first += 1,
            check => return format!("{first}{}", check % 11),
        }
    }
}

#[test]
fn a_name_typed_in_parts_is_kept_as_one_spelling() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("Ni\u{301} Neill", "A\u{301}ine", ["11", "10", "2026"]), mother("Ni\u{301} Neill")]);
    let people = call(&desk, "people", json!({"family": added["family"]}));
    assert_eq!((&people["people"][0]["entry"]["familyName"], &people["people"][0]["entry"]["given"]), (&json!("Ní Neill"), &json!("Áine")));
}

#[test]
fn a_note_is_found_by_every_spelling_of_its_words_and_by_what_stands_below_it() {
    let (_place, desk, added) = one_family();
    let mut entry = note_with_concern(&added, "Mum doesn’t sleep; Granny O'Neill stayed; Tom's cot is new; 38.5 at noon; co-parenting.");
    entry["others"] = json!("Aunt Philomena");
    entry["concern"]["what"] = json!("A bruise on the left cheek.");
    let contact = sign(&desk, &added, entry);
    call(&desk, "add_details", json!({"contact": contact, "text": "Grandfather rang: the pram was stolen by Łukasz."}));
    for query in [
        "doesn’t",
        "doesn't",
        "doesnt",
        "O'Neill",
        "oneill",
        "Tom's",
        "toms cot",
        "co-parenting",
        "38.5",
        "philomena",
        "bruise",
        "pram",
        "lukasz",
    ] {
        assert_eq!(notes_with(&desk, query), 1, "{query}");
    }
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let details = story["entries"][0]["addenda"][0]["id"].clone();
    call(&desk, "mark_in_error", json!({"row": details, "reason": "Of another family"}));
    assert_eq!((notes_with(&desk, "pram"), notes_with(&desk, "philomena")), (0, 1), "details that were marked are not found");
}

#[test]
fn an_unnamed_baby_is_found_as_she_is_shown() {
    let (_place, desk, _) = one_family();
    let twin = |order: u8| {
        let mut twin = infant("Wilson", "", ["11", "10", "2026"]);
        twin["birthOrder"] = json!(order);
        twin
    };
    add(&desk, &[twin(1), twin(2), mother("Wilson")]);
    let shown = text(&call(&desk, "find", json!({"query": "wilson"}))["people"][0]["name"]);
    assert_eq!(shown, "WILSON, Baby (twin 1)");
    for query in [shown.as_str(), "Baby Wilson", "WILSON, Baby", "Wilson twin 1"] {
        let found = call(&desk, "find", json!({"query": query}));
        assert_eq!(found["people"][0]["name"], json!(shown), "{query}");
    }
    assert_eq!(call(&desk, "find", json!({"query": "wilson twin 2"}))["people"][0]["name"], "WILSON, Baby (twin 2)");
}

#[test]
fn infants_of_one_birth_are_told_by_how_many_they_are() {
    let (_place, desk, _) = one_family();
    let infants = |given: &[&str]| -> Vec<Value> {
        let one = |(order, given): (usize, &&str)| {
            let mut infant = infant("Wilson", given, ["11", "10", "2026"]);
            infant["birthOrder"] = json!(order + 1);
            infant
        };
        given.iter().enumerate().map(one).chain([mother("Wilson")]).collect()
    };
    let names = |added: &Value| -> Vec<String> {
        let people = call(&desk, "people", json!({"family": added["family"]}));
        people["people"].as_array().unwrap().iter().filter(|one| one["role"] == "infant").map(|one| text(&one["name"])).collect()
    };
    let three = add(&desk, &infants(&["Aoife", "Brid", "Cara"]));
    assert_eq!(names(&three), ["WILSON, Aoife (triplet 1)", "WILSON, Brid (triplet 2)", "WILSON, Cara (triplet 3)"]);
    let banner = |added: &Value| text(&call(&desk, "banner", json!({"family": added["family"]}))["similar"]);
    assert_eq!(banner(&three), "One of several born together: check which infant");
    // Two births are no twins; one over midnight is.
    let two = add(&desk, &[infant("Boyle", "Ada", ["11", "10", "2026"]), infant("Boyle", "Bea", ["3", "12", "2025"]), mother("Boyle")]);
    assert_eq!(banner(&two), "");
    let night = add(&desk, &[infant("Kane", "Ada", ["11", "10", "2026"]), infant("Kane", "Bea", ["12", "10", "2026"]), mother("Kane")]);
    assert_eq!(banner(&night), "Twins: check which infant");
}

#[test]
fn only_names_that_may_be_taken_for_each_other_are_pointed_out() {
    let (_place, desk, _) = one_family();
    let born = ["11", "10", "2026"];
    let similar = |one: [&str; 2], other: [&str; 2], born_other: [&str; 3]| {
        let added = add(&desk, &[infant(one[0], one[1], born), mother(one[0])]);
        add(&desk, &[infant(other[0], other[1], born_other), mother(other[0])]);
        text(&call(&desk, "banner", json!({"family": added["family"]}))["similar"]).starts_with("Similar name")
    };
    assert!(!similar(["Li", "Jo"], ["Lindsay", "Jonathan"], ["3", "2", "2025"]));
    assert!(!similar(["Wilson", ""], ["Wilson-Byrne", "Zara"], ["3", "2", "2024"]));
    assert!(!similar(["Moore", "Ada"], ["Moore", "Bea"], ["3", "2", "2024"]));
    assert!(similar(["Doyle", "Jo"], ["Doyle", "Joanne"], ["3", "2", "2024"]));
    assert!(similar(["Mac Alister", "Ada"], ["McAlister", "Ada"], ["3", "2", "2024"]));
    assert!(similar(["Quinn", ""], ["Quinn", "Bea"], ["1", "11", "2026"]));
    assert!(similar(["Rea", "Ada"], ["Rea", "Bea"], born), "one birthday");
}

#[test]
fn a_person_added_a_second_time_is_pointed_out_however_short_the_name() {
    let (_place, desk, _) = one_family();
    for (name, given) in [("Fox", "Ada"), ("Lee", "Kim"), ("Ng", "An"), ("O", "Min"), ("Ó Sé", "Áine")] {
        let born = ["12", "10", "2026"];
        add(&desk, &[infant(name, given, born), mother(name)]);
        let echo = call(&desk, "echo_person", json!({"person": infant(name, given, born), "family": null}));
        assert_eq!(echo["similar"].as_array().unwrap().len(), 1, "{name}: {}", echo["similar"]);
    }
}

fn similar(desk: &Desk, asked: Value) -> Vec<String> {
    call(desk, "echo_person", asked)["similar"].as_array().unwrap().iter().map(text).collect()
}

/// A pregnancy with its due date.
fn unborn(family_name: &str, due: [&str; 3]) -> Value {
    json!({"role": "infant", "familyName": family_name, "given": "", "due": {"day": due[0], "month": due[1], "year": due[2]}, "numberAbsent": "unborn"})
}

#[test]
fn a_birth_date_with_day_and_month_the_other_way_round_is_asked_about() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("Doyle", "Ruth", ["4", "3", "2026"]), mother("Doyle")]);
    let asked = similar(&desk, json!({"person": infant("Doyle", "Ruth", ["3", "4", "2026"]), "family": null}));
    let reference = text(&added["reference"]);
    assert_eq!(asked, [format!("DOYLE, Ruth, born 04-Mar-2026 (37w 5d), day and month the other way round, in {reference}")]);
    assert!(similar(&desk, json!({"person": infant("Doyle", "Ruth", ["5", "4", "2026"]), "family": null})).is_empty());
}

#[test]
fn a_pregnancy_is_asked_about_by_its_due_date_and_so_is_the_birth_that_came_of_it() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[unborn("Doyle", ["12", "3", "2027"]), mother("Doyle")]);
    let reference = text(&added["reference"]);
    let told = format!("DOYLE, Baby, due 12-Mar-2027 (24w pregnant), in {reference}");
    for due in [["12", "3", "2027"], ["1", "4", "2027"], ["3", "3", "2027"]] {
        assert_eq!(similar(&desk, json!({"person": unborn("Doyle", due), "family": null})), std::slice::from_ref(&told), "{due:?}");
    }
    assert!(similar(&desk, json!({"person": unborn("Doyle", ["20", "6", "2027"]), "family": null})).is_empty());
    // She came at 24 weeks, and another service sends her as an infant.
    assert_eq!(similar(&desk, json!({"person": infant("Doyle", "Ruth", ["23", "11", "2026"]), "family": null})), [told]);
    let born = add(&desk, &[infant("Rea", "Ada", ["11", "10", "2026"]), mother("Rea")]);
    let asked = similar(&desk, json!({"person": unborn("Rea", ["1", "12", "2026"]), "family": null}));
    assert_eq!(asked, [format!("REA, Ada, born 11-Oct-2026 (6w 1d), in {}", text(&born["reference"]))]);
}

#[test]
fn somebody_typed_a_second_time_inside_the_family_is_asked_about_and_twins_are_not() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("Boyle", "Ada", ["11", "10", "2026"]), mother("Boyle")]);
    let family = &added["family"];
    let asked = |person: Value| similar(&desk, json!({"person": person, "family": family}));
    assert_eq!(asked(infant("Boyle", "Ada", ["11", "10", "2026"])), ["BOYLE, Ada, born 11-Oct-2026 (6w 1d), in this family"]);
    assert_eq!(
        asked(infant("Boyle", "Ada", ["10", "11", "2026"])),
        ["BOYLE, Ada, born 11-Oct-2026 (6w 1d), day and month the other way round, in this family"]
    );
    let mut twin = infant("Boyle", "Bea", ["11", "10", "2026"]);
    twin["birthOrder"] = json!(2);
    assert!(asked(twin).is_empty());
    // The same mother, also by another family name; and nobody is asked about while their own details are changed.
    for family_name in ["Boyle", "Kelly"] {
        let asked = asked(mother(family_name));
        assert_eq!(asked, ["BOYLE, Ann (mother), date of birth not recorded, in this family"], "{family_name}");
    }
    let own = json!({"person": mother("Boyle"), "family": family, "of": added["people"][1]});
    assert!(similar(&desk, own).is_empty());
}

#[test]
fn one_mother_typed_twice_is_asked_about_across_families_and_in_one_form() {
    let (_place, desk, _) = one_family();
    let added = add(&desk, &[infant("Boyle", "Ada", ["3", "2", "2024"]), mother("Boyle")]);
    let told = format!("BOYLE, Ann (mother), date of birth not recorded, in {}", text(&added["reference"]));
    assert_eq!(similar(&desk, json!({"person": mother("Boyle"), "family": null})), [told]);
    assert!(similar(&desk, json!({"person": mother("Boyd"), "family": null})).is_empty());
    let twice = json!({"person": mother("Kane"), "family": null, "beside": [infant("Kane", "Cara", ["11", "10", "2026"]), mother("Kane")]});
    assert_eq!(similar(&desk, twice), ["KANE, Ann (mother), typed in this form too"]);
    // Whose record the reader may not open is not told by a name alone, and is by name and date.
    unlock(&desk, "owen").unwrap();
    assert!(similar(&desk, json!({"person": mother("Boyle"), "family": null})).is_empty());
    let mut dated = mother("Boyle");
    dated["born"] = json!({"day": "1", "month": "2", "year": "1996"});
    unlock(&desk, "niamh").unwrap();
    add(&desk, &[infant("Boyle", "Cara", ["5", "5", "2025"]), dated.clone()]);
    unlock(&desk, "owen").unwrap();
    let asked = similar(&desk, json!({"person": dated, "family": null}));
    assert_eq!(asked, ["A person with the same details is in the record of another family. Ask the service lead."]);
}

#[test]
fn who_may_be_the_same_is_never_left_out_without_a_word() {
    let (_place, desk, _) = one_family();
    for number in 0..60 {
        add(
            &desk,
            &[
                infant("Doyle", &format!("Ruth {}", ["A", "B", "C"][number % 3].repeat(number / 3 + 1)), ["4", "3", "2026"]),
                mother("Doyle"),
            ],
        );
    }
    let asked = similar(&desk, json!({"person": infant("Doyle", "Zoe", ["4", "3", "2026"]), "family": null}));
    assert_eq!(asked.len(), 21);
    assert_eq!(asked.last().unwrap(), "More people have these details. Look for them in Find before you save.");
}

#[test]
fn a_number_that_fills_a_field_is_warned_of() {
    let (_place, desk, _) = one_family();
    let warnings = |number: &str| {
        let mut person = infant("Wilson", "Ruth", ["11", "10", "2026"]);
        (person["number"], person["numberAbsent"]) = (json!(number), Value::Null);
        call(&desk, "echo_person", json!({"person": person, "family": null}))["warnings"].to_string()
    };
    for made_up in ["0123456789", "9876543210", &number(400_000_000), &number(343_434_343)] {
        assert!(warnings(made_up).contains("does not look like a number that was issued"), "{made_up}: {}", warnings(made_up));
    }
    for right in [number(320_000_101), number(356_781_204), "999 000 0018".to_owned()] {
        assert!(!warnings(&right).contains("fill the field"), "{right}");
    }
}

#[test]
fn a_number_of_the_999_range_is_for_a_practice_record_only() {
    let (_place, desk, added) = one_family();
    let mut person = infant("Wilson", "Ruth", ["11", "10", "2026"]);
    (person["number"], person["numberAbsent"]) = (json!("999 000 0018"), Value::Null);
    let family = json!({"people": [person.clone(), mother("Wilson")]});
    let said = crate::support::answer(&desk, "add_family", family.clone()).unwrap_err();
    assert_eq!((said.code.to_string().as_str(), said.field.as_deref()), ("person_number_practice", Some("people.0.number")));
    assert!(said.message.contains("practice record"), "{}", said.message);
    person["role"] = json!("sibling");
    let sibling = json!({"family": added["family"], "person": person});
    assert_eq!(refused(&desk, "add_person", sibling), "person_number_practice");
    let view = crate::support::answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let mut fiadh = view["value"]["people"][0].clone();
    (fiadh["entry"]["number"], fiadh["entry"]["numberAbsent"]) = (json!("9990000018"), Value::Null);
    let amended = json!({"id": fiadh["id"], "person": fiadh["entry"], "seen": view["seen"]});
    assert_eq!(refused(&desk, "amend_person", amended), "person_number_practice");

    let practice = crate::support::Place::new();
    let desk = crate::support::practice_desk(&practice);
    crate::support::unlock_with(&desk, "lead", attune_core::practice::PASSPHRASE).unwrap();
    let mut family = family;
    let free = attune_core::person::health_care_number::HealthCareNumber::practice().nth(6_000).unwrap();
    family["people"][0]["number"] = json!(free.to_string());
    call(&desk, "add_family", family);
}

#[test]
fn one_health_and_care_number_is_not_given_to_two() {
    let (_place, desk, _) = one_family();
    let (first, second) = (number(320_000_101), number(320_000_202));
    let with = |mut person: Value, number: &str| {
        person["number"] = json!(number);
        person["numberAbsent"] = Value::Null;
        person
    };
    let born = ["11", "10", "2026"];
    let both = json!({"people": [with(infant("Wilson", "Ruth", born), &first), with(mother("Wilson"), &first)]});
    assert_eq!(refused(&desk, "add_family", both), "person_number_taken");
    let added = add(&desk, &[with(infant("Boyle", "Ada", born), &first), with(mother("Boyle"), &second)]);
    unlock(&desk, "owen").unwrap();
    let said = crate::support::answer(&desk, "add_family", json!({"people": [with(infant("Kane", "Cara", born), &first), mother("Kane")]}))
        .unwrap_err();
    assert_eq!((said.code.to_string().as_str(), said.field.as_deref()), ("person_number_taken", Some("people.0.number")));
    assert!(!said.message.contains("BOYLE"), "whose it is, is for who may open that record: {}", said.message);
    // One mother with two families is one person.
    add(&desk, &[infant("Boyle", "Bea", ["3", "2", "2024"]), with(mother("Boyle"), &second)]);
    unlock(&desk, "niamh").unwrap();
    let mut sibling = with(mother("Boyle"), &first);
    (sibling["role"], sibling["given"]) = (json!("sibling"), json!("Eve"));
    let said = crate::support::answer(&desk, "add_person", json!({"family": added["family"], "person": sibling})).unwrap_err();
    assert!(said.message.starts_with("BOYLE, Ada (infant) has this number."), "{}", said.message);
    for one_digit in ["3333333333", "9999999999", "4444444444"] {
        let people = json!({"people": [with(infant("Rea", "Ada", born), one_digit), mother("Rea")]});
        assert_eq!(refused(&desk, "add_family", people), "hcn_placeholder", "{one_digit}");
    }
}

#[test]
fn half_an_emoji_costs_nothing_of_what_was_written_beside_it() {
    let whole = json!({"saw": "👶🏽 family 👨‍👩‍👧 flag 🇮🇪 \\ \" end"}).to_string();
    assert_eq!(mended(&whole), whole);
    let escaped = r#"{"saw":"\ud83d\ude00 \\ud83d end"}"#;
    assert_eq!(mended(escaped), escaped, "a whole one, and a backslash before letters");
    for (cut, left) in [
        (r#"{"saw":"notes \ud83d end"}"#, r#"{"saw":"notes  end"}"#),
        (r#"{"saw":"notes \ude00 end"}"#, r#"{"saw":"notes  end"}"#),
        (r#"{"saw":"\ud83d\ud83d\ude00"}"#, r#"{"saw":"\ud83d\ude00"}"#),
        (r#"{"saw":"\ud83d"}"#, r#"{"saw":""}"#),
        (r#"{"saw":"\ud83"#, r#"{"saw":"\ud83"#),
        (r#"{"saw":"\"#, r#"{"saw":"\"#),
    ] {
        assert_eq!(mended(cut), left);
    }
}

#[test]
fn a_visit_that_was_cancelled_is_promised_no_more() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note(&added, "Seen."));
    let row = |desk: &Desk| call(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"][0].clone();
    assert_eq!(row(&desk)["nextVisit"], "Mon 30-Nov-2026, 10:30");
    let told = |outcome: &str| {
        let mut entry = note(&added, "");
        for (field, value) in
            [("kind", json!("phone")), ("outcome", json!(outcome)), ("when", json!("today 15:00")), ("nextVisit", json!(""))]
        {
            entry[field] = value;
        }
        (entry["infants"], entry["did"], entry["told"]) = (json!([]), json!([]), json!("She will ring."));
        entry
    };
    place.later(1);
    sign(&desk, &added, told("attended"));
    assert_eq!(row(&desk)["nextVisit"], "Mon 30-Nov-2026, 10:30", "a call before it is not the visit");
    sign(&desk, &added, told("cancelled_by_family"));
    assert_eq!(row(&desk)["nextVisit"], "Not booked");
    let other = call(&desk, "add_family", family("McAlister"));
    sign(&desk, &other, note(&other, "Seen."));
    assert_eq!(call(&desk, "story", json!({"family": other["family"]}))["nextVisit"], "Mon 30-Nov-2026, 10:30");
}

#[test]
fn a_visit_over_midnight_is_one_visit() {
    let (_place, desk, added) = one_family();
    let words = |typed: Value| text(&call(&desk, "parse_when", typed)["words"]);
    let night = "Sat 21-Nov-2026, 23:30 to 00:35 the next day";
    assert_eq!(words(json!({"text": "21 nov 23:30 65min", "lean": "past"})), night);
    assert_eq!(words(json!({"text": "21 nov 23:30", "until": "65", "lean": "past"})), night);
    assert_eq!(words(json!({"text": night, "lean": "past"})), night, "it reads back as the same");
    assert_eq!(refused(&desk, "parse_when", json!({"text": "21 nov 23:30-00:35", "lean": "past"})), "when_end_not_after_start");
    assert_eq!(refused(&desk, "parse_when", json!({"text": "21 nov 23:30 18h", "lean": "past"})), "when_end_not_after_start");
    let mut entry = note(&added, "Seen.");
    (entry["when"], entry["until"]) = (json!("21 nov 23:30"), json!("65"));
    let contact = sign(&desk, &added, entry);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert_eq!((text(&read["title"]), text(&read["time"])), ("Home visit, 65min".to_owned(), "23:30 to 00:35".to_owned()));
}
