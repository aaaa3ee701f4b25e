//! Backup and restore, first form: a folder with the encrypted record and its
//! wrapped keys, written, read back and only then called a backup.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::unlock::{lead_named, parse_recovery};
use super::{Desk, Progress};
use crate::domain::backup::{BackupView, Restore};
use crate::domain::signing_in::{Recover, Unlock};
use crate::error::{Error, Result};
use crate::ops::Outcome;
use crate::ops::settings::THIS_COMPUTER;
use crate::record::Topic;
use crate::store::{log, migrate, open, settings, vault, verify};
use crate::time::{Timestamp, day_time_words};
use crate::vault::keys::{DatabaseKey, KeyFile};
use crate::vault::{files, identity};

/// A backup older than this is said to be old.
const OLD_AFTER_DAYS: i64 = 7;

const DAY_MS: i64 = 24 * 3_600_000;

/// Names of the local settings that remember the last backup.
const LAST_AT: &str = "backup_at";
const LAST_FOLDER: &str = "backup_folder";

/// When the record was last backed up on this computer, in words.
///
/// # Errors
/// When the store fails.
pub fn age(conn: &Connection, now: Timestamp) -> Result<BackupView> {
    let folder = settings::local(conn, THIS_COMPUTER, LAST_FOLDER)?.unwrap_or_default();
    let at = settings::local(conn, THIS_COMPUTER, LAST_AT)?.and_then(|text| text.parse().ok()).map(Timestamp);
    let Some(at) = at else {
        let new = (now.0 - vault::created(conn)?.0) / DAY_MS <= OLD_AFTER_DAYS;
        return Ok(BackupView { words: "Not backed up yet".to_owned(), folder, old: !new });
    };
    let days = (now.date() - at.date()).num_days();
    let words = match days {
        ..=0 => "Backed up today".to_owned(),
        1 => "Backed up yesterday".to_owned(),
        days => format!("Backed up {days} days ago"),
    };
    Ok(BackupView { words, folder, old: days > OLD_AFTER_DAYS })
}

impl Desk {
    /// Backs the record up into a new folder inside `folder`, reads it back,
    /// and remembers when.
    ///
    /// # Errors
    /// When the folder cannot be written, or what was written does not read
    /// back; then nothing is called a backup.
    pub fn back_up(&self, folder: &str, progress: &dyn Progress) -> Result<Outcome<BackupView>> {
        let (target, now) = self.with_open(|open| {
            let last = settings::local(open.session.conn(), THIS_COMPUTER, LAST_FOLDER)?.unwrap_or_default();
            let chosen = if folder.trim().is_empty() { last } else { folder.trim().to_owned() };
            Ok((PathBuf::from(chosen), open.session.now()))
        })?;
        // A folder made here would be on this disk, not on the stick that was left at home.
        if !target.is_absolute() || !target.is_dir() {
            let words = "That folder cannot be found. Plug in the USB stick or connect the shared drive first. Nothing was backed up.";
            return Err(Error::new("backup_folder", words).at("folder"));
        }
        let name = format!("attune-backup-{}", now.local().format("%Y-%m-%d-%H%M%S"));
        let (part, whole) = (target.join(format!("{name}.part")), target.join(&name));
        let steps = self.write_backup(&part, &whole, progress).inspect_err(|_| {
            std::fs::remove_dir_all(&part).ok();
        })?;
        self.write(|session| {
            session.locally(|conn, now| {
                settings::set_local(conn, THIS_COMPUTER, LAST_AT, &now.0.to_string())?;
                settings::set_local(conn, THIS_COMPUTER, LAST_FOLDER, &target.display().to_string())
            })
        })?;
        progress.report(3, 3, "Backed up");
        let words = format!("Backed up {} and read back: {steps} steps.", day_time_words(now.local()));
        let value = BackupView { words, folder: whole.display().to_string(), old: false };
        Ok(Outcome { value, touched: vec![Topic::Settings], seen: 0 })
    }

    /// When the record was last backed up on this computer.
    ///
    /// # Errors
    /// `locked`.
    pub fn backup_age(&self) -> Result<BackupView> {
        self.with_open(|open| age(open.session.conn(), open.session.now()))
    }

