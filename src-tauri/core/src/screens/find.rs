//! Finding a family by anybody's name or number, and a note by its words.

use serde::Deserialize;

use crate::access;
use crate::codes::Code;
use crate::contact::note_words;
use crate::error::Result;
use crate::family::ops as families;
use crate::ids::FamilyId;
use crate::person::namesakes;
use crate::person::rows as store_people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::reader::{Opened, Reader};
use crate::screens::search;
use crate::screens::search_index_rows;
use crate::screens::{FindView, Found};
use crate::time::day_words;
use crate::typed::fold;

/// What is said of a query that would find everybody, or nobody.
const TOO_LITTLE: &str = "Type a name, a word of a note, or at least three digits of a number.";

/// What is said of a whole letter that was pasted.
const TOO_MUCH: &str = "That is more than can be looked for at once. Type a name, a number or a few words.";

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
    if query.is_empty() {
        let typed = !request.query.trim().is_empty();
        let words = if query.too_long { TOO_MUCH } else { TOO_LITTLE };
        return Ok(FindView { empty: if typed { words.to_owned() } else { String::new() }, ..FindView::default() });
    }
    let reader = &reader.listed("find")?;
    let mut found = FindView::default();
    // The scope is in the search itself, so that no family of another takes
    // the place of one's own.
    let scope = access::scope(reader.user);
    let (people, more_people) = search::people(reader.conn, &query, scope, request.people.unwrap_or(FIRST))?;
    // Who does not read all of a note finds their own by its words.
    let author = (!reader.user.role.reads_all()).then_some(reader.user.id);
    let shown = request.notes.unwrap_or(FIRST);
    let (mut notes, mut more_notes) = search::notes(reader.conn, &query, scope, author, if author.is_some() { u32::MAX } else { shown })?;
    if author.is_some() {
        // Nor by the words of details that another organisation added below it.
        let mut readable = Vec::new();
        for note in notes {
            if search_index_rows::has_within(reader.conn, note.id, &query, &reader.user.organisation)? {
                readable.push(note);
            }
        }
        more_notes = u32::try_from(readable.len()).unwrap_or(u32::MAX).saturating_sub(shown);
        readable.truncate(shown as usize);
        notes = readable;
    }
    (found.more_people, found.more_notes) = (more_people, more_notes);
    for person in people {
        found.people.push(person_found(reader, &person)?);
    }
    for contact in notes {
        found.notes.push(Found {
            family: contact.family,
            contact: Some(contact.id),
            name: families::family_name(&store_people::of(reader.conn, contact.family)?),
            detail: format!("{}, {}", note_words::title(&contact), day_words(contact.held_at.date())),
        });
    }
    let alike = |list: &[Found]| namesakes::told_apart(reader.conn, list.iter().map(|one| (one.family, one.name.as_str())));
    // The day of birth stands in the line of a person already.
    for family in alike(&found.people)?.into_keys() {
        mark(&mut found.people, family, &namesakes::reference(reader.conn, family)?);
    }
    for (family, apart) in alike(&found.notes)? {
        mark(&mut found.notes, family, &apart);
    }
    if found.people.is_empty() && found.notes.is_empty() {
        found.empty = "No match among your families. Try the family name, a first name, or part of the number.".to_owned();
    }
    Ok(found)
}

fn person_found(reader: &Opened<'_>, person: &Person) -> Result<Found> {
    let number = if person.number.is_empty() { String::new() } else { format!(" · {}", person_words::number(person)) };
    // A parent alone does not say whose record opens.
    let infants = match person.role {
        FamilyRole::Infant => String::new(),
        _ => format!(" · {}", person_words::infants_told(&store_people::of(reader.conn, person.family)?)),
    };
    Ok(Found {
        family: person.family,
        contact: None,
        name: person_words::display(person),
        detail: format!("{}, {}{infants}{number}", person.role.words(), person_words::born_within(person, reader.now)),
    })
}

/// Adds to the lines of a family what tells it from the others.
fn mark(list: &mut [Found], family: FamilyId, apart: &str) {
    for one in list.iter_mut().filter(|one| one.family == family) {
        one.detail = format!("{} · {apart}", one.detail);
    }
}
