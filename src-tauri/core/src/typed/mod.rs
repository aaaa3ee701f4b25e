//! What may stand in one line that a person typed: a name of somebody, of a
//! team, of an organisation.

pub mod choice;
pub mod clock;
pub mod counted;
pub mod fold;
pub mod ops;
pub mod when;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::is_nfc;

/// `text` single-spaced and composed (NFC), so that one name has one spelling; none if it holds what nobody can see or read, is longer
/// than `most` characters, or has no letter in it though it has something.
#[must_use]
pub fn line(text: &str, most: usize) -> Option<String> {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    let readable = !text.trim().contains(is_unreadable) && (line.is_empty() || line.contains(char::is_alphabetic));
    (readable && line.chars().count() <= most).then_some(line)
}

/// Prose without what nobody can see: a text that was pasted may hold it, and
/// nobody could find it to take it out. Lines and tabs stay; another control
/// between two words parts them, as a space does. It is composed (NFC).
#[must_use]
pub fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut prose = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let between_words = prose.ends_with(char::is_alphanumeric) && rest.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '\n' | '\t' => prose.push(c),
            c if !is_unreadable(c) => prose.push(c),
            c if c.is_control() && between_words => prose.push(' '),
            _ => {}
        }
    }
    prose.nfc().collect()
}

/// Whether [`prose`] would leave a text as it is.
#[must_use]
pub fn is_prose(text: &str) -> bool {
    !text.contains(is_unreadable) && is_nfc(text)
}

/// Whether a reason says something: five letters or digits at the least.
#[must_use]
pub fn says_why(text: &str) -> bool {
    letters(text) >= 5
}

/// Whether a reason has at least three words: a decision about a child is not
/// told in one.
#[must_use]
pub fn says_something(text: &str) -> bool {
    says_why(text) && text.split_whitespace().filter(|word| letters(word) > 0).count() >= 3
}

/// How many letters and digits there are in a text: what it says is measured by
/// them, not by stops and spaces.
#[must_use]
pub fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric() && !is_unreadable(*c)).count()
}

/// Controls, line separators, invisible spaces and fillers, and marks of writing
/// direction. The joiners of Persian and Indian names are none of these.
#[must_use]
pub fn is_unreadable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fffd}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_loses_what_nobody_can_see_and_nothing_else() {
        assert_eq!(prose("baby\u{0}ball"), "baby ball");
        assert_eq!(prose("She smiled.\r\n\tThen: “eek” \u{1b}[2J\u{202e}safe\0"), "She smiled.\n\tThen: “eek” [2Jsafe");
        assert_eq!(prose("\u{200b}\u{3164}"), "");
        assert_eq!(prose("می\u{200c}خواهم 👶🏽 Ó"), "می\u{200c}خواهم 👶🏽 Ó");
    }

    #[test]
    fn a_reason_has_letters() {
        for (text, says) in [(".....", false), ("\u{3164}\u{3164}\u{3164}\u{3164}\u{3164}", false), ("lost", false), ("It is lost", true)] {
            assert_eq!(says_why(text), says, "{text:?}");
        }
    }

    #[test]
    fn a_line_is_what_can_be_read_on_one() {
        for (text, line_is) in [
            ("  Niamh   Kelly ", Some("Niamh Kelly")),
            ("Ó Néill", Some("Ó Néill")),
            ("Ni\u{301}amh", Some("Níamh")),
            ("محمد", Some("محمد")),
            ("", Some("")),
            ("   ", Some("")),
            ("Niamh\nlead signed everything", None),
            ("Niamh\u{202e}hmaiN", None),
            ("Niamh\u{1b}[2J", None),
            ("Niamh\u{200b}", None),
            ("\u{3164}", None),
            ("…", None),
            ("12", None),
            ("Abcdefghijkl", None),
        ] {
            assert_eq!(line(text, 11).as_deref(), line_is, "{text:?}");
        }
    }
}
