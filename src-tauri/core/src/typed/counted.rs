//! How many, in words: `1 family`, `20 families`, `5,000 families`.

/// A number with a comma before every three digits.
#[must_use]
pub fn number(count: u32) -> String {
    let digits = count.to_string();
    let mut words = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// The number with what is counted, in the singular for one.
#[must_use]
pub fn of(count: u32, one: &str, several: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_threes() {
        for (count, words) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")] {
            assert_eq!(number(count), words);
        }
        assert_eq!((of(1, "family", "families"), of(5_000, "family", "families")), ("1 family".to_owned(), "5,000 families".to_owned()));
    }
}
