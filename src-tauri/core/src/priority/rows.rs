//! Answers about priority groups. The latest of a person and group stands.

use crate::error::Result;
use crate::ids::FamilyId;
use crate::priority::PriorityRecord;
use crate::store::db::Db;
use crate::store::entries;

/// The answers that stand for a family.
pub fn standing(conn: &Db, family: FamilyId) -> Result<Vec<PriorityRecord>> {
    let mut standing: Vec<PriorityRecord> = Vec::new();
    for record in entries::in_order::<PriorityRecord>(conn, family)? {
        standing.retain(|other| other.person != record.person || other.group != record.group);
        standing.push(record);
    }
    Ok(standing)
}
