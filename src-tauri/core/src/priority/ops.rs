//! Recording priority groups, one answer an act.

use crate::codes::Code;
use crate::error::Result;
use crate::family::OfFamily;
use crate::family::ops::banner_of;
use crate::ids::FamilyId;
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::person::age;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::priority::PrioritySaved;
use crate::priority::rows as priorities;
use crate::priority::{
    AnswerPriority, PriorityAnswer, PriorityGroup, PriorityGroupView, PriorityPeriod, PriorityQuestion, PriorityRecord, PriorityView,
    entering,
};
use crate::reader::Reader;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::entries;
use crate::time::{Timestamp, day_words};
use crate::typed::choice::{choices, keyed};
use crate::user::User;
use crate::user::rows as users;

/// The priority groups of a family.
///
/// # Errors
/// `not_yours`.
pub fn priority(reader: &Reader<'_>, request: OfFamily) -> Result<PriorityView> {
    let reader = &reader.open(request.family, "priority")?;
    view(reader.conn, reader.user, request.family, reader.now)
}

/// Records one answer; the one before stays in the log.
///
/// # Errors
/// See [`PriorityRefused`].
pub fn answer_priority(session: &mut Session, request: AnswerPriority) -> Result<Reply<PrioritySaved>> {
    session.allow(request.family, "answer_priority")?;
    session.transact(Op::AnswerPriority, |tx| {
        let (people, standing) = (people::of(tx, request.family)?, priorities::standing(tx, request.family)?);
        let record = entering::enter(request, &people, &standing, tx.written())?;
        tx.create(&record)?;
        Ok(PrioritySaved { id: record.id })
    })
}

fn view(conn: &Db, reader: &User, family: FamilyId, now: Timestamp) -> Result<PriorityView> {
    let people = people::of(conn, family)?;
    let standing = priorities::standing(conn, family)?;
    let mut groups = Vec::new();
    for group in PriorityGroup::ALL {
        let questions = questions_of(conn, reader, *group, &people, &standing)?;
        groups.push(PriorityGroupView {
            group: *group,
            title: group.words().to_owned(),
            definition: group.definition().to_owned(),
            derived: if group.is_derived() { derived_words(&people, now) } else { String::new() },
            questions,
        });
    }
    let all: usize = groups.iter().map(|group| group.questions.len()).sum();
    let left = groups.iter().flat_map(|group| &group.questions).filter(|question| question.recorded.is_empty()).count();
    Ok(PriorityView {
        banner: banner_of(conn, family, now)?,
        groups,
        answers: keyed::<PriorityAnswer>(&["1", "2", "3", "4", "5", "6"]),
        periods: choices::<PriorityPeriod>(),
        left: if left == 0 { "All questions answered".to_owned() } else { format!("{left} of {all} questions still to answer") },
    })
}

fn questions_of(
    conn: &Db,
    reader: &User,
    group: PriorityGroup,
    people: &[Person],
    standing: &[PriorityRecord],
) -> Result<Vec<PriorityQuestion>> {
    if group.is_derived() {
        return Ok(Vec::new());
    }
    let about: Vec<(Option<&Person>, String)> = if group.is_of_household() {
        vec![(None, "The household".to_owned())]
    } else {
        let asked = people.iter().filter(|person| group.asks(person.role) && person.loss.is_none());
        asked.map(|person| (Some(person), format!("{} ({})", person_words::familiar(person), person.role.words().to_lowercase()))).collect()
    };
    let family = people.first().map(|person| person.family);
    let kept: Vec<PriorityRecord> = family.map_or(Ok(Vec::new()), |family| entries::kept_in_order(conn, family))?;
    about
        .into_iter()
        .map(|(person, about)| {
            let id = person.map(|person| person.id);
            let record = standing.iter().find(|record| record.person == id && record.group == group);
            let answer = record.map_or(PriorityAnswer::NotAsked, |record| record.answer);
            let words = record.map_or_else(|| answer.words().to_owned(), answer_words);
            let of_it = kept.iter().filter(|record| record.person == id && record.group == group);
            let recorded = match record {
                Some(record) => format!("{}, by {}", day_words(record.at.date()), users::name(conn, record.by)?),
                None => String::new(),
            };
            Ok(PriorityQuestion {
                person: id,
                about,
                answer,
                words,
                recorded,
                period: record.and_then(|record| record.period),
                source: record.map(|record| record.source.clone()).unwrap_or_default(),
                id: record.map(|record| record.id),
                may_mark_in_error: record.map_or(Ok(false), |record| in_error::may_mark(conn, reader, record.id.0))?,
                struck: in_error::struck(conn, of_it.map(|record| (record.id.0, answer_words(record))))?,
            })
        })
        .collect()
}

/// `Yes, confirmed · now · told by the parent`.
fn answer_words(record: &PriorityRecord) -> String {
    let mut words = record.answer.words().to_owned();
    words.extend(record.period.map(|period| format!(" · {}", period.words().to_lowercase())));
    if !record.source.is_empty() {
        words.push_str(&format!(" · {}", record.source));
    }
    words
}

/// The antenatal and postnatal group, from the dates alone.
fn derived_words(people: &[Person], now: Timestamp) -> String {
    let today = now.date();
    let bands = people.iter().filter(|person| person.role == FamilyRole::Infant && person.loss.is_none()).map(|infant| {
        let name = person_words::familiar(infant);
        match infant.born_on {
            None => format!("{name}: before birth"),
            Some(born) => format!("{name}: {}", age::postnatal_words(born, today)),
        }
    });
    bands.collect::<Vec<_>>().join(" · ")
}
