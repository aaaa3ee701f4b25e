//! The cheapest pattern of a two-way table: branch and bound over what is hidden, with cuts.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::bound::{Bound, Open};
use super::cover::Cut;
use super::cuts::Cutter;
use super::held::Held;
use super::rises::Rises;
use super::rounding::rounded;
use super::simplex::{Ending, Simplex};
use super::web::Web;
use super::{Grid, Pattern, safe};

/// How many cuts are looked for at once.
const CUTS: usize = 60;
/// With fewer, it is looked for others.
const FEW: usize = 10;
/// How many variables are tried before one is decided, and how long each.
const TRIED: usize = 8;
const PIVOTS: usize = 25;

/// The cheapest safe pattern, or the best one found before `go_on` says no.
pub(super) fn cheapest(grid: &Grid, go_on: &mut dyn FnMut() -> bool) -> Option<Pattern> {
    let web = Web::of(grid);
    let cells: Vec<usize> = (0..grid.cells()).filter(|&cell| grid.may_hide(cell) && !grid.must_hide[cell]).collect();
    let mut variable = vec![None; grid.cells()];
    cells.iter().enumerate().for_each(|(number, &cell)| variable[cell] = Some(number));
    let (best, bound) = Search::new(&web, &cells, &variable).run(go_on);
    best.map(|(hidden, cost)| Pattern { hidden, cost, bound: bound.min(cost) })
}

/// What is decided on the way to a branch, and what every pattern of it costs at the least.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Branch {
    bound: Reverse<u64>,
    decided: Vec<(usize, bool)>,
}

struct Search<'a> {
    web: &'a Web<'a>,
    cells: &'a [usize],
    prices: Vec<u64>,
    cutter: Cutter<'a>,
    simplex: Simplex,
    /// What holds for every pattern cheaper than the best.
    open: Open,
    best: Option<(Vec<bool>, u64)>,
    rises: Rises,
    /// The last bound before anything was decided.
    root: Option<Bound>,
}

/// What became of a branch.
enum Fate {
    /// Nothing in it is cheaper than the best.
    Closed,
    /// It costs at least this; these are decided in it, and this variable is to be decided next.
    Split { bound: u64, decided: Vec<(usize, bool)>, on: usize },
    /// It was not finished.
    Stopped(u64),
}

impl<'a> Search<'a> {
    fn new(web: &'a Web<'a>, cells: &'a [usize], variable: &'a [Option<usize>]) -> Self {
        let prices: Vec<u64> = cells.iter().map(|&cell| web.grid.weights[cell]).collect();
        Self {
            simplex: Simplex::new(prices.iter().map(|&price| real(price)).collect()),
            cutter: Cutter::new(web, variable),
            open: Open::all(cells.len()),
            best: None,
            rises: Rises::new(cells.len()),
            root: None,
            prices,
            cells,
            web,
        }
    }

    /// The best pattern with its cost, and a bound of every other.
    fn run(mut self, go_on: &mut dyn FnMut() -> bool) -> (Option<(Vec<bool>, u64)>, u64) {
        self.first();
        let mut branches = BinaryHeap::from([Branch { bound: Reverse(0), decided: Vec::new() }]);
        while let Some(Branch { bound: Reverse(bound), decided }) = branches.pop() {
            if bound >= self.limit() {
                break;
            }
            let mut next = Some((bound, decided));
            while let Some((bound, decided)) = next.take() {
                let best = self.limit();
                let fate = self.branch(bound, &decided, go_on);
                if matches!(fate, Fate::Split { .. }) && (decided.is_empty() || self.limit() < best) {
                    self.improve(go_on);
                }
                match fate {
                    Fate::Closed => {}
                    Fate::Stopped(bound) => {
                        let others = branches.iter().map(|branch| branch.bound.0).min().unwrap_or(u64::MAX);
                        return (self.best, bound.min(others));
                    }
                    Fate::Split { bound, mut decided, on } => {
                        let first = self.simplex.solution()[on] >= 0.5;
                        let mut other = decided.clone();
                        other.push((on, !first));
                        branches.push(Branch { bound: Reverse(bound), decided: other });
                        decided.push((on, first));
                        next = Some((bound, decided));
                    }
                }
            }
        }
        let limit = self.limit();
        (self.best, limit)
    }

    /// What a pattern must cost less than.
    fn limit(&self) -> u64 {
        self.best.as_ref().map_or(u64::MAX, |(_, cost)| *cost)
    }

