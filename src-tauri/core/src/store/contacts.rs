//! Signed contacts, the details added to them, and their retractions.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::row;
use super::table::{ADDENDUM, CONTACT, RETRACTION, Record, Scope, Table};
use crate::domain::contact::{Addendum, Contact, ContactEntry, Retraction};
use crate::error::Result;
use crate::ids::{ContactId, EpisodeId, FamilyId};
use crate::time::Timestamp;

impl Record for Contact {
    const TABLE: &'static Table = &CONTACT;
    fn row_id(&self) -> Uuid {
        self.id.0
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Value)> {
        let e = &self.entry;
        vec![
            ("family", row::id(self.family.0)),
            ("episode", row::id(self.episode.0)),
            ("kind", row::code(self.kind)),
            ("outcome", row::code(self.outcome)),
            ("held_at", Value::Integer(self.held_at.0)),
            ("minutes", row::maybe_number(self.minutes)),
            ("next_visit", row::maybe_number(self.next_visit.map(|at| at.0))),
            ("signed_at", Value::Integer(self.signed_at.0)),
            ("author", row::id(self.author.0)),
            ("organisation", row::text(&self.organisation)),
            ("late", row::truth(self.late)),
            ("place", row::text(&e.place)),
            ("present", row::list(&e.present)),
            ("others", row::text(&e.others)),
            ("absent", row::list(&e.absent)),
            ("infants", row::list(&e.infants)),
            ("not_seen_why", row::text(&e.not_seen_why)),
            ("did", row::list(&e.did)),
            ("saw", row::text(&e.saw)),
            ("told", row::text(&e.told)),
            ("baby_told", row::text(&e.baby_told)),
            ("think", row::text(&e.think)),
            ("safety", row::maybe_code(e.safety)),
            ("plan", row::text(&e.plan)),
            ("plan_done", row::list(&e.plan_done)),
            ("health", row::text(&e.health)),
            ("feeding", row::text(&e.feeding)),
            ("sleep", row::text(&e.sleep)),
            ("home", row::text(&e.home)),
            ("liaison", row::text(&e.liaison)),
            ("supervision", row::text(&e.supervision)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        let kind = row::get_code(r, "kind")?;
        let outcome = row::get_code(r, "outcome")?;
        let entry = ContactEntry {
            kind: Some(kind),
            outcome: Some(outcome),
            place: r.get("place")?,
            present: row::get_list(r, "present")?,
            others: r.get("others")?,
            absent: row::get_list(r, "absent")?,
            infants: row::get_list(r, "infants")?,
            not_seen_why: r.get("not_seen_why")?,
            did: row::get_list(r, "did")?,
            saw: r.get("saw")?,
            told: r.get("told")?,
            baby_told: r.get("baby_told")?,
            think: r.get("think")?,
            safety: row::get_maybe_code(r, "safety")?,
            plan: r.get("plan")?,
            plan_done: row::get_list(r, "plan_done")?,
            health: r.get("health")?,
            feeding: r.get("feeding")?,
            sleep: r.get("sleep")?,
            home: r.get("home")?,
            liaison: r.get("liaison")?,
            supervision: r.get("supervision")?,
            ..ContactEntry::default()
        };
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            episode: r.get("episode")?,
            kind,
            outcome,
            held_at: r.get("held_at")?,
            minutes: r.get("minutes")?,
            next_visit: r.get("next_visit")?,
            entry,
            signed_at: r.get("signed_at")?,
            author: r.get("author")?,
            organisation: r.get("organisation")?,
            late: row::get_truth(r, "late")?,
        })
    }
}

impl Record for Addendum {
    const TABLE: &'static Table = &ADDENDUM;
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
            ("text", row::text(&self.text)),
            ("author", row::id(self.author.0)),
            ("organisation", row::text(&self.organisation)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            contact: r.get("contact")?,
            text: r.get("text")?,
            author: r.get("author")?,
            organisation: r.get("organisation")?,
            at: r.get("at")?,
        })
    }
}

