//! Writing a note: opening the editor, keeping the draft, checking, signing.

use serde::{Deserialize, Serialize};

use crate::access;
use crate::codes::{Code, refusals};
use crate::concern::ops as concerns;
use crate::concern::rows as concern_store;
use crate::concern::{Concern, ConcernForm, ConcernId, Danger, ParentTold, Police};
use crate::contact::meant::Kept;
use crate::contact::rows as contacts;
use crate::contact::{
    CheckStrip, Contact, ContactEntry, ContactId, ContactKind, InfantState, LastPlan, NoteForm, Outcome as ContactOutcome, PersonChip,
    Phrase, Safety, Signature,
};
use crate::contact::{asked, check_words, signing};
use crate::error::{Error, Result};
use crate::family::episodes;
use crate::family::ops as families;
use crate::family::{Episode, EpisodeId, FamilyRefused, OfFamily};
use crate::ids::{FamilyId, UserId};
use crate::op::Op;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person, PersonId};
use crate::reader::{Opened, Reader};
use crate::record::Topic;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::clocks;
use crate::store::db::Db;
use crate::store::drafts;
use crate::store::drafts::Of;
use crate::team::code_list;
use crate::team::code_list::{Chosen, ListName};
use crate::team::list_rows as lists;
use crate::time::{Timestamp, date_words, day_time_words, day_words, time_words};
use crate::typed::choice;
use crate::typed::choice::Choice;
use crate::user::User;

/// A note being written in an episode.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InEpisode {
    /// The episode.
    pub episode: EpisodeId,
    /// What is typed so far.
    pub entry: ContactEntry,
}

/// Names an episode.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfEpisode {
    /// The episode.
    pub episode: EpisodeId,
}

/// A draft that is on disk.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DraftSaved {
    /// `15:21`.
    pub saved: String,
    /// `Draft · saved 15:21`.
    pub words: String,
}

/// A signed note.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Signed {
    /// Which.
    pub contact: ContactId,
    /// `Signed 15:23. Saved on this laptop.`
    pub words: String,
}

/// The form of a note among the drafts.
pub const FORM: &str = crate::contact::NOTE;

/// The draft of a note.
#[must_use]
pub fn draft_of(episode: EpisodeId) -> Of<'static> {
    Of { about: episode.0, form: FORM }
}

/// Opens the editor on a family. Writes nothing but the read log.
///
/// # Errors
/// `not_yours`, or that the episode is closed.
pub fn open_note(reader: &Reader<'_>, request: OfFamily) -> Result<NoteForm> {
    let reader = &reader.open_to_finish(request.family, "open_note")?;
    let episode = open_episode(episodes::latest(reader.conn, request.family)?)?;
    let people = people::of(reader.conn, request.family)?;
    let going_on = going_on(reader.conn, reader.user, request.family)?;
    let draft = drafts::of(reader.conn, reader.user.id, draft_of(episode.id))?;
    let entry = draft.as_ref().map(|draft| read_draft(&draft.body)).transpose()?.map(|kept| kept.spell_out(kept.entry.clone()));
    let ConcernForm { people: chips, danger, danger_words, police, parent_told, phrases } = concern_form(&people, reader.now)?;
    Ok(NoteForm {
        family: request.family,
        episode: episode.id,
        saving_to: families::family_name(&people),
        whose: families::whose_of(reader.conn, request.family, &people)?,
        entry: entry.unwrap_or_else(|| blank(reader.now)),
        booked: booked(reader, &episode)?.map(|at| day_time_words(at.local())),
        meets: ContactOutcome::ALL.iter().copied().filter(|outcome| outcome.met()).collect(),
        without_infants: ContactOutcome::ALL.iter().copied().filter(|outcome| asked::without_infants(*outcome)).collect(),
        sees: ContactKind::ALL.iter().copied().filter(|kind| asked::can_see(*kind)).collect(),
        draft_saved: draft.map(|draft| day_time_words(draft.saved_at.local())),
        people: chips,
        kinds: choice::choices::<ContactKind>(),
        outcomes: offered(&people),
        states: choice::keyed::<InfantState>(&["A", "S", "F", "U", "X", "Z"]),
        activities: code_list::choices(&lists::entries(reader.conn, ListName::Activity)?),
        safety: safety_choices(going_on.is_empty()),
        concerns: concern_choices(reader.conn, &going_on)?,
        danger,
        danger_words,
        police,
        parent_told,
        phrases,
        // Who finishes a note of a family that is theirs no more reads no story of it.
        last_plan: if access::may_open(reader.conn, reader.user, request.family)? {
            last_plan(reader.conn, &episode, &people)?
        } else {
            None
        },
        official_record: "Attune is the team’s working record. The official record is encompass: copy anything that belongs there."
            .to_owned(),
    })
}

