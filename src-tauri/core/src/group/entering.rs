//! What a session of a group needs before it is signed, and the contact that it
//! is in the record of each family.

use std::collections::BTreeSet;

use crate::contact::asked::{Ask, asked};
use crate::contact::signing;
use crate::contact::signing::{Infant, check_gone, check_infants, check_who, check_why_not_seen};
use crate::contact::{Contact, ContactEntry, ContactId, ContactKind, Gap, Outcome, Signature, asked as outcomes};
use crate::family::{EpisodeId, FamilyRefused};
use crate::group::names::named;
use crate::group::{GroupEntry, GroupGap, GroupLine, GroupSession, GroupSessionId, NameGap};
use crate::ids::FamilyId;
use crate::person::{Person, PersonId};
use crate::record::written::Written;
use crate::team::code_list::{Chosen, Listed};
use crate::time::Timestamp;

/// What came of a session for a family.
pub const OUTCOMES: [Outcome; 5] =
    [Outcome::Attended, Outcome::PartAttended, Outcome::WasNotBrought, Outcome::DidNotCome, Outcome::CancelledByFamily];

/// What a session rests on of one family, in the order of its lines.
#[derive(Debug, Clone)]
pub struct OfFamily {
    /// Which.
    pub family: FamilyId,
    /// Its open episode, if it has one.
    pub episode: Option<EpisodeId>,
    /// Its people.
    pub people: Vec<Person>,
    /// Its infants.
    pub infants: Vec<Infant>,
    /// The session that is named is recorded for it already.
    pub is_recorded: bool,
}

/// What a session rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Each family, in the order of the lines.
    pub families: &'a [OfFamily],
    /// Sessions that are recorded at that time.
    pub recorded: &'a [GroupSessionId],
    /// Whether what is said may name people: not in a refusal, which may be printed.
    pub may_name: bool,
    /// The present instant.
    pub now: Timestamp,
}

/// When a session was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// From.
    pub from: Timestamp,
    /// For how many minutes.
    pub minutes: Option<i64>,
}

impl Held {
    /// When it ended.
    #[must_use]
    pub fn until(self) -> Timestamp {
        self.from.plus_minutes(self.minutes.unwrap_or_default())
    }
}

/// When a session was, if it can be read.
#[must_use]
pub fn held(entry: &GroupEntry, now: Timestamp) -> Option<Held> {
    let when = signing::held(&of_all(entry), now).ok().filter(|when| when.time.is_some())?;
    Some(Held { from: when.instant(), minutes: when.minutes() })
}

/// Says whether a session can be signed now, or all that is missing.
///
/// # Errors
/// Every gap, in the order of the form.
pub fn check(entry: &GroupEntry, facts: Facts<'_>) -> Result<Held, Vec<Gap>> {
    let mut gaps = Vec::new();
    if entry.kinds.iter().all(|kind| kind.trim().is_empty()) {
        gaps.push(Gap::of(GroupGap::NoKind.into()));
    }
    let all = of_all(entry);
    let when = signing::check_when(&all, Some(asked(ContactKind::Group, Outcome::Attended)), facts.now, &mut gaps);
    check_recorded(entry, facts, &mut gaps);
    for (text, gap) in [(&entry.led_by, GroupGap::NoLeader), (&entry.together, GroupGap::NothingDone)] {
        if text.trim().is_empty() {
            gaps.push(Gap::of(gap.into()));
        }
    }
    if !entry.names_checked {
        check_names(entry, facts, &mut gaps);
    }
    if entry.families.is_empty() {
        gaps.push(Gap::of(GroupGap::NoFamily.into()));
    }
    for (index, (line, family)) in entry.families.iter().zip(facts.families).enumerate() {
        let mut own = check_line(entry, line, family, facts.now);
        let earlier = &entry.families[..index];
        if earlier.iter().any(|other| other.family == line.family) {
            own = vec![Gap::of(GroupGap::Twice.into())];
        }
        for gap in &mut own {
            gap.field = format!("families.{index}.{}", gap.field).trim_end_matches('.').to_owned();
        }
        gaps.extend(own);
    }
    match (when, held(entry, facts.now)) {
        (Some(_), Some(held)) if gaps.is_empty() => Ok(held),
        _ => Err(gaps),
    }
}

/// The session of the team, where it is a new one.
#[must_use]
pub fn session(entry: &GroupEntry, held: Held, kinds: &[Listed], organisation: String, written: Written<GroupSessionId>) -> GroupSession {
    GroupSession {
        id: written.id,
        kinds: chosen(entry, kinds),
        held_at: held.from,
        minutes: held.minutes,
        place: entry.place.trim().to_owned(),
        led_by: entry.led_by.trim().to_owned(),
        by: written.by,
        organisation,
        at: written.at,
    }
}

/// What a session is in the record of one family: a contact like any other, which
/// names nobody of another family.
///
/// # Errors
/// [`FamilyRefused::NoOpenEpisode`], [`GroupGap::NoOutcome`].
pub fn contact(
    (entry, line): (&GroupEntry, &GroupLine),
    (family, session): (&OfFamily, GroupSessionId),
    held: Held,
    kinds: &[Listed],
    (id, signature, known): (ContactId, Signature, Timestamp),
) -> crate::error::Result<Contact> {
    let outcome = line.outcome.ok_or(GroupGap::NoOutcome)?;
    let ready = signing::Ready {
        kind: ContactKind::Group,
        outcome,
        held_at: held.from,
        minutes: held.minutes,
        next_visit: None,
        concern: None,
        late: signing::is_late(held.until(), signature.at) || signing::is_late(held.until(), known),
    };
    let facts = signing::Facts { infants: &family.infants, people: &family.people, children: &[], going_on: &[], now: signature.at, known };
    let typed = signing::standing(of_line(entry, line, family), facts);
    Ok(Contact {
        session: Some(session),
        led_by: entry.led_by.trim().to_owned(),
        together: entry.together.trim().to_owned(),
        ..Contact::signed(id, &ready, typed, kinds, signature)
    })
}

