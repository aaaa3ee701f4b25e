//! The release room: what is seen is kept, what is counted stays, what leaves is agreed to, and nobody who counts is
//! answered a name.

use attune_core::api;
use attune_core::api::COMMANDS;
use attune_core::desk::{Desk, Progress};
use attune_core::time::Timestamp;
use attune_core::user::Role;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::support::*;

const Q3: &str = "2026-Q3";

#[test]
fn what_was_looked_at_is_the_same_later_and_what_is_recorded_later_changes_nothing() {
    let (place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    let look = json!({"period": Q3});
    let first = call(&desk, "look_at_figures", look.clone());
    assert_eq!(
        titles(&first),
        [
            "Open caseload by infant’s age",
            "Open caseload by step",
            "Open caseload by priority group",
            "Contacts in the quarter by kind and outcome",
            "Families opened in the quarter, by infant’s age",
        ]
    );
    assert!(first["tables"].as_array().unwrap().iter().any(|table| table["withheld"] == ""), "some stand: {first}");
    unlock(&desk, "lead").unwrap();
    for number in 0..9 {
        let added = call(&desk, "add_family", family(&format!("Later {number}")));
        open_since(&desk, &added, "2026-08-03");
    }
    place.later(60 * 24 * 40);
    unlock(&desk, "dara").unwrap();
    assert_eq!(call(&desk, "look_at_figures", look.clone()), first, "another day, after other entries");
    assert_eq!(call(&desk, "summary", json!({"period": Q3}))["figures"], first);
    assert_eq!(looks(&desk), 1, "and it is kept once");

    // A lead has it counted anew, and says why; what was seen stays among what was seen.
    assert_eq!(refused(&desk, "make_frame_anew", json!({"period": Q3, "reason": "Entered late"})), "denied");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "make_frame_anew", json!({"period": Q3, "reason": " "})), "summary_no_reason");
    assert_eq!(refused(&desk, "make_frame_anew", json!({"period": "2026-Q2", "reason": "Entered late"})), "summary_no_frame");
    assert_eq!(call(&desk, "make_frame_anew", json!({"period": Q3, "reason": "Entered late"}))["frame"], 1);
    assert_eq!(call(&desk, "summary", json!({"period": Q3}))["figures"], Value::Null, "nobody has looked at it yet");
    call(&desk, "look_at_figures", look);
    assert_eq!(looks(&desk), 2);
    let register = call(&desk, "releases", json!({}));
    assert!(
        register["beside"].to_string().contains("Lead had the end of July to September 2026 counted again: Entered late"),
        "{register}"
    );
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn stopping_shows_nothing_and_keeps_nothing() {
    let (_place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    for stop_at in ["Counting", "Protecting"] {
        for (command, request) in
            [("look_at_figures", json!({"period": Q3})), ("release_summary", json!({"period": Q3, "reason": "For the board"}))]
        {
            let stopped = api::dispatch(&desk, command, request, None, &StopAt(stop_at, std::sync::Mutex::default())).unwrap_err();
            assert_eq!(stopped.code, "summary_stopped", "{command} at {stop_at}");
        }
    }
    let summary = call(&desk, "summary", json!({"period": Q3}));
    assert_eq!((&summary["figures"], &summary["frame"], &summary["released"]), (&Value::Null, &json!(""), &Value::Null));
    assert_eq!((looks(&desk), call(&desk, "releases", json!({}))["releases"].clone()), (0, json!([])));
}

#[test]
fn outside_the_team_nothing_leaves_until_another_person_agrees() {
    let (place, desk) = enough_families();
    let folder = place.folder("out");
    let asks = |who: &str, recipient: &str| {
        unlock(&desk, who).unwrap();
        call(&desk, "set_export_folder", json!({"folder": folder}));
        json!({"period": Q3, "reason": "Quarterly return", "outside": true, "recipient": recipient, "expiresOn": "+90d"})
    };
    let request = asks("lead", "");
    assert_eq!(refused(&desk, "release_summary", request), "summary_no_recipient");
    let request = asks("lead", "SPPG");
    let mut late = request.clone();
    late["expiresOn"] = json!("today");
    assert_eq!(refused(&desk, "release_summary", late), "summary_expired");
    let asked = call(&desk, "release_summary", request.clone());
    assert_eq!((&asked["state"], &asked["files"], &asked["sealed"]), (&json!("waits"), &json!([]), &json!([])));
    assert!(text(&asked["who"]).starts_with("Asked for Mon 23-Nov-2026"));
    assert!(files(&folder).is_empty(), "nothing has left");
    assert_eq!(refused(&desk, "release_summary", request.clone()), "summary_waits", "while one waits no other is made");
    assert_eq!(refused(&desk, "make_frame_anew", json!({"period": Q3, "reason": "Entered late"})), "summary_waits");
    let answer = json!({"release": asked["id"]});
    assert_eq!(refused(&desk, "approve_release", answer.clone()), "summary_same_person");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "approve_release", answer.clone()), "summary_same_person", "signed in again they are the same");
    let waits = call(&desk, "today", json!({}))["releases"][0].clone();
    assert_eq!(waits["words"], "The release of July to September 2026 waits for a second person.");
    assert_eq!((&waits["way"], &waits["release"]), (&json!("open"), &asked["id"]), "who asked reads it, and somebody else answers");
    unlock(&desk, "dara").unwrap();
    assert_eq!(refused(&desk, "approve_release", answer.clone()), "denied");
    assert_eq!(call(&desk, "summary", json!({}))["waits"][0]["way"], "open");
    assert_eq!(refused(&desk, "print_release", answer.clone()), "summary_not_released", "nothing is printed that has not left");

    let because = json!({"release": asked["id"], "reason": "The recipient is another"});
    assert_eq!(refused(&desk, "decline_release", because), "summary_not_second", "nobody takes back what somebody else asked for");

    unlock(&desk, "iggy").unwrap();
    assert_eq!(call(&desk, "releases", json!({}))["waits"][0]["way"], "answer");
    let shown = call(&desk, "release_figures", answer.clone());
    assert_eq!((&shown["release"]["mayAnswer"], &shown["release"]["recipient"]), (&json!(true), &json!("Outside the team: SPPG")));
    assert_eq!(refused(&desk, "decline_release", json!({"release": asked["id"], "reason": "-"})), "summary_no_reason");
    call(&desk, "decline_release", json!({"release": asked["id"], "reason": "The recipient is another"}));
    assert_eq!(refused(&desk, "approve_release", answer), "summary_not_waiting");
    assert!(files(&folder).is_empty(), "declined, and nothing has left");
    let register = call(&desk, "releases", json!({}));
    assert_eq!((&register["releases"][0]["state"], &register["waits"]), (&json!("declined"), &json!([])));
    assert!(
        text(&register["releases"][0]["second"]).ends_with("iggy of the team (Information governance officer): The recipient is another")
    );

    let request = asks("dara", "The commissioner");
    let waits = call(&desk, "summary", json!({}))["waits"][0].clone();
    assert_eq!(waits["words"], "The release of July to September 2026 was declined. Nothing has left.");
    assert!(text(&waits["detail"]).ends_with("The recipient is another"), "{waits}");
    let asked = call(&desk, "release_summary", request);
    unlock(&desk, "iggy").unwrap();
    let seen = call(&desk, "release_figures", json!({"release": asked["id"]}))["figures"]["tables"].clone();
    let agreed = call(&desk, "approve_release", json!({"release": asked["id"]}));
    assert_eq!((agreed["state"].as_str(), agreed["files"].as_array().unwrap().len()), (Some("sealed"), 4));
    assert!(text(&agreed["second"]).starts_with("Agreed Mon 23-Nov-2026"), "{agreed}");
    assert_eq!(
        call(&desk, "release_figures", json!({"release": asked["id"]}))["figures"]["tables"],
        seen,
        "what was seen is what has left"
    );
    let page = std::fs::read_to_string(files(&folder).into_keys().find(|path| path.extension().unwrap() == "html").unwrap()).unwrap();
    assert!(page.contains("agreed by the information governance officer") && page.contains("Use until"), "{page}");
    call(&desk, "print_release", json!({"release": asked["id"]}));
    let beside = call(&desk, "releases", json!({}))["beside"].to_string();
    assert!(beside.contains("iggy of the team printed the tables of July to September 2026"), "{beside}");
    unlock(&desk, "lead").unwrap();
    assert!(call(&desk, "team_history", json!({})).to_string().contains("Printed the tables of a release"));
    assert_eq!(refused(&desk, "release_summary", json!({"period": Q3, "reason": "Once more"})), "summary_released");
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_correction_names_what_it_corrects_and_a_withdrawn_release_says_so() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let first = call(&desk, "release_summary", json!({"quarter": Q3, "reason": "For the board"}))["id"].clone();
    let correction = |of: &Value| json!({"period": Q3, "reason": "Three families were missing", "corrects": of});
    unlock(&desk, "dara").unwrap();
    assert_eq!(refused(&desk, "release_summary", correction(&first)), "summary_lead_corrects");
    assert_eq!(refused(&desk, "withdraw_release", json!({"release": first, "reason": "A wrong line"})), "denied");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "release_summary", correction(&json!(uuid::Uuid::nil()))), "summary_corrects_other");
    place.later(20);
    let second = call(&desk, "release_summary", correction(&first));
    assert_eq!(text(&second["corrects"]), "Corrects the release of Mon 23-Nov-2026, 15:21");
    assert_eq!(refused(&desk, "release_summary", correction(&first)), "summary_corrects_other", "the last one is corrected");
    call(&desk, "withdraw_release", json!({"release": first, "reason": "A wrong line"}));
    assert_eq!(refused(&desk, "withdraw_release", json!({"release": first, "reason": "A wrong line"})), "summary_withdrawn");
    let register = call(&desk, "releases", json!({}));
    let of = |id: &Value| register["releases"].as_array().unwrap().iter().find(|release| release["id"] == *id).unwrap().clone();
    assert_eq!(of(&first)["state"], "withdrawn");
    assert!(text(&of(&first)["withdrawn"]).ends_with("by Lead (Service lead): A wrong line"));
    assert_eq!(text(&of(&first)["corrected"]), "Corrected on Mon 23-Nov-2026, 15:41");
    assert_eq!(of(&first)["incident"], "", "a correction is no incident");
    assert_eq!(call(&desk, "summary", json!({"period": Q3}))["released"]["id"], second["id"], "the correction stands");
}

