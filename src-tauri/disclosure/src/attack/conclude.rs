//! What the attackers conclude, by trying every possibility.

use std::collections::{BTreeMap, BTreeSet};

use super::see::Seen;

/// The values a cell could have.
pub type Values = BTreeSet<u32>;

/// Knows of each hidden cell that it is at least 1, and of all of them what they add up to.
#[derive(Default)]
pub struct Reader {
    solved: BTreeMap<(usize, u32), Vec<Values>>,
}

impl Reader {
    /// The values each hidden cell could have.
    pub fn values(&mut self, seen: &Seen) -> Vec<Values> {
        let (cells, sum) = hidden_in(seen);
        self.solved.entry((cells, sum)).or_insert_with(|| possible(&vec![1; cells], sum)).clone()
    }

    /// Every hidden cell could be each of 1, 2, 3 and 4.
    pub fn check(&mut self, seen: &Seen, counts: &[u32]) {
        assert_eq!(seen.total, counts.iter().sum::<u32>());
        let values = self.values(seen);
        assert_ne!(values.len(), 1, "{counts:?} as {seen:?}");
        for values in values {
            assert!((1..=4).all(|count| values.contains(&count)), "{counts:?} as {seen:?}: {values:?}");
        }
    }
}

/// For each hidden cell the family's own count and what the others' count there could be.
pub fn what_is_left(seen: &Seen, own: &[u32]) -> Vec<(u32, Values)> {
    let own: Vec<u32> = seen.cells.iter().zip(own).filter(|(cell, _)| cell.is_none()).map(|(_, own)| *own).collect();
    let least: Vec<u32> = own.iter().map(|&n| n.max(1)).collect();
    let values = possible(&least, hidden_in(seen).1);
    let others = |(own, values): (&u32, Values)| (*own, values.iter().map(|value| value - own).collect());
    own.iter().zip(values).map(others).collect()
}

/// How many cells are hidden, and what they add up to.
fn hidden_in(seen: &Seen) -> (usize, u32) {
    let cells = seen.cells.iter().filter(|cell| cell.is_none()).count();
    (cells, seen.total - seen.cells.iter().flatten().sum::<u32>())
}

/// Every value that each of these cells takes in some choice of values with this sum.
fn possible(least: &[u32], sum: u32) -> Vec<Values> {
    let mut found = vec![Values::new(); least.len()];
    enumerate(least, sum, &mut Vec::new(), &mut |counts| {
        for (values, count) in found.iter_mut().zip(counts) {
            values.insert(*count);
        }
    });
    found
}

fn enumerate(least: &[u32], sum: u32, chosen: &mut Vec<u32>, visit: &mut impl FnMut(&[u32])) {
    let Some((first, rest)) = least.split_first() else {
        return;
    };
    let choices = if rest.is_empty() { sum.max(*first)..=sum } else { *first..=sum };
    for count in choices {
        chosen.push(count);
        if rest.is_empty() {
            visit(chosen);
        }
        enumerate(rest, sum - count, chosen, visit);
        chosen.pop();
    }
}

/// Every table with these many cells and this total, by what its release shows.
pub fn by_release(cells: usize, total: u32, release: impl Fn(&[u32]) -> Option<Seen>) -> BTreeMap<Seen, Vec<Vec<u32>>> {
    let mut found: BTreeMap<Seen, Vec<Vec<u32>>> = BTreeMap::new();
    for counts in tables_of(cells, total) {
        if let Some(seen) = release(&counts) {
            found.entry(seen).or_default().push(counts);
        }
    }
    found
}

/// For each hidden cell its place, and its values in all the tables that are released like this.
pub fn hidden_values(seen: &Seen, tables: &[Vec<u32>]) -> Vec<(usize, Values)> {
    let hidden = (0..seen.cells.len()).filter(|cell| seen.cells[*cell].is_none());
    hidden.map(|cell| (cell, tables.iter().map(|counts| counts[cell]).collect())).collect()
}

/// Every table with these many cells and this total.
pub fn tables_of(cells: usize, total: u32) -> Vec<Vec<u32>> {
    let mut tables = Vec::new();
    enumerate(&vec![0; cells], total, &mut Vec::new(), &mut |counts| {
        tables.push(counts.to_vec());
    });
    tables
}

/// The same, one for all orders of the same counts.
pub fn tables_of_any_order(cells: usize, total: u32) -> Vec<Vec<u32>> {
    fn extend(cells: usize, least: u32, total: u32, chosen: &mut Vec<u32>, tables: &mut Vec<Vec<u32>>) {
        if cells == 0 {
            if total == 0 {
                tables.push(chosen.clone());
            }
            return;
        }
        for count in least..=total / cells as u32 {
            chosen.push(count);
            extend(cells - 1, count, total - count, chosen, tables);
            chosen.pop();
        }
    }
    let mut tables = Vec::new();
    extend(cells, 0, total, &mut Vec::new(), &mut tables);
    tables
}
