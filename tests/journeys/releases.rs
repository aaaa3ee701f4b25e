//! A release is the same files for ever; and what is answered of it is so.

use std::fs;
use std::path::{Path, PathBuf};

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

const FILES: [&str; 4] =
    ["attune-summary-2026-Q3.csv", "attune-summary-2026-Q3.html", "attune-summary-2026-Q3.proof.json", "attune-summary-2026-Q3.xlsx"];

#[test]
fn a_release_is_the_same_files_for_ever() {
    let (place, desk) = enough_families();
    let folder = place.folder("out");
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": folder}));
    let released = call(&desk, "release_summary", quarter("For the commissioner"));
    let (bytes, register) = (all(&folder), call(&desk, "releases", json!({}))["releases"][0].clone());
    for (at, bytes) in bytes.iter().enumerate() {
        assert_eq!(register["sealed"][at]["hash"], blake3::hash(bytes).to_hex().to_string(), "the register has the hash of what was saved");
    }
    assert_eq!(released["sealed"], register["sealed"]);

    // Everything that a file could be made of anew has changed.
    unlock(&desk, "lead").unwrap();
    let seen = answer(&desk, "users", json!({})).unwrap()["seen"].clone();
    let dara = user_id(&desk, "dara");
    let lead =
        json!({"user": dara, "name": "Dara Other", "role": "service_lead", "organisation": "The Trust", "active": true, "seen": seen});
    call(&desk, "amend_user", lead);
    families_for_a_summary(&desk);
    place.later(60 * 24 * 200);
    unlock(&desk, "dara").unwrap();
    let elsewhere = place.folder("elsewhere");
    call(&desk, "set_export_folder", json!({"folder": elsewhere}));
    let again = call(&desk, "write_release", json!({"quarter": "2026-Q3"}));
    assert_eq!(all(&elsewhere), bytes, "byte for byte");
    assert_eq!(again["sealed"], register["sealed"]);
    let who = text(&call(&desk, "releases", json!({}))["releases"][0]["who"]);
    assert!(who.ends_with("(Data manager)"), "as what they did it then: {who}");
    let shown = call(&desk, "summary", json!({"quarter": "2026-Q3"}));
    assert_eq!(shown["released"]["sealed"], register["sealed"]);
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_release_that_cannot_be_saved_releases_nothing() {
    let (place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    let in_the_way = |name: &'static str| move |folder: &Path| fs::create_dir_all(folder.join(name).join("in the way")).unwrap();
    type Spoil = Box<dyn Fn(&Path)>;
    let spoilt: [(&str, Spoil); 6] = [
        ("numbers", Box::new(in_the_way(FILES[0]))),
        ("page", Box::new(in_the_way(FILES[1]))),
        ("half the numbers", Box::new(in_the_way("attune-summary-2026-Q3.csv.part"))),
        ("half the page", Box::new(in_the_way("attune-summary-2026-Q3.html.part"))),
        ("gone", Box::new(|folder: &Path| fs::remove_dir(folder).unwrap())),
        ("a file", Box::new(|folder: &Path| fs::remove_dir(folder).and_then(|()| fs::write(folder, "")).unwrap())),
    ];
    for (name, spoil) in spoilt {
        let folder = place.folder(name);
        call(&desk, "set_export_folder", json!({"folder": folder}));
        spoil(&folder);
        let before = files(&folder);
        let refusal = answer(&desk, "release_summary", quarter("For the commissioner")).unwrap_err();
        assert_eq!(refusal.code, "summary_folder", "{name}");
        assert!(refusal.message.contains("nothing was released"), "{name}: {}", refusal.message);
        assert_eq!(call(&desk, "releases", json!({}))["releases"], json!([]), "{name}");
        assert_eq!(files(&folder), before, "{name}: no half file is left");
    }
    let folder = place.folder("good");
    call(&desk, "set_export_folder", json!({"folder": folder}));
    call(&desk, "release_summary", quarter("For the commissioner"));
    let bytes = all(&folder);

    // Once it is released, a folder that cannot take the files does not change that.
    fs::remove_dir_all(&folder).unwrap();
    let refusal = answer(&desk, "write_release", json!({"quarter": "2026-Q3"})).unwrap_err();
    assert_eq!(refusal.code, "summary_not_saved");
    assert!(refusal.message.starts_with("This period is released"), "{}", refusal.message);
    fs::create_dir(&folder).unwrap();
    call(&desk, "write_release", json!({"quarter": "2026-Q3"}));
    assert_eq!(all(&folder), bytes);
}

#[test]
fn information_governance_reads_the_register_and_the_protected_tables_and_releases_nothing() {
    let (place, desk) = enough_families();
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", quarter("For the commissioner"));
    unlock(&desk, "iggy").unwrap();
    let register = call(&desk, "releases", json!({}));
    let release = &register["releases"][0];
    assert_eq!((&release["period"], &release["why"]), (&json!("2026-Q3"), &json!("For the commissioner")));
    assert!(text(&release["who"]).contains("dara of the team (Data manager)"));
    assert_eq!(text(&release["sealed"][0]["hash"]).len(), 64);
    let tables = call(&desk, "release_figures", json!({"release": release["id"]}));
    assert_eq!(tables["figures"]["tables"].as_array().unwrap().len(), 5, "as the second person of a release they see its tables");
    for (command, request) in [
        ("summary", json!({"quarter": "2026-Q3"})),
        ("release_summary", quarter("Again")),
        ("write_release", json!({"quarter": "2026-Q3"})),
    ] {
        assert_eq!(refused(&desk, command, request), "denied", "{command}");
    }
    let history = call(&desk, "team_history", json!({}));
    assert!(history.to_string().contains("Opened the register of releases"), "and it is noted that they did");
}

/// A backup of before anybody had looked.
#[test]
fn a_record_restored_from_before_the_first_look_has_no_seat_and_makes_no_other_secret() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let backup = back_up(&place, &desk);
    let added = call(&desk, "add_family", family("One more"));
    open_since(&desk, &added, "2026-08-03");
    call(&desk, "release_summary", quarter("For the board"));

    let (other, copied) = restored(&place, &backup, "dara");
    call(&copied, "set_export_folder", json!({"folder": other.folder("out")}));
    assert_eq!(refused(&copied, "look_at_figures", json!({"period": "2026-Q3"})), "summary_no_seat");
    assert_eq!(refused(&copied, "release_summary", quarter("For the board")), "summary_no_seat");
    unlock(&copied, "lead").unwrap();
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": []}));
    call(&copied, "look_at_figures", json!({"period": "2026-Q3"}));
    let secret = |desk: &Desk| desk.write(|session| Ok(attune_core::release::rows::key(session.conn())?.unwrap().secret)).unwrap();
    assert_eq!(secret(&copied), secret(&desk), "what is hidden beside small counts is chosen alike");
}

/// The whole home folder, the record and this computer’s own files with it.
#[test]
fn a_copy_of_everything_on_a_computer_does_not_release_beside_it() {
    let (place, desk) = enough_families();
    call(&desk, "look_at_figures", json!({"period": "2026-Q3"}));
    call(&desk, "lock", json!({}));
    drop(desk);
    let copy = place.copy();
    let desk = copy.as_user("dara");
    call(&desk, "set_export_folder", json!({"folder": copy.folder("out")}));
    assert_eq!(refused(&desk, "release_summary", quarter("For the board")), "summary_no_seat");
    assert_eq!(call(&desk, "summary", json!({"quarter": "2026-Q3"}))["seat"]["here"], false);
    drop(desk);
    let desk = place.as_user("dara");
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", quarter("For the board"));
}

#[test]
fn a_release_that_waits_is_not_sealed_beside_what_was_seen_or_said_to_have_left_since() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let mut outside = quarter("For the commissioner");
    (outside["outside"], outside["recipient"]) = (json!(true), json!("SPPG"));
    let asked = call(&desk, "release_summary", outside);
    let approve = json!({"release": asked["id"]});
    let backup = back_up(&place, &desk);
    for (left, refusal) in [("2026-Q3", "summary_left_elsewhere"), ("2026-Q2", "summary_since_asked")] {
        let (other, copied) = restored(&place, &backup, "lead");
        call(&copied, "set_export_folder", json!({"folder": other.folder("out")}));
        // It has left, says the lead, and nobody has the file.
        call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": [{"period": left, "csv": ""}]}));
        unlock(&copied, "iggy").unwrap();
        assert_eq!(refused(&copied, "approve_release", approve.clone()), refusal, "{left}");
        assert!(files(&other.root.join("out")).is_empty());
    }
    // Here somebody looks meanwhile.
    call(&desk, "look_at_figures", json!({"period": "2026-Q3"}));
    unlock(&desk, "iggy").unwrap();
    assert_eq!(refused(&desk, "approve_release", approve), "summary_since_asked");
    call(&desk, "decline_release", json!({"release": asked["id"], "reason": "Ask for it again"}));
    assert!(files(&place.root.join("out")).is_empty());
}

