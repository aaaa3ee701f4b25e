//! An answer about a priority group becomes a record, or is refused.

use crate::person::Person;
use crate::priority::{AnswerPriority, PriorityAnswerId, PriorityRecord, PriorityRefused};
use crate::record::written::Written;

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
    let fits = match request.person {
        None => request.group.is_of_household(),
        Some(id) => people.iter().any(|person| person.id == id && request.group.asks(person.role)),
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::codes::Code;
    use crate::priority::{PriorityAnswer, PriorityGroup, PriorityPeriod};
    use crate::time::Timestamp;

    fn request(group: PriorityGroup, answer: PriorityAnswer) -> AnswerPriority {
        let family = Uuid::from_u128(1).into();
        AnswerPriority { family, person: None, group, answer, period: Some(PriorityPeriod::ALL[0]), source: " Health visitor ".to_owned() }
    }

    fn entered(request: AnswerPriority, standing: &[PriorityRecord]) -> Result<PriorityRecord, PriorityRefused> {
        enter(request, &[], standing, Written { id: Uuid::from_u128(2).into(), by: Uuid::from_u128(3).into(), at: Timestamp(0) })
    }

    #[test]
    fn only_a_yes_has_a_period() {
        for answer in PriorityAnswer::ALL {
            let record = entered(request(PriorityGroup::Poverty, *answer), &[]).unwrap();
            assert_eq!(record.period.is_some(), answer.is_yes(), "{answer:?}");
            assert_eq!(record.source, "Health visitor");
        }
    }

    #[test]
    fn what_is_not_asked_so_or_recorded_already_is_refused() {
        let yes = |group| request(group, PriorityAnswer::Confirmed);
        assert_eq!(entered(yes(PriorityGroup::AntenatalPostnatal), &[]), Err(PriorityRefused::Derived));
        assert_eq!(entered(yes(PriorityGroup::Imprisonment), &[]), Err(PriorityRefused::NotAskedOf));
        let standing = [entered(yes(PriorityGroup::Poverty), &[]).unwrap()];
        assert_eq!(entered(yes(PriorityGroup::Poverty), &standing), Err(PriorityRefused::SameAnswer));
        assert!(entered(request(PriorityGroup::Poverty, PriorityAnswer::No), &standing).is_ok());
    }
}
