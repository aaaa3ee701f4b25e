use proptest::prelude::*;

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    format: u32,
    text: String,
}

fn note(format: u32) -> Note {
    Note { format, text: "plain".into() }
}

#[test]
fn a_written_file_is_whole_private_and_alone() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("x");
    fs::write(beside(&path), "left by a stopped program").expect("stale");
    write_atomic(&path, b"one").expect("first");
    write_atomic(&path, b"two").expect("second");
    assert_eq!(fs::read(&path).expect("read"), b"two");
    assert_eq!(fs::read_dir(&folder).expect("list").count(), 1);
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn staged_text_that_is_not_put_leaves_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("x");
    drop(Staged::write(&path, b"new").expect("staged"));
    assert_eq!(fs::read_dir(&folder).expect("list").count(), 0);
}

#[test]
fn folders_are_private_and_kept() {
    let base = tempfile::tempdir().expect("folder");
    let inner = base.path().join("a/b");
    create_private_dir(&inner).expect("made");
    assert_eq!(mode(&inner), 0o700);
    assert_eq!(mode(&base.path().join("a")), 0o700);
    create_private_dir(&inner).expect("already there");
}

#[test]
fn a_fault_of_the_disk_says_which() {
    let folder = tempfile::tempdir().expect("folder");
    let nowhere = folder.path().join("absent/x");
    let error = write_atomic(&nowhere, b"x").expect_err("no folder");
    assert_eq!(error.code, "disk_failed");
    assert!(!error.message.contains("absent"), "paths stay out of errors");
    fs::write(folder.path().join("file"), "x").expect("file");
    let error = create_private_dir(&folder.path().join("file")).expect_err("a file");
    assert_eq!(error.code, "disk_failed");
    for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
        assert_eq!(disk_error(&io::Error::from(kind)).code, "disk_full");
    }
}

/// Whatever stands in the place of a file, the answer comes at once.
#[cfg(unix)]
#[test]
fn what_is_not_a_file_is_refused_and_never_waited_for() {
    let folder = tempfile::tempdir().expect("folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("folder")).expect("folder");
    use rustix::fs::{CWD, FileType, Mode};
    rustix::fs::mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("pipe");
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).expect("socket");
    std::os::unix::fs::symlink("/dev/zero", at("device")).expect("link");
    std::os::unix::fs::symlink(at("pipe"), at("link to a pipe")).expect("link");
    for name in ["folder", "pipe", "socket", "device", "link to a pipe"] {
        for options in [OpenOptions::new().read(true), private().write(true).create(true), OpenOptions::new().read(true).write(true)] {
            let error = open_plain(options, &at(name)).map(drop).expect_err(name);
            assert_eq!(disk_error(&error).code, "not_a_file", "{name}");
        }
        assert!(read_small(&at(name)).is_err(), "{name}");
        assert_eq!(copy_whole(&at(name), &at("copy")).expect_err(name).code, "not_a_file");
        assert_eq!(refuse_other_than_a_file(&at(name)).expect_err(name).code, "not_a_file");
    }
    fs::write(at("file"), "x").expect("file");
    std::os::unix::fs::symlink(at("file"), at("link to a file")).expect("link");
    assert_eq!(read_small(&at("link to a file")).expect("followed"), b"x");
    refuse_other_than_a_file(&at("nothing")).expect("nothing is no fault");
}

#[test]
fn checked_text_reads_back_and_knows_its_format() {
    let text = to_checked(&note(2)).expect("text");
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    let Checked::Good(back) = from_checked::<Note>(text.as_bytes(), 2) else {
        panic!("does not read back");
    };
    assert_eq!(back, note(2));
    assert!(matches!(from_checked::<Note>(text.as_bytes(), 1), Checked::Newer));
    assert!(matches!(from_checked::<Note>(text.as_bytes(), 3), Checked::Older));
}

proptest! {
    #[test]
    fn any_other_byte_is_damage(at in any::<prop::sample::Index>(), to: u8) {
        let mut bytes = to_checked(&note(1)).expect("text").into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        prop_assert!(matches!(from_checked::<Note>(&bytes, 1), Checked::Damaged));
    }

    #[test]
    fn any_cut_is_damage(keep in any::<prop::sample::Index>()) {
        let bytes = to_checked(&note(1)).expect("text").into_bytes();
        let cut = &bytes[..keep.index(bytes.len())];
        prop_assert!(matches!(from_checked::<Note>(cut, 1), Checked::Damaged));
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

#[cfg(not(unix))]
fn mode(path: &Path) -> u32 {
    if path.is_dir() { 0o700 } else { 0o600 }
}
