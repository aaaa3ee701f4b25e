//! Up to when each reader has marked a family as seen. Outside the log.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Rows, named_params, params};

use super::drafts::count_local_change;
use super::{listed, row};
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
    listed::follow(&tx, mark.family)?;
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}

/// How many entries of a family's story have something new to `reader`.
///
/// # Errors
/// When the store fails.
pub fn news(conn: &Connection, reader: UserId, family: FamilyId) -> Result<u32> {
    let sql = with_families("SELECT :family, coalesce((SELECT until FROM seen WHERE user = :me AND family = :family), -1)");
    let mut statement = conn.prepare_cached(&sql)?;
    let news = counted(statement.query(named_params! { ":me": reader, ":family": family })?)?;
    Ok(news.get(&family).copied().unwrap_or_default())
}

/// The same for several families; one without news is left out.
///
/// # Errors
/// When the store fails.
pub fn news_of(conn: &Connection, reader: UserId, families: &[FamilyId]) -> Result<HashMap<FamilyId, u32>> {
    let sql = with_families(
        "SELECT unhex(f.value), coalesce(s.until, -1) FROM json_each(:families) f
         LEFT JOIN seen s ON s.user = :me AND s.family = unhex(f.value)",
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let families = row::ids(families.iter().map(|family| family.0));
    counted(statement.query(named_params! { ":me": reader, ":families": families })?)
}

fn with_families(families: &str) -> String {
    format!("WITH families (family, until) AS MATERIALIZED ({families}) {}", include_str!("sql/news.sql"))
}

fn counted(mut rows: Rows<'_>) -> Result<HashMap<FamilyId, u32>> {
    let mut entries: HashMap<FamilyId, HashSet<[u8; 16]>> = HashMap::new();
    while let Some(row) = rows.next()? {
        entries.entry(row.get("family")?).or_default().insert(row.get("entry")?);
    }
    Ok(entries.into_iter().map(|(family, entries)| (family, u32::try_from(entries.len()).unwrap_or(u32::MAX))).collect())
}
