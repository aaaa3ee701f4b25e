//! Keys that were replaced stay replaced: an older key file put back, a change
//! that was cut short and somebody who has left open nothing of before.

use std::fs;

use attune_core::store::open;
use attune_core::store::open::Durability;
use attune_core::vault::keys::KeyFile;
use serde_json::json;

use super::passphrases::{HOUR, NEW, leaving, recovery_key};
use super::support::*;

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
    let conn = open::writer(&place.copy().record(), key.expose(), Durability::Full).unwrap().raw();
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
    let mark = attune_core::user::ops::UsedMark { cost: [1; 12], mark: [7; 32] };
    let after = now().plus_minutes(9);
    desk.write(|session| {
        let op = attune_core::op::Op::ChangePassphrase;
        attune_core::user::ops::passphrase_set(session, op, attune_core::ids::UserId(user), after, &mark).map(drop)
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
