//! Controls of the hazard log that nothing smaller proves: what keeps a note
//! with its family, a date with its meaning, and a child in sight.

use attune_core::time::Timestamp;
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::support::{answer, call, family, note, note_with_concern, one_family, refused, sign, text, unlock};

fn strip(desk: &attune_core::desk::Desk, added: &Value, entry: &Value) -> Vec<String> {
    let strip = call(desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
    strip["missing"].as_array().unwrap().iter().map(|gap| text(&gap["code"])).collect()
}

#[test]
fn a_date_in_a_draft_means_the_day_it_was_typed() {
    let (place, desk, added) = one_family();
    let entry = json!({"when": "today 14:00-15:05", "nextVisit": "+7d 10:30"});
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry}));
    place.later(3 * 24 * 60);
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert!(text(&form["entry"]["when"]).starts_with("Mon 23-Nov-2026, 14:00"), "{}", form["entry"]["when"]);
    assert!(text(&form["entry"]["nextVisit"]).starts_with("Mon 30-Nov-2026, 10:30"), "{}", form["entry"]["nextVisit"]);
}

#[test]
fn a_note_stays_with_its_family() {
    let (_place, desk, added) = one_family();
    let other = call(&desk, "add_family", family("McAlister"));
    // A note of one family that names people of another keeps only its own.
    let mut entry = note(&added, "Seen.");
    entry["present"] = json!([added["people"][1], other["people"][1]]);
    entry["absent"] = json!([other["people"][0]]);
    let contact = sign(&desk, &added, entry);
    let history = call(&desk, "contact", json!({"contact": contact}));
    assert!(!text(&history["who"]).contains("was not there"), "{}", history["who"]);
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": {"saw": "of O’Neill"}}));
    let form = call(&desk, "open_note", json!({"family": other["family"]}));
    assert_eq!((form["entry"]["saw"].as_str(), form["draftSaved"].as_str()), (Some(""), None), "a draft is never on another family");
    assert_eq!(text(&form["savingTo"]), "McALISTER, Fiadh");
}

#[test]
fn twins_are_told_apart_by_birth_order() {
    let (place, desk, added) = one_family();
    let twin = |order: Value| {
        let born = json!({"day": "11", "month": "10", "year": "2026"});
        let person = json!({
            "role": "infant", "familyName": "O’Neill", "given": "Cara", "sex": "female", "born": born, "numberAbsent": "just_born", "birthOrder": order,
        });
        json!({"family": added["family"], "person": person})
    };
    assert_eq!(refused(&desk, "add_person", twin(Value::Null)), "person_twin_order", "two infants of one birth need an order");
    call(&desk, "add_person", twin(json!(2)));
    let people = call(&desk, "people", json!({"family": added["family"]}));
    assert!(people["people"].as_array().unwrap().iter().any(|person| person["birthOrder"] == "twin 2"));
    place.later(3);
    assert_eq!(refused(&desk, "add_person", twin(json!(2))), "person_twin_order");
    let banner = call(&desk, "banner", json!({"family": added["family"]}));
    assert!(text(&banner["similar"]).contains("Twins"), "{}", banner["similar"]);
}

#[test]
fn a_similar_name_on_the_caseload_is_pointed_out() {
    let (_place, desk, added) = one_family();
    let other = call(&desk, "add_family", family("Ó Néill"));
    for family in [&added, &other] {
        let banner = call(&desk, "banner", json!({"family": family["family"]}));
        assert!(text(&banner["similar"]).starts_with("Similar name"), "{}", banner["similar"]);
    }
}

#[test]
fn an_infant_out_of_sight_is_asked_about() {
    let (_place, desk, added) = one_family();
    let mut entry = note(&added, "Seen.");
    entry["infants"] = json!([]);
    assert_eq!(strip(&desk, &added, &entry), ["note_no_state"]);
    entry["infants"] = json!([{"person": added["people"][0], "state": "not_seen"}]);
    assert_eq!(strip(&desk, &added, &entry), ["note_there_or_not", "note_not_seen_why"], "there and not seen at once");
    entry["present"] = json!([added["people"][1]]);
    assert_eq!(strip(&desk, &added, &entry), ["note_not_seen_why"]);
    entry["notSeenWhy"] = json!("Asleep upstairs.");
    assert!(strip(&desk, &added, &entry).is_empty());
    entry["safety"] = Value::Null;
    assert_eq!(strip(&desk, &added, &entry), ["note_no_safety"], "nothing is chosen beforehand");
}

