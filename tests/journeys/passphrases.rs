//! Passphrases are changed in the key file and in the record as one. Whatever
//! step fails, the answer is true: what is said not to have happened has not,
//! and the passphrase of before opens the record.

use std::fs;

use attune_core::desk::Desk;
use attune_core::ids::ActId;
use attune_core::store::open;
use attune_core::store::open::Durability;
use attune_core::vault::keys::KeyFile;
use serde_json::{Value, json};

use super::support::*;

pub const NEW: &str = "harbour pepper violin thicket meadow";
pub const HOUR: i64 = 60;

/// A way to make one step of a change fail, as disks and other programs do.
type Spoil = fn(&Place) -> Box<dyn std::any::Any>;

const SPOILT: [(&str, Spoil); 3] =
    [("the key file cannot be staged", staging), ("the record cannot be written", record), ("the key file cannot be replaced", replacing)];

#[test]
fn whichever_step_of_a_reset_fails_the_passphrase_of_before_opens_the_record() {
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let niamh = user_id(&desk, "niamh");
        let spoilt = spoil(&place);
        refused(&desk, "reset_passphrase", json!({"user": niamh}));
        drop(spoilt);
        still_opens(&place, &desk, "niamh", step);
        // And when the disk is well again the reset is made.
        unlock(&desk, "lead").unwrap();
        let one_time = text(&call(&desk, "reset_passphrase", json!({"user": niamh}))["passphrase"]);
        unlock_with(&desk, "niamh", &one_time).unwrap();
    }
}

/// The same press sent again is the same act only if the act was done.
#[test]
fn a_reset_that_was_not_made_is_made_when_it_is_sent_again() {
    let act = Some(ActId(uuid::Uuid::from_u128(0xac7)));
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let request = json!({"user": user_id(&desk, "niamh")});
        let spoilt = spoil(&place);
        answer_act(&desk, "reset_passphrase", request.clone(), act).unwrap_err();
        drop(spoilt);
        let made = answer_act(&desk, "reset_passphrase", request, act).unwrap_or_else(|error| panic!("{step}: {error}"));
        unlock_with(&desk, "niamh", &text(&made["value"]["passphrase"])).unwrap();
    }
}

#[test]
fn whichever_step_of_a_change_fails_the_passphrase_of_before_opens_the_record() {
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("niamh");
        let spoilt = spoil(&place);
        refused(&desk, "change_passphrase", json!({"present": passphrase("niamh"), "new": NEW}));
        drop(spoilt);
        still_opens(&place, &desk, "niamh", step);
        // The one that did not come to count is not taken for a used one.
        call(&desk, "change_passphrase", json!({"present": passphrase("niamh"), "new": NEW}));
        unlock_with(&desk, "niamh", NEW).unwrap();
    }
}

#[test]
fn whichever_step_of_recovering_fails_the_lead_keeps_the_passphrase_of_before() {
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let printed = recovery_key(&desk);
        call(&desk, "lock", json!({}));
        let spoilt = spoil(&place);
        let request = json!({"recoveryKey": printed, "signIn": "lead", "passphrase": NEW});
        refused(&desk, "recover", request.clone());
        assert_eq!(refused(&desk, "session", json!({})), "locked", "{step}: nobody is left signed in");
        drop(spoilt);
        still_opens(&place, &desk, "lead", step);
        call(&desk, "recover", request);
        unlock_with(&desk, "lead", NEW).unwrap();
    }
}

#[test]
fn whichever_step_of_a_new_recovery_key_fails_the_sheet_of_before_opens_the_record() {
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let printed = recovery_key(&desk);
        let spoilt = spoil(&place);
        refused(&desk, "new_recovery_key", json!({}));
        drop(spoilt);
        assert_eq!(findings(&desk), [""; 0], "{step}");
        call(&desk, "recover", json!({"recoveryKey": printed, "signIn": "lead", "passphrase": NEW}));
    }
}

#[test]
fn whichever_step_of_adding_somebody_fails_they_are_in_the_list_or_not_as_it_was_said() {
    let request = json!({"name": "Orla", "signIn": "orla", "role": "key_worker", "organisation": "The Trust"});
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let spoilt = spoil(&place);
        let code = refused(&desk, "add_user", request.clone());
        drop(spoilt);
        let listed = call(&desk, "users", json!({}));
        let orla = listed["users"].as_array().unwrap().iter().find(|user| user["signIn"] == "orla").cloned();
        match orla {
            None => drop(call(&desk, "add_user", request.clone())),
            Some(orla) => {
                assert_eq!(code, "user_without_key", "{step}");
                assert!(text(&orla["passphraseWords"]).contains("No passphrase yet"), "{orla}");
                let one_time = text(&call(&desk, "reset_passphrase", json!({"user": orla["id"]}))["passphrase"]);
                unlock_with(&desk, "orla", &one_time).unwrap();
            }
        }
    }
}

