//! What Find looks in: name tokens and the words of notes. Projections of the
//! record, kept up in the same transaction as the row.

use std::collections::BTreeSet;

use rusqlite::params;
use uuid::Uuid;

use crate::contact::ContactId;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::in_error::rows;
use crate::person::{FamilyRole, Person};
use crate::record::{Record, Table};
use crate::screens::search::place;
use crate::store::db::Db;
use crate::store::schema::Computing;
use crate::typed::fold;

/// Brings the projections of one row up to date.
pub(crate) fn follow(conn: &Computing, table: &Table, row_id: Uuid) -> Result<()> {
    match table.name {
        "person" => index_person(conn, row_id),
        "contact" => index_contact(conn, row_id),
        "addendum" | "concern" => index(conn, row_id),
        "entered_in_error" => rows::marked_by(conn, row_id)?.into_iter().try_for_each(|row| {
            index(conn, row)?;
            let inside = "SELECT id FROM person_row WHERE family = ?1 UNION ALL SELECT id FROM contact_row WHERE family = ?1";
            let inside: Vec<[u8; 16]> = conn.all(inside, [row.as_bytes()], |found| found.get(0))?;
            inside.into_iter().try_for_each(|row| index(conn, Uuid::from_bytes(row)))
        }),
        _ => Ok(()),
    }
}

/// Brings them up to date for a row of whichever kind.
fn index(conn: &Computing, row_id: Uuid) -> Result<()> {
    index_person(conn, row_id)?;
    let note: Option<(i64, [u8; 16])> = conn.one(NOTE_OF, [row_id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((row, contact)) = note else { return Ok(()) };
    conn.run("DELETE FROM contact_text WHERE rowid = ?", [row])?;
    index_contact(conn, Uuid::from_bytes(contact))
}

/// The note that a row is, or stands below.
const NOTE_OF: &str = "SELECT rowid, id FROM contact_row WHERE id = coalesce((SELECT contact FROM addendum_row WHERE id = ?1),
    (SELECT contact FROM concern_row WHERE id = ?1), ?1)";

/// What somebody can be found by the beginning of: the parts of the name, and
/// what is shown in its place, `Baby` and `twin 1`.
#[must_use]
pub fn tokens(person: &Person) -> BTreeSet<String> {
    let mut tokens = fold::tokens_of(&[&person.family_name, &person.given, &person.preferred]);
    if person.given.is_empty() && person.given_awaited {
        tokens.insert("baby".to_owned());
    }
    // However many there come to be: a place in the order is told in each of their words.
    tokens.extend(person.birth_order.into_iter().flat_map(|place| fold::OF_A_BIRTH.map(|word| format!("{word}{place}"))));
    tokens
}

fn index_person(conn: &Computing, person: Uuid) -> Result<()> {
    conn.run("DELETE FROM name_token WHERE person = ?", [person.as_bytes()])?;
    let found = conn.one("SELECT * FROM person WHERE id = ?", [person.as_bytes()], Person::from_row)?;
    let Some(found) = found else { return Ok(()) };
    let place = place(found.role == FamilyRole::Infant, &found.family_name, &found.given);
    for token in tokens(&found) {
        conn.run(
            "INSERT INTO name_token (token, person, family, place) VALUES (?, ?, ?, ?)",
            params![token, person.as_bytes(), found.family, place],
        )?;
    }
    Ok(())
}

fn index_contact(conn: &Computing, contact: Uuid) -> Result<()> {
    let Some((row, family, text)) = text_of(conn, contact, None)? else { return Ok(()) };
    let body = format!("\u{e000}{} {text}", family.0.simple());
    // Without a SELECT in it: before each statement that has one, the engine writes away what it holds of the notes before.
    conn.run("INSERT INTO contact_text (rowid, body) VALUES (?, ?)", params![row, body])?;
    Ok(())
}

/// Where a note is, whose, and its words with those of the details below it: of one
/// organisation, if one is named. Folded as a query is, so that “doesn’t” and “doesnt” are one word.
fn text_of(conn: &Db, contact: Uuid, organisation: Option<&str>) -> Result<Option<(i64, FamilyId, String)>> {
    let found: Option<(i64, FamilyId, Vec<String>)> = conn.one(TEXTS_OF_A_NOTE, [contact.as_bytes()], |row| {
        let texts = (2..row.as_ref().column_count()).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?;
        Ok((row.get(0)?, row.get(1)?, texts))
    })?;
    let Some((row, family, mut texts)) = found else { return Ok(None) };
    let added = "SELECT text FROM addendum WHERE contact = ?1 AND (?2 IS NULL OR organisation = ?2)";
    texts.extend(conn.all::<String, Vec<_>>(added, params![contact.as_bytes(), organisation], |row| row.get(0))?);
    texts.extend(conn.all::<String, Vec<_>>("SELECT what FROM concern WHERE contact = ?", [contact.as_bytes()], |row| row.get(0))?);
    Ok(Some((row, family, fold::fold(&texts.join(" ")))))
}

/// Whether a note has every word of a query where somebody of an organisation reads
/// it: in what the note says, or in details that the same organisation added.
pub fn has_within(conn: &Db, contact: ContactId, query: &fold::Query, organisation: &str) -> Result<bool> {
    let Some((_, _, text)) = text_of(conn, contact.0, Some(organisation))? else { return Ok(false) };
    Ok(query.words.iter().all(|word| text.split(' ').any(|known| known.starts_with(word.as_str()))))
}

/// A note that stands: where it is, whose, and what was written in it.
const TEXTS_OF_A_NOTE: &str = "SELECT rowid, family, others, saw, told, baby_told, baby_reading, baby_changed, think, changed, not_seen_why, plan, health, feeding, sleep, \
    home, liaison, led_by, together FROM contact_row c WHERE id = ? AND NOT EXISTS (SELECT 1 FROM entered_in_error e WHERE e.row IN (c.id, c.family))";