#[test]
fn who_asked_can_take_a_release_back_before_anybody_agreed() {
    let (place, desk) = enough_families();
    let out = place.folder("out");
    for who in ["dara", "lead"] {
        unlock(&desk, who).unwrap();
        call(&desk, "set_export_folder", json!({"folder": out}));
        let outside = json!({"period": Q3, "reason": "For the commissioner", "outside": true, "recipient": "SPPC"});
        let asked = call(&desk, "release_summary", outside);
        assert_eq!((&asked["state"], &asked["mayTakeBack"], &asked["mayAnswer"]), (&json!("waits"), &json!(true), &json!(false)));
        let back = |reason: &str| json!({"release": asked["id"], "reason": reason});
        assert_eq!(refused(&desk, "decline_release", back("-")), "summary_no_reason");
        call(&desk, "decline_release", back("The recipient was mistyped"));
        assert_eq!(refused(&desk, "decline_release", back("The recipient was mistyped again")), "summary_not_waiting");
        let kept = call(&desk, "releases", json!({}))["releases"][0].clone();
        assert_eq!((&kept["state"], &kept["mayTakeBack"]), (&json!("taken_back"), &json!(false)));
        assert!(
            text(&kept["second"]).starts_with("Taken back Mon 23-Nov-2026")
                && text(&kept["second"]).ends_with(": The recipient was mistyped")
        );
        unlock(&desk, "iggy").unwrap();
        assert_eq!(refused(&desk, "approve_release", json!({"release": asked["id"]})), "summary_not_waiting");
        assert!(files(&out).is_empty(), "nothing has left");
    }
}

