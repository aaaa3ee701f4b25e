//! Concerns and their answers.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::concern::{Concern, ConcernAnswer, ConcernId};
use crate::contact::ContactId;
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::record::Record;
use crate::store::db::Db;
use crate::store::entries;
use crate::store::in_error;
use crate::store::row;

/// One concern, also one that was entered in error: it is answered all the same.
pub fn find(conn: &Db, concern: ConcernId) -> Result<Option<Concern>> {
    in_error::kept(conn, concern.0)
}

/// The concern a note raised, whether either was entered in error or not.
pub fn of_contact(conn: &Db, contact: ContactId) -> Result<Option<Concern>> {
    conn.one(
        "SELECT * FROM concern_row WHERE contact = ?1 AND family = (SELECT family FROM contact_row WHERE id = ?1)",
        [contact],
        Concern::from_row,
    )
}

/// Concerns that no second person has answered, marked as entered in error or
/// not, oldest first: `limit` of them
/// after the first `skip`, and how many more there are. Only of the families
/// that `reader` is allocated to; of all if none is named.
pub fn waiting(conn: &Db, reader: Option<UserId>, skip: u32, limit: u32) -> Result<(Vec<Concern>, u32)> {
    let mut values = Vec::new();
    let mut own = String::new();
    if let Some(reader) = reader {
        own = format!("AND family IN ({})", include_str!("../screens/sql/allocated.sql"));
        values.extend(vec![row::id(reader.0); 3]);
    }
    let total: u32 = conn.value(&format!("SELECT count(*) FROM waiting WHERE 1 {own}"), params_from_iter(&values))?;
    values.extend([Value::Integer(limit.into()), Value::Integer(skip.into())]);
    let sql = format!(
        "SELECT c.* FROM (SELECT concern, raised_at FROM waiting WHERE 1 {own} ORDER BY raised_at, concern LIMIT ? OFFSET ?) page
         CROSS JOIN concern_row c ON c.id = page.concern ORDER BY page.raised_at, page.concern"
    );
    let found: Vec<Concern> = conn.all(&sql, params_from_iter(&values), Concern::from_row)?;
    let more = total.saturating_sub(skip).saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
    Ok((found, more))
}

/// Whether a concern that somebody raised in a family waits for a second person.
pub fn waits_of(conn: &Db, family: FamilyId, raised_by: UserId) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM waiting w CROSS JOIN concern_row c ON c.id = w.concern WHERE c.family = ? AND c.raised_by = ?)",
        rusqlite::params![family, raised_by],
    )
}

/// The concerns of a family that go on, first to last: not entered in error,
/// and not closed by a second person.
pub fn going_on(conn: &Db, family: FamilyId) -> Result<Vec<Concern>> {
    let all: Vec<Concern> = conn.all(
        "SELECT c.* FROM concern c WHERE c.family = ? ORDER BY (SELECT position FROM entry WHERE entry.row = c.id)",
        [family],
        Concern::from_row,
    )?;
    let mut going_on = Vec::new();
    for concern in all {
        // Of two answers from two computers, one that does not close it leaves it open.
        let answers = answers(conn, concern.id)?;
        if answers.is_empty() || !answers.iter().all(|answer| answer.decision.closes()) {
            going_on.push(concern);
        }
    }
    Ok(going_on)
}

/// The answers to a concern, first to last: from several computers there can
/// be more than one.
pub fn answers(conn: &Db, concern: ConcernId) -> Result<Vec<ConcernAnswer>> {
    conn.all(
        "SELECT a.* FROM concern_answer a WHERE a.concern = ? ORDER BY (SELECT position FROM entry WHERE entry.row = a.id)",
        [concern],
        ConcernAnswer::from_row,
    )
}

/// The same with those that were entered in error.
pub fn kept_answers(conn: &Db, concern: &Concern) -> Result<Vec<ConcernAnswer>> {
    let all: Vec<ConcernAnswer> = entries::kept_in_order(conn, concern.family)?;
    Ok(all.into_iter().filter(|answer| answer.concern == concern.id).collect())
}
