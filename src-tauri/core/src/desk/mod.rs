//! The desk a person works at: locked or unlocked. It joins the vault (keys,
//! identity, head) to the record, holds the one session that writes, and reads
//! on a connection of its own.

mod backup;
mod confirm;
mod create;
mod figures;
pub mod idle;
mod judge;
mod keeper;
mod keyed;
mod lookups;
pub mod memory;
mod parts;
pub mod practice;
mod ran_out;
pub mod refused;
mod restore;
mod unlock;
mod users;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::Value;

use crate::acts::Asked;
use crate::desk::refused::DeskRefused;
use crate::error::{Error, Result};
use crate::ids::{RandomIds, SharedIds, VaultId};
use crate::reader::{LookWords, Opened, Reader};
use crate::release::export_folder;
use crate::reply::Reply;
use crate::schema::SCHEMA;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::looks::{Look, WINDOW_MS};
use crate::store::open;
use crate::store::open::Durability;
use crate::store::verify;
use crate::store::verify::Finding;
use crate::store::{log, settings};
use crate::team::SettingsView;
use crate::team::backup::BackupView;
use crate::team::rows as team;
use crate::time::{Clock, SystemClock};
use crate::user::signing_in::PassphraseView;
use crate::user::{Role, User};
use crate::vault::identity::Device;
use crate::vault::keys::{DatabaseKey, KdfParams, KeyFile};
use crate::vault::lock::VaultLock;
use crate::vault::{files, identity, passphrase};

/// How far a long command is, and whether to stop it.
pub trait Progress: Sync {
    /// Tells how far it is.
    fn report(&self, done: u64, total: u64, words: &str);
    /// Whether a person asked to stop it.
    fn cancelled(&self) -> bool;
}

/// Progress that nobody watches.
#[derive(Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn report(&self, _done: u64, _total: u64, _words: &str) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// How a desk is set up; all but the folder have one right value for a team's
/// vault and others for practice and tests.
pub struct Setup {
    /// The vault folder.
    pub folder: PathBuf,
    /// Where identities and heads are kept; the computer's own place if none.
    pub data_home: Option<PathBuf>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Makes the ids of a session.
    pub ids: SharedIds,
    /// How hard passphrases are stretched.
    pub kdf: KdfParams,
    /// How sure a commit must be.
    pub durability: Durability,
}

/// The desk a person works at.
pub struct Desk {
    setup: Setup,
    open: Mutex<Option<Open>>,
    read: Mutex<Option<Db>>,
    looks: Mutex<HashSet<(Look, i64)>>,
    /// One act at a time, so that one sent twice at once is done once.
    acting: Mutex<()>,
    idle: idle::Idle,
    confirmed: Mutex<confirm::Confirmed>,
    lookups: Mutex<lookups::Lookups>,
    /// Grows with each lock, so that what runs long knows that it was locked.
    locks: AtomicU64,
}

/// An unlocked vault.
struct Open {
    session: Session,
    key: DatabaseKey,
    keys: KeyFile,
    practice: bool,
    must_change: bool,
    notices: Vec<String>,
    // Dropped last: nobody else opens the vault before the record is closed.
    _lock: VaultLock,
}

/// What the record check answers.
#[derive(Debug)]
pub struct Verified {
    /// What is wrong; empty if nothing.
    pub findings: Vec<Finding>,
    /// What was checked, in words.
    pub checked: Vec<String>,
}

