//! Placements on the continuum of care and their confirmations.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::row;
use super::table::{PLACEMENT, PLACEMENT_CONFIRMATION, Record, Scope, Table};
use crate::domain::placement::{Placement, PlacementConfirmation};
use crate::error::Result;
use crate::ids::{FamilyId, PlacementId};

impl Record for Placement {
    const TABLE: &'static Table = &PLACEMENT;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("episode", row::id(self.episode.0)),
            ("step", Value::Integer(i64::from(self.step))),
            ("model", row::text(&self.model)),
            ("from_date", row::maybe_date(Some(self.from))),
            ("rationale", row::text(&self.rationale)),
            ("indicators", row::list(&self.indicators)),
            ("parent_view", row::text(&self.parent_view)),
            ("infant_shows", row::text(&self.infant_shows)),
            ("receiving_service", row::text(&self.receiving_service)),
            ("accepted_by", row::text(&self.accepted_by)),
            ("review_on", row::maybe_date(Some(self.review_on))),
            ("second_needed", row::truth(self.second_needed)),
            ("by", row::id(self.by.0)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            episode: r.get("episode")?,
            step: r.get("step")?,
            model: r.get("model")?,
            from: row::get_date(r, "from_date")?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
            rationale: r.get("rationale")?,
            indicators: row::get_list(r, "indicators")?,
            parent_view: r.get("parent_view")?,
            infant_shows: r.get("infant_shows")?,
            receiving_service: r.get("receiving_service")?,
            accepted_by: r.get("accepted_by")?,
            review_on: row::get_date(r, "review_on")?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
            second_needed: row::get_truth(r, "second_needed")?,
            by: r.get("by")?,
            at: r.get("at")?,
        })
    }
}

impl Record for PlacementConfirmation {
    const TABLE: &'static Table = &PLACEMENT_CONFIRMATION;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("family", row::id(self.family.0)),
            ("placement", row::id(self.placement.0)),
            ("by", row::id(self.by.0)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: r.get("id")?, family: r.get("family")?, placement: r.get("placement")?, by: r.get("by")?, at: r.get("at")? })
    }
}

/// A family's placements, latest first.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Connection, family: FamilyId) -> Result<Vec<Placement>> {
    let mut statement = conn.prepare_cached("SELECT * FROM placement WHERE family = ? ORDER BY at DESC, rowid DESC")?;
    let rows = statement.query_map([family], Placement::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The placement that stands, if there is one.
///
/// # Errors
/// When the store fails.
pub fn current(conn: &Connection, family: FamilyId) -> Result<Option<Placement>> {
    Ok(conn
        .prepare_cached("SELECT * FROM placement WHERE family = ? ORDER BY at DESC, rowid DESC LIMIT 1")?
        .query_row([family], Placement::from_row)
        .optional()?)
}

/// One placement.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, placement: PlacementId) -> Result<Option<Placement>> {
    Ok(conn.prepare_cached("SELECT * FROM placement WHERE id = ?")?.query_row([placement], Placement::from_row).optional()?)
}

/// The confirmation of a placement.
///
/// # Errors
/// When the store fails.
pub fn confirmation(conn: &Connection, placement: PlacementId) -> Result<Option<PlacementConfirmation>> {
    Ok(conn
        .prepare_cached("SELECT * FROM placement_confirmation WHERE placement = ?")?
        .query_row([placement], PlacementConfirmation::from_row)
        .optional()?)
}
