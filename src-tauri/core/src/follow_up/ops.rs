//! Closing a follow-up, and telling of it.

use crate::codes::Code;
use crate::contact::last_seen::FollowUp;
use crate::contact::rows as contacts;
use crate::error::Result;
use crate::family::{FamilyRefused, episodes};
use crate::follow_up::{CloseFollowUp, FollowUpClosed, FollowUpEnd, FollowUpEndView, WORKING_DAYS, enter};
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::record::Record;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::entries;
use crate::team::working_days;
use crate::time::{Timestamp, day_time_words, day_words, long_date_words};
use crate::user::User;
use crate::user::rows as users;

/// Closes what is to be followed up of a family.
///
/// # Errors
/// `not_yours`; see [`crate::follow_up::FollowUpRefused`]; [`FamilyRefused::NoOpenEpisode`].
pub fn close_follow_up(session: &mut Session, request: CloseFollowUp) -> Result<Reply<FollowUpClosed>> {
    session.allow(request.family, "close_follow_up")?;
    session.transact(Op::CloseFollowUp, |tx| {
        let open = episodes::latest(tx, request.family)?.filter(|episode| episode.closed_on.is_none());
        let episode = open.ok_or(FamilyRefused::NoOpenEpisode)?.id;
        let end = enter(&request, episode, contacts::last_seen(tx, episode)?.follow_up, tx.written())?;
        tx.create(&end)?;
        Ok(FollowUpClosed { id: end.id })
    })
}

/// What is to be followed up, and by when: `was due Mon 23-Nov-2026`, `Was not
/// brought Mon 16-Nov-2026`, and whether that day has passed.
pub fn words(asked: FollowUp, now: Timestamp) -> (String, String, bool) {
    let held_on = Timestamp(asked.at).date();
    let counted = working_days::after(held_on, WORKING_DAYS);
    let what = format!("{} {}", asked.outcome.words(), day_words(held_on));
    let detail = [what, counted.caveat()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    let overdue = now.date() > counted.on;
    let when = if overdue { format!("was due {}", day_words(counted.on)) } else { format!("by {}", day_words(counted.on)) };
    (when, detail, overdue)
}

/// The end of a follow-up as `reader` sees it in the story.
pub fn view(conn: &Db, reader: &User, end: &FollowUpEnd, people: &[Person]) -> Result<FollowUpEndView> {
    let marked = in_error::words(conn, end.id.0)?;
    let new = entries::new_kinds(conn, reader.id, end.family, end.id.0)?;
    let date = end.at.date();
    let infant = people.iter().find(|person| person.role == FamilyRole::Infant);
    Ok(FollowUpEndView {
        id: end.id,
        known: end.known.clone(),
        tried: end.tried.clone(),
        reason: end.reason.clone(),
        age: infant.and_then(|infant| person_words::age_on(infant, date)).unwrap_or_default(),
        date: day_words(date),
        long_date: long_date_words(date),
        by: format!("Closed by {}, {}", users::name(conn, end.by)?, day_time_words(end.at.local())),
        may_mark_in_error: in_error::may_mark(conn, reader, end.id.0)?,
        in_error: marked,
        news: if new.iter().any(|kind| kind == FollowUpEnd::TABLE.name) { "New" } else { "" }.to_owned(),
    })
}
