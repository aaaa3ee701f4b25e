//! Patterns: cheapest among all, and safe whenever they are asked for.

use proptest::prelude::*;

use super::super::{Grid, cheapest, safe};
use super::tables::{caseload, table};

/// The cost of the cheapest safe pattern, by trying all of them.
fn cheapest_of_all(grid: &Grid) -> Option<u64> {
    let free: Vec<usize> = (0..grid.cells()).filter(|&cell| grid.may_hide(cell) && !grid.must_hide[cell]).collect();
    let mut best: Option<u64> = None;
    for chosen in 0_u32..1 << free.len() {
        let mut hidden = grid.must_hide.clone();
        free.iter().enumerate().for_each(|(number, &cell)| hidden[cell] = chosen >> number & 1 == 1);
        let cost = grid.cost(&hidden);
        if best.is_none_or(|best| cost < best) && safe(grid, &hidden) {
            best = Some(cost);
        }
    }
    best
}

/// A table of at most 12 numbers, some of which are known, with any weights.
pub(super) fn small() -> impl Strategy<Value = Grid> {
    let size = prop_oneof![(1..=1_usize, 1..=9_usize), (2..=2_usize, 1..=3_usize), (3..=3_usize, 1..=2_usize), (5..=5_usize, 1..=1_usize)];
    size.prop_flat_map(|(rows, columns)| {
        let count = prop_oneof![3 => 0..8_u64, 1 => 0..30_u64];
        let cells = if rows == 1 { columns + 1 } else { (rows + 1) * (columns + 1) };
        let inner = prop::collection::vec(count, rows * columns);
        let weights = prop::collection::vec(0..25_u64, cells);
        let known = prop::collection::vec(prop::bool::weighted(0.1), cells);
        (Just((rows, columns)), inner, 0..=1_u64, 2..=6_u64, weights, known)
    })
    .prop_map(|((rows, columns), inner, floor, threshold, weights, known)| {
        let mut grid = table(rows, columns, &inner, floor, threshold);
        for (cell, known) in known.into_iter().enumerate() {
            grid.must_show[cell] |= known && !grid.must_hide[cell];
        }
        Grid { weights, ..grid }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 150 } else { 3000 }))]

    #[test]
    fn a_pattern_is_the_cheapest_of_all(grid in small()) {
        let found = cheapest(&grid, &mut || true);
        prop_assert_eq!(found.as_ref().map(|found| found.cost), cheapest_of_all(&grid));
        if let Some(found) = found {
            prop_assert!(safe(&grid, &found.hidden));
            prop_assert_eq!(found.cost, grid.cost(&found.hidden));
            prop_assert_eq!(found.cost, found.bound);
        }
    }

    #[test]
    fn whenever_it_is_stopped_it_answers_a_safe_pattern_and_a_bound(seed in 0..10_000_u64, number in 20..300_u64, floor in 0..=1_u64, rounds in 0..12_usize) {
        let grid = caseload(5, 4, number, floor, seed);
        let best = cheapest(&grid, &mut || true).unwrap();
        let mut left = rounds;
        let stopped = cheapest(&grid, &mut || {
            left = left.saturating_sub(1);
            left > 0
        }).unwrap();
        prop_assert!(safe(&grid, &stopped.hidden));
        prop_assert!(stopped.bound <= best.cost && best.cost <= stopped.cost && best.cost == best.bound);
    }
}

#[test]
fn a_row_that_would_give_its_small_numbers_away_is_not_safe() {
    // 7 - 5 = 2 over two hidden cells, each at least 1: both are 1.
    let grid = table(1, 4, &[1, 1, 0, 5], 1, 5);
    assert!(!safe(&grid, &grid.must_hide));
    let found = cheapest(&grid, &mut || true).unwrap();
    assert!(safe(&grid, &found.hidden) && found.cost == 1);
}

#[test]
fn what_can_never_be_safe_has_no_pattern() {
    let mut grid = table(2, 2, &[3, 9, 8, 7], 1, 5);
    grid.must_show = grid.must_hide.iter().map(|hide| !hide).collect();
    assert_eq!(cheapest(&grid, &mut || true), None);
}

#[test]
fn where_nothing_is_small_nothing_is_hidden() {
    let grid = table(2, 2, &[13, 9, 8, 7], 1, 5);
    let found = cheapest(&grid, &mut || false).unwrap();
    assert!(found.cost == 0 && found.bound == 0 && !found.hidden.contains(&true));
}

#[test]
fn the_same_table_is_protected_the_same_way() {
    let grid = caseload(8, 6, 150, 1, 7);
    assert_eq!(cheapest(&grid, &mut || true), cheapest(&grid, &mut || true));
}
