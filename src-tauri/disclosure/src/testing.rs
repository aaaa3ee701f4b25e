//! Small tables for tests.

use crate::spec::{Banding, Counts, Line, OverTime, Spec, Zeros};

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
