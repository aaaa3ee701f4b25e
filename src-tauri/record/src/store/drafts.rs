//! What is typed and not yet recorded: one row for what it is about, the form
//! and the author, overwritten in place, outside the log. It is never checked,
//! and never another author's.

use rusqlite::params;
use uuid::Uuid;

use crate::error::Result;
use crate::ids::UserId;
use crate::store::db::Db;
use crate::time::Timestamp;

/// Which form, and what it is about: zeros for nothing in particular.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// What it is about.
    pub about: Uuid,
    /// The form.
    pub form: &'a str,
}

/// A draft as kept.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is about.
    pub about: Uuid,
    /// The form.
    pub form: String,
    /// What was typed.
    pub body: String,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// Keeps a draft in place of the one before, under the number of the act that
/// it will become, if it has one.
pub fn keep(conn: &mut Db, author: UserId, of: Of<'_>, body: &str, act: Option<Uuid>, now: Timestamp) -> Result<()> {
    let tx = conn.transaction()?;
    tx.prepare_cached(
        "INSERT INTO draft (about, form, author, body, saved_at, act) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (about, form, author) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at, act = excluded.act",
    )?
    .execute(params![of.about.as_bytes(), of.form, author, body, now, act.map(Uuid::into_bytes)])?;
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}

/// Throws a draft away. Answers whether there was one.
pub fn discard(conn: &mut Db, author: UserId, of: Of<'_>) -> Result<bool> {
    let tx = conn.transaction()?;
    let gone = remove(&tx, author, of)?;
    tx.commit()?;
    Ok(gone)
}

/// The same inside whatever transaction `conn` is in.
pub fn remove(conn: &Db, author: UserId, of: Of<'_>) -> Result<bool> {
    let gone = conn.prepare_cached("DELETE FROM draft WHERE about = ? AND form = ? AND author = ?")?.execute(params![
        of.about.as_bytes(),
        of.form,
        author
    ])?;
    counted(conn, gone)
}

/// Removes the draft that has become the act of this number. Answers whether
/// there was one.
pub(super) fn became(conn: &Db, author: UserId, act: Uuid) -> Result<bool> {
    let gone = conn.prepare_cached("DELETE FROM draft WHERE author = ? AND act = ?")?.execute(params![author, act.as_bytes()])?;
    counted(conn, gone)
}

/// Gives a draft to somebody else, with what it says from then on, inside
/// whatever transaction `conn` is in. Answers whether there was one.
pub fn give(conn: &Db, from: UserId, to: UserId, of: Of<'_>, body: &str) -> Result<bool> {
    let given = conn
        .prepare_cached("UPDATE draft SET author = ?, body = ?, act = NULL WHERE about = ? AND form = ? AND author = ?")?
        .execute(params![to, body, of.about.as_bytes(), of.form, from])?;
    counted(conn, given)
}

/// The author's draft of a form.
pub fn of(conn: &Db, author: UserId, of: Of<'_>) -> Result<Option<Draft>> {
    conn.one("SELECT * FROM draft WHERE about = ? AND form = ? AND author = ?", params![of.about.as_bytes(), of.form, author], from_row)
}

/// The author's drafts, latest first.
pub fn by(conn: &Db, author: UserId) -> Result<Vec<Draft>> {
    conn.all("SELECT * FROM draft WHERE author = ? ORDER BY saved_at DESC, form", [author], from_row)
}

/// Who keeps a draft of this, and since when: nothing of what was typed.
pub fn authors(conn: &Db, of: Of<'_>) -> Result<Vec<(UserId, Timestamp)>> {
    conn.all(
        "SELECT author, saved_at FROM draft WHERE about = ? AND form = ? ORDER BY saved_at",
        params![of.about.as_bytes(), of.form],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Counts a change of what is kept outside the log, so that a vault that has
/// lost one is noticed.
pub fn count_local_change(conn: &Db) -> Result<()> {
    conn.prepare_cached("UPDATE vault SET local_rev = local_rev + 1")?.execute([])?;
    Ok(())
}

fn counted(conn: &Db, gone: usize) -> Result<bool> {
    if gone > 0 {
        count_local_change(conn)?;
    }
    Ok(gone > 0)
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Draft> {
    let about = Uuid::from_bytes(row.get("about")?);
    Ok(Draft { about, form: row.get("form")?, body: row.get("body")?, saved_at: row.get("saved_at")? })
}
