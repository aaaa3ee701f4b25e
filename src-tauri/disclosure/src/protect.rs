//! The rule that decides which counts a release may show.
//!
//! 1. Under [`FEWEST_FAMILIES`] families there is no table.
//! 2. Zeros are shown. The total is shown; it cannot be small (any table that passes has a total of
//!    zero or of at least [`SMALLEST_SHOWN`]).
//! 3. A cell is **small** when its count is 1–4 or when 1–4 families stand behind it: one family
//!    with nine visits is still one family. Small cells are hidden.
//! 4. Then the next smallest count is hidden, every cell that has it at once, until `k ≥ 2` cells
//!    are hidden, the families behind them add up to at least `k + 3`, and their counts are not all
//!    the same. If there is nothing left to hide and the first two are still not met: no table.
//! 5. Every hidden cell looks alike, whatever hid it.
//!
//! Three points are stricter than "hidden cells sum to ≥ k + 3, next smallest first":
//! families are added up instead of counts (the same for infants, stricter for contacts); ties are
//! hidden together; and a row of equal hidden counts takes one more cell with it. Each closes an
//! attack below, and each costs cells only in the tables that are open to it.
//!
//! # What it resists
//!
//! - **A reader who knows what the page says** (zeros are printed, so a hidden count is at least 1;
//!   the total is known): every hidden cell could still be each of 1, 2, 3 and 4. The hidden sum is
//!   `S ≥ k + 3`, so one cell may take any value from 1 to `S − (k − 1) ≥ 4`.
//! - **A family that finds itself in the table** and takes its own counts away, in every hidden cell
//!   at once: at least `n − 1` remain in a cell with `n` families, so at least 3 are free to lie in
//!   any hidden cell. A cell it is not in could still be each of 1–4; in one it is in, the others
//!   could still be each of 0–3. (This is why families are added up: a family with four of five
//!   hidden visits would otherwise know that the fifth is alone.)
//! - **A reader who runs this rule on every possible table** finds no exact value: exactly
//!   recoverable, never. The rule does not look at the order of rows, so exchanging two hidden
//!   counts gives the same release; and hidden counts are not all equal, so every hidden cell has
//!   another to exchange with. (If all non-zero cells are hidden and equal, `1, …, 1, S − k + 1`
//!   gives the same release.) With ties broken by the order of rows, infants 5, 5, 4, 9 would be
//!   published as `[c]`, 5, `[c]`, 9 and, each infant a family, could only be 5, 5, 4, 9.
//!
//! # What it does not resist, yet
//!
//! - The reader who runs this rule can still *narrow* small cells: the next smallest is hidden, so
//!   counts hidden for others lie below the shown ones. Infants 4, 5, 6, 9 become `[c]`, `[c]`, 6, 9,
//!   and the two are a 4 and a 5, though it cannot be said which is which. In the smallest tables
//!   (3 rows with 20–40 infants and 4 rows with 20–24, all tried) some of 1–4 can be ruled out for
//!   22 % of small cells. The remedy, secret weights in the choice of what else to hide, comes with
//!   proof.
//! - The same reader who is also a family of the table, or two families who compare notes.
//! - **Two releases compared**: a family that joins or leaves between quarters changes counts that
//!   were safe one by one. One sealed release a quarter limits this; it does not end it.
//! - **Two tables of one release** tied together by what a local reader knows ("every phone call was
//!   answered"), and numbers published elsewhere. Tables are protected one by one.
//! - **What a whole table says of everyone in it**: a zero says "none of them", and one full cell
//!   says "all of them". The first form therefore has no table on a sensitive subject.
//! - **A wrong count of families**: too many, behind a cell or a table, is the input that weakens
//!   the rule.

use crate::protected::{Protected, Withheld};
use crate::table::{Row, Table};

/// A table with fewer families behind it is not shown at all.
pub const FEWEST_FAMILIES: u32 = 20;

/// The smallest count, and the fewest families behind one, that a cell may show.
pub const SMALLEST_SHOWN: u32 = 5;

/// The rule in the words that are printed on a release.
pub const RULE: &str = "Nothing is shown for fewer than 20 families. Zeros are shown. Counts of 1 to 4, and counts \
     that come from fewer than 5 families, are hidden, and enough of the next smallest counts that none can be worked \
     out from the total.";