    /// Takes a pattern if it is safe and cheaper.
    fn offer(&mut self, hidden: Vec<bool>) {
        let cost = self.web.grid.cost(&hidden);
        if cost < self.limit() && safe(self.web.grid, &hidden) {
            self.best = Some((hidden, cost));
        }
    }

    /// The first patterns: from what must be hidden, and from everything that may be.
    fn first(&mut self) {
        let grid = self.web.grid;
        let prices: Vec<f64> = (0..grid.cells()).map(|cell| real(grid.weights[cell])).collect();
        self.mend(grid.must_hide.clone(), &prices);
        if self.best.is_none() {
            self.mend((0..grid.cells()).map(|cell| grid.may_hide(cell)).collect(), &prices);
        }
    }

    fn mend(&mut self, hidden: Vec<bool>, prices: &[f64]) {
        self.mend_without(None, hidden, prices);
    }

    /// Makes a pattern safe, and cheap; without a cell, if it can be.
    fn mend_without(&mut self, cell: Option<usize>, hidden: Vec<bool>, prices: &[f64]) {
        let mut held = Held::new(self.web, hidden);
        if let Some(cell) = cell {
            held.bar(cell);
        }
        if held.mend(prices) {
            held.prune(&self.weights());
            self.offer(held.into_hidden());
        }
    }

    /// Tries to do without each cell of the best pattern, the dearest first, as long as one is
    /// cheaper.
    fn improve(&mut self, go_on: &mut dyn FnMut() -> bool) {
        while let Some((hidden, cost)) = self.best.clone() {
            let weights = self.weights();
            let mut beside: Vec<usize> = self.cells.iter().copied().filter(|&cell| hidden[cell]).collect();
            beside.sort_by_key(|&cell| (std::cmp::Reverse(self.web.grid.weights[cell]), cell));
            for cell in beside {
                if !go_on() {
                    return;
                }
                self.mend_without(Some(cell), hidden.clone(), &weights);
                if self.limit() < cost {
                    break;
                }
            }
            if self.limit() == cost {
                break;
            }
        }
    }

    fn weights(&self) -> Vec<f64> {
        self.web.grid.weights.iter().map(|&weight| real(weight)).collect()
    }

    /// A pattern near a solution of the relaxation.
    fn round(&mut self, x: &[f64]) {
        let mut hidden = self.web.grid.must_hide.clone();
        let mut prices: Vec<f64> = self.web.grid.weights.iter().map(|&weight| real(weight)).collect();
        for (variable, &cell) in self.cells.iter().enumerate() {
            hidden[cell] = x[variable] > 0.7;
            prices[cell] *= 1.0 - 0.95 * x[variable].clamp(0.0, 1.0);
        }
        self.mend(hidden, &prices);
    }

    fn branch(&mut self, mut bound: u64, decided: &[(usize, bool)], go_on: &mut dyn FnMut() -> bool) -> Fate {
        if let Some(root) = self.root.take() {
            let mut open = self.open.clone();
            self.decide(&root, &mut open, true);
            self.root = Some(root);
        }
        let mut open = self.open.clone();
        for &(variable, hidden) in decided {
            if open.decided(variable) == Some(!hidden) {
                return Fate::Closed;
            }
            open.decide(variable, hidden);
        }
        let mut idle = 0;
        for round in 0.. {
            if !go_on() {
                return Fate::Stopped(bound);
            }
            let Some((ending, proven)) = self.relax(&open) else { return Fate::Closed };
            let before = bound;
            bound = bound.max(proven.cost());
            if bound >= self.limit() {
                return Fate::Closed;
            }
            self.decide(&proven, &mut open, decided.is_empty());
            if decided.is_empty() {
                self.root = Some(proven.clone());
            }
            let x = self.simplex.solution();
            let mut cuts = self.cutter.broken_by(&x, CUTS);
            if cuts.len() < FEW && ending == Ending::Cheapest {
                let rounded: BTreeSet<Cut> = self.simplex.holding().iter().filter_map(|cuts| rounded(cuts, &x)).collect();
                cuts.extend(rounded);
            }
            if round % 4 == 1 || cuts.is_empty() {
                self.round(&x);
                if bound >= self.limit() {
                    return Fate::Closed;
                }
                self.decide(&proven, &mut open, decided.is_empty());
            }
            idle = if real(bound) < real(before) + 0.005 * real(before) { idle + 1 } else { 0 };
            let mut added = false;
            if idle < if decided.is_empty() || ending != Ending::Cheapest { 12 } else { 3 } {
                for cut in cuts {
                    self.simplex.add(cut);
                    added = true;
                }
            }
            if !added {
                return self.split(bound, &x, &open);
            }
            if round % 5 == 4 {
                self.simplex.drop_idle(0.5);
            }
        }
        Fate::Stopped(bound)
    }

