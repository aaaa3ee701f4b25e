//! Whether two people who were recorded apart may be one.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::person::age::fits_a_pregnancy;
use crate::person::{FamilyRole, Person};
use crate::typed::fold;

/// Two due dates that are no further apart may be of one pregnancy: a scan moves it.
const DUE_APART_DAYS: i64 = 28;

/// Parts of a family name that are longer than this tell a family by themselves.
const TELLING_FROM: usize = 4;

/// Why two people may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// They were born on one day.
    Born,
    /// One date of birth is the other with day and month the other way round.
    Swapped,
    /// They are, or came of, one pregnancy by its due date.
    Pregnancy,
    /// They are called alike, and nothing tells them apart.
    Called,
}

/// Why two people of one family name may be one; none if they are not.
#[must_use]
pub fn may_be_one(one: &Person, other: &Person) -> Option<Why> {
    match (one.born_on, other.born_on) {
        (Some(born), Some(also)) if born == also => Some(Why::Born),
        (Some(born), Some(also)) if swapped(born) == Some(also) => Some(Why::Swapped),
        (Some(_), Some(_)) => None,
        _ if infant(one) && infant(other) => pregnancy(one, other).then_some(Why::Pregnancy),
        _ if infant(one) || infant(other) || one.is_child() != other.is_child() => None,
        _ => called_alike(one, other).then_some(Why::Called),
    }
}

/// The same of two people of one family, in which twins have one birthday and
/// cousins one name: they are also called alike, or one has no name yet.
#[must_use]
pub fn may_be_one_within(one: &Person, other: &Person) -> Option<Why> {
    let places = one.birth_order.zip(other.birth_order);
    let nameless = infant(one) && infant(other) && (given(one).is_empty() || given(other).is_empty());
    let apart = places.is_some_and(|(one, other)| one != other) || !(called_alike(one, other) || nameless);
    if apart { None } else { may_be_one(one, other) }
}

/// Whether two people have one family name in whichever spelling, or a part of
/// it that tells: WILSON and WILSON-BYRNE, never LI and LINDSAY.
#[must_use]
pub fn share_a_family_name(one: &Person, other: &Person) -> bool {
    let whole = |person: &Person| fold::fold(&person.family_name).replace(' ', "");
    whole(one) == whole(other) || parts(&one.family_name).intersection(&parts(&other.family_name)).next().is_some()
}

/// The parts of a family name that tell.
#[must_use]
pub fn parts(family_name: &str) -> BTreeSet<String> {
    let words = family_name.split(|c: char| c.is_whitespace() || c == '-').map(|word| fold::fold(word).replace(' ', ""));
    let parts = fold::tokens_of(&[family_name]).into_iter().chain(words);
    parts.filter(|part| part.chars().count() >= TELLING_FROM).collect()
}

/// A date with day and month the other way round, if that is another date.
#[must_use]
pub fn swapped(date: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year(), date.day(), date.month()).filter(|other| *other != date)
}

/// Whether two infants, one of them not born or both, may be of one pregnancy.
fn pregnancy(one: &Person, other: &Person) -> bool {
    match (one.born_on, other.born_on, one.due_on, other.due_on) {
        (Some(born), None, _, Some(due)) | (None, Some(born), Some(due), _) => fits_a_pregnancy(due, born),
        (None, None, Some(due), Some(also)) => (due - also).num_days().abs() <= DUE_APART_DAYS || swapped(due) == Some(also),
        _ => false,
    }
}

fn called_alike(one: &Person, other: &Person) -> bool {
    !given(one).is_empty() && given(one) == given(other)
}

fn given(person: &Person) -> String {
    fold::fold(&person.given).replace(' ', "")
}

