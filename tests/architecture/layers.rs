//! Who may know whom, in Rust: the layers of the core, the ways in, and what
//! none of them may know.

use std::collections::{BTreeMap, BTreeSet};

use crate::reading::{Rust, Source, paths, rust};
use crate::{allows, catches};

const CORE: &str = "src-tauri/core/src/";

/// What everything may know: identifiers, time, errors, code lists, and how a
/// record is declared: all of attune-record.
const BASE: [&str; 5] = ["codes", "error", "ids", "record", "time"];

/// The rest of attune-record, which core has under these names.
const ENGINE: [&str; 2] = ["store", "vault"];

/// A folder of the core is the room of a concept: its `rows.rs` asks the record,
/// its `ops.rs` does what a person asks, and every other file holds rules and the
/// types they are about. These too ask the record:
const ROWS: &[&str] = &["contact::visits", "family::episodes", "release::counts", "screens::listed", "screens::search", "schema"];

/// And these do what a person asks, in rooms and beside them.
const OPS: &[&str] = &[
    "access",
    "acts",
    "contact::note",
    "family::flags",
    "op",
    "person::alike",
    "person::namesakes",
    "practice",
    "reader",
    "release::export_folder",
    "release::specs",
    "release::tallies",
    "reply",
    "screens::caseload",
    "screens::find",
    "screens::history",
    "screens::story",
    "screens::today",
    "session",
    "team::lists",
];

/// The layers of the core, and what beside the base each may import.
const LAYERS: [(&str, &[&str]); 6] = [
    ("rules", &[]),
    ("rows", &["rules", "store"]),
    ("ops", &["rows", "rules", "store"]),
    // docs/adr/0002: the desk is the joint of the vault and the record.
    ("desk", &["ops", "rows", "rules", "store", "vault"]),
    ("api", &["desk", "ops", "rules", "vault"]),
    // Only compiled for tests.
    ("testing", &["api", "desk", "ops", "rows", "rules", "store", "vault"]),
];

/// The layer of a module, or of what a path names. What nobody has named is rules,
/// which may import the least.
fn layer_of(path: &[String]) -> Option<&'static str> {
    let first = path.first()?.as_str();
    let file = path.get(1).map_or("", String::as_str);
    if let Some(known) = BASE.into_iter().chain(ENGINE).chain(LAYERS.iter().map(|(layer, _)| *layer)).find(|layer| *layer == first) {
        return Some(known);
    }
    let is = |list: &[&str]| list.contains(&first) || list.contains(&format!("{first}::{file}").as_str());
    if is(ROWS) || file == "rows" || file.ends_with("_rows") {
        Some("rows")
    } else if is(OPS) || file == "ops" {
        Some("ops")
    } else {
        Some("rules")
    }
}

/// Everything in the core points down.
pub fn core_layers(sources: &[Source]) -> Vec<String> {
    let mut broken = BTreeSet::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let Some(file) = source.below(CORE) else { continue };
        let module = module_of(file);
        let Some(here) = layer_of(&module) else { continue };
        let Some((here, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == here) else {
            broken.insert(format!("{} is of attune-record: the core has only what is its own.", source.path));
            continue;
        };
        for there in layers_named(&rust(&source.text), &module) {
            if there != *here && !BASE.contains(&there) && !allowed.contains(&there) {
                let may = if allowed.is_empty() {
                    "nothing but the base".to_owned()
                } else {
                    format!("only {} and the base", allowed.join(", "))
                };
                broken.insert(format!("{} imports {there}: {here} may import {may} ({}).", source.path, BASE.join(", ")));
            }
        }
    }
    broken.into_iter().collect()
}

/// `person/ops.rs` is `[person, ops]`; `lib.rs` is nothing.
fn module_of(file: &str) -> Vec<String> {
    let file = file.trim_end_matches(".rs").trim_end_matches("/mod");
    if file == "lib" { Vec::new() } else { file.split('/').map(str::to_owned).collect() }
}

