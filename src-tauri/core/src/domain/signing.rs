//! What a note needs before it can be signed. It depends on what happened: a
//! visit that took place says what was seen; a closed door does not.

use super::contact::{ConcernEntry, ContactEntry, ContactKind, Gap, InfantState, Outcome, Police, Safety};
use super::when::{self, Lean};
use crate::ids::PersonId;
use crate::time::Timestamp;

/// A note signed later than this after the contact ended is a late entry
/// (NMC Code 10: say when a record is made some time after).
pub const LATE_AFTER_MINUTES: i64 = 24 * 60;

/// An infant of the family the note is about.
#[derive(Debug, Clone)]
pub struct Infant {
    /// Who.
    pub id: PersonId,
    /// What they are called: `Fiadh`.
    pub name: String,
    /// False while unborn.
    pub born: bool,
}

/// A concern that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyConcern {
    /// What was seen or heard.
    pub what: String,
    /// Who was told.
    pub told_whom: String,
    /// When.
    pub told_at: Timestamp,
    /// What was done at once.
    pub action: String,
    /// Whether the police were informed.
    pub police_informed: bool,
    /// Why not.
    pub police_why_not: String,
}

/// A note that can be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// How the contact was made.
    pub kind: ContactKind,
    /// What came of it.
    pub outcome: Outcome,
    /// When it began.
    pub held_at: Timestamp,
    /// How long it took in minutes.
    pub minutes: Option<i64>,
    /// When the next visit is.
    pub next_visit: Option<Timestamp>,
    /// The new or worse concern.
    pub concern: Option<ReadyConcern>,
    /// Signed more than 24 hours after it ended.
    pub late: bool,
}

/// Says whether a note can be signed now, or all that is missing.
///
/// # Errors
/// Every gap, in the order of the screen.
pub fn check(entry: &ContactEntry, infants: &[Infant], now: Timestamp) -> Result<Ready, Vec<Gap>> {
    let mut gaps = Vec::new();
    let held = check_when(entry, now, &mut gaps);
    if entry.kind.is_none() {
        gap(&mut gaps, "kind", "note_no_kind", "Say how the contact was made.");
    }
    if entry.outcome.is_none() {
        gap(&mut gaps, "outcome", "note_no_outcome", "Say what happened.");
    }
    if let (Some(kind), Some(outcome)) = (entry.kind, entry.outcome) {
        check_sections(entry, kind, outcome, infants, &mut gaps);
    }
    let concern = if entry.safety == Some(Safety::NewOrWorse) { check_concern(&entry.concern, now, &mut gaps) } else { None };
    let next_visit = check_next_visit(entry, now, &mut gaps);
    match (entry.kind, entry.outcome, held) {
        (Some(kind), Some(outcome), Some((held_at, minutes))) if gaps.is_empty() => {
            let ended = held_at.plus_minutes(minutes.unwrap_or(0));
            let late = now.0 - ended.0 > LATE_AFTER_MINUTES * 60_000;
            Ok(Ready { kind, outcome, held_at, minutes, next_visit, concern, late })
        }
        _ => Err(gaps),
    }
}

/// Whether a kind of contact is one where an infant can be seen.
#[must_use]
pub const fn can_see(kind: ContactKind) -> bool {
    !matches!(kind, ContactKind::Phone | ContactKind::Text | ContactKind::Meeting)
}

fn check_when(entry: &ContactEntry, now: Timestamp, gaps: &mut Vec<Gap>) -> Option<(Timestamp, Option<i64>)> {
    let parsed = match when::parse(&entry.when, Lean::Past, now) {
        Ok(parsed) => parsed,
        Err(refusal) => {
            gap(gaps, "when", refusal.code(), &refusal.to_string());
            return None;
        }
    };
    if parsed.time.is_none() {
        gap(gaps, "when", "note_no_time", "Say at what time it was, for example today 14:00-15:05.");
        return None;
    }
    let held_at = parsed.instant();
    if held_at > now {
        gap(gaps, "when", "note_in_future", "The contact is in the future. Type when it was.");
        return None;
    }
    Some((held_at, parsed.minutes()))
}

