//! Concerns that wait for a second person, and their answers.

use serde::{Deserialize, Serialize};

use crate::access;
use crate::codes::Code;
use crate::concern;
use crate::concern::rows as concerns;
use crate::concern::{AnswerConcern, Concern, ConcernAnswer, ConcernDecision, ConcernSaved, ConcernTold, ConcernView};
use crate::contact::note_words::join_and;
use crate::error::Result;
use crate::family::ops as families;
use crate::in_error::ops as in_error;
use crate::in_error::{EnteredInError, Struck};
use crate::op::Op;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::reader::Reader;
use crate::record::{Record, Table};
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::entries;
use crate::store::in_error::kept;
use crate::time::{day_time_words, day_words, long_date_words};
use crate::typed::choice;
use crate::user::rows as users;
use crate::user::{Role, User};

/// Concerns sent at once.
const PAGE: u32 = 20;

/// Concerns, or their later part.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConcernsRequest {
    /// How many of the oldest to leave out.
    #[serde(default)]
    pub skip: u32,
}

/// The concerns that wait for a second person.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ConcernsView {
    /// Oldest first.
    pub concerns: Vec<ConcernView>,
    /// Later ones not sent.
    pub more: u32,
}

/// The open concerns of the families the reader may open.
///
/// # Errors
/// When the read log could not be written.
pub fn open_concerns(reader: &Reader<'_>, request: ConcernsRequest) -> Result<ConcernsView> {
    let reader = &reader.listed("concerns")?;
    let (waiting, more) = concerns::waiting(reader.conn, access::scope(reader.user), request.skip, PAGE)?;
    let views = waiting.iter().map(|concern| view(reader.conn, reader.user, concern)).collect::<Result<_>>()?;
    Ok(ConcernsView { concerns: views, more })
}

/// Answers a concern: only a second person can.
///
/// # Errors
/// See [`concern::ConcernRefused`].
pub fn answer_concern(session: &mut Session, request: AnswerConcern) -> Result<Reply<ConcernSaved>> {
    let found = session.known(concerns::find(session.conn(), request.concern)?, "answer_concern")?;
    session.allow(found.family, "answer_concern")?;
    session.transact(Op::AnswerConcern, |tx| {
        let answered = !concerns::answers(tx, found.id)?.is_empty();
        let answer = concern::answer(&found, answered, &request, tx.written())?;
        tx.create(&answer)?;
        Ok(ConcernSaved { id: found.id, answer: answer.id })
    })
}

/// A concern as `reader` sees it.
pub fn view(conn: &Db, reader: &User, concern: &Concern) -> Result<ConcernView> {
    let waits = concerns::answers(conn, concern.id)?.is_empty();
    let mut told = Vec::new();
    let mut struck = Vec::new();
    for answer in concerns::kept_answers(conn, concern)? {
        let (who, when, decided) = (users::name(conn, answer.by)?, day_time_words(answer.at.local()), answer.decision.words());
        let in_error = in_error::words(conn, answer.id.0)?;
        // A partner worker reads that theirs was answered, and not what the team knows.
        let text = match reader.role.reads_all() {
            true => format!("Answered by {who}, {when}: {decided}. {}", answer.answer),
            false => format!("Answered by {who}, {when}"),
        };
        match in_error.is_empty() {
            true => told.push(text),
            false if reader.role.reads_all() => struck.push(Struck { text, in_error }),
            false => {}
        }
    }
    Ok(ConcernView {
        id: concern.id,
        family: concern.family,
        contact: concern.contact,
        whose: families::whose(conn, concern.family)?,
        children: children_words(conn, concern)?,
        what: concern.what.clone(),
        told: format!("Told {}", concern::told_words(&concern.told_whom, concern.told_at)),
        action: concern.action.clone(),
        police: concern::police_words(concern.police_informed, &concern.police_why_not),
        parent: concern::parent_words(concern.parent_told, &concern.parent_why_not),
        raised: raised_words(conn, concern)?,
        in_error: in_error::words(conn, concern.id.0)?,
        may_mark_in_error: in_error::may_mark(conn, reader, concern.id.0)?,
        status: if waits { "Waiting for a second person".to_owned() } else { told.join(" · ") },
        struck,
        open: waits,
        may_answer: waits && concern.raised_by != reader.id && matches!(reader.role, Role::ServiceLead | Role::Therapist),
        decisions: choice::choices::<ConcernDecision>(),
    })
}

/// A concern that no note tells of, as `reader` sees it in the story.
///
/// # Errors
/// When the store fails.
pub fn told(conn: &Db, reader: &User, concern: &Concern, people: &[Person]) -> Result<ConcernTold> {
    let date = concern.raised_at.date();
    let infant = people.iter().find(|person| person.role == FamilyRole::Infant);
    let new = entries::new_kinds(conn, reader.id, concern.family, concern.id.0)?;
    let is_new = |table: &Table| new.iter().any(|kind| kind == table.name);
    let view = view(conn, reader, concern)?;
    let news = match () {
        () if is_new(Concern::TABLE) => "New",
        () if is_new(EnteredInError::TABLE) && view.in_error.is_empty() => "Mark changed",
        () if is_new(EnteredInError::TABLE) => "Newly entered in error",
        () if is_new(ConcernAnswer::TABLE) => "New answer",
        () => "",
    };
    Ok(ConcernTold {
        id: concern.id,
        age: infant.and_then(|infant| person_words::age_on(infant, date)).unwrap_or_default(),
        date: day_words(date),
        long_date: long_date_words(date),
        in_error: view.in_error.clone(),
        news: news.to_owned(),
        concern: view,
    })
}

/// `Raised by Niamh, Mon 23-Nov-2026, 15:20`.
pub fn raised_words(conn: &Db, concern: &Concern) -> Result<String> {
    Ok(format!("Raised by {}, {}", users::name(conn, concern.raised_by)?, day_time_words(concern.raised_at.local())))
}

/// `Fiadh · not in immediate danger`: also of a child who was entered in error since.
fn children_words(conn: &Db, concern: &Concern) -> Result<String> {
    let mut names = Vec::new();
    for child in &concern.children {
        let known: Option<Person> = kept(conn, child.0)?;
        names.extend(known.filter(|known| known.family == concern.family).map(|known| person_words::familiar(&known)));
    }
    let mut words = vec![join_and(&names), concern.danger.words().to_lowercase()];
    words.retain(|part| !part.is_empty());
    Ok(words.join(" · "))
}
