//! Signed contacts and the details added to them.

use rusqlite::{OptionalExtension, named_params};

use super::db::Db;
use super::{episodes, in_error};
use crate::domain::contact::{Addendum, Contact};
use crate::error::Result;
use crate::ids::{ContactId, EpisodeId};
use crate::record::Record;
use crate::time::Timestamp;

/// One signed contact, also one that was entered in error.
pub fn find(conn: &Db, contact: ContactId) -> Result<Option<Contact>> {
    in_error::kept(conn, contact.0)
}

/// The latest contact of an episode that stands and has a plan.
pub fn latest_with_plan(conn: &Db, episode: EpisodeId) -> Result<Option<Contact>> {
    latest_where(conn, episode, "plan <> ''")
}

/// The latest contact of an episode that stands.
pub fn latest(conn: &Db, episode: EpisodeId) -> Result<Option<Contact>> {
    latest_where(conn, episode, "1")
}

fn latest_where(conn: &Db, episode: EpisodeId, condition: &str) -> Result<Option<Contact>> {
    let Some(family) = episodes::find(conn, episode)?.map(|episode| episode.family) else { return Ok(None) };
    let sql = format!(
        "{} SELECT * FROM contact WHERE family = :family AND episode = :episode AND {condition}
         ORDER BY id IN (SELECT contact FROM doubted), held_at DESC, (SELECT position FROM entry WHERE entry.row = contact.id) DESC LIMIT 1",
        include_str!("sql/doubted.sql")
    );
    let asked = named_params! { ":family": family, ":episode": episode };
    conn.one(&sql, asked, Contact::from_row)
}

/// The next visit a family has been promised: of the latest signed contact
/// that named one and stands, if no contact was held at or
/// after that time.
pub fn next_visit(conn: &Db, episode: EpisodeId) -> Result<Option<Timestamp>> {
    let mut statement = conn.prepare_cached("SELECT next_visit FROM caseload WHERE episode = ?")?;
    Ok(statement.query_row([episode], |r| r.get(0)).optional()?.flatten())
}

/// Details added to a contact, oldest first, also those that were entered in
/// error.
pub fn addenda(conn: &Db, contact: ContactId) -> Result<Vec<Addendum>> {
    conn.all(
        "SELECT * FROM addendum_row addendum WHERE contact = ?
         ORDER BY (SELECT position FROM entry WHERE entry.row = addendum.id)",
        [contact],
        Addendum::from_row,
    )
}
