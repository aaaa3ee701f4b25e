//! Adding and changing people of a family.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use serde::Deserialize;

use super::access;
use super::reader::Reader;
use super::reply::Reply;
use super::session::Session;
use crate::domain::age::{self, Birth, BirthRefused};
use crate::domain::family::FamilyRefused;
use crate::domain::health_care_number::{HealthCareNumber, NumberRefused, NumberText};
use crate::domain::person::{DateEntry, FamilyRole, Person, PersonEcho, PersonEntry};
use crate::domain::saved::PersonSaved;
use crate::domain::{fold, person_words, typed, when};
use crate::error::{Error, Result};
use crate::ids::{FamilyId, PersonId};
use crate::ops::op::Op;
use crate::store::db::Db;
use crate::store::{families, people, search};
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
}

/// Adds a person to a family.
///
/// # Errors
/// `not_yours`, or the field that cannot be used.
pub fn add_person(session: &mut Session, request: AddPerson) -> Result<Reply<PersonSaved>> {
    session.allow(request.family, "add_person")?;
    session.transact(Op::AddPerson, |tx| {
        let person = enter(tx.new_id(), request.family, &request.person, tx.now())?;
        check_birth_order(&people::of(tx, request.family)?, &person)?;
        tx.create(&person)?;
        Ok(PersonSaved { id: person.id })
    })
}

/// Changes a person.
///
/// # Errors
/// `not_yours`, `changed_since`, or the field that cannot be used.
pub fn amend_person(session: &mut Session, request: AmendPerson) -> Result<Reply<PersonSaved>> {
    let before = session.known(people::find(session.conn(), request.id)?, "amend_person")?;
    session.allow(before.family, "amend_person")?;
    session.transact(Op::AmendPerson, |tx| {
        let mut after = enter(before.id, before.family, &request.person, tx.now())?;
        after.died_on = before.died_on;
        let others: Vec<Person> = people::of(tx, before.family)?.into_iter().filter(|person| person.id != before.id).collect();
        check_birth_order(&others, &after)?;
        // The form calls its two dates by what they are.
        tx.amend(&before, &after, request.seen).map_err(|error| error.calling(&[("bornOn", "born"), ("dueOn", "due")]))?;
        Ok(PersonSaved { id: before.id })
    })
}

/// What the read log calls it.
const ECHO: &str = "echo_person";

/// What the core makes of a person while they are being typed: nothing is
/// saved, and nothing half-typed is refused. Nobody is named who was not typed,
/// and whose record is meant only to who may open it; each record that was found
/// is a line of the read log, and only so many people can be looked for.
///
/// # Errors
/// A whole number whose check digit is wrong.
pub fn echo_person(reader: &Reader<'_>, request: EchoPerson) -> Result<PersonEcho> {
    reader.listed(ECHO)?;
    let entry = &request.person;
    let number: Option<HealthCareNumber> = if entry.number.chars().filter(char::is_ascii_digit).count() < 10 {
        None
    } else {
        Some(entry.number.parse().map_err(number_refused)?)
    };
    let mut lenient = entry.clone();
    lenient.number = String::new();
    lenient.number_absent = Some(crate::domain::person::NumberAbsent::NotNeeded);
    lenient.given_awaited |= lenient.given.trim().is_empty();
    let typed = enter(PersonId(uuid::Uuid::nil()), FamilyId(uuid::Uuid::nil()), &lenient, reader.now);
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
        similar: typed.ok().map(|person| similar(reader, &person, &entry.number, request.family)).transpose()?.unwrap_or_default(),
    })
}

/// A person as typed, checked.
///
/// # Errors
/// See [`FamilyRefused`] and the rules of the number.
pub fn enter(id: PersonId, family: FamilyId, entry: &PersonEntry, now: Timestamp) -> Result<Person> {
    let family_name = name_field(&entry.family_name, "familyName")?;
    let given = name_field(&entry.given, "given")?;
    let preferred = name_field(&entry.preferred, "preferred")?;
    if family_name.is_empty() {
        return Err(FamilyRefused::NoFamilyName.into());
    }
    let infant = entry.role == FamilyRole::Infant;
    let awaited = entry.given_awaited && given.is_empty();
    let born_on = date_field(&entry.born, "born", FamilyRefused::BadDate)?;
    let due_on = date_field(&entry.due, "due", FamilyRefused::BadDueDate)?;
    if given.is_empty() && !awaited && !(infant && born_on.is_none()) {
        return Err(FamilyRefused::NoGiven.into());
    }
    if infant && born_on.is_none() && due_on.is_none() {
        return Err(FamilyRefused::NoBirthOrDue.into());
    }
    let born_time = time_field(&entry.born_time)?;
    match (born_on, due_on) {
        (Some(date), due) => {
            Birth { date, time: born_time, due }.checked(now).map_err(birth_refused)?;
        }
        (None, Some(due)) => {
            age::checked_due(due, now.date()).map_err(birth_refused)?;
        }
        (None, None) => {}
    }
    let (number, number_absent) = number_field(entry, infant)?;
    Ok(Person {
        id,
        family,
        role: entry.role,
        family_name,
        // An adult without a given name has one name only: nobody calls them a baby.
        given_awaited: given.is_empty() && matches!(entry.role, FamilyRole::Infant | FamilyRole::Sibling),
        given,
        preferred,
        sex: entry.sex,
        born_on,
        born_time,
        due_on: if infant { due_on } else { None },
        birth_order: if infant { entry.birth_order.filter(|order| *order > 0) } else { None },
        number: NumberText(number),
        number_absent,
        died_on: None,
    })
}

