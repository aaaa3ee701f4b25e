//! People who may be the same, or be taken for each other.

use crate::access;
use crate::error::Result;
use crate::family::rows as families;
use crate::ids::FamilyId;
use crate::person::entering::NumberTaken;
use crate::person::health_care_number::{HealthCareNumber, NumberRange};
use crate::person::rows as people;
use crate::person::same;
use crate::person::same::Why;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person, PersonId};
use crate::reader::Opened;
use crate::screens::search;
use crate::store::db::Db;
use crate::store::vault;
use crate::typed::fold;
use crate::user::User;

/// What the read log calls a person who is being typed.
pub const ECHO: &str = "echo_person";

/// Why a number of the practice range is refused in a live record.
const FOR_PRACTICE: &str = "Numbers that begin with 999 belong to nobody: they are for the practice record. Copy the number from a letter or the red book, or say why there is none.";

/// Refuses a Health and Care Number that somebody else has: one of the two is
/// wrong. A parent or carer may be in two families. In a live record one of the
/// practice range is refused too.
///
/// # Errors
/// [`NumberTaken`], which names the other to who may open that record.
pub fn check_number(conn: &Db, me: &User, person: &Person) -> Result<()> {
    let number: Option<HealthCareNumber> = person.number.0.parse().ok();
    if number.is_some_and(|number| number.range() == NumberRange::Test) && !vault::is_practice(conn)? {
        return Err(NumberTaken::ForPractice.says(FOR_PRACTICE.to_owned()).at("number"));
    }
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

/// How many who may be the same are named; that there are more is said.
const NAMED: usize = 20;

/// Who is being typed, and beside whom.
#[derive(Debug)]
pub struct Typed<'a> {
    /// As typed so far.
    pub person: &'a Person,
    /// The number, as typed.
    pub number: &'a str,
    /// The family, if it is already in the record.
    pub family: Option<FamilyId>,
    /// Who is being changed, if it is somebody of the record.
    pub of: Option<PersonId>,
    /// Who else is typed in the same form.
    pub beside: &'a [Person],
}

/// People who may be the same, in words: of the record by the number, or by a
/// family name with the date of birth (also with day and month the other way
/// round) or one pregnancy; of the reader's own families by the whole name too;
/// and within the family. Each record that was found is a line of the read log,
/// and only so many people can be looked for.
pub fn similar(reader: &Opened<'_>, typed: &Typed<'_>) -> Result<Vec<String>> {
    let Typed { person, number, .. } = *typed;
    let twice = |one: &&Person| same::may_be_one_within(one, person).is_some();
    let mut lines: Vec<String> =
        typed.beside.iter().filter(twice).map(|one| format!("{}, typed in this form too", person_words::with_role(one))).collect();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let number = if digits.len() == 10 { digits } else { String::new() };
    let dates = (person.born_on, person.due_on.filter(|_| person.born_on.is_none()));
    let looked_for = !number.is_empty() || dates != (None, None);
    let may_look = looked_for && (reader.may_look_for)(&format!("{number} {dates:?} {:?}", same::parts(&person.family_name)));
    if looked_for && !may_look {
        lines.push(
            "Not compared with other records: many people have been looked for in a short time. Wait a quarter of an hour, or ask the \
             service lead."
                .to_owned(),
        );
        return Ok(lines);
    }
    let mut named = 0;
    for candidate in candidates(reader.conn, typed, &number)? {
        let mine = access::may_open(reader.conn, reader.user, candidate.person.family)?;
        // A name alone is told of nobody whose record the reader may not open.
        if !mine && candidate.why == Some(Why::Called) && !candidate.by_number {
            continue;
        }
        if named == NAMED {
            lines.push("More people have these details. Look for them in Find before you save.".to_owned());
            break;
        }
        reader.found(candidate.person.family, ECHO, mine)?;
        let line = if mine {
            candidate.told(reader, typed)?
        } else {
            "A person with the same details is in the record of another family. Ask the service lead.".to_owned()
        };
        if !lines.contains(&line) {
            named += 1;
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Somebody of the record who may be the one who is typed.
struct Candidate {
    person: Person,
    /// They have the number.
    by_number: bool,
    /// They have one family name, and this beside it; none if only the number is one.
    why: Option<Why>,
}

/// Who of the record may be the same: by the number first.
fn candidates(conn: &Db, typed: &Typed<'_>, number: &str) -> Result<Vec<Candidate>> {
    let person = typed.person;
    let within = |other: &Person| typed.family == Some(other.family);
    let why = |other: &Person| {
        if within(other) { same::may_be_one_within(person, other) } else { same::may_be_one(person, other) }
    };
    let mut found: Vec<Candidate> = Vec::new();
    for other in people::with_number(conn, number, typed.of.unwrap_or(person.id))? {
        let why = same::share_a_family_name(person, &other).then(|| why(&other).unwrap_or(Why::Called));
        found.push(Candidate { person: other, by_number: true, why });
    }
    let family = typed.family.map_or_else(|| Ok(Vec::new()), |family| people::of(conn, family))?;
    let named = search::called_like(conn, &person.family_name)?.into_iter();
    let named = named.filter(|other| !within(other) && same::share_a_family_name(person, other));
    for other in family.into_iter().chain(named).filter(|other| Some(other.id) != typed.of) {
        let known = found.iter().any(|candidate| candidate.person.id == other.id);
        if let Some(why) = why(&other).filter(|_| !known) {
            found.push(Candidate { person: other, by_number: false, why: Some(why) });
        }
    }
    Ok(found)
}

impl Candidate {
    /// `WILSON, Ruth, born 04-Mar-2026 (37w 5d), day and month the other way round, in F26-7K2Q`.
    fn told(&self, reader: &Opened<'_>, typed: &Typed<'_>) -> Result<String> {
        let family = families::find(reader.conn, self.person.family)?.map(|family| family.reference).unwrap_or_default();
        let place = if typed.family == Some(self.person.family) { "in this family".to_owned() } else { format!("in {family}") };
        let Some(why) = self.why else { return Ok(format!("Somebody with this number is {place}")) };
        let infant = self.person.role == FamilyRole::Infant;
        let named = if infant { person_words::display(&self.person) } else { person_words::with_role(&self.person) };
        let born = person_words::born_within(&self.person, reader.now);
        let swapped = if why == Why::Swapped { ", day and month the other way round" } else { "" };
        Ok(format!("{named}, {born}{swapped}, {place}"))
    }
}
