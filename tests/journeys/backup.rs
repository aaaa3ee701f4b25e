//! The drill: back up, lose everything, restore, go on working. And what a
//! backup refuses.

use std::fs;
use std::path::{Path, PathBuf};

use attune_core::desk::Desk;
use attune_core::practice::PASSPHRASE;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::support::*;

const DAY: i64 = 24 * 60;

/// What a lead chooses after the recovery key.
const STRONG: &str = "harbour pepper violin thicket meadow";

#[test]
fn everything_is_lost_and_comes_back_with_a_passphrase() {
    let (place, backup) = backed_up();
    let before = what_was_there(&place, &backup);
    let place = lose_everything(&place);

    let desk = place.desk();
    let session = call(&desk, "restore_backup", json!({"folder": backup, "signIn": "niamh", "passphrase": passphrase("niamh")}));
    assert_eq!(session["user"]["signIn"], "niamh", "signed in by restoring");
    comes_back_whole(&place, &desk, &before);

    // Work goes on, as everybody, and the check stays clean.
    let added = &lived_in().families[0];
    unlock(&desk, "niamh").unwrap();
    sign(&desk, added, note(added, "After the restore."));
    for (sign_in, ..) in TEAM {
        unlock(&desk, sign_in).unwrap();
    }
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn everything_is_lost_and_comes_back_with_the_recovery_key() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let printed = recovery_key(&desk);
    let backup = back_up(&desk, &place.folder("backups"));
    let before = what_was_there(&place, &backup);
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);

    let desk = place.desk();
    let request = json!({"folder": backup, "signIn": "lead", "passphrase": STRONG, "recoveryKey": printed});
    let session = call(&desk, "restore_backup", request);
    assert_eq!(session["user"]["role"], "service_lead");
    comes_back_whole(&place, &desk, &before);
    assert_eq!(unlock(&desk, "lead").unwrap_err().code, "wrong_passphrase", "the lead’s forgotten one is gone");
    unlock_with(&desk, "lead", STRONG).unwrap();
    unlock(&desk, "niamh").unwrap();
}

#[test]
fn the_folder_of_all_backups_gives_the_newest() {
    let (place, _) = backed_up();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    sign(&desk, added, note(added, "Between two backups."));
    place.later(5);
    let folder = place.folder("backups");
    back_up(&desk, &folder);
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);
    let desk = place.desk();
    call(&desk, "restore_backup", json!({"folder": folder, "signIn": "niamh", "passphrase": passphrase("niamh")}));
    let found = call(&desk, "find", json!({"query": "between backups"}));
    assert_eq!(found["notes"].as_array().unwrap().len(), 1, "the newest backup has it");
}