/// The table as it may be published: safe in the sense of the module, or withheld with a sentence.
pub fn protect(table: Table) -> Protected {
    if table.families_behind() < u64::from(FEWEST_FAMILIES) {
        return Protected::withhold(table, Withheld::TooFewFamilies);
    }
    match hidden_cells(&table.rows) {
        Some(hidden) => Protected::hiding(table, &hidden),
        None => Protected::withhold(table, Withheld::CannotBeHidden),
    }
}

/// A table whose cells overlap, because one family can stand in several, as it may be published: it
/// has no total. Beside the small counts it hides those of all families or all but a few, because
/// the number of families is known from other tables and what is left over would be a small count.
/// The same number of cells is hidden as in a table with a total: two at the least.
pub fn protect_overlapping(table: Table) -> Protected {
    if table.families < FEWEST_FAMILIES {
        return Protected::withhold(table, Withheld::TooFewFamilies);
    }
    let left_over = |row: &Row| table.families.saturating_sub(row.count) < SMALLEST_SHOWN;
    let mut hidden: Vec<bool> = table.rows.iter().map(|row| is_small(row) || (row.count > 0 && left_over(row))).collect();
    if hidden.contains(&true) && among(&table.rows, &hidden, true).count() == 1 {
        let Some(next) = smallest_shown(&table.rows, &hidden) else {
            return Protected::withhold(table, Withheld::CannotBeHidden);
        };
        for (row, hide) in table.rows.iter().zip(&mut hidden) {
            *hide |= row.count == next;
        }
    }
    Protected::hiding_overlapping(table, &hidden)
}

/// For each row whether it is to be hidden; nothing if no choice of rows would do.
fn hidden_cells(rows: &[Row]) -> Option<Vec<bool>> {
    let mut hidden: Vec<bool> = rows.iter().map(is_small).collect();
    if !hidden.contains(&true) {
        return Some(hidden);
    }
    while !(covers(rows, &hidden) && differs(rows, &hidden)) {
        let Some(next) = smallest_shown(rows, &hidden) else {
            return covers(rows, &hidden).then_some(hidden);
        };
        for (row, hide) in rows.iter().zip(&mut hidden) {
            *hide |= row.count == next;
        }
    }
    Some(hidden)
}

fn is_small(row: &Row) -> bool {
    row.count > 0 && row.weight() < SMALLEST_SHOWN
}

/// Whether the hidden cells cover each other: at least two, and families enough that each of them
/// could hold any count from 1 to 4.
fn covers(rows: &[Row], hidden: &[bool]) -> bool {
    let weights: Vec<u64> = among(rows, hidden, true).map(|row| u64::from(row.weight())).collect();
    let cells = weights.len() as u64;
    cells >= 2 && weights.iter().sum::<u64>() >= cells + u64::from(SMALLEST_SHOWN) - 2
}

/// Whether the hidden counts are not all the same.
fn differs(rows: &[Row], hidden: &[bool]) -> bool {
    let counts: Vec<u32> = among(rows, hidden, true).map(|row| row.count).collect();
    counts.iter().any(|count| *count != counts[0])
}

fn smallest_shown(rows: &[Row], hidden: &[bool]) -> Option<u32> {
    among(rows, hidden, false).map(|row| row.count).filter(|count| *count > 0).min()
}

