//! Practice records as the window, the terminal and the tests are given them:
//! whole on any day and at any hour, and never half made.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use attune_core::desk::practice::{Kept, fill, keep};
use attune_core::desk::{Desk, Progress, Quiet};
use attune_core::practice::{PASSPHRASE, Plan};
use attune_core::time::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Value, json};

use crate::support::{Place, answer, call, refused, team, unlock_with};

/// Every weekday, a leap day, both clock changes, the ends and beginnings of
/// quarters and years, and hours at which nobody works.
const MOMENTS: [(&str, u32); 14] = [
    ("2026-11-23 15:21", 24),
    ("2026-11-24 08:00", 36),
    ("2026-11-25 10:00", 24),
    ("2026-11-26 23:55", 60),
    ("2026-11-27 12:00", 4),
    ("2026-11-28 00:05", 24),
    ("2026-10-25 00:59", 24),
    ("2027-03-28 02:05", 36),
    ("2028-02-29 09:00", 24),
    ("2026-12-31 23:55", 24),
    ("2027-01-01 00:05", 24),
    ("2027-03-31 17:00", 20),
    ("2027-04-01 00:05", 24),
    ("2027-09-30 11:00", 24),
];

#[test]
fn a_practice_record_is_whole_on_any_day_at_any_hour() {
    for (moment, families) in MOMENTS {
        let place = Place::new();
        place.clock.set(Timestamp::from_local(NaiveDateTime::parse_from_str(moment, "%Y-%m-%d %H:%M").unwrap()));
        fill(&place.desk(), &Plan { families, ..Plan::default() }, &Quiet)
            .unwrap_or_else(|error| panic!("{families} families at {moment}: {error}"));
        let today = on_today(&place);
        for part in ["visits", "unwritten", "drafts", "followUps", "concerns", "placements", "news", "reviews"] {
            assert!(
                today.iter().any(|of_one| !of_one[part].as_array().unwrap().is_empty()),
                "{moment}, {families} families: nobody has {part}"
            );
        }
        assert!(families < 24 || is_released(&place), "{moment}, {families} families: no quarter can be released");
        let desk = signed_in(&place, "lead");
        let checked = call(&desk, "verify", json!({}));
        assert_eq!(checked["findings"], json!([]), "{moment}, {families} families");
    }
}

#[test]
fn a_practice_record_that_is_stopped_leaves_nothing() {
    let place = Place::new();
    let stopped = fill(&place.desk(), &few(), &StopsAt(AtomicU64::new(3))).unwrap_err();
    assert_eq!(stopped.code, "cancelled");
    assert_eq!(left_in(&place), Vec::<PathBuf>::new(), "nothing looks finished, and nothing is left of it");
    fill(&place.desk(), &few(), &Quiet).unwrap();
    assert!(place.record().exists());
}

#[test]
fn a_practice_record_that_fails_at_its_very_end_leaves_nothing() {
    let place = Place::new();
    let in_the_way = place.vault().join("somebody-elses");
    let failed = fill(&place.desk(), &few(), &PutsInTheWay(in_the_way.clone())).unwrap_err();
    assert_eq!(failed.code, "folder_not_empty");
    assert_eq!(left_in(&place), [place.vault()], "only what somebody else has put there");
    assert_eq!(fs::read(&in_the_way).unwrap(), b"a letter");
    let again = fill(&place.desk(), &few(), &Fails).unwrap_err();
    assert_eq!(again.code, "folder_not_empty", "said before anything is made");
}

#[test]
fn what_a_killed_making_left_is_cleared_by_the_next() {
    let place = Place::new();
    fill(&place.desk(), &few(), &Quiet).unwrap();
    let making = place.root.join("vault.making");
    fs::rename(place.vault(), &making).unwrap();
    let left = place.data_folder();
    assert_eq!(keep(&place.desk(), &few(), &Quiet).unwrap(), Kept::Made);
    assert!(!making.exists() && !left.exists() && place.record().exists());
}

