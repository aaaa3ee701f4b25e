//! A computer of its own for each journey: home, data and vault in one
//! temporary folder, gone with the value.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
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

    /// Everything the program could write to.
    #[allow(dead_code, reason = "for the canary search")]
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
