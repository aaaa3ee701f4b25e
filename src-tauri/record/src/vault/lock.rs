//! One program per vault: a lock on `vault.lock` that the operating system
//! gives back when its holder ends, however it ends.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use crate::codes::refusals;
use crate::error::Result;
use crate::vault::{files, keys};

/// Holds the vault for this program until dropped. The file stays: removing it
/// would let two programs lock two files of one name.
#[derive(Debug)]
pub struct VaultLock {
    file: File,
}

impl Drop for VaultLock {
    /// Given back at once: closing alone waits for a child that was started a moment ago and is not yet its own program.
    fn drop(&mut self) {
        self.file.unlock().ok();
    }
}

impl VaultLock {
    /// Takes the vault in `folder`, or refuses at once with `vault_in_use`.
    pub fn take(folder: &Path) -> Result<Self> {
        let opened = files::open_plain(files::private().write(true).create(true).truncate(false), &folder.join(FILE));
        let file = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound && !folder.is_dir() => return Err(keys::missing()),
            opened => opened.map_err(|error| files::disk_error(&error))?,
        };
        take_file(&file)?;
        Ok(Self { file })
    }
}

/// Locks an open file of the vault against every other program.
pub fn take_file(file: &File) -> Result<()> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => LockRefused::InUse.into(),
        TryLockError::Error(error) => files::disk_error(&error),
    })
}

const FILE: &str = "vault.lock";

#[cfg(test)]
pub(super) mod tests {
    use std::env;
    use std::io::{BufRead, BufReader, Lines};
    use std::path::PathBuf;
    use std::process::{Child, ChildStdout, Command, Stdio};

    use super::*;

    /// Another process of this test program, for tests that kill one. It runs
    /// one ignored test and says `# number` for each thing it has done.
    pub struct Other {
        process: Child,
        said: Lines<BufReader<ChildStdout>>,
    }

    impl Other {
        /// Starts `test`, named with its module, on `folder`.
        pub fn start(module: &str, test: &str, folder: &Path) -> Self {
            let (_crate, module) = module.split_once("::").expect("in a crate");
            let mut process = Command::new(env::current_exe().expect("this program"))
                .args(["--exact", &format!("{module}::{test}")])
                .args(["--ignored", "--nocapture"])
                .env(FOLDER, folder)
                .stdout(Stdio::piped())
                .spawn()
                .expect("started");
            let said = BufReader::new(process.stdout.take().expect("piped")).lines();
            Self { process, said }
        }

        /// Waits until it has done one more thing.
        pub fn next(&mut self) -> Option<u64> {
            let numbers = self.said.by_ref().map_while(std::result::Result::ok);
            numbers.filter_map(|line| line.strip_prefix("# ")?.parse().ok()).next()
        }

        /// Kills it; the last number it had said.
        pub fn kill(mut self) -> Option<u64> {
            self.process.kill().expect("killed");
            let last = std::iter::from_fn(|| self.next()).last();
            self.process.wait().expect("ended");
            last
        }
    }

    /// In the other process: the folder it was started on.
    pub fn folder_of_the_other() -> Option<PathBuf> {
        env::var_os(FOLDER).map(PathBuf::from)
    }

    /// In the other process: says that thing `number` is done.
    pub fn say(number: u64) {
        println!("\n# {number}");
    }

    const FOLDER: &str = "ATTUNE_TEST_FOLDER_OF_THE_OTHER";

    #[test]
    fn one_holder_at_a_time() {
        let folder = tempfile::tempdir().expect("folder");
        let held = VaultLock::take(folder.path()).expect("free");
        let refused = VaultLock::take(folder.path()).expect_err("held");
        assert_eq!(refused.code, "vault_in_use");
        drop(held);
        VaultLock::take(folder.path()).expect("free again");
    }

    #[test]
    fn a_killed_holder_lets_go() {
        let folder = tempfile::tempdir().expect("folder");
        let mut other = Other::start(module_path!(), "holder", folder.path());
        assert_eq!(other.next(), Some(0), "the other process took the lock");
        let refused = VaultLock::take(folder.path()).expect_err("held there");
        assert_eq!(refused.code, "vault_in_use");
        other.kill();
        VaultLock::take(folder.path()).expect("free again");
    }

    #[test]
    #[ignore = "started by a_killed_holder_lets_go"]
    fn holder() {
        let Some(folder) = folder_of_the_other() else {
            return;
        };
        let _held = VaultLock::take(&folder).expect("free");
        say(0);
        std::thread::sleep(std::time::Duration::from_secs(60));
    }

    #[test]
    fn no_folder_is_no_vault() {
        let folder = tempfile::tempdir().expect("folder");
        let refused = VaultLock::take(&folder.path().join("absent")).expect_err("absent");
        assert_eq!(refused.code, "vault_missing");
    }

    #[test]
    fn a_folder_in_the_place_of_the_lock_is_said_at_once() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::create_dir(folder.path().join(FILE)).expect("in the way");
        let refused = VaultLock::take(folder.path()).expect_err("a folder");
        assert_eq!(refused.code, "not_a_file");
    }
}

refusals! {
    /// Who else has the record open.
    pub enum LockRefused {
        InUse "vault_in_use" => "This record is already open, in another window or by someone else on this computer. Close it there, then try again.",
    }
}
