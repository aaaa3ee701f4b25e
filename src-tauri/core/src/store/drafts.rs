//! Unsigned notes: one row per episode, form and author, overwritten in place,
//! outside the log. They are never checked and never another author's.

use rusqlite::params;

use crate::error::Result;
use crate::ids::{EpisodeId, UserId};
use crate::store::db::Db;
use crate::time::Timestamp;

/// The form of a note; other forms are kept by `forms`.
pub const CONTACT_FORM: &str = "contact";

/// A draft as kept.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The episode it belongs to.
    pub episode: EpisodeId,
    /// What was typed.
    pub body: String,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// Keeps a draft in place of the one before.
pub fn keep(conn: &mut Db, episode: EpisodeId, author: UserId, body: &str, now: Timestamp) -> Result<()> {
    let tx = conn.transaction()?;
    tx.prepare_cached(
        "INSERT INTO draft (about, form, author, body, saved_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (about, form, author) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
    )?
    .execute(params![episode, CONTACT_FORM, author, body, now])?;
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}

/// Throws a draft away.
pub fn discard(conn: &mut Db, episode: EpisodeId, author: UserId) -> Result<()> {
    let tx = conn.transaction()?;
    remove(&tx, episode, author)?;
    Ok(tx.commit()?)
}

/// Removes a draft, inside whatever transaction `conn` is in.
pub fn remove(conn: &Db, episode: EpisodeId, author: UserId) -> Result<()> {
    let gone = conn.prepare_cached("DELETE FROM draft WHERE about = ? AND form = ? AND author = ?")?.execute(params![
        episode,
        CONTACT_FORM,
        author
    ])?;
    if gone > 0 {
        count_local_change(conn)?;
    }
    Ok(())
}

/// The author's draft in an episode.
pub fn of(conn: &Db, episode: EpisodeId, author: UserId) -> Result<Option<Draft>> {
    conn.one(
        "SELECT about, body, saved_at FROM draft WHERE about = ? AND form = ? AND author = ?",
        params![episode, CONTACT_FORM, author],
        from_row,
    )
}

/// The author's drafts, latest first.
pub fn by(conn: &Db, author: UserId) -> Result<Vec<Draft>> {
    conn.all(
        "SELECT about, body, saved_at FROM draft WHERE author = ? AND form = ? ORDER BY saved_at DESC",
        params![author, CONTACT_FORM],
        from_row,
    )
}

/// Counts a change of what is kept outside the log, so that a vault that has
/// lost one is noticed.
pub fn count_local_change(conn: &Db) -> Result<()> {
    conn.prepare_cached("UPDATE vault SET local_rev = local_rev + 1")?.execute([])?;
    Ok(())
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft { episode: row.get("about")?, body: row.get("body")?, saved_at: row.get("saved_at")? })
}
