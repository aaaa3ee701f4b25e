//! Reading signed notes, adding details to them, marking them as entered in error.

use serde::Deserialize;

use crate::access;
use crate::codes::{Code, refusals};
use crate::concern::ConcernAnswer;
use crate::concern::ops as concerns;
use crate::concern::rows as concern_store;
use crate::contact::note_words;
use crate::contact::note_words::Called;
use crate::contact::rows as contacts;
use crate::contact::{Addendum, AddendumView, Contact, ContactEntry, ContactId, ContactView, NoteSaved};
use crate::copied::ops as copies;
use crate::error::Result;
use crate::family::ops as families;
use crate::ids::{FamilyId, RecordedId};
use crate::in_error::ops as in_error;
use crate::in_error::{EnteredInError, MarkInError};
use crate::op::Op;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::reader::Reader;
use crate::record::{Record, Table};
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::{entries, in_error as store};
use crate::time::{day_time_words, day_words, long_date_words, time_words};
use crate::user::User;
use crate::user::rows as users;

/// Names a signed contact.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfContact {
    /// The contact.
    pub contact: ContactId,
}

/// More details for a signed contact.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddDetails {
    /// The contact.
    pub contact: ContactId,
    /// The details.
    pub text: String,
}

/// A signed contact that was entered in error.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetractContact {
    /// The contact.
    pub contact: ContactId,
    /// Why.
    pub reason: String,
}

refusals! {
    /// Why a signed note was left as it is.
    pub enum NoteRefused {
        NoDetails "details_empty" at "text" => "Write the details to add.",
    }
}

/// A signed note.
///
/// # Errors
/// `not_yours`.
pub fn contact(reader: &Reader<'_>, request: OfContact) -> Result<ContactView> {
    let contact = reader.known(|conn| contacts::find(conn, request.contact), "contact")?;
    let reader = &reader.open_note(&contact, "contact")?;
    view(reader.conn, reader.user, &contact, &people::of(reader.conn, contact.family)?)
}

/// Adds details below a signed note, which itself never changes.
///
/// # Errors
/// `not_yours`, or that there is nothing to add.
pub fn add_details(session: &mut Session, request: AddDetails) -> Result<Reply<NoteSaved>> {
    let contact: Contact = in_error::to_act_on(session, request.contact.0, "add_details")?;
    session.allow_note(&contact, "add_details")?;
    let text = request.text.trim().to_owned();
    if text.is_empty() {
        return Err(NoteRefused::NoDetails.into());
    }
    let organisation = session.user().organisation.clone();
    session.transact(Op::AddDetails, |tx| {
        tx.create(&Addendum {
            id: tx.new_id(),
            family: contact.family,
            contact: contact.id,
            text,
            author: tx.actor(),
            organisation,
            at: tx.now(),
        })?;
        saved(tx, contact.id)
    })
}

/// Marks a signed note as entered in error, as [`in_error::mark_in_error`] does
/// with any record.
///
/// # Errors
/// See [`InErrorRefused`](crate::in_error::InErrorRefused).
pub fn retract_contact(session: &mut Session, request: RetractContact) -> Result<Reply<NoteSaved>> {
    let RetractContact { contact, reason } = request;
    let found = in_error::to_mark(session, contact.0, "retract_contact")?;
    let found = session.known(Some(found).filter(|found| found.table.name == Contact::TABLE.name), "retract_contact")?;
    let marker = session.user().clone();
    session.transact(Op::RetractContact, |tx| {
        in_error::mark(tx, &MarkInError { row: RecordedId(contact.0), reason }, found, &marker)?;
        saved(tx, contact)
    })
}

