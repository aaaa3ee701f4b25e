//! What of a family is new to a reader: what others recorded and what has
//! arrived here since the reader marked it as seen, whatever their clocks said.
//! Marking is an act of the reader, never a side effect of looking.

use serde::Deserialize;

use crate::ids::FamilyId;
use crate::record::Arrived;

/// Marking a family as seen.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkSeen {
    /// The family.
    pub family: FamilyId,
    /// Up to where, as the story that was read says; none takes the mark away.
    pub until: Option<Arrived>,
}

/// `3 new`; empty if nothing is.
#[must_use]
pub fn news_words(news: u32) -> String {
    if news == 0 { String::new() } else { format!("{news} new") }
}