#[test]
fn restored_beside_the_computer_that_still_has_it_is_another_incarnation() {
    let (place, backup) = backed_up();
    let other = Place::new();
    call(&other.desk(), "restore_backup", json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")}));
    let key = &lived_in().key;
    let devices = |place: &Place| rows(&place.open_with_copy(key), "SELECT device_id FROM device");
    assert_eq!((devices(&place).len(), devices(&other).len()), (1, 2), "the restored one has begun as its own");

    // On the same computer too, where identity and head of the first are kept.
    let third = place.copy();
    let here = third.data_folder();
    fs::remove_dir_all(third.vault()).unwrap();
    call(&third.desk(), "restore_backup", json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")}));
    assert_eq!(devices(&third).len(), 2, "it does not go on as the one that was lost");
    let kept: Vec<PathBuf> = fs::read_dir(here.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 2, "the head of the lost one is set aside, not thrown away: {kept:?}");
}

#[test]
fn nothing_is_restored_over_a_record() {
    let (place, backup) = backed_up();
    let before = files(&place.vault());
    let desk = place.desk();
    let request = json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")});
    assert_eq!(refused(&desk, "restore_backup", request.clone()), "vault_exists");
    assert_eq!(files(&place.vault()), before);
    // Nor over a part of one: the keys alone may be the only way in.
    fs::remove_file(place.record()).unwrap();
    assert_eq!(refused(&desk, "restore_backup", request), "vault_exists");
}

#[test]
fn what_does_not_open_leaves_nothing_half_made() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let printed = recovery_key(&desk);
    let backup = back_up(&desk, &place.folder("backups"));
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);
    let desk = place.desk();
    let whole = files(&place.root);
    for (change, code) in [
        (json!({"passphrase": "not the passphrase"}), "wrong_passphrase"),
        (json!({"signIn": "nobody"}), "wrong_passphrase"),
        (json!({"recoveryKey": "AAAAA-AAAAA-AAAAA"}), "recovery_key_typo"),
        (json!({"recoveryKey": printed, "signIn": "niamh", "passphrase": STRONG}), "recover_not_a_lead"),
        (json!({"recoveryKey": printed, "passphrase": "password"}), "passphrase_weak"),
        (json!({"folder": place.root.join("nowhere")}), "backup_not_there"),
        (json!({"folder": place.root}), "backup_not_there"),
    ] {
        let mut request = json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")});
        request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(refused(&desk, "restore_backup", request), code, "{change}");
        assert_eq!(files(&place.root), whole, "{change}");
        assert_eq!(call(&desk, "vault_state", json!({}))["state"], "none", "{change}");
    }
    // And then the right one.
    call(&desk, "restore_backup", json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")}));
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_damaged_record_is_not_called_a_backup() {
    let place = lived_in().place.copy();
    let conn = place.open_with(&lived_in().key);
    conn.execute_batch("UPDATE family SET reference = 'F00-XXXX'").unwrap();
    drop(conn);
    let desk = place.as_user("lead");
    let folder = place.folder("backups");
    assert_eq!(refused(&desk, "back_up", json!({"folder": folder})), "backup_not_whole");
    assert_eq!(call(&desk, "backup", json!({}))["words"], "Not backed up yet");
    assert_eq!(named(&folder), [""; 0], "nothing is left there");
    let bare = Place::new();
    assert_eq!(refused(&bare.desk(), "restore_backup", lead_from(&folder)), "backup_not_there", "half a copy is none");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let file = place.root.join("a file");
    fs::write(&file, "not a folder").unwrap();
    for folder in [json!(""), json!("not/absolute"), json!(file), json!(file.join("below")), json!(place.root.join("stick"))] {
        assert_eq!(refused(&desk, "back_up", json!({"folder": folder})), "backup_folder", "{folder}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"not a folder");
    assert!(!place.root.join("stick").exists(), "what is not connected is not made on this disk instead");
    assert_eq!(call(&desk, "backup", json!({}))["words"], "Not backed up yet");
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_backup_that_was_damaged_later_is_not_restored() {
    let (place, backup) = backed_up();
    let record = backup.join("record.db");
    let whole = fs::read(&record).unwrap();
    let place = lose_everything(&place);
    let desk = place.desk();
    for at in [0, whole.len() / 2, whole.len() - 20] {
        let mut bytes = whole.clone();
        bytes[at..at + 16].fill(0);
        fs::write(&record, &bytes).unwrap();
        assert_eq!(refused(&desk, "restore_backup", lead_from(&backup)), "backup_damaged", "damage at {at}");
        assert_eq!(fs::read(&record).unwrap(), bytes, "the backup is as it was found");
        assert_eq!(call(&desk, "vault_state", json!({}))["state"], "none", "and nothing stands where the vault would");
    }
    fs::write(&record, &whole).unwrap();
    call(&desk, "restore_backup", lead_from(&backup));
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_practice_record_says_nothing_of_its_backup() {
    let place = Place::new();
    let desk = practice_desk(&place);
    call(&desk, "unlock", json!({"signIn": "niamh", "passphrase": PASSPHRASE, "goOnBecause": ""}));
    let session = call(&desk, "session", json!({}));
    assert_eq!((text(&session["backup"]), &session["practice"]), (String::new(), &json!(true)));
}

#[test]
fn its_age_is_on_every_screen_in_words() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let age = |desk: &Desk| {
        let session = call(desk, "session", json!({}));
        (text(&session["backup"]), session["backupOld"] == true)
    };
    assert_eq!(age(&desk), ("Not backed up yet".to_owned(), false), "a new record has a week's time");
    let folder = place.folder("backups");
    let made = call(&desk, "back_up", json!({"folder": folder}));
    assert!(text(&made["words"]).contains("and checked"), "{made}");
    for (days, words, old) in [
        (0, "Backed up today", false),
        (1, "Backed up yesterday", false),
        (5, "Backed up 6 days ago", false),
        (1, "Backed up 7 days ago", false),
        (1, "Backed up 8 days ago", true),
        // The clock was ahead when it was made, and has been put right.
        (-9, "Backup dated in the future: check the clock and back up again", true),
        (9, "Backed up 8 days ago", true),
    ] {
        place.later(days * DAY);
        assert_eq!(age(&desk), (words.to_owned(), old));
    }
    // Who cannot make one is told, and no more.
    unlock(&desk, "pip").unwrap();
    assert_eq!(age(&desk), ("Backed up 8 days ago".to_owned(), false));
    unlock(&desk, "niamh").unwrap();
    // The folder is remembered, and another user sees the same age.
    call(&desk, "back_up", json!({}));
    assert_eq!(named(&folder).len(), 2);
    unlock(&desk, "tara").unwrap();
    assert_eq!(age(&desk), ("Backed up today".to_owned(), false));
}

#[test]
fn nothing_readable_leaves_in_a_backup() {
    let (_place, backup) = backed_up();
    for (path, bytes) in files(&backup) {
        for word in ["Fiadh", "McAlister", "red ball", "SQLite format"] {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{word} is readable in {}", path.display());
        }
    }
}

#[test]
fn a_backup_into_the_records_own_folder_is_refused() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let inside = place.vault().join("inside");
    fs::create_dir(&inside).unwrap();
    let link = place.root.join("a link");
    std::os::unix::fs::symlink(&inside, &link).unwrap();
    let roundabout = place.root.join("data/../vault");
    for folder in [place.vault(), inside.clone(), link, roundabout, place.data_folder()] {
        assert_eq!(refused(&desk, "back_up", json!({"folder": folder})), "backup_folder_own", "{}", folder.display());
    }
    assert_eq!(named(&inside), [""; 0]);
    // The folder around it is another one, if a poor choice.
    call(&desk, "back_up", json!({"folder": place.root}));
}

#[test]
fn the_name_of_a_folder_is_taken_as_it_is() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let spaced = place.folder(" team stick ");
    let trimmed = place.folder("trimmed");
    let ends = place.folder("trimmed ");
    let backup = back_up(&desk, &spaced);
    assert!(backup.starts_with(&spaced), "{}", backup.display());
    back_up(&desk, &ends);
    assert_eq!((named(&trimmed).len(), named(&ends).len()), (0, 1), "a space at the end is part of the name");
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);
    call(&place.desk(), "restore_backup", lead_from(&spaced));
}

#[test]
fn what_a_backup_that_was_cut_short_left_is_taken_away_and_nothing_else() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let folder = place.folder("backups");
    let stale = folder.join("attune-backup-2026-11-20-100000.part");
    fs::create_dir(&stale).unwrap();
    for file in ["record.db", "record.db-journal", "keys.json", "keys.mirror.json.new", "being-written"] {
        fs::write(stale.join(file), "half").unwrap();
    }
    let others = ["attune-backup-2026-11-20-110000.part", "attune-backup-of-mine.part", "letters.part", "attune-backup-2026-11-20-100000"];
    for other in others {
        fs::create_dir(folder.join(other)).unwrap();
        fs::write(folder.join(other).join("a letter"), "mine").unwrap();
    }
    let elsewhere = place.folder("elsewhere");
    fs::write(elsewhere.join("record.db"), "mine").unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join("attune-backup-2026-11-20-120000.part")).unwrap();
    back_up(&desk, &folder);
    assert!(!stale.exists(), "ours is gone");
    for other in others {
        assert_eq!(fs::read(folder.join(other).join("a letter")).unwrap(), b"mine", "{other} is as it was");
    }
    assert_eq!(fs::read(elsewhere.join("record.db")).unwrap(), b"mine", "no link is followed");
}

