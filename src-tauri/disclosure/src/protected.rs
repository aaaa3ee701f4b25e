//! A table as it may be published. It does not hold what it hides.

use serde::{Deserialize, Serialize};

use crate::protect::SMALLEST_SHOWN;
use crate::table::{Row, Table};

/// A protected table: made by [`protect`](crate::protect()) only, or read back from the register of
/// releases, which refuses any table that `protect` could not have made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Protected {
    title: String,
    unit: String,
    note: String,
    body: Body,
}

/// What a cell of a protected table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The true count: zero, or large enough to be shown.
    Shown(u32),
    /// Hidden, for whatever cause; always at least 1.
    Hidden,
}

impl Protected {
    /// What is counted and by what.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What one count is, in the plural.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The sentence below the table; empty for none.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// The cells in the order of their code list; none if the table is withheld.
    pub fn rows(&self) -> impl Iterator<Item = (&str, Cell)> {
        let rows = match &self.body {
            Body::Counts { rows, .. } | Body::Overlapping { rows } => rows.as_slice(),
            Body::Withheld(_) => &[],
        };
        rows.iter().map(|line| (line.label.as_str(), line.cell))
    }

    /// The true total of all cells, hidden ones included; none if the table is withheld, or if its
    /// cells overlap, so that they have no total.
    pub fn total(&self) -> Option<u64> {
        match self.body {
            Body::Counts { total, .. } => Some(total),
            Body::Overlapping { .. } | Body::Withheld(_) => None,
        }
    }

    /// Why there is no table, in one sentence; none if there is one.
    pub fn withheld(&self) -> Option<&'static str> {
        match self.body {
            Body::Counts { .. } | Body::Overlapping { .. } => None,
            Body::Withheld(why) => Some(why.sentence()),
        }
    }

    /// The table with these cells hidden; withheld if that does not pass the check of the register.
    pub(crate) fn hiding(table: Table, hidden: &[bool]) -> Self {
        let total = table.rows.iter().map(|row| u64::from(row.count)).sum();
        let body = Body::Counts { rows: lines(&table, hidden), total };
        Self::checked(table, body)
    }

    /// The table of overlapping cells with these hidden and no total; withheld if that does not pass
    /// the check of the register.
    pub(crate) fn hiding_overlapping(table: Table, hidden: &[bool]) -> Self {
        let body = Body::Overlapping { rows: lines(&table, hidden) };
        Self::checked(table, body)
    }

    fn checked(table: Table, body: Body) -> Self {
        match body.check() {
            Ok(()) => Self { title: table.title, unit: table.unit, note: table.note, body },
            Err(_) => Self::withhold(table, Withheld::CannotBeHidden),
        }
    }

    /// The heading alone, and why there is no table.
    pub(crate) fn withhold(table: Table, why: Withheld) -> Self {
        Self { title: table.title, unit: table.unit, note: table.note, body: Body::Withheld(why) }
    }
}

fn lines(table: &Table, hidden: &[bool]) -> Vec<Line> {
    let line =
        |(row, hide): (&Row, &bool)| Line { label: row.label.clone(), cell: if *hide { Cell::Hidden } else { Cell::Shown(row.count) } };
    table.rows.iter().zip(hidden).map(line).collect()
}

/// Why a table is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Withheld {
    TooFewFamilies,
    CannotBeHidden,
}

