//! Something else stands where a file of the record should be: a pipe, a folder,
//! a socket or a device. The answer comes at once, in words, and nothing is
//! taken away.

use std::fs;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use attune_core::error::Error;
use rustix::fs::{CWD, FileType, Mode};
use serde_json::{Value, json};

use super::support::*;

/// So long nobody waits for a file: a hang is for ever.
const AT_ONCE: Duration = Duration::from_secs(60);

type Put = fn(&Path);

const PUT: [(&str, Put); 4] = [("pipe", pipe), ("folder", folder), ("socket", socket), ("device", device)];

#[test]
fn nothing_in_the_place_of_a_file_makes_the_program_wait() {
    for (what, put) in PUT {
        for place_of in ["vault/vault.lock", "vault/record.db", "vault/record.db-wal", "identity", "head", "both keys"] {
            let place = lived_in().place.copy();
            let paths: Vec<PathBuf> = match place_of {
                "identity" => vec![place.data_folder().join("device.json")],
                "head" => vec![place.data_folder().join("head")],
                "both keys" => vec![place.vault().join("keys.json"), place.vault().join("keys.mirror.json")],
                file => vec![place.root.join(file)],
            };
            paths.iter().for_each(|path| in_the_way(path, put));
            let error = unlocked_in_time(&place).expect_err(&format!("{what} in the place of {place_of}"));
            assert_eq!(error.code, "not_a_file", "{what} in the place of {place_of}: {error}");
            for path in &paths {
                assert!(!fs::metadata(path).unwrap().is_file(), "{what}: it stands there still");
            }
        }
    }
}

/// One whole copy of the keys is enough to work with.
#[test]
fn one_copy_of_the_keys_replaced_by_something_else_is_said_and_the_other_opens() {
    for (what, put) in PUT {
        for file in ["keys.json", "keys.mirror.json"] {
            let place = lived_in().place.copy();
            in_the_way(&place.vault().join(file), put);
            let session = unlocked_in_time(&place).unwrap_or_else(|error| panic!("{what} in the place of {file}: {error}"));
            assert!(!session["value"]["notices"].as_array().unwrap().is_empty(), "{what} in the place of {file} is told");
        }
    }
}

/// What could not be mended is not said to be.
#[test]
fn a_folder_in_the_place_of_the_second_copy_is_not_said_to_be_replaced() {
    let place = lived_in().place.copy();
    in_the_way(&place.vault().join("keys.mirror.json"), folder);
    for _ in 0..2 {
        let session = unlock(&place.desk(), "niamh").unwrap();
        let notices = session["value"]["notices"].to_string();
        assert!(notices.contains("could not be replaced") && !notices.contains("has been replaced"), "{notices}");
    }
}

#[test]
fn a_backup_is_not_waited_for_either() {
    for file in ["record.db", "keys.json"] {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let made = call(&desk, "back_up", json!({"folder": place.folder("backups")}));
        drop(desk);
        let backup = PathBuf::from(text(&made["folder"]));
        in_the_way(&backup.join(file), pipe);
        if file == "keys.json" {
            in_the_way(&backup.join("keys.mirror.json"), pipe);
        }
        let empty = Place::new();
        let request = json!({"folder": backup, "signIn": "lead", "passphrase": passphrase("lead")});
        let error = in_time(move || answer(&empty.desk(), "restore_backup", request)).unwrap_err();
        assert!(["backup_not_there", "not_a_file"].contains(&error.code.as_str()), "{file}: {error}");
        assert!(fs::metadata(backup.join(file)).unwrap().file_type().is_fifo());
    }
}

fn unlocked_in_time(place: &Place) -> Result<Value, Error> {
    let desk = place.desk();
    in_time(move || unlock(&desk, "lead"))
}

/// The answer, if it comes in time.
fn in_time(ask: impl FnOnce() -> Result<Value, Error> + Send + 'static) -> Result<Value, Error> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(ask()));
    told.recv_timeout(AT_ONCE).expect("the answer comes at once")
}

fn in_the_way(path: &Path, put: fn(&Path)) {
    if path.exists() {
        fs::remove_file(path).unwrap();
    }
    put(path);
}

fn pipe(path: &Path) {
    rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

fn folder(path: &Path) {
    fs::create_dir(path).unwrap();
    fs::write(path.join("of somebody"), "else").unwrap();
}

fn socket(path: &Path) {
    // The name of a socket is short: it is made elsewhere and moved.
    let near = tempfile::tempdir().unwrap();
    let _bound = UnixListener::bind(near.path().join("s")).unwrap();
    fs::rename(near.path().join("s"), path).unwrap();
}

fn device(path: &Path) {
    std::os::unix::fs::symlink("/dev/zero", path).unwrap();
}

/// What lies in the place of the refused sign-ins holds nobody up, and keeps the next from being told once only.
#[test]
fn whatever_lies_where_refused_sign_ins_wait_holds_nobody_up() {
    for spoil in [
        (|at: &Path| fs::write(at, vec![0xa7; 3_000_000]).unwrap()) as fn(&Path),
        |at| fs::create_dir(at).unwrap(),
        |at| fs::write(at, "17 not-an-id passphrase\n").unwrap(),
    ] {
        let place = lived_in().place.copy();
        let at = place.data_folder().join("refused-sign-ins");
        spoil(&at);
        assert_eq!(unlock_with(&place.desk(), "niamh", "a guess").unwrap_err().code, "wrong_passphrase");
        call(&place.as_user("niamh"), "lock", json!({}));
        if at.is_dir() {
            continue;
        }
        assert_eq!(unlock_with(&place.desk(), "niamh", "a guess").unwrap_err().code, "wrong_passphrase");
        let history = call(&place.as_user("lead"), "team_history", json!({}));
        assert!(history.to_string().contains("Was refused: signing in"), "the next one is told");
    }
}
