//! How scores changed between a first and a last time, of those who were scored twice.

mod interval;

use std::fmt;

use interval::Moments;

use super::{FAR, in_tenths};
use crate::render::HIDDEN;
use crate::rule::Rule;
use crate::tally::Contribution;

/// The least number of pairs of which a mean change is shown, and a direction.
const MEAN_FROM: usize = 20;
const DIRECTION_FROM: usize = 10;

/// The widest scale, in points, that changes are told of.
const WIDEST: i64 = 1_000;

/// The classes of [`Pairs::contributions`], in their order.
pub const RELIABLY: [&str; 3] = ["Reliably better", "No reliable change", "Reliably worse"];

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// A lower score.
    Lower,
    /// A higher score.
    Higher,
}

/// Those who were scored twice, with both scores; nobody who was scored once is in it, so that no
/// difference of two groups tells who stopped coming. They never leave: nothing here can be
/// written down.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairs {
    /// The most that a score can change.
    most: i64,
    better: Better,
    /// By how many points a score must change to be reliably another one.
    reliable: i64,
    /// Who, and last less first.
    changes: Vec<(u32, i64)>,
}

impl Pairs {
    /// Pairs `(who, first, last)` on a scale from `scale.0` to `scale.1`; each contributor once.
    /// `reliable` is the least change in points that is more than the error of measurement: Jacobson
    /// and Truax, Journal of Consulting and Clinical Psychology 59 (1991), 12–19.
    ///
    /// None if a score is off the scale, the scale has over a thousand points, somebody is there twice,
    /// or a change of nothing would be reliable.
    pub fn new(scale: (i64, i64), better: Better, reliable: i64, pairs: &[(u32, i64, i64)]) -> Option<Self> {
        let (least, most) = scale;
        let each: std::collections::BTreeSet<u32> = pairs.iter().map(|(who, ..)| *who).collect();
        let fits = -FAR <= least
            && least < most
            && most <= FAR
            && most - least <= WIDEST
            && reliable > 0
            && each.len() == pairs.len()
            && pairs.len() < FAR.unsigned_abs() as usize;
        let on_scale = |&(_, first, last): &(u32, i64, i64)| [first, last].iter().all(|score| (least..=most).contains(score));
        (fits && pairs.iter().all(on_scale)).then(|| Self {
            most: most - least,
            better,
            reliable,
            changes: pairs.iter().map(|&(who, first, last)| (who, last - first)).collect(),
        })
    }

    /// Each pair in one of the classes [`RELIABLY`]. They are counts like any others, and are
    /// published as a table that is [`protect`](crate::protect())ed, by a specification that is
    /// sensitive.
    pub fn contributions(&self) -> Vec<Contribution> {
        let class = |change: i64| match self.gain(change) {
            gain if gain >= self.reliable => 0,
            gain if gain <= -self.reliable => 2,
            _ => 1,
        };
        self.changes.iter().map(|&(who, change)| Contribution { who, class: class(change), column: 0, amount: 1 }).collect()
    }

    fn moments(&self) -> Moments {
        let changes = self.changes.iter().map(|(_, change)| change);
        Moments { n: self.changes.len() as i64, sum: changes.clone().sum(), squares: changes.map(|change| change * change).sum() }
    }

    fn gain(&self, change: i64) -> i64 {
        match self.better {
            Better::Lower => -change,
            Better::Higher => change,
        }
    }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pairs")
    }
}

/// A change as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change(Shown);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// The mean, and how far the ends of its interval are from it, in tenths.
    Mean(i64, i64),
    Direction(Direction),
    Hidden,
}

/// Which way a mean changed, where its 95% interval does not reach zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// The interval is on the better side.
    Better,
    /// The interval is on the worse side.
    Worse,
    /// The interval reaches zero.
    Unclear,
}

impl Change {
    /// The mean change of at least twenty pairs with its 95% interval (Student), or the direction
    /// alone of ten to nineteen.
    ///
    /// The mean is rounded as a [`Mean`](super::Mean) is. Both ends are as far from the rounded mean
    /// as holds the true interval however the mean was rounded, to the same step and never nearer
    /// than two steps: so they are never too narrow. It is hidden
    /// - where nearly everybody could have changed from one end of the scale to the other,
    /// - where the scale leaves a reader fewer than five sums for mean and interval together, or one
    ///   of the pairs, who knows how they changed, a single one.
    pub fn of(rule: &Rule, pairs: &Pairs) -> Self {
        Self(match pairs.changes.len() {
            MEAN_FROM.. => pairs.moments().shown(rule, pairs.most).map_or(Shown::Hidden, |(mean, within)| Shown::Mean(mean, within)),
            DIRECTION_FROM.. => Shown::Direction(direction(pairs)),
            _ => Shown::Hidden,
        })
    }

