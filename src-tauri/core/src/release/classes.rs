//! In which class of a table somebody is on a day, as the record tells it.

use chrono::NaiveDate;

use crate::person::Person;
use crate::person::age::{Gestation, months_by_month};
use crate::priority::PriorityAnswer;
use crate::time::Timestamp;

/// Classes of three completed months: 0–2 to 33–35.
pub const CELLS: usize = 12;

/// The age of an infant, as finely as it is counted: at the end of each quarter everybody of a class
/// goes to the next one by the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeClass {
    /// Not yet born.
    Unborn,
    /// Three times this many completed months, or up to two more; below [`CELLS`].
    Months(usize),
    /// 36 completed months or more.
    Older,
}

impl AgeClass {
    /// Every class, in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        let cells = (0..CELLS).map(Self::Months);
        std::iter::once(Self::Unborn).chain(cells).chain([Self::Older])
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Self::Unborn => 0,
            Self::Months(cell) => 1 + cell,
            Self::Older => 1 + CELLS,
        }
    }

    /// Where one of this class is a quarter later, if nobody enters another date.
    #[must_use]
    pub fn next(self) -> Vec<Self> {
        match self {
            Self::Unborn => vec![Self::Unborn, Self::Months(0)],
            Self::Months(cell) if cell + 1 < CELLS => vec![Self::Months(cell + 1)],
            Self::Months(_) | Self::Older => vec![Self::Older],
        }
    }

    /// `0–2 months`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Unborn => "Unborn".to_owned(),
            Self::Months(cell) => format!("{}–{} months", cell * 3, cell * 3 + 2),
            Self::Older => "36 months or older".to_owned(),
        }
    }

    /// The class on a day of an infant who was recorded at an instant. None if they were not there:
    /// they had died or the pregnancy had ended, or they had not been conceived, or nobody had
    /// recorded them yet and by their dates they were not born. None too of somebody without any date:
    /// nobody can be entered so, and a line in which nobody can be would hide nothing beside it.
    #[must_use]
    pub fn on(infant: &Person, recorded: Timestamp, day: NaiveDate) -> Option<Self> {
        // Of a loss without its day nobody can say that it came later.
        if infant.loss.is_some() && infant.lost_on.is_none_or(|lost| lost <= day) {
            return None;
        }
        if let Some(born) = infant.born_on.filter(|born| *born <= day) {
            return Some(match usize::try_from(months_by_month(born, day)).unwrap_or(0) / 3 {
                cell if cell < CELLS => Self::Months(cell),
                _ => Self::Older,
            });
        }
        if recorded.date() > day {
            return None;
        }
        Gestation::on(infant.due_on.or(infant.born_on)?, day).map(|_| Self::Unborn)
    }
}

/// Whether a family was asked about a priority group, and what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupAsked {
    /// A yes is confirmed about one of its people, or its household.
    Confirmed,
    /// Asked of at least one of them, and nothing confirmed.
    Asked,
    /// Nobody asked.
    NotAsked,
}

impl GroupAsked {
    /// Every one, in the order of the columns.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Asked, Self::NotAsked];

    /// What the last answers about each of its people and its household come to.
    #[must_use]
    pub fn of(answers: impl IntoIterator<Item = PriorityAnswer>) -> Self {
        let each = answers.into_iter().map(|answer| match answer {
            PriorityAnswer::Confirmed => Self::Confirmed,
            PriorityAnswer::NotAsked => Self::NotAsked,
            _ => Self::Asked,
        });
        each.min().unwrap_or(Self::NotAsked)
    }

