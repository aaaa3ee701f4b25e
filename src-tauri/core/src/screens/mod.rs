//! The answers of the screens that gather many concepts: Today, Caseload,
//! Story, Find, Record history.

pub mod caseload;
pub mod caseload_kept_rows;
pub mod caseload_rows;
pub mod find;
pub mod history;
pub mod listed;
pub mod search;
pub mod search_index_rows;
pub mod seen;
pub mod story;
pub mod today;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::contact::{ContactId, ContactView};
use crate::cover::Lasting;
use crate::family::{Banner, EpisodeId, FlagsView};
use crate::ids::{FamilyId, UserId};
use crate::record::Arrived;
use crate::release::ReleaseWait;
use crate::typed::choice::Choice;

/// A line of Today that leads to a family.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TodayLine {
    /// The family.
    pub family: FamilyId,
    /// The open episode.
    pub episode: EpisodeId,
    /// The note it leads to, if to one.
    pub contact: Option<ContactId>,
    /// `O’NEILL, Fiadh`; `BELL, James (twin 1) and Maisie (twin 2)`.
    pub name: String,
    /// Where two families on the screen have one name: `born 11-Oct-2026 · F26-7K2Q`; else empty.
    pub apart: String,
    /// `6w 1d`.
    pub age: String,
    /// `14:00`; `Home visit, saved Mon 23-Nov-2026, 15:21`; `by Fri 27-Nov-2026`.
    pub when: String,
    /// A second line: who with, why.
    pub detail: String,
    /// True when the date has passed.
    pub overdue: bool,
    /// Who began it, where it is an unsigned note of somebody else.
    pub begun_by: Option<UserId>,
}

codes! {
    /// The lists of Today.
    pub enum TodaySection {
        Visits "visits" "Visits today",
        Unwritten "unwritten" "Visits with no note yet",
        Drafts "drafts" "Your unfinished notes",
        LeftNotes "leftNotes" "Unsigned notes whose writer cannot finish them",
        FollowUps "followUps" "To follow up",
        TeamFollowUps "teamFollowUps" "Team follow-ups: overdue, or no key worker",
        Concerns "concerns" "Concerns waiting for a second person",
        Placements "placements" "Steps waiting for you to confirm",
        Reviews "reviews" "Reviews due",
        Copies "copies" "Not yet copied to encompass",
        News "news" "New to you",
    }
}

/// What to read of Today.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TodayRequest {
    /// How many lines of a section are shown, if not the first few.
    #[serde(default)]
    pub shown: BTreeMap<TodaySection, u32>,
}

/// The first screen after unlocking. A section has its first lines; how many
/// more there are is in `more`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TodayView {
    /// `Mon 23-Nov-2026`.
    pub day: String,
    /// For a service lead of a record that is no practice: that the steps are an example still; empty once
    /// the team has adopted its own.
    pub example_model: String,
    /// Visits of today, by time.
    pub visits: Vec<TodayLine>,
    /// When there are none: `No visits today. Next: Tue 24-Nov-2026, 10:30.`
    pub visits_none: String,
    /// Planned visits of earlier days with no note yet, until they are dealt with.
    pub unwritten: Vec<TodayLine>,
    /// The writer's own drafts.
    pub drafts: Vec<TodayLine>,
    /// For a service lead: unsigned notes of who has left or does other work now.
    pub left_notes: Vec<TodayLine>,
    /// Was not brought, or no access: follow up within 5 working days.
    pub follow_ups: Vec<TodayLine>,
    /// For a service lead: what nobody has followed up in time, or that nobody is allocated to, in all of the team.
    pub team_follow_ups: Vec<TodayLine>,
    /// Concerns that wait for a second person: whose and since when, without what was written.
    pub concerns: Vec<TodayLine>,
    /// For a service lead: covers that have ended by their day, or end today, and were not given back.
    pub covers: Vec<Lasting>,
    /// For a service lead: a release that waits for a second person, one that was declined, and periods that were released
    /// twice, from two computers.
    pub releases: Vec<ReleaseWait>,
    /// Placements that wait for this reader as the second person.
    pub placements: Vec<TodayLine>,
    /// Families whose placement is due for review.
    pub reviews: Vec<TodayLine>,
    /// Notes that this reader’s organisation is to copy to encompass and has not.
    pub copies: Vec<TodayLine>,
    /// Families with entries that are new to the reader.
    pub news: Vec<TodayLine>,
    /// How many lines of a section were not sent; a section with none is left out.
    pub more: BTreeMap<TodaySection, u32>,
}

