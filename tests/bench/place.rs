//! A practice vault in a folder of its own on the disk of the build.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use attune_core::api;
use attune_core::desk::practice::fill;
use attune_core::desk::{Desk, Quiet, Setup};
use attune_core::ids::{RandomIds, SharedIds};
use attune_core::practice::{PASSPHRASE, Plan};
use attune_core::store::open;
use attune_core::store::open::Durability;
use attune_core::time::{SetClock, Timestamp};
use attune_core::vault::keys::{DatabaseKey, KdfParams, KeyFile};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::measure::Figure;

/// The families and contacts of the large vault.
pub const FAMILIES: u32 = 5_000;
const CONTACTS: u32 = 50_000;

/// Where a vault and this computer's files for it are; gone with the value.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// Where there is nothing yet.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap() }
    }

    /// A small practice vault.
    pub fn small() -> Self {
        let place = Self::empty();
        place.fill(&Plan { families: 8, as_of: Some(day()), ..Plan::default() });
        place
    }

    /// The practice vault of 5,000 families and 50,000 contacts. How long it
    /// took is a figure too.
    pub fn large() -> Self {
        let place = Self::empty();
        let begun = Instant::now();
        place.fill(&Plan { families: FAMILIES, contacts: CONTACTS, as_of: Some(day()), ..Plan::default() });
        let seconds = begun.elapsed().as_secs_f64();
        let conn = place.reader();
        let counted = |sql: &str| conn.query_row::<i64, _, _>(sql, [], |row| row.get(0)).unwrap();
        let name = format!(
            "practice vault made: {} families, {} infants, {} contacts, {} changes, {} MB",
            counted("SELECT count(*) FROM family"),
            counted("SELECT count(*) FROM person WHERE role = 'infant'"),
            counted("SELECT count(*) FROM contact"),
            counted("SELECT count(*) FROM change"),
            counted("SELECT page_count * page_size / 1000000 FROM pragma_page_count, pragma_page_size"),
        );
        Figure { name: &name, unit: "s", ours: vec![seconds], raw: Vec::new(), expected: "minutes", n: 1 }.print();
        place
    }

    /// A folder of this place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A desk on its vault, nobody signed in. Passphrases are hardly stretched.
    pub fn desk(&self) -> Desk {
        self.desk_of(Durability::Full)
    }

    /// A desk with somebody signed in.
    pub fn as_user(&self, sign_in: &str) -> Desk {
        let desk = self.desk();
        unlock(&desk, sign_in);
        desk
    }

    /// A desk that leaves the disk to the system, to write a lot.
    pub fn building(&self, sign_in: &str) -> Desk {
        let desk = self.desk_of(Durability::Building);
        unlock(&desk, sign_in);
        desk
    }

    /// The key of its database.
    pub fn key(&self) -> DatabaseKey {
        KeyFile::load(&self.path("vault")).unwrap().0.unlock("lead", PASSPHRASE).unwrap().key
    }

    /// A bare connection that reads, as the desk has one.
    pub fn reader(&self) -> Connection {
        open::reader(&self.path("vault").join(open::FILE), self.key().expose()).unwrap().raw()
    }

    fn fill(&self, plan: &Plan) {
        fill(&self.desk(), plan, &Quiet).unwrap();
    }

    fn desk_of(&self, durability: Durability) -> Desk {
        Desk::with(Setup {
            folder: self.path("vault"),
            data_home: Some(self.path("data")),
            clock: Arc::new(SetClock::at(Timestamp::from_local(day().and_hms_opt(15, 21, 0).unwrap()))),
            ids: SharedIds::of(RandomIds),
            kdf: KdfParams::cheap(),
            durability,
        })
    }
}

/// Signs somebody in.
pub fn unlock(desk: &Desk, sign_in: &str) {
    call(desk, "unlock", json!({"signIn": sign_in, "passphrase": PASSPHRASE}));
}

/// Calls a command that must do as asked, and answers its value.
pub fn call(desk: &Desk, command: &str, request: Value) -> Value {
    match api::dispatch(desk, command, request, None, &Quiet) {
        Ok(mut answer) => answer["value"].take(),
        Err(error) => panic!("{command}: {error}"),
    }
}

/// Monday 23 November 2026.
fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}
