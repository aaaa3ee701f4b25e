//! Finding a family by anybody's name or number, and a note by its words.

use serde::Deserialize;

use super::reader::Reader;
use super::{access, families};
use crate::codes::Code;
use crate::domain::views::{FindView, Found};
use crate::domain::{fold, note_words, person_words};
use crate::error::Result;
use crate::store::{people as store_people, search};
use crate::time::day_words;

/// How many hits of each kind are shown at first.
const FIRST: u32 = 20;

/// What to find.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Find {
    /// As typed.
    pub query: String,
    /// How many people are shown, if not the first few.
    #[serde(default)]
    pub people: Option<u32>,
    /// How many notes are shown, if not the first few.
    #[serde(default)]
    pub notes: Option<u32>,
}

/// Finds people and notes of the families the reader may open.
///
/// # Errors
/// When the read log could not be written.
pub fn find(reader: &Reader<'_>, request: Find) -> Result<FindView> {
    let query = fold::Query::parse(&request.query);
    if query.tokens.is_empty() && query.digits.is_none() {
        return Ok(FindView::default());
    }
    reader.listed("find")?;
    let mut found = FindView::default();
    // The scope is in the search itself, so that no family of another takes
    // the place of one's own.
    let scope = access::scope(reader.user);
    let (people, more_people) = search::people(reader.conn, &query, scope, request.people.unwrap_or(FIRST))?;
    let (notes, more_notes) = search::notes(reader.conn, &query, scope, request.notes.unwrap_or(FIRST))?;
    (found.more_people, found.more_notes) = (more_people, more_notes);
    for person in people {
        let number = if person.number.is_empty() { String::new() } else { format!(" · {}", person_words::number(&person)) };
        found.people.push(Found {
            family: person.family,
            contact: None,
            name: person_words::display(&person),
            detail: format!("{}, {}{number}", person.role.words(), person_words::born_line(&person, reader.now)),
        });
    }
    for contact in notes {
        found.notes.push(Found {
            family: contact.family,
            contact: Some(contact.id),
            name: families::family_name(&store_people::of(reader.conn, contact.family)?),
            detail: format!("{}, {}", note_words::title(&contact), day_words(contact.held_at.date())),
        });
    }
    if found.people.is_empty() && found.notes.is_empty() {
        found.empty = "No match among your families. Try the family name, a first name, or part of the number.".to_owned();
    }
    Ok(found)
}