#[test]
fn a_concern_is_told_to_somebody_and_stays_until_a_second_person_answers() {
    let (_place, desk, added) = one_family();
    let mut entry = note_with_concern(&added, "Seen.");
    entry["concern"] = json!({});
    let missing = strip(&desk, &added, &entry);
    for code in ["concern_no_what", "concern_told_nobody", "concern_no_police"] {
        assert!(missing.contains(&code.to_owned()), "{code} in {missing:?}");
    }
    let contact = sign(&desk, &added, note_with_concern(&added, "Seen."));
    let waiting = |desk: &attune_core::desk::Desk| call(desk, "today", json!({}))["concerns"].as_array().unwrap().clone();
    assert_eq!(waiting(&desk).len(), 1);
    assert_eq!(refused(&desk, "retract_contact", json!({"contact": contact, "reason": "Wrong family"})), "retract_concern");
    unlock(&desk, "lead").unwrap();
    let lines = waiting(&desk);
    assert_eq!(lines.len(), 1, "it stands on the lead's list too");
    assert_eq!((&lines[0]["contact"], text(&lines[0]["detail"]).as_str()), (&json!(contact), "Raised by niamh of the team"));
    let today = call(&desk, "today", json!({})).to_string();
    for written in ["What was seen", "social worker", "No offence"] {
        assert!(!today.contains(written), "Today lists several families: what was written opens with the record");
    }
    let open = call(&desk, "concerns", json!({}))["concerns"].as_array().unwrap().clone();
    assert_eq!(
        refused(&desk, "answer_concern", json!({"concern": open[0]["id"], "decision": "advice", "answer": " "})),
        "concern_no_answer"
    );
    call(&desk, "answer_concern", json!({"concern": open[0]["id"], "decision": "advice", "answer": "A joint visit on Thursday."}));
    assert!(waiting(&desk).is_empty());
    unlock(&desk, "tara").unwrap();
    assert_eq!(
        refused(&desk, "answer_concern", json!({"concern": open[0]["id"], "decision": "advice", "answer": "Again."})),
        "concern_answered"
    );
}

#[test]
fn nobody_answers_their_own_concern() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "tara").unwrap();
    let contact = sign(&desk, &added, note_with_concern(&added, "Seen."));
    let concern = call(&desk, "contact", json!({"contact": contact}))["concern"].clone();
    assert_eq!(concern["mayAnswer"], false);
    assert_eq!(
        refused(&desk, "answer_concern", json!({"concern": concern["id"], "decision": "advice", "answer": "I answer myself."})),
        "concern_own"
    );
}

#[test]
fn a_child_who_was_not_brought_is_followed_up() {
    let (place, desk, added) = one_family();
    let mut entry = note(&added, "");
    for (field, value) in [("kind", "clinic"), ("outcome", "was_not_brought"), ("nextVisit", "")] {
        entry[field] = json!(value);
    }
    sign(&desk, &added, entry);
    let lines = |desk: &attune_core::desk::Desk| call(desk, "today", json!({}))["followUps"].as_array().unwrap().clone();
    assert_eq!(text(&lines(&desk)[0]["when"]), "by Fri 27-Nov-2026");
    place.later(7 * 24 * 60);
    assert_eq!(lines(&desk)[0]["overdue"], true, "it does not go away by itself");
    // Nor by a call, a meeting, a visit that we cancelled, or one in which nobody saw her.
    let mut unseen = note(&added, "");
    (unseen["present"], unseen["notSeenWhy"]) = (json!([added["people"][1]]), json!("Asleep upstairs."));
    unseen["infants"][0]["state"] = json!("not_seen");
    unseen["saw"] = json!("Her mother was tired.");
    for (kind, outcome) in [("phone", "attended"), ("meeting", "attended"), ("home_visit", "cancelled_by_us"), ("home_visit", "attended")] {
        let mut other = unseen.clone();
        (other["kind"], other["outcome"], other["told"]) = (json!(kind), json!(outcome), json!("They will come."));
        place.later(1);
        sign(&desk, &added, other);
        assert_eq!(text(&lines(&desk)[0]["when"]), "was due Fri 27-Nov-2026", "{kind} {outcome}");
    }
    place.later(1);
    sign(&desk, &added, note(&added, "Seen."));
    assert!(lines(&desk).is_empty());
    // A second cancellation running asks for the same; so does one that was declined.
    for outcome in ["cancelled_by_family", "cancelled_by_family", "declined"] {
        assert!(lines(&desk).is_empty() || outcome == "declined", "{outcome}");
        place.later(60);
        let mut away = note(&added, "");
        (away["outcome"], away["nextVisit"], away["when"]) = (json!(outcome), json!(""), json!("today 09:00"));
        sign(&desk, &added, away);
    }
    assert_eq!(lines(&desk).len(), 1);
}