/// Refuses a place in the birth order that another infant has.
///
/// # Errors
/// [`FamilyRefused::TwinOrder`].
pub fn check_birth_order(others: &[Person], person: &Person) -> Result<()> {
    let siblings = others.iter().filter(|other| other.role == FamilyRole::Infant);
    let same_birth = |other: &&Person| other.born_on == person.born_on || other.due_on == person.due_on && person.due_on.is_some();
    if person.role == FamilyRole::Infant
        && siblings.filter(same_birth).any(|other| other.birth_order.unwrap_or(0) == person.birth_order.unwrap_or(0))
    {
        return Err(FamilyRefused::TwinOrder.into());
    }
    Ok(())
}

/// Points an error at the person with that index in a request.
#[must_use]
pub fn at_index(mut error: Error, index: usize) -> Error {
    error.field = Some(match error.field {
        Some(field) => format!("people.{index}.{field}"),
        None => format!("people.{index}"),
    });
    error
}

/// `Similar name on caseload: …` when another open family's infant has the
/// same folded family name and a given name or birthday alike; empty if none.
pub fn similar_on_caseload(conn: &Db, family: FamilyId, infants: &[&Person]) -> Result<String> {
    for infant in infants {
        let query = fold::Query::parse(&format!("{} {}", infant.family_name, infant.given));
        if search::another_infant_is_called(conn, &query, family)? {
            return Ok("Similar name on caseload: check the date of birth and the number".to_owned());
        }
    }
    if infants.len() > 1 {
        return Ok("Twins: check which infant".to_owned());
    }
    Ok(String::new())
}

/// People of other families with the same number, or with the same family name
/// and date of birth.
fn similar(reader: &Reader<'_>, person: &Person, number: &str, family: Option<FamilyId>) -> Result<Vec<String>> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let number = if digits.len() == 10 { digits } else { String::new() };
    let born = person.born_on.map(|date| date.to_string()).unwrap_or_default();
    let telling = |name: &str| fold::tokens_of(&[name]).into_iter().filter(|token| token.chars().count() > 3).collect::<BTreeSet<_>>();
    let typed = telling(&person.family_name);
    if number.is_empty() && (born.is_empty() || typed.is_empty()) {
        return Ok(Vec::new());
    }
    if !(reader.may_look_for)(&format!("{number} {born} {typed:?}")) {
        return Ok(vec![
            "Not compared with other records: many people have been looked for in a short time. Wait a quarter of an hour, or ask the \
             service lead."
                .to_owned(),
        ]);
    }
    let mut lines = Vec::new();
    for other in people::alike(reader.conn, &number, &born, family)? {
        let same_number = !number.is_empty() && other.number.0 == number;
        let same_name = telling(&other.family_name).intersection(&typed).next().is_some();
        if !same_number && !same_name {
            continue;
        }
        let mine = access::may_open(reader.conn, reader.user, other.family)?;
        reader.found(other.family, ECHO, mine)?;
        lines.push(if !mine {
            "A person with the same details is in the record of another family. Ask the service lead.".to_owned()
        } else if same_name {
            let (name, born) = (person_words::display(&other), person_words::born_within(&other, reader.now));
            format!("{name}, {born}, in {}", reference_of(reader, other.family)?)
        } else {
            format!("Somebody with this number is in {}", reference_of(reader, other.family)?)
        });
    }
    lines.dedup();
    Ok(lines)
}

fn reference_of(reader: &Reader<'_>, family: FamilyId) -> Result<String> {
    Ok(families::find(reader.conn, family)?.map(|family| family.reference).unwrap_or_default())
}

fn name_field(text: &str, field: &str) -> Result<String> {
    typed::line(text, 70).ok_or_else(|| Error::from(FamilyRefused::BadName).at(field))
}

/// `unfinished` is said of a date of which a part is blank; of another that is
/// none, what is said of it in every other field.
fn date_field(entry: &DateEntry, field: &str, unfinished: FamilyRefused) -> Result<Option<chrono::NaiveDate>> {
    let parts = [&entry.day, &entry.month, &entry.year];
    match parts.iter().filter(|part| part.trim().is_empty()).count() {
        0 => {}
        3 => return Ok(None),
        _ => return Err(unfinished.into()),
    }
    let read = when::parse_date(&entry.day, &entry.month, &entry.year);
    read.map(Some).map_err(|refusal| Error::from(refusal).at(field))
}

fn number_refused(refusal: NumberRefused) -> Error {
    Error::from(refusal).at("number")
}

fn birth_refused(refusal: BirthRefused) -> Error {
    let field = match refusal {
        BirthRefused::InFuture | BirthRefused::TooLongAgo => "born",
        BirthRefused::DueTooFarAhead | BirthRefused::DueDoesNotFit => "due",
    };
    Error::from(refusal).at(field)
}

fn time_field(text: &str) -> Result<Option<NaiveTime>> {
    let text = text.trim().replace('.', ":");
    if text.is_empty() {
        return Ok(None);
    }
    NaiveTime::parse_from_str(&text, "%H:%M").map(Some).map_err(|_| FamilyRefused::BadTime.into())
}

fn number_field(entry: &PersonEntry, infant: bool) -> Result<(String, Option<crate::domain::person::NumberAbsent>)> {
    if entry.number.trim().is_empty() {
        if infant && entry.number_absent.is_none() {
            return Err(FamilyRefused::NoNumberReason.into());
        }
        return Ok((String::new(), entry.number_absent));
    }
    if entry.number_absent.is_some() {
        return Err(FamilyRefused::BothNumberAndReason.into());
    }
    let number: HealthCareNumber = entry.number.parse().map_err(number_refused)?;
    Ok((number.digits(), None))
}
