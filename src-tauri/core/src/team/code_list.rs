//! Lists of choices that are the team's own: a lead re-words, adds and retires,
//! and nothing is ever taken away. What was chosen is kept in the words of its
//! time, so that no old record is re-worded.

use crate::ids::ids;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::codes::{codes, refusals};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::record::cell::Item;
use crate::record::names::Names;
use crate::record::record;
use crate::record::written::Written;
use crate::time::Timestamp;
use crate::typed;
use crate::typed::choice::Choice;
use crate::typed::fold;

ids! {
    /// A version of one of the team's lists.
    CodeListId as "string & { readonly of: 'CodeList' }",
}

codes! {
    /// A list that no rule rests on.
    pub enum ListName {
        Activity "activity" "What we did",
        GroupKind "group_kind" "Kinds of group",
    }
}

record! {
    /// A version of a list. The last one recorded is offered.
    CodeList = "code_list" "list", added, in team, about Team, signed "by" "at", [Settings];
    id id: CodeListId;
    list: ListName, "List", Fixed Open;
    entries: Vec<Listed>, "Entries", Fixed Open;
    by: UserId, "Changed by", Fixed Open;
    at: Timestamp, "Changed at", Fixed Open;
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Listed {
    /// Its code, the same in every version.
    pub code: String,
    /// The words people see.
    pub words: String,
    /// No longer offered.
    #[serde(default)]
    pub retired: bool,
}

impl Item for Listed {
    fn read(json: &Json) -> Option<Self> {
        serde_json::from_value(json.clone()).ok()
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(if self.retired { format!("{} (retired)", self.words) } else { self.words.clone() })
    }
}

/// What was chosen from a list, in the words of then; or a person's own words,
/// which have no code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The code; empty for own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The words.
    pub words: String,
}

impl Chosen {
    /// What was chosen or typed, by the list of now.
    #[must_use]
    pub fn of(entries: &[Listed], typed: &str) -> Self {
        match entries.iter().find(|entry| entry.code == typed) {
            Some(entry) => Self { code: entry.code.clone(), words: entry.words.clone() },
            None => Self { code: String::new(), words: typed.to_owned() },
        }
    }
}

impl Item for Chosen {
    fn read(json: &Json) -> Option<Self> {
        serde_json::from_value(json.clone()).ok()
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.words.clone())
    }
}

/// The entries that come with Attune, until the team has its own.
///
/// # Errors
/// When its file cannot be read.
pub fn first_entries(list: ListName) -> Result<Vec<Listed>> {
    let file = match list {
        ListName::Activity => include_str!("../../../../assets/lists/activity.json"),
        ListName::GroupKind => include_str!("../../../../assets/lists/group_kind.json"),
        ListName::Newer(_) => "[]",
    };
    serde_json::from_str(file).map_err(|_| Error::internal("list"))
}

/// The entries that are offered.
#[must_use]
pub fn choices(entries: &[Listed]) -> Vec<Choice> {
    let offered = entries.iter().filter(|entry| !entry.retired);
    offered.map(|entry| Choice { code: entry.code.clone(), words: entry.words.clone(), key: String::new() }).collect()
}

/// A list as a lead has changed it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeList {
    /// Which list.
    pub list: ListName,
    /// The version that the form was read at; none if the team had none.
    pub version: Option<CodeListId>,
    /// Its entries, in the order in which they are offered.
    pub entries: Vec<EntryTyped>,
}

/// An entry as typed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntryTyped {
    /// Its code; empty for a new one.
    pub code: String,
    /// Its words.
    pub words: String,
    /// No longer offered.
    pub retired: bool,
}

/// The lists of the team.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ListsView {
    /// Each as it is now.
    pub lists: Vec<ListView>,
}

/// One list as it is now.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ListView {
    /// Which.
    pub list: ListName,
    /// `What we did`.
    pub title: String,
    /// Its version; none while it is the one that came with Attune.
    pub version: Option<CodeListId>,
    /// `Changed by Lead, Mon 23-Nov-2026, 15:21`; `As it came with Attune`.
    pub changed: String,
    /// Its entries.
    pub entries: Vec<Listed>,
}

refusals! {
    /// Why a list was left as it is.
    pub enum ListRefused {
        NoWords "list_no_words" => "Write a few words on one line, at most 80 characters.",
        Twice "list_twice" => "Two entries that are offered have the same words.",
        Gone "list_entry_gone" at "entries" => "An entry that was in the list is missing. Entries are retired, never taken away. Nothing was changed.",
        OneTwice "list_entry_twice" at "entries" => "An entry is in the list two times. Nothing was changed.",
        TooMany "list_too_many" at "entries" => "A list has at most 200 entries. Nothing was changed.",
        Unknown "list_entry_unknown" at "entries" => "An entry has a code that the list does not have. Nothing was changed.",
        Empty "list_empty" at "entries" => "At least one entry must be offered.",
    }
}

/// The longest words of an entry, in characters.
const LONGEST: usize = 80;

/// The most entries of a list, retired ones with them.
const MOST: usize = 200;

/// The next version of a list.
///
/// # Errors
/// See [`ListRefused`]; its field names the entry, as `entries.3.words`.
pub fn enter(request: &ChangeList, standing: &[Listed], written: Written<CodeListId>) -> Result<CodeList> {
    let entries = next_entries(&request.entries, standing, "entries")?;
    Ok(CodeList { id: written.id, list: request.list, entries, by: written.by, at: written.at })
}

/// Entries as typed, after those that stand: each of these is still there, a
/// new one is given a code.
///
/// # Errors
/// As [`enter`]; the fields begin with `at`.
pub fn next_entries(typed: &[EntryTyped], standing: &[Listed], at: &str) -> Result<Vec<Listed>> {
    if typed.len() > MOST {
        return Err(ListRefused::TooMany.into());
    }
    let mut codes: BTreeSet<String> = standing.iter().map(|entry| entry.code.clone()).collect();
    let mut offered: BTreeSet<String> = BTreeSet::new();
    let mut entries: Vec<Listed> = Vec::with_capacity(typed.len());
    for (index, entry) in typed.iter().enumerate() {
        let refused = |refusal: ListRefused| Error::from(refusal).at(&format!("{at}.{index}.words"));
        let words = typed::line(&entry.words, LONGEST).filter(|words| !words.is_empty()).ok_or_else(|| refused(ListRefused::NoWords))?;
        if !entry.retired && !offered.insert(fold::fold(&words)) {
            return Err(refused(ListRefused::Twice));
        }
        let code = match entry.code.as_str() {
            "" => new_code(&words, &mut codes),
            code if standing.iter().any(|known| known.code == code) => code.to_owned(),
            _ => return Err(ListRefused::Unknown.into()),
        };
        entries.push(Listed { code, words, retired: entry.retired });
    }
    for known in standing {
        match entries.iter().filter(|entry| entry.code == known.code).count() {
            0 => return Err(ListRefused::Gone.into()),
            1 => {}
            _ => return Err(ListRefused::OneTwice.into()),
        }
    }
    if offered.is_empty() {
        return Err(ListRefused::Empty.into());
    }
    Ok(entries)
}

/// A code that no entry has or had: from the words, so that it can be read in an export.
fn new_code(words: &str, taken: &mut BTreeSet<String>) -> String {
    let letters: String = fold::fold(words).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let stem = letters.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let stem = if stem.is_empty() { "entry".to_owned() } else { stem };
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    let code = std::iter::once(stem.clone()).chain(numbered).find(|code| !taken.contains(code)).unwrap_or(stem);
    taken.insert(code.clone());
    code
}

#[cfg(test)]
mod tests;
