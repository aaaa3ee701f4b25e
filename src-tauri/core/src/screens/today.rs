//! The first screen: visits, drafts, follow-ups and concerns, all computed
//! from facts each time it is read.

use std::collections::{BTreeMap, HashMap};

use crate::access;
use crate::codes::Code;
use crate::concern::Concern;
use crate::concern::rows as concerns;
use crate::contact::note_words;
use crate::contact::rows as contacts;
use crate::contact::{Contact, ContactEntry, ContactId};
use crate::copied::ops as copied;
use crate::cover::ops as covers;
use crate::error::{Error, Result};
use crate::family::ops as families;
use crate::family::{Episode, episodes};
use crate::follow_up::ops as follow_ups;
use crate::ids::UserId;
use crate::person::namesakes;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::placement::is_proposed;
use crate::reader::{Opened, Reader};
use crate::release::ops as releases;
use crate::screens::caseload::{next_visit_words, worker_names};
use crate::screens::caseload_rows as caseload;
use crate::screens::caseload_rows::{OpenEpisode, Section, Whose};
use crate::screens::seen::news_words;
use crate::screens::{TodayLine, TodayRequest, TodaySection, TodayView};
use crate::store::drafts::Draft;
use crate::store::vault;
use crate::team::list_rows as lists;
use crate::time::{Timestamp, day_time_words, day_words, time_words};
use crate::user::rows as users;
use crate::user::{Role, User};

/// Lines of a section that are sent at first.
const FIRST: u32 = 10;

/// Today for the reader.
///
/// # Errors
/// When the read log could not be written.
pub fn today(reader: &Reader<'_>, request: TodayRequest) -> Result<TodayView> {
    let reader = &reader.listed("today")?;
    let now = reader.now;
    let mut sections = Sections::read(reader, request)?;
    let visits = sections.of_caseload(TodaySection::Visits, |episode| line(episode, now, visit_time(episode), String::new(), false));
    let names = worker_names(reader.conn, sections.first(TodaySection::TeamFollowUps))?;
    let mut today = TodayView {
        day: day_words(now.date()),
        example_model: example_model(reader)?,
        visits_none: if visits.is_empty() { no_visits(caseload::next_booked(reader.conn, sections.mine)?, now) } else { String::new() },
        visits,
        unwritten: sections
            .of_caseload(TodaySection::Unwritten, |episode| line(episode, now, visit_day(episode), "No note yet".to_owned(), true)),
        drafts: sections.drafts()?,
        left_notes: sections.left_notes()?,
        follow_ups: sections.of_caseload(TodaySection::FollowUps, |episode| follow_up(episode, now)),
        team_follow_ups: sections.of_caseload(TodaySection::TeamFollowUps, |episode| team_follow_up(episode, &names, now)),
        concerns: sections.concerns()?,
        placements: sections.of_caseload(TodaySection::Placements, |episode| awaiting(episode, now)),
        reviews: sections.of_caseload(TodaySection::Reviews, |episode| review(episode, now)),
        covers: if reader.user.role == Role::ServiceLead { covers::over(reader.conn, now)? } else { Vec::new() },
        releases: if reader.user.role == Role::ServiceLead {
            releases::waits(reader.conn, reader.user, &releases::room::stands(reader.conn)?, now.date())?
        } else {
            Vec::new()
        },
        copies: sections.copies()?,
        news: sections.of_caseload(TodaySection::News, |episode| line(episode, now, news_words(episode.news), String::new(), false)),
        more: sections.more,
    };
    tell_apart(reader, &mut today)?;
    Ok(today)
}

/// Said to who can change it, until it is changed.
fn example_model(reader: &Opened<'_>) -> Result<String> {
    let is_told = reader.user.role == Role::ServiceLead && !vault::is_practice(reader.conn)? && lists::model(reader.conn)?.is_example();
    Ok(if is_told { EXAMPLE_MODEL.to_owned() } else { String::new() })
}