codes! {
    /// What a caseload list shows.
    pub enum CaseloadFilter {
        Open "open" "Open cases",
        Flagged "flagged" "Flagged",
        NoVisit "no_visit_14_days" "Not seen for 14 days",
        NotBooked "not_booked" "No next visit",
        News "news" "New to you",
        Drafts "drafts" "My unsigned notes",
        Unborn "unborn" "Unborn",
        NoWorker "no_worker" "No key worker",
    }
}

codes! {
    /// How a caseload list is sorted: dates and alphabet only.
    pub enum CaseloadSort {
        NextVisit "next_visit" "next visit, soonest first",
        Name "name" "name, A to Z",
        LastContact "last_contact" "last contact, longest ago first",
        Youngest "youngest" "age, youngest first",
    }
}

/// What to list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseloadRequest {
    /// Only families allocated to the reader.
    pub mine: bool,
    /// Which of them.
    pub filter: CaseloadFilter,
    /// In which order.
    pub sort: CaseloadSort,
    /// How many of the first to leave out.
    #[serde(default)]
    pub skip: u32,
    /// How many rows to send; all if none is said.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// One family of the caseload.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CaseloadRow {
    /// The family.
    pub family: FamilyId,
    /// The open episode.
    pub episode: EpisodeId,
    /// `O’NEILL, Fiadh`; `BELL, James (twin 1) and Maisie (twin 2)`.
    pub name: String,
    /// Where two families of the list have one name: `born 11-Oct-2026 · F26-7K2Q`; else empty.
    pub apart: String,
    /// `Róisín (mother), Conor (father or partner)`.
    pub carers: String,
    /// True if there is more than one infant.
    pub several: bool,
    /// `6w 1d`; `24w pregnant`.
    pub age: String,
    /// Flags.
    pub flags: FlagsView,
    /// `Thu 19-Nov-2026`; `Not seen yet`.
    pub last_contact: String,
    /// `Home visit, 4d ago`; `Opened 17-Nov-2026`.
    pub last_contact_detail: String,
    /// `Today 14:00`; `Tue 24-Nov-2026, 10:00`; `Not booked`; `Was due Fri 20-Nov-2026`.
    pub next_visit: String,
    /// True when the next visit was due on an earlier day.
    pub overdue: bool,
    /// `Seen awake 12d ago by Owen`; `Not seen yet`; empty without a living infant.
    pub last_seen: String,
    /// `not seen for 23d` after more than 14 days, `not seen yet`, `not seen 3 times running`; else empty.
    pub unseen: String,
    /// `Not seen at the last 4 contacts: 3 cancelled by the family, 1 no access`; empty if there is no such pattern.
    pub pattern: String,
    /// `Step 3`; `Step 3 proposed`; `No step`.
    pub step: String,
    /// `unconfirmed`, `step 4 until confirmed`, while a second person is awaited; empty.
    pub step_note: String,
    /// The key worker's name.
    pub key_worker: String,
    /// `Concern`, if one waits for a second person; empty.
    pub concern: String,
    /// `Unsigned note`; empty.
    pub note: String,
    /// `3 new`: entries of the story that others made or added to since the reader marked it; empty if none.
    pub news: String,
}

/// The caseload list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CaseloadView {
    /// `My caseload` or `Team caseload`.
    pub title: String,
    /// `19 families`; `5,000 families`.
    pub count: String,
    /// Filters with their counts in `words`: `Flagged 4`.
    pub filters: Vec<Choice>,
    /// Sorts.
    pub sorts: Vec<Choice>,
    /// `Sorted by next visit, soonest first`.
    pub sorted: String,
    /// The rows.
    pub rows: Vec<CaseloadRow>,
    /// How many come after these.
    pub more: u32,
    /// True if the reader may see the families of the whole team.
    pub team: bool,
    /// What to say when there are none.
    pub empty: String,
    /// `Read at 15:21`.
    pub read_at: String,
}