/// The layers that code names, by `crate::` or by climbing with `super::`.
fn layers_named(read: &Rust, module: &[String]) -> BTreeSet<&'static str> {
    let from_the_root = paths(&read.code, "crate").into_iter();
    let climbing = paths(&read.code, "super").into_iter().filter_map(|path| {
        let climbed = 1 + path.iter().take_while(|part| *part == "super").count();
        let above = module.len().checked_sub(climbed)?;
        Some(module[..above].iter().chain(&path[climbed - 1..]).cloned().collect())
    });
    from_the_root.chain(climbing).filter_map(|path| layer_of(&path)).collect()
}

/// A source without the module of its tests, wherever that stands.
fn without_tests(text: &str) -> String {
    let Some((before, rest)) = text.split_once("#[cfg(test)]\nmod tests") else { return text.to_owned() };
    let after = rest.strip_prefix(';').or_else(|| rest.split_once("\n}\n").map(|(_, after)| after)).unwrap_or_default();
    format!("{before}{after}")
}

/// What a layer may not know of the outside: SQL, files, the environment, the
/// rule that hides counts.
pub fn core_outside(sources: &[Source]) -> Vec<String> {
    const FORBIDDEN: [(&str, &[&str]); 5] = [
        ("rules", &["rusqlite", "std::fs", "std::env", "std::process", "std::net", "attune_disclosure"]),
        ("rows", &["attune_disclosure", "std::fs", "std::env", "std::net"]),
        ("ops", &["rusqlite", "attune_disclosure::attack", "std::net"]),
        ("desk", &["rusqlite", "attune_disclosure", "std::net"]),
        ("api", &["rusqlite", "attune_disclosure", "std::net"]),
    ];
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && !source.path.ends_with("tests.rs")) {
        let Some(here) = source.below(CORE).and_then(|file| layer_of(&module_of(file))) else { continue };
        for (_, names) in FORBIDDEN.iter().filter(|(layer, _)| *layer == here) {
            // A test may look at the disk; what is shipped may not.
            let shipped = &without_tests(&source.text);
            let read = rust(shipped);
            for name in names.iter().filter(|name| names_path(&read.code, name)) {
                broken.push(format!("{} names {name}: {here} know nothing of it.", source.path));
            }
            if here != "rows" && read.texts.iter().any(|text| ["select ", "with "].iter().any(|sql| begins_a_question(text, sql))) {
                broken.push(format!("{} asks the record itself: SQL is in the rows of a room.", source.path));
            }
        }
    }
    broken
}

/// Whether a text is SQL that asks.
fn begins_a_question(text: &str, word: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    text.starts_with(word) && text.contains(" from ")
}

fn names_path(code: &str, name: &str) -> bool {
    match name.split_once("::") {
        Some((first, second)) => paths(code, first).iter().any(|path| path.first().is_some_and(|part| part == second)),
        None => !paths(code, name).is_empty(),
    }
}

/// What the shell and the command line may name of the core. `api` and `desk`
/// are the ways in; the others are types that these take and answer.
const WAYS_IN: [(&str, &[&str]); 2] = [
    ("src-tauri/src/", &["api", "desk", "error"]),
    ("src-tauri/cli/src/", &["api", "codes", "desk", "error", "practice", "user::signing_in"]),
];

/// The shell and the command line come in by the door.
pub fn ways_in(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let Some((_, allowed)) = WAYS_IN.iter().find(|(folder, _)| source.path.starts_with(folder)) else { continue };
        let read = rust(&source.text);
        for path in paths(&read.code, "attune_core") {
            let whole = path.join("::");
            if !allowed.iter().any(|way| whole == *way || whole.starts_with(&format!("{way}::"))) {
                broken.push(format!("{} names attune_core::{whole}: it may come in by {} only.", source.path, allowed.join(", ")));
            }
        }
        for below in ["rusqlite", "attune_disclosure"] {
            if !paths(&read.code, below).is_empty() {
                broken.push(format!("{} names {below}: only the core does.", source.path));
            }
        }
    }
    broken
}