#[test]
fn somebody_who_leaves_signs_in_no_more_whichever_step_fails() {
    for (step, spoil) in SPOILT {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let request = leaving(&desk, "niamh");
        let spoilt = spoil(&place);
        let left = answer(&desk, "amend_user", request);
        drop(spoilt);
        let signed_in = unlock(&desk, "niamh").is_ok();
        assert_eq!(left.is_err(), signed_in, "{step}: {left:?}");
        unlock(&desk, "lead").unwrap();
        assert_eq!(findings(&desk), [""; 0], "{step}");
        let keys = KeyFile::load(&place.vault()).unwrap().0;
        assert_eq!(
            keys.unlock("niamh", &passphrase("niamh")).is_ok(),
            signed_in,
            "{step}: the key is gone at the latest when the record is next opened"
        );
    }
}

/// A record behind its head is judged before anything is changed.
#[test]
fn a_recovery_that_is_refused_has_changed_nobodys_passphrase() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let printed = recovery_key(&desk);
    call(&desk, "lock", json!({}));
    let old = place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    sign(&desk, added, note(added, "After the copy was taken."));
    call(&desk, "lock", json!({}));
    let newest = place.copy();
    fs::copy(old.record(), place.record()).unwrap();
    let before = files(&place.vault());

    let mut request = json!({"recoveryKey": printed, "signIn": "lead", "passphrase": NEW});
    assert_eq!(refused(&place.desk(), "recover", request.clone()), "records_missing");
    let kept = |file: &str| files(&place.vault())[&place.vault().join(file)] == before[&place.vault().join(file)];
    assert!(kept("keys.json") && kept("keys.mirror.json") && kept("record.db"), "nothing was written");
    fs::copy(newest.record(), place.record()).unwrap();
    unlock(&place.desk(), "lead").unwrap();

    // With a reason the lead goes on, as from the sign-in screen.
    fs::copy(old.record(), place.record()).unwrap();
    request["goOnBecause"] = json!("The backup is all there is");
    call(&place.desk(), "recover", request);
    unlock_with(&place.desk(), "lead", NEW).unwrap();
}

#[test]
fn a_one_time_passphrase_typed_otherwise_is_not_a_new_one() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}))["passphrase"]);
    unlock_with(&desk, "niamh", &one_time).unwrap();
    let spellings = [
        one_time.clone(),
        one_time.to_lowercase(),
        one_time.replace('-', " "),
        one_time.replace('-', ""),
        format!("  {}  ", one_time.to_lowercase()),
        one_time.chars().map(|c| if c.is_ascii_alphanumeric() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }).collect(),
    ];
    for typed in spellings {
        let request = json!({"present": one_time, "new": typed});
        assert_eq!(refused(&desk, "change_passphrase", request), "passphrase_same", "{typed}");
    }
    call(&desk, "change_passphrase", json!({"present": one_time, "new": NEW}));
    assert_eq!(unlock_with(&desk, "niamh", &one_time).unwrap_err().code, "wrong_passphrase", "whoever handed it over is out");
}

#[test]
fn a_passphrase_with_something_added_is_not_a_new_one() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}))["passphrase"]);
    unlock_with(&desk, "niamh", &one_time).unwrap();
    for new in [format!("{one_time}!"), format!("my {}", one_time.to_lowercase()), one_time[..18].to_owned()] {
        let error = answer(&desk, "change_passphrase", json!({"present": one_time, "new": new})).unwrap_err();
        assert_eq!(error.code, "passphrase_like", "{new}");
        assert!(error.message.contains("added or taken away"), "{}", error.message);
    }
}

