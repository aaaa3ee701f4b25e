//! The open families of a reader: one row each of what lists tell of a family,
//! computed whenever the family is written to. A list reads the rows it shows;
//! which they are, and how many there are, is kept by `listed`.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use rusqlite::{Row, Statement, ToSql, named_params};

use crate::contact::last_seen::LastSeen;
use crate::contact::{ContactKind, Outcome};
use crate::error::Result;
use crate::family::flag_rows;
use crate::family::flag_rows::LAST_CHECKED;
use crate::family::{Checked, EpisodeId, Flag};
use crate::ids::{FamilyId, UserId};
use crate::person::Person;
use crate::record::{Record, cell};
use crate::screens::listed::HOUR;
use crate::screens::{CaseloadFilter, CaseloadSort, TodaySection};
use crate::store::db::Db;
use crate::store::{row, seen};
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

/// The placement that stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The step.
    pub step: u8,
    /// When it is to be reviewed; never after the loss of every infant.
    pub review_on: Option<NaiveDate>,
}

/// A placement that a second person is awaited for.
#[derive(Debug, Clone, Copy)]
pub struct Awaited {
    /// Its step.
    pub step: u8,
    /// When it was recorded.
    pub on: NaiveDate,
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
    /// Whether somebody looked which flags there are.
    pub flags_checked: Checked,
    /// The latest contact of any kind.
    pub last: Option<LastContact>,
    /// When the family was last met: every living infant seen.
    pub last_met: Option<Timestamp>,
    /// When each living infant was last seen.
    pub seen: LastSeen,
    /// The next visit promised.
    pub next_visit: Option<Timestamp>,
    /// The reader has an unsigned note in it.
    pub has_draft: bool,
    /// A concern waits for a second person.
    pub open_concern: bool,
    /// The placement that stands.
    pub placement: Option<Standing>,
    /// The placement that waits for a second person.
    pub awaited: Option<Awaited>,
    /// Infants first.
    pub people: Vec<Person>,
    /// Standing flags.
    pub flags: Vec<Flag>,
    /// How many entries of its story are new to the reader.
    pub news: u32,
}

/// Whose caseload is read, by whom and when.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    /// Who reads: whose drafts and news are told.
    pub reader: UserId,
    /// All families of the team, for who opens every one; else those that the reader is allocated to.
    pub team: bool,
    /// What day it is.
    pub now: Timestamp,
}

/// Which families of it the caseload lists, and in which order.
#[derive(Debug, Clone, Copy)]
pub struct Part(pub CaseloadFilter, pub CaseloadSort);

/// An infant who was not seen for longer than this is said to be so; a fact,
/// not a judgement.
pub const LONG_AGO_DAYS: u64 = 14;

/// How far ahead a review is listed.
const REVIEW_DAYS: u64 = 7;

/// How many families there are under each of `filters`.
pub fn counts(conn: &Db, whose: Whose, filters: &[CaseloadFilter]) -> Result<Vec<u32>> {
    let counts: Vec<String> = filters.iter().map(|filter| filter_count(*filter)).collect();
    let mut statement = conn.question(&format!("SELECT {}", counts.join(", ")))?;
    whose.bind(&mut statement)?;
    let mut rows = statement.raw_query();
    let Some(row) = rows.next()? else { return Ok(vec![0; filters.len()]) };
    Ok((0..filters.len()).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?)
}

/// The families of a part, of which there are `count`: `limit` of them after the first `skip`.
pub fn read(conn: &Db, whose: Whose, part: Part, count: u32, skip: u32, limit: u32) -> Result<Vec<OpenEpisode>> {
    // A part of few is gone through and sorted; one of many is met soon enough in the order that is asked for.
    let few = count / FEW <= skip.saturating_add(limit);
    let mut statement = conn.question(&part.page(few))?;
    whose.bind(&mut statement)?;
    bind(&mut statement, ":limit", &limit)?;
    bind(&mut statement, ":skip", &skip)?;
    let page: Vec<EpisodeId> = statement.raw_query().mapped(|r| r.get(0)).collect::<rusqlite::Result<_>>()?;
    let mut told = told(conn, whose.reader, &page)?;
    Ok(page.iter().filter_map(|episode| told.remove(episode)).collect())
}

/// What a section of Today has: how many families, and the first of them.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// How many families.
    pub total: u32,
    /// As many as were asked for.
    pub first: Vec<OpenEpisode>,
}

