//! Record history: what was done and who looked, in plain words.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde::Deserialize;
use uuid::Uuid;

use super::families::banner_of;
use super::op::Op;
use super::reader::Reader;
use crate::codes::Code;
use crate::domain::user::Role;
use crate::domain::views::{HistoryLine, HistoryView};
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::store::history::{self, FieldChange, LogLine, What};
use crate::store::{families, users, vault};
use crate::time::{Timestamp, date_words, day_time_words};

/// Lines sent at once.
const PAGE: u32 = 60;

/// A family's history, or its older part.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryRequest {
    /// The family.
    pub family: FamilyId,
    /// How many of the newest to leave out.
    #[serde(default)]
    pub skip: u32,
}

/// The team's history, or its older part.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamHistoryRequest {
    /// How many of the newest to leave out.
    #[serde(default)]
    pub skip: u32,
}

/// A family's history. Information governance reads it without names and
/// without what was written.
///
/// # Errors
/// `not_yours`.
pub fn history(reader: &Reader<'_>, request: HistoryRequest) -> Result<HistoryView> {
    reader.open_history(request.family)?;
    let governance = reader.user.role == Role::InformationGovernance;
    let (lines, more) = history::lines(reader.conn, request.family.0, false, request.skip, PAGE)?;
    let banner = if governance { None } else { Some(banner_of(reader.conn, request.family, reader.now)?) };
    Ok(HistoryView { banner, lines: worded(reader.conn, &lines, !governance)?, more })
}

/// The team's history: users, settings, releases, lists, searches, refusals.
///
/// # Errors
/// When the read log could not be written.
pub fn team_history(reader: &Reader<'_>, request: TeamHistoryRequest) -> Result<HistoryView> {
    reader.listed("team_history")?;
    let (lines, more) = history::lines(reader.conn, vault::id(reader.conn)?.0, true, request.skip, PAGE)?;
    Ok(HistoryView { banner: None, lines: worded(reader.conn, &lines, true)?, more })
}

/// Lines of the log in words; with the fields that were written if `details`.
///
/// # Errors
/// When the store fails.
pub fn worded(conn: &Connection, lines: &[LogLine], details: bool) -> Result<Vec<HistoryLine>> {
    let people: BTreeMap<UserId, String> =
        users::all(conn)?.into_iter().map(|user| (user.id, format!("{} ({})", user.name, user.role.words()))).collect();
    lines
        .iter()
        .map(|line| {
            let (what, kind, fields) = match &line.what {
                What::Wrote { oid, op, reason } => {
                    let words = Op::from_code(op).map_or_else(|| "Something a newer version did".to_owned(), |op| op.words().to_owned());
                    let mut fields = if details { field_lines(conn, *oid)? } else { Vec::new() };
                    fields.extend(reason.iter().filter(|_| details).map(|reason| format!("Reason: {reason}")));
                    (words, "wrote", fields)
                }
                What::Looked { view, family, denied } => {
                    let of = match family {
                        Some(family) => {
                            families::find(conn, FamilyId(*family))?.map(|family| format!(" of {}", family.reference)).unwrap_or_default()
                        }
                        None => String::new(),
                    };
                    let words = view_words(view);
                    if *denied {
                        (format!("Was refused: {words}{of}"), "denied", Vec::new())
                    } else {
                        (format!("Looked at {words}"), "read", Vec::new())
                    }
                }
            };
            Ok(HistoryLine {
                when: day_time_words(line.at.local()),
                who: people.get(&line.actor).cloned().unwrap_or_else(|| "Attune".to_owned()),
                what,
                details: fields,
                kind: kind.to_owned(),
                place: format!("Stream {}, number {}", line.sid, line.seq),
            })
        })
        .collect()
}

/// What a kind of view is called.
fn view_words(view: &str) -> String {
    match view {
        "banner" => "the banner",
        "story" => "the story",
        "people" => "the people",
        "contact" => "a note",
        "open_note" => "the note editor",
        "kept_form" => "an unfinished form of their own",
        "kept_forms" => "their own unfinished forms",
        "history" => "the record history",
        "priority" => "the priority groups",
        "placements" => "the placements",
        "ace" => "the ACE conversations",
        "caseload" => "a caseload list",
        "today" => "Today",
        "find" => "search results",
        "concerns" => "the open concerns",
        "team_history" => "the team’s history",
        "families_index" => "the list of case references",
        "summary" => "a summary",
        "releases" => "the released summaries",
        "users" => "the users",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

fn field_lines(conn: &Connection, oid: i64) -> Result<Vec<String>> {
    let mut fields = history::fields(conn, oid)?;
    fields.retain(|field| !field.words.is_empty());
    fields
        .iter()
        .filter(|field| {
            !HIDDEN.contains(&field.column) && (field.before.is_some() || field.column != "role" || field.table.name == "person")
        })
        .map(|field| {
            let after = value_words(conn, field, &field.after)?;
            Ok(match &field.before {
                None => format!("{}: {after}", field.words),
                Some(before) => {
                    let before = value_words(conn, field, before)?;
                    format!("{}: {after} (was {before})", field.words)
                }
            })
        })
        .collect()
}

/// Columns that say nothing to a reader.
const HIDDEN: [&str; 11] =
    ["family", "episode", "contact", "concern", "present", "absent", "infants", "public_key", "tables", "did", "plan_done"];

fn value_words(conn: &Connection, field: &FieldChange, value: &Value) -> Result<String> {
    Ok(match value {
        Value::Null => "empty".to_owned(),
        Value::Text(text) if text.is_empty() => "empty".to_owned(),
        Value::Text(text) => match text.parse::<NaiveDate>() {
            Ok(date) => date_words(date),
            Err(_) => code_words(field.column, text),
        },
        Value::Integer(number) if matches!(field.column, "minutes" | "birth_order" | "auto_lock_minutes") => number.to_string(),
        Value::Integer(number) if *number > 1_000_000 => day_time_words(Timestamp(*number).local()),
        Value::Integer(number) => if *number == 0 { "no" } else { "yes" }.to_owned(),
        Value::Blob(bytes) => match <[u8; 16]>::try_from(bytes.as_slice()) {
            Ok(id) => users::name(conn, UserId(Uuid::from_bytes(id)))?,
            Err(_) => "kept".to_owned(),
        },
        Value::Real(number) => number.to_string(),
    })
}

/// The words of a stored code, or the text itself.
fn code_words(column: &str, text: &str) -> String {
    use crate::domain::{contact, family, person};
    fn of<C: Code>(text: &str) -> Option<String> {
        C::from_code(text).map(|choice| choice.words().to_owned())
    }
    let words = match column {
        "kind" => of::<contact::ContactKind>(text).or_else(|| of::<family::FlagKind>(text)),
        "outcome" => of::<contact::Outcome>(text),
        "safety" => of::<contact::Safety>(text),
        "sex" => of::<person::Sex>(text),
        "role" => of::<person::FamilyRole>(text).or_else(|| of::<Role>(text)),
        "number_absent" => of::<person::NumberAbsent>(text),
        _ => None,
    };
    words.unwrap_or_else(|| text.to_owned())
}
