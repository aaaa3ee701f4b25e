//! Reading sources: which files, and what in them is code, text and path.

use std::fs;
use std::path::{Path, PathBuf};

/// One file, by its path from the root of the project.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub fn is_page(&self) -> bool {
        self.path.ends_with(".ts") || self.path.ends_with(".svelte")
    }

    /// The path below a folder, if it is there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.path.strip_prefix(folder)
    }
}

/// Files that a test plants to be found.
pub fn planted(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() }).collect()
}

/// Every source of the project that a rule reads.
pub fn project() -> Vec<Source> {
    let root = root();
    let mut sources = Vec::new();
    for folder in ["assets", "src-tauri", "ui/src", "docs"] {
        collect(&root, &root.join(folder), &mut sources);
    }
    for file in ["Cargo.lock", "Cargo.toml"] {
        keep(&root, &root.join(file), &mut sources);
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, sources);
        } else if ["rs", "sql", "ts", "svelte", "toml", "md", "json"].iter().any(|ending| path.extension().is_some_and(|e| e == *ending)) {
            keep(root, &path, sources);
        }
    }
}

fn keep(root: &Path, path: &Path, sources: &mut Vec<Source>) {
    let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    sources.push(Source { path: name, text: fs::read_to_string(path).unwrap() });
}

/// A Rust text taken apart: its code with comments and the insides of its
/// texts left out, and those insides.
pub struct Rust {
    pub code: String,
    pub texts: Vec<String>,
}

/// Takes a Rust text apart.
pub fn rust(text: &str) -> Rust {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut texts, mut at) = (String::new(), Vec::new(), 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => at = line_end(&chars, at),
            ('/', Some('*')) => at = comment_end(&chars, at),
            ('r' | '#', _) if raw_start(&chars, at).is_some() => {
                let (from, hashes) = raw_start(&chars, at).unwrap();
                let end: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                let rest: String = chars[from..].iter().collect();
                let inside = rest.split(&end).next().unwrap_or_default().to_owned();
                at = from + inside.chars().count() + end.len();
                code.push_str("\"\"");
                texts.push(inside);
            }
            ('"', _) => {
                let mut inside = String::new();
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    if chars[at] == '\\' {
                        at += 1;
                    }
                    inside.extend(chars.get(at));
                    at += 1;
                }
                at += 1;
                code.push_str("\"\"");
                texts.push(inside);
            }
            ('\'', Some('\\')) => {
                at += 3;
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
            }
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at += 3,
            (other, _) => {
                code.push(other);
                at += 1;
            }
        }
    }
    Rust { code, texts }
}

fn line_end(chars: &[char], at: usize) -> usize {
    (at..chars.len()).find(|index| chars[*index] == '\n').unwrap_or(chars.len())
}

fn comment_end(chars: &[char], at: usize) -> usize {
    let (mut depth, mut at) = (1, at + 2);
    while at < chars.len() && depth > 0 {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

/// Where the inside of a raw text begins, and with how many hashes it ends.
fn raw_start(chars: &[char], at: usize) -> Option<(usize, usize)> {
    if chars[at] != 'r' || at > 0 && is_word(chars[at - 1]) && chars[at - 1] != 'b' {
        return None;
    }
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some((at + 2 + hashes, hashes))
}

/// Every path of `code` that starts with the word `first`, as its parts
/// without `first`; `first::{a::b, c}` is two of them.
pub fn paths(code: &str, first: &str) -> Vec<Vec<String>> {
    let chars: Vec<char> = code.chars().collect();
    let wanted: Vec<char> = first.chars().collect();
    let mut found = Vec::new();
    for at in 0..chars.len() {
        let starts = chars[at..].starts_with(&wanted) && (at == 0 || !is_word(chars[at - 1]) && chars[at - 1] != ':');
        if starts && follow(&chars, at + wanted.len()).is_some() {
            tree(&chars, at + wanted.len(), &[], &mut found);
        }
    }
    found
}

/// Where a path goes on after `::`.
fn follow(chars: &[char], at: usize) -> Option<usize> {
    let at = skip_space(chars, at);
    (chars.get(at) == Some(&':') && chars.get(at + 1) == Some(&':')).then(|| skip_space(chars, at + 2))
}

/// Reads one branch of a path, from after its last part; answers where it ends.
fn tree(chars: &[char], at: usize, so_far: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let Some(mut at) = follow(chars, at) else {
        found.push(so_far.to_vec());
        return at;
    };
    if chars.get(at) == Some(&'{') {
        at += 1;
        loop {
            at = skip_space(chars, at);
            match chars.get(at) {
                None | Some('}') => return at + 1,
                Some(',') => at += 1,
                Some(c) if is_word(*c) => at = part(chars, at, so_far, found),
                Some(_) => at += 1,
            }
        }
    }
    part(chars, at, so_far, found)
}

fn part(chars: &[char], at: usize, so_far: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let word: String = chars[at..].iter().take_while(|c| is_word(**c)).collect();
    if word.is_empty() {
        found.push(so_far.to_vec());
        return at + 1;
    }
    let end = at + word.chars().count();
    tree(chars, end, &[so_far, &[word]].concat(), found)
}

fn skip_space(chars: &[char], at: usize) -> usize {
    at + chars[at.min(chars.len())..].iter().take_while(|c| c.is_whitespace()).count()
}

/// Whether a character can be in a name.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `text` has `word` as a whole word, in any case.
pub fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(&word.to_lowercase()).any(|(at, found)| {
        !text[..at].chars().next_back().is_some_and(is_word) && !text[at + found.len()..].chars().next().is_some_and(is_word)
    })
}

#[test]
fn code_is_told_from_comments_and_texts() {
    let source =
        "use a::b; // crate::store\n/* crate::ops /* deep */ */ let c = '\"'; let s = \"SELECT \\\" 1\"; r#\"PRAGMA \"x\"\"#; 'a: loop {}";
    let read = rust(source);
    assert_eq!(read.texts, ["SELECT \" 1", "PRAGMA \"x\""]);
    assert!(!read.code.contains("crate") && !read.code.contains("SELECT") && read.code.contains("'a: loop"));
}

#[test]
fn paths_are_followed_into_their_groups() {
    let code = "use crate::{store::{log, tx::Tx}, ops::op::Op}; fn f() -> crate::error::Result<()> { my_crate::x(); crate::time::now() }";
    let joined: Vec<String> = paths(code, "crate").iter().map(|path| path.join("::")).collect();
    assert_eq!(joined, ["store::log", "store::tx::Tx", "ops::op::Op", "error::Result", "time::now"]);
}
