//! Names as UK records show them: `FAMILY, Given` (ISB 1506, NID-0001 to 0013),
//! never cut short. Family names are upper-cased here, because Irish and
//! Scottish prefixes keep their case: `Ó hUIGINN`, `Mac GIOLLA`, `McALISTER`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No part of a name is longer, in characters.
/// Words that stay small before a family name, if they were typed small.
const PARTICLES: [&str; 33] = [
    "ab", "abu", "af", "al", "an", "ap", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "e", "el", "ibn", "la", "le", "na", "ten", "ter", "van", "von", "y", "’t",
];
const VOWELS: &str = "AEIOUÁÉÍÓÚ";
/// Irish letters that stay small before a capital: `Ó hUiginn`, `Mac an tSaoir`.
const MUTATIONS: [(&str, &str); 9] =
    [("bh", "F"), ("b", "P"), ("d", "T"), ("g", "C"), ("h", VOWELS), ("m", "B"), ("n", "DG"), ("t", VOWELS), ("t", "S")];

/// A person's name as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The given name or names; none if not recorded or not yet given.
    pub given: Option<String>,
    /// The family name, with its own capitals as typed.
    pub family: String,
    /// The name the person likes to be called by.
    pub preferred: Option<String>,
    /// Whether there is a given name to record yet.
    pub given_status: GivenStatus,
    /// Of twins and more, the place in the order of birth.
    pub birth_order: Option<BirthOrder>,
}

/// Whether a given name has been chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenStatus {
    /// As recorded.
    Known,
    /// The baby is unborn or not named yet.
    NotYetGiven,
}

/// A place in the order of birth of twins and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BirthOrder {
    /// From 1, in order of birth.
    pub place: u8,
    /// How many were born together, or are expected: 2 for twins.
    pub of: u8,
}

/// A place alone: of two, or of as many as the place itself tells.
impl From<u8> for BirthOrder {
    fn from(place: u8) -> Self {
        Self { place, of: place.max(2) }
    }
}

impl BirthOrder {
    /// `twin 1`, `triplet 2`, `baby 3 of 4`.
    #[must_use]
    pub fn words(self) -> String {
        match self.of {
            2 => format!("twin {}", self.place),
            3 => format!("triplet {}", self.place),
            of => format!("baby {} of {of}", self.place),
        }
    }
}

impl Name {
    /// The same name, of a twin or more.
    #[must_use]
    pub fn born(self, birth_order: Option<BirthOrder>) -> Self {
        Self { birth_order, ..self }
    }

    /// `O’NEILL, Fiadh`; `WILSON, Baby (twin 1)` while not yet named;
    /// `WILSON, Ruth (twin 2)`; `WILSON` if the given name is not recorded.
    #[must_use]
    pub fn display(&self) -> String {
        let given = self.given_or_baby().map(|given| format!(", {given}")).unwrap_or_default();
        format!("{}{given}{}", family_display(&self.family), self.bracketed())
    }

    /// The short name of chips and sentences: the preferred name, else the
    /// given, else `Baby` or `Baby (twin 1)`, else the family name.
    #[must_use]
    pub fn familiar(&self) -> String {
        match (&self.preferred, &self.given, self.given_status) {
            (Some(name), ..) | (None, Some(name), _) => apostrophes(name),
            (None, None, GivenStatus::NotYetGiven) => format!("Baby{}", self.bracketed()),
            (None, None, GivenStatus::Known) => family_display(&self.family),
        }
    }

    /// `O’N, F` for open-plan offices; of twins `W, R (twin 2)`.
    #[must_use]
    pub fn initials(&self) -> String {
        let family = write(&self.family, |prefix, rest| prefix.to_owned() + &initial(rest));
        let given = self.given_or_baby().map(|given| format!(", {}", initial(&given))).unwrap_or_default();
        format!("{family}{given}{}", self.bracketed())
    }

    /// ` (twin 1)`.
    fn bracketed(&self) -> String {
        self.birth_order.map(|order| format!(" ({})", order.words())).unwrap_or_default()
    }

