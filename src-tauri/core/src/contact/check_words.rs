//! What a worker reads before signing, line by line: all that will stand, with
//! every date in words.

use serde::Serialize;

use crate::codes::Code;
use crate::concern::{ConcernEntry, Danger, Police, parent_words, police_words, told_words};
use crate::contact::asked::{Ask, asked};
use crate::contact::note_words;
use crate::contact::note_words::Called;
use crate::contact::signing;
use crate::contact::signing::Ready;
use crate::contact::{ContactEntry, Gap, Safety};
use crate::time::{Timestamp, day_time_words};
use crate::typed::when;
use crate::typed::when::{Lean, When};

/// What the worker reads before signing: all that will stand.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CheckStrip {
    /// Whose record it is: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
    pub whose: String,
    /// `Home visit, Mon 23-Nov-2026, 14:00 to 15:05`.
    pub contact: String,
    /// All of it, in the order of the screen.
    pub lines: Vec<CheckLine>,
    /// Set when the note is signed more than 24 hours after the contact.
    pub late: Option<String>,
    /// What is missing; signing is possible when this is empty.
    pub missing: Vec<Gap>,
}

/// One line of what will stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CheckLine {
    /// `What happened`, `Fiadh was`.
    pub label: String,
    /// `Attended`; a plan has one line a step.
    pub text: String,
    /// True for what belongs to a new or worse concern.
    pub concern: bool,
    /// True for what was written at length.
    pub prose: bool,
}

/// Shown where nothing was chosen or typed.
const NOTHING: &str = "Not recorded";

/// `Home visit, Mon 23-Nov-2026, 14:00 to 15:05`; what cannot be read stands as it was typed.
#[must_use]
pub fn contact(entry: &ContactEntry, now: Timestamp) -> String {
    let held = signing::held(entry, now).map_or_else(|_| entry.when.clone(), |held| held.words());
    format!("{}, {held}", entry.kind.map_or("Contact", Code::words))
}

/// Why a note that is ready will be a late entry. Where the clock of this computer
/// says that it is not, the record itself knows of a later day.
#[must_use]
pub fn late(ready: &Ready, facts: signing::Facts<'_>) -> String {
    let ended = ready.held_at.plus_minutes(ready.minutes.unwrap_or_default());
    if signing::is_late(ended, facts.now) {
        return "This will be marked as a late entry: you are signing more than 24 hours after the contact.".to_owned();
    }
    format!(
        "This will be marked as a late entry: this computer’s clock says {}, but the latest entry in the record is dated {}. Check the clock.",
        day_time_words(facts.now.local()),
        day_time_words(facts.known.local())
    )
}

/// Every line, in the order of the screen. `entry` is what will stand;
/// `booked` is when a visit had been booked for; `before` tells of the concerns
/// that go on as before.
#[must_use]
pub fn lines(entry: &ContactEntry, called: &Called, booked: Option<Timestamp>, before: &[String], now: Timestamp) -> Vec<CheckLine> {
    let mut lines = vec![
        fact("Kind of contact", entry.kind.map_or(NOTHING, Code::words)),
        fact("What happened", entry.outcome.map_or(NOTHING, Code::words)),
        fact("When", &when_words(entry, booked, now)),
        fact("Place", or_nothing(&entry.place)),
    ];
    lines.extend(who(entry, called));
    lines.extend(note_words::did(entry).map(|did| fact("What we did", &did)));
    lines.push(fact("Safety", entry.safety.map_or(NOTHING, Code::words)));
    if entry.safety == Some(Safety::NewOrWorse) {
        lines.extend(concern(&entry.concern, called, now));
    }
    lines.extend(before.iter().map(|words| fact("Earlier concern", words)));
    lines.extend(written("What has changed", &entry.changed));
    lines.extend(written("Why the infant was not seen", &entry.not_seen_why));
    lines.push(fact("Plan", or_nothing(&entry.plan)));
    lines.extend(written("Done since last time", &entry.plan_done.join("\n")));
    lines.push(fact("Next visit", &next_visit(entry, now)));
    lines.extend(note_words::prose(entry).into_iter().map(|section| CheckLine { prose: true, ..fact(&section.label, &section.text) }));
    lines
}

