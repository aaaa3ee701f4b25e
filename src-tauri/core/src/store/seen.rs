//! Up to when each reader has marked a family as seen. Outside the log.

use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::drafts::count_local_change;
use crate::domain::seen::{MarkSeen, Seen};
use crate::error::Result;
use crate::ids::{FamilyId, UserId};

/// What `reader` has marked of a family.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Connection, reader: UserId, family: FamilyId) -> Result<Seen> {
    let mut statement = conn.prepare_cached("SELECT until FROM seen WHERE user = ? AND family = ?")?;
    Ok(Seen { reader, until: statement.query_row(params![reader, family], |row| row.get(0)).optional()? })
}

/// Marks a family as seen by `reader`, or takes the mark away.
///
/// # Errors
/// When the store fails.
pub fn mark(conn: &mut Connection, reader: UserId, mark: MarkSeen) -> Result<()> {
    let tx = conn.transaction()?;
    match mark.until {
        Some(until) => tx
            .prepare_cached("INSERT INTO seen VALUES (?1, ?2, ?3) ON CONFLICT (user, family) DO UPDATE SET until = ?3")?
            .execute(params![reader, mark.family, until])?,
        None => tx.prepare_cached("DELETE FROM seen WHERE user = ? AND family = ?")?.execute(params![reader, mark.family])?,
    };
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}

/// How many entries of a family's story have something new to `reader`.
///
/// # Errors
/// When the store fails.
pub fn news(conn: &Connection, reader: UserId, family: FamilyId) -> Result<u32> {
    Ok(conn
        .prepare_cached(include_str!("sql/news.sql"))?
        .query_row(named_params! { ":me": reader, ":family": family }, |row| row.get(0))?)
}
