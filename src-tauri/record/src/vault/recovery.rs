//! The printed recovery key: 175 random bits as seven groups of five letters
//! and digits, and an eighth group that catches slips of the pen. Written in
//! Crockford's base 32, which leaves out the letters that look like digits.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::codes::refusals;
use crate::error::{Error, Result};
use crate::vault::keys::random;

/// Opens a vault when nobody's passphrase does. Wiped when dropped, never
/// printed but where it is asked for.
pub struct RecoveryKey(Zeroizing<[u8; SECRET]>);

impl RecoveryKey {
    /// A new random key.
    pub fn generate() -> Result<Self> {
        let mut symbols = random::<SECRET>()?;
        for symbol in symbols.iter_mut() {
            *symbol &= 31;
        }
        Ok(Self(symbols))
    }

    /// The key a person typed. Case, spaces and dashes do not matter, nor O for
    /// 0 or I and L for 1. A key that cannot be one, because it was mistyped or
    /// is not all there, is refused with `recovery_key_typo`; whether it is the
    /// right one only the vault can tell.
    pub fn parse(text: &str) -> Result<Self> {
        let mut typed = symbols(text).ok_or_else(mistyped)?;
        if typed.len() != SECRET + CHECK {
            return Err(wrong_length(typed.len()));
        }
        let mut symbols = Zeroizing::new([0; SECRET]);
        symbols.copy_from_slice(&typed[..SECRET]);
        let key = Self(symbols);
        let right = key.check() == typed[SECRET..];
        typed.zeroize();
        if right { Ok(key) } else { Err(mistyped()) }
    }

    /// The key in two lines of four groups, to be shown once and printed.
    #[must_use]
    pub fn printable(&self) -> Vec<Zeroizing<String>> {
        let check = self.check();
        let all: Zeroizing<Vec<u8>> = Zeroizing::new([self.0.as_slice(), &check].concat());
        let lines = all.chunks(GROUP * GROUPS_IN_LINE);
        lines.map(|line| grouped(line, GROUP)).collect()
    }

    /// The key that seals the database key for this recovery key.
    #[must_use]
    pub fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(WRAPPING, self.0.as_slice()))
    }

    fn check(&self) -> [u8; CHECK] {
        check_symbols(CHECKING, self.0.as_slice())
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

/// What was typed, as values below 32, without spaces and dashes; `None` when
/// there is a character that is none of the 32.
#[must_use]
pub fn symbols(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut found = Zeroizing::new(Vec::with_capacity(text.len()));
    for character in text.chars().filter(|c| !is_between(*c)) {
        found.push(symbol(character)?);
    }
    Some(found)
}

/// `symbols` written in upper case, in groups of `size` joined by dashes.
#[must_use]
pub fn grouped(symbols: &[u8], size: usize) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(symbols.len() * 2));
    for (at, symbol) in symbols.iter().enumerate() {
        if at > 0 && at % size == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(symbol & 31)]));
    }
    text
}

/// Symbols that follow from `symbols`, by which a slip is noticed.
#[must_use]
pub fn check_symbols<const N: usize>(context: &str, symbols: &[u8]) -> [u8; N] {
    let mut hash = Zeroizing::new(blake3::derive_key(context, symbols));
    let mut check = [0; N];
    for (check, byte) in check.iter_mut().zip(hash.iter()) {
        *check = byte & 31;
    }
    hash.zeroize();
    check
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET: usize = 35;
const CHECK: usize = 5;
const GROUP: usize = 5;
const GROUPS_IN_LINE: usize = 4;
const CHECKING: &str = "attune 2026 recovery key: check symbols";
const WRAPPING: &str = "attune 2026 recovery key: wrapping key";

fn symbol(character: char) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|c| char::from(*c) == character)?;
    u8::try_from(at).ok()
}

