//! The record has one writer; tables are named with
//! words of the field; and what nobody may be sorted by cannot be joined.

use std::collections::BTreeSet;

use crate::reading::{Source, has_word, is_word, paths, rust};
use crate::{allows, catches};

const CORE: &str = "src-tauri/core/src/";
const MIGRATIONS: [&str; 2] = ["src-tauri/core/src/schema/migrations/", "src-tauri/record/src/store/migrations/"];

/// Where the tables of ACE and of known harm may be named: their own files, the migration that makes
/// them, and the data dictionary, which only tests compile. No count behind a release names them.
const ACE_AT_HOME: [&str; 5] = [
    "src-tauri/core/src/ace",
    "src-tauri/core/src/harm",
    "src-tauri/core/src/schema/samples.rs",
    "src-tauri/core/src/schema/dictionary.rs",
    MIGRATIONS[0],
];

/// Which files may import the room of ACE conversations: its own, the table of
/// commands, the maker of practice families, the list of tables and what is
/// told from it.
const ACE_IMPORTED: [&str; 4] =
    ["src-tauri/core/src/ace", "src-tauri/core/src/api", "src-tauri/core/src/practice", "src-tauri/core/src/schema"];

/// What a parent told of their own childhood reaches no placement, no review
/// and no ordering: neither by a join nor by an import.
pub fn ace_apart(sources: &[Source]) -> Vec<String> {
    let is_apart = |table: &String| table.starts_with("ace_") || table == "known_harm";
    let tables: BTreeSet<String> = tables_made(sources).into_iter().filter(is_apart).collect();
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with("src-tauri/")) {
        let text = match source.path.rsplit('.').next() {
            Some("rs") => {
                let read = rust(&source.text);
                let at_home = ACE_IMPORTED.iter().any(|home| source.path.starts_with(home));
                let reaches = |path: &Vec<String>| path.iter().any(|part| part == "ace");
                let roots = ["crate", "super", "self"];
                if !at_home && roots.iter().any(|root| paths(&read.code, root).iter().any(reaches)) {
                    broken.push(format!(
                        "{} imports a module of ACE conversations: no placement, review or ordering may reach them.",
                        source.path
                    ));
                }
                format!("{} {}", read.code, read.texts.join(" "))
            }
            Some("sql") => without_comments(&source.text),
            _ => continue,
        };
        if ACE_AT_HOME.iter().any(|home| source.path.starts_with(home)) {
            continue;
        }
        for table in tables.iter().filter(|table| has_word(&text, table) || has_word(&text, &kept(table))) {
            broken.push(format!("{} names {table}: only its own room may.", source.path));
        }
    }
    broken
}

/// Every table is called what the field calls it.
pub fn glossary_words(sources: &[Source]) -> Vec<String> {
    let Some(glossary) = sources.iter().find(|source| source.path == "docs/glossary.md") else {
        return vec!["docs/glossary.md is missing: table names are its words.".to_owned()];
    };
    let known: BTreeSet<String> = code_names(&glossary.text);
    let unknown = tables_made(sources).into_iter().filter(|table| !known.contains(table));
    unknown
        .map(|table| {
            format!(
                "a migration makes the table {table}, which is no code name in docs/glossary.md: use the field's word, or add it there."
            )
        })
        .collect()
}