    /// The heading of its column.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Asked => "Asked, not confirmed",
            Self::NotAsked => "Not asked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn infant() -> Person {
        Person {
            id: uuid::Uuid::nil().into(),
            family: uuid::Uuid::nil().into(),
            role: crate::person::FamilyRole::Infant,
            family_name: String::new(),
            given: String::new(),
            given_awaited: false,
            preferred: String::new(),
            sex: None,
            born_on: None,
            born_time: None,
            due_on: None,
            birth_order: None,
            number: crate::person::health_care_number::NumberText(String::new()),
            number_absent: None,
            responsibility: None,
            needs: Vec::new(),
            of_birth: None,
            loss: None,
            lost_on: None,
        }
    }

    #[test]
    fn who_was_there_on_a_day_follows_from_their_dates_and_from_when_they_were_recorded() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let last = day("2026-09-30");
        let early = Timestamp::from_local(day("2026-09-30").and_hms_opt(23, 59, 0).unwrap());
        let late = Timestamp::from_local(day("2026-10-01").and_hms_opt(0, 0, 0).unwrap());
        let due = |due: &str| Person { due_on: Some(day(due)), ..infant() };
        let born = |born: &str| Person { born_on: Some(day(born)), ..infant() };
        let lost = |on: Option<&str>| Person { loss: Some(crate::loss::LossKind::Death), lost_on: on.map(day), ..born("2026-01-31") };
        use AgeClass::{Months, Older, Unborn};
        for (infant, recorded, class, why) in [
            (due("2027-07-07"), early, Some(Unborn), "conceived on the last day: 40 weeks to go"),
            (due("2027-07-08"), early, None, "not conceived yet"),
            (due("2027-01-01"), late, None, "an unborn child counts once it is recorded"),
            (due("2026-08-01"), early, Some(Unborn), "past the due date, birth not recorded"),
            (born("2026-10-01"), early, Some(Unborn), "born since"),
            (born("2026-10-01"), late, None, "born and recorded since"),
            (born("2026-09-30"), late, Some(Months(0)), "born on the last day, recorded since"),
            (born("2026-07-01"), early, Some(Months(0)), "two months by the month"),
            (born("2026-06-30"), early, Some(Months(1)), "three months by the month"),
            (born("2023-10-01"), early, Some(Months(11)), "35 months"),
            (born("2023-09-30"), early, Some(Older), "36 months"),
            (born("2024-02-29"), early, Some(Months(10)), "a leap day"),
            (infant(), early, None, "without a date, as nobody can be entered"),
            (lost(Some("2026-09-30")), early, None, "died on the last day"),
            (lost(Some("2026-10-01")), early, Some(Months(2)), "died since"),
            (lost(None), early, None, "died, the day not known"),
        ] {
            assert_eq!(AgeClass::on(&infant, recorded, last), class, "{why}");
        }
    }

    #[test]
    fn classes_are_numbered_in_their_order() {
        let all: Vec<AgeClass> = AgeClass::all().collect();
        assert!(all.is_sorted());
        assert!(all.iter().enumerate().all(|(number, class)| class.number() == number));
        let words: Vec<String> = all.iter().map(|class| class.words()).collect();
        assert_eq!((words[1].as_str(), words[12].as_str()), ("0–2 months", "33–35 months"));
    }

    #[test]
    fn one_confirmed_answer_is_enough_and_a_suspicion_is_none() {
        use PriorityAnswer::{Confirmed, Declined, No, NotApplicable, NotAsked, Suspected};
        for (answers, told) in [
            (vec![], GroupAsked::NotAsked),
            (vec![NotAsked, NotAsked], GroupAsked::NotAsked),
            (vec![NotAsked, No], GroupAsked::Asked),
            (vec![Suspected], GroupAsked::Asked),
            (vec![Declined], GroupAsked::Asked),
            (vec![NotApplicable], GroupAsked::Asked),
            (vec![No, Confirmed, NotAsked], GroupAsked::Confirmed),
        ] {
            assert_eq!(GroupAsked::of(answers.clone()), told, "{answers:?}");
        }
    }

    proptest! {
        /// At the end of each quarter everybody is where the calendar puts them.
        #[test]
        fn a_child_goes_to_the_next_class_from_the_end_of_one_quarter_to_the_next(days in 0_u64..2_000, quarter in 0_u32..16) {
            let start = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
            let born = start + chrono::Days::new(days);
            let end = |quarter: u32| (start + chrono::Months::new(3 * (quarter + 1))).pred_opt().unwrap();
            let infant = Person { born_on: Some(born), ..infant() };
            let of = |quarter| AgeClass::on(&infant, Timestamp(0), end(quarter));
            let (now, later) = (of(quarter), of(quarter + 1));
            match now {
                Some(class) => prop_assert!(class.next().contains(&later.unwrap()), "{:?} then {:?}", class, later),
                // Not conceived yet: 40 weeks are more than a quarter.
                None => prop_assert!(matches!(later, None | Some(AgeClass::Unborn))),
            }
        }
    }
}
