//! Passphrases: their one spelling, what it takes to guess one, the words that
//! Attune offers, and the ones handed over for a single use.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::feedback::Warning;

use crate::error::Result;
use crate::vault::keys::random;
use crate::vault::recovery::{check_symbols, grouped, is_between, symbols};

/// The fewest characters a passphrase may have.
pub const MIN_LENGTH: usize = 15;

/// How many guesses a second somebody makes who has the laptop and a handful of
/// the fastest graphics cards: each guess takes 64 MiB and three passes, of
/// which such a card does one or two thousand a second.
pub const GUESSES_A_SECOND: f64 = 10_000.0;

/// What it takes to guess a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Whether it may be used: long enough, and still worth the highest of the
    /// five scores of zxcvbn when all that is easily guessed is left out.
    pub enough: bool,
    /// What a thief with the laptop would need, in plain words.
    pub words: String,
    /// What is the matter with it and what would mend it; if it is enough, what
    /// would make it better, if that is worth the while.
    pub hint: Option<String>,
}

/// Judges a passphrase. `about` is what a guesser may know: the person's names,
/// sign-in name and organisation. Never quotes the passphrase.
#[must_use]
pub fn assess(passphrase: &str, about: &[&str]) -> Strength {
    let passphrase = normalise(passphrase);
    let about = known_words(about);
    let known: Vec<&str> = about.iter().map(String::as_str).chain(LOCAL_WORDS.split_whitespace()).collect();
    let guess = zxcvbn::zxcvbn(&passphrase, &known);
    let long = passphrase.chars().count() >= MIN_LENGTH;
    let warning = guess.feedback().and_then(|feedback| feedback.warning());
    let guesses = guess.guesses_log10().min(unrelated(&passphrase, &known));
    let enough = long && guesses >= ENOUGH_LOG10;
    let seconds = 10_f64.powf(guesses) / GUESSES_A_SECOND;
    let hint = match enough {
        true => (seconds < YEAR).then(|| "This will be accepted. One more unrelated word would make that years.".to_owned()),
        false => Some(hint(long, leans_on(&passphrase, &known), warning)),
    };
    Strength { enough, words: words(seconds), hint }
}

/// What it takes to guess the parts of a passphrase that nobody would try first,
/// as the logarithm of the number of guesses. Left out are words of or about the
/// person, well-known phrases, dates, years, runs, repetitions and rows of keys,
/// and whatever stands between words: zxcvbn takes each for a random sign, and
/// multiplies for every further part.
fn unrelated(passphrase: &str, known: &[&str]) -> f64 {
    let lower = Zeroizing::new(parted(passphrase).to_lowercase());
    let words: Vec<&str> = lower.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let apart: f64 = words.iter().map(|word| worth(word, known)).sum();
    let joined = without_phrases(&Zeroizing::new(words.concat()));
    let together: f64 = joined.split(' ').map(|rest| worth(rest, known)).sum();
    apart.min(together)
}

fn worth(text: &str, known: &[&str]) -> f64 {
    use zxcvbn::matching::patterns::MatchPattern as P;
    let counts = |pattern: &P| match pattern {
        P::Dictionary(word) => !known.contains(&word.matched_word.as_str()),
        P::BruteForce => true,
        P::Spatial(_) | P::Repeat(_) | P::Sequence(_) | P::Regex(_) | P::Date(_) => false,
    };
    let guess = zxcvbn::zxcvbn(text, known);
    let log10 = |part: &zxcvbn::Match| {
        let guesses = part.guesses.map_or(0.0, |guesses| (guesses as f64).log10());
        let a_word = matches!(part.pattern, P::Dictionary(_)) && part.token.chars().count() >= 5;
        if a_word { guesses.max(LEAST_OF_A_WORD) } else { guesses }
    };
    guess.sequence().iter().filter(|part| counts(&part.pattern)).map(log10).sum()
}

/// A passphrase with a space before each capital that follows a small letter:
/// `ILoveMyDaughter` is four words.
fn parted(passphrase: &str) -> Zeroizing<String> {
    let mut parted = Zeroizing::new(String::with_capacity(passphrase.len() * 2));
    let mut small = false;
    for character in passphrase.chars() {
        if small && character.is_uppercase() {
            parted.push(' ');
        }
        small = character.is_lowercase();
        parted.push(character);
    }
    parted
}

