//! What a pattern costs at the least, in whole numbers: whatever multipliers a search by floating
//! point came to, the bound that follows from them holds.

use super::cover::Cut;

/// Multipliers are rounded to this part of one.
const SCALE: i128 = 1 << 30;

/// What may still be decided of a variable: from `low` to `high`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) low: Vec<bool>,
    pub(super) high: Vec<bool>,
}

impl Open {
    /// Nothing is decided.
    pub(super) fn all(variables: usize) -> Self {
        Self { low: vec![false; variables], high: vec![true; variables] }
    }

    /// Whether a variable is decided, and how.
    pub(super) fn decided(&self, variable: usize) -> Option<bool> {
        (self.low[variable] == self.high[variable]).then_some(self.low[variable])
    }

    /// Decides one.
    pub(super) fn decide(&mut self, variable: usize, hidden: bool) {
        self.low[variable] = hidden;
        self.high[variable] = hidden;
    }
}

/// A lower bound of a cost, with what it would rise by when a variable is decided against it.
#[derive(Clone)]
pub(super) struct Bound {
    scaled: i128,
    rises: Vec<i128>,
}

impl Bound {
    /// From any multipliers of cuts. Without prices it is positive only if no pattern fulfils them.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    pub(super) fn of<'a>(prices: Option<&[u64]>, cuts: impl Iterator<Item = (&'a Cut, f64)>, open: &Open) -> Self {
        let mut scaled = 0;
        let mut rises: Vec<i128> = match prices {
            Some(prices) => prices.iter().map(|&price| i128::from(price) * SCALE).collect(),
            None => vec![0; open.low.len()],
        };
        for (cut, multiplier) in cuts {
            let multiplier = (multiplier.max(0.0) * SCALE as f64) as i128;
            if multiplier > 0 {
                scaled += multiplier * i128::from(cut.least);
                cut.terms.iter().for_each(|&(variable, factor)| rises[variable] -= multiplier * i128::from(factor));
            }
        }
        let at_least = |(variable, rise): (usize, &i128)| if *rise > 0 { open.low[variable] } else { open.high[variable] };
        scaled += rises.iter().enumerate().filter(|&each| at_least(each)).map(|(_, rise)| rise).sum::<i128>();
        Self { scaled, rises }
    }

    /// The bound, rounded up to the next whole cost.
    pub(super) fn cost(&self) -> u64 {
        u64::try_from((self.scaled + SCALE - 1).div_euclid(SCALE)).unwrap_or(0)
    }

    /// The bound itself, about.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn about(&self) -> f64 {
        self.scaled as f64 / SCALE as f64
    }

    /// Whether it says that there is nothing.
    pub(super) fn is_positive(&self) -> bool {
        self.scaled > 0
    }

    /// How a variable that is not decided must be, if the cost is to stay below `limit`.
    pub(super) fn decides(&self, variable: usize, limit: u64) -> Option<bool> {
        let against = self.scaled + self.rises[variable].abs();
        let too_much = against > (i128::from(limit) - 1) * SCALE;
        (too_much && self.rises[variable] != 0).then_some(self.rises[variable] < 0)
    }
}
