//! What a worker reads before signing is all that will stand, and whose record it is.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{Place, answer, call, family, note, note_with_concern, refused, sign, team, text, unlock};

fn one_family() -> (Place, Desk, Value) {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let added = call(&desk, "add_family", family("O’Neill"));
    (place, desk, added)
}

fn strip(desk: &Desk, added: &Value, entry: &Value) -> Value {
    call(desk, "check_contact", json!({"episode": added["episode"], "entry": entry}))
}

/// `Label: text` of every line.
fn lines(strip: &Value) -> Vec<String> {
    strip["lines"].as_array().unwrap().iter().map(|line| format!("{}: {}", text(&line["label"]), text(&line["text"]))).collect()
}

#[test]
fn the_strip_shows_all_that_will_stand() {
    let (_place, desk, added) = one_family();
    let mut entry = note_with_concern(&added, "A bruise on the left cheek.");
    for (field, value) in [
        ("when", json!("yesterday 14:00")),
        ("until", json!("65")),
        ("others", json!("the interpreter")),
        ("present", json!([added["people"][0]])),
        ("absent", json!([added["people"][1]])),
        ("plan", json!("The duty team visits.\nRing the health visitor")),
        ("planDone", json!(["Bring the clip"])),
        ("think", json!("He is frightened.")),
    ] {
        entry[field] = value;
    }
    entry["concern"]["toldWhen"] = json!("15:10");
    let strip = strip(&desk, &added, &entry);
    assert_eq!(strip["missing"], json!([]));
    assert_eq!(
        lines(&strip),
        [
            "Kind of contact: Home visit",
            "What happened: Attended",
            "When: Sun 22-Nov-2026, 14:00 to 15:05 (65min)",
            "Place: Home",
            "Who was there: Fiadh, the interpreter",
            "Was not there: Róisín",
            "Fiadh was: Awake",
            "What we did: Play observed",
            "Safety: New or worse concern",
            "Concern about: Fiadh",
            "Danger: Not in immediate danger",
            "Concern: What was seen.",
            "Told: The duty social worker, Mon 23-Nov-2026, 15:10",
            "Immediate action: Stayed.",
            "Police: Police not informed: No offence",
            "Parent: Parent told",
            "Plan: The duty team visits.\nRing the health visitor",
            "Done since last time: Bring the clip",
            "Next visit: Mon 30-Nov-2026, 10:30",
            "What I saw: A bruise on the left cheek.",
            "What I think (interpretation): He is frightened.",
        ]
    );
    assert!(text(&strip["late"]).starts_with("This will be marked as a late entry"));
    let whose = text(&strip["whose"]);
    assert!(whose.starts_with("O’NEILL, Fiadh · born 11-Oct-2026 · F26-"), "{whose}");
}

#[test]
fn a_child_who_was_not_brought_is_asked_nothing_and_said_nothing_of() {
    let (_place, desk, added) = one_family();
    let mut entry = note(&added, "");
    for (field, value) in [("kind", json!("clinic")), ("outcome", json!("was_not_brought")), ("did", json!([]))] {
        entry[field] = value;
    }
    assert_eq!(entry["infants"][0]["state"], "awake", "chosen before the outcome was");
    let strip = strip(&desk, &added, &entry);
    assert_eq!(strip["missing"], json!([]));
    assert!(!lines(&strip).iter().any(|line| line.starts_with("Fiadh was")), "{:?}", lines(&strip));
    let signed = sign(&desk, &added, entry);
    let read = call(&desk, "contact", json!({"contact": signed}));
    assert_eq!(read["who"], "Róisín", "what the strip did not show does not stand");
}

#[test]
fn nothing_is_filled_in_and_only_what_was_booked_is_offered() {
    let (place, desk, added) = one_family();
    let open = || call(&desk, "open_note", json!({"family": added["family"]}));
    let blank = open();
    for field in ["kind", "outcome", "safety"] {
        assert_eq!(blank["entry"][field], Value::Null, "{field}");
    }
    assert_eq!(
        (&blank["entry"]["when"], &blank["entry"]["place"], &blank["entry"]["until"]),
        (&json!("23-Nov-2026"), &json!(""), &json!(""))
    );
    assert_eq!(blank["booked"], Value::Null);

    sign(&desk, &added, note(&added, "Seen."));
    assert_eq!(open()["booked"], Value::Null, "a visit of next week is not offered today");
    place.later(7 * 24 * 60);
    let form = open();
    assert_eq!(form["booked"], "Mon 30-Nov-2026, 10:30");
    assert_eq!(form["entry"]["when"], "30-Nov-2026", "offered, not filled in");
    let mut entry = note(&added, "Seen again.");
    for (field, value) in [("when", "30-Nov-2026 10:30"), ("until", "11:35"), ("nextVisit", "")] {
        entry[field] = json!(value);
    }
    let strip = strip(&desk, &added, &entry);
    assert!(lines(&strip).contains(&"When: Mon 30-Nov-2026, 10:30 to 11:35 (65min), started as booked".to_owned()), "{:?}", lines(&strip));
    assert!(lines(&strip).contains(&"Next visit: No next visit".to_owned()));
    sign(&desk, &added, entry);
    assert_eq!(open()["booked"], Value::Null, "it has been written about");
}

