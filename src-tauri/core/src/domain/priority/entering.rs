//! An answer about a priority group becomes a record, or is refused.

use super::{AnswerPriority, PriorityRecord, PriorityRefused};
use crate::domain::person::Person;
use crate::domain::written::Written;
use crate::ids::PriorityAnswerId;

/// One answer, asked of `people` of whom `standing` is recorded.
///
/// # Errors
/// See [`PriorityRefused`].
pub fn enter(
    request: AnswerPriority,
    people: &[Person],
    standing: &[PriorityRecord],
    written: Written<PriorityAnswerId>,
) -> Result<PriorityRecord, PriorityRefused> {
    if request.group.is_derived() {
        return Err(PriorityRefused::Derived);
    }
    let asked = request.group.asked_about();
    let fits = match request.person {
        None => asked.is_empty(),
        Some(id) => people.iter().any(|person| person.id == id && asked.contains(&person.role)),
    };
    if !fits {
        return Err(PriorityRefused::NotAskedOf);
    }
    let record = PriorityRecord {
        id: written.id,
        family: request.family,
        person: request.person,
        group: request.group,
        answer: request.answer,
        period: request.period.filter(|_| request.answer.is_yes()),
        source: request.source.trim().to_owned(),
        by: written.by,
        at: written.at,
    };
    let says = |other: &PriorityRecord| (other.person, other.group, other.answer, other.period, other.source.clone());
    if standing.iter().any(|other| says(other) == says(&record)) {
        return Err(PriorityRefused::SameAnswer);
    }
    Ok(record)
}
