//! Every command that writes files, where it cannot: on a disk that is full or
//! may only be read, into a folder that is gone or is no folder. Each is refused
//! in words, nothing of it is left, and it is done once the folder is as it should be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attune_core::api::{COMMANDS, Mark};
use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

/// How a folder cannot take a file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spoilt {
    Full,
    ReadOnly,
    Gone,
    NoFolder,
}

/// A command, and what it is asked to write where.
struct Writing {
    command: &'static str,
    /// Makes a desk that is ready to be asked, and says what to ask of it.
    ready: fn(&Path) -> (Place, Desk, Value),
    /// True if it makes the folder when it is gone.
    makes_it: bool,
    /// True if it only remembers the folder, which can be full.
    remembers: bool,
}

const WRITING: [Writing; 8] = [
    Writing { command: "create_vault", ready: a_new_vault, makes_it: true, remembers: false },
    Writing { command: "practice_vault", ready: a_practice_vault, makes_it: true, remembers: false },
    Writing { command: "restore_backup", ready: a_restored_vault, makes_it: true, remembers: false },
    Writing { command: "back_up", ready: a_backup, makes_it: false, remembers: false },
    Writing { command: "set_export_folder", ready: an_export_folder, makes_it: false, remembers: true },
    Writing { command: "release_summary", ready: a_release, makes_it: false, remembers: false },
    Writing { command: "write_release", ready: a_release_again, makes_it: false, remembers: false },
    Writing { command: "approve_release", ready: an_answer, makes_it: false, remembers: false },
];

#[test]
fn every_command_that_writes_files_is_tried() {
    let mut tried: Vec<&str> = WRITING.iter().map(|one| one.command).collect();
    let mut all: Vec<&str> = COMMANDS.iter().filter(|command| command.is(Mark::Files)).map(|command| command.name).collect();
    tried.sort_unstable();
    all.sort_unstable();
    assert_eq!(tried, all, "a new command that writes files goes into WRITING");
}

#[test]
fn what_cannot_be_written_is_refused_and_leaves_nothing() {
    let mut tried = 0;
    for writing in WRITING {
        for spoilt in [Spoilt::Full, Spoilt::ReadOnly, Spoilt::Gone, Spoilt::NoFolder] {
            tried += usize::from(one(&writing, spoilt));
        }
    }
    println!("{tried} of {} tried; who may not mount a disk tries fewer", WRITING.len() * 4);
    assert!(tried >= WRITING.len() * 2);
}

/// Where not a byte is free, SQLite cannot make its side files, and calls it a disk that cannot be read.
#[test]
fn a_disk_without_a_free_byte_is_called_full() {
    let outside = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::at(outside.path()) else { return };
    let place = place_of(outside.path());
    let (_, desk, request) = a_new_vault(outside.path());
    call(&desk, "create_vault", request);
    disk.fill();
    // Open, and again from the beginning.
    let mut codes = vec![answer(&desk, "today", json!({})).unwrap_err().code];
    desk.lock().ok();
    disk.fill();
    codes.push(unlock(&place.desk(), "lead").unwrap_err().code);
    assert_eq!(codes, ["disk_full", "disk_full"]);
    disk.empty();
    unlock(&place.desk(), "lead").unwrap();
}

/// False where the folder could not be spoilt so: only some may mount a disk.
fn one(writing: &Writing, spoilt: Spoilt) -> bool {
    let what = format!("{} with the folder {spoilt:?}", writing.command);
    let outside = tempfile::tempdir().unwrap();
    let folder = outside.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let disk = match spoilt {
        Spoilt::Full | Spoilt::ReadOnly => match Disk::at(&folder) {
            Some(disk) => Some(disk),
            None => return false,
        },
        Spoilt::Gone | Spoilt::NoFolder => None,
    };
    let (place, desk, request) = (writing.ready)(&folder);
    let before = (kept(&place), files(&folder));
    match (spoilt, &disk) {
        (Spoilt::Full, Some(disk)) => disk.fill(),
        (Spoilt::ReadOnly, Some(disk)) => disk.only_read(),
        _ => fs::rename(&folder, outside.path().join("elsewhere")).unwrap(),
    }
    if spoilt == Spoilt::NoFolder {
        fs::write(&folder, "in the way").unwrap();
    }
    let goes_on = spoilt == Spoilt::Gone && writing.makes_it
        || spoilt == Spoilt::Full && writing.remembers
        || spoilt == Spoilt::ReadOnly && writing.remembers;
    match answer(&desk, writing.command, request.clone()) {
        Ok(_) => assert!(goes_on, "{what}: answered as if it were done"),
        Err(error) => {
            assert!(!goes_on, "{what}: {error}");
            assert_ne!(error.code, "internal", "{what}: a person can act on what is said: {error}");
            assert!(error.message.len() > 40 && error.message.ends_with('.'), "{what}: {error}");
            assert_eq!(kept(&place), before.0, "{what}: the record has changed");
        }
    }
    if goes_on {
        return true;
    }
    match (spoilt, &disk) {
        (Spoilt::Full, Some(disk)) => disk.empty(),
        (Spoilt::ReadOnly, Some(disk)) => disk.written_again(),
        _ => {
            fs::remove_file(&folder).ok();
            fs::rename(outside.path().join("elsewhere"), &folder).unwrap();
        }
    }
    let left: Vec<PathBuf> = files(&folder).into_keys().filter(|path| !before.1.contains_key(path)).collect();
    assert!(left.is_empty(), "{what}: something half written is left: {left:?}");
    answer(&desk, writing.command, request).unwrap_or_else(|error| panic!("{what}, then mended: {error}"));
    true
}