/// Two laptops back up to one shared drive: the one that is still writing is
/// not taken for a stale one.
#[test]
fn a_backup_that_is_being_written_is_left_alone() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let folder = place.folder("backups");
    let part = folder.join("attune-backup-2026-11-20-100000.part");
    fs::create_dir(&part).unwrap();
    fs::write(part.join("record.db"), "half").unwrap();
    let writing = fs::File::create(part.join("being-written")).unwrap();
    writing.lock().unwrap();
    back_up(&desk, &folder);
    assert!(part.join("record.db").exists());
    drop(writing);
    place.later(1);
    back_up(&desk, &folder);
    assert!(!part.exists(), "when its writer is gone, so is it");
}

#[test]
fn a_backup_behind_what_was_saved_here_says_how_far_before_anything_is_replaced() {
    let (place, backup) = backed_up();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    for number in 0..3 {
        sign(&desk, added, note(added, &format!("After the backup, {number}")));
    }
    call(&desk, "lock", json!({}));
    fs::remove_dir_all(place.vault()).unwrap();
    let kept = files(&place.data());

    let desk = place.desk();
    let error = answer(&desk, "restore_backup", lead_from(&backup)).unwrap_err();
    assert_eq!(error.code, "backup_behind");
    assert!(error.message.contains("3 entries behind") && error.message.contains("Mon 23-Nov-2026"), "{}", error.message);
    assert_eq!(files(&place.data()), kept, "what this computer knows of it is as it was");
    assert_eq!(call(&desk, "vault_state", json!({}))["state"], "none");

    let worker = json!({"folder": backup, "signIn": "niamh", "passphrase": passphrase("niamh"), "goOnBecause": "I would rather"});
    assert_eq!(refused(&desk, "restore_backup", worker), "backup_behind", "for a service lead to go on from");
    let mut request = lead_from(&backup);
    request["goOnBecause"] = json!("The disk is lost");
    call(&desk, "restore_backup", request);
    assert_eq!(findings(&desk), [""; 0]);
    let history = call(&desk, "team_history", json!({})).to_string();
    assert!(history.contains("3 entries behind: The disk is lost"), "the history says so");
}