/// Spaces and every kind of dash, as a word processor may have made of it.
#[must_use]
pub fn is_between(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn mistyped() -> Error {
    typo("Some of the recovery key is typed wrong. Compare it with the sheet, group by group.".to_owned())
}

fn wrong_length(found: usize) -> Error {
    let whole = SECRET + CHECK;
    typo(format!("The recovery key has {whole} letters and digits; {found} were typed. Compare it with the sheet, group by group."))
}

fn typo(message: String) -> Error {
    RecoveryRefused::Typo.says(message)
}

refusals! {
    /// A recovery key that was not typed as it is printed.
    pub enum RecoveryRefused {
        Typo "recovery_key_typo" at "recoveryKey",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(symbols: [u8; SECRET]) -> RecoveryKey {
        RecoveryKey(Zeroizing::new(symbols.map(|s| s & 31)))
    }

    fn text(key: &RecoveryKey) -> String {
        let lines = key.printable();
        format!("{}\n{}", *lines[0], *lines[1])
    }

    #[test]
    fn printed_as_two_lines_of_four_groups() {
        let lines = RecoveryKey::generate().expect("key").printable();
        assert_eq!(lines.len(), 2);
        for line in &lines {
            let groups: Vec<&str> = line.split('-').collect();
            assert_eq!(groups.len(), 4);
            assert!(groups.iter().all(|group| group.len() == 5));
        }
    }

    #[test]
    fn the_spelling_of_a_sheet_is_for_ever() {
        let sheet = text(&key(std::array::from_fn(|at| u8::try_from(at).expect("small"))));
        assert_eq!(sheet, "01234-56789-ABCDE-FGHJK\nMNPQR-STVWX-YZ012-NMHKB");
        assert!(RecoveryKey::parse(&sheet).is_ok());
    }

    #[test]
    fn what_is_not_a_key_is_a_typo() {
        let whole = text(&key([7; SECRET]));
        let cut = &whole[..whole.len() - 1];
        let long = format!("{whole}7");
        for wrong in ["", "   ", "hello", cut, &long, &whole.replace('7', "U"), "ÅÅÅÅÅ"] {
            let error = RecoveryKey::parse(wrong).expect_err("not a key");
            assert_eq!(error.code, "recovery_key_typo");
            assert_eq!(error.field.as_deref(), Some("recoveryKey"));
        }
    }

    #[test]
    fn a_key_shows_nothing_of_itself() {
        assert_eq!(format!("{:?}", key([7; SECRET])), "RecoveryKey(…)");
    }

    #[test]
    fn keys_and_their_wrapping_keys_differ() {
        let (one, two) = (RecoveryKey::generate().expect("key"), RecoveryKey::generate().expect("key"));
        assert_ne!(*one.0, *two.0);
        assert_ne!(*one.wrapping_key(), *two.wrapping_key());
    }

    /// The key as a person might type it: any case, any spacing, look-alikes.
    fn retyped(text: &str, style: u8) -> String {
        let text = match style % 4 {
            0 => text.to_lowercase(),
            1 => text.replace(['-', '\n'], ""),
            2 => text.replace('-', " – "),
            _ => format!("  {text}\t"),
        };
        match style / 4 % 3 {
            0 => text.replace('0', "O").replace('1', "l"),
            1 => text.replace('0', "o").replace('1', "I"),
            _ => text,
        }
    }

    proptest! {
        #[test]
        fn typed_in_any_manner_it_is_the_same_key(symbols: [u8; SECRET], style: u8) {
            let key = key(symbols);
            let back = RecoveryKey::parse(&retyped(&text(&key), style)).expect("parses");
            prop_assert_eq!(*back.0, *key.0);
        }

        #[test]
        fn one_wrong_symbol_is_noticed(symbols: [u8; SECRET], at in 0..40_usize, by in 1..32_u8) {
            let sheet = text(&key(symbols));
            let mut typed = super::symbols(&sheet).expect("symbols");
            typed[at] = (typed[at] + by) % 32;
            let error = RecoveryKey::parse(&grouped(&typed, GROUP)).expect_err("typo");
            prop_assert_eq!(error.code, "recovery_key_typo");
        }

        #[test]
        fn two_symbols_or_groups_changed_over_are_noticed(symbols: [u8; SECRET], a in 0..40_usize, b in 0..40_usize) {
            let sheet = text(&key(symbols));
            let typed = super::symbols(&sheet).expect("symbols");
            let mut swapped = typed.clone();
            swapped.swap(a, b);
            let mut regrouped = typed.to_vec();
            let (first, second) = (a / GROUP, b / GROUP);
            for at in 0..GROUP {
                regrouped.swap(first * GROUP + at, second * GROUP + at);
            }
            for changed in [swapped.to_vec(), regrouped] {
                let same = changed == *typed;
                prop_assert_eq!(RecoveryKey::parse(&grouped(&changed, GROUP)).is_ok(), same);
            }
        }

        #[test]
        fn no_text_panics_or_is_quoted(text in "[!-~]{6,30}") {
            if let Err(error) = RecoveryKey::parse(&text) {
                prop_assert!(!error.message.contains(&text));
            }
        }
    }
}
