//! The caseload: one row a family, sorted by dates or alphabet only.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::reader::Reader;
use super::{families, flags, placements};
use crate::codes::Code;
use crate::domain::choice::{Choice, choices};
use crate::domain::fold;
use crate::domain::person::FamilyRole;
use crate::domain::person_words;
use crate::domain::seen::news_words;
use crate::domain::views::{CaseloadFilter, CaseloadRequest, CaseloadRow, CaseloadSort, CaseloadView};
use crate::error::Result;
use crate::ids::UserId;
use crate::store::caseload::{self, OpenEpisode};
use crate::store::users;
use crate::time::{Timestamp, date_words, day_time_words, day_words, time_words};

/// A family not met for longer than this is said to be so; a fact, not a
/// judgement.
const LONG_AGO_DAYS: i64 = 14;

/// The open families of the reader, or of the team as far as the reader may
/// open them.
///
/// # Errors
/// When the read log could not be written.
pub fn caseload(reader: &Reader<'_>, request: CaseloadRequest) -> Result<CaseloadView> {
    reader.listed("caseload")?;
    let scope = (request.mine || !reader.user.role.opens_every_family()).then_some(reader.user.id);
    let episodes = caseload::open(reader.conn, scope, reader.user.id)?;
    let keeps = |filter: CaseloadFilter, episode: &OpenEpisode| passes(filter, episode, reader.now);
    let filters = CaseloadFilter::ALL
        .iter()
        .map(|filter| {
            let count = episodes.iter().filter(|episode| keeps(*filter, episode)).count();
            Choice { code: filter.code().to_owned(), words: format!("{} {count}", filter.words()), key: String::new() }
        })
        .collect();
    let mut shown: Vec<&OpenEpisode> = episodes.iter().filter(|episode| keeps(request.filter, episode)).collect();
    sort(&mut shown, request.sort);
    let names = worker_names(reader.conn, &shown)?;
    let rows: Vec<CaseloadRow> = shown.into_iter().map(|episode| row(reader, episode, &names)).collect();
    let mine = scope.is_some();
    Ok(CaseloadView {
        title: if mine { "My caseload" } else { "Team caseload" }.to_owned(),
        count: if rows.len() == 1 { "1 family".to_owned() } else { format!("{} families", rows.len()) },
        filters,
        sorts: choices::<CaseloadSort>(),
        sorted: format!("Sorted by {}", request.sort.words()),
        empty: empty_words(request, episodes.is_empty(), mine),
        rows,
        read_at: format!("Read at {}", time_words(reader.now.local())),
    })
}

/// `Today 14:00`, `Tue 24-Nov-2026, 10:00`, `Was due Fri 20-Nov-2026`, `Not booked`.
#[must_use]
pub fn next_visit_words(next: Option<Timestamp>, now: Timestamp) -> String {
    match next {
        None => "Not booked".to_owned(),
        Some(at) if at.date() == now.date() => format!("Today {}", time_words(at.local())),
        Some(at) if at < now => format!("Was due {}", day_words(at.date())),
        Some(at) => day_time_words(at.local()),
    }
}

fn passes(filter: CaseloadFilter, episode: &OpenEpisode, now: Timestamp) -> bool {
    match filter {
        CaseloadFilter::Open => true,
        CaseloadFilter::Flagged => !episode.flags.is_empty(),
        CaseloadFilter::NoVisit => long_ago(episode, now),
        CaseloadFilter::NotBooked => episode.next_visit.is_none_or(|at| at.date() < now.date()),
        CaseloadFilter::Drafts => episode.has_draft,
        CaseloadFilter::News => episode.news > 0,
        CaseloadFilter::Unborn => infants(episode).any(|infant| infant.born_on.is_none()),
    }
}

fn long_ago(episode: &OpenEpisode, now: Timestamp) -> bool {
    let since = episode.last_met.map_or(episode.opened_on, Timestamp::date);
    (now.date() - since).num_days() > LONG_AGO_DAYS
}

