//! A family's story, newest first.

use std::collections::HashMap;

use serde::Deserialize;
use uuid::Uuid;

use crate::access;
use crate::concern::{Concern, ops as concerns};
use crate::contact::last_seen::{FollowUp, LastSeen};
use crate::contact::rows as store;
use crate::contact::{Contact, ContactId, ContactView};
use crate::contact::{note, ops as contacts};
use crate::error::Result;
use crate::family::episodes;
use crate::family::ops as families;
use crate::follow_up::ops as follow_ups;
use crate::follow_up::{FollowUpEnd, FollowUpEndView};
use crate::ids::FamilyId;
use crate::loss::ops as losses;
use crate::loss::{Loss, LossView};
use crate::person::Person;
use crate::person::rows as people;
use crate::placement::ops as placements;
use crate::placement::{Placement, PlacementView};
use crate::reader::{Opened, Reader};
use crate::record::{Record, Table, Topic};
use crate::reply::{Nothing, Reply};
use crate::schema::SCHEMA;
use crate::screens::caseload::{last_seen_words, next_visit_words};
use crate::screens::seen::{MarkSeen, news_words};
use crate::screens::{StoryEntry, StoryView};
use crate::session::Session;
use crate::store::clocks;
use crate::store::entries;
use crate::store::entries::Entry;
use crate::store::{drafts, in_error, seen};
use crate::time::{Timestamp, day_time_words, time_words};
use crate::typed::clock;
use crate::user::Role;
use crate::user::rows as users;

/// How many entries a story sends at once.
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
    let reader = &reader.open(request.family, "story")?;
    let conn = reader.conn;
    let people = people::of(conn, request.family)?;
    let episode = episodes::latest(conn, request.family)?.filter(|episode| episode.closed_on.is_none());
    let draft = match &episode {
        Some(episode) => drafts::of(conn, reader.user.id, note::draft_of(episode.id))?,
        None => None,
    };
    let next_visit = match &episode {
        Some(episode) => store::next_visit(conn, episode.id)?,
        None => None,
    };
    let plan = match &episode {
        Some(episode) => note::last_plan(conn, episode, &people)?,
        None => None,
    };
    let seen = match &episode {
        Some(episode) => store::last_seen(conn, episode.id)?,
        None => LastSeen::default(),
    };
    let episode_open = episode.is_some();
    let all = reader.user.role.reads_all();
    let page = page(reader, request, &people)?;
    Ok(StoryView {
        banner: families::banner_of(conn, request.family, reader.now)?,
        episode: episode.map(|episode| episode.id),
        draft: draft.map(|draft| format!("Draft · saved {}", saved_words(draft.saved_at, reader.now))).unwrap_or_default(),
        entries: page.entries,
        news: match seen::news(conn, reader.user.id, request.family)? {
            _ if !all => String::new(),
            0 => String::new(),
            news => format!("{} to you", news_words(news)),
        },
        read_to: entries::arrived(conn)?,
        seen_until: seen::until(conn, reader.user.id, request.family)?,
        sent: page.sent,
        more: page.more,
        next_visit: next_visit.map(|at| next_visit_words(Some(at), reader.now)).unwrap_or_default(),
        last_seen: if episode_open { seen_words(reader, &seen, &people)? } else { String::new() },
        pattern: seen.pattern(),
        follow_up: seen.follow_up.map(|asked| follow_up_words(asked, reader.now)).unwrap_or_default(),
        may_close_follow_up: seen.follow_up.is_some() && matches!(reader.user.role, Role::KeyWorker | Role::Therapist | Role::ServiceLead),
        plan,
        step: if all { placements::standing(conn, request.family)? } else { String::new() },
        strip: if all { placements::strip(conn, request.family, &people, reader.now)? } else { Vec::new() },
    })
}

/// When each infant was last seen.
fn seen_words(reader: &Opened<'_>, seen: &LastSeen, people: &[Person]) -> Result<String> {
    let names = seen.infants.iter().map(|seen| Ok((seen.by, users::name(reader.conn, seen.by)?))).collect::<Result<HashMap<_, _>>>()?;
    Ok(last_seen_words(people, seen, &names, reader.now))
}

/// `Was not brought Mon 16-Nov-2026. To be followed up by Mon 23-Nov-2026`.
fn follow_up_words(asked: FollowUp, now: Timestamp) -> String {
    let (when, what, overdue) = follow_ups::words(asked, now);
    format!("{what}. {} {when}", if overdue { "The follow-up" } else { "To be followed up" })
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
        seen::mark(conn, &SCHEMA, reader, request.family, request.until.map(|until| until.min(here)))
    })?;
    Ok(Reply::touching(Nothing {}, [Topic::Caseload, Topic::Family]))
}

struct Page {
    entries: Vec<StoryEntry>,
    sent: u32,
    more: u32,
}

/// What a page of a story is told with.
struct Teller<'a> {
    reader: &'a Opened<'a>,
    people: &'a [Person],
    back: HashMap<Uuid, i64>,
}

