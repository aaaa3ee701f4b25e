//! The checker: whether a proof proves what it says. Whole numbers only, and nothing is searched.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::{Cell, Printed, Proof, Sum};

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is of another format, or says what cannot be: the words tell what.
    Malformed(String),
    /// The digest is not that of the proof.
    Digest,
    /// A witness does not agree with a fact, or with what is printed.
    Witness {
        /// Its number, from 0.
        witness: usize,
        /// What it does not agree with.
        with: String,
    },
    /// A hidden number could be told, because no witness shows this value of it.
    Value {
        /// Its number among the cells.
        cell: usize,
        /// The value.
        value: i64,
        /// The cell of which one contributor knows its own part; none if nobody knows more.
        known: Option<usize>,
    },
    /// A difference could be told to be a small count.
    Difference(usize),
    /// The files say something else.
    File(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => write!(out, "it is not as a proof is: {what}"),
            Self::Digest => write!(out, "it was altered"),
            Self::Witness { witness, with } => write!(out, "its world {witness} does not agree with “{with}”"),
            Self::Value { cell, value, .. } => write!(out, "nothing shows that its number {cell} can be {value}"),
            Self::Difference(number) => write!(out, "its difference {number} could be told"),
            Self::File(what) => write!(out, "the file says something else: {what}"),
        }
    }
}

/// What must be possible of a hidden cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Each of these values,
    pub values: Range<i64>,
    /// in a world in which this other cell is at least so much; none if it does not matter.
    pub known: Option<(usize, i64)>,
}

type Checked = Result<(), Refused>;

