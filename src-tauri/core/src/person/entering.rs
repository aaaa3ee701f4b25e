//! What is typed of a person becomes a person, or is refused.

use chrono::{NaiveDate, NaiveTime};

use crate::codes::refusals;
use crate::error::{Error, Result};
use crate::ids::FamilyId;
use crate::person::age;
use crate::person::age::{Birth, BirthRefused};
use crate::person::health_care_number::{HealthCareNumber, NumberRefused, NumberText};
use crate::person::{DateEntry, FamilyRole, Need, NeedKind, NumberAbsent, Person, PersonEntry, PersonId, Responsibility};
use crate::time::Timestamp;
use crate::typed;
use crate::typed::when;
use crate::typed::when::WhenRefused;

/// A person as typed, checked.
///
/// # Errors
/// See [`PersonRefused`] and the rules of the number.
pub fn enter(id: PersonId, family: FamilyId, entry: &PersonEntry, now: Timestamp) -> Result<Person> {
    let family_name = name_field(&entry.family_name, "familyName")?;
    let given = name_field(&entry.given, "given")?;
    let preferred = name_field(&entry.preferred, "preferred")?;
    if family_name.is_empty() {
        return Err(PersonRefused::NoFamilyName.into());
    }
    let infant = entry.role == FamilyRole::Infant;
    let awaited = entry.given_awaited && given.is_empty();
    let born_on = date_field(&entry.born, "born", PersonRefused::BadDate)?;
    let due_on = date_field(&entry.due, "due", PersonRefused::BadDueDate)?;
    if given.is_empty() && !awaited && !(infant && born_on.is_none()) {
        return Err(PersonRefused::NoGiven.into());
    }
    if infant && born_on.is_none() && due_on.is_none() {
        return Err(PersonRefused::NoBirthOrDue.into());
    }
    if infant && born_on.is_some_and(|born| age::years(born, now.date()) >= INFANT_BELOW_YEARS) {
        return Err(PersonRefused::NotAnInfant.into());
    }
    let born_time = time_field(&entry.born_time)?;
    if born_on.zip(born_time).is_some_and(|(date, time)| Timestamp::from_local(date.and_time(time)).local() != date.and_time(time)) {
        return Err(Error::from(WhenRefused::Skipped).at("bornTime"));
    }
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
        given_awaited: given.is_empty() && entry.role.is_child(),
        given,
        preferred,
        // Of a grown-up nobody here needs it.
        sex: entry.sex.filter(|_| entry.role.is_child()),
        born_on,
        born_time,
        due_on: if infant { due_on } else { None },
        birth_order: if infant { entry.birth_order.filter(|order| *order > 0) } else { None },
        number: NumberText(number),
        number_absent,
        responsibility: responsibility(entry)?,
        needs: needs(entry)?,
        of_birth: None,
        loss: None,
        lost_on: None,
    })
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

/// Refuses a change after which the family would have no infant.
///
/// # Errors
/// [`PersonRefused::LastInfant`].
pub fn check_infant_left(others: &[Person], before: &Person, after: &Person) -> std::result::Result<(), PersonRefused> {
    let infant = |person: &Person| person.role == FamilyRole::Infant;
    if infant(before) && !infant(after) && !others.iter().any(infant) { Err(PersonRefused::LastInfant) } else { Ok(()) }
}

/// Refuses a parent or carer who would be younger than an infant of the family,
/// or not [`PARENT_FROM_YEARS`] older.
///
/// # Errors
/// [`PersonRefused::YoungerThanChild`].
pub fn check_generations(others: &[Person], person: &Person) -> Result<()> {
    let grown = |one: &Person| !one.role.is_child();
    let child = |one: &Person| one.role == FamilyRole::Infant;
    for other in others {
        let (parent, infant) = if grown(person) && child(other) { (person, other) } else { (other, person) };
        if !grown(parent) || !child(infant) {
            continue;
        }
        let Some((born, birth)) = parent.born_on.zip(infant.born_on.or(infant.due_on)) else { continue };
        if age::years(born, birth) < PARENT_FROM_YEARS {
            return Err(PersonRefused::YoungerThanChild.into());
        }
    }
    Ok(())
}

/// An infant of this service is younger than this: at three their care ends, and a
/// slip of the year is found.
const INFANT_BELOW_YEARS: i32 = 5;
/// A parent or carer is at least this much older than an infant.
const PARENT_FROM_YEARS: i32 = 10;

/// Refuses a place in the birth order that another infant has.
///
/// # Errors
/// [`PersonRefused::TwinOrder`].
pub fn check_birth_order(others: &[Person], person: &Person) -> Result<()> {
    let siblings = others.iter().filter(|other| other.role == FamilyRole::Infant);
    let same = |one: Option<NaiveDate>, other: Option<NaiveDate>| one.is_some() && one == other;
    let same_birth = |other: &&Person| same(other.born_on, person.born_on) || same(other.due_on, person.due_on);
    if person.role == FamilyRole::Infant
        && siblings.filter(same_birth).any(|other| other.birth_order.unwrap_or(0) == person.birth_order.unwrap_or(0))
    {
        return Err(PersonRefused::TwinOrder.into());
    }
    Ok(())
}