#[test]
fn a_late_entry_says_so() {
    let (_place, desk, added) = one_family();
    let late = |when: &str| {
        let mut entry = note(&added, "Seen.");
        entry["when"] = json!(when);
        let contact = sign(&desk, &added, entry);
        text(&call(&desk, "contact", json!({"contact": contact}))["late"])
    };
    assert_eq!(late("yesterday 15:00-15:30"), "");
    assert!(late("yesterday 14:00-15:00").starts_with("Late entry"));
}

#[test]
fn an_old_form_overwrites_nothing() {
    let (_place, desk, added) = one_family();
    let read = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let mother = read["value"]["people"].as_array().unwrap().iter().find(|person| person["role"] == "mother").unwrap().clone();
    let save = |given: &str, preferred: &str| {
        let mut person = mother["entry"].clone();
        (person["given"], person["preferred"]) = (json!(given), json!(preferred));
        answer(&desk, "amend_person", json!({"id": mother["id"], "person": person, "seen": read["seen"]}))
    };
    save("Sinéad", "").unwrap();
    let error = save("Una", "").unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("changed_since", Some("given")));
    let now = call(&desk, "people", json!({"family": added["family"]})).to_string();
    assert!(now.contains("Sinéad") && !now.contains("Una"));
}

/// A clock that is set forward completes no quarter: work on two days after it does, or a lead’s word.
#[test]
fn a_quarter_is_over_by_work_on_two_days_after_it_and_not_by_the_clock() {
    let (place, desk, added) = one_family();
    let not_yet = |period: &str| {
        unlock(&desk, "lead").unwrap();
        text(&call(&desk, "summary", json!({"period": period}))["notYet"])
    };
    assert!(not_yet("2026-Q4").starts_with("That period has not ended."));
    place.later(45 * 24 * 60);
    assert!(not_yet("2026-Q4").contains("nothing was recorded after it on two different days"));
    let look = json!({"period": "2026-Q4"});
    assert_eq!(refused(&desk, "look_at_figures", look.clone()), "summary_not_over");
    assert_eq!(refused(&desk, "release_summary", json!({"quarter": "2026-Q4", "reason": "For the funder"})), "summary_not_over");
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "In the new year."));
    assert!(!not_yet("2026-Q4").is_empty(), "one day is the day to which a clock was set");
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "And the day after."));
    assert_eq!(not_yet("2026-Q4"), "");
}

#[test]
fn a_quarter_is_released_once() {
    let (place, desk, _) = one_family();
    unlock(&desk, "lead").unwrap();
    let folder = place.folder("summaries");
    call(&desk, "set_export_folder", json!({"folder": folder}));
    let running = json!({"quarter": "2026-Q4", "reason": "For the funder"});
    assert_eq!(refused(&desk, "release_summary", running), "summary_not_complete");
    let release = json!({"quarter": "2026-Q3", "reason": "For the funder"});
    crate::support::is_over(&desk, "2026-Q3");
    assert_eq!(refused(&desk, "release_summary", release.clone()), "summary_nothing", "a quarter is not used up by empty tables");
    crate::support::families_for_a_summary(&desk);
    call(&desk, "release_summary", release.clone());
    let file = folder.join("attune-summary-2026-Q3.csv");
    let first = std::fs::read(&file).unwrap();
    assert_eq!(refused(&desk, "release_summary", release), "summary_released");
    std::fs::remove_file(&file).unwrap();
    call(&desk, "write_release", json!({"quarter": "2026-Q3"}));
    assert_eq!(std::fs::read(&file).unwrap(), first, "written again, byte for byte");
}

