//! Finding a family by anybody's name or number, and a note by its words.

use serde::Deserialize;

use super::reader::Reader;
use super::{access, families};
use crate::codes::Code;
use crate::domain::views::{FindView, Found};
use crate::domain::{fold, note_words, person_words};
use crate::error::Result;
use crate::store::{people, search};
use crate::time::day_words;

/// How many hits of each kind are shown.
const LIMIT: usize = 12;

/// What to find.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Find {
    /// As typed.
    pub query: String,
}

/// Finds people and notes of the families the reader may open.
///
/// # Errors
/// When the read log could not be written.
pub fn find(reader: &Reader<'_>, request: Find) -> Result<FindView> {
    let query = fold::Query::parse(&request.query);
    if query.tokens.is_empty() && query.digits.is_none() {
        return Ok(FindView { people: Vec::new(), notes: Vec::new(), empty: String::new() });
    }
    reader.listed("find")?;
    let mut found = FindView { people: Vec::new(), notes: Vec::new(), empty: String::new() };
    // The scope is in the search itself, so that no family of another takes
    // the place of one's own.
    let scope = access::scope(reader.user);
    for person in search::people(reader.conn, &query, scope, LIMIT)? {
        let number = if person.number.is_empty() { String::new() } else { format!(" · {}", person_words::number(&person)) };
        found.people.push(Found {
            family: person.family,
            contact: None,
            name: person_words::display(&person),
            detail: format!("{}, {}{number}", person.role.words(), person_words::born_line(&person, reader.now)),
        });
    }
    for contact in search::notes(reader.conn, &query, scope, LIMIT)? {
        found.notes.push(Found {
            family: contact.family,
            contact: Some(contact.id),
            name: families::family_name(&people::of(reader.conn, contact.family)?),
            detail: format!("{}, {}", note_words::title(&contact), day_words(contact.held_at.date())),
        });
    }
    if found.people.is_empty() && found.notes.is_empty() {
        found.empty = "No match among your families. Try the family name, a first name, or part of the number.".to_owned();
    }
    Ok(found)
}
