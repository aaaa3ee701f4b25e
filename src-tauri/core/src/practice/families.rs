//! The families themselves: plainly fictional names, numbers of the 999 range.

use chrono::{Datelike, Days, NaiveDate};

use crate::family::AddFamily;
use crate::person::{DateEntry, FamilyRole, NumberAbsent, PersonEntry, Sex};
use crate::practice::{PracticeFamily, Stories};

impl Stories {
    /// The `index`th family, opened on a day.
    pub(super) fn new_family(&mut self, index: usize, opened: NaiveDate) -> PracticeFamily {
        let words = self.words;
        let family_name = words.family_names[(index + self.dice.below(3) as usize * 7) % words.family_names.len()].clone();
        let unborn = super::stories::unborn(index);
        let twins = index % 13 == 8;
        let age_at_opening = self.dice.below(220);
        let born = (!unborn).then(|| (opened - Days::new(age_at_opening)).min(self.today - Days::new(6)));
        let mut people = Vec::new();
        for order in 1..=if twins { 2_u8 } else { 1 } {
            let girl = self.dice.below(2) == 0;
            let given = self.dice.pick(if girl { &words.girls } else { &words.boys });
            let awaited = unborn || (index % 17 == 3);
            people.push(PersonEntry {
                role: FamilyRole::Infant,
                family_name: family_name.clone(),
                given: if awaited { String::new() } else { given.clone() },
                given_awaited: awaited,
                preferred: if index.is_multiple_of(8) && !awaited { given.chars().take(2).collect() } else { String::new() },
                sex: (!unborn).then_some(if girl { Sex::Female } else { Sex::Male }),
                born: born.map(entry_of).unwrap_or_default(),
                born_time: if twins { format!("04:{:02}", 10 + order * 9) } else { String::new() },
                due: match born {
                    None => entry_of(self.today + Days::new(20 + self.dice.below(60))),
                    Some(born) if index % 7 == 5 => entry_of(born + Days::new(44)),
                    Some(_) => DateEntry::default(),
                },
                birth_order: twins.then_some(order),
                number: if unborn { String::new() } else { self.next_number() },
                number_absent: unborn.then_some(NumberAbsent::Unborn),
                responsibility: None,
                needs: Vec::new(),
            });
        }
        let (mother, number) = (self.dice.pick(&words.mothers), self.next_number());
        people.push(carer(FamilyRole::Mother, &family_name, &mother, number));
        if index % 4 != 1 {
            let father = self.dice.pick(&words.fathers);
            people.push(carer(FamilyRole::Father, &family_name, &father, String::new()));
        }
        if index % 6 == 2 {
            let carer_name = self.dice.pick(&words.carers);
            people.push(carer(FamilyRole::OtherCarer, &family_name, &carer_name, String::new()));
        }
        PracticeFamily { entry: AddFamily { people, key_worker: None, therapist: None }, born, added: None }
    }

    /// The next practice number, as typed.
    fn next_number(&mut self) -> String {
        self.numbers.next().map(|number| number.to_string()).unwrap_or_default()
    }
}

fn carer(role: FamilyRole, family_name: &str, given: &str, number: String) -> PersonEntry {
    PersonEntry {
        role,
        family_name: family_name.to_owned(),
        given: given.to_owned(),
        given_awaited: false,
        preferred: String::new(),
        sex: None,
        born: DateEntry::default(),
        born_time: String::new(),
        due: DateEntry::default(),
        birth_order: None,
        number,
        number_absent: None,
        responsibility: None,
        needs: Vec::new(),
    }
}

fn entry_of(date: NaiveDate) -> DateEntry {
    DateEntry { day: date.day().to_string(), month: date.month().to_string(), year: date.year().to_string() }
}