/// Sections of Today for somebody, each with as many of its families as are asked for.
pub fn sections(conn: &Db, me: UserId, asked: &[(Whose, TodaySection, u32)]) -> Result<Vec<Section>> {
    let mut pages: Vec<(u32, Vec<EpisodeId>)> = Vec::new();
    for (whose, section, limit) in asked {
        let Some((count, page)) = section_sql(*section) else { return Ok(Vec::new()) };
        let mut statement = conn.question(&format!("SELECT {count}"))?;
        whose.bind(&mut statement)?;
        let total = statement.raw_query().next()?.map_or(Ok(0), |row| row.get(0))?;
        let mut statement = conn.question(&page)?;
        whose.bind(&mut statement)?;
        bind(&mut statement, ":limit", limit)?;
        pages.push((total, statement.raw_query().mapped(|r| r.get(0)).collect::<rusqlite::Result<_>>()?));
    }
    let mut shown: Vec<EpisodeId> = pages.iter().flat_map(|(_, page)| page.iter().copied()).collect();
    shown.sort_unstable();
    shown.dedup();
    let told = told(conn, me, &shown)?;
    let section =
        |(total, page): (u32, Vec<EpisodeId>)| Section { total, first: page.iter().filter_map(|one| told.get(one).cloned()).collect() };
    Ok(pages.into_iter().map(section).collect())
}

/// What lists tell of these episodes.
fn told(conn: &Db, me: UserId, episodes: &[EpisodeId]) -> Result<HashMap<EpisodeId, OpenEpisode>> {
    // CROSS JOIN begins with these, not with every family.
    let mut statement = conn.question(&format!(
        "SELECT c.*, {LAST_CHECKED},
           EXISTS (SELECT 1 FROM draft d WHERE d.about = c.episode AND d.form = 'contact' AND d.author = :me) AS has_draft
         FROM json_each(:episodes) page CROSS JOIN caseload c ON c.episode = unhex(page.value) CROSS JOIN family f ON f.id = c.family"
    ))?;
    let ids = row::ids(episodes.iter().map(|episode| episode.0));
    let rows = statement.query_map(named_params! { ":me": me, ":episodes": ids }, from_row)?;
    let mut told: HashMap<EpisodeId, OpenEpisode> = HashMap::new();
    for episode in rows {
        let episode = episode?;
        told.insert(episode.episode, episode);
    }
    let families: Vec<FamilyId> = told.values().map(|episode| episode.family).collect();
    let mut people = of_families::<Person>(conn, "role <> 'sibling'", &families, |person| person.family)?;
    let mut flags = of_families::<Flag>(conn, "ended_on = ''", &families, |flag| flag.family)?;
    let news = seen::news_of(conn, me, &families)?;
    for episode in told.values_mut() {
        episode.people = people.remove(&episode.family).unwrap_or_default();
        episode.people.sort_by_key(|person| (person.role, person.birth_order.unwrap_or(99), person.born_on, person.id));
        episode.flags = flags.remove(&episode.family).unwrap_or_default();
        episode.news = news.get(&episode.family).copied().unwrap_or_default();
    }
    Ok(told)
}

