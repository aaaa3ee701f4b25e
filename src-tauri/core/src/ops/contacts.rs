//! Reading signed notes, adding details to them, retracting them.

use serde::Deserialize;

use super::reader::Reader;
use super::reply::Reply;
use super::session::Session;
use super::{concerns, families};
use crate::codes::{Code, refusals};
use crate::domain::concern::ConcernAnswer;
use crate::domain::contact::{Addendum, AddendumView, Contact, ContactView, Retraction};
use crate::domain::person::{FamilyRole, Person};
use crate::domain::saved::NoteSaved;
use crate::domain::user::{Role, User};
use crate::domain::{note_words, person_words, typed};
use crate::error::Result;
use crate::ids::ContactId;
use crate::ops::op::Op;
use crate::record::{Record, Table};
use crate::store::db::Db;
use crate::store::{concerns as concern_store, contacts, entries, people, users};
use crate::time::{day_time_words, day_words, long_date_words, time_words};

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
        NoReason "retract_no_reason" at "reason" => "Say why the note was entered in error, in at least a few words.",
        AlreadyRetracted "retract_done" => "This note has already been marked as entered in error.",
        NotTheAuthor "retract_not_author" => "Only the person who signed a note, or a service lead, can mark it as entered in error.",
        ConcernStands "retract_concern" => "This note raised a concern that nobody has answered yet. A second person must answer it before the note can be marked.",
    }
}

/// A signed note.
///
/// # Errors
/// `not_yours`.
pub fn contact(reader: &Reader<'_>, request: OfContact) -> Result<ContactView> {
    let contact = reader.known(contacts::find(reader.conn, request.contact)?, "contact")?;
    reader.open(contact.family, "contact")?;
    view(reader.conn, reader.user, &contact, &people::of(reader.conn, contact.family)?)
}

/// Adds details below a signed note, which itself never changes.
///
/// # Errors
/// `not_yours`, or that there is nothing to add.
pub fn add_details(session: &mut Session, request: AddDetails) -> Result<Reply<NoteSaved>> {
    let contact = session.known(contacts::find(session.conn(), request.contact)?, "add_details")?;
    session.allow(contact.family, "add_details")?;
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

/// Marks a signed note as entered in error, with the reason. It stays readable.
///
/// # Errors
/// See [`NoteRefused`].
pub fn retract_contact(session: &mut Session, request: RetractContact) -> Result<Reply<NoteSaved>> {
    let contact = session.known(contacts::find(session.conn(), request.contact)?, "retract_contact")?;
    session.allow(contact.family, "retract_contact")?;
    if !may_retract(session.user(), &contact) {
        return Err(NoteRefused::NotTheAuthor.into());
    }
    let reason = request.reason.trim().to_owned();
    if !typed::says_why(&reason) {
        return Err(NoteRefused::NoReason.into());
    }
    if contacts::retraction(session.conn(), contact.id)?.is_some() {
        return Err(NoteRefused::AlreadyRetracted.into());
    }
    if let Some(concern) = concern_store::of_contact(session.conn(), contact.id)?
        && concern_store::answer(session.conn(), concern.id)?.is_none()
    {
        return Err(NoteRefused::ConcernStands.into());
    }
    session.transact(Op::RetractContact, |tx| {
        tx.because(&reason);
        tx.create(&Retraction {
            id: tx.new_id(),
            family: contact.family,
            contact: contact.id,
            reason: reason.clone(),
            author: tx.actor(),
            at: tx.now(),
        })?;
        saved(tx, contact.id)
    })
}

/// A signed contact as `reader` sees it.
pub fn view(conn: &Db, reader: &User, contact: &Contact, people: &[Person]) -> Result<ContactView> {
    let date = contact.held_at.date();
    let mine = contact.author == reader.id;
    let by = if mine { "you".to_owned() } else { users::name(conn, contact.author)? };
    let signed = contact.signed_at.local();
    let signed = if signed.date() == date { time_words(signed) } else { day_time_words(signed) };
    let entry = contact.entry();
    let retraction = contacts::retraction(conn, contact.id)?;
    let addenda =
        contacts::addenda(conn, contact.id)?.iter().map(|added| addendum_view(conn, reader, added)).collect::<Result<Vec<_>>>()?;
    let concern = match concern_store::of_contact(conn, contact.id)? {
        Some(concern) => Some(concerns::view(conn, reader, &concern)?),
        None => None,
    };
    let state = match (&retraction, addenda.is_empty()) {
        (Some(_), _) => "retracted",
        (None, true) => "signed",
        (None, false) => "added_to",
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
        who: note_words::who(&entry, &person_words::called(people)),
        sections: note_words::sections(&entry),
        safety: contact.safety.map_or(String::new(), |safety| safety.words().to_owned()),
        raised_concern: concern.is_some(),
        concern,
        next_visit: contact.next_visit.map(|at| format!("Next visit {}", day_time_words(at.local()))).unwrap_or_default(),
        late: if contact.late { "Late entry: signed more than 24 hours after the contact".to_owned() } else { String::new() },
        addenda,
        may_retract: retraction.is_none() && may_retract(reader, contact),
        retracted: match retraction {
            Some(retraction) => {
                let who = users::name(conn, retraction.author)?;
                format!(
                    "Entered in error: {}. Marked by {who}, {}",
                    retraction.reason.trim_end_matches('.'),
                    day_time_words(retraction.at.local())
                )
            }
            None => String::new(),
        },
        state: state.to_owned(),
        news: news(conn, reader, contact)?,
        mine,
    })
}

/// `New`; else what was added to it: `New details`, `New answer`.
fn news(conn: &Db, reader: &User, contact: &Contact) -> Result<String> {
    let new = entries::new_kinds(conn, reader.id, contact.family, contact.id.0)?;
    let is_new = |table: &Table| new.iter().any(|kind| kind == table.name);
    if is_new(Contact::TABLE) {
        return Ok("New".to_owned());
    }
    let words = [(Addendum::TABLE, "New details"), (Retraction::TABLE, "Newly entered in error"), (ConcernAnswer::TABLE, "New answer")];
    Ok(words.into_iter().filter_map(|(table, words)| is_new(table).then_some(words)).collect::<Vec<_>>().join(" · "))
}

fn saved(conn: &Db, id: ContactId) -> Result<NoteSaved> {
    Ok(NoteSaved { id, addenda: contacts::addenda(conn, id)?.iter().map(|added| added.id).collect() })
}

fn may_retract(user: &User, contact: &Contact) -> bool {
    contact.author == user.id || user.role == Role::ServiceLead
}

fn addendum_view(conn: &Db, reader: &User, added: &Addendum) -> Result<AddendumView> {
    let by = if added.author == reader.id { "you".to_owned() } else { users::name(conn, added.author)? };
    let words = format!("More details added {} by {by} · {}", day_time_words(added.at.local()), added.organisation);
    Ok(AddendumView { id: added.id, words, text: added.text.clone() })
}

fn time_span(contact: &Contact) -> String {
    let start = time_words(contact.held_at.local());
    match contact.minutes {
        Some(minutes) => format!("{start} to {}", time_words(contact.held_at.plus_minutes(minutes).local())),
        None => start,
    }
}
