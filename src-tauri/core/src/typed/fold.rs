//! Search without regard to case, accents, apostrophes and hyphens, so that
//! O’Neill, ONEILL and Ó Néill, Sinead and Sinéad find each other. Tokens hold
//! letters and digits only.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Before a number and between words of its label, as people paste it: `H&C No.`.
const LABELS: [&str; 24] = [
    "h", "c", "s", "hc", "cn", "sc", "hcn", "hsc", "hcno", "hscn", "hscni", "nhs", "health", "and", "social", "care", "no", "nos", "nr",
    "num", "numb", "number", "cno", "scn",
];
/// What a place in the order of birth stands behind.
pub const OF_A_BIRTH: [&str; 3] = ["twin", "triplet", "baby"];
/// So many words are looked for at once.
const MOST_WORDS: usize = 24;
/// Fewer digits than these alone would find everybody.
const FEWEST_DIGITS: usize = 3;
/// Digits of a whole Health and Care Number.
const WHOLE_NUMBER: usize = 10;
/// No name and no number has a longer word.
const LONGEST_WORD: usize = 100;
/// How many words are taken for one name written apart: `van der Berg`.
const WORDS_JOINED: usize = 4;

/// What was typed into Find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The folded words of a name in the order typed. A person matches if each
    /// begins one of the person's tokens; [`Query::terms`] also knows joined
    /// spellings.
    pub tokens: Vec<String>,
    /// Digits to be found anywhere in a Health and Care Number: three or more,
    /// or fewer beside a name.
    pub digits: Option<String>,
    /// All words typed, digits too, each of which begins a word of a note.
    pub words: Vec<String>,
    /// More was typed than is looked for at once; then nothing is.
    pub too_long: bool,
}

impl Query {
    /// Reads a query; words of digits alone, in any spacing, make `digits`, and
    /// the label of a number beside them is none of a name.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let folded = fold(text);
        let words: Vec<String> = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if words.len() > MOST_WORDS || words.iter().any(|word| word.chars().count() > LONGEST_WORD) {
            return Self { too_long: true, ..Self::default() };
        }
        let parts = of_a_birth(&words).into_iter().flat_map(|word| unlabelled(&word).into_iter().map(str::to_owned).collect::<Vec<_>>());
        let (numbers, mut tokens): (Vec<String>, Vec<String>) = parts.partition(|word| is_digits(word));
        let digits = numbers.concat();
        if digits.len() >= FEWEST_DIGITS {
            tokens.retain(|token| !LABELS.contains(&token.as_str()));
        }
        let enough = digits.len() >= FEWEST_DIGITS || !digits.is_empty() && !tokens.is_empty();
        Self {
            words: if enough || !tokens.is_empty() { words } else { Vec::new() },
            tokens,
            digits: Some(digits).filter(|_| enough),
            too_long: false,
        }
    }

    /// True if there is nothing to look for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.digits.is_none()
    }

    /// For each word the spellings of which one must begin a person's token: the
    /// word itself, and joined to those before it, so that `O Neill` finds
    /// ONEILL, `Mac Alister` MACALISTER and `van der Berg` VANDERBERG.
    #[must_use]
    pub fn terms(&self) -> Vec<Vec<String>> {
        let spellings = |last: usize| {
            let first = (last + 1).saturating_sub(WORDS_JOINED);
            (first..=last).rev().map(|from| self.tokens[from..=last].concat()).collect()
        };
        (0..self.tokens.len()).map(spellings).collect()
    }

    /// True if each term begins one of the person's tokens, in any order, and
    /// the digits stand in the person's number. An empty query matches nobody.
    #[must_use]
    pub fn matches(&self, tokens: &BTreeSet<String>, number: &str) -> bool {
        let begins = |spelling: &String| tokens.range(spelling.clone()..).next().is_some_and(|token| token.starts_with(spelling));
        !self.is_empty()
            && self.terms().iter().all(|spellings| spellings.iter().any(begins))
            && self.digits.as_ref().is_none_or(|digits| number.contains(digits))
    }
}

