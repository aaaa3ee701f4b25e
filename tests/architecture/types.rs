//! What crosses between the core and the pages is declared once, in the core.

use std::collections::BTreeSet;

use crate::reading::{Source, is_word};
use crate::{allows, catches};

const GENERATED: &str = "ui/src/ipc/generated/";

/// No page declares a type that the core has: it imports the generated one.
pub fn declared_once(sources: &[Source]) -> Vec<String> {
    let generated: BTreeSet<&str> = sources.iter().filter_map(|source| source.below(GENERATED)?.strip_suffix(".ts")).collect();
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_page() && !source.path.starts_with(GENERATED)) {
        let names = declared(&source.text).into_iter().filter(|name| generated.contains(name.as_str()));
        broken.extend(names.map(|name| format!("{} declares {name}: import it from ipc/generated.", source.path)));
        let brands = branded(&source.text).into_iter().filter(|of| generated.contains(format!("{of}Id").as_str()));
        broken.extend(brands.map(|of| format!("{} makes an id of {of}: import {of}Id from ipc/generated.", source.path)));
    }
    broken
}

/// `export type Row = …`, `interface Row {`: `Row`.
fn declared(text: &str) -> Vec<String> {
    let heads = text.lines().filter_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line);
        line.strip_prefix("type ").or_else(|| line.strip_prefix("interface "))
    });
    heads.map(|head| head.chars().take_while(|letter| is_word(*letter)).collect()).collect()
}

/// `string & { readonly of: "Family" }`: `Family`.
fn branded(text: &str) -> Vec<String> {
    let rests = text.split("readonly of: ").skip(1);
    rests.map(|rest| rest.chars().skip(1).take_while(|letter| is_word(*letter)).collect()).collect()
}

#[test]
fn a_planted_second_copy_of_a_type_is_caught() {
    let id = ("ui/src/ipc/generated/FamilyId.ts", "export type FamilyId = string & { readonly of: 'Family' };");
    let row = ("ui/src/ipc/generated/CaseloadRow.ts", "export type CaseloadRow = { name: string };");
    let plant = |path: &str, text: &str, words: &str| catches(declared_once, &[id, row, (path, text)], &[path, words]);
    plant("ui/src/shared/router.svelte.ts", "type FamilyId = string & { readonly of: \"Family\" };", "declares FamilyId");
    plant("ui/src/shared/router.svelte.ts", "type Which = string & { readonly of: \"Family\" };", "an id of Family");
    plant("ui/src/caseload/Table.svelte", "<script>\n  interface CaseloadRow { name: string }\n</script>", "declares CaseloadRow");
    let own = "import type { FamilyId } from \"$ipc/generated/FamilyId\";\ntype Row = { family: FamilyId };\ntype Act = string & { readonly of: \"Act\" };";
    allows(declared_once, &[id, row, ("ui/src/caseload/rows.ts", own)]);
}
