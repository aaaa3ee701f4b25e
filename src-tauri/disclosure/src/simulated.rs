//! A caseload that changes as real ones do: for tests.

use std::collections::BTreeMap;

use crate::ask::{Known, Link};
use crate::chance::Chance;
use crate::publication::When;
use crate::spec::{Banding, Counts, Line, OverTime, Spec, Zeros};
use crate::tally::{Contribution, Tally};
use crate::testing;

/// Quarters of age that are told apart; then there is one class for all older.
const QUARTERS: usize = 12;

#[derive(Clone)]
struct Family {
    who: u32,
    step: usize,
    /// For each infant a number and its class: 0 is unborn, then by quarters of age.
    infants: Vec<(u32, usize)>,
    /// For each group the column: confirmed, asked, not asked.
    groups: Vec<usize>,
    contacts: Vec<(usize, usize)>,
}

#[derive(Clone)]
pub(crate) struct Caseload {
    families: Vec<Family>,
    next: u32,
    chance: Chance,
}

/// Who is counted, in which class and column.
type Unit = (u32, usize, usize);

impl Caseload {
    pub fn new(size: u32, seed: u64) -> Self {
        let mut caseload = Self { families: Vec::new(), next: 0, chance: Chance::from(seed) };
        for _ in 0..size {
            caseload.join();
        }
        caseload
    }

    fn join(&mut self) {
        self.next += 1;
        let infants = if self.chance.below(8) == 0 { 2 } else { 1 };
        let age = self.chance.below(11) as usize;
        let chance = &mut self.chance;
        let family = Family {
            who: self.next,
            step: chance.below(5).min(chance.below(5)) as usize,
            infants: (0..infants).map(|twin| (self.next * 10 + twin, age)).collect(),
            groups: (0..6).map(|group| if chance.below(10) < 7 { usize::from(chance.below(10) > group) } else { 2 }).collect(),
            contacts: Vec::new(),
        };
        self.families.push(family);
    }

    /// A quarter goes by: at most so many join, so many leave, and so many are placed or answer anew.
    pub fn quarter(&mut self, most: u32) {
        for family in &mut self.families {
            for (_, class) in &mut family.infants {
                *class = match *class {
                    0 => usize::from(self.chance.below(3) > 0),
                    older => (older + 1).min(QUARTERS + 1),
                };
            }
        }
        for _ in 0..self.chance.below(most + 1) {
            let at = self.pick();
            self.families.swap_remove(at);
        }
        for _ in 0..self.chance.below(most + 1) {
            let at = self.pick();
            self.families[at].step = self.chance.below(5) as usize;
        }
        for _ in 0..self.chance.below(most + 1) {
            let at = self.pick();
            let group = self.chance.below(6) as usize;
            self.families[at].groups[group] = self.chance.below(3) as usize;
        }
        for _ in 0..self.chance.below(most + 1) {
            self.join();
        }
        let chance = &mut self.chance;
        for family in &mut self.families {
            let low = |chance: &mut Chance, limit| chance.below(limit).min(chance.below(limit)) as usize;
            family.contacts = (0..chance.below(9)).map(|_| (low(chance, 5), low(chance, 3))).collect();
        }
    }

    fn pick(&mut self) -> usize {
        self.chance.below(u32::try_from(self.families.len()).unwrap()) as usize
    }

    fn units(&self) -> Vec<Vec<Unit>> {
        let infants = self.families.iter().flat_map(|family| family.infants.iter().map(|(who, class)| (*who, *class, 0)));
        let steps = self.families.iter().map(|family| (family.who, family.step, 0));
        let groups =
            self.families.iter().flat_map(|family| family.groups.iter().enumerate().map(|(group, column)| (family.who, group, *column)));
        vec![infants.collect(), steps.collect(), groups.collect()]
    }

    pub fn tallies(&self, specs: &[Spec]) -> Vec<(Tally, usize)> {
        let frame = u32::try_from(self.families.len()).unwrap();
        let one = |who, class, column| Contribution { who, class, column, amount: 1 };
        let mut tables = vec![Vec::new(); 4];
        for family in &self.families {
            tables[0].extend(family.infants.iter().map(|(_, class)| one(family.who, *class, 0)));
            tables[1].push(one(family.who, family.step, 0));
            tables[2].extend(family.groups.iter().enumerate().map(|(group, column)| one(family.who, group, *column)));
            tables[3].extend(family.contacts.iter().map(|(kind, outcome)| one(family.who, *kind, *outcome)));
        }
        specs.iter().zip(tables).map(|(spec, contributions)| (Tally::new(spec.clone(), frame, contributions), 0)).collect()
    }
}

