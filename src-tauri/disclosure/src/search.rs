//! Which numbers are hidden so that others cannot be worked out.

use std::collections::BTreeMap;

use attune_proof::Proof;

use crate::ask::{Ask, Known, Link};
use crate::part::Values;
use crate::prove::{Failed, prove};
use crate::publication::{Protected, Publication};
use crate::spec::{OverTime, Spec};
use crate::truth::Truth;
use crate::world::{Besides, Totals, World};

/// The tables of a publication while it is being looked for what to hide in them.
pub(crate) struct Search<'a> {
    pub ask: &'a Ask<'a>,
    /// What the insider saw the last time, by the names of variables.
    pub seen: Vec<BTreeMap<String, i64>>,
    /// How many there were in all, on each day that can be reckoned back to.
    pub totals: Totals,
}

/// One table on its way: what is hidden in it, and whether it is withheld.
#[derive(Clone)]
pub(crate) struct Draft<'a> {
    pub truth: &'a Truth<'a>,
    pub hidden: Vec<bool>,
    pub withheld: bool,
    pub bound: u64,
}

/// What was tried, and did not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dead {
    /// The release, table and line of the number that could have been worked out.
    pub release: String,
    pub table: String,
    pub line: String,
}

/// How many patterns are tried for a cheaper one.
const TRIED: usize = 300;

impl<'a> Draft<'a> {
    pub fn of(truth: &'a Truth<'a>) -> Self {
        Self { truth, hidden: truth.primaries(), withheld: truth.is_too_few(), bound: 0 }
    }

    pub fn table(&self) -> Protected {
        if self.withheld { self.truth.blank() } else { self.truth.hiding(&self.hidden) }
    }

    /// The cost of what is hidden beside.
    pub fn cost(&self) -> u64 {
        self.truth.options().iter().filter(|(place, _)| self.hidden[*place]).map(|(_, weight)| weight).sum()
    }

    pub fn beside(&self) -> usize {
        self.truth.options().iter().filter(|(place, _)| self.hidden[*place]).count()
    }
}

impl<'a> Search<'a> {
    pub fn of(ask: &'a Ask<'a>) -> Self {
        let names = |proved: &Proof| proved.variables.iter().map(|variable| variable.name.clone()).collect::<Vec<_>>();
        let seen = ask.proved.iter().flat_map(|proved| {
            let names = names(proved);
            proved.witnesses.iter().map(move |world| names.iter().cloned().zip(world.iter().copied()).collect())
        });
        Self { ask, seen: seen.collect(), totals: totals(ask) }
    }
}

