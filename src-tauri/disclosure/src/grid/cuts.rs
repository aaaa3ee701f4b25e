//! What a pattern lacks: for a number that cannot go as far as it must, the narrow place of its way.

use std::collections::BTreeSet;

use super::cover::{Cover, Cut};
use super::flow::{ENDLESS, Flow};
use super::web::{Way, Web};

/// One, of a number that is half hidden.
const ONE: u64 = 1 << 20;

/// Searches for narrow places.
pub(super) struct Cutter<'a> {
    web: &'a Web<'a>,
    /// The number of the variable of each cell that may be hidden or shown.
    variable: &'a [Option<usize>],
    /// Over what is hidden at least in part, and which cells these are.
    flow: Flow,
    partly: Vec<usize>,
    /// Over which cells each number could go its way last.
    ways: Vec<[Option<Vec<usize>>; 2]>,
    /// Where the last search ended.
    next: usize,
}

/// How much of each cell is hidden, in parts of [`ONE`].
struct Shares(Vec<u64>);

impl<'a> Cutter<'a> {
    /// Over the cells that may be hidden.
    pub(super) fn new(web: &'a Web<'a>, variable: &'a [Option<usize>]) -> Self {
        Self { web, variable, flow: Flow::new(web, |_| false), partly: Vec::new(), ways: vec![[None, None]; variable.len()], next: 0 }
    }

    /// Inequalities that every safe pattern fulfils and `x` does not, about `most` of them; none if
    /// `x` is a safe pattern.
    pub(super) fn broken_by(&mut self, x: &[f64], most: usize) -> Vec<Cut> {
        let shares = self.shares(x);
        self.flow = Flow::new(self.web, |cell| shares.0[cell] > 0);
        self.partly = (0..self.variable.len()).filter(|&cell| shares.0[cell] > 0).collect();
        let mut found = BTreeSet::new();
        let cells = self.variable.len();
        for step in 0..cells {
            let cell = (self.next + step) % cells;
            if shares.0[cell] == 0 {
                continue;
            }
            for way in Way::BOTH {
                if let Some(cut) = self.of(cell, way, x, &shares) {
                    found.insert(cut);
                }
            }
            if found.len() >= most {
                self.next = (cell + 1) % cells;
                break;
            }
        }
        found.into_iter().collect()
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    fn shares(&self, x: &[f64]) -> Shares {
        let share = |x: f64| match (x.clamp(0.0, 1.0) * ONE as f64).round() as u64 {
            nearly if nearly + 4 >= ONE => ONE,
            nearly if nearly <= 4 => 0,
            share => share,
        };
        let of =
            |cell: usize| self.variable[cell].map_or(if self.web.grid.must_hide[cell] { ONE } else { 0 }, |variable| share(x[variable]));
        Shares((0..self.variable.len()).map(of).collect())
    }

    fn of(&mut self, cell: usize, way: Way, x: &[f64], shares: &Shares) -> Option<Cut> {
        // What a margin must be able to come down to depends on which of its parts are hidden.
        let hidden = |part: usize| shares.0[part] == ONE;
        let need = self.web.need(cell, way, hidden);
        if need == 0 || self.goes(cell, way, need, shares) {
            return None;
        }
        let if_hidden: Vec<usize> = match way {
            Way::Down => self.web.parts[cell].iter().copied().filter(|&part| hidden(part)).collect(),
            Way::Up => Vec::new(),
        };
        if let Some(cut) = self.narrow(cell, need, &if_hidden).broken_by(x) {
            return Some(cut);
        }
        let mut most = 1;
        while self.falls_short(cell, way, (need, most), shares) {
            if let Some(cut) = self.narrow(cell, need, &if_hidden).broken_by(x) {
                return Some(cut);
            }
            if most == need {
                break;
            }
            most = (2 * most).min(need);
        }
        None
    }

    /// Whether a number can go so far over what is wholly hidden.
    fn goes(&mut self, cell: usize, way: Way, need: u64, shares: &Shares) -> bool {
        let known = &mut self.ways[cell][way as usize];
        if known.as_ref().is_some_and(|way| way.iter().all(|&other| shares.0[other] == ONE)) && self.web.parts[cell].is_empty() {
            return true;
        }
        for &other in &self.partly {
            let open = shares.0[other] == ONE && other != cell;
            let (up, down) = if open { (ENDLESS, self.web.above_floor(other)) } else { (0, 0) };
            self.flow.set(other, up, down);
        }
        let before = self.flow.rooms().to_vec();
        let (from, to) = way.around(self.web.ends[cell]);
        let there = self.flow.push(from, to, need) == need;
        *known = there.then(|| self.partly.iter().copied().filter(|&other| before[2 * other] != self.flow.rooms()[2 * other]).collect());
        there
    }

    /// Whether a number cannot go far enough over what is hidden in part. What is hidden less than
    /// it gives at most `most`.
    fn falls_short(&mut self, cell: usize, way: Way, (need, most): (u64, u64), shares: &Shares) -> bool {
        for &other in &self.partly {
            let share = shares.0[other];
            let (most, share) = if share < shares.0[cell] { (most, share) } else { (need, shares.0[cell]) };
            let open = if other == cell { 0 } else { share };
            self.flow.set(other, most * open, self.web.above_floor(other).min(most) * open);
        }
        let (from, to) = way.around(self.web.ends[cell]);
        let want = need * shares.0[cell];
        self.flow.push(from, to, want) < want
    }

    /// What must be hidden across the place at which the last flow ended.
    fn narrow(&self, cell: usize, need: u64, if_hidden: &[usize]) -> Cover {
        let mut cover = Cover::new(need);
        for part in std::iter::once(&cell).chain(if_hidden).filter_map(|&part| self.variable[part]) {
            cover.shown(part);
        }
        for (other, &(from, to)) in self.web.ends.iter().enumerate().filter(|&(other, _)| other != cell) {
            let gives = match (self.flow.reaches(from), self.flow.reaches(to)) {
                (true, false) => need,
                (false, true) => self.web.above_floor(other).min(need),
                _ => 0,
            };
            match self.variable[other] {
                _ if gives == 0 => {}
                Some(variable) => cover.hidden(variable, gives),
                None if self.web.grid.must_hide[other] => cover.given(gives),
                None => {}
            }
        }
        cover
    }
}
