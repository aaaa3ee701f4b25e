//! How a person is worded: name, age, number, in lists and in the banner.

use chrono::NaiveDate;

use crate::codes::Code;
use crate::contact::note_words::{Called, join_and};
use crate::loss;
use crate::person::age::{Birth, Life};
use crate::person::health_care_number::HealthCareNumber;
use crate::person::name::{BirthOrder, GivenStatus, Name};
use crate::person::{DateEntry, FamilyRole, Need, NumberAbsent, Person, PersonEntry, PersonView};
use crate::time::{Timestamp, date_words};
use crate::typed::choice::Choice;

/// `O’NEILL, Fiadh`; `WILSON, Baby (twin 1)`.
#[must_use]
pub fn display(person: &Person) -> String {
    name_of(person).display()
}

/// `Fiadh`, `Fi`, `Baby (twin 1)`: what a chip says.
#[must_use]
pub fn familiar(person: &Person) -> String {
    name_of(person).familiar()
}

/// What everybody of a family is called, by id.
#[must_use]
pub fn called(people: &[Person]) -> Called {
    people.iter().map(|person| (person.id, familiar(person))).collect()
}

/// `Róisín (mother), Conor (father or partner)`.
#[must_use]
pub fn carers(people: &[Person]) -> String {
    let carers = people.iter().filter(|person| !person.is_child());
    let each = |person: &Person| {
        let words = [person.role.words(), &lost(person)].into_iter().filter(|words| !words.is_empty()).map(lower_first).collect::<Vec<_>>();
        format!("{} ({})", familiar(person), words.join(", "))
    };
    carers.map(each).collect::<Vec<_>>().join(", ")
}

/// The age alone, or how far the pregnancy is, or that there was a loss; empty
/// if not known.
#[must_use]
pub fn age(person: &Person, now: Timestamp) -> String {
    let life = life(person);
    if person.loss.is_some() {
        return lost(person);
    }
    match &life {
        Life::Unborn { .. } => life.gestation(now.date()).map(|weeks| weeks.words()).unwrap_or_default(),
        _ => life.age(now).unwrap_or_default(),
    }
}

/// The ages of a family's infants in a list, each told once; of the living, or
/// if there are none, that there was a loss.
#[must_use]
pub fn ages(people: &[Person], now: Timestamp) -> String {
    let living = infants_of(people).any(|infant| infant.loss.is_none());
    let told = infants_of(people).filter(|infant| !living || infant.loss.is_none());
    let mut ages: Vec<String> = told.map(|infant| age(infant, now)).filter(|age| !age.is_empty()).collect();
    ages.dedup();
    ages.join(", ")
}

/// The age on a day, for the age spine; none if not known.
#[must_use]
pub fn age_on(person: &Person, date: NaiveDate) -> Option<String> {
    life(person).spine(date)
}

/// `Born 11-Oct-2026 (6w 1d)`, `Due 12-Mar-2027 (24w pregnant)`, `Date of birth not recorded`.
#[must_use]
pub fn born_line(person: &Person, now: Timestamp) -> String {
    match life(person) {
        Life::NotKnown => "Date of birth not recorded".to_owned(),
        life => {
            let words = life.banner(now);
            format!("{} {}", words.label, words.value)
        }
    }
}

/// The same within a sentence: `born 11-Oct-2026 (6w 1d)`.
#[must_use]
pub fn born_within(person: &Person, now: Timestamp) -> String {
    lower_first(&born_line(person, now))
}

/// What a family is called in lists: its infants, a family name that they share
/// told once. `O’NEILL, Fiadh`; `BELL, James (twin 1) and Maisie (twin 2)`.
#[must_use]
pub fn infants(people: &[Person]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut before = None;
    for infant in infants_of(people) {
        let (whole, shared) = (display(infant), before == Some(&infant.family_name));
        names.push(whole.split_once(", ").filter(|_| shared).map_or(whole.clone(), |(_, given)| given.to_owned()));
        before = Some(&infant.family_name);
    }
    join_and(&names)
}

/// The same beside another of the family: `infant O’NEILL, Fiadh`; `infants BELL, James and Maisie`.
#[must_use]
pub fn infants_told(people: &[Person]) -> String {
    let what = if infants_of(people).count() == 1 { "infant" } else { "infants" };
    format!("{what} {}", infants(people))
}