fn chosen(entry: &GroupEntry, kinds: &[Listed]) -> Vec<Chosen> {
    entry.kinds.iter().filter(|kind| !kind.trim().is_empty()).map(|kind| Chosen::of(kinds, kind.trim())).collect()
}

/// The session as a note that is the same for all.
fn of_all(entry: &GroupEntry) -> ContactEntry {
    ContactEntry {
        kind: Some(ContactKind::Group),
        outcome: Some(Outcome::Attended),
        when: entry.when.clone(),
        until: entry.until.clone(),
        place: entry.place.trim().to_owned(),
        did: entry.kinds.iter().map(|kind| kind.trim().to_owned()).filter(|kind| !kind.is_empty()).collect(),
        ..ContactEntry::default()
    }
}

/// The session as a note of one family, without anybody who is not of it. Who came
/// saw; what is known of who did not come, somebody told.
fn of_line(entry: &GroupEntry, line: &GroupLine, family: &OfFamily) -> ContactEntry {
    let of_it = |id: &PersonId| family.people.iter().any(|person| person.id == *id);
    let met = line.outcome.is_some_and(Outcome::met);
    let words = line.words.trim().to_owned();
    let (saw, told) = if met { (words, String::new()) } else { (String::new(), words) };
    ContactEntry {
        outcome: line.outcome,
        present: if met { line.present.iter().copied().filter(of_it).collect() } else { Vec::new() },
        others: if met { line.others.trim().to_owned() } else { String::new() },
        infants: line.infants.iter().filter(|seen| of_it(&seen.person)).cloned().collect(),
        not_seen_why: line.not_seen_why.trim().to_owned(),
        saw,
        told,
        ..of_all(entry)
    }
}

fn check_line(entry: &GroupEntry, line: &GroupLine, family: &OfFamily, now: Timestamp) -> Vec<Gap> {
    if family.episode.is_none() {
        return vec![Gap::of(FamilyRefused::NoOpenEpisode.into())];
    }
    if family.is_recorded {
        return vec![Gap::of(GroupGap::Recorded.into())];
    }
    let Some(outcome) = line.outcome else { return vec![Gap::of(GroupGap::NoOutcome.into())] };
    let day = held(entry, now).map_or(now, |held| held.from).date();
    let to_bring = family.infants.iter().any(|infant| infant.born_by(day) && infant.asked_on(day));
    // A baby who died since is not said to have been brought or not.
    let living = family.infants.iter().any(|infant| infant.born_by(day) && !infant.is_lost);
    match outcome {
        _ if !OUTCOMES.contains(&outcome) => return vec![Gap::of(GroupGap::NotOfAGroup.into())],
        _ if outcomes::offered(outcome, to_bring, living) => {}
        Outcome::WasNotBrought => return vec![Gap::of(GroupGap::NobodyToBring.into())],
        _ => return vec![Gap::of(GroupGap::ToBeBrought.into())],
    }
    let (note, asked) = (of_line(entry, line, family), asked(ContactKind::Group, outcome));
    let mut gaps = Vec::new();
    check_gone(&note, &family.people, day, &mut gaps);
    check_who(&note, asked, &mut gaps);
    if asked.infants == Ask::Needed {
        check_infants(&note, &family.infants, day, &mut gaps);
        check_why_not_seen(&note, &family.infants, &mut gaps);
    }
    gaps
}

/// A group at that time that somebody recorded is this one, or another: two leaders
/// write of one session, and each of their own families.
fn check_recorded(entry: &GroupEntry, facts: Facts<'_>, gaps: &mut Vec<Gap>) {
    match entry.session {
        Some(session) if !facts.recorded.contains(&session) => gaps.push(Gap::of(GroupGap::NoSuch.into())),
        None if !facts.recorded.is_empty() && !entry.another => gaps.push(Gap::of(GroupGap::Same.into())),
        _ => {}
    }
}

/// What each family reads has no name of any, and what one reads none of another.
fn check_names(entry: &GroupEntry, facts: Facts<'_>, gaps: &mut Vec<Gap>) {
    let told = |names: BTreeSet<&str>| {
        if facts.may_name {
            names.into_iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
        } else {
            "A name here".to_owned()
        }
    };
    let everybody = || facts.families.iter().flat_map(|family| &family.people);
    for (field, text) in [("place", &entry.place), ("ledBy", &entry.led_by), ("together", &entry.together)] {
        let names = named(text, everybody());
        if !names.is_empty() {
            let words = format!(
                "{} is a name of one of these families, and this is in every family’s record. Take it out, or tick that it is somebody else’s.",
                told(names)
            );
            gaps.push(Gap::of(NameGap::OfOne.says(words).at(field)));
        }
    }
    for (index, (line, own)) in entry.families.iter().zip(facts.families).enumerate() {
        for (field, text) in [("others", &line.others), ("words", &line.words)] {
            let its_own = named(text, own.people.iter());
            let others = facts.families.iter().filter(|other| other.family != own.family).flat_map(|other| &other.people);
            let names: BTreeSet<&str> = named(text, others).difference(&its_own).copied().collect();
            if names.is_empty() {
                continue;
            }
            let words = format!(
                "{} is a name of another family, and this is in this family’s record. Take it out, or tick that it is somebody else’s.",
                told(names)
            );
            gaps.push(Gap::of(NameGap::OfAnother.says(words).at(&format!("families.{index}.{field}"))));
        }
    }
}