fn among<'a>(rows: &'a [Row], hidden: &'a [bool], which: bool) -> impl Iterator<Item = &'a Row> {
    rows.iter().zip(hidden).filter(move |(_, hide)| **hide == which).map(|(row, _)| row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protected::Cell::{self, Hidden, Shown};

    /// Cells as (count, families); as many families as the cells can account for.
    fn table(cells: &[(u32, u32)]) -> Table {
        Table {
            title: "Contacts by kind".into(),
            unit: "contacts".into(),
            note: String::new(),
            rows: cells
                .iter()
                .enumerate()
                .map(|(n, &(count, contributors))| Row { label: format!("kind {n}"), count, contributors })
                .collect(),
            families: cells.iter().map(|cell| cell.1).sum(),
        }
    }

    fn infants(counts: &[u32]) -> Table {
        table(&counts.iter().map(|&count| (count, count)).collect::<Vec<_>>())
    }

    fn shown(table: Table) -> Vec<Cell> {
        protect(table).rows().map(|(_, cell)| cell).collect()
    }

    #[test]
    fn a_table_without_small_cells_is_shown_whole() {
        assert_eq!(shown(infants(&[5, 0, 19])), [Shown(5), Shown(0), Shown(19)]);
        assert_eq!(protect(infants(&[5, 0, 19])).total(), Some(24));
    }

    #[test]
    fn a_small_cell_takes_the_next_smallest_with_it() {
        assert_eq!(shown(infants(&[3, 12, 9, 0])), [Hidden, Shown(12), Hidden, Shown(0)]);
    }

    #[test]
    fn small_cells_that_cover_each_other_take_nothing_with_them() {
        assert_eq!(shown(infants(&[2, 12, 9, 3])), [Hidden, Shown(12), Shown(9), Hidden]);
        assert_eq!(shown(infants(&[1, 12, 9, 3])), [Hidden, Shown(12), Hidden, Hidden], "1 + 3 < 2 + 3");
    }

    #[test]
    fn one_family_with_many_visits_is_one_family() {
        assert_eq!(shown(table(&[(9, 1), (30, 12), (40, 15)])), [Hidden, Hidden, Shown(40)]);
    }

    #[test]
    fn a_family_that_knows_its_own_visits_does_not_learn_anothers() {
        // 4 + 1 visits would satisfy k + 3; the family with four would know of the one.
        assert_eq!(shown(table(&[(4, 1), (1, 1), (30, 12), (40, 15)])), [Hidden, Hidden, Hidden, Shown(40)]);
    }

    #[test]
    fn ties_are_hidden_together() {
        assert_eq!(shown(infants(&[5, 5, 4, 9])), [Hidden, Hidden, Hidden, Shown(9)]);
    }

    #[test]
    fn equal_hidden_counts_take_one_more_with_them() {
        assert_eq!(shown(infants(&[4, 4, 5, 9])), [Hidden, Hidden, Hidden, Shown(9)]);
    }

    #[test]
    fn under_twenty_families_there_is_no_table() {
        assert!(protect(infants(&[10, 9])).withheld().is_some_and(|why| why.contains("fewer than 20 families")));
        assert!(protect(infants(&[10, 10])).withheld().is_none());
        let overstated = Table { families: 500, ..infants(&[10, 9]) };
        assert!(protect(overstated).withheld().is_some(), "the cells cannot account for 500 families");
    }

    #[test]
    fn a_table_that_cannot_be_made_safe_is_withheld() {
        let wide = protect(infants(&[1; 20]));
        assert!(wide.withheld().is_some());
        assert_eq!((wide.rows().count(), wide.total()), (0, None));
        let alone_with_many = vec![(9, 1); 18];
        let twenty_families = [alone_with_many, vec![(9, 2)]].concat();
        assert!(protect(table(&twenty_families)).withheld().is_some());
        let one_cell = Table { families: 20, ..table(&[(1, 20), (0, 0)]) };
        assert!(protect(one_cell).withheld().is_some());
    }

    #[test]
    fn an_overlapping_table_has_no_total_and_hides_both_ends() {
        let groups = |counts: &[u32]| protect_overlapping(Table { families: 40, ..infants(counts) });
        let cells = |table: &Protected| table.rows().map(|(_, cell)| cell).collect::<Vec<_>>();
        let both_ends = groups(&[3, 12, 38, 0, 20, 40]);
        assert_eq!(cells(&both_ends), [Hidden, Shown(12), Hidden, Shown(0), Shown(20), Hidden]);
        assert_eq!(both_ends.total(), None);
        assert_eq!(cells(&groups(&[2, 12, 12, 20])), [Hidden, Hidden, Hidden, Shown(20)], "one hidden cell takes company, ties together");
        assert_eq!(cells(&groups(&[9, 12])), [Shown(9), Shown(12)]);
        assert!(groups(&[3, 0, 0]).withheld().is_some(), "nothing to keep it company");
        assert!(protect_overlapping(Table { families: 19, ..infants(&[9, 12]) }).withheld().is_some());
    }

    #[test]
    fn the_largest_counts_do_not_overflow() {
        let total = protect(Table { families: 24, ..table(&[(u32::MAX, 9), (u32::MAX, 9), (6, 6)]) }).total();
        assert_eq!(total, Some(2 * u64::from(u32::MAX) + 6));
    }
}
