//! What is read off two exact tables of one period.

use proptest::prelude::*;

use super::*;
use crate::spec::{Banding, Zeros};
use crate::testing::spec;

/// A one-way table of exact numbers with its total; none where one is hidden.
fn table(spec: &Spec, banding: usize, lines: &[Option<u64>], total: u64) -> Protected {
    let cell = |number: &Option<u64>| number.map_or(Cell::Hidden, Cell::Shown);
    let cells = lines.iter().map(cell).chain([Cell::Shown(total)]).collect();
    Protected { spec: spec.clone(), banding, cells }
}

fn hiding(counts: &[u64], hidden: &[bool]) -> Vec<Option<u64>> {
    counts.iter().zip(hidden).map(|(count, hidden)| (!hidden).then_some(*count)).collect()
}

fn exact(classes: usize) -> Spec {
    Spec { zeros: Zeros::Shown, ..spec(classes) }
}

#[test]
fn a_number_that_changed_by_few_is_found_and_one_that_did_not_or_by_many_is_not() {
    let three = exact(3);
    let before = table(&three, 0, &[Some(10), Some(8), Some(20)], 38);
    for (lines, total, found) in [
        ([Some(10), Some(8), Some(20)], 38, None),
        ([Some(11), Some(8), Some(20)], 39, Some("Step 0")),
        ([Some(10), Some(8), Some(16)], 34, Some("Step 2")),
        ([Some(10), Some(8), Some(25)], 43, None),
        ([Some(15), Some(8), Some(15)], 38, None),
        // One went from one line to another, and the total is what it was.
        ([Some(11), Some(7), Some(20)], 38, Some("Step 0")),
        ([None, None, Some(20)], 38, None),
        ([None, None, Some(20)], 39, Some("Total")),
        // Six came, five of them into the line that is shown: one into those that are hidden.
        ([None, None, Some(25)], 44, Some("Total")),
        ([None, None, Some(26)], 44, None),
    ] {
        let now = table(&three, 0, &lines, total);
        assert_eq!(changed_by_few(&now, &before, 5).as_deref(), found, "{lines:?}");
        assert_eq!(changed_by_few(&before, &now, 5).is_some(), found.is_some(), "the other way round: {lines:?}");
    }
}

#[test]
fn lines_that_were_put_together_are_compared_with_those_they_are_of() {
    let line = |classes: &[usize]| Line { label: format!("{classes:?}"), classes: classes.to_vec() };
    let mut three = exact(3);
    three.bandings.push(Banding { says: "put steps 0 and 1 together".into(), lines: vec![line(&[0, 1]), line(&[2])] });
    let before = table(&three, 0, &[Some(10), Some(8), Some(20)], 38);
    let now = |together| table(&three, 1, &[Some(together), Some(20 + 38 - together - 20)], 38);
    assert_eq!(changed_by_few(&now(18), &before, 5), None);
    assert_eq!(changed_by_few(&now(19), &before, 5).as_deref(), Some("[0, 1]"));
    let hidden = table(&three, 0, &[Some(10), None, None], 38);
    assert_eq!(changed_by_few(&now(19), &hidden, 5), None, "nobody knows what the two lines were together");
}

#[test]
fn what_is_hidden_of_a_column_is_compared_too() {
    let mut two = Spec { columns: vec!["Yes".into(), "No".into()], ..exact(2) };
    two.zeros = Zeros::Shown;
    let of = |cells: [Cell; 9]| Protected { spec: two.clone(), banding: 0, cells: cells.to_vec() };
    use Cell::{Hidden, Shown};
    let before = of([Hidden, Hidden, Hidden, Hidden, Hidden, Hidden, Shown(20), Hidden, Shown(40)]);
    let now = of([Hidden, Hidden, Hidden, Hidden, Hidden, Hidden, Shown(30), Hidden, Shown(51)]);
    assert_eq!(changed_by_few(&now, &before, 5).as_deref(), Some("Total"), "eleven came, and ten of them are a yes");
}

#[test]
fn lines_cross_where_each_has_something_of_its_own() {
    let line = |classes: &[usize]| Line { label: String::new(), classes: classes.to_vec() };
    assert!(cross(&line(&[0, 1]), &line(&[1, 2])));
    for (one, other) in [(&[0, 1][..], &[1][..]), (&[1], &[0, 1]), (&[0], &[1]), (&[0, 1], &[0, 1])] {
        assert!(!cross(&line(one), &line(other)), "{one:?} {other:?}");
    }
}

proptest! {
    #[test]
    fn a_few_who_were_entered_late_are_found_wherever_they_stand_and_whatever_is_hidden(
        counts in proptest::collection::vec(5_u64..30, 4),
        hidden in proptest::array::uniform2(proptest::collection::vec(any::<bool>(), 4)),
        (late, line) in (1_u64..5, 0_usize..4),
    ) {
        let four = exact(4);
        let before = table(&four, 0, &hiding(&counts, &hidden[0]), counts.iter().sum());
        prop_assert_eq!(changed_by_few(&before, &before, 5), None);
        let mut more = counts;
        more[line] += late;
        let now = table(&four, 0, &hiding(&more, &hidden[1]), more.iter().sum());
        prop_assert!(changed_by_few(&now, &before, 5).is_some());
        prop_assert!(changed_by_few(&before, &now, 5).is_some());
    }

    #[test]
    fn who_went_from_one_line_to_another_is_found_unless_both_are_hidden(
        counts in proptest::collection::vec(5_u64..30, 4),
        hidden in proptest::array::uniform2(proptest::collection::vec(any::<bool>(), 4)),
        (from, to) in (0_usize..4, 0_usize..4),
    ) {
        prop_assume!(from != to);
        let four = exact(4);
        let total = counts.iter().sum();
        let before = table(&four, 0, &hiding(&counts, &hidden[0]), total);
        let mut moved = counts;
        moved[from] -= 1;
        moved[to] += 1;
        let now = table(&four, 0, &hiding(&moved, &hidden[1]), total);
        let is_hidden = |line: usize| hidden[0][line] || hidden[1][line];
        prop_assert_eq!(changed_by_few(&now, &before, 5).is_some(), !(is_hidden(from) && is_hidden(to)));
    }
}
