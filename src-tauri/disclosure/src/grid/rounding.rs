//! Inequalities that follow from others because all is whole: a sum of cuts, divided and rounded up.
//! Which sums are worth it is read off the table of the relaxation; that they hold does not depend
//! on it.

use std::collections::BTreeMap;

use super::cover::Cut;

/// The largest denominator of a multiplier.
const LARGEST: i64 = 100;

/// The sum of cuts with positive multipliers that are about these, rounded so that it cuts off `x`;
/// none if it does not.
pub(super) fn rounded(cuts: &[(&Cut, f64)], x: &[f64]) -> Option<Cut> {
    let (by, multipliers) = fractions(cuts)?;
    let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
    let mut least = 0_i64;
    for ((cut, _), multiplier) in cuts.iter().zip(multipliers) {
        least = least.checked_add(cut.least.checked_mul(multiplier)?)?;
        for &(variable, factor) in &cut.terms {
            let entry = sum.entry(variable).or_default();
            *entry = entry.checked_add(factor.checked_mul(multiplier)?)?;
        }
    }
    // A variable near 1 is counted as what it lacks of 1, so that little is lost by rounding it up.
    let lacks = |variable: usize| x[variable] > 0.5;
    least -= sum.iter().filter(|&(&variable, _)| lacks(variable)).map(|(_, factor)| factor).sum::<i64>();
    let mut cut = Cut { terms: Vec::with_capacity(sum.len()), least: ceil(least, by) };
    for (variable, factor) in sum {
        if lacks(variable) {
            let factor = ceil(-factor, by);
            cut.least -= factor;
            cut.terms.push((variable, -factor));
        } else {
            cut.terms.push((variable, ceil(factor, by)));
        }
    }
    cut.terms.retain(|&(_, factor)| factor != 0);
    (depth(&cut, x) > 0.01).then_some(cut)
}

/// How far `x` is on the wrong side.
#[allow(clippy::cast_precision_loss)]
fn depth(cut: &Cut, x: &[f64]) -> f64 {
    let got: f64 = cut.terms.iter().map(|&(variable, factor)| factor as f64 * x[variable]).sum();
    let length: f64 = cut.terms.iter().map(|&(_, factor)| (factor as f64).powi(2)).sum();
    (cut.least as f64 - got) / length.sqrt().max(1.0)
}

/// The multipliers as fractions with one denominator.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn fractions(cuts: &[(&Cut, f64)]) -> Option<(i64, Vec<i64>)> {
    (2..=LARGEST).find_map(|by| {
        let whole = |multiplier: f64| {
            let times = multiplier * by as f64;
            ((times - times.round()).abs() < 1e-5).then_some(times.round() as i64)
        };
        Some((by, cuts.iter().map(|&(_, multiplier)| whole(multiplier)).collect::<Option<Vec<i64>>>()?))
    })
}

fn ceil(factor: i64, by: i64) -> i64 {
    -(-factor).div_euclid(by)
}