/// `joined` with a space in the place of whatever is of a well-known phrase.
fn without_phrases(joined: &str) -> Zeroizing<String> {
    let signs = Zeroizing::new(joined.chars().collect::<Vec<char>>());
    let mut told = vec![false; signs.len()];
    for phrase in PHRASES.lines() {
        let phrase: Vec<char> = phrase.chars().filter(|sign| *sign != ' ').collect();
        for (at, window) in signs.windows(TELLING).enumerate() {
            if phrase.windows(TELLING).any(|part| part == window) {
                told[at..at + TELLING].fill(true);
            }
        }
    }
    let mut rest = Zeroizing::new(String::with_capacity(joined.len()));
    rest.extend(signs.iter().zip(told).map(|(sign, told)| if told { ' ' } else { *sign }));
    rest
}

/// A new passphrase of four words, to be offered: 51 random bits. Nobody has
/// chosen it, so that nobody guesses it by knowing the person.
pub fn offered() -> Result<Zeroizing<String>> {
    let list: Vec<&str> = WORD_LIST.lines().collect();
    loop {
        let mut phrase = Zeroizing::new(String::with_capacity(64));
        for number in 0..OFFERED_WORDS {
            if number > 0 {
                phrase.push(' ');
            }
            phrase.push_str(list[below(list.len())?]);
        }
        // Four very short words are fewer characters than are asked for.
        if assess(&phrase, &[]).enough {
            return Ok(phrase);
        }
    }
}

/// What two passphrases share that differ in case, spacing, dashes or the way
/// of writing a letter only. For comparing, never for deriving a key.
#[must_use]
pub fn likeness(passphrase: &str) -> Zeroizing<String> {
    let normal = normalise(passphrase);
    let lower = Zeroizing::new(normal.to_lowercase());
    let mut like = Zeroizing::new(String::with_capacity(lower.len() * 2));
    like.extend(lower.nfkc().filter(|character| !is_between(*character)));
    like
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

/// What must be left, as the logarithm of the number of guesses, when all that
/// is easily guessed is left out: the least of the highest score of zxcvbn.
const ENOUGH_LOG10: f64 = 10.0;

/// Phrases that anybody would try, one a line, in lower case.
const PHRASES: &str = include_str!("../../../../assets/passphrase/phrases.txt");

/// So many letters in a row are of a phrase, not like one by chance.
const TELLING: usize = 8;

/// See `assets/passphrase/README.md`.
const WORD_LIST: &str = include_str!("../../../../assets/passphrase/words.txt");
const OFFERED_WORDS: usize = 4;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
const YEAR: f64 = 365.25 * DAY;
const LIFETIME: f64 = 100.0 * YEAR;

const ONE_TIME_SECRET: usize = 14;
const ONE_TIME_CHECK: usize = 2;
const ONE_TIME_GROUP: usize = 4;
const ONE_TIME_CHECKING: &str = "attune 2026 one-time passphrase: check symbols";

/// Words that anybody would try on this program.
const OWN_WORDS: [&str; 7] = ["attune", "infant", "mental", "health", "baby", "trust", "record"];

/// Words that anybody would try here: days, places, common names.
const LOCAL_WORDS: &str = include_str!("../../../../assets/passphrase/local.txt");

/// Nobody draws a word of five letters or more from fewer than some three
/// hundred, whatever the place of that one in a list of passwords.
const LEAST_OF_A_WORD: f64 = 2.5;

/// Where each number below `list` is as likely as any other.
fn below(list: usize) -> Result<usize> {
    let list = u32::try_from(list).unwrap_or(u32::MAX).max(1);
    let fair = u32::MAX - u32::MAX % list;
    loop {
        let drawn = u32::from_le_bytes(*random::<4>()?);
        if drawn < fair {
            return Ok((drawn % list) as usize);
        }
    }
}

fn words(seconds: f64) -> String {
    let about = |count: f64, unit: &str| {
        let count = count.round().max(1.0);
        format!("about {count} {unit}{}", if count > 1.0 { "s" } else { "" })
    };
    let time = match seconds {
        ..MINUTE => return "A thief with this laptop and fast computers would guess it within a minute.".to_owned(),
        LIFETIME.. => return "A thief with this laptop and a room of fast computers would not guess it in a lifetime.".to_owned(),
        ..HOUR => about(seconds / MINUTE, "minute"),
        ..DAY => about(seconds / HOUR, "hour"),
        ..YEAR if seconds < 60.0 * DAY => about(seconds / DAY, "day"),
        ..YEAR => about(seconds / (YEAR / 12.0), "month"),
        _ => about(seconds / YEAR, "year"),
    };
    format!("A thief with this laptop and a room of fast computers would need {time} to guess it.")
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
mod tests;
