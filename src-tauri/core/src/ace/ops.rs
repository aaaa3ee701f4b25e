//! ACE conversations: read and written only here, by the few who may.

use crate::ace::rows as store;
use crate::ace::words;
use crate::ace::{
    AceAnswer, AceCategory, AceConversation, AceEntryView, AceExposure, AcePersonView, AceQuestions, AceSitting, AceView, BeginAce,
    Company, ExposureAnswer, ExposureConcern, Protective, RecordAce, RecordExposure, entering,
};
use crate::ace::{AceSaved, ExposureSaved};
use crate::codes::Code;
use crate::concern::{Concern, ConcernId};
use crate::concern::{ops as concerns, rows as concern_store};
use crate::contact::note;
use crate::error::Result;
use crate::family::OfFamily;
use crate::family::ops::banner_of;
use crate::ids::{FamilyId, RecordedId, UserId};
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person, PersonId};
use crate::reader::Reader;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::in_error::kept;
use crate::time::{Timestamp, day_words};
use crate::typed::choice::{choices, keyed};
use crate::user::User;
use crate::user::rows as users;

/// The ACE screen of a family.
///
/// # Errors
/// `not_yours`, also for those who may open the family but not this.
pub fn ace(reader: &Reader<'_>, request: OfFamily) -> Result<AceView> {
    let reader = &reader.open_ace(request.family)?;
    view(reader.conn, reader.user, request.family, reader.now)
}

/// The questions, once the worker has confirmed for this sitting that the
/// parent wants to, who else is there and that it is safe to talk.
///
/// # Errors
/// See [`ace::AceRefused`]; `not_yours`.
pub fn begin_ace(reader: &Reader<'_>, request: BeginAce) -> Result<AceQuestions> {
    let person = request.person.0;
    let family = reader.known(|conn| Ok(kept::<Person>(conn, person)?.map(|person| person.family)), "ace")?;
    let reader = &reader.open_ace(family)?;
    let person: Person = in_error::stands(reader.conn, person)?;
    let BeginAce { wants_to, ref here, safe, adult, .. } = request;
    entering::begin(&person, entering::Said { wants_to, here, safe, adult }, reader.now.date())?;
    Ok(AceQuestions {
        categories: choices::<AceCategory>(),
        answers: keyed::<AceAnswer>(&["Y", "N", "P", "X"]),
        protective: choices::<Protective>(),
        caption: words::CAPTION.to_owned(),
    })
}

/// Records a sitting, that the parent chose not to have one, or that it was
/// not offered and why.
///
/// # Errors
/// See [`AceRefused`].
pub fn record_ace(session: &mut Session, request: RecordAce) -> Result<Reply<AceSaved>> {
    let person: Person = in_error::to_act_on(session, request.person.0, "record_ace")?;
    session.allow_ace(person.family, "record_ace")?;
    session.transact(Op::RecordAce, |tx| {
        let sitting = entering::enter(request, &person, tx.written())?;
        tx.create(&sitting)?;
        Ok(AceSaved { id: sitting.id })
    })
}

/// Records what is known of an infant's exposure, and in the same act the concern
/// that it raises.
///
/// # Errors
/// See [`AceRefused`].
pub fn record_exposure(session: &mut Session, request: RecordExposure) -> Result<Reply<ExposureSaved>> {
    let person: Person = in_error::to_act_on(session, request.person.0, "record_exposure")?;
    session.allow_ace(person.family, "record_exposure")?;
    session.transact(Op::RecordExposure, |tx| {
        let children = note::children(&people::of(tx, person.family)?, tx.now());
        let going_on: Vec<ConcernId> = about(tx, &person)?.iter().map(|concern| concern.id).collect();
        let facts = entering::Facts { children: &children, going_on: &going_on };
        let (exposure, concern) = entering::enter_exposure(request, &person, facts, tx.written(), tx.new_id())?;
        tx.create(&exposure)?;
        if let Some(concern) = &concern {
            tx.create(concern)?;
        }
        Ok(ExposureSaved { id: exposure.id, concern: concern.map(|concern| concern.id) })
    })
}

/// The concerns about an infant that go on.
fn about(conn: &Db, infant: &Person) -> Result<Vec<Concern>> {
    let going_on = concern_store::going_on(conn, infant.family)?;
    Ok(going_on.into_iter().filter(|concern| concern.children.contains(&infant.id)).collect())
}

