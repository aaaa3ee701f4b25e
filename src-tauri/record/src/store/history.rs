//! Reading the log back: what was done in a scope, and who looked.

use rusqlite::params;
use rusqlite::types::Value;
use uuid::Uuid;

use crate::error::Result;
use crate::ids::UserId;
use crate::record::{Column, Table};
use crate::store::db::Db;
use crate::store::encode::Write;
use crate::store::schema::Schema;
use crate::store::verify;
use crate::store::words::Words;
use crate::time::Timestamp;

/// One operation or look, as it stands in the log.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: UserId,
    /// Where: stream and number.
    pub sid: i64,
    /// Number in the stream.
    pub seq: i64,
    /// What.
    pub what: What,
}

/// What a line tells.
#[derive(Debug, Clone)]
pub enum What {
    /// An operation.
    Wrote {
        /// Its number.
        oid: i64,
        /// Its code.
        op: String,
        /// Why, if a reason was given.
        reason: Option<String>,
    },
    /// A look.
    Looked {
        /// The kind of view.
        view: String,
        /// The family, if of one.
        family: Option<Uuid>,
        /// True when it was refused.
        denied: bool,
    },
}

/// One field of one row, before and after.
#[derive(Debug, Clone)]
pub struct FieldChange {
    /// The table.
    pub table: &'static Table,
    /// The row.
    pub row_id: Uuid,
    /// The column.
    pub column: &'static Column,
    /// The value before; none when the row was created.
    pub before: Option<Value>,
    /// The value written.
    pub after: Value,
}

/// What an operation wrote.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// What this version knows of it.
    pub fields: Vec<FieldChange>,
    /// True if there was more: a table or a column of a newer version.
    pub newer: bool,
}

/// Whether a field of a row has been changed since the row was created.
pub fn was_amended(conn: &Db, row: Uuid, column: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM record JOIN change USING (rid) JOIN word ON wid = col WHERE row_id = ? AND word = ?)";
    conn.value(sql, params![row.as_bytes(), column])
}

/// What was done and seen in a scope, newest first: in the order in which it was
/// logged, whatever the clock said meanwhile. `scope` is a family or the team;
/// the team's lines include lists, searches and all that was refused.
pub fn lines(conn: &Db, scope: Uuid, team: bool, skip: u32, limit: u32) -> Result<(Vec<LogLine>, u32)> {
    let mut statement = conn.prepare_cached(include_str!("sql/history.sql"))?;
    let mut total: u32 = 0;
    let rows = statement.query_map(params![scope.as_bytes(), team, limit, skip], |row| {
        total = row.get("total")?;
        let what = match row.get::<_, Option<i64>>("oid")? {
            Some(oid) => What::Wrote { oid, op: row.get("word")?, reason: row.get("reason")? },
            None => What::Looked {
                view: row.get("word")?,
                family: row.get::<_, Option<[u8; 16]>>("family")?.map(Uuid::from_bytes),
                denied: row.get("denied")?,
            },
        };
        Ok(LogLine { at: row.get("wall_ms")?, actor: row.get("actor")?, sid: row.get("sid")?, seq: row.get("seq")?, what })
    })?;
    let lines: Vec<LogLine> = rows.collect::<rusqlite::Result<_>>()?;
    // Beyond the last line nothing is counted, and nothing is left.
    let left = total.saturating_sub(skip).saturating_sub(u32::try_from(lines.len()).unwrap_or(u32::MAX));
    Ok((lines, left))
}

/// The fields an operation wrote, with what stood there before.
pub fn fields(conn: &Db, schema: &Schema, oid: i64) -> Result<Written> {
    let mut written = Written::default();
    for change in verify::changes_of(conn, &Words::read(conn)?, oid)? {
        let Some(table) = schema.table(&change.table) else {
            written.newer = true;
            continue;
        };
        let (values, amends) = match change.write {
            Write::Create(values) => (values, false),
            Write::Amend { column, value, .. } => (vec![(column, value)], true),
        };
        for (name, after) in values {
            let Some(column) = table.column(&name) else {
                written.newer = true;
                continue;
            };
            let before = if amends { Some(value_before(conn, change.row_id, column.name, oid)?) } else { None };
            written.fields.push(FieldChange { table, row_id: change.row_id, column, before, after });
        }
    }
    Ok(written)
}

/// What a cell held before an operation.
fn value_before(conn: &Db, row_id: Uuid, column: &str, oid: i64) -> Result<Value> {
    let found: Option<(i64, Value)> = conn.one(
        "SELECT change.col, change.val FROM change JOIN record USING (rid) LEFT JOIN word ON word.wid = change.col
             WHERE row_id = ?1 AND cid < ?2 << 12 AND (col = 0 OR word.word = ?3) ORDER BY cid DESC LIMIT 1",
        params![row_id.as_bytes(), oid, column],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(match found {
        Some((0, Value::Blob(packed))) => {
            Words::read(conn)?.fields(&packed)?.into_iter().find(|(name, _)| *name == column).map_or(Value::Null, |(_, value)| value)
        }
        Some((_, value)) => value,
        None => Value::Null,
    })
}

#[cfg(test)]
mod tests {
    use crate::store::testing::plan;
    use crate::store::toy::TOY;

    #[test]
    fn a_history_reads_the_lines_of_its_scope_and_goes_through_neither_log() {
        let plan = plan(&TOY, include_str!("sql/history.sql")).unwrap();
        assert!(plan.iter().any(|step| step.starts_with("SEARCH o USING INDEX")), "{plan:#?}");
        let through: Vec<&String> = plan.iter().filter(|step| ["SCAN o", "SCAN a", "SCAN operation"].contains(&step.as_str())).collect();
        assert!(through.is_empty(), "{plan:#?}");
        // Refusals have no index: for the team's history alone the read log is gone through for them, once.
        assert_eq!(plan.iter().filter(|step| step.starts_with("SCAN access")).count(), 1, "{plan:#?}");
    }
}
