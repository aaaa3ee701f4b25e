//! The one door: every command once, with its request, its answer, the roles
//! that may, and the function. `dispatch`, the TypeScript map, the role matrix
//! and `attunectl commands` all come from this table.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::codes::refusals;
use crate::desk::{Desk, Progress};
use crate::domain::typed::{is_unreadable, prose};
use crate::domain::user::Role;
use crate::error::{Error, Result};
use crate::ops::Outcome;
use crate::ops::acts::{Asked, Twice, fingerprint};

#[cfg(feature = "bindings")]
pub mod bindings;
mod commands;
mod desk_commands;

pub use crate::ids::ActId;
pub use commands::{ANY, COMMANDS};

/// Who may use a command.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// Anybody, before unlocking too.
    Anyone,
    /// Signed-in users of these roles.
    Roles(&'static [Role]),
}

type Run = fn(&Desk, Value, &dyn Progress) -> Result<Value>;

/// One row of the table.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// The TypeScript type of its request.
    pub request: &'static str,
    /// The TypeScript type of its answer.
    pub response: &'static str,
    /// Who may use it.
    pub who: Who,
    /// Whether it runs on the connection that writes.
    pub writes: bool,
    /// What a request of it is that comes a second time.
    pub twice: Twice,
    /// Whether it writes files beside the record: a copy, a summary, a vault.
    pub files: bool,
    /// What it does, in a sentence.
    pub words: &'static str,
    run: Run,
}

impl Command {
    /// Whether a role may use it.
    #[must_use]
    pub fn allows(&self, role: Role) -> bool {
        match self.who {
            Who::Anyone => true,
            Who::Roles(roles) => roles.contains(&role),
        }
    }
}

/// What a window that is about to lock may still do: it shows nothing.
const KEEPS_WHAT_IS_TYPED: &[&str] = &["save_draft", "keep_form"];

/// What asks for the passphrase again.
const ASKS_FOR_PASSPHRASE: &[&str] = &["new_recovery_key", "add_user", "reset_passphrase", "amend_user", "back_up", "set_export_folder"];

/// Runs a command by name. The answer is `{value, touched, seen}`. `act` is the
/// number that a form gives its request: sent again, it is the same act.
///
/// # Errors
/// `unknown_command`, `bad_request` (with the path only: what was typed could
/// be a name), `locked`, `denied`, `must_change_passphrase`, `act_reused`,
/// `act_done`, `act_repeated`, or what the command refuses.
pub fn dispatch(desk: &Desk, name: &str, request: Value, act: Option<ActId>, progress: &dyn Progress) -> Result<Value> {
    run(desk, name, request, act, progress).map_err(|error| desk.why_it_failed(error))
}

fn run(desk: &Desk, name: &str, mut request: Value, act: Option<ActId>, progress: &dyn Progress) -> Result<Value> {
    let command = COMMANDS.iter().find(|command| command.name == name).ok_or(CallRefused::UnknownCommand)?;
    if let Who::Roles(_) = command.who {
        let (user, must_change) = desk.signed_in()?;
        if must_change && !["lock", "session", "change_passphrase", "set_display"].contains(&command.name) {
            desk.log_denied(command.name)?;
            return Err(CallRefused::MustChange.into());
        }
        if !command.allows(user.role) {
            desk.log_denied(command.name)?;
            return Err(CallRefused::Denied.into());
        }
        if !KEEPS_WHAT_IS_TYPED.contains(&command.name) {
            desk.refuse_if_overdue()?;
        }
        if ASKS_FOR_PASSPHRASE.contains(&command.name) {
            desk.needs_passphrase()?;
        }
    }
    make_readable(&mut request, "");
    refuse_too_long(&request)?;
    if command.twice == Twice::Again {
        return (command.run)(desk, request, progress);
    }
    let asked = Asked { number: act, command: command.name, twice: command.twice, request: fingerprint(&request) };
    desk.once(asked, || (command.run)(desk, request, progress))
}

/// The longest text of one field, in characters. Whatever a person can paste into
/// a note is kept whole; what comes from elsewhere does not fill the disk.
const MOST_TYPED: usize = 32_000_000;

/// Refuses a text that nobody types and no note needs.
fn refuse_too_long(request: &Value) -> Result<()> {
    let Some((field, length)) = longest(request, "") else { return Ok(()) };
    if length <= MOST_TYPED {
        return Ok(());
    }
    let words = format!(
        "This text has {length} characters, and a field holds up to {MOST_TYPED}. Nothing was saved, and what you typed is still here. \
         Shorten it, or put part of it elsewhere."
    );
    Err(TextRefused::TooLong.says(words).at(field))
}

/// What is taken as it is typed: secrets, folders, kept forms; and names, which
/// are refused if they cannot be read.
const AS_TYPED: &[&str] = &[
    "passphrase",
    "present",
    "new",
    "recoveryKey",
    "folder",
    "body",
    "familyName",
    "given",
    "preferred",
    "name",
    "signIn",
    "organisation",
    "team",
];

