//! The cheapest pattern of a two-way table: branch and bound over what is hidden, with cuts.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::bound::{Bound, Open};
use super::cover::Cut;
use super::cuts::Cutter;
use super::rises::Rises;
use super::rounding::rounded;
use super::simplex::{Ending, Simplex};
use super::web::Web;
use super::{Grid, Pattern};

mod patterns;

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

    /// Bounds one branch, with cuts as long as they raise the bound, and says what becomes of it.
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
        let mut round = 0;
        loop {
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
            let patience = if decided.is_empty() || ending != Ending::Cheapest { 12 } else { 3 };
            if cuts.is_empty() || idle >= patience {
                return self.split(bound, &x, &open);
            }
            cuts.into_iter().for_each(|cut| self.simplex.add(cut));
            if round % 5 == 4 {
                self.simplex.drop_idle(0.5);
            }
            round += 1;
        }
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

    /// Lets the relaxation decide only what is open.
    fn apply(&mut self, open: &Open) {
        for variable in 0..self.cells.len() {
            let real = |hidden: bool| if hidden { 1.0 } else { 0.0 };
            self.simplex.set_bounds(variable, real(open.low[variable]), real(open.high[variable]));
        }
    }

    /// Decides what the bound decides; for every branch if it is a bound of all.
    fn decide(&mut self, proven: &Bound, open: &mut Open, everywhere: bool) {
        let limit = self.limit();
        for variable in 0..self.cells.len() {
            if open.decided(variable).is_some() {
                continue;
            }
            if let Some(hidden) = proven.decides(variable, limit) {
                open.decide(variable, hidden);
                if everywhere {
                    self.open.decide(variable, hidden);
                }
            }
        }
    }

    /// Begins the relaxation again, with the cuts that held the last solution.
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