/// The code names of the glossary: what stands between backticks in a row.
fn code_names(glossary: &str) -> BTreeSet<String> {
    let rows = glossary.lines().filter(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Record tables are written by one function only.
pub fn one_writer(sources: &[Source]) -> Vec<String> {
    let records = record_tables(sources);
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with(CORE) && source.is_rust()) {
        for text in rust(&source.text).texts {
            let text = text.to_lowercase();
            let words: Vec<&str> = text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
            let written = |begin: usize| match &words[begin..] {
                ["insert", "or", _, "into", table, ..] | ["insert" | "delete" | "replace", "into" | "from", table, ..] => Some(*table),
                ["update", "or", _, table, ..] | ["update", table, ..] => Some(*table),
                _ => None,
            };
            let tables = (0..words.len()).filter_map(written);
            for target in tables.filter(|table| records.iter().any(|record| record == table || kept(record) == *table)) {
                broken.push(format!(
                    "{} writes to {target} by hand: record tables are written by the store of attune-record only.",
                    source.path
                ));
            }
        }
    }
    broken
}

/// The tables of the records that are declared: `record! { … Name = "table"`.
fn record_tables(sources: &[Source]) -> Vec<String> {
    let core = sources.iter().filter(|source| source.path.starts_with("src-tauri/core/src/") && source.is_rust());
    let declared = core.flat_map(|source| source.text.split("\nrecord! {").skip(1));
    declared.filter_map(|rest| rest.split_once(" = \"")?.1.split('"').next()).map(str::to_owned).collect()
}

/// What has every row of a table of which another has those that stand.
fn kept(table: &str) -> String {
    format!("{table}_row")
}

/// The tables that the migrations make, under the names of what stands.
fn tables_made(sources: &[Source]) -> Vec<String> {
    let mut tables = Vec::new();
    for source in sources.iter().filter(|source| MIGRATIONS.iter().any(|folder| source.path.starts_with(folder))) {
        let text = without_comments(&source.text);
        for begin in ["CREATE TABLE ", "CREATE VIRTUAL TABLE "] {
            let made = text.split(begin).skip(1);
            let names = made.map(|rest| rest.chars().take_while(|c| is_word(*c)).collect::<String>());
            tables.extend(names.map(|name| name.strip_suffix("_row").map(str::to_owned).unwrap_or(name)));
        }
    }
    tables
}

fn without_comments(sql: &str) -> String {
    sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_planted_reach_for_ace_conversations_is_caught() {
    let made = (("src-tauri/core/src/schema/migrations/0009_ace.sql"), "CREATE TABLE ace_conversation (id BLOB) STRICT;");
    let plant = |path: &str, text: &str, words: &str| catches(ace_apart, &[made, (path, text)], &[path, words]);
    plant(
        "src-tauri/core/src/placement/rows.rs",
        "let sql = \"SELECT * FROM placement JOIN ace_conversation USING (family)\";",
        "ace_conversation",
    );
    plant("src-tauri/core/src/store/sql/caseload.sql", "SELECT 1 FROM ace_conversation;", "ace_conversation");
    plant("src-tauri/core/src/store/sql/caseload.sql", "SELECT 1 FROM ace_conversation_row;", "ace_conversation");
    plant("src-tauri/core/src/placement/ops.rs", "use crate::ace::rows;", "imports");
    plant("src-tauri/core/src/placement/ops.rs", "use super::super::{ace, family};", "imports");
    plant("src-tauri/core/src/screens/caseload.rs", "let named = \"ace_conversation\";", "ace_conversation");
    allows(
        ace_apart,
        &[
            made,
            ("src-tauri/core/src/ace/rows.rs", "\"SELECT * FROM ace_conversation\""),
            ("src-tauri/core/src/ace/ops.rs", "use crate::ace::rows;"),
            ("src-tauri/core/src/placement/rows.rs", "// ace_conversation is out of reach\nfn place_of_row() {}"),
        ],
    );
}

#[test]
fn a_planted_table_without_a_word_is_caught() {
    let glossary = ("docs/glossary.md", "| contact | A contact. | `contact` | Encounter |\n");
    let made = |sql| ("src-tauri/core/src/schema/migrations/0009_x.sql", sql);
    catches(glossary_words, &[glossary, made("CREATE TABLE data_item (id BLOB);")], &["data_item", "docs/glossary.md"]);
    catches(glossary_words, &[made("CREATE TABLE contact (id BLOB);")], &["docs/glossary.md is missing"]);
    allows(glossary_words, &[glossary, made("-- CREATE TABLE old\nCREATE TABLE contact (id BLOB);")]);
}

#[test]
fn a_planted_second_writer_is_caught() {
    let table = ("src-tauri/core/src/contact/kept.rs", "\nrecord! {\n    /// A note.\n    Contact = \"contact\" \"note\", added;\n}");
    let plant = |sql: &str| {
        let text = format!("conn.execute(\"{sql}\", [])");
        catches(one_writer, &[table, ("src-tauri/core/src/placement/goal_rows.rs", &text)], &["goal_rows.rs", "contact", "attune-record"]);
    };
    plant("INSERT INTO contact (id) VALUES (1)");
    plant("INSERT OR REPLACE INTO contact (id) VALUES (1)");
    plant("UPDATE contact SET saw = ''");
    plant("DELETE FROM contact");
    plant("UPDATE contact_row SET saw = ''");
    plant("delete  from contact");
    plant("PRAGMA foreign_keys = OFF; delete\nfrom contact");
    allows(one_writer, &[table, ("src-tauri/core/src/form/rows.rs", "(\"DELETE FROM draft\", \"SELECT * FROM contact\")")]);
}