impl Proof {
    /// Whether every hidden number could be each small value, and every difference too.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self) -> Checked {
        self.is_well_formed()?;
        if self.digest != self.digest_of() {
            return Err(Refused::Digest);
        }
        for witness in 0..self.witnesses.len() {
            self.agrees(witness)?;
        }
        for cell in 0..self.cells.len() {
            self.hides(cell)?;
        }
        (0..self.differences.len()).try_for_each(|difference| self.keeps(difference))
    }

    /// Whether these are the numbers that the publication prints: `(table, line, printed)`, each
    /// once, in any order.
    ///
    /// # Errors
    /// [`Refused::File`] with the line that the proof or the file does not have.
    pub fn is_of<'a>(&self, release: &str, printed: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> Checked {
        let cells = self.cells.iter().filter(|cell| cell.release == release);
        let proved: BTreeSet<_> = cells.map(|cell| (cell.table.as_str(), cell.line.as_str(), cell.printed.as_str())).collect();
        let file: BTreeSet<_> = printed.into_iter().collect();
        match proved.symmetric_difference(&file).next() {
            Some((table, line, _)) => Err(Refused::File(format!("{table}: {line}"))),
            None => Ok(()),
        }
    }

    /// The digest that this proof should have.
    pub fn digest_of(&self) -> String {
        let bare = Self { digest: String::new(), ..self.clone() };
        let json = serde_json::to_vec(&bare).unwrap_or_default();
        Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn is_well_formed(&self) -> Checked {
        let malformed = |what: &str| Err(Refused::Malformed(what.to_owned()));
        let fits = |sum: &Sum| {
            let mut seen = BTreeSet::new();
            sum.iter().all(|(variable, _)| *variable < self.variables.len() && seen.insert(*variable))
        };
        if self.format != 1 || !(3..=11).contains(&self.threshold) {
            return malformed("format or threshold");
        }
        if !self.facts.iter().all(|fact| fits(&fact.sum)) {
            return malformed("a fact");
        }
        for (number, cell) in self.cells.iter().enumerate() {
            let sound =
                fits(&cell.sum) && cell.sum.iter().all(|(_, factor)| *factor == 1) && cell.floor <= 1 && cell.from >= self.threshold;
            if !sound || self.said(cell).is_none() || !self.parts_fit(number) {
                return malformed(&format!("cell {number}"));
            }
        }
        let named = |cell: &usize| *cell < self.cells.len();
        if !self.differences.iter().all(|difference| named(&difference.of) && named(&difference.less)) {
            return malformed("a difference");
        }
        Ok(())
    }

    /// Whether the parts of a cell are cells of their own, apart from each other and within it.
    fn parts_fit(&self, cell: usize) -> bool {
        let whole: BTreeSet<usize> = variables(&self.cells[cell]).collect();
        let mut seen = BTreeSet::new();
        self.cells[cell].parts.iter().all(|part| {
            *part != cell && self.cells.get(*part).is_some_and(|part| variables(part).all(|v| whole.contains(&v) && seen.insert(v)))
        })
    }

    /// What is printed of a cell; none if the rule cannot have printed it.
    pub fn said(&self, cell: &Cell) -> Option<Printed> {
        Printed::of(cell)
    }

    fn agrees(&self, number: usize) -> Checked {
        let world = &self.witnesses[number];
        let against = |with: &str| Err(Refused::Witness { witness: number, with: with.to_owned() });
        if world.len() != self.variables.len() {
            return against("the number of variables");
        }
        for (variable, value) in self.variables.iter().zip(world) {
            if *value < variable.least || variable.most.is_some_and(|most| *value > most) {
                return against(&variable.name);
            }
        }
        for fact in &self.facts {
            let value = total(&fact.sum, world);
            if value.is_none_or(|value| fact.least.is_some_and(|least| value < least) || fact.most.is_some_and(|most| value > most)) {
                return against(&fact.says);
            }
        }
        for cell in &self.cells {
            let inside = |said: Printed| {
                total(&cell.sum, world).is_some_and(|value| value >= said.least && said.most.is_none_or(|most| value <= most))
            };
            if !self.said(cell).is_some_and(inside) {
                return against(&format!("{} {}: {}", cell.release, cell.table, cell.line));
            }
        }
        Ok(())
    }

    /// The smallest value that a cell can have by what is printed of its parts alone.
    fn forced(&self, cell: &Cell) -> i64 {
        let parts: i64 = cell.parts.iter().filter_map(|part| self.said(&self.cells[*part])).map(|part| part.least).sum();
        parts.max(i64::from(cell.floor))
    }

    /// What must be possible of a hidden cell: each of these values; and, beside each other place of
    /// its table that one contributor may know its part of, each of those values. Who knows of fewer
    /// there knows less of a total of it; of another place, what holds beside the most holds beside
    /// fewer too. Empty for a cell that is shown.
    pub fn demands(&self, number: usize) -> Vec<Demand> {
        let cell = &self.cells[number];
        if !self.is_hidden(cell) {
            return Vec::new();
        }
        let small = self.forced(cell)..i64::from(self.threshold);
        let beside = self.cells.iter().enumerate().filter(|(other, known)| {
            *other != number && known.own > 0 && known.release == cell.release && known.table == cell.table && self.is_hidden(known)
        });
        let beside = beside.flat_map(|(other, known)| {
            let (own, floor) = (i64::from(known.own), i64::from(known.floor));
            let is_part = cell.parts.contains(&other);
            let each = if is_part { 1..=own.min(small.end) } else { own..=own };
            each.map(move |own| (other, own, if is_part { own - floor } else { 0 }))
        });
        let beside =
            beside.map(|(other, own, more)| Demand { values: (small.start + more).min(small.end)..small.end, known: Some((other, own)) });
        [Demand { values: small.clone(), known: None }].into_iter().chain(beside).collect()
    }

    fn is_hidden(&self, cell: &Cell) -> bool {
        self.said(cell).is_some_and(|said| said.hidden)
    }

    fn hides(&self, number: usize) -> Checked {
        let cell = &self.cells[number];
        for Demand { values, known } in self.demands(number) {
            let so =
                |world: &[i64]| known.is_none_or(|(other, own)| total(&self.cells[other].sum, world).is_some_and(|value| value >= own));
            let shown = self.values(cell, so);
            if let Some(value) = values.clone().find(|value| !shown.contains(value)) {
                return Err(Refused::Value { cell: number, value, known: known.map(|(other, _)| other) });
            }
        }
        Ok(())
    }

    /// The values of a cell in the witnesses that are so.
    fn values(&self, cell: &Cell, so: impl Fn(&[i64]) -> bool) -> BTreeSet<i64> {
        self.witnesses.iter().filter(|world| so(world)).filter_map(|world| total(&cell.sum, world)).collect()
    }

    /// Whether nothing needs to be shown of a difference: by what is printed of its two cells it is
    /// known to be large, one way or the other, or to be nothing.
    pub fn is_plain(&self, number: usize) -> bool {
        let said = |cell: usize| self.said(&self.cells[cell]);
        let (Some(of), Some(less)) = (said(self.differences[number].of), said(self.differences[number].less)) else { return false };
        let (least, most) = (less.most.map(|most| of.least - most), of.most.map(|most| most - less.least));
        let threshold = i64::from(self.threshold);
        least.is_some_and(|least| least >= threshold) || most.is_some_and(|most| most <= -threshold) || (least, most) == (Some(0), Some(0))
    }

    /// Whether nobody is told a small difference when it can be these: each small value among them, or
    /// as many values as there are to the threshold and one that is not small; or nothing and each small
    /// value below, so that nobody is told that a unit of the other kind has none: a family that lost its baby.
    pub fn keeps_apart(&self, values: &BTreeSet<i64>) -> bool {
        let threshold = i64::from(self.threshold);
        let enough = i64::try_from(values.len()).is_ok_and(|values| values >= threshold);
        let all = |mut range: Range<i64>| range.all(|value| values.contains(&value));
        all(1..threshold) || all(1 - threshold..1) || enough && values.last().is_some_and(|last| *last >= threshold)
    }

    fn keeps(&self, number: usize) -> Checked {
        let (of, less) = (&self.cells[self.differences[number].of], &self.cells[self.differences[number].less]);
        let apart = |world: &Vec<i64>| Some(total(&of.sum, world)? - total(&less.sum, world)?);
        let shown: BTreeSet<i64> = self.witnesses.iter().filter_map(apart).collect();
        if self.is_plain(number) || self.keeps_apart(&shown) { Ok(()) } else { Err(Refused::Difference(number)) }
    }
}

fn variables(cell: &Cell) -> impl Iterator<Item = usize> + '_ {
    cell.sum.iter().map(|(variable, _)| *variable)
}

/// The sum in a world; none if it is too large to be told.
pub fn total(sum: &Sum, world: &[i64]) -> Option<i64> {
    sum.iter().try_fold(0_i64, |so_far, (variable, factor)| so_far.checked_add(world.get(*variable)?.checked_mul(*factor)?))
}
