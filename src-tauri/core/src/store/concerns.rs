//! Concerns and their answers.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use uuid::Uuid;

use super::row;
use super::table::{CONCERN, CONCERN_ANSWER, Record, Scope, Table};
use crate::domain::concern::{Concern, ConcernAnswer};
use crate::error::Result;
use crate::ids::{ConcernId, ContactId, UserId};

impl Record for Concern {
    const TABLE: &'static Table = &CONCERN;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("contact", row::id(self.contact.0)),
            ("what", row::text(&self.what)),
            ("told_whom", row::text(&self.told_whom)),
            ("told_at", Value::Integer(self.told_at.0)),
            ("action", row::text(&self.action)),
            ("police_informed", row::truth(self.police_informed)),
            ("police_why_not", row::text(&self.police_why_not)),
            ("raised_by", row::id(self.raised_by.0)),
            ("raised_at", Value::Integer(self.raised_at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            contact: r.get("contact")?,
            what: r.get("what")?,
            told_whom: r.get("told_whom")?,
            told_at: r.get("told_at")?,
            action: r.get("action")?,
            police_informed: row::get_truth(r, "police_informed")?,
            police_why_not: r.get("police_why_not")?,
            raised_by: r.get("raised_by")?,
            raised_at: r.get("raised_at")?,
        })
    }
}

impl Record for ConcernAnswer {
    const TABLE: &'static Table = &CONCERN_ANSWER;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("concern", row::id(self.concern.0)),
            ("by", row::id(self.by.0)),
            ("at", Value::Integer(self.at.0)),
            ("answer", row::text(&self.answer)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            concern: r.get("concern")?,
            by: r.get("by")?,
            at: r.get("at")?,
            answer: r.get("answer")?,
        })
    }
}

/// One concern.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, concern: ConcernId) -> Result<Option<Concern>> {
    Ok(conn.prepare_cached("SELECT * FROM concern WHERE id = ?")?.query_row([concern], Concern::from_row).optional()?)
}

/// The concern a note raised.
///
/// # Errors
/// When the store fails.
pub fn of_contact(conn: &Connection, contact: ContactId) -> Result<Option<Concern>> {
    Ok(conn
        .prepare_cached("SELECT * FROM concern WHERE contact = ?1 AND family = (SELECT family FROM contact WHERE id = ?1)")?
        .query_row([contact], Concern::from_row)
        .optional()?)
}

/// Concerns that no second person has answered, oldest first: `limit` of them
/// after the first `skip`, and how many more there are. Only of the families
/// that `reader` is allocated to; of all if none is named.
///
/// # Errors
/// When the store fails.
pub fn waiting(conn: &Connection, reader: Option<UserId>, skip: u32, limit: u32) -> Result<(Vec<Concern>, u32)> {
    let mut values = Vec::new();
    let mut own = String::new();
    if let Some(reader) = reader {
        own = format!("AND family IN ({})", include_str!("sql/allocated.sql"));
        values.extend(vec![row::id(reader.0); 3]);
    }
    let from = format!("FROM concern WHERE NOT EXISTS (SELECT 1 FROM concern_answer WHERE concern_answer.concern = concern.id) {own}");
    let total: u32 = conn.prepare_cached(&format!("SELECT count(*) {from}"))?.query_row(params_from_iter(&values), |r| r.get(0))?;
    values.extend([Value::Integer(limit.into()), Value::Integer(skip.into())]);
    let mut statement = conn.prepare_cached(&format!("SELECT * {from} ORDER BY raised_at, id LIMIT ? OFFSET ?"))?;
    let found: Vec<Concern> = statement.query_map(params_from_iter(&values), Concern::from_row)?.collect::<rusqlite::Result<_>>()?;
    let more = total.saturating_sub(skip).saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
    Ok((found, more))
}

/// The answer to a concern.
///
/// # Errors
/// When the store fails.
pub fn answer(conn: &Connection, concern: ConcernId) -> Result<Option<ConcernAnswer>> {
    Ok(conn.prepare_cached("SELECT * FROM concern_answer WHERE concern = ?")?.query_row([concern], ConcernAnswer::from_row).optional()?)
}
