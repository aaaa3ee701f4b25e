//! The same counts, made in the plainest way from what was entered. It shares nothing with what it checks.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::Sums;
use super::entered::{Entered, FamilyEntered, InfantEntered, Told};
use crate::codes::Code;
use crate::priority::{PriorityAnswer, PriorityGroup};
use crate::release::Period;
use crate::time::Timestamp;

pub fn recount(entered: &Entered, by: Timestamp, period: Period) -> Sums {
    let (first, last) = (period.first_day(), period.last_day());
    let mut sums = Sums::new();
    let of_year = if period.is_year() { "_of_year" } else { "" };
    let (contacts, opened) = (format!("contacts{of_year}"), format!("opened_by_age{of_year}"));
    let mut add = |table: &str, class: String, column: &str| *sums.entry((table.to_owned(), class, column.to_owned())).or_insert(0) += 1;
    for family in entered.families.iter().filter(|family| family.at <= by && family.error.is_none_or(|error| error > by)) {
        if open(family, by, last, last) {
            for table in ["caseload_by_age", "caseload_by_step", "caseload_by_group"] {
                add(table, "families".to_owned(), "");
            }
            for infant in &family.infants {
                if let Some(age) = age(infant, by, last) {
                    add("caseload_by_age", age, "");
                }
            }
            add("caseload_by_step", step(family, by, last), "");
            for group in PriorityGroup::ALL.iter().filter(|group| **group != PriorityGroup::AntenatalPostnatal) {
                add("caseload_by_group", group.words().to_owned(), told(family, *group, by, last));
            }
        }
        if open(family, by, first, last) {
            add(&contacts, "families".to_owned(), "");
            add(&opened, "families".to_owned(), "");
        }
        for contact in &family.contacts {
            if contact.stands(by) && first <= contact.of.held_on && contact.of.held_on <= last {
                add(&contacts, contact.of.kind.words().to_owned(), contact.of.outcome.words());
            }
        }
        let openings = family.episodes.iter().filter(|(at, ..)| *at <= by).map(|(_, episode, _)| episode.opened_on);
        if let Some(day) = openings.filter(|day| first <= *day && *day <= last).min() {
            for infant in &family.infants {
                if let Some(age) = age(infant, by, day) {
                    add(&opened, age, "");
                }
            }
        }
    }
    sums
}

fn open(family: &FamilyEntered, by: Timestamp, from: NaiveDate, to: NaiveDate) -> bool {
    family.episodes.iter().any(|(at, episode, closed)| {
        let closed = closed.filter(|(entered, _)| *entered <= by).map(|(_, on)| on);
        *at <= by && episode.opened_on <= to && closed.is_none_or(|on| on > from)
    })
}

fn age(infant: &Told<InfantEntered>, by: Timestamp, day: NaiveDate) -> Option<String> {
    if !infant.stands(by) {
        return None;
    }
    if let Some(loss) = infant.of.loss.as_ref().filter(|loss| loss.stands(by))
        && (loss.of.is_none() || loss.of <= Some(day))
    {
        return None;
    }
    let born = infant.of.born.iter().rfind(|(entered, _)| *entered <= by).and_then(|(_, born)| *born);
    if let Some(born) = born.filter(|born| *born <= day) {
        let (mut year, mut month, mut months) = (born.year(), born.month(), 0);
        while (year, month) != (day.year(), day.month()) {
            months += 1;
            month += 1;
            if month == 13 {
                (year, month) = (year + 1, 1);
            }
        }
        return Some(if months >= 36 {
            "36 months or older".to_owned()
        } else {
            format!("{}–{} months", months - months % 3, months - months % 3 + 2)
        });
    }
    if infant.at.date() > day {
        return None;
    }
    (infant.of.due.or(born)? - Days::new(280) <= day).then(|| "Unborn".to_owned())
}

fn step(family: &FamilyEntered, by: Timestamp, last: NaiveDate) -> String {
    let mut step = "No step recorded".to_owned();
    for placed in family.steps.iter().filter(|step| step.stands(by) && step.at.date() <= last) {
        let confirmed = placed.of.confirmed.as_ref().is_some_and(|word| word.stands(by) && word.at.date() <= last);
        if !placed.of.proposed || confirmed {
            step = format!("Step {}", placed.of.step);
        }
    }
    step
}

fn told(family: &FamilyEntered, group: PriorityGroup, by: Timestamp, last: NaiveDate) -> &'static str {
    let mut of_each: BTreeMap<Option<usize>, PriorityAnswer> = BTreeMap::new();
    for answer in family.answers.iter().filter(|answer| answer.stands(by) && answer.at.date() <= last && answer.of.group == group) {
        let about_struck = answer.of.about.is_some_and(|infant| !family.infants[infant].stands(by));
        if !about_struck {
            of_each.insert(answer.of.about, answer.of.answer);
        }
    }
    let answers: Vec<PriorityAnswer> = of_each.into_values().collect();
    if answers.contains(&PriorityAnswer::Confirmed) {
        "Confirmed"
    } else if answers.iter().any(|answer| *answer != PriorityAnswer::NotAsked) {
        "Asked, not confirmed"
    } else {
        "Not asked"
    }
}
