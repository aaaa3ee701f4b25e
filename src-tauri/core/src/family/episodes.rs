//! Episodes of care.

use crate::error::Result;
use crate::family::{Episode, EpisodeId};
use crate::ids::{FamilyId, UserId};
use crate::record::Record;
use crate::store::db::Db;

/// One episode.
pub fn find(conn: &Db, episode: EpisodeId) -> Result<Option<Episode>> {
    conn.one("SELECT * FROM episode WHERE id = ?", [episode], Episode::from_row)
}

/// The open episodes that somebody is allocated to.
pub fn open_of(conn: &Db, user: UserId) -> Result<Vec<Episode>> {
    conn.all(
        "SELECT * FROM episode WHERE closed_on = '' AND (key_worker = ?1 OR therapist = ?1 OR partner_worker = ?1) ORDER BY opened_on, id",
        [user],
        Episode::from_row,
    )
}

/// The open episode of a family, or else its latest.
pub fn latest(conn: &Db, family: FamilyId) -> Result<Option<Episode>> {
    conn.one(
        "SELECT * FROM episode WHERE family = ? ORDER BY closed_on <> '', opened_on DESC, id DESC LIMIT 1",
        [family],
        Episode::from_row,
    )
}
