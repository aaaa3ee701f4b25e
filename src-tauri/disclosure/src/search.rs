//! What somebody knows who sees a publication beside all earlier ones, and whether it hides what it hides.

use std::collections::{BTreeMap, BTreeSet};

use attune_proof::Proof;

use crate::ask::{Ask, Link};
use crate::prove::{Failed, Memory, prove};
use crate::publication::{Protected, Publication, When};
use crate::spec::{Counts, OverTime, Spec};
use crate::truth::Truth;
use crate::world::{Besides, Seen, Totals, World};

/// The search for what may leave, beside everything that has left.
pub(crate) struct Search<'a> {
    pub ask: &'a Ask<'a>,
    /// What the insider was shown the last time, by the names of variables.
    seen: Vec<BTreeMap<String, i64>>,
    /// How many there were in all, on each day that can be reckoned from this one.
    totals: Totals,
}

/// One table on its way: what is hidden in it, and whether it is withheld.
#[derive(Clone)]
pub(crate) struct Draft<'a> {
    pub truth: &'a Truth<'a>,
    pub hidden: Vec<bool>,
    pub withheld: bool,
    /// What hiding beside must cost at the least.
    pub bound: u64,
}

/// The release, table and line of a number that could be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub release: String,
    pub table: String,
    pub line: String,
}

/// A proof, or the number that could be worked out.
pub(crate) type Proved = Result<Proof, Told>;

impl<'a> Draft<'a> {
    pub fn of(truth: &'a Truth<'a>) -> Self {
        Self { truth, hidden: truth.primaries(), withheld: truth.is_too_few(), bound: 0 }
    }

    pub fn table(&self) -> Protected {
        if self.withheld { self.truth.blank() } else { self.truth.hiding(&self.hidden) }
    }

    /// What is hidden beside, by its place, with its weight.
    pub fn beside(&self) -> Vec<(usize, u64)> {
        self.truth.options().into_iter().filter(|(place, _)| self.hidden[*place]).collect()
    }

    /// The cost of what is hidden beside.
    pub fn cost(&self) -> u64 {
        self.beside().iter().map(|(_, weight)| weight).sum()
    }
}

impl<'a> Search<'a> {
    pub fn of(ask: &'a Ask<'a>) -> Self {
        let mut search = Self { ask, seen: Vec::new(), totals: totals(ask) };
        search.remember(ask.proved.cloned());
        search
    }

    /// Begins with the worlds of a proof the next time.
    pub fn remember(&mut self, proof: Option<Proof>) {
        let Some(proof) = proof else { return };
        let names = || proof.variables.iter().map(|variable| variable.name.clone());
        self.seen.extend(proof.witnesses.iter().map(|world| names().zip(world.iter().copied()).collect()));
    }

