//! A table as a web: each number leads from one knot to another, and as much comes to each knot as
//! leaves it.

use super::Grid;

/// What does not change while patterns of one table are tried.
pub(super) struct Web<'a> {
    /// The table.
    pub(super) grid: &'a Grid,
    /// How many knots there are.
    pub(super) knots: usize,
    /// From which knot each number leads to which.
    pub(super) ends: Vec<(usize, usize)>,
    /// The inner cells that each margin is the sum of.
    pub(super) parts: Vec<Vec<usize>>,
    /// The margins that each inner cell is part of.
    pub(super) wholes: Vec<Vec<usize>>,
}

impl<'a> Web<'a> {
    /// The web of a table. The knots of a one-way table are its two ends, with the cells one way
    /// and the total back. Those of a two-way table are its rows, its columns, and the two ends.
    pub(super) fn of(grid: &'a Grid) -> Self {
        let cells = grid.cells();
        let parts: Vec<Vec<usize>> = (0..cells).map(|cell| grid.parts(cell)).collect();
        let mut wholes = vec![Vec::new(); cells];
        for (whole, parts) in parts.iter().enumerate() {
            parts.iter().for_each(|&part| wholes[part].push(whole));
        }
        let (knots, ends) = if grid.rows == 1 {
            (2, (0..cells).map(|cell| if cell < grid.columns { (0, 1) } else { (1, 0) }).collect())
        } else {
            let wide = grid.columns + 1;
            let column_knot = |column: usize| grid.rows + 1 + column;
            // An inner cell leads from its row to its column, a row's total to the row, a column's
            // from the column, and the whole from where columns end to where rows begin.
            let ends = |cell: usize| {
                let (row, column) = (cell / wide, column_knot(cell % wide));
                if (row == grid.rows) == (cell % wide == grid.columns) { (row, column) } else { (column, row) }
            };
            (grid.rows + wide + 1, (0..cells).map(ends).collect())
        };
        Self { grid, knots, ends, parts, wholes }
    }

    /// By how much a hidden number could be less, by itself.
    pub(super) fn above_floor(&self, cell: usize) -> u64 {
        self.grid.counts[cell].saturating_sub(self.grid.floor)
    }

    /// The least that a hidden number can be by what is printed of its parts alone.
    pub(super) fn forced(&self, cell: usize, hidden: impl Fn(usize) -> bool) -> u64 {
        let grid = self.grid;
        let least = |&part: &usize| if hidden(part) { grid.floor } else { grid.counts[part] };
        self.parts[cell].iter().map(least).sum::<u64>().max(grid.floor)
    }

    /// How far a hidden number must be able to go, so that it can be each small number from what is
    /// forced.
    pub(super) fn need(&self, cell: usize, way: Way, hidden: impl Fn(usize) -> bool) -> u64 {
        let (count, threshold) = (self.grid.counts[cell], self.grid.threshold);
        let forced = self.forced(cell, hidden);
        match way {
            _ if forced >= threshold => 0,
            Way::Down => count.saturating_sub(forced),
            Way::Up => (threshold - 1).saturating_sub(count),
        }
    }
}

/// Which way a number goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It gets less.
    Down,
    /// It gets more.
    Up,
}

impl Way {
    /// Both.
    pub(super) const BOTH: [Self; 2] = [Self::Down, Self::Up];

    /// From where to where the units must go by other numbers, when the number between `ends` goes
    /// this way.
    pub(super) fn around(self, ends: (usize, usize)) -> (usize, usize) {
        match self {
            Self::Down => ends,
            Self::Up => (ends.1, ends.0),
        }
    }
}
