//! What is printed: data on standard output, everything else and one-line
//! errors on standard error.

use std::io::{ErrorKind, Write};
use std::panic::Location;
use std::process::ExitCode;

use attune_core::api::{COMMANDS, CallRefused, Command, Who};
use attune_core::codes::Code;
use serde_json::{Value, json};

/// Why a call ended without doing what was asked.
pub enum Failure {
    /// The core refused: exit code 1.
    Refused(attune_core::error::Error),
    /// The call cannot be understood: exit code 2.
    Misused(String),
}

impl From<attune_core::error::Error> for Failure {
    fn from(error: attune_core::error::Error) -> Self {
        if ![CallRefused::UnknownCommand.code(), CallRefused::BadRequest.code()].contains(&error.code) {
            return Self::Refused(error);
        }
        let at = error.field.map(|field| format!(" Look at: {field}.")).unwrap_or_default();
        Self::Misused(format!("{}{at} [{}]", error.message, error.code))
    }
}

impl Failure {
    /// Prints the one line and answers the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Refused(error) => {
                note(&format!("attunectl: {} [{}]", error.message, error.code));
                ExitCode::from(1)
            }
            Self::Misused(words) => {
                note(&format!("attunectl: {words} See attunectl --help."));
                ExitCode::from(2)
            }
        }
    }
}

/// A line of data.
pub fn line(words: &str) {
    write(&mut std::io::stdout().lock(), &visible(words));
}

/// A line about what is going on.
pub fn note(words: &str) {
    write(&mut std::io::stderr().lock(), &visible(words));
}

/// Whoever reads may stop reading, as `| head` does: then there is nobody left
/// to print for, and the program ends as if it had printed everything.
fn write(to: &mut impl Write, line: &str) {
    if let Err(error) = writeln!(to, "{line}") {
        let nobody_reads = error.kind() == ErrorKind::BrokenPipe;
        std::process::exit(if nobody_reads { 0 } else { 1 });
    }
}

/// The words with everything in them that a terminal would obey rather than
/// show, spelt out: control characters, and marks that turn the direction.
fn visible(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for letter in words.chars() {
        if obeyed(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Where the program met a fault of its own, never with what: a panic's own
/// message can quote a value, and a value can be a name.
pub fn fault(at: Option<&Location<'_>>) {
    let place = at.map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
    note(&format!("attunectl: a fault in the program at {place}. The record on disk is as you last saved it."));
}

/// A value as JSON. What a terminal would obey stands in it as an escape.
pub fn data(value: &Value) {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    write(&mut std::io::stdout().lock(), &escaped(&text));
}

/// JSON text whose every control and direction mark is a JSON escape; the value
/// it stands for is the same.
fn escaped(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for letter in json.chars() {
        if obeyed(letter) {
            let _ = std::fmt::Write::write_fmt(&mut shown, format_args!("\\u{:04x}", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Whether a terminal would obey a letter rather than show it. A line's end is
/// what lines are made of.
fn obeyed(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The command table.
pub fn commands(json: bool) {
    if json {
        let rows: Vec<Value> = COMMANDS
            .iter()
            .map(|command| json!({"name": command.name, "request": command.request, "response": command.response, "roles": roles(command), "words": command.words}))
            .collect();
        data(&Value::Array(rows));
        return;
    }
    for command in COMMANDS {
        line(&format!("{:<18} {} => {}", command.name, command.request, command.response));
        line(&format!("{:<18} {} [{}]", "", command.words, roles(command).join(", ")));
    }
}

fn roles(command: &Command) -> Vec<&'static str> {
    match command.who {
        Who::Anyone => vec!["before unlocking"],
        Who::Roles(roles) => roles.iter().map(|role| role.code()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_would_obey_is_printed() {
        let name = "O\u{1b}[2J’NEILL\u{202e}\r\u{9b}31m\u{7f}";
        assert_eq!(visible(name), "O\\u{1b}[2J’NEILL\\u{202e}\\u{d}\\u{9b}31m\\u{7f}");
        let json = escaped(&serde_json::to_string_pretty(&json!({ "name": name })).unwrap());
        assert!(!json.chars().any(obeyed), "{json:?}");
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["name"], name, "the value is the same");
        assert_eq!(visible("Róisín, two\nlines"), "Róisín, two\nlines");
    }
}
