//! One byte, without the key: it is reported, or nothing is missing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::*;

#[test]
fn a_byte_flipped_in_any_page_is_reported() {
    const PAGE: usize = 4096;
    let base = lived_in();
    let pages = fs::metadata(base.place.record()).unwrap().len() as usize / PAGE;
    assert!(pages > 60, "{pages} pages");
    let mut dice = Dice(6);
    let flips: Vec<usize> = (0..pages)
        .flat_map(|page| {
            // The text of the page, and what authenticates it.
            let within = [dice.below(PAGE - 80), PAGE - 80 + dice.below(80)];
            within.map(|at| page * PAGE + at)
        })
        .collect();
    each_is_reported(&base.place, "vault/record.db", &flips);
}

#[test]
fn a_byte_flipped_in_the_write_ahead_log_is_reported() {
    let place = killed_before_its_log_was_folded_in();
    let wal = place.vault().join("record.db-wal");
    let length = fs::metadata(&wal).unwrap().len() as usize;
    const FRAME: usize = 24 + 4096;
    let frames = (length - 32) / FRAME;
    assert!(frames > 10, "{frames} frames");
    let mut dice = Dice(7);
    let mut flips: Vec<usize> = (0..32).step_by(3).collect();
    for frame in 0..frames {
        let start = 32 + frame * FRAME;
        flips.push(start + if frame % 2 == 0 { dice.below(24) } else { 24 + dice.below(4096) });
    }
    each_is_reported(&place, "vault/record.db-wal", &flips);
}

#[test]
fn a_byte_flipped_in_the_keys_or_the_head_is_reported() {
    let base = lived_in();
    let folder = base.place.data_folder();
    let below = |path: PathBuf| path.strip_prefix(&base.place.root).unwrap().to_string_lossy().into_owned();
    for (path, step) in [
        ("vault/keys.json".to_owned(), 151),
        ("vault/keys.mirror.json".to_owned(), 211),
        (below(folder.join("head")), 257),
        (below(folder.join("device.json")), 23),
    ] {
        let length = fs::metadata(base.place.root.join(&path)).unwrap().len() as usize;
        // Every byte of each is tried beside the code that reads it.
        let flips: Vec<usize> = (0..length).step_by(step).chain([length - 1]).collect();
        each_is_reported(&base.place, &path, &flips);
    }
}

#[test]
fn both_copies_of_the_keys_damaged_says_so_and_leaves_them() {
    let place = lived_in().place.copy();
    for name in ["keys.json", "keys.mirror.json"] {
        flip(&place.vault().join(name), 100);
    }
    let before = files(&place.vault());
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "keys_damaged");
    assert_eq!(files(&place.vault()).get(&place.record()), before.get(&place.record()));
}

/// A control: with nothing flipped, nothing is reported and all is there.
#[test]
fn an_unspoilt_record_is_not_reported() {
    for place in [lived_in().place.copy(), killed_before_its_log_was_folded_in()] {
        let original = original_of(&place);
        let Seen::Unnoticed(there) = opened(&place) else { panic!("reported") };
        is_all_there(&there, &original, "nothing flipped");
    }
}

/// What came of opening a spoilt record and checking it.
enum Seen {
    Reported,
    Unnoticed(Box<Everything>),
}

type Everything = BTreeMap<String, Vec<String>>;

/// Flips one byte at a time; each is reported, or nothing at all is missing.
fn each_is_reported(original: &Place, file: &str, flips: &[usize]) {
    let all = original_of(original);
    let halves = flips.split_at(flips.len() / 2);
    std::thread::scope(|scope| {
        for half in [halves.0, halves.1] {
            let all = &all;
            scope.spawn(move || {
                for at in half {
                    let place = original.copy();
                    flip(&place.root.join(file), *at);
                    if let Seen::Unnoticed(there) = opened(&place) {
                        is_all_there(&there, all, &format!("{file}, byte {at}"));
                    }
                }
            });
        }
    });
    println!("{file}: {} flips", flips.len());
}

