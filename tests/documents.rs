//! The documents, checked against the code they speak of: each control of the
//! hazard log names tests that exist, each pragma is explained, each migration
//! is in the changelog, each link leads somewhere.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use attune_core::schema::SCHEMA;

#[test]
fn every_control_of_the_hazard_log_names_tests_that_exist() {
    let log = fs::read_to_string(root().join("docs/safety/hazard-log.md")).unwrap();
    let hazards = hazards(&log);
    assert!(hazards.len() >= 20, "the hazards were found: {}", hazards.len());
    let ids: BTreeSet<&str> = hazards.iter().map(|hazard| hazard.id.as_str()).collect();
    assert_eq!(ids.len(), hazards.len(), "each hazard has an id of its own");
    let wrong = unproven(&hazards, &tests());
    assert!(wrong.is_empty(), "docs/safety/hazard-log.md:\n{}", wrong.join("\n"));
}

#[test]
fn a_planted_control_without_a_test_is_caught() {
    let row =
        |control: &str, proof: &str| format!("| H1 | A hazard | A cause | {control} | {proof} | Something | Developer | Minor | Low |\n");
    let known = BTreeSet::from(["it_holds".to_owned(), "says so".to_owned()]);
    let wrong = |control: &str, proof: &str| unproven(&hazards(&row(control, proof)), &known);
    assert!(wrong("A rule", "`it_holds`").is_empty());
    assert!(wrong("A rule", "`it_holds`, “says so”").is_empty());
    assert!(wrong("None yet: it is planned", "—").is_empty());
    assert!(wrong("A rule", "`it_held`")[0].contains("it_held"));
    assert!(wrong("A rule", "“said so”")[0].contains("said so"));
    assert!(wrong("A rule", "—")[0].contains("names no test"));
    assert!(wrong("None yet", "`it_holds`")[0].contains("says there is none"));
}

#[test]
fn every_hazard_has_an_owner_by_role_and_a_proposed_severity_and_likelihood() {
    let log = fs::read_to_string(root().join("docs/safety/hazard-log.md")).unwrap();
    let wrong = unjudged(&hazards(&log));
    assert!(wrong.is_empty(), "docs/safety/hazard-log.md:\n{}", wrong.join("\n"));
    let proposed = "**They are proposed, to be\nconfirmed by the clinical safety officer**";
    assert!(log.contains(proposed), "the log says that nobody has confirmed them");
}

#[test]
fn a_planted_hazard_that_nobody_owns_or_judged_is_caught() {
    let row = |owner: &str, severity: &str, likelihood: &str| {
        let row = format!("| H1 | A hazard | A cause | None yet | — | Something | {owner} | {severity} | {likelihood} |\n");
        unjudged(&hazards(&row))
    };
    assert!(row("Service lead", "Major", "Very low").is_empty());
    assert!(row("Ann Kerr", "Major", "Low")[0].contains("Ann Kerr"));
    assert!(row("Developer", "—", "Low")[0].contains("severity"));
    assert!(row("Developer", "Minor", "Sometimes")[0].contains("likelihood"));
}

#[test]
fn every_pragma_is_explained() {
    let code = fs::read_to_string(root().join("src-tauri/record/src/store/open.rs")).unwrap();
    let page = fs::read_to_string(root().join("docs/pragmas.md")).unwrap();
    let after = |text: &str, begin: &str| -> BTreeSet<String> {
        let names =
            text.split(begin).skip(1).map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>());
        names.filter(|name| !name.is_empty()).collect()
    };
    let (set, told) = (after(&code, "PRAGMA "), after(&page, "\n| `"));
    assert_eq!(set, told, "docs/pragmas.md has a row for each pragma of store/open.rs, and no other");
}

#[test]
fn every_migration_is_in_the_changelog() {
    let told = migrations_told(&fs::read_to_string(root().join("CHANGELOG.md")).unwrap());
    for version in 1..=SCHEMA.version() {
        let folder = root().join(format!("src-tauri/core/src/schema/migrations/{version:04}"));
        assert!(folder.is_dir(), "version {version} has its folder");
        assert!(told.contains(&version), "CHANGELOG.md does not end a line with “(Migration {version}.)”");
    }
}

