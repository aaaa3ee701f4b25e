//! Every small table: what a reader finds is what is in every table that looks the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Grid;
use super::super::audit::{point, ranges};
use super::tables::table;

/// Every way to put `number` units or fewer into cells.
fn fillings(cells: usize, number: u64) -> Vec<Vec<u64>> {
    (0..cells).fold(vec![Vec::new()], |fillings, _| {
        let more = |filling: Vec<u64>| {
            let left = number - filling.iter().sum::<u64>();
            (0..=left).map(move |count| filling.iter().copied().chain([count]).collect())
        };
        fillings.into_iter().flat_map(more).collect()
    })
}

/// What is shown of each table, and what each cell is in the tables of which this is shown.
type Looks = BTreeMap<Vec<Option<u64>>, (Vec<Grid>, Vec<BTreeSet<u64>>)>;

fn looks(rows: usize, columns: usize, number: u64, floor: u64, hides: impl Fn(usize) -> bool) -> Looks {
    let mut looks = Looks::new();
    for inner in fillings(rows * columns, number) {
        let grid = table(rows, columns, &inner, floor, 5);
        let shown = (0..grid.cells()).map(|cell| (!hides(cell) || grid.must_show[cell]).then_some(grid.counts[cell])).collect();
        let (grids, values) = looks.entry(shown).or_insert_with(|| (Vec::new(), vec![BTreeSet::new(); grid.cells()]));
        values.iter_mut().zip(&grid.counts).for_each(|(values, count)| {
            values.insert(*count);
        });
        if grids.len() < 2 {
            grids.push(grid);
        }
    }
    looks
}

/// The patterns leave the whole shown, so that no table that looks the same has more units.
#[test]
fn a_reader_finds_what_all_tables_that_look_the_same_have() {
    for (rows, columns) in (1..=3).flat_map(|rows| (1..=3).map(move |columns| (rows, columns))) {
        let number = if cfg!(debug_assertions) && rows * columns > 6 { 6 } else { 12 };
        let last = if rows == 1 { columns } else { (rows + 1) * (columns + 1) - 1 };
        for (floor, every) in [(0, 1), (1, 1), (0, 2), (1, 2), (1, 3), (0, 4)] {
            let looks = looks(rows, columns, number, floor, |cell| cell != last && (every == 1 || cell % every != 1));
            for (shown, (grids, values)) in looks {
                let hidden: Vec<bool> = shown.iter().map(Option::is_none).collect();
                for grid in grids {
                    for (range, values) in ranges(&grid, &hidden).into_iter().zip(&values) {
                        let all: BTreeSet<u64> = (range.least..=range.most.unwrap()).collect();
                        assert_eq!(&all, values, "{grid:?} {hidden:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_value_of_a_range_has_a_table_and_no_other_has() {
    for inner in fillings(4, 7) {
        for (floor, every) in [(0, 2), (1, 2), (0, 3), (1, 1), (0, 1), (1, 4)] {
            let grid = table(2, 2, &inner, floor, 5);
            let hidden: Vec<bool> = (0..grid.cells()).map(|cell| grid.may_hide(cell) && cell % every == 0).collect();
            for (cell, range) in ranges(&grid, &hidden).into_iter().enumerate() {
                for value in 0..20 {
                    let found = point(&grid, &hidden, cell, value);
                    assert_eq!(found.is_some(), value >= range.least && range.most.is_none_or(|most| value <= most));
                    let Some(counts) = found else { continue };
                    assert_eq!(counts[cell], value);
                    let inner: Vec<u64> = (0..4).map(|cell| counts[cell / 2 * 3 + cell % 2]).collect();
                    assert_eq!(table(2, 2, &inner, floor, 5).counts, counts);
                    assert!((0..grid.cells()).all(|cell| if hidden[cell] {
                        counts[cell] >= floor
                    } else {
                        counts[cell] == grid.counts[cell]
                    }));
                }
            }
        }
    }
}

#[test]
fn a_number_that_nothing_holds_has_no_most() {
    let grid = table(2, 2, &[3, 4, 5, 6], 1, 5);
    let ranges = ranges(&grid, &[true; 9]);
    assert!(ranges.iter().all(|range| range.most.is_none()));
    assert_eq!(ranges.iter().map(|range| range.least).collect::<Vec<_>>(), [1, 1, 2, 1, 1, 2, 2, 2, 4]);
}