/// Keeps what is typed so far, whatever it is. Nothing is checked.
///
/// # Errors
/// `not_yours`, or a fault of the disk.
pub fn save_draft(session: &mut Session, request: InEpisode) -> Result<Reply<DraftSaved>> {
    let episode = session.known(episodes::find(session.conn(), request.episode)?, "save_draft")?;
    session.allow_to_finish(episode.family, "save_draft")?;
    let author = session.user().id;
    let before = drafts::of(session.conn(), author, draft_of(request.episode))?;
    let known = before.as_ref().map(|before| read_draft(&before.body)).transpose()?;
    let kept = Kept::of(request.entry, known.as_ref(), session.now());
    let body = serde_json::to_string(&kept).map_err(|_| Error::internal("draft"))?;
    let saved_at = session.locally(|conn, now| drafts::keep(conn, author, draft_of(request.episode), &body, None, now).map(|()| now))?;
    let saved = time_words(saved_at.local());
    let words = format!("Draft · saved {saved}");
    let touched = if before.is_none() { vec![Topic::Draft] } else { Vec::new() };
    Ok(Reply::touching(DraftSaved { saved, words }, touched))
}

/// Throws the reader's own draft away.
///
/// # Errors
/// `not_yours`, or a fault of the disk.
pub fn discard_draft(session: &mut Session, request: OfEpisode) -> Result<Reply<crate::reply::Nothing>> {
    let episode = session.known(episodes::find(session.conn(), request.episode)?, "discard_draft")?;
    session.allow_to_finish(episode.family, "discard_draft")?;
    let author = session.user().id;
    session.locally(|conn, _| drafts::discard(conn, author, draft_of(request.episode)))?;
    Ok(Reply::touching(crate::reply::Nothing {}, [Topic::Draft]))
}

/// What the writer reads before signing, with all that is missing.
///
/// # Errors
/// `not_yours`.
pub fn check_contact(reader: &Reader<'_>, request: InEpisode) -> Result<CheckStrip> {
    let family = reader.known(|conn| Ok(episodes::find(conn, request.episode)?.map(|episode| episode.family)), "open_note")?;
    let reader = &reader.open_to_finish(family, "open_note")?;
    let people = people::of(reader.conn, family)?;
    let (infants, children, going_on) = (infants(&people), children(&people, reader.now), going_on(reader.conn, reader.user, family)?);
    let going_on_ids: Vec<ConcernId> = going_on.iter().map(|concern| concern.id).collect();
    let known = clocks::latest_known(reader.conn, reader.now)?;
    let facts = signing::Facts { infants: &infants, people: &people, children: &children, going_on: &going_on_ids, now: reader.now, known };
    let typed = of_this_family(as_meant(reader.conn, reader.user.id, request.episode, request.entry)?, &people);
    let checked = signing::check(&typed, facts);
    let booked = contacts::next_visit(reader.conn, request.episode)?;
    let mut entry = signing::standing(typed, facts);
    let before: Vec<Concern> = going_on.into_iter().filter(|concern| entry.earlier.contains(&concern.id)).collect();
    let before: Vec<String> = concern_choices(reader.conn, &before)?.into_iter().map(|choice| choice.words).collect();
    let activities = lists::entries(reader.conn, ListName::Activity)?;
    entry.did.iter_mut().for_each(|did| *did = Chosen::of(&activities, did).words);
    Ok(CheckStrip {
        whose: families::whose_of(reader.conn, family, &people)?,
        contact: check_words::contact(&entry, reader.now),
        lines: check_words::lines(&entry, &person_words::called(&people), booked, &before, reader.now),
        late: checked.as_ref().ok().filter(|ready| ready.late).map(|ready| check_words::late(ready, facts)),
        missing: checked.err().unwrap_or_default(),
    })
}

