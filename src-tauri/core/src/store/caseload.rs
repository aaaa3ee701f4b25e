//! The open families of a reader: one row each of what lists tell of a family,
//! computed whenever the family is written to. A list reads the rows it shows,
//! and counts the others.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use rusqlite::{Connection, OptionalExtension, Row, Statement, ToSql, named_params};

use super::{row, seen};
use crate::domain::contact::{ContactKind, Outcome};
use crate::domain::family::Flag;
use crate::domain::fold;
use crate::domain::person::Person;
use crate::domain::views::{CaseloadFilter, CaseloadSort, TodaySection};
use crate::error::Result;
use crate::ids::{EpisodeId, FamilyId, UserId};
use crate::record::{Record, cell};
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
    /// Whether a second person is awaited.
    pub awaited: bool,
    /// Since when.
    pub from: NaiveDate,
    /// When it is to be reviewed.
    pub review_on: NaiveDate,
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
    /// The placement that stands.
    pub placement: Option<Standing>,
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
    /// Only the families that this user is allocated to; all if none.
    pub of: Option<UserId>,
    /// Whose drafts and news are told.
    pub me: UserId,
    /// What day it is.
    pub now: Timestamp,
}

/// Which families of it the caseload lists, and in which order.
#[derive(Debug, Clone, Copy)]
pub struct Part(pub CaseloadFilter, pub CaseloadSort);

/// A family without a visit for longer than this is said to be so; a fact,
/// not a judgement.
pub const LONG_AGO_DAYS: u64 = 14;

/// How far back a planned visit without a note is still listed.
const UNWRITTEN_DAYS: u64 = 14;

/// How far ahead a review is listed.
const REVIEW_DAYS: u64 = 7;

/// Brings what lists tell of a family up to date.
///
/// # Errors
/// When the store fails.
pub fn follow(conn: &Connection, family: FamilyId) -> Result<()> {
    let first: Option<(String, String)> = conn
        .prepare_cached(
            "SELECT family_name, given FROM person WHERE family = ? AND role = 'infant'
             ORDER BY coalesce(birth_order, 99), born_on, id LIMIT 1",
        )?
        .query_row([family], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let name = first.map(|(name, given)| format!("{}\t{}", fold::fold(&name), fold::fold(&given))).unwrap_or_default();
    // An episode that has ended, or that somebody else works with now.
    conn.prepare_cached(
        "DELETE FROM caseload WHERE family = ? AND NOT EXISTS (
           SELECT 1 FROM episode e WHERE e.id = caseload.episode AND e.closed_on = '' AND e.key_worker IS caseload.key_worker
             AND e.therapist IS caseload.therapist AND e.partner_worker IS caseload.partner_worker)",
    )?
    .execute([family])?;
    conn.prepare_cached(include_str!("sql/caseload_row.sql"))?.execute(named_params! { ":family": family, ":name": name })?;
    Ok(())
}

/// Computes every row anew.
///
/// # Errors
/// When the store fails.
pub fn fill(conn: &Connection) -> Result<()> {
    let families: Vec<FamilyId> = conn
        .prepare("SELECT DISTINCT family FROM episode WHERE closed_on = ''")?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    conn.execute("DELETE FROM caseload", [])?;
    families.into_iter().try_for_each(|family| follow(conn, family))
}

