//! A clock that is wrong, and what was typed on one day and is saved on another:
//! said where somebody reads it, and never a date that nobody meant.

use attune_core::desk::Desk;
use attune_core::time::{Clock, Timestamp};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::support::{Place, call, note, note_with_concern, one_family, refused, sign, text, unlock};

fn late(desk: &Desk, contact: &Value) -> String {
    text(&call(desk, "contact", json!({"contact": contact}))["late"])
}

fn notices(place: &Place) -> String {
    let desk = place.desk();
    let answer = unlock(&desk, "niamh").unwrap();
    answer.to_string()
}

/// The words of a story's entries that a clock is asked about in.
fn asked_about(desk: &Desk, added: &Value) -> Vec<bool> {
    let story = call(desk, "story", json!({"family": added["family"]}));
    let entries = story["entries"].as_array().unwrap().clone();
    entries.iter().map(|entry| entry.to_string().contains("wrong when this or an entry beside it was recorded: check its date")).collect()
}

#[test]
fn a_note_signed_with_the_clock_set_back_is_late_all_the_same() {
    let (place, desk, added) = one_family();
    // Three days later the clock is set back to the evening of the visit.
    place.later(3 * 24 * 60);
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "The newest."));
    place.later(-3 * 24 * 60 + 60);
    unlock(&desk, "niamh").unwrap();
    let mut entry = note(&added, "Of the day of the visit.");
    (entry["when"], entry["nextVisit"]) = (json!("today 14:00-15:00"), json!(""));
    let strip = call(&desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
    let said = text(&strip["late"]);
    assert!(said.contains("this computer’s clock says Mon 23-Nov-2026, 16:21"), "{said}");
    assert!(said.contains("the latest entry in the record is dated Thu 26-Nov-2026, 15:21"), "{said}");
    for words in ["Of the day of the visit.", "A second one, after one was signed with the wrong clock."] {
        entry["saw"] = json!(words);
        let contact = sign(&desk, &added, entry.clone());
        assert!(late(&desk, &contact).starts_with("Late entry"), "{words}");
        place.later(5);
    }
}

#[test]
fn a_clock_that_was_ahead_for_a_while_makes_no_note_late_for_ever() {
    let (place, desk, added) = one_family();
    place.later(400 * 24 * 60);
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "With the clock ahead."));
    place.later(-400 * 24 * 60);
    let mut entry = note(&added, "Right again.");
    (entry["when"], entry["nextVisit"]) = (json!("today 14:00-15:00"), json!(""));
    let doubted: Vec<bool> = (0..4)
        .map(|turn| {
            entry["saw"] = json!(format!("Right again, {turn}."));
            place.later(1);
            unlock(&desk, "niamh").unwrap();
            let contact = sign(&desk, &added, entry.clone());
            late(&desk, &contact).starts_with("Late entry")
        })
        .collect();
    assert_eq!(doubted, [true, true, false, false], "nobody can tell which of two clocks was right until more was recorded by one");
    assert!(!notices(&place.copy()).contains("One of the two is wrong"), "nor is it asked for ever");
}

#[test]
fn a_clock_that_was_set_back_is_said_at_every_unlock_and_not_only_at_the_first() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note(&added, "Right."));
    drop(desk);
    place.later(-29 * 24 * 60);
    for turn in 0..3 {
        let said = notices(&place);
        assert!(said.contains("the latest entry in the record is dated Mon 23-Nov-2026, 15:21. One of the two is wrong"), "{turn}: {said}");
        place.later(5);
    }
}

/// Three notes of a clock that was ahead, and one after it was put right: each of the four is asked about.
#[test]
fn every_note_of_a_clock_that_was_ahead_is_marked() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note(&added, "Before."));
    place.later(29 * 24 * 60);
    unlock(&desk, "niamh").unwrap();
    for words in ["One.", "Two.", "Three."] {
        place.later(1);
        sign(&desk, &added, note(&added, words));
    }
    place.later(-29 * 24 * 60);
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "After."));
    assert_eq!(asked_about(&desk, &added).iter().filter(|asked| **asked).count(), 4);
    assert_eq!(asked_about(&desk, &added).len(), 5, "what was before it is not");
    for words in ["More.", "Still more.", "Yet more.", "And more."] {
        place.later(1);
        sign(&desk, &added, note(&added, words));
    }
    // Now more came after it than of it: the three are, and the one beside them.
    assert_eq!(asked_about(&desk, &added).iter().filter(|asked| **asked).count(), 4);
}

