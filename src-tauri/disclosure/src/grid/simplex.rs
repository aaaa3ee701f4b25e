//! The linear relaxation: variables from 0 to 1 at least cost, under cuts that are added as they are
//! found. A dual simplex on a dense table; its basis stays dual feasible whatever cuts are added and
//! whatever bounds are moved, so it goes on from where it was. Nothing here is relied on: see
//! [`bound`](super::bound).

use super::cover::Cut;

/// Smaller is nothing.
const TINY: f64 = 1e-9;
/// A variable may be outside its bounds by this.
const SLIP: f64 = 1e-7;

/// How a solution ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ending {
    /// It is the cheapest.
    Cheapest,
    /// It costs as much as the limit already.
    Enough,
    /// There is none: with these multipliers the cuts contradict each other.
    Contradiction(Vec<f64>),
    /// It got lost.
    Lost,
}

/// Where a variable is: its value is that of a row of the table, or one of its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Row(usize),
    Column(usize),
}

/// The table. Variables come first, then one slack for each cut.
#[derive(Clone)]
pub(super) struct Simplex {
    prices: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
    cuts: Vec<Cut>,
    place: Vec<Place>,
    in_row: Vec<usize>,
    in_column: Vec<usize>,
    at_high: Vec<bool>,
    /// Row by row: how the variable in a row falls when that in a column rises.
    table: Vec<Vec<f64>>,
    value: Vec<f64>,
    reduced: Vec<f64>,
}

impl Simplex {
    /// Without cuts: everything is shown.
    pub(super) fn new(prices: Vec<f64>) -> Self {
        let wide = prices.len();
        Self {
            low: vec![0.0; wide],
            high: vec![1.0; wide],
            cuts: Vec::new(),
            place: (0..wide).map(Place::Column).collect(),
            in_row: Vec::new(),
            in_column: (0..wide).collect(),
            at_high: vec![false; wide],
            table: Vec::new(),
            value: Vec::new(),
            reduced: prices.clone(),
            prices,
        }
    }

    /// The value of each variable.
    pub(super) fn solution(&self) -> Vec<f64> {
        (0..self.prices.len()).map(|variable| self.at(variable)).collect()
    }

    /// What the solution costs.
    pub(super) fn cost(&self) -> f64 {
        (0..self.prices.len()).map(|variable| self.prices[variable] * self.at(variable)).sum()
    }

    /// The cuts, each with its multiplier.
    pub(super) fn multipliers(&self) -> impl Iterator<Item = (&Cut, f64)> {
        self.cuts.iter().enumerate().filter_map(|(number, cut)| match self.place[self.prices.len() + number] {
            Place::Column(column) => Some((cut, self.reduced[column])),
            Place::Row(_) => None,
        })
    }

