//! A family's story, newest first.

use serde::Deserialize;

use super::reader::Reader;
use super::{contacts, families, note, placements};
use crate::domain::views::StoryView;
use crate::error::Result;
use crate::ids::FamilyId;
use crate::store::{contacts as store, drafts, episodes, people, placements as store_placements};
use crate::time::{day_time_words, time_words};

/// How many contacts a story sends at once.
const PAGE: u32 = 40;

/// A story, or its older part.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
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
    let entries = store::of(conn, request.family, request.skip, PAGE)?;
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
    let sent = request.skip + u32::try_from(entries.len()).unwrap_or(PAGE);
    Ok(StoryView {
        banner: families::banner_of(conn, request.family, reader.now)?,
        episode: episode.map(|episode| episode.id),
        draft: draft.map(|draft| format!("Draft · saved {}", saved_words(draft.saved_at, reader.now))).unwrap_or_default(),
        entries: entries.iter().map(|contact| contacts::view(conn, reader.user, contact, &people, reader.now)).collect::<Result<_>>()?,
        more: store::count(conn, request.family)?.saturating_sub(sent),
        next_visit: next_visit.map(|at| format!("Next visit {}", day_time_words(at.local()))).unwrap_or_default(),
        plan,
        step: store_placements::current(conn, request.family)?.map(|placement| placements::title(placement.step)).unwrap_or_default(),
        strip: placements::strip(conn, request.family, &people, reader.now)?,
        placements: if request.skip == 0 { placements::views(conn, reader.user, request.family, &people, reader.now)? } else { Vec::new() },
    })
}

fn saved_words(at: crate::time::Timestamp, now: crate::time::Timestamp) -> String {
    if at.date() == now.date() { time_words(at.local()) } else { day_time_words(at.local()) }
}