#[test]
fn a_practice_record_of_another_version_is_set_aside_and_made_anew() {
    let place = Place::new();
    let day = NaiveDate::from_ymd_opt(2026, 11, 25);
    let plan = Plan { as_of: day, ..few() };
    let mark = place.vault().join("practice-version");
    assert_eq!(keep(&place.desk(), &plan, &Quiet).unwrap(), Kept::Made);
    assert_eq!(keep(&place.desk(), &plan, &Fails).unwrap(), Kept::There(day.unwrap()), "a whole one is kept, untouched");

    fs::write(&mark, "0011 2026-11-25\n").unwrap();
    let first = place.root.join("vault.older-1");
    assert_eq!(keep(&place.desk(), &plan, &Quiet).unwrap(), Kept::Anew(first.clone()), "another version");
    fs::remove_file(&mark).unwrap();
    let second = place.root.join("vault.older-2");
    assert_eq!(keep(&place.desk(), &plan, &Quiet).unwrap(), Kept::Anew(second.clone()), "never finished");
    fs::remove_file(place.record()).unwrap();
    assert_eq!(keep(&place.desk(), &plan, &Quiet).unwrap(), Kept::Anew(place.root.join("vault.older-3")), "without its record");
    assert!(first.join("keys.json").exists() && second.join("keys.json").exists(), "nothing is deleted");
    signed_in(&place, "owen");
}

#[test]
fn what_is_no_practice_record_or_is_open_is_never_set_aside() {
    let place = Place::new();
    drop(team(&place));
    assert_eq!(keep(&place.desk(), &few(), &Fails).unwrap_err().code, "not_practice");
    assert_eq!(refused(&place.desk(), "practice_vault", json!({})), "vault_exists");

    let place = Place::new();
    fill(&place.desk(), &few(), &Quiet).unwrap();
    fs::remove_file(place.vault().join("practice-version")).unwrap();
    let open = signed_in(&place, "owen");
    assert_eq!(keep(&place.desk(), &few(), &Fails).unwrap_err().code, "vault_in_use");
    call(&open, "today", json!({}));
}

fn few() -> Plan {
    Plan { families: 4, ..Plan::default() }
}

fn signed_in(place: &Place, sign_in: &str) -> Desk {
    let desk = place.desk();
    unlock_with(&desk, sign_in, PASSPHRASE).unwrap_or_else(|error| panic!("{sign_in} signs in: {error}"));
    desk
}

/// Today as each who works with families sees it.
fn on_today(place: &Place) -> Vec<Value> {
    ["niamh", "owen", "tara", "lead", "pip"].map(|user| call(&signed_in(place, user), "today", json!({}))).to_vec()
}

/// Releases the latest quarter, and says whether its files are there.
fn is_released(place: &Place) -> bool {
    let folder = place.folder("summaries");
    let desk = signed_in(place, "dara");
    call(&desk, "set_export_folder", json!({"folder": folder}));
    let periods = call(&desk, "summary", json!({"quarter": ""}))["periods"].clone();
    // On the first two days of a quarter nobody has worked on two days after the last one.
    let complete = periods.as_array().unwrap().iter().find(|period| period["notComplete"] == "" && period["year"] == false);
    let quarter = complete.map(|period| period["period"].clone());
    let released = answer(&desk, "release_summary", json!({"quarter": quarter, "reason": "Because a test asks for it"}));
    released.is_ok() && fs::read_dir(folder).unwrap().count() == 4
}

/// What stands where the vault and this computer's own files would.
fn left_in(place: &Place) -> Vec<PathBuf> {
    let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut left = inside(place.root.clone());
    left.retain(|path| *path != place.data());
    left.extend(inside(place.data().join("attune")));
    left
}

/// Somebody presses "Stop" after so many reports.
struct StopsAt(AtomicU64);

impl Progress for StopsAt {
    fn report(&self, _done: u64, _total: u64, _words: &str) {
        let left = self.0.load(Ordering::SeqCst);
        self.0.store(left.saturating_sub(1), Ordering::SeqCst);
    }

    fn cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst) == 0
    }
}

/// Puts a file where the vault will be moved to, once it is nearly made.
struct PutsInTheWay(PathBuf);

impl Progress for PutsInTheWay {
    fn report(&self, done: u64, total: u64, _words: &str) {
        if done == total {
            fs::create_dir_all(self.0.parent().unwrap()).unwrap();
            fs::write(&self.0, "a letter").unwrap();
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}

/// Nothing may be made at all.
struct Fails;

impl Progress for Fails {
    fn report(&self, _done: u64, _total: u64, _words: &str) {
        panic!("something is being made");
    }

    fn cancelled(&self) -> bool {
        false
    }
}
