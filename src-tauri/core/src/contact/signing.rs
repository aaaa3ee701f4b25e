//! What a note needs before it can be signed. It depends on what happened: a
//! visit that took place says what was seen; a closed door does not.

use chrono::{Days, NaiveDate};

use crate::codes::refusals;
use crate::concern::ConcernId;
use crate::concern::entering as concern;
use crate::concern::entering::ReadyConcern;
use crate::contact::asked;
use crate::contact::asked::{Ask, Asked};
use crate::contact::{ContactEntry, ContactKind, Gap, InfantSeen, InfantState, Outcome, Safety};
use crate::error::Error;
use crate::person::{Person, PersonId};
use crate::time::Timestamp;
use crate::typed::when;
use crate::typed::when::{Lean, When};

/// A note signed later than this after the contact ended is a late entry
/// (NMC Code 10: say when a record is made some time after).
pub const LATE_AFTER_MINUTES: i64 = 24 * 60;

/// A contact longer ago than this is taken for a slip of the year.
const LONGEST_AGO_DAYS: u64 = 365;

/// An infant of the family the note is about.
#[derive(Debug, Clone)]
pub struct Infant {
    /// Who.
    pub id: PersonId,
    /// What they are called: `Fiadh`.
    pub name: String,
    /// The date of birth; none while unborn.
    pub born_on: Option<NaiveDate>,
    /// There was a loss.
    pub is_lost: bool,
    /// On which day, if it is known.
    pub lost_on: Option<NaiveDate>,
}

impl Infant {
    /// Whether the infant was born by a day.
    #[must_use]
    pub fn born_by(&self, date: NaiveDate) -> bool {
        self.born_on.is_some_and(|born| born <= date)
    }

    /// Whether the note asks for the infant: not from the day of a loss on.
    #[must_use]
    pub fn asked_on(&self, date: NaiveDate) -> bool {
        !self.is_lost || self.lost_on.is_some_and(|lost| date < lost)
    }

    /// Whether nobody can have seen the infant alive: after the day of a loss.
    fn gone_by(&self, date: NaiveDate) -> bool {
        self.is_lost && self.lost_on.is_some_and(|lost| date > lost)
    }
}

/// What a note rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The infants of the family.
    pub infants: &'a [Infant],
    /// Everybody of it.
    pub people: &'a [Person],
    /// Its children, of whom a concern can be.
    pub children: &'a [PersonId],
    /// Its concerns that go on.
    pub going_on: &'a [ConcernId],
    /// The present instant.
    pub now: Timestamp,
    /// The latest instant that the log knows of: `now`, or later where the clock was
    /// set back.
    pub known: Timestamp,
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
    /// Signed more than 24 hours after it ended, by the clock or by the log.
    pub late: bool,
}

/// Says whether a note can be signed now, or all that is missing.
///
/// # Errors
/// Every gap, in the order of the screen.
pub fn check(entry: &ContactEntry, facts: Facts<'_>) -> Result<Ready, Vec<Gap>> {
    let Facts { infants, now, .. } = facts;
    let mut gaps = Vec::new();
    if entry.kind.is_none() {
        gap(&mut gaps, NoteGap::NoKind);
    }
    if entry.outcome.is_none() {
        gap(&mut gaps, NoteGap::NoOutcome);
    }
    let asked = asked_of(entry);
    let held = check_when(entry, asked, now, &mut gaps);
    let day = held.map_or(now.date(), |held| held.date);
    check_brought(entry, infants, day, &mut gaps);
    check_gone(entry, facts.people, day, &mut gaps);
    if let Some(asked) = asked {
        check_who(entry, asked, &mut gaps);
        if asked.infants == Ask::Needed {
            check_infants(entry, infants, day, &mut gaps);
        }
        check_text(entry, asked, &mut gaps);
    }
    let concern = match entry.safety {
        Some(Safety::NewOrWorse) => {
            let facts = concern::Facts { children: facts.children, held_at: held.as_ref().map(When::instant), now };
            concern::check(&entry.concern, facts, &mut gaps)
        }
        Some(Safety::AsBefore) => {
            check_as_before(entry, facts.going_on, &mut gaps);
            None
        }
        _ => None,
    };
    let next_visit = check_next_visit(entry, now, &mut gaps);
    match (entry.kind, entry.outcome, held) {
        (Some(kind), Some(outcome), Some(held)) if gaps.is_empty() => {
            let held_at = held.instant();
            let ended = held.until_instant().unwrap_or(held_at);
            let late = is_late(ended, now) || is_late(ended, facts.known);
            Ok(Ready { kind, outcome, held_at, minutes: held.minutes(), next_visit, concern, late })
        }
        _ => Err(gaps),
    }
}