fn infants(episode: &OpenEpisode) -> impl Iterator<Item = &crate::domain::person::Person> {
    episode.people.iter().filter(|person| person.role == FamilyRole::Infant)
}

fn sort(episodes: &mut [&OpenEpisode], sort: CaseloadSort) {
    let name = |episode: &OpenEpisode| {
        infants(episode).next().map(|infant| (fold::fold(&infant.family_name), fold::fold(&infant.given))).unwrap_or_default()
    };
    match sort {
        CaseloadSort::Name => episodes.sort_by_cached_key(|episode| name(episode)),
        CaseloadSort::NextVisit => episodes.sort_by_cached_key(|episode| (episode.next_visit.map_or(i64::MAX, |at| at.0), name(episode))),
        CaseloadSort::LastContact => {
            episodes.sort_by_cached_key(|episode| (episode.last.map_or(i64::MIN, |last| last.held_at.0), name(episode)));
        }
        CaseloadSort::Youngest => {
            let youngest = |episode: &OpenEpisode| infants(episode).filter_map(|infant| infant.born_on.or(infant.due_on)).max();
            episodes.sort_by_cached_key(|episode| (std::cmp::Reverse(youngest(episode)), name(episode)));
        }
    }
}

fn row(reader: &Reader<'_>, episode: &OpenEpisode, names: &HashMap<UserId, String>) -> CaseloadRow {
    let now = reader.now;
    let ages: Vec<String> = infants(episode).map(|infant| person_words::age(infant, now)).filter(|age| !age.is_empty()).collect();
    let (last_contact, detail) = match episode.last {
        Some(last) => {
            let days = (now.date() - last.held_at.date()).num_days();
            let ago = match days {
                0 => "today".to_owned(),
                days => format!("{days}d ago"),
            };
            let what = if last.outcome.met() { last.kind.words().to_owned() } else { last.outcome.words().to_owned() };
            (day_words(last.held_at.date()), format!("{what}, {ago}"))
        }
        None => ("Not seen yet".to_owned(), format!("Opened {}", date_words(episode.opened_on))),
    };
    let note = match (episode.open_concern, episode.has_draft) {
        (true, _) => "Concern waiting for a second person",
        (false, true) => "Draft note, unsigned",
        (false, false) => "",
    };
    CaseloadRow {
        family: episode.family,
        episode: episode.episode,
        name: families::family_name(&episode.people),
        carers: person_words::carers(&episode.people),
        age: if ages.windows(2).all(|pair| pair[0] == pair[1]) { ages.into_iter().next().unwrap_or_default() } else { ages.join(", ") },
        flags: flags::view(reader.conn, &episode.flags, episode.flags_checked_on, now),
        last_contact,
        last_contact_detail: detail,
        long_ago: long_ago(episode, now),
        next_visit: next_visit_words(episode.next_visit, now),
        step: placements::words_of(episode.placement),
        key_worker: episode.key_worker.and_then(|user| names.get(&user).cloned()).unwrap_or_else(|| "Not allocated".to_owned()),
        note: note.to_owned(),
        news: news_words(episode.news),
    }
}

/// The names of the key workers of these episodes.
fn worker_names(conn: &Connection, shown: &[&OpenEpisode]) -> Result<HashMap<UserId, String>> {
    let workers: BTreeSet<UserId> = shown.iter().filter_map(|episode| episode.key_worker).collect();
    workers.into_iter().map(|user| Ok((user, users::name(conn, user)?))).collect()
}

fn empty_words(request: CaseloadRequest, nothing_at_all: bool, mine: bool) -> String {
    match (nothing_at_all, mine, request.filter) {
        (true, true, _) => "No families are allocated to you yet. Add a family, or ask the service lead to allocate one.".to_owned(),
        (true, false, _) => "No families yet. Add the first one.".to_owned(),
        (false, _, filter) => format!("No family under “{}”. Choose “{}” to see all.", filter.words(), CaseloadFilter::Open.words()),
    }
}