/// What is in the record, if there is one, but for who looked and what this computer keeps for itself.
fn kept(place: &Place) -> BTreeMap<String, Vec<String>> {
    if !place.record().exists() {
        return BTreeMap::new();
    }
    let mut all = everything(&place.open_with_copy(&place.key()));
    for beside in ["access", "stream", "word", "identity", "vault", "local_setting", "seal", "act"] {
        all.remove(beside);
    }
    all
}

fn place_of(folder: &Path) -> Place {
    Place::at(folder.to_owned())
}

fn a_new_vault(folder: &Path) -> (Place, Desk, Value) {
    let place = place_of(folder);
    let desk = place.desk();
    let request = json!({
        "team": "The team", "name": "Morag", "signIn": "lead", "organisation": "The Trust", "passphrase": passphrase("lead"), "autoLockMinutes": 5,
    });
    (place, desk, request)
}

fn a_practice_vault(folder: &Path) -> (Place, Desk, Value) {
    let place = place_of(folder);
    let desk = place.desk();
    (place, desk, json!({}))
}

fn a_restored_vault(folder: &Path) -> (Place, Desk, Value) {
    let original = lived_in().place.copy();
    let backups = folder.with_file_name("backups");
    fs::create_dir(&backups).unwrap();
    call(&original.as_user("lead"), "back_up", json!({"folder": backups}));
    let (place, desk, _) = a_practice_vault(folder);
    (place, desk, json!({"folder": backups, "signIn": "lead", "passphrase": passphrase("lead")}))
}

fn a_backup(folder: &Path) -> (Place, Desk, Value) {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    (place, desk, json!({"folder": folder}))
}

fn an_export_folder(folder: &Path) -> (Place, Desk, Value) {
    let place = lived_in().place.copy();
    let desk = place.as_user("dara");
    (place, desk, json!({"folder": folder}))
}

fn a_release(folder: &Path) -> (Place, Desk, Value) {
    let place = Place::new();
    let desk = team(&place);
    families_for_a_summary(&desk);
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": folder}));
    (place, desk, json!({"quarter": "2026-Q3", "reason": "For the commissioner"}))
}

fn a_release_again(folder: &Path) -> (Place, Desk, Value) {
    let first = folder.with_file_name("first");
    fs::create_dir(&first).unwrap();
    let (place, desk, request) = a_release(&first);
    call(&desk, "release_summary", request);
    call(&desk, "set_export_folder", json!({"folder": folder}));
    (place, desk, json!({"quarter": "2026-Q3"}))
}

fn an_answer(folder: &Path) -> (Place, Desk, Value) {
    let (place, desk, mut request) = a_release(folder);
    request["outside"] = json!(true);
    request["recipient"] = json!("The commissioner");
    let asked = call(&desk, "release_summary", request);
    unlock(&desk, "iggy").unwrap();
    (place, desk, json!({"release": asked["id"]}))
}

/// A small disk of its own, for who may mount one.
struct Disk(PathBuf);

impl Disk {
    fn at(folder: &Path) -> Option<Self> {
        mount(&["-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs"], folder).then(|| Self(folder.to_owned()))
    }

    fn fill(&self) {
        let stuffing = self.0.join("stuffing");
        fs::write(&stuffing, vec![7_u8; 48 * 1024 * 1024]).unwrap_err();
        // The last free page too.
        let mut file = fs::OpenOptions::new().append(true).open(&stuffing).unwrap();
        while std::io::Write::write_all(&mut file, &[7; 512]).is_ok() {}
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("stuffing")).unwrap();
    }

    fn only_read(&self) {
        assert!(mount(&["-o", "remount,ro"], &self.0));
    }

    fn written_again(&self) {
        assert!(mount(&["-o", "remount,rw"], &self.0));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        spawn(Command::new("umount").arg("-l").arg(&self.0)).wait().ok();
    }
}

fn mount(options: &[&str], at: &Path) -> bool {
    let mut command = Command::new("mount");
    spawn(command.args(options).arg(at).stderr(std::process::Stdio::null())).wait().is_ok_and(|status| status.success())
}
