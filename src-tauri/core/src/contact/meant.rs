//! What a date that was typed meant on the day it was typed: `today` and `+7d` do
//! not move while a draft waits, over midnight, or under an open window.

use serde::{Deserialize, Serialize};

use crate::contact::ContactEntry;
use crate::ids::UserId;
use crate::time::Timestamp;
use crate::typed::when;
use crate::typed::when::Lean;

/// A draft as it is kept: what was typed, and what its dates meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What was typed.
    #[serde(flatten)]
    pub entry: ContactEntry,
    /// What its dates meant when they were typed.
    #[serde(default)]
    pub meant: Vec<Meant>,
    /// Who began it, where somebody else has taken it over since.
    #[serde(default)]
    pub begun_by: Option<UserId>,
}

/// What one date meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meant {
    /// The field, as in [`ContactEntry`].
    pub field: String,
    /// As typed: `today 14:00`.
    pub typed: String,
    /// The day that it was: `Mon 23-Nov-2026, 14:00`.
    pub words: String,
}

impl Kept {
    /// What is kept of an entry now: a date that was kept before still means what
    /// it did, a new one means what it does now.
    #[must_use]
    pub fn of(entry: ContactEntry, before: Option<&Self>, now: Timestamp) -> Self {
        let known = before.map(|before| before.meant.as_slice()).unwrap_or_default();
        let mut all = entry.clone();
        let mut meant: Vec<Meant> = Vec::new();
        for (field, typed, lean) in dates(&mut all) {
            let kept = known.iter().find(|meant| meant.is_of(field, typed)).cloned();
            // `14` alone is no time of day; with its end it is.
            let end = if field == "when" { entry.until.as_str() } else { "" };
            let words = || {
                let read = when::parse(typed, lean, now).map(|when| when.words());
                read.or_else(|_| when::parse_with_end(typed, end, lean, now).map(|when| when.fixed(end))).ok()
            };
            let read = || Some(Meant { field: field.to_owned(), typed: typed.clone(), words: words()? });
            meant.extend(kept.or_else(read));
        }
        Self { entry, meant, begun_by: before.and_then(|before| before.begun_by) }
    }

    /// An entry with each date that was kept spelled out as it was meant.
    #[must_use]
    pub fn spell_out(&self, mut entry: ContactEntry) -> ContactEntry {
        for (field, typed, _) in dates(&mut entry) {
            if let Some(meant) = self.meant.iter().find(|meant| meant.is_of(field, typed)) {
                typed.clone_from(&meant.words);
            }
        }
        entry
    }
}

impl Meant {
    /// The same text means one day in one field and another in the next.
    fn is_of(&self, field: &str, typed: &str) -> bool {
        self.field == field && self.typed == typed
    }
}

/// The dates of an entry by their fields, and which way each leans.
fn dates(entry: &mut ContactEntry) -> [(&'static str, &mut String, Lean); 3] {
    [
        ("when", &mut entry.when, Lean::Past),
        ("nextVisit", &mut entry.next_visit, Lean::Future),
        ("concern.toldWhen", &mut entry.concern.told_when, Lean::Past),
    ]
}
