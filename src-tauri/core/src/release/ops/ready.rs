//! Whether a period is ready to be released: what is missing of it, for a lead, and a lead’s word.

use crate::codes::Code;
use crate::contact::ContactEntry;
use crate::contact::rows as contacts;
use crate::contact::signing;
use crate::error::{Error, Result};
use crate::op::Op;
use crate::reader::Reader;
use crate::release::ops::room;
use crate::release::ops::room::Calendar;
use crate::release::records::PeriodReady;
use crate::release::rows as releases;
use crate::release::{GroupNotAsked, OfPeriod, Period, ReadinessView, SummaryRefused, classes, specs, tallies};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::user::rows as users;

/// What is missing of a period before it is released: counts of the record itself, for a lead.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn readiness(reader: &Reader<'_>, request: OfPeriod) -> Result<ReadinessView> {
    let reader = &reader.listed("readiness")?;
    let conn = reader.conn;
    let period = Period::parse(&request.period)?;
    let counted = tallies::count(conn, period)?;
    let sums = |name: &str| counted.iter().find(|table| table.spec().name == name).map(tallies::Counted::sums).unwrap_or_default();
    let (by_step, by_group) = (sums(specs::BY_STEP), sums(specs::BY_GROUP));
    let not_asked = specs::groups().enumerate().map(|(class, group)| GroupNotAsked {
        group: group.words().to_owned(),
        families: by_group.get(&(class, classes::GroupAsked::NotAsked as usize)).copied().unwrap_or(0),
    });
    let calendar = Calendar::read(conn, reader.now.date())?;
    let not_yet = (!calendar.has_ended(period)).then(|| Error::from(SummaryRefused::NotComplete).message);
    Ok(ReadinessView {
        period: period.code(),
        words: period.words(),
        unsigned: unsigned(conn, period)?,
        not_placed: by_step.get(&(specs::STEPS, 0)).copied().unwrap_or(0),
        not_asked: not_asked.collect(),
        ready: room::ready_words(conn, period)?,
        not_yet: not_yet.unwrap_or_default(),
    })
}

/// Unsigned notes of contacts in a period; one whose day cannot be read is of the day on which it was kept.
fn unsigned(conn: &Db, period: Period) -> Result<u32> {
    let mut unsigned = 0;
    for writer in users::all(conn)? {
        for (draft, _) in contacts::unsigned_by(conn, writer.id)? {
            let entry: ContactEntry = serde_json::from_str(&draft.body).unwrap_or_default();
            let day = signing::held(&entry, draft.saved_at).map_or_else(|_| draft.saved_at.date(), |held| held.date);
            unsigned += u32::from((period.first_day()..=period.last_day()).contains(&day));
        }
    }
    Ok(unsigned)
}

/// Says that a period is over and its record ready.
///
/// # Errors
/// [`SummaryRefused::NotComplete`] before it has ended.
pub fn say_period_ready(session: &mut Session, request: OfPeriod) -> Result<Reply<Nothing>> {
    let period = Period::parse(&request.period)?;
    let today = session.now().date();
    session.transact(Op::SayPeriodReady, |tx| {
        if !Calendar::read(tx, today)?.has_ended(period) {
            return Err(SummaryRefused::NotComplete.into());
        }
        if releases::ready(tx, period)?.is_none() {
            tx.create(&PeriodReady { id: tx.new_id(), period, by: tx.actor(), at: tx.now() })?;
        }
        Ok(Nothing {})
    })
}
