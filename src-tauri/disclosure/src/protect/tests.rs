//! What leaves is proven, alone and in series.

use std::time::Instant;

use super::*;
use crate::ask::Known;
use crate::chance::Chance;
use crate::publication::{Publication, When};
use crate::rule::Rule;
use crate::spec::Spec;
use crate::testing::{spec, tally};
use crate::{Proof, Tally};

const SECRET: [u8; 32] = [7; 32];

fn day(quarter: i32) -> When {
    When { quarter, frame: 0 }
}

/// A caseload of families with a step each, that changes from quarter to quarter.
struct Caseload {
    steps: Vec<(u64, usize)>,
    next: u64,
    chance: Chance,
}

impl Caseload {
    fn new(size: u64, classes: usize, seed: u64) -> Self {
        let mut chance = Chance::from(seed);
        let steps = (0..size).map(|who| (who, skewed(&mut chance, classes))).collect();
        Self { steps, next: size, chance }
    }

    fn quarter(&mut self, most: u32, classes: usize) -> (u64, u64, u64) {
        let (joined, left, moved) = (self.chance.below(most + 1), self.chance.below(most + 1), self.chance.below(most + 1));
        for _ in 0..left {
            let at = self.chance.below(u32::try_from(self.steps.len()).unwrap()) as usize;
            self.steps.swap_remove(at);
        }
        let mut different = 0;
        for _ in 0..moved {
            let at = self.chance.below(u32::try_from(self.steps.len()).unwrap()) as usize;
            let to = skewed(&mut self.chance, classes);
            different += u64::from(self.steps[at].1 != to && self.steps[at].0 < 1_000_000);
            if self.steps[at].1 != to {
                self.steps[at] = (self.steps[at].0 + 1_000_000, to);
            }
        }
        for step in &mut self.steps {
            step.0 %= 1_000_000;
        }
        for _ in 0..joined {
            let to = skewed(&mut self.chance, classes);
            self.steps.push((self.next, to));
            self.next += 1;
        }
        (u64::from(joined), u64::from(left), different)
    }

    fn tally(&self, spec: &Spec) -> Tally {
        let mut counts = vec![0; spec.classes.len()];
        self.steps.iter().for_each(|(_, class)| counts[*class] += 1);
        tally(spec, &counts)
    }
}

fn skewed(chance: &mut Chance, classes: usize) -> usize {
    let most = u32::try_from(classes).unwrap();
    chance.below(most).min(chance.below(most)) as usize
}

#[test]
fn a_series_of_quarters_is_proven() {
    let spec = spec(7);
    let mut withheld = 0;
    let mut beside = 0;
    for seed in 0..6 {
        let mut caseload = Caseload::new(60, 7, seed);
        let mut before: Vec<Publication> = Vec::new();
        let mut known: Vec<Known> = Vec::new();
        let mut proved: Option<Proof> = None;
        let mut last = None;
        for quarter in 0..8 {
            let tally = caseload.tally(&spec);
            let ask = Ask {
                name: format!("Q{quarter}"),
                when: day(quarter),
                rule: Rule::QUARTER,
                tables: vec![(tally, 0)],
                links: Vec::new(),
                key: &SECRET,
                before: &before,
                known: known.clone(),
                proved: proved.as_ref(),
            };
            let started = Instant::now();
            let outcome = protect(&ask, &mut || true).unwrap();
            let counts: Vec<u64> = (0..7).map(|class| ask.tables[0].0.of(&[class]).0).collect();
            eprintln!(
                "{seed} {quarter} {counts:?} {:?} {:?} {:?} {}",
                outcome.publication.tables[0].cells,
                outcome.verdicts[0],
                started.elapsed(),
                outcome.insider.witnesses.len()
            );
            assert_eq!(outcome.insider.check(), Ok(()));
            assert_eq!(outcome.outsider.check(), Ok(()));
            if outcome.verdicts[0].withheld.is_some() {
                withheld += 1
            } else {
                last = Some(quarter)
            }
            beside += outcome.verdicts[0].beside;
            before.push(outcome.publication);
            proved = Some(outcome.insider);
            let (joined, left, moved) = caseload.quarter(4, 7);
            if let Some(last) = last {
                if last == quarter {
                    known.push(Known { spec: spec.name.clone(), from: day(last), to: day(quarter + 1), joined, left, moved: vec![moved] });
                } else {
                    let open = known.last_mut().unwrap();
                    open.to = day(quarter + 1);
                    open.joined += joined;
                    open.left += left;
                    open.moved[0] += moved;
                }
            }
        }
    }
    eprintln!("{withheld} withheld, {beside} beside");
}
