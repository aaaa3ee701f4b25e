//! The words that people read: plain British English, in the words of the
//! field. What sounds translated, blames, or speaks of the machine is refused,
//! with what to say instead.

use crate::catches;
use crate::reading::{self, Source, has_word};

/// What is refused anywhere, and what to say instead.
const REFUSED: [(&str, &str); 76] = [
    // Read aloud, nobody says these.
    ("stand", "say what is, applies, is shown or is recorded"),
    ("stands", "say what is, applies, is shown or is recorded"),
    ("stood", "say what was, applied or helped"),
    ("go on", "continue, or carry on"),
    ("goes on", "continues"),
    ("as it was", "has not been changed"),
    ("as they were", "have not been changed"),
    ("by itself", "say who does it"),
    ("so far as", "as far as"),
    ("is not there", "is missing, or cannot be found"),
    ("one's own", "your own"),
    ("one’s own", "your own"),
    ("anew", "again"),
    ("is gone", "is missing, or is lost"),
    ("are gone", "are missing, or are lost"),
    ("can be left out", "Optional"),
    ("can be left empty", "Optional"),
    ("in place of", "replace, or instead of"),
    ("take its place", "replace it"),
    ("takes its place", "replaces it"),
    ("reads back", "can be read"),
    ("begins like", "starts with"),
    ("beforehand", "say what is asked, not what is left undone"),
    ("finer than", "more precise than"),
    ("cut short", "interrupted"),
    ("bettered", "improved"),
    ("whole record is", "say what was checked"),
    ("is whole", "is complete, is undamaged, or nothing is wrong with it"),
    ("without a key", "of inactivity"),
    ("without the tick", "untick"),
    ("present passphrase", "current passphrase"),
    ("yours to open", "you are allowed to open"),
    ("as the computer", "same as this computer"),
    ("score of risk", "risk score"),
    ("e-mail", "email"),
    ("age then", "age at the time"),
    ("what is next", "next visit"),
    ("look at it", "open, review or read"),
    ("looked at the", "opened"),
    ("not said", "not recorded"),
    // The field's own verbs: record, note, sign, refer, allocate, review.
    ("place the family", "record a step"),
    ("placed the family", "recorded a step"),
    ("not placed", "no step recorded"),
    ("placed on", "recorded"),
    ("placed by", "recorded by"),
    ("acts at once", "applies at once"),
    ("acts already", "already applies"),
    ("speaks for", "an indicator of"),
    ("spoke for", "an indicator of"),
    ("awaited", "waiting for"),
    ("as second person", "as the second person"),
    ("done at once", "immediate action"),
    ("not answered by hand", "is filled in automatically"),
    ("failed to attend", "was not brought"),
    ("did not attend", "was not brought"),
    ("DNA", "was not brought"),
    ("HCN", "H&C number"),
    // Nobody is blamed, and nobody is praised by a program.
    ("hostile", "say what was seen: frightening, or frightened"),
    ("non-compliant", "say what was agreed and what happened"),
    ("compliance", "say what was agreed and what happened"),
    ("uncooperative", "say what was offered and what was answered"),
    ("disengaged", "say what was offered and what was answered"),
    ("failed to engage", "say what was offered and what was answered"),
    ("refused to", "declined"),
    ("hard to reach", "whom the service has not reached"),
    ("poor parenting", "say what was seen"),
    ("poor attachment", "say what was seen"),
    ("chaotic", "say what was seen"),
    ("manipulative", "say what was seen"),
    ("attention seeking", "needs somebody"),
    ("denies", "says that it is not so"),
    ("invalid", "say what would be right"),
    ("you forgot", "say what is missing"),
    ("well done", "say what was saved"),
    ("oops", "say what happened"),
    ("please", "ask plainly"),
];

/// What is refused on a screen: the machine's words for what a worker calls the record.
const MACHINE: [(&str, &str); 6] = [
    ("vault", "the record"),
    ("BLAKE3", "the checksum"),
    ("stream", "the history"),
    ("incarnation", "this computer"),
    ("database", "the record"),
    ("UUID", "the reference"),
];

