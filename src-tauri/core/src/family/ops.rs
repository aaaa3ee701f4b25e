//! Adding a family, its banner, its allocation.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::access;
use crate::codes::Code;
use crate::cover::rows as covers;
use crate::error::{Error, Result};
use crate::family::entering::{self, Facts, NewFamily, Workers};
use crate::family::flags;
use crate::family::{
    AddFamily, Banner, Episode, EpisodeId, EpisodeSaved, EpisodeView, FamilyAdded, FamilyRefused, FlagKind, OfFamily, PeopleView,
    StaffChoice,
};
use crate::family::{FamiliesInError, Family, FamilyInError, Flag, UnsignedNote, flag_rows};
use crate::family::{episodes, rows as families};
use crate::ids::{FamilyId, RecordedId, UserId};
use crate::in_error::Struck;
use crate::in_error::ops as in_error;
use crate::in_error::rows as marks;
use crate::op::Op;
use crate::person::alike;
use crate::person::entering::at_index;
use crate::person::rows as people_store;
use crate::person::{FamilyRole, Person};
use crate::person::{age, words as person_words};
use crate::reader::Reader;
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::store::{drafts, entries};
use crate::time::{Timestamp, day_time_words, day_words};
use crate::typed::choice;
use crate::user::rows as users;
use crate::user::{Role, User};

/// Who looks after a family.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Allocate {
    /// The episode.
    pub episode: EpisodeId,
    /// Its key worker.
    pub key_worker: Option<UserId>,
    /// Its therapist.
    pub therapist: Option<UserId>,
    /// A partner worker it is shared with.
    pub partner_worker: Option<UserId>,
    /// The log position the form was read at.
    pub seen: i64,
}

/// Every family by case reference, without names.
#[derive(Debug, Clone, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FamiliesIndex {
    /// By case reference.
    pub families: Vec<FamilyReference>,
    /// How many more there are.
    pub more: u32,
}

/// Which case references.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FamiliesIndexRequest {
    /// A part of the reference; empty for all.
    #[serde(default)]
    pub part: String,
    /// How many are shown; a hundred if it is not said.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A family by its case reference.
#[derive(Debug, Clone, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FamilyReference {
    /// The family.
    pub family: FamilyId,
    /// Its case reference.
    pub reference: String,
}

/// Adds a family with its people and an open episode of care.
///
/// # Errors
/// See [`FamilyRefused`]; a field of the third person is `people.2.number`.
pub fn add_family(session: &mut Session, request: AddFamily) -> Result<Reply<FamilyAdded>> {
    let me = session.user().clone();
    session.transact(Op::AddFamily, |tx| {
        let facts = Facts { reference: new_reference(tx, tx.now())?, me: &me, staff: &users::all(tx)?, now: tx.now() };
        let NewFamily { family, people, episode } = entering::add(&request, facts, &mut || tx.new_id())?;
        tx.create(&family)?;
        for (index, person) in people.iter().enumerate() {
            alike::check_number(tx, &me, person).map_err(|error| at_index(error, index))?;
            tx.create(person)?;
        }
        tx.create(&episode)?;
        Ok(FamilyAdded {
            family: family.id,
            people: people.iter().map(|person| person.id).collect(),
            episode: episode.id,
            words: format!("{} was added. Saved on this laptop.", family.reference),
            reference: family.reference,
        })
    })
}

/// Allocates a family's workers.
///
/// # Errors
/// `not_yours`, `changed_since`, or who cannot be allocated.
pub fn allocate(session: &mut Session, request: Allocate) -> Result<Reply<EpisodeSaved>> {
    let episode = session.known(episodes::find(session.conn(), request.episode)?, "allocate")?;
    session.allow(episode.family, "allocate")?;
    let Allocate { key_worker, therapist, partner_worker, .. } = request;
    session.transact(Op::Allocate, |tx| {
        let after = entering::allocate(&episode, Workers { key_worker, therapist, partner_worker }, &users::all(tx)?)?;
        tx.amend(&episode, &after, request.seen)?;
        Ok(EpisodeSaved { id: episode.id, unsigned: unsigned_words(tx, &episode)? })
    })
}

/// The banner of a family.
///
/// # Errors
/// `not_yours`.
pub fn banner(reader: &Reader<'_>, request: OfFamily) -> Result<Banner> {
    let reader = &reader.open_to_finish(request.family, "banner")?;
    banner_of(reader.conn, request.family, reader.now)
}

