//! What a command answers.

use serde::{Deserialize, Serialize};

use crate::record::Topic;

/// An answer, and what goes with it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Reply<T> {
    /// The answer.
    pub value: T,
    /// Screens to read again.
    pub touched: Vec<Topic>,
    /// The log position the answer was read at; an amendment sends it back.
    pub seen: i64,
}

impl<T> Reply<T> {
    /// An answer of what is not in the log.
    #[must_use]
    pub fn touching(value: T, touched: impl Into<Vec<Topic>>) -> Self {
        Self { value, touched: touched.into(), seen: 0 }
    }

    /// The same with another answer.
    #[must_use]
    pub fn with<U>(self, value: U) -> Reply<U> {
        Reply { value, touched: self.touched, seen: self.seen }
    }
}

/// A request or answer with nothing in it.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "Record<string, never>"))]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