/// The first computer knew families that the copy does not.
#[test]
fn a_file_of_other_families_than_the_copy_has_does_not_end_all_later_figures() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let backup = back_up(&place, &desk);
    some_more(&desk, "Since", "2026-08-03");
    call(&desk, "release_summary", quarter("For the board"));
    let csv = csv_of(&place);
    let (other, copied) = restored(&place, &backup, "lead");
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": [{"period": "2026-Q3", "csv": csv}]}));
    call(&copied, "look_at_figures", json!({"period": "2026-Q3"}));
    // Half a year on, with other families; the six that were lost with the laptop went elsewhere.
    some_more(&copied, "Again", "2026-10-05");
    let day = chrono::NaiveDate::from_ymd_opt(2027, 4, 20).unwrap().and_hms_opt(10, 0, 0).unwrap();
    other.clock.set(attune_core::time::Timestamp::from_local(day));
    unlock(&copied, "lead").unwrap();
    for period in ["2026-Q4", "2027-Q1"] {
        is_over(&copied, period);
        let figures = call(&copied, "look_at_figures", json!({"period": period}));
        let withheld: Vec<&Value> = figures["tables"].as_array().unwrap().iter().filter(|table| table["withheld"] != "").collect();
        let of_a_day = withheld.iter().filter(|table| text(&table["name"]).starts_with("caseload")).count();
        assert!(of_a_day < 3, "{period}: no caseload table can be shown: {withheld:#?}");
        println!("{period}: {withheld:#?}");
    }
}