/// `(Migration 4.)` and `(Migrations 1 to 3.)` name four.
fn migrations_told(changes: &str) -> BTreeSet<usize> {
    let mut told = BTreeSet::new();
    for rest in changes.split("(Migration").skip(1) {
        let words = rest.split(')').next().unwrap_or_default();
        let numbers: Vec<usize> = words.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
        if let (Some(first), Some(last)) = (numbers.first(), numbers.last()) {
            told.extend(*first..=*last);
        }
    }
    told
}

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for to in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = to.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !page.parent().unwrap().join(file).exists() {
                broken.push(format!("{} → {to}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

/// A reader has another computer than the writer had.
#[test]
fn no_page_speaks_of_one_computer() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for folder in ["work", "tmp", "home", "root", "Users"] {
            assert!(!text.contains(&format!("/{folder}/")), "{} has a path of one computer in it: {folder}", page.display());
        }
        assert!(!text.contains("C:\\"), "{} has a path of one computer in it", page.display());
    }
}

struct Hazard {
    id: String,
    control: String,
    proof: String,
    owner: String,
    severity: String,
    likelihood: String,
}

/// The rows of the log: id, hazard, cause, control, proof, what remains, owner, severity, likelihood.
fn hazards(log: &str) -> Vec<Hazard> {
    let rows = log.lines().filter(|line| line.starts_with("| H") && line[3..].starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(|cell| cell.trim_matches([' ', '|'])).collect();
        assert_eq!(cells.len(), 9, "a hazard has nine cells: {row}");
        let [id, control, proof, owner, severity, likelihood] = [0, 3, 4, 6, 7, 8].map(|cell: usize| cells[cell].to_owned());
        Hazard { id, control, proof, owner, severity, likelihood }
    })
    .collect()
}

/// What is wrong with the proofs: tests are named in `backticks` (Rust) or in
/// “quotes” (the pages).
fn unproven(hazards: &[Hazard], known: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for Hazard { id, control, proof, .. } in hazards {
        let rust = proof.split('`').skip(1).step_by(2).map(str::to_owned);
        let pages = proof.split('“').skip(1).filter_map(|rest| rest.split('”').next()).map(str::to_owned);
        let named: Vec<String> = rust.chain(pages).collect();
        let none = control.starts_with("None");
        match (none, named.is_empty()) {
            (false, true) => wrong.push(format!("{id} names no test for its control.")),
            (true, false) => wrong.push(format!("{id} says there is none, and names a test of it.")),
            _ => {}
        }
        wrong.extend(named.iter().filter(|name| !known.contains(*name)).map(|name| format!("{id} names {name}: there is no such test.")));
    }
    wrong
}

/// Who may own what remains of a hazard: a role, never a name.
const OWNERS: [&str; 4] = ["Clinical safety officer", "Developer", "Information governance lead", "Service lead"];
/// The words of DCB0129, from the least.
const SEVERITIES: [&str; 5] = ["Minor", "Significant", "Considerable", "Major", "Catastrophic"];
const LIKELIHOODS: [&str; 5] = ["Very low", "Low", "Medium", "High", "Very high"];

/// What is wrong with who owns a hazard and how it is judged.
fn unjudged(hazards: &[Hazard]) -> Vec<String> {
    let known = |words: &[&str], said: &str, id: &str, what: &str| {
        (!words.contains(&said)).then(|| format!("{id} has “{said}” for its {what}: one of {}.", words.join(", ")))
    };
    let of = |hazard: &Hazard| {
        let Hazard { id, owner, severity, likelihood, .. } = hazard;
        [
            known(&OWNERS, owner, id, "owner"),
            known(&SEVERITIES, severity, id, "severity"),
            known(&LIKELIHOODS, likelihood, id, "likelihood"),
        ]
    };
    hazards.iter().flat_map(of).flatten().collect()
}

/// The names of all tests: Rust functions that stand after `#[test]` (in
/// `proptest!` too), and the sentences of the pages' tests.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in ["src-tauri", "tests", "ui/src"].iter().flat_map(|folder| files(&root().join(folder))) {
        let name = file.to_string_lossy().into_owned();
        if name.ends_with(".rs") {
            let text = fs::read_to_string(&file).unwrap();
            let after = text.split("test]\n").skip(1).filter_map(|rest| rest.split("fn ").nth(1));
            names.extend(after.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()));
        } else if name.ends_with(".test.ts") {
            // A test of several rows may have its sentence on the next line.
            let words: Vec<String> = fs::read_to_string(&file).unwrap().lines().map(|line| line.trim().to_owned()).collect();
            let text = words.join("");
            let sentences = ["it(\"", "test(\"", ")(\""].into_iter().flat_map(|begin| text.split(begin).skip(1).collect::<Vec<_>>());
            names.extend(sentences.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    names
}

/// Every page of the documents.
fn pages() -> Vec<PathBuf> {
    let beside = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let all = beside.chain(files(&root().join("docs")));
    all.filter(|path| path.is_file() && path.extension().is_some_and(|ending| ending == "md")).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
