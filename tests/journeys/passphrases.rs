//! Passphrases are changed in the key file and in the record as one. Whatever
//! step fails, the answer is true: what is said not to have happened has not,
//! and the passphrase of before opens the record.

use std::fs;

use attune_core::desk::Desk;
use attune_core::ids::ActId;
use attune_core::store::open::{self, Durability};
use attune_core::vault::keys::KeyFile;
use serde_json::{Value, json};

use super::support::*;

const NEW: &str = "harbour pepper violin thicket meadow";
const HOUR: i64 = 60;

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

/// True, and on the screen: the record is not encrypted anew when somebody
/// leaves.
#[test]
fn a_leaver_with_an_old_key_file_can_open_the_record_of_today_and_the_lead_is_told() {
    let place = lived_in().place.copy();
    let kept = tempfile::tempdir().unwrap();
    fs::copy(place.vault().join("keys.json"), kept.path().join("keys.json")).unwrap();
    let desk = place.as_user("lead");
    let left = call(&desk, "amend_user", leaving(&desk, "niamh"));
    let notice = text(&left["notice"]);
    for said in ["can no longer sign in", "not been encrypted again", "today’s record included"] {
        assert!(notice.contains(said), "{notice}");
    }
    call(&desk, "lock", json!({}));
    assert_eq!(unlock(&desk, "niamh").unwrap_err().code, "wrong_passphrase");

    let key = KeyFile::load(kept.path()).unwrap().0.unlock("niamh", &passphrase("niamh")).unwrap().key;
    let conn = open::writer(&place.copy().record(), key.expose(), Durability::Full).unwrap();
    assert!(count(&conn, "SELECT count(*) FROM operation") > 0, "the key of the record is the same");
    // Put in the place of the key file, it still does not pass the sign-in of the program.
    fs::copy(kept.path().join("keys.json"), place.vault().join("keys.json")).unwrap();
    assert_eq!(unlock(&place.desk(), "niamh").unwrap_err().code, "wrong_passphrase");
}

/// An older key file in the place of the newest is no interruption: what was
/// replaced stays replaced, whoever put it there and whatever was done since.
#[test]
fn an_older_key_file_put_back_opens_nothing_that_was_replaced() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let old_sheet = recovery_key(&desk);
    let handed = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "owen")}))["passphrase"]);
    let kept = tempfile::tempdir().unwrap();
    copy_folder(&place.vault(), kept.path());
    // All three are replaced: by a lead, by a new sheet, and by the user.
    call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}));
    place.later(1);
    recovery_key(&desk);
    unlock_with(&desk, "owen", &handed).unwrap();
    call(&desk, "change_passphrase", json!({"present": handed, "new": NEW}));
    call(&desk, "lock", json!({}));
    let newest = place.copy();

    put_back(&place, kept.path());
    let before = files(&place.vault());
    assert_eq!(unlock(&place.desk(), "niamh").unwrap_err().code, "way_replaced");
    assert_eq!(unlock_with(&place.desk(), "owen", &handed).unwrap_err().code, "way_replaced");
    let by_sheet = json!({"recoveryKey": old_sheet, "signIn": "lead", "passphrase": NEW, "goOnBecause": "I have only this"});
    assert_eq!(refused(&place.desk(), "recover", by_sheet), "way_replaced");
    assert_eq!(unlock(&place.desk(), "tara").unwrap_err().code, "key_file_older", "nobody goes on beside it unsaid");
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "key_file_older");
    for file in ["keys.json", "keys.mirror.json", "record.db"] {
        assert!(files(&place.vault())[&place.vault().join(file)] == before[&place.vault().join(file)], "{file} is as it was");
    }

    // A lead goes on with a reason; what was replaced is out, for good.
    call(&place.desk(), "unlock", json!({"signIn": "lead", "passphrase": passphrase("lead"), "goOnBecause": "The newest is lost"}));
    let desk = place.desk();
    for (sign_in, former) in [("niamh", passphrase("niamh")), ("owen", handed.clone())] {
        assert_eq!(unlock_with(&desk, sign_in, &former).unwrap_err().code, "wrong_passphrase", "{sign_in}");
    }
    assert_eq!(refused(&desk, "recover", json!({"recoveryKey": old_sheet, "signIn": "lead", "passphrase": NEW})), "wrong_recovery_key");
    unlock(&desk, "tara").unwrap();
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
    assert!(call(&desk, "team_history", json!({})).to_string().contains("the key file was older than the record"));
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "owen")}))["passphrase"]);
    unlock_with(&desk, "owen", &one_time).unwrap();
    assert_eq!(refused(&desk, "change_passphrase", json!({"present": one_time, "new": NEW})), "passphrase_same", "the mark was kept");

    // With the newest key file in its place again, everybody is as before.
    unlock_with(&newest.desk(), "owen", NEW).unwrap();
}

