//! Record history: what was done and who looked, in plain words.

mod fields;
mod names;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::codes::Code;
use crate::error::Result;
use crate::family::ops::banner_of;
use crate::family::rows as families;
use crate::ids::{FamilyId, UserId};
use crate::op::Op;
use crate::reader::{Opened, Reader};
use crate::screens::{HistoryLine, HistoryView};
use crate::store::history;
use crate::store::history::{LogLine, What};
use crate::store::looks::NOBODY;
use crate::store::vault;
use crate::time::day_time_words;
use crate::user::Role;
use crate::user::rows as users;

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
    let reader = &reader.open_history(request.family)?;
    let governance = reader.user.role == Role::InformationGovernance;
    let (lines, more) = history::lines(reader.conn, request.family.0, false, request.skip, PAGE)?;
    let banner = if governance { None } else { Some(banner_of(reader.conn, request.family, reader.now)?) };
    Ok(HistoryView { banner, lines: worded(reader, &lines, !governance)?, more })
}

/// The team's history: users, settings, releases, lists, searches, refusals.
///
/// # Errors
/// When the read log could not be written.
pub fn team_history(reader: &Reader<'_>, request: TeamHistoryRequest) -> Result<HistoryView> {
    let reader = &reader.listed("team_history")?;
    let (lines, more) = history::lines(reader.conn, vault::id(reader.conn)?.0, true, request.skip, PAGE)?;
    Ok(HistoryView { banner: None, lines: worded(reader, &lines, true)?, more })
}

/// Lines of the log in words; with the fields that were written if `details`.
fn worded(reader: &Opened<'_>, lines: &[LogLine], details: bool) -> Result<Vec<HistoryLine>> {
    let conn = reader.conn;
    let mut staff: BTreeMap<UserId, String> = BTreeMap::new();
    for user in users::all(conn)? {
        // What was done in another role was not done in this one.
        let now = if history::was_amended(conn, user.id.0, "role")? { "now " } else { "" };
        staff.insert(user.id, format!("{} ({now}{})", user.name, user.role.words()));
    }
    lines
        .iter()
        .map(|line| {
            let (what, kind, details) = match &line.what {
                What::Wrote { oid, op, reason } => {
                    let words = Op::from_code(op).map_or("Something a newer version of Attune did", Code::words);
                    let mut below = if details { fields::lines(conn, line, *oid)? } else { Vec::new() };
                    // Some records keep the reason themselves.
                    let reason = reason.iter().filter(|reason| details && !below.iter().any(|line| line.ends_with(&format!(": {reason}"))));
                    below.extend(reason.map(|reason| format!("Reason: {reason}")).collect::<Vec<_>>());
                    (words.to_owned(), "wrote", below)
                }
                What::Looked { view, family, denied } => {
                    let mut words = (reader.look_words)(view, *denied);
                    if let Some(family) = family.map(FamilyId).filter(|_| *denied) {
                        words.extend(families::find(conn, family)?.map(|family| format!(" of {}", family.reference)));
                    }
                    (words, if *denied { "denied" } else { "read" }, Vec::new())
                }
            };
            Ok(HistoryLine {
                when: day_time_words(line.at.local()),
                who: staff.get(&line.actor).cloned().unwrap_or_else(|| nobody(line.actor).to_owned()),
                what,
                details,
                kind: kind.to_owned(),
                place: format!("Log entry {}.{}", line.sid, line.seq),
            })
        })
        .collect()
}

/// Who is no user of the team.
fn nobody(actor: UserId) -> &'static str {
    if actor == NOBODY { "Somebody unknown" } else { "Attune" }
}