/// Whether a note on what `ended` then is late at an instant.
#[must_use]
pub const fn is_late(ended: Timestamp, at: Timestamp) -> bool {
    at.0 - ended.0 > LATE_AFTER_MINUTES * 60_000
}

/// What of an entry will stand once it is signed: what its kind and outcome do
/// not ask for falls away, and an infant who was not born yet is said to be so.
#[must_use]
pub fn standing(mut entry: ContactEntry, facts: Facts<'_>) -> ContactEntry {
    let Facts { infants, now, .. } = facts;
    entry.earlier = if entry.safety == Some(Safety::AsBefore) { as_before(&entry, facts.going_on) } else { Vec::new() };
    if entry.safety != Some(Safety::AsBefore) {
        entry.changed.clear();
    }
    entry.concern.children = concern::children(&entry.concern, facts.children);
    let Some(asked) = asked_of(&entry) else { return entry };
    if entry.outcome.is_some_and(asked::without_infants) {
        entry.present.retain(|there| !infants.iter().any(|infant| infant.id == *there));
    }
    if asked.infants == Ask::NotAsked {
        entry.infants.clear();
        entry.not_seen_why.clear();
        return entry;
    }
    let held_on = held(&entry, now).map_or(now.date(), |held| held.date);
    for infant in infants.iter().filter(|infant| !infant.born_by(held_on) && infant.asked_on(held_on)) {
        if !entry.infants.iter().any(|seen| seen.person == infant.id) {
            entry.infants.push(InfantSeen { person: infant.id, state: InfantState::NotBorn });
        }
    }
    entry
}

/// When a contact was, from its start and its end as typed.
///
/// # Errors
/// A refusal whose sentence says what to type instead.
pub fn held(entry: &ContactEntry, now: Timestamp) -> Result<When, when::WhenRefused> {
    when::parse_with_end(&entry.when, &entry.until, Lean::Past, now)
}

fn asked_of(entry: &ContactEntry) -> Option<Asked> {
    Some(asked::asked(entry.kind?, entry.outcome?))
}

/// When a contact was, as far as it can be read; what is wrong with it is a gap.
pub fn check_when(entry: &ContactEntry, asked: Option<Asked>, now: Timestamp, gaps: &mut Vec<Gap>) -> Option<When> {
    let held = match when::parse(&entry.when, Lean::Past, now).map(|start| (start, held(entry, now))) {
        Ok((start, _)) if start.time.is_none() => {
            gap(gaps, NoteGap::NoTime);
            return None;
        }
        Ok((_, Ok(held))) => held,
        Ok((_, Err(refusal))) => {
            gap(gaps, Error::from(refusal).at("until"));
            return None;
        }
        Err(refusal) => {
            gap(gaps, Error::from(refusal).at("when"));
            return None;
        }
    };
    if held.instant() > now {
        gap(gaps, NoteGap::InFuture);
        return None;
    }
    if held.date < now.date() - Days::new(LONGEST_AGO_DAYS) {
        gap(gaps, NoteGap::LongAgo);
        return None;
    }
    match held.until_instant() {
        Some(until) if until > now => gap(gaps, NoteGap::EndInFuture),
        None if asked.is_some_and(|asked| asked.end == Ask::Needed) => {
            gap(gaps, NoteGap::NoEnd);
        }
        _ => {}
    }
    Some(held)
}

/// Whether it is said who was there.
pub fn check_who(entry: &ContactEntry, asked: Asked, gaps: &mut Vec<Gap>) {
    if asked.present == Ask::Needed && entry.present.is_empty() && empty(&entry.others) {
        gap(gaps, NoteGap::Nobody);
    }
}

/// Whether there was a baby to bring on that day: not before a birth nor after a
/// loss, though the draft is of before it was recorded.
fn check_brought(entry: &ContactEntry, infants: &[Infant], day: NaiveDate, gaps: &mut Vec<Gap>) {
    let to_bring = infants.iter().any(|infant| infant.born_by(day) && infant.asked_on(day));
    let living = infants.iter().any(|infant| infant.born_by(day) && !infant.is_lost);
    match entry.outcome {
        Some(outcome) if asked::offered(outcome, to_bring, living) => {}
        Some(Outcome::WasNotBrought) => gap(gaps, NoteGap::NobodyToBring),
        Some(_) => gap(gaps, NoteGap::ToBeBrought),
        None => {}
    }
}

