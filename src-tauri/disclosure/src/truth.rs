//! The true numbers of a table in one banding, and which of them must be hidden for themselves.

use crate::grid::Grid;
use crate::publication::{Cell, Protected};
use crate::rule::Rule;
use crate::spec::{Counts, Zeros};
use crate::tally::Tally;
use crate::weight::Weights;

/// A table before it is protected: a number for each place.
pub(crate) struct Truth<'a> {
    pub tally: &'a Tally,
    pub banding: usize,
    rule: Rule,
    places: Vec<Number>,
}

/// The number of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    count: u64,
    /// What it costs to hide it.
    weight: u64,
    kind: Kind,
}

/// What may become of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// There is none.
    Nothing,
    /// It is shown whatever happens: a zero where nothing can be, or where zeros are printed.
    Zero,
    /// It is hidden for itself.
    Small,
    /// It is shown, or hidden so that others cannot be worked out.
    Large,
}

impl<'a> Truth<'a> {
    pub fn of(tally: &'a Tally, banding: usize, rule: Rule, weights: &Weights<'_>) -> Self {
        let spec = tally.spec();
        let lines = &spec.bandings[banding].lines;
        let width = spec.width();
        let stride = if spec.columns.is_empty() { 1 } else { width + 1 };
        let all: Vec<usize> = (0..spec.classes.len() * width).collect();
        let mut truth = Self { tally, banding, rule, places: Vec::new() };
        for line in 0..=lines.len() {
            for column in 0..stride {
                let inner = line < lines.len() && column < width;
                let whole = line == lines.len() && (column == width || stride == 1);
                let column_of = (column < width && stride > 1).then_some(column);
                let places: Vec<usize> = match lines.get(line) {
                    Some(one) => spec.places(one, column_of),
                    None => all.iter().copied().filter(|place| column_of.is_none_or(|column| place % width == column)).collect(),
                };
                let number = if spec.several && whole {
                    truth.frame()
                } else if spec.several && !inner {
                    Number { count: 0, weight: 0, kind: Kind::Nothing }
                } else {
                    truth.number(&places, inner.then(|| truth.line_total(line)))
                };
                let label = truth.blank().place(line, column);
                truth.places.push(Number { weight: weights.of(spec, &label, number.count, !inner), ..number });
            }
        }
        truth
    }

    fn frame(&self) -> Number {
        let count = u64::from(self.tally.frame);
        let kind = if count < u64::from(self.rule.threshold) { Kind::Small } else { Kind::Large };
        Number { count, weight: 0, kind }
    }

    fn line_total(&self, line: usize) -> u64 {
        let spec = self.tally.spec();
        let lines = &spec.bandings[self.banding].lines;
        if spec.columns.is_empty() {
            lines.iter().map(|line| self.tally.of(&spec.places(line, None)).0).sum()
        } else {
            self.tally.of(&spec.places(&lines[line], None)).0
        }
    }

    /// The number of some places, with the total of its line if it is no total itself.
    fn number(&self, places: &[usize], line: Option<u64>) -> Number {
        let spec = self.tally.spec();
        let (count, each) = self.tally.of(places);
        let number = |kind| Number { count, weight: 0, kind };
        let width = spec.width();
        if places.iter().all(|place| spec.impossible.contains(&(place / width, place % width))) {
            return number(Kind::Zero);
        }
        if count == 0 {
            return number(if spec.zeros == Zeros::Shown { Kind::Zero } else { Kind::Small });
        }
        let threshold = u64::from(self.rule.threshold);
        let contributors = each.len() as u64;
        let few = match spec.counts {
            Counts::Units(_) => contributors < threshold,
            Counts::Sums => {
                let largest = each.values().max().copied().unwrap_or(0);
                contributors < u64::from(self.rule.sums_from) || largest * 2 > count
            }
        };
        let nearly_all = spec.sensitive && line.is_some_and(|line| line - count < if self.rule.base > 1 { 1 } else { threshold });
        let nothing_is_left = self.rounded(count) == 0;
        number(if count < threshold || few || nearly_all || nothing_is_left { Kind::Small } else { Kind::Large })
    }

    /// Whether there are too few contributors for a table at all, or too few units in it: whoever knows how many there are in all
    /// would know of each line that it is no more.
    pub fn is_too_few(&self) -> bool {
        let units = matches!(self.tally.spec().counts, Counts::Units(_));
        self.tally.frame < self.rule.smallest_frame || (units && self.tally.in_all() < i64::from(self.rule.threshold))
    }

    /// What must be hidden for itself, place by place.
    pub fn primaries(&self) -> Vec<bool> {
        self.places.iter().map(|number| number.kind == Kind::Small).collect()
    }

    /// What may be hidden beside, by its place, with its weight. The total of the table is not among
    /// it: hidden beside lines that are shown, it would tell that no line could be hidden instead.
    pub fn options(&self) -> Vec<(usize, u64)> {
        let lines = &self.places[..self.places.len() - 1];
        let large = lines.iter().enumerate().filter(|(_, number)| number.kind == Kind::Large);
        large.map(|(place, number)| (place, number.weight)).collect()
    }

    /// The table for an exact search; none if its numbers are rounded, or are of units that can stand
    /// in several lines.
    pub fn grid(&self) -> Option<Grid> {
        let spec = self.tally.spec();
        let lines = spec.bandings[self.banding].lines.len();
        let (rows, columns) = if spec.columns.is_empty() { (1, lines) } else { (lines, spec.columns.len()) };
        let options = self.options();
        (self.rule.base == 1 && !spec.several).then(|| Grid {
            rows,
            columns,
            counts: self.places.iter().map(|number| number.count).collect(),
            floor: u64::from(spec.zeros == Zeros::Shown),
            threshold: u64::from(self.rule.threshold),
            must_hide: self.primaries(),
            must_show: self
                .places
                .iter()
                .enumerate()
                .map(|(place, number)| number.kind != Kind::Small && !options.iter().any(|(option, _)| *option == place))
                .collect(),
            weights: self.places.iter().map(|number| number.weight).collect(),
        })
    }

    /// The table with these places hidden.
    pub fn hiding(&self, hidden: &[bool]) -> Protected {
        let shown = |number: &Number, hide: &bool| match (number.kind, hide) {
            (Kind::Nothing, _) => Cell::Nothing,
            (Kind::Zero, _) => Cell::Shown(0),
            (Kind::Small, _) | (Kind::Large, true) => Cell::Hidden,
            (Kind::Large, false) => Cell::Shown(self.rounded(number.count)),
        };
        let cells = self.places.iter().zip(hidden).map(|(number, hide)| shown(number, hide)).collect();
        Protected { cells, ..self.blank() }
    }

    /// The nearest multiple of the rule's base, halves up.
    fn rounded(&self, count: u64) -> u64 {
        let base = u64::from(self.rule.base);
        (count + base / 2) / base * base
    }

    /// The table withheld.
    pub fn blank(&self) -> Protected {
        Protected { spec: self.tally.spec().clone(), banding: self.banding, cells: Vec::new() }
    }

    pub fn places(&self) -> usize {
        self.places.iter().filter(|number| number.kind != Kind::Nothing).count()
    }
}