#[test]
fn a_release_is_not_agreed_to_after_its_last_day() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let ask = json!({"period": Q3, "reason": "Quarterly return", "outside": true, "recipient": "SPPG", "expiresOn": "+7d"});
    let answer = json!({"release": call(&desk, "release_summary", ask)["id"]});
    place.later(60 * 24 * 8);
    unlock(&desk, "iggy").unwrap();
    assert_eq!(refused(&desk, "approve_release", answer.clone()), "summary_expired_since");
    place.later(-60 * 24);
    unlock(&desk, "iggy").unwrap();
    call(&desk, "approve_release", answer);
}

#[test]
fn an_account_that_whoever_asked_has_made_or_changed_since_is_no_second_person() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let asked = call(&desk, "release_summary", json!({"period": Q3, "reason": "Quarterly return", "outside": true, "recipient": "SPPG"}));
    let answer = json!({"release": asked["id"]});
    let mine = json!({"name": "Lead", "signIn": "lead2", "role": "information_governance", "organisation": "The Trust"});
    let agrees = |sign_in: &str, one_time: String| {
        unlock_with(&desk, sign_in, &one_time).unwrap();
        call(&desk, "change_passphrase", json!({"present": one_time, "new": format!("{} again", passphrase(sign_in))}));
        refused(&desk, "approve_release", answer.clone())
    };
    assert_eq!(agrees("lead2", text(&call(&desk, "add_user", mine)["passphrase"])), "summary_made_by_who_asked");
    unlock(&desk, "lead").unwrap();
    let iggy = user_id(&desk, "iggy");
    let reset = text(&call(&desk, "reset_passphrase", json!({"user": iggy}))["passphrase"]);
    assert_eq!(agrees("iggy", reset), "summary_made_by_who_asked", "and nobody agrees with a passphrase that whoever asked has handed out");
}