/// Whether everybody who is said to have been there can have been.
pub fn check_gone(entry: &ContactEntry, people: &[Person], day: NaiveDate, gaps: &mut Vec<Gap>) {
    let gone = |person: &Person| person.loss.is_some() && person.lost_on.is_some_and(|lost| lost < day);
    if people.iter().any(|person| gone(person) && entry.present.contains(&person.id)) {
        gap(gaps, NoteGap::Gone);
    }
}

/// Whether it is said of each infant how they were, and that can have been.
pub fn check_infants(entry: &ContactEntry, infants: &[Infant], held_on: NaiveDate, gaps: &mut Vec<Gap>) {
    let state = |infant: &Infant| entry.infants.iter().find(|seen| seen.person == infant.id).map(|seen| seen.state);
    for (index, infant) in infants.iter().enumerate() {
        let name = &infant.name;
        let (refusal, message) = match (infant.born_by(held_on), state(infant)) {
            (_, None) if !infant.asked_on(held_on) => continue,
            (true, Some(_)) if infant.gone_by(held_on) => {
                (InfantGap::AfterLoss, format!("{name} had died by then. Check the date, or clear the choice for {name}."))
            }
            (true, None) => (InfantGap::NoState, format!("Say how {name} was, or that {name} was not seen.")),
            (true, Some(InfantState::NotBorn)) => (InfantGap::BornAlready, format!("{name} was born by then. Say how {name} was.")),
            (true, Some(state)) if state != InfantState::NotSeen && entry.absent.contains(&infant.id) => {
                (InfantGap::ThereOrNot, format!("{name} is marked as not there, but was seen. Change one of the two."))
            }
            (true, Some(InfantState::NotSeen)) if entry.present.contains(&infant.id) => {
                (InfantGap::ThereOrNot, format!("{name} is marked as there, but not seen. Change one of the two."))
            }
            (false, Some(state)) if state != InfantState::NotBorn => {
                (InfantGap::BeforeBirth, format!("{name} was not born on that day. Check the date, or clear the choice for {name}."))
            }
            _ => continue,
        };
        gap(gaps, refusal.says(capitalised(&message)).at(&format!("infants.{index}")));
    }
    if matches!(entry.safety, Some(Safety::NoNewConcern | Safety::AsBefore)) {
        check_why_not_seen(entry, infants, gaps);
    }
}

/// Whether it is said why an infant was not seen.
pub fn check_why_not_seen(entry: &ContactEntry, infants: &[Infant], gaps: &mut Vec<Gap>) {
    let state = |infant: &Infant| entry.infants.iter().find(|seen| seen.person == infant.id).map(|seen| seen.state);
    let not_seen = infants.iter().find(|infant| state(infant) == Some(InfantState::NotSeen));
    if let Some(Infant { name, .. }) = not_seen
        && empty(&entry.not_seen_why)
    {
        let message = format!("{name} was not seen. Say why.");
        gap(gaps, InfantGap::NotSeenWhy.says(capitalised(&message)).at("notSeenWhy"));
    }
}

/// A sentence that may begin with `the infant`, where nobody is named.
fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How many cues are told: what stands on a line of its own, or between commas,
/// semicolons and full stops.
fn cues(told: &str) -> usize {
    told.split(['\n', ',', ';', '.', '!', '?']).filter(|cue| cue.contains(char::is_alphabetic)).count()
}

/// What a baby shows is told before it is read, and never read from one cue alone.
fn check_reading(entry: &ContactEntry, gaps: &mut Vec<Gap>) {
    let is_read = !empty(&entry.baby_reading) || !empty(&entry.baby_changed);
    match cues(&entry.baby_told) {
        0 if is_read => gap(gaps, ReadingGap::NoCue),
        1 if !empty(&entry.baby_reading) => gap(gaps, ReadingGap::OneCue),
        _ => {}
    }
}

fn check_text(entry: &ContactEntry, asked: Asked, gaps: &mut Vec<Gap>) {
    check_reading(entry, gaps);
    if asked.did == Ask::Needed && entry.did.iter().all(|did| empty(did)) {
        gap(gaps, NoteGap::NothingDone);
    }
    if asked.saw == Ask::Needed && empty(&entry.saw) {
        gap(gaps, NoteGap::NothingSeen);
    }
    if asked.told == Ask::Needed && empty(&entry.told) && empty(&entry.saw) {
        gap(gaps, NoteGap::NothingTold);
    }
    if asked.safety == Ask::Needed && entry.safety.is_none() {
        gap(gaps, NoteGap::NoSafety);
    }
    if asked.plan == Ask::Needed && empty(&entry.plan) {
        gap(gaps, NoteGap::NoPlan);
    }
}