/// By what an adult has parental responsibility. Who gave birth has it by that,
/// and nobody else has.
fn responsibility(entry: &PersonEntry) -> Result<Option<Responsibility>> {
    match entry.responsibility {
        _ if entry.role.is_child() => Ok(None),
        Some(Responsibility::GaveBirth) if !entry.role.may_have_given_birth() => Err(PersonRefused::GaveBirth.into()),
        given => Ok(given),
    }
}

/// What a person needs, each kind once, and of an interpreter the language.
fn needs(entry: &PersonEntry) -> Result<Vec<Need>> {
    let mut needs: Vec<Need> = Vec::new();
    for (index, need) in entry.needs.iter().enumerate() {
        let at = |refused: PersonRefused| Error::from(refused).at(&format!("needs.{index}.detail"));
        let detail = typed::line(&need.detail, 120).ok_or_else(|| at(PersonRefused::BadNeed))?;
        if need.kind == NeedKind::Interpreter && detail.is_empty() {
            return Err(at(PersonRefused::NoLanguage));
        }
        if !needs.iter().any(|known| known.kind == need.kind) {
            needs.push(Need { kind: need.kind, detail });
        }
    }
    Ok(needs)
}

fn name_field(text: &str, field: &str) -> Result<String> {
    typed::line(text, 70).ok_or_else(|| Error::from(PersonRefused::BadName).at(field))
}

/// `unfinished` is said of a date of which a part is blank; of another that is
/// none, what is said of it in every other field.
fn date_field(entry: &DateEntry, field: &str, unfinished: PersonRefused) -> Result<Option<NaiveDate>> {
    let parts = [&entry.day, &entry.month, &entry.year];
    match parts.iter().filter(|part| part.trim().is_empty()).count() {
        0 => {}
        3 => return Ok(None),
        _ => return Err(unfinished.into()),
    }
    let read = when::parse_date(&entry.day, &entry.month, &entry.year);
    read.map(Some).map_err(|refusal| Error::from(refusal).at(field))
}

/// The refusal of a number, at its field.
#[must_use]
pub fn number_refused(refusal: NumberRefused) -> Error {
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
    NaiveTime::parse_from_str(&text, "%H:%M").map(Some).map_err(|_| PersonRefused::BadTime.into())
}

fn number_field(entry: &PersonEntry, infant: bool) -> Result<(String, Option<NumberAbsent>)> {
    if entry.number.trim().is_empty() {
        if infant && entry.number_absent.is_none() {
            return Err(PersonRefused::NoNumberReason.into());
        }
        return Ok((String::new(), entry.number_absent));
    }
    if entry.number_absent.is_some() {
        return Err(PersonRefused::BothNumberAndReason.into());
    }
    let number: HealthCareNumber = entry.number.parse().map_err(number_refused)?;
    Ok((number.digits(), None))
}

refusals! {
    /// What is missing or wrong of a person.
    pub enum PersonRefused {
        NoFamilyName "person_no_family_name" at "familyName" => "Type the family name.",
        BadName "person_bad_name" at "familyName" => "A name has letters, up to 70. If you pasted it in, type it again.",
        GaveBirth "person_gave_birth" at "responsibility" => "Only the person who gave birth has it by that. Choose another basis, or correct the relationship.",
        NoLanguage "person_no_language" at "needs" => "Say which language.",
        BadNeed "person_bad_need" at "needs" => "Write it in a few words on one line, up to 120 characters.",
        NoGiven "person_no_given" at "given" => "Type the given name, or tick that there is none.",
        NoBirthOrDue "person_no_date" at "born" => "Type the infant's date of birth, or the due date if not yet born.",
        NotAnInfant "person_not_infant" at "born" => "An infant of five years or more is a child of the family. Check the year, or choose sibling.",
        YoungerThanChild "person_younger_than_child" at "born" => "That parent or carer would be younger than the child, or hardly older. Check both dates of birth.",
        BadDate "person_bad_date" at "born" => "That is not a date. Type day, month and year, for example 27 10 2026.",
        BadDueDate "person_bad_due" at "due" => "That is not a due date. Type day, month and year within the next 10 months, or the date that was expected at birth.",
        BadTime "person_bad_time" at "bornTime" => "Type the time of birth as hours and minutes, for example 04:35.",
        NoNumberReason "person_no_number" at "number" => "Type the Health and Care Number, or say why it is not known.",
        BothNumberAndReason "person_number_and_reason" at "number" => "There is a number and a reason for not having one. Keep one of them.",
        LastInfant "person_last_infant" at "role" => "The family has no other infant, so this stays the infant. Add the other infant first, then change this.",
        TwinOrder "person_twin_order" at "birthOrder" => "Two infants in one family cannot have the same birth order. Give each its own: 1, 2 …",
    }
}

refusals! {
    /// A number that cannot be this person’s.
    pub enum NumberTaken {
        ByAnother "person_number_taken",
        ForPractice "person_number_practice",
    }
}