/// What it kept is gone, or the part that tells how far the record was: the
/// backup cannot be compared, and the computer is no new one.
#[test]
fn a_computer_that_lost_what_it_knew_restores_only_as_a_lead_who_says_why() {
    for gone in [&["head"][..], &["head", "device.json"]] {
        let (place, backup) = backed_up();
        for file in gone {
            fs::remove_file(place.data_folder().join(file)).unwrap();
        }
        fs::remove_dir_all(place.vault()).unwrap();
        let worker = json!({"folder": backup, "signIn": "niamh", "passphrase": passphrase("niamh"), "goOnBecause": "I would rather"});
        assert_eq!(refused(&place.desk(), "restore_backup", worker), "backup_behind", "{gone:?}");
        let mut request = lead_from(&backup);
        assert_eq!(refused(&place.desk(), "restore_backup", request.clone()), "backup_behind", "{gone:?}");
        request["goOnBecause"] = json!("The disk is lost");
        let desk = place.desk();
        call(&desk, "restore_backup", request);
        let history = call(&desk, "team_history", json!({})).to_string();
        assert!(history.contains("head of the log was missing: The disk is lost"), "{gone:?}: {history}");
    }
}

#[test]
fn a_restore_that_was_refused_is_a_line_of_the_history_when_it_succeeds() {
    let (place, backup) = backed_up();
    fs::remove_dir_all(place.vault()).unwrap();
    let wrong = json!({"folder": backup, "signIn": "niamh", "passphrase": "not the passphrase"});
    assert_eq!(refused(&place.desk(), "restore_backup", wrong), "wrong_passphrase");
    let desk = place.desk();
    call(&desk, "restore_backup", lead_from(&backup));
    let history = call(&desk, "team_history", json!({}))["lines"].to_string();
    assert!(history.contains("niamh of the team (Key worker)") && history.contains("Was refused: signing in"), "{history}");
}