/// How each table changed between two days.
pub(crate) fn known(specs: &[Spec], earlier: &Caseload, later: &Caseload, from: When, to: When) -> Vec<Known> {
    let quarters = to.quarter - from.quarter;
    let mut all = Vec::new();
    for (spec, (before, after)) in specs.iter().zip(earlier.units().into_iter().zip(later.units())) {
        let OverTime::Day { next, moves } = &spec.over_time else { continue };
        let leads = |from: usize, to: usize| {
            let mut reach = vec![from];
            for _ in 0..quarters {
                reach = reach.iter().flat_map(|class| next[*class].clone()).collect();
            }
            reach.contains(&to)
        };
        let lines = if spec.several { spec.classes.len() } else { 1 };
        let mut found = Known { spec: spec.name.clone(), from, to, joined: 0, left: 0, moved: vec![0; lines] };
        for line in 0..lines {
            let of = |units: &[Unit]| -> BTreeMap<u32, (usize, usize)> {
                units.iter().filter(|unit| !spec.several || unit.1 == line).map(|unit| (unit.0, (unit.1, unit.2))).collect()
            };
            let (before, after) = (of(&before), of(&after));
            found.joined = after.keys().filter(|who| !before.contains_key(who)).count() as u64;
            found.left = before.keys().filter(|who| !after.contains_key(who)).count() as u64;
            let moved = before.iter().filter(|(who, from)| after.get(who).is_some_and(|to| !(leads(from.0, to.0) && from.1 == to.1)));
            found.moved[line] = if *moves { moved.count() as u64 } else { 0 };
        }
        if spec.several {
            found.moved = Vec::new();
        }
        all.push(found);
    }
    all
}

pub(crate) fn links() -> Vec<Link> {
    vec![
        Link::Same { one: "caseload_by_step".into(), other: "caseload_by_group".into() },
        Link::Nested { many: "caseload_by_age".into(), few: "caseload_by_step".into(), says: "families with more than one infant".into() },
    ]
}

/// Infants by age, families by step and by group, contacts by kind and outcome.
pub(crate) fn specs(zeros: Zeros) -> Vec<Spec> {
    let steps = testing::spec(5);
    let line = |label: &str, classes: std::ops::RangeInclusive<usize>| Line { label: label.to_owned(), classes: classes.collect() };
    let bands = vec![
        line("Unborn", 0..=0),
        line("0–5 months", 1..=2),
        line("6–11 months", 3..=4),
        line("12–23 months", 5..=8),
        line("24–36 months", 9..=12),
        line("Older", 13..=13),
    ];
    let merged = vec![line("Unborn", 0..=0), line("0–11 months", 1..=4), line("12 months and over", 5..=13)];
    let mut next: Vec<Vec<usize>> = (0..=QUARTERS + 1).map(|class| vec![(class + 1).min(QUARTERS + 1)]).collect();
    next[0] = vec![0, 1];
    let banding = |says: &str, lines| Banding { says: says.to_owned(), lines };
    let ages = Spec {
        name: "caseload_by_age".into(),
        title: "Open caseload by infant’s age".into(),
        unit: "infants".into(),
        classes: (0..=QUARTERS + 1).map(|class| format!("quarter {class}")).collect(),
        bandings: vec![banding("", bands), banding("put older infants together", merged)],
        counts: Counts::Units(3),
        over_time: OverTime::Day { next, moves: false },
        ..steps.clone()
    };
    let each = |what: &str, classes: usize| {
        (0..classes).map(|number| Line { label: format!("{what} {number}"), classes: vec![number] }).collect::<Vec<_>>()
    };
    let labels = |lines: &[Line]| lines.iter().map(|line| line.label.clone()).collect();
    let groups = Spec {
        name: "caseload_by_group".into(),
        title: "Open caseload by priority group".into(),
        classes: labels(&each("Group", 6)),
        bandings: vec![banding("", each("Group", 6))],
        columns: ["Confirmed", "Asked, not confirmed", "Not asked"].map(str::to_owned).to_vec(),
        several: true,
        over_time: OverTime::Day { next: (0..6).map(|class| vec![class]).collect(), moves: true },
        ..steps.clone()
    };
    let contacts = Spec {
        name: "contacts".into(),
        title: "Contacts by kind and outcome".into(),
        unit: "contacts".into(),
        classes: labels(&each("Kind", 5)),
        bandings: vec![banding("", each("Kind", 5))],
        columns: ["Attended", "No access", "Was not brought"].map(str::to_owned).to_vec(),
        counts: Counts::Sums,
        over_time: OverTime::Period,
        ..steps.clone()
    };
    [ages, steps, groups, contacts].map(|spec| Spec { zeros, ..spec }).to_vec()
}
