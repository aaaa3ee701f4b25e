//! The rows of the record: each is what the log makes of it, in the family it
//! was made in.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row};

use crate::error::Result;
use crate::record::Table;
use crate::store::db::Db;
use crate::store::rebuild;
use crate::store::schema::Schema;
use crate::store::verify::streams::{entry, streams};
use crate::store::verify::{Finding, found};

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
pub(super) fn check(conn: &Db, schema: &Schema, findings: &mut Vec<Finding>) -> Result<()> {
    let rebuilt = match rebuild::rebuild(conn, schema) {
        Ok(rebuilt) => rebuilt,
        Err(_) => {
            found(findings, "record", "it cannot be rebuilt from the log");
            return Ok(());
        }
    };
    for table in schema.tables {
        compare_table(conn, &rebuilt, table, findings)?;
    }
    if !same(conn, &rebuilt, "SELECT * FROM entry ORDER BY family, arrived")? {
        found(findings, "the order of what was recorded", "it does not match the record");
    }
    let mut apart = Vec::new();
    for (what, sql) in schema.computed {
        if !same(conn, &rebuilt, sql)? {
            apart.push(*what);
        }
    }
    let (what, agrees) = schema.agrees;
    if !apart.contains(&what) && !agrees(conn)? {
        apart.push(what);
    }
    for what in apart {
        found(findings, what, "it does not match the record");
    }
    Ok(())
}

/// Goes through a table and what the log makes of it side by side, by id.
fn compare_table(conn: &Db, rebuilt: &Db, table: &Table, findings: &mut Vec<Finding>) -> Result<()> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let sql = format!("SELECT id, {} FROM {} ORDER BY id", columns.join(", "), table.kept);
    let (mut here, mut wanted) = (conn.prepare(&sql)?, rebuilt.prepare(&sql)?);
    let (mut here, mut wanted) = (here.query([])?, wanted.query([])?);
    let (mut a, mut b) = (here.next()?, wanted.next()?);
    loop {
        let order = match (a, b) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => id(a)?.cmp(id(b)?),
        };
        if let (Ordering::Equal, Some(a), Some(b)) = (order, a, b) {
            let mut changed = Vec::new();
            for (at, column) in (1..).zip(&columns) {
                if a.get_ref(at)? != b.get_ref(at)? {
                    changed.push(*column);
                }
            }
            if !changed.is_empty() {
                let words = format!("a {} was changed outside the log: {}", table.words, changed.join(", "));
                found(findings, place_of_row(conn, id(a)?)?, words);
            }
        } else if let (Ordering::Less, Some(a)) = (order, a) {
            found(findings, place_of_row(conn, id(a)?)?, format!("a {} is here that the log does not know", table.words));
        } else if let Some(b) = b {
            found(findings, place_of_row(conn, id(b)?)?, format!("a {} is missing", table.words));
        }
        if order != Ordering::Greater {
            a = here.next()?;
        }
        if order != Ordering::Less {
            b = wanted.next()?;
        }
    }
}

/// The id of a row; nothing if it is none.
fn id<'a>(row: &'a Row<'_>) -> Result<&'a [u8]> {
    Ok(match row.get_ref(0)? {
        ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}

/// Whether a question has the same answer of both.
fn same(conn: &Db, rebuilt: &Db, sql: &str) -> Result<bool> {
    let (mut here, mut wanted) = (conn.prepare(sql)?, rebuilt.prepare(sql)?);
    let columns = here.column_count();
    if columns != wanted.column_count() {
        return Ok(false);
    }
    let (mut here, mut wanted) = (here.query([])?, wanted.query([])?);
    loop {
        let (a, b) = match (here.next()?, wanted.next()?) {
            (Some(a), Some(b)) => (a, b),
            (a, b) => return Ok(a.is_none() && b.is_none()),
        };
        for at in 0..columns {
            if a.get_ref(at)? != b.get_ref(at)? {
                return Ok(false);
            }
        }
    }
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