#[test]
fn a_step_is_placed_by_people() {
    let (_place, desk, added) = one_family();
    let place = |step: Value, rationale: &str| json!({"family": added["family"], "step": step, "rationale": rationale, "indicators": [], "parentView": "", "infantShows": "Looks."});
    let why = "She turns away when she is picked up.";
    assert_eq!(refused(&desk, "place", place(Value::Null, why)), "placement_no_step", "nothing is chosen beforehand");
    assert_eq!(refused(&desk, "place", place(json!(3), "Too short")), "placement_no_rationale");
    let placed = call(&desk, "place", place(json!(4), why))["placements"][0].clone();
    let stands = |desk: &attune_core::desk::Desk| call(desk, "placements", json!({"family": added["family"]}))["placements"][0].clone();
    assert_eq!((&stands(&desk)["id"], stands(&desk)["second"].as_str()), (&placed["id"], Some("Waiting for a second person")));
    assert_eq!(refused(&desk, "confirm_placement", json!({"placement": placed["id"]})), "denied", "a key worker is no second person");
    unlock(&desk, "tara").unwrap();
    call(&desk, "confirm_placement", json!({"placement": placed["id"]}));
    assert!(text(&stands(&desk)["second"]).starts_with("Confirmed by"));
    let own = call(&desk, "place", place(json!(5), why))["placements"][0].clone();
    assert_eq!(refused(&desk, "confirm_placement", json!({"placement": own["id"]})), "placement_own");
}

#[test]
fn a_step_down_is_handed_over_by_name() {
    let (_place, desk, added) = one_family();
    let place = |step: u8, service: &str, accepted: &str| {
        json!({
            "family": added["family"], "step": step, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
            "infantShows": "Looks.", "receivingService": service, "acceptedBy": accepted,
        })
    };
    let placed = |step: u8, service: &str, accepted: &str| {
        call(&desk, "place", place(step, service, accepted));
        call(&desk, "placements", json!({"family": added["family"]}))
    };
    let first = placed(3, "", "");
    assert_eq!(first["stepsDown"], json!([1, 2]));
    assert_eq!(first["placements"][0]["handedOver"], "", "the first placement is no step down");
    assert_eq!(refused(&desk, "place", place(2, " ", "Ann Kerr")), "placement_no_receiving");
    assert_eq!(refused(&desk, "place", place(2, "Sure Start", " ")), "placement_not_accepted");
    let up = placed(4, "Sure Start", "Ann Kerr");
    assert_eq!(up["placements"][0]["handedOver"], "", "nobody receives a family that moves up");
    let down = placed(3, "Sure Start", "Ann Kerr, by telephone");
    assert_eq!(down["placements"][0]["handedOver"], "Sure Start, accepted by Ann Kerr, by telephone");
    assert_eq!(down["placements"][0]["second"], "Waiting for a second person", "from step 4");
}

#[test]
fn an_ace_conversation_is_held_only_as_confirmed() {
    let (_place, desk, added) = one_family();
    let sitting = |sitting: &str, wants: bool, safe: bool, words: &str| {
        json!({
            "person": added["people"][1], "sitting": sitting, "wantsTo": wants, "here": ["nobody"], "safe": safe, "adult": true, "protective": ["friends"],
            "answers": [{"category": "prison_at_home", "answer": "no"}], "words": words,
        })
    };
    assert_eq!(refused(&desk, "record_ace", sitting("held", false, true, "")), "ace_not_wanted");
    assert_eq!(refused(&desk, "record_ace", sitting("held", true, false, "")), "ace_not_safe");
    assert_eq!(refused(&desk, "record_ace", sitting("not_offered", false, false, " ")), "ace_no_reason");
    call(&desk, "record_ace", sitting("not_offered", false, false, "Her sister was there."));
    call(&desk, "record_ace", sitting("declined", false, false, ""));
    let view = call(&desk, "ace", json!({"family": added["family"]}));
    let entries = view["parents"][0]["entries"].as_array().unwrap();
    let counts: Vec<String> = entries.iter().map(|entry| text(&entry["count"])).collect();
    assert_eq!(counts, ["Chose not to have the conversation", "We did not offer the conversation"]);
    assert_eq!(entries[1]["words"], "Her sister was there.");
    for entry in entries {
        assert_eq!((&entry["lines"], &entry["protective"]), (&json!([]), &json!([])), "nothing that was not asked is kept");
    }
}

