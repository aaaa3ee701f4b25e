//! The open episodes of a caseload, read in four statements.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use super::table::Record;
use super::{contacts, row, seen};
use crate::domain::contact::{ContactKind, Outcome};
use crate::domain::family::Flag;
use crate::domain::person::Person;
use crate::error::Result;
use crate::ids::{EpisodeId, FamilyId, UserId};
use crate::time::Timestamp;

/// The latest contact of an episode.
#[derive(Debug, Clone, Copy)]
pub struct LastContact {
    /// When it was.
    pub held_at: Timestamp,
    /// How it was made.
    pub kind: ContactKind,
    /// What came of it.
    pub outcome: Outcome,
}

/// One open episode with what a list tells of it.
#[derive(Debug, Clone)]
pub struct OpenEpisode {
    /// The episode.
    pub episode: EpisodeId,
    /// Its family.
    pub family: FamilyId,
    /// Opened on.
    pub opened_on: NaiveDate,
    /// Its key worker.
    pub key_worker: Option<UserId>,
    /// When somebody last looked whether there are flags.
    pub flags_checked_on: Option<NaiveDate>,
    /// The latest contact of any kind.
    pub last: Option<LastContact>,
    /// When the family was last met.
    pub last_met: Option<Timestamp>,
    /// The next visit promised.
    pub next_visit: Option<Timestamp>,
    /// The reader has an unsigned note in it.
    pub has_draft: bool,
    /// A concern waits for a second person.
    pub open_concern: bool,
    /// The placement that stands: step, and whether a second person is awaited.
    pub placement: Option<(u8, bool)>,
    /// When the placement is to be reviewed.
    pub review_on: Option<NaiveDate>,
    /// Infants first.
    pub people: Vec<Person>,
    /// Standing flags.
    pub flags: Vec<Flag>,
    /// How many entries of its story are new to the reader.
    pub news: u32,
}

/// The open episodes that `reader` is allocated to; all of them if none is
/// named. `me` is whose drafts and news are told.
///
/// # Errors
/// When the store fails.
pub fn open(conn: &Connection, reader: Option<UserId>, me: UserId) -> Result<Vec<OpenEpisode>> {
    let mut statement = conn.prepare_cached(&format!("{} {}", include_str!("sql/caseload.sql"), allocated(reader)))?;
    let mut episodes: Vec<OpenEpisode> =
        statement.query_map(named_params! { ":reader": reader, ":me": me }, from_row)?.collect::<rusqlite::Result<_>>()?;
    let mut people = by_family::<Person>(conn, "role <> 'sibling'", reader, |person| person.family)?;
    let mut flags = by_family::<Flag>(conn, "ended_on = ''", reader, |flag| flag.family)?;
    let news = seen::news_of_caseload(conn, me, reader, allocated(reader))?;
    for episode in &mut episodes {
        episode.people = people.remove(&episode.family).unwrap_or_default();
        episode.people.sort_by_key(|person| (person.role, person.birth_order.unwrap_or(99), person.born_on));
        episode.flags = flags.remove(&episode.family).unwrap_or_default();
        episode.next_visit = contacts::next_visit(conn, episode.episode)?;
        episode.news = news.get(&episode.family).copied().unwrap_or_default();
    }
    Ok(episodes)
}

fn from_row(r: &Row<'_>) -> rusqlite::Result<OpenEpisode> {
    let last = match r.get::<_, Option<Timestamp>>("last_held")? {
        Some(held_at) => Some(LastContact { held_at, kind: row::get_code(r, "last_kind")?, outcome: row::get_code(r, "last_outcome")? }),
        None => None,
    };
    Ok(OpenEpisode {
        episode: r.get("episode")?,
        family: r.get("family")?,
        opened_on: row::get_date(r, "opened_on")?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
        key_worker: r.get("key_worker")?,
        flags_checked_on: row::get_date(r, "flags_checked_on")?,
        last,
        last_met: r.get("last_met")?,
        next_visit: None,
        has_draft: r.get("has_draft")?,
        open_concern: r.get("open_concern")?,
        placement: r.get::<_, Option<u8>>("step")?.map(|step| Ok::<_, rusqlite::Error>((step, r.get("awaited")?))).transpose()?,
        review_on: row::get_date(r, "review_on")?,
        people: Vec::new(),
        flags: Vec::new(),
        news: 0,
    })
}

/// The rows of a family table that belong to the open episodes read.
fn by_family<R: Record>(
    conn: &Connection,
    condition: &str,
    reader: Option<UserId>,
    family: impl Fn(&R) -> FamilyId,
) -> Result<HashMap<FamilyId, Vec<R>>> {
    let sql = format!(
        "SELECT t.* FROM episode e JOIN {} t ON t.family = e.family WHERE e.closed_on = '' AND t.{condition} {}",
        R::TABLE.name,
        allocated(reader)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut grouped: HashMap<FamilyId, Vec<R>> = HashMap::new();
    for record in statement.query_map(named_params! { ":reader": reader }, R::from_row)? {
        let record = record?;
        grouped.entry(family(&record)).or_default().push(record);
    }
    Ok(grouped)
}

/// Whose episodes: without an `OR` for nobody in it, each way to be allocated
/// is looked up by its own index.
const fn allocated(reader: Option<UserId>) -> &'static str {
    match reader {
        Some(_) => "AND (e.key_worker = :reader OR e.therapist = :reader OR e.partner_worker = :reader)",
        None => "AND :reader IS NULL",
    }
}
