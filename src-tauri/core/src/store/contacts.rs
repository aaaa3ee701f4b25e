//! Signed contacts, the details added to them, and their retractions.

use rusqlite::{OptionalExtension, named_params, params};

use super::db::Db;
use super::episodes;
use crate::domain::contact::{Addendum, Contact, Retraction};
use crate::error::Result;
use crate::ids::{ContactId, EpisodeId, FamilyId};
use crate::record::Record;
use crate::time::Timestamp;

/// One signed contact.
pub fn find(conn: &Db, contact: ContactId) -> Result<Option<Contact>> {
    conn.one("SELECT * FROM contact WHERE id = ?", [contact], Contact::from_row)
}

/// A family's contacts, latest first: `limit` of them after the first `skip`.
pub fn of(conn: &Db, family: FamilyId, skip: u32, limit: u32) -> Result<Vec<Contact>> {
    let mut statement =
        conn.prepare_cached("SELECT * FROM contact WHERE family = ? ORDER BY held_at DESC, signed_at DESC LIMIT ? OFFSET ?")?;
    let rows = statement.query_map(params![family, limit, skip], Contact::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many contacts a family has.
pub fn count(conn: &Db, family: FamilyId) -> Result<u32> {
    conn.value("SELECT count(*) FROM contact WHERE family = ?", [family])
}

/// The latest contact of an episode that has not been retracted and has a plan.
pub fn latest_with_plan(conn: &Db, episode: EpisodeId) -> Result<Option<Contact>> {
    latest_where(conn, episode, "plan <> ''")
}

/// The latest contact of an episode that has not been retracted.
pub fn latest(conn: &Db, episode: EpisodeId) -> Result<Option<Contact>> {
    latest_where(conn, episode, "1")
}

fn latest_where(conn: &Db, episode: EpisodeId, condition: &str) -> Result<Option<Contact>> {
    let Some(family) = episodes::find(conn, episode)?.map(|episode| episode.family) else { return Ok(None) };
    let sql = format!(
        "{} SELECT * FROM contact WHERE family = :family AND episode = :episode AND {condition}
         AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = contact.id)
         ORDER BY id IN (SELECT contact FROM doubted), held_at DESC, (SELECT position FROM entry WHERE entry.row = contact.id) DESC LIMIT 1",
        include_str!("sql/doubted.sql")
    );
    let asked = named_params! { ":family": family, ":episode": episode };
    conn.one(&sql, asked, Contact::from_row)
}

/// The next visit a family has been promised: of the latest signed contact
/// that named one and has not been retracted, if no contact was held at or
/// after that time.
pub fn next_visit(conn: &Db, episode: EpisodeId) -> Result<Option<Timestamp>> {
    let mut statement = conn.prepare_cached("SELECT next_visit FROM caseload WHERE episode = ?")?;
    Ok(statement.query_row([episode], |r| r.get(0)).optional()?.flatten())
}

/// Details added to a contact, oldest first.
pub fn addenda(conn: &Db, contact: ContactId) -> Result<Vec<Addendum>> {
    conn.all(
        "SELECT * FROM addendum WHERE contact = ?
         ORDER BY (SELECT position FROM entry WHERE entry.row = addendum.id)",
        [contact],
        Addendum::from_row,
    )
}

/// The retraction of a contact.
pub fn retraction(conn: &Db, contact: ContactId) -> Result<Option<Retraction>> {
    conn.one("SELECT * FROM retraction WHERE contact = ?", [contact], Retraction::from_row)
}