impl Search<'_> {
    /// What the insider is shown of how totals hang together: nothing of what he can count himself.
    fn same(&self) -> Vec<Link> {
        self.ask.links.iter().filter(|link| matches!(link, Link::Same { .. })).cloned().collect()
    }

    /// The proof for the insider of all tables, or the number that could be worked out.
    pub fn insider_of_all(&self, drafts: &[Draft<'_>], go_on: &mut dyn FnMut() -> bool) -> Result<Result<Proof, Dead>, Failed> {
        self.insider(drafts, &self.same(), &[], go_on)
    }

    /// Hides what must be hidden in one table, seen by itself and beside its own earlier ones.
    pub fn alone<'t>(&self, draft: &Draft<'t>, go_on: &mut dyn FnMut() -> bool) -> Result<Result<Draft<'t>, Dead>, Failed> {
        let mut draft = draft.clone();
        if draft.withheld {
            return Ok(Ok(draft));
        }
        let mut first = None;
        while let Some(failed) = self.fails(std::slice::from_ref(&draft), &[], go_on)? {
            let place = self.company(&draft, &failed, go_on)?;
            let cause = first.get_or_insert(failed);
            match place {
                Some(place) => draft.hidden[place] = true,
                None => return Ok(Err(cause.clone())),
            }
        }
        self.prune(&mut draft, go_on)?;
        self.cheapest(&mut draft, go_on)?;
        Ok(Ok(draft))
    }

    /// The place whose hiding costs least of those that help; if none helps by itself, the cheapest.
    pub fn company(&self, draft: &Draft<'_>, failed: &Dead, go_on: &mut dyn FnMut() -> bool) -> Result<Option<usize>, Failed> {
        let mut options: Vec<(usize, u64)> = draft.truth.options().into_iter().filter(|(place, _)| !draft.hidden[*place]).collect();
        options.sort_by_key(|(_, weight)| *weight);
        for (place, _) in &options {
            let mut more = draft.clone();
            more.hidden[*place] = true;
            let still = self.fails(std::slice::from_ref(&more), &[], go_on)?;
            if still.is_none_or(|dead| dead.line != failed.line || dead.release != failed.release) {
                return Ok(Some(*place));
            }
        }
        Ok(options.first().map(|(place, _)| *place))
    }

    /// Shows again what need not be hidden, the dearest first.
    fn prune(&self, draft: &mut Draft<'_>, go_on: &mut dyn FnMut() -> bool) -> Result<(), Failed> {
        let mut beside: Vec<(usize, u64)> = draft.truth.options().into_iter().filter(|(place, _)| draft.hidden[*place]).collect();
        beside.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        if beside.len() < 2 {
            return Ok(());
        }
        for (place, _) in beside {
            draft.hidden[place] = false;
            if self.fails(std::slice::from_ref(draft), &[], go_on)?.is_some() {
                draft.hidden[place] = true;
            }
        }
        Ok(())
    }

    /// Tries everything that would cost less, the cheapest first. What fails with some places hidden
    /// fails with fewer of them too.
    fn cheapest(&self, draft: &mut Draft<'_>, go_on: &mut dyn FnMut() -> bool) -> Result<(), Failed> {
        let options = draft.truth.options();
        let cost = draft.cost();
        draft.bound = cost;
        if draft.beside() == 0 {
            return Ok(());
        }
        let mut cheaper = subsets(&options, cost, 1 << 14);
        let complete = cheaper.len() < 1 << 14;
        cheaper.sort_unstable();
        let mut failed: Vec<u64> = Vec::new();
        let mut doubtful: Vec<Dead> = Vec::new();
        let mut tried = 0;
        for (cost, set) in &cheaper {
            if failed.iter().any(|larger| larger & set == *set) {
                continue;
            }
            tried += 1;
            if tried > TRIED {
                draft.bound = *cost;
                return Ok(());
            }
            let mut other = draft.clone();
            other.hidden = draft.truth.primaries();
            options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).for_each(|(_, (place, _))| other.hidden[*place] = true);
            let Some(dead) = self.insider(std::slice::from_ref(&other), &[], &doubtful, go_on)?.err() else {
                *draft = Draft { bound: *cost, ..other };
                return Ok(());
            };
            failed.push(*set);
            doubtful.retain(|other| *other != dead);
            doubtful.insert(0, dead);
            doubtful.truncate(4);
        }
        if !complete {
            draft.bound = cheaper.first().map_or(0, |(cost, _)| *cost);
        }
        Ok(())
    }

    /// The number that could be worked out if these were published; none if none could.
    pub fn fails(&self, drafts: &[Draft<'_>], links: &[Link], go_on: &mut dyn FnMut() -> bool) -> Result<Option<Dead>, Failed> {
        Ok(self.insider(drafts, links, &[], go_on)?.err())
    }

    /// The proof for the insider, or the number that could be worked out.
    pub fn insider(
        &self,
        drafts: &[Draft<'_>],
        links: &[Link],
        doubtful: &[Dead],
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Result<Proof, Dead>, Failed> {
        let now = self.publication(drafts);
        let names: Vec<&str> = drafts.iter().flat_map(|draft| of(draft.truth.tally.spec())).collect();
        let before: Vec<Publication> = self.ask.before.iter().map(|earlier| only(earlier, &names)).collect();
        let all: Vec<&Publication> = before.iter().chain([&now]).collect();
        let subject = format!("{}, as somebody knows it who knows how many came, went and changed", self.ask.name);
        self.proof(&all, &subject, links, (&self.ask.known, &self.totals), doubtful, go_on)
    }

    /// The proof for an outsider, who knows what has left.
    pub fn outsider(&self, drafts: &[Draft<'_>], go_on: &mut dyn FnMut() -> bool) -> Result<Result<Proof, Dead>, Failed> {
        let now = self.publication(drafts);
        let same: Vec<&Publication> = self.ask.before.iter().filter(|earlier| earlier.when == now.when).chain([&now]).collect();
        let subject = format!("{}, as somebody knows it who knows the rule and what was published", self.ask.name);
        self.proof(&same, &subject, &self.ask.links, (&[], &Totals::new()), &[], go_on)
    }

    fn proof(
        &self,
        publications: &[&Publication],
        subject: &str,
        links: &[Link],
        (known, totals): (&[Known], &Totals),
        doubtful: &[Dead],
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Result<Proof, Dead>, Failed> {
        let world = World::of(publications, Besides { subject, links, known, totals });
        let seen: Vec<Values> = self
            .seen
            .iter()
            .map(|seen| {
                let names = world.proof.variables.iter().enumerate();
                names.filter_map(|(variable, named)| Some((variable, *seen.get(&named.name)?))).collect()
            })
            .collect();
        let cells = world.proof.cells.clone();
        let differences = world.proof.differences.clone();
        let dead =
            |cell: usize| Dead { release: cells[cell].release.clone(), table: cells[cell].table.clone(), line: cells[cell].line.clone() };
        let doubtful: Vec<usize> = doubtful.iter().filter_map(|one| (0..cells.len()).find(|cell| dead(*cell) == *one)).collect();
        match prove(world, &seen, &doubtful, go_on) {
            Ok(proof) => Ok(Ok(proof)),
            Err(Failed::Stopped) => Err(Failed::Stopped),
            Err(Failed::Cell(cell)) => Ok(Err(dead(cell))),
            Err(Failed::Difference(number)) => Ok(Err(dead(differences[number].of))),
        }
    }

    /// What would leave.
    pub fn publication(&self, drafts: &[Draft<'_>]) -> Publication {
        Publication {
            name: self.ask.name.clone(),
            when: self.ask.when,
            rule: self.ask.rule,
            tables: drafts.iter().map(Draft::table).collect(),
        }
    }
}

/// A publication with the tables of some specifications alone.
fn only(publication: &Publication, names: &[&str]) -> Publication {
    let tables = publication.tables.iter().filter(|table| names.contains(&table.name())).cloned().collect();
    Publication { tables, ..publication.clone() }
}

/// The specifications that a table hangs together with over time: itself, and that of its periods.
fn of(spec: &Spec) -> impl Iterator<Item = &str> {
    let periods = match &spec.over_time {
        OverTime::Periods { of, .. } => Some(of.as_str()),
        OverTime::Period | OverTime::Day { .. } => None,
    };
    [spec.name.as_str()].into_iter().chain(periods)
}

/// The sets of options that cost less than `cost`, as bits, at most `limit` of them, the cheapest
/// not left out.
fn subsets(options: &[(usize, u64)], cost: u64, limit: usize) -> Vec<(u64, u64)> {
    let mut by_weight: Vec<(usize, u64)> = options.iter().take(63).enumerate().map(|(at, (_, weight))| (at, *weight)).collect();
    by_weight.sort_by_key(|(_, weight)| *weight);
    let mut heap = std::collections::BinaryHeap::from([std::cmp::Reverse((0_u64, 0_u64, 0_usize))]);
    let mut found = Vec::new();
    while let Some(std::cmp::Reverse((so_far, set, next))) = heap.pop() {
        found.push((so_far, set));
        if found.len() >= limit {
            break;
        }
        for (at, (option, weight)) in by_weight.iter().enumerate().skip(next) {
            let more = so_far + weight;
            if more >= cost {
                break;
            }
            heap.push(std::cmp::Reverse((more, set | 1 << option, at + 1)));
        }
    }
    found
}

/// How many there are in all now, and were before each change that is known.
fn totals(ask: &Ask<'_>) -> Totals {
    let mut totals = Totals::new();
    for (tally, _) in ask.tables.iter().filter(|(tally, _)| matches!(tally.spec().over_time, OverTime::Day { .. })) {
        let name = &tally.spec().name;
        let mut when = ask.when;
        let mut total = tally.in_all();
        totals.insert((name.clone(), when), total);
        while let Some(known) = ask.known.iter().find(|known| known.spec == *name && known.to == when) {
            total = total.saturating_add_unsigned(known.left).saturating_sub_unsigned(known.joined);
            when = known.from;
            totals.insert((name.clone(), when), total);
        }
    }
    totals
}
