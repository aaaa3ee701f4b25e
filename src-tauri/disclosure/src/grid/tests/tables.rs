//! Tables to try: numbers that look like those of a caseload, from a seed.

use super::super::Grid;

/// Numbers that follow from a seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1, neither included.
    pub(super) fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Exponential, to a power: the larger, the more unequal.
    fn skewed(&mut self, skew: f64) -> f64 {
        (-self.share().ln()).powf(skew)
    }
}

/// A table of inner cells with its margins: small numbers must be hidden, zeros are shown if the
/// floor is 1.
pub(super) fn table(rows: usize, columns: usize, inner: &[u64], floor: u64, threshold: u64) -> Grid {
    let mut counts: Vec<u64> = Vec::new();
    for row in inner.chunks(columns) {
        counts.extend(row);
        counts.push(row.iter().sum());
    }
    if rows > 1 {
        let sums: Vec<u64> = (0..=columns).map(|column| counts.iter().skip(column).step_by(columns + 1).sum()).collect();
        counts.extend(sums);
    }
    Grid {
        rows,
        columns,
        floor,
        threshold,
        must_hide: counts.iter().map(|&count| count >= floor && count < threshold).collect(),
        must_show: counts.iter().map(|&count| count < floor).collect(),
        weights: vec![1; counts.len()],
        counts,
    }
}

/// A skewed table of `number` units, with weights as a secret would give them.
pub(super) fn caseload(rows: usize, columns: usize, number: u64, floor: u64, seed: u64) -> Grid {
    let skew = 0.2 + 1.2 * Dice::new(seed ^ 1 << 40).share();
    skewed(rows, columns, number, floor, skew, seed)
}

/// The same; with a skew of 0 all cells are about equal, with 1 many are small beside a few.
pub(super) fn skewed(rows: usize, columns: usize, number: u64, floor: u64, skew: f64, seed: u64) -> Grid {
    let mut dice = Dice::new(seed);
    let across: Vec<f64> = (0..rows).map(|_| dice.skewed(skew)).collect();
    let along: Vec<f64> = (0..columns).map(|_| dice.skewed(skew)).collect();
    let chances: Vec<f64> = (0..rows * columns).map(|cell| across[cell / columns] * along[cell % columns] * dice.skewed(skew)).collect();
    let all: f64 = chances.iter().sum();
    let mut inner = vec![0; rows * columns];
    for _ in 0..number {
        let mut left = dice.share() * all;
        let cell = chances.iter().position(|chance| {
            left -= chance;
            left < 0.0
        });
        inner[cell.unwrap_or(0)] += 1;
    }
    let mut grid = table(rows, columns, &inner, floor, 5);
    for cell in 0..grid.counts.len() {
        let margin = if grid.parts(cell).is_empty() { 1.0 } else { 3.0 };
        let secret = 0.25 + 3.75 * dice.share();
        grid.weights[cell] = ((10.0 * (2.0 + grid.counts[cell] as f64).log2()).round() * margin * secret).round() as u64;
    }
    grid
}