/// How the rows of one kind are told; nothing where the row is not here.
type Tell = fn(&Teller<'_>, Uuid) -> Result<Option<StoryEntry>>;

/// Every kind that the story tells as an entry of its own.
const TOLD: &[(&Table, Tell)] = &[
    (Contact::TABLE, |teller, row| teller.contact(row)),
    (Placement::TABLE, |teller, row| teller.placement(row)),
    (FollowUpEnd::TABLE, |teller, row| teller.follow_up_end(row)),
    (Loss::TABLE, |teller, row| teller.loss(row)),
    (Concern::TABLE, |teller, row| teller.concern(row)),
];

/// What of it a partner worker is told of too: contacts of their own organisation, and a loss.
const SHARED: [&str; 2] = [Contact::TABLE.name, Loss::TABLE.name];

impl Teller<'_> {
    fn contact(&self, row: Uuid) -> Result<Option<StoryEntry>> {
        let conn = self.reader.conn;
        let read = |contact: &Contact| access::reads_note(self.reader.user, contact);
        let Some(contact) = store::find(conn, ContactId(row))?.filter(read) else { return Ok(None) };
        let view = contacts::view(conn, self.reader.user, &contact, self.people)?;
        let late = joined(&view.late, &self.gone_back(row));
        Ok(Some(StoryEntry::Contact(Box::new(ContactView { late, ..view }))))
    }

    fn placement(&self, row: Uuid) -> Result<Option<StoryEntry>> {
        let (conn, now) = (self.reader.conn, self.reader.now);
        let Some(placement) = in_error::kept(conn, row)? else { return Ok(None) };
        let view = placements::placement_view(conn, self.reader.user, &placement, self.people, now)?;
        let by = joined(&view.by, &self.gone_back(row));
        Ok(Some(StoryEntry::Placement(Box::new(PlacementView { by, ..view }))))
    }

    fn loss(&self, row: Uuid) -> Result<Option<StoryEntry>> {
        let conn = self.reader.conn;
        let Some(loss) = in_error::kept(conn, row)? else { return Ok(None) };
        let view = losses::view(conn, self.reader.user, &loss)?;
        let by = joined(&view.by, &self.gone_back(row));
        Ok(Some(StoryEntry::Loss(Box::new(LossView { by, ..view }))))
    }

    fn follow_up_end(&self, row: Uuid) -> Result<Option<StoryEntry>> {
        let conn = self.reader.conn;
        let Some(end) = in_error::kept(conn, row)? else { return Ok(None) };
        let view = follow_ups::view(conn, self.reader.user, &end, self.people)?;
        let by = joined(&view.by, &self.gone_back(row));
        Ok(Some(StoryEntry::FollowUpEnd(Box::new(FollowUpEndView { by, ..view }))))
    }

    fn concern(&self, row: Uuid) -> Result<Option<StoryEntry>> {
        let Some(concern) = in_error::kept(self.reader.conn, row)? else { return Ok(None) };
        let mut told = concerns::told(self.reader.conn, self.reader.user, &concern, self.people)?;
        told.concern.raised = joined(&told.concern.raised, &self.gone_back(row));
        Ok(Some(StoryEntry::Concern(Box::new(told))))
    }

    fn gone_back(&self, row: Uuid) -> String {
        self.back.get(&row).map(|minutes| clock::gone_back_words(*minutes)).unwrap_or_default()
    }
}

fn joined(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The next entries. What a newer version recorded is counted, and not told; to a
/// partner worker nothing is counted that they are not told.
fn page(reader: &Opened<'_>, request: StoryRequest, people: &[Person]) -> Result<Page> {
    let conn = reader.conn;
    let teller = Teller { reader, people, back: clocks::gone_back(conn, request.family)? };
    let tell = |entry: &Entry| {
        let teller_of = TOLD.iter().find(|(table, _)| table.name == entry.kind);
        teller_of.and_then(|(_, tell)| tell(&teller, entry.row).transpose())
    };
    let all = entries::told(conn, request.family)?;
    if reader.user.role.reads_all() {
        let found = entries::story(conn, request.family, request.skip, PAGE)?;
        let sent = request.skip + u32::try_from(found.len()).unwrap_or(PAGE);
        return Ok(Page { entries: found.iter().filter_map(tell).collect::<Result<_>>()?, sent, more: all.saturating_sub(sent) });
    }
    let found = entries::story(conn, request.family, 0, all)?;
    let shared: Vec<StoryEntry> =
        found.iter().filter(|entry| SHARED.contains(&entry.kind.as_str())).filter_map(tell).collect::<Result<_>>()?;
    let many = u32::try_from(shared.len()).unwrap_or(u32::MAX);
    let sent = request.skip.saturating_add(PAGE).min(many);
    let entries = shared.into_iter().skip(request.skip as usize).take(PAGE as usize).collect();
    Ok(Page { entries, sent, more: many - sent })
}

fn saved_words(at: Timestamp, now: Timestamp) -> String {
    if at.date() == now.date() { time_words(at.local()) } else { day_time_words(at.local()) }
}