/// What is one line.
const ONE_LINE: &[&str] = &["place", "others", "toldWhom", "receivingService", "acceptedBy"];

/// Takes out of every other text what nobody can see.
fn make_readable(value: &mut Value, field: &str) {
    match value {
        Value::String(text) if ONE_LINE.contains(&field) => *text = prose(text).split_whitespace().collect::<Vec<_>>().join(" "),
        Value::String(text) if AS_TYPED.contains(&field) || !text.contains(is_unreadable) => {}
        Value::String(text) => *text = prose(text),
        Value::Array(values) => values.iter_mut().for_each(|value| make_readable(value, field)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| make_readable(value, name)),
        _ => {}
    }
}

/// The longest text in a value, and the field it stands in.
fn longest<'a>(value: &'a Value, field: &'a str) -> Option<(&'a str, usize)> {
    match value {
        Value::String(text) => Some((field, text.chars().count())),
        Value::Array(values) => values.iter().filter_map(|value| longest(value, field)).max_by_key(|found| found.1),
        Value::Object(fields) => {
            let named = fields.iter().filter_map(|(name, value)| longest(value, if ours(name) { name } else { field }));
            named.max_by_key(|found| found.1)
        }
        _ => None,
    }
}

/// The names of the commands a role may use.
#[must_use]
pub fn commands_of(role: Role) -> Vec<String> {
    COMMANDS.iter().filter(|command| command.allows(role)).map(|command| command.name.to_owned()).collect()
}

/// A request as its type; a field that the type does not have is refused at
/// any depth, so that nothing that was typed is dropped while "saved" is said.
fn parse<T: DeserializeOwned>(request: Value) -> Result<T> {
    let request = if request.is_null() { Value::Object(serde_json::Map::new()) } else { request };
    let mut track = serde_path_to_error::Track::new();
    let mut dropped: Option<String> = None;
    let parsed = serde_ignored::deserialize(serde_path_to_error::Deserializer::new(request, &mut track), |path| {
        dropped.get_or_insert_with(|| holder(&path));
    });
    match (parsed, dropped) {
        (Ok(parsed), None) => Ok(parsed),
        (Ok(_), Some(at)) => Err(bad_request(&at)),
        (Err(error), _) => {
            let parts: Vec<String> = track.path().iter().map(ToString::to_string).collect();
            let unknown = usize::from(error.to_string().starts_with("unknown field"));
            let known: Vec<&str> =
                parts.iter().take(parts.len().saturating_sub(unknown)).take_while(|part| ours(part)).map(String::as_str).collect();
            Err(bad_request(&with_missing(known.join(".").replace(".[", "["), &error.to_string())))
        }
    }
}

/// The place with the name of the field that is missing there, if one is: that
/// name is ours, not one that was typed.
fn with_missing(at: String, error: &str) -> String {
    let missing = error.split_once("missing field `").and_then(|(_, rest)| rest.split_once('`')).map(|(field, _)| field);
    match missing.filter(|field| ours(field)) {
        Some(field) if at.is_empty() => field.to_owned(),
        Some(field) if !at.ends_with(field) => format!("{at}.{field}"),
        _ => at,
    }
}

/// Whether a part of a path is a name of ours. What is none is something that
/// was typed: it could be anybody's.
fn ours(part: &str) -> bool {
    part.starts_with('[') || part.starts_with(char::is_lowercase) && part.chars().all(|letter| letter.is_ascii_alphabetic())
}

fn bad_request(at: &str) -> Error {
    let refusal = Error::from(CallRefused::BadRequest);
    if at.is_empty() { refusal } else { refusal.at(at) }
}

/// Where a field is that nobody knows, without its name: `people[0].born`.
fn holder(path: &serde_ignored::Path<'_>) -> String {
    match path {
        serde_ignored::Path::Map { parent, .. } => place(parent),
        other => place(other),
    }
}

fn place(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}[{index}]", place(parent)),
        Path::Map { parent, key } => {
            let parent = place(parent);
            if parent.is_empty() { key.clone() } else { format!("{parent}.{key}") }
        }
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => place(parent),
    }
}

fn answer<T: Serialize>(outcome: Outcome<T>) -> Result<Value> {
    serde_json::to_value(outcome).map_err(|_| Error::internal("answer"))
}

refusals! {
    /// A command that is not run.
    pub enum CallRefused {
        UnknownCommand "unknown_command" => "There is no command of that name.",
        BadRequest "bad_request" => "The request does not have the form this command needs. Nothing was changed.",
        MustChange "must_change_passphrase" => "Choose your own passphrase first. Nothing else opens until you do.",
        Denied "denied" => "Your role does not allow this. If it should, ask the service lead. This has been noted.",
    }
}

refusals! {
    /// A text that is not taken.
    pub enum TextRefused {
        TooLong "text_too_long",
    }
}

#[cfg(test)]
mod tests;
