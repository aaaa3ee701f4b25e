//! A computer of its own for each journey: home, data and vault in one
//! temporary folder, gone with the value.

use std::{
    cell::Cell,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use attune_core::{
    desk::{Desk, Quiet, Setup, practice},
    ids::{RandomIds, SharedIds},
    ops::practice::Plan,
    store::open::Durability,
    time::SystemClock,
    vault::keys::KdfParams,
};

use tempfile::TempDir;

/// Folders that outlive the program, so that it can be killed and reopened.
pub struct Place {
    root: TempDir,
    /// How many days the clock of this computer is ahead.
    ahead: Cell<i64>,
}

impl Place {
    /// A computer on which Attune has never run.
    pub fn empty() -> Self {
        let place = Self { root: tempfile::tempdir().unwrap(), ahead: Cell::new(0) };
        for folder in [place.home(), place.data(), place.runtime(), place.vault()] {
            fs::create_dir_all(&folder).unwrap();
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        }
        place
    }

    /// A computer with a practice record of so many families.
    pub fn practice(families: u32) -> Self {
        let place = Self::empty();
        let setup = Setup {
            folder: place.vault(),
            data_home: Some(place.data()),
            clock: Arc::new(SystemClock),
            ids: SharedIds::of(RandomIds),
            kdf: KdfParams::standard(),
            durability: Durability::Full,
        };
        practice::fill(&Desk::with(setup), &Plan { families, ..Plan::default() }, &Quiet).unwrap();
        place
    }

    /// A new folder on this computer, for a summary.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.home().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// The next time the program is opened its clock is so many days ahead.
    pub fn moves_on(&self, days: i64) {
        self.ahead.set(days);
    }

    /// Everything the program could write to.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The vault folder.
    pub fn vault(&self) -> PathBuf {
        self.root.path().join("vault")
    }

    /// The environment a desktop would give the program.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let mut all = vec![
            ("HOME", self.home()),
            ("TMPDIR", self.root.path().to_owned()),
            ("XDG_DATA_HOME", self.data()),
            ("XDG_RUNTIME_DIR", self.runtime()),
            ("ATTUNE_VAULT", self.vault()),
        ];
        if self.ahead.get() != 0 {
            all.extend([
                ("LD_PRELOAD", faketime()),
                ("FAKETIME", format!("{:+}d", self.ahead.get()).into()),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
            ]);
        }
        all
    }

    fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    fn data(&self) -> PathBuf {
        self.home().join(".local/share")
    }

    fn runtime(&self) -> PathBuf {
        self.root.path().join("runtime")
    }
}

/// The library that shows a program another clock.
fn faketime() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").unwrap().flatten();
    let mut found = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1")).filter(|path| path.exists());
    found.next().expect("libfaketime is missing: run `make e2e`, which installs it")
}
