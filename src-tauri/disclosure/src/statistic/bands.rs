//! Values put into bands: waits, and the median and quartiles of scores.

use super::Scores;
use crate::render::HIDDEN;
use crate::rule::Rule;
use crate::tally::Contribution;

/// The least number of contributors that a median is shown of.
const FROM: usize = 20;

/// Bands of whole numbers, such as waits in days: "Under 4 weeks", "4 to 8 weeks", "9 weeks or more".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    bands: Vec<(i64, String)>,
}

impl Bands {
    /// Each band with its least value and its label, in order; the last one has no upper end. None if
    /// there are fewer than two, or one holds fewer than two values: that would tell a value.
    pub fn new(bands: Vec<(i64, String)>) -> Option<Self> {
        let apart = |pair: &[(i64, String)]| matches!(pair, [one, other] if other.0.checked_sub(one.0).is_some_and(|width| width >= 2));
        (bands.len() >= 2 && bands.windows(2).all(apart)).then_some(Self { bands })
    }

    /// The labels, to be the classes of a table.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.bands.iter().map(|(_, label)| label.as_str())
    }

    /// The values of contributors, `(who, value)`, as counts in bands. Waits in bands are counts like
    /// any others: they are published as a table that is [`protect`](crate::protect())ed. None if a
    /// value is below the first band.
    pub fn contributions(&self, values: &[(u32, i64)]) -> Option<Vec<Contribution>> {
        let one = |&(who, value): &(u32, i64)| Some(Contribution { who, class: self.band(value)?, column: 0, amount: 1 });
        values.iter().map(one).collect()
    }

    fn band(&self, value: i64) -> Option<usize> {
        self.bands.iter().rposition(|(from, _)| *from <= value)
    }
}

/// In which bands the lower quartile, the median and the upper quartile are, as they may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quartiles(Option<[String; 3]>);

impl Quartiles {
    /// The quartiles of at least twenty contributors. A quartile is somebody’s value, so the band it
    /// is in is shown and not the value. All three are hidden if one is in a band of fewer
    /// contributors than are shown, or if all three are in one: nearly everybody could be there.
    ///
    /// Definition 1 of Hyndman and Fan, "Sample quantiles in statistical packages", The American
    /// Statistician 50 (1996): the smallest value that a quarter, half, three quarters do not exceed.
    pub fn of(rule: &Rule, bands: &Bands, scores: &Scores) -> Self {
        Self(shown(rule, bands, scores))
    }

    /// The labels of the three bands, or [`HIDDEN`] three times.
    pub fn words(&self) -> [String; 3] {
        self.0.clone().unwrap_or_else(|| [HIDDEN; 3].map(str::to_owned))
    }
}

fn shown(rule: &Rule, bands: &Bands, scores: &Scores) -> Option<[String; 3]> {
    let mut of: Vec<usize> = scores.values.iter().map(|value| bands.band(*value)).collect::<Option<_>>()?;
    of.sort_unstable();
    let n = of.len();
    let small = rule.threshold as usize;
    let held = |band: usize| of.iter().filter(|other| **other == band).count();
    if n < FROM {
        return None;
    }
    let quartiles = [1, 2, 3].map(|quarter| of[(n * quarter).div_ceil(4) - 1]);
    let apart = quartiles[0] != quartiles[2];
    let large = quartiles.iter().all(|band| held(*band) >= small);
    (apart && large).then(|| quartiles.map(|band| bands.bands[band].1.clone()))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn weeks() -> Bands {
        Bands::new(vec![(0, "under 4".into()), (28, "4 to 8".into()), (63, "9 or more".into())]).unwrap()
    }

    /// So many in each band.
    fn scores(counts: [usize; 3]) -> Scores {
        let days = [5, 30, 90];
        let values = counts.into_iter().zip(days).flat_map(|(count, day)| std::iter::repeat_n(day, count));
        Scores::new(0, 400, values.collect()).unwrap()
    }

    fn quartiles(counts: [usize; 3]) -> [String; 3] {
        Quartiles::of(&Rule::QUARTER, &weeks(), &scores(counts)).words()
    }

    #[test]
    fn quartiles_are_bands() {
        assert_eq!(quartiles([8, 8, 8]), ["under 4", "4 to 8", "9 or more"]);
        assert_eq!(quartiles([5, 15, 0]), ["under 4", "4 to 8", "4 to 8"], "the fifth of twenty is the lower quartile");
        assert_eq!(quartiles([6, 10, 3]), ["[c]"; 3], "of nineteen");
        assert_eq!(quartiles([10, 4, 10]), ["[c]"; 3], "the median is one of four");
        assert_eq!(quartiles([20, 4, 0]), ["[c]"; 3], "nearly everybody is in one band");
        assert_eq!(quartiles([15, 5, 0]), ["[c]"; 3], "all three are in one band");
    }

    #[test]
    fn a_band_of_one_value_is_none() {
        assert_eq!(Bands::new(vec![(0, "a".into()), (1, "b".into())]), None);
        assert_eq!(Bands::new(vec![(0, "a".into())]), None);
        assert_eq!(Bands::new(vec![(2, "a".into()), (0, "b".into())]), None);
        assert_eq!(Bands::new(vec![(i64::MIN, "a".into()), (i64::MAX, "b".into())]), None);
    }

    #[test]
    fn waits_are_counts_in_bands() {
        let waits = weeks().contributions(&[(7, 0), (8, 27), (7, 28), (9, 63), (9, 900)]).unwrap();
        assert_eq!(waits.iter().map(|one| (one.who, one.class)).collect::<Vec<_>>(), [(7, 0), (8, 0), (7, 1), (9, 2), (9, 2)]);
        assert!(waits.iter().all(|one| one.amount == 1 && one.column == 0));
        assert_eq!(weeks().contributions(&[(7, -1)]), None);
        assert_eq!(weeks().labels().collect::<Vec<_>>(), ["under 4", "4 to 8", "9 or more"]);
    }

    /// Twenty to thirty contributors: whoever knows n and the quartiles finds every small count of a
    /// band possible, or none.
    #[test]
    fn no_quartiles_up_to_thirty_tell_a_small_count() {
        for n in 20..=30 {
            let mut counts: BTreeMap<[String; 3], Vec<BTreeSet<usize>>> = BTreeMap::new();
            for (one, two) in (0..=n).flat_map(|one| (0..=n - one).map(move |two| (one, two))) {
                let each = [one, two, n - one - two];
                let possible = counts.entry(quartiles(each)).or_insert_with(|| vec![BTreeSet::new(); 3]);
                possible.iter_mut().zip(each).for_each(|(possible, count)| _ = possible.insert(count));
            }
            assert!(counts.len() > 5, "some are shown");
            for (words, possible) in counts {
                for possible in possible {
                    let small: Vec<usize> = possible.range(1..5).copied().collect();
                    assert!(small.is_empty() || small == [1, 2, 3, 4], "{words:?} of {n}: {possible:?}");
                    assert!(possible.len() >= 5, "{words:?} of {n}: {possible:?}");
                }
            }
        }
    }
}
