//! The schema: tables, indexes and triggers are as this version makes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::store::db::Db;
use crate::store::migrate;
use crate::store::schema::Schema;
use crate::store::verify::{Finding, found};

pub(super) fn check(conn: &Db, wanted: &Schema, findings: &mut Vec<Finding>) -> Result<()> {
    let wanted = schema(&migrate::fresh(wanted)?)?;
    let here = schema(conn)?;
    for name in wanted.keys().chain(here.keys()).collect::<BTreeSet<_>>() {
        if wanted.get(name) != here.get(name) {
            found(findings, format!("schema, {name}"), "it differs from what this version makes");
        }
    }
    Ok(())
}

fn schema(conn: &Db) -> Result<BTreeMap<String, String>> {
    let mut statement = conn.prepare("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
