//! `make run` without a display: the main job from end to end, and again.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::path::Path;
use std::process::{Command, Output};

const DID: [&str; 7] = [
    "1. A practice vault",
    "2. Owen, key worker",
    "   Signed ",
    "3. The caseload",
    "Released ",
    "Every hidden number can still be any small number.",
    "Nothing is wrong with the record.",
];

#[test]
fn the_main_job_is_done_in_the_terminal_the_first_time_and_again() {
    let folder = tempfile::tempdir().unwrap();
    for time in ["first", "second"] {
        let done = headless(folder.path());
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "the {time} time: {said}{}", String::from_utf8_lossy(&done.stderr));
        for step in DID {
            assert!(said.contains(step), "the {time} time, “{step}”: {said}");
        }
        let saved = std::fs::read_dir(folder.path().join("summaries")).unwrap().count();
        assert_eq!(saved, 4, "the {time} time: {said}");
    }
}

fn headless(folder: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/headless.py");
    let mut command = Command::new("python3");
    command.arg(script).arg(env!("CARGO_BIN_EXE_attunectl")).arg(folder).env("XDG_DATA_HOME", folder.join("data"));
    command.output().unwrap()
}
