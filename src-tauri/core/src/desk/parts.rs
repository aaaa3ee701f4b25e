//! The folders that backups are written to: their names, and what a backup that
//! was cut short left of itself.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::store::open;
use crate::time::Timestamp;
use crate::vault::keys::{KEY_FILE, MIRROR_FILE};
use crate::vault::{files, lock};

const BEGIN: &str = "attune-backup-";
const PART: &str = ".part";

/// Locked while a backup is being written into the folder it stands in.
const WRITING: &str = "being-written";

/// A backup is being written: another program does not take it for a stale one.
pub struct Writing(File);

impl Writing {
    /// Marks `part` as being written to.
    pub fn begin(part: &Path) -> Result<Self> {
        let file = files::private().write(true).create_new(true).open(part.join(WRITING)).map_err(|error| files::disk_error(&error))?;
        // A shared drive may know no locks; the mark is there all the same.
        drop(lock::take_file(&file));
        Ok(Self(file))
    }

    /// Takes the mark away.
    pub fn end(self, part: &Path) -> Result<()> {
        drop(self.0);
        fs::remove_file(part.join(WRITING)).map_err(|error| files::disk_error(&error))
    }
}

/// Names in `target` that nothing has yet: of the backup being written, and of
/// the whole one. An hour comes twice when the clocks go back.
pub fn free_names(target: &Path, now: Timestamp) -> (PathBuf, PathBuf) {
    let name = format!("{BEGIN}{}", now.local().format("%Y-%m-%d-%H%M%S"));
    let mut whole = target.join(&name);
    let mut number = 1;
    while whole.exists() || part_of(&whole).exists() {
        number += 1;
        whole = target.join(format!("{name}-{number}"));
    }
    (part_of(&whole), whole)
}

/// The names of whole backups in a folder, the newest by name first.
pub fn whole_names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_ours(name)).collect();
    names.sort_unstable();
    names.reverse();
    names
}

/// Takes away what backups that were cut short left in `target`: folders of our
/// own naming, with our own files in them, that nobody is writing to. What
/// cannot be taken away stays and does no harm: it is never restored.
pub fn take_away_stale(target: &Path) {
    let Ok(entries) = fs::read_dir(target) else { return };
    for entry in entries.filter_map(std::result::Result::ok) {
        let ours = entry.file_name().to_str().and_then(|name| name.strip_suffix(PART)).is_some_and(is_ours);
        // A link to a folder is no folder here.
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            take_away(&entry.path());
        }
    }
}

fn take_away(part: &Path) {
    let writing = part.join(WRITING);
    let _held = match files::open_plain(File::options().read(true).write(true), &writing) {
        Ok(file) if lock::take_file(&file).is_err() => return,
        opened => opened.ok(),
    };
    let own = open::FILES.into_iter().chain([KEY_FILE, MIRROR_FILE]);
    for name in own {
        drop(fs::remove_file(part.join(name)));
        drop(fs::remove_file(part.join(format!("{name}.new"))));
    }
    drop(fs::remove_file(writing));
    // Refused when anything else is in it.
    drop(fs::remove_dir(part));
}

fn part_of(whole: &Path) -> PathBuf {
    let mut name = whole.as_os_str().to_owned();
    name.push(PART);
    PathBuf::from(name)
}

/// `attune-backup-2026-11-23-164000`, or with a number behind it.
fn is_ours(name: &str) -> bool {
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(rest) = name.strip_prefix(BEGIN) else { return false };
    match rest.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day, time, number @ ..] => {
            digits(year, 4)
                && digits(month, 2)
                && digits(day, 2)
                && digits(time, 6)
                && number.len() <= 1
                && number.iter().all(|n| digits(n, n.len()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_names_are_known() {
        for (name, ours) in [
            ("attune-backup-2026-11-23-164000", true),
            ("attune-backup-2026-11-23-164000-2", true),
            ("attune-backup-2026-11-23-164000.part", false),
            ("attune-backup-2026-11-23-164000-2-3", false),
            ("attune-backup-2026-11-23", false),
            ("attune-backup-of the summer", false),
            ("holiday photographs", false),
        ] {
            assert_eq!(is_ours(name), ours, "{name}");
        }
    }

    #[test]
    fn an_hour_that_comes_twice_has_two_names() {
        let folder = tempfile::tempdir().expect("folder");
        let now = Timestamp(1_795_447_260_000);
        let (part, whole) = free_names(folder.path(), now);
        fs::create_dir(&whole).expect("the first");
        let (other_part, other) = free_names(folder.path(), now);
        assert!(other != whole && other_part != part, "{}", other.display());
        assert!(other > whole, "and the later one comes later by name");
    }
}
