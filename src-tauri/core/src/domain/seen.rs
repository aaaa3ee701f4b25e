//! What of a family is new to a reader: what others have recorded since the
//! reader marked it as seen. Marking is an act of the reader, never a side
//! effect of looking.

use serde::Deserialize;

use crate::ids::{FamilyId, UserId};
use crate::time::Timestamp;

/// What a reader has marked as seen of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The reader.
    pub reader: UserId,
    /// What was recorded until then is seen; nothing is if the reader never marked it.
    pub until: Option<Timestamp>,
}

impl Seen {
    /// Whether something is new: another's, and recorded after the mark.
    #[must_use]
    pub fn is_new(self, by: UserId, at: Timestamp) -> bool {
        by != self.reader && self.until.is_none_or(|until| at > until)
    }
}

/// Marking a family as seen.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkSeen {
    /// The family.
    pub family: FamilyId,
    /// Until when, as the story that was read says; none takes the mark away.
    pub until: Option<Timestamp>,
}

/// `3 new`; empty if nothing is.
#[must_use]
pub fn news_words(news: u32) -> String {
    if news == 0 { String::new() } else { format!("{news} new") }
}
