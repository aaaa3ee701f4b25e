//! True counts, as the record gives them. They never leave this crate unprotected: nothing here can
//! be written down.

use std::collections::BTreeMap;

use crate::spec::Spec;

/// The true counts of one table, contribution by contribution.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(crate) spec: Spec,
    pub(crate) contributions: Vec<Contribution>,
    pub(crate) frame: u32,
}

/// What one contributor adds in one place of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Who, by a number that means nothing elsewhere: the families, numbered.
    pub who: u32,
    /// The class, by its number in the specification.
    pub class: usize,
    /// The column, by its number; 0 in a one-way table.
    pub column: usize,
    /// How many.
    pub amount: u32,
}

impl Tally {
    /// The counts of a table. `frame` is how many contributors there are in all, counted or not.
    pub fn new(spec: Spec, frame: u32, contributions: Vec<Contribution>) -> Self {
        Self { spec, contributions, frame }
    }

    /// What it counts.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// How many units are counted: all contributors where one can stand in several lines.
    pub(crate) fn in_all(&self) -> i64 {
        if self.spec.several { i64::from(self.frame) } else { self.contributions.iter().map(|one| i64::from(one.amount)).sum() }
    }

    /// The count of some places, and what each contributor adds to it.
    pub(crate) fn of(&self, places: &[usize]) -> (u64, BTreeMap<u32, u64>) {
        let width = self.spec.width();
        let mut each: BTreeMap<u32, u64> = BTreeMap::new();
        for one in self.contributions.iter().filter(|one| one.amount > 0 && places.contains(&(one.class * width + one.column))) {
            *each.entry(one.who).or_default() += u64::from(one.amount);
        }
        (each.values().sum(), each)
    }
}