    /// "−2.5 points (95% interval −4.0 to −1.0)", "clearly better", or [`HIDDEN`].
    pub fn words(&self) -> String {
        match self.0 {
            Shown::Mean(mean, within) => {
                let [mean, from, to] = [mean, mean - within, mean + within].map(in_tenths);
                format!("{mean} points (95% interval {from} to {to})")
            }
            Shown::Direction(Direction::Better) => "clearly better".to_owned(),
            Shown::Direction(Direction::Worse) => "clearly worse".to_owned(),
            Shown::Direction(Direction::Unclear) => "no clear change".to_owned(),
            Shown::Hidden => HIDDEN.to_owned(),
        }
    }
}

fn direction(pairs: &Pairs) -> Direction {
    let moments = pairs.moments();
    let mean = pairs.gain(moments.sum) as f64 / moments.n as f64;
    match moments.half_interval() {
        half if mean > half => Direction::Better,
        half if mean < -half => Direction::Worse,
        _ => Direction::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pairs with these changes on a scale from 0 to 27, or with its ends as given.
    fn pairs(most: i64, changes: &[i64]) -> Pairs {
        let pair = |(who, change): (u32, &i64)| if *change < 0 { (who, -change, 0) } else { (who, 0, *change) };
        Pairs::new((0, most), Better::Lower, 6, &(0..).zip(changes).map(pair).collect::<Vec<_>>()).unwrap()
    }

    fn words(changes: &[i64]) -> String {
        Change::of(&Rule::QUARTER, &pairs(27, changes)).words()
    }

    #[test]
    fn a_change_of_twenty_pairs_has_its_interval() {
        let changes = [-8, -3, 0, 2, -5, -6, -1, -4, -9, 1, -2, -7, -3, -4, 0, -6, -5, -2, -3, -1];
        assert_eq!(words(&changes), "−3.5 points (95% interval −5.5 to −1.5)", "−3.3, and 1.42 to each side");
        assert_eq!(words(&changes[..19]), "clearly better");
        assert_eq!(words(&changes.map(|change| -change)[..19]), "clearly worse");
        assert_eq!(words(&changes[..9]), "[c]", "of nine");
        assert_eq!(words(&[-5, 5, -4, 4, -3, 3, -2, 2, -1, 1]), "no clear change");
    }

    #[test]
    fn everybody_from_one_end_to_the_other_is_hidden() {
        assert_eq!(words(&[-27; 20]), "[c]");
        assert_eq!(words(&[-2; 20]), "−2.0 points (95% interval −3.0 to −1.0)", "no narrower for being all alike");
    }

    #[test]
    fn reliable_changes_are_counts_in_three_classes() {
        let classes = |better| {
            let pairs = Pairs::new((0, 27), better, 6, &[(4, 20, 14), (5, 20, 15), (6, 5, 11), (7, 5, 5)]).unwrap();
            pairs.contributions().iter().map(|one| (one.who, one.class, one.amount)).collect::<Vec<_>>()
        };
        assert_eq!(classes(Better::Lower), [(4, 0, 1), (5, 1, 1), (6, 2, 1), (7, 1, 1)]);
        assert_eq!(classes(Better::Higher), [(4, 2, 1), (5, 1, 1), (6, 0, 1), (7, 1, 1)]);
    }

    #[test]
    fn what_is_no_pair_is_refused_and_no_pair_is_written_down() {
        let new = |pairs: &[(u32, i64, i64)]| Pairs::new((0, 27), Better::Lower, 6, pairs);
        assert_eq!(new(&[(1, 28, 0)]), None);
        assert_eq!(new(&[(1, 2, 0), (1, 3, 0)]), None, "the same contributor twice");
        assert_eq!(Pairs::new((0, 27), Better::Lower, 0, &[]), None);
        assert_eq!(Pairs::new((0, 1_001), Better::Lower, 6, &[]), None);
        assert_eq!(format!("{:?}", new(&[(1, 2, 0)])), "Some(Pairs)");
    }

    /// The rule must not cost the figure itself: of a hundred groups that changed as groups do, nearly
    /// all have one.
    #[test]
    fn a_usual_group_has_its_mean() {
        let (mut seed, mut shown) = (1_u64, 0);
        let mut roll = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(seed >> 33).unwrap() % 7
        };
        for group in 0..100 {
            let changes: Vec<i64> = (0..20 + group % 40).map(|_| roll() + roll() - roll() - 8).collect();
            shown += usize::from(words(&changes).contains("interval"));
        }
        assert!(shown >= 90, "{shown} of 100");
    }

    proptest! {
        #[test]
        fn the_interval_that_is_printed_holds_the_true_one(changes in prop::collection::vec(-20_i64..=20, 20..80)) {
            let pairs = pairs(27, &changes);
            let mean = changes.iter().sum::<i64>() as f64 / changes.len() as f64;
            let half = pairs.moments().half_interval();
            if let Shown::Mean(rounded, within) = Change::of(&Rule::QUARTER, &pairs).0 {
                prop_assert!((rounded - within) as f64 <= (mean - half) * 10.0 + 1e-9);
                prop_assert!((rounded + within) as f64 >= (mean + half) * 10.0 - 1e-9);
                prop_assert!(within as f64 <= half * 10.0 + 2.0 * crate::statistic::step(changes.len()) as f64 + 1e-9, "and not by much more");
            }
        }
    }
}