fn infant(person: &Person) -> bool {
    person.role == FamilyRole::Infant
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::health_care_number::NumberText;
    use proptest::prelude::*;

    fn person(role: FamilyRole, names: [&str; 2], born: Option<(u32, u32)>, due: Option<(u32, u32)>) -> Person {
        let day = |(day, month)| NaiveDate::from_ymd_opt(2026, month, day);
        Person {
            id: uuid::Uuid::from_u128(1).into(),
            family: uuid::Uuid::from_u128(2).into(),
            role,
            family_name: names[0].to_owned(),
            given: names[1].to_owned(),
            given_awaited: false,
            preferred: String::new(),
            sex: None,
            responsibility: None,
            needs: Vec::new(),
            born_on: born.and_then(day),
            born_time: None,
            due_on: due.and_then(day),
            birth_order: None,
            number: NumberText(String::new()),
            number_absent: None,
            of_birth: None,
            loss: None,
            lost_on: None,
        }
    }

    #[test]
    fn who_may_be_one_is_told_by_date_pregnancy_or_name() {
        use FamilyRole::{Father, Infant, Mother, Sibling};
        let infant = |born, due| person(Infant, ["Bell", "Jo"], born, due);
        let adult = |role, given| person(role, ["Bell", given], None, None);
        for (one, other, why) in [
            (infant(Some((3, 4)), None), infant(Some((3, 4)), None), Some(Why::Born)),
            (infant(Some((3, 4)), None), infant(Some((4, 3)), None), Some(Why::Swapped)),
            (infant(Some((13, 4)), None), infant(Some((4, 3)), None), None),
            (infant(Some((3, 4)), None), person(Sibling, ["Bell", "Jo"], Some((3, 4)), None), Some(Why::Born)),
            (infant(None, Some((12, 3))), infant(None, Some((20, 3))), Some(Why::Pregnancy)),
            (infant(None, Some((1, 3))), infant(None, Some((20, 6))), None),
            (infant(None, Some((3, 6))), infant(None, Some((6, 3))), Some(Why::Pregnancy)),
            (infant(Some((2, 3)), None), infant(None, Some((12, 3))), Some(Why::Pregnancy)),
            (infant(Some((2, 3)), None), infant(None, Some((12, 12))), None),
            (adult(Mother, "Ann"), adult(Mother, "Ann"), Some(Why::Called)),
            (adult(Mother, "Ann"), adult(Father, "Ann"), Some(Why::Called)),
            (adult(Mother, "Ann"), adult(Mother, "Bea"), None),
            (adult(Mother, ""), adult(Mother, ""), None),
            (adult(Mother, "Ann"), adult(Sibling, "Ann"), None),
            (adult(Mother, "Jo"), infant(None, Some((1, 3))), None),
        ] {
            assert_eq!(may_be_one(&one, &other), why, "{one:?} {other:?}");
        }
    }

    #[test]
    fn twins_of_one_family_are_two_and_one_typed_twice_is_one() {
        let twin = |given: &str, order: Option<u8>| Person {
            birth_order: order,
            ..person(FamilyRole::Infant, ["Bell", given], Some((3, 4)), None)
        };
        assert_eq!(may_be_one_within(&twin("Jo", Some(1)), &twin("Sam", Some(2))), None);
        assert_eq!(may_be_one_within(&twin("", Some(1)), &twin("", Some(2))), None);
        assert_eq!(may_be_one_within(&twin("Jo", None), &twin("Jo", None)), Some(Why::Born));
        assert_eq!(may_be_one_within(&twin("", None), &twin("Jo", Some(1))), Some(Why::Born), "named since");
    }

    #[test]
    fn a_family_name_is_shared_whole_or_by_a_part_that_tells() {
        let of = |family: &str| person(FamilyRole::Mother, [family, "Ann"], None, None);
        for (one, other, shared) in [
            ("Li", "Lindsay", false),
            ("Li", "Li", true),
            ("Wilson", "Wilson-Byrne", true),
            ("Byrne", "Wilson Byrne", true),
            ("Mac Alister", "McAlister", true),
            ("O’Neill", "ONeill", true),
            ("Lee", "Lee-Ross", false),
            ("Wilson", "Wilsonby", false),
        ] {
            assert_eq!(share_a_family_name(&of(one), &of(other)), shared, "{one}, {other}");
        }
    }

    proptest! {
        #[test]
        fn who_may_be_one_is_so_both_ways(
            one in (0_usize..5, 0_usize..3, prop::option::of((1_u32..29, 1_u32..13)), prop::option::of((1_u32..29, 1_u32..13))),
            other in (0_usize..5, 0_usize..3, prop::option::of((1_u32..29, 1_u32..13)), prop::option::of((1_u32..29, 1_u32..13))),
        ) {
            let roles = [FamilyRole::Infant, FamilyRole::Mother, FamilyRole::Father, FamilyRole::OtherCarer, FamilyRole::Sibling];
            let made = |(role, given, born, due): (usize, usize, _, _)| person(roles[role], ["Bell", ["", "Jo", "Ann"][given]], born, due);
            let (one, other) = (made(one), made(other));
            prop_assert_eq!(may_be_one(&one, &other), may_be_one(&other, &one));
            prop_assert_eq!(may_be_one_within(&one, &other), may_be_one_within(&other, &one));
            if let Some(date) = one.born_on {
                prop_assert!(swapped(date).is_none_or(|other| swapped(other) == Some(date)));
            }
        }
    }
}
