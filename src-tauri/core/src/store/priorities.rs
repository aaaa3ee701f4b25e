//! Answers about priority groups. The latest of a person and group stands.

use rusqlite::Connection;

use crate::domain::priority::PriorityRecord;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::record::Record;

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
