//! A mean change and its interval, of which the sum cannot be worked out.

use super::super::{Rounded, step};
use crate::rule::Rule;

/// How many sums a mean and its interval must leave possible to a reader.
const FEWEST_SUMS: usize = 5;

/// What a mean and its interval are made of: how many changes, their sum, the sum of their squares.
pub(super) struct Moments {
    pub n: i64,
    pub sum: i64,
    pub squares: i64,
}

impl Moments {
    /// The mean and how far the ends of its interval are from it, in tenths, where no change is over
    /// `most`. None if they would tell too much.
    pub fn shown(&self, rule: &Rule, most: i64) -> Option<(i64, i64)> {
        let step = step(usize::try_from(self.n).ok()?);
        let rounded = Rounded::of(self.sum, self.n, step);
        if rounded.is_at_an_end(self.n, (-most, most), i64::from(rule.threshold)) {
            return None;
        }
        let within = steps(self.half_interval(), step);
        // Decided by what would be printed, for whoever could be there: what is decided by those who
        // are there would tell of them.
        let sums = |own: Option<i64>| {
            let may_be = |sum: &i64| {
                half_intervals(self.n, *sum, most, own)
                    .is_some_and(|(least, most)| (steps(least, step)..=steps(most, step)).contains(&within))
            };
            (rounded.least..=rounded.most).filter(may_be).count()
        };
        let hides = sums(None) >= FEWEST_SUMS && (-most..=most).all(|own| sums(Some(own)) != 1);
        hides.then_some((rounded.mean, within * step))
    }

    /// Half of the 95% interval of the mean change (Student), in points.
    pub fn half_interval(&self) -> f64 {
        // n times the sum of squared distances from the mean: a whole number.
        let spread = (self.n * self.squares - self.sum * self.sum) as f64;
        let n = self.n as f64;
        student(n - 1.0) * (spread / (n * n * (n - 1.0))).sqrt()
    }
}

/// How many steps are from the rounded mean to an end of its interval.
fn steps(half: f64, step: i64) -> i64 {
    ((10.0 * half / step as f64 + 0.5).ceil() as i64).max(2)
}

/// The least and the most that half an interval can be where so many changes have this sum, none is
/// over `most` and one of them is known; none if they cannot have it.
fn half_intervals(n: i64, sum: i64, most: i64, own: Option<i64>) -> Option<(f64, f64)> {
    let (others, rest) = (n - i64::from(own.is_some()), sum - own.unwrap_or(0));
    if rest < -others * most || rest > others * most {
        return None;
    }
    // All alike; and all at one end or the other but for one in between.
    let (each, more) = (rest.div_euclid(others), rest.rem_euclid(others));
    let alike = more * (each + 1) * (each + 1) + (others - more) * each * each;
    let between = (rest + others * most).rem_euclid(2 * most) - most;
    let apart = (others - 1) * most * most + between * between;
    let half = |squares: i64| Moments { n, sum, squares: squares + own.map_or(0, |own| own * own) }.half_interval();
    Some((half(alike), half(apart)))
}

/// The 97.5th percentile of Student's t with so many degrees of freedom, to 0.001 from 9 on.
/// Abramowitz and Stegun, "Handbook of mathematical functions" (1964), 26.7.5.
fn student(freedom: f64) -> f64 {
    let z = 1.959_963_985_f64;
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    let first = (z3 + z) / 4.0;
    let second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0;
    let third = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0;
    z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn students_t_is_that_of_the_tables() {
        for (freedom, t) in [(9.0, 2.2622), (18.0, 2.1009), (19.0, 2.0930), (29.0, 2.0452), (99.0, 1.9842), (999.0, 1.9623)] {
            assert!((student(freedom) - t).abs() < 0.001, "{freedom}: {}", student(freedom));
        }
    }

    /// Each sum, with each sum of squares, that so many changes can have of which none is over `most`.
    fn worlds(n: i64, most: i64) -> BTreeSet<(i64, i64)> {
        (0..n).fold(BTreeSet::from([(0, 0)]), |worlds, _| {
            worlds.iter().flat_map(|(sum, squares)| (-most..=most).map(move |change| (sum + change, squares + change * change))).collect()
        })
    }

    fn of(n: i64, (sum, squares): (i64, i64)) -> Moments {
        Moments { n, sum, squares }
    }

    #[test]
    fn the_ends_of_what_an_interval_can_be_are_those_of_all_changes() {
        for n in 2..=6 {
            for own in (-3..=3).map(Some).chain([None]) {
                let mut found: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
                for (sum, squares) in worlds(n - i64::from(own.is_some()), 3) {
                    let own = own.unwrap_or(0);
                    let half = of(n, (sum + own, squares + own * own)).half_interval();
                    let ends = found.entry(sum + own).or_insert((half, half));
                    *ends = (ends.0.min(half), ends.1.max(half));
                }
                for sum in -3 * n - 1..=3 * n + 1 {
                    assert_eq!(half_intervals(n, sum, 3, own), found.get(&sum).copied(), "{n} {sum} {own:?}");
                }
            }
        }
    }

    /// Twenty to thirty pairs: whoever knows n, the mean change and its interval finds at least five
    /// sums possible, and one of the pairs, who knows how they changed themselves, at least two.
    #[test]
    fn no_change_up_to_thirty_tells_its_sum() {
        for (n, most) in (20..=30).map(|n| (n, 2)).chain([(20, 3), (25, 3)]) {
            let all = worlds(n, most);
            let others = worlds(n - 1, most);
            let printed: BTreeMap<_, String> =
                all.iter().map(|&world| (world, format!("{:?}", of(n, world).shown(&Rule::QUARTER, most)))).collect();
            assert!(printed.values().collect::<BTreeSet<_>>().len() > 4, "some are shown");
            let sums = |worlds: &BTreeSet<(i64, i64)>, known: &[i64]| -> BTreeMap<&str, BTreeSet<i64>> {
                let mut sums: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
                for &(sum, squares) in worlds {
                    let world = known.iter().fold((sum, squares), |(sum, squares), change| (sum + change, squares + change * change));
                    sums.entry(&printed[&world]).or_default().insert(world.0);
                }
                sums
            };
            for (words, sums) in sums(&all, &[]) {
                assert!(sums.len() >= 5, "{words} of {n}: {sums:?}");
            }
            for own in -most..=most {
                for (words, sums) in sums(&others, &[own]) {
                    assert!(sums.len() >= 2, "{words} of {n}, one of them {own}: {sums:?}");
                }
            }
        }
    }
}