/// Whose record it is, with what tells it from every other: each infant with the
/// day of birth or the due date, the mother of a baby without a given name, and
/// the case reference. `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
#[must_use]
pub fn whose(people: &[Person], reference: &str) -> String {
    let each = |words: &dyn Fn(&Person) -> String| join_and(&infants_of(people).map(words).collect::<Vec<_>>());
    let parts = match &dates(people)[..] {
        [_, _, ..] => vec![each(&|infant| format!("{} {}", display(infant), dated(infant)))],
        dates => vec![each(&display), dates.concat()],
    };
    marked(parts, people, reference)
}

/// The same of what is one person's own: `O’NEILL, Róisín (mother) · F26-7K2Q`;
/// `BELL, Maisie (twin 2) · born 02-Nov-2026 · F26-7K2Q`.
#[must_use]
pub fn whose_own(person: &Person, people: &[Person], reference: &str) -> String {
    if person.role != FamilyRole::Infant {
        return [&with_role(person), reference].join(" · ");
    }
    let beside = |other: &&Person| other.id == person.id || other.role != FamilyRole::Infant;
    whose(&people.iter().filter(beside).cloned().collect::<Vec<_>>(), reference)
}

/// Each infant as another record knows them: `O’NEILL, Fiadh · born 11-Oct-2026 ·
/// H&C No. 999 123 4567`.
#[must_use]
pub fn identity(people: &[Person]) -> String {
    let each = |infant: &Person| format!("{} · {} · H&C No. {}", display(infant), dated(infant), number(infant));
    infants_of(people).map(each).collect::<Vec<_>>().join("\n")
}

/// `O’NEILL, Róisín (mother)`.
#[must_use]
pub fn with_role(person: &Person) -> String {
    format!("{} ({})", display(person), person.role.words().to_lowercase())
}

/// The same without the names, beside which it stands in a list:
/// `born 11-Oct-2026 · F26-7K2Q`.
#[must_use]
pub fn apart(people: &[Person], reference: &str) -> String {
    marked(vec![join_and(&dates(people))], people, reference)
}

fn infants_of(people: &[Person]) -> impl Iterator<Item = &Person> {
    people.iter().filter(|person| person.role == FamilyRole::Infant)
}

fn dated(infant: &Person) -> String {
    if infant.loss.is_some() && infant.born_on.is_none() {
        return lower_first(&lost(infant));
    }
    match (infant.born_on, infant.due_on) {
        (Some(born), _) => format!("born {}", date_words(born)),
        (None, Some(due)) => format!("due {}", date_words(due)),
        (None, None) => "born: not recorded".to_owned(),
    }
}

/// When each infant was born or is due, once where it is the same.
fn dates(people: &[Person]) -> Vec<String> {
    let mut dates: Vec<String> = infants_of(people).map(dated).collect();
    dates.dedup();
    dates
}

