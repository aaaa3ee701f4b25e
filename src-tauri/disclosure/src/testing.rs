//! Small tables for tests.

use crate::spec::{Banding, Counts, Line, OverTime, Spec, Zeros};
use crate::tally::{Contribution, Tally};

/// A one-way table of families with so many classes, in which people move.
pub(crate) fn spec(classes: usize) -> Spec {
    let label = |class: usize| format!("Step {class}");
    Spec {
        name: "caseload_by_step".into(),
        version: 1,
        title: "Open caseload by step".into(),
        unit: "families".into(),
        note: String::new(),
        classes: (0..classes).map(label).collect(),
        bandings: vec![Banding {
            says: String::new(),
            lines: (0..classes).map(|class| Line { label: label(class), classes: vec![class] }).collect(),
        }],
        columns: Vec::new(),
        counts: Counts::Units(1),
        several: false,
        zeros: Zeros::Hidden,
        sensitive: false,
        impossible: Vec::new(),
        over_time: OverTime::Day { next: (0..classes).map(|class| vec![class]).collect(), moves: true },
    }
}

/// So many families in each class (and column).
pub(crate) fn tally(spec: &Spec, counts: &[u32]) -> Tally {
    let width = spec.width();
    let mut contributions = Vec::new();
    for (place, count) in counts.iter().enumerate() {
        for _ in 0..*count {
            let who = u32::try_from(contributions.len()).unwrap();
            contributions.push(Contribution { who, class: place / width, column: place % width, amount: 1 });
        }
    }
    let frame = u32::try_from(contributions.len()).unwrap();
    Tally::new(spec.clone(), frame, contributions)
}
