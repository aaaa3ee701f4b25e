//! Patterns that a search comes by: what it has to find a cheaper one than.

use std::cmp::Reverse;

use super::{Search, real};
use crate::grid::held::Held;
use crate::grid::safe;

impl Search<'_> {
    /// What a pattern must cost less than.
    pub(super) fn limit(&self) -> u64 {
        self.best.as_ref().map_or(u64::MAX, |(_, cost)| *cost)
    }

    /// Takes a pattern if it is safe and cheaper.
    pub(super) fn offer(&mut self, hidden: Vec<bool>) {
        let cost = self.web.grid.cost(&hidden);
        if cost < self.limit() && safe(self.web.grid, &hidden) {
            self.best = Some((hidden, cost));
        }
    }

    /// The first patterns: from what must be hidden, and from everything that may be.
    pub(super) fn first(&mut self) {
        let grid = self.web.grid;
        let prices = self.weights();
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
    pub(super) fn improve(&mut self, go_on: &mut dyn FnMut() -> bool) {
        while let Some((hidden, cost)) = self.best.clone() {
            let weights = self.weights();
            let mut beside: Vec<usize> = self.cells.iter().copied().filter(|&cell| hidden[cell]).collect();
            beside.sort_by_key(|&cell| (Reverse(self.web.grid.weights[cell]), cell));
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
    pub(super) fn round(&mut self, x: &[f64]) {
        let mut hidden = self.web.grid.must_hide.clone();
        let mut prices = self.weights();
        for (variable, &cell) in self.cells.iter().enumerate() {
            hidden[cell] = x[variable] > 0.7;
            prices[cell] *= 1.0 - 0.95 * x[variable].clamp(0.0, 1.0);
        }
        self.mend(hidden, &prices);
    }
}
