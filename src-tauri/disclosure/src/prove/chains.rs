//! Totals that several parts share, and the values they may have together.

use std::collections::{BTreeMap, BTreeSet};

use super::Parts;
use crate::part::Values;
use crate::union::Union;
use crate::world::World;

/// Totals that decide each other, the parts that rest on them, and what they can be.
pub(super) struct Chain {
    pub parts: Vec<usize>,
    /// Each a value for every one of the totals; the likeliest to fit first.
    pub ways: Vec<Values>,
}

/// How many values of a hidden total are tried.
const TRIED: i64 = 16;

/// The chains of a world. A part that shares nothing is a chain of its own.
pub(super) fn of(world: &World, parts: &Parts) -> Vec<Chain> {
    let mut joined = Union::new(parts.parts.len());
    let mut by_total: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (part, totals) in parts.shared.iter().enumerate() {
        for total in totals {
            by_total.entry(*total).or_default().push(part);
        }
    }
    for together in by_total.values() {
        together.windows(2).for_each(|pair| joined.join(pair[0], pair[1]));
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for part in 0..parts.parts.len() {
        groups.entry(joined.root(part)).or_default().push(part);
    }
    groups.into_values().map(|group| chain(world, parts, group)).collect()
}

fn chain(world: &World, parts: &Parts, group: Vec<usize>) -> Chain {
    let totals: BTreeSet<usize> = group.iter().flat_map(|part| parts.shared[*part].iter().copied()).collect();
    let ranges: BTreeMap<usize, (i64, i64)> = totals.iter().map(|total| (*total, range(world, *total))).collect();
    let mut ways = Vec::new();
    // One way for each value of the one that can have most; the others take their own in step.
    let steps = ranges.values().map(|(least, most)| most - least + 1).max().unwrap_or(1);
    for step in 0..steps {
        let mut way = Values::new();
        for (total, (least, most)) in &ranges {
            let width = most - least + 1;
            way.insert(*total, least + (step + width / 2) % width);
        }
        ways.push(way);
    }
    Chain { parts: group, ways }
}

/// What a total can be by what is printed of it.
fn range(world: &World, total: usize) -> (i64, i64) {
    let (mut least, mut most) = (0, None);
    for fact in world.proof.facts.iter().filter(|fact| fact.sum == [(total, 1)]) {
        least = least.max(fact.least.unwrap_or(0));
        most = fact.most.or(most);
    }
    let same: Vec<&attune_proof::Sum> = world
        .proof
        .facts
        .iter()
        .filter(|fact| fact.sum.contains(&(total, -1)) && fact.least == Some(0) && fact.most == Some(0))
        .map(|fact| &fact.sum)
        .collect();
    for cell in &world.proof.cells {
        let alone = cell.sum.len() == 1 && cell.sum[0].0 == total;
        let whole = same.iter().any(|sum| sum.len() == cell.sum.len() + 1 && cell.sum.iter().all(|term| sum.contains(term)));
        if let (true, Some(said)) = (alone || whole, world.proof.said(cell)) {
            least = least.max(said.least);
            most = match (most, said.most) {
                (Some(one), Some(other)) => Some(std::cmp::min::<i64>(one, other)),
                (one, other) => one.or(other),
            };
        }
    }
    (least, most.unwrap_or(least + TRIED - 1).max(least))
}
