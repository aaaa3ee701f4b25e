//! A part of a world that hangs together, and the search for whole numbers that fit it.

use std::collections::BTreeMap;

use attune_proof::Sum;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use crate::chance::Chance;

/// Some variables and everything that is known of them alone.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// The variables, by their numbers in the world.
    pub variables: Vec<usize>,
    /// What is known: sums of them that lie between two numbers.
    pub rows: Vec<Row>,
    /// No variable needs to be more than this for a witness.
    pub most: BTreeMap<usize, i64>,
}

/// A sum, and what it is known to be.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub sum: Sum,
    pub least: Option<i64>,
    pub most: Option<i64>,
}

impl Row {
    pub fn is(sum: Sum, value: i64) -> Self {
        Self { sum, least: Some(value), most: Some(value) }
    }
}

/// Values of variables, by their numbers in the world.
pub(crate) type Values = BTreeMap<usize, i64>;

/// What is left to find of a part: its variables, and what is known of them.
struct Open {
    free: Vec<usize>,
    rows: Vec<Row>,
}

type Bounds = Vec<(Option<i64>, Option<i64>)>;

/// What was found for what was open before, by its variables and what was known of them; none if nothing was.
pub(crate) type Answered = BTreeMap<(Vec<usize>, Bounds), Option<Vec<i64>>>;

/// How many nodes a search in whole numbers may take before it counts as having found nothing.
const NODES: u64 = 400;

impl Part {
    /// Whole numbers that fit, with those that are given kept and every wanted row so; none if none
    /// were found. `chance` decides which of many. What is answered has been checked in whole numbers.
    pub fn fitting(&self, given: &Values, wanted: &[Row], chance: &mut Chance) -> Option<Values> {
        let Open { free, rows } = self.open(given, wanted)?;
        let values = self.solved(&free, &rows, chance)?;
        Some(given.iter().map(|(variable, value)| (*variable, *value)).chain(free.into_iter().zip(values)).collect())
    }

    /// The same for several that are given one after the other: what is open of one may be just what was open of another, and what
    /// fits the one fits the other then.
    pub fn fitting_again(&self, given: &Values, before: &mut Answered, chance: &mut Chance) -> Option<Values> {
        let Open { free, rows } = self.open(given, &[])?;
        let bounds: Bounds = rows.iter().map(|row| (row.least, row.most)).collect();
        let values = before.entry((free.clone(), bounds)).or_insert_with(|| self.solved(&free, &rows, chance)).as_ref()?;
        Some(given.iter().map(|(variable, value)| (*variable, *value)).chain(free.into_iter().zip(values.iter().copied())).collect())
    }

    /// What is left to find when some is given; none if it cannot fit any more.
    fn open(&self, given: &Values, wanted: &[Row]) -> Option<Open> {
        let size = self.variables.last().map_or(0, |last| last + 1).max(given.keys().next_back().map_or(0, |last| last + 1));
        let mut known = vec![None; size];
        for (variable, value) in given {
            known[*variable] = Some(*value);
        }
        let free = self.variables.iter().copied().filter(|variable| known[*variable].is_none()).collect();
        let mut rows = Vec::new();
        for row in self.rows.iter().chain(wanted) {
            rows.extend(row.with(&known)?);
        }
        Some(Open { free, rows })
    }

    fn solved(&self, free: &[usize], rows: &[Row], chance: &mut Chance) -> Option<Vec<i64>> {
        if free.is_empty() {
            return Some(Vec::new());
        }
        let place: BTreeMap<usize, usize> = free.iter().enumerate().map(|(at, variable)| (*variable, at)).collect();
        let bounds: Vec<i64> = free.iter().map(|variable| self.most.get(variable).copied().unwrap_or(1 << 20)).collect();
        let towards: Vec<f64> = free.iter().map(|_| f64::from(chance.below(201)) / 100.0 - 1.0).collect();
        let relaxed = solve(rows, &place, &bounds, &towards, false)?;
        let values = if self.fits(rows, &place, &relaxed) { relaxed } else { solve(rows, &place, &bounds, &towards, true)? };
        self.fits(rows, &place, &values).then_some(values)
    }