/// What a guesser may know of a person is the same wherever they choose.
#[test]
fn a_passphrase_built_on_the_team_or_the_organisation_is_refused_wherever_it_is_chosen() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let printed = recovery_key(&desk);
    let team = call(&desk, "settings", json!({}))["team"].as_str().unwrap().to_owned();
    for built in [format!("{team} 14 march 1988"), "The Trust 14/03/1988 the trust".to_owned(), "correct horse battery staple".to_owned()] {
        unlock(&desk, "lead").unwrap();
        assert_eq!(refused(&desk, "change_passphrase", json!({"present": passphrase("lead"), "new": built})), "passphrase_weak", "{built}");
        let recover = json!({"recoveryKey": printed, "signIn": "lead", "passphrase": built});
        assert_eq!(refused(&desk, "recover", recover), "passphrase_weak", "{built}");
    }
    unlock(&desk, "lead").unwrap();
}

#[test]
fn no_passphrase_of_before_comes_back_in_any_spelling() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}))["passphrase"]);
    unlock_with(&desk, "niamh", &one_time).unwrap();
    call(&desk, "change_passphrase", json!({"present": one_time, "new": NEW}));
    unlock_with(&desk, "niamh", NEW).unwrap();
    for former in [one_time.to_lowercase(), passphrase("niamh"), passphrase("niamh").to_uppercase(), format!("{NEW} ").to_uppercase()] {
        assert_eq!(refused(&desk, "change_passphrase", json!({"present": NEW, "new": former})), "passphrase_same", "{former}");
    }
    // Another's passphrase is nobody's business: it is not told by a refusal.
    call(&desk, "change_passphrase", json!({"present": NEW, "new": passphrase("owen")}));
    // Nor does it come back by the recovery key.
    unlock(&desk, "lead").unwrap();
    let printed = recovery_key(&desk);
    let request = json!({"recoveryKey": printed, "signIn": "lead", "passphrase": passphrase("lead")});
    assert_eq!(refused(&desk, "recover", request), "passphrase_same");
    unlock(&desk, "lead").unwrap();
}

#[test]
fn a_one_time_passphrase_runs_out_and_says_when() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let handed = call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}));
    let one_time = text(&handed["passphrase"]);
    assert!(text(&handed["words"]).contains("until Thu 26-Nov-2026"), "{handed}");
    place.later(71 * HOUR);
    unlock_with(&desk, "niamh", &one_time).unwrap();
    call(&desk, "lock", json!({}));
    place.later(2 * HOUR);
    let error = unlock_with(&desk, "niamh", &one_time).unwrap_err();
    assert_eq!(error.code, "passphrase_ran_out");
    assert!(error.message.contains("Thu 26-Nov-2026") && error.message.contains("service lead"), "{}", error.message);
    assert_eq!(unlock_with(&desk, "niamh", "something else altogether").unwrap_err().code, "wrong_passphrase");
    // The lead sees it in the list and makes a new one.
    unlock(&desk, "lead").unwrap();
    let niamh = call(&desk, "users", json!({}))["users"].as_array().unwrap().iter().find(|user| user["signIn"] == "niamh").unwrap().clone();
    assert!(text(&niamh["passphraseWords"]).contains("expired Thu 26-Nov-2026"), "{niamh}");
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": niamh["id"]}))["passphrase"]);
    unlock_with(&desk, "niamh", &one_time).unwrap();
}

#[test]
fn a_wrong_clock_neither_lengthens_the_time_of_a_one_time_passphrase_nor_ends_it_unsaid() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    // It was a year ahead when other work was done, and is right again.
    place.later(365 * 24 * HOUR);
    call(&desk, "new_recovery_key", json!({}));
    place.later(-365 * 24 * HOUR);
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}))["passphrase"]);
    unlock_with(&desk, "niamh", &one_time).unwrap();
    // Work goes on for four days, then the clock is set back to try it again.
    unlock(&desk, "lead").unwrap();
    place.later(96 * HOUR);
    call(&desk, "new_recovery_key", json!({}));
    place.later(-90 * HOUR);
    assert_eq!(unlock_with(&desk, "niamh", &one_time).unwrap_err().code, "passphrase_ran_out");
    // It was made while the clock was a year ahead: that is said, not waited for.
    unlock(&desk, "lead").unwrap();
    place.later(365 * 24 * HOUR);
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "owen")}))["passphrase"]);
    place.later(-365 * 24 * HOUR);
    assert_eq!(unlock_with(&desk, "owen", &one_time).unwrap_err().code, "passphrase_clock");
}

