//! ACE conversations and exposure records. No other store file names these
//! tables: nothing can join to them.

use rusqlite::Connection;

use crate::domain::ace::{AceConversation, AceExposure};
use crate::error::Result;
use crate::ids::FamilyId;
use crate::record::Record;

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