/// A family's story, newest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoryView {
    /// The banner.
    pub banner: Banner,
    /// The open episode, if one: notes go there.
    pub episode: Option<EpisodeId>,
    /// The reader's own unsigned note: `Draft · saved 15:21`; empty if none.
    pub draft: String,
    /// Signed contacts and placements, newest first.
    pub entries: Vec<StoryEntry>,
    /// `3 new to you`; empty if nothing is.
    pub news: String,
    /// Up to where it was read: what a mark made now is of.
    pub read_to: Arrived,
    /// The reader's mark, if there is one.
    pub seen_until: Option<Arrived>,
    /// How many contacts to leave out to read on.
    pub sent: u32,
    /// Older contacts not sent yet.
    pub more: u32,
    /// `Mon 30-Nov-2026, 10:30`, `Was due Fri 20-Nov-2026`; empty if none.
    pub next_visit: String,
    /// `Seen awake 12d ago by Owen`; empty without a living infant.
    pub last_seen: String,
    /// `Not seen at the last 4 contacts: …`; empty if there is no such pattern.
    pub pattern: String,
    /// `Was not brought Mon 16-Nov-2026: to be followed up by Mon 23-Nov-2026`; empty if nothing is.
    pub follow_up: String,
    /// True if the reader may close it.
    pub may_close_follow_up: bool,
    /// The placement that stands: `Step 4 · Specialist therapeutic, second
    /// person awaited`; empty if none.
    pub step: String,
    /// Placements over the infant's age, oldest first.
    pub strip: Vec<super::placement::StepSpan>,
    /// The latest plan.
    pub plan: Option<super::contact::LastPlan>,
}

/// One entry of a story.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "what", rename_all = "camelCase")]
pub enum StoryEntry {
    /// A signed contact.
    Contact(Box<ContactView>),
    /// A placement.
    Placement(Box<super::placement::PlacementView>),
    /// A follow-up that was closed.
    FollowUpEnd(Box<super::follow_up::FollowUpEndView>),
    /// A concern that no note tells of.
    Concern(Box<super::concern::ConcernTold>),
    /// A death, or the end of a pregnancy.
    Loss(Box<super::loss::LossView>),
}

/// Something Find found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The family.
    pub family: FamilyId,
    /// The note, if the hit is in one.
    pub contact: Option<ContactId>,
    /// `O’NEILL, Fiadh`.
    pub name: String,
    /// `Infant, born 11-Oct-2026 (6w 1d) · 999 123 4567`; `Mother, date of birth not recorded · infant O’NEILL, Fiadh`.
    pub detail: String,
}

/// What Find answers.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FindView {
    /// Families and people, by name.
    pub people: Vec<Found>,
    /// How many more people there are; 200 stands for any number from there.
    pub more_people: u32,
    /// Notes with the words in them.
    pub notes: Vec<Found>,
    /// How many more notes there are; 200 stands for any number from there.
    pub more_notes: u32,
    /// What to say when there is nothing.
    pub empty: String,
}

/// One line of a record history.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HistoryLine {
    /// `Mon 23-Nov-2026, 15:23`.
    pub when: String,
    /// `Niamh (Key worker)`.
    pub who: String,
    /// `Signed a note`; `Opened the story`.
    pub what: String,
    /// Changed fields in words: `Preferred name: Fi (was blank)`.
    pub details: Vec<String>,
    /// `wrote`, `read` or `denied`.
    pub kind: String,
    /// `Log entry 3.17`: where it stands in the log.
    pub place: String,
}

/// A record history.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HistoryView {
    /// The banner; none for the team's own history.
    pub banner: Option<Banner>,
    /// Newest first.
    pub lines: Vec<HistoryLine>,
    /// Older lines not sent.
    pub more: u32,
}
