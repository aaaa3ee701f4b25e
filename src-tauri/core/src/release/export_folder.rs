//! Where summaries are saved on this computer.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::store::db::Db;
use crate::store::settings;
use crate::team::ops::THIS_COMPUTER;

/// The setting of this computer.
pub(crate) const SETTING: &str = "export_folder";

/// The folder that was chosen, or the one of the user's own files.
pub fn of(conn: &Db) -> Result<PathBuf> {
    if let Some(folder) = settings::local(conn, THIS_COMPUTER, SETTING)? {
        return Ok(PathBuf::from(folder));
    }
    Ok(dirs::home_dir().unwrap_or_default().join("Attune summaries"))
}

/// Whether files can be written to a folder. A folder that has gone, such as
/// that of a stick that was taken out, is not made again in its place.
#[must_use]
pub fn usable(folder: &Path) -> bool {
    folder.is_absolute() && std::fs::metadata(folder).is_ok_and(|meta| meta.is_dir() && !meta.permissions().readonly())
}

/// The folder if files can be saved in it; only the one of the user's own files
/// is made if it is not there.
pub fn ready(conn: &Db) -> Result<Option<PathBuf>> {
    let folder = of(conn)?;
    if settings::local(conn, THIS_COMPUTER, SETTING)?.is_none() {
        drop(std::fs::create_dir_all(&folder));
    }
    Ok(usable(&folder).then_some(folder))
}
