//! What may stand in one line that a person typed: a name of somebody, of a
//! team, of an organisation.

/// `text` single-spaced; none if it holds what nobody can see or read, is longer
/// than `most` characters, or has no letter in it though it has something.
#[must_use]
pub fn line(text: &str, most: usize) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let readable = !text.trim().contains(is_unreadable) && (line.is_empty() || line.contains(char::is_alphabetic));
    (readable && line.chars().count() <= most).then_some(line)
}

/// Controls, line separators, invisible spaces and marks of writing direction.
/// The joiners of Persian and Indian names are none of these.
#[must_use]
pub fn is_unreadable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_can_be_read_on_one() {
        for (text, line_is) in [
            ("  Niamh   Kelly ", Some("Niamh Kelly")),
            ("Ó Néill", Some("Ó Néill")),
            ("محمد", Some("محمد")),
            ("", Some("")),
            ("   ", Some("")),
            ("Niamh\nlead signed everything", None),
            ("Niamh\u{202e}hmaiN", None),
            ("Niamh\u{1b}[2J", None),
            ("Niamh\u{200b}", None),
            ("…", None),
            ("12", None),
            ("Abcdefghijkl", None),
        ] {
            assert_eq!(line(text, 11).as_deref(), line_is, "{text:?}");
        }
    }
}
