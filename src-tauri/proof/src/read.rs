//! What a printed number says: the least and the most it can stand for.

use crate::{Cell, HIDDEN};

/// The whole numbers that a printed text can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Never less than this.
    pub least: i64,
    /// Never more than this; none if nothing bounds it.
    pub most: Option<i64>,
    /// Whether the number is hidden.
    pub hidden: bool,
}

impl Printed {
    /// What a cell says, to somebody who knows the rule. A number that is rounded is the nearest
    /// multiple of its base, halves up, and was at least [`Cell::from`] (or none at all) before.
    ///
    /// None if it cannot have been printed by the rule: a small number, one that is no multiple.
    pub fn of(cell: &Cell) -> Option<Self> {
        if cell.printed == HIDDEN {
            return Some(Self { least: i64::from(cell.floor), most: None, hidden: true });
        }
        if cell.base == 0 || !cell.printed.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number: i64 = cell.printed.parse().ok()?;
        let base = i64::from(cell.base);
        if number % base != 0 {
            return None;
        }
        if number == 0 {
            return (cell.floor == 1 || cell.sum.is_empty()).then_some(Self { least: 0, most: Some(0), hidden: false });
        }
        let least = (number - base / 2).max(i64::from(cell.from));
        let most = number.checked_add((base - 1) / 2)?;
        (least <= most).then_some(Self { least, most: Some(most), hidden: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(printed: &str, base: u32, floor: u32) -> Option<(i64, Option<i64>)> {
        let cell = Cell {
            release: String::new(),
            table: String::new(),
            line: String::new(),
            sum: vec![(0, 1)],
            printed: printed.into(),
            base,
            from: 5,
            floor,
            own: 0,
            parts: Vec::new(),
        };
        Printed::of(&cell).map(|printed| (printed.least, printed.most))
    }

    #[test]
    fn a_rounded_number_is_five_numbers_and_never_a_small_one() {
        assert_eq!(said("10", 5, 0), Some((8, Some(12))));
        assert_eq!(said("5", 5, 0), Some((5, Some(7))), "3 and 4 are hidden");
        assert_eq!(said("0", 5, 0), None, "zeros are hidden");
        assert_eq!(said("12", 5, 0), None, "not rounded");
        assert_eq!(said("10", 10, 0), Some((5, Some(14))));
    }

    #[test]
    fn an_exact_number_is_itself_and_never_a_small_one() {
        assert_eq!(said("7", 1, 1), Some((7, Some(7))));
        assert_eq!(said("0", 1, 1), Some((0, Some(0))));
        assert_eq!(said("4", 1, 1), None);
        assert_eq!(said("-7", 1, 1), None);
        assert_eq!(said("", 1, 1), None);
    }

    #[test]
    fn a_hidden_number_is_anything_from_its_floor() {
        assert_eq!(said("[c]", 5, 0), Some((0, None)));
        assert_eq!(said("[c]", 1, 1), Some((1, None)));
    }
}
