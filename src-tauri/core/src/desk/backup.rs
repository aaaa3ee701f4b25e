//! Backup: a folder with the encrypted record and its wrapped keys, written,
//! read back and only then called a backup.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crate::desk::refused::BackupRefused;
use crate::desk::{Desk, Progress, parts};
use crate::error::{Fault, Result};
use crate::record::Topic;
use crate::reply::Reply;
use crate::schema::SCHEMA;
use crate::store::db::Db;
use crate::store::{log, migrate, open, settings, vault, verify};
use crate::team::backup::BackupView;
use crate::team::ops::THIS_COMPUTER;
use crate::time::{Timestamp, day_time_words};
use crate::vault::keys::KeyFile;
use crate::vault::{files, identity};

/// A backup older than this is said to be old.
const OLD_AFTER_DAYS: i64 = 7;

const DAY_MS: i64 = 24 * 3_600_000;

/// Names of the local settings that remember the last backup.
const LAST_AT: &str = "backup_at";
const LAST_FOLDER: &str = "backup_folder";

/// When the record was last backed up on this computer, in words.
pub fn age(conn: &Db, now: Timestamp) -> Result<BackupView> {
    let folder = settings::local(conn, THIS_COMPUTER, LAST_FOLDER)?.unwrap_or_default();
    let at = settings::local(conn, THIS_COMPUTER, LAST_AT)?.and_then(|text| text.parse().ok()).map(Timestamp);
    let Some(at) = at else {
        let new = (now.0 - vault::created(conn)?.0) / DAY_MS <= OLD_AFTER_DAYS;
        return Ok(BackupView { words: "Not backed up yet".to_owned(), folder, old: !new });
    };
    let days = (now.date() - at.date()).num_days();
    let words = match days {
        ..0 => "Backup dated in the future: check the clock and back up again".to_owned(),
        0 => "Backed up today".to_owned(),
        1 => "Backed up yesterday".to_owned(),
        days => format!("Backed up {days} days ago"),
    };
    Ok(BackupView { words, folder, old: !(0..=OLD_AFTER_DAYS).contains(&days) })
}

impl Desk {
    /// Backs the record up into a new folder inside `folder`, reads it back,
    /// and remembers when.
    ///
    /// # Errors
    /// When the folder cannot be written, is the record's own, or what was
    /// written does not read back, or the record is locked meanwhile; then
    /// nothing is called a backup.
    pub fn back_up(&self, folder: &str, progress: &dyn Progress) -> Result<Reply<BackupView>> {
        let progress = &UntilLocked::of(self, progress);
        let (target, now, data) = self.with_open(|open| {
            let last = settings::local(open.session.conn(), THIS_COMPUTER, LAST_FOLDER)?.unwrap_or_default();
            // A folder's name is taken as it is: spaces are part of it.
            let chosen = if folder.trim().is_empty() { last } else { folder.to_owned() };
            Ok((PathBuf::from(chosen), open.session.now(), self.data_folder(open.keys.vault())?))
        })?;
        // A folder made here would be on this disk, not on the stick that was left at home.
        if !target.is_absolute() || !target.is_dir() {
            let words = "That folder cannot be found. Plug in the USB stick or connect the shared drive first. Nothing was backed up.";
            return Err(BackupRefused::Folder.says(words));
        }
        if is_inside(&target, &[&self.setup.folder, &data])? {
            let words = "That folder belongs to the record itself, so a backup there would be lost with it. Nothing was backed up. \
                 Choose a folder on another disk.";
            return Err(BackupRefused::OwnFolder.says(words));
        }
        parts::take_away_stale(&target);
        let (part, whole) = parts::free_names(&target, now);
        self.write_backup(&part, &whole, progress).inspect_err(|_| {
            std::fs::remove_dir_all(&part).ok();
        })?;
        let noted = self.write(|session| {
            session.log_done("back_up", false)?;
            session.locally(|conn, now| {
                settings::set_local(conn, THIS_COMPUTER, LAST_AT, &now.0.to_string())?;
                settings::set_local(conn, THIS_COMPUTER, LAST_FOLDER, &target.display().to_string())
            })
        });
        progress.report(3, 3, "Backed up");
        let mut words = format!("Backed up {} and checked.", day_time_words(now.local()));
        if noted.is_err() {
            // The backup stands all the same: to say that there is none would not be so.
            words.push_str(" This laptop could not save the date of this backup: its own disk may be full.");
        }
        let value = BackupView { words, folder: whole.display().to_string(), old: false };
        Ok(Reply::touching(value, [Topic::Settings]))
    }

