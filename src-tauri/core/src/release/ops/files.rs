//! The files of a release on their way into a folder: room for them is taken under other names, with nothing in it; what was sealed
//! is written there, and only when it is whole it has its name. What does not get that far is removed. Nothing is ever written over.

use std::fs::{self, File, TryLockError};
use std::io::{Error, ErrorKind, Result, Seek as _, Write};
use std::path::{Path, PathBuf};

/// How the name of every file of a release begins.
pub const NAMED: &str = "attune-summary-";
/// How the name of a file ends until it is whole.
const PART: &str = ".part";

/// Files that have room on the disk, and not yet their names.
#[derive(Debug)]
pub struct Parts {
    waiting: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    path: PathBuf,
    name: PathBuf,
    bytes: Vec<u8>,
    /// Locked as long as it is being written: another program does not take it for one that was left.
    file: File,
}

impl Parts {
    /// Takes room for files, by name, beside where they will be, and waits until it is on the disk. It holds none of their bytes.
    ///
    /// # Errors
    /// When there is none, or something else has a name; of a file with other bytes, [`ErrorKind::AlreadyExists`]; of one that another
    /// program is writing, [`ErrorKind::ResourceBusy`]. Then none is left.
    pub fn reserve(folder: &Path, files: &[(String, &[u8])]) -> Result<Self> {
        sweep(folder);
        let mut parts = Self { waiting: Vec::new() };
        for (name, bytes) in files {
            let (path, name) = (folder.join(format!("{name}{PART}")), folder.join(name));
            is_there(&name, bytes)?;
            take_away(&path);
            if fs::symlink_metadata(&path).is_ok() {
                return Err(Error::from(ErrorKind::ResourceBusy));
            }
            let file = File::create_new(&path)?;
            // A shared drive may know no locks.
            drop(file.try_lock());
            let mut part = Part { path, name, bytes: bytes.to_vec(), file };
            let room = part.write(&vec![0; bytes.len()]);
            parts.waiting.push(part);
            room?;
        }
        Ok(parts)
    }

    /// Writes the files, gives them their names once all are whole, and answers their paths. One that is there already stays.
    ///
    /// # Errors
    /// When one of them cannot have its name, as in [`Self::reserve`]; those that are left are removed.
    pub fn put(mut self) -> Result<Vec<String>> {
        for part in &mut self.waiting {
            let bytes = std::mem::take(&mut part.bytes);
            part.write(&bytes)?;
            part.bytes = bytes;
        }
        let mut put = Vec::new();
        while let Some(part) = self.waiting.first() {
            if is_there(&part.name, &part.bytes)? {
                fs::remove_file(&part.path)?;
            } else {
                fs::rename(&part.path, &part.name)?;
            }
            put.push(part.name.display().to_string());
            self.waiting.remove(0);
        }
        Ok(put)
    }
}

impl Part {
    /// Writes from the beginning, and waits until it is on the disk.
    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.rewind()?;
        self.file.write_all(bytes)?;
        self.file.sync_all()
    }
}

/// Whether the very same file has the name already; refused if something else has.
fn is_there(name: &Path, bytes: &[u8]) -> Result<bool> {
    match fs::symlink_metadata(name) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(found) if !found.is_file() => Err(Error::from(ErrorKind::InvalidInput)),
        Ok(_) if fs::read(name)? == bytes => Ok(true),
        Ok(_) => Err(Error::from(ErrorKind::AlreadyExists)),
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for part in &self.waiting {
            drop(fs::remove_file(&part.path));
        }
    }
}

/// Removes what a program that was stopped has left of files of releases, and nothing that another is writing. What of it was
/// sealed is in the register, and can be saved again.
fn sweep(folder: &Path) {
    let Ok(inside) = fs::read_dir(folder) else { return };
    for file in inside.flatten() {
        let name = file.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(NAMED) && name.ends_with(PART)) {
            take_away(&file.path());
        }
    }
}

