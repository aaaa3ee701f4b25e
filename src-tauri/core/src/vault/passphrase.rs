//! Passphrases: their one spelling, how hard they are to guess, and the ones
//! handed over for a single use.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

use crate::error::Result;
use crate::vault::keys::random;
use crate::vault::recovery::{check_symbols, grouped, symbols};

/// The fewest characters a passphrase may have.
pub const MIN_LENGTH: usize = 12;

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Whether it may be used: long enough, and at least "Strong".
    pub enough: bool,
    /// "Too easy to guess", "Weak", "Fair", "Strong" or "Very strong".
    pub words: String,
    /// What is the matter with it and what would mend it, unless it is enough.
    pub hint: Option<String>,
}

/// Judges a passphrase. `about` is what a guesser may know: the person's names,
/// sign-in name and organisation. Never quotes the passphrase.
#[must_use]
pub fn assess(passphrase: &str, about: &[&str]) -> Strength {
    let passphrase = normalise(passphrase);
    let known = known_words(about);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let guess = zxcvbn::zxcvbn(&passphrase, &known);
    let long = passphrase.chars().count() >= MIN_LENGTH;
    let score = if long { guess.score() } else { guess.score().min(Score::Two) };
    let warning = guess.feedback().and_then(|feedback| feedback.warning());
    let enough = score >= Score::Three;
    Strength { enough, words: words(score).to_owned(), hint: (!enough).then(|| hint(long, leans_on(&passphrase, &known), warning)) }
}

/// The one spelling of a passphrase that keys are derived from: NFKC, without
/// white space at the ends, as paste may add it. A one-time passphrase is
/// understood in any case and spacing. Changing this function locks people out.
#[must_use]
pub fn normalise(passphrase: &str) -> Zeroizing<String> {
    // Measured first: a string that grows leaves copies of itself in memory.
    let length = passphrase.nfkc().map(char::len_utf8).sum();
    let mut normal = Zeroizing::new(String::with_capacity(length));
    normal.extend(passphrase.nfkc());
    let trimmed = Zeroizing::new(normal.trim().to_owned());
    one_time(&trimmed).unwrap_or(trimmed)
}

/// A new passphrase for one use, easy to read aloud and to copy: four groups of
/// four letters and digits, 70 random bits and two symbols that set it apart.
pub fn temporary() -> Result<Zeroizing<String>> {
    let mut random = random::<ONE_TIME_SECRET>()?;
    random.iter_mut().for_each(|symbol| *symbol &= 31);
    Ok(with_check(&*random))
}

const ONE_TIME_SECRET: usize = 14;
const ONE_TIME_CHECK: usize = 2;
const ONE_TIME_GROUP: usize = 4;
const ONE_TIME_CHECKING: &str = "attune 2026 one-time passphrase: check symbols";

/// Words that anybody would try on this program.
const OWN_WORDS: [&str; 7] = ["attune", "infant", "mental", "health", "baby", "trust", "record"];

fn words(score: Score) -> &'static str {
    match score {
        Score::Zero => "Too easy to guess",
        Score::One => "Weak",
        Score::Two => "Fair",
        Score::Three => "Strong",
        _ => "Very strong",
    }
}

fn hint(long: bool, leans: bool, warning: Option<Warning>) -> String {
    if !long {
        return format!("Make it at least {MIN_LENGTH} characters long: four unrelated words are easy to remember.");
    }
    let matter = if leans { "It is built on a name or word that is easy to guess. " } else { warning.map_or("", in_our_words) };
    format!("{matter}Add one or two words that have nothing to do with the rest.")
}

const fn in_our_words(warning: Warning) -> &'static str {
    use Warning as W;
    match warning {
        W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess => "Patterns on the keyboard are guessed early. ",
        W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "Repeating something hardly helps. ",
        W::ThisIsATop10Password | W::ThisIsATop100Password | W::ThisIsACommonPassword => {
            "This is one of the first passwords to be guessed. "
        }
        W::ThisIsSimilarToACommonlyUsedPassword => "This is close to one of the first passwords to be guessed. ",
        W::SequencesLikeAbcAreEasyToGuess => "Runs such as abc or 6543 are guessed early. ",
        W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess => "Dates and years are guessed early. ",
        W::AWordByItselfIsEasyToGuess => "A single word is guessed quickly. ",
        W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess => "Names are guessed early. ",
    }
}

/// Each phrase, and each word of it that is long enough to lean on.
fn known_words(about: &[&str]) -> Vec<String> {
    let phrases = about.iter().chain(&OWN_WORDS);
    let with_words = phrases.flat_map(|phrase| std::iter::once(*phrase).chain(phrase.split_whitespace()));
    with_words.map(|word| word.nfkc().collect::<String>().to_lowercase()).filter(|word| word.chars().count() >= 3).collect()
}

