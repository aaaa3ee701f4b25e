//! Which numbers of one table are hidden so that others cannot be worked out: the table by itself,
//! and beside its own earlier ones.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use attune_proof::Proof;

use crate::grid::cheapest;
use crate::prove::{Failed, Memory, keeps};
use crate::search::{Draft, Proved, Search, Told, proved};

/// How many patterns are tried for a cheaper one.
const TRIED: usize = 400;

/// How many nodes the search for the cheapest pattern of a table by itself may take; then the best
/// one stands, and what is lacking to the proof that none is cheaper is said.
const NODES: u32 = 2_000;

/// When so many patterns have failed, it is looked at whether hiding more can help at all.
const SEVERAL: u32 = 2;

/// How many patterns that would cost less are looked at.
const LOOKED_AT: usize = 1 << 14;

/// The search in one table. The variables and cells are the same with every pattern, so that what
/// was found with one may fit the next.
pub(crate) struct Alone<'s, 'a, 'g> {
    search: &'s Search<'a>,
    memory: Memory,
    last: Option<Proof>,
    go_on: &'g mut dyn FnMut() -> bool,
}

impl<'s, 'a, 'g> Alone<'s, 'a, 'g> {
    pub fn of(search: &'s Search<'a>, draft: &Draft<'_>, go_on: &'g mut dyn FnMut() -> bool) -> Self {
        let memory = search.memory(&search.insiders_world(std::slice::from_ref(draft), &[]));
        Self { search, memory, last: None, go_on }
    }

    /// The table with everything hidden that must be; or the number for which nothing helps.
    pub fn hide<'t>(&mut self, draft: &Draft<'t>) -> Result<Result<Draft<'t>, Told>, Failed> {
        if let Some(cheapest) = self.by_itself(draft)? {
            return Ok(Ok(cheapest));
        }
        let mut draft = match self.enough(draft)? {
            Ok(draft) => draft,
            Err(told) => return Ok(Err(told)),
        };
        self.prune(&mut draft)?;
        self.cheapest(&mut draft)?;
        Ok(Ok(draft))
    }

    /// The table with enough hidden, and perhaps more; or the number for which nothing helps.
    pub fn enough<'t>(&mut self, draft: &Draft<'t>) -> Result<Result<Draft<'t>, Told>, Failed> {
        let mut draft = draft.clone();
        let mut first = None;
        let mut tries = 0;
        while let Err(told) = self.proved(&draft)? {
            tries += 1;
            if tries == SEVERAL && !self.stands_hidden(&draft)? {
                return Ok(Err(first.unwrap_or(told)));
            }
            match self.company(&draft) {
                Some(place) => draft.hidden[place] = true,
                None => return Ok(Err(first.unwrap_or(told))),
            }
            first.get_or_insert(told);
        }
        Ok(Ok(draft))
    }

    /// Whether a table stands with everything hidden that can be.
    fn stands_hidden(&mut self, draft: &Draft<'_>) -> Result<bool, Failed> {
        let mut all = draft.clone();
        draft.truth.options().iter().for_each(|(place, _)| all.hidden[*place] = true);
        Ok(self.proved(&all)?.is_ok())
    }

    /// The cheapest pattern of a table that nothing else is known of; none if it is not such a table,
    /// or if more has to be hidden than a reader alone asks for.
    fn by_itself<'t>(&mut self, draft: &Draft<'t>) -> Result<Option<Draft<'t>>, Failed> {
        if self.search.is_beside_others(draft) {
            return Ok(None);
        }
        let mut left = NODES;
        let mut within = || {
            left -= 1;
            left > 0 && (self.go_on)()
        };
        let Some(pattern) = draft.truth.grid().and_then(|grid| cheapest(&grid, &mut within)) else { return Ok(None) };
        let found = Draft { hidden: pattern.hidden, bound: pattern.bound, ..draft.clone() };
        Ok(self.proved(&found)?.is_ok().then_some(found))
    }

    fn proved(&mut self, draft: &Draft<'_>) -> Result<Proved, Failed> {
        let world = self.search.insiders_world(std::slice::from_ref(draft), &[]);
        let proved = proved(world, &mut self.memory, self.go_on)?;
        if let Ok(proof) = &proved {
            self.last = Some(proof.clone());
        }
        Ok(proved)
    }

    /// The proof that was found last.
    pub fn found(self) -> Option<Proof> {
        self.last
    }

    /// The place whose hiding costs least of those that help the number that failed last; if none
    /// helps by itself, the cheapest.
    fn company(&mut self, draft: &Draft<'_>) -> Option<usize> {
        let mut options: Vec<(usize, u64)> = draft.truth.options().into_iter().filter(|(place, _)| !draft.hidden[*place]).collect();
        options.sort_by_key(|(_, weight)| *weight);
        let doubt = self.memory.last_doubt();
        let helps = options.iter().find(|(place, _)| {
            let mut more = draft.clone();
            more.hidden[*place] = true;
            let world = self.search.insiders_world(std::slice::from_ref(&more), &[]);
            doubt.is_some_and(|cell| keeps(&world, cell, &self.memory.seen, self.go_on))
        });
        helps.or(options.first()).map(|(place, _)| *place)
    }

    /// Shows again what need not be hidden, the dearest first.
    fn prune(&mut self, draft: &mut Draft<'_>) -> Result<(), Failed> {
        let mut beside = draft.beside();
        if beside.len() < 2 {
            return Ok(());
        }
        beside.sort_by_key(|(_, weight)| Reverse(*weight));
        for (place, _) in beside {
            draft.hidden[place] = false;
            draft.hidden[place] = self.proved(draft)?.is_err();
        }
        Ok(())
    }

    /// Tries everything that would cost less, the cheapest first. What fails with some places hidden
    /// fails with fewer of them too.
    fn cheapest(&mut self, draft: &mut Draft<'_>) -> Result<(), Failed> {
        draft.bound = draft.cost();
        if draft.beside().is_empty() {
            return Ok(());
        }
        let options = draft.truth.options();
        let cheaper = subsets(&options, draft.cost());
        let mut failed: Vec<u64> = Vec::new();
        for (cost, set) in &cheaper {
            if failed.iter().any(|larger| larger & set == *set) {
                continue;
            }
            if failed.len() >= TRIED {
                draft.bound = *cost;
                return Ok(());
            }
            let mut other = Draft { hidden: draft.truth.primaries(), bound: *cost, ..draft.clone() };
            options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).for_each(|(_, (place, _))| other.hidden[*place] = true);
            if self.proved(&other)?.is_ok() {
                *draft = other;
                return Ok(());
            }
            failed.push(*set);
        }
        if cheaper.len() >= LOOKED_AT {
            draft.bound = cheaper.last().map_or(0, |(cost, _)| *cost);
        }
        Ok(())
    }
}