/// With the clock of today set back by a month, everything recorded since lies ahead of it.
#[test]
fn nothing_is_a_negative_number_of_days_ago() {
    let (place, desk, added) = one_family();
    let tara = call(&desk, "story", json!({"family": added["family"]}));
    assert!(tara["entries"].as_array().unwrap().is_empty());
    sign(&desk, &added, note_with_concern(&added, "Seen."));
    call(
        &desk,
        "place",
        json!({"family": added["family"], "step": 3, "rationale": "Both of them need more than one of us.", "indicators": [],
        "parentView": "", "infantShows": "Looks away.", "receivingService": "", "acceptedBy": "", "reviewOn": ""}),
    );
    call(&desk, "set_flag", json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum", "reviewOn": "+3m"}));
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": note(&added, "More.")}));
    for days in [1, 29, 60, 400] {
        let place = place.copy();
        place.later(-days * 24 * 60);
        for who in ["niamh", "tara", "lead"] {
            let desk = place.desk();
            let unlocked = unlock(&desk, who).unwrap();
            let family = json!({"family": added["family"]});
            let mut read = vec![("unlock", unlocked)];
            for (command, request) in [
                ("today", json!({})),
                ("caseload", json!({"mine": false, "filter": "open", "sort": "name"})),
                ("caseload", json!({"mine": false, "filter": "no_visit_14_days", "sort": "name"})),
                ("story", family.clone()),
                ("people", family.clone()),
                ("placements", family.clone()),
                ("history", json!({"family": added["family"], "limit": 100})),
                ("find", json!({"query": "Fiadh"})),
                ("status", json!({})),
            ] {
                if let Ok(answer) = crate::support::answer(&desk, command, request) {
                    read.push((command, answer["value"].clone()));
                }
            }
            assert!(read.len() >= 8, "{who}: {:?}", read.iter().map(|(command, _)| command).collect::<Vec<_>>());
            for (command, answer) in read {
                let words = answer.to_string();
                assert!(negative(&words).is_empty(), "{days} days back, {who}, {command}: {:?} in {words}", negative(&words));
            }
        }
    }
}

/// Spans that no person says: `-29d`, `in -3 days`, `(-1w)`, `()`.
fn negative(words: &str) -> Vec<String> {
    let unit = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        ["d ", "d)", "d\"", "w ", "m ", "y ", "hrs", "min", "day", "week", "month", "year", "hour"]
            .iter()
            .any(|unit| rest.starts_with(unit))
    };
    let spans = words.match_indices('-').filter(|(at, _)| {
        let (before, after) = (&words[..*at], &words[at + 1..]);
        after.starts_with(|c: char| c.is_ascii_digit()) && !before.ends_with(|c: char| c.is_alphanumeric()) && unit(after)
    });
    let spans = spans.map(|(at, _)| words[at..].chars().take(20).collect());
    spans.chain(words.contains("()").then(|| "()".to_owned())).collect()
}

#[test]
fn a_planted_negative_span_is_found() {
    for words in ["seen -29d ago", "in -3 days", "(-1w 2d)", "Open since Mon 23-Nov-2026 ()"] {
        assert!(!negative(words).is_empty(), "{words}");
    }
    assert!(negative("Mon 23-Nov-2026, 14:00-15:05, 2026-11-23, 6w 1d, +7d").is_empty());
}

#[test]
fn an_hour_without_its_half_means_the_day_on_which_it_was_typed() {
    let (place, desk, added) = one_family();
    let mut entry = note(&added, "Seen.");
    (entry["when"], entry["until"], entry["nextVisit"]) = (json!("14"), json!("15:05"), json!(""));
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry}));
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    let contact = sign(&desk, &added, entry);
    assert_eq!(text(&call(&desk, "contact", json!({"contact": contact}))["date"]), "Mon 23-Nov-2026");
}

/// The fields of dates that are known by heart take no word that means another day tomorrow.
#[test]
fn a_date_of_birth_or_a_due_date_is_never_relative() {
    let (_place, desk, added) = one_family();
    for field in ["born", "due"] {
        for (day, month, year) in [("today", "11", "2026"), ("+7d", "11", "2026"), ("23", "next", "2026"), ("23", "11", "26")] {
            let mut person = json!({"role": "infant", "familyName": "Bell", "given": "Jo", "numberAbsent": "just_born"});
            person[field] = json!({"day": day, "month": month, "year": year});
            let code = refused(&desk, "add_person", json!({"family": added["family"], "person": person}));
            assert!(code.starts_with("when_"), "{field} {day} {month} {year}: {code}");
        }
    }
}

#[test]
fn nobody_is_born_in_the_hour_that_the_clocks_skip() {
    let (place, desk, added) = one_family();
    place.clock.set(Timestamp::from_local(NaiveDate::from_ymd_opt(2027, 3, 29).unwrap().and_hms_opt(9, 0, 0).unwrap()));
    unlock(&desk, "niamh").unwrap();
    let born = |day: &str, time: &str| {
        json!({"family": added["family"], "person": {"role": "infant", "familyName": "Bell", "given": "Jo", "numberAbsent": "just_born",
            "born": {"day": day, "month": "3", "year": "2027"}, "bornTime": time}})
    };
    assert_eq!(refused(&desk, "add_person", born("28", "01:30")), "when_skipped");
    call(&desk, "add_person", born("28", "02:30"));
    assert_eq!(place.clock.now().date(), NaiveDate::from_ymd_opt(2027, 3, 28).unwrap() + Days::new(1));
}