/// `disclosure` is given numbers and gives numbers.
pub fn disclosure_alone(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    // What is run by hand beside the crate may read a clock and what it is told.
    let by_hand = |path: &str| path.contains("/examples/") || path.ends_with("/speed.rs");
    for source in sources.iter().filter(|source| source.path.starts_with("src-tauri/disclosure/") && !by_hand(&source.path)) {
        if source.path.ends_with("Cargo.toml") && source.text.contains("attune-core") {
            broken.push(format!("{} depends on attune-core: disclosure knows no family.", source.path));
        }
        let read = rust(&source.text);
        for name in ["attune_core", "rusqlite", "chrono", "std::fs", "std::env", "std::time", "std::net"] {
            if source.is_rust() && names_path(&read.code, name) {
                broken.push(format!("{} names {name}: disclosure knows no family, no SQL, no clock and no file.", source.path));
            }
        }
    }
    broken
}

/// Time and identifiers come from one place each.
pub fn one_clock(sources: &[Source]) -> Vec<String> {
    const ONE_PLACE: [(&str, &str, &str); 6] = [
        ("Utc::now", "src-tauri/record/src/time.rs", "take `now` from the session's Clock"),
        ("Local::now", "", "take `now` from the session's Clock"),
        ("SystemTime", "", "take `now` from the session's Clock"),
        ("UNIX_EPOCH", "", "take `now` from the session's Clock"),
        ("now_v7", "src-tauri/record/src/ids.rs", "take ids from the session's Ids"),
        ("new_v4", "", "take ids from the session's Ids"),
    ];
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let code = rust(&source.text).code;
        for (name, place, instead) in ONE_PLACE {
            if source.path != place && crate::reading::has_word(&code, name) {
                broken.push(format!("{} names {name}: {instead}.", source.path));
            }
        }
    }
    broken
}

/// Everything below the shell is built without a window.
pub fn no_window(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources {
        let below = ["core", "record", "disclosure", "cli"].iter().any(|name| source.path.starts_with(&format!("src-tauri/{name}/")));
        let names = if source.is_rust() {
            !paths(&rust(&source.text).code, "tauri").is_empty()
        } else {
            source.path.ends_with("Cargo.toml") && (source.text.contains("tauri") || source.text.contains("webkit"))
        };
        if below && names {
            broken.push(format!("{} names tauri: only the shell in src-tauri/src knows a window.", source.path));
        }
    }
    broken
}

/// No crate that talks to a network is under the core or the command line.
pub fn no_network(sources: &[Source]) -> Vec<String> {
    const NETWORK: [&str; 22] = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "attohttpc",
        "surf",
        "tokio",
        "mio",
        "socket2",
        "h2",
        "quinn",
        "tungstenite",
        "rustls",
        "native-tls",
        "openssl",
        "hickory-resolver",
        "trust-dns-resolver",
        "libp2p",
        "tonic",
        "lettre",
        "async-std",
    ];
    let mut broken = Vec::new();
    for source in sources {
        if source.is_rust() && source.path.starts_with("src-tauri/") && names_path(&rust(&source.text).code, "std::net") {
            broken.push(format!("{} names std::net: Attune has no network code.", source.path));
        }
        if source.path == "Cargo.lock" {
            let lock = locked(&source.text);
            for ours in ["attune-core", "attune-record", "attune-disclosure", "attune-cli"] {
                for name in under(&lock, ours).iter().filter(|name| NETWORK.contains(&name.as_str())) {
                    broken.push(format!("Cargo.lock has {name} under {ours}: Attune has no network code."));
                }
            }
        }
    }
    broken
}

