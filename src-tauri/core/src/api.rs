//! The one door: every command once, with its request, its answer, the roles
//! that may, and the function. `dispatch`, the TypeScript map, the role matrix
//! and `attunectl commands` all come from this table.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::acts::{Asked, Twice, fingerprint};
use crate::api::form::{Form, Misfit};
use crate::codes::refusals;
use crate::desk::{Desk, Progress};
use crate::error::{Error, Result};
use crate::record::Topic;
use crate::reply::Reply;
use crate::typed::{is_prose, prose};
use crate::user::Role;

#[cfg(feature = "bindings")]
pub mod bindings;
mod commands;
mod desk_commands;
mod form;

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

/// What is to be known of a command before it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It writes files beside the record: a copy, a summary, a vault.
    Files,
    /// It asks for the passphrase again.
    AsksAgain,
    /// It keeps what is typed, and shows nothing: a window that is about to lock
    /// may still do it.
    WhileLocking,
    /// Somebody with a one-time passphrase may do it before choosing their own.
    BeforeChoosing,
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
    /// What its answer rests on: a screen that shows it reads it again when one
    /// of these has changed.
    pub reads: &'static [Topic],
    /// What else is to be known of it.
    pub marks: &'static [Mark],
    /// What it does, in a sentence.
    pub words: &'static str,
    /// What a line of the read log says of it: when it was done, and what it was
    /// that somebody was refused. None if it is in no line.
    looks: &'static [(&'static str, &'static str)],
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

    /// Whether it has a mark.
    #[must_use]
    pub fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// What a line of the read log says: `Opened the story`; `Was refused: the story`.
fn look_words(view: &str, denied: bool) -> String {
    let known = COMMANDS.iter().find(|command| command.name == view).and_then(|command| command.looks.first());
    match (known, denied) {
        (Some((looked, _)), false) => (*looked).to_owned(),
        (Some((_, refused)), true) => format!("Was refused: {refused}"),
        (None, false) => "Opened something this version does not know".to_owned(),
        (None, true) => "Was refused something this version does not know".to_owned(),
    }
}

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
        if must_change && !command.is(Mark::BeforeChoosing) {
            desk.log_denied(command.name)?;
            return Err(CallRefused::MustChange.into());
        }
        if !command.allows(user.role) {
            desk.log_denied(command.name)?;
            return Err(CallRefused::Denied.into());
        }
        if !command.is(Mark::WhileLocking) {
            desk.refuse_if_overdue()?;
        }
        if command.is(Mark::AsksAgain) {
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
    "csv",
];

/// What is one line.
const ONE_LINE: &[&str] = &["place", "others", "toldWhom", "receivingService", "acceptedBy", "ledBy"];

/// The text of a request without halves of characters, which no text can hold:
/// an emoji that was cut in two must not cost what was written beside it.
#[must_use]
pub fn mended(json: &str) -> Cow<'_, str> {
    let hex = |at: usize| json.get(at + 2..at + 6).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = json[at..].find('\\') {
        at += found;
        let is_escape = json[at..].starts_with("\\u");
        let whole = |first: &u16| {
            (0xd800..0xdc00).contains(first)
                && json[at + 6..].starts_with("\\u")
                && hex(at + 6).is_some_and(|low| (0xdc00..0xe000).contains(&low))
        };
        match hex(at).filter(|unit| is_escape && (0xd800..0xe000).contains(unit)) {
            Some(unit) if whole(&unit) => at += 12,
            Some(_) => {
                kept.push_str(&json[from..at]);
                at += 6;
                from = at;
            }
            // A backslash and what it stands before; what is no JSON at all is said to be so later.
            None => at += 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    if from == 0 {
        return Cow::Borrowed(json);
    }
    kept.push_str(&json[from..]);
    Cow::Owned(kept)
}

/// Takes out of every other text what nobody can see.
fn make_readable(value: &mut Value, field: &str) {
    match value {
        Value::String(text) if ONE_LINE.contains(&field) => *text = prose(text).split_whitespace().collect::<Vec<_>>().join(" "),
        Value::String(text) if AS_TYPED.contains(&field) || is_prose(text) => {}
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
    let parsed = serde_ignored::deserialize(serde_path_to_error::Deserializer::new(Form(request), &mut track), |path| {
        dropped.get_or_insert_with(|| holder(&path));
    });
    match (parsed, dropped) {
        (Ok(parsed), None) => Ok(parsed),
        (Ok(_), Some(at)) => Err(bad_request(&at)),
        (Err(misfit), _) => Err(bad_request(&misfit.place(track.path()))),
    }
}

impl Misfit {
    /// Where: the names of ours on the way there, and that of a field that is
    /// missing. The name of an unknown field is something that was typed.
    fn place(&self, path: serde_path_to_error::Path) -> String {
        let mut parts: Vec<String> = path.iter().map(ToString::to_string).collect();
        match self {
            Self::Missing(field) if parts.last().is_none_or(|last| last != field) => parts.push((*field).to_owned()),
            Self::Unknown => drop(parts.pop()),
            Self::Missing(_) | Self::OfAnotherKind => {}
        }
        let known: Vec<&str> = parts.iter().take_while(|part| ours(part)).map(String::as_str).collect();
        known.join(".").replace(".[", "[")
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

fn answer<T: Serialize>(outcome: Reply<T>) -> Result<Value> {
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
