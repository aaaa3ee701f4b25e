//! Who may know whom among the pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::reading::Source;
use crate::{allows, catches};

const UI: &str = "ui/src/";

/// Files that put the whole together and so may import everything.
const WHOLE: [&str; 2] = ["App.svelte", "main.ts"];

/// What one concept may take of another: (who, whose). Empty is best: what two
/// concepts need is joined by a view, or moves to `shared`.
const BETWEEN_CONCEPTS: [(&str, &str); 0] = [];

/// Concepts whose dialogs stand over one family's record.
const OF_ONE_FAMILY: [&str; 9] = ["ace", "concern", "contact", "family", "harm", "person", "placement", "priority", "story"];

/// `shared` knows nothing of ours but ids; `form` knows the core and no concept; a
/// concept knows `form`, `shared`, `ipc`, `strings` and itself; views know
/// everything.
pub fn imports(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_page()) {
        let Some(file) = source.below(UI) else { continue };
        if WHOLE.contains(&file) || file.starts_with("views/") {
            continue;
        }
        let Some((here, _)) = file.split_once('/') else {
            broken.push(format!("{} lies beside App.svelte: put it in a folder.", source.path));
            continue;
        };
        for to in specifiers(&source.text).iter().filter_map(|to| target(&source.path, to)) {
            let there = to.split_once('/').map_or(to.as_str(), |(folder, _)| folder).to_owned();
            let may = match here {
                "shared" => there == here || is_id(&to),
                "ipc" => there == here || there == "strings",
                "strings" => there == here || to.starts_with("ipc/generated/"),
                "form" => [here, "shared", "ipc", "strings"].contains(&there.as_str()),
                _ => [here, "form", "shared", "ipc", "strings"].contains(&there.as_str()) || BETWEEN_CONCEPTS.contains(&(here, &there)),
            };
            if !may {
                let rule = match here {
                    "shared" => "shared imports nothing of ours but ids",
                    "ipc" => "ipc imports strings and itself only",
                    "strings" => "strings import generated types only",
                    "form" => "form imports shared, ipc and strings, and no concept",
                    _ => "a concept imports form, shared, ipc, strings and itself; views join concepts",
                };
                broken.push(format!("{} imports {to}: {rule}.", source.path));
            }
        }
    }
    broken
}

fn is_id(to: &str) -> bool {
    to.starts_with("ipc/generated/") && to.ends_with("Id")
}

/// Only `ipc` knows that there is a shell.
pub fn one_door(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_page() && !source.path.starts_with("ui/src/ipc/")) {
        for to in specifiers(&source.text).iter().filter(|to| to.starts_with("@tauri-apps/")) {
            broken.push(format!("{} imports {to}: ui/src/ipc is the only importer of @tauri-apps.", source.path));
        }
        // A test may stand in for the shell.
        if source.text.contains("__TAURI") && !source.path.ends_with(".test.ts") {
            broken.push(format!("{} names __TAURI…: ui/src/ipc is the only way to the shell.", source.path));
        }
    }
    broken
}

/// A typed date is read by the one field for it, which gives the day it meant when
/// it was typed: a page that asked for itself would save another day tomorrow.
pub fn one_date_field(sources: &[Source]) -> Vec<String> {
    let asks = |source: &&Source| source.is_page() && !source.path.ends_with(".test.ts") && !source.path.starts_with("ui/src/ipc/");
    let alone = sources.iter().filter(asks).filter(|source| source.text.contains("\"parse_when\"") && !source.text.contains("<WhenField"));
    alone.map(|source| format!("{} reads a date: that is for shared/WhenField.svelte.", source.path)).collect()
}

/// Forms that are not of `form`: a note has its own draft and check, and two steps of the first run send nothing.
const OTHER_FORMS: [&str; 3] = ["contact/ContactEditor.svelte", "session/WhoStep.svelte", "session/KeepRecoveryKey.svelte"];

