//! Statistics of which no count, no sum and nobody's value can be worked out.
//!
//! A share is made of numbers that are printed. A mean, a quartile and a change are made of values
//! that never leave ([`Scores`], [`Pairs`]): they can be neither written down nor looked into. Only
//! the rules of this folder make a [`Share`], a [`Mean`], [`Quartiles`] or a [`Change`], and what a
//! rule hides is in none of them.
//!
//! Each is safe by itself. The statistics of two groups that differ by one contributor are not safe
//! beside each other: whoever releases them again and again has to keep to one group a period.

mod bands;
mod change;
mod mean;
mod share;

pub use bands::{Bands, Quartiles};
pub use change::{Better, Change, Pairs, RELIABLY};
pub use mean::{Mean, Scores};
pub use share::{Share, Whole};

/// Scores and changes lie within this of zero, so that no sum of them is too large to be told.
const FAR: i64 = 1_000_000;

/// Tenths as text: −25 is "−2.5".
fn in_tenths(tenths: i64) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

/// To what a mean of so many whole numbers is rounded, in tenths. At least five sums round to the
/// same, so that a sum is known to ±2 at the best.
///
/// What a mean gives away beside its n: Garfinkel, Abowd and Martindale, "Understanding database
/// reconstruction attacks on public data", Communications of the ACM 62 (2019).
fn step(n: usize) -> i64 {
    [1, 2, 5].into_iter().find(|step| n.saturating_mul(*step) >= 50).map_or(10, |step| i64::try_from(step).unwrap_or(10))
}

/// A sum of n values, rounded to a step.
struct Rounded {
    /// The mean, in tenths, halves up.
    mean: i64,
    /// The least and the most that the sum can be, by the mean and n alone.
    least: i64,
    most: i64,
}

impl Rounded {
    fn of(sum: i64, n: i64, step: i64) -> Self {
        let width = n * step;
        let steps = (20 * sum + width).div_euclid(2 * width);
        let from = 2 * width * steps - width;
        Self { mean: steps * step, least: -(-from).div_euclid(20), most: (from + 2 * width - 1).div_euclid(20) }
    }

    /// Whether fewer than `small` points part some sum from where everybody is at one end.
    fn is_at_an_end(&self, n: i64, ends: (i64, i64), small: i64) -> bool {
        self.least - n * ends.0 < small || n * ends.1 - self.most < small
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tenths_are_written_with_one_decimal() {
        assert_eq!([0, 5, -5, 12, -120].map(in_tenths), ["0.0", "0.5", "−0.5", "1.2", "−12.0"]);
    }

    #[test]
    fn a_step_leaves_at_least_five_sums() {
        assert_eq!([10, 24, 25, 49, 50, 900].map(step), [5, 5, 2, 2, 1, 1]);
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(Rounded::of(25, 10, 5).mean, 25);
        assert_eq!(Rounded::of(275, 100, 1).mean, 28, "2.75");
        assert_eq!(Rounded::of(-275, 100, 1).mean, -27, "−2.75");
    }

    proptest! {
        #[test]
        fn the_sums_that_round_to_the_same_are_those_between_the_ends(sum in -5_000_i64..5_000, n in 10_usize..200) {
            let step = step(n);
            let n = i64::try_from(n).unwrap();
            let rounded = Rounded::of(sum, n, step);
            prop_assert!(rounded.least <= sum && sum <= rounded.most);
            prop_assert!(rounded.most - rounded.least >= 4, "five sums");
            for (other, same) in [(rounded.least - 1, false), (rounded.least, true), (rounded.most, true), (rounded.most + 1, false)] {
                prop_assert_eq!(Rounded::of(other, n, step).mean == rounded.mean, same);
            }
            prop_assert!((10 * sum - rounded.mean * n).abs() * 2 <= step * n, "the nearest");
        }
    }
}
