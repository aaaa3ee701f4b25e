//! Which numbers a rule can have made, alone and beside the others of their table.

use attune_proof::Printed;

use super::CsvRefused;
use crate::publication::{Cell, Protected};
use crate::render::printed;
use crate::rule::Rule;
use crate::spec::Counts;

/// Whether nothing can be counted in a place.
pub(super) fn is_impossible(table: &Protected, line: usize, column: usize) -> bool {
    let spec = &table.spec;
    let banded = &spec.bandings[table.banding].lines;
    let lines = banded.get(line).map_or(&banded[..], std::slice::from_ref);
    let column = (column < spec.columns.len()).then_some(column);
    let mut places = lines.iter().flat_map(|line| spec.places(line, column));
    places.all(|place| spec.impossible.contains(&(place / spec.width(), place % spec.width())))
}

/// What a cell says, to somebody who knows the rule; none if the rule cannot have made it. A zero can
/// always be where there is `nobody`.
pub(crate) fn said(rule: &Rule, table: &Protected, cell: Cell, nobody: bool) -> Option<Printed> {
    Printed::of(&attune_proof::Cell {
        release: String::new(),
        table: String::new(),
        line: String::new(),
        sum: if nobody { Vec::new() } else { vec![(0, 1)] },
        printed: printed(cell),
        base: rule.base,
        from: match table.spec.counts {
            Counts::Units(_) => rule.threshold,
            Counts::Sums => rule.threshold.max(rule.sums_from),
        },
        floor: table.floor(),
        own: 0,
        parts: Vec::new(),
    })
}

/// Whether the numbers can be those of one table: what is shown of its parts leaves room for what
/// is shown of each total.
pub(super) fn adds_up(rule: &Rule, table: &Protected) -> Result<(), CsvRefused> {
    let lines = table.lines().count();
    let columns = table.columns().len();
    let width = table.spec.width();
    let inner = |lines: std::ops::Range<usize>, columns: std::ops::Range<usize>| -> Vec<(usize, usize)> {
        lines.flat_map(|line| columns.clone().map(move |column| (line, column))).collect()
    };
    let total = (lines, columns);
    let mut sums = Vec::new();
    if table.spec.several {
        if columns > 0 {
            sums.extend((0..lines).map(|line| (total, inner(line..line + 1, 0..width))));
        }
    } else {
        sums.push((total, inner(0..lines, 0..width)));
        if columns > 0 {
            sums.push((total, inner(0..lines, columns..columns + 1)));
            sums.push((total, inner(lines..lines + 1, 0..width)));
            sums.extend((0..lines).map(|line| ((line, columns), inner(line..line + 1, 0..width))));
            sums.extend((0..width).map(|column| ((lines, column), inner(0..lines, column..column + 1))));
        }
    }
    for ((line, column), parts) in sums {
        let range = |(line, column): (usize, usize)| said(rule, table, table.cell(line, column), is_impossible(table, line, column));
        let whole = range((line, column)).map(|said| (i128::from(said.least), said.most.map(i128::from)));
        let parts = parts.into_iter().map(range).try_fold((0, Some(0)), |(least, most), part| {
            let part = part?;
            Some((least + i128::from(part.least), most.zip(part.most).map(|(most, part)| most + i128::from(part))))
        });
        let meet = whole.zip(parts).is_some_and(|((least, most), (parts_least, parts_most))| {
            most.is_none_or(|most| parts_least <= most) && parts_most.is_none_or(|parts_most| least <= parts_most)
        });
        if !meet {
            return Err(CsvRefused::Impossible { what: (table.title().to_owned(), table.place(line, column)) });
        }
    }
    Ok(())
}