/// Every form is filled, kept, sent and refused in one way.
pub fn one_form(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_page() && !source.path.ends_with(".test.ts")) {
        if source.below(UI).is_none_or(|file| file.starts_with("form/") || OTHER_FORMS.contains(&file)) {
            continue;
        }
        for (mark, words) in
            [("<form", "has a form of its own: use FormOnPage"), ("busy = $state", "counts its own presses: use Act or Form")]
        {
            if source.text.contains(mark) {
                broken.push(format!("{} {words} of ui/src/form.", source.path));
            }
        }
    }
    broken
}

#[test]
fn a_planted_form_of_its_own_is_caught() {
    catches(one_form, &[("ui/src/family/SetFlag.svelte", "<form onsubmit={save}></form>")], &["SetFlag.svelte", "FormOnPage"]);
    catches(one_form, &[("ui/src/user/AddUser.svelte", "let busy = $state(false);")], &["AddUser.svelte", "use Act or Form"]);
    allows(one_form, &[("ui/src/form/FormOnPage.svelte", "<form></form>")]);
}

/// No file imports itself by way of others.
pub fn no_circles(sources: &[Source]) -> Vec<String> {
    let files: BTreeSet<&str> = sources.iter().filter(|source| source.is_page()).map(|source| source.path.as_str()).collect();
    let mut graph: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.is_page()) {
        let to = specifiers(&source.text).iter().filter_map(|to| file_of(&files, &target(&source.path, to)?)).collect();
        graph.insert(&source.path, to);
    }
    let (mut broken, mut done) = (Vec::new(), BTreeSet::new());
    for file in graph.keys() {
        walk(file, &graph, &mut Vec::new(), &mut done, &mut broken);
    }
    broken
}

/// A dialog over a family's record says whose record it is: the banner behind it is dimmed.
pub fn dialogs_say_whose(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_page()) {
        let Some((folder, _)) = source.below(UI).and_then(|file| file.split_once('/')) else { continue };
        if !OF_ONE_FAMILY.contains(&folder) {
            continue;
        }
        for (at, _) in source.text.match_indices("<Dialog") {
            let tag = source.text[at..].split_once("}>").map_or(&source.text[at..], |(tag, _)| tag);
            if !tag.contains("whose") {
                broken.push(format!("{} opens a dialog that does not say whose record it is: give it `whose`.", source.path));
            }
        }
    }
    broken
}

fn walk<'a>(
    file: &'a str,
    graph: &BTreeMap<&'a str, Vec<&'a str>>,
    way: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
    broken: &mut Vec<String>,
) {
    if let Some(start) = way.iter().position(|step| *step == file) {
        broken.push(format!("{file} imports itself by way of {}: there are no circles.", way[start..].join(" → ")));
        return;
    }
    if !done.contains(file) {
        way.push(file);
        for to in graph.get(file).into_iter().flatten() {
            walk(to, graph, way, done, broken);
        }
        way.pop();
        done.insert(file);
    }
}

/// What a page imports, as written: `from "…"`, `import "…"`, `import("…")`.
fn specifiers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for begin in ["from ", "import ", "import("] {
        for (at, _) in text.match_indices(begin) {
            let rest = &text[at + begin.len()..];
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else { continue };
            let Some(end) = rest[1..].find(quote) else { continue };
            let to = &rest[1..=end];
            if !to.is_empty() && !to.contains(char::is_whitespace) {
                found.push(to.to_owned());
            }
        }
    }
    found
}

/// Where an import leads below `ui/src`; nothing for a package.
fn target(path: &str, to: &str) -> Option<String> {
    if let Some(alias) = to.strip_prefix('$') {
        return Some(alias.to_owned());
    }
    if !to.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = path.strip_prefix(UI)?.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn file_of<'a>(files: &BTreeSet<&'a str>, target: &str) -> Option<&'a str> {
    let endings = ["", ".ts", ".svelte.ts", ".svelte", "/index.ts"];
    endings.iter().find_map(|ending| files.get(format!("{UI}{target}{ending}").as_str()).copied())
}

