//! Adding and changing people of a family.

use serde::Deserialize;

use crate::error::Result;
use crate::ids::FamilyId;
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::person::alike;
use crate::person::entering::{check_birth_order, check_generations, check_infant_left, enter, number_refused};
use crate::person::health_care_number::HealthCareNumber;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{Person, PersonEcho, PersonEntry, PersonId, PersonSaved};
use crate::reader::Reader;
use crate::reply::Reply;
use crate::session::Session;
use crate::time::Timestamp;

/// A person to add to a family.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddPerson {
    /// The family.
    pub family: FamilyId,
    /// The person.
    pub person: PersonEntry,
}

/// A person to change.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AmendPerson {
    /// Who.
    pub id: PersonId,
    /// As they should stand.
    pub person: PersonEntry,
    /// The log position the form was read at.
    pub seen: i64,
}

/// A person being typed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EchoPerson {
    /// What is typed so far.
    pub person: PersonEntry,
    /// The family, if it is already in the record.
    pub family: Option<FamilyId>,
    /// Who is being changed; nobody while somebody is added.
    #[serde(default)]
    pub of: Option<PersonId>,
    /// Who else is typed in the same form.
    #[serde(default)]
    pub beside: Vec<PersonEntry>,
}

/// Adds a person to a family.
///
/// # Errors
/// `not_yours`, or the field that cannot be used.
pub fn add_person(session: &mut Session, request: AddPerson) -> Result<Reply<PersonSaved>> {
    session.allow(request.family, "add_person")?;
    let me = session.user().clone();
    session.transact(Op::AddPerson, |tx| {
        let person = enter(tx.new_id(), request.family, &request.person, tx.now())?;
        let others = people::of(tx, request.family)?;
        check_birth_order(&others, &person)?;
        check_generations(&others, &person)?;
        alike::check_number(tx, &me, &person)?;
        tx.create(&person)?;
        Ok(PersonSaved { id: person.id })
    })
}

/// Changes a person.
///
/// # Errors
/// `not_yours`, `changed_since`, or the field that cannot be used.
pub fn amend_person(session: &mut Session, request: AmendPerson) -> Result<Reply<PersonSaved>> {
    let before: Person = in_error::to_act_on(session, request.id.0, "amend_person")?;
    let me = session.user().clone();
    session.transact(Op::AmendPerson, |tx| {
        let after = enter(before.id, before.family, &request.person, tx.now())?;
        let others: Vec<Person> = people::of(tx, before.family)?.into_iter().filter(|person| person.id != before.id).collect();
        check_birth_order(&others, &after)?;
        check_infant_left(&others, &before, &after)?;
        check_generations(&others, &after)?;
        if after.number != before.number {
            alike::check_number(tx, &me, &after)?;
        }
        // The form calls its two dates by what they are.
        tx.amend(&before, &after, request.seen).map_err(|error| error.calling(&[("bornOn", "born"), ("dueOn", "due")]))?;
        Ok(PersonSaved { id: before.id })
    })
}

/// What the core makes of a person while they are being typed: nothing is
/// saved, and nothing half-typed is refused. Nobody is named who was not typed,
/// and whose record is meant only to who may open it; each record that was found
/// is a line of the read log, and only so many people can be looked for.
///
/// # Errors
/// A whole number whose check digit is wrong.
pub fn echo_person(reader: &Reader<'_>, request: EchoPerson) -> Result<PersonEcho> {
    let reader = &reader.listed(alike::ECHO)?;
    let entry = &request.person;
    let number: Option<HealthCareNumber> = if entry.number.chars().filter(char::is_ascii_digit).count() < 10 {
        None
    } else {
        Some(entry.number.parse().map_err(number_refused)?)
    };
    let typed = lenient(entry, reader.now);
    let beside: Vec<Person> = request.beside.iter().filter_map(|entry| lenient(entry, reader.now).ok()).collect();
    let mut warnings = Vec::new();
    if let Some(warning) = number.and_then(HealthCareNumber::warning) {
        warnings.push(warning.to_owned());
    }
    let (name, born) = match &typed {
        Ok(person) => (person_words::display(person), person_words::born_line(person, reader.now)),
        Err(_) => (String::new(), String::new()),
    };
    Ok(PersonEcho {
        name,
        born,
        number: number.map(|number| number.to_string()).unwrap_or_default(),
        warnings,
        similar: match &typed {
            Ok(person) => {
                let typed = alike::Typed { person, number: &entry.number, family: request.family, of: request.of, beside: &beside };
                alike::similar(reader, &typed)?
            }
            Err(_) => Vec::new(),
        },
    })
}

/// A person as typed so far: what is not there yet is not asked for.
fn lenient(entry: &PersonEntry, now: Timestamp) -> Result<Person> {
    let mut entry = entry.clone();
    entry.number = String::new();
    entry.number_absent = Some(crate::person::NumberAbsent::NotNeeded);
    entry.given_awaited |= entry.given.trim().is_empty();
    enter(PersonId(uuid::Uuid::nil()), FamilyId(uuid::Uuid::nil()), &entry, now)
}
