//! A computer of its own for each journey: home, data and vault in one
//! temporary folder, gone with the value, and a clock that is set.

use std::{
    cell::Cell,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use attune_core::desk::{Desk, Quiet, Setup, practice};
use attune_core::ids::{RandomIds, SharedIds};
use attune_core::practice::Plan;
use attune_core::store::open::Durability;
use attune_core::time::{Clock, SetClock, SystemClock, Timestamp};
use attune_core::vault::keys::KdfParams;

use chrono::{Days, NaiveDate, NaiveDateTime};
use tempfile::TempDir;

/// When a journey begins, unless `ATTUNE_DAY` names another day, and perhaps
/// an hour: `2028-02-29`, `2026-11-26 23:55`. Times are those of Belfast.
const BEGINS: &str = "2026-11-23 15:21";

/// Folders that outlive the program, so that it can be killed and reopened.
pub struct Place {
    root: TempDir,
    /// What its clock shows when the program is opened the next time on a new day.
    begins: Cell<Timestamp>,
    /// How many seconds its clock is ahead of the true one, from then on.
    ahead: Cell<Option<i64>>,
}

impl Place {
    /// A computer on which Attune has never run.
    pub fn empty() -> Self {
        let place = Self { root: tempfile::tempdir().unwrap(), begins: Cell::new(begins()), ahead: Cell::new(None) };
        for folder in [place.home(), place.data(), place.runtime(), place.vault()] {
            fs::create_dir_all(&folder).unwrap();
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        }
        place
    }

    /// A computer with a practice record of so many families.
    pub fn practice(families: u32) -> Self {
        Self::made_of(&Plan { families, ..Plan::default() })
    }

    /// A computer with the practice record of a plan.
    pub fn made_of(plan: &Plan) -> Self {
        let place = Self::empty();
        practice::fill(&place.desk(), plan, &Quiet).unwrap();
        place
    }

    /// Another computer, with a copy of this one's record.
    pub fn copied(&self) -> Self {
        let copy = Self::empty();
        let done = Command::new("cp").arg("-a").arg(self.vault().join(".")).arg(copy.vault()).status().unwrap();
        assert!(done.success(), "the record is copied");
        copy
    }

    /// A desk on its record without a window, nobody signed in.
    pub fn desk(&self) -> Desk {
        Desk::with(Setup {
            folder: self.vault(),
            data_home: Some(self.data()),
            clock: Arc::new(SetClock::at(self.begins.get())),
            ids: SharedIds::of(RandomIds),
            kdf: KdfParams::standard(),
            durability: Durability::Full,
        })
    }

    /// A new folder on this computer, for a summary.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.home().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// The day on which the program is opened.
    pub fn today(&self) -> NaiveDate {
        self.begins.get().date()
    }

    /// The next time the program is opened it is so many days later, at the hour at which it began.
    pub fn moves_on(&self, days: u64) {
        let later = self.begins.get().local() + Days::new(days);
        self.begins.set(Timestamp::from_local(later));
        self.ahead.set(None);
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
            ("LD_PRELOAD", faketime()),
            ("FAKETIME", format!("{:+}", self.seconds_ahead()).into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
        ]
    }

    /// The clock is set when the program is first opened, and then runs on
    /// through every kill.
    fn seconds_ahead(&self) -> i64 {
        let ahead = self.ahead.get().unwrap_or_else(|| (self.begins.get().0 - SystemClock.now().0) / 1000);
        self.ahead.set(Some(ahead));
        ahead
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

/// See [`BEGINS`]. A day without an hour begins at the same hour as that.
fn begins() -> Timestamp {
    let asked = std::env::var("ATTUNE_DAY").unwrap_or_default();
    let moment = if asked.contains(' ') { asked } else { format!("{asked}{}", &BEGINS[asked.len()..]) };
    let local = NaiveDateTime::parse_from_str(&moment, "%Y-%m-%d %H:%M");
    Timestamp::from_local(local.unwrap_or_else(|_| panic!("ATTUNE_DAY is {moment}: name a day such as 2028-02-29, and perhaps an hour")))
}

/// The library that shows a program another clock.
fn faketime() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").unwrap().flatten();
    let mut found = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1")).filter(|path| path.exists());
    found.next().expect("libfaketime is missing: run `make e2e`, which installs it")
}
