//! What is left out of a proof, and what is not.

use std::collections::BTreeSet;

use super::*;
use crate::ask::Ask;
use crate::protect;
use crate::publication::{Publication, When};
use crate::rule::Rule;
use crate::simulated;
use crate::spec::Zeros;
use crate::world::{Besides, Seen, Totals};

/// Two quarters of a caseload, the second beside the first; and the proof of it.
fn two_quarters() -> (Vec<Publication>, attune_proof::Proof) {
    let specs = simulated::specs(Zeros::Hidden);
    let mut caseload = simulated::Caseload::new(110, 7);
    let mut days: Vec<simulated::Caseload> = Vec::new();
    let mut before: Vec<Publication> = Vec::new();
    let mut last = None;
    for quarter in 0..2 {
        caseload.quarter(6);
        let when = |quarter| When { quarter, frame: 0 };
        let known = days.last().map(|day| simulated::known(&specs, day, &caseload, when(0), when(1))).unwrap_or_default();
        let ask = Ask {
            name: format!("Q{quarter}"),
            when: when(quarter),
            leaves: true,
            rule: Rule::QUARTER,
            tables: caseload.tallies(&specs),
            links: simulated::links(),
            key: &[7; 32],
            before: &before,
            known,
            in_all: Vec::new(),
            proved: None,
        };
        let outcome = protect(&ask, &mut || true).unwrap();
        assert!(outcome.publication.tables.iter().all(|table| !table.is_withheld()));
        days.push(caseload.clone());
        before.push(outcome.publication);
        last = Some(outcome.insider);
    }
    (before, last.unwrap())
}

#[test]
fn an_earlier_table_is_in_a_proof_if_anything_ties_it_to_what_is_proven() {
    let (published, proof) = two_quarters();
    assert_eq!(proof.check(), Ok(()));
    let of =
        |release: &str| proof.cells.iter().filter(|cell| cell.release == release).map(|cell| cell.table.as_str()).collect::<BTreeSet<_>>();
    let titles: BTreeSet<&str> = published[1].tables.iter().map(crate::Protected::title).collect();
    assert_eq!(of("Q1"), titles);
    // Ages and steps follow from those before; nobody knows how many were asked anew, and contacts are of another period.
    assert_eq!(of("Q0"), BTreeSet::from(["Open caseload by infant’s age", "Open caseload by step"]));
}

#[test]
fn what_nothing_is_known_of_beside_what_is_printed_is_left_out_and_numbers_go_by_their_places() {
    let (published, _) = two_quarters();
    let seen: Vec<Seen<'_>> = published.iter().map(Seen::all).collect();
    let world = || World::of(&seen, Besides { subject: "", links: &[], known: &[], corrections: false, totals: &Totals::new() });
    let (whole, tied) = (world(), world().tied_to("Q1"));
    assert!(tied.proof.cells.iter().all(|cell| cell.release == "Q1") && tied.proof.cells.len() < whole.proof.cells.len());
    assert_eq!((tied.when.len(), tied.proof.variables.len()), (tied.when.len(), tied.when.len()));
    let words =
        |world: &World, sum: &Sum| sum.iter().map(|(variable, _)| world.proof.variables[*variable].name.clone()).collect::<Vec<_>>();
    for cell in &tied.proof.cells {
        let same = whole
            .proof
            .cells
            .iter()
            .find(|other| (&other.release, &other.table, &other.line) == (&cell.release, &cell.table, &cell.line))
            .unwrap();
        assert_eq!(words(&tied, &cell.sum), words(&whole, &same.sum), "{}", cell.line);
        assert_eq!(cell.parts.len(), same.parts.len());
    }
}
