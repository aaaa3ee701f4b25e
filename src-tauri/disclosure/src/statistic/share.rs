//! What part of a total a number is.

use crate::publication::{Cell, Protected};
use crate::render::{HIDDEN, said};
use crate::rule::Rule;

/// The least total that a whole per cent is shown of, and "n of N".
const PERCENT_FROM: i64 = 20;
const OF_FROM: i64 = 10;

/// A share of a total, as it may be printed. It is made of the numbers that a table prints and of
/// nothing else, so it tells nobody more than the table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(Shown);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Percent(u64),
    UnderOne,
    OverNinetyNine,
    Of(u64, u64),
    Hidden,
}

/// Of which total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Of its line; where a contributor can be in several lines, each line has all of them.
    Line,
    /// Of its column.
    Column,
    /// Of the whole table.
    Table,
}

impl Share {
    /// The share of a place: a whole per cent of 20 or more, "n of N" of 10 to 19. A rounded total is
    /// taken for the least that it can be. It is hidden
    /// - if the place or the total is,
    /// - if the rest is hidden, being one place, or can be a small count,
    /// - if it is everything and the table is sensitive: that would be said of everybody there.
    ///
    /// A per cent of fewer than ten counts as a small number by the output rules of the UK
    /// Longitudinal Linkage Collaboration; that nobody and everybody disclose, by those of OpenSAFELY.
    pub fn of(rule: &Rule, table: &Protected, (line, column): (usize, usize), whole: Whole) -> Self {
        Self(shown(rule, table, (line, column), whole).unwrap_or(Shown::Hidden))
    }

    /// "35%", "under 1%", "12 of 15", or [`HIDDEN`].
    pub fn words(&self) -> String {
        match self.0 {
            Shown::Percent(percent) => format!("{percent}%"),
            Shown::UnderOne => "under 1%".to_owned(),
            Shown::OverNinetyNine => "over 99%".to_owned(),
            Shown::Of(part, all) => format!("{part} of {all}"),
            Shown::Hidden => HIDDEN.to_owned(),
        }
    }
}

/// What is shown of a place; none if it is hidden.
fn shown(rule: &Rule, table: &Protected, place: (usize, usize), whole: Whole) -> Option<Shown> {
    let lines = table.lines().count();
    let columns = table.columns().len();
    let total = match whole {
        Whole::Line if !table.spec.several => (place.0, columns),
        Whole::Column => (lines, place.1),
        Whole::Line | Whole::Table => (lines, columns),
    };
    if place == total {
        return None;
    }
    let (Cell::Shown(part), Cell::Shown(all)) = (table.cell(place.0, place.1), table.cell(total.0, total.1)) else { return None };
    let rest = all.checked_sub(part)?;
    let (part_said, all_said) = (said(rule, table, Cell::Shown(part), true)?, said(rule, table, Cell::Shown(all), true)?);

    let nothing_else = rule.base == 1 && rest == 0;
    let least_rest = all_said.least - part_said.most?;
    if nothing_else && table.spec.sensitive || !nothing_else && least_rest < i64::from(rule.threshold) {
        return None;
    }
    if let [Cell::Hidden] = beside(table, place, whole)[..] {
        return None;
    }
    match all_said.least {
        PERCENT_FROM.. => Some(percent(part, all)),
        OF_FROM.. => Some(Shown::Of(part, all)),
        _ => None,
    }
}

/// The other places that make up the whole, but for those that show that nobody is there.
fn beside(table: &Protected, place: (usize, usize), whole: Whole) -> Vec<Cell> {
    let (lines, width) = (table.lines().count(), table.spec.width());
    // The share of a total is beside the other totals of its kind.
    let of_lines = place.1 == width && !table.columns().is_empty();
    let of_columns = place.0 == lines;
    let fits = |line: usize, column: usize| match whole {
        Whole::Line => line == place.0 && column < width,
        Whole::Column => column == place.1 && line < lines,
        Whole::Table if of_lines => line < lines && column == width,
        Whole::Table if of_columns => line == lines && column < width,
        Whole::Table => line < lines && column < width,
    };
    let others = table.cells().filter(|(line, column, _)| (*line, *column) != place && fits(*line, *column));
    others.map(|(.., cell)| cell).filter(|cell| *cell != Cell::Shown(0)).collect()
}

