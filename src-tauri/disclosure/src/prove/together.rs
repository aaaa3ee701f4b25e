//! Putting together what was found of each part.

use super::{Failed, Found, Search, holds, value};
use crate::part::{Row, Values};

impl Search<'_> {
    /// Whole worlds in which everything that was found occurs, and what only shows in two parts at once.
    pub(super) fn together(&mut self, found: &[Found]) -> Result<Vec<Vec<i64>>, Failed> {
        let each: Vec<Vec<Values>> = found.iter().map(worlds_of).collect();
        let most = each.iter().map(Vec::len).max().unwrap_or(0);
        let mut worlds: Vec<Vec<i64>> =
            (0..most).map(|at| self.whole(&each.iter().map(|worlds| &worlds[at % worlds.len()]).collect::<Vec<_>>())).collect();
        self.beside(found, &each, &mut worlds)?;
        self.differences(&each, &mut worlds)?;
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
    fn beside(&mut self, found: &[Found], each: &[Vec<Values>], worlds: &mut Vec<Vec<i64>>) -> Result<(), Failed> {
        let proof = &self.world.proof;
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
                    let chains = found.iter().zip(each).map(|(found, worlds)| joint(found, &rows).unwrap_or_else(|| worlds[0].clone()));
                    let chains: Vec<Values> = chains.collect();
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

    fn differences(&mut self, each: &[Vec<Values>], worlds: &mut Vec<Vec<i64>>) -> Result<(), Failed> {
        let proof = &self.world.proof;
        for (number, difference) in proof.differences.iter().enumerate() {
            for wanted in proof.small_differences(number) {
                let apart = |world: &[i64]| value(proof, difference.of, world) - value(proof, difference.less, world);
                if worlds.iter().any(|world| apart(world) == wanted) {
                    continue;
                }
                let sum = |cell: usize, values: &Values| -> Option<i64> {
                    proof.cells[cell].sum.iter().map(|(variable, _)| values.get(variable).copied()).sum()
                };
                let of = each
                    .iter()
                    .enumerate()
                    .flat_map(|(chain, worlds)| worlds.iter().filter_map(move |w| Some((chain, w, sum(difference.of, w)?))));
                let pair = of.into_iter().find_map(|(chain, one, more)| {
                    each.iter().enumerate().filter(|(other, _)| *other != chain).find_map(|(other, worlds)| {
                        worlds.iter().find(|w| sum(difference.less, w) == Some(more - wanted)).map(|w| (chain, one, other, w))
                    })
                });
                let (chain, one, other, less) = pair.ok_or(Failed::Difference(number))?;
                let chains: Vec<&Values> = each
                    .iter()
                    .enumerate()
                    .map(|(at, worlds)| {
                        if at == chain {
                            one
                        } else if at == other {
                            less
                        } else {
                            &worlds[0]
                        }
                    })
                    .collect();
                worlds.push(self.whole(&chains));
            }
        }
        Ok(())
    }

    /// The worlds that show something no earlier one of them shows.
    fn needed(&self, worlds: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
        let proof = &self.world.proof;
        let mut shown = std::collections::BTreeSet::new();
        let demands: Vec<_> =
            (0..proof.cells.len()).flat_map(|cell| proof.demands(cell).into_iter().map(move |demand| (cell, demand))).collect();
        let differences: Vec<_> = (0..proof.differences.len()).map(|number| proof.small_differences(number)).collect();
        let mut kept = Vec::new();
        for world in worlds {
            let mut new = false;
            for (at, (cell, demand)) in demands.iter().enumerate() {
                let here = value(proof, *cell, &world);
                if demand.values.contains(&here) && demand.known.is_none_or(|(other, own)| value(proof, other, &world) >= own) {
                    new |= shown.insert((at, here));
                }
            }
            for (at, small) in differences.iter().enumerate() {
                let apart = value(proof, proof.differences[at].of, &world) - value(proof, proof.differences[at].less, &world);
                if small.contains(&apart) {
                    new |= shown.insert((demands.len() + at, apart));
                }
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