fn view(conn: &Db, reader: &User, family: FamilyId, now: Timestamp) -> Result<AceView> {
    let people = people::of(conn, family)?;
    let conversations = store::conversations(conn, family)?;
    let exposures = store::exposures(conn, family)?;
    let banner = banner_of(conn, family, now)?;
    // What was recorded of somebody who has died stays in sight; nothing more is asked.
    let recorded_of = |id: PersonId| conversations.iter().any(|one| one.person == id) || exposures.iter().any(|one| one.person == id);
    let mut parents = Vec::new();
    let mut infants = Vec::new();
    for person in people.iter().filter(|person| person.loss.is_none() || recorded_of(person.id)) {
        match person.role {
            FamilyRole::Infant => {
                let own = exposures.iter().filter(|exposure| exposure.person == person.id);
                let entries = own.map(|exposure| exposure_view(conn, reader, exposure)).collect::<Result<_>>()?;
                let whose = person_words::whose_own(person, &people, &banner.reference);
                let earlier = note::concern_choices(conn, &about(conn, person)?)?;
                let mut safety = choices::<ExposureConcern>();
                safety.retain(|choice| !earlier.is_empty() || choice.code != ExposureConcern::AlreadyRecorded.code());
                infants.push(AcePersonView {
                    person: person.id,
                    name: person_words::with_role(person),
                    whose,
                    asked: person.loss.is_none(),
                    instead: String::new(),
                    ask_age: String::new(),
                    safety,
                    earlier,
                    entries,
                });
            }
            // What was recorded of somebody stays in sight, whatever they are called since.
            FamilyRole::Sibling if !conversations.iter().any(|conversation| conversation.person == person.id) => {}
            _ => parents.push(AcePersonView {
                person: person.id,
                name: person_words::with_role(person),
                whose: person_words::whose_own(person, &people, &banner.reference),
                asked: person.loss.is_none(),
                instead: match person.is_under_18(now.date()) {
                    Some(true) if person.loss.is_none() => words::instead_words(&person_words::familiar(person)),
                    _ => String::new(),
                },
                ask_age: if person.born_on.is_none() { words::ASK_AGE.to_owned() } else { String::new() },
                safety: Vec::new(),
                earlier: Vec::new(),
                entries: entries_of(conn, reader, person, &conversations)?,
            }),
        }
    }
    Ok(AceView {
        banner,
        purpose: words::PURPOSE.to_owned(),
        caption: words::CAPTION.to_owned(),
        company: choices::<Company>(),
        parents,
        infants,
        categories: choices::<AceCategory>(),
        exposure_answers: keyed::<ExposureAnswer>(&["Y", "S", "N", "K", "X"]),
        concern: note::concern_form(&people, now)?,
    })
}

fn entries_of(conn: &Db, reader: &User, person: &Person, conversations: &[AceConversation]) -> Result<Vec<AceEntryView>> {
    conversations
        .iter()
        .filter(|conversation| conversation.person == person.id)
        .map(|conversation| conversation_view(conn, reader, person, conversation))
        .collect()
}

fn conversation_view(conn: &Db, reader: &User, person: &Person, conversation: &AceConversation) -> Result<AceEntryView> {
    let given = |answer| conversation.answers.iter().filter(|given| given.answer == answer).count();
    let count = match conversation.sitting() {
        AceSitting::Held => words::count_words(&[
            ("yes", given(AceAnswer::Yes)),
            ("no", given(AceAnswer::No)),
            ("prefers not to say", given(AceAnswer::PrefersNot)),
            ("not asked", words::without_an_answer(conversation.answers.iter().map(|given| given.category))),
        ]),
        other => other.words().to_owned(),
    };
    let answered = conversation.answers.iter().map(|given| format!("{}: {}", given.category.words(), given.answer.words()));
    let here: Vec<&str> = conversation.here.iter().map(|one| one.words()).collect();
    let here = (!here.is_empty()).then(|| format!("Who else was there: {}", here.join(", ")));
    Ok(AceEntryView {
        recorded: recorded(conn, conversation.by, conversation.at)?,
        count,
        lines: answered.chain(here).collect(),
        protective: conversation.protective.iter().map(|one| one.words().to_owned()).collect(),
        words: conversation.words.clone(),
        warning: if person.is_under_18(conversation.at.date()) == Some(true) { words::UNDER_18_THEN.to_owned() } else { String::new() },
        in_error: in_error::words(conn, conversation.id.0)?,
        id: RecordedId(conversation.id.0),
        may_mark_in_error: in_error::may_mark(conn, reader, conversation.id.0)?,
    })
}

fn exposure_view(conn: &Db, reader: &User, exposure: &AceExposure) -> Result<AceEntryView> {
    let given = |answer| exposure.answers.iter().filter(|given| given.answer == answer).count();
    let mut lines: Vec<String> =
        exposure.answers.iter().map(|given| format!("{}: {}", given.category.words(), given.answer.words())).collect();
    lines.extend(safety_words(conn, exposure)?);
    Ok(AceEntryView {
        recorded: recorded(conn, exposure.by, exposure.at)?,
        count: words::count_words(&[
            ("known", given(ExposureAnswer::Yes)),
            ("suspected", given(ExposureAnswer::Suspected)),
            ("no", given(ExposureAnswer::No)),
            ("not known", given(ExposureAnswer::NotKnown)),
            ("not looked at", words::without_an_answer(exposure.answers.iter().map(|given| given.category))),
        ]),
        lines,
        protective: Vec::new(),
        words: exposure.words.clone(),
        warning: String::new(),
        in_error: in_error::words(conn, exposure.id.0)?,
        id: RecordedId(exposure.id.0),
        may_mark_in_error: in_error::may_mark(conn, reader, exposure.id.0)?,
    })
}

/// `Safety now: New concern, raised by Niamh, Mon 23-Nov-2026, 15:20`.
fn safety_words(conn: &Db, exposure: &AceExposure) -> Result<Option<String>> {
    let Some(safety) = exposure.concern else { return Ok(None) };
    let mut words = format!("Safety now: {}", safety.words());
    for concern in &exposure.concerns {
        if let Some(concern) = concern_store::find(conn, *concern)?.filter(|concern| concern.family == exposure.family) {
            words.push_str(&format!(" · {}", concerns::raised_words(conn, &concern)?));
        }
    }
    if !exposure.because.is_empty() {
        words.push_str(&format!(", because: {}", exposure.because));
    }
    Ok(Some(words))
}

fn recorded(conn: &Db, by: UserId, at: Timestamp) -> Result<String> {
    Ok(format!("{}, by {}", day_words(at.date()), users::name(conn, by)?))
}
