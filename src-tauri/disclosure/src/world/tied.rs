//! What of a world has anything to do with one publication of it.

use std::collections::{BTreeMap, BTreeSet};

use attune_proof::Sum;

use super::World;
use crate::union::Union;

impl World {
    /// Without everything that no sum ties to what a publication counts, through whatever else. It was proven when it was
    /// published, and nothing that is known of it is another since. A total that is known as a number ties nothing: it was known then.
    pub fn tied_to(self, release: &str) -> Self {
        let proof = &self.proof;
        let is_known = |sum: &Sum, least: Option<i64>, most: Option<i64>| sum.len() == 1 && least.is_some() && least == most;
        let known: BTreeSet<usize> =
            proof.facts.iter().filter(|fact| is_known(&fact.sum, fact.least, fact.most)).map(|fact| fact.sum[0].0).collect();
        let known: BTreeSet<usize> = known.intersection(&self.totals).copied().collect();
        let own = |sum: &Sum| sum.iter().map(|(variable, _)| *variable).filter(|variable| !known.contains(variable)).collect::<Vec<_>>();
        let mut joined = Union::new(proof.variables.len());
        for sum in proof.facts.iter().map(|fact| &fact.sum).chain(proof.cells.iter().map(|cell| &cell.sum)) {
            own(sum).windows(2).for_each(|pair| joined.join(pair[0], pair[1]));
        }
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        for cell in proof.cells.iter().filter(|cell| cell.release == release) {
            kept.extend(own(&cell.sum).into_iter().map(|variable| joined.root(variable)));
        }
        let mut is_tied = |sum: &Sum| own(sum).first().is_some_and(|first| kept.contains(&joined.root(*first)));
        let facts: Vec<bool> = proof.facts.iter().map(|fact| is_tied(&fact.sum)).collect();
        let cells: Vec<bool> = proof.cells.iter().map(|cell| cell.release == release || is_tied(&cell.sum)).collect();
        self.only(&facts, &cells)
    }

    /// Some facts and cells, with the variables in them and what is known of each of these by itself.
    fn only(mut self, facts: &[bool], cells: &[bool]) -> Self {
        let mut used = vec![false; self.proof.variables.len()];
        let sums = self.proof.facts.iter().zip(facts).map(|(fact, kept)| (&fact.sum, *kept));
        let sums = sums.chain(self.proof.cells.iter().zip(cells).map(|(cell, kept)| (&cell.sum, *kept)));
        for (variable, _) in sums.filter(|(_, kept)| *kept).flat_map(|(sum, _)| sum) {
            used[*variable] = true;
        }
        let numbers: BTreeMap<usize, usize> = (0..used.len()).filter(|variable| used[*variable]).zip(0..).collect();
        let again = |sum: &Sum| -> Sum { sum.iter().map(|(variable, factor)| (numbers[variable], *factor)).collect() };
        let places: BTreeMap<usize, usize> = (0..cells.len()).filter(|cell| cells[*cell]).zip(0..).collect();
        let in_use = |sum: &Sum| sum.len() == 1 && used[sum[0].0];
        let mut number = 0;
        self.proof.facts.retain_mut(|fact| {
            let kept = facts[number] || in_use(&fact.sum);
            number += 1;
            if kept {
                fact.sum = again(&fact.sum);
            }
            kept
        });
        let mut number = 0;
        self.proof.cells.retain_mut(|cell| {
            let kept = cells[number];
            number += 1;
            if kept {
                cell.sum = again(&cell.sum);
                cell.parts = cell.parts.iter().filter_map(|part| places.get(part).copied()).collect();
            }
            kept
        });
        let both = |(of, less): (usize, usize)| Some((*places.get(&of)?, *places.get(&less)?));
        self.proof.differences.retain_mut(|difference| match both((difference.of, difference.less)) {
            Some((of, less)) => {
                (difference.of, difference.less) = (of, less);
                true
            }
            None => false,
        });
        let mut variable = 0;
        self.proof.variables.retain(|_| {
            variable += 1;
            used[variable - 1]
        });
        self.when = self.when.iter().zip(&used).filter(|(_, used)| **used).map(|(when, _)| *when).collect();
        self.totals = self.totals.iter().filter_map(|total| numbers.get(total).copied()).collect();
        self
    }
}

#[cfg(test)]
mod tests;
