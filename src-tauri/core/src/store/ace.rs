//! ACE conversations and exposure records. No other store file names these
//! tables: nothing can join to them.

use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::row;
use super::table::{ACE_CONVERSATION, ACE_EXPOSURE, Record, Scope, Table};
use crate::codes::Code;
use crate::domain::ace::{AceConversation, AceExposure, AceSitting, Protective};
use crate::error::Result;
use crate::ids::FamilyId;

impl Record for AceConversation {
    const TABLE: &'static Table = &ACE_CONVERSATION;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        let protective: Vec<&str> = self.protective.iter().map(|one| one.code()).collect();
        vec![
            ("family", row::id(self.family.0)),
            ("person", row::id(self.person.0)),
            ("answers", row::list(&self.answers)),
            ("protective", row::list(&protective)),
            ("words", row::text(&self.words)),
            ("declined", row::truth(self.sitting == AceSitting::Declined)),
            ("not_offered", row::truth(self.sitting == AceSitting::NotOffered)),
            ("by", row::id(self.by.0)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        let protective: Vec<String> = row::get_list(r, "protective")?;
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            person: r.get("person")?,
            answers: row::get_list(r, "answers")?,
            protective: protective.iter().filter_map(|code| Protective::from_code(code)).collect(),
            words: r.get("words")?,
            sitting: match (row::get_truth(r, "declined")?, row::get_truth(r, "not_offered")?) {
                (true, _) => AceSitting::Declined,
                (_, true) => AceSitting::NotOffered,
                (false, false) => AceSitting::Held,
            },
            by: r.get("by")?,
            at: r.get("at")?,
        })
    }
}

impl Record for AceExposure {
    const TABLE: &'static Table = &ACE_EXPOSURE;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("person", row::id(self.person.0)),
            ("answers", row::list(&self.answers)),
            ("words", row::text(&self.words)),
            ("concern", row::maybe_code(self.concern)),
            ("by", row::id(self.by.0)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            person: r.get("person")?,
            answers: row::get_list(r, "answers")?,
            words: r.get("words")?,
            concern: row::get_maybe_code(r, "concern")?,
            by: r.get("by")?,
            at: r.get("at")?,
        })
    }
}

/// A family's conversations, latest first.
///
/// # Errors
/// When the store fails.
pub fn conversations(conn: &Connection, family: FamilyId) -> Result<Vec<AceConversation>> {
    let mut statement = conn.prepare_cached("SELECT * FROM ace_conversation WHERE family = ? ORDER BY at DESC, rowid DESC")?;
    let rows = statement.query_map([family], AceConversation::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A family's exposure records, latest first.
///
/// # Errors
/// When the store fails.
pub fn exposures(conn: &Connection, family: FamilyId) -> Result<Vec<AceExposure>> {
    let mut statement = conn.prepare_cached("SELECT * FROM ace_exposure WHERE family = ? ORDER BY at DESC, rowid DESC")?;
    let rows = statement.query_map([family], AceExposure::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
