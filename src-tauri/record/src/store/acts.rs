//! Acts that were done, each with its answer: the memory by which a request
//! that comes twice is one act. Outside the log, and kept for some days.

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::error::Result;
use crate::ids::{ActId, UserId};
use crate::store::db::Db;
use crate::time::Timestamp;

/// So many acts are remembered.
const KEPT: i64 = 20_000;

/// One act that was done.
#[derive(Debug, Clone)]
pub struct Done {
    /// Its number.
    pub act: ActId,
    /// Who did it.
    pub user: UserId,
    /// The command.
    pub command: String,
    /// What was asked, as a hash.
    pub request: [u8; 32],
    /// What was answered; none where it is shown once only.
    pub answer: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The act of that number.
pub fn find(conn: &Db, act: ActId) -> Result<Option<Done>> {
    conn.one("SELECT * FROM act WHERE act = ?", [act], from_row)
}

/// What `user` did last.
pub fn latest_of(conn: &Db, user: UserId) -> Result<Option<Done>> {
    let mut statement = conn.prepare_cached("SELECT * FROM act WHERE user = ? ORDER BY n DESC LIMIT 1")?;
    Ok(statement.query_row([user], from_row).optional()?)
}

/// Forgets all but the newest acts: at each sign-in, not with each act. They are
/// counted, since a clock that was ahead once would forget those of today.
pub fn forget_old(conn: &Db) -> Result<()> {
    conn.execute("DELETE FROM act WHERE n <= (SELECT max(n) FROM act) - ?", [KEPT])?;
    Ok(())
}

/// Remembers an act, inside whatever transaction `conn` is in.
pub(super) fn remember(conn: &Db, done: &Done) -> Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO act (act, user, command, request, answer, at) VALUES (?, ?, ?, ?, ?, ?)")?
        .execute(params![done.act, done.user, done.command, done.request, done.answer, done.at])?;
    Ok(())
}

/// Keeps the answer of an act that was remembered without one.
pub fn answered(conn: &Db, act: ActId, answer: &str) -> Result<()> {
    conn.prepare_cached("UPDATE act SET answer = ? WHERE act = ? AND answer IS NULL")?.execute(params![answer, act])?;
    Ok(())
}

/// Forgets the act that last changed a row: it turned out not to have been
/// done, and asked again it is to be done.
pub fn forget_last_of(conn: &Db, row: Uuid) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM act WHERE act = (SELECT act FROM operation WHERE oid = (SELECT max(cid) >> 12 FROM change JOIN record USING (rid) WHERE row_id = ?))",
    )?
    .execute([row.as_bytes()])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Done> {
    Ok(Done {
        act: row.get("act")?,
        user: row.get("user")?,
        command: row.get("command")?,
        request: row.get("request")?,
        answer: row.get("answer")?,
        at: row.get("at")?,
    })
}