impl Withheld {
    fn sentence(self) -> &'static str {
        match self {
            Self::TooFewFamilies => "Not shown: fewer than 20 families.",
            Self::CannotBeHidden => "Not shown: even with small counts hidden, a family could be picked out.",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Body {
    Counts { rows: Vec<Line>, total: u64 },
    Overlapping { rows: Vec<Line> },
    Withheld(Withheld),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    label: String,
    cell: Cell,
}

impl Body {
    /// Whether the published numbers alone keep every hidden cell free to be 1, 2, 3 or 4.
    fn check(&self) -> Result<(), &'static str> {
        let (rows, total) = match self {
            Self::Counts { rows, total } => (rows, Some(total)),
            Self::Overlapping { rows } => (rows, None),
            Self::Withheld(_) => return Ok(()),
        };
        let mut shown = 0;
        let mut cells = 0;
        for line in rows {
            match line.cell {
                Cell::Shown(count) if (1..SMALLEST_SHOWN).contains(&count) => {
                    return Err("a small count is shown");
                }
                Cell::Shown(count) => shown += u64::from(count),
                Cell::Hidden => cells += 1,
            }
        }
        let Some(total) = total else {
            return if cells == 1 { Err("one hidden count stands alone") } else { Ok(()) };
        };
        let hidden = total.checked_sub(shown).ok_or("the total is less than its parts")?;
        match cells {
            0 if hidden == 0 => Ok(()),
            0 => Err("the total is more than its parts"),
            1 => Err("one hidden count can be worked out from the total"),
            _ if hidden < cells + u64::from(SMALLEST_SHOWN) - 2 => Err("the hidden counts are too few"),
            _ => Ok(()),
        }
    }
}

#[derive(Deserialize)]
struct Unchecked {
    title: String,
    unit: String,
    note: String,
    body: Body,
}

impl TryFrom<Unchecked> for Protected {
    type Error = &'static str;

    fn try_from(read: Unchecked) -> Result<Self, Self::Error> {
        read.body.check()?;
        Ok(Self { title: read.title, unit: read.unit, note: read.note, body: read.body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protect;

    fn bands(counts: &[u32]) -> Table {
        Table {
            title: "Open caseload by infant's age band".into(),
            unit: "infants".into(),
            note: String::new(),
            rows: counts.iter().map(|&count| Row { label: format!("band {count}"), count, contributors: count }).collect(),
            families: counts.iter().sum(),
        }
    }

    #[test]
    fn the_register_gives_back_what_it_was_given() {
        for table in [bands(&[3, 8, 0, 12]), bands(&[2, 3])] {
            let protected = protect(table);
            let stored = serde_json::to_string(&protected).unwrap();
            assert_eq!(serde_json::from_str::<Protected>(&stored).unwrap(), protected);
        }
    }

    #[test]
    fn what_is_stored_holds_no_hidden_count_and_no_families() {
        let mut table = bands(&[3, 8, 0, 12]);
        for row in &mut table.rows {
            row.label = "band".into();
        }
        insta::assert_snapshot!(serde_json::to_string(&protect(table)).unwrap(), @r#"{"title":"Open caseload by infant's age band","unit":"infants","note":"","body":{"counts":{"rows":[{"label":"band","cell":"hidden"},{"label":"band","cell":"hidden"},{"label":"band","cell":{"shown":0}},{"label":"band","cell":{"shown":12}}],"total":23}}}"#);
    }

    #[test]
    fn the_register_refuses_what_protect_could_not_have_made() {
        let read = |rows: &str, total: u64| {
            let body = format!(r#"{{"counts":{{"rows":[{rows}],"total":{total}}}}}"#);
            serde_json::from_str::<Protected>(&format!(r#"{{"title":"","unit":"","note":"","body":{body}}}"#))
        };
        let shown = |count: u32| format!(r#"{{"label":"","cell":{{"shown":{count}}}}}"#);
        let hidden = r#"{"label":"","cell":"hidden"}"#;
        let rows = |cells: &[&str]| cells.join(",");

        assert!(read(&rows(&[&shown(20), hidden, hidden]), 25).is_ok());
        assert!(read(&rows(&[&shown(20), hidden, hidden]), 24).is_err(), "2 + 2, 1 + 3: never a 4");
        assert!(read(&rows(&[&shown(20), hidden]), 25).is_err(), "one hidden cell");
        assert!(read(&rows(&[&shown(20), &shown(3)]), 23).is_err(), "a small count");
        assert!(read(&rows(&[&shown(20), &shown(5)]), 26).is_err(), "more than its parts");
        assert!(read(&rows(&[&shown(20), hidden, hidden]), 19).is_err(), "less than its parts");
    }
}
