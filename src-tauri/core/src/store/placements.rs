//! Placements on the continuum of care and their confirmations.

use rusqlite::OptionalExtension;

use super::db::Db;
use super::entries;
use crate::domain::placement::{Placement, PlacementConfirmation};
use crate::error::Result;
use crate::ids::{FamilyId, PlacementId};
use crate::record::Record;

/// A family's placements, latest first.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Db, family: FamilyId) -> Result<Vec<Placement>> {
    let mut placements = entries::in_order(conn, family)?;
    placements.reverse();
    Ok(placements)
}

/// The placement that stands, if there is one.
///
/// # Errors
/// When the store fails.
pub fn current(conn: &Db, family: FamilyId) -> Result<Option<Placement>> {
    entries::last(conn, family)
}

/// The last placement that waits for nobody: it needed no second person, or one
/// has confirmed it.
///
/// # Errors
/// When the store fails.
pub fn settled(conn: &Db, family: FamilyId) -> Result<Option<Placement>> {
    for placement in of(conn, family)? {
        if !placement.second_needed || confirmation(conn, placement.id)?.is_some() {
            return Ok(Some(placement));
        }
    }
    Ok(None)
}

/// One placement.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Db, placement: PlacementId) -> Result<Option<Placement>> {
    Ok(conn.prepare_cached("SELECT * FROM placement WHERE id = ?")?.query_row([placement], Placement::from_row).optional()?)
}

/// The confirmation of a placement.
///
/// # Errors
/// When the store fails.
pub fn confirmation(conn: &Db, placement: PlacementId) -> Result<Option<PlacementConfirmation>> {
    Ok(conn
        .prepare_cached("SELECT * FROM placement_confirmation WHERE placement = ?")?
        .query_row([placement], PlacementConfirmation::from_row)
        .optional()?)
}
