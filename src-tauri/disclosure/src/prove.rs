//! The search for witnesses: whole worlds that show every small value of every hidden number.
//!
//! A world falls into parts that have nothing in common but totals that several tables share. The
//! totals are given values first; then each part is searched alone, and what was found in each is
//! put together.

mod chains;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use attune_proof::{Proof, total};

use crate::chance::Chance;
use crate::part::{Answered, Part, Row, Values};
use crate::publication::When;
use crate::union::Union;
use crate::world::World;
use chains::Chain;

/// With so many of those that fit is a search for another begun.
const BASES: usize = 3;

/// So many days before and after what is wanted can be another in a search that is begun with one that fits: at first,
const BESIDE: usize = 2;

/// and then.
const DAYS: usize = 12;

/// A hidden number that could be worked out, or a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// The number of the cell among those of the proof.
    Cell(usize),
    /// The number of the difference.
    Difference(usize),
    /// It was told to stop.
    Stopped,
    /// What is known cannot all be so.
    Contradiction,
}

/// Shows that every hidden number keeps its small values. `memory` is of searches like this one:
/// what was found then may fit again, and what failed is looked at first; what is found now is added.
///
/// # Errors
/// The first hidden number for which no world was found.
pub(crate) fn prove(world: World, memory: &mut Memory, go_on: &mut dyn FnMut() -> bool) -> Result<Proof, Failed> {
    let parts = Parts::of(&world);
    let mut search = Search { world: &world, parts, chance: Chance::from(1), go_on };
    let chains = chains::of(search.world, &search.parts);
    let witnesses = search.doubt(&chains, &memory.doubtful, &memory.seen).and_then(|()| {
        let mut found = search.chains(&chains, memory)?;
        search.together(&mut found)
    });
    if let Err(Failed::Cell(cell)) = witnesses {
        memory.doubt(cell);
    }
    let witnesses = witnesses?;
    let mut proof = world.proof;
    proof.witnesses = witnesses;
    proof.digest = proof.digest_of();
    Ok(proof)
}

/// Whether one hidden number by itself keeps its small values. `seen` is of searches like this one.
pub(crate) fn keeps(world: &World, cell: usize, seen: &[Values], go_on: &mut dyn FnMut() -> bool) -> bool {
    let parts = Parts::of(world);
    let mut search = Search { world, parts, chance: Chance::from(2), go_on };
    let chains = chains::of(world, &search.parts);
    search.doubt(&chains, &[cell], seen).is_ok()
}

/// What is remembered from one search to the next like it: of the same variables and cells.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Values of some variables that agreed with something alike.
    pub seen: Vec<Values>,
    /// Cells that could be worked out, the last one first.
    pub doubtful: Vec<usize>,
}

impl Memory {
    /// The cell that could be worked out the last time; none if none could.
    pub fn last_doubt(&self) -> Option<usize> {
        self.doubtful.first().copied()
    }

    fn doubt(&mut self, cell: usize) {
        self.doubtful.retain(|other| *other != cell);
        self.doubtful.insert(0, cell);
        self.doubtful.truncate(6);
    }

    fn keep(&mut self, values: Values) {
        if self.seen.len() < 600 {
            self.seen.push(values);
        }
    }
}

/// The parts of a world, and which total each of them rests on.
struct Parts {
    parts: Vec<Part>,
    /// The part of each variable; none for a total that several parts share.
    of: Vec<Option<usize>>,
    /// The totals that each part shares with others.
    shared: Vec<BTreeSet<usize>>,
    /// The hidden cells of each part; those of a shared total alone are in none.
    cells: Vec<Vec<usize>>,
    /// The days of each part, one after the other.
    days: Vec<Vec<When>>,
}

struct Search<'a> {
    world: &'a World,
    parts: Parts,
    chance: Chance,
    go_on: &'a mut dyn FnMut() -> bool,
}

/// What was found of one chain of totals: for each value they can have, and each part, what fits.
struct Found {
    parts: Vec<usize>,
    /// The values of the totals, and for each part some values of its variables.
    ways: Vec<(Values, Vec<Vec<Values>>)>,
}

