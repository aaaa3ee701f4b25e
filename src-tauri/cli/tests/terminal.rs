//! The built `attunectl` as a terminal meets it.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn attunectl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_attunectl"))
}

/// The code and the words of one call, by a user of the practice record.
fn said(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = attunectl();
    command.args(args).env("XDG_DATA_HOME", folder.join("data")).env("ATTUNE_PASSPHRASE", "practice families only");
    let ended = command.output().unwrap();
    (ended.status.code(), String::from_utf8_lossy(&ended.stdout).into_owned() + &String::from_utf8_lossy(&ended.stderr))
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

/// What was mended at a sign-in is said there: whoever opens the window next is told nothing of it.
#[test]
fn a_mended_key_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault");
    let run = |args: &[&str]| {
        let mut command = attunectl();
        command.args(args).env("XDG_DATA_HOME", folder.path().join("data")).env("ATTUNE_PASSPHRASE", "practice families only");
        command.output().unwrap()
    };
    let at = vault.to_str().unwrap();
    assert!(run(&["practice", at, "--families", "4"]).status.success());
    fs::remove_file(vault.join("keys.json")).unwrap();
    let told = run(&["verify", at, "--user", "lead"]);
    let said = String::from_utf8_lossy(&told.stderr);
    assert!(said.contains("The key file of this record was missing"), "{said}");
    let quiet = run(&["verify", at, "--user", "lead"]);
    assert!(!String::from_utf8_lossy(&quiet.stderr).contains("key file"), "once it is mended, nothing is said");
}

/// A call that cannot be understood says what to do, and ends with 2.
#[test]
fn each_misuse_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault");
    let at = vault.to_str().unwrap();
    let run = |args: &[&str]| said(folder.path(), args);
    assert_eq!(run(&["practice", at, "--families", "4"]).0, Some(0));
    for (args, says) in [
        (&["practice", at][..], "With --keep it is used as it is"),
        (&["call", at, "caseload"], "Say who is signing in with --user"),
        (&["call", at, "caseload", "{}", "--user", "niamh"], "Look at: mine"),
        (&["call", at, "caseload", "{", "--user", "niamh"], "The request is not JSON"),
        (&["call", at, "caseload", "{}", "--user", "niamh", "--act", "7"], "numbered by a UUID"),
        (&["call", at, "gossip", "{}", "--user", "niamh"], "no command of that name"),
    ] {
        let (code, said) = run(args);
        assert_eq!(code, Some(2), "{args:?}: {said}");
        assert!(said.contains(says), "{args:?}: {said}");
    }
}

/// Where the record is refused because something is missing, a service lead goes
/// on from the terminal too, with a reason.
#[test]
fn a_lead_goes_on_from_the_terminal_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault");
    let at = vault.to_str().unwrap();
    let run = |args: &[&str]| said(folder.path(), args);
    assert_eq!(run(&["practice", at, "--families", "4"]).0, Some(0));
    assert_eq!(run(&["verify", at, "--user", "lead"]).0, Some(0));
    fs::remove_dir_all(folder.path().join("data")).unwrap();
    let (code, said) = run(&["verify", at, "--user", "lead"]);
    assert!(code == Some(1) && said.contains("[records_missing]"), "{said}");
    assert_eq!(run(&["verify", at, "--user", "niamh", "--because", "I would rather"]).0, Some(1));
    assert_eq!(run(&["log", at, "--user", "lead", "--because", "The laptop was set up anew"]).0, Some(0));
    assert!(run(&["log", at, "--user", "lead"]).1.contains("The laptop was set up anew"));
}
