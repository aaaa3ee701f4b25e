//! What waits of figures, and for whom: a release to answer, one that was declined, a period to release, what left twice.

use chrono::NaiveDate;

use crate::error::{Error, Result};
use crate::release::ops::room::{self, Calendar, Stand};
use crate::release::ops::views::{may_answer, word_words};
use crate::release::records::ReleaseSaid;
use crate::release::{FinancialYear, Period, Quarter, ReleaseWait, ReleaseWay};
use crate::store::db::Db;
use crate::user::{Role, User};

/// What waits for the reader or is to be known by them, the gravest first; empty if nothing does.
pub fn waits(conn: &Db, reader: &User, stands: &[Stand], today: NaiveDate) -> Result<Vec<ReleaseWait>> {
    let mut told = incidents(conn, stands)?;
    told.extend(room::waiting(stands).map(|stand| to_answer(reader, stand)));
    if matches!(reader.role, Role::DataManager | Role::ServiceLead) {
        for stand in declined(stands) {
            let why = stand.said(ReleaseSaid::Declined).map(|word| word_words(conn, word)).transpose()?.unwrap_or_default();
            let words = format!("The release of {} was declined. Nothing has left.", stand.release.period.words());
            told.push(of(stand, ReleaseWay::Period, words, why));
        }
    }
    if reader.role == Role::DataManager {
        let calendar = Calendar::read(conn, today)?;
        for period in [Period::Quarter(Quarter::of(today).before()), Period::Year(FinancialYear::of(today).before())] {
            told.extend(to_release(conn, &calendar, stands, period)?);
        }
    }
    Ok(told)
}

/// Periods that were released twice, here or here and elsewhere, until all but one of their releases are withdrawn.
fn incidents(conn: &Db, stands: &[Stand]) -> Result<Vec<ReleaseWait>> {
    let is_first = |stand: &&Stand| stand.release.corrects.is_none() && stand.release.corrects_elsewhere.is_empty();
    let is_open = |stand: &&Stand| stand.sealed && !stand.is_withdrawn() && is_first(stand);
    let mut last: Vec<&Stand> = Vec::new();
    for stand in stands.iter().filter(is_open) {
        let period = stand.release.period;
        let here = stands.iter().filter(is_open).filter(|other| other.release.period == period).count();
        if here + usize::from(!room::brought(conn, period)?.is_empty()) > 1 {
            last.retain(|other| other.release.period != period);
            last.push(stand);
        }
    }
    let told = |stand: &Stand| of(stand, ReleaseWay::Register, room::incident_words(stand.release.period), String::new());
    Ok(last.into_iter().map(told).collect())
}

fn to_answer(reader: &User, stand: &Stand) -> ReleaseWait {
    let words = format!("The release of {} waits for a second person.", stand.release.period.words());
    if may_answer(reader, stand) {
        return of(stand, ReleaseWay::Answer, words, "You can agree to it or decline it. Nothing has left.".to_owned());
    }
    let who = "A service lead or information governance answers it, and not whoever asked. Nothing has left.";
    let back = if reader.id == stand.release.made_by { " You can take it back." } else { "" };
    of(stand, ReleaseWay::Open, words, format!("{who}{back}"))
}

/// Releases that were declined, of periods of which none was asked for again.
fn declined(stands: &[Stand]) -> impl Iterator<Item = &Stand> {
    let is_last = |at: usize, stand: &Stand| !stands[at + 1..].iter().any(|later| later.release.period == stand.release.period);
    stands
        .iter()
        .enumerate()
        .filter(move |(at, stand)| stand.said(ReleaseSaid::Declined).is_some() && is_last(*at, stand))
        .map(|(_, stand)| stand)
}

fn to_release(conn: &Db, calendar: &Calendar<'_>, stands: &[Stand], period: Period) -> Result<Option<ReleaseWait>> {
    if stands.iter().any(|stand| stand.release.period == period && stand.said(ReleaseSaid::TakenBack).is_none()) {
        return Ok(None);
    }
    let (words, detail) = match calendar.not_complete(period)? {
        None => (format!("{} is complete and has not been released.", period.words()), room::ready_words(conn, period)?),
        Some(why) => (format!("{} is not ready to be released.", period.words()), Error::from(why).message),
    };
    Ok(Some(ReleaseWait { words, detail, way: ReleaseWay::Period, period: period.code(), release: None }))
}

fn of(stand: &Stand, way: ReleaseWay, words: String, detail: String) -> ReleaseWait {
    ReleaseWait { words, detail, way, period: stand.release.period.code(), release: Some(stand.release.id) }
}
