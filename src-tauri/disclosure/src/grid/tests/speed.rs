//! How long the proof of the cheapest pattern takes.

use std::time::Instant;

use super::super::{cheapest, safe};
use super::tables::{caseload, skewed};

/// Prints figures: `cargo test --release -p attune-disclosure grid -- --ignored --nocapture`.
/// `ATTUNE_GRID="20 25 150 100"` chooses rows, columns, units and how many tables,
/// and a fifth number their skew in hundredths.
#[test]
#[ignore = "figures, for a quiet machine"]
fn how_long_the_proof_takes() {
    let sizes = match std::env::var("ATTUNE_GRID") {
        Ok(said) => vec![said.split(' ').map(|word| word.parse().unwrap()).collect::<Vec<u64>>()],
        Err(_) => [150, 500, 1500, 5000].map(|number| vec![20, 25, number, 25]).to_vec(),
    };
    for size in sizes {
        let (rows, columns) = (size[0] as usize, size[1] as usize);
        let (mut times, mut proven) = (Vec::new(), 0);
        for seed in 0..size[3] {
            let grid = match size.get(4) {
                Some(skew) => skewed(rows, columns, size[2], 1, *skew as f64 / 100.0, seed),
                None => caseload(rows, columns, size[2], 1, seed),
            };
            let start = Instant::now();
            let (mut asked, limit) = (0, std::env::var("ATTUNE_SECONDS").map_or(20.0, |said| said.parse().unwrap()));
            let pattern = cheapest(&grid, &mut || {
                asked += 1;
                start.elapsed().as_secs_f64() < limit
            });
            let took = start.elapsed().as_secs_f64();
            let pattern = pattern.unwrap();
            assert!(safe(&grid, &pattern.hidden));
            proven += u64::from(pattern.cost == pattern.bound);
            if std::env::var("ATTUNE_GRID").is_ok() {
                println!("  {seed}: {took:.3} s, {asked} rounds, cost {} bound {}", pattern.cost, pattern.bound);
            }
            times.push(took);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        println!("{size:?}: p50 {:.3} p95 {:.3} max {:.3} s, proven {proven} of {}", at(0.5), at(0.95), at(1.0), times.len());
    }
}
