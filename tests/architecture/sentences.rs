//! Where the sentences of the pages live: in `ui/src/strings` or in what the
//! core answers, never in a component.

use crate::reading::Source;
use crate::{allows, catches};

/// Attributes whose value is read, or read out.
const READ: [&str; 12] = [
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "alt",
    "caption",
    "heading",
    "hint",
    "label",
    "placeholder",
    "title",
    "words",
];

/// A page has no words of its own: its markup, its attributes and its script
/// take every sentence from `strings`.
pub fn in_strings(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_page() && is_written_here(&source.path)) {
        let mut words = sentences(&script(source));
        if source.path.ends_with(".svelte") {
            let markup = without_braces(&markup(&source.text));
            words.extend(text_nodes(&markup));
            words.extend(attributes(&markup));
        }
        broken.extend(words.into_iter().map(|words| format!("{} says “{words}”: sentences live in ui/src/strings.", source.path)));
    }
    broken
}

fn is_written_here(path: &str) -> bool {
    path.starts_with("ui/src/")
        && !["ui/src/strings/", "ui/src/ipc/generated/"].iter().any(|folder| path.starts_with(folder))
        && !path.ends_with(".test.ts")
        && !path.ends_with("/testing.ts")
}

/// The part of a file that is code: all of a `.ts`, and of a `.svelte` its
/// script and what stands in braces.
fn script(source: &Source) -> String {
    without(&without(&without(&source.text, "<!--", "-->"), "<style", "</style>"), "/*", "*/")
}

fn markup(text: &str) -> String {
    without(&without(&without(text, "<!--", "-->"), "<style", "</style>"), "<script", "</script>")
}

/// `text` without what lies between `begin` and `end`.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(begin) {
        kept.push_str(&rest[..at]);
        rest = rest[at..].find(end).map_or("", |stop| &rest[at + stop + end.len()..]);
    }
    kept + rest
}

fn without_braces(markup: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for letter in markup.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            other if depth == 0 => kept.push(other),
            _ => {}
        }
    }
    kept
}

/// Words between tags.
fn text_nodes(markup: &str) -> Vec<String> {
    let between = markup.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| without(text, "&", ";"));
    between.map(|text| text.trim().to_owned()).filter(|text| has_letters(text)).collect()
}

/// Words of attributes that are read.
fn attributes(markup: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in READ {
        for (at, begin) in markup.match_indices(&format!(" {name}=\"")) {
            let value = markup[at + begin.len()..].split('"').next().unwrap_or_default();
            if has_letters(value) {
                found.push(value.to_owned());
            }
        }
    }
    found
}

fn has_letters(text: &str) -> bool {
    text.chars().collect::<Vec<_>>().windows(2).any(|pair| pair.iter().all(|letter| letter.is_alphabetic()))
}

/// Texts of code that read like a sentence: a capital, and then a small word.
fn sentences(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains(" generics=")) {
        for quote in ['"', '`', '\''] {
            found.extend(line.split(quote).skip(1).step_by(2).filter(|text| is_sentence(text)).map(str::to_owned));
        }
    }
    found
}

fn is_sentence(text: &str) -> bool {
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let begins = first.chars().next().is_some_and(char::is_uppercase)
        && first.chars().all(|letter| letter.is_alphabetic() || "’,:…".contains(letter));
    begins && words.next().is_some_and(|word| word.chars().next().is_some_and(char::is_lowercase))
}

#[test]
fn a_planted_sentence_in_a_page_is_caught() {
    let page = "ui/src/contact/Row.svelte";
    let plant = |text: &str, words: &str| catches(in_strings, &[(page, text)], &[page, words]);
    plant("<p>Not saved yet</p>", "Not saved yet");
    plant("{#if a > b}<p>Saved</p>{/if}", "Saved");
    plant("<button aria-label=\"Close it\" onclick={() => (open = a > b)}></button>", "Close it");
    plant("<Field {value} hint=\"In your words\" />", "In your words");
    plant("<script>\n  const words = \"The note was not saved.\";\n</script>", "The note was not saved.");
    plant("<p>{open ? `Open it again, ${name}` : \"\"}</p>", "Open it again");
    catches(in_strings, &[("ui/src/shared/retry.ts", "throw new Error('Try it again.');")], &["retry.ts", "Try it again."]);
}

#[test]
fn a_page_without_words_of_its_own_is_allowed() {
    let page = "<script lang=\"ts\">\n  // The note was not saved.\n  import { note as m } from \"$strings/note\";\n  const key = \"Ctrl K\";\n</script>\n\
                <!-- The note below. -->\n<p class=\"quiet sub\" aria-hidden=\"true\">{m.saved} · {name}&nbsp;</p>\n<style>\n  p { margin: 0 auto; }\n</style>\n";
    allows(in_strings, &[("ui/src/contact/Row.svelte", page)]);
    allows(in_strings, &[("ui/src/strings/note.ts", "export const note = { saved: \"The note was saved.\" };")]);
    allows(in_strings, &[("ui/src/contact/Row.test.ts", "it(\"The note was saved\")")]);
    allows(in_strings, &[("ui/src/contact/testing.ts", "const note = \"The note was saved\"")]);
}
