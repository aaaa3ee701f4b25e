//! A family's story, newest first.

use std::collections::VecDeque;

use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::caseload::next_visit_words;
use super::reader::Reader;
use super::reply::{Nothing, Reply};
use super::session::Session;
use super::{contacts, families, note, placements};
use crate::domain::clock;
use crate::domain::contact::ContactView;
use crate::domain::person::Person;
use crate::domain::placement::PlacementView;
use crate::domain::seen::{MarkSeen, news_words};
use crate::domain::views::{StoryEntry, StoryView};
use crate::error::Result;
use crate::ids::FamilyId;
use crate::record::Topic;
use crate::store::db::Db;
use crate::store::{contacts as store, drafts, entries, episodes, people, seen};
use crate::time::{day_time_words, time_words};

/// How many contacts a story sends at once.
const PAGE: u32 = 40;

/// A story, or its older part.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoryRequest {
    /// The family.
    pub family: FamilyId,
    /// How many of the newest to leave out.
    #[serde(default)]
    pub skip: u32,
}

/// A family's story.
///
/// # Errors
/// `not_yours`.
pub fn story(reader: &Reader<'_>, request: StoryRequest) -> Result<StoryView> {
    reader.open(request.family, "story")?;
    let conn = reader.conn;
    let people = people::of(conn, request.family)?;
    let episode = episodes::latest(conn, request.family)?.filter(|episode| episode.closed_on.is_none());
    let draft = match &episode {
        Some(episode) => drafts::of(conn, episode.id, reader.user.id)?,
        None => None,
    };
    let next_visit = match &episode {
        Some(episode) => store::next_visit(conn, episode.id)?,
        None => None,
    };
    let plan = match &episode {
        Some(episode) => store::latest_with_plan(conn, episode.id)?.map(|contact| note::plan_of(&contact, &people)),
        None => None,
    };
    let page = page(reader, request, &people)?;
    Ok(StoryView {
        banner: families::banner_of(conn, request.family, reader.now)?,
        episode: episode.map(|episode| episode.id),
        draft: draft.map(|draft| format!("Draft · saved {}", saved_words(draft.saved_at, reader.now))).unwrap_or_default(),
        entries: page.entries,
        news: match seen::news(conn, reader.user.id, request.family)? {
            0 => String::new(),
            news => format!("{} to you", news_words(news)),
        },
        read_to: entries::arrived(conn)?,
        seen_until: seen::until(conn, reader.user.id, request.family)?,
        sent: page.sent,
        more: page.more,
        next_visit: next_visit.map(|at| next_visit_words(Some(at), reader.now)).unwrap_or_default(),
        plan,
        step: placements::standing(conn, request.family)?,
        strip: placements::strip(conn, request.family, &people, reader.now)?,
    })
}

/// Marks a family as seen by the reader, up to the story they have read.
///
/// # Errors
/// `not_yours`, or a fault of the disk.
pub fn mark_seen(session: &mut Session, request: MarkSeen) -> Result<Reply<Nothing>> {
    session.allow(request.family, "mark_seen")?;
    let reader = session.user().id;
    session.locally(|conn, _| {
        let here = entries::arrived(conn)?;
        seen::mark(conn, reader, MarkSeen { until: request.until.map(|until| until.min(here)), ..request })
    })?;
    Ok(Reply::touching(Nothing {}, [Topic::Caseload, Topic::Family]))
}

struct Page {
    entries: Vec<StoryEntry>,
    sent: u32,
    more: u32,
}