#[test]
fn what_others_than_the_team_may_use_waits_for_a_second_person() {
    let (place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    for licence in ["open_government", "recipient_only"] {
        let ask = |recipient: &str| json!({"period": Q3, "reason": "For the web site", "licence": licence, "recipient": recipient});
        assert_eq!(refused(&desk, "release_summary", ask("")), "summary_no_recipient");
        let asked = call(&desk, "release_summary", ask("Anybody"));
        assert_eq!((&asked["state"], &asked["outside"]), (&json!("waits"), &json!(true)), "{licence}");
        call(&desk, "decline_release", json!({"release": asked["id"], "reason": "To be asked again"}));
    }
}

#[test]
fn a_clock_that_a_data_manager_sets_forward_completes_no_quarter() {
    let (place, desk) = enough_families();
    for (day, banding) in [(4, 1), (5, 2)] {
        let local = NaiveDate::from_ymd_opt(2027, 1, day).unwrap().and_hms_opt(9, 0, 0).unwrap();
        place.clock.set(Timestamp::from_local(local));
        unlock(&desk, "dara").unwrap();
        call(&desk, "plan_year", json!({"year": "2026-27", "tables": [{"name": "contacts", "banding": banding}]}));
    }
    assert_eq!(refused(&desk, "look_at_figures", json!({"period": "2026-Q4"})), "summary_not_over");
}

#[test]
fn the_proof_beside_the_files_holds_and_tells_of_nothing_that_never_left() {
    let (place, desk) = enough_families();
    let out = place.folder("out");
    call(&desk, "set_export_folder", json!({"folder": out}));
    let ages = |banding: u32| json!([{"name": "caseload_by_age", "banding": banding}]);
    let first = call(&desk, "release_summary", json!({"quarter": Q3, "reason": "For the board"}))["id"].clone();
    for banding in [1, 2] {
        call(&desk, "look_at_figures", json!({"period": Q3, "tables": ages(banding)}));
    }
    // One that was declined never left either.
    let outside = json!({"period": Q3, "reason": "A line was missing", "corrects": first, "outside": true, "recipient": "The commissioner", "tables": ages(1)});
    let declined = call(&desk, "release_summary", outside)["id"].clone();
    unlock(&desk, "iggy").unwrap();
    call(&desk, "decline_release", json!({"release": declined, "reason": "Ask again without"}));
    unlock(&desk, "lead").unwrap();
    let second = call(&desk, "release_summary", json!({"period": Q3, "reason": "A line was missing", "corrects": first}))["id"].clone();
    let kept = |id: &Value| {
        let id = serde_json::from_value(id.clone()).unwrap();
        desk.write(|session| Ok(attune_core::release::rows::find(session.conn(), id)?.unwrap())).unwrap()
    };
    for (name, release, left) in [("2026-Q3", &first, vec!["2026-Q3"]), ("2026-Q3-3", &second, vec!["2026-Q3", "2026-Q3 (3)"])] {
        let read = |ending: &str| std::fs::read(out.join(format!("attune-summary-{name}.{ending}"))).unwrap();
        let (csv, bytes) = (read("csv"), read("proof.json"));
        let proof: attune_disclosure::Proof = serde_json::from_slice(&bytes).unwrap();
        assert_eq!((proof.check(), proof.is_of_file(&csv)), (Ok(()), Ok(())), "{name}");
        assert!(String::from_utf8_lossy(&csv).contains(&proof.digest), "the file names its proof");
        let told: std::collections::BTreeSet<&str> = proof.cells.iter().map(|cell| cell.release.as_str()).collect();
        assert_eq!(told.into_iter().collect::<Vec<_>>(), left, "{name}");
        let text = String::from_utf8(bytes).unwrap();
        let release = kept(release);
        let secret = desk.write(|session| Ok(attune_core::release::rows::key(session.conn())?.unwrap().secret)).unwrap();
        let hidden =
            [release.id.to_string(), release.frame.to_string(), release.made_by.to_string(), hex::encode(secret), "Q3 look".to_owned()];
        for word in hidden.iter().map(String::as_str).chain(["again", "(2)", "Lead", "Dara", "joined", "The commissioner", "missing"]) {
            assert!(!text.contains(word), "{word} is told");
        }
        assert!(
            name == "2026-Q3" || release.insider.contains("2026-Q3 look") && release.insider.contains("2026-Q3 (2)"),
            "the insider’s holds all that was seen"
        );
    }
    // What a table cannot stand beside is named as somebody would look for it in the register.
    let known = |publication: &str| {
        let of = |session: &mut attune_core::session::Session| {
            attune_core::release::ops::room::known_as(session.conn(), publication, "Open caseload by infant’s age")
        };
        desk.write(of).unwrap()
    };
    assert_eq!(known("2026-Q3"), "the release of July to September 2026 of Mon 23-Nov-2026, table “Open caseload by infant’s age”");
    assert_eq!(
        known("2026-Q3 (2)"),
        "the release of July to September 2026 that was asked for on Mon 23-Nov-2026 and has not left, table “Open caseload by infant’s age”"
    );
    let look = known("2026-Q3 look 2");
    assert!(look.starts_with("the figures of July to September 2026 that were only looked at, on Mon 23-Nov-2026, 15:"), "{look}");
    assert!(look.contains(" in the lines “Put "), "{look}");
    // Another proof, however good, is not that of the file.
    let other: attune_disclosure::Proof = serde_json::from_str(&kept(&second).outsider).unwrap();
    assert!(other.is_of_file(&std::fs::read(out.join("attune-summary-2026-Q3.csv")).unwrap()).is_err());
}

#[test]
fn a_copied_record_releases_nothing_until_a_lead_says_what_has_left() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    unlock(&desk, "dara").unwrap();
    call(&desk, "look_at_figures", json!({"period": Q3}));
    let backups = place.folder("backups");
    call(&desk, "confirm_passphrase", json!({"passphrase": passphrase("dara")}));
    let backup = call(&desk, "back_up", json!({"folder": backups}))["folder"].clone();
    let other = Place::new();
    other.clock.set(attune_core::time::Clock::now(&place.clock));
    let copied = other.desk();
    call(&copied, "restore_backup", json!({"folder": backup, "signIn": "dara", "passphrase": passphrase("dara")}));
    let release = json!({"period": Q3, "reason": "For the board"});
    for (command, request) in [("look_at_figures", json!({"period": Q3})), ("release_summary", release.clone())] {
        assert_eq!(refused(&copied, command, request), "summary_no_seat", "{command}");
    }
    let summary = call(&copied, "summary", json!({"period": Q3}));
    assert_eq!((&summary["seat"]["here"], &summary["seat"]["mayTake"]), (&json!(false), &json!(false)));
    let seat = |left: Value| json!({"reason": "The laptop was lost", "left": left});
    assert_eq!(refused(&copied, "take_release_seat", seat(json!([]))), "denied");
    unlock(&copied, "lead").unwrap();
    assert_eq!(refused(&copied, "make_frame_anew", json!({"period": Q3, "reason": "Entered late"})), "summary_no_seat");
    assert_eq!(refused(&copied, "take_release_seat", json!({"reason": "", "left": []})), "summary_no_reason");
    let no_file = json!([{"period": Q3, "csv": "Name,Number"}]);
    assert_eq!(refused(&copied, "take_release_seat", seat(no_file)), "summary_not_its_file");
    call(&copied, "take_release_seat", seat(json!([{"period": "2026-Q2", "csv": ""}])));
    assert_eq!(refused(&copied, "take_release_seat", seat(json!([]))), "summary_has_seat");

    // What left elsewhere without its file cannot be released, nor what would have to stand beside it.
    is_over(&copied, "2026-Q2");
    assert_eq!(refused(&copied, "look_at_figures", json!({"period": "2026-Q2"})), "summary_left_elsewhere");
    let shown = call(&copied, "look_at_figures", json!({"period": Q3}));
    for table in shown["tables"].as_array().unwrap() {
        let is_of_a_day = text(&table["name"]).starts_with("caseload");
        assert_eq!(text(&table["cause"]).starts_with("Figures of April to June 2026 have left"), is_of_a_day, "{table}");
        assert!(!is_of_a_day || table["lines"] == json!([]), "{table}");
    }
    let register = call(&copied, "releases", json!({}));
    let said = "Lead made another computer the one that releases: The laptop was lost. Left from elsewhere: April to June 2026 (its file is not here)";
    assert!(register["beside"].to_string().contains(said), "{register}");

    // The first computer goes on as it was: it knows of none of this.
    call(&desk, "release_summary", release);
}