/// The sets of options that cost less than `cost`, as bits, the cheapest first.
fn subsets(options: &[(usize, u64)], cost: u64) -> Vec<(u64, u64)> {
    let mut by_weight: Vec<(usize, u64)> = options.iter().take(64).enumerate().map(|(at, (_, weight))| (at, *weight)).collect();
    by_weight.sort_by_key(|(_, weight)| *weight);
    let mut open = BinaryHeap::from([Reverse((0_u64, 0_u64, 0_usize))]);
    let mut found = Vec::new();
    while let Some(Reverse((so_far, set, next))) = open.pop() {
        found.push((so_far, set));
        if found.len() >= LOOKED_AT {
            break;
        }
        for (at, (option, weight)) in by_weight.iter().enumerate().skip(next) {
            if so_far + weight >= cost {
                break;
            }
            open.push(Reverse((so_far + weight, set | 1 << option, at + 1)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cheaper_set_is_found_once_and_the_cheapest_first() {
        let options: Vec<(usize, u64)> = (0..8).map(|at| (at, [7, 3, 9, 3, 12, 5, 8, 4][at])).collect();
        let found = subsets(&options, 20);
        let cost = |set: u64| -> u64 { options.iter().filter(|(at, _)| set >> at & 1 == 1).map(|(_, weight)| weight).sum() };
        assert!(found.is_sorted_by_key(|(cost, _)| *cost));
        let mut sets: Vec<u64> = found.iter().map(|(_, set)| *set).collect();
        sets.sort_unstable();
        let expected: Vec<u64> = (0..256).filter(|set| cost(*set) < 20).collect();
        assert_eq!(sets, expected);
    }
}