/// `Mon 23-Nov-2026, 14:00 to 15:05 (65min), as booked`.
fn when_words(entry: &ContactEntry, booked: Option<Timestamp>, now: Timestamp) -> String {
    let Ok(held) = signing::held(entry, now) else {
        return format!("{} {}", entry.when, entry.until).trim().to_owned();
    };
    let length = match held.minutes() {
        Some(minutes) => format!(" ({minutes}min)"),
        None if held.time.is_none() => ", time not recorded".to_owned(),
        None => ", end time not recorded".to_owned(),
    };
    let as_booked = if booked == Some(held.instant()) { ", started as booked" } else { "" };
    format!("{}{length}{as_booked}", held.words())
}

fn who(entry: &ContactEntry, called: &Called) -> Vec<CheckLine> {
    let name = |id| called.get(id).cloned().unwrap_or_else(|| "someone no longer listed".to_owned());
    let mut there: Vec<String> = entry.present.iter().map(name).collect();
    there.extend(Some(entry.others.trim().to_owned()).filter(|others| !others.is_empty()));
    let absent: Vec<String> = entry.absent.iter().map(name).collect();
    let nobody = if entry.outcome.is_some_and(crate::contact::Outcome::met) { NOTHING } else { "Nobody" };
    let mut lines = vec![fact("Who was there", if there.is_empty() { nobody.to_owned() } else { there.join(", ") }.as_str())];
    lines.extend(written("Was not there", &absent.join(", ")));
    let asks = entry.kind.zip(entry.outcome).is_none_or(|(kind, outcome)| asked(kind, outcome).infants == Ask::Needed);
    if asks {
        lines.extend(entry.infants.iter().map(|seen| fact(&format!("{} was", name(&seen.person)), seen.state.words())));
    }
    lines
}

fn concern(concern: &ConcernEntry, called: &Called, now: Timestamp) -> Vec<CheckLine> {
    let told = match when::parse(&concern.told_when, Lean::Past, now) {
        Ok(at) if at.time.is_some() => told_words(&concern.told_whom, at.instant()),
        _ => format!("{} {}", concern.told_whom, concern.told_when),
    };
    let police = match concern.police {
        Some(police) => police_words(police == Police::Informed, &concern.police_why_not),
        None => NOTHING.to_owned(),
    };
    let parent = match concern.parent {
        Some(parent) => parent_words(parent, &concern.parent_why_not),
        None => NOTHING.to_owned(),
    };
    let children: Vec<String> = concern.children.iter().filter_map(|child| called.get(child).cloned()).collect();
    [
        ("Concern about", children.join(", ").as_str()),
        ("Danger", concern.danger.map_or(NOTHING, Danger::words)),
        ("Concern", concern.what.as_str()),
        ("Told", &told),
        ("Immediate action", &concern.action),
        ("Police", &police),
        ("Parent", &parent),
    ]
    .map(|(label, text)| CheckLine { concern: true, ..fact(label, or_nothing(text)) })
    .into()
}

fn next_visit(entry: &ContactEntry, now: Timestamp) -> String {
    if entry.next_visit.trim().is_empty() {
        return "No next visit".to_owned();
    }
    when::parse(&entry.next_visit, Lean::Future, now).as_ref().map_or_else(|_| entry.next_visit.clone(), When::words)
}

fn fact(label: &str, text: &str) -> CheckLine {
    CheckLine { label: label.to_owned(), text: text.trim().to_owned(), concern: false, prose: false }
}

fn written(label: &str, text: &str) -> Option<CheckLine> {
    Some(fact(label, text)).filter(|line| !line.text.is_empty())
}

fn or_nothing(text: &str) -> &str {
    if text.trim().is_empty() { NOTHING } else { text }
}
