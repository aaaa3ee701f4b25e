//! Whether the record is what this computer last wrote, and as whom it goes on.
//! Identity and head lie outside the vault; one of them gone from a computer
//! that the record knows is no new beginning.

use std::path::{Path, PathBuf};

use crate::desk::keeper::{HeadKeeper, position};
use crate::error::{Error, RecordRefused, Result};
use crate::store::db::Db;
use crate::store::{log, vault, verify};
use crate::time::Timestamp;
use crate::vault::head::HeadFile;
use crate::vault::identity::Device;
use crate::vault::keys::{DatabaseKey, KeyFile};
use crate::vault::{attempts, computer, files};

/// As whom this computer goes on.
#[allow(clippy::large_enum_variant, reason = "there is one, at each unlock")]
pub(super) enum Judged {
    /// As the one it was.
    GoesOn(HeadKeeper),
    /// As a new one.
    BeginsAnew(Anew),
}

/// A new beginning of this computer.
pub(super) struct Anew {
    /// The reason that the record keeps.
    pub why: String,
    /// What is told to whoever is signed in.
    pub notice: &'static str,
    /// Whether a service lead has said why.
    pub in_spite: bool,
}

impl Anew {
    /// The record has not been here before.
    fn first() -> Self {
        Self {
            why: "Opened for the first time on this computer, or from a copy".to_owned(),
            notice: "This record has not been opened on this computer before. If you did not expect that, tell the service lead.",
            in_spite: false,
        }
    }

    /// A service lead goes on in spite of a doubt.
    pub fn in_spite(doubt: &Error, why: &str, because: &str) -> Self {
        let notice = if doubt.code == RecordRefused::KeyFileOlder.code() {
            "You have continued although the key file was older than the record. Passphrases that had been replaced were removed from it: in \
             the list of users, give a one-time passphrase to those who have none. If you are not sure that your recovery key is the newest, \
             make a new one. The reason you gave is in the team’s history."
        } else {
            "You have continued although records may be missing. The reason you gave is in the team’s history."
        };
        Self { why: format!("{why}: {because}"), notice, in_spite: true }
    }

    /// A backup was restored.
    pub fn restored(why: String) -> Self {
        Self {
            why,
            notice: "The record was restored from a backup. Anything written after that backup is missing and must be entered again.",
            in_spite: false,
        }
    }
}

/// Why the record is not opened as it stands.
pub(super) struct Doubt {
    /// What is told.
    pub error: Error,
    /// What the record keeps of it when a service lead goes on all the same;
    /// none if nobody can.
    pub why: Option<&'static str>,
}

impl From<Error> for Doubt {
    fn from(error: Error) -> Self {
        let doubts = [
            (RecordRefused::RecordsMissing, "Opened although records were missing"),
            (RecordRefused::HeadDamaged, "Opened although the head of the log was damaged"),
            (RecordRefused::KeyFileOlder, "Opened although the key file was older than the record"),
        ];
        let why = doubts.iter().find(|(doubt, _)| doubt.code() == error.code).map(|(_, why)| *why);
        Self { error, why }
    }
}

/// Compares the record with what this computer keeps of it in `data`. Writes
/// nothing there: whatever is found stays as it is.
pub(super) fn judge(conn: &Db, data: &Path, keys: &KeyFile, key: &DatabaseKey) -> std::result::Result<Judged, Doubt> {
    files::create_private_dir(data)?;
    let device = Device::load(data, keys.vault(), key)?;
    let file = HeadFile::open(data, key)?;
    let head = file.as_ref().map(HeadFile::read).transpose()?.flatten();
    if !has_records(conn) {
        let known = device.is_some() || head.is_some();
        return Err(Doubt { error: if known { older() } else { no_records() }, why: None });
    }
    if let Some(head) = &head {
        if !vault::knows(conn, head.device)? {
            return Err(older().into());
        }
        verify::against_head(conn, head.device, &position(head))?;
    }
    let known = match &device {
        Some(device) => vault::knows(conn, device.id())?,
        None => false,
    };
    if let (Some(device), Some(file)) = (device, file)
        && known
        && head.is_none_or(|head| head.device == device.id())
        && (head.is_some() || has_just_begun(conn, &device)?)
    {
        return Ok(Judged::GoesOn(HeadKeeper { device, file }));
    }
    if known || head.is_some() || vault::knows_computer(conn, &computer::mark(data, key))? {
        return Err(Doubt { error: forgotten(), why: Some("Opened although this computer had lost what it knew of the record") });
    }
    Ok(Judged::BeginsAnew(Anew::first()))
}

/// Whether there is a record in the file at all.
pub(super) fn has_records(conn: &Db) -> bool {
    vault::id(conn).is_ok()
}

/// Puts what is kept of a record on this computer beside its place, under
/// another name, and answers where: it is never written over. Refused sign-ins
/// that wait to be logged go on waiting in its place.
pub(super) fn put_aside(data: &Path, now: Timestamp) -> Result<Option<PathBuf>> {
    let of_the_record = |entry: std::io::Result<std::fs::DirEntry>| entry.is_ok_and(|entry| entry.file_name() != attempts::FILE);
    if !std::fs::read_dir(data).is_ok_and(|mut inside| inside.any(of_the_record)) {
        return Ok(None);
    }
    let free = (now.0..).map(|at| data.with_extension(format!("before-{at}"))).find(|aside| !aside.exists());
    let aside = free.ok_or_else(|| Error::internal("a name for what was kept"))?;
    files::move_whole(data, &aside).map_err(|error| files::disk_error(&error))?;
    attempts::carry(&aside, data);
    Ok(Some(aside))
}

pub(super) fn no_records() -> Error {
    RecordRefused::RecordsMissing.says("The record file has no record in it. Nothing was changed. Restore from a backup.")
}

/// A program that was stopped in its first step here had written the step and
/// not yet the head.
fn has_just_begun(conn: &Db, device: &Device) -> Result<bool> {
    let position = log::position(conn, device.id())?;
    Ok(position.op_seq <= 1 && position.read_seq == 0)
}

/// Passphrases in the key file, or its recovery key, have been replaced.
pub(super) fn keys_older() -> Doubt {
    RecordRefused::KeyFileOlder.says(
        "The key file in this folder (keys.json) is older than the record: passphrases that were replaced would open it again. An old copy \
         was put there. Nothing was changed. Put the newest key file back. A service lead can also continue, giving a reason; those \
         passphrases are then removed.",
    )
    .into()
}

fn older() -> Error {
    RecordRefused::RecordsMissing.says(
        "Records are missing: this file is older than what was saved on this computer. Nothing was changed. \
         Look for a backup. A service lead can also continue without them, giving a reason.",
    )
}

fn forgotten() -> Error {
    RecordRefused::RecordsMissing.says(
        "This record has been used on this computer before, but the files that tell Attune what was last saved here are missing, \
         so Attune cannot tell whether records are missing. Nothing was changed. A service lead can continue, giving a reason.",
    )
}
