//! Small files written so that a reader finds the old text or the new, never
//! a half; and the checksummed JSON that the key file and the device file
//! share. What the files mean is not known here.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Fault, Result};

/// Replaces the file at `path` by `bytes`, readable by its owner only. When
/// this answers `Ok` the new text is on the disk; when the program or the
/// computer stops before that, the old text is whole.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    Staged::write(path, bytes)?.put()
}

/// Copies a file through to the disk; at `to` there is the whole of it or what
/// was there before.
pub fn copy_whole(from: &Path, to: &Path) -> Result<()> {
    let beside = beside(to);
    let copied = open_plain(OpenOptions::new().read(true), from).and_then(|mut source| {
        let mut copy = new_beside(&beside)?;
        io::copy(&mut source, &mut copy)?;
        copy.sync_all()
    });
    copied.and_then(|()| move_whole(&beside, to)).inspect_err(|_| drop(fs::remove_file(&beside))).map_err(|error| disk_error(&error))
}

/// Opens the plain file at `path`, or one that a link there leads to. A folder,
/// a device or a pipe in its place is refused at once: to wait for what a pipe
/// will say is to hang.
pub fn open_plain(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    let opened = options.open(path);
    let kind = match &opened {
        Ok(file) => file.metadata(),
        Err(_) => fs::metadata(path),
    };
    if kind.is_ok_and(|kind| !kind.is_file()) { Err(io::Error::other(NotAFile)) } else { opened }
}

/// Refuses what is not a plain file at `path`, for those who must let another
/// open it. Nothing there is no fault.
pub fn refuse_other_than_a_file(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Ok(kind) if !kind.is_file() => Err(disk_error(&io::Error::other(NotAFile))),
        _ => Ok(()),
    }
}

/// Gives a file or folder another name, through to the disk.
pub fn move_whole(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).and_then(|()| sync_folder_of(to))
}

/// Makes the folder at `path`, and those above it, open to its owner only. A
/// folder that is already there is left as it is.
pub fn create_private_dir(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).and_then(|()| sync_folder_of(path)).map_err(|error| disk_error(&error))
}

/// New text on the disk beside the file it will replace. Staging is where a
/// full disk shows, so several files can be staged before any is put.
/// Dropped without [`Staged::put`], it leaves nothing behind; what a killed
/// program left is overwritten by the next one, or taken away by
/// [`drop_staged`].
#[derive(Debug)]
pub struct Staged {
    target: PathBuf,
    beside: PathBuf,
}

impl Staged {
    /// Writes `bytes` beside `target` and through to the disk.
    pub fn write(target: &Path, bytes: &[u8]) -> Result<Self> {
        let staged = Self { target: target.to_owned(), beside: beside(target) };
        staged.write_through(bytes).map_err(|error| disk_error(&error))?;
        Ok(staged)
    }

    /// Puts the new text in the place of the old, through to the disk.
    pub fn put(self) -> Result<()> {
        move_whole(&self.beside, &self.target).map_err(|error| disk_error(&error))
    }

    fn write_through(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = new_beside(&self.beside)?;
        file.write_all(bytes)?;
        file.sync_all()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After `put` there is nothing to remove.
        drop(fs::remove_file(&self.beside));
    }
}

/// Takes away what a stopped program had staged for `target` and not put.
pub fn drop_staged(target: &Path) {
    // What cannot be taken away is overwritten when the next text is staged.
    drop(fs::remove_file(beside(target)));
}

/// What a checksummed file holds.
#[derive(Debug)]
pub enum Checked<T> {
    /// It reads back as it was written.
    Good(T),
    /// It is whole, and was written by a newer Attune.
    Newer,
    /// It is whole, and of a form that this Attune no longer reads.
    Older,
    /// It does not read back as it was written.
    Damaged,
}

/// `value` as JSON whose last field is a checksum of every byte before it. The
/// value must be a struct with a field `format`: its number.
pub fn to_checked<T: Serialize>(value: &T) -> Result<String> {
    let fault = || Error::internal("writing a file of the record");
    let json = serde_json::to_string_pretty(value).map_err(|_| fault())?;
    let mut text = json.strip_suffix("\n}").ok_or_else(fault)?.to_owned();
    text.push_str(BEFORE_CHECKSUM);
    let checksum = blake3::hash(text.as_bytes()).to_hex();
    text.push_str(&checksum);
    text.push_str(AFTER_CHECKSUM);
    Ok(text)
}

