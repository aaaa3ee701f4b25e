//! The first screen: visits, drafts, follow-ups and concerns, all computed
//! from facts each time it is read.

use super::caseload::next_visit_words;
use super::reader::Reader;
use super::settings::Nothing;
use super::{access, families};
use crate::codes::Code;
use crate::domain::concern::Concern;
use crate::domain::contact::{ContactEntry, Outcome};
use crate::domain::person_words;
use crate::domain::seen::news_words;
use crate::domain::user::Role;
use crate::domain::views::{TodayLine, TodayView};
use crate::error::Result;
use crate::store::caseload::{self, OpenEpisode};
use crate::store::{concerns, drafts, episodes, people, placements, users};
use crate::time::{Timestamp, add_working_days, day_time_words, day_words, time_words};

/// Working days within which a family that was not brought, or did not open,
/// is followed up (a team rule; domain reference §1.6).
pub const FOLLOW_UP_WORKING_DAYS: u32 = 5;

/// How far back a planned visit without a note is still listed.
const UNWRITTEN_DAYS: i64 = 14;

/// Today for the reader.
///
/// # Errors
/// When the read log could not be written.
pub fn today(reader: &Reader<'_>, _: Nothing) -> Result<TodayView> {
    reader.listed("today")?;
    let now = reader.now;
    let mut mine = caseload::open(reader.conn, Some(reader.user.id), reader.user.id)?;
    mine.sort_by_key(|episode| episode.next_visit.map_or(i64::MAX, |at| at.0));
    let on_today = |episode: &&OpenEpisode| episode.next_visit.is_some_and(|at| at.date() == now.date());
    let unwritten = |episode: &&OpenEpisode| {
        episode.next_visit.is_some_and(|at| at.date() < now.date() && (now.date() - at.date()).num_days() <= UNWRITTEN_DAYS)
    };
    let visits: Vec<TodayLine> =
        mine.iter().filter(on_today).map(|episode| line(episode, now, visit_time(episode), String::new(), false)).collect();
    Ok(TodayView {
        day: now.date().format("%A %-d %B %Y").to_string(),
        visits_none: no_visits(&mine, now),
        unwritten: mine
            .iter()
            .filter(unwritten)
            .map(|episode| line(episode, now, visit_day(episode), "No note yet".to_owned(), true))
            .collect(),
        drafts: draft_lines(reader, now)?,
        follow_ups: mine.iter().filter_map(|episode| follow_up(episode, now)).collect(),
        concerns: concern_lines(reader)?,
        placements: awaiting(reader)?,
        news: mine.iter().filter(|episode| episode.news > 0).map(|episode| news(episode, now)).collect(),
        reviews: mine.iter().filter_map(|episode| review(episode, now)).collect(),
        visits,
    })
}

fn line(episode: &OpenEpisode, now: Timestamp, when: String, detail: String, overdue: bool) -> TodayLine {
    let infant = episode.people.first();
    let carers = person_words::carers(&episode.people);
    TodayLine {
        family: episode.family,
        episode: episode.episode,
        contact: None,
        name: families::family_name(&episode.people),
        age: infant.map(|infant| person_words::age(infant, now)).unwrap_or_default(),
        when,
        detail: if detail.is_empty() { carers } else { detail },
        overdue,
    }
}

fn visit_time(episode: &OpenEpisode) -> String {
    episode.next_visit.map(|at| time_words(at.local())).unwrap_or_default()
}

fn visit_day(episode: &OpenEpisode) -> String {
    episode.next_visit.map(|at| day_time_words(at.local())).unwrap_or_default()
}

fn no_visits(mine: &[OpenEpisode], now: Timestamp) -> String {
    let next = mine.iter().filter_map(|episode| episode.next_visit).filter(|at| *at > now && at.date() > now.date()).min();
    match next {
        Some(at) => format!("No visits today. Next: {}.", next_visit_words(Some(at), now)),
        None => "No visits today, and none booked.".to_owned(),
    }
}

