//! The files of a release on their way into a folder: first whole under
//! another name, then under their own. What does not get that far is removed.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Files that are whole on the disk, and not yet under their names.
#[derive(Debug)]
pub struct Parts {
    waiting: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    path: PathBuf,
    name: PathBuf,
}

impl Parts {
    /// Writes files, by name, beside where they will be, and waits until they
    /// are on the disk.
    ///
    /// # Errors
    /// When one of them cannot be written, or something else has its name;
    /// then none is left.
    pub fn write(folder: &Path, files: &[(String, &[u8])]) -> Result<Self> {
        let mut parts = Self { waiting: Vec::new() };
        for (name, bytes) in files {
            let part = Part { path: folder.join(format!("{name}.part")), name: folder.join(name) };
            if fs::symlink_metadata(&part.name).is_ok_and(|found| !found.is_file()) {
                return Err(Error::from(ErrorKind::AlreadyExists));
            }
            match fs::remove_file(&part.path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = File::create_new(&part.path)?;
            parts.waiting.push(part);
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        Ok(parts)
    }

    /// Gives the files their names, over older ones, and answers their paths.
    ///
    /// # Errors
    /// When one of them cannot have its name; those that are left are removed.
    pub fn put(mut self) -> Result<Vec<String>> {
        let mut put = Vec::new();
        while let Some(part) = self.waiting.first() {
            fs::rename(&part.path, &part.name)?;
            put.push(part.name.display().to_string());
            self.waiting.remove(0);
        }
        Ok(put)
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for part in &self.waiting {
            drop(fs::remove_file(&part.path));
        }
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
    fn files_are_whole_before_they_have_their_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.csv"), "older").unwrap();
        fs::write(folder.path().join("a.csv.part"), "left over").unwrap();
        let parts = Parts::write(folder.path(), &two()).unwrap();
        assert_eq!(names(folder.path()), ["a.csv", "a.csv.part", "a.html.part"]);
        assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"older");
        assert_eq!(parts.put().unwrap().len(), 2);
        assert_eq!(names(folder.path()), ["a.csv", "a.html"]);
        assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"numbers");
    }

    #[test]
    fn what_does_not_get_its_name_is_not_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        drop(Parts::write(folder.path(), &two()).unwrap());
        assert!(names(folder.path()).is_empty(), "given up before");

        let parts = Parts::write(folder.path(), &two()).unwrap();
        fs::create_dir_all(folder.path().join("a.html/in the way")).unwrap();
        parts.put().unwrap_err();
        assert_eq!(names(folder.path()), ["a.csv", "a.html"], "the folder in the way stays, no half file does");

        Parts::write(folder.path(), &two()).unwrap_err();
        assert_eq!(names(folder.path()), ["a.csv", "a.html"], "something else has the name");
        fs::remove_dir_all(folder.path().join("a.html")).unwrap();
        fs::create_dir_all(folder.path().join("a.html.part")).unwrap();
        Parts::write(folder.path(), &two()).unwrap_err();
        assert_eq!(names(folder.path()), ["a.csv", "a.html.part"]);
        Parts::write(&folder.path().join("gone"), &two()).unwrap_err();
    }
}
