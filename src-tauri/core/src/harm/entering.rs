//! What is known of harm becomes a record, or is refused.

use chrono::Days;

use crate::error::{Error, Result};
use crate::harm::{HarmKind, HarmRefused, HarmWho, KnownHarm, KnownHarmId, RecordHarm};
use crate::person::{FamilyRole, Person};
use crate::record::written::Written;
use crate::typed;
use crate::typed::when;
use crate::typed::when::Lean;

/// What was learned longer ago than this has a slip in its year.
const LONGEST_AGO_DAYS: u64 = 20 * 365;

/// What is known of one of `people`, or of somebody else, of whom `recorded` is
/// recorded already.
///
/// # Errors
/// See [`HarmRefused`]; what the day refuses.
pub fn enter(request: RecordHarm, people: &[Person], recorded: &[KnownHarm], written: Written<KnownHarmId>) -> Result<KnownHarm> {
    let who = request.who.ok_or(HarmRefused::NoWho)?;
    let person = match who {
        HarmWho::Person => Some(people.iter().find(|person| Some(person.id) == request.person).ok_or(HarmRefused::NotOfFamily)?),
        _ => None,
    };
    let mut known: Vec<HarmKind> = [HarmKind::Harmed, HarmKind::Harms, HarmKind::Substances].into();
    known.retain(|kind| request.known.contains(kind));
    if known.is_empty() {
        return Err(HarmRefused::NoKnown.into());
    }
    if person.is_some_and(|person| person.role == FamilyRole::Infant) && known != [HarmKind::Harmed] {
        return Err(HarmRefused::NotOfABaby.into());
    }
    let words = request.words.trim().to_owned();
    if who == HarmWho::NotRecorded && typed::letters(&words) < 2 {
        return Err(HarmRefused::WhoElse.into());
    }
    let learned_on = learned_on(&request.learned_on, written.at)?;
    let source = request.source.trim().to_owned();
    if typed::letters(&source) < 2 {
        return Err(HarmRefused::NoSource.into());
    }
    let person = person.map(|person| person.id);
    let Written { id, by, at } = written;
    let harm = KnownHarm { id, family: request.family, who, person, known, words, learned_on, source, by, at };
    let is_same = |other: &KnownHarm| KnownHarm { id, by, at, ..other.clone() } == harm;
    if recorded.iter().any(is_same) { Err(HarmRefused::Recorded.into()) } else { Ok(harm) }
}

fn learned_on(typed: &str, now: crate::time::Timestamp) -> Result<chrono::NaiveDate> {
    if typed.trim().is_empty() {
        return Err(HarmRefused::NoDay.into());
    }
    let day = when::parse(typed, Lean::Past, now).map_err(|refusal| Error::from(refusal).at("learnedOn"))?.date;
    if day > now.date() {
        return Err(HarmRefused::InFuture.into());
    }
    if day < now.date() - Days::new(LONGEST_AGO_DAYS) {
        return Err(HarmRefused::LongAgo.into());
    }
    Ok(day)
}