/// The packages of a lock file with what they depend on.
fn locked(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut lock: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in text.split("[[package]]").skip(1) {
        let Some(name) = package.lines().find_map(|line| line.strip_prefix("name = ")) else { continue };
        let needs = package.lines().filter(|line| line.starts_with(" \"")).map(|line| {
            let line = line.trim_matches(|c: char| c == ' ' || c == '"' || c == ',');
            line.split(' ').next().unwrap_or_default().to_owned()
        });
        lock.entry(name.trim_matches('"').to_owned()).or_default().extend(needs);
    }
    lock
}

fn under(lock: &BTreeMap<String, Vec<String>>, root: &str) -> BTreeSet<String> {
    let (mut seen, mut left) = (BTreeSet::new(), vec![root.to_owned()]);
    while let Some(name) = left.pop() {
        if seen.insert(name.clone()) {
            left.extend(lock.get(&name).into_iter().flatten().cloned());
        }
    }
    seen
}

#[test]
fn a_planted_import_against_the_layers_is_caught() {
    let plant = |path: &str, text: &str, there: &str| catches(core_layers, &[(path, text)], &[path, &format!("imports {there}")]);
    plant("src-tauri/core/src/placement/goal.rs", "use crate::store::log;", "store");
    plant("src-tauri/core/src/placement/goal.rs", "use crate::{ids::FamilyId, contact::{ops::view}};", "ops");
    plant("src-tauri/core/src/placement/goal.rs", "use super::rows;", "rows");
    plant("src-tauri/core/src/placement/rows.rs", "use super::ops::view;", "ops");
    plant("src-tauri/core/src/person/age/deep.rs", "use super::super::super::vault::keys;", "vault");
    plant("src-tauri/core/src/placement/ops.rs", "use crate::vault::keys;", "vault");
    plant("src-tauri/core/src/placement/ops.rs", "use crate::api::dispatch;", "api");
    plant("src-tauri/core/src/api/desk_commands.rs", "use crate::store::log;", "store");
    plant("src-tauri/core/src/desk/mod.rs", "use crate::api;", "api");
    plant("src-tauri/core/src/helper/mod.rs", "use crate::store::log;", "store");
    plant("src-tauri/core/src/helper/mod.rs", "use crate::contact::kept_rows;", "rows");
    catches(core_layers, &[("src-tauri/core/src/store/more.rs", "")], &["store/more.rs", "of attune-record"]);
    allows(
        core_layers,
        &[
            ("src-tauri/core/src/placement/goal.rs", "//! See [`crate::store`].\nuse crate::{codes::codes, ids::FamilyId, error::Result};"),
            ("src-tauri/core/src/placement/rows.rs", "use crate::store::db; mod tests { use super::*; const T: &str = \"crate::op\"; }"),
            ("src-tauri/core/src/desk/unlock.rs", "use crate::store::open; use crate::vault::keys;"),
        ],
    );
}

#[test]
fn a_planted_look_outside_is_caught() {
    catches(core_outside, &[("src-tauri/core/src/placement/goal.rs", "use rusqlite::Connection;")], &["goal.rs", "rusqlite"]);
    catches(core_outside, &[("src-tauri/core/src/placement/goal.rs", "fn f() { std::fs::read(\"x\"); }")], &["goal.rs", "std::fs"]);
    catches(
        core_outside,
        &[("src-tauri/core/src/placement/ops.rs", "fn f(conn: &Db) { conn.value(\"select step from placement\", []); }")],
        &["ops.rs", "asks the record itself"],
    );
    catches(
        core_outside,
        &[("src-tauri/core/src/release/counts.rs", "use attune_disclosure::protect;")],
        &["counts.rs", "attune_disclosure"],
    );
    catches(core_outside, &[("src-tauri/core/src/api/desk_commands.rs", "use rusqlite::Connection;")], &["desk_commands.rs", "rusqlite"]);
    catches(core_outside, &[("src-tauri/core/src/placement/ops.rs", "rusqlite::Connection::open(path)")], &["ops.rs", "rusqlite"]);
    catches(core_outside, &[("src-tauri/core/src/desk/mod.rs", "use rusqlite::Connection;")], &["desk/mod.rs", "rusqlite"]);
    allows(core_outside, &[("src-tauri/core/src/placement/goal.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use std::fs::read; }")]);
    // What follows the tests is shipped too.
    for tests in ["mod tests;", "mod tests {\n    use std::fs::read;\n}"] {
        let text = format!("#[cfg(test)]\n{tests}\nfn f() {{ std::fs::read(\"x\"); }}\n");
        catches(core_outside, &[("src-tauri/core/src/placement/goal.rs", text.as_str())], &["goal.rs", "std::fs"]);
    }
}

