//! The read log: who looked at what, in one chained stream per device. One
//! entry per user, family, kind of view and quarter of an hour.

use rusqlite::params;

use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::store::db::Db;
use crate::store::encode;
use crate::store::log;
use crate::store::log::ScopeKind;
use crate::store::tx::Author;
use crate::time::Timestamp;

/// How long one entry stands for repeated views.
pub const WINDOW_MS: i64 = 15 * 60 * 1000;

/// Whose sign-in name nobody has.
pub const NOBODY: UserId = UserId(uuid::Uuid::nil());

/// One look at the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Look {
    /// The family; none for lists and searches.
    pub family: Option<FamilyId>,
    /// The kind of view: `story`, `caseload`.
    pub view: &'static str,
    /// True when it was refused.
    pub denied: bool,
}

/// Appends `look` unless an equal one of this quarter of an hour stands
/// already. Answers whether it was appended.
///
/// # Errors
/// When the store fails; the view must then be refused.
pub fn write(conn: &mut Db, author: Author, look: &Look, now: Timestamp) -> Result<bool> {
    let tx = conn.writing()?;
    let (actor, family, view) = names(&tx, author, look)?;
    let window = now.0 - now.0.rem_euclid(WINDOW_MS);
    let known: Option<i64> = tx.one(
        "SELECT aid FROM access WHERE family IS ?1 AND actor = ?2 AND view = ?3 AND denied = ?4 AND wall_ms >= ?5 AND wall_ms < ?6 LIMIT 1",
        params![family, actor, view, look.denied, window, window + WINDOW_MS],
        |row| row.get(0),
    )?;
    if known.is_some() {
        return Ok(false);
    }
    append(&tx, author, look, now)?;
    tx.commit()?;
    Ok(true)
}

/// Appends each of `looks`, however alike: what happens once in a while, such as
/// a sign-in, is a line each time. Whose it is may be somebody unknown.
///
/// # Errors
/// When the store fails; then none is appended.
pub fn write_each(conn: &mut Db, author: Author, looks: &[(Option<UserId>, Look, Timestamp)]) -> Result<()> {
    let tx = conn.writing()?;
    for (user, look, at) in looks {
        append(&tx, Author { user: user.unwrap_or(NOBODY), ..author }, look, *at)?;
    }
    Ok(tx.commit()?)
}

fn append(tx: &Db, author: Author, look: &Look, at: Timestamp) -> Result<()> {
    let (actor, family, view) = names(tx, author, look)?;
    let stream = log::stream(tx, author.device, log::read_scope(author.device), ScopeKind::Access)?;
    let seq = stream.seq + 1;
    let hash = encode::access_hash(&stream.hash, seq, at.0, author.user.0, look.family.map(|f| f.0), look.view, look.denied);
    tx.prepare_cached("INSERT INTO access (sid, seq, wall_ms, actor, family, view, denied, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![stream.sid, seq, at.0, actor, family, view, look.denied, hash])?;
    tx.prepare_cached("UPDATE stream SET head_seq = ?, head_hash = ? WHERE sid = ?")?.execute(params![seq, hash, stream.sid])?;
    Ok(())
}

fn names(tx: &Db, author: Author, look: &Look) -> Result<(i64, Option<i64>, i64)> {
    let family = look.family.map(|family| log::identity(tx, family.0)).transpose()?;
    Ok((log::identity(tx, author.user.0)?, family, log::word(tx, look.view)?))
}
