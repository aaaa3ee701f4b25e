//! Lists that two places keep: the operations of the log and what does them,
//! the commands of the core and what the pages know of them.

use std::collections::BTreeSet;

use crate::reading::{Source, has_word, rust};
use crate::{allows, catches};

const OPERATIONS: &str = "src-tauri/core/src/op.rs";
const COMMANDS: &str = "src-tauri/core/src/api/commands.rs";
const FOR_PAGES: &str = "ui/src/ipc/generated/Commands.ts";

/// Every operation code is used by something a person can do.
pub fn operations(sources: &[Source]) -> Vec<String> {
    let Some(list) = sources.iter().find(|source| source.path == OPERATIONS) else { return Vec::new() };
    // A row is `SignContact "sign_contact" "Signed a note",`.
    let rows = list.text.lines().map(str::trim).filter(|line| line.ends_with("\",") && line.matches('"').count() == 4);
    let codes: Vec<&str> = rows.filter_map(|line| line.split(' ').next()).collect();
    let used = |code: &str| {
        let doers =
            sources.iter().filter(|source| source.is_rust() && source.path.starts_with("src-tauri/core/src/") && source.path != OPERATIONS);
        doers.into_iter().any(|source| has_word(&rust(&source.text).code, &format!("Op::{code}")))
    };
    let idle = codes.into_iter().filter(|code| !used(code));
    idle.map(|code| format!("{OPERATIONS} has {code}, which nothing that a person can do uses: use it or take it out.")).collect()
}

/// The pages know every command of the core, and no other.
pub fn commands(sources: &[Source]) -> Vec<String> {
    let text = |path: &str| sources.iter().find(|source| source.path == path).map(|source| source.text.as_str());
    let (Some(core), Some(pages)) = (text(COMMANDS), text(FOR_PAGES)) else {
        return vec![format!("{COMMANDS} or {FOR_PAGES} is missing.")];
    };
    let core: BTreeSet<&str> = core.lines().filter_map(core_row).collect();
    let pages: BTreeSet<&str> =
        pages.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": { req: ")).map(|row| row.0).collect();
    let missing =
        core.difference(&pages).map(|name| format!("{FOR_PAGES} lacks {name} of {COMMANDS}: run `tools/generated.sh` and commit it."));
    let extra = pages.difference(&core).map(|name| format!("{FOR_PAGES} has {name}, which is no command of {COMMANDS}."));
    let empty = core.is_empty().then(|| format!("{COMMANDS} has no rows that can be read."));
    missing.chain(extra).chain(empty).collect()
}

/// `    read story(StoryRequest) -> …` is `story`.
fn core_row(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let row = ["desk ", "read ", "write "].iter().find_map(|how| line.strip_prefix(how))?;
    let (name, rest) = row.split_once('(')?;
    rest.contains(") -> ").then_some(name)
}

/// Every list of refusals is among those whose codes the pages know, and no
/// code is made beside a list.
pub fn refusals(sources: &[Source]) -> Vec<String> {
    let told = sources.iter().find(|source| source.path == BINDINGS).map_or("", |source| source.text.as_str());
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && OURS.iter().any(|ours| source.path.starts_with(ours))) {
        if ["Error::of(", "ErrorCode::listed("].iter().any(|maker| source.text.contains(maker)) && !MAKERS.contains(&source.path.as_str()) {
            broken.push(format!("{} makes a refusal on its own: add it to the list of its concept.", source.path));
        }
        for list in source.text.split("refusals! {\n").skip(1) {
            let Some(name) = list.split("enum ").nth(1).and_then(|rest| rest.split_whitespace().next()) else { continue };
            if !told.contains(&format!("::{name}::CODES")) {
                broken.push(format!("{} has the refusals of {name}, which {BINDINGS} does not tell the pages.", source.path));
            }
        }
    }
    broken
}

const BINDINGS: &str = "src-tauri/core/src/api/bindings.rs";

/// The crates that refuse.
const OURS: [&str; 2] = ["src-tauri/core/src/", "src-tauri/record/src/"];

/// Where the lists themselves are made.
const MAKERS: [&str; 2] = ["src-tauri/record/src/codes.rs", "src-tauri/record/src/error.rs"];

#[test]
fn a_planted_refusal_of_its_own_is_caught() {
    let list = ("src-tauri/core/src/a/mod.rs", "refusals! {\n    /// Steps.\n    pub enum StepRefused {\n    }\n}\n");
    catches(refusals, &[("src-tauri/core/src/a/ops.rs", "Err(Error::of(code, \"Choose a step.\"))")], &["a/ops.rs", "list of its concept"]);
    catches(refusals, &[list, (BINDINGS, "crate::b::OtherRefused::CODES,")], &["a/mod.rs", "StepRefused"]);
    allows(refusals, &[list, (BINDINGS, "crate::a::StepRefused::CODES,")]);
}

#[test]
fn a_planted_idle_operation_is_caught() {
    let list = (OPERATIONS, "        SignContact \"sign_contact\" \"Signed a note\",\n        Review \"review\" \"Reviewed\",\n");
    let doer = ("src-tauri/core/src/contact/note.rs", "session.transact(Op::SignContact, |tx| {}) // Op::Review");
    catches(operations, &[list, doer], &["op.rs", "Review"]);
    allows(operations, &[list, doer, ("src-tauri/core/src/screens/reviews.rs", "session.transact(Op::Review, |tx| {})")]);
}

#[test]
fn a_planted_unknown_command_is_caught() {
    let core = (COMMANDS, "    read story(StoryRequest) -> StoryView: CLINICAL, \"A story.\", story::story;\n");
    let pages = |text| (FOR_PAGES, text);
    catches(commands, &[core, pages("export type Commands = {\n};\n")], &["lacks story"]);
    catches(commands, &[core, pages("  story: { req: A, res: B },\n  gossip: { req: A, res: B },\n")], &["gossip"]);
    allows(commands, &[core, pages("  story: { req: StoryRequest, res: StoryView },\n")]);
}