#[test]
fn a_planted_way_round_the_door_is_caught() {
    catches(ways_in, &[("src-tauri/src/door.rs", "use attune_core::session::Session;")], &["door.rs", "session::Session"]);
    catches(ways_in, &[("src-tauri/src/door.rs", "use attune_core::{api, store::log};")], &["door.rs", "store::log"]);
    catches(ways_in, &[("src-tauri/cli/src/show.rs", "fn f(x: attune_core::contact::note::Signed) {}")], &["show.rs", "contact::note"]);
    catches(ways_in, &[("src-tauri/cli/src/show.rs", "use rusqlite::Connection;")], &["show.rs", "rusqlite"]);
    allows(ways_in, &[("src-tauri/cli/src/practice.rs", "use attune_core::practice::{Plan, USERS};")]);
}

#[test]
fn a_planted_family_in_disclosure_is_caught() {
    catches(disclosure_alone, &[("src-tauri/disclosure/src/rule.rs", "use attune_core::ids::FamilyId;")], &["rule.rs", "attune_core"]);
    catches(disclosure_alone, &[("src-tauri/disclosure/src/render.rs", "use std::fs::File;")], &["render.rs", "std::fs"]);
    catches(disclosure_alone, &[("src-tauri/disclosure/Cargo.toml", "attune-core.workspace = true")], &["Cargo.toml", "attune-core"]);
}

#[test]
fn a_planted_clock_is_caught() {
    catches(one_clock, &[("src-tauri/core/src/placement/ops.rs", "let now = chrono::Utc::now();")], &["ops.rs", "Utc::now"]);
    catches(one_clock, &[("src-tauri/core/src/store/log.rs", "let id = Uuid::now_v7();")], &["log.rs", "now_v7"]);
    catches(one_clock, &[("src-tauri/src/door.rs", "let at = SystemTime::now();")], &["door.rs", "SystemTime"]);
    allows(one_clock, &[("src-tauri/record/src/time.rs", "Utc::now()"), ("src-tauri/record/src/ids.rs", "Uuid::now_v7()")]);
}

#[test]
fn a_planted_window_is_caught() {
    catches(no_window, &[("src-tauri/core/Cargo.toml", "tauri = \"2\"")], &["core/Cargo.toml", "tauri"]);
    catches(no_window, &[("src-tauri/cli/src/main.rs", "use tauri::App;")], &["main.rs", "tauri"]);
    allows(no_window, &[("src-tauri/src/lib.rs", "use tauri::App;"), ("src-tauri/core/src/desk/mod.rs", "// not tauri::App\n")]);
}

#[test]
fn a_planted_network_is_caught() {
    let lock = "[[package]]\nname = \"attune-core\"\ndependencies = [\n \"helpful 1.0.0\",\n]\n\n[[package]]\nname = \"helpful\"\ndependencies = [\n \"reqwest\",\n]\n\n[[package]]\nname = \"reqwest\"\n";
    catches(no_network, &[("Cargo.lock", lock)], &["reqwest", "attune-core"]);
    catches(no_network, &[("src-tauri/core/src/desk/share.rs", "use std::net::TcpStream;")], &["share.rs", "std::net"]);
    allows(no_network, &[("Cargo.lock", "[[package]]\nname = \"attune\"\ndependencies = [\n \"reqwest\",\n]\n")]);
}