/// Two computers that save in one shared folder.
#[test]
fn the_files_of_another_release_are_not_written_over() {
    let (place, desk) = enough_families();
    let shared = place.folder("out");
    call(&desk, "set_export_folder", json!({"folder": shared}));
    let backup = back_up(&place, &desk);
    call(&desk, "release_summary", quarter("For the board"));
    let first = all(&shared);
    let (other, copied) = restored(&place, &backup, "lead");
    some_more(&copied, "Since", "2026-08-03");
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": []}));
    call(&copied, "set_export_folder", json!({"folder": shared}));
    assert_eq!(refused(&copied, "release_summary", quarter("For the board")), "summary_other_file");
    assert_eq!(call(&copied, "releases", json!({}))["releases"], json!([]), "nothing was released");
    assert_eq!(all(&shared), first, "what had left is as it was");
    // Released elsewhere, its files are not saved over the others either.
    call(&copied, "set_export_folder", json!({"folder": other.folder("out")}));
    call(&copied, "release_summary", quarter("For the board"));
    call(&copied, "set_export_folder", json!({"folder": shared}));
    assert_eq!(refused(&copied, "write_release", json!({"quarter": "2026-Q3"})), "summary_other_file");
    assert_eq!(all(&shared), first);
}

/// A lead in a hurry brings the file of a release that the restored register has.
#[test]
fn a_file_that_the_register_has_already_changes_nothing() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", quarter("For the board"));
    let csv = csv_of(&place);
    // Entered late, as families are: the frame of the release does not have them.
    some_more(&desk, "Late", "2026-08-03");
    let backup = back_up(&place, &desk);
    let (other, copied) = restored(&place, &backup, "lead");
    let seen = |desk: &Desk| desk.write(|session| attune_core::release::ops::room::seen(session.conn())).unwrap();
    let before = seen(&copied);
    let brought = json!([{"period": "2026-Q3", "csv": csv}]);
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": brought}));
    assert_eq!(seen(&copied), before);
    let register = call(&copied, "releases", json!({}))["beside"].to_string();
    assert!(register.contains("July to September 2026 (its release is in this register)"), "{register}");
    drop(other);
}