/// The text in lower case without accents and apostrophes; whatever else is not
/// a letter or digit becomes one space between words. Folding twice changes
/// nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for letter in letters.filter(|c| !is_combining_mark(*c)) {
        match spelled_out(letter) {
            Some(spelling) => folded.push_str(spelling),
            None if letter.is_alphanumeric() => folded.push(letter),
            None if !folded.is_empty() && !folded.ends_with(' ') => folded.push(' '),
            None => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// All words a person can be found by the beginning of, from the parts of the
/// name: each word with those after it, words without their prefix, Mc for Mac
/// and St for Saint both ways. `O'Neill` gives `neill`, `oneill`;
/// `Hamilton-Boyd` `hamiltonboyd`, `boyd`.
#[must_use]
pub fn tokens_of(parts: &[&str]) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for part in parts {
        part.split(|c: char| c.is_whitespace() || c == '-').for_each(|word| add_without_prefix(word, &mut tokens));
        let folded = fold(part);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        for (at, word) in words.iter().enumerate() {
            let after = words[at + 1..].concat();
            add(format!("{word}{after}"), &mut tokens);
            if let Some(other) = [("st", "saint"), ("saint", "st")].iter().find_map(|(one, other)| (word == one).then_some(other)) {
                tokens.insert(format!("{other}{after}"));
            }
            // Ó hUiginn is also Ó Uiginn.
            let bare = word.strip_prefix('h').filter(|bare| bare.starts_with(['a', 'e', 'i', 'o', 'u']));
            if let Some(bare) = bare.filter(|_| at > 0 && words[at - 1] == "o") {
                add(format!("{bare}{after}"), &mut tokens);
                add(format!("o{bare}{after}"), &mut tokens);
            }
        }
    }
    tokens
}

/// Adds a token, and beside Mac the spelling Mc, and the reverse.
fn add(token: String, tokens: &mut BTreeSet<String>) {
    for (written, other) in [("mac", "mc"), ("mc", "mac")] {
        if let Some(rest) = token.strip_prefix(written).filter(|rest| !rest.is_empty()) {
            tokens.insert(format!("{other}{rest}"));
        }
    }
    tokens.insert(token);
}

/// Adds `neill` of `O'Neill`, `alister` of `McAlister` and of `MacAlister`, but
/// no `ken` of `Macken`.
fn add_without_prefix(word: &str, tokens: &mut BTreeSet<String>) {
    let after_apostrophe = word.rsplit_once(is_apostrophe).map(|(_, rest)| rest);
    let after_mc = word.get(2..).filter(|_| word.to_lowercase().starts_with("mc"));
    let after_saint = ["St", "Saint"].iter().find_map(|saint| word.strip_prefix(saint)).filter(|rest| rest.starts_with(char::is_uppercase));
    for saint in ["", "st", "saint"] {
        tokens.extend(after_saint.map(|rest| format!("{saint}{}", fold(rest).replace(' ', ""))));
    }
    let after_mac = ["Mac", "mac"].iter().find_map(|mac| word.strip_prefix(mac)).filter(|rest| rest.starts_with(char::is_uppercase));
    for rest in [after_apostrophe, after_mc, after_mac].into_iter().flatten() {
        tokens.extend(fold(rest).split(' ').filter(|token| token.len() > 1).map(str::to_owned));
    }
}

/// The words with `twin 1` as one: a place in the order of birth is no number of
/// anybody. `baby 3 of 4` is found by its place.
fn of_a_birth(words: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let place = is_digits(word) && word.len() <= 2;
        match joined.last_mut().filter(|before| place && OF_A_BIRTH.contains(&before.as_str())) {
            Some(before) => before.push_str(word),
            None => joined.push(word.clone()),
        }
    }
    joined
}

/// The word, or the label and the whole number that were written as one:
/// `HCN9990000018`, but not `s117`.
fn unlabelled(word: &str) -> Vec<&str> {
    let (label, number) = word.split_at(word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len()));
    if LABELS.contains(&label) && number.len() == WHOLE_NUMBER && is_digits(number) { vec![label, number] } else { vec![word] }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The apostrophe and what is typed or pasted for it.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | '′' | '＇')
}

/// Letters that do not decompose into a plain one and an accent.
const fn spelled_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