/// Two teams back up to one drive: the newer backups of the other hide nothing.
#[test]
fn backups_of_another_record_in_the_same_folder_do_not_hide_ours() {
    let (place, backup) = backed_up();
    let folder = backup.parent().unwrap().to_owned();
    let other = lived_in().place.copy();
    fs::remove_dir_all(other.vault()).unwrap();
    fs::remove_dir_all(other.data()).unwrap();
    let theirs = team(&other);
    for _ in 0..18 {
        other.later(1);
        other.clock.set(attune_core::time::Clock::now(&place.clock).plus_minutes(2 * DAY));
        back_up(&theirs, &folder);
    }
    let place = lose_everything(&place);
    call(&place.desk(), "restore_backup", lead_from(&folder));
}

#[test]
fn a_restore_that_fails_late_leaves_what_this_computer_knew() {
    let (place, backup) = backed_up();
    fs::remove_dir_all(place.vault()).unwrap();
    let kept = files(&place.data());
    let desk = place.desk();
    // Somebody else's file in the vault's place: found only when it is moved there.
    fs::create_dir(place.vault()).unwrap();
    fs::write(place.vault().join("letter.odt"), "mine").unwrap();
    assert_eq!(refused(&desk, "restore_backup", lead_from(&backup)), "folder_not_empty");
    assert_eq!(files(&place.data()), kept);
    assert_eq!(named(&place.vault()), ["letter.odt"]);
    fs::remove_dir_all(place.vault()).unwrap();
    call(&desk, "restore_backup", lead_from(&backup));
}

#[test]
fn the_backup_that_got_furthest_comes_back_whatever_the_clock_said() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    let folder = place.folder("backups");
    place.later(365 * DAY);
    back_up(&desk, &folder);
    place.later(-365 * DAY);
    sign(&desk, added, note(added, "After the clock was right again."));
    back_up(&desk, &folder);
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);
    let desk = place.desk();
    call(&desk, "restore_backup", json!({"folder": folder, "signIn": "niamh", "passphrase": passphrase("niamh")}));
    let found = call(&desk, "find", json!({"query": "clock right again"}));
    assert_eq!(found["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_newest_backup_that_is_not_whole_is_named_with_the_one_before_it() {
    let (place, first) = backed_up();
    let desk = place.as_user("niamh");
    place.later(5);
    let folder = first.parent().unwrap().to_owned();
    let newest = back_up(&desk, &folder);
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);
    fs::remove_file(newest.join("record.db")).unwrap();
    let error = answer(&place.desk(), "restore_backup", lead_from(&folder)).unwrap_err();
    assert_eq!(error.code, "backup_newest_broken");
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(error.message.contains(&name(&newest)) && error.message.contains(&name(&first)), "{}", error.message);
    assert_eq!(call(&place.desk(), "vault_state", json!({}))["state"], "none", "an older one comes back only if it is chosen");
    call(&place.desk(), "restore_backup", lead_from(&first));
}

/// A passphrase that was changed since opens the older backup: it does not
/// bring back the older record unasked.
#[test]
fn an_old_passphrase_does_not_pick_an_old_backup() {
    let (place, first) = backed_up();
    let desk = place.as_user("niamh");
    call(&desk, "change_passphrase", json!({"present": passphrase("niamh"), "new": STRONG}));
    place.later(5);
    let folder = first.parent().unwrap().to_owned();
    back_up(&desk, &folder);
    call(&desk, "lock", json!({}));
    let place = lose_everything(&place);
    let old = json!({"folder": folder, "signIn": "niamh", "passphrase": passphrase("niamh")});
    assert_eq!(refused(&place.desk(), "restore_backup", old), "wrong_passphrase");
    call(&place.desk(), "restore_backup", json!({"folder": folder, "signIn": "niamh", "passphrase": STRONG}));
}