    /// Solves the relaxation; none if nothing is left. What floating point came to is compared with
    /// what follows from it in whole numbers, and begun again when it got lost.
    fn relax(&mut self, open: &Open) -> Option<(Ending, Bound)> {
        self.apply(open);
        let limit = real(self.limit()) - 0.5;
        let mut again = true;
        loop {
            let ending = self.simplex.solve(limit, 20_000);
            let proven = Bound::of(Some(&self.prices), self.simplex.multipliers(), open);
            let nothing = matches!(&ending, Ending::Contradiction(by) if Bound::of(None, self.simplex.with(by), open).is_positive());
            if nothing {
                return None;
            }
            let cost = self.simplex.cost();
            let lost = !matches!(ending, Ending::Cheapest | Ending::Enough) || (cost - proven.about()).abs() > 1e-3 + 1e-6 * cost;
            if !(lost && again) {
                return Some((ending, proven));
            }
            self.restart();
            self.apply(open);
            again = false;
        }
    }

    fn apply(&mut self, open: &Open) {
        for variable in 0..self.cells.len() {
            let real = |hidden: bool| if hidden { 1.0 } else { 0.0 };
            self.simplex.set_bounds(variable, real(open.low[variable]), real(open.high[variable]));
        }
    }

    /// Decides what the bound decides.
    fn decide(&mut self, proven: &Bound, open: &mut Open, everywhere: bool) {
        let limit = self.limit();
        for variable in (0..self.cells.len()).filter(|&variable| open.low[variable] != open.high[variable]).collect::<Vec<_>>() {
            if let Some(hidden) = proven.decides(variable, limit) {
                open.decide(variable, hidden);
                if everywhere {
                    self.open.decide(variable, hidden);
                }
            }
        }
    }

    fn restart(&mut self) {
        let cuts: Vec<Cut> = self.simplex.multipliers().map(|(cut, _)| cut.clone()).collect();
        self.simplex = Simplex::new(self.prices.iter().map(|&price| real(price)).collect());
        cuts.into_iter().for_each(|cut| self.simplex.add(cut));
    }

    /// The variable that is best decided next: by how much the bound rises either way, as it was seen
    /// to rise before, or tried out where that was seen too seldom.
    fn doubtful(&mut self, x: &[f64], open: &Open) -> Option<usize> {
        let mut undecided: Vec<(f64, usize)> = (0..x.len())
            .filter(|&variable| open.decided(variable).is_none())
            .map(|variable| (self.rises.score(variable, x[variable]), variable))
            .collect();
        undecided.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        undecided.truncate(TRIED);
        let (cost, limit) = (self.simplex.cost(), real(self.limit()));
        let mut best: Option<(f64, usize)> = None;
        for (_, variable) in undecided {
            for (hidden, value) in [(false, 0.0), (true, 1.0)] {
                if self.rises.seldom(variable, hidden) {
                    let mut tried = self.simplex.clone();
                    tried.set_bounds(variable, value, value);
                    let rise = match tried.solve(limit, PIVOTS) {
                        Ending::Contradiction(_) => limit - cost,
                        _ => (tried.cost().min(limit) - cost).max(0.0),
                    };
                    self.rises.see(variable, hidden, rise, x[variable]);
                }
            }
            let score = self.rises.score(variable, x[variable]);
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, variable));
            }
        }
        best.map(|(_, variable)| variable)
    }

    /// What to decide next. When all is decided, there is one pattern left.
    fn split(&mut self, bound: u64, x: &[f64], open: &Open) -> Fate {
        let Some(on) = self.doubtful(x, open) else {
            let mut hidden = self.web.grid.must_hide.clone();
            self.cells.iter().enumerate().for_each(|(variable, &cell)| hidden[cell] = open.low[variable]);
            self.offer(hidden);
            return Fate::Closed;
        };
        let decided = (0..x.len()).filter_map(|variable| Some((variable, open.decided(variable)?)));
        Fate::Split { bound, decided: decided.collect(), on }
    }
}

#[allow(clippy::cast_precision_loss)]
fn real(whole: u64) -> f64 {
    whole as f64
}
