//! Placements on the continuum of care and their confirmations.

use chrono::NaiveDate;

use crate::error::Result;
use crate::ids::FamilyId;
use crate::placement::{Placement, PlacementConfirmation, PlacementId};
use crate::record::Record;
use crate::store::db::Db;
use crate::store::entries;

/// A family's placements, latest first.
pub fn of(conn: &Db, family: FamilyId) -> Result<Vec<Placement>> {
    let mut placements = entries::in_order(conn, family)?;
    placements.reverse();
    Ok(placements)
}

/// The placement that stands, if there is one: the last that is not a step
/// down from 4 or 5 which nobody has confirmed. The caseload asks the same in
/// `screens/sql/caseload_row.sql`.
pub fn current(conn: &Db, family: FamilyId) -> Result<Option<Placement>> {
    for placement in of(conn, family)? {
        if !placement.proposed || !confirmations(conn, placement.id)?.is_empty() {
            return Ok(Some(placement));
        }
    }
    Ok(None)
}

/// The placement that was recorded last, proposed or not.
pub fn latest(conn: &Db, family: FamilyId) -> Result<Option<Placement>> {
    entries::last(conn, family)
}

/// Whether the placement that was recorded last waits for a second person.
pub fn waits(conn: &Db, family: FamilyId) -> Result<bool> {
    let Some(placement) = latest(conn, family)? else { return Ok(false) };
    Ok(placement.second_needed && confirmations(conn, placement.id)?.is_empty())
}

/// Since when a placement has stood: from the day it was recorded, or, where
/// it was proposed, from the day of the first confirmation; none until then.
pub fn since(conn: &Db, placement: &Placement) -> Result<Option<NaiveDate>> {
    if !placement.proposed {
        return Ok(Some(placement.from));
    }
    Ok(confirmations(conn, placement.id)?.first().map(|confirmation| confirmation.at.date()))
}

/// The last placement that waits for nobody: it needed no second person, or one
/// has confirmed it.
pub fn settled(conn: &Db, family: FamilyId) -> Result<Option<Placement>> {
    for placement in of(conn, family)? {
        if !placement.second_needed || !confirmations(conn, placement.id)?.is_empty() {
            return Ok(Some(placement));
        }
    }
    Ok(None)
}

/// The confirmations of a placement, first to last: from several computers
/// there can be more than one.
pub fn confirmations(conn: &Db, placement: PlacementId) -> Result<Vec<PlacementConfirmation>> {
    conn.all(
        "SELECT c.* FROM placement_confirmation c WHERE c.placement = ? ORDER BY (SELECT position FROM entry WHERE entry.row = c.id)",
        [placement],
        PlacementConfirmation::from_row,
    )
}

/// The same with those that were entered in error.
pub fn kept_confirmations(conn: &Db, placement: &Placement) -> Result<Vec<PlacementConfirmation>> {
    let all: Vec<PlacementConfirmation> = entries::kept_in_order(conn, placement.family)?;
    Ok(all.into_iter().filter(|confirmation| confirmation.placement == placement.id).collect())
}
