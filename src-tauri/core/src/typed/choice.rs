//! A choice as a screen offers it: a code, its words and, in a chip group, the
//! key that picks it.

use serde::Serialize;

use crate::codes::Code;

/// One choice of a list or chip group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Choice {
    /// The code to send back.
    pub code: String,
    /// The words to show.
    pub words: String,
    /// The key that picks it while the group has focus; empty if none.
    pub key: String,
}

/// The choices of a code list, without keys.
#[must_use]
pub fn choices<C: Code>() -> Vec<Choice> {
    C::ALL.iter().map(|c| Choice { code: c.code().to_owned(), words: c.words().to_owned(), key: String::new() }).collect()
}

/// The choices of a code list with the given keys, in the same order.
#[must_use]
pub fn keyed<C: Code>(keys: &[&str]) -> Vec<Choice> {
    let mut all = choices::<C>();
    for (choice, key) in all.iter_mut().zip(keys) {
        (*key).clone_into(&mut choice.key);
    }
    all
}