/// The clock does not decide which recovery key is the newer one.
#[test]
fn a_recovery_key_made_while_the_clock_was_ahead_is_replaced_for_good() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    place.later(300 * 24 * HOUR);
    let old_sheet = recovery_key(&desk);
    place.later(-300 * 24 * HOUR);
    call(&desk, "lock", json!({}));
    let kept = tempfile::tempdir().unwrap();
    copy_folder(&place.vault(), kept.path());
    unlock(&desk, "lead").unwrap();
    recovery_key(&desk);
    call(&desk, "lock", json!({}));
    put_back(&place, kept.path());
    let recover = json!({"recoveryKey": old_sheet, "signIn": "lead", "passphrase": NEW});
    assert_eq!(refused(&place.desk(), "recover", recover), "way_replaced");
}

/// Ways in are known by when they were set: a clock that shows one instant three
/// times makes no two of one instant.
#[test]
fn ways_in_set_at_one_instant_are_told_apart() {
    let place = lived_in().place.copy();
    let kept = tempfile::tempdir().unwrap();
    let mut handed = Vec::new();
    for _ in 0..3 {
        let desk = place.as_user("lead");
        recovery_key(&desk);
        handed.push(text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "owen")}))["passphrase"]));
        call(&desk, "lock", json!({}));
        if handed.len() == 1 {
            copy_folder(&place.vault(), kept.path());
        }
    }
    unlock_with(&place.desk(), "owen", &handed[2]).unwrap();
    put_back(&place, kept.path());
    assert_eq!(unlock_with(&place.desk(), "owen", &handed[0]).unwrap_err().code, "way_replaced");
}

/// A change that was cut short excuses that change, and no other.
#[test]
fn an_interrupted_change_brings_nothing_else_back() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let old_sheet = recovery_key(&desk);
    let kept = tempfile::tempdir().unwrap();
    copy_folder(&place.vault(), kept.path());
    place.later(1);
    recovery_key(&desk);
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "owen")}))["passphrase"]);
    unlock(&desk, "niamh").unwrap();
    // Told to the record, and neither put nor settled: as when the power fails.
    let user: uuid::Uuid = serde_json::from_value(call(&desk, "session", json!({}))["user"]["id"].clone()).unwrap();
    let mark = attune_core::ops::users::UsedMark { cost: [1; 12], mark: [7; 32] };
    let after = now().plus_minutes(9);
    desk.write(|session| {
        let op = attune_core::ops::op::Op::ChangePassphrase;
        attune_core::ops::users::passphrase_set(session, op, attune_core::ids::UserId(user), after, &mark).map(drop)
    })
    .unwrap();
    drop(desk);
    put_back(&place, kept.path());
    assert_eq!(unlock(&place.desk(), "owen").unwrap_err().code, "way_replaced");
    assert_eq!(refused(&place.desk(), "recover", json!({"recoveryKey": old_sheet, "signIn": "lead", "passphrase": NEW})), "way_replaced");
    assert_eq!(unlock(&place.desk(), "niamh").unwrap_err().code, "key_file_older", "theirs was cut short; the others are not told to be");
    call(&place.desk(), "unlock", json!({"signIn": "lead", "passphrase": passphrase("lead"), "goOnBecause": "The newest is lost"}));
    let desk = place.desk();
    unlock(&desk, "niamh").unwrap();
    assert_eq!(unlock(&desk, "owen").unwrap_err().code, "wrong_passphrase");
    assert_eq!(unlock_with(&desk, "owen", &one_time).unwrap_err().code, "wrong_passphrase");
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

