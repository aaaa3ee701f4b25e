//! Episodes of care.

use rusqlite::OptionalExtension;

use super::db::Db;
use crate::domain::family::Episode;
use crate::error::Result;
use crate::ids::{EpisodeId, FamilyId};
use crate::record::Record;

/// One episode.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Db, episode: EpisodeId) -> Result<Option<Episode>> {
    Ok(conn.prepare_cached("SELECT * FROM episode WHERE id = ?")?.query_row([episode], Episode::from_row).optional()?)
}

/// The open episode of a family, or else its latest.
///
/// # Errors
/// When the store fails.
pub fn latest(conn: &Db, family: FamilyId) -> Result<Option<Episode>> {
    Ok(conn
        .prepare_cached("SELECT * FROM episode WHERE family = ? ORDER BY closed_on <> '', opened_on DESC, id DESC LIMIT 1")?
        .query_row([family], Episode::from_row)
        .optional()?)
}