fn leans_on(passphrase: &str, known: &[&str]) -> bool {
    let lower = Zeroizing::new(passphrase.to_lowercase());
    let telling = |word: &&&str| word.chars().count() >= 4;
    known.iter().filter(telling).any(|word| lower.contains(word))
}

/// The canonical spelling of a one-time passphrase, if `text` is one.
fn one_time(text: &str) -> Option<Zeroizing<String>> {
    let typed = symbols(text).filter(|s| s.len() == ONE_TIME_SECRET + ONE_TIME_CHECK)?;
    let canonical = with_check(&typed[..ONE_TIME_SECRET]);
    (*canonical == *grouped(&typed, ONE_TIME_GROUP)).then_some(canonical)
}

fn with_check(secret: &[u8]) -> Zeroizing<String> {
    let check: [u8; ONE_TIME_CHECK] = check_symbols(ONE_TIME_CHECKING, secret);
    let all = Zeroizing::new([secret, &check].concat());
    grouped(&all, ONE_TIME_GROUP)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ABOUT: [&str; 3] = ["Aoife Practice", "aoife", "The Trust"];

    #[test]
    fn what_is_enough() {
        for (passphrase, enough, words) in [
            ("", false, "Too easy to guess"),
            ("password", false, "Too easy to guess"),
            ("aaaaaaaaaaaaaaaa", false, "Too easy to guess"),
            ("aoife practice", false, "Too easy to guess"),
            ("Attune2026Attune2026", false, "Weak"),
            ("qwertyuiop1234", false, "Weak"),
            ("x9$Kq!v2", false, "Fair"),
            ("V7#pQ2!zL0w", false, "Fair"),
            ("password1234!", false, "Weak"),
            ("aoife practice 2026", false, "Fair"),
            ("tall otter", false, "Fair"),
            ("correct lantern", true, "Strong"),
            ("otter lantern gravel", true, "Very strong"),
            ("otter lantern gravel seven", true, "Very strong"),
        ] {
            let strength = assess(passphrase, &ABOUT);
            assert_eq!((strength.enough, strength.words.as_str()), (enough, words), "{passphrase}");
            assert_eq!(strength.hint.is_none(), enough, "{passphrase}");
        }
    }

    #[test]
    fn the_hint_says_what_would_mend_it() {
        for (passphrase, says) in [
            ("x9$Kq!v2", "at least 12 characters"),
            ("aoifeaoifeaoife", "easy to guess"),
            ("asdfghjkl;'asdf", "Patterns on the keyboard"),
            ("zzzzzzzzzzzzzzzz", "Repeating"),
            ("qwertyuiop1234", "first passwords to be guessed"),
            ("13-04-198713-04-1987", "Repeating"),
            ("abcdefghijklmnop", "abc or 6543"),
        ] {
            let hint = assess(passphrase, &ABOUT).hint.expect("not enough");
            assert!(hint.contains(says), "{passphrase}: {hint}");
            assert!(hint.ends_with('.'), "{hint}");
        }
    }

    #[test]
    fn one_spelling() {
        for (typed, same) in [
            ("Sine\u{301}ad rows west", "Sin\u{e9}ad rows west"),
            ("  otter lantern \n", "otter lantern"),
            ("otter\u{a0}lantern", "otter lantern"),
            ("ﬁne ＡＢＣ", "fine ABC"),
        ] {
            assert_eq!(*normalise(typed), same);
        }
        assert_ne!(*normalise("Otter"), *normalise("otter"));
        assert_eq!(*normalise("   "), "");
    }

    #[test]
    fn a_one_time_passphrase_reads_in_any_manner() {
        let one = temporary().expect("random");
        assert_eq!(one.len(), 19);
        assert_eq!(one.split('-').count(), 4);
        assert_eq!(*normalise(&one), *one);
        for typed in [one.to_lowercase(), one.replace('-', ""), one.replace('-', " "), one.replace('0', "o").replace('1', "l")] {
            assert_eq!(*normalise(&typed), *one);
        }
        assert_ne!(*temporary().expect("random"), *one);
        assert!(assess(&one, &ABOUT).enough);
    }

    proptest! {
        #[test]
        fn normal_is_normal(text in ".{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(&*normalise(&once), &*once);
        }

        #[test]
        fn enough_is_long_and_has_no_hint(text in ".{0,30}") {
            let strength = assess(&text, &[]);
            prop_assert_eq!(strength.enough, strength.hint.is_none());
            if strength.enough {
                prop_assert!(normalise(&text).chars().count() >= MIN_LENGTH);
            }
        }
    }
}