impl Parts {
    fn of(world: &World) -> Self {
        let proof = &world.proof;
        let mut joined = Union::new(proof.variables.len());
        let mut touching: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let sums = || proof.facts.iter().map(|fact| &fact.sum).chain(proof.cells.iter().map(|cell| &cell.sum));
        for sum in sums() {
            let mut own = sum.iter().map(|(variable, _)| *variable).filter(|variable| !world.totals.contains(variable));
            if let Some(first) = own.next() {
                own.for_each(|other| joined.join(first, other));
            }
        }
        for sum in sums() {
            let first = sum.iter().map(|(variable, _)| *variable).find(|variable| !world.totals.contains(variable));
            for (variable, _) in sum.iter().filter(|(variable, _)| world.totals.contains(variable)) {
                touching.entry(*variable).or_default().extend(first.map(|first| joined.root(first)));
            }
        }
        // A total that only one part knows is a number of that part.
        for (total, parts) in &touching {
            if let (1, Some(&only)) = (parts.len(), parts.first()) {
                joined.join(*total, only);
            }
        }
        let lone = |variable: usize| world.totals.contains(&variable) && touching.get(&variable).is_none_or(|parts| parts.len() != 1);
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut of = Vec::new();
        for variable in 0..proof.variables.len() {
            of.push((!lone(variable)).then(|| {
                let next = numbers.len();
                *numbers.entry(joined.root(variable)).or_insert(next)
            }));
        }
        let mut all = Self {
            parts: (0..numbers.len()).map(|_| Part::default()).collect(),
            shared: vec![BTreeSet::new(); numbers.len()],
            cells: vec![Vec::new(); numbers.len()],
            days: Vec::new(),
            of,
        };
        all.fill(world);
        all
    }

    /// The days from so many before some to so many after; none if a part has no such day.
    fn around(&self, part: usize, (first, last): (When, When), by: usize) -> Option<(When, When)> {
        let days = &self.days[part];
        let from = days.partition_point(|day| *day < first).saturating_sub(by);
        let to = (days.partition_point(|day| *day <= last) + by).min(days.len());
        Some((*days.get(from)?, *days.get(to.checked_sub(1)?)?))
    }

    fn fill(&mut self, world: &World) {
        let proof = &world.proof;
        for (variable, part) in self.of.iter().enumerate() {
            if let Some(part) = part {
                self.parts[*part].variables.push(variable);
            }
        }
        for part in &self.parts {
            let days: BTreeSet<When> = part.variables.iter().map(|variable| world.when[*variable]).collect();
            self.days.push(days.into_iter().collect());
        }
        let mut rows: Vec<Row> = proof.facts.iter().map(|fact| Row { sum: fact.sum.clone(), least: fact.least, most: fact.most }).collect();
        let mut ceiling: BTreeMap<usize, i64> = BTreeMap::new();
        let mut shown = 0;
        for cell in &proof.cells {
            let Some(said) = proof.said(cell) else { continue };
            rows.push(Row { sum: cell.sum.clone(), least: Some(said.least), most: said.most });
            shown += said.most.unwrap_or(0);
            for (variable, _) in &cell.sum {
                if let Some(most) = said.most {
                    ceiling.entry(*variable).and_modify(|known| *known = (*known).min(most)).or_insert(most);
                }
            }
        }
        let open = shown + 20 * i64::from(proof.threshold);
        for row in rows {
            let Some(part) = row.sum.iter().find_map(|(variable, _)| self.of[*variable]) else { continue };
            self.shared[part].extend(row.sum.iter().map(|(variable, _)| *variable).filter(|variable| self.of[*variable].is_none()));
            self.parts[part].rows.push(row);
        }
        for part in &mut self.parts {
            part.most = part.variables.iter().map(|variable| (*variable, ceiling.get(variable).copied().unwrap_or(open))).collect();
        }
        for (number, cell) in proof.cells.iter().enumerate() {
            let part = cell.sum.first().and_then(|(variable, _)| self.of[*variable]);
            if let (Some(part), false) = (part, proof.demands(number).is_empty()) {
                self.cells[part].push(number);
            }
        }
    }
}

