//! Sign-ins that were refused. The record is locked then and cannot be written
//! to, so they wait beside this computer's head until somebody signs in and they
//! are logged. What is typed is not kept; whoever can write to the folder can
//! take the file away.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::error::Result;
use crate::ids::UserId;
use crate::time::Timestamp;
use crate::vault::files;

/// The file they wait in.
pub const FILE: &str = "refused-sign-ins";

/// So many are kept; what comes after them is not: they are enough to see that somebody has tried.
pub const MOST: usize = 500;

/// One sign-in that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When, by the clock of the computer.
    pub at: Timestamp,
    /// Whose sign-in name was typed; none for a name that nobody has, and for the recovery key.
    pub user: Option<UserId>,
    /// True for the recovery key.
    pub recovery: bool,
}

impl Attempt {
    /// When it was, for the log that is written at `now`: a time that cannot be,
    /// of a clock that was ahead or of a file that somebody else wrote, is now.
    #[must_use]
    pub fn near(&self, now: Timestamp) -> Timestamp {
        if (now.0.saturating_sub(YEAR_MS)..=now.0).contains(&self.at.0) { self.at } else { now }
    }
}

const YEAR_MS: i64 = 366 * 24 * 3_600_000;

/// Keeps one, unless `MOST` are waiting.
///
/// # Errors
/// A fault of the disk.
pub fn keep(folder: &Path, attempt: &Attempt) -> Result<()> {
    if waiting(folder).len() >= MOST {
        return Ok(());
    }
    let user = attempt.user.map_or_else(|| "-".to_owned(), |user| user.0.to_string());
    let line = format!("{} {user} {}\n", attempt.at.0, if attempt.recovery { "recovery" } else { "passphrase" });
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = files::open_plain(&mut options, &path(folder)).and_then(|mut file| {
        file.write_all(line.as_bytes())?;
        file.sync_data()
    });
    written.map_err(|error| files::disk_error(&error))
}

/// Copies those that wait in one folder to another. What cannot be copied stays
/// where it was.
pub fn carry(from: &Path, to: &Path) {
    if waiting(from).is_empty() || files::create_private_dir(to).is_err() {
        return;
    }
    files::copy_whole(&path(from), &path(to)).ok();
}

/// Those that wait, oldest first, and no more than are kept: a file that somebody else made does not fill the log. A line
/// that cannot be read is left out.
#[must_use]
pub fn waiting(folder: &Path) -> Vec<Attempt> {
    let bytes = files::read_small(&path(folder)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().filter_map(read).take(MOST).collect()
}

/// They are logged: none waits any more. What else lies in their place is not theirs, and would keep the next from waiting.
pub fn logged(folder: &Path) {
    fs::remove_file(path(folder)).ok();
}

fn read(line: &str) -> Option<Attempt> {
    let mut parts = line.split(' ');
    let at = Timestamp(parts.next()?.parse().ok()?);
    let user = match parts.next()? {
        "-" => None,
        id => Some(UserId(Uuid::parse_str(id).ok()?)),
    };
    Some(Attempt { at, user, recovery: parts.next()? == "recovery" })
}

fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(at: i64) -> Attempt {
        Attempt { at: Timestamp(at), user: (at % 2 == 0).then_some(UserId(Uuid::nil())), recovery: at % 3 == 0 }
    }

    #[test]
    fn what_was_kept_is_read_back_until_it_is_logged() {
        let folder = tempfile::tempdir().unwrap();
        for at in 1..=4 {
            keep(folder.path(), &attempt(at)).unwrap();
        }
        assert_eq!(waiting(folder.path()), (1..=4).map(attempt).collect::<Vec<_>>());
        logged(folder.path());
        assert!(waiting(folder.path()).is_empty());
    }

    #[test]
    fn a_time_that_cannot_be_is_now() {
        let now = Timestamp(1_795_447_260_000);
        for (at, near) in [(now.0, now.0), (now.0 - 1, now.0 - 1), (now.0 + 1, now.0), (i64::MAX, now.0), (i64::MIN, now.0), (0, now.0)] {
            assert_eq!(attempt(at).near(now), Timestamp(near), "{at}");
        }
    }

    #[test]
    fn a_program_that_tries_for_ever_fills_no_disk() {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..600 {
            keep(folder.path(), &attempt(at)).unwrap();
        }
        assert_eq!(waiting(folder.path()).len(), MOST);
    }

    #[test]
    fn a_file_that_somebody_else_made_is_read_no_further() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(path(folder.path()), "1 - passphrase\n".repeat(4 * MOST)).unwrap();
        assert_eq!(waiting(folder.path()).len(), MOST);
    }

    #[test]
    fn a_torn_line_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &attempt(1)).unwrap();
        fs::write(
            path(folder.path()),
            [fs::read(path(folder.path())).unwrap(), b"17\xff".to_vec(), b"\n2 - passphrase\n".to_vec()].concat(),
        )
        .unwrap();
        assert_eq!(waiting(folder.path()).iter().map(|one| one.at.0).collect::<Vec<_>>(), [1, 2]);
    }
}
