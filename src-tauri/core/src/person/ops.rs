//! Adding and changing people of a family.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::access;
use crate::error::Result;
use crate::family::rows as families;
use crate::ids::FamilyId;
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::person::entering::{NumberTaken, check_birth_order, check_generations, check_infant_left, enter, number_refused};
use crate::person::health_care_number::HealthCareNumber;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{Person, PersonEcho, PersonEntry, PersonId, PersonSaved};
use crate::reader::{Opened, Reader};
use crate::reply::Reply;
use crate::screens::search;
use crate::session::Session;
use crate::store::db::Db;
use crate::typed::fold;
use crate::user::User;

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
    let me = session.user().clone();
    session.transact(Op::AddPerson, |tx| {
        let person = enter(tx.new_id(), request.family, &request.person, tx.now())?;
        let others = people::of(tx, request.family)?;
        check_birth_order(&others, &person)?;
        check_generations(&others, &person)?;
        check_number(tx, &me, &person)?;
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
            check_number(tx, &me, &after)?;
        }
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
    let reader = &reader.listed(ECHO)?;
    let entry = &request.person;
    let number: Option<HealthCareNumber> = if entry.number.chars().filter(char::is_ascii_digit).count() < 10 {
        None
    } else {
        Some(entry.number.parse().map_err(number_refused)?)
    };
    let mut lenient = entry.clone();
    lenient.number = String::new();
    lenient.number_absent = Some(crate::person::NumberAbsent::NotNeeded);
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

/// Refuses a Health and Care Number that somebody else has: one of the two is
/// wrong. A parent or carer may be in two families.
///
/// # Errors
/// [`NumberTaken`], which names the other to who may open that record.
pub fn check_number(conn: &Db, me: &User, person: &Person) -> Result<()> {
    let whole = |person: &Person| (fold::fold(&person.family_name), fold::fold(&person.given));
    for other in people::with_number(conn, &person.number.0, person.id)? {
        let in_two_families = other.family != person.family && !person.is_child() && !other.is_child() && whole(&other) == whole(person);
        if in_two_families {
            continue;
        }
        let whose = if other.family == person.family || access::may_open(conn, me, other.family)? {
            format!("{} has this number", person_words::with_role(&other))
        } else {
            "Somebody in the record of another family has this number".to_owned()
        };
        return Err(NumberTaken::ByAnother
            .says(format!("{whose}. One of the two is wrong: check both, or say why there is none."))
            .at("number"));
    }
    Ok(())
}

/// `Similar name on caseload: …` when another open family's infant has the
/// same folded family name and a given name or birthday alike; empty if none.
pub fn similar_on_caseload(conn: &Db, family: FamilyId, infants: &[&Person]) -> Result<String> {
    for infant in infants {
        if search::infants_called(conn, &infant.family_name, family)?.iter().any(|other| may_be_taken_for(infant, other)) {
            return Ok("Similar name on caseload: check the date of birth and the number".to_owned());
        }
    }
    if let Some(of) = infants.iter().filter_map(|infant| infant.of_birth).max().filter(|of| *of > 1) {
        return Ok(format!("{}: check which infant", if of > 2 { "One of several born together" } else { "Twins" }));
    }
    Ok(String::new())
}

/// Whether two infants of one family name may be taken for each other: their
/// given names begin alike, one of two young babies has none yet, or they have
/// one birthday.
fn may_be_taken_for(one: &Person, other: &Person) -> bool {
    let given = |person: &Person| fold::fold(&person.given).replace(' ', "");
    let (mine, theirs) = (given(one), given(other));
    let day = |person: &Person| person.born_on.or(person.due_on);
    let apart = day(one).zip(day(other)).map(|(one, other)| (one - other).num_days().abs());
    if mine.is_empty() || theirs.is_empty() {
        return apart.is_none_or(|days| days <= 183);
    }
    mine.starts_with(&theirs) || theirs.starts_with(&mine) || apart == Some(0)
}

/// People of other families with the same number, or with the same family name
/// and date of birth.
fn similar(reader: &Opened<'_>, person: &Person, number: &str, family: Option<FamilyId>) -> Result<Vec<String>> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let number = if digits.len() == 10 { digits } else { String::new() };
    let born = person.born_on.map(|date| date.to_string()).unwrap_or_default();
    let telling = |name: &str| fold::tokens_of(&[name]).into_iter().filter(|token| token.chars().count() > 3).collect::<BTreeSet<_>>();
    let whole = |name: &str| fold::fold(name).replace(' ', "");
    let typed = telling(&person.family_name);
    if number.is_empty() && (born.is_empty() || whole(&person.family_name).is_empty()) {
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
        let same_name =
            whole(&other.family_name) == whole(&person.family_name) || telling(&other.family_name).intersection(&typed).next().is_some();
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

fn reference_of(reader: &Opened<'_>, family: FamilyId) -> Result<String> {
    Ok(families::find(reader.conn, family)?.map(|family| family.reference).unwrap_or_default())
}
