//! A second formulation: one whole-number program in which a reader's tables are variables, solved
//! by a library that knows nothing of ours.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::super::{Grid, cheapest};
use super::tables::caseload;

/// The cost of the cheapest pattern. For each number and each way, there is a table in which it went
/// as far as it must if it is hidden, and which differs only where something is hidden.
fn cost(grid: &Grid) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let hidden: Vec<Variable> = (0..grid.cells())
        .map(|cell| {
            let price = if grid.must_hide[cell] { 0.0 } else { grid.weights[cell] as f64 };
            problem.add_integer_var(price, (i32::from(grid.must_hide[cell]), i32::from(grid.may_hide(cell))))
        })
        .collect();
    let least = |cell: usize| (grid.counts[cell] - grid.floor.min(grid.counts[cell])) as f64;
    for cell in (0..grid.cells()).filter(|&cell| grid.may_hide(cell)) {
        let (count, threshold) = (grid.counts[cell] as f64, grid.threshold as f64);
        let parts = grid.parts(cell);
        let all_hidden: f64 = parts.iter().map(|&part| if grid.may_hide(part) { grid.floor } else { grid.counts[part] } as f64).sum();
        let forced = all_hidden.max(grid.floor as f64);
        if forced >= threshold {
            continue;
        }
        let down = count - forced;
        let up = (threshold - 1.0 - count).max(0.0);
        for (way, need) in [(-1.0, down), (1.0, up)].into_iter().filter(|&(_, need)| need > 0.0) {
            // How much each number is more and less in the reader's table.
            let change: Vec<(Variable, Variable)> = (0..grid.cells())
                .map(|other| {
                    let more = problem.add_var(0.0, (0.0, if other == cell && way < 0.0 { 0.0 } else { need }));
                    let less = problem.add_var(0.0, (0.0, if other == cell && way > 0.0 { 0.0 } else { need.min(least(other)) }));
                    problem.add_constraint([(more, 1.0), (hidden[other], -need)], ComparisonOp::Le, 0.0);
                    problem.add_constraint([(less, 1.0), (hidden[other], -need.min(least(other)))], ComparisonOp::Le, 0.0);
                    (more, less)
                })
                .collect();
            let wide = grid.columns + 1;
            for row in 0..=grid.rows {
                let line = (0..wide).flat_map(|column| {
                    let (more, less) = change[row * wide + column];
                    let sign = if column == grid.columns { -1.0 } else { 1.0 };
                    [(more, sign), (less, -sign)]
                });
                problem.add_constraint(line.collect::<Vec<_>>(), ComparisonOp::Eq, 0.0);
            }
            for column in 0..wide {
                let line = (0..=grid.rows).flat_map(|row| {
                    let (more, less) = change[row * wide + column];
                    let sign = if row == grid.rows { -1.0 } else { 1.0 };
                    [(more, sign), (less, -sign)]
                });
                problem.add_constraint(line.collect::<Vec<_>>(), ComparisonOp::Eq, 0.0);
            }
            let (more, less) = change[cell];
            let mut goes = vec![(more, way), (less, -way), (hidden[cell], -need)];
            let mut at_least = 0.0;
            if way < 0.0 && !parts.is_empty() {
                // Each part that is shown forces a margin that much higher; from the threshold on
                // nothing is asked of it.
                let free: Vec<usize> = parts.iter().copied().filter(|&part| grid.may_hide(part)).collect();
                for &part in &free {
                    goes.push((hidden[part], -least(part)));
                    at_least -= least(part);
                }
                let idle = problem.add_integer_var(0.0, (0, 1));
                goes.push((idle, need + free.iter().map(|&part| least(part)).sum::<f64>()));
                let mut shown: Vec<(Variable, f64)> = free.iter().map(|&part| (hidden[part], -least(part))).collect();
                shown.push((idle, -(threshold - all_hidden)));
                problem.add_constraint(shown, ComparisonOp::Ge, at_least);
            }
            problem.add_constraint(goes, ComparisonOp::Ge, at_least);
        }
    }
    match problem.solve().unwrap() {
        SolveOutcome::Solution(solution) => solution.objective(),
        SolveOutcome::Interrupted(_) => unreachable!("without a limit"),
    }
}

fn agree(rows: usize, columns: usize, number: u64, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let grid = caseload(rows, columns, number, 1, seed);
        let found = cheapest(&grid, &mut || true).unwrap();
        assert_eq!((cost(&grid).round(), found.cost), (found.cost as f64, found.bound), "{rows}x{columns} {number} {seed}");
    }
}

#[test]
fn two_formulations_agree() {
    agree(2, 3, 30, 0..20);
    agree(3, 3, 40, 0..5);
}

#[test]
#[ignore = "minutes, in release mode"]
fn two_formulations_agree_on_sixty_cells() {
    for (number, seeds) in [(25, 0..20), (60, 0..10), (150, 0..5), (400, 0..3)] {
        agree(3, 4, number, seeds.clone());
        agree(4, 4, number, seeds.clone());
        agree(6, 5, number, seeds.clone());
        agree(7, 6, number, seeds);
    }
}