/// Another computer, or a restore, is no way round the service lead.
#[test]
fn an_older_key_file_is_for_a_lead_wherever_the_record_begins_anew() {
    let place = lived_in().place.copy();
    let kept = tempfile::tempdir().unwrap();
    copy_folder(&place.vault(), kept.path());
    let desk = place.as_user("lead");
    call(&desk, "reset_passphrase", json!({"user": user_id(&desk, "niamh")}));
    let folder = place.folder("backups");
    call(&desk, "back_up", json!({"folder": folder}));
    call(&desk, "lock", json!({}));
    put_back(&place, kept.path());
    let other = Place::new();
    copy_folder(&place.vault(), &other.vault());
    assert_eq!(unlock(&other.desk(), "owen").unwrap_err().code, "key_file_older");
    unlock_lead(&other);

    let backup = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    for file in ["keys.json", "keys.mirror.json"] {
        fs::copy(kept.path().join(file), backup.join(file)).unwrap();
    }
    let third = Place::new();
    let mut request = json!({"folder": backup, "signIn": "owen", "passphrase": passphrase("owen"), "goOnBecause": "I would rather"});
    assert_eq!(refused(&third.desk(), "restore_backup", request.clone()), "key_file_older");
    request["signIn"] = json!("lead");
    request["passphrase"] = json!(passphrase("lead"));
    call(&third.desk(), "restore_backup", request);
    assert_eq!(unlock(&third.desk(), "niamh").unwrap_err().code, "wrong_passphrase");
}

/// Nothing in it was replaced, and somebody was added since: it is an older one
/// all the same, and does not take the place of the newest second copy unsaid.
#[test]
fn an_older_key_file_without_the_newest_user_is_told_apart_too() {
    let place = lived_in().place.copy();
    let old = fs::read(place.vault().join("keys.json")).unwrap();
    let desk = place.as_user("lead");
    let request = json!({"name": "Orla", "signIn": "orla", "role": "key_worker", "organisation": "The Trust"});
    let one_time = text(&call(&desk, "add_user", request)["passphrase"]);
    call(&desk, "lock", json!({}));
    let newest = fs::read(place.vault().join("keys.mirror.json")).unwrap();
    fs::write(place.vault().join("keys.json"), &old).unwrap();
    assert_eq!(unlock(&place.desk(), "tara").unwrap_err().code, "key_file_older");
    assert_eq!(fs::read(place.vault().join("keys.mirror.json")).unwrap(), newest);
    fs::remove_file(place.vault().join("keys.json")).unwrap();
    unlock_with(&place.desk(), "orla", &one_time).unwrap();
    // Where the newest is lost, a lead goes on, and it is asked once.
    for file in ["keys.json", "keys.mirror.json"] {
        fs::write(place.vault().join(file), &old).unwrap();
    }
    unlock_lead(&place);
    unlock(&place.desk(), "tara").unwrap();
}