/// Was not brought, or no access: follow up within five working days, until
/// another contact is signed.
fn follow_up(episode: &OpenEpisode, now: Timestamp) -> Option<TodayLine> {
    let last = episode.last.filter(|last| matches!(last.outcome, Outcome::WasNotBrought | Outcome::NoAccess))?;
    let due = add_working_days(last.held_at.date(), FOLLOW_UP_WORKING_DAYS);
    let detail = format!("{} {}", last.outcome.words(), day_words(last.held_at.date()));
    let overdue = now.date() > due;
    let when = if overdue { format!("was due {}", day_words(due)) } else { format!("by {}", day_words(due)) };
    Some(line(episode, now, when, detail, overdue))
}

/// Concerns that wait for a second person. What was written of them opens with
/// the record, never in a list beside other families.
fn concern_lines(reader: &Reader<'_>) -> Result<Vec<TodayLine>> {
    let (waiting, _) = concerns::waiting(reader.conn, access::scope(reader.user), 0, u32::MAX)?;
    let line = |concern: Concern| {
        let Some(episode) = episodes::latest(reader.conn, concern.family)? else { return Ok(None) };
        let people = people::of(reader.conn, concern.family)?;
        let by = if concern.raised_by == reader.user.id { "you".to_owned() } else { users::name(reader.conn, concern.raised_by)? };
        Ok(Some(TodayLine {
            family: concern.family,
            episode: episode.id,
            contact: Some(concern.contact),
            name: families::family_name(&people),
            age: people.first().map(|infant| person_words::age(infant, reader.now)).unwrap_or_default(),
            when: day_time_words(concern.raised_at.local()),
            detail: format!("Raised by {by}"),
            overdue: false,
        }))
    };
    waiting.into_iter().filter_map(|concern| line(concern).transpose()).collect()
}

/// Placements of others that wait for this reader as the second person.
fn awaiting(reader: &Reader<'_>) -> Result<Vec<TodayLine>> {
    if !matches!(reader.user.role, Role::Therapist | Role::ServiceLead) {
        return Ok(Vec::new());
    }
    let mut lines = Vec::new();
    for episode in caseload::open(reader.conn, None, reader.user.id)? {
        if !matches!(episode.placement, Some((_, true))) {
            continue;
        }
        if let Some(placement) = placements::current(reader.conn, episode.family)?.filter(|placement| placement.by != reader.user.id) {
            let detail = format!("Placed on step {}, second person awaited", placement.step);
            lines.push(line(&episode, reader.now, day_words(placement.from), detail, false));
        }
    }
    Ok(lines)
}

/// A placement whose review is due within a week, or was.
fn review(episode: &OpenEpisode, now: Timestamp) -> Option<TodayLine> {
    let due = episode.review_on.filter(|due| (*due - now.date()).num_days() <= 7)?;
    let overdue = due < now.date();
    let when = if overdue { format!("was due {}", day_words(due)) } else { format!("by {}", day_words(due)) };
    Some(line(episode, now, when, "Review of the placement".to_owned(), overdue))
}

fn news(episode: &OpenEpisode, now: Timestamp) -> TodayLine {
    line(episode, now, news_words(episode.news), String::new(), false)
}

fn draft_lines(reader: &Reader<'_>, now: Timestamp) -> Result<Vec<TodayLine>> {
    let mut lines = Vec::new();
    for draft in drafts::by(reader.conn, reader.user.id)? {
        let Some(episode) = episodes::find(reader.conn, draft.episode)? else { continue };
        if !access::may_open(reader.conn, reader.user, episode.family)? {
            continue;
        }
        let people = people::of(reader.conn, episode.family)?;
        let entry: ContactEntry = serde_json::from_str(&draft.body).unwrap_or_default();
        lines.push(TodayLine {
            family: episode.family,
            episode: episode.id,
            contact: None,
            name: families::family_name(&people),
            age: people.first().map(|infant| person_words::age(infant, now)).unwrap_or_default(),
            when: format!("saved {}", day_time_words(draft.saved_at.local())),
            detail: format!("{}, not signed", entry.kind.map_or("Note", Code::words)),
            overdue: (now.0 - draft.saved_at.0) > 24 * 3_600_000,
        });
    }
    Ok(lines)
}