#[test]
fn a_second_person_reads_what_whoever_asked_was_shown_and_what_is_not_in_the_file() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    unlock(&desk, "dara").unwrap();
    let tables = json!([{"name": "contacts", "banding": null}]);
    let looked = call(&desk, "look_at_figures", json!({"period": Q3, "tables": tables}));
    let summary = call(&desk, "summary", json!({"period": Q3}));
    let request = json!({"period": Q3, "reason": "Quarterly return", "tables": tables, "outside": true, "recipient": "SPPG", "expiresOn": "31/3/2027"});
    let asked = call(&desk, "release_summary", request);
    unlock(&desk, "iggy").unwrap();
    let shown = call(&desk, "release_figures", json!({"release": asked["id"]}));
    for (seen, table) in looked["tables"].as_array().unwrap().iter().zip(shown["figures"]["tables"].as_array().unwrap()) {
        for what in ["name", "lines", "withheld", "cause", "hidden"] {
            assert_eq!(table[what], seen[what], "{what}");
        }
        assert_eq!(table["advice"], json!([]), "whoever reads it cannot take another way");
    }
    assert_eq!(shown["checklist"], summary["checklist"]);
    assert_eq!(shown["leftOut"].as_array().unwrap().len(), 1, "{shown}");
    assert!(text(&shown["leftOut"][0]).starts_with("Contacts"), "{shown}");
}

