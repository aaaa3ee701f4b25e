//! The drill: back up, lose everything, restore, go on working. And what a
//! backup refuses.

use std::fs;
use std::path::{Path, PathBuf};

use attune_core::desk::Desk;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::support::*;

const DAY: i64 = 24 * 60;

/// What a lead chooses after the recovery key.
const STRONG: &str = "harbour pepper violin thicket meadow";

#[test]
fn everything_is_lost_and_comes_back_with_a_passphrase() {
    let (place, backup) = backed_up();
    let before = place.open_with_copy(&lived_in().key);
    lose_everything(&place);

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
    let before = place.open_with_copy(&lived_in().key);
    call(&desk, "lock", json!({}));
    lose_everything(&place);

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
    lose_everything(&place);
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
    lose_everything(&place);
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
    lose_everything(&place);
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
    assert!(text(&made["words"]).contains("and read back"), "{made}");
    for (days, words, old) in [
        (0, "Backed up today", false),
        (1, "Backed up yesterday", false),
        (5, "Backed up 6 days ago", false),
        (1, "Backed up 7 days ago", false),
        (1, "Backed up 8 days ago", true),
    ] {
        place.later(days * DAY);
        assert_eq!(age(&desk), (words.to_owned(), old));
    }
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

/// The vault and everything this computer kept for it; only the backups stay.
fn lose_everything(place: &Place) {
    fs::remove_dir_all(place.vault()).unwrap();
    fs::remove_dir_all(place.data()).unwrap();
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
        "person",
        "episode",
        "contact",
        "addendum",
        "retraction",
        "concern",
        "concern_answer",
        "flag",
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