/// Every row as text, to be compared with what the log makes.
///
/// # Errors
/// When the store fails.
pub fn as_text(conn: &Connection) -> Result<Vec<String>> {
    let columns: String =
        conn.query_row("SELECT group_concat('quote(' || name || ')') FROM pragma_table_info('caseload')", [], |r| r.get(0))?;
    let mut statement = conn.prepare(&format!("SELECT concat_ws(', ', {columns}) FROM caseload ORDER BY episode"))?;
    Ok(statement.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// How many families there are in each of `parts`.
///
/// # Errors
/// When the store fails.
pub fn counts(conn: &Connection, whose: Whose, parts: &[Part]) -> Result<Vec<u32>> {
    let sums: Vec<String> = parts.iter().map(|part| format!("coalesce(sum({}), 0)", part.condition())).collect();
    let sql = format!("SELECT {} FROM caseload c WHERE {}", sums.join(", "), whose.condition());
    let mut statement = conn.prepare_cached(&sql)?;
    whose.bind(&mut statement)?;
    let mut rows = statement.raw_query();
    let Some(row) = rows.next()? else { return Ok(vec![0; parts.len()]) };
    Ok((0..parts.len()).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?)
}

/// The families of a part: `limit` of them after the first `skip`.
///
/// # Errors
/// When the store fails.
pub fn read(conn: &Connection, whose: Whose, part: Part, skip: u32, limit: u32) -> Result<Vec<OpenEpisode>> {
    let sql = format!(
        "SELECT c.episode FROM caseload c WHERE {whose} AND {condition} ORDER BY {order} LIMIT :limit OFFSET :skip",
        whose = whose.condition(),
        condition = part.condition(),
        order = part.order(),
    );
    let mut statement = conn.prepare_cached(&sql)?;
    whose.bind(&mut statement)?;
    bind(&mut statement, ":limit", &limit)?;
    bind(&mut statement, ":skip", &skip)?;
    let page: Vec<EpisodeId> = statement.raw_query().mapped(|r| r.get(0)).collect::<rusqlite::Result<_>>()?;
    let mut told = told(conn, whose.me, &page)?;
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

/// Sections of Today, each with as many of its families as are asked for. The
/// caseload is gone through once for all of them.
///
/// # Errors
/// When the store fails.
pub fn sections(conn: &Connection, whose: Whose, asked: &[(TodaySection, u32)]) -> Result<Vec<Section>> {
    let mut statement = conn.prepare_cached(&sections_sql(whose, asked))?;
    whose.bind(&mut statement)?;
    for (at, (_, limit)) in asked.iter().enumerate() {
        bind(&mut statement, &format!(":limit{at}"), limit)?;
    }
    let mut pages = vec![(0, Vec::new()); asked.len()];
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let Some((total, page)) = pages.get_mut(usize::from(row.get::<_, u8>("section")?)) else { continue };
        *total = row.get("total")?;
        page.extend(row.get::<_, Option<EpisodeId>>("episode")?);
    }
    let mut shown: Vec<EpisodeId> = pages.iter().flat_map(|(_, page)| page.iter().copied()).collect();
    shown.sort_unstable();
    shown.dedup();
    let told = told(conn, whose.me, &shown)?;
    let section =
        |(total, page): (u32, Vec<EpisodeId>)| Section { total, first: page.iter().filter_map(|one| told.get(one).cloned()).collect() };
    Ok(pages.into_iter().map(section).collect())
}

fn sections_sql(whose: Whose, asked: &[(TodaySection, u32)]) -> String {
    let of = |at: usize, (section, _): &(TodaySection, u32)| {
        let key = section_key(*section);
        format!(
            "SELECT {at} AS section, (SELECT coalesce(sum(in{at}), 0) FROM mine) AS total, episode, key, name FROM (SELECT 1)
             LEFT JOIN (SELECT c.episode, {key} AS key, c.name FROM mine c WHERE in{at} ORDER BY {key}, c.name, c.episode LIMIT :limit{at})"
        )
    };
    let each = |of: &dyn Fn(usize, &(TodaySection, u32)) -> String, between: &str| {
        asked.iter().enumerate().map(|(at, one)| of(at, one)).collect::<Vec<_>>().join(between)
    };
    format!(
        "WITH mine AS MATERIALIZED (SELECT c.episode, c.name, c.next_visit, c.last_held, c.placed_on, c.review_on, c.told_at, {conditions}
           FROM caseload c WHERE {whose})
         SELECT section, total, episode FROM ({sections}) ORDER BY section, key, name, episode",
        conditions = each(&|at, (section, _)| format!("{} AS in{at}", section_condition(*section)), ", "),
        whose = whose.condition(),
        sections = each(&of, " UNION ALL "),
    )
}

/// What lists tell of these episodes.
fn told(conn: &Connection, me: UserId, episodes: &[EpisodeId]) -> Result<HashMap<EpisodeId, OpenEpisode>> {
    // CROSS JOIN begins with these, not with every family.
    let mut statement = conn.prepare_cached(
        "SELECT c.*, f.flags_checked_on, EXISTS (SELECT 1 FROM draft d WHERE d.about = c.episode AND d.form = 'contact' AND d.author = :me) AS has_draft
         FROM json_each(:episodes) page CROSS JOIN caseload c ON c.episode = unhex(page.value) CROSS JOIN family f ON f.id = c.family",
    )?;
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
///
/// # Errors
/// When the store fails.
pub fn next_booked(conn: &Connection, whose: Whose) -> Result<Option<Timestamp>> {
    let sql = format!("SELECT min(c.next_visit) FROM caseload c WHERE {} AND c.next_visit >= :tomorrow", whose.condition());
    let mut statement = conn.prepare_cached(&sql)?;
    whose.bind(&mut statement)?;
    let mut rows = statement.raw_query();
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.flatten())
}

impl Whose {
    /// Without an `OR` for nobody in it, each way to be allocated is looked up
    /// by its own index.
    const fn condition(self) -> &'static str {
        match self.of {
            Some(_) => "(c.key_worker = :of OR c.therapist = :of OR c.partner_worker = :of)",
            None => "1",
        }
    }

    /// Binds what a statement names of these.
    fn bind(self, statement: &mut Statement<'_>) -> Result<()> {
        let today = self.now.date();
        let begin = |day: NaiveDate| Timestamp::from_local(day.and_time(NaiveTime::MIN));
        let before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
        bind(statement, ":of", &self.of)?;
        bind(statement, ":me", &self.me)?;
        bind(statement, ":today", &begin(today))?;
        bind(statement, ":tomorrow", &begin(after(1)))?;
        bind(statement, ":unwritten", &begin(before(UNWRITTEN_DAYS)))?;
        bind(statement, ":long_ago", &begin(before(LONG_AGO_DAYS)))?;
        bind(statement, ":long_ago_day", &before(LONG_AGO_DAYS).to_string())?;
        bind(statement, ":review_by", &after(REVIEW_DAYS).to_string())
    }
}