impl Search<'_> {
    /// Looks at some cells by themselves.
    fn doubt(&mut self, chains: &[Chain], doubtful: &[usize], seen: &[Values]) -> Result<(), Failed> {
        for &cell in doubtful {
            let part = self.sum(cell).first().and_then(|(variable, _)| self.parts.of[*variable]);
            let chain = part.and_then(|part| chains.iter().find(|chain| chain.parts.contains(&part)));
            let (Some(part), Some(chain)) = (part, chain) else { continue };
            for value in self.world.proof.demands(cell).first().map(|demand| demand.values.clone()).unwrap_or(0..0) {
                let wanted = [Row::is(self.sum(cell).clone(), value)];
                let bases: Vec<Values> = seen.iter().take(BASES).map(|world| self.of_part(part, world)).collect();
                if !chain.ways.iter().any(|totals| self.search(part, totals, &bases, &wanted).is_some()) {
                    return Err(Failed::Cell(cell));
                }
            }
        }
        Ok(())
    }

    fn chains(&mut self, chains: &[Chain], memory: &mut Memory) -> Result<Vec<Found>, Failed> {
        chains.iter().map(|chain| self.chain(chain, memory)).collect()
    }

    /// Finds, for the parts of one chain, what shows each small value of each of their hidden cells.
    fn chain(&mut self, chain: &Chain, memory: &mut Memory) -> Result<Found, Failed> {
        let mut ways = Vec::new();
        for totals in &chain.ways {
            self.may_go_on()?;
            let each: Option<Vec<Vec<Values>>> = chain.parts.iter().map(|part| self.begin(*part, totals, &memory.seen)).collect();
            ways.extend(each.map(|each| (totals.clone(), each)));
        }
        if ways.is_empty() {
            return Err(self.blamed(&chain.parts));
        }
        let mut found = Found { parts: chain.parts.clone(), ways };
        for at in 0..found.parts.len() {
            self.cover(&mut found, at, memory)?;
        }
        Ok(found)
    }

    /// Some values of a part with these totals: those seen before that still fit, or any.
    fn begin(&mut self, part: usize, totals: &Values, seen: &[Values]) -> Option<Vec<Values>> {
        let mut found: Vec<Values> = Vec::new();
        let mut answered = Answered::new();
        for world in seen {
            let given = self.of_part(part, world);
            if given.is_empty() {
                continue;
            }
            if totals.iter().any(|(total, value)| world.get(total).is_some_and(|before| before != value)) {
                continue;
            }
            found.extend(self.again(part, &given, totals, &mut answered));
        }
        if found.is_empty() {
            found.extend(self.parts.parts[part].fitting(totals, &[], &mut self.chance));
        }
        (!found.is_empty()).then_some(found)
    }

    /// Adds to what was found of a part until each small value of its hidden cells is among it.
    fn cover(&mut self, found: &mut Found, at: usize, memory: &mut Memory) -> Result<(), Failed> {
        let part = found.parts[at];
        let cells = self.parts.cells[part].clone();
        let each = || found.ways.iter().flat_map(|(_, each)| &each[at]);
        // What each hidden cell is in each of them.
        let mut shown: BTreeMap<usize, Vec<i64>> =
            cells.iter().map(|cell| (*cell, each().map(|values| sum_in(self.sum(*cell), values)).collect())).collect();
        for cell in cells {
            self.may_go_on()?;
            for demand in self.world.proof.demands(cell) {
                let known = demand.known.filter(|(other, _)| self.is_in(*other, part));
                if demand.known.is_some() && known.is_none() {
                    continue;
                }
                for value in demand.values {
                    let so = |world: usize| shown[&cell][world] == value && known.is_none_or(|(other, own)| shown[&other][world] >= own);
                    if (0..shown[&cell].len()).any(so) {
                        continue;
                    }
                    let mut wanted = vec![Row::is(self.sum(cell).clone(), value)];
                    wanted.extend(known.map(|(other, own)| Row { sum: self.sum(other).clone(), least: Some(own), most: None }));
                    let values = self.add(found, at, &wanted).ok_or(Failed::Cell(cell))?;
                    shown.iter_mut().for_each(|(cell, shown)| shown.push(sum_in(self.sum(*cell), &values)));
                    memory.keep(values);
                }
            }
        }
        Ok(())
    }

    /// Finds one more, beginning with what was found.
    fn add(&mut self, found: &mut Found, at: usize, wanted: &[Row]) -> Option<Values> {
        let part = found.parts[at];
        for way in 0..found.ways.len() {
            let (totals, each) = &found.ways[way];
            let bases: Vec<Values> = each[at].iter().take(BASES).cloned().collect();
            if let Some(values) = self.search(part, &totals.clone(), &bases, wanted) {
                found.ways[way].1[at].push(values.clone());
                return Some(values);
            }
        }
        None
    }

    /// Searches a part for something wanted, beginning with others that fit: first only the days beside it may be another than
    /// there, then some more. What is not found so counts as told, which hides more, never less; without any to begin
    /// with, and where there are few days, everything is searched.
    fn search(&mut self, part: usize, totals: &Values, bases: &[Values], wanted: &[Row]) -> Option<Values> {
        let days = || wanted.iter().flat_map(|row| &row.sum).map(|(variable, _)| self.world.when[*variable]);
        let near = |by: usize| self.parts.around(part, (days().min()?, days().max()?), by);
        let mut given: Vec<Values> = Vec::new();
        given.extend(bases.iter().filter_map(|base| Some(self.outside(base, near(BESIDE)?))));
        match bases.first().and_then(|base| Some(self.outside(base, near(DAYS)?))) {
            Some(base) => given.push(base),
            None => given.push(Values::new()),
        }
        given.dedup();
        given.into_iter().find_map(|mut given| {
            given.extend(totals.iter().map(|(total, value)| (*total, *value)));
            self.parts.parts[part].fitting(&given, wanted, &mut self.chance)
        })
    }

    /// What was found before, made to fit: with what is open found, or with the days beside that another too.
    fn again(&mut self, part: usize, given: &Values, totals: &Values, answered: &mut Answered) -> Option<Values> {
        let variables = &self.parts.parts[part].variables;
        let days = || variables.iter().filter(|variable| !given.contains_key(variable)).map(|variable| self.world.when[*variable]);
        let open = days().min().zip(days().max());
        let mut tried = vec![given.clone()];
        for by in [BESIDE, DAYS] {
            tried.extend(open.and_then(|open| self.parts.around(part, open, by)).map(|around| self.outside(given, around)));
        }
        tried.dedup();
        tried.into_iter().find_map(|mut given| {
            given.extend(totals.iter().map(|(total, value)| (*total, *value)));
            self.parts.parts[part].fitting_again(&given, answered, &mut self.chance)
        })
    }

    /// The values of the variables of other days than from the one to the other.
    fn outside(&self, values: &Values, (from, to): (When, When)) -> Values {
        let is_outside = |variable: usize| !(from..=to).contains(&self.world.when[variable]);
        values.iter().filter(|(variable, _)| is_outside(**variable)).map(|(variable, value)| (*variable, *value)).collect()
    }

    /// The values of the variables of a part, of those that a world has.
    fn of_part(&self, part: usize, world: &Values) -> Values {
        self.parts.parts[part].variables.iter().filter_map(|variable| Some((*variable, *world.get(variable)?))).collect()
    }

    fn sum(&self, cell: usize) -> &attune_proof::Sum {
        &self.world.proof.cells[cell].sum
    }

    fn is_in(&self, cell: usize, part: usize) -> bool {
        self.sum(cell).first().and_then(|(variable, _)| self.parts.of[*variable]) == Some(part)
    }

    /// The hidden cell to blame when nothing fits at all.
    fn blamed(&self, parts: &[usize]) -> Failed {
        let cells = parts.iter().flat_map(|part| &self.parts.cells[*part]);
        cells.max().map_or(Failed::Contradiction, |cell| Failed::Cell(*cell))
    }

    fn may_go_on(&mut self) -> Result<(), Failed> {
        if (self.go_on)() { Ok(()) } else { Err(Failed::Stopped) }
    }
}

/// Whether values are as wanted.
fn holds(wanted: &[Row], values: &Values) -> bool {
    wanted.iter().all(|row| {
        let sum: Option<i64> = row.sum.iter().map(|(variable, factor)| Some(values.get(variable)? * factor)).sum();
        sum.is_some_and(|sum| row.least.is_none_or(|least| sum >= least) && row.most.is_none_or(|most| sum <= most))
    })
}

/// A sum of variables that all have values.
fn sum_in(sum: &attune_proof::Sum, values: &Values) -> i64 {
    sum.iter().filter_map(|(variable, factor)| Some(values.get(variable)? * factor)).sum()
}

/// The value of a cell in a whole world.
pub(super) fn value(proof: &Proof, cell: usize, world: &[i64]) -> i64 {
    total(&proof.cells[cell].sum, world).unwrap_or(i64::MAX)
}