/// The people of a family, its allocation and flags.
///
/// # Errors
/// `not_yours`.
pub fn people_of(reader: &Reader<'_>, request: OfFamily) -> Result<PeopleView> {
    let reader = &reader.open(request.family, "people")?;
    people_view(reader.conn, reader.user, request.family, reader.now)
}

/// Families by case reference, for information governance.
///
/// # Errors
/// When the read log could not be written.
pub fn families_index(reader: &Reader<'_>, request: FamiliesIndexRequest) -> Result<FamiliesIndex> {
    let reader = &reader.listed("families_index")?;
    let (found, more) = families::references(reader.conn, &request.part, request.limit.unwrap_or(100))?;
    let families = found.into_iter().map(|(family, reference)| FamilyReference { family, reference }).collect();
    Ok(FamiliesIndex { families, more })
}

/// The families that were entered in error: a lead takes the mark back where it was the mistake.
///
/// # Errors
/// When the read log could not be written.
pub fn families_in_error(reader: &Reader<'_>, _: Nothing) -> Result<FamiliesInError> {
    let reader = &reader.listed("families_in_error")?;
    let each = |family: Family| {
        let mark = marks::marks(reader.conn, family.id.0)?.into_iter().next_back();
        let words = in_error::words(reader.conn, family.id.0)?;
        Ok(mark.map(|mark| FamilyInError { family: family.id, mark: RecordedId(mark.id.0), reference: family.reference, words }))
    };
    let found = families::in_error(reader.conn)?.into_iter().filter_map(|family| each(family).transpose());
    Ok(FamiliesInError { families: found.collect::<Result<_>>()? })
}

/// The banner of a family that has been opened.
///
/// # Errors
/// `not_yours` when there is none.
pub fn banner_of(conn: &Db, family: FamilyId, now: Timestamp) -> Result<Banner> {
    let record = families::find(conn, family)?.ok_or_else(access::not_yours)?;
    let people = people_store::of(conn, family)?;
    let infants: Vec<_> = people.iter().filter(|person| person.role == FamilyRole::Infant).collect();
    let episode = episodes::latest(conn, family)?;
    let worker = |user: Option<UserId>| user.map_or_else(|| Ok("Not allocated".to_owned()), |user| users::name(conn, user));
    Ok(Banner {
        family,
        reference: record.reference.clone(),
        whose: person_words::whose(&people, &record.reference),
        infants: infants.iter().map(|person| person_words::view(person, now)).collect(),
        carers: person_words::carers(&people),
        needs: person_words::needs_of(&people),
        key_worker: worker(episode.as_ref().and_then(|e| e.key_worker))?,
        therapist: worker(episode.as_ref().and_then(|e| e.therapist))?,
        flags: flags::of(conn, &record, now),
        similar: alike::similar_on_caseload(conn, family, &infants)?,
        open: episode.is_some_and(|episode| episode.closed_on.is_none()),
    })
}

/// What a family is called in lists: its infants.
#[must_use]
pub fn family_name(people: &[Person]) -> String {
    person_words::infants(people)
}

/// Whose record it is, with what tells it from every other: `O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q`.
///
/// # Errors
/// `not_yours` when there is none.
pub fn whose(conn: &Db, family: FamilyId) -> Result<String> {
    whose_of(conn, family, &people_store::of(conn, family)?)
}

/// The same of people who have been read.
///
/// # Errors
/// `not_yours` when there is none.
pub fn whose_of(conn: &Db, family: FamilyId, people: &[Person]) -> Result<String> {
    let record = families::find(conn, family)?.ok_or_else(access::not_yours)?;
    Ok(person_words::whose(people, &record.reference))
}

fn people_view(conn: &Db, reader: &User, family: FamilyId, now: Timestamp) -> Result<PeopleView> {
    let episode = episodes::latest(conn, family)?.ok_or_else(|| Error::from(FamilyRefused::NoOpenEpisode))?;
    let people = people_store::of(conn, family)?;
    let flags = flag_rows::standing(conn, family)?;
    let here = people.iter().map(|person| person.id.0).chain(flags.iter().map(|flag| flag.id.0)).chain([family.0]);
    let may_mark = here.map(|row| Ok((row, in_error::may_mark(conn, reader, row)?))).collect::<Result<Vec<_>>>()?;
    Ok(PeopleView {
        banner: banner_of(conn, family, now)?,
        people: people.iter().map(|person| person_words::view(person, now)).collect(),
        may_mark: may_mark.into_iter().filter(|(_, may)| *may).map(|(row, _)| RecordedId(row)).collect(),
        struck: if reader.role.reads_all() { struck(conn, family)? } else { Vec::new() },
        episode: EpisodeView {
            cover: cover_words(conn, reader, &episode)?,
            ..episode_view(&episode, if reader.role == Role::ServiceLead { unsigned(conn, &episode)? } else { Vec::new() }, now.date())
        },
        staff: users::all(conn)?.iter().filter(|user| user.active && user.role.is_clinical()).map(staff_choice).collect(),
        may_allocate: reader.role == Role::ServiceLead,
        // A partner worker may know whom it is about.
        flag_reasons: if reader.role.reads_all() { flags::reasons(conn, family)? } else { Vec::new() },
        flag_kinds: choice::choices::<FlagKind>(),
    })
}