/// Stopped while the first file is being written.
#[test]
fn a_release_that_is_killed_leaves_nothing_that_the_register_does_not_have() {
    for seen_of_it in [room_is_taken as fn(&Path) -> bool, a_number_is_written] {
        let (place, desk) = enough_families();
        let folder = place.folder("out");
        call(&desk, "set_export_folder", json!({"folder": folder}));
        call(&desk, "lock", json!({}));
        drop(desk);
        let mut other = super::process::start("releases::the_one_that_is_killed", "releasing", &place, 0);
        while !seen_of_it(&folder) && !other.ended() {}
        drop(other);
        let left: Vec<Vec<u8>> = files(&folder).into_values().collect();
        let desk = place.as_user("lead");
        let register = call(&desk, "releases", json!({}))["releases"].clone();
        let written = left.iter().any(|bytes| bytes.iter().any(|byte| *byte != 0));
        assert!(!written || register[0]["state"] == "sealed", "figures are on the disk, and the register has {register}");
        let again = if register == json!([]) { "release_summary" } else { "write_release" };
        let request = if register == json!([]) { quarter("Once more") } else { json!({"quarter": "2026-Q3"}) };
        call(&desk, again, request);
        assert!(files(&folder).keys().all(|path| path.extension().unwrap() != "part"), "half files are gone");
        all(&folder);
        assert_eq!(findings(&desk), [""; 0]);
    }
}

fn room_is_taken(folder: &Path) -> bool {
    files(folder).into_values().any(|bytes| !bytes.is_empty())
}

fn a_number_is_written(folder: &Path) -> bool {
    files(folder).into_values().any(|bytes| bytes.iter().any(|byte| *byte != 0))
}

#[test]
#[ignore = "started by the test of killing in a process of its own"]
fn the_one_that_is_killed() {
    let Ok(root) = std::env::var("ATTUNE_TEST_ROOT") else { return };
    let place = Place::at(root.into());
    let desk = place.as_user("lead");
    call(&desk, "release_summary", quarter("Killed in the middle"));
}

/// The lead changes the words of the steps; then the laptop is lost.
#[test]
fn a_file_of_before_the_words_of_the_steps_were_changed_is_brought() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let backup = back_up(&place, &desk);
    some_more(&desk, "Since", "2026-08-03");
    call(&desk, "release_summary", quarter("For the board"));
    let brought = json!([{"period": "2026-Q3", "csv": csv_of(&place)}]);
    let (_other, copied) = restored(&place, &backup, "lead");
    let model = call(&copied, "step_model", json!({}));
    call(&copied, "change_step_model", json!({"version": model["version"], "label": "Our Trust’s steps", "steps": model["steps"]}));
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": brought}));
    let register = call(&copied, "releases", json!({}))["beside"].to_string();
    assert!(register.contains("Left from elsewhere: July to September 2026\""), "{register}");
}

/// Withdrawn is withdrawn: its files are not handed out again as if nothing had been.
#[test]
fn the_files_of_a_withdrawn_release_say_so_when_they_are_saved_again() {
    let (place, desk) = enough_families();
    let (out, again) = (place.folder("out"), place.folder("again"));
    call(&desk, "set_export_folder", json!({"folder": out}));
    let first = call(&desk, "release_summary", quarter("For the board"));
    call(&desk, "withdraw_release", json!({"release": first["id"], "reason": "Niamh found a wrong line"}));
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": again}));
    let saved = call(&desk, "write_release", json!({"period": "2026-Q3"}))["files"].clone();
    let left = files(&again);
    assert_eq!(saved.as_array().unwrap().len(), 5);
    assert!(
        left.keys().all(|path| path.file_name().unwrap().to_str().unwrap().starts_with("attune-summary-2026-Q3-withdrawn.")),
        "{left:?}"
    );
    let word = String::from_utf8(left[&again.join("attune-summary-2026-Q3-withdrawn.txt")].clone()).unwrap();
    insta::assert_snapshot!(word, @r"
    These figures of July to September 2026 were withdrawn on Mon 23-Nov-2026 by the service lead.
    Do not use them, and do not pass them on. Ask the team which figures of this period apply.
    ");
    assert_eq!(left[&again.join("attune-summary-2026-Q3-withdrawn.csv")], all(&out)[0], "byte for byte");
}

#[test]
fn after_a_withdrawn_correction_the_release_that_it_corrected_stands() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let first = call(&desk, "release_summary", quarter("For the board"));
    let correction = |of: &Value| {
        let mut correction = quarter("Three families were missing");
        correction["corrects"] = of["id"].clone();
        correction
    };
    let second = call(&desk, "release_summary", correction(&first));
    let standing = || call(&desk, "summary", json!({"quarter": "2026-Q3"}))["released"].clone();
    assert_eq!(standing()["id"], second["id"]);
    call(&desk, "withdraw_release", json!({"release": second["id"], "reason": "It was right before"}));
    assert_eq!((&standing()["id"], &standing()["state"], &standing()["corrected"]), (&first["id"], &json!("sealed"), &json!("")));
    assert_eq!(refused(&desk, "release_summary", correction(&second)), "summary_corrects_other");
    call(&desk, "withdraw_release", json!({"release": first["id"], "reason": "Neither was right"}));
    assert_eq!(standing()["state"], "withdrawn", "nothing stands");
    let third = call(&desk, "release_summary", correction(&second));
    assert_eq!(standing()["id"], third["id"]);
}