/// Whether there is something new to the reader.
const NEWS: &str = "(coalesce(iif(c.told_by = :me, c.told_before, c.told_at), -1)
    > coalesce((SELECT until FROM seen WHERE user = :me AND family = c.family), -1))";

impl Part {
    const fn condition(self) -> &'static str {
        match self.0 {
            CaseloadFilter::Open | CaseloadFilter::Newer(_) => "1",
            CaseloadFilter::Flagged => "(c.flags > 0)",
            CaseloadFilter::NoVisit => "coalesce(c.last_met < :long_ago OR c.last_met >= :tomorrow, c.opened_on < :long_ago_day)",
            CaseloadFilter::NotBooked => "coalesce(c.next_visit < :today, 1)",
            CaseloadFilter::Drafts => "(c.episode IN (SELECT about FROM draft WHERE author = :me AND form = 'contact'))",
            CaseloadFilter::News => NEWS,
            CaseloadFilter::Unborn => "c.unborn",
        }
    }

    const fn order(self) -> &'static str {
        match self.1 {
            CaseloadSort::Name | CaseloadSort::Newer(_) => "c.name, c.episode",
            CaseloadSort::NextVisit => "c.next_visit IS NULL, c.next_visit, c.name, c.episode",
            CaseloadSort::LastContact => "c.last_held, c.name, c.episode",
            CaseloadSort::Youngest => "c.youngest DESC, c.name, c.episode",
        }
    }
}

/// Which families a section of Today has.
const fn section_condition(section: TodaySection) -> &'static str {
    match section {
        TodaySection::Visits => "coalesce(c.next_visit >= :today AND c.next_visit < :tomorrow, 0)",
        TodaySection::Unwritten => "coalesce(c.next_visit >= :unwritten AND c.next_visit < :today, 0)",
        TodaySection::FollowUps => "(c.last_outcome IN ('was_not_brought', 'no_access'))",
        TodaySection::Placements => "(c.awaited AND c.placed_by <> :me)",
        TodaySection::Reviews => "(c.review_on <> '' AND c.review_on <= :review_by)",
        TodaySection::News => NEWS,
        // Not of the caseload: drafts and concerns are lists of their own.
        TodaySection::Drafts | TodaySection::Concerns | TodaySection::Newer(_) => "0",
    }
}

/// What the families of a section are sorted by, before their names.
const fn section_key(section: TodaySection) -> &'static str {
    match section {
        TodaySection::FollowUps => "c.last_held",
        TodaySection::Placements => "c.placed_on",
        TodaySection::Reviews => "c.review_on",
        TodaySection::News => "-c.told_at",
        _ => "c.next_visit",
    }
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
    let placement = match (r.get("step")?, cell::read(r, "placed_on")?, cell::read(r, "review_on")?) {
        (Some(step), Some(from), Some(review_on)) => Some(Standing { step, awaited: r.get("awaited")?, from, review_on }),
        _ => None,
    };
    Ok(OpenEpisode {
        episode: r.get("episode")?,
        family: r.get("family")?,
        opened_on: cell::read(r, "opened_on")?,
        key_worker: r.get("key_worker")?,
        flags_checked_on: cell::read(r, "flags_checked_on")?,
        last,
        last_met: r.get("last_met")?,
        next_visit: r.get("next_visit")?,
        has_draft: r.get("has_draft")?,
        open_concern: r.get::<_, u32>("concerns")? > 0,
        placement,
        people: Vec::new(),
        flags: Vec::new(),
        news: 0,
    })
}

/// The rows of a family table that belong to `families`, by family.
fn of_families<R: Record>(
    conn: &Connection,
    condition: &str,
    families: &[FamilyId],
    family: impl Fn(&R) -> FamilyId,
) -> Result<HashMap<FamilyId, Vec<R>>> {
    let sql = format!("SELECT * FROM {} WHERE family IN (SELECT unhex(value) FROM json_each(?)) AND {condition}", R::TABLE.name);
    let mut statement = conn.prepare_cached(&sql)?;
    let mut grouped: HashMap<FamilyId, Vec<R>> = HashMap::new();
    for record in statement.query_map([row::ids(families.iter().map(|family| family.0))], R::from_row)? {
        let record = record?;
        grouped.entry(family(&record)).or_default().push(record);
    }
    Ok(grouped)
}

#[cfg(test)]
mod tests {
    use super::super::plan;
    use super::*;
    use crate::codes::Code;

    #[test]
    fn today_goes_through_the_caseload_once_however_many_sections_it_has() {
        let asked: Vec<(TodaySection, u32)> = TodaySection::ALL.iter().map(|section| (*section, 10)).collect();
        let nobody = UserId(uuid::Uuid::nil());
        let plan = plan::of(&sections_sql(Whose { of: Some(nobody), me: nobody, now: Timestamp(0) }, &asked));
        for once in ["MATERIALIZE mine", "SEARCH c USING INDEX caseload_therapist"] {
            assert_eq!(plan.iter().filter(|step| step.starts_with(once)).count(), 1, "{once}: {plan:#?}");
        }
    }
}
