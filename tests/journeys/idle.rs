//! An open record locks by itself, on a clock that nobody can set.

use std::sync::Arc;
use std::time::Duration;

use attune_core::api;
use attune_core::desk::idle::Watch;
use attune_core::desk::{Desk, Progress, Quiet};
use attune_core::time::SetUptime;
use serde_json::json;

use super::support::{Place, call, files, passphrase, refused, team, unlock, user_id};

const MINUTE: Duration = Duration::from_secs(60);

fn opened() -> (Place, Desk, SetUptime) {
    let place = Place::new();
    drop(team(&place));
    let uptime = SetUptime::default();
    let desk = place.desk().with_uptime(Arc::new(uptime.clone()));
    unlock(&desk, "lead").unwrap();
    (place, desk, uptime)
}

#[test]
fn it_locks_after_the_teams_minutes_whatever_the_clock_on_the_wall_says() {
    let (place, desk, uptime) = opened();
    assert_eq!(desk.watch(), Watch::Open(10 * MINUTE));
    uptime.pass(9 * MINUTE);
    place.clock.set(attune_core::time::Timestamp(0));
    assert_eq!(desk.watch(), Watch::Open(MINUTE));
    desk.somebody_is_there();
    uptime.pass(9 * MINUTE);
    assert_eq!(desk.watch(), Watch::Open(MINUTE));
    uptime.pass(MINUTE);
    assert_eq!(desk.watch(), Watch::Due);
    desk.somebody_is_there();
    assert_eq!(desk.watch(), Watch::Due, "a key does not bring back what is due to lock");
}

#[test]
fn a_computer_that_slept_comes_back_locked() {
    let (_place, desk, uptime) = opened();
    uptime.sleep(5 * Duration::from_secs(1));
    assert_eq!(desk.watch(), Watch::Due);
    uptime.pass(MINUTE);
    assert_eq!(desk.watch(), Watch::Due);
}

#[test]
fn a_sleep_before_signing_in_locks_nothing() {
    let place = Place::new();
    drop(team(&place));
    let uptime = SetUptime::default();
    let desk = place.desk().with_uptime(Arc::new(uptime.clone()));
    uptime.sleep(60 * MINUTE);
    unlock(&desk, "lead").unwrap();
    assert_eq!(desk.watch(), Watch::Open(10 * MINUTE));
}

#[test]
fn a_window_that_does_not_lock_gets_no_more_answers() {
    let (_place, desk, uptime) = opened();
    uptime.pass(10 * MINUTE + Duration::from_secs(9));
    call(&desk, "caseload", json!({"mine": false, "filter": "open", "sort": "name"}));
    uptime.pass(Duration::from_secs(2));
    let refused = api::dispatch(&desk, "today", json!({}), None, &Quiet).unwrap_err();
    assert_eq!(refused.code, "locked");
    assert!(!desk.is_unlocked());
    assert_eq!(desk.watch(), Watch::Locked);
}

#[test]
fn a_check_that_runs_ends_at_lock() {
    let (_place, desk, _) = opened();
    let refused = desk.verify(&Locks(&desk, "Checking the record")).unwrap_err();
    assert_eq!(refused.code, "locked");
}

#[test]
fn a_backup_that_runs_ends_at_lock() {
    for step in ["Copying the record", "Checking the copy", "Finishing"] {
        let (place, desk, _) = opened();
        unlock(&desk, "lead").unwrap();
        let folder = place.folder("backups");
        let refused = desk.back_up(&folder.display().to_string(), &Locks(&desk, step)).unwrap_err();
        assert!(["locked", "cancelled"].contains(&refused.code.as_str()), "{step}: {refused}");
        assert!(files(&folder).is_empty(), "{step}: nothing is called a backup");
        let history = call(&place.as_user("lead"), "team_history", json!({})).to_string();
        assert!(!history.contains("Backed up the record"), "{step}");
    }
}

/// Locks the record at a step of what is under way, as a person would meanwhile.
struct Locks<'a>(&'a Desk, &'static str);

impl Progress for Locks<'_> {
    fn report(&self, _: u64, _: u64, words: &str) {
        if words == self.1 {
            self.0.lock().unwrap();
        }
    }
    fn cancelled(&self) -> bool {
        false
    }
}

#[test]
fn what_reaches_beyond_one_family_asks_for_the_passphrase_again() {
    let (place, desk, uptime) = opened();
    let add = |name: &str| json!({"name": "A colleague", "signIn": name, "role": "key_worker", "organisation": "The Trust"});
    call(&desk, "add_user", add("first"));
    let niamh = user_id(&desk, "niamh");
    uptime.pass(5 * MINUTE);
    let folder = place.folder("copies").display().to_string();
    let leaves = json!({"user": niamh, "name": "Niamh", "role": "key_worker", "organisation": "The Trust", "active": false, "seen": 1});
    for (command, request) in [
        ("add_user", add("second")),
        ("amend_user", leaves),
        ("reset_passphrase", json!({"user": niamh})),
        ("new_recovery_key", json!({})),
        ("back_up", json!({"folder": folder})),
        ("set_export_folder", json!({"folder": folder})),
    ] {
        assert_eq!(refused(&desk, command, request), "confirm_passphrase", "{command}");
    }
    assert_eq!(refused(&desk, "confirm_passphrase", json!({"passphrase": "not this one at all"})), "wrong_passphrase");
    call(&desk, "confirm_passphrase", json!({"passphrase": passphrase("lead")}));
    call(&desk, "add_user", add("second"));
}

#[test]
fn wrong_passphrases_count_wherever_they_are_typed() {
    let (_place, desk, _) = opened();
    for _ in 0..2 {
        assert_eq!(refused(&desk, "confirm_passphrase", json!({"passphrase": "not the passphrase"})), "wrong_passphrase");
        let change = json!({"present": "not the passphrase", "new": "harbour pepper violin thicket meadow"});
        assert_eq!(refused(&desk, "change_passphrase", change), "wrong_passphrase");
    }
    assert_eq!(refused(&desk, "confirm_passphrase", json!({"passphrase": "not the passphrase"})), "wrong_passphrase");
    assert_eq!(refused(&desk, "session", json!({})), "locked");
}

#[test]
fn five_wrong_passphrases_lock_the_record() {
    let (_place, desk, _) = opened();
    for turn in 0..5 {
        assert!(desk.is_unlocked(), "turn {turn}");
        refused(&desk, "confirm_passphrase", json!({"passphrase": "not this one at all"}));
    }
    assert!(!desk.is_unlocked());
}
