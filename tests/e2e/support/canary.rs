//! A word that is typed into every field and must be readable nowhere on the
//! computer: the record is encrypted, and the web view writes nothing down.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::place::Place;

/// Fails with the files of a place in which the word can be read.
pub fn is_nowhere(place: &Place, word: &str, when: &str) {
    let found = found_in(place.root(), word);
    assert!(found.is_empty(), "{when}, “{word}” can be read in {found:?}");
}

/// The files in which the word can be read: in UTF-8 (so also
/// percent-encoded), UTF-16 or base64, in small letters or capitals.
fn found_in(root: &Path, word: &str) -> Vec<PathBuf> {
    assert!(word.len() > 8 && word.chars().all(|letter| letter.is_ascii_lowercase()), "plain letters are the same in any escape");
    let mut found = Vec::new();
    let mut looked_at = 0;
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                looked_at += 1;
                if fs::read(entry.path()).is_ok_and(|bytes| can_be_read_in(&bytes, word)) {
                    found.push(entry.path());
                }
            }
        }
    }
    assert!(looked_at > 3, "only {looked_at} files under {}: the search looks in the wrong place", root.display());
    found
}

fn can_be_read_in(bytes: &[u8], word: &str) -> bool {
    let small = bytes.to_ascii_lowercase();
    let wide: Vec<u8> = word.bytes().flat_map(|byte| [byte, 0]).collect();
    let capital = format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]);
    let written = [word.to_owned(), word.to_ascii_uppercase(), capital];
    holds(&small, word.as_bytes())
        || holds(&small, &wide)
        || written.iter().flat_map(|word| inside_base64(word.as_bytes())).any(|code| holds(bytes, code.as_bytes()))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What stays the same of a word in base64 wherever it stands: one text for
/// each of the three places it can begin at.
fn inside_base64(word: &[u8]) -> [String; 3] {
    [0, 1, 2].map(|skipped| {
        let whole = &word[skipped..];
        whole.chunks_exact(3).flat_map(sextets).collect()
    })
}

fn sextets(three: &[u8]) -> [char; 4] {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
    [18, 12, 6, 0].map(|shift| char::from(SIGNS[bits >> shift & 63]))
}

#[test]
fn the_search_finds_every_way_of_writing() {
    let word = "quillwortcanary";
    let wide: Vec<u8> = "xQUILLWORTCANARY".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts: [&[u8]; 5] =
        [b"a Quillwortcanary b", &wide, b"cXVpbGx3b3J0Y2FuYXJ5", b"IFF1aWxsd29ydGNhbmFyeQ==", b"ICBRVUlMTFdPUlRDQU5BUlk="];
    for text in texts {
        assert!(can_be_read_in(text, word), "{}", String::from_utf8_lossy(text));
    }
    assert!(!can_be_read_in(b"quillwort canary", word));
}
