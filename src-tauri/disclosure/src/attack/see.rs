//! What the attackers are shown: the file, and how they read it.

use crate::{Release, Row, Table, csv, protect};

/// One table as a reader of the file sees it: `None` is a hidden cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    pub cells: Vec<Option<u32>>,
    pub total: u32,
}

/// The one table of this file; none if it is withheld.
pub fn read(file: &[u8]) -> Option<Seen> {
    let mut seen = Seen { cells: Vec::new(), total: 0 };
    for line in ::csv::Reader::from_reader(file).records() {
        let line = line.unwrap();
        match (&line[0], &line[1], &line[2]) {
            ("About this release", ..) => {}
            (_, "Withheld", _) => return None,
            (_, "Total", total) => seen.total = total.parse().unwrap(),
            (_, _, "[c]") => seen.cells.push(None),
            (_, _, count) => seen.cells.push(Some(count.parse().unwrap())),
        }
    }
    Some(seen)
}

/// The file of a release with this one table.
pub fn released(table: Table) -> Vec<u8> {
    let words = String::new;
    csv(&Release { title: words(), period: words(), made: words(), head: words(), rule: words(), tables: vec![protect(table)] })
}

/// A file as a careless program would write it, which hides the cells it is told to and no others.
pub fn leaky(counts: &[u32], hidden: &[bool]) -> Vec<u8> {
    let cell = |(count, hide): (&u32, &bool)| {
        if *hide { "[c]".to_owned() } else { count.to_string() }
    };
    let lines: String = counts.iter().zip(hidden).map(cell).map(|cell| format!("T,row,{cell},infants\r\n")).collect();
    let total: u32 = counts.iter().sum();
    format!("Part,Line,Value,Unit\r\n{lines}T,Total,{total},infants\r\n").into_bytes()
}

/// Cells as (count, families behind it).
pub fn table(cells: &[(u32, u32)]) -> Table {
    let rows =
        cells.iter().enumerate().map(|(n, &(count, families))| Row { label: format!("row {n}"), count, contributors: families.min(count) });
    Table {
        title: "T".into(),
        unit: "contacts".into(),
        note: String::new(),
        rows: rows.collect(),
        families: cells.iter().map(|cell| cell.1).sum(),
    }
}

/// Each infant with a family of its own.
pub fn infants(counts: &[u32]) -> Table {
    table(&counts.iter().map(|&count| (count, count)).collect::<Vec<_>>())
}