/// A copy of [`lived_in`] that is locked, and a backup of it.
fn backed_up() -> (Place, PathBuf) {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let backup = back_up(&desk, &place.folder("backups"));
    call(&desk, "lock", json!({}));
    (place, backup)
}

fn back_up(desk: &Desk, folder: &Path) -> PathBuf {
    PathBuf::from(text(&call(desk, "back_up", json!({"folder": folder}))["folder"]))
}

/// A new recovery key as somebody types it from the paper.
fn recovery_key(desk: &Desk) -> String {
    let printed = call(desk, "new_recovery_key", json!({}));
    printed["recoveryKey"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("-")
}

/// The computer with the vault and everything it kept for it; only the backups
/// stay. Answers the new one.
fn lose_everything(place: &Place) -> Place {
    fs::remove_dir_all(place.vault()).unwrap();
    fs::remove_dir_all(place.data()).unwrap();
    place.another()
}

/// The backup, which holds all of the record. That it was backed up, and locked after, is logged when the copy is made already.
fn what_was_there(place: &Place, backup: &Path) -> Connection {
    let key = &lived_in().key;
    let copy = attune_core::store::open::verifier(&backup.join("record.db"), key.expose()).unwrap().raw();
    let (mut was, kept) = (everything(&place.open_with_copy(key)), everything(&copy));
    for later in ["access", "stream", "word", "seal", "vault", "local_setting"] {
        was.remove(later);
    }
    assert!(was.len() > 20);
    for (table, rows) in &was {
        assert_eq!(&kept[table], rows, "{table} is in the backup as it was");
    }
    copy
}

/// The restored record is whole, has every row that was there, and is a new
/// incarnation: its first step says so, on a computer of its own.
fn comes_back_whole(place: &Place, desk: &Desk, before: &Connection) {
    unlock(desk, "tara").unwrap();
    call(desk, "lock", json!({}));
    let after = place.open_with_copy(&lived_in().key);
    assert_eq!(place.verify_with(&lived_in().key), []);
    let (was, is) = (everything(before), everything(&after));
    assert_eq!(was.keys().collect::<Vec<_>>(), is.keys().collect::<Vec<_>>());
    for (table, rows) in &was {
        // Counters and settings of this computer; and recovering sets the
        // passphrase of the lead, which is a step of its own.
        if ["vault", "local_setting", "user"].contains(&table.as_str()) {
            continue;
        }
        assert!(rows.iter().all(|row| is[table].contains(row)), "{table} has every row that was there");
    }
    let new = |table: &str| is[table].len() - was[table].len();
    assert_eq!((new("device"), new("incarnation")), (1, 1), "a new incarnation");
    for table in [
        "family",
        "person_row",
        "episode",
        "contact_row",
        "addendum_row",
        "entered_in_error_row",
        "concern_row",
        "concern_answer_row",
        "flag_row",
        "draft",
        "name_token",
        "user",
    ] {
        assert_eq!(new(table), 0, "{table} has nothing new");
    }
    let first = "SELECT word FROM operation JOIN word ON wid = op JOIN stream USING (sid) WHERE did = 2 ORDER BY oid LIMIT 1";
    assert_eq!(texts(&after, first), ["begin_incarnation"], "the first step of the new computer says so");
    let why = texts(&after, "SELECT why FROM incarnation ORDER BY rowid DESC LIMIT 1");
    assert!(why[0].contains("from a copy"), "{why:?}");
}

fn lead_from(folder: &Path) -> Value {
    json!({"folder": folder, "signIn": "lead", "passphrase": passphrase("lead")})
}

fn named(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
