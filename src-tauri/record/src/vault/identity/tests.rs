use std::fs;

use super::*;

fn vault() -> VaultId {
    VaultId(Uuid::from_u128(1))
}

fn made() -> (tempfile::TempDir, DatabaseKey, Device) {
    let folder = tempfile::tempdir().expect("folder");
    let key = DatabaseKey::generate().expect("key");
    let device = Device::create(folder.path(), vault(), &key).expect("device");
    (folder, key, device)
}

#[test]
fn reads_back_and_signs() {
    let (folder, key, device) = made();
    let back = Device::load(folder.path(), vault(), &key).expect("whole").expect("there");
    assert_eq!(back.id(), device.id());
    assert_eq!(back.public(), device.public());
    assert_eq!(device.id(), device_id(&device.public()));

    let signature = back.sign(b"seal");
    assert!(verify(&device.public(), b"seal", &signature));
    assert!(!verify(&device.public(), b"sea1", &signature));
    assert!(!verify(&[0xff; 32], b"seal", &signature));
    let mut other = signature;
    other[3] ^= 1;
    assert!(!verify(&device.public(), b"seal", &other));
}

#[test]
fn absent_is_not_damaged() {
    let folder = tempfile::tempdir().expect("folder");
    let key = DatabaseKey::generate().expect("key");
    assert!(Device::load(folder.path(), vault(), &key).expect("absent").is_none());
    let nowhere = folder.path().join("absent");
    assert!(Device::load(&nowhere, vault(), &key).expect("absent").is_none());
}

#[test]
fn a_new_device_takes_the_place_of_the_old() {
    let (folder, key, old) = made();
    let new = Device::create(folder.path(), vault(), &key).expect("device");
    let found = Device::load(folder.path(), vault(), &key).expect("whole").expect("there");
    assert_eq!(found.id(), new.id());
    assert_ne!(found.id(), old.id());
}

#[test]
fn every_byte_counts() {
    let (folder, key, _) = made();
    let path = folder.path().join(FILE);
    let whole = fs::read(&path).expect("read");
    for at in 0..whole.len() {
        for flip in [1, 0x80] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            fs::write(&path, bytes).expect("write");
            let error = Device::load(folder.path(), vault(), &key).expect_err("damaged");
            assert_eq!(error.code, "head_damaged", "byte {at}");
        }
    }
    fs::write(&path, "").expect("write");
    let error = Device::load(folder.path(), vault(), &key).expect_err("empty");
    assert_eq!(error.code, "head_damaged");
}

#[test]
fn another_key_or_vault_does_not_open_it() {
    let (folder, key, _) = made();
    let other = DatabaseKey::generate().expect("key");
    let error = Device::load(folder.path(), vault(), &other).expect_err("key");
    assert_eq!(error.code, "head_damaged");
    let elsewhere = VaultId(Uuid::from_u128(2));
    let error = Device::load(folder.path(), elsewhere, &key).expect_err("vault");
    assert_eq!(error.code, "head_damaged");
}

#[test]
fn newer_and_unreadable_files_say_so() {
    let (folder, key, device) = made();
    let path = folder.path().join(FILE);
    let sealed = Sealed::close(&[0; 32], &[0; 32], b"").expect("sealed");
    let newer = Body { format: FORMAT + 1, vault: vault(), device: device.id(), public: device.public(), signing_key: sealed };
    fs::write(&path, files::to_checked(&newer).expect("text")).expect("write");
    let error = Device::load(folder.path(), vault(), &key).expect_err("newer");
    assert_eq!(error.code, "vault_newer");

    fs::remove_file(&path).expect("remove");
    fs::create_dir(&path).expect("in the way");
    let error = Device::load(folder.path(), vault(), &key).expect_err("a folder");
    assert_eq!(error.code, "not_a_file");
    let error = Device::create(folder.path(), vault(), &key).expect_err("a folder");
    assert_eq!(error.code, "disk_failed");
}

#[test]
fn nothing_secret_is_readable_or_printed() {
    let (folder, _, device) = made();
    let text = fs::read_to_string(folder.path().join(FILE)).expect("read");
    assert!(!text.contains(&hex::encode(device.signing.to_bytes())));
    assert_eq!(format!("{device:?}"), format!("Device({})", device.id()));
}