    /// Whether a folder belongs to the record: what is put there goes where the
    /// record goes, and is lost with it.
    ///
    /// # Errors
    /// `locked`, or when the folder cannot be found.
    pub fn is_own_folder(&self, folder: &Path) -> Result<bool> {
        let data = self.with_open(|open| self.data_folder(open.keys.vault()))?;
        is_inside(folder, &[&self.setup.folder, &data])
    }

    /// When the record was last backed up on this computer.
    ///
    /// # Errors
    /// `locked`.
    pub fn backup_age(&self) -> Result<BackupView> {
        self.with_open(|open| age(open.session.conn(), open.session.now()))
    }

    /// Writes a backup, reads it back, and only then gives it its name.
    fn write_backup(&self, part: &Path, whole: &Path, progress: &dyn Progress) -> Result<()> {
        files::create_private_dir(part)?;
        let writing = parts::Writing::begin(part)?;
        progress.report(0, 3, "Copying the record");
        let head = self.copy_record(part)?;
        go_on(progress)?;
        progress.report(1, 3, "Checking the copy");
        self.read_back(part, head, progress)?;
        progress.report(2, 3, "Finishing");
        go_on(progress)?;
        writing.end(part)?;
        files::move_whole(part, whole).map_err(|error| {
            // It stands there and may not be on the disk: then it is no backup.
            drop(std::fs::rename(whole, part));
            files::disk_error(&error)
        })
    }

    /// Copies the record page by page through SQLite, and the keys; answers
    /// the hash of its last step and how many there are.
    fn copy_record(&self, part: &Path) -> Result<([u8; 32], i64)> {
        self.with_open(|open| {
            let source = open.session.conn();
            open::copy(source, &part.join(open::FILE), open.key.expose())?;
            open.keys.save(part)?;
            Ok((log::head_hash(source)?, log::waiting(source)?))
        })
    }

    /// Opens the copy with the key and checks all of it.
    fn read_back(&self, part: &Path, head: ([u8; 32], i64), progress: &dyn Progress) -> Result<()> {
        let verifier = || self.with_open(|open| open::verifier(&part.join(open::FILE), open.key.expose()));
        let conn = verifier()?;
        let whole = migrate::need(&conn, &SCHEMA)? == migrate::Need::Nothing
            && log::head_hash(&conn)? == head.0
            && verify::verify(&conn, verifier()?, &SCHEMA, &identity::verify, &|_, _| !progress.cancelled())?.is_empty();
        go_on(progress)?;
        KeyFile::load(part)?;
        if whole {
            return Ok(());
        }
        Err(BackupRefused::NotWhole.says(
            "The copy could not be read back correctly, so nothing was backed up. The record itself has not been changed. Try another \
             folder or disk.",
        ))
    }
}

/// What is under way ends at lock.
pub(super) struct UntilLocked<'a> {
    progress: &'a dyn Progress,
    desk: &'a Desk,
    locks: u64,
}

impl<'a> UntilLocked<'a> {
    /// From now on.
    pub(super) fn of(desk: &'a Desk, progress: &'a dyn Progress) -> Self {
        Self { progress, desk, locks: desk.locks.load(Ordering::SeqCst) }
    }
}

impl Progress for UntilLocked<'_> {
    fn report(&self, done: u64, total: u64, words: &str) {
        self.progress.report(done, total, words);
    }

    fn cancelled(&self) -> bool {
        self.progress.cancelled() || self.desk.locks.load(Ordering::SeqCst) != self.locks
    }
}

/// Whether `target` is one of these folders or inside one, by whatever links it
/// is named.
fn is_inside(target: &Path, own: &[&PathBuf]) -> Result<bool> {
    let real = |path: &Path| path.canonicalize().map_err(|error| files::disk_error(&error));
    let target = real(target)?;
    for folder in own {
        if folder.exists() && target.starts_with(real(folder)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn go_on(progress: &dyn Progress) -> Result<()> {
    if progress.cancelled() {
        return Err(Fault::Cancelled.says("The backup was stopped. Nothing was backed up; earlier backups are unchanged."));
    }
    Ok(())
}
