//! Recording a loss, and telling of it.

use crate::error::Result;
use crate::in_error::ops as in_error;
use crate::loss::{Loss, LossSaved, LossView, RecordLoss, entering, title};
use crate::op::Op;
use crate::person::Person;
use crate::person::words as person_words;
use crate::record::{Record, Table};
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::entries;
use crate::store::in_error::kept;
use crate::time::{day_time_words, day_words, long_date_words};
use crate::user::User;
use crate::user::rows as users;

/// Records a death, or the end of a pregnancy.
///
/// # Errors
/// `not_yours`; see [`crate::loss::LossRefused`].
pub fn record_loss(session: &mut Session, request: RecordLoss) -> Result<Reply<LossSaved>> {
    drop(in_error::to_act_on::<Person>(session, request.person.0, "record_loss")?);
    session.transact(Op::RecordLoss, |tx| {
        let person: Person = in_error::stands(tx, request.person.0)?;
        let loss = entering::enter(&request, &person, tx.written())?;
        tx.create(&loss)?;
        Ok(LossSaved { id: loss.id })
    })
}

/// A loss as `reader` sees it in the story.
pub fn view(conn: &Db, reader: &User, loss: &Loss) -> Result<LossView> {
    let person: Option<Person> = kept(conn, loss.person.0)?;
    let marked = in_error::words(conn, loss.id.0)?;
    let new = entries::new_kinds(conn, reader.id, loss.family, loss.id.0)?;
    let is_new = |table: &Table| new.iter().any(|kind| kind == table.name);
    let date = loss.lost_on;
    let age = |person: &Person| {
        // What the record knew of the person on that day, before it knew of the loss.
        person_words::age_on(&Person { loss: None, ..person.clone() }, date?)
    };
    Ok(LossView {
        id: loss.id,
        title: title(loss.kind, &person.as_ref().map(person_words::familiar).unwrap_or_default()),
        age: person.as_ref().and_then(age).unwrap_or_default(),
        date: date.map_or_else(|| "Date not recorded".to_owned(), day_words),
        long_date: date.map(long_date_words).unwrap_or_default(),
        by: format!("Recorded by {}, {}", users::name(conn, loss.by)?, day_time_words(loss.at.local())),
        may_mark_in_error: in_error::may_mark(conn, reader, loss.id.0)?,
        in_error: marked,
        news: if is_new(Loss::TABLE) { "New" } else { "" }.to_owned(),
    })
}
