//! What is written from the command table for others to read: the types and
//! commands of the pages, and who may do what (docs/roles.md).
//! `tools/generate.rs` writes it; a test here finds it out of date.

#![allow(clippy::unwrap_used, reason = "only the generator and its test come here, and they stop at the first surprise")]

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

use crate::api::{COMMANDS, Who, commands};
use crate::codes::Code;
use crate::desk::{Desk, Progress};
use crate::error::{Error, ErrorCode, Result};
use crate::reader::Reader;
use crate::reply::Reply;
use crate::session::Session;
use crate::user::Role;

/// The folder that holds nothing but generated types.
pub const TYPES: &str = "ui/src/ipc/generated";

/// Every file that is written from the table: its path in the project and its text.
#[must_use]
pub fn files() -> BTreeMap<String, String> {
    let mut types = Types::default();
    commands::tell(&mut types);
    types.visit::<Reply<()>>();
    types.visit::<Error>();
    let mut files: BTreeMap<String, String> = types.texts.into_iter().map(|(file, text)| (format!("{TYPES}/{file}"), text)).collect();
    files.insert(format!("{TYPES}/Commands.ts"), command_map());
    files.insert(format!("{TYPES}/reads.ts"), reads());
    let codes = files.entry(format!("{TYPES}/ErrorCode.ts")).or_default();
    *codes = codes.replace("= string;", &format!("= {};", error_codes()));
    files.insert("docs/roles.md".to_owned(), roles_page());
    files
}

/// The lists of refusals.
const LISTS: &[&[ErrorCode]] = &[
    crate::api::CallRefused::CODES,
    crate::api::TextRefused::CODES,
    crate::desk::refused::BackupRefused::CODES,
    crate::desk::refused::DeskRefused::CODES,
    crate::desk::refused::WayRefused::CODES,
    crate::ace::AceRefused::CODES,
    crate::person::age::BirthRefused::CODES,
    crate::concern::ConcernRefused::CODES,
    crate::copied::CopyRefused::CODES,
    crate::cover::CoverRefused::CODES,
    crate::family::FamilyRefused::CODES,
    crate::form::FormRefused::CODES,
    crate::person::health_care_number::NumberRefused::CODES,
    crate::user::one_time::OneTimeRefused::CODES,
    crate::follow_up::FollowUpRefused::CODES,
    crate::leaving::LeavingRefused::CODES,
    crate::leaving::HandOverRefused::CODES,
    crate::group::GroupGap::CODES,
    crate::group::NameGap::CODES,
    crate::harm::HarmRefused::CODES,
    crate::loss::LossRefused::CODES,
    crate::person::entering::NumberTaken::CODES,
    crate::person::entering::PersonRefused::CODES,
    crate::placement::PlacementRefused::CODES,
    crate::placement::ReviewRefused::CODES,
    crate::priority::PriorityRefused::CODES,
    crate::concern::entering::ConcernGap::CODES,
    crate::contact::note::DraftRefused::CODES,
    crate::contact::signing::InfantGap::CODES,
    crate::contact::signing::NoteGap::CODES,
    crate::contact::signing::ReadingGap::CODES,
    crate::release::SummaryRefused::CODES,
    crate::user::UserRefused::CODES,
    crate::typed::when::WhenRefused::CODES,
    crate::error::Fault::CODES,
    crate::error::RecordRefused::CODES,
    crate::error::SignInRefused::CODES,
    crate::access::AccessFault::CODES,
    crate::access::AccessRefused::CODES,
    crate::acts::ActRefused::CODES,
    crate::team::code_list::ListRefused::CODES,
    crate::in_error::InErrorRefused::CODES,
    crate::placement::model::ModelRefused::CODES,
    crate::contact::ops::NoteRefused::CODES,
    crate::team::ops::SettingRefused::CODES,
    crate::vault::identity::IdentityRefused::CODES,
    crate::vault::keys::KeysRefused::CODES,
    crate::vault::lock::LockRefused::CODES,
    crate::vault::recovery::RecoveryRefused::CODES,
];

/// The codes of all of them, as a type for the pages.
fn error_codes() -> String {
    let codes: BTreeSet<&ErrorCode> = LISTS.iter().copied().flatten().collect();
    codes.into_iter().map(|code| format!("{:?}", code.as_str())).collect::<Vec<_>>().join(" | ")
}

/// The types that commands take and answer, and all that these are made of.
#[derive(Default)]
pub struct Types {
    texts: BTreeMap<String, String>,
    /// Request and answer of each command, as the types themselves are called.
    signatures: Vec<[String; 2]>,
}

