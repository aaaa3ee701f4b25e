//! What a person can do: the verbs of each concept, with their refusals.

pub mod access;
pub mod ace;
pub mod acts;
pub mod caseload;
pub mod concerns;
pub mod contacts;
pub mod families;
pub mod find;
pub mod flags;
pub mod forms;
pub mod history;
pub mod namesakes;
pub mod note;
pub mod op;
pub mod people;
pub mod placements;
pub mod practice;
pub mod priorities;
pub mod reader;
pub mod releases;
pub mod session;
pub mod settings;
pub mod story;
pub mod summary;
pub mod today;
pub mod users;
pub mod when;

use serde::Serialize;

use crate::record::Topic;

/// What a command answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "Reply"))]
pub struct Outcome<T> {
    /// The answer.
    pub value: T,
    /// Screens to read again.
    pub touched: Vec<Topic>,
    /// The log position the answer was read at; an amendment sends it back.
    pub seen: i64,
}

impl<T> Outcome<T> {
    /// The same outcome with another answer.
    #[must_use]
    pub fn with<U>(self, value: U) -> Outcome<U> {
        Outcome { value, touched: self.touched, seen: self.seen }
    }
}
