//! No name of a real person of the service stands anywhere in the project. The
//! names themselves are not here either: only the SHA-256 of each, lower case,
//! with one space between the two words.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

const HASHES: &str = include_str!("data/real-names.sha256");

#[test]
fn no_real_name_stands_in_the_project() {
    let known = known(HASHES);
    assert!(!known.is_empty(), "tests/data/real-names.sha256 has hashes in it");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let mut pairs: BTreeMap<String, PathBuf> = BTreeMap::new();
    let files = files(&root);
    assert!(files.len() > 100, "the files of the project were found: {}", files.len());
    for file in files {
        let Ok(text) = fs::read(root.join(&file)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) else { continue };
        for pair in pairs_of(&text).into_iter().chain(pairs_of(&file.to_string_lossy())) {
            pairs.entry(pair).or_insert_with(|| file.clone());
        }
    }
    let found: Vec<&PathBuf> = pairs.iter().filter(|(pair, _)| known.contains(&hash(pair))).map(|(_, file)| file).collect();
    assert!(found.is_empty(), "the name of a real person stands in {found:?}");
}

#[test]
fn a_planted_name_is_found_however_it_is_written() {
    let known = BTreeSet::from([hash("fiadh o’neill")]);
    let finds = |text: &str| pairs_of(text).iter().any(|pair| known.contains(&hash(pair)));
    for text in ["by Fiadh O’Neill, today", "FIADH  O’NEILL", "fiadh\n  o’neill", "(“Fiadh O’Neill”)", "Fiadh O’Neill's"] {
        assert!(finds(text), "{text}");
    }
    assert!(!finds("Fiadh and O’Neill"));
    let plain = BTreeSet::from([hash("morag practice")]);
    for text in ["MoragPractice", "morag_practice", "morag-practice@example.org", "morag.practice", "Morag Practice’s"] {
        assert!(pairs_of(text).iter().any(|pair| plain.contains(&hash(pair))), "{text}");
    }
}

fn known(text: &str) -> BTreeSet<String> {
    text.split_whitespace().filter(|word| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit())).map(str::to_owned).collect()
}

fn hash(pair: &str) -> String {
    Sha256::digest(pair.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every two neighbouring words of a text: words as they are spaced, and words
/// as any sign, or a capital inside one, parts them.
fn pairs_of(text: &str) -> BTreeSet<String> {
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let spaced: Vec<String> = text.split_whitespace().map(trimmed).filter(|word| !word.is_empty()).collect();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let kept: Vec<String> = words(text, inside).iter().map(|word| trimmed(word)).filter(|word| !word.is_empty()).collect();
    let plain: Vec<String> = words(text, char::is_alphanumeric).iter().map(|word| word.to_lowercase()).collect();
    let owned: Vec<String> = kept.iter().map(|word| word.trim_end_matches("'s").trim_end_matches("’s").to_owned()).collect();
    let lists = [spaced, kept, plain, owned];
    lists.iter().flat_map(|list| list.windows(2).map(|two| two.join(" "))).collect()
}

/// A text cut wherever a character is not `inside`, and before each capital
/// that follows a small letter.
fn words(text: &str, inside: impl Fn(char) -> bool) -> Vec<String> {
    let (mut words, mut word, mut small) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        if (!inside(c) || small && c.is_uppercase()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if inside(c) {
            word.push(c);
        }
        small = c.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The files that belong to the project: those git would keep, or, where there
/// is no git, all but what is built.
fn files(root: &Path) -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root).output();
    match listed {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
            names.map(|name| PathBuf::from(String::from_utf8_lossy(name).into_owned())).collect()
        }
        _ => {
            let mut found = Vec::new();
            walk(root, Path::new(""), &mut found);
            found
        }
    }
}

fn walk(root: &Path, below: &Path, found: &mut Vec<PathBuf>) {
    const BUILT: [&str; 6] = ["target", "node_modules", "dist", ".git", ".tools", "gen"];
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let name = entry.unwrap().file_name();
        let path = below.join(&name);
        if BUILT.iter().any(|built| name == *built) {
            continue;
        }
        match root.join(&path).is_dir() {
            true => walk(root, &path, found),
            false => found.push(path),
        }
    }
}
