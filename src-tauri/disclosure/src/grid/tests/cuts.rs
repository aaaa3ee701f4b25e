//! The parts of the search, each against what it promises.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use proptest::prelude::*;

use super::super::bound::{Bound, Open};
use super::super::cover::Cut;
use super::super::cuts::Cutter;
use super::super::rounding::rounded;
use super::super::simplex::{Ending, Simplex};
use super::super::web::Web;
use super::super::{Grid, safe};
use super::patterns::small;

/// How a cut takes a pattern: at least 0 if it holds.
fn slack(cut: &Cut, pattern: &[bool]) -> i64 {
    cut.terms.iter().map(|&(variable, factor)| factor * i64::from(pattern[variable])).sum::<i64>() - cut.least
}

/// The cells that may be hidden or shown, and every choice of them that is safe.
fn choices(grid: &Grid) -> (Vec<usize>, Vec<Vec<bool>>) {
    let cells: Vec<usize> = (0..grid.cells()).filter(|&cell| grid.may_hide(cell) && !grid.must_hide[cell]).collect();
    let all = (0_u32..1 << cells.len()).map(|chosen| (0..cells.len()).map(|number| chosen >> number & 1 == 1).collect::<Vec<bool>>());
    let is_safe = |choice: &Vec<bool>| {
        let mut hidden = grid.must_hide.clone();
        cells.iter().zip(choice).for_each(|(&cell, &chosen)| hidden[cell] = chosen);
        safe(grid, &hidden)
    };
    (cells.clone(), all.filter(is_safe).collect())
}

/// Covers of a few of eight variables, all of which fulfil them if everything is hidden.
fn covers() -> impl Strategy<Value = Vec<Cut>> {
    let terms = prop::collection::btree_map(0..8_usize, 1..9_i64, 1..6);
    let cut =
        (terms, 1..20_i64).prop_map(|(terms, least)| Cut { least: least.min(terms.values().sum()), terms: terms.into_iter().collect() });
    prop::collection::vec(cut, 1..12)
}

/// What the relaxation costs, by a library.
fn relaxed(prices: &[u64], cuts: &[Cut], fixed: Option<usize>) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let low = |variable| if fixed == Some(variable) { 1.0 } else { 0.0 };
    let variables: Vec<_> =
        prices.iter().enumerate().map(|(variable, &price)| problem.add_var(price as f64, (low(variable), 1.0))).collect();
    for cut in cuts {
        let terms: Vec<_> = cut.terms.iter().map(|&(variable, factor)| (variables[variable], factor as f64)).collect();
        problem.add_constraint(terms, ComparisonOp::Ge, cut.least as f64);
    }
    match problem.solve().unwrap() {
        SolveOutcome::Solution(solution) => solution.objective(),
        SolveOutcome::Interrupted(_) => unreachable!("without a limit"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 100 } else { 2000 }))]

    #[test]
    fn no_cut_takes_a_safe_pattern_away(grid in small(), x in prop::collection::vec(0..=4_u8, 12)) {
        let web = Web::of(&grid);
        let (cells, choices) = choices(&grid);
        let mut variable = vec![None; grid.cells()];
        cells.iter().enumerate().for_each(|(number, &cell)| variable[cell] = Some(number));
        let x: Vec<f64> = x.iter().map(|&x| f64::from(x) / 4.0).take(cells.len()).collect();
        let cuts = Cutter::new(&web, &variable).broken_by(&x, 100);
        let pairs = cuts.iter().flat_map(|one| cuts.iter().map(move |other| vec![(one, 0.5), (other, 0.5)]));
        let sums: Vec<Cut> = pairs.filter_map(|pair| rounded(&pair, &x)).collect();
        for cut in cuts.iter().chain(&sums) {
            for choice in &choices {
                prop_assert!(slack(cut, choice) >= 0, "{cut:?} {choice:?}");
            }
        }
    }

    #[test]
    fn what_is_not_safe_is_cut_off(grid in small(), chosen in any::<u32>()) {
        let web = Web::of(&grid);
        let (cells, choices) = choices(&grid);
        let mut variable = vec![None; grid.cells()];
        cells.iter().enumerate().for_each(|(number, &cell)| variable[cell] = Some(number));
        let choice: Vec<bool> = (0..cells.len()).map(|number| chosen >> number & 1 == 1).collect();
        let x: Vec<f64> = choice.iter().map(|&hidden| f64::from(u8::from(hidden))).collect();
        let cuts = Cutter::new(&web, &variable).broken_by(&x, 100);
        prop_assert_eq!(cuts.is_empty(), choices.contains(&choice));
        prop_assert!(cuts.iter().all(|cut| slack(cut, &choice) < 0));
    }

    #[test]
    fn the_relaxation_costs_what_a_library_says_and_its_bound_holds(cuts in covers(), prices in prop::collection::vec(0..30_u64, 8), fixed in prop::option::of(0..8_usize)) {
        let mut simplex = Simplex::new(prices.iter().map(|&price| price as f64).collect());
        let mut open = Open::all(8);
        let (first, later) = cuts.split_at(cuts.len() / 2);
        first.iter().for_each(|cut| simplex.add(cut.clone()));
        prop_assert_eq!(simplex.solve(f64::INFINITY, 1000), Ending::Cheapest);
        later.iter().for_each(|cut| simplex.add(cut.clone()));
        if let Some(fixed) = fixed {
            open.decide(fixed, true);
            simplex.set_bounds(fixed, 1.0, 1.0);
        }
        prop_assert_eq!(simplex.solve(f64::INFINITY, 1000), Ending::Cheapest);
        let cost = relaxed(&prices, &cuts, fixed);
        prop_assert!((simplex.cost() - cost).abs() < 1e-5);
        let bound = Bound::of(Some(&prices), simplex.multipliers(), &open);
        prop_assert!((bound.about() - cost).abs() < 1e-3);
        for chosen in 0_u32..256 {
            let choice: Vec<bool> = (0..8).map(|number| chosen >> number & 1 == 1).collect();
            let cost: u64 = prices.iter().zip(&choice).filter(|(_, chosen)| **chosen).map(|(price, _)| price).sum();
            if fixed.is_none_or(|fixed| choice[fixed]) && cuts.iter().all(|cut| slack(cut, &choice) >= 0) {
                prop_assert!(cost >= bound.cost());
                // What the bound decides for a limit is so in everything that is cheaper.
                let decided = |limit| (0..8).filter(|&variable| fixed != Some(variable)).all(|variable| bound.decides(variable, limit).is_none_or(|hidden| choice[variable] == hidden));
                prop_assert!(decided(cost + 1));
            }
        }
    }

    #[test]
    fn a_bound_holds_whatever_the_multipliers_are(cuts in covers(), prices in prop::collection::vec(0..30_u64, 8), multipliers in prop::collection::vec(-1.0..9.0_f64, 12)) {
        let bound = Bound::of(Some(&prices), cuts.iter().zip(multipliers), &Open::all(8));
        for chosen in 0_u32..256 {
            let choice: Vec<bool> = (0..8).map(|number| chosen >> number & 1 == 1).collect();
            let cost: u64 = prices.iter().zip(&choice).filter(|(_, chosen)| **chosen).map(|(price, _)| price).sum();
            prop_assert!(cost >= bound.cost() || cuts.iter().any(|cut| slack(cut, &choice) < 0));
        }
    }
}