    /// The proof for the insider of all tables.
    pub fn insider(&self, drafts: &[Draft<'_>], go_on: &mut dyn FnMut() -> bool) -> Result<Proved, Failed> {
        let world = self.insiders_world(drafts, &self.own_links());
        let mut memory = self.memory(&world);
        proved(world, &mut memory, go_on)
    }

    /// The proof for an outsider, who knows what has left of the same period. Nothing ties counts of
    /// different days, or of two frames, for somebody who does not know who came and went, and what was only looked at is
    /// not for him. How often these counts were made anew is not either: the frames of which something left are numbered.
    pub fn outsider(&self, drafts: &[Draft<'_>], go_on: &mut dyn FnMut() -> bool) -> Result<Proved, Failed> {
        let now = self.publication(drafts);
        let of_period = |earlier: &&Publication| earlier.left && earlier.when.quarter == now.when.quarter;
        let left: Vec<&Publication> = self.ask.before.iter().filter(of_period).chain([&now]).collect();
        let frames: BTreeSet<When> = left.iter().map(|publication| publication.when).collect();
        let frames: BTreeMap<When, u32> = frames.into_iter().zip(0..).collect();
        let numbered = |publication: &&Publication| When { frame: frames[&publication.when], ..publication.when };
        let left: Vec<Publication> = left.iter().map(|one| Publication { when: numbered(one), ..Publication::clone(one) }).collect();
        let subject = format!("{}, as somebody knows it who knows the rule and what was published", self.ask.name);
        let besides = Besides { subject: &subject, links: &self.ask.links, known: &[], corrections: true, totals: &Totals::new() };
        proved(World::of(&left.iter().map(Seen::all).collect::<Vec<_>>(), besides), &mut Memory::default(), go_on)
    }

    /// What the insider knows: how totals hang together, but not what he can count himself.
    fn own_links(&self) -> Vec<Link> {
        self.ask.links.iter().filter(|link| !matches!(link, Link::Nested { .. })).cloned().collect()
    }

    /// What the insider knows of some tables and of the earlier ones like them, as far as these tell anything of each other.
    pub fn insiders_world(&self, drafts: &[Draft<'_>], links: &[Link]) -> World {
        let now = self.publication(drafts);
        let names: Vec<&str> = drafts.iter().flat_map(|draft| of(draft.truth.tally.spec())).collect();
        let mut all: Vec<Seen<'_>> = self.ask.before.iter().map(|earlier| only(earlier, &names)).collect();
        all.push(Seen::all(&now));
        let all: Vec<Seen<'_>> = all.iter().enumerate().map(|(at, one)| news(one, &all[at + 1..])).collect();
        let subject = format!("{}, as somebody knows it who knows how many came, went and changed", self.ask.name);
        World::of(&all, Besides { subject: &subject, links, known: &self.ask.known, corrections: false, totals: &self.totals })
            .tied_to(&now.name)
    }

    /// Whether something that was published before tells more of a table.
    pub fn is_beside_others(&self, draft: &Draft<'_>) -> bool {
        let beside = |table: &Protected| !table.is_withheld() && is_like(table.spec(), draft.truth.tally.spec());
        self.ask.before.iter().any(|earlier| earlier.tables.iter().any(beside))
    }

    /// What was seen the last time, for a world.
    pub fn memory(&self, world: &World) -> Memory {
        let of = |seen: &BTreeMap<String, i64>| {
            let names = world.proof.variables.iter().enumerate();
            names.filter_map(|(variable, named)| Some((variable, *seen.get(&named.name)?))).collect()
        };
        Memory { seen: self.seen.iter().map(of).collect(), ..Memory::default() }
    }

    /// What would leave.
    pub fn publication(&self, drafts: &[Draft<'_>]) -> Publication {
        Publication {
            name: self.ask.name.clone(),
            when: self.ask.when,
            left: self.ask.leaves,
            rule: self.ask.rule,
            tables: drafts.iter().map(Draft::table).collect(),
        }
    }
}

/// The tables of some specifications of a publication, and those over several of their periods.
fn only<'p>(publication: &'p Publication, names: &[&str]) -> Seen<'p> {
    let is_one = |table: &&Protected| !table.is_withheld() && of(table.spec()).any(|name| names.contains(&name));
    Seen { publication, tables: publication.tables.iter().filter(is_one).collect() }
}

/// What was seen without the tables that were published again just so.
fn news<'p>(seen: &Seen<'p>, later: &[Seen<'_>]) -> Seen<'p> {
    let when = seen.publication.when;
    let again = |table: &&Protected| later.iter().any(|other| other.publication.when == when && other.tables.contains(table));
    Seen { tables: seen.tables.iter().filter(|table| !again(table)).copied().collect(), ..seen.clone() }
}

/// The specifications that a table hangs together with over time: itself, and that of its periods.
fn of(spec: &Spec) -> impl Iterator<Item = &str> {
    let periods = match &spec.over_time {
        OverTime::Periods { of, .. } => Some(of.as_str()),
        OverTime::Period | OverTime::Day { .. } => None,
    };
    [spec.name.as_str()].into_iter().chain(periods)
}

/// Whether two specifications hang together over time.
pub(crate) fn is_like(one: &Spec, other: &Spec) -> bool {
    of(one).any(|name| of(other).any(|like| name == like))
}

/// Searches a world, and says in words which number could be worked out.
pub(crate) fn proved(world: World, memory: &mut Memory, go_on: &mut dyn FnMut() -> bool) -> Result<Proved, Failed> {
    let cells = world.proof.cells.clone();
    let differences = world.proof.differences.clone();
    let told =
        |cell: usize| Told { release: cells[cell].release.clone(), table: cells[cell].table.clone(), line: cells[cell].line.clone() };
    match prove(world, memory, go_on) {
        Ok(proof) => Ok(Ok(proof)),
        Err(Failed::Cell(cell)) => Ok(Err(told(cell))),
        Err(Failed::Difference(number)) => {
            // Of two releases, the one at hand has the table that can still be changed.
            let now = cells.last().map(|cell| &cell.release);
            let is_now = |cell: &usize| now == Some(&cells[*cell].release);
            let (of, less) = (differences[number].of, differences[number].less);
            Ok(Err(told([of, less].into_iter().find(is_now).unwrap_or(of))))
        }
        Err(failed @ (Failed::Stopped | Failed::Contradiction)) => Err(failed),
    }
}

/// How many there are in all now, on each day that can be reckoned from this one by what is known to have come and gone, and
/// in each earlier table of which it is told. Nobody is taken to know it of sums.
fn totals(ask: &Ask<'_>) -> Totals {
    let mut totals = Totals::new();
    for (tally, _) in ask.tables.iter().filter(|(tally, _)| matches!(tally.spec().counts, Counts::Units(_))) {
        let name = &tally.spec().name;
        let by_day = matches!(tally.spec().over_time, OverTime::Day { .. });
        let mut open = vec![(ask.when, tally.in_all())];
        while let Some((when, total)) = open.pop() {
            if totals.insert((name.clone(), when), total).is_some() {
                continue;
            }
            for known in ask.known.iter().filter(|known| by_day && known.spec == *name) {
                if known.to == when {
                    open.push((known.from, total.saturating_add_unsigned(known.left).saturating_sub_unsigned(known.joined)));
                } else if known.from == when {
                    open.push((known.to, total.saturating_add_unsigned(known.joined).saturating_sub_unsigned(known.left)));
                }
            }
        }
    }
    for known in &ask.in_all {
        totals.entry((known.spec.clone(), known.when)).or_insert(i64::try_from(known.count).unwrap_or(i64::MAX));
    }
    totals
}