/// The soonest visit booked for a later day.
pub fn next_booked(conn: &Db, whose: Whose) -> Result<Option<Timestamp>> {
    let mut statement = conn.question(NEXT_BOOKED)?;
    whose.bind(&mut statement)?;
    let mut rows = statement.raw_query();
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

const NEXT_BOOKED: &str = "SELECT next_visit FROM listed INDEXED BY listed_next_visit
    WHERE reader = :reader AND team = :team AND next_visit >= :tomorrow AND next_visit < 9223372036854775807 ORDER BY next_visit LIMIT 1";

impl Whose {
    /// Binds what a statement names of these.
    fn bind(self, statement: &mut Statement<'_>) -> Result<()> {
        let today = self.now.date();
        let begin = |day: NaiveDate| Timestamp::from_local(day.and_time(NaiveTime::MIN));
        let hour = |day: NaiveDate| begin(day).0.div_euclid(HOUR);
        let before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
        bind(statement, ":reader", &self.reader)?;
        bind(statement, ":team", &self.team)?;
        bind(statement, ":today", &begin(today))?;
        bind(statement, ":today_hour", &hour(today))?;
        bind(statement, ":today_day", &today.to_string())?;
        bind(statement, ":tomorrow", &begin(after(1)))?;
        bind(statement, ":tomorrow_hour", &hour(after(1)))?;
        bind(statement, ":long_ago", &begin(before(LONG_AGO_DAYS)))?;
        bind(statement, ":long_ago_hour", &hour(before(LONG_AGO_DAYS)))?;
        bind(statement, ":long_ago_day", &before(LONG_AGO_DAYS).to_string())?;
        bind(statement, ":tomorrow_day", &after(1).to_string())?;
        bind(statement, ":review_by", &after(REVIEW_DAYS).to_string())
    }
}

/// A part has few families for a page if it has at most this many pages of them.
const FEW: u32 = 8;

/// How many lines there are of a kind, as a term of a statement.
fn tally(what: &str, at: &str) -> String {
    format!("(SELECT coalesce(sum(n), 0) FROM tally WHERE reader = :reader AND team = :team AND what = '{what}' AND {at})")
}

/// How many families there are under a filter.
fn filter_count(filter: CaseloadFilter) -> String {
    let all = tally("open", "1");
    match filter {
        CaseloadFilter::Open | CaseloadFilter::Newer(_) => all,
        CaseloadFilter::Flagged => tally("flagged", "1"),
        CaseloadFilter::NoVisit => format!(
            "({all} - {} - {} - {})",
            tally("gone", "1"),
            tally("met", "at >= :long_ago_hour AND at < :tomorrow_hour"),
            tally("unmet", "at >= :long_ago_day AND at < :tomorrow_day")
        ),
        CaseloadFilter::NotBooked => format!("({all} - {})", tally("next_visit", "at >= :today_hour")),
        CaseloadFilter::News => tally("news", "1"),
        CaseloadFilter::Drafts => format!("(SELECT count(*) FROM {DRAFTS})"),
        CaseloadFilter::Unborn => tally("unborn", "1"),
        CaseloadFilter::NoWorker => tally("no_worker", "1"),
    }
}

/// The families of a list in which the reader has an unsigned note.
const DRAFTS: &str = "draft d INDEXED BY draft_author CROSS JOIN listed c
    ON d.author = :reader AND d.form = 'contact' AND c.reader = :reader AND c.team = :team AND c.episode = d.about";

impl Part {
    /// The statement that reads a page of it.
    fn page(self, few: bool) -> String {
        let lines = match self.0 {
            CaseloadFilter::Drafts => DRAFTS.to_owned(),
            CaseloadFilter::Flagged if few => "listed c INDEXED BY listed_flagged".to_owned(),
            CaseloadFilter::Unborn if few => "listed c INDEXED BY listed_unborn".to_owned(),
            CaseloadFilter::NoWorker if few => "listed c INDEXED BY listed_no_worker".to_owned(),
            CaseloadFilter::News if few => "listed c INDEXED BY listed_news".to_owned(),
            _ => format!("listed c INDEXED BY {}", self.order().0),
        };
        let (condition, order) = (self.condition(), self.order().1);
        format!(
            "SELECT c.episode FROM {lines} WHERE c.reader = :reader AND c.team = :team AND {condition} ORDER BY {order} LIMIT :limit OFFSET :skip"
        )
    }

    const fn condition(self) -> &'static str {
        match self.0 {
            CaseloadFilter::Open | CaseloadFilter::Drafts | CaseloadFilter::Newer(_) => "1",
            CaseloadFilter::Flagged => "c.flagged = 1",
            CaseloadFilter::NoVisit => {
                "c.opened_on <> '' AND coalesce(c.last_met < :long_ago OR c.last_met >= :tomorrow, c.opened_on < :long_ago_day OR c.opened_on >= :tomorrow_day)"
            }
            CaseloadFilter::NotBooked => "(c.next_visit < :today OR c.next_visit = 9223372036854775807)",
            CaseloadFilter::News => "c.news = 1",
            CaseloadFilter::Unborn => "c.unborn = 1",
            CaseloadFilter::NoWorker => "c.no_worker = 1",
        }
    }

    /// The index that is in this order, and the order.
    const fn order(self) -> (&'static str, &'static str) {
        match self.1 {
            CaseloadSort::Name | CaseloadSort::Newer(_) => ("listed_name", "c.name, c.episode"),
            CaseloadSort::NextVisit => ("listed_next_visit", "c.next_visit, c.name, c.episode"),
            CaseloadSort::LastContact => ("listed_last_held", "c.last_held, c.name, c.episode"),
            CaseloadSort::Youngest => ("listed_youngest", "c.youngest DESC, c.name, c.episode"),
        }
    }
}

