//! Killed while users come and go and passphrases change: what was cut short was
//! done, or was not, or can be done again.

use std::collections::BTreeMap;

use attune_core::desk::Desk;
use attune_core::vault::keys::{KeyFile, Way};
use serde_json::{Value, json};

use super::journal::{Journal, Say};
use super::{Kill, kill_often, opens, still_whole};
use crate::support::*;

#[test]
fn killed_while_users_change() {
    kill_often("users", |place, seed| Kill::new("users", place, seed).after(250).run(), check_users);
}

/// A user whose key was written and whose row was not, as an older version left
/// it, can be added again under the same name.
#[test]
fn a_user_cut_short_can_be_added_again() {
    let place = lived_in().place.copy();
    let (mut keys, _) = KeyFile::load(&place.vault()).unwrap();
    let nobody = attune_core::ids::UserId(uuid::Uuid::from_u128(77));
    let cheap = attune_core::vault::keys::KdfParams::cheap();
    let at = attune_core::time::Clock::now(&place.clock);
    let way = Way { user: nobody, sign_in: "orla", passphrase: "one time only", one_time: true, at };
    keys.set_entry(&way, &lived_in().key, cheap).unwrap();
    keys.save(&place.vault()).unwrap();
    assert_eq!(unlock_with(&place.desk(), "orla", "one time only").unwrap_err().code, "user_unfinished");
    let desk = place.as_user("lead");
    let request = json!({"name": "Orla", "signIn": "Orla", "role": "key_worker", "organisation": "The Trust"});
    let one_time = text(&call(&desk, "add_user", request)["passphrase"]);
    assert_eq!(findings(&desk), [""; 0]);
    unlock_with(&desk, "orla", &one_time).unwrap();
}

/// Changes users until it is killed.
pub fn change_for_ever(place: &Place, dice: &mut Dice, say: &mut Say) {
    let desk = place.as_user("lead");
    let mut members: Vec<(String, String)> = ["niamh", "owen", "pip"].iter().map(|name| ((*name).to_owned(), passphrase(name))).collect();
    say.ready();
    for number in 0_u64.. {
        let one = dice.below(members.len());
        match dice.below(7) {
            0 | 1 => {
                let sign_in = format!("new {number}");
                let mut act = json!({"act": "add", "signIn": sign_in});
                say.line("try", &act);
                let request = json!({"name": "New", "signIn": sign_in, "role": "key_worker", "organisation": "The Trust"});
                act["passphrase"] = call(&desk, "add_user", request)["passphrase"].clone();
                say.line("did", &act);
                members.push((sign_in, text(&act["passphrase"])));
            }
            2 => {
                let mut act = json!({"act": "reset", "signIn": members[one].0});
                say.line("try", &act);
                act["passphrase"] = call(&desk, "reset_passphrase", json!({"user": user_id(&desk, &members[one].0)}))["passphrase"].clone();
                say.line("did", &act);
                members[one].1 = text(&act["passphrase"]);
            }
            3 | 4 => {
                let (sign_in, present) = members[one].clone();
                let new = format!("thimble mosaic orbit {number} lantern");
                unlock_with(&desk, &sign_in, &present).unwrap();
                let act = json!({"act": "change", "signIn": sign_in, "passphrase": new});
                say.line("try", &act);
                call(&desk, "change_passphrase", json!({"present": present, "new": new}));
                say.line("did", &act);
                members[one].1 = new;
                unlock(&desk, "lead").unwrap();
            }
            5 if members.len() > 2 => {
                let act = json!({"act": "leave", "signIn": members[one].0});
                say.line("try", &act);
                leave(&desk, &members[one].0);
                say.line("did", &act);
                members.remove(one);
            }
            _ => {
                let mut act = json!({"act": "recovery"});
                say.line("try", &act);
                act["key"] = call(&desk, "new_recovery_key", json!({}))["recoveryKey"].clone();
                say.line("did", &act);
            }
        }
    }
}

fn leave(desk: &Desk, sign_in: &str) {
    let users = answer(desk, "users", json!({})).unwrap();
    let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap();
    let request = json!({
        "user": user["id"], "name": user["name"], "role": user["role"], "organisation": user["organisation"],
        "active": false, "seen": users["seen"],
    });
    call(desk, "amend_user", handed_over(desk, request));
}

fn check_users(place: &Place, (did, tried): &Journal) {
    let mut standing: BTreeMap<String, Option<String>> =
        ["niamh", "owen", "pip", "tara", "lead"].iter().map(|name| ((*name).to_owned(), Some(passphrase(name)))).collect();
    for act in did.iter().filter(|act| act["act"] != "recovery") {
        standing.insert(text(&act["signIn"]), act["passphrase"].as_str().map(str::to_owned));
    }
    let midway = tried.as_ref().map(|act| (text(&act["act"]), act["signIn"].as_str().unwrap_or_default().to_owned()));
    let desk = place.as_user("lead");
    let notices = call(&desk, "session", json!({}))["notices"].as_array().unwrap().len();
    assert!(notices == 0 || midway.is_some(), "nothing was mended that was not cut short");

    for (sign_in, passphrase) in &standing {
        if midway.as_ref().is_some_and(|(_, name)| name == sign_in) {
            continue;
        }
        match passphrase {
            Some(passphrase) => drop(unlock_with(&desk, sign_in, passphrase).unwrap_or_else(|error| panic!("{sign_in}: {error}"))),
            None => assert_eq!(unlock_with(&desk, sign_in, "anything").unwrap_err().code, "wrong_passphrase"),
        }
    }
    unlock(&desk, "lead").unwrap();
    if let Some((act, sign_in)) = midway {
        finish(&desk, &act, &sign_in, standing.get(&sign_in).cloned().flatten(), tried.as_ref().unwrap());
    }
    let last_key = did.iter().rfind(|act| act["act"] == "recovery");
    if let (Some(act), false) = (last_key, tried.as_ref().is_some_and(|act| act["act"] == "recovery")) {
        assert!(opens(place, &act["key"]), "the printed recovery key opens the record");
    }
    unlock(&desk, "lead").unwrap();
    still_whole(&desk);
}

/// What was cut short was done, or was not, or can be done again.
fn finish(desk: &Desk, act: &str, sign_in: &str, before: Option<String>, tried: &Value) {
    let signs_in = |passphrase: &str| {
        let done = unlock_with(desk, sign_in, passphrase).is_ok();
        unlock(desk, "lead").unwrap();
        done
    };
    let listed = |desk: &Desk| call(desk, "users", json!({}))["users"].as_array().unwrap().iter().any(|user| user["signIn"] == sign_in);
    match act {
        "add" if !listed(desk) => {
            let request = json!({"name": "New", "signIn": sign_in, "role": "key_worker", "organisation": "The Trust"});
            let one_time = text(&call(desk, "add_user", request)["passphrase"]);
            assert!(signs_in(&one_time), "added again");
        }
        "change" => {
            assert!(signs_in(&before.unwrap()) || signs_in(&text(&tried["passphrase"])), "the old passphrase or the new");
        }
        "leave" => {
            leave(desk, sign_in);
            assert!(!signs_in(&before.unwrap()), "has left");
        }
        "add" | "reset" => {
            let one_time = text(&call(desk, "reset_passphrase", json!({"user": user_id(desk, sign_in)}))["passphrase"]);
            assert!(signs_in(&one_time), "reset again");
        }
        _ => {}
    }
}
