//! The built `attunectl` as a terminal meets it.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn attunectl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_attunectl"))
}

#[test]
fn a_reader_that_stops_reading_is_no_fault() {
    let mut started = attunectl().args(["commands", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0];
    let mut reads = started.stdout.take().unwrap();
    reads.read_exact(&mut first).unwrap();
    drop(reads);
    let ended = started.wait_with_output().unwrap();
    assert!(ended.status.success(), "{:?}", ended.status);
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_writes_no_core_file() {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault");
    let mut waits = attunectl().arg("call").arg(&vault).args(["vault_state", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    let core = loop {
        let limits = fs::read_to_string(format!("/proc/{}/limits", waits.id())).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap().to_owned();
        if core.split_whitespace().skip(4).take(2).eq(["0", "0"]) || Instant::now() > deadline {
            break core;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    waits.kill().unwrap();
    waits.wait().unwrap();
    assert!(core.split_whitespace().skip(4).take(2).eq(["0", "0"]), "the limit never became 0: {core}");
}