/// How many families a section of Today has, and the statement that reads the first of them.
fn section_sql(section: TodaySection) -> Option<(String, String)> {
    let (count, index, condition, key) = match section {
        TodaySection::Visits => (
            tally("next_visit", "at >= :today_hour AND at < :tomorrow_hour"),
            "next_visit",
            "c.next_visit >= :today AND c.next_visit < :tomorrow",
            "next_visit",
        ),
        TodaySection::Unwritten => (tally("next_visit", "at < :today_hour"), "next_visit", "c.next_visit < :today", "next_visit"),
        TodaySection::FollowUps => (tally("follow_up", "1"), "follow_up", "c.follow_up = 1", "last_held"),
        TodaySection::TeamFollowUps => {
            (tally("chase", "at <= :today_day"), "chase", "c.chase_on <> '' AND c.chase_on <= :today_day", "chase_on")
        }
        TodaySection::Placements => (tally("awaited", "1"), "awaited", "c.team = 1 AND c.awaited = 1", "placed_on"),
        TodaySection::Reviews => {
            (tally("review", "at <= :review_by"), "review", "c.review_on <> '' AND c.review_on <= :review_by", "review_on")
        }
        TodaySection::News => (tally("news", "1"), "news", "c.news = 1", "told DESC"),
        // Not of the caseload: drafts and concerns are lists of their own.
        TodaySection::Drafts | TodaySection::LeftNotes | TodaySection::Concerns | TodaySection::Copies | TodaySection::Newer(_) => {
            return None;
        }
    };
    let page = format!(
        "SELECT c.episode FROM listed c INDEXED BY listed_{index} WHERE c.reader = :reader AND c.team = :team AND {condition}
         ORDER BY c.{key}, c.name, c.episode LIMIT :limit"
    );
    Some((count, page))
}

/// Binds a value if the statement names it.
fn bind(statement: &mut Statement<'_>, name: &str, value: &dyn ToSql) -> Result<()> {
    if let Some(index) = statement.parameter_index(name)? {
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(())
}

fn from_row(r: &Row<'_>) -> rusqlite::Result<OpenEpisode> {
    let last = match r.get::<_, Option<Timestamp>>("last_held")? {
        Some(held_at) => Some(LastContact { held_at, kind: cell::read(r, "last_kind")?, outcome: cell::read(r, "last_outcome")? }),
        None => None,
    };
    let review_on = cell::read(r, "review_on")?;
    let placement = r.get::<_, Option<u8>>("step")?.map(|step| Standing { step, review_on });
    let awaited = match (r.get("awaited")?, r.get("placed_step")?, cell::read(r, "placed_on")?) {
        (true, Some(step), Some(on)) => Some(Awaited { step, on }),
        _ => None,
    };
    Ok(OpenEpisode {
        episode: r.get("episode")?,
        family: r.get("family")?,
        opened_on: cell::read(r, "opened_on")?,
        key_worker: r.get("key_worker")?,
        flags_checked: flag_rows::checked(r)?,
        last,
        last_met: r.get("last_met")?,
        seen: serde_json::from_str(&r.get::<_, String>("seen")?).unwrap_or_default(),
        next_visit: r.get("next_visit")?,
        has_draft: r.get("has_draft")?,
        open_concern: r.get::<_, u32>("concerns")? > 0,
        placement,
        awaited,
        people: Vec::new(),
        flags: Vec::new(),
        news: 0,
    })
}

/// The rows of a family table that belong to `families`, by family.
fn of_families<R: Record>(
    conn: &Db,
    condition: &str,
    families: &[FamilyId],
    family: impl Fn(&R) -> FamilyId,
) -> Result<HashMap<FamilyId, Vec<R>>> {
    let sql = format!("SELECT * FROM {} WHERE family IN (SELECT unhex(value) FROM json_each(?)) AND {condition}", R::TABLE.name);
    let mut statement = conn.question(&sql)?;
    let mut grouped: HashMap<FamilyId, Vec<R>> = HashMap::new();
    for record in statement.query_map([row::ids(families.iter().map(|family| family.0))], R::from_row)? {
        let record = record?;
        grouped.entry(family(&record)).or_default().push(record);
    }
    Ok(grouped)
}

#[cfg(test)]
mod tests;