/// What a leaver had opens nothing when they come back: they are given a new one.
#[test]
fn a_leaver_who_comes_back_does_not_come_back_with_the_passphrase_of_before() {
    let place = lived_in().place.copy();
    let kept = tempfile::tempdir().unwrap();
    copy_folder(&place.vault(), kept.path());
    let desk = place.as_user("lead");
    call(&desk, "amend_user", leaving(&desk, "niamh"));
    let mut back = leaving(&desk, "niamh");
    back["active"] = json!(true);
    call(&desk, "amend_user", back);
    call(&desk, "lock", json!({}));
    put_back(&place, kept.path());
    assert_eq!(unlock(&place.desk(), "niamh").unwrap_err().code, "way_replaced");
}

/// One of two copies is an old one: the copy that is newer is not written over
/// before anybody knows which it is.
#[test]
fn a_newer_second_copy_is_not_replaced_by_an_older_key_file() {
    let place = lived_in().place.copy();
    let old = fs::read(place.vault().join("keys.json")).unwrap();
    let desk = place.as_user("niamh");
    call(&desk, "change_passphrase", json!({"present": passphrase("niamh"), "new": NEW}));
    call(&desk, "lock", json!({}));
    let newest = fs::read(place.vault().join("keys.json")).unwrap();
    fs::write(place.vault().join("keys.json"), &old).unwrap();
    assert_eq!(unlock(&place.desk(), "niamh").unwrap_err().code, "way_replaced");
    assert_eq!(fs::read(place.vault().join("keys.mirror.json")).unwrap(), newest);
    fs::write(place.vault().join("keys.json"), &newest).unwrap();
    unlock_with(&place.desk(), "niamh", NEW).unwrap();
}

/// The refusal does not tell a leaver that the passphrase was right.
#[test]
fn a_leaver_is_refused_in_the_words_of_a_wrong_passphrase_and_comes_back_under_their_own_name_only() {
    let place = lived_in().place.copy();
    let keys = fs::read(place.vault().join("keys.json")).unwrap();
    let desk = place.as_user("lead");
    call(&desk, "amend_user", leaving(&desk, "niamh"));
    let request = json!({"name": "Niamh Other", "signIn": "Niamh", "role": "key_worker", "organisation": "The Trust"});
    call(&desk, "add_user", request);
    let mut back = leaving(&desk, "niamh");
    back["active"] = json!(true);
    assert_eq!(refused(&desk, "amend_user", back), "user_sign_in_given_away", "two people would sign in with one name");
    call(&desk, "lock", json!({}));
    fs::write(place.vault().join("keys.json"), keys).unwrap();
    let right = unlock(&place.desk(), "niamh").unwrap_err();
    let wrong = unlock_with(&place.desk(), "niamh", "something else altogether").unwrap_err();
    assert_eq!(right, wrong);
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
        for user in attune_core::store::users::all(session.conn())? {
            assert_eq!(keys.set_at(user.id), Some(user.passphrase_at), "{step}: the record says when the passphrase was set that opens it");
        }
        Ok(())
    })
    .unwrap();
    unlock(desk, "lead").unwrap();
    assert_eq!(findings(desk), [""; 0], "{step}");
    unlock(desk, sign_in).unwrap();
}

/// The key files of before in the place of the newest.
fn put_back(place: &Place, kept: &std::path::Path) {
    for file in ["keys.json", "keys.mirror.json"] {
        fs::copy(kept.join(file), place.vault().join(file)).unwrap();
    }
}

/// A lead goes on in spite of an older key file.
fn unlock_lead(place: &Place) {
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "key_file_older");
    call(&place.desk(), "unlock", json!({"signIn": "lead", "passphrase": passphrase("lead"), "goOnBecause": "The newest is lost"}));
}

fn leaving(desk: &Desk, sign_in: &str) -> Value {
    let users = answer(desk, "users", json!({})).unwrap();
    let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap();
    json!({
        "user": user["id"], "name": user["name"], "role": user["role"], "organisation": user["organisation"],
        "active": false, "seen": users["seen"],
    })
}

fn recovery_key(desk: &Desk) -> String {
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
    let conn = open::writer(&place.record(), lived_in().key.expose(), Durability::Full).unwrap();
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