/// Reads back what [`to_checked`] wrote. No byte of it can change unnoticed:
/// those before the checksum are under it, the rest has one spelling. The
/// place of the checksum is the same in every format, so that a newer file is
/// told apart from a damaged one.
pub fn from_checked<T: DeserializeOwned>(bytes: &[u8], format: u32) -> Checked<T> {
    let Some(json) = whole(bytes) else {
        return Checked::Damaged;
    };
    match serde_json::from_str(&json) {
        Ok(Format { format: found }) if found > format => Checked::Newer,
        Ok(Format { format: found }) if found == format => serde_json::from_str(&json).map_or(Checked::Damaged, Checked::Good),
        Ok(Format { format: 1.. }) => Checked::Older,
        _ => Checked::Damaged,
    }
}

/// What a whole checksummed file of whatever format says, as far as `T` asks.
pub fn checked_as<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_str(&whole(bytes)?).ok()
}

/// The bytes of the file at `path`, which is expected to be small: a longer
/// one is cut off, and so fails its checksum.
pub fn read_small(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(OpenOptions::new().read(true), path)?.take(SMALL).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The refusal for a fault of the disk.
#[must_use]
pub fn disk_error(error: &io::Error) -> Error {
    if error.get_ref().is_some_and(|inner| inner.is::<NotAFile>()) {
        return Fault::NotAFile.says(
            "There is a folder or a device where Attune keeps one of its files. Nothing was changed. \
             Ask whoever looks after this computer to move it away, then try again.",
        );
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Fault::DiskFull.says("The disk is full, so this was not saved. Free some space and try again.")
        }
        _ => Fault::DiskFailed.says(
            "The disk could not be read or written, so this may not have been saved. Check that the folder exists and files can be saved \
             in it, then try again.",
        ),
    }
}

/// So much is free on a disk that takes SQLite's side files.
#[cfg(unix)]
const ROOM: u64 = 64 * 1024;

/// The fault of the disk that holds `folder`, told apart: a full one refuses
/// SQLite's side files before it comes to writing, which is then told as a disk
/// that cannot be read.
#[must_use]
pub fn why_it_failed(error: Error, folder: &Path) -> Error {
    #[cfg(unix)]
    if error.code == Fault::DiskFailed.code()
        && rustix::fs::statvfs(folder).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < ROOM)
    {
        return disk_error(&ErrorKind::StorageFull.into());
    }
    #[cfg(not(unix))]
    let _ = folder;
    error
}

/// How every file of ours is opened for writing: by its owner only.
#[must_use]
pub fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix sets a mode"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

const SMALL: u64 = 1 << 20;
const BEFORE_CHECKSUM: &str = ",\n  \"checksum\": \"";
const AFTER_CHECKSUM: &str = "\"\n}\n";
const CHECKSUM: usize = 64;

#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// The JSON under the checksum, if it is as it was written.
fn whole(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_suffix(AFTER_CHECKSUM)?;
    let (checked, checksum) = text.split_at_checked(text.len().checked_sub(CHECKSUM)?)?;
    let json = checked.strip_suffix(BEFORE_CHECKSUM)?;
    let right = blake3::hash(checked.as_bytes()).to_hex();
    (right.as_str() == checksum).then(|| format!("{json}\n}}"))
}

/// What stands in the place of a file is none.
#[derive(Debug, thiserror::Error)]
#[error("not a plain file")]
struct NotAFile;

/// A new file in the place of what a stopped program left beside its target.
fn new_beside(beside: &Path) -> io::Result<File> {
    match fs::remove_file(beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => private().write(true).create_new(true).open(beside),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".new");
    path.with_file_name(name)
}

/// A rename or a new folder is on the disk when the folder around it is. Some
/// shared drives know no such thing.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let around = path.parent().filter(|p| !p.as_os_str().is_empty());
    match File::open(around.unwrap_or(Path::new(".")))?.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

#[cfg(test)]
mod tests;