/// The people and flags of a family that were entered in error.
fn struck(conn: &Db, family: FamilyId) -> Result<Vec<Struck>> {
    let people = entries::kept_in_order::<Person>(conn, family)?;
    let flags = entries::kept_in_order::<Flag>(conn, family)?;
    let people =
        people.iter().map(|person| (person.id.0, format!("{}, {}", person_words::display(person), person.role.words().to_lowercase())));
    let flags = flags.iter().map(|flag| (flag.id.0, flags::words(flag)));
    in_error::struck(conn, people.chain(flags))
}

/// `Niamh has an unsigned note about this family, saved Mon 23-Nov-2026, 15:21, and can finish it.`; empty if nobody has.
fn unsigned_words(conn: &Db, episode: &Episode) -> Result<String> {
    Ok(unsigned(conn, episode)?.into_iter().map(|note| note.words).collect::<Vec<_>>().join(" "))
}

/// Who covers for whom as the key worker, and to the team why. A family that was given to somebody else since is not covered.
fn cover_words(conn: &Db, reader: &User, episode: &Episode) -> Result<String> {
    let Some(cover) = covers::lasting_in(conn, episode.id, episode.key_worker)? else { return Ok(String::new()) };
    let words = cover.words(&users::name(conn, cover.covered_by)?, &users::name(conn, cover.of)?);
    Ok(if reader.role.reads_all() { format!("{words}: {}", cover.reason) } else { words })
}

/// Who has an unsigned note of a family, and who of them can finish it.
fn unsigned(conn: &Db, episode: &Episode) -> Result<Vec<UnsignedNote>> {
    let each = |(author, saved_at): (UserId, Timestamp)| {
        let writer = users::find(conn, author)?;
        let finishes = writer.as_ref().is_some_and(|writer| writer.active && writer.role.is_clinical());
        let (who, when) = (users::name(conn, author)?, day_time_words(saved_at.local()));
        let can = if finishes { ", and can finish it" } else { "" };
        Ok(UnsignedNote { begun_by: author, words: format!("{who} has an unsigned note about this family, saved {when}{can}.") })
    };
    let authors = drafts::authors(conn, drafts::Of { about: episode.id.0, form: crate::contact::NOTE })?;
    authors.into_iter().map(each).collect()
}

fn episode_view(episode: &Episode, unsigned: Vec<UnsignedNote>, today: NaiveDate) -> EpisodeView {
    let words = match episode.closed_on {
        Some(closed) => format!("Closed {}", day_words(closed)),
        None => {
            // With a clock that was set back there is no length yet.
            let length = age::age_at(episode.opened_on, today).map(|length| format!(" ({length})")).unwrap_or_default();
            format!("Open since {}{length}", day_words(episode.opened_on))
        }
    };
    EpisodeView {
        id: episode.id,
        words,
        key_worker: episode.key_worker,
        therapist: episode.therapist,
        partner_worker: episode.partner_worker,
        cover: String::new(),
        unsigned,
    }
}

pub(crate) fn staff_choice(user: &User) -> StaffChoice {
    StaffChoice { id: user.id, words: format!("{} ({}, {})", user.name, user.role.words(), user.organisation), role: user.role }
}

/// A short case reference without meaning: `F-7K2Q`.
fn new_reference(tx: &crate::store::tx::Tx<'_>, now: Timestamp) -> Result<String> {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let year = now.date().format("%y");
    loop {
        let id: FamilyId = tx.new_id();
        let hash = blake3::hash(id.0.as_bytes());
        let letters: String = hash.as_bytes()[..4].iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect();
        let reference = format!("F{year}-{letters}");
        if !families::reference_taken(tx, &reference)? {
            return Ok(reference);
        }
    }
}
