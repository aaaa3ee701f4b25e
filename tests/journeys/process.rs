//! Another process of this test program, in a home of its own, until it is
//! killed.

use std::env;
use std::fs::{self, File};
use std::process::{Child, Command, Stdio};

use super::support::*;

/// Ends with the test that started it, also with one that fails.
pub struct Other(Child);

impl Drop for Other {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Other {
    /// Whether it has ended by itself.
    pub fn ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

/// Starts an ignored test of this program in a process of its own, with homes
/// and temporary folders below the place.
pub fn start(test: &str, what: &str, place: &Place, seed: u64) -> Other {
    let said = File::create(place.root.join("said")).unwrap();
    let folder = |name: &str| {
        let folder = place.root.join("around").join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    };
    let mut other = Command::new(env::current_exe().unwrap());
    other
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env("ATTUNE_TEST_WHAT", what)
        .env("ATTUNE_TEST_ROOT", &place.root)
        .env("ATTUNE_TEST_SEED", seed.to_string())
        .env("HOME", folder("home"))
        .env("TMPDIR", folder("tmp"))
        .env("XDG_DATA_HOME", folder("data"))
        .env("XDG_CONFIG_HOME", folder("config"))
        .env("XDG_CACHE_HOME", folder("cache"))
        .env("XDG_STATE_HOME", folder("state"))
        .env("XDG_RUNTIME_DIR", folder("run"))
        .current_dir(folder("home"))
        .stdout(Stdio::from(said.try_clone().unwrap()))
        .stderr(Stdio::from(said));
    Other(spawn(&mut other))
}

/// Kills a process that is still at work.
pub fn kill(mut other: Other, place: &Place) {
    if let Some(status) = other.0.try_wait().unwrap() {
        let said = fs::read_to_string(place.root.join("said")).unwrap_or_default();
        panic!("the other process ended by itself ({status}): {said}");
    }
    other.0.kill().unwrap();
    other.0.wait().unwrap();
}
