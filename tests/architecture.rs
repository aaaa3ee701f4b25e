//! The architecture, checked against the sources themselves: Rust, SQL, Svelte
//! and TypeScript are read as text, and what breaks a rule is said in a
//! sentence that names the file and the rule. Each rule is a function over
//! (path, text) pairs, so that a planted violation can prove that it bites.
//!
//! The rules in words: ARCHITECTURE.md.

#![allow(clippy::unwrap_used, reason = "these are tests")]

#[path = "architecture/layers.rs"]
mod layers;
#[path = "architecture/lists.rs"]
mod lists;
#[path = "architecture/pages.rs"]
mod pages;
#[path = "architecture/reading.rs"]
mod reading;
#[path = "architecture/sentences.rs"]
mod sentences;
#[path = "architecture/sql.rs"]
mod sql;
#[path = "architecture/types.rs"]
mod types;
#[path = "architecture/words.rs"]
mod words;

use reading::{Source, project};

/// A rule: what is wrong, one sentence each; nothing when it holds.
type Rule = fn(&[Source]) -> Vec<String>;

const RULES: &[(&str, Rule)] = &[
    ("the layers of the core", layers::core_layers),
    ("what the core may know of the outside", layers::core_outside),
    ("the ways in", layers::ways_in),
    ("disclosure knows no family", layers::disclosure_alone),
    ("one clock, one source of ids", layers::one_clock),
    ("no window below the shell", layers::no_window),
    ("no network", layers::no_network),
    ("what no ordering may reach", sql::ace_apart),
    ("table names are words of the glossary", sql::glossary_words),
    ("record tables have one writer", sql::one_writer),
    ("every operation is done by something", lists::operations),
    ("every command is known to the pages", lists::commands),
    ("refusals are declared in lists", lists::refusals),
    ("what a page may import", pages::imports),
    ("one door to the shell", pages::one_door),
    ("one form", pages::one_form),
    ("one field of a date", pages::one_date_field),
    ("no circles", pages::no_circles),
    ("types are declared once", types::declared_once),
    ("sentences live in strings", sentences::in_strings),
    ("plain words", words::plain),
    ("whose record a dialog writes to", pages::dialogs_say_whose),
];

#[test]
fn the_sources_keep_every_rule() {
    let sources = project();
    assert!(sources.len() > 200, "the sources were found: {}", sources.len());
    let broken: Vec<String> =
        RULES.iter().flat_map(|(name, rule)| rule(&sources).into_iter().map(move |words| format!("{name}: {words}"))).collect();
    assert!(broken.is_empty(), "the architecture is not kept (ARCHITECTURE.md):\n\n{}\n", broken.join("\n"));
}

/// Expects `rule` to say all of `words` of these planted files, in one sentence.
#[track_caller]
fn catches(rule: Rule, planted: &[(&str, &str)], words: &[&str]) {
    let said = rule(&reading::planted(planted));
    let found = said.iter().any(|sentence| words.iter().all(|word| sentence.contains(word)));
    assert!(found, "expected a sentence with {words:?}, but it said {said:?}");
}

/// Expects `rule` to have nothing to say of these planted files.
#[track_caller]
fn allows(rule: Rule, planted: &[(&str, &str)]) {
    let said = rule(&reading::planted(planted));
    assert!(said.is_empty(), "expected nothing, but it said {said:?}");
}