#[test]
fn not_asked_is_never_no() {
    let (_place, desk, added) = one_family();
    let before = call(&desk, "priority", json!({"family": added["family"]}));
    assert!(text(&before["left"]).ends_with("questions still to answer"));
    let answer = |answer: &str| json!({"family": added["family"], "person": null, "group": "poverty", "answer": answer, "period": null, "source": ""});
    let words = |answered: &str| {
        call(&desk, "answer_priority", answer(answered));
        let view = call(&desk, "priority", json!({"family": added["family"]}));
        let group = view["groups"].as_array().unwrap().iter().find(|group| group["group"] == "poverty").unwrap().clone();
        group["questions"][0]["words"].as_str().unwrap().to_owned()
    };
    for (code, shown) in [("not_asked", "Not asked"), ("declined", "Declined to say"), ("no", "No"), ("not_applicable", "Not applicable")] {
        assert!(words(code).starts_with(shown), "{code}");
    }
    let told = json!({
        "person": added["people"][1], "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "held", "protective": [], "words": "",
        "answers": [{"category": "prison_at_home", "answer": "no"}, {"category": "parents_apart", "answer": "not_asked"}],
    });
    call(&desk, "record_ace", told);
    let count = text(&call(&desk, "ace", json!({"family": added["family"]}))["parents"][0]["entries"][0]["count"]);
    assert_eq!(count, "1 no, 9 not asked");
}

#[test]
fn no_flags_is_only_said_after_somebody_looked() {
    let (_place, desk, added) = one_family();
    let flags = |desk: &attune_core::desk::Desk| text(&call(desk, "banner", json!({"family": added["family"]}))["flags"]["words"]);
    assert_eq!(flags(&desk), "Flags not recorded");
    call(&desk, "flags_checked", json!({"family": added["family"]}));
    assert_eq!(flags(&desk), "No known flags, checked 23-Nov-2026");
    call(&desk, "set_flag", json!({"family": added["family"], "kind": "visit_in_pairs"}));
    assert_eq!(flags(&desk), "1 flag");
}

/// What cannot be read is not taken for nothing.
#[test]
fn flags_that_cannot_be_read_say_so() {
    let (place, desk, added) = one_family();
    call(&desk, "flags_checked", json!({"family": added["family"]}));
    place.open_with(&place.key()).execute_batch("DROP VIEW flag").unwrap();
    let banner = call(&desk, "banner", json!({"family": added["family"]}));
    assert_eq!(text(&banner["flags"]["words"]), "Flags could not be read");
}

#[test]
fn a_backup_reads_back_and_is_restored_as_a_new_beginning() {
    let (place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let folder = place.folder("backups");
    call(&desk, "back_up", json!({"folder": folder}));
    assert_eq!(text(&call(&desk, "backup", json!({}))["words"]), "Backed up today");
    call(&desk, "lock", json!({}));
    std::fs::remove_dir_all(place.vault()).unwrap();
    let lead = json!({"folder": folder, "signIn": "lead", "passphrase": crate::support::passphrase("lead"), "recoveryKey": ""});
    call(&desk, "restore_backup", lead.clone());
    call(&desk, "story", json!({"family": added["family"]}));
    assert!(crate::support::findings(&desk).is_empty());
    assert_eq!(refused(&desk, "restore_backup", lead), "vault_exists", "a record is never written over");
}

/// Instants that the desk is set to in these tests are what people read.
#[test]
fn dates_are_shown_with_the_month_in_letters() {
    let date = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    assert_eq!(attune_core::time::date_words(date), "04-Mar-2026");
    let noon = Timestamp::from_local(date.and_hms_opt(12, 5, 0).unwrap());
    assert_eq!(attune_core::time::day_time_words(noon.local()), "Wed 04-Mar-2026, 12:05");
}

/// A note that was signed while the clock was ahead can be marked as entered in error once it has been put right.
#[test]
fn a_note_signed_with_the_clock_ahead_can_be_marked_as_entered_in_error() {
    let (place, desk, added) = one_family();
    place.later(400 * 24 * 60);
    let signed = sign(&desk, &added, note(&added, "Long looks between the two of them."));
    place.later(-400 * 24 * 60);
    assert_eq!(call(&desk, "contact", json!({"contact": signed}))["mayMarkInError"], true);
    call(&desk, "retract_contact", json!({"contact": signed, "reason": "Signed with a wrong clock"}));
}

#[test]
fn a_draft_that_a_newer_version_kept_is_neither_opened_nor_replaced() {
    let (place, desk, added) = one_family();
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": {"kind": "phone", "saw": "TWO HOURS OF WORK"}}));
    drop(desk);
    let body = |desk: &attune_core::desk::Desk| -> String {
        desk.write(|session| Ok(session.conn().as_raw().query_row("SELECT body FROM draft", [], |row| row.get(0))?)).unwrap()
    };
    let desk = place.desk();
    unlock(&desk, "niamh").unwrap();
    let newer = body(&desk).replace("\"phone\"", "\"beach\"");
    desk.write(|session| Ok(session.conn().as_raw().execute("UPDATE draft SET body = ?", [&newer])?)).unwrap();
    assert_eq!(refused(&desk, "open_note", json!({"family": added["family"]})), "draft_newer");
    let less = json!({"episode": added["episode"], "entry": {"saw": "Less"}});
    assert_eq!(refused(&desk, "save_draft", less), "draft_newer");
    assert_eq!(body(&desk), newer, "every word of it is where it was");
}

#[test]
fn an_unsigned_note_outlives_the_family_being_given_to_somebody_else() {
    let (_place, desk, added) = one_family();
    let entry = note(&added, "Two hours of what was seen, written in the car.");
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry}));
    unlock(&desk, "lead").unwrap();
    let owen = crate::support::user_id(&desk, "owen");
    let before = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let said = "niamh of the team has an unsigned note about this family, saved Mon 23-Nov-2026, 15:21, and can finish it.";
    assert_eq!(before["value"]["episode"]["unsigned"][0]["words"], said, "it is said before the change");
    let request = json!({"episode": added["episode"], "keyWorker": owen, "therapist": null, "partnerWorker": null, "seen": before["seen"]});
    assert_eq!(call(&desk, "allocate", request)["unsigned"], said);
    unlock(&desk, "niamh").unwrap();
    let family = json!({"family": added["family"]});
    assert_eq!(refused(&desk, "story", family.clone()), "not_yours");
    assert_eq!(call(&desk, "today", json!({}))["drafts"].as_array().unwrap().len(), 1, "it stands on its writer's Today");
    let form = call(&desk, "open_note", family.clone());
    assert_eq!((&form["entry"]["saw"], &form["lastPlan"]), (&entry["saw"], &Value::Null));
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": form["entry"]}));
    sign(&desk, &added, form["entry"].clone());
    assert_eq!(refused(&desk, "open_note", family.clone()), "not_yours", "with the note it is over");
    assert_eq!(refused(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry})), "not_yours");
    unlock(&desk, "owen").unwrap();
    let story = call(&desk, "story", family);
    assert!(story["entries"][0]["sections"].to_string().contains("Two hours"), "the family has the note: {story}");
}