impl Types {
    /// A command that reads the record.
    pub fn read<I: TS + 'static, O: TS + 'static>(&mut self, _: impl Fn(&Reader<'_>, I) -> Result<O>) {
        self.signature::<I, O>();
    }

    /// A command that writes to the record.
    pub fn write<I: TS + 'static, O: TS + 'static>(&mut self, _: impl Fn(&mut Session, I) -> Result<Reply<O>>) {
        self.signature::<I, O>();
    }

    /// A command of the desk itself.
    pub fn desk<I: TS + 'static, O: TS + 'static>(&mut self, _: impl Fn(&Desk, I, &dyn Progress) -> Result<Reply<O>>) {
        self.signature::<I, O>();
    }

    fn signature<I: TS + 'static, O: TS + 'static>(&mut self) {
        self.signatures.push([I::ident(&config()), O::ident(&config())]);
        self.visit::<I>();
        self.visit::<O>();
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let Some(file) = T::output_path().map(|path| path.to_str().unwrap().to_owned()) else { return };
        if let Entry::Vacant(new) = self.texts.entry(file) {
            new.insert(T::export_to_string(&config()).unwrap());
            T::visit_dependencies(self);
        }
    }
}

/// Instants and counts come as plain numbers.
fn config() -> Config {
    Config::new().with_large_int("number")
}

fn command_map() -> String {
    let types: BTreeSet<&str> = COMMANDS.iter().flat_map(|command| [command.request, command.response]).collect();
    let mut text = "// Written from the command table of the core. Do not edit this file by hand.\n".to_owned();
    for name in &types {
        writeln!(text, "import type {{ {name} }} from \"./{name}\";").unwrap();
    }
    text.push_str("\n/** Every command of the core: what it takes and what it answers. */\nexport type Commands = {\n");
    for command in COMMANDS {
        writeln!(text, "  /** {} */\n  {}: {{ req: {}, res: {} }},", command.words, command.name, command.request, command.response)
            .unwrap();
    }
    text.push_str("};\n");
    text
}

/// What each answer rests on that a screen reads again by itself.
fn reads() -> String {
    let mut text = "// Written from the command table of the core. Do not edit this file by hand.\n\
        import type { Commands } from \"./Commands\";\nimport type { Topic } from \"./Topic\";\n\n\
        /** What an answer rests on: a screen that shows it reads it again when one of these has changed. */\n\
        export const READS = {\n"
        .to_owned();
    for command in COMMANDS.iter().filter(|command| !command.reads.is_empty()) {
        let topics: Vec<String> = command.reads.iter().map(|topic| serde_json::to_string(topic).unwrap()).collect();
        writeln!(text, "  {}: [{}],", command.name, topics.join(", ")).unwrap();
    }
    text.push_str("} satisfies Partial<Record<keyof Commands, Topic[]>>;\n");
    text
}

fn roles_page() -> String {
    let mut page =
        "# Roles\n\n<!-- Written from the command table of the core by `tools/generated.sh`. Do not edit this file by hand. -->\n\n\
        Who may use which command. A command that opens a family also asks whose family it is:\n\
        service leads and therapists open every family of the team, key workers and partner workers those they are allocated to;\n\
        ACE conversations open to the family’s key worker and therapist and to service leads.\n\
        “Anyone” is before unlocking too. Each refusal is noted in the read log.\n\n| Command | What it does |"
            .to_owned();
    let short = |role: Role| match role {
        Role::Therapist => "Therapist",
        Role::InformationGovernance => "Information governance",
        other => other.words(),
    };
    for role in Role::ALL {
        write!(page, " {} |", short(*role)).unwrap();
    }
    page.push_str("\n|---|---|");
    page.push_str(&":-:|".repeat(Role::ALL.len()));
    page.push('\n');
    for command in COMMANDS {
        write!(page, "| `{}` | {} |", command.name, command.words).unwrap();
        for role in Role::ALL {
            let may = match command.who {
                Who::Anyone => "anyone",
                Who::Roles(_) if command.allows(*role) => "yes",
                Who::Roles(_) => "–",
            };
            write!(page, " {may} |").unwrap();
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_generated_files_are_as_the_code_tells_them() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let files = files();
        let stale: Vec<&String> = files
            .iter()
            .filter(|(path, text)| std::fs::read_to_string(project.join(path)).ok().as_ref() != Some(text))
            .map(|(path, _)| path)
            .collect();
        let folder = std::fs::read_dir(project.join(TYPES)).unwrap();
        let names = folder.map(|entry| format!("{TYPES}/{}", entry.unwrap().file_name().to_str().unwrap()));
        let left: Vec<String> = names.filter(|name| !files.contains_key(name)).collect();
        assert!(
            stale.is_empty() && left.is_empty(),
            "run tools/generated.sh and commit what it wrote: out of date {stale:?}, left over {left:?}"
        );
    }

    #[test]
    fn no_code_is_in_two_lists() {
        let codes: Vec<ErrorCode> = LISTS.iter().copied().flatten().copied().collect();
        let twice: Vec<&ErrorCode> = codes.iter().filter(|code| codes.iter().filter(|other| other == code).count() > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    /// The names in the table are what a page asks for; the functions are what it gets.
    #[test]
    fn every_command_takes_and_answers_what_its_row_says() {
        let mut types = Types::default();
        commands::tell(&mut types);
        types.visit::<Reply<()>>();
        let rows: Vec<[&str; 2]> = COMMANDS.iter().map(|command| [command.request, command.response]).collect();
        assert_eq!(types.signatures, rows);
    }
}