/// Right although a refused word is in it.
const ALLOWED: [&str; 1] = ["stands alone"];

/// No sentence that a person reads has a refused word.
pub fn plain(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources {
        let screen = source.below("ui/src/strings/").is_some();
        let machine = if screen { &MACHINE[..] } else { &[] };
        for text in texts(source) {
            let read = ALLOWED.iter().fold(text.to_lowercase(), |text, right| text.replace(right, ""));
            let found = REFUSED.iter().chain(machine).filter(|(words, _)| has_word(&read, words));
            broken.extend(found.map(|(words, say)| format!("{} says “{words}” in “{text}”: {say}.", source.path)));
        }
    }
    broken
}

/// What a person may read of a file: every string of the pages, every sentence
/// of the core, the command line and the shell, the help of the command line,
/// and what is data. What practice families say is theirs.
fn texts(source: &Source) -> Vec<String> {
    if source.below("ui/src/strings/").is_some() {
        let lines = source.text.lines().map(str::trim);
        return lines.filter(|line| !["/", "*"].iter().any(|begin| line.starts_with(begin))).map(str::to_owned).collect();
    }
    if source.below("assets/").is_some_and(|file| !file.starts_with("practice/")) {
        return source.text.lines().map(|line| line.trim().to_owned()).collect();
    }
    if !source.is_rust() || source.path.contains("/tests") || source.path.ends_with("/samples.rs") {
        return Vec::new();
    }
    let text = before_tests(&source.text);
    let mut read: Vec<String> = reading::rust(text).texts.iter().map(|text| one_line(text)).collect();
    read.retain(|text| text.contains(' ') && !is_sql(text));
    if source.below("src-tauri/cli/").is_some() && text.contains("clap::") {
        read.extend(text.lines().filter_map(|line| line.trim().strip_prefix("/// ")).map(str::to_owned));
    }
    read
}

fn before_tests(text: &str) -> &str {
    let ends = text.match_indices("#[cfg(test)]\n").find(|(at, found)| {
        let line = text[at + found.len()..].lines().next().unwrap_or_default();
        line.contains("mod ") && line.ends_with('{')
    });
    ends.map_or(text, |(at, _)| &text[..at])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_sql(text: &str) -> bool {
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA ", "CREATE ", " FROM ", " WHERE ", " AND "].iter().any(|word| text.contains(word))
}

#[test]
fn a_planted_sentence_that_sounds_translated_is_caught() {
    for (words, say) in REFUSED {
        let screen = format!("export const note = {{\n  hint: \"Here it {words} for you.\",\n}};");
        catches(plain, &[("ui/src/strings/note.ts", &screen)], &["ui/src/strings/note.ts", words, say]);
        let core = format!("fn f() -> Error {{ Error::new(\"code\", \"Here it {words} \\\n             for you.\") }}");
        catches(plain, &[("src-tauri/core/src/contact/note.rs", &core)], &["src-tauri/core/src/contact/note.rs", words, say]);
    }
    for (words, say) in MACHINE {
        let screen = format!("  title: `The {words} is open`,");
        catches(plain, &[("ui/src/strings/note.ts", &screen)], &[words, say]);
    }
    catches(plain, &[("src-tauri/cli/src/main.rs", "use clap::Args;\n/// Makes it anew.\nstruct A;")], &["cli/src/main.rs", "anew"]);
    catches(plain, &[("assets/codes/phrases.json", "{ \"text\": \"It stands.\" }")], &["phrases.json", "stands"]);
}

#[test]
fn what_nobody_reads_on_a_screen_is_left_alone() {
    let pages = "/** What stands there. */\nexport const a = { understands: \"Each answer stands alone.\" };";
    let core = "/// As it stands.\nfn f() { sql(\"SELECT stands FROM there\"); }\n#[cfg(test)]\nmod tests {\n    const A: &str = \"It stands there.\";\n}\n";
    crate::allows(plain, &[("ui/src/strings/a.ts", pages), ("src-tauri/core/src/a/ops.rs", core)]);
    crate::allows(plain, &[("src-tauri/core/src/a/tests.rs", "const A: &str = \"It stands there.\";")]);
}