#[test]
fn a_date_means_what_it_did_when_it_was_typed_over_midnight_and_under_an_open_window() {
    let (place, desk, added) = one_family();
    let mut entry = note(&added, "");
    (entry["when"], entry["nextVisit"]) = (json!("yesterday 14:00-15:05"), json!("+7d 10:30"));
    let keep = |entry: &Value| drop(call(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry})));
    place.later(8 * 60);
    unlock(&desk, "niamh").unwrap();
    keep(&entry);
    // Past midnight the window is still open, and more is typed.
    place.later(60);
    entry["saw"] = json!("Long looks.");
    unlock(&desk, "niamh").unwrap();
    keep(&entry);
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!(form["entry"]["when"], "Sun 22-Nov-2026, 14:00 to 15:05");
    assert_eq!(form["entry"]["nextVisit"], "Mon 30-Nov-2026, 10:30");
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    let strip = call(&desk, "check_contact", json!({"episode": added["episode"], "entry": entry}));
    assert_eq!(strip["contact"], "Home visit, Sun 22-Nov-2026, 14:00 to 15:05", "what the window shows is what it meant");
    let contact = sign(&desk, &added, entry);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert_eq!(
        (text(&read["date"]), text(&read["nextVisit"])),
        ("Sun 22-Nov-2026".to_owned(), "Next visit Mon 30-Nov-2026, 10:30".to_owned())
    );
}

#[test]
fn what_cannot_have_been_is_refused() {
    let (_place, desk, added) = one_family();
    let born = |year: &str| json!({"day": "1", "month": "2", "year": year});
    let person = |role: &str, year: &str| json!({"role": role, "familyName": "Rea", "given": "Ann", "born": born(year), "numberAbsent": "told_later"});
    let add = |people: Value| refused(&desk, "add_family", json!({"people": people}));
    assert_eq!(add(json!([person("infant", "1926")])), "person_not_infant");
    assert_eq!(add(json!([person("infant", "2026"), person("mother", "2026")])), "person_younger_than_child");
    assert_eq!(add(json!([person("infant", "2026"), person("mother", "2019")])), "person_younger_than_child");
    let late = json!({"family": added["family"], "person": person("father_partner", "2025")});
    assert_eq!(refused(&desk, "add_person", late), "person_younger_than_child");
    call(&desk, "add_person", json!({"family": added["family"], "person": person("sibling", "2019")}));
    let mut entry = note(&added, "Seen.");
    entry["when"] = json!("19/11/2025 14:00-15:05");
    assert_eq!(strip(&desk, &added, &entry), ["note_long_ago"]);
    let mut place = json!({
        "family": added["family"], "step": 3, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
        "infantShows": "Looks away.", "receivingService": "", "acceptedBy": "", "reviewOn": "23 11 2028",
    });
    assert_eq!(refused(&desk, "place", place.clone()), "placement_review_late");
    place["reviewOn"] = json!("");
    call(&desk, "place", place);
}

