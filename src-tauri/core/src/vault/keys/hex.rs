//! Bytes of fixed length as lower-case hexadecimal in JSON:
//! `#[serde(with = "hex")]`.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

/// Writes `bytes` as hexadecimal text.
pub fn serialize<const N: usize, S: Serializer>(bytes: &[u8; N], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(bytes))
}

/// Reads text of exactly `N` bytes; never quotes it in an error.
pub fn deserialize<'de, const N: usize, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; N], D::Error> {
    let text = String::deserialize(deserializer)?;
    bytes(&text).ok_or_else(|| D::Error::custom("not hexadecimal of the right length"))
}

/// `bytes` as text, written in one piece so that no shorter copy is left behind.
pub fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(DIGITS[usize::from(digit)]));
        }
    }
    text
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != N * 2 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    let at = DIGITS.iter().position(|digit| *digit == character)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_lower_case_of_the_right_length_reads() {
        assert_eq!(bytes("00ff1a"), Some([0, 255, 26]));
        for wrong in ["", "00ff1", "00ff1a0", "00FF1A", "00fg1a", "0é0f1"] {
            assert_eq!(bytes::<3>(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn reads_back(value: [u8; 24]) {
            prop_assert_eq!(bytes(&text(&value)), Some(value));
        }
    }
}
