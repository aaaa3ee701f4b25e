//! The rows of the record: each is what the log makes of it, in the family it
//! was made in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;
use rusqlite::types::{Value, ValueRef};

use super::streams::{entry, streams};
use super::{Finding, found, texts};
use crate::error::Result;
use crate::record::Table;
use crate::store::db::Db;
use crate::store::{caseload, entries, listed, rebuild, table};

/// Every row belongs to the scope of the stream that created it.
pub(super) fn check_scopes(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    let mut statement = conn.prepare(
        "SELECT sid, min(seq) FROM change JOIN record USING (rid) JOIN operation ON oid = cid >> 12 JOIN stream USING (sid)
         WHERE record.scid <> stream.scid GROUP BY sid",
    )?;
    let moved: BTreeMap<i64, i64> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for stream in streams(conn, false)? {
        if let Some(seq) = moved.get(&stream.sid) {
            found(findings, stream.place(*seq), "a row it wrote was moved to another family");
        }
    }
    Ok(())
}

/// Every row of the record is what the log makes, and no more.
pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    let rebuilt = match rebuild::rebuild(conn) {
        Ok(rebuilt) => rebuilt,
        Err(_) => {
            found(findings, "record", "it cannot be rebuilt from the log");
            return Ok(());
        }
    };
    for table in table::TABLES {
        compare_table(conn, &rebuilt, table, findings)?;
    }
    let tokens = |c: &Db| texts(c, "SELECT token || ' ' || hex(person) FROM name_token ORDER BY 1");
    if tokens(conn)? != tokens(&rebuilt)? {
        found(findings, "search index of names", "it does not match the record");
    }
    if entries::as_text(conn)? != entries::as_text(&rebuilt)? {
        found(findings, "the order of what was recorded", "it does not match the record");
    }
    if caseload::as_text(conn)? != caseload::as_text(&rebuilt)? || !listed::agrees(conn)? {
        found(findings, "what lists show of families", "it does not match the record");
    }
    Ok(())
}

fn compare_table(conn: &Db, rebuilt: &Db, table: &Table, findings: &mut Vec<Finding>) -> Result<()> {
    let (here, wanted) = (rows_of(conn, table)?, rows_of(rebuilt, table)?);
    for id in here.keys().chain(wanted.keys()).collect::<BTreeSet<_>>() {
        let words = match (here.get(id), wanted.get(id)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(a), Some(b)) => {
                let changed: Vec<&str> =
                    table.columns.iter().zip(a.iter().zip(b)).filter(|(_, (x, y))| x != y).map(|(c, _)| c.name).collect();
                format!("a {} was changed outside the log: {}", table.words, changed.join(", "))
            }
            (None, _) => format!("a {} is missing", table.words),
            (Some(_), None) => format!("a {} is here that the log does not know", table.words),
        };
        found(findings, place_of_row(conn, id)?, words);
    }
    Ok(())
}

type RowValues = Vec<Value>;

fn rows_of(conn: &Db, table: &Table) -> Result<BTreeMap<Vec<u8>, RowValues>> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut statement = conn.prepare(&format!("SELECT id, {} FROM {}", columns.join(", "), table.kept))?;
    let rows = statement.query_map([], |row| {
        let id = match row.get_ref(0)? {
            ValueRef::Blob(bytes) => bytes.to_vec(),
            _ => Vec::new(),
        };
        let values = (1..=columns.len()).map(|index| row.get(index)).collect::<rusqlite::Result<_>>()?;
        Ok((id, values))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where the last change of a row stands in the log.
fn place_of_row(conn: &Db, row_id: &[u8]) -> Result<String> {
    let standing = conn
        .query_row(
            "SELECT sid, seq FROM change JOIN record USING (rid) JOIN operation ON oid = cid >> 12 WHERE row_id = ? ORDER BY cid DESC LIMIT 1",
            [row_id],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )
        .optional()?;
    let Some((sid, seq)) = standing else { return Ok("not in the log".to_owned()) };
    let stream = streams(conn, false)?.into_iter().find(|stream| stream.sid == sid);
    Ok(stream.map_or_else(|| entry(sid, seq), |stream| stream.place(seq)))
}
