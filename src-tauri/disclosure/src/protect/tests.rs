//! What leaves is proven, alone and in series.

use super::*;
use crate::Proof;
use crate::publication::When;
use crate::rule::Rule;
use crate::simulated;

const SECRET: [u8; 32] = [7; 32];

fn day(quarter: i32) -> When {
    When { quarter, frame: 0 }
}

/// Eight quarters of a whole release; how many tables were withheld, and how many numbers hidden beside.
fn series(size: u32, most: u32, seed: u64) -> (usize, usize) {
    let specs = simulated::specs(crate::spec::Zeros::Hidden);
    let mut caseload = simulated::Caseload::new(size, seed);
    let mut before: Vec<Publication> = Vec::new();
    let mut days: Vec<(When, simulated::Caseload)> = Vec::new();
    let mut proved: Option<Proof> = None;
    let mut withheld = 0;
    let mut beside = 0;
    for quarter in 0..8 {
        caseload.quarter(most);
        let when = day(quarter);
        let mut known = Vec::new();
        for spec in &specs {
            let shows =
                |day: When| before.iter().any(|p| p.when == day && p.tables.iter().any(|t| t.name() == spec.name && !t.is_withheld()));
            let mut shown: Vec<(When, simulated::Caseload)> = days.iter().filter(|(day, _)| shows(*day)).cloned().collect();
            shown.push((when, caseload.clone()));
            for pair in shown.windows(2) {
                let each = simulated::known(&specs, &pair[0].1, &pair[1].1, pair[0].0, pair[1].0);
                known.extend(each.into_iter().filter(|known| known.spec == spec.name));
            }
        }
        let ask = Ask {
            name: format!("Q{quarter}"),
            when,
            leaves: true,
            rule: Rule::QUARTER,
            tables: caseload.tallies(&specs),
            links: simulated::links(),
            key: &SECRET,
            before: &before,
            known,
            in_all: Vec::new(),
            proved: proved.as_ref(),
        };
        let outcome = protect(&ask, &mut || true).unwrap();
        assert_eq!(outcome.insider.check(), Ok(()));
        assert_eq!(outcome.outsider.check(), Ok(()));
        for verdict in &outcome.verdicts {
            assert!(verdict.withheld != Some(Withheld::TooFew), "{verdict:?}");
            withheld += usize::from(verdict.withheld.is_some());
            beside += verdict.beside;
        }
        days.push((when, caseload.clone()));
        before.push(outcome.publication);
        proved = Some(outcome.insider);
    }
    (withheld, beside)
}

#[test]
fn whole_releases_of_eight_quarters_are_proven_and_nearly_all_tables_stand() {
    let (mut withheld, mut beside) = (0, 0);
    for seed in 0..3 {
        let (tables, numbers) = series(60, 4, seed);
        withheld += tables;
        beside += numbers;
    }
    assert!(withheld <= 8, "{withheld} of 96 tables are withheld");
    assert!((1..=120).contains(&beside), "{beside} numbers are hidden beside others");
}