#[test]
fn a_flag_that_keeps_people_safe_is_ended_by_two_and_never_counts_as_a_look() {
    let (_place, desk, added) = one_family();
    let family = json!({"family": added["family"]});
    for kind in ["child_protection_register", "visit_in_pairs"] {
        unlock(&desk, "niamh").unwrap();
        let flag = call(&desk, "set_flag", json!({"family": added["family"], "kind": kind}))["id"].clone();
        let end = |reason: &str| json!({"flag": flag, "reason": reason});
        for short in ["", "-", "gone"] {
            assert_eq!(refused(&desk, "end_flag", end(short)), "flag_no_reason", "{kind} {short:?}");
        }
        let asked = call(&desk, "end_flag", end("Conference of today"));
        assert_eq!(asked["words"], "Asked. The flag stays until a second person agrees.");
        let flags = || call(&desk, "banner", family.clone())["flags"].clone();
        assert_eq!(flags()["words"], "1 flag", "{kind} stays");
        let ending = text(&flags()["flags"][0]["ending"]);
        assert_eq!(ending, "niamh of the team asked to end it, Mon 23-Nov-2026, 15:21. Waiting for a second person");
        assert_eq!(
            call(&desk, "people", family.clone())["flagReasons"][0]["words"],
            "To end it: Conference of today",
            "who decides reads why"
        );
        assert_eq!(refused(&desk, "end_flag", end("Once more, by me")), "flag_asked_by_you");
        unlock(&desk, "lead").unwrap();
        call(&desk, "end_flag", end("I was at the conference"));
        assert_eq!(flags()["words"], "Flags not checked since one ended 23-Nov-2026");
    }
    let interpreter = json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum"});
    let flag = call(&desk, "set_flag", interpreter)["id"].clone();
    assert_eq!(call(&desk, "end_flag", json!({"flag": flag}))["words"], "Flag ended. Saved on this laptop.");
    let history = call(&desk, "history", family);
    assert!(history.to_string().contains("Conference of today"), "why is in the history");
}

#[test]
fn what_is_copied_for_encompass_says_whose_it_is_and_leaves_out_what_concerns_others() {
    let (_place, desk, added) = one_family();
    let mut entry = note(&added, "Long looks.");
    for (field, value) in [("others", "Aunt Philomena"), ("supervision", "I was tired."), ("liaison", "Her brother’s school rang.")] {
        entry[field] = json!(value);
    }
    let contact = sign(&desk, &added, entry);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert_eq!(read["identity"], "O’NEILL, Fiadh · born 11-Oct-2026 · H&C No. Not known: newborn, number not yet issued");
    assert!(!text(&read["whoCopied"]).contains("Philomena") && text(&read["who"]).contains("Philomena"), "{read}");
    let out: Vec<String> =
        read["sections"].as_array().unwrap().iter().filter(|one| one["copied"] == false).map(|one| text(&one["label"])).collect();
    assert_eq!(out, ["Liaison", "For supervision"]);
}

#[test]
fn a_step_that_was_replaced_unconfirmed_says_so() {
    let (_place, desk, added) = one_family();
    let place = |step: u8| {
        json!({
            "family": added["family"], "step": step, "rationale": "She turns away when she is picked up.", "indicators": [],
            "parentView": "", "infantShows": "Looks away.", "receivingService": "Health visiting", "acceptedBy": "M. Kane", "reviewOn": "",
        })
    };
    call(&desk, "place", place(4));
    call(&desk, "place", place(5));
    let placements = call(&desk, "placements", json!({"family": added["family"]}))["placements"].clone();
    assert_eq!((&placements[0]["second"], &placements[0]["awaited"]), (&json!("Waiting for a second person"), &json!(true)));
    assert_eq!(
        (&placements[1]["second"], &placements[1]["awaited"]),
        (&json!("Replaced before a second person confirmed it"), &json!(false))
    );
}