/// Signs a note: one operation that keeps it for good, raises its concern and
/// takes its draft away.
///
/// # Errors
/// The first gap, `not_yours`, or a fault of the disk; then the draft stands.
pub fn sign_contact(session: &mut Session, request: InEpisode) -> Result<Reply<Signed>> {
    let found = session.known(episodes::find(session.conn(), request.episode)?, "sign_contact")?;
    session.allow_to_finish(found.family, "sign_contact")?;
    let episode = open_episode(Some(found))?;
    let me = session.user().clone();
    let organisation = me.organisation.clone();
    session.transact(Op::SignContact, |tx| {
        let people = people::of(tx, episode.family)?;
        let (infants, children) = (infants(&people), children(&people, tx.now()));
        let going_on: Vec<ConcernId> = going_on(tx, &me, episode.family)?.iter().map(|concern| concern.id).collect();
        let known = clocks::latest_known(tx, tx.now())?;
        let facts = signing::Facts { infants: &infants, people: &people, children: &children, going_on: &going_on, now: tx.now(), known };
        let typed = of_this_family(as_meant(tx, tx.actor(), episode.id, request.entry)?, &people);
        let nameless = nameless(&infants);
        let ready = signing::check(&typed, signing::Facts { infants: &nameless, ..facts }).map_err(|gaps| first_gap(&gaps))?;
        let draft = drafts::of(tx, tx.actor(), draft_of(episode.id))?;
        let begun_by = draft.map(|draft| read_draft(&draft.body)).transpose()?.and_then(|kept| kept.begun_by);
        let by = Signature { episode: episode.id, family: episode.family, at: tx.now(), by: tx.actor(), organisation, begun_by };
        let entry = signing::standing(typed, facts);
        let contact = Contact::signed(tx.new_id(), &ready, entry, &lists::entries(tx, ListName::Activity)?, by);
        tx.create(&contact)?;
        if let Some(concern) = ready.concern {
            tx.create(&Concern::raised(concern, episode.family, Some(contact.id), tx.written()))?;
        }
        drafts::remove(tx, tx.actor(), draft_of(episode.id))?;
        let words = format!("Signed {}. Saved on this laptop.", time_words(tx.now().local()));
        Ok(Signed { contact: contact.id, words })
    })
}

/// The concerns of a family that go on, which a note can say are as before: a
/// partner worker knows of none.
fn going_on(conn: &Db, user: &User, family: FamilyId) -> Result<Vec<Concern>> {
    if user.role.reads_all() { concern_store::going_on(conn, family) } else { Ok(Vec::new()) }
}

/// The infants of a family as the signing rule needs them.
#[must_use]
pub fn infants(people: &[Person]) -> Vec<signing::Infant> {
    people
        .iter()
        .filter(|person| person.role == FamilyRole::Infant)
        .map(|person| signing::Infant {
            id: person.id,
            name: person_words::familiar(person),
            born_on: person.born_on,
            is_lost: person.loss.is_some(),
            lost_on: person.lost_on,
        })
        .collect()
}

/// The children of a family, of whom a concern can be: infants, siblings and a parent
/// under 18, also one who has died.
#[must_use]
pub fn children(people: &[Person], now: Timestamp) -> Vec<PersonId> {
    people.iter().filter(|person| person.is_child_on(now.date())).map(|person| person.id).collect()
}

/// The choices under Safety. That a concern goes on as before is one of them
/// only while one does.
fn safety_choices(none_before: bool) -> Vec<Choice> {
    let mut choices = choice::keyed::<Safety>(&["N", "C", "!"]);
    choices.retain(|choice| !none_before || choice.code != Safety::AsBefore.code());
    choices
}

/// What can be answered when it is asked; that it was not is none of it.
fn asked_choices<C: Code>(choices: &[(C, &str)]) -> Vec<Choice> {
    let choice = |(code, key): &(C, &str)| Choice { code: code.code().to_owned(), words: code.words().to_owned(), key: (*key).to_owned() };
    choices.iter().map(choice).collect()
}

/// What is needed to ask for a new or worse concern in this family.
///
/// # Errors
/// When the phrases cannot be read.
pub fn concern_form(people: &[Person], now: Timestamp) -> Result<ConcernForm> {
    Ok(ConcernForm {
        people: chips(people, now),
        danger: asked_choices(&[(Danger::Now, "Y"), (Danger::NotNow, "N")]),
        danger_words: "If a child is in immediate danger, ring 999 now. Writing can wait.".to_owned(),
        police: choice::keyed::<Police>(&["Y", "N"]),
        parent_told: asked_choices(&[(ParentTold::Told, "Y"), (ParentTold::NotTold, "N")]),
        phrases: phrases()?,
    })
}

/// `Raised by Owen, Wed 18-Nov-2026, 14:01`.
///
/// # Errors
/// When the store fails.
pub fn concern_choices(conn: &Db, going_on: &[Concern]) -> Result<Vec<Choice>> {
    going_on
        .iter()
        .map(|concern| Ok(Choice { code: concern.id.to_string(), words: concerns::raised_words(conn, concern)?, key: String::new() }))
        .collect()
}

fn open_episode(episode: Option<Episode>) -> Result<Episode> {
    episode.filter(|episode| episode.closed_on.is_none()).ok_or_else(|| FamilyRefused::NoOpenEpisode.into())
}

/// The same infants without their names: a refusal may be printed, and names nobody.
fn nameless(infants: &[signing::Infant]) -> Vec<signing::Infant> {
    infants.iter().map(|infant| signing::Infant { name: "the infant".to_owned(), ..infant.clone() }).collect()
}

fn first_gap(gaps: &[crate::contact::Gap]) -> Error {
    gaps.first().map_or_else(|| Error::internal("note"), |gap| gap.refusal())
}

