//! A computer that the record knows, whose own files are gone: what was saved
//! here cannot be compared, so nobody but a service lead goes on, and nothing
//! that is left is written over.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::support::*;

const IDENTITY: &str = "device.json";
const HEAD: &str = "head";

#[test]
fn what_is_deleted_on_a_computer_that_the_record_knows_lets_nobody_go_on_without_a_lead() {
    for gone in [&[IDENTITY][..], &[HEAD], &[IDENTITY, HEAD]] {
        let place = lived_in().place.copy();
        unlock(&place.desk(), "lead").unwrap();
        let data = place.data_folder();
        for file in gone {
            fs::remove_file(data.join(file)).unwrap();
        }
        only_a_lead_goes_on(&place, &format!("{gone:?}"));
    }
}

#[test]
fn a_whole_folder_deleted_is_no_new_computer_either() {
    let place = lived_in().place.copy();
    unlock(&place.desk(), "lead").unwrap();
    fs::remove_dir_all(place.data_folder()).unwrap();
    only_a_lead_goes_on(&place, "the whole folder");
}

/// The head alone still tells how far the record had got.
#[test]
fn a_head_without_its_identity_is_compared_and_kept() {
    let place = lived_in().place.copy();
    let old = place.copy();
    let desk = place.as_user("niamh");
    for number in 0..3 {
        let added = &lived_in().families[0];
        sign(&desk, added, note(added, &format!("Later visit {number}")));
    }
    call(&desk, "lock", json!({}));
    let head = fs::read(place.data_folder().join(HEAD)).unwrap();
    fs::remove_file(place.data_folder().join(IDENTITY)).unwrap();
    fs::copy(old.record(), place.record()).unwrap();
    let error = unlock(&place.desk(), "niamh").unwrap_err();
    assert_eq!(error.code, "records_missing");
    assert!(error.message.contains("The last 3 saved entries"), "{}", error.message);
    assert_eq!(fs::read(place.data_folder().join(HEAD)).unwrap(), head, "it is as it was");

    goes_on(&place, "lead").unwrap();
    let heads: Vec<Vec<u8>> = folders(&place).iter().filter_map(|folder| fs::read(folder.join(HEAD)).ok()).collect();
    assert!(heads.contains(&head), "and it is kept beside the new one");
}

#[test]
fn a_copy_on_another_computer_still_begins_as_its_own() {
    let place = lived_in().place.copy();
    unlock(&place.desk(), "lead").unwrap();
    let other = Place::new();
    copy_folder(&place.vault(), &other.vault());
    let session = unlock(&other.desk(), "niamh").unwrap();
    assert!(text(&session["value"]["notices"][0]).contains("not been opened on this computer before"), "{session}");
}

/// Its files were moved with the home folder: the new place is known as well.
#[test]
fn a_computer_whose_files_were_moved_is_known_in_the_new_place_too() {
    let first = lived_in().place.copy();
    unlock(&first.desk(), "lead").unwrap();
    let place = first.copy();
    unlock(&place.desk(), "niamh").unwrap();
    fs::remove_dir_all(place.data_folder()).unwrap();
    only_a_lead_goes_on(&place, "moved, then deleted");
}

fn only_a_lead_goes_on(place: &Place, what: &str) {
    let left = files(&place.data());
    for sign_in in ["niamh", "lead"] {
        assert_eq!(unlock(&place.desk(), sign_in).unwrap_err().code, "records_missing", "{what}, {sign_in}");
    }
    assert_eq!(goes_on(place, "niamh").unwrap_err().code, "records_missing", "{what}: a reason is not enough");
    assert_eq!(files(&place.data()), left, "{what}: nothing was written over");
    goes_on(place, "lead").unwrap();
    for (path, bytes) in left {
        assert!(
            folders(place).iter().any(|folder| fs::read(folder.join(path.file_name().unwrap())).is_ok_and(|kept| kept == bytes)),
            "{what}: kept"
        );
    }
    unlock(&place.desk(), "niamh").unwrap();
    let desk = place.as_user("lead");
    let history = call(&desk, "team_history", json!({}));
    assert!(history.to_string().contains("Nobody knows what became of it"), "the reason stands in the history");
    assert_eq!(findings(&desk), [""; 0]);
}

fn goes_on(place: &Place, sign_in: &str) -> Result<serde_json::Value, attune_core::error::Error> {
    let request = json!({"signIn": sign_in, "passphrase": passphrase(sign_in), "goOnBecause": "Nobody knows what became of it"});
    answer(&place.desk(), "unlock", request)
}

fn folders(place: &Place) -> Vec<PathBuf> {
    let inside = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    inside(&place.data().join("attune"))
}