    fn fits(&self, rows: &[Row], place: &BTreeMap<usize, usize>, values: &[i64]) -> bool {
        values.iter().all(|value| *value >= 0)
            && rows.iter().all(|row| {
                let total: i64 = row.sum.iter().map(|(variable, factor)| values[place[variable]] * factor).sum();
                row.least.is_none_or(|least| total >= least) && row.most.is_none_or(|most| total <= most)
            })
    }
}

impl Row {
    /// The row with some of its variables known: nothing left to fit, or what is left. None if it
    /// cannot be so any more.
    fn with(&self, given: &[Option<i64>]) -> Option<Option<Self>> {
        let mut known = 0;
        let mut sum = Sum::new();
        for &(variable, factor) in &self.sum {
            match given.get(variable).copied().flatten() {
                Some(value) => known += value * factor,
                None => sum.push((variable, factor)),
            }
        }
        let (least, most) = (self.least.map(|least| least - known), self.most.map(|most| most - known));
        if !sum.is_empty() {
            return Some(Some(Self { sum, least, most }));
        }
        let holds = least.is_none_or(|least| least <= 0) && most.is_none_or(|most| most >= 0);
        holds.then_some(None)
    }
}

/// The nearest whole numbers to what the solver found; floats go no further than this.
fn solve(rows: &[Row], place: &BTreeMap<usize, usize>, bounds: &[i64], towards: &[f64], whole: bool) -> Option<Vec<i64>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let variables: Vec<Variable> = bounds
        .iter()
        .zip(towards)
        .map(|(most, towards)| {
            let most = i32::try_from(*most).unwrap_or(i32::MAX);
            if whole { problem.add_integer_var(*towards, (0, most)) } else { problem.add_var(*towards, (0.0, f64::from(most))) }
        })
        .collect();
    for row in rows {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let sum: Vec<(Variable, f64)> = row.sum.iter().map(|(variable, factor)| (variables[place[variable]], *factor as f64)).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let number = |value: i64| value as f64;
        match (row.least, row.most) {
            (Some(least), Some(most)) if least == most => problem.add_constraint(&sum, ComparisonOp::Eq, number(least)),
            (least, most) => {
                if let Some(least) = least {
                    problem.add_constraint(&sum, ComparisonOp::Ge, number(least));
                }
                if let Some(most) = most {
                    problem.add_constraint(&sum, ComparisonOp::Le, number(most));
                }
            }
        }
    }
    // Any point will do: the first one found in whole numbers.
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    options.mip_gap = 1e9;
    let outcome = problem.solve_with(options).ok()?;
    let solution = outcome.solution()?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded above and below")]
    Some(variables.iter().map(|variable| solution.var_value(*variable).round() as i64).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two days, one after the other: on each 10 in two classes, of which one can go to the second.
    fn two_days() -> Part {
        let rows = [
            Row::is(vec![(0, 1), (1, 1)], 10),
            Row::is(vec![(2, 1), (3, 1)], 10),
            Row { sum: vec![(3, 1), (1, -1)], least: Some(0), most: Some(1) },
        ];
        Part { variables: vec![0, 1, 2, 3, 4], rows: rows.to_vec(), most: BTreeMap::new() }
    }

    #[test]
    fn what_fitted_once_is_taken_again_where_the_same_is_open_and_nowhere_else() {
        let part = two_days();
        let (mut answered, mut chance) = (Answered::new(), Chance::from(3));
        // The last is in no sum with what is open.
        let given = |second: i64, apart: i64| Values::from([(0, 10 - second), (1, second), (4, apart)]);
        for (given, searched) in [(given(4, 0), 1), (given(4, 7), 1), (given(5, 0), 2), (given(4, 3), 2)] {
            let found = part.fitting_again(&given, &mut answered, &mut chance).unwrap();
            assert_eq!(found.len(), 5);
            assert!(given.iter().all(|(variable, value)| found[variable] == *value), "what is given is kept");
            assert_eq!(found[&2] + found[&3], 10);
            assert!((0..=1).contains(&(found[&3] - found[&1])), "{found:?}");
            assert_eq!(answered.len(), searched, "{given:?}");
        }
        let wrong = Values::from([(0, 4), (1, 4), (4, 0)]);
        assert_eq!(part.fitting_again(&wrong, &mut answered, &mut chance), None, "what does not fit by itself is not extended");
    }
}
