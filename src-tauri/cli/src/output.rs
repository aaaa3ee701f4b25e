//! What is printed: data on standard output, everything else and one-line
//! errors on standard error.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program prints")]

use std::panic::Location;
use std::process::ExitCode;

use attune_core::api::{COMMANDS, Command, Who};
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
        match error.code.as_str() {
            "unknown_command" | "bad_request" => {
                Self::Misused(format!("{}{}", error.message, error.field.map(|f| format!(" ({f})")).unwrap_or_default()))
            }
            _ => Self::Refused(error),
        }
    }
}

impl Failure {
    /// Prints the one line and answers the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Refused(error) => {
                eprintln!("attunectl: {} [{}]", error.message, error.code);
                ExitCode::from(1)
            }
            Self::Misused(words) => {
                eprintln!("attunectl: {words} See attunectl --help.");
                ExitCode::from(2)
            }
        }
    }
}

/// A line of data.
pub fn line(words: &str) {
    println!("{words}");
}

/// A line about what is going on.
pub fn note(words: &str) {
    eprintln!("{words}");
}

/// Where the program met a fault of its own, never with what: a panic's own
/// message can quote a value, and a value can be a name.
pub fn fault(at: Option<&Location<'_>>) {
    let place = at.map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
    eprintln!("attunectl: a fault in the program at {place}. The record on disk is as you last saved it.");
}

/// A value as JSON.
pub fn data(value: &Value) {
    println!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
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
        println!("{:<18} {} => {}", command.name, command.request, command.response);
        println!("{:<18} {} [{}]", "", command.words, roles(command).join(", "));
    }
}

fn roles(command: &Command) -> Vec<&'static str> {
    match command.who {
        Who::Anyone => vec!["before unlocking"],
        Who::Roles(roles) => roles.iter().map(|role| role.code()).collect(),
    }
}