    fn given_or_baby(&self) -> Option<String> {
        match (&self.given, self.given_status) {
            (Some(given), _) => Some(apostrophes(given)),
            (None, GivenStatus::NotYetGiven) => Some("Baby".to_owned()),
            (None, GivenStatus::Known) => None,
        }
    }
}

/// A family name as it is shown: `O’NEILL`, `Ó hUIGINN`, `NÍ BHRAONÁIN`,
/// `Mac GIOLLA BHRÍDE`, `McALISTER`, `de PAOR`, `HAMILTON-BOYD`. The h of
/// `Ó hUIGINN`, small words, and `Mac` and `Fitz` within a word keep their case
/// only if typed so (`MacNEILL`, but `MACKEN`). Showing it again changes nothing.
#[must_use]
pub fn family_display(family: &str) -> String {
    write(family, |prefix, rest| format!("{prefix}{rest}"))
}

/// Writes a family name piece by piece: what keeps its case, and the rest in
/// upper case. Spaces and hyphens stay.
fn write(family: &str, piece: impl Fn(&str, &str) -> String) -> String {
    let family = apostrophes(family);
    let mut shown = String::new();
    let mut after_o = false;
    let mut left = family.as_str();
    while !left.is_empty() {
        let end = left.find(is_gap).unwrap_or(left.len());
        let (word, after) = left.split_at(end);
        let gap = after.find(|c| !is_gap(c)).unwrap_or(after.len());
        let (gap, after) = after.split_at(gap);
        let (prefix, rest) = divide(word, !after.is_empty(), after_o);
        shown.push_str(&piece(&prefix, &upper(rest)));
        shown.push_str(gap);
        after_o = upper(word) == "Ó";
        left = after;
    }
    shown.nfc().collect()
}

/// Divides a word into the prefix as it is shown and the rest as typed.
fn divide(word: &str, more_follows: bool, after_o: bool) -> (String, &str) {
    let lower = word.to_lowercase();
    if more_follows {
        match lower.as_str() {
            "mac" | "mc" | "mag" | "nic" | "mhic" => return (capitalised(&lower), ""),
            "ó" | "o" | "ní" | "ni" | "uí" | "ui" => return (upper(word), ""),
            small if word == small && PARTICLES.contains(&small) => return (lower, ""),
            _ => {}
        }
    }
    if let Some((before, rest)) = word.rsplit_once('’').filter(|(_, rest)| !rest.is_empty()) {
        let (prefix, rest) = divide(rest, false, false);
        return (format!("{}’{prefix}", upper(before)), rest);
    }
    if let Some(rest) = word.get(2..).filter(|rest| lower.starts_with("mc") && !rest.is_empty()) {
        return ("Mc".to_owned(), rest);
    }
    for prefix in ["Mac", "Fitz"] {
        let rest = word.strip_prefix(prefix).or_else(|| word.strip_prefix(prefix.to_lowercase().as_str()));
        if let Some(rest) = rest.filter(|rest| rest.starts_with(char::is_uppercase)) {
            return (prefix.to_owned(), rest);
        }
    }
    for (small, capitals) in MUTATIONS {
        if let Some(rest) = word.strip_prefix(small).filter(|rest| rest.starts_with(|c| capitals.contains(c))) {
            return (small.to_owned(), rest);
        }
    }
    // Typed all small after Ó, as a vowel’s h can only be.
    match word.strip_prefix('h').filter(|rest| after_o && upper(rest).starts_with(|c| VOWELS.contains(c))) {
        Some(rest) => ("h".to_owned(), rest),
        None => (String::new(), word),
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}')
}

/// Every apostrophe people type as the one they mean.
fn apostrophes(name: &str) -> String {
    name.nfc().map(|c| if matches!(c, '\'' | '`' | '´' | '‘' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | '′' | '＇') { '’' } else { c }).collect()
}

fn upper(text: &str) -> String {
    text.to_uppercase()
}

fn capitalised(lower: &str) -> String {
    let mut letters = lower.chars();
    letters.next().map(|first| upper(&first.to_string()) + letters.as_str()).unwrap_or_default()
}

/// The first letter with its marks.
fn initial(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    first.into_iter().chain(letters.take_while(|c| is_combining_mark(*c))).collect()
}

#[cfg(test)]
mod tests;
