//! People who may be the same, or be taken for each other.

use std::collections::BTreeSet;

use crate::access;
use crate::error::Result;
use crate::family::rows as families;
use crate::ids::FamilyId;
use crate::person::Person;
use crate::person::entering::NumberTaken;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::reader::Opened;
use crate::screens::search;
use crate::store::db::Db;
use crate::typed::fold;
use crate::user::User;

/// What the read log calls a person who is being typed.
pub const ECHO: &str = "echo_person";

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
/// and date of birth, in words. Each record that was found is a line of the read
/// log, and only so many people can be looked for.
pub fn similar(reader: &Opened<'_>, person: &Person, number: &str, family: Option<FamilyId>) -> Result<Vec<String>> {
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