/// A lead types the wrong period.
#[test]
fn what_a_lead_said_had_left_is_put_right_by_a_later_word_and_both_are_kept() {
    let (place, desk) = enough_families();
    let backup = back_up(&place, &desk);
    let (_other, copied) = restored(&place, &backup, "lead");
    let seat = |left: Value, taken_back: Value| json!({"reason": "The laptop was lost", "left": left, "takenBack": taken_back});
    for never in ["2062-Q3", "2026-Q4"] {
        assert_eq!(refused(&copied, "take_release_seat", seat(json!([{"period": never, "csv": ""}]), json!([]))), "summary_not_complete");
    }
    assert_eq!(refused(&copied, "take_release_seat", seat(json!([]), json!(["2026-Q3"]))), "summary_not_said");
    call(&copied, "take_release_seat", seat(json!([{"period": "2026-Q3", "csv": ""}]), json!([])));
    assert_eq!(refused(&copied, "look_at_figures", json!({"period": "2026-Q3"})), "summary_left_elsewhere");
    call(&copied, "take_release_seat", seat(json!([]), json!(["2026-Q3"])));
    let figures = call(&copied, "look_at_figures", json!({"period": "2026-Q3"}));
    assert!(!figures.to_string().contains("have left from another computer"), "{figures}");
    let register = call(&copied, "releases", json!({}))["beside"].to_string();
    for kept in [
        "Lead made another computer the one that releases: The laptop was lost. Left from elsewhere: July to September 2026 (its file is not here)",
        "Lead said more of what has left: The laptop was lost. Left from elsewhere: July to September 2026 (said in error: it has not left)",
    ] {
        assert!(register.contains(kept), "{register}");
    }
}

/// “Each period is released once”: also when the one release was made elsewhere, and its file was brought.
#[test]
fn a_period_that_left_elsewhere_is_corrected_and_not_released_again() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let backup = back_up(&place, &desk);
    call(&desk, "release_summary", quarter("For the board"));
    let (other, copied) = restored(&place, &backup, "lead");
    let out = other.folder("out");
    call(&copied, "set_export_folder", json!({"folder": out}));
    let mut correction = quarter("A line was missing");
    correction["correctsElsewhere"] = json!(true);
    let brought = json!([{"period": "2026-Q3", "csv": csv_of(&place)}]);
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": []}));
    assert_eq!(refused(&copied, "release_summary", correction.clone()), "summary_corrects_other", "nothing has left");
    call(&copied, "take_release_seat", json!({"reason": "It had left", "left": brought}));
    unlock(&copied, "dara").unwrap();
    assert_eq!(refused(&copied, "release_summary", quarter("For the board")), "summary_released");
    assert_eq!(refused(&copied, "release_summary", correction.clone()), "summary_lead_corrects");
    let period = |summary: &Value| summary["periods"].as_array().unwrap().iter().find(|one| one["period"] == "2026-Q3").unwrap().clone();
    assert_eq!(period(&call(&copied, "summary", json!({"quarter": "2026-Q3"})))["released"], true);
    unlock(&copied, "lead").unwrap();
    let released = call(&copied, "release_summary", correction);
    assert_eq!((&released["incident"], &released["corrects"]), (&json!(""), &json!("Corrects 2026-Q3 that left from another computer")));
    let csv = fs::read_to_string(out.join("attune-summary-2026-Q3-2.csv")).unwrap();
    assert!(csv.contains("2026-Q3"), "{csv}");
}