/// The next contacts and the placements among them.
fn page(reader: &Reader<'_>, request: StoryRequest, people: &[Person]) -> Result<Page> {
    let conn = reader.conn;
    let back = entries::clocks_gone_back(conn, request.family)?;
    let gone_back = |row: Uuid| back.get(&row).map(|minutes| clock::gone_back_words(*minutes)).filter(|words| !words.is_empty());
    let held = store::of(conn, request.family, request.skip, PAGE)?;
    let sent = request.skip + u32::try_from(held.len()).unwrap_or(PAGE);
    let more = store::count(conn, request.family)?.saturating_sub(sent);
    let contacts = held
        .iter()
        .map(|contact| {
            let view = contacts::view(conn, reader.user, contact, people)?;
            let late = [view.late, gone_back(contact.id.0).unwrap_or_default()];
            let late = late.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
            Ok((contact.held_at.date(), ContactView { late, ..view }))
        })
        .collect::<Result<Vec<_>>>()?;
    let until = day_sent(conn, request)?;
    let mut placements: Vec<_> = placements::dated(conn, reader.user, request.family, people, reader.now)?
        .into_iter()
        .filter(|(day, _)| until.is_none_or(|until| *day < until))
        .map(|(day, view)| {
            let by = [Some(view.by), gone_back(view.id.0)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            (day, PlacementView { by, ..view })
        })
        .collect();
    // They come in the order of the log, which is not that of their days where a clock was wrong.
    placements.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let entries = woven(contacts, placements.into(), more == 0);
    let entries = entries.into_iter().map(|entry| match entry {
        Either::Contact(contact) => StoryEntry::Contact(Box::new(contact)),
        Either::Placement(placement) => StoryEntry::Placement(Box::new(placement)),
    });
    Ok(Page { entries: entries.collect(), sent, more })
}

/// The day down to which the story has been sent before; none at its beginning.
fn day_sent(conn: &Db, request: StoryRequest) -> Result<Option<NaiveDate>> {
    let Some(before) = request.skip.checked_sub(1) else { return Ok(None) };
    Ok(store::of(conn, request.family, before, 1)?.first().map(|contact| contact.held_at.date()))
}

#[derive(Debug, PartialEq, Eq)]
enum Either<C, P> {
    Contact(C),
    Placement(P),
}

/// Placements among contacts, both newest first. A placement stands above the
/// contacts of its day; those older than the last contact wait for the `last` page.
fn woven<C, P>(contacts: Vec<(NaiveDate, C)>, mut placements: VecDeque<(NaiveDate, P)>, last: bool) -> Vec<Either<C, P>> {
    let mut entries = Vec::with_capacity(contacts.len() + placements.len());
    for (held_on, contact) in contacts {
        while let Some((_, placement)) = placements.pop_front_if(|(day, _)| *day >= held_on) {
            entries.push(Either::Placement(placement));
        }
        entries.push(Either::Contact(contact));
    }
    if last {
        entries.extend(placements.into_iter().map(|(_, placement)| Either::Placement(placement)));
    }
    entries
}

fn saved_words(at: crate::time::Timestamp, now: crate::time::Timestamp) -> String {
    if at.date() == now.date() { time_words(at.local()) } else { day_time_words(at.local()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn told(pages: &[&[u32]], placed: &[u32]) -> Vec<Either<u32, u32>> {
        let mut told = Vec::new();
        let mut until = None;
        for (index, page) in pages.iter().enumerate() {
            let contacts = page.iter().map(|held| (day(*held), *held)).collect();
            let placements = placed.iter().filter(|on| until.is_none_or(|until| **on < until)).map(|on| (day(*on), *on)).collect();
            told.extend(woven(contacts, placements, index + 1 == pages.len()));
            until = page.last().copied();
        }
        told
    }

    #[test]
    fn a_placement_stands_above_the_contacts_of_its_day() {
        use Either::{Contact as C, Placement as P};
        assert_eq!(told(&[&[19, 8, 2]], &[19, 5, 1]), [P(19), C(19), C(8), P(5), C(2), P(1)]);
        assert_eq!(told(&[&[]], &[5, 1]), [P(5), P(1)]);
    }

    proptest::proptest! {
        #[test]
        fn reading_on_tells_every_entry_once_and_in_order(mut held: Vec<u8>, mut placed: Vec<u8>, cut: u8) {
            for days in [&mut held, &mut placed] {
                days.iter_mut().for_each(|day| *day = *day % 28 + 1);
                days.sort_by(|one, other| other.cmp(one));
            }
            let (held, placed): (Vec<u32>, Vec<u32>) = (held.into_iter().map(u32::from).collect(), placed.into_iter().map(u32::from).collect());
            let (newer, older) = held.split_at(usize::from(cut) % (held.len() + 1));
            let whole = told(&[&held], &placed);
            if newer.is_empty() { return Ok(()); }
            let pages: &[&[u32]] = if older.is_empty() { &[newer] } else { &[newer, older] };
            proptest::prop_assert_eq!(told(pages, &placed), whole);
        }
    }
}