/// Leaves out people who are not of this family, or were entered in error since.
fn of_this_family(mut entry: ContactEntry, people: &[Person]) -> ContactEntry {
    let known = |id: &PersonId| people.iter().any(|person| person.id == *id);
    entry.present.retain(known);
    entry.absent.retain(known);
    entry.infants.retain(|seen| known(&seen.person));
    entry.concern.children.retain(known);
    entry
}

/// Everybody of the family, in the order of the record. Keys are for the living:
/// who was lost is asked for only in a note of before.
#[must_use]
pub fn chips(people: &[Person], now: Timestamp) -> Vec<PersonChip> {
    let mut keys = 1..=9;
    people
        .iter()
        .map(|person| PersonChip {
            id: person.id,
            words: person_words::familiar(person),
            role: person.role.words().to_lowercase(),
            infant: person.role == FamilyRole::Infant,
            child: person.is_child_on(now.date()),
            born: person.role != FamilyRole::Infant || person.born_on.is_some(),
            lost: person_words::lost(person),
            key: if person.loss.is_some() { String::new() } else { keys.next().map(|key| key.to_string()).unwrap_or_default() },
        })
        .collect()
}

/// What can have happened, as it is called for this family.
fn offered(people: &[Person]) -> Vec<Choice> {
    let infant = |person: &&Person| person.role == FamilyRole::Infant && person.born_on.is_some();
    let born = people.iter().any(|person| infant(&person));
    let living = people.iter().filter(infant).any(|person| person.loss.is_none());
    let mut all = choice::choices::<ContactOutcome>();
    all.retain(|choice| ContactOutcome::from_code(&choice.code).is_none_or(|outcome| asked::offered(outcome, born, living)));
    all
}

/// What the editor starts with: nothing but today's date. What happened, how,
/// where and at what time is for the worker to say.
fn blank(now: Timestamp) -> ContactEntry {
    ContactEntry { when: date_words(now.date()), ..ContactEntry::default() }
}

/// When a visit was booked for that no note is about yet; none before its day.
fn booked(reader: &Opened<'_>, episode: &Episode) -> Result<Option<Timestamp>> {
    Ok(contacts::next_visit(reader.conn, episode.id)?.filter(|at| at.date() <= reader.now.date()))
}

/// What was typed. One that a newer version kept and this one cannot read stays
/// as it is: nothing is opened over it, and nothing saved.
/// A draft as it is kept once somebody else has taken it over: still begun by who began it first.
///
/// # Errors
/// [`DraftRefused::Newer`].
pub fn begun_by(body: &str, writer: UserId) -> Result<String> {
    let kept = read_draft(body)?;
    let begun_by = kept.begun_by.or(Some(writer));
    serde_json::to_string(&Kept { begun_by, ..kept }).map_err(|_| Error::internal("draft"))
}

fn read_draft(body: &str) -> Result<Kept> {
    serde_json::from_str(body).map_err(|_| DraftRefused::Newer.into())
}

refusals! {
    /// Why a draft was left as it is.
    pub enum DraftRefused {
        Newer "draft_newer" => "A newer version of Attune keeps your unsigned note about this family, and this one cannot read it. It stays as it is. Update Attune to carry on with it.",
    }
}

/// An entry whose dates mean what they did when the writer's draft was kept.
fn as_meant(conn: &Db, author: UserId, episode: EpisodeId, entry: ContactEntry) -> Result<ContactEntry> {
    let kept = drafts::of(conn, author, draft_of(episode))?.map(|draft| read_draft(&draft.body)).transpose()?;
    Ok(kept.map_or_else(|| entry.clone(), |kept| kept.spell_out(entry.clone())))
}

/// The last plan of an episode; none that was made with an infant who has died
/// since, where no other is left.
pub fn last_plan(conn: &Db, episode: &Episode, people: &[Person]) -> Result<Option<LastPlan>> {
    let Some(contact) = contacts::latest_with_plan(conn, episode)? else { return Ok(None) };
    let held = contact.held_at.date();
    let mut infants = people.iter().filter(|person| person.role == FamilyRole::Infant).peekable();
    let is_over = infants.peek().is_some() && infants.all(|infant| infant.loss.is_some() && infant.lost_on.is_none_or(|lost| held <= lost));
    Ok((!is_over).then(|| plan_of(&contact, people)))
}

/// The plan of a contact as lines.
fn plan_of(contact: &Contact, people: &[Person]) -> LastPlan {
    let date = contact.held_at.date();
    let age = people
        .iter()
        .find(|person| person.role == FamilyRole::Infant)
        .and_then(|infant| person_words::age_on(infant, date))
        .unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for line in contact.plan.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    }
    LastPlan { date: day_words(date), age, lines }
}

fn phrases() -> Result<Vec<Phrase>> {
    serde_json::from_str(include_str!("../../../../assets/codes/phrases.json")).map_err(|_| Error::internal("phrases"))
}
