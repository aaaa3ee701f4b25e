use std::fs;

use proptest::prelude::*;

use super::*;
use crate::vault::lock::tests::{Other, folder_of_the_other, say};

fn head(at: u64) -> Head {
    let byte = u8::try_from(at % 256).expect("small");
    Head {
        device: DeviceId(Uuid::from_u128(7)),
        op_seq: at,
        op_hash: [byte; 32],
        read_seq: at * 3,
        read_hash: [!byte; 32],
        local_rev: at + 1,
    }
}

struct Bench {
    folder: tempfile::TempDir,
    key: DatabaseKey,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("folder"), key: DatabaseKey::generate().expect("key") }
    }

    fn open(&self) -> Result<HeadFile> {
        HeadFile::open(self.folder.path(), &self.key)?.map_or_else(|| HeadFile::replace(self.folder.path(), &self.key), Ok)
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.folder.path().join(FILE)).expect("read")
    }

    fn plant(&self, bytes: &[u8]) {
        fs::write(self.folder.path().join(FILE), bytes).expect("write");
    }

    fn with_writes(writes: u64) -> Self {
        let bench = Self::new();
        let mut file = bench.open().expect("made");
        for at in 1..=writes {
            file.write(&head(at)).expect("written");
        }
        bench
    }
}

#[test]
fn a_new_file_has_no_head() {
    let bench = Bench::new();
    assert_eq!(bench.open().expect("made").read().expect("whole"), None);
    assert_eq!(bench.open().expect("opened").read().expect("whole"), None);
    assert_eq!(bench.bytes().len(), 2 * SLOT);
}

#[test]
fn the_last_write_stands_after_a_kill_between_any_two() {
    let bench = Bench::new();
    for at in 1..=9 {
        let mut file = bench.open().expect("opened");
        file.write(&head(at)).expect("written");
        assert_eq!(file.read().expect("whole"), Some(head(at)));
        // Dropped without more ado, as a killed program drops it.
    }
    let file = bench.open().expect("opened");
    assert_eq!(file.read().expect("whole"), Some(head(9)));
    file.sync().expect("forced");
}

#[test]
fn a_write_leaves_the_slot_of_the_head_before_it() {
    let bench = Bench::with_writes(2);
    let mut file = bench.open().expect("opened");
    for at in 3..=6 {
        let before = bench.bytes();
        file.write(&head(at)).expect("written");
        let after = bench.bytes();
        let first_kept = before[..SLOT] == after[..SLOT];
        let second_kept = before[SLOT..] == after[SLOT..];
        assert_eq!((first_kept, second_kept), (at % 2 == 0, at % 2 == 1));
    }
}

#[test]
fn a_kill_at_any_moment_loses_no_acknowledged_write() {
    let bench = Bench { key: DatabaseKey::from_bytes(Zeroizing::new([9; 32])), ..Bench::new() };
    drop(bench.open().expect("made"));
    for writes in [1, 40, 300, 7, 1111] {
        let mut other = Other::start(module_path!(), "writer", bench.folder.path());
        let seen = (0..writes).filter_map(|_| other.next()).last();
        let last = other.kill().or(seen).expect("some writes");
        let found = bench.open().expect("whole").read().expect("whole");
        let found = found.expect("a head").op_seq;
        assert!(found == last || found == last + 1, "{found} after {last}");
    }
}

#[test]
#[ignore = "started by a_kill_at_any_moment_loses_no_acknowledged_write"]
fn writer() {
    let Some(folder) = folder_of_the_other() else {
        return;
    };
    let key = DatabaseKey::from_bytes(Zeroizing::new([9; 32]));
    let mut file = HeadFile::open(&folder, &key).expect("whole").expect("there");
    let start = file.read().expect("whole").map_or(0, |head| head.op_seq);
    for at in start + 1.. {
        file.write(&head(at)).expect("written");
        say(at);
    }
}

#[test]
fn every_byte_counts() {
    for writes in 0..=2 {
        let bench = Bench::with_writes(writes);
        let file = bench.open().expect("opened");
        let whole = bench.bytes();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            bench.plant(&bytes);
            let error = file.read().expect_err("damaged");
            assert_eq!(error.code, "head_damaged", "byte {at} after {writes} writes");
        }
        bench.plant(&whole);
        assert!(file.read().is_ok());
    }
}

