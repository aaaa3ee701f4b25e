//! The Health and Care Number: ten digits, the last a modulus-11 check digit
//! (NHS Data Dictionary, NHS NUMBER; the same rule in Northern Ireland).
//! Shown 3-3-4 with spaces (ISB 1504), never corrected for the person typing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::record::cell::{Cell, Kept, Stored};
use crate::record::names::Names;

/// A number whose check digit holds. Written as ten plain digits in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[serde(try_from = "String", into = "String")]
pub struct HealthCareNumber(u64);

/// A number as a record keeps it: ten digits, or empty if there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberText(pub String);

impl NumberText {
    /// The number, if there is one and its check digit holds.
    #[must_use]
    pub fn number(&self) -> Option<HealthCareNumber> {
        self.0.parse().ok()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Cell for NumberText {
    fn kept(&self) -> Kept {
        self.0.kept()
    }
    fn read(value: Stored<'_>) -> Option<Self> {
        String::read(value).map(Self)
    }
    fn said(&self, _: &dyn Names) -> crate::error::Result<String> {
        Ok(self.to_string())
    }
}

impl fmt::Display for NumberText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number() {
            Some(number) => number.fmt(f),
            None => f.write_str(&self.0),
        }
    }
}

/// Who gives out numbers of this kind, told by the first nine digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberRange {
    /// Health and Care Number: 320 000 001 to 399 999 999.
    NorthernIreland,
    /// NHS number of England, Wales or the Isle of Man: 400 000 000 to
    /// 499 999 999 and 600 000 000 to 799 999 999.
    EnglandWales,
    /// Community Health Index: begins with a date of birth, DDMMYY.
    Scotland,
    /// 999 000 000 to 999 999 999: never given to anyone.
    Test,
    /// None of these.
    Unknown,
}

refusals! {
    /// Why what was typed is not a Health and Care Number.
    pub enum NumberRefused {
        Letters "hcn_letters" => "A Health and Care Number has digits only. Remove the letters and symbols.",
        Length "hcn_length" => "A Health and Care Number has 10 digits. Count them again, or choose “not known” and say why.",
        CheckDigit "hcn_check_digit" => "This number is not valid: a digit is wrong or two are swapped. Check it against the source.",
        Placeholder "hcn_placeholder" => "One digit ten times is not a Health and Care Number. Choose “not known” and say why.",
    }
}

impl HealthCareNumber {
    /// The valid practice numbers in their order, all in the range 999 that is
    /// never given to anyone.
    pub fn practice() -> impl Iterator<Item = Self> {
        (999_000_000..=999_999_999).filter_map(Self::from_first_nine)
    }

    /// Ten digits without spaces, as stored, searched and exported.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }

    /// Who gives out numbers like this one.
    #[must_use]
    pub const fn range(self) -> NumberRange {
        let first_nine = self.0 / 10;
        let (day, month) = (first_nine / 10_000_000, first_nine / 100_000 % 100);
        match first_nine {
            320_000_001..=399_999_999 => NumberRange::NorthernIreland,
            400_000_000..=499_999_999 | 600_000_000..=799_999_999 => NumberRange::EnglandWales,
            999_000_000..=999_999_999 => NumberRange::Test,
            _ if matches!((day, month), (1..=31, 1..=12)) => NumberRange::Scotland,
            _ => NumberRange::Unknown,
        }
    }

    /// What to tell the person typing when the number looks made up, or is not from
    /// Northern Ireland. A warning, not an error: families cross borders.
    #[must_use]
    pub fn warning(self) -> Option<&'static str> {
        if self.fills_a_field() {
            return Some(
                "This does not look like a number that was issued. Check it against a letter or the red book. If it is not known, choose “not known” and say why.",
            );
        }
        match self.range() {
            NumberRange::NorthernIreland => None,
            NumberRange::EnglandWales => Some("This is an NHS number from England, Wales or the Isle of Man: check it with the family."),
            NumberRange::Scotland => Some("This looks like a CHI number from Scotland: check it with the family."),
            NumberRange::Test => Some("Numbers starting with 999 are for practice only."),
            NumberRange::Unknown => Some("This number is outside the Northern Ireland range: check it with the family."),
        }
    }

    /// Whether its digits run up or down, alternate, or are one digit but for two:
    /// what people type who have no number. Chance makes few such.
    fn fills_a_field(self) -> bool {
        let digits: Vec<i8> = self.digits().bytes().map(|byte| byte.cast_signed() - b'0'.cast_signed()).collect();
        // The check digit is not for who types to choose.
        let nine = &digits[..9];
        let steps = |step: i8| nine.windows(2).all(|pair| (pair[1] - pair[0] - step).rem_euclid(10) == 0);
        let alternate = nine.windows(3).all(|three| three[0] == three[2]);
        let most = (0..10).map(|digit| nine.iter().filter(|one| **one == digit).count()).max().unwrap_or_default();
        steps(1) || steps(-1) || alternate || most >= 8
    }

    /// The number that begins with these nine digits, unless its check digit
    /// would be 10: those numbers are never given out.
    fn from_first_nine(first_nine: u64) -> Option<Self> {
        // The weight of a digit is its place from the right, the check digit's being 1.
        let sum: u64 = (0..9).map(|place| first_nine / 10_u64.pow(place) % 10 * u64::from(place + 2)).sum();
        match 11 - sum % 11 {
            10 => None,
            check => Some(Self(first_nine * 10 + check % 11)),
        }
    }
}

/// Reads ten digits in any spacing: spaces and dashes of every kind are passed over.
impl FromStr for HealthCareNumber {
    type Err = NumberRefused;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed = || text.chars().filter(|c| !is_spacing(*c));
        if !typed().all(|c| c.is_ascii_digit()) {
            return Err(NumberRefused::Letters);
        }
        if typed().count() != 10 {
            return Err(NumberRefused::Length);
        }
        let number = typed().filter_map(|c| c.to_digit(10)).fold(0, |number, digit| number * 10 + u64::from(digit));
        match Self::from_first_nine(number / 10) {
            _ if number % 1_111_111_111 == 0 => Err(NumberRefused::Placeholder),
            Some(valid) if valid.0 == number => Ok(valid),
            _ => Err(NumberRefused::CheckDigit),
        }
    }
}

/// `999 123 4567`.
impl fmt::Display for HealthCareNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03} {:04}", self.0 / 10_000_000, self.0 / 10_000 % 1000, self.0 % 10_000)
    }
}

/// Hides the number: what is printed for debugging may be kept.
impl fmt::Debug for HealthCareNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HealthCareNumber({:?})", self.range())
    }
}

impl TryFrom<String> for HealthCareNumber {
    type Error = NumberRefused;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<HealthCareNumber> for String {
    fn from(number: HealthCareNumber) -> Self {
        number.digits()
    }
}

/// Spaces, hyphens, dashes and invisible marks, as they come from other programs.
fn is_spacing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{ad}' | '\u{200b}' | '\u{2010}'..='\u{2015}' | '\u{2060}' | '\u{2212}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
