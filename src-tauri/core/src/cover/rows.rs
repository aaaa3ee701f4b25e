//! Covers as rows of the record.

use crate::cover::Cover;
use crate::error::Result;
use crate::family::EpisodeId;
use crate::ids::UserId;
use crate::record::Record;
use crate::store::db::Db;

/// Every cover that lasts, as arranged.
pub fn lasting(conn: &Db) -> Result<Vec<Cover>> {
    conn.all("SELECT * FROM cover WHERE ended_on = '' ORDER BY at, id", [], Cover::from_row)
}

/// The covers that last for somebody who is away.
pub fn lasting_of(conn: &Db, user: UserId) -> Result<Vec<Cover>> {
    conn.all("SELECT * FROM cover WHERE ended_on = '' AND of = ? ORDER BY at, id", [user], Cover::from_row)
}

/// The cover of an episode by who is its key worker now.
pub fn lasting_in(conn: &Db, episode: EpisodeId, key_worker: Option<UserId>) -> Result<Option<Cover>> {
    conn.one(
        "SELECT * FROM cover WHERE ended_on = '' AND episode = ?1 AND covered_by = ?2 ORDER BY at DESC, id DESC LIMIT 1",
        (episode, key_worker),
        Cover::from_row,
    )
}
