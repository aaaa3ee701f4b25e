//! The mean of what each contributor scored.

use std::fmt;

use super::{FAR, Rounded, in_tenths, step};
use crate::render::HIDDEN;
use crate::rule::Rule;

/// What each contributor scored, on a scale of whole numbers: one value each. They never leave:
/// nothing here can be written down.
#[derive(Clone, PartialEq, Eq)]
pub struct Scores {
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) values: Vec<i64>,
}

impl Scores {
    /// The values of a scale from `least` to `most`. None if one is off the scale, or the scale is no
    /// scale or reaches beyond a million.
    pub fn new(least: i64, most: i64, values: Vec<i64>) -> Option<Self> {
        let scale = -FAR <= least && least < most && most <= FAR && values.len() < FAR.unsigned_abs() as usize;
        (scale && values.iter().all(|value| (least..=most).contains(value))).then_some(Self { least, most, values })
    }
}

impl fmt::Debug for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scores")
    }
}

/// A mean as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean(Option<i64>);

impl Mean {
    /// The mean of at least ten contributors (UK Longitudinal Linkage Collaboration, output rules:
    /// no mean of fewer than ten), rounded so that at least five sums give the same (to 0.5 below 25
    /// contributors, to 0.2 below 50). It is hidden
    /// - if it is so near an end of the scale that nearly everybody could be there,
    /// - if the distance of one contributor from an end is more than half of all of them.
    ///
    /// Both are decided by all sums that give the same mean, and not by the true one.
    pub fn of(rule: &Rule, scores: &Scores) -> Self {
        Self(shown(rule, scores))
    }

    /// "12.5", or [`HIDDEN`].
    pub fn words(&self) -> String {
        self.0.map_or_else(|| HIDDEN.to_owned(), in_tenths)
    }
}

fn shown(rule: &Rule, Scores { least, most, values }: &Scores) -> Option<i64> {
    let n = i64::try_from(values.len()).ok().filter(|n| *n >= i64::from(rule.sums_from.max(10)))?;
    let rounded = Rounded::of(values.iter().sum(), n, step(values.len()));
    if rounded.is_at_an_end(n, (*least, *most), i64::from(rule.threshold)) {
        return None;
    }
    let (lowest, highest) = (values.iter().min()?, values.iter().max()?);
    let from_below = 2 * (highest - least) > rounded.least - n * least;
    let from_above = 2 * (most - lowest) > n * most - rounded.most;
    (!from_below && !from_above).then_some(rounded.mean)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn mean(least: i64, most: i64, values: &[i64]) -> String {
        Mean::of(&Rule::QUARTER, &Scores::new(least, most, values.to_vec()).unwrap()).words()
    }

    #[test]
    fn a_mean_of_ten_is_rounded_to_a_half() {
        assert_eq!(mean(0, 27, &[3, 9, 12, 4, 7, 8, 15, 2, 11, 6]), "7.5", "7.7");
        assert_eq!(mean(-5, 5, &[-1, -2, 0, 1, -3, 2, -2, -1, -1, -4]), "−1.0", "−1.1");
        assert_eq!(mean(0, 27, &[3, 9, 12, 4, 7, 8, 15, 2, 11]), "[c]", "of nine");
    }

    #[test]
    fn nothing_is_said_near_an_end() {
        assert_eq!(mean(0, 27, &[0; 20]), "[c]");
        assert_eq!(mean(0, 27, &[27; 20]), "[c]");
        let mut nearly = [0; 20];
        nearly[..4].fill(1);
        assert_eq!(mean(0, 27, &nearly), "[c]");
        let mut few = [0; 25];
        few[..5].fill(1);
        assert_eq!(mean(0, 27, &few), "[c]", "0.2 can be of three");
        assert_eq!(mean(0, 27, &few.map(|value| 27 - value)), "[c]");
    }

    #[test]
    fn nobody_has_more_than_half() {
        let mut one = [1; 20];
        one[0] = 27;
        assert_eq!(mean(0, 27, &one), "[c]");
        one[0] = 6;
        assert_eq!(mean(0, 27, &one), "1.5", "1.25");
        let mut one = [26; 20];
        one[0] = 0;
        assert_eq!(mean(0, 27, &one), "[c]", "nor of what is missing to the other end");
    }

    #[test]
    fn what_is_off_the_scale_is_no_score_and_no_score_is_written_down() {
        assert_eq!(Scores::new(0, 27, vec![28]), None);
        assert_eq!(Scores::new(5, 5, vec![]), None);
        assert_eq!(Scores::new(0, i64::MAX, vec![]), None);
        assert_eq!(format!("{:?}", Scores::new(0, 27, vec![13])), "Some(Scores)");
    }

    /// Values that are as equal as they can be with this sum, the first one given.
    fn spread(first: i64, others: i64, sum: i64) -> Vec<i64> {
        let rest = sum - first;
        let each = |number: i64| rest.div_euclid(others) + i64::from(number < rest.rem_euclid(others));
        std::iter::once(first).chain((0..others).map(each)).collect()
    }

    /// Up to thirty contributors: whoever knows n and the mean, and what one of them scored, finds at
    /// least five sums possible.
    #[test]
    fn no_mean_up_to_thirty_tells_its_sum_to_anybody_there() {
        for (least, most) in [(0, 4), (0, 27), (-3, 3)] {
            for (n, own) in (10..=30).flat_map(|n| (least..=most).map(move |own| (n, own))) {
                let mut sums: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
                for sum in n * least..=n * most {
                    if let Some(scores) = Scores::new(least, most, spread(own, n - 1, sum)) {
                        sums.entry(Mean::of(&Rule::QUARTER, &scores).words()).or_default().insert(sum);
                    }
                }
                assert!(sums.len() > 3, "some are shown");
                for (words, sums) in sums {
                    assert!(sums.len() >= 5, "{words} of {n} from {least} to {most}, one of them {own}: {sums:?}");
                }
            }
        }
    }
}
