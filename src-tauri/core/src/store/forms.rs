//! Unfinished forms: one row per family or team, form and author, overwritten
//! in place, outside the log. Never another author's.

use rusqlite::params;
use uuid::Uuid;

use crate::codes::Code;
use crate::error::Result;
use crate::form::{FormName, KeepForm, OfForm};
use crate::ids::{FamilyId, UserId};
use crate::store::db::Db;
use crate::store::drafts::{CONTACT_FORM, count_local_change};
use crate::time::Timestamp;

/// An unfinished form.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Which.
    pub of: OfForm,
    /// What was typed.
    pub body: String,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// Keeps a form in place of what was kept of it before.
pub fn keep(conn: &mut Db, author: UserId, kept: &KeepForm, now: Timestamp) -> Result<()> {
    let tx = conn.transaction()?;
    let of = OfForm { family: kept.family, form: kept.form, of: kept.of.clone() };
    tx.prepare_cached(
        "INSERT INTO draft (about, form, author, body, saved_at, act) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (about, form, author) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at, act = excluded.act",
    )?
    .execute(params![about(&of), named(&of), author, kept.body, now, kept.act.as_bytes()])?;
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}

/// Removes a form. Answers whether there was one.
pub fn remove(conn: &mut Db, author: UserId, of: &OfForm) -> Result<bool> {
    let tx = conn.transaction()?;
    let gone = tx.prepare_cached("DELETE FROM draft WHERE about = ? AND form = ? AND author = ?")?.execute(params![
        about(of),
        named(of),
        author
    ])?;
    if gone > 0 {
        count_local_change(&tx)?;
    }
    tx.commit()?;
    Ok(gone > 0)
}

/// Removes the form that has become the act of this number, inside whatever
/// transaction `conn` is in. Answers whether there was one.
pub(super) fn became(conn: &Db, author: UserId, act: Uuid) -> Result<bool> {
    let gone = conn.prepare_cached("DELETE FROM draft WHERE author = ? AND act = ?")?.execute(params![author, act.as_bytes()])?;
    if gone > 0 {
        count_local_change(conn)?;
    }
    Ok(gone > 0)
}

/// What the author has kept of a form.
pub fn of(conn: &Db, author: UserId, of: &OfForm) -> Result<Option<Kept>> {
    conn.one("SELECT body, saved_at FROM draft WHERE about = ? AND form = ? AND author = ?", params![about(of), named(of), author], |row| {
        Ok(Kept { of: of.clone(), body: row.get("body")?, saved_at: row.get("saved_at")? })
    })
}

/// The author's unfinished forms, latest first.
pub fn by(conn: &Db, author: UserId) -> Result<Vec<(OfForm, Timestamp)>> {
    let mut statement =
        conn.prepare_cached("SELECT about, form, saved_at FROM draft WHERE author = ? AND form <> ? ORDER BY saved_at DESC, form")?;
    let mut rows = statement.query(params![author, CONTACT_FORM])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let about: FamilyId = row.get("about")?;
        let named: String = row.get("form")?;
        let (code, of) = named.split_once('/').unwrap_or((&named, ""));
        // What a newer version kept is its own.
        let Some(form) = FormName::from_code(code) else { continue };
        kept.push((OfForm { family: Some(about).filter(|family| !family.0.is_nil()), form, of: of.to_owned() }, row.get("saved_at")?));
    }
    Ok(kept)
}

fn about(of: &OfForm) -> FamilyId {
    of.family.unwrap_or(FamilyId(Uuid::nil()))
}

fn named(of: &OfForm) -> String {
    format!("{}/{}", of.form.code(), of.of)
}