#[test]
fn damage_is_refused_at_open_too() {
    let whole = Bench::with_writes(3).bytes();
    let swapped = [&whole[SLOT..], &whole[..SLOT]].concat();
    let doubled = [&whole[..SLOT], &whole[..SLOT]].concat();
    let zeroed = [&whole[..SLOT], &[0; SLOT]].concat();
    let torn = [&whole[..SLOT + 512], &[0; SLOT - 512]].concat();
    let longer = [whole.as_slice(), &[0]].concat();
    let bench = Bench::with_writes(3);
    for bytes in [&[], &whole[..1], &whole[..SLOT], &swapped, &doubled, &zeroed, &torn, &longer] {
        bench.plant(bytes);
        assert_eq!(bench.open().expect_err("damaged").code, "head_damaged");
    }
}

#[test]
fn swapped_and_torn_slots_of_the_right_key_are_damage() {
    let bench = Bench::with_writes(3);
    let whole = bench.bytes();
    let swapped = [&whole[SLOT..], &whole[..SLOT]].concat();
    let doubled = [&whole[..SLOT], &whole[..SLOT]].concat();
    let zeroed = [&[0; SLOT], &whole[SLOT..]].concat();
    let mut torn = whole.clone();
    torn[SLOT..SLOT + 512].copy_from_slice(&whole[..512]);
    for bytes in [&swapped, &doubled, &zeroed, &torn] {
        bench.plant(bytes);
        assert_eq!(bench.open().expect_err("damaged").code, "head_damaged");
    }
}

#[test]
fn a_slot_the_power_cut_lost_is_a_head_behind() {
    let bench = Bench::with_writes(3);
    let old = bench.bytes();
    let mut file = bench.open().expect("opened");
    (4..=8).for_each(|at| file.write(&head(at)).expect("written"));
    drop(file);
    let new = bench.bytes();
    bench.plant(&[&old[..SLOT], &new[SLOT..]].concat());
    let mut file = bench.open().expect("opened");
    let behind = file.read().expect("whole").expect("there");
    assert!(behind.op_seq >= 7);
    file.write(&head(9)).expect("written");
    assert_eq!(file.read().expect("whole"), Some(head(9)));
}

#[test]
fn another_key_is_damage_and_a_new_device_starts_again() {
    let mut bench = Bench::with_writes(3);
    bench.key = DatabaseKey::generate().expect("key");
    assert_eq!(bench.open().expect_err("other key").code, "head_damaged");
    let mut file = HeadFile::replace(bench.folder.path(), &bench.key).expect("replaced");
    assert_eq!(file.read().expect("whole"), None);
    file.write(&head(1)).expect("written");
    assert_eq!(file.read().expect("whole"), Some(head(1)));
}

#[test]
fn one_program_at_a_time() {
    let bench = Bench::with_writes(1);
    let _held = bench.open().expect("opened");
    assert_eq!(bench.open().expect_err("held").code, "vault_in_use");
}

#[test]
fn a_pattern_of_a_newer_version_says_so() {
    let bench = Bench::with_writes(1);
    let mut bytes = bench.bytes();
    bytes[7] = b'2';
    let mac = blake3::keyed_hash(&bench.key.derive(MAC), &bytes[..SLOT - 32]);
    bytes[SLOT - 32..SLOT].copy_from_slice(mac.as_bytes());
    bench.plant(&bytes);
    assert_eq!(bench.open().expect_err("newer").code, "vault_newer");
}

#[test]
fn a_disk_that_fails_is_a_fault_of_the_disk() {
    let bench = Bench::new();
    fs::create_dir(bench.folder.path().join(FILE)).expect("in the way");
    assert_eq!(bench.open().expect_err("a folder").code, "not_a_file");
    let replaced = HeadFile::replace(bench.folder.path(), &bench.key);
    assert_eq!(replaced.expect_err("a folder").code, "disk_failed");

    let bench = Bench::with_writes(1);
    let mut file = bench.open().expect("opened");
    file.file = File::open(bench.folder.path().join(FILE)).expect("read only");
    assert_eq!(file.write(&head(2)).expect_err("read only").code, "disk_failed");
    assert_eq!(file.read().expect("whole"), Some(head(1)));
}

proptest! {
    #[test]
    fn any_head_reads_back(device: u128, op_seq: u64, op_hash: [u8; 32], read_seq: u64, read_hash: [u8; 32], local_rev: u64) {
        let head = Head { device: DeviceId(Uuid::from_u128(device)), op_seq, op_hash, read_seq, read_hash, local_rev };
        let bytes = slot(&[5; 32], 6, Some(&head));
        prop_assert_eq!(bytes.len(), SLOT);
        prop_assert_eq!(read_fields(&bytes[MAGIC.len()..]), Some((6, Some(head))));
    }
}