/// A signed contact as `reader` sees it.
pub fn view(conn: &Db, reader: &User, contact: &Contact, people: &[Person]) -> Result<ContactView> {
    let date = contact.held_at.date();
    let mine = contact.author == reader.id;
    let by = if mine { "you".to_owned() } else { users::name(conn, contact.author)? };
    let begun = contact.begun_by.map(|user| users::name(conn, user)).transpose()?;
    let with_begun = |by: String| begun.as_ref().map_or_else(|| by.clone(), |begun| format!("{by}, begun by {begun}"));
    let (by, named) = (with_begun(by), with_begun(users::name(conn, contact.author)?));
    let signed = contact.signed_at.local();
    let signed = if signed.date() == date { time_words(signed) } else { day_time_words(signed) };
    let entry = contact.entry();
    let in_error = in_error::words(conn, contact.id.0)?;
    let addenda = contacts::addenda(conn, contact.id)?
        .iter()
        .filter(|added| access::reads_details(reader, added))
        .map(|added| addendum_view(conn, reader, added))
        .collect::<Result<Vec<_>>>()?;
    let whole = mine || reader.role.reads_all();
    let concern = match concern_store::of_contact(conn, contact.id)?.filter(|_| whole) {
        Some(concern) => Some(concerns::view(conn, reader, &concern)?),
        None => None,
    };
    let added_to = addenda.iter().any(|added| added.in_error.is_empty());
    let is_marked = !in_error.is_empty();
    let called = called(conn, contact.family, people, &entry)?;
    let state = match (is_marked, added_to) {
        (true, _) => "in_error",
        (false, false) => "signed",
        (false, true) => "added_to",
    };
    Ok(ContactView {
        id: contact.id,
        family: contact.family,
        whose: families::whose_of(conn, contact.family, people)?,
        title: note_words::title(contact),
        age: people
            .iter()
            .find(|person| person.role == FamilyRole::Infant)
            .and_then(|infant| person_words::age_on(infant, date))
            .unwrap_or_default(),
        date: day_words(date),
        long_date: long_date_words(date),
        time: time_span(contact),
        by: format!("By {by}, signed {signed} · {}", contact.organisation),
        by_copied: format!("By {named}, signed {signed} · {}", contact.organisation),
        identity: person_words::identity(people),
        who: note_words::who(&entry, &called),
        who_copied: note_words::who(&ContactEntry { others: String::new(), ..entry.clone() }, &called),
        sections: note_words::sections(contact).into_iter().filter(|section| whole || note_words::is_shared(section)).collect(),
        safety: contact.safety.filter(|_| whole).map_or(String::new(), |safety| safety.words().to_owned()),
        raised_concern: concern.is_some(),
        concern,
        next_visit: contact.next_visit.map(|at| format!("Next visit {}", day_time_words(at.local()))).unwrap_or_default(),
        late: if contact.late { "Late entry: signed more than 24 hours after the contact".to_owned() } else { String::new() },
        addenda,
        may_mark_in_error: in_error::may_mark(conn, reader, contact.id.0)?,
        in_error,
        state: state.to_owned(),
        news: news(conn, reader, contact, is_marked)?,
        copy: copies::view(conn, reader, contact)?,
        mine,
    })
}

/// `New`; else what was added to it: `New details`, `New answer`.
fn news(conn: &Db, reader: &User, contact: &Contact, is_marked: bool) -> Result<String> {
    let new = entries::new_kinds(conn, reader.id, contact.family, contact.id.0)?;
    let is_new = |table: &Table| new.iter().any(|kind| kind == table.name);
    if is_new(Contact::TABLE) {
        return Ok("New".to_owned());
    }
    let marked = if is_marked { "Newly entered in error" } else { "Mark changed" };
    let words = [(Addendum::TABLE, "New details"), (EnteredInError::TABLE, marked), (ConcernAnswer::TABLE, "New answer")];
    Ok(words.into_iter().filter_map(|(table, words)| is_new(table).then_some(words)).collect::<Vec<_>>().join(" · "))
}

fn saved(conn: &Db, id: ContactId) -> Result<NoteSaved> {
    Ok(NoteSaved { id, addenda: contacts::addenda(conn, id)?.iter().map(|added| added.id).collect() })
}

/// What the people of a family are called, with those a note names who were
/// entered in error since.
fn called(conn: &Db, family: FamilyId, people: &[Person], entry: &ContactEntry) -> Result<Called> {
    let mut called = person_words::called(people);
    let named = entry.present.iter().chain(&entry.absent).chain(entry.infants.iter().map(|seen| &seen.person));
    for person in named {
        if !called.contains_key(person)
            && let Some(found) = store::kept::<Person>(conn, person.0)?.filter(|found| found.family == family)
        {
            called.extend(person_words::called(&[found]));
        }
    }
    Ok(called)
}

fn addendum_view(conn: &Db, reader: &User, added: &Addendum) -> Result<AddendumView> {
    let by = if added.author == reader.id { "you".to_owned() } else { users::name(conn, added.author)? };
    let words = |by: &str| format!("More details added {} by {by} · {}", day_time_words(added.at.local()), added.organisation);
    let (words, words_copied) = (words(&by), words(&users::name(conn, added.author)?));
    Ok(AddendumView { id: added.id, words, words_copied, in_error: in_error::words(conn, added.id.0)?, text: added.text.clone() })
}

fn time_span(contact: &Contact) -> String {
    let start = time_words(contact.held_at.local());
    match contact.minutes {
        Some(minutes) => format!("{start} to {}", time_words(contact.held_at.plus_minutes(minutes).local())),
        None => start,
    }
}
