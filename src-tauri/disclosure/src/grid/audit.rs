//! What a reader can find of hidden numbers who knows the printed ones, that all are whole numbers
//! that add up, and the least a hidden one can be.

use super::Grid;
use super::flow::{ENDLESS, Flow};
use super::web::{Way, Web};

/// Which numbers one can be: all of these, and no other.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    /// The least.
    pub(crate) least: u64,
    /// The most; none if it could be any.
    pub(crate) most: Option<u64>,
}

/// What a reader finds for each number; of a shown one, itself. The table must be one in which what
/// is hidden is not below the floor.
#[cfg(test)]
pub(crate) fn ranges(grid: &Grid, hidden: &[bool]) -> Vec<Range> {
    let web = Web::of(grid);
    let mut reader = Reader::new(&web, hidden);
    let range = |cell: usize| {
        let count = grid.counts[cell];
        if !hidden[cell] {
            return Range { least: count, most: Some(count) };
        }
        let more = reader.goes(cell, Way::Up, ENDLESS);
        let less = reader.goes(cell, Way::Down, web.above_floor(cell));
        Range { least: count - less, most: (more < ENDLESS).then(|| count + more) }
    };
    (0..grid.cells()).map(range).collect()
}

/// A table that agrees with all that is shown, in which one hidden number has a value; none if it
/// cannot have it.
#[cfg(test)]
pub(crate) fn point(grid: &Grid, hidden: &[bool], cell: usize, value: u64) -> Option<Vec<u64>> {
    let count = grid.counts[cell];
    if !hidden[cell] || value < grid.floor {
        return (value == count).then(|| grid.counts.clone());
    }
    let web = Web::of(grid);
    let mut reader = Reader::new(&web, hidden);
    let way = if value < count { Way::Down } else { Way::Up };
    let far = value.abs_diff(count);
    let there = reader.goes(cell, way, far) == far;
    let other = |other: usize| match hidden[other] {
        _ if other == cell => value,
        true => grid.floor + reader.flow.down(other),
        false => grid.counts[other],
    };
    there.then(|| (0..grid.cells()).map(other).collect())
}

/// Whether a pattern hides what must be hidden and shows what must be shown, and each hidden number
/// could be each small number that its parts do not rule out by themselves.
pub(crate) fn safe(grid: &Grid, hidden: &[bool]) -> bool {
    let web = Web::of(grid);
    let mut reader = Reader::new(&web, hidden);
    grid.is_sound()
        && (0..grid.cells()).all(|cell| if hidden[cell] { grid.may_hide(cell) } else { !grid.must_hide[cell] })
        && (0..grid.cells()).filter(|&cell| hidden[cell]).all(|cell| {
            Way::BOTH.into_iter().all(|way| {
                let need = web.need(cell, way, |part| hidden[part]);
                reader.goes(cell, way, need) == need
            })
        })
}

/// Somebody who reads a table in which this is hidden.
struct Reader<'a> {
    web: &'a Web<'a>,
    flow: Flow,
    start: Vec<u64>,
}

impl<'a> Reader<'a> {
    fn new(web: &'a Web<'a>, hidden: &[bool]) -> Self {
        let mut flow = Flow::new(web, |cell| hidden[cell]);
        for cell in (0..hidden.len()).filter(|&cell| hidden[cell]) {
            flow.set(cell, ENDLESS, web.above_floor(cell));
        }
        Self { web, start: flow.rooms().to_vec(), flow }
    }

    /// How far a hidden number can go, at most `far`; the flow is then that of a table in which it
    /// went there.
    fn goes(&mut self, cell: usize, way: Way, far: u64) -> u64 {
        self.flow.restore(&self.start);
        self.flow.set(cell, 0, 0);
        let (from, to) = way.around(self.web.ends[cell]);
        self.flow.push(from, to, far)
    }
}
