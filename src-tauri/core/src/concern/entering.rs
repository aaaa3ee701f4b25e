//! A concern as typed becomes one, or what is missing is said.

use chrono::Days;

use crate::codes::refusals;
use crate::concern::{ConcernEntry, Danger, ParentTold, Police};
use crate::contact::Gap;
use crate::error::Error;
use crate::person::PersonId;
use crate::time::Timestamp;
use crate::typed;
use crate::typed::when;
use crate::typed::when::Lean;

/// A concern that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyConcern {
    /// Which children, at least one.
    pub children: Vec<PersonId>,
    /// Whether one is in immediate danger.
    pub danger: Danger,
    /// What was seen or heard.
    pub what: String,
    /// Who was told: a role or a name.
    pub told_whom: String,
    /// When, not before the contact began.
    pub told_at: Timestamp,
    /// What was done at once.
    pub action: String,
    /// Whether the police were informed.
    pub police_informed: bool,
    /// Why not.
    pub police_why_not: String,
    /// Whether a parent was told.
    pub parent_told: ParentTold,
    /// Why not.
    pub parent_why_not: String,
}

/// What a concern rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The children of the family, born or not, living or not.
    pub children: &'a [PersonId],
    /// When the contact began, if there is one and that can be read.
    pub held_at: Option<Timestamp>,
    /// The present instant.
    pub now: Timestamp,
}

/// Who was told longer ago than this was told of something else, or the year is
/// a slip.
const LONGEST_AGO_DAYS: u64 = 365;

/// The concern, if it can stand; else every gap is added, in the order of the
/// screen. Where the family has one child, it is about that one.
pub fn check(entry: &ConcernEntry, facts: Facts<'_>, gaps: &mut Vec<Gap>) -> Option<ReadyConcern> {
    let before = gaps.len();
    let children = children(entry, facts.children);
    if children.is_empty() {
        gap(gaps, ConcernGap::NoChild);
    }
    if entry.danger.is_none() {
        gap(gaps, ConcernGap::NoDanger);
    }
    if empty(&entry.what) {
        gap(gaps, ConcernGap::NoWhat);
    }
    if typed::letters(&entry.told_whom) < 2 {
        gap(gaps, ConcernGap::ToldNobody);
    }
    let told_at = told_at(entry, facts).map_err(|refusal| gap(gaps, refusal)).ok();
    if entry.danger == Some(Danger::Now) && empty(&entry.action) {
        gap(gaps, ConcernGap::NoAction);
    }
    check_choices(entry, gaps);
    let (told_at, danger, parent_told) = (told_at?, entry.danger?, entry.parent?);
    (gaps.len() == before).then(|| ReadyConcern {
        children,
        danger,
        what: entry.what.trim().to_owned(),
        told_whom: entry.told_whom.trim().to_owned(),
        told_at,
        action: entry.action.trim().to_owned(),
        police_informed: entry.police == Some(Police::Informed),
        police_why_not: entry.police_why_not.trim().to_owned(),
        parent_told,
        parent_why_not: entry.parent_why_not.trim().to_owned(),
    })
}

/// Which children it is about: those that were named, or the only one.
#[must_use]
pub fn children(entry: &ConcernEntry, all: &[PersonId]) -> Vec<PersonId> {
    match all {
        [only] => vec![*only],
        all => entry.children.iter().copied().filter(|child| all.contains(child)).collect(),
    }
}

/// When somebody was told: a time that has been, and not before the contact began.
fn told_at(entry: &ConcernEntry, facts: Facts<'_>) -> Result<Timestamp, Error> {
    if empty(&entry.told_when) {
        return Err(ConcernGap::NoWhen.into());
    }
    let told = when::parse(&entry.told_when, Lean::Past, facts.now).map_err(|refusal| Error::from(refusal).at("concern.toldWhen"))?;
    if told.time.is_none() {
        return Err(ConcernGap::NoTime.into());
    }
    let at = told.instant();
    if at > facts.now {
        return Err(ConcernGap::InFuture.into());
    }
    if facts.held_at.is_some_and(|held| at < held) {
        return Err(ConcernGap::BeforeSeen.into());
    }
    if told.date < facts.now.date() - Days::new(LONGEST_AGO_DAYS) {
        return Err(ConcernGap::LongAgo.into());
    }
    Ok(at)
}

fn check_choices(entry: &ConcernEntry, gaps: &mut Vec<Gap>) {
    match entry.police {
        None => gap(gaps, ConcernGap::NoPolice),
        Some(Police::NotInformed) if !typed::says_why(&entry.police_why_not) => gap(gaps, ConcernGap::PoliceWhy),
        Some(_) => {}
    }
    match entry.parent {
        None => gap(gaps, ConcernGap::NoParent),
        Some(ParentTold::NotTold) if !typed::says_why(&entry.parent_why_not) => gap(gaps, ConcernGap::ParentWhy),
        Some(_) => {}
    }
}

fn empty(text: &str) -> bool {
    text.trim().is_empty()
}

fn gap(gaps: &mut Vec<Gap>, refusal: impl Into<Error>) {
    gaps.push(Gap::of(refusal.into()));
}

refusals! {
    /// What a concern needs before its note is signed.
    pub enum ConcernGap {
        NoChild "concern_no_child" at "concern.children" => "Say which child the concern is about.",
        NoDanger "concern_no_danger" at "concern.danger" => "Say whether a child is in immediate danger. If so, ring 999 first; this can wait.",
        NoWhat "concern_no_what" at "concern.what" => "Write what you saw or heard, in the words that were used.",
        ToldNobody "concern_told_nobody" at "concern.toldWhom" => "Say who you have told, by role or name. Tell someone before you sign.",
        NoTime "concern_no_time" at "concern.toldWhen" => "Say what time you told them, for example today 15:10.",
        InFuture "concern_in_future" at "concern.toldWhen" => "That time is in the future. Say when you told them.",
        BeforeSeen "concern_told_before" at "concern.toldWhen" => "That is before the contact began. Say when you told them what you saw or heard in it.",
        LongAgo "concern_told_long_ago" at "concern.toldWhen" => "That is more than a year ago. Check the year.",
        NoWhen "concern_no_when" at "concern.toldWhen" => "Say when you told them, for example today 15:10.",
        NoAction "concern_no_action" at "concern.action" => "Say what immediate action you took for the child in danger.",
        NoPolice "concern_no_police" at "concern.police" => "Say whether the police were informed.",
        PoliceWhy "concern_police_why" at "concern.policeWhyNot" => "Say why the police were not informed.",
        NoParent "concern_no_parent" at "concern.parent" => "Say whether a parent was told.",
        ParentWhy "concern_parent_why" at "concern.parentWhyNot" => "Say why no parent was told, for example that it would put the child at risk.",
    }
}
