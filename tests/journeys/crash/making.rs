//! Killed while a vault is made: it is there or it is not, never half.

use std::fs;

use serde_json::{Value, json};

use super::journal::{Journal, Say};
use super::{Kill, kill_often, opens, still_whole};
use crate::support::*;

#[test]
fn killed_while_a_vault_is_made() {
    kill_often("making", |place, seed| Kill::new("making", place, seed).after(300).run(), check_making);
}

/// Makes vault after vault until it is killed.
pub fn make_for_ever(place: &Place, say: &mut Say) {
    say.ready();
    for number in 0_u64.. {
        let place = Place::at(place.root.join(format!("v{number}")));
        fs::create_dir_all(&place.root).unwrap();
        let mut act = json!({"act": "make", "number": number});
        say.line("try", &act);
        let desk = place.desk();
        act["recovery"] = call(&desk, "create_vault", new_vault())["recoveryKey"].clone();
        say.line("did", &act);
        call(&desk, "lock", json!({}));
    }
}

fn new_vault() -> Value {
    json!({
        "team": "A team", "name": "Lead", "signIn": "lead", "organisation": "The Trust",
        "passphrase": passphrase("lead"), "autoLockMinutes": 10,
    })
}

fn check_making(place: &Place, (did, tried): &Journal) {
    for act in did {
        let place = Place::at(place.root.join(format!("v{}", act["number"])));
        assert!(opens(&place, &act["recovery"]), "its recovery key opens it");
        let desk = place.as_user("lead");
        still_whole(&desk);
    }
    if let Some(act) = tried {
        let place = Place::at(place.root.join(format!("v{}", act["number"])));
        let desk = place.desk();
        let state = call(&desk, "vault_state", json!({}));
        assert_eq!(state["problem"], Value::Null, "none or whole, never half");
        if state["state"] == "none" {
            call(&desk, "create_vault", new_vault());
        } else {
            unlock(&desk, "lead").unwrap();
        }
        still_whole(&desk);
        let beside: Vec<_> = fs::read_dir(&place.root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!beside.iter().any(|name| name.to_string_lossy().contains("making")), "{beside:?}");
    }
}