impl Desk {
    /// A desk on the vault in `folder`, locked.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self::with(Setup {
            folder,
            data_home: None,
            clock: Arc::new(SystemClock),
            ids: SharedIds::of(RandomIds),
            kdf: KdfParams::standard(),
            durability: Durability::Full,
        })
    }

    /// A desk set up otherwise: a practice vault being filled, or a test.
    #[must_use]
    pub fn with(setup: Setup) -> Self {
        Self {
            setup,
            open: Mutex::new(None),
            read: Mutex::new(None),
            looks: Mutex::default(),
            acting: Mutex::default(),
            idle: idle::Idle::default(),
            confirmed: Mutex::default(),
            lookups: Mutex::default(),
            locks: AtomicU64::new(0),
        }
    }

    /// The vault folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.setup.folder
    }

    /// What stands in the folder; none if nothing does.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn look(&self) -> Result<Option<Seen>> {
        let Some((keys, notices)) = unlock::look(&self.setup.folder)? else { return Ok(None) };
        Ok(Some(Seen { practice: keys.practice(), notices }))
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_unlocked(&self) -> bool {
        self.opened().is_some()
    }

    /// Who is signed in, and whether they must change their passphrase first.
    ///
    /// # Errors
    /// `locked`.
    pub fn signed_in(&self) -> Result<(User, bool)> {
        self.with_open(|open| Ok((open.session.user().clone(), open.must_change)))
    }

    /// Seals, closes the record and forgets the key. Fine when locked already.
    ///
    /// # Errors
    /// When the disk fails; everything acknowledged is on disk all the same.
    pub fn lock(&self) -> Result<()> {
        *self.reading() = None;
        self.locks.fetch_add(1, Ordering::SeqCst);
        let open = self.opened().take();
        self.looks.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
        match open {
            Some(mut open) => {
                // A full disk keeps nobody from locking.
                open.session.log_done("lock", false).ok();
                ran_out::keep(&mut open.session, &open.keys).ok();
                open.session.close()
            }
            None => Ok(()),
        }
    }

    /// A fault of the disk under the record, told apart: whether it is full.
    #[must_use]
    pub fn why_it_failed(&self, error: Error) -> Error {
        files::why_it_failed(error, &self.setup.folder)
    }

    /// Writes as the signed-in user.
    ///
    /// # Errors
    /// `locked`, or what the operation refuses.
    pub fn write<T>(&self, act: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        self.with_open(|open| act(&mut open.session))
    }

    /// Does what was asked once: the same request sent again, even while the
    /// first is still being done, is answered as the first was.
    ///
    /// # Errors
    /// `locked`, `act_reused`, `act_done`, `act_repeated`, or what `run` refuses.
    pub fn once(&self, asked: Asked, run: impl FnOnce() -> Result<Value>) -> Result<Value> {
        let _one_at_a_time = self.acting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(answer) = self.write(|session| session.begin_act(asked))? {
            return Ok(answer);
        }
        let answer = run();
        if let Some(open) = self.opened().as_mut() {
            // Without it a second time is told that it was done, not what it answered.
            open.session.end_act(answer.as_ref().ok()).ok();
        }
        answer
    }

    /// Reads as the signed-in user, at one log position.
    ///
    /// # Errors
    /// `locked`, or what the read refuses.
    pub fn read<T>(&self, look_words: LookWords, read: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<Reply<T>> {
        let guard = self.reading();
        let conn = guard.as_ref().ok_or_else(locked)?;
        let (user, device, now) =
            self.with_open(|open| Ok((open.session.user().clone(), open.session.author().device, open.session.now())))?;
        let log = |look: &Look| self.log_look(look, now.0);
        let may_look_for = |what: &str| self.may_look_for(user.id, what);
        let reader = Reader::of(Opened { conn, user: &user, device, now, log: &log, look_words, may_look_for: &may_look_for });
        let (seen, value) = open::at_one_position(conn, || Ok((log::last_operation(conn)?, read(&reader)?)))?;
        Ok(Reply { value, touched: Vec::new(), seen })
    }

    /// Logs that the signed-in user was refused a command of another role.
    ///
    /// # Errors
    /// `locked`, or when it cannot be written.
    pub fn log_denied(&self, command: &'static str) -> Result<()> {
        self.with_open(|open| open.session.log_look(&Look { family: None, view: command, denied: true }))
    }

    /// Checks the whole record on a connection of its own, so that nobody
    /// waits for it.
    ///
    /// # Errors
    /// `locked`, `cancelled`, or that the record cannot be read at all.
    pub fn verify(&self, progress: &dyn Progress) -> Result<Verified> {
        let (conn, beside, device, data) = self.with_open(|open| {
            open.session.log_done("verify", false)?;
            let verifier = || open::verifier(&self.setup.folder.join(open::FILE), open.key.expose());
            Ok((verifier()?, verifier()?, open.session.author().device, self.data_folder(open.keys.vault())?))
        })?;
        let locks = self.locks.load(Ordering::SeqCst);
        let step = |done, total| {
            progress.report(done, total, "Checking the record");
            !progress.cancelled() && self.locks.load(Ordering::SeqCst) == locks
        };
        let checked = verify::verify(&conn, beside, &SCHEMA, &identity::verify, &step);
        if self.locks.load(Ordering::SeqCst) != locks {
            return Err(locked());
        }
        let mut findings = checked?;
        for notice in KeyFile::load(&self.setup.folder)?.1 {
            findings.push(Finding { place: "key file".to_owned(), words: notice.message().to_owned() });
        }
        if !Device::is_kept(&data) {
            findings.push(Finding {
                place: format!("computer {device}"),
                words: "its identity file is missing from the data folder".to_owned(),
            });
        }
        let checked = [
            "Every page of the file can be read",
            "Every entry of every stream, its content and its hash",
            "Every seal of this and other computers",
            "Every row of the record against the log",
            "Both copies of the key file",
        ];
        Ok(Verified { findings, checked: checked.map(str::to_owned).to_vec() })
    }

    /// How strong a passphrase is.
    #[must_use]
    pub fn assess(&self, text: &str, about: &[String]) -> PassphraseView {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        let strength = passphrase::assess(text, &about);
        PassphraseView { enough: strength.enough, words: strength.words.to_owned(), hint: strength.hint.unwrap_or_default() }
    }

    /// A passphrase of four words, to take or to leave.
    ///
    /// # Errors
    /// When the computer gives no random numbers.
    pub fn offer_passphrase(&self) -> Result<String> {
        Ok(passphrase::offered()?.to_string())
    }

    /// The settings of the team and of this computer.
    ///
    /// # Errors
    /// `locked`.
    pub fn settings(&self) -> Result<Reply<SettingsView>> {
        let folder = self.setup.folder.display().to_string();
        let guard = self.reading();
        let conn = guard.as_ref().ok_or_else(locked)?;
        let may_change_team = self.with_open(|open| Ok(open.session.user().role == Role::ServiceLead))?;
        let (seen, value) = open::at_one_position(conn, || {
            let team = team::team(conn)?;
            let value = SettingsView {
                team: team.name,
                auto_lock_minutes: u32::try_from(team.auto_lock_minutes).unwrap_or(10),
                copies_owed_by: team.copies_owed_by,
                organisations: crate::team::ops::organisations(conn)?,
                export_folder: export_folder::of(conn)?.display().to_string(),
                vault_folder: folder,
                may_change_team,
            };
            Ok((log::last_operation(conn)?, value))
        })?;
        Ok(Reply { value, touched: Vec::new(), seen })
    }

    /// What the frame shows of the signed-in user: user, practice, notices,
    /// must change.
    ///
    /// # Errors
    /// `locked`.
    pub fn frame(&self) -> Result<Frame> {
        self.with_open(|open| {
            let conn = open.session.conn();
            let team = team::team(conn)?;
            let me = open.session.user();
            let local =
                |name: &str, fallback: &str| Ok::<_, Error>(settings::local(conn, me.id.0, name)?.unwrap_or_else(|| fallback.to_owned()));
            Ok(Frame {
                user: me.clone(),
                team: team.name,
                auto_lock_minutes: u32::try_from(team.auto_lock_minutes).unwrap_or(10),
                practice: open.practice,
                must_change: open.must_change,
                notices: open.notices.clone(),
                backup: backup::age(conn, open.session.now())?,
                theme: local("theme", "system")?,
                density: local("density", "comfortable")?,
                zoom: local("zoom", "100")?.parse().unwrap_or(100),
            })
        })
    }

    fn log_look(&self, look: &Look, now_ms: i64) -> Result<()> {
        let window = now_ms.div_euclid(WINDOW_MS);
        let mut known = self.looks.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.contains(&(look.clone(), window)) {
            return Ok(());
        }
        self.with_open(|open| open.session.log_look(look))?;
        known.insert((look.clone(), window));
        Ok(())
    }

    fn data_folder(&self, vault: VaultId) -> Result<PathBuf> {
        match &self.setup.data_home {
            Some(home) => Ok(home.join("attune").join(vault.to_string())),
            None => identity::data_folder(vault),
        }
    }

    fn with_open<T>(&self, act: impl FnOnce(&mut Open) -> Result<T>) -> Result<T> {
        act(self.opened().as_mut().ok_or_else(locked)?)
    }

    fn opened(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn reading(&self) -> MutexGuard<'_, Option<Db>> {
        self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What stands in a vault folder.
#[derive(Debug, Clone)]
pub struct Seen {
    /// True for a vault of fictional families.
    pub practice: bool,
    /// Things that are being mended.
    pub notices: Vec<String>,
}

/// What the frame of every screen shows.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who is signed in.
    pub user: User,
    /// The team's name.
    pub team: String,
    /// Lock after so many minutes without a key.
    pub auto_lock_minutes: u32,
    /// True for a vault of fictional families.
    pub practice: bool,
    /// True until the one-time passphrase has been changed.
    pub must_change: bool,
    /// Things to know.
    pub notices: Vec<String>,
    /// When the record was last backed up, in words.
    pub backup: BackupView,
    /// `day`, `night` or `system`.
    pub theme: String,
    /// `comfortable` or `compact`.
    pub density: String,
    /// How large everything is, in percent.
    pub zoom: u16,
}

fn locked() -> Error {
    DeskRefused::Locked.into()
}