/// No Trust has approved what comes with Attune.
const EXAMPLE_MODEL: &str = "The steps in this record are the example that comes with Attune. No Trust has approved them. Before live use, ask whoever set up Attune to put in your team’s own: there is no screen for it yet.";

/// Families of one name are told apart wherever they stand on the screen.
fn tell_apart(reader: &Opened<'_>, today: &mut TodayView) -> Result<()> {
    let TodayView {
        visits, unwritten, drafts, left_notes, follow_ups, team_follow_ups, concerns, placements, reviews, copies, news, ..
    } = today;
    let mut lines: Vec<&mut TodayLine> =
        [visits, unwritten, drafts, left_notes, follow_ups, team_follow_ups, concerns, placements, reviews, copies, news]
            .into_iter()
            .flatten()
            .collect();
    let apart = namesakes::told_apart(reader.conn, lines.iter().map(|line| (line.family, line.name.as_str())))?;
    for line in &mut lines {
        line.apart = apart.get(&line.family).cloned().unwrap_or_default();
    }
    Ok(())
}

/// The sections that are read, and what is left of each.
struct Sections<'a> {
    reader: &'a Opened<'a>,
    shown: BTreeMap<TodaySection, u32>,
    mine: Whose,
    /// What each section of the caseload has.
    caseload: BTreeMap<TodaySection, Section>,
    more: BTreeMap<TodaySection, u32>,
}

impl<'a> Sections<'a> {
    fn read(reader: &'a Opened<'a>, request: TodayRequest) -> Result<Self> {
        use TodaySection::{FollowUps, News, Placements, Reviews, TeamFollowUps, Unwritten, Visits};
        let mine = Whose { reader: reader.user.id, team: false, now: reader.now };
        let mut sections = Self { reader, shown: request.shown, mine, caseload: BTreeMap::new(), more: BTreeMap::new() };
        let mut asked = [Visits, Unwritten, FollowUps, Reviews, News].map(|section| (mine, section)).to_vec();
        // A partner worker knows of no step, and so of no review of one.
        asked.retain(|(_, section)| *section != Reviews || reader.user.role.reads_all());
        // Placements of others wait for every second person, not for those allocated.
        if matches!(reader.user.role, Role::Therapist | Role::ServiceLead) {
            asked.push((Whose { team: true, ..mine }, Placements));
        }
        if reader.user.role == Role::ServiceLead {
            asked.push((Whose { team: true, ..mine }, TeamFollowUps));
        }
        let asked: Vec<_> = asked.into_iter().map(|(whose, section)| (whose, section, sections.shown(section))).collect();
        let read = caseload::sections(reader.conn, mine.reader, &asked)?;
        sections.caseload = asked.into_iter().map(|(_, section, _)| section).zip(read).collect();
        Ok(sections)
    }

    fn shown(&self, section: TodaySection) -> u32 {
        self.shown.get(&section).copied().unwrap_or(FIRST)
    }

    /// Keeps how many lines of a section were not sent.
    fn sent(&mut self, section: TodaySection, total: u32) {
        let left = total.saturating_sub(self.shown(section));
        if left > 0 {
            self.more.insert(section, left);
        }
    }

    fn first(&self, section: TodaySection) -> &[OpenEpisode] {
        self.caseload.get(&section).map_or(&[], |section| &section.first)
    }

    fn of_caseload(&mut self, section: TodaySection, line: impl Fn(&OpenEpisode) -> TodayLine) -> Vec<TodayLine> {
        let Section { total, first } = self.caseload.remove(&section).unwrap_or_default();
        self.sent(section, total);
        first.iter().map(line).collect()
    }

