//! A computer of its own for each journey: home, data and vault in one
//! temporary folder, gone with the value.

use std::{
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
}

impl Place {
    /// A computer on which Attune has never run.
    pub fn empty() -> Self {
        let place = Self { root: tempfile::tempdir().unwrap() };
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
        vec![
            ("HOME", self.home()),
            ("TMPDIR", self.root.path().to_owned()),
            ("XDG_DATA_HOME", self.data()),
            ("XDG_RUNTIME_DIR", self.runtime()),
            ("ATTUNE_VAULT", self.vault()),
        ]
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