/// Released here, and then it is found that it had left from the other computer too.
#[test]
fn a_period_that_was_released_here_and_elsewhere_is_an_incident() {
    let (place, desk) = enough_families();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let backup = back_up(&place, &desk);
    some_more(&desk, "Since", "2026-08-03");
    call(&desk, "release_summary", quarter("For the board"));
    let (other, copied) = restored(&place, &backup, "lead");
    call(&copied, "set_export_folder", json!({"folder": other.folder("out")}));
    call(&copied, "take_release_seat", json!({"reason": "The laptop was lost", "left": []}));
    call(&copied, "release_summary", quarter("For the board"));
    call(&copied, "take_release_seat", json!({"reason": "It had left", "left": [{"period": "2026-Q3", "csv": csv_of(&place)}]}));
    let register = call(&copied, "releases", json!({}));
    assert!(text(&register["releases"][0]["incident"]).starts_with("July to September 2026 was released twice"), "{register}");
}

/// Training files must not pass for figures of families.
#[test]
fn the_files_of_a_practice_record_say_so_and_no_record_of_families_takes_them() {
    let place = Place::new();
    let desk = practice_desk(&place);
    unlock_with(&desk, "dara", attune_core::practice::PASSPHRASE).unwrap();
    let folder = place.folder("out");
    call(&desk, "set_export_folder", json!({"folder": folder}));
    call(&desk, "release_summary", quarter("Training"));
    let left = files(&folder);
    assert_eq!(left.len(), 4);
    for (path, bytes) in &left {
        assert!(path.file_name().unwrap().to_str().unwrap().starts_with("attune-summary-practice-2026-Q3."), "{}", path.display());
        let is_text = path.extension().is_some_and(|ending| ending != "xlsx");
        assert!(!is_text || String::from_utf8_lossy(bytes).to_lowercase().contains("practice"), "{}", path.display());
    }
    let csv = String::from_utf8(left[&folder.join("attune-summary-practice-2026-Q3.csv")].clone()).unwrap();
    let seat = |period: &str| json!({"reason": "The laptop was lost", "left": [{"period": period, "csv": csv}]});
    let (_place, of_families) = enough_families();
    assert_eq!(refused(&of_families, "take_release_seat", seat("2026-Q3")), "summary_not_its_file");
    // The practice record itself knows it.
    unlock_with(&desk, "lead", attune_core::practice::PASSPHRASE).unwrap();
    call(&desk, "take_release_seat", seat("2026-Q3"));
}

/// A desk with the lead signed in, on a record whose summary has tables.
fn enough_families() -> (Place, Desk) {
    let place = Place::new();
    let desk = team(&place);
    families_for_a_summary(&desk);
    (place, desk)
}

fn quarter(reason: &str) -> Value {
    json!({"quarter": "2026-Q3", "reason": reason})
}

fn all(folder: &Path) -> [Vec<u8>; 4] {
    let found: Vec<PathBuf> = files(folder).into_keys().collect();
    assert_eq!(found, FILES.map(|name| folder.join(name)), "four files and nothing else");
    FILES.map(|name| fs::read(folder.join(name)).unwrap())
}

fn back_up(place: &Place, desk: &Desk) -> Value {
    let backups = place.folder("backups");
    call(desk, "confirm_passphrase", json!({"passphrase": passphrase("lead")}));
    call(desk, "back_up", json!({"folder": backups}))["folder"].clone()
}

/// A desk on another computer, with a backup of this one restored on the same day.
fn restored(place: &Place, backup: &Value, sign_in: &str) -> (Place, Desk) {
    let other = Place::new();
    other.clock.set(attune_core::time::Clock::now(&place.clock));
    let copied = other.desk();
    call(&copied, "restore_backup", json!({"folder": backup, "signIn": sign_in, "passphrase": passphrase(sign_in)}));
    (other, copied)
}

fn some_more(desk: &Desk, name: &str, open_from: &str) {
    for number in 0..6 {
        let mut request = family(&format!("{name} {number}"));
        request["people"][0]["born"]["month"] = json!("6");
        let added = call(desk, "add_family", request);
        open_since(desk, &added, open_from);
    }
}

fn csv_of(place: &Place) -> String {
    fs::read_to_string(place.root.join("out").join(FILES[0])).unwrap()
}