    /// Puts a backup where there is no vault and signs in. The restored vault
    /// is a new incarnation from its first step on.
    ///
    /// # Errors
    /// `vault_exists`, `backup_not_there`, or as unlocking; then nothing stands
    /// where the vault would.
    pub fn restore(&self, request: &Restore, progress: &dyn Progress) -> Result<()> {
        self.lock()?;
        if self.vault_is_there() {
            return Err(Error::new(
                "vault_exists",
                "There is already a record in that folder. Nothing was changed. Restore the backup into an empty folder.",
            ));
        }
        let from = PathBuf::from(request.folder.trim());
        let from = newest_inside(&from).unwrap_or(from);
        if !from.join(open::FILE).is_file() {
            return Err(Error::new(
                "backup_not_there",
                "There is no backup in that folder. Choose the folder that the backup was saved in.",
            )
            .at("folder"));
        }
        let recover = (!request.recovery_key.trim().is_empty()).then(|| Recover {
            recovery_key: request.recovery_key.clone(),
            sign_in: request.sign_in.clone(),
            passphrase: request.passphrase.clone(),
        });
        let (keys, _) = KeyFile::load(&from)?;
        let key = match &recover {
            Some(recover) => keys.open_with_recovery(&parse_recovery(recover)?)?,
            None => keys.unlock(&request.sign_in, &request.passphrase)?.key,
        };
        let making = self.making_folder();
        bring(&from, &making, &key, recover.as_ref(), progress).inspect_err(|_| {
            std::fs::remove_dir_all(&making).ok();
        })?;
        // The identity kept here is of the vault that was lost: the restored
        // one must not go on as it.
        let data = self.data_folder(keys.vault())?;
        if data.exists() {
            std::fs::rename(&data, data.with_extension(format!("before-{}", self.setup.clock.now().0)))
                .map_err(|error| files::disk_error(&error))?;
        }
        self.move_in_place(&making)?;
        progress.report(2, 3, "Opening it");
        match &recover {
            Some(recover) => self.recover(recover)?,
            None => self.unlock(&Unlock {
                sign_in: request.sign_in.clone(),
                passphrase: request.passphrase.clone(),
                go_on_because: String::new(),
            })?,
        }
        progress.report(3, 3, "Restored");
        Ok(())
    }

    /// Writes a backup, reads it back, and only then gives it its name. Answers
    /// how many steps are in it.
    fn write_backup(&self, part: &Path, whole: &Path, progress: &dyn Progress) -> Result<i64> {
        files::create_private_dir(part)?;
        progress.report(0, 3, "Copying the record");
        let head = self.copy_record(part)?;
        progress.report(1, 3, "Checking the copy");
        self.read_back(part, head)?;
        progress.report(2, 3, "Finishing");
        files::move_whole(part, whole).map_err(|error| files::disk_error(&error))?;
        Ok(head.1)
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
    fn read_back(&self, part: &Path, head: ([u8; 32], i64)) -> Result<()> {
        let conn = self.with_open(|open| open::verifier(&part.join(open::FILE), open.key.expose()))?;
        let whole = migrate::need(&conn)? == migrate::Need::Nothing
            && log::head_hash(&conn)? == head.0
            && verify::verify(&conn, &identity::verify, &|_, _| true)?.is_empty();
        KeyFile::load(part)?;
        if whole {
            return Ok(());
        }
        Err(Error::new(
            "backup_not_whole",
            "The copy could not be read back correctly, so nothing was backed up. The record itself has not been changed. Try another \
             folder or disk.",
        ))
    }
}

/// Copies a backup to where the vault is made, and checks all of it there, so
/// that what is moved to the vault's place opens.
fn bring(from: &Path, making: &Path, key: &DatabaseKey, recover: Option<&Recover>, progress: &dyn Progress) -> Result<()> {
    if making.exists() {
        std::fs::remove_dir_all(making).map_err(|error| files::disk_error(&error))?;
    }
    files::create_private_dir(making)?;
    progress.report(0, 3, "Copying the record");
    files::copy_whole(&from.join(open::FILE), &making.join(open::FILE))?;
    KeyFile::load(from)?.0.save(making)?;
    progress.report(1, 3, "Checking the copy");
    let checked = check_copy(making, key, recover);
    checked.map_err(|error| if error.code == "vault_damaged" { not_whole_any_more() } else { error })
}

fn check_copy(making: &Path, key: &DatabaseKey, recover: Option<&Recover>) -> Result<()> {
    let conn = open::verifier(&making.join(open::FILE), key.expose())?;
    // A record of an older version is brought up to date when it is opened.
    if migrate::need(&conn)? == migrate::Need::Nothing && !verify::verify(&conn, &identity::verify, &|_, _| true)?.is_empty() {
        return Err(not_whole_any_more());
    }
    if let Some(recover) = recover {
        lead_named(&conn, &recover.sign_in)?;
    }
    Ok(())
}

fn not_whole_any_more() -> Error {
    Error::new(
        "backup_damaged",
        "That backup is damaged or has been altered, so it was not restored. Nothing was changed. Try an older backup, or another copy of \
         this one.",
    )
    .at("folder")
}

/// The newest backup inside the folder that backups are written to.
fn newest_inside(folder: &Path) -> Option<PathBuf> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let newest = names.filter(|name| name.starts_with("attune-backup-") && !name.ends_with(".part")).max()?;
    Some(folder.join(newest))
}