fn check_sections(entry: &ContactEntry, kind: ContactKind, outcome: Outcome, infants: &[Infant], gaps: &mut Vec<Gap>) {
    let cancelled = matches!(outcome, Outcome::CancelledByFamily | Outcome::CancelledByUs);
    if outcome.met() {
        if entry.present.is_empty() && empty(&entry.others) {
            gap(gaps, "present", "note_nobody", "Say who was there.");
        }
        if can_see(kind) {
            check_infants(entry, infants, gaps);
            if entry.did.iter().all(|did| empty(did)) {
                gap(gaps, "did", "note_nothing_done", "Say what you did together.");
            }
            if empty(&entry.saw) {
                gap(gaps, "saw", "note_nothing_seen", "Write what you saw.");
            }
        } else if empty(&entry.told) && empty(&entry.saw) {
            gap(gaps, "told", "note_nothing_told", "Write what they told you.");
        }
    }
    if entry.safety.is_none() && !cancelled {
        gap(gaps, "safety", "note_no_safety", "Choose one of the three under Safety.");
    }
    if empty(&entry.plan) && !cancelled {
        gap(gaps, "plan", "note_no_plan", "Write the plan, if only who does what next.");
    }
}

fn check_infants(entry: &ContactEntry, infants: &[Infant], gaps: &mut Vec<Gap>) {
    let state = |infant: &Infant| entry.infants.iter().find(|seen| seen.person == infant.id).map(|seen| seen.state);
    for infant in infants.iter().filter(|infant| infant.born) {
        if state(infant).is_none() {
            gap(gaps, "infants", "note_no_state", "Say how the infant was, or that the infant was not seen.");
            return;
        }
    }
    let not_seen = infants.iter().any(|infant| state(infant) == Some(InfantState::NotSeen));
    if not_seen && entry.safety == Some(Safety::NoNewConcern) && empty(&entry.not_seen_why) {
        gap(
            gaps,
            "notSeenWhy",
            "note_not_seen_why",
            "The infant was not seen, and you have no new concern. Say why the infant was not seen.",
        );
    }
}

fn check_concern(concern: &ConcernEntry, now: Timestamp, gaps: &mut Vec<Gap>) -> Option<ReadyConcern> {
    let before = gaps.len();
    if empty(&concern.what) {
        gap(gaps, "concern.what", "concern_no_what", "Write what you saw or heard, in the words that were used.");
    }
    if empty(&concern.told_whom) {
        gap(gaps, "concern.toldWhom", "concern_told_nobody", "Say who you have told. Tell somebody before you sign.");
    }
    let told_at = match when::parse(&concern.told_when, Lean::Past, now) {
        Ok(told) if told.time.is_none() => {
            gap(gaps, "concern.toldWhen", "concern_no_time", "Say at what time you told them, for example today 15:10.");
            None
        }
        Ok(told) if told.instant() > now => {
            gap(gaps, "concern.toldWhen", "concern_in_future", "That time is in the future. Say when you told them.");
            None
        }
        Ok(told) => Some(told.instant()),
        Err(_) if empty(&concern.told_when) => {
            gap(gaps, "concern.toldWhen", "concern_no_time", "Say when you told them, for example today 15:10.");
            None
        }
        Err(refusal) => {
            gap(gaps, "concern.toldWhen", refusal.code(), &refusal.to_string());
            None
        }
    };
    match concern.police {
        None => gap(gaps, "concern.police", "concern_no_police", "Say whether the police were informed."),
        Some(Police::NotInformed) if empty(&concern.police_why_not) => {
            gap(gaps, "concern.policeWhyNot", "concern_police_why", "Say why the police were not informed.");
        }
        Some(_) => {}
    }
    let told_at = told_at.filter(|_| gaps.len() == before)?;
    Some(ReadyConcern {
        what: concern.what.trim().to_owned(),
        told_whom: concern.told_whom.trim().to_owned(),
        told_at,
        action: concern.action.trim().to_owned(),
        police_informed: concern.police == Some(Police::Informed),
        police_why_not: concern.police_why_not.trim().to_owned(),
    })
}

fn check_next_visit(entry: &ContactEntry, now: Timestamp, gaps: &mut Vec<Gap>) -> Option<Timestamp> {
    if empty(&entry.next_visit) {
        return None;
    }
    match when::parse(&entry.next_visit, Lean::Future, now) {
        Ok(next) if next.time.is_none() => {
            gap(gaps, "nextVisit", "note_next_no_time", "Say at what time the next visit is, for example +7d 10:30.");
        }
        Ok(next) if next.instant() <= now => {
            gap(gaps, "nextVisit", "note_next_past", "The next visit is in the past. Type a later date, or leave it empty.");
        }
        Ok(next) => return Some(next.instant()),
        Err(refusal) => gap(gaps, "nextVisit", refusal.code(), &refusal.to_string()),
    }
    None
}

fn empty(text: &str) -> bool {
    text.trim().is_empty()
}

fn gap(gaps: &mut Vec<Gap>, field: &str, code: &str, message: &str) {
    gaps.push(Gap { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() });
}
