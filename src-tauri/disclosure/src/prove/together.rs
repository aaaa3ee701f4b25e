//! Putting together what was found of each part.

use std::collections::BTreeSet;

use attune_proof::Sum;

use super::{Failed, Found, Search, holds, value};
use crate::part::{Row, Values};

impl Search<'_> {
    /// Whole worlds in which everything that was found occurs, and what only shows in two parts at once.
    pub(super) fn together(&mut self, found: &mut [Found]) -> Result<Vec<Vec<i64>>, Failed> {
        let each: Vec<Vec<Values>> = found.iter().map(worlds_of).collect();
        let most = each.iter().map(Vec::len).max().unwrap_or(0);
        let mut worlds: Vec<Vec<i64>> =
            (0..most).map(|at| self.whole(&each.iter().map(|worlds| &worlds[at % worlds.len()]).collect::<Vec<_>>())).collect();
        self.beside(found, &each, &mut worlds)?;
        self.differences(found, &mut worlds)?;
        Ok(self.needed(worlds))
    }

    fn whole(&self, chains: &[&Values]) -> Vec<i64> {
        let mut world = vec![0; self.world.proof.variables.len()];
        for (variable, value) in chains.iter().flat_map(|values| values.iter()) {
            world[*variable] = *value;
        }
        world
    }

    /// What must be possible beside a number in another part.
    fn beside(&mut self, found: &mut [Found], each: &[Vec<Values>], worlds: &mut Vec<Vec<i64>>) -> Result<(), Failed> {
        let world = self.world;
        let proof = &world.proof;
        for cell in 0..proof.cells.len() {
            for demand in proof.demands(cell) {
                let Some((other, own)) = demand.known else { continue };
                for wanted in demand.values {
                    let shown = worlds.iter().any(|world| value(proof, cell, world) == wanted && value(proof, other, world) >= own);
                    if shown {
                        continue;
                    }
                    let rows = [
                        Row::is(proof.cells[cell].sum.clone(), wanted),
                        Row { sum: proof.cells[other].sum.clone(), least: Some(own), most: None },
                    ];
                    let mut chains: Vec<Values> = Vec::new();
                    for (found, worlds) in found.iter_mut().zip(each) {
                        let joint = joint(found, &rows).or_else(|| self.joined(found, &rows));
                        chains.push(joint.unwrap_or_else(|| worlds[0].clone()));
                    }
                    let world = self.whole(&chains.iter().collect::<Vec<_>>());
                    if value(proof, cell, &world) != wanted || value(proof, other, &world) < own {
                        return Err(Failed::Cell(cell));
                    }
                    worlds.push(world);
                }
            }
        }
        Ok(())
    }

    /// One world of a chain in which each row holds, searched part by part with the same totals.
    fn joined(&mut self, found: &mut Found, rows: &[Row]) -> Option<Values> {
        for way in 0..found.ways.len() {
            self.may_go_on().ok()?;
            let mut all = true;
            for (at, part) in found.parts.clone().into_iter().enumerate() {
                let (totals, each) = &mut found.ways[way];
                let is_of = |row: &&Row| row.sum.iter().any(|(variable, _)| self.parts.of[*variable] == Some(part));
                let wanted: Vec<Row> = rows.iter().filter(is_of).cloned().collect();
                if each[at].iter().any(|values| holds(&wanted, values)) {
                    continue;
                }
                match self.parts.parts[part].fitting(totals, &wanted, &mut self.chance) {
                    Some(values) => each[at].push(values),
                    None => all = false,
                }
                if !all {
                    break;
                }
            }
            if all {
                return joint(found, rows);
            }
        }
        None
    }

    /// What the difference of two totals must be able to be: with each value that was found of what is
    /// taken away, the other is searched.
    fn differences(&mut self, found: &mut [Found], worlds: &mut Vec<Vec<i64>>) -> Result<(), Failed> {
        for number in 0..self.world.proof.differences.len() {
            if self.world.proof.is_plain(number) {
                continue;
            }
            let (of, less) = (self.world.proof.differences[number].of, self.world.proof.differences[number].less);
            let apart = |world: &Vec<i64>| value(&self.world.proof, of, world) - value(&self.world.proof, less, world);
            let mut values: BTreeSet<i64> = worlds.iter().map(apart).collect();
            let far = 2 * i64::from(self.world.proof.threshold);
            for wanted in (1..=far).chain((1 - far..=0).rev()) {
                if self.world.proof.keeps_apart(&values) {
                    break;
                }
                if !values.contains(&wanted)
                    && let Some(world) = self.apart(found, of, less, wanted)
                {
                    values.insert(wanted);
                    worlds.push(world);
                }
            }
            if !self.world.proof.keeps_apart(&values) {
                return Err(Failed::Difference(number));
            }
        }
        Ok(())
    }

    /// A world in which two cells of different chains are so much apart.
    fn apart(&mut self, found: &mut [Found], of: usize, less: usize, wanted: i64) -> Option<Vec<i64>> {
        let sum = |cell: usize| self.world.proof.cells[cell].sum.clone();
        let (of, less) = (sum(of), sum(less));
        let has = |found: &Found, sum: &Sum| {
            worlds_of(found).first().is_some_and(|world| sum.iter().all(|(variable, _)| world.contains_key(variable)))
        };
        let many = found.iter().position(|chain| has(chain, &of))?;
        let few = found.iter().position(|chain| has(chain, &less))?;
        let at = found[many].parts.iter().position(|part| of.iter().any(|(variable, _)| self.parts.of[*variable] == Some(*part)));
        let fewer = worlds_of(&found[few]);
        let value_of = |world: &Values| -> i64 { less.iter().filter_map(|(variable, factor)| Some(world.get(variable)? * factor)).sum() };
        let mut values: Vec<i64> = fewer.iter().map(value_of).collect();
        values.dedup();
        for one in values {
            let rows = [Row::is(of.clone(), one + wanted)];
            if !worlds_of(&found[many]).iter().any(|world| holds(&rows, world)) {
                let Some(at) = at else { continue };
                if self.add(&mut found[many], at, &rows).is_none() {
                    continue;
                }
            }
            let more = worlds_of(&found[many]).into_iter().find(|world| holds(&rows, world))?;
            let fewer = fewer.iter().find(|world| value_of(world) == one)?.clone();
            let chains: Vec<Values> = found
                .iter()
                .enumerate()
                .map(|(chain, found)| {
                    if chain == many {
                        more.clone()
                    } else if chain == few {
                        fewer.clone()
                    } else {
                        worlds_of(found).swap_remove(0)
                    }
                })
                .collect();
            return Some(self.whole(&chains.iter().collect::<Vec<_>>()));
        }
        None
    }

    /// The worlds that show something no earlier one of them shows.
    fn needed(&self, worlds: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
        let proof = &self.world.proof;
        let mut shown = BTreeSet::new();
        let demands: Vec<_> =
            (0..proof.cells.len()).flat_map(|cell| proof.demands(cell).into_iter().map(move |demand| (cell, demand))).collect();
        let mut kept = Vec::new();
        for world in worlds {
            let mut new = false;
            let values: Vec<i64> = (0..proof.cells.len()).map(|cell| value(proof, cell, &world)).collect();
            for (at, (cell, demand)) in demands.iter().enumerate() {
                let here = values[*cell];
                if demand.values.contains(&here) && demand.known.is_none_or(|(other, own)| values[other] >= own) {
                    new |= shown.insert((at, here));
                }
            }
            for (at, difference) in proof.differences.iter().enumerate().filter(|(at, _)| !proof.is_plain(*at)) {
                new |= shown.insert((demands.len() + at, values[difference.of] - values[difference.less]));
            }
            if new {
                kept.push(world);
            }
        }
        kept
    }
}

/// The worlds of one chain: in each way as many as its part with the most has.
fn worlds_of(found: &Found) -> Vec<Values> {
    let mut worlds = Vec::new();
    for (totals, each) in &found.ways {
        let most = each.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..most {
            let mut world = totals.clone();
            for part in each {
                world.extend(part[at % part.len()].iter().map(|(variable, value)| (*variable, *value)));
            }
            worlds.push(world);
        }
    }
    worlds
}

/// One world of a chain in which each row holds, from what was found of its parts.
fn joint(found: &Found, rows: &[Row]) -> Option<Values> {
    found.ways.iter().find_map(|(totals, each)| {
        let mut world = totals.clone();
        for part in each {
            let fits = |values: &&Values| {
                rows.iter().all(|row| {
                    let mine = row.sum.iter().all(|(variable, _)| values.contains_key(variable));
                    !mine || holds(std::slice::from_ref(row), values)
                })
            };
            world.extend(part.iter().find(fits)?.iter().map(|(variable, value)| (*variable, *value)));
        }
        Some(world)
    })
}