#[test]
fn what_took_place_has_an_end() {
    let (_place, desk, added) = one_family();
    let mut entry = note(&added, "Seen.");
    entry["when"] = json!("yesterday");
    let neither = lines(&strip(&desk, &added, &entry));
    assert!(neither.contains(&"When: Sun 22-Nov-2026, time not recorded".to_owned()), "{neither:?}");
    entry["when"] = json!("yesterday 14:00");
    assert_eq!(refused(&desk, "sign_contact", json!({"episode": added["episode"], "entry": entry})), "note_no_end");
    (entry["kind"], entry["told"]) = (json!("phone"), json!("All is well."));
    sign(&desk, &added, entry);
}

#[test]
fn two_babies_of_one_name_are_told_apart_on_every_card() {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "tara").unwrap();
    let baby = |mother: &str| {
        let mut request = family("Dorrian");
        (request["people"][0]["given"], request["people"][0]["givenAwaited"]) = (json!(""), json!(true));
        request["people"][1]["given"] = json!(mother);
        call(&desk, "add_family", request)
    };
    let of = |added: &Value| {
        let contact = sign(&desk, added, note_with_concern(added, "Seen."));
        let read = call(&desk, "contact", json!({"contact": contact}));
        let form = call(&desk, "open_note", json!({"family": added["family"]}));
        let banner = call(&desk, "banner", json!({"family": added["family"]}));
        let cards =
            [&read["whose"], &read["concern"]["whose"], &form["whose"], &banner["whose"], &strip(&desk, added, &json!({}))["whose"]];
        let cards: Vec<String> = cards.into_iter().map(text).collect();
        assert!(cards.iter().all(|card| *card == cards[0]), "worded once: {cards:?}");
        cards[0].clone()
    };
    let (first, second) = (of(&baby("Aoife")), of(&baby("Aoife")));
    for whose in [&first, &second] {
        assert!(whose.starts_with("DORRIAN, Baby · born 11-Oct-2026 · mother Aoife · F26-"), "{whose}");
    }
    assert_ne!(first, second, "the case reference tells them apart when nothing else does");
}

#[test]
fn twins_are_named_each_with_their_order() {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let mut request = family("Wilson");
    let mut second = request["people"][0].clone();
    (request["people"][0]["birthOrder"], second["birthOrder"], second["given"]) = (json!(1), json!(2), json!("Rory"));
    request["people"].as_array_mut().unwrap().insert(1, second);
    let added = call(&desk, "add_family", request);
    let whose = text(&call(&desk, "banner", json!({"family": added["family"]}))["whose"]);
    assert!(whose.starts_with("WILSON, Fiadh (twin 1) and WILSON, Rory (twin 2) · born 11-Oct-2026 · F26-"), "{whose}");
}

#[test]
fn a_refused_signature_does_not_name_the_infant() {
    let (_place, desk, added) = one_family();
    let mut entry = note(&added, "Seen.");
    entry["infants"] = json!([]);
    let on_screen = text(&strip(&desk, &added, &entry)["missing"][0]["message"]);
    assert_eq!(on_screen, "Say how Fiadh was, or that Fiadh was not seen.");
    let error = answer(&desk, "sign_contact", json!({"episode": added["episode"], "entry": entry})).expect_err("refused");
    assert_eq!(error.message, "Say how the infant was, or that the infant was not seen.");
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("note_no_state", Some("infants.0")));
}

/// The note, a person's birth and a review: one sentence of the core, wherever the day is typed.
#[test]
fn a_day_that_no_month_has_is_said_in_one_sentence_everywhere() {
    let (_place, desk, added) = one_family();
    let sentence = "That month has no such day. Check the day and the month.";
    let mut entry = note(&added, "Seen.");
    entry["when"] = json!("31/2 14:00");
    assert_eq!(text(&strip(&desk, &added, &entry)["missing"][0]["message"]), sentence);
    let mut request = family("Dorrian");
    request["people"][0]["born"] = json!({"day": "31", "month": "2", "year": "2026"});
    let refused = answer(&desk, "add_family", request.clone()).expect_err("no such day");
    assert_eq!((refused.message.as_str(), refused.field.as_deref()), (sentence, Some("people.0.born")));
    request["people"][0]["born"]["year"] = json!("");
    let refused = answer(&desk, "add_family", request).expect_err("no year");
    assert_eq!(refused.code, "person_bad_date");
    let typed = json!({"family": added["family"], "kind": "visit_in_pairs", "detail": "", "reviewOn": "31/2"});
    assert_eq!(answer(&desk, "set_flag", typed).expect_err("no such day").message, sentence);
}

/// A field keeps what a relative date meant, and a full date as it was typed: what a form starts with is no change.
#[test]
fn a_full_date_stays_as_it_was_typed_and_a_relative_one_as_it_was_meant() {
    let (_place, desk, _added) = one_family();
    for (typed, kept) in [
        ("23-Nov-2026", "23-Nov-2026"),
        ("Mon 23-Nov-2026, 14:00", "Mon 23-Nov-2026, 14:00"),
        ("today", "Mon 23-Nov-2026"),
        ("today 14:00", "Mon 23-Nov-2026, 14:00"),
        ("14 Nov", "Sat 14-Nov-2026"),
        ("fri 10:30", "Fri 20-Nov-2026, 10:30"),
    ] {
        assert_eq!(text(&call(&desk, "parse_when", json!({"text": typed, "lean": "past"}))["fixed"]), kept, "{typed}");
    }
}