/// `parts`, the mother of a baby without a given name, and the case reference.
fn marked(mut parts: Vec<String>, people: &[Person], reference: &str) -> String {
    let is_nameless = infants_of(people).any(|infant| infant.given.trim().is_empty());
    let birth = people.iter().find(|person| person.role.may_have_given_birth());
    let adult = birth.or_else(|| people.iter().find(|person| !person.is_child()));
    if let Some(adult) = adult.filter(|_| is_nameless) {
        parts.push(format!("{} {}", adult.role.words().to_lowercase(), familiar(adult)));
    }
    parts.push(reference.to_owned());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// `Interpreter: Tetum · Hearing`; empty if none is known.
#[must_use]
pub fn needs(person: &Person) -> String {
    person.needs.iter().map(Need::words).collect::<Vec<_>>().join(" · ")
}

/// What each of the family needs who is alive: `Róisín: interpreter: Tetum, hearing`;
/// empty if nobody needs anything that is known.
#[must_use]
pub fn needs_of(people: &[Person]) -> Vec<String> {
    let needing = people.iter().filter(|person| person.loss.is_none() && !person.needs.is_empty());
    needing.map(|person| format!("{}: {}", familiar(person), needs(person))).collect()
}

/// `999 123 4567`, or why there is none.
#[must_use]
pub fn number(person: &Person) -> String {
    match (person.number.number(), person.number_absent) {
        (Some(number), _) => number.to_string(),
        (None, Some(NumberAbsent::NotIssued)) => "Not yet issued".to_owned(),
        (None, Some(why)) => format!("Not known: {}", why.words().to_lowercase()),
        (None, None) => "Not recorded".to_owned(),
    }
}

/// Where a person is in life, as the age rules need it.
#[must_use]
pub fn life(person: &Person) -> Life {
    let birth = person.born_on.map(|date| Birth { date, time: person.born_time, due: person.due_on });
    match (person.loss, birth) {
        (Some(how), birth) => match person.lost_on {
            Some(on) if how.is_death() => Life::Died { birth, on },
            on => Life::Ended { how, due: person.due_on, on },
        },
        (None, Some(birth)) => Life::Living(birth),
        (None, None) if person.due_on.is_some() => Life::Unborn { due: person.due_on },
        (None, None) => Life::NotKnown,
    }
}

/// `Died 20-Nov-2026`; empty unless the person has died or the pregnancy ended.
#[must_use]
pub fn lost(person: &Person) -> String {
    person.loss.map(|how| how.dated(person.lost_on)).unwrap_or_default()
}

/// A person as read.
#[must_use]
pub fn view(person: &Person, now: Timestamp) -> PersonView {
    let banner = life(person).banner(now);
    PersonView {
        id: person.id,
        role: person.role,
        role_words: person.role.words().to_owned(),
        name: display(person),
        preferred: person.preferred.clone(),
        sex: if person.is_child() { person.sex.map_or("Not recorded", Code::words).to_owned() } else { String::new() },
        born_label: banner.label.to_owned(),
        born: banner.value,
        age: if person.loss.is_some() { String::new() } else { age(person, now) },
        number: number(person),
        lost: lost(person),
        losses: if person.loss.is_none() { choices_of(person) } else { Vec::new() },
        responsibility: person.responsibility.map_or("", Code::words).to_owned(),
        needs: needs(person),
        number_warning: person.number.number().and_then(HealthCareNumber::warning).unwrap_or_default().to_owned(),
        birth_order: birth_order(person).map(BirthOrder::words).unwrap_or_default(),
        entry: entry(person),
    }
}

fn choices_of(person: &Person) -> Vec<Choice> {
    let kinds = loss::kinds_of(person.role == FamilyRole::Infant, person.born_on.is_some());
    kinds.iter().map(|kind| Choice { code: kind.code().to_owned(), words: kind.words().to_owned(), key: String::new() }).collect()
}

/// What the edit form of a person starts with.
#[must_use]
pub fn entry(person: &Person) -> PersonEntry {
    PersonEntry {
        role: person.role,
        family_name: person.family_name.clone(),
        given: person.given.clone(),
        given_awaited: person.given.is_empty(),
        preferred: person.preferred.clone(),
        sex: person.sex,
        born: date_entry(person.born_on),
        born_time: person.born_time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
        due: date_entry(person.due_on),
        birth_order: person.birth_order,
        number: person.number.number().map(|number| number.to_string()).unwrap_or_default(),
        number_absent: person.number_absent,
        responsibility: person.responsibility,
        needs: person.needs.clone(),
    }
}

/// The place among those born together: of as many as the record has, or as the
/// place itself tells.
fn birth_order(person: &Person) -> Option<BirthOrder> {
    let place = BirthOrder::from(person.birth_order?);
    Some(BirthOrder { of: place.of.max(person.of_birth.unwrap_or_default()), ..place })
}

fn name_of(person: &Person) -> Name {
    let nothing = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Name {
        given: nothing(&person.given),
        family: person.family_name.clone(),
        preferred: nothing(&person.preferred),
        given_status: if person.given_awaited { GivenStatus::NotYetGiven } else { GivenStatus::Known },
        birth_order: birth_order(person),
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn date_entry(date: Option<NaiveDate>) -> DateEntry {
    date.map(|date| DateEntry {
        day: date.format("%-d").to_string(),
        month: date.format("%-m").to_string(),
        year: date.format("%Y").to_string(),
    })
    .unwrap_or_default()
}