/// Removes one of them. One that cannot be removed now is there at the next time.
fn take_away(part: &Path) {
    if !fs::symlink_metadata(part).is_ok_and(|found| found.is_file()) {
        return;
    }
    let held = File::open(part).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
    if !held {
        drop(fs::remove_file(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn two() -> [(String, &'static [u8]); 2] {
        [("a.csv".to_owned(), b"numbers".as_slice()), ("a.html".to_owned(), b"page".as_slice())]
    }

    #[test]
    fn files_are_whole_before_they_have_their_names_and_empty_before_they_are_put() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.csv.part"), "left over").unwrap();
        let parts = Parts::reserve(folder.path(), &two()).unwrap();
        assert_eq!(names(folder.path()), ["a.csv.part", "a.html.part"]);
        assert_eq!(fs::read(folder.path().join("a.csv.part")).unwrap(), [0; 7], "room, and no number");
        assert_eq!(parts.put().unwrap().len(), 2);
        assert_eq!(names(folder.path()), ["a.csv", "a.html"]);
        assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"numbers");
        assert_eq!(Parts::reserve(folder.path(), &two()).unwrap().put().unwrap().len(), 2, "the same once more");
        assert_eq!(names(folder.path()), ["a.csv", "a.html"]);
    }

    #[test]
    fn a_file_with_other_bytes_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("a.html");
        fs::write(&other, "of another release").unwrap();
        assert_eq!(Parts::reserve(folder.path(), &two()).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["a.html"]);
        fs::remove_file(&other).unwrap();
        let parts = Parts::reserve(folder.path(), &two()).unwrap();
        fs::write(&other, "came meanwhile").unwrap();
        assert_eq!(parts.put().unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&other).unwrap(), b"came meanwhile");
        assert_eq!(names(folder.path()), ["a.csv", "a.html"]);
    }

    #[test]
    fn what_a_stopped_program_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["attune-summary-2026-Q3.csv.part", "attune-summary-2026-Q3.csv", "thesis.part"] {
            fs::write(folder.path().join(name), "1").unwrap();
        }
        sweep(folder.path());
        assert_eq!(names(folder.path()), ["attune-summary-2026-Q3.csv", "thesis.part"]);
        sweep(&folder.path().join("gone"));
    }

    #[test]
    fn what_another_program_is_saving_in_the_same_folder_is_not_swept() {
        let folder = tempfile::tempdir().unwrap();
        let of = |period: &str| vec![(format!("{NAMED}{period}.csv"), b"numbers".as_slice())];
        let other = Parts::reserve(folder.path(), &of("2026-Q2")).unwrap();
        assert_eq!(Parts::reserve(folder.path(), &of("2026-Q3")).unwrap().put().unwrap().len(), 1);
        assert_eq!(Parts::reserve(folder.path(), &of("2026-Q2")).unwrap_err().kind(), ErrorKind::ResourceBusy);
        assert_eq!(other.put().unwrap().len(), 1, "it was left alone");
        assert_eq!(names(folder.path()), ["attune-summary-2026-Q2.csv", "attune-summary-2026-Q3.csv"]);
    }

    #[test]
    fn what_does_not_get_its_name_is_not_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        drop(Parts::reserve(folder.path(), &two()).unwrap());
        assert!(names(folder.path()).is_empty(), "given up before");

        let parts = Parts::reserve(folder.path(), &two()).unwrap();
        fs::create_dir_all(folder.path().join("a.html/in the way")).unwrap();
        parts.put().unwrap_err();
        assert_eq!(names(folder.path()), ["a.csv", "a.html"], "the folder in the way stays, no half file does");

        Parts::reserve(folder.path(), &two()).unwrap_err();
        assert_eq!(names(folder.path()), ["a.csv", "a.html"], "something else has the name");
        fs::remove_dir_all(folder.path().join("a.html")).unwrap();
        fs::create_dir_all(folder.path().join("a.html.part")).unwrap();
        Parts::reserve(folder.path(), &two()).unwrap_err();
        assert_eq!(names(folder.path()), ["a.csv", "a.html.part"]);
        Parts::reserve(&folder.path().join("gone"), &two()).unwrap_err();
    }
}
