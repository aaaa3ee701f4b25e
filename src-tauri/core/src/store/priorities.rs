//! Answers about priority groups. The latest of a person and group stands.

use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::row;
use super::table::{PRIORITY_ANSWER, Record, Scope, Table};
use crate::domain::priority::PriorityRecord;
use crate::error::Result;
use crate::ids::FamilyId;

impl Record for PriorityRecord {
    const TABLE: &'static Table = &PRIORITY_ANSWER;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("person", row::maybe_id(self.person.map(|person| person.0))),
            ("priority_group", row::code(self.group)),
            ("answer", row::code(self.answer)),
            ("period", row::maybe_code(self.period)),
            ("source", row::text(&self.source)),
            ("by", row::id(self.by.0)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            person: r.get("person")?,
            group: row::get_code(r, "priority_group")?,
            answer: row::get_code(r, "answer")?,
            period: row::get_maybe_code(r, "period")?,
            source: r.get("source")?,
            by: r.get("by")?,
            at: r.get("at")?,
        })
    }
}

/// The answers that stand for a family.
///
/// # Errors
/// When the store fails.
pub fn standing(conn: &Connection, family: FamilyId) -> Result<Vec<PriorityRecord>> {
    let mut statement = conn.prepare_cached("SELECT * FROM priority_answer WHERE family = ? ORDER BY at, rowid")?;
    let rows = statement.query_map([family], PriorityRecord::from_row)?;
    let mut standing: Vec<PriorityRecord> = Vec::new();
    for record in rows {
        let record = record?;
        standing.retain(|other| other.person != record.person || other.group != record.group);
        standing.push(record);
    }
    Ok(standing)
}
