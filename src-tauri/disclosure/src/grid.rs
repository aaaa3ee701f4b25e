//! One table of counts: what is hidden of it beside its small numbers, so that no hidden number can
//! be told, at the least cost; and what a reader can work out of what is hidden.
//!
//! The numbers of a table are a flow: the units go from the whole to the rows, from the rows through
//! the inner cells to the columns, and from the columns back to the whole ([`web`]). What a reader
//! can find of a hidden number is how much of this flow can go another way through hidden numbers
//! ([`flow`]). So everything that decides what is safe is counting in whole numbers ([`audit`]). The
//! cheapest pattern is found by branch and bound ([`branch`]); floating point guides it ([`simplex`]),
//! and what it says is not believed: bounds are made again in whole numbers ([`bound`]).

mod audit;
mod bound;
mod branch;
mod cover;
mod cuts;
mod flow;
mod held;
mod one_way;
mod rises;
mod rounding;
mod simplex;
#[cfg(test)]
mod tests;
mod web;

use audit::safe;

/// Counts are below this, so that nothing that is made of them is too large.
const MOST: u64 = 1 << 40;

/// A one- or two-way table of counts with its margins, of which cells are to be hidden.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// Lines of inner cells. With one, it is a one-way table: its cells and one total.
    pub(crate) rows: usize,
    /// Inner cells in a line.
    pub(crate) columns: usize,
    /// Line by line, each with its total last, and the line of the totals last; in a one-way table
    /// one line.
    pub(crate) counts: Vec<u64>,
    /// The least a hidden number can be: 0 if zeros are hidden, 1 if zeros are printed.
    pub(crate) floor: u64,
    /// A number below this is small.
    pub(crate) threshold: u64,
    /// What has to be hidden.
    pub(crate) must_hide: Vec<bool>,
    /// What has to be shown: printed zeros, and what is known already.
    pub(crate) must_show: Vec<bool>,
    /// What it costs to hide each.
    pub(crate) weights: Vec<u64>,
}

/// What is hidden, and what that costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Whether each number is hidden.
    pub(crate) hidden: Vec<bool>,
    /// The weights of what is hidden beside what has to be.
    pub(crate) cost: u64,
    /// No safe pattern costs less than this. If it is the cost, the pattern is the cheapest.
    pub(crate) bound: u64,
}

/// The cheapest safe pattern. `go_on` is asked now and then; when it says no, the answer is the best
/// safe pattern found by then. None if there is no safe pattern, or none was found yet.
pub(crate) fn cheapest(grid: &Grid, go_on: &mut dyn FnMut() -> bool) -> Option<Pattern> {
    if !grid.is_sound() {
        return None;
    }
    if grid.rows == 1 { one_way::cheapest(grid) } else { branch::cheapest(grid, go_on) }
}

impl Grid {
    /// How many numbers it has, margins included.
    pub(crate) fn cells(&self) -> usize {
        if self.rows == 1 { self.columns + 1 } else { (self.rows + 1) * (self.columns + 1) }
    }

    /// Whether a number may be hidden.
    pub(crate) fn may_hide(&self, cell: usize) -> bool {
        !self.must_show[cell] && self.counts[cell] >= self.floor
    }

    /// The inner cells that a margin is the sum of; none of an inner cell.
    pub(crate) fn parts(&self, cell: usize) -> Vec<usize> {
        let wide = self.columns + 1;
        let inner = |row: usize| (0..self.columns).map(move |column| row * wide + column);
        let (row, column) = (cell / wide, cell % wide);
        match (self.rows == 1 || row < self.rows, column < self.columns) {
            (true, true) => Vec::new(),
            (true, false) => inner(row).collect(),
            (false, true) => (0..self.rows).map(|row| row * wide + column).collect(),
            (false, false) => (0..self.rows).flat_map(inner).collect(),
        }
    }

    /// What a pattern costs beside what has to be hidden.
    fn cost(&self, hidden: &[bool]) -> u64 {
        (0..self.cells()).filter(|&cell| hidden[cell] && !self.must_hide[cell]).map(|cell| self.weights[cell]).sum()
    }

    /// Whether all its lists are of its size, no count is beyond belief, its margins are sums, and what has to be hidden may be.
    fn is_sound(&self) -> bool {
        let cells = self.cells();
        let full =
            self.counts.len() == cells && self.must_hide.len() == cells && self.must_show.len() == cells && self.weights.len() == cells;
        full && self.counts.iter().all(|&count| count < MOST)
            && (0..cells).all(|cell| {
                let parts = self.parts(cell);
                let adds_up = parts.is_empty() || parts.iter().map(|&part| self.counts[part]).sum::<u64>() == self.counts[cell];
                adds_up && (!self.must_hide[cell] || self.may_hide(cell))
            })
    }
}