#[test]
fn a_data_manager_is_told_which_period_waits_and_which_is_not_ready() {
    let (_place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    let waits = call(&desk, "summary", json!({}))["waits"].clone();
    assert_eq!(waits[0]["words"], "July to September 2026 is complete and has not been released.", "{waits}");
    assert_eq!((&waits[0]["way"], &waits[0]["period"], &waits[0]["release"]), (&json!("period"), &json!(Q3), &Value::Null));
    assert!(waits.as_array().unwrap().iter().all(|wait| wait["way"] == "period"), "{waits}");
    unlock(&desk, "iggy").unwrap();
    assert_eq!(call(&desk, "releases", json!({}))["waits"], json!([]), "what is to be released waits for whoever releases");
}

#[test]
fn a_lead_leaves_the_seat_where_it_is_or_gives_it_up_and_takes_it_again() {
    let (place, desk) = enough_families();
    assert_eq!(call(&desk, "summary", json!({}))["seat"]["mayLeave"], json!(true), "the record was made here");
    call(&desk, "look_at_figures", json!({"period": Q3}));
    let leave = |reason: &str| json!({"reason": reason});
    let backups = place.folder("backups");
    call(&desk, "confirm_passphrase", json!({"passphrase": passphrase("lead")}));
    let backup = call(&desk, "back_up", json!({"folder": backups}))["folder"].clone();
    let other = Place::new();
    other.clock.set(attune_core::time::Clock::now(&place.clock));
    let copied = other.desk();
    call(&copied, "restore_backup", json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")}));
    let seat = |desk: &Desk| call(desk, "summary", json!({"period": Q3}))["seat"].clone();
    assert_eq!((&seat(&copied)["mayTake"], &seat(&copied)["mayLeave"]), (&json!(true), &json!(true)));
    assert_eq!(refused(&copied, "leave_release_seat", leave("-")), "summary_no_reason");
    call(&copied, "leave_release_seat", leave("This copy is for teaching"));
    assert!(text(&seat(&copied)["said"]).ends_with("said that the computer that releases stays the same: This copy is for teaching"));
    assert_eq!(refused(&copied, "leave_release_seat", leave("Once more")), "summary_seat_left");
    assert_eq!(refused(&copied, "look_at_figures", json!({"period": Q3})), "summary_no_seat");
    call(&copied, "take_release_seat", json!({"reason": "It is the only one now", "left": []}));
    assert_eq!((&seat(&copied)["here"], &seat(&copied)["said"]), (&json!(true), &json!("")));
    call(&copied, "look_at_figures", json!({"period": Q3}));

    // Taken in error: nobody releases until somebody takes it again.
    call(&copied, "leave_release_seat", leave("It was the wrong laptop"));
    assert_eq!(refused(&copied, "look_at_figures", json!({"period": Q3})), "summary_no_seat");
    assert!(text(&seat(&copied)["words"]).starts_with("No computer of the team looks at figures"));
    assert_eq!(refused(&copied, "leave_release_seat", leave("Once more")), "summary_seat_left");
    let beside = call(&copied, "releases", json!({}))["beside"].to_string();
    assert!(beside.contains("none does now: It was the wrong laptop"), "{beside}");
    call(&copied, "take_release_seat", json!({"reason": "It was the right one", "left": []}));
    call(&copied, "look_at_figures", json!({"period": Q3}));
    assert_eq!(findings(&copied), [""; 0]);
}

#[test]
fn a_seat_is_not_left_while_a_release_of_it_waits() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", json!({"period": Q3, "reason": "Quarterly return", "outside": true, "recipient": "SPPG"}));
    assert_eq!(refused(&desk, "leave_release_seat", json!({"reason": "The wrong laptop"})), "summary_waits");
}

#[test]
fn what_left_from_another_computer_with_its_file_is_one_of_what_was_seen() {
    let (place, desk) = enough_families();
    let out = place.folder("out");
    call(&desk, "set_export_folder", json!({"folder": out}));
    let backups = place.folder("backups");
    call(&desk, "confirm_passphrase", json!({"passphrase": passphrase("lead")}));
    let backup = call(&desk, "back_up", json!({"folder": backups}))["folder"].clone();
    call(&desk, "release_summary", json!({"period": Q3, "reason": "For the board"}));
    let csv = std::fs::read_to_string(out.join("attune-summary-2026-Q3.csv")).unwrap();

    let other = Place::new();
    other.clock.set(attune_core::time::Clock::now(&place.clock));
    let copied = other.desk();
    call(&copied, "restore_backup", json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")}));
    let seat = |period: &str, csv: &str| json!({"reason": "The laptop was lost", "left": [{"period": period, "csv": csv}]});
    for (period, text) in
        [("2026-Q2", csv.as_str()), ("2025-26", csv.as_str()), (Q3, &csv.replace("Total", "Sum")), (Q3, &csv[..csv.len() / 2])]
    {
        assert_eq!(refused(&copied, "take_release_seat", seat(period, text)), "summary_not_its_file", "{period}");
    }
    call(&copied, "take_release_seat", seat(Q3, ""));
    assert_eq!(refused(&copied, "look_at_figures", json!({"period": Q3})), "summary_left_elsewhere");
    call(&copied, "take_release_seat", seat(Q3, &csv));
    let shown = call(&copied, "look_at_figures", json!({"period": Q3}));
    assert_eq!(shown["tables"].as_array().unwrap().len(), 5, "it is protected beside what has left: {shown}");
    let register = call(&copied, "releases", json!({}));
    assert!(register["beside"].to_string().contains("Left from elsewhere: July to September 2026"), "{register}");
}

#[test]
fn the_proofs_of_a_release_are_checked_and_a_spoilt_one_is_told() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let release = call(&desk, "release_summary", json!({"quarter": Q3, "reason": "For the board"}))["id"].clone();
    unlock(&desk, "iggy").unwrap();
    let checked = call(&desk, "check_release_proof", json!({"release": release}));
    assert_eq!(checked["holds"], true, "{checked}");
    assert!(text(&checked["words"]).starts_with("Both proofs hold, and are of the numbers of this release"));
    assert_eq!(refused(&desk, "check_release_proof", json!({"release": uuid::Uuid::nil()})), "summary_no_release");
    let whole = desk.write(|session| Ok(attune_core::release::rows::all(session.conn())?.remove(0))).unwrap();
    for (what, outsider, insider) in [
        ("outsider", whole.outsider.replacen("[c]", "5", 1), whole.insider.clone()),
        ("insider", whole.outsider.clone(), whole.insider.replacen("\"threshold\":5", "\"threshold\":4", 1)),
        ("insider", whole.outsider.clone(), String::new()),
        ("outsider", with_a_look(&whole.outsider), whole.insider.clone()),
    ] {
        let spoilt = attune_core::release::records::Release { outsider, insider, ..whole.clone() };
        let id = desk
            .write(|session| {
                session.transact(attune_core::op::Op::Release, |tx| {
                    let id = tx.new_id();
                    tx.create(&attune_core::release::records::Release { id, ..spoilt.clone() })?;
                    Ok(id)
                })
            })
            .unwrap()
            .value;
        let checked = call(&desk, "check_release_proof", json!({"release": id}));
        assert_eq!(checked["holds"], false, "{what}");
        assert!(text(&checked["words"]).starts_with(&format!("The proof for an {what} ")), "{checked}");
    }
}

#[test]
fn nobody_is_told_what_is_hidden_only_beside_others() {
    let (_place, desk) = enough_families();
    let shown = call(&desk, "look_at_figures", json!({"period": Q3}));
    let hidden: Vec<String> =
        shown["tables"].as_array().unwrap().iter().map(|table| text(&table["hidden"])).filter(|said| !said.is_empty()).collect();
    assert!(!hidden.is_empty());
    for said in hidden {
        let words: Vec<&str> = said.split(' ').collect();
        assert!(matches!(words[..], [_, "of", _, "numbers", "is" | "are", "hidden"]), "{said}");
    }
}

#[test]
fn a_release_without_a_proof_that_holds_is_not_sealed() {
    let (place, desk) = enough_families();
    let folder = place.folder("out");
    call(&desk, "set_export_folder", json!({"folder": folder}));
    let outside = json!({"period": Q3, "reason": "Quarterly return", "outside": true, "recipient": "The commissioner"});
    let asked = call(&desk, "release_summary", outside)["id"].clone();
    unlock(&desk, "iggy").unwrap();
    call(&desk, "decline_release", json!({"release": asked, "reason": "To be asked again"}));
    let whole = desk.write(|session| Ok(attune_core::release::rows::all(session.conn())?.remove(0))).unwrap();
    let spoilt =
        attune_core::release::records::Release { insider: whole.insider.replacen("\"threshold\":5", "\"threshold\":4", 1), ..whole };
    let id = desk
        .write(|session| {
            session.transact(attune_core::op::Op::Release, |tx| {
                let id = tx.new_id();
                tx.create(&attune_core::release::records::Release { id, ..spoilt.clone() })?;
                Ok(id)
            })
        })
        .unwrap()
        .value;
    assert_eq!(refused(&desk, "approve_release", json!({"release": id})), "summary_not_proven");
    assert!(files(&folder).is_empty(), "nothing has left");
    let register = call(&desk, "releases", json!({}));
    let waits = register["releases"].as_array().unwrap().iter().find(|release| release["id"] == json!(id)).unwrap();
    assert_eq!((&waits["state"], &waits["sealed"]), (&json!("waits"), &json!([])), "{waits}");
}

#[test]
fn a_lead_reads_what_is_missing_and_a_data_manager_only_that_it_is_ready() {
    let (place, desk) = enough_families();
    let added = call(&desk, "add_family", family("Unsigned"));
    open_since(&desk, &added, "2026-09-01");
    let draft = json!({"kind": "home_visit", "when": "16/9 14:00-15:00", "saw": "Not signed."});
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": draft}));
    let asked = json!({"family": added["family"], "person": null, "group": "poverty", "answer": "no", "period": null, "source": ""});
    call(&desk, "answer_priority", asked);
    let missing = call(&desk, "readiness", json!({"period": Q3}));
    assert_eq!((&missing["unsigned"], &missing["notPlaced"]), (&json!(1), &json!(25)));
    let poverty = missing["notAsked"].as_array().unwrap().iter().find(|group| group["group"] == "Living in poverty").unwrap();
    assert_eq!(poverty["families"], 25, "that family was asked in November");
    let running = json!({"period": "2026-Q4"});
    assert_eq!(refused(&desk, "say_period_ready", running.clone()), "summary_not_complete");
    place.later(45 * 24 * 60);
    unlock(&desk, "dara").unwrap();
    assert_eq!(refused(&desk, "readiness", running.clone()), "denied");
    assert_eq!(refused(&desk, "say_period_ready", running.clone()), "denied");
    assert_eq!(call(&desk, "summary", running.clone())["ready"], "");
    unlock(&desk, "lead").unwrap();
    call(&desk, "say_period_ready", running.clone());
    place.later(24 * 60);
    call(&desk, "say_period_ready", running.clone());
    unlock(&desk, "dara").unwrap();
    let summary = call(&desk, "summary", running);
    assert_eq!(summary["ready"], "Lead said on Thu 07-Jan-2027 that this period is over and ready", "the first word counts");
    assert_eq!(summary["notYet"], "");
}

#[test]
fn a_years_plan_is_taken_unless_something_else_is_asked() {
    let (_place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    let plan = json!({"year": "2026-27", "tables": [{"name": "caseload_by_age", "banding": 2}, {"name": "contacts", "banding": null}]});
    for spoilt in [json!([{"name": "caseload_by_worker", "banding": 0}]), json!([{"name": "contacts", "banding": 99}])] {
        assert_eq!(refused(&desk, "plan_year", json!({"year": "2026-27", "tables": spoilt})), "summary_table");
    }
    assert_eq!(call(&desk, "year_plan", json!({"year": "2026-27"}))["who"], "");
    call(&desk, "plan_year", plan);
    let planned = call(&desk, "year_plan", json!({}));
    assert_eq!(
        (&planned["year"], &planned["who"]),
        (&json!("2026-27"), &json!("Planned Mon 23-Nov-2026 by dara of the team (Data manager)"))
    );
    let shown = call(&desk, "look_at_figures", json!({"period": Q3}));
    let of = |shown: &Value, name: &str| shown["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).cloned();
    assert_eq!(of(&shown, "contacts"), None);
    let by_age = of(&shown, "caseload_by_age").unwrap();
    assert_eq!(by_age["banding"], 2);
    let could = |view: &Value| {
        let table = view["tables"].as_array().unwrap().iter().find(|table| table["name"] == "caseload_by_age").unwrap().clone();
        [0, 2].map(|banding| text(&table["bandings"][banding]["could"]))
    };
    let [never, once] = could(&call(&desk, "year_plan", json!({})));
    assert_eq!(never, "", "nothing is said from counts");
    assert!(once.contains("hidden in July to September 2026") || once.starts_with("It could not be shown"), "{once}");
    let asked = call(&desk, "look_at_figures", json!({"period": Q3, "tables": [{"name": "caseload_by_age", "banding": 0}]}));
    assert_eq!(of(&asked, "caseload_by_age").unwrap()["banding"], 0);
    assert_eq!(of(&asked, "contacts"), None, "what is not named is as it was planned");
}

#[test]
fn a_financial_year_is_exact_and_stands_beside_its_quarters() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", json!({"period": Q3, "reason": "For the board"}));
    assert_eq!(refused(&desk, "look_at_figures", json!({"period": "2026-27"})), "summary_not_complete");
    place.later(60 * 24 * 140);
    is_over(&desk, "2026-27");
    let shown = call(&desk, "look_at_figures", json!({"period": "2026-27"}));
    assert!(text(&shown["rule"]).contains("Counts below 5") && !text(&shown["rule"]).contains("rounded"), "{}", shown["rule"]);
    let contacts = shown["tables"].as_array().unwrap().iter().find(|table| table["name"] == "contacts_of_year").unwrap();
    assert_eq!(contacts["title"], "Contacts in the year by kind and outcome");
    call(&desk, "release_summary", json!({"period": "2026-27", "reason": "Annual report"}));
    let register = call(&desk, "releases", json!({}));
    let periods: Vec<String> = register["releases"].as_array().unwrap().iter().map(|release| text(&release["words"])).collect();
    assert_eq!(periods, ["April 2026 to March 2027", "July to September 2026"], "latest period first");
}

/// A family that has lost its baby stays on the caseload, so there are fewer infants than families: in a year, exactly so many;
/// in a quarter both numbers are rounded, and it must be possible that there is no such family.
#[test]
fn infants_beside_families_tell_of_no_family_without_an_infant() {
    let place = Place::new();
    let desk = team(&place);
    for number in 0..24 {
        let mut request = family(&format!("Numbered {number}"));
        request["people"][0]["born"]["month"] = json!("6");
        let added = call(&desk, "add_family", request);
        open_since(&desk, &added, "2026-08-03");
        if number < 2 {
            call(&desk, "record_loss", json!({"person": added["people"][0], "kind": "death", "lostOn": "20/9"}));
        }
    }
    let totals = |period: &str| {
        is_over(&desk, period);
        let figures = call(&desk, "look_at_figures", json!({"period": period}));
        let of = |name: &str| {
            let table = figures["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).unwrap().clone();
            table["lines"].as_array().and_then(|lines| lines.last()?["cells"].as_array()?.last()?["shown"].as_u64())
        };
        (of("caseload_by_age"), of("caseload_by_step"))
    };
    let (infants, families) = totals(Q3);
    assert!(infants.is_none() || families.is_none() || infants.unwrap() + 2 >= families.unwrap() - 2, "{infants:?} and {families:?}");
    place.clock.set(on(2027, 4, 20));
    unlock(&desk, "lead").unwrap();
    let (infants, families) = totals("2026-27");
    assert!(infants.is_none() || families.is_none(), "{infants:?} infants of {families:?} families");
}

/// Nobody can enter an infant without a date of birth or a due date. A line “Not known” was always nobody, so the line that
/// was hidden with it was told by the total.
#[test]
fn no_line_of_ages_is_of_infants_whom_nobody_can_enter() {
    let place = Place::new();
    place.clock.set(on(2026, 9, 10));
    let desk = team(&place);
    let day = |year: &str, month: &str| json!({"day": "11", "month": month, "year": year});
    for number in 0..28 {
        let mut request = family(&format!("Numbered {number}"));
        match number {
            0..4 => {
                request["people"][0] = json!({"role": "infant", "familyName": "Unborn", "given": "", "givenAwaited": true,
                    "numberAbsent": "unborn", "due": day("2027", "03")});
            }
            4..16 => request["people"][0]["born"] = day("2026", "06"),
            _ => request["people"][0]["born"] = day("2025", "06"),
        }
        let added = call(&desk, "add_family", request);
        open_since(&desk, &added, "2026-08-03");
    }
    let undated = json!({"role": "infant", "familyName": "Undated", "given": "A", "numberAbsent": "just_born"});
    assert_eq!(refused(&desk, "add_family", json!({"people": [undated]})), "person_no_date");
    place.clock.set(on(2026, 11, 23));
    unlock(&desk, "lead").unwrap();
    is_over(&desk, Q3);
    let figures = call(&desk, "look_at_figures", json!({"period": Q3, "tables": [{"name": "caseload_by_age", "banding": 3}]}));
    let ages = figures["tables"].as_array().unwrap().iter().find(|table| table["name"] == "caseload_by_age").unwrap();
    let lines = ages["lines"].as_array().unwrap();
    let shown = |line: &Value| line["cells"][0]["shown"].as_u64();
    let labels: Vec<String> = lines.iter().map(|line| text(&line["label"])).collect();
    if ages["withheld"] == "" {
        assert_eq!(labels, ["Unborn", "0–11 months", "12 months or older", "Total"]);
        assert_eq!(shown(&lines[0]), None, "four are unborn");
        assert!(shown(&lines[1]).is_none() || shown(&lines[2]).is_none(), "another line is hidden with them: {lines:?}");
    }
}

/// Every answer to every command of the release room, for a role that may open no case.
#[test]
fn nobody_who_counts_is_answered_a_name_or_an_id_of_a_family() {
    let (place, desk) = enough_families();
    let added = call(&desk, "add_family", family("Quézorb"));
    open_since(&desk, &added, "2026-08-03");
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let mut told = String::new();
    for (command, request) in [
        ("look_at_figures", json!({"period": Q3})),
        ("release_summary", json!({"period": Q3, "reason": "For the board"})),
        ("summary", json!({"period": Q3})),
        ("releases", json!({})),
        ("year_plan", json!({})),
        ("write_release", json!({"period": Q3})),
    ] {
        told += &call(&desk, command, request).to_string();
    }
    let release = call(&desk, "releases", json!({}))["releases"][0]["id"].clone();
    told += &call(&desk, "release_figures", json!({"release": release})).to_string();
    told += &call(&desk, "check_release_proof", json!({"release": release})).to_string();
    told += &answer(&desk, "decline_release", json!({"release": release, "reason": "A mistake"})).unwrap_err().message;
    for (path, bytes) in files(&place.root.join("out")) {
        told += &format!("{} {}", path.display(), String::from_utf8_lossy(&bytes));
    }
    let ids = [&added["family"], &added["people"][0], &added["episode"]].map(text);
    for name in ["Quézorb", "Numbered", "Fiadh", "Róisín", ids[0].as_str(), &ids[1], &ids[2]] {
        assert!(!told.contains(name), "{name} is told");
    }
    let may: Vec<&str> = COMMANDS
        .iter()
        .filter(|command| command.allows(Role::DataManager) && !command.allows(Role::KeyWorker))
        .map(|command| command.name)
        .collect();
    let room = [
        "verify",
        "set_export_folder",
        "summary",
        "look_at_figures",
        "release_summary",
        "write_release",
        "releases",
        "release_figures",
        "check_release_proof",
        "decline_release",
        "print_release",
        "year_plan",
        "plan_year",
    ];
    assert!(may.iter().all(|name| room.contains(name)), "what else a data manager may is asked here too: {may:?}");
}

/// A desk with the lead signed in, on a record whose figures have tables.
fn enough_families() -> (Place, Desk) {
    let place = Place::new();
    let desk = team(&place);
    families_for_a_summary(&desk);
    (place, desk)
}

/// A proof that holds, and tells of a look.
fn with_a_look(proof: &str) -> String {
    let mut proof: attune_disclosure::Proof = serde_json::from_str(proof).unwrap();
    let mut look = proof.cells[0].clone();
    look.release = "2026-Q3 look 1".to_owned();
    proof.cells.push(look);
    proof.digest = proof.digest_of();
    assert_eq!(proof.check(), Ok(()));
    serde_json::to_string(&proof).unwrap()
}

fn titles(figures: &Value) -> Vec<String> {
    figures["tables"].as_array().unwrap().iter().map(|table| text(&table["title"])).collect()
}

/// Ten in the morning of a day.
fn on(year: i32, month: u32, day: u32) -> Timestamp {
    let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Timestamp::from_local(day.and_hms_opt(10, 0, 0).unwrap())
}

/// How many looks are kept.
fn looks(desk: &Desk) -> usize {
    desk.write(|session| Ok(attune_core::release::rows::looks(session.conn())?.len())).unwrap()
}

/// Somebody presses "Stop" once something is being done.
struct StopAt(&'static str, std::sync::Mutex<bool>);

impl Progress for StopAt {
    fn report(&self, _: u64, _: u64, words: &str) {
        if words == self.0 {
            *self.1.lock().unwrap() = true;
        }
    }

    fn cancelled(&self) -> bool {
        *self.1.lock().unwrap()
    }
}
