//! Episodes of care.

use crate::error::Result;
use crate::family::{Episode, EpisodeId};
use crate::ids::FamilyId;
use crate::record::Record;
use crate::store::db::Db;

/// One episode.
pub fn find(conn: &Db, episode: EpisodeId) -> Result<Option<Episode>> {
    conn.one("SELECT * FROM episode WHERE id = ?", [episode], Episode::from_row)
}

/// The open episode of a family, or else its latest.
pub fn latest(conn: &Db, family: FamilyId) -> Result<Option<Episode>> {
    conn.one(
        "SELECT * FROM episode WHERE family = ? ORDER BY closed_on <> '', opened_on DESC, id DESC LIMIT 1",
        [family],
        Episode::from_row,
    )
}