/// A whole per cent, halves up; never none of some, and never all of fewer.
fn percent(part: u64, all: u64) -> Shown {
    let (part, all) = (u128::from(part), u128::from(all));
    match u64::try_from((200 * part + all) / (2 * all)).unwrap_or(u64::MAX) {
        0 if part > 0 => Shown::UnderOne,
        100 if part < all => Shown::OverNinetyNine,
        percent => Shown::Percent(percent),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::samples::spec;
    use crate::spec::{Spec, Zeros};
    use Cell::{Hidden as H, Shown as S};

    fn one_way(cells: Vec<Cell>, spec_of: impl Fn(Spec) -> Spec) -> Protected {
        let labels = ["A", "B", "C"];
        Protected { spec: spec_of(spec("t", "T", "families", &labels[..cells.len() - 1], &[])), banding: 0, cells }
    }

    fn exact(cells: Vec<Cell>) -> Protected {
        one_way(cells, |spec| Spec { zeros: Zeros::Shown, ..spec })
    }

    fn words(rule: &Rule, table: &Protected) -> String {
        Share::of(rule, table, (0, 0), Whole::Table).words()
    }

    #[test]
    fn a_share_is_a_whole_per_cent_of_twenty_and_a_pair_below() {
        let of = |part, all| words(&Rule::YEAR, &exact(vec![S(part), S(all - part - 6), S(6), S(all)]));
        assert_eq!(of(7, 20), "35%");
        assert_eq!(of(7, 19), "7 of 19");
        assert_eq!(of(5, 16), "5 of 16");
        assert_eq!(words(&Rule::YEAR, &exact(vec![S(5), S(4), S(9)])), "[c]", "of nine");
        assert_eq!(of(0, 30), "0%");
        assert_eq!(of(5, 2_000), "under 1%");
        assert_eq!(of(1_994, 2_000), "over 99%");
        assert_eq!(of(25, 200), "13%", "halves up");
    }

    #[test]
    fn a_rounded_total_counts_as_the_least_it_can_be() {
        let of = |part, all| words(&Rule::QUARTER, &one_way(vec![S(part), S(5), S(5), S(all)], |spec| spec));
        assert_eq!(of(10, 25), "40%");
        assert_eq!(of(10, 20), "10 of 20", "it can be 18");
        assert_eq!(of(20, 25), "[c]", "the rest can be 1");
    }

    #[test]
    fn a_hidden_part_total_or_rest_hides_it() {
        assert_eq!(words(&Rule::YEAR, &exact(vec![H, S(30), S(10), S(42)])), "[c]");
        assert_eq!(words(&Rule::YEAR, &exact(vec![S(30), S(30), S(10), H])), "[c]");
        assert_eq!(words(&Rule::YEAR, &exact(vec![S(30), H, S(37)])), "[c]", "the rest is one hidden place");
        assert_eq!(words(&Rule::YEAR, &exact(vec![S(30), H, S(0), S(37)])), "[c]", "and nobody elsewhere");
        assert_eq!(words(&Rule::YEAR, &exact(vec![S(30), H, H, S(37)])), "81%");
        assert_eq!(words(&Rule::YEAR, &exact(vec![S(30), H, H, S(33)])), "[c]", "the rest is small");
    }

    #[test]
    fn everything_is_said_only_where_it_harms_nobody() {
        let all = vec![S(30), S(0), S(0), S(30)];
        assert_eq!(words(&Rule::YEAR, &exact(all.clone())), "100%");
        assert_eq!(words(&Rule::YEAR, &one_way(all, |spec| Spec { zeros: Zeros::Shown, sensitive: true, ..spec })), "[c]");
    }

    #[test]
    fn a_share_of_its_line_of_its_column_and_of_all() {
        let columns = ["Seen", "Not seen"];
        let spec = Spec { zeros: Zeros::Shown, ..spec("t", "T", "contacts", &["A", "B"], &columns) };
        let table = Protected { spec, banding: 0, cells: vec![S(20), S(20), S(40), S(30), S(130), S(160), S(50), S(150), S(200)] };
        let share = |place, whole| Share::of(&Rule::YEAR, &table, place, whole).words();
        assert_eq!([Whole::Line, Whole::Column, Whole::Table].map(|whole| share((0, 0), whole)), ["50%", "40%", "10%"]);
        assert_eq!(share((0, 2), Whole::Table), "20%", "a line of all");
        assert_eq!(share((2, 1), Whole::Table), "75%", "a column of all");
        assert_eq!(share((2, 2), Whole::Table), "[c]", "all of all");
        assert_eq!(share((9, 9), Whole::Table), "[c]", "there is no such place");
    }

    #[test]
    fn where_one_can_be_in_several_lines_each_line_has_all_of_them() {
        let spec = Spec { several: true, ..spec("t", "T", "families", &["A", "B"], &["Yes", "No", "Not asked"]) };
        let n = Cell::Nothing;
        let cells = vec![S(20), S(40), S(40), n, S(30), H, H, n, n, n, n, S(100)];
        let table = Protected { spec, banding: 0, cells };
        assert_eq!(Share::of(&Rule::YEAR, &table, (1, 0), Whole::Line).words(), "30%");
    }

    /// Whatever the true counts of up to thirty are: a share is never shown of a small numerator, nor
    /// of one whose rest is small, and all true counts that print the same have the same share.
    #[test]
    fn no_share_up_to_thirty_tells_a_small_count() {
        let hide = |count: u64| if (1..5).contains(&count) { H } else { S(count) };
        let mut shares = std::collections::BTreeMap::new();
        for all in 0..=30_u64 {
            for part in 0..=all {
                let table = exact(vec![hide(part), hide(all - part), hide(all)]);
                let share = words(&Rule::YEAR, &table);
                if share != "[c]" {
                    assert!(part == 0 || part >= 5, "{part} of {all}");
                    assert!(all == part || all - part >= 5, "{part} of {all}");
                    assert!(all >= 20 || share == format!("{part} of {all}"));
                }
                let printed = format!("{:?}", table.cells().collect::<Vec<_>>());
                assert_eq!(shares.entry(printed).or_insert_with(|| share.clone()), &share);
            }
        }
    }

    proptest! {
        #[test]
        fn a_rounded_share_is_never_of_a_small_rest(part in 5_u64..300, rest in 0_u64..300, base in 2_u32..=10) {
            let rule = Rule { base, ..Rule::QUARTER };
            let base = u64::from(base);
            let show = |count: u64| if count < 5 { H } else { S((count + base / 2) / base * base) };
            let table = one_way(vec![show(part), show(rest), show(part + rest)], |spec| spec);
            if words(&rule, &table) != "[c]" {
                prop_assert!(rest >= 5, "{part} and {rest}");
            }
        }
    }
}
