//! Episodes of care.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{EPISODE, Record, Scope, Table};
use crate::domain::family::Episode;
use crate::error::Result;
use crate::ids::{EpisodeId, FamilyId};

impl Record for Episode {
    const TABLE: &'static Table = &EPISODE;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("opened_on", row::maybe_date(Some(self.opened_on))),
            ("closed_on", row::maybe_date(self.closed_on)),
            ("key_worker", row::maybe_id(self.key_worker.map(|user| user.0))),
            ("therapist", row::maybe_id(self.therapist.map(|user| user.0))),
            ("partner_worker", row::maybe_id(self.partner_worker.map(|user| user.0))),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            opened_on: row::get_date(r, "opened_on")?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
            closed_on: row::get_date(r, "closed_on")?,
            key_worker: r.get("key_worker")?,
            therapist: r.get("therapist")?,
            partner_worker: r.get("partner_worker")?,
        })
    }
}

/// One episode.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, episode: EpisodeId) -> Result<Option<Episode>> {
    Ok(conn.prepare_cached("SELECT * FROM episode WHERE id = ?")?.query_row([episode], Episode::from_row).optional()?)
}

/// The open episode of a family, or else its latest.
///
/// # Errors
/// When the store fails.
pub fn latest(conn: &Connection, family: FamilyId) -> Result<Option<Episode>> {
    Ok(conn
        .prepare_cached("SELECT * FROM episode WHERE family = ? ORDER BY closed_on <> '', opened_on DESC, id DESC LIMIT 1")?
        .query_row([family], Episode::from_row)
        .optional()?)
}