    /// The cuts, each with a multiplier of a contradiction.
    pub(super) fn with<'a>(&'a self, multipliers: &'a [f64]) -> impl Iterator<Item = (&'a Cut, f64)> {
        self.cuts.iter().zip(multipliers.iter().copied())
    }

    /// For each variable that is between its bounds, the cuts that hold it there, with the parts of
    /// one by which they do, up and down.
    pub(super) fn holding(&self) -> Vec<Vec<(&Cut, f64)>> {
        let wide = self.prices.len();
        let mut holding = Vec::new();
        for (row, entries) in self.table.iter().enumerate() {
            if self.in_row[row] >= wide || (self.value[row] - self.value[row].round()).abs() < 0.05 {
                continue;
            }
            for sign in [1.0, -1.0] {
                let part = |column: usize| {
                    let part = (sign * entries[column]).rem_euclid(1.0);
                    if part > 1.0 - 1e-6 { 0.0 } else { part }
                };
                let slacks = (0..entries.len()).filter(|&column| self.in_column[column] >= wide && part(column) > 1e-6);
                holding.push(slacks.map(|column| (&self.cuts[self.in_column[column] - wide], part(column))).collect());
            }
        }
        holding
    }

    /// Lets a variable be from `low` to `high`.
    pub(super) fn set_bounds(&mut self, variable: usize, low: f64, high: f64) {
        if (self.low[variable], self.high[variable]) == (low, high) {
            return;
        }
        let before = self.at(variable);
        self.low[variable] = low;
        self.high[variable] = high;
        if let Place::Column(column) = self.place[variable] {
            self.at_high[column] = self.reduced[column] < 0.0;
            let change = self.at(variable) - before;
            self.shift(column, change);
        }
    }

    /// Adds a cut.
    pub(super) fn add(&mut self, cut: Cut) {
        let mut row = vec![0.0; self.in_column.len()];
        let mut value = -real(cut.least);
        for &(variable, factor) in &cut.terms {
            let factor = real(factor);
            value += factor * self.at(variable);
            match self.place[variable] {
                Place::Column(column) => row[column] -= factor,
                Place::Row(at) => row.iter_mut().zip(&self.table[at]).for_each(|(entry, term)| *entry += factor * term),
            }
        }
        self.place.push(Place::Row(self.table.len()));
        self.in_row.push(self.prices.len() + self.cuts.len());
        self.cuts.push(cut);
        self.table.push(row);
        self.value.push(value);
    }

    /// Takes out the cuts that the solution is further from than `far`.
    pub(super) fn drop_idle(&mut self, far: f64) {
        let wide = self.prices.len();
        for number in (0..self.cuts.len()).rev() {
            let Place::Row(row) = self.place[wide + number] else { continue };
            if self.value[row] <= far {
                continue;
            }
            self.table.swap_remove(row);
            self.value.swap_remove(row);
            self.in_row.swap_remove(row);
            if let Some(&moved) = self.in_row.get(row) {
                self.place[moved] = Place::Row(row);
            }
            self.cuts.swap_remove(number);
            self.place.swap_remove(wide + number);
            if let Some(&moved) = self.place.get(wide + number) {
                match moved {
                    Place::Row(row) => self.in_row[row] = wide + number,
                    Place::Column(column) => self.in_column[column] = wide + number,
                }
            }
        }
    }

    /// Goes to the cheapest solution, or to one that shows that it costs at least `limit`, if it takes
    /// no more than so many pivots.
    pub(super) fn solve(&mut self, limit: f64, pivots: usize) -> Ending {
        for _ in 0..pivots {
            let Some((row, below)) = self.leaving() else { return Ending::Cheapest };
            if self.cost() >= limit {
                return Ending::Enough;
            }
            let Some((column, flips)) = self.entering(row, below) else { return Ending::Contradiction(self.contradiction(row, below)) };
            for column in flips {
                let change = if self.at_high[column] { -1.0 } else { 1.0 } * self.width(column);
                self.at_high[column] = !self.at_high[column];
                self.shift(column, change);
            }
            self.pivot(row, column, below);
        }
        Ending::Lost
    }

    fn at(&self, variable: usize) -> f64 {
        match self.place[variable] {
            Place::Row(row) => self.value[row],
            Place::Column(column) if self.at_high[column] => self.high[variable],
            Place::Column(_) => self.low.get(variable).copied().unwrap_or(0.0),
        }
    }

    fn bounds(&self, variable: usize) -> (f64, f64) {
        if variable < self.prices.len() { (self.low[variable], self.high[variable]) } else { (0.0, f64::INFINITY) }
    }

    fn width(&self, column: usize) -> f64 {
        let (low, high) = self.bounds(self.in_column[column]);
        high - low
    }

    /// What follows in the rows when a variable in a column changes.
    fn shift(&mut self, column: usize, change: f64) {
        if change != 0.0 {
            self.value.iter_mut().zip(&self.table).for_each(|(value, row)| *value -= row[column] * change);
        }
    }

    /// The row that is furthest outside its bounds for its length, and whether it is below.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut worst = (0.0, None);
        for (row, &value) in self.value.iter().enumerate() {
            let (low, high) = self.bounds(self.in_row[row]);
            let outside = (low - value).max(value - high);
            if outside > SLIP {
                let length: f64 = self.table[row].iter().map(|entry| entry * entry).sum();
                let steep = outside * outside / (1.0 + length);
                if steep > worst.0 {
                    worst = (steep, Some((row, value < low)));
                }
            }
        }
        worst.1
    }

    /// The column that changes places with a row, and those that go to their other bound.
    fn entering(&self, row: usize, below: bool) -> Option<(usize, Vec<usize>)> {
        let (low, high) = self.bounds(self.in_row[row]);
        let mut left = if below { low - self.value[row] } else { self.value[row] - high };
        let mut able: Vec<(f64, f64, usize)> = Vec::new();
        for (column, &entry) in self.table[row].iter().enumerate() {
            let helps = if below == self.at_high[column] { entry } else { -entry };
            if helps > SLIP && self.width(column) > 0.0 {
                able.push((self.reduced[column].abs() / helps, helps, column));
            }
        }
        able.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.total_cmp(&one.1)));
        let mut large = 0.0_f64;
        for (at, &(_, helps, column)) in able.iter().enumerate() {
            left -= helps * self.width(column);
            large = large.max(helps);
            if left < SLIP {
                // To divide by something small would spoil the table.
                let by = able[..=at].iter().rposition(|one| one.1 >= 0.01 * large)?;
                return Some((able[by].2, able[..by].iter().map(|one| one.2).collect()));
            }
        }
        None
    }

    fn contradiction(&self, row: usize, below: bool) -> Vec<f64> {
        let wide = self.prices.len();
        let sign = if below { 1.0 } else { -1.0 };
        let of = |number: usize| match self.place[wide + number] {
            Place::Row(own) if own == row => sign,
            Place::Row(_) => 0.0,
            Place::Column(column) => sign * self.table[row][column],
        };
        let all: Vec<f64> = (0..self.cuts.len()).map(|number| of(number).max(0.0)).collect();
        let most = all.iter().copied().fold(TINY, f64::max);
        all.into_iter().map(|multiplier| multiplier / most).collect()
    }

    /// The variable of a row goes to a bound, and that of a column gets the row.
    fn pivot(&mut self, row: usize, column: usize, below: bool) {
        let (leaves, enters) = (self.in_row[row], self.in_column[column]);
        let (low, high) = self.bounds(leaves);
        let mut pivot_row = std::mem::take(&mut self.table[row]);
        let by = pivot_row[column];
        let change = (self.value[row] - if below { low } else { high }) / by;
        let start = self.at(enters);
        pivot_row.iter_mut().for_each(|entry| *entry /= by);
        pivot_row[column] = 1.0 / by;
        pivot_row.iter_mut().filter(|entry| entry.abs() <= TINY).for_each(|entry| *entry = 0.0);
        for (other, entries) in self.table.iter_mut().enumerate().filter(|&(other, _)| other != row) {
            let factor = entries[column];
            if factor.abs() <= TINY {
                entries[column] = 0.0;
                continue;
            }
            self.value[other] -= factor * change;
            entries.iter_mut().zip(&pivot_row).for_each(|(entry, pivot)| *entry -= factor * pivot);
            entries[column] = -factor / by;
        }
        let factor = self.reduced[column];
        self.reduced.iter_mut().zip(&pivot_row).for_each(|(entry, pivot)| *entry -= factor * pivot);
        self.reduced[column] = -factor / by;
        self.table[row] = pivot_row;
        self.value[row] = start + change;
        self.in_row[row] = enters;
        self.in_column[column] = leaves;
        self.place[enters] = Place::Row(row);
        self.place[leaves] = Place::Column(column);
        self.at_high[column] = !below;
    }
}

#[allow(clippy::cast_precision_loss)]
fn real(whole: i64) -> f64 {
    whole as f64
}
