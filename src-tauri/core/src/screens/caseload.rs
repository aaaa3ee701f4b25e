//! The caseload: one row a family, sorted by dates or alphabet only.

use std::collections::{BTreeSet, HashMap};

use crate::codes::Code;
use crate::contact::last_seen::LastSeen;
use crate::error::Result;
use crate::family::{flags, ops as families};
use crate::ids::UserId;
use crate::person::namesakes;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::placement::is_proposed;
use crate::reader::{Opened, Reader};
use crate::screens::caseload_rows as caseload;
use crate::screens::caseload_rows::{LONG_AGO_DAYS, OpenEpisode, Part, Whose};
use crate::screens::seen::news_words;
use crate::screens::{CaseloadFilter, CaseloadRequest, CaseloadRow, CaseloadSort, CaseloadView};
use crate::store::db::Db;
use crate::time::{Timestamp, date_words, day_time_words, day_words, time_words};
use crate::typed::choice::{Choice, choices};
use crate::typed::counted;
use crate::user::rows as users;

/// The open families of the reader, or of the team as far as the reader may
/// open them.
///
/// # Errors
/// When the read log could not be written.
pub fn caseload(reader: &Reader<'_>, request: CaseloadRequest) -> Result<CaseloadView> {
    let reader = &reader.listed("caseload")?;
    let team = reader.user.role.opens_every_family();
    let mine = request.mine || !team;
    let whose = Whose { reader: reader.user.id, team: !mine, now: reader.now };
    let counts = caseload::counts(reader.conn, whose, CaseloadFilter::ALL)?;
    let count_of = |filter| CaseloadFilter::ALL.iter().zip(&counts).find(|(one, _)| **one == filter).map_or(0, |(_, count)| *count);
    let filter = |(filter, count): (&CaseloadFilter, &u32)| Choice {
        code: filter.code().to_owned(),
        words: format!("{} {}", filter.words(), counted::number(*count)),
        key: String::new(),
    };
    let total = count_of(request.filter);
    let part = Part(request.filter, request.sort);
    let shown = caseload::read(reader.conn, whose, part, total, request.skip, request.limit.unwrap_or(u32::MAX))?;
    let names = worker_names(reader.conn, &shown)?;
    let mut rows: Vec<CaseloadRow> = shown.iter().map(|episode| row(reader, episode, &names)).collect();
    let mut apart = namesakes::told_apart(reader.conn, rows.iter().map(|row| (row.family, row.name.as_str())))?;
    for row in &mut rows {
        row.apart = apart.remove(&row.family).unwrap_or_default();
    }
    Ok(CaseloadView {
        title: if mine { "My caseload" } else { "Team caseload" }.to_owned(),
        count: counted::of(total, "family", "families"),
        filters: CaseloadFilter::ALL.iter().zip(&counts).map(filter).collect(),
        sorts: choices::<CaseloadSort>(),
        sorted: format!("Sorted by {}", request.sort.words()),
        empty: if total == 0 { empty_words(request, count_of(CaseloadFilter::Open) == 0, mine) } else { String::new() },
        more: total.saturating_sub(request.skip).saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX)),
        team,
        rows,
        read_at: format!("As of {}", time_words(reader.now.local())),
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

/// `not seen for 23d`, counted from the opening if never: `not seen yet`; `not
/// seen 3 times running`; empty if an infant was seen not long ago.
fn unseen_words(episode: &OpenEpisode, now: Timestamp) -> String {
    if infants(episode).all(|infant| infant.loss.is_some()) {
        return String::new();
    }
    // Of a clock that was ahead: it tells of nobody who was seen.
    if episode.last_met.is_some_and(|at| at.date() > now.date()) {
        return "last seen on a day in the future".to_owned();
    }
    let since = episode.last_met.map_or(episode.opened_on, Timestamp::date);
    let days = u64::try_from((now.date() - since).num_days()).unwrap_or_default();
    // Before a birth there is nobody to see: a visit is what counts.
    let what = if infants(episode).any(|infant| infant.born_on.is_some() && infant.loss.is_none()) { "not seen" } else { "no visit" };
    match (days > LONG_AGO_DAYS, episode.last_met) {
        (true, Some(_)) => format!("{what} for {days}d"),
        (true, None) => format!("{what} yet"),
        (false, _) if !episode.seen.pattern().is_empty() => format!("not seen {} times running", episode.seen.unseen),
        (false, _) => String::new(),
    }
}

/// When each living infant was last seen, in words.
pub(super) fn last_seen_words(people: &[Person], seen: &LastSeen, names: &HashMap<UserId, String>, now: Timestamp) -> String {
    let living = people.iter().filter(|person| person.role == FamilyRole::Infant && person.born_on.is_some() && person.loss.is_none());
    let called: Vec<_> = living.map(|infant| (infant.id, person_words::familiar(infant))).collect();
    seen.words(&called, names, now)
}

/// The step and what is to be known of it: `Step 4` and `unconfirmed`; `Step 3
/// proposed` and `step 4 until confirmed`.
fn step_words(episode: &OpenEpisode) -> (String, String) {
    match (episode.placement.map(|placed| placed.step), episode.awaited.map(|placed| placed.step)) {
        (None, None) => ("No step".to_owned(), String::new()),
        (None, Some(placed)) => (format!("Step {placed} proposed"), String::new()),
        (Some(now), Some(placed)) if is_proposed(Some(now), placed) => {
            (format!("Step {placed} proposed"), format!("step {now} until confirmed"))
        }
        (Some(now), awaited) => (format!("Step {now}"), if awaited.is_some() { "unconfirmed" } else { "" }.to_owned()),
    }
}

fn infants(episode: &OpenEpisode) -> impl Iterator<Item = &Person> {
    episode.people.iter().filter(|person| person.role == FamilyRole::Infant)
}

fn row(reader: &Opened<'_>, episode: &OpenEpisode, names: &HashMap<UserId, String>) -> CaseloadRow {
    let now = reader.now;
    let (last_contact, detail) = match episode.last {
        Some(last) => {
            let days = (now.date() - last.held_at.date()).num_days();
            let ago = match days {
                ..0 => "dated in the future".to_owned(),
                0 => "today".to_owned(),
                days => format!("{days}d ago"),
            };
            let what = if last.outcome.met() { last.kind.words().to_owned() } else { last.outcome.words().to_owned() };
            (day_words(last.held_at.date()), format!("{what}, {ago}"))
        }
        None => ("Not seen yet".to_owned(), format!("Opened {}", date_words(episode.opened_on))),
    };
    // What is not shared with a partner worker is no word of their list.
    let all = reader.user.role.reads_all();
    let (step, step_note) = if all { step_words(episode) } else { Default::default() };
    CaseloadRow {
        family: episode.family,
        episode: episode.episode,
        name: families::family_name(&episode.people),
        apart: String::new(),
        carers: person_words::carers(&episode.people),
        several: infants(episode).count() > 1,
        age: person_words::ages(&episode.people, now),
        flags: flags::view(reader.conn, &episode.flags, episode.flags_checked, now),
        last_contact,
        last_contact_detail: detail,
        next_visit: next_visit_words(episode.next_visit, now),
        overdue: episode.next_visit.is_some_and(|at| at.date() < now.date()),
        last_seen: last_seen_words(&episode.people, &episode.seen, names, now),
        unseen: unseen_words(episode, now),
        pattern: episode.seen.pattern(),
        step,
        step_note,
        key_worker: episode.key_worker.and_then(|user| names.get(&user).cloned()).unwrap_or_else(|| "Not allocated".to_owned()),
        concern: if all && episode.open_concern { "Concern" } else { "" }.to_owned(),
        note: if episode.has_draft { "Unsigned note" } else { "" }.to_owned(),
        news: if all { news_words(episode.news) } else { String::new() },
    }
}

/// The names of the key workers of these episodes, and of who saw their infants.
pub(super) fn worker_names(conn: &Db, shown: &[OpenEpisode]) -> Result<HashMap<UserId, String>> {
    let seen = shown.iter().flat_map(|episode| episode.seen.infants.iter().map(|seen| seen.by));
    let workers: BTreeSet<UserId> = shown.iter().filter_map(|episode| episode.key_worker).chain(seen).collect();
    workers.into_iter().map(|user| Ok((user, users::name(conn, user)?))).collect()
}

fn empty_words(request: CaseloadRequest, nothing_at_all: bool, mine: bool) -> String {
    match (nothing_at_all, mine, request.filter) {
        (true, true, _) => "No families are allocated to you yet. Add a family, or ask the service lead to allocate one.".to_owned(),
        (true, false, _) => "No families yet. Add the first one.".to_owned(),
        (false, _, filter) => format!("No family under “{}”. Choose “{}” to see all.", filter.words(), CaseloadFilter::Open.words()),
    }
}
