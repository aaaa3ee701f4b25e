//! What a table cannot stand beside, whatever is hidden in it: earlier tables of the same specification whose lines cross its
//! own, and those of the same period that it corrects by a small number.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::ask::Withheld;
use crate::publication::{Cell, Protected, Publication};
use crate::search::{Draft, Search, is_like};
use crate::spec::{Line, Spec};

impl Search<'_> {
    /// What was seen before beside which a table cannot stand, because a line of the one has some but not all of the classes of a
    /// line of the other: the difference would be a number that stands in neither, and of which nothing is proven. Of the same
    /// period, another version of the specification with other classes is as far from it: nobody could say what both tell.
    pub fn crossed(&self, draft: &Draft<'_>) -> Option<Withheld> {
        let (spec, banding) = (draft.truth.tally.spec(), draft.truth.banding);
        self.first_beside(spec, false, |earlier, table| {
            if !spec.has_places_of(table.spec()) {
                return (earlier.when.quarter == self.ask.when.quarter).then(|| "Total".to_owned());
            }
            let theirs = &table.spec().bandings[table.banding()].lines;
            let own = spec.bandings[banding].lines.iter();
            own.clone().find(|line| theirs.iter().any(|other| cross(line, other))).map(|line| line.label.clone())
        })
    }

    /// What has left of the same period beside which a table cannot stand, because both print exact numbers, and something that they
    /// print or that can be reckoned from it is another one now, by less than the threshold: whoever knows that one family was
    /// entered late reads off where it stands. A number that stayed as it was tells of nobody.
    pub fn changed(&self, draft: &Draft<'_>) -> Option<Withheld> {
        if draft.withheld || self.ask.rule.base > 1 {
            return None;
        }
        let now = draft.table();
        self.first_beside(now.spec(), true, |earlier, table| {
            let is_corrected = earlier.left
                && earlier.rule.base == 1
                && earlier.when.quarter == self.ask.when.quarter
                && earlier.when != self.ask.when
                && table.name() == now.name()
                && now.spec().has_places_of(table.spec());
            is_corrected.then(|| changed_by_few(&now, table, i64::from(self.ask.rule.threshold))).flatten()
        })
    }

    /// The first earlier table of a specification of which something can be told, and what: what has left before what was only
    /// looked at, the latest first. `few` says for which of the two causes.
    fn first_beside(&self, spec: &Spec, few: bool, told: impl Fn(&Publication, &Protected) -> Option<String>) -> Option<Withheld> {
        let mut earlier: Vec<&Publication> = self.ask.before.iter().collect();
        earlier.sort_by_key(|earlier| (Reverse(earlier.left), Reverse(earlier.when)));
        earlier.into_iter().find_map(|earlier| {
            let tables = earlier.tables.iter().filter(|table| !table.is_withheld() && is_like(table.spec(), spec));
            tables.into_iter().find_map(|table| {
                Some(Withheld::CannotStandBeside {
                    place: told(earlier, table)?,
                    publication: earlier.name.clone(),
                    left: earlier.left,
                    table: table.title().to_owned(),
                    few,
                })
            })
        })
    }
}

/// Whether two lines have some classes in common, and each has others too.
fn cross(one: &Line, other: &Line) -> bool {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.classes.iter().collect(), other.classes.iter().collect());
    !one.is_disjoint(&other) && !one.is_subset(&other) && !other.is_subset(&one)
}

/// A place in which two exact tables of one period differ by less than the threshold; none if there is none. Their lines do not
/// cross, so those of the finer one are put together. What is hidden of a line, a column or all is a number too, if the rest and the
/// total are printed in both.
fn changed_by_few(now: &Protected, before: &Protected, threshold: i64) -> Option<String> {
    let lines = common_lines(now, before);
    let stride = now.stride();
    let total = |table: &Protected, column: usize| shown(table.cell(table.lines().count(), column));
    let inner = if stride == 1 { 1 } else { stride - 1 };
    // Line by line, with the line of totals last.
    let mut apart: Vec<Vec<Option<i64>>> = lines
        .iter()
        .map(|line| (0..stride).map(|column| Some(put_together(now, line, column)? - put_together(before, line, column)?)).collect())
        .collect();
    apart.push((0..stride).map(|column| Some(total(now, column)? - total(before, column)?)).collect());
    let all = apart[lines.len()][stride - 1];
    if now.spec().several {
        // Each line divides all.
        apart[..lines.len()].iter_mut().for_each(|line| line[stride - 1] = all);
    }
    let few = |apart: &i64| *apart != 0 && apart.abs() < threshold;
    let place = |line: usize, column: usize| match lines.get(line) {
        Some(line) => place_of(now, line, column),
        None => now.place(now.lines().count(), column),
    };
    for (line, numbers) in apart.iter().enumerate() {
        for (column, number) in numbers.iter().enumerate() {
            if number.is_some_and(|number| few(&number)) {
                return Some(place(line, column));
            }
        }
        if stride > 1 && (line < lines.len() || !now.spec().several) && few(&rest(numbers[stride - 1], &numbers[..inner])) {
            return Some(place(line, stride - 1));
        }
    }
    let columns = if now.spec().several { 0..0 } else { 0..stride };
    let of = |column: usize| -> Vec<Option<i64>> { apart[..lines.len()].iter().map(|line| line[column]).collect() };
    columns.into_iter().find(|column| few(&rest(apart[lines.len()][*column], &of(*column)))).map(|column| place(lines.len(), column))
}

/// By how much what is hidden among some numbers has changed together, as their total tells it; 0 if it does not.
fn rest(total: Option<i64>, parts: &[Option<i64>]) -> i64 {
    total.map_or(0, |total| total - parts.iter().flatten().sum::<i64>())
}

fn shown(cell: Cell) -> Option<i64> {
    match cell {
        Cell::Shown(number) => i64::try_from(number).ok(),
        Cell::Hidden | Cell::Nothing => None,
    }
}

/// The lines of two tables that no line of the other contains.
fn common_lines(now: &Protected, before: &Protected) -> Vec<BTreeSet<usize>> {
    let lines = |table: &Protected| {
        let lines = table.spec().bandings[table.banding()].lines.iter();
        lines.map(|line| line.classes.iter().copied().collect::<BTreeSet<usize>>()).collect::<Vec<_>>()
    };
    let mut all = lines(now);
    all.extend(lines(before));
    all.sort_by_key(|line| (line.first().copied(), Reverse(line.len())));
    let mut common: Vec<BTreeSet<usize>> = Vec::new();
    for line in all {
        if !common.iter().any(|larger| line.is_subset(larger)) {
            common.push(line);
        }
    }
    common
}

/// What a table shows of some classes, its lines of them put together; none if one of these is hidden.
fn put_together(table: &Protected, classes: &BTreeSet<usize>, column: usize) -> Option<i64> {
    let lines = &table.spec().bandings[table.banding()].lines;
    let within = lines.iter().enumerate().filter(|(_, line)| line.classes.iter().all(|class| classes.contains(class)));
    within.map(|(line, _)| shown(table.cell(line, column))).sum()
}

/// The first place of a table that is of some classes.
fn place_of(table: &Protected, classes: &BTreeSet<usize>, column: usize) -> String {
    let lines = &table.spec().bandings[table.banding()].lines;
    let line = lines.iter().position(|line| line.classes.iter().any(|class| classes.contains(class)));
    table.place(line.unwrap_or(lines.len()), column)
}

#[cfg(test)]
mod tests;