/// Every row is there as it was; opening and checking are lines of the read log themselves.
fn is_all_there(there: &Everything, all: &Everything, flipped: &str) {
    for (table, rows) in all {
        match table.as_str() {
            // Signing in in another place adds that place, and says that the record is there now.
            "access" | "local_setting" => {
                let mut kept = rows.iter().filter(|row| !row.contains("this_computer"));
                assert!(kept.all(|row| there[table].contains(row)), "{flipped}: {table} changed and nobody was told");
            }
            "vault" => assert_eq!(without_count(&there[table]), without_count(rows), "{flipped}: {table} changed and nobody was told"),
            // They say how far the read log has come, and hold its words.
            "stream" | "word" | "identity" => assert!(there[table].len() >= rows.len(), "{flipped}: {table}"),
            _ => assert_eq!(&there[table], rows, "{flipped}: {table} changed and nobody was told"),
        }
    }
}

/// The one row of the vault, but for how much was kept outside the log.
fn without_count(vault: &[String]) -> &str {
    vault[0].rsplit_once(',').unwrap().0
}

fn opened(place: &Place) -> Seen {
    let desk = place.desk();
    let answered = unlock(&desk, "lead").and_then(|session| Ok((session, answer(&desk, "verify", json!({}))?)));
    match answered {
        Err(error) => {
            assert_ne!(error.code, "internal", "a person can act on what is reported: {error}");
            assert_ne!(error.code, "wrong_passphrase", "damage is not taken for a wrong passphrase");
            Seen::Reported
        }
        Ok((session, check)) => {
            let notices = session["value"]["notices"].as_array().unwrap().len();
            if notices + check["value"]["findings"].as_array().unwrap().len() > 0 {
                return Seen::Reported;
            }
            Seen::Unnoticed(Box::new(desk.write(|session| Ok(everything(session.conn().as_raw()))).unwrap()))
        }
    }
}

fn original_of(place: &Place) -> Everything {
    everything(&place.open_with_copy(&lived_in().key))
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// A program that dies while the write-ahead log is being folded into the file
/// leaves a page there half written. The log still has all of it: nothing is
/// lost, and the check says so.
#[test]
fn a_page_torn_while_the_log_was_folded_in_is_no_damage() {
    let place = killed_before_its_log_was_folded_in();
    let pages = pages_in_the_log(&place);
    let size = fs::metadata(place.record()).unwrap().len();
    let torn: Vec<u64> = pages.into_iter().filter(|page| page * PAGE <= size).collect();
    assert!(!torn.is_empty());
    let mut bytes = fs::read(place.record()).unwrap();
    for page in torn {
        let begin = usize::try_from((page - 1) * PAGE).unwrap();
        bytes[begin + 512..begin + 1024].fill(0x5a);
    }
    fs::write(place.record(), bytes).unwrap();
    let desk = place.as_user("lead");
    assert_eq!(findings(&desk), [""; 0]);
}

const PAGE: u64 = 4096;

/// The numbers of the pages that the write-ahead log holds.
fn pages_in_the_log(place: &Place) -> std::collections::BTreeSet<u64> {
    let log = fs::read(place.vault().join("record.db-wal")).unwrap();
    let frames = log[32..].chunks_exact(24 + usize::try_from(PAGE).unwrap());
    frames.map(|frame| u64::from(u32::from_be_bytes(frame[..4].try_into().unwrap()))).collect()
}

/// A record whose last work is only in its write-ahead log: copied while it was
/// open, as a kill leaves it.
fn killed_before_its_log_was_folded_in() -> Place {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    for visit in 0..3 {
        let added = &lived_in().families[visit % 2];
        place.later(20);
        sign(&desk, added, note(added, &format!("Late visit {visit}")));
        call(&desk, "save_draft", json!({"episode": added["episode"], "entry": {"saw": format!("late draft {visit}")}}));
        call(&desk, "story", json!({"family": added["family"]}));
    }
    desk.write(attune_core::session::Session::seal).unwrap();
    let copy = place.copy();
    assert!(copy.vault().join("record.db-wal").exists());
    copy
}