#[test]
fn a_planted_import_between_pages_is_caught() {
    let plant = |path: &str, text: &str, words: &str| catches(imports, &[(path, text)], &[path, words]);
    plant("ui/src/shared/Field.svelte", "import type { Banner } from \"$ipc/generated/Banner\";", "shared imports nothing of ours");
    plant("ui/src/shared/Field.svelte", "import { words } from '../strings/contact';", "strings/contact");
    plant("ui/src/form/form.svelte.ts", "import { blank } from '../person/blank';", "form imports shared, ipc and strings");
    plant("ui/src/ipc/call.ts", "import { focus } from \"$shared/focus\";", "ipc imports strings and itself only");
    plant("ui/src/strings/contact.ts", "import { call } from \"$ipc/call\";", "strings import generated types only");
    plant("ui/src/contact/Row.svelte", "import Spine from \"../story/Spine.svelte\";", "views join concepts");
    plant("ui/src/contact/Row.svelte", "const Story = await import(\"../views/Story.svelte\");", "views/Story.svelte");
    plant("ui/src/contact/Row.svelte", "import \"../App.svelte\";", "App.svelte");
    plant("ui/src/loose.ts", "", "beside App.svelte");
    allows(
        imports,
        &[
            (
                "ui/src/contact/Row.svelte",
                "import { onMount } from \"svelte\"; import A from \"./A.svelte\"; import B from \"$shared/B.svelte\";",
            ),
            ("ui/src/views/Story.svelte", "import Spine from \"../story/Spine.svelte\"; import Note from \"../contact/Note.svelte\";"),
        ],
    );
}

#[test]
fn a_planted_second_door_is_caught() {
    catches(one_door, &[("ui/src/contact/Row.svelte", "import { invoke } from \"@tauri-apps/api/core\";")], &["Row.svelte", "@tauri-apps"]);
    catches(one_door, &[("ui/src/views/Story.svelte", "window.__TAURI_INTERNALS__.invoke()")], &["Story.svelte", "__TAURI"]);
    allows(one_door, &[("ui/src/ipc/call.ts", "import { invoke } from \"@tauri-apps/api/core\";")]);
}

#[test]
fn a_planted_dialog_without_a_name_is_caught() {
    let plant = |tag: &str| ("ui/src/contact/DiscardDialog.svelte", format!("{tag}<p>Discard?</p></Dialog>"));
    let (path, text) = plant("<Dialog bind:open title={words.discard}>");
    catches(dialogs_say_whose, &[(path, &text)], &[path, "whose record"]);
    let (path, text) = plant("<Dialog bind:open title={words.discard} {whose}>");
    allows(dialogs_say_whose, &[(path, &text), ("ui/src/user/AddUser.svelte", "<Dialog bind:open title={m.add}>")]);
}

#[test]
fn a_planted_circle_is_caught() {
    let circle = [
        ("ui/src/contact/a.ts", "import { b } from \"./b\";"),
        ("ui/src/contact/b.ts", "import C from \"./C.svelte\";"),
        ("ui/src/contact/C.svelte", "import { a } from \"../contact/a\";"),
    ];
    catches(no_circles, &circle, &["contact/a.ts", "contact/b.ts", "contact/C.svelte"]);
    allows(no_circles, &circle[..2]);
}

#[test]
fn a_planted_date_that_is_read_beside_its_field_is_caught() {
    let ask = "const read = await call(\"parse_when\", { text });";
    catches(one_date_field, &[("ui/src/group/GroupForm.svelte", ask)], &["GroupForm.svelte", "WhenField"]);
    allows(
        one_date_field,
        &[("ui/src/loss/RecordLoss.svelte", &format!("{ask}\n<WhenField {{parse}} />")), ("ui/src/loss/a.test.ts", ask)],
    );
}