impl Record for Retraction {
    const TABLE: &'static Table = &RETRACTION;
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
            ("reason", row::text(&self.reason)),
            ("author", row::id(self.author.0)),
            ("at", Value::Integer(self.at.0)),
        ]
    }
    fn from_row(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get("id")?,
            family: r.get("family")?,
            contact: r.get("contact")?,
            reason: r.get("reason")?,
            author: r.get("author")?,
            at: r.get("at")?,
        })
    }
}

/// One signed contact.
///
/// # Errors
/// When the store fails.
pub fn find(conn: &Connection, contact: ContactId) -> Result<Option<Contact>> {
    Ok(conn.prepare_cached("SELECT * FROM contact WHERE id = ?")?.query_row([contact], Contact::from_row).optional()?)
}

/// A family's contacts, latest first: `limit` of them after the first `skip`.
///
/// # Errors
/// When the store fails.
pub fn of(conn: &Connection, family: FamilyId, skip: u32, limit: u32) -> Result<Vec<Contact>> {
    let mut statement =
        conn.prepare_cached("SELECT * FROM contact WHERE family = ? ORDER BY held_at DESC, signed_at DESC LIMIT ? OFFSET ?")?;
    let rows = statement.query_map(params![family, limit, skip], Contact::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many contacts a family has.
///
/// # Errors
/// When the store fails.
pub fn count(conn: &Connection, family: FamilyId) -> Result<u32> {
    Ok(conn.prepare_cached("SELECT count(*) FROM contact WHERE family = ?")?.query_row([family], |r| r.get(0))?)
}

/// The latest contact of an episode that has not been retracted and has a plan.
///
/// # Errors
/// When the store fails.
pub fn latest_with_plan(conn: &Connection, episode: EpisodeId) -> Result<Option<Contact>> {
    latest_where(conn, episode, "plan <> ''")
}

/// The latest contact of an episode that has not been retracted.
///
/// # Errors
/// When the store fails.
pub fn latest(conn: &Connection, episode: EpisodeId) -> Result<Option<Contact>> {
    latest_where(conn, episode, "1")
}

fn latest_where(conn: &Connection, episode: EpisodeId, condition: &str) -> Result<Option<Contact>> {
    let sql = format!(
        "SELECT * FROM contact WHERE family = (SELECT family FROM episode WHERE id = ?1) AND episode = ?1 AND {condition}
         AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = contact.id) ORDER BY held_at DESC, signed_at DESC LIMIT 1"
    );
    Ok(conn.prepare_cached(&sql)?.query_row([episode], Contact::from_row).optional()?)
}

/// The next visit a family has been promised: of the latest signed contact
/// that named one and has not been retracted, if no contact was held at or
/// after that time.
///
/// # Errors
/// When the store fails.
pub fn next_visit(conn: &Connection, episode: EpisodeId) -> Result<Option<Timestamp>> {
    let mut statement = conn.prepare_cached("SELECT next_visit FROM caseload WHERE episode = ?")?;
    Ok(statement.query_row([episode], |r| r.get(0)).optional()?.flatten())
}

/// Details added to a contact, oldest first.
///
/// # Errors
/// When the store fails.
pub fn addenda(conn: &Connection, contact: ContactId) -> Result<Vec<Addendum>> {
    let mut statement = conn.prepare_cached("SELECT * FROM addendum WHERE contact = ? ORDER BY at, id")?;
    let rows = statement.query_map([contact], Addendum::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The retraction of a contact.
///
/// # Errors
/// When the store fails.
pub fn retraction(conn: &Connection, contact: ContactId) -> Result<Option<Retraction>> {
    Ok(conn.prepare_cached("SELECT * FROM retraction WHERE contact = ?")?.query_row([contact], Retraction::from_row).optional()?)
}