#[test]
fn a_one_time_passphrase_that_ran_out_while_the_record_was_only_read_stays_so() {
    // Somebody signs in after its time; or somebody who signed in before it locks after it.
    for (signed_in, locked) in [(96, 97), (71, 96)] {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}))["passphrase"]);
        call(&desk, "lock", json!({}));
        place.later(signed_in * HOUR);
        unlock(&desk, "owen").unwrap();
        call(&desk, "today", json!({}));
        place.later((locked - signed_in) * HOUR);
        desk.lock().unwrap();
        place.later(-(locked - 6) * HOUR);
        assert_eq!(unlock_with(&desk, "niamh", &one_time).unwrap_err().code, "passphrase_ran_out");
        unlock(&desk, "lead").unwrap();
        let anew = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}))["passphrase"]);
        unlock_with(&desk, "niamh", &anew).unwrap();
    }
}

#[test]
fn a_clock_that_cannot_be_right_is_said_at_sign_in() {
    let place = lived_in().place.copy();
    let notices = |place: &Place| {
        let session = unlock(&place.desk(), "niamh").unwrap();
        session["value"]["notices"].to_string()
    };
    assert!(!notices(&place).contains("clock"));
    place.later(-24 * HOUR * 30);
    assert!(notices(&place).contains("One of the two is wrong"));
    place.later(24 * HOUR * 130);
    assert!(notices(&place).contains("100 days ago"), "{}", notices(&place));
}

#[test]
fn four_words_are_offered_that_will_be_accepted() {
    let place = Place::new();
    let offered = text(&call(&place.desk(), "offer_passphrase", json!({}))["passphrase"]);
    let judged = call(&place.desk(), "assess_passphrase", json!({"passphrase": offered}));
    assert_eq!(judged["enough"], true, "{offered}: {judged}");
    assert!(text(&judged["words"]).contains("A thief with this laptop"), "{judged}");
}

/// After a step failed: nobody is locked out, the record says nothing that is
/// not so, and the check is clean.
fn still_opens(place: &Place, desk: &Desk, sign_in: &str, step: &str) {
    let _ = answer(desk, "lock", json!({}));
    unlock(desk, sign_in).unwrap_or_else(|error| panic!("{step}: {error}"));
    let keys = KeyFile::load(&place.vault()).unwrap().0;
    desk.write(|session| {
        for user in attune_core::user::rows::all(session.conn())? {
            assert_eq!(keys.set_at(user.id), Some(user.passphrase_at), "{step}: the record says when the passphrase was set that opens it");
        }
        Ok(())
    })
    .unwrap();
    unlock(desk, "lead").unwrap();
    assert_eq!(findings(desk), [""; 0], "{step}");
    unlock(desk, sign_in).unwrap();
}

pub fn leaving(desk: &Desk, sign_in: &str) -> Value {
    let users = answer(desk, "users", json!({})).unwrap();
    let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap();
    let left = json!({
        "user": user["id"], "name": user["name"], "role": user["role"], "organisation": user["organisation"],
        "active": false, "seen": users["seen"],
    });
    handed_over(desk, left)
}

pub fn recovery_key(desk: &Desk) -> String {
    let printed = call(desk, "new_recovery_key", json!({}));
    printed["recoveryKey"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("-")
}

/// A folder stands where the new key file would be written.
fn staging(place: &Place) -> Box<dyn std::any::Any> {
    blocked(place.vault().join("keys.json.new"), None)
}

/// The mirror cannot be replaced: a folder stands in its place.
fn replacing(place: &Place) -> Box<dyn std::any::Any> {
    let mirror = place.vault().join("keys.mirror.json");
    let bytes = fs::read(&mirror).unwrap();
    fs::remove_file(&mirror).unwrap();
    blocked(mirror, Some(bytes))
}

/// Another program holds the record for writing.
fn record(place: &Place) -> Box<dyn std::any::Any> {
    let conn = open::writer(&place.record(), lived_in().key.expose(), Durability::Full).unwrap().raw();
    conn.execute_batch("BEGIN IMMEDIATE").unwrap();
    Box::new(conn)
}

fn blocked(at: std::path::PathBuf, bytes: Option<Vec<u8>>) -> Box<dyn std::any::Any> {
    struct Blocked(std::path::PathBuf, Option<Vec<u8>>);
    impl Drop for Blocked {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
            if let Some(bytes) = &self.1 {
                fs::write(&self.0, bytes).unwrap();
            }
        }
    }
    fs::create_dir(&at).unwrap();
    fs::write(at.join("of somebody"), "else").unwrap();
    Box::new(Blocked(at, bytes))
}