    /// Concerns that wait for a second person. What was written of them opens
    /// with the record, never in a list beside other families.
    fn concerns(&mut self) -> Result<Vec<TodayLine>> {
        if !self.reader.user.role.reads_all() {
            return Ok(Vec::new());
        }
        let shown = self.shown(TodaySection::Concerns);
        let (waiting, more) = concerns::waiting(self.reader.conn, access::scope(self.reader.user), 0, shown)?;
        self.sent(TodaySection::Concerns, shown.saturating_add(more));
        waiting.iter().filter_map(|concern| self.concern(concern).transpose()).collect()
    }

    /// Notes that are still to be copied to encompass, of families that the reader may open.
    fn copies(&mut self) -> Result<Vec<TodayLine>> {
        let Opened { conn, user, now, .. } = *self.reader;
        let mut due = copied::due(conn, user)?;
        self.sent(TodaySection::Copies, u32::try_from(due.len()).unwrap_or(u32::MAX));
        due.truncate(usize::try_from(self.shown(TodaySection::Copies)).unwrap_or(usize::MAX));
        let line = |contact: ContactId| {
            let contact: Contact = contacts::find(conn, contact)?.ok_or_else(Error::damaged)?;
            let people = people::of(conn, contact.family)?;
            Ok(TodayLine {
                family: contact.family,
                episode: contact.episode,
                contact: Some(contact.id),
                name: families::family_name(&people),
                apart: String::new(),
                age: person_words::ages(&people, now),
                when: day_words(contact.held_at.date()),
                detail: note_words::title(&contact),
                overdue: false,
                begun_by: None,
            })
        };
        due.into_iter().map(line).collect()
    }

    fn concern(&self, concern: &Concern) -> Result<Option<TodayLine>> {
        let (conn, reader) = (self.reader.conn, self.reader.user.id);
        let Some(episode) = episodes::latest(conn, concern.family)? else { return Ok(None) };
        let people = people::of(conn, concern.family)?;
        let by = if concern.raised_by == reader { "you".to_owned() } else { users::name(conn, concern.raised_by)? };
        Ok(Some(TodayLine {
            family: concern.family,
            episode: episode.id,
            contact: concern.contact,
            name: families::family_name(&people),
            apart: String::new(),
            age: person_words::ages(&people, self.reader.now),
            when: day_time_words(concern.raised_at.local()),
            detail: format!("Raised by {by}"),
            overdue: false,
            begun_by: None,
        }))
    }

    /// The reader's own unsigned notes, also of families that are theirs no more.
    fn drafts(&mut self) -> Result<Vec<TodayLine>> {
        let Opened { conn, user, .. } = *self.reader;
        let mut mine = Vec::new();
        for (draft, episode) in contacts::unsigned_by(conn, user.id)? {
            // Also of a family that was given to somebody else: nobody's work is lost.
            if access::may_finish(conn, user, episode.family)? {
                mine.push(self.draft_line(&draft, &episode, None)?);
            }
        }
        Ok(self.first_of(TodaySection::Drafts, mine))
    }

    /// For a lead, the unsigned notes of everybody who cannot finish them: nobody's
    /// work is lost because they left or do other work now.
    fn left_notes(&mut self) -> Result<Vec<TodayLine>> {
        let Opened { conn, user, .. } = *self.reader;
        if user.role != Role::ServiceLead {
            return Ok(Vec::new());
        }
        let mut left = Vec::new();
        for writer in users::all(conn)?.iter().filter(|writer| !(writer.active && writer.role.is_clinical())) {
            for (draft, episode) in contacts::unsigned_by(conn, writer.id)? {
                left.push(self.draft_line(&draft, &episode, Some(writer))?);
            }
        }
        Ok(self.first_of(TodaySection::LeftNotes, left))
    }

    fn first_of(&mut self, section: TodaySection, mut lines: Vec<TodayLine>) -> Vec<TodayLine> {
        self.sent(section, u32::try_from(lines.len()).unwrap_or(u32::MAX));
        lines.truncate(usize::try_from(self.shown(section)).unwrap_or(usize::MAX));
        lines
    }

