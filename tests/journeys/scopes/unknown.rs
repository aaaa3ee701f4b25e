//! A field that nobody knows, at any depth of any request: refused, never
//! dropped while "saved" is answered, and never quoted.

use std::collections::BTreeMap;
use std::path::Path;

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::commands::{OF_A_FAMILY, OF_NO_FAMILY, Request};
use super::practice::{kept, practice_place, signed_in};
use crate::support::answer;

const EXTRA: &str = "Róisín, typed into a field of another version";

/// Every command with a request that has all its parts.
fn requests() -> impl Iterator<Item = (&'static str, Request)> {
    OF_A_FAMILY.iter().chain(OF_NO_FAMILY).copied()
}

/// What the core says to a request with one field too many.
fn refused(desk: &Desk, command: &str, request: Value) -> String {
    match answer(desk, command, request) {
        Err(error) if error.code == "bad_request" => serde_json::to_string(&error).unwrap(),
        other => panic!("{command}: {other:?}"),
    }
}

#[test]
fn a_field_that_nobody_knows_is_refused_at_every_depth() {
    let (place, theirs) = practice_place();
    let desk = signed_in(&place, "lead");
    let before = kept(&place);
    let lead_may_not = ["families_index"];
    let mut tried = 0;
    for (command, request) in requests().filter(|(command, _)| !lead_may_not.contains(command)) {
        let whole = request(&theirs);
        for at in objects(&whole, String::new()) {
            let mut more = whole.clone();
            more.pointer_mut(&at).unwrap()[EXTRA] = json!("kept by nobody");
            let told = refused(&desk, command, more);
            assert!(!told.contains("Róisín"), "{command} quotes the field: {told}");
            tried += 1;
        }
    }
    assert!(tried > 80, "{tried}");
    assert!(desk.is_unlocked());
    drop(desk);
    assert_eq!(kept(&place), before, "nothing was saved");
}

/// The requests above have every part that the generated types have: a new
/// part of a request is tried too.
#[test]
fn every_part_of_every_request_is_tried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/generated");
    let types: BTreeMap<String, BTreeMap<String, String>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fields_of(&std::fs::read_to_string(&path).unwrap())))
        .collect();
    for (command, request) in requests() {
        let row = attune_core::api::COMMANDS.iter().find(|row| row.name == command).unwrap();
        has_parts(&types, row.request, &request(&super::practice::Ids::made_up()), command);
    }
}

/// The fields of a generated type with their types; none if it is no object.
fn fields_of(text: &str) -> BTreeMap<String, String> {
    let Some((_, body)) = text.split_once("= {") else { return BTreeMap::new() };
    let mut plain = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let fields = plain.split(',').filter_map(|field| field.split_once(':'));
    fields.map(|(name, kind)| (name.trim().trim_end_matches('?').to_owned(), kind.trim().to_owned())).collect()
}

fn has_parts(types: &BTreeMap<String, BTreeMap<String, String>>, of: &str, sample: &Value, path: &str) {
    for (name, kind) in types.get(of).into_iter().flatten() {
        let inner = kind.trim_start_matches("Array<").split(['>', ' ']).next().unwrap_or_default();
        if types.get(inner).is_none_or(BTreeMap::is_empty) {
            continue;
        }
        let part = if kind.starts_with("Array<") { &sample[name][0] } else { &sample[name] };
        assert!(part.is_object(), "{path}.{name} is a {inner}: the request of the list has none, so it is not tried");
        has_parts(types, inner, part, &format!("{path}.{name}"));
    }
}

/// Where the objects of a request are.
fn objects(value: &Value, at: String) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, inside)| (name.clone(), inside)).collect(),
        Value::Array(all) => all.iter().enumerate().map(|(index, inside)| (index.to_string(), inside)).collect(),
        _ => return Vec::new(),
    };
    let mut found: Vec<String> = inside.into_iter().flat_map(|(name, inside)| objects(inside, format!("{at}/{name}"))).collect();
    if value.is_object() {
        found.push(at);
    }
    found
}
