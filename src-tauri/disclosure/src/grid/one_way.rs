//! The cheapest pattern of a one-way table, by trying all that matters.

use super::{Grid, Pattern, safe};

/// The cheapest safe pattern.
pub(super) fn cheapest(grid: &Grid) -> Option<Pattern> {
    let hidden = if safe(grid, &grid.must_hide) {
        grid.must_hide.clone()
    } else {
        [with_total(grid), under_total(grid)].into_iter().flatten().min_by_key(|hidden| grid.cost(hidden))?
    };
    let cost = grid.cost(&hidden);
    Some(Pattern { hidden, cost, bound: cost })
}

/// With the total hidden, one hidden cell beside it is enough: both can be anything. A total beside
/// which nothing is hidden is the sum of what is shown.
fn with_total(grid: &Grid) -> Option<Vec<bool>> {
    let total = grid.columns;
    let mut hidden = grid.must_hide.clone();
    hidden[total] = true;
    if !hidden[..total].contains(&true) && grid.counts[total] + 1 < grid.threshold {
        hidden[(0..total).filter(|&cell| grid.may_hide(cell)).min_by_key(|&cell| grid.weights[cell])?] = true;
    }
    grid.may_hide(total).then_some(hidden)
}

/// With the total shown, what is hidden adds up to a number that is known. It takes two cells, and
/// together so much above their floors that each can be each small number. The states of the search
/// are how many are hidden, up to two, and how much they are above, up to what is needed; each with
/// the cheapest way to it.
fn under_total(grid: &Grid) -> Option<Vec<bool>> {
    let total = grid.columns;
    let may_hide = |&cell: &usize| grid.may_hide(cell);
    let above = |cell: usize| grid.counts[cell] - grid.floor;
    let need = (grid.threshold - 1).saturating_sub(grid.floor);
    if grid.must_hide[total] || (0..total).filter(may_hide).map(above).sum::<u64>() < need {
        return None;
    }
    let wide = usize::try_from(need).ok()? + 1;
    let mut states: Vec<Option<(u64, Vec<bool>)>> = vec![None; 3 * wide];
    states[0] = Some((0, vec![false; grid.cells()]));
    for cell in (0..total).filter(may_hide) {
        let (must, weight) = if grid.must_hide[cell] { (true, 0) } else { (false, grid.weights[cell]) };
        let before = if must { std::mem::replace(&mut states, vec![None; 3 * wide]) } else { states.clone() };
        for (state, (cost, hidden)) in before.into_iter().enumerate().filter_map(|(state, way)| Some((state, way?))) {
            let reached = (state % wide) as u64 + above(cell);
            let next = (state / wide + 1).min(2) * wide + usize::try_from(reached.min(need)).ok()?;
            if states[next].as_ref().is_none_or(|(known, _)| cost + weight < *known) {
                let mut hidden = hidden;
                hidden[cell] = true;
                states[next] = Some((cost + weight, hidden));
            }
        }
    }
    states.pop()?.map(|(_, hidden)| hidden)
}