    /// An unsigned note, and of somebody else's nothing that was written in it.
    fn draft_line(&self, draft: &Draft, episode: &Episode, begun_by: Option<&User>) -> Result<TodayLine> {
        let Opened { conn, now, .. } = *self.reader;
        let people = people::of(conn, episode.family)?;
        let entry: ContactEntry = serde_json::from_str(&draft.body).unwrap_or_default();
        Ok(TodayLine {
            family: episode.family,
            episode: episode.id,
            contact: None,
            name: families::family_name(&people),
            apart: String::new(),
            age: person_words::ages(&people, now),
            when: format!("saved {}", day_time_words(draft.saved_at.local())),
            detail: match begun_by {
                Some(writer) => format!("Begun by {}", writer.name),
                None => format!("{}, not signed", entry.kind.map_or("Note", Code::words)),
            },
            overdue: (now.0 - draft.saved_at.0) > 24 * 3_600_000,
            begun_by: begun_by.map(|writer| writer.id),
        })
    }
}

fn line(episode: &OpenEpisode, now: Timestamp, when: String, detail: String, overdue: bool) -> TodayLine {
    let carers = person_words::carers(&episode.people);
    TodayLine {
        family: episode.family,
        episode: episode.episode,
        contact: None,
        name: families::family_name(&episode.people),
        apart: String::new(),
        age: person_words::ages(&episode.people, now),
        when,
        detail: if detail.is_empty() { carers } else { detail },
        overdue,
        begun_by: None,
    }
}

fn visit_time(episode: &OpenEpisode) -> String {
    episode.next_visit.map(|at| time_words(at.local())).unwrap_or_default()
}

fn visit_day(episode: &OpenEpisode) -> String {
    episode.next_visit.map(|at| day_time_words(at.local())).unwrap_or_default()
}

fn no_visits(next: Option<Timestamp>, now: Timestamp) -> String {
    match next {
        Some(at) => format!("No visits today. Next: {}.", next_visit_words(Some(at), now)),
        None => "No visits today, and none booked.".to_owned(),
    }
}

/// Was not brought, no access, declined, or cancelled again: followed up within
/// five working days, until each infant is seen.
fn follow_up(episode: &OpenEpisode, now: Timestamp) -> TodayLine {
    let Some(asked) = episode.seen.follow_up else { return line(episode, now, String::new(), String::new(), false) };
    let (when, detail, overdue) = follow_ups::words(asked, now);
    line(episode, now, when, detail, overdue)
}

/// The same as the lead is told it: who has the family.
fn team_follow_up(episode: &OpenEpisode, names: &HashMap<UserId, String>, now: Timestamp) -> TodayLine {
    let of = episode.key_worker.and_then(|user| names.get(&user).cloned()).unwrap_or_else(|| "Not allocated".to_owned());
    let told = follow_up(episode, now);
    TodayLine { detail: format!("{} · {of}", told.detail), ..told }
}

/// A placement of somebody else that waits for a second person.
fn awaiting(episode: &OpenEpisode, now: Timestamp) -> TodayLine {
    let Some(placed) = episode.awaited else { return line(episode, now, String::new(), String::new(), false) };
    let proposed = if is_proposed(episode.placement.map(|stands| stands.step), placed.step) { " proposed" } else { "" };
    let detail = format!("Step {}{proposed}, waiting for a second person", placed.step);
    line(episode, now, day_words(placed.on), detail, false)
}

/// A placement whose review is due within a week, or was.
fn review(episode: &OpenEpisode, now: Timestamp) -> TodayLine {
    let Some(due) = episode.placement.and_then(|placed| placed.review_on) else {
        return line(episode, now, String::new(), String::new(), false);
    };
    let overdue = due < now.date();
    let when = if overdue { format!("was due {}", day_words(due)) } else { format!("by {}", day_words(due)) };
    line(episode, now, when, "Review of the step".to_owned(), overdue)
}
