//! Taking times in turns and telling them.

use std::hint::black_box;
use std::time::Instant;

use serde::Serialize;

/// How often each pair is measured, unless it takes long.
pub const RUNS: usize = 7;

/// One figure: what was measured in each run, ours and raw.
pub struct Figure<'a> {
    /// What it is.
    pub name: &'a str,
    /// Of `ours` and `raw`.
    pub unit: &'a str,
    /// Ours, run by run.
    pub ours: Vec<f64>,
    /// The raw thing, run by run; empty if there is none.
    pub raw: Vec<f64>,
    /// What is expected: `ratio <= 3`.
    pub expected: &'a str,
    /// How many times in all each side was done.
    pub n: usize,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    ours: f64,
    raw: Option<f64>,
    ratio: Option<f64>,
    spread: Spread,
    unit: &'a str,
    n: usize,
    runs: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    expected: &'a str,
    load: Option<f64>,
}

/// Least and most over the runs.
#[derive(Serialize)]
struct Spread {
    ours: [f64; 2],
    raw: Option<[f64; 2]>,
    ratio: Option<[f64; 2]>,
}

impl Figure<'_> {
    /// Prints it as one line.
    pub fn print(&self) {
        let ratios: Vec<f64> = self.ours.iter().zip(&self.raw).map(|(ours, raw)| ours / raw).collect();
        let some = |values: &[f64]| (!values.is_empty()).then(|| median(values));
        let range = |values: &[f64]| (!values.is_empty()).then(|| between(values));
        let line = Line {
            name: self.name,
            ours: median(&self.ours),
            raw: some(&self.raw),
            ratio: some(&ratios),
            spread: Spread { ours: between(&self.ours), raw: range(&self.raw), ratio: range(&ratios) },
            unit: self.unit,
            n: self.n,
            runs: self.ours.len(),
            expected: self.expected,
            load: load(),
        };
        println!("{}", serde_json::to_string(&line).unwrap());
    }
}

/// The medians of `count` times, in milliseconds, of two things done in turns.
pub fn in_turns<A, B>(count: usize, mut ours: impl FnMut() -> A, mut raw: impl FnMut() -> B) -> (f64, f64) {
    let (mut us, mut them) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for turn in 0..count {
        if turn % 2 == 0 {
            us.push(milliseconds(&mut ours));
            them.push(milliseconds(&mut raw));
        } else {
            them.push(milliseconds(&mut raw));
            us.push(milliseconds(&mut ours));
        }
    }
    (median(&us), median(&them))
}

/// How long it takes, in milliseconds.
pub fn milliseconds<T>(act: impl FnOnce() -> T) -> f64 {
    let begun = Instant::now();
    black_box(act());
    begun.elapsed().as_secs_f64() * 1e3
}

/// The middle of them.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) };
    rounded(median)
}

fn between(values: &[f64]) -> [f64; 2] {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    [rounded(least), rounded(most)]
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// How busy the computer was over the last minute.
fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}