/// A concern can go on as before only where one does, and says what has changed.
fn check_as_before(entry: &ContactEntry, going_on: &[ConcernId], gaps: &mut Vec<Gap>) {
    if going_on.is_empty() {
        return gap(gaps, NoteGap::NoneBefore);
    }
    if as_before(entry, going_on).is_empty() {
        gap(gaps, NoteGap::WhichBefore);
    }
    if empty(&entry.changed) {
        gap(gaps, NoteGap::NothingChanged);
    }
}

/// Which concerns go on as before: those that were named, or the only one.
fn as_before(entry: &ContactEntry, going_on: &[ConcernId]) -> Vec<ConcernId> {
    match going_on {
        [only] => vec![*only],
        all => entry.earlier.iter().copied().filter(|named| all.contains(named)).collect(),
    }
}

fn check_next_visit(entry: &ContactEntry, now: Timestamp, gaps: &mut Vec<Gap>) -> Option<Timestamp> {
    if empty(&entry.next_visit) {
        return None;
    }
    match when::parse(&entry.next_visit, Lean::Future, now) {
        Ok(next) if next.time.is_none() => {
            gap(gaps, NoteGap::NextNoTime);
        }
        Ok(next) if next.instant() <= now => {
            gap(gaps, NoteGap::NextPast);
        }
        Ok(next) => return Some(next.instant()),
        Err(refusal) => gap(gaps, Error::from(refusal).at("nextVisit")),
    }
    None
}

fn empty(text: &str) -> bool {
    text.trim().is_empty()
}

fn gap(gaps: &mut Vec<Gap>, refusal: impl Into<Error>) {
    gaps.push(Gap::of(refusal.into()));
}

refusals! {
    /// What a note needs before it is signed.
    pub enum NoteGap {
        NoKind "note_no_kind" at "kind" => "Choose how the contact was made.",
        NoOutcome "note_no_outcome" at "outcome" => "Choose what happened.",
        NoTime "note_no_time" at "when" => "Enter the time of the contact, for example today 14:00-15:05.",
        InFuture "note_in_future" at "when" => "That time is in the future. Enter when the contact took place.",
        LongAgo "note_long_ago" at "when" => "That is more than a year ago. Check the year.",
        EndInFuture "note_end_in_future" at "until" => "That end is in the future. Enter when the contact ended.",
        NoEnd "note_no_end" at "until" => "Enter when it ended, or how many minutes it took.",
        Nobody "note_nobody" at "present" => "Say who was there.",
        Gone "note_present_after_loss" at "present" => "Somebody who is marked as there had died before that day. Check the date, or take them out.",
        NobodyToBring "note_nobody_to_bring" at "outcome" => "There was no baby to bring on that day. Check the date, or choose something else.",
        ToBeBrought "note_to_be_brought" at "outcome" => "A baby was to be brought on that day. Choose “Was not brought”, or that they cancelled.",
        NothingDone "note_nothing_done" at "did" => "Add what you did together.",
        NothingSeen "note_nothing_seen" at "saw" => "Write what you saw.",
        NothingTold "note_nothing_told" at "told" => "Write what they told you.",
        NoSafety "note_no_safety" at "safety" => "Choose one of those under Safety.",
        NoneBefore "note_none_before" at "safety" => "This family has no earlier concern that continues. Choose another under Safety.",
        WhichBefore "note_which_before" at "earlier" => "Choose which concern you mean.",
        NothingChanged "note_nothing_changed" at "changed" => "Write what has changed about it since, even if nothing has.",
        NoPlan "note_no_plan" at "plan" => "Write the plan, even if it is only who does what next.",
        NextNoTime "note_next_no_time" at "nextVisit" => "Enter the time of the next visit, for example +7d 10:30.",
        NextPast "note_next_past" at "nextVisit" => "The next visit is in the past. Type a later date, or leave it blank.",
    }
}

refusals! {
    /// What a reading of a baby rests on.
    pub enum ReadingGap {
        NoCue "note_no_cue" at "babyTold" => "Write what the baby showed: what you saw and heard, before what you make of it.",
        OneCue "note_one_cue" at "babyReading" => "One cue alone is not enough for a reading. Add another that you saw or heard, after a comma or on a new line, or leave the reading blank.",
    }
}

refusals! {
    /// What a note needs to say of each infant.
    pub enum InfantGap {
        NoState "note_no_state",
        BornAlready "note_born_already",
        ThereOrNot "note_there_or_not",
        BeforeBirth "note_before_birth",
        AfterLoss "note_after_loss",
        NotSeenWhy "note_not_seen_why",
    }
}

#[cfg(test)]
mod tests;
