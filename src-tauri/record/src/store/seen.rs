//! Up to when each reader has marked a family as seen. Outside the log.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, named_params, params};

use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::record::{Arrived, Scope};
use crate::store::db::Db;
use crate::store::drafts::count_local_change;
use crate::store::schema::{Computing, Schema};
use crate::store::{entries, row};

/// Up to where `reader` has marked a family as seen; none if never.
pub fn until(conn: &Db, reader: UserId, family: FamilyId) -> Result<Option<Arrived>> {
    let mut statement = conn.prepare_cached("SELECT until FROM seen WHERE user = ? AND family = ?")?;
    Ok(statement.query_row(params![reader, family], |row| row.get(0)).optional()?)
}

/// Marks a family as seen by `reader`, or takes the mark away.
pub fn mark(conn: &mut Db, schema: &Schema, reader: UserId, family: FamilyId, until: Option<Arrived>) -> Result<()> {
    let tx = conn.transaction()?;
    match until {
        Some(until) => tx
            .prepare_cached("INSERT INTO seen VALUES (?1, ?2, ?3) ON CONFLICT (user, family) DO UPDATE SET until = ?3")?
            .execute(params![reader, family, until])?,
        None => tx.prepare_cached("DELETE FROM seen WHERE user = ? AND family = ?")?.execute(params![reader, family])?,
    };
    (schema.follow_scope)(Computing::on(&tx), Scope::Family(family), &[])?;
    count_local_change(&tx)?;
    tx.commit()?;
    Ok(())
}

/// How many entries of a family's story have something new to `reader`.
pub fn news(conn: &Db, reader: UserId, family: FamilyId) -> Result<u32> {
    Ok(news_of(conn, reader, &[family])?.get(&family).copied().unwrap_or_default())
}

/// The same for several families; one without news is left out.
pub fn news_of(conn: &Db, reader: UserId, families: &[FamilyId]) -> Result<HashMap<FamilyId, u32>> {
    let new = entries::NEW.replace(":family", "unhex(asked.value)");
    let families = row::ids(families.iter().map(|family| family.0));
    conn.all(
        &format!("SELECT unhex(value), (SELECT count(DISTINCT thing) FROM ({new})) AS n FROM json_each(:families) asked WHERE n > 0"),
        named_params! { ":me": reader, ":families": families },
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
