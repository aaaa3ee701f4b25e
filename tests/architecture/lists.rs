//! Lists that two places keep: the operations of the log and what does them,
//! the commands of the core and what the pages know of them.

use std::collections::BTreeSet;

use crate::reading::{Source, has_word, rust};
use crate::{allows, catches};

const OPERATIONS: &str = "src-tauri/core/src/ops/op.rs";
const COMMANDS: &str = "src-tauri/core/src/api/commands.rs";
const FOR_PAGES: &str = "ui/src/ipc/generated/Commands.ts";

/// Every operation code is used by something a person can do.
pub fn operations(sources: &[Source]) -> Vec<String> {
    let Some(list) = sources.iter().find(|source| source.path == OPERATIONS) else { return Vec::new() };
    // A row is `SignContact "sign_contact" "Signed a note",`.
    let rows = list.text.lines().map(str::trim).filter(|line| line.ends_with("\",") && line.matches('"').count() == 4);
    let codes: Vec<&str> = rows.filter_map(|line| line.split(' ').next()).collect();
    let used = |code: &str| {
        let doers = sources.iter().filter(|source| {
            source.is_rust() && ["src-tauri/core/src/ops/", "src-tauri/core/src/desk/"].iter().any(|at| source.path.starts_with(at))
        });
        doers.into_iter().any(|source| has_word(&rust(&source.text).code, &format!("Op::{code}")))
    };
    let idle = codes.into_iter().filter(|code| !used(code));
    idle.map(|code| format!("{OPERATIONS} has {code}, which no operation in ops/ or desk/ uses: use it or take it out.")).collect()
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

/// `    read story: "StoryRequest" => …` is `story`.
fn core_row(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let row = ["desk ", "read ", "write "].iter().find_map(|how| line.strip_prefix(how))?;
    let (name, rest) = row.split_once(": ")?;
    (rest.starts_with('"') && rest.contains(" => ")).then_some(name)
}

#[test]
fn a_planted_idle_operation_is_caught() {
    let list = (OPERATIONS, "        SignContact \"sign_contact\" \"Signed a note\",\n        Review \"review\" \"Reviewed\",\n");
    let doer = ("src-tauri/core/src/ops/note.rs", "session.transact(Op::SignContact, |tx| {}) // Op::Review");
    catches(operations, &[list, doer], &["op.rs", "Review"]);
    allows(operations, &[list, doer, ("src-tauri/core/src/ops/reviews.rs", "session.transact(Op::Review, |tx| {})")]);
}

#[test]
fn a_planted_unknown_command_is_caught() {
    let core = (COMMANDS, "    read story: \"StoryRequest\" => \"StoryView\", CLINICAL, \"A story.\", story::story;\n");
    let pages = |text| (FOR_PAGES, text);
    catches(commands, &[core, pages("export type Commands = {\n};\n")], &["lacks story"]);
    catches(commands, &[core, pages("  story: { req: A, res: B },\n  gossip: { req: A, res: B },\n")], &["gossip"]);
    allows(commands, &[core, pages("  story: { req: StoryRequest, res: StoryView },\n")]);
}