#[test]
fn one_text_means_one_day_in_one_field_and_another_in_the_next() {
    let (_place, desk, added) = one_family();
    let mut entry = note(&added, "Seen.");
    (entry["when"], entry["until"], entry["nextVisit"]) = (json!("thu 10:30"), json!("30"), json!("thu 10:30"));
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": entry}));
    let contact = sign(&desk, &added, entry);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert_eq!(
        (text(&read["date"]), text(&read["nextVisit"])),
        ("Thu 19-Nov-2026".to_owned(), "Next visit Thu 26-Nov-2026, 10:30".to_owned())
    );
}

/// From step 4 or 5 a family loses what it has only when two people agree; until then lists, strip, review and counts stay as they were.
#[test]
fn a_step_down_from_4_or_5_is_proposed_until_a_second_person_confirms_it() {
    let (place, desk, added) = one_family();
    let family = json!({"family": added["family"]});
    let step = |step: u8| {
        json!({
            "family": added["family"], "step": step, "rationale": "She turns towards her father again.", "indicators": [],
            "parentView": "", "infantShows": "Looks and reaches.", "receivingService": "Health visiting", "acceptedBy": "M. Kane", "reviewOn": "",
        })
    };
    let placements = || call(&desk, "placements", family.clone());
    let steps = || placements()["placements"].as_array().unwrap().iter().map(|one| one["current"].clone()).collect::<Vec<_>>();
    call(&desk, "place", step(4));
    place.later(60);
    assert_eq!(call(&desk, "place", step(3))["placements"][0]["current"], json!(false));
    assert_eq!(steps(), [json!(false), json!(true)], "four stays");
    assert_eq!(
        text(&call(&desk, "story", family.clone())["step"]),
        "Step 4 · Specialist therapeutic, waiting for a second person; step 3 is proposed"
    );
    let listed = || call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "next_visit"}))["rows"][0].clone();
    assert_eq!((text(&listed()["step"]), text(&listed()["stepNote"])), ("Step 3 proposed".to_owned(), "step 4 until confirmed".to_owned()));
    let shown = placements();
    assert_eq!(shown["strip"].as_array().unwrap().len(), 1, "{shown}");
    assert_eq!(text(&shown["placements"][0]["title"]), "Step 3 · Specialist support, proposed");
    assert_eq!(text(&shown["placements"][0]["since"]), "Proposed Mon 23-Nov-2026");
    assert_eq!(shown["stepsDown"], json!([1, 2, 3]), "down is counted from where the family is");
    let proposed = json!({"placement": shown["placements"][0]["id"]});
    assert_eq!(refused(&desk, "confirm_placement", proposed.clone()), "denied");
    unlock(&desk, "tara").unwrap();
    let waiting = call(&desk, "today", json!({}))["placements"].clone();
    assert_eq!(text(&waiting[0]["detail"]), "Step 3 proposed, waiting for a second person");
    let read = placements();
    assert!(text(&read["placements"][0]["beforeConfirming"]).starts_with("The family stays on step 4 until you confirm this."));
    place.later(2 * 24 * 60);
    unlock(&desk, "tara").unwrap();
    let confirmed = call(&desk, "confirm_placement", proposed.clone());
    assert_eq!(steps(), [json!(true), json!(false)]);
    let read = placements();
    assert_eq!(text(&read["placements"][0]["since"]), "Since Wed 25-Nov-2026, proposed Mon 23-Nov-2026");
    assert_eq!(text(&read["strip"][0]["dates"]), "23-Nov-2026 to 25-Nov-2026", "from the day on which two agreed");
    assert_eq!(text(&read["placements"][1]["second"]), "Replaced before a second person confirmed it");
    assert_eq!(refused(&desk, "confirm_placement", json!({"placement": read["placements"][1]["id"]})), "placement_replaced");
    // The confirmation was made in error, by the one who made it: four is back. The lead confirms.
    unlock(&desk, "lead").unwrap();
    call(&desk, "mark_in_error", json!({"row": confirmed["id"], "reason": "Confirmed the wrong family"}));
    assert_eq!(steps(), [json!(false), json!(true)]);
    // What replaces a proposal ends it.
    unlock(&desk, "niamh").unwrap();
    call(&desk, "place", step(5));
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "confirm_placement", proposed), "placement_replaced");
    assert_eq!(steps(), [json!(true), json!(false), json!(false)]);
}
