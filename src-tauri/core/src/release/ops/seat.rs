//! The seat: the one computer of the team that looks at figures and releases them.

use attune_disclosure::read_csv;

use crate::error::{Error, Result};
use crate::op::Op;
use crate::release::ops::room;
use crate::release::ops::room::Elsewhere;
use crate::release::records::ReleaseSeat;
use crate::release::rows as releases;
use crate::release::{LeftElsewhere, Period, SummaryRefused, TakeReleaseSeat, specs};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::team::list_rows as lists;
use crate::typed;

/// Makes this computer the one that looks and releases, with what has left from elsewhere.
///
/// # Errors
/// See [`SummaryRefused`]; a file must be of the period it is said to be of.
pub fn take_release_seat(session: &mut Session, request: TakeReleaseSeat) -> Result<Reply<Nothing>> {
    let reason = request.reason.trim().to_owned();
    if !typed::says_why(&reason) {
        return Err(SummaryRefused::NoReason.into());
    }
    let device = session.author().device;
    let left: Vec<Elsewhere> = request.left.iter().map(|left| left_elsewhere(session.conn(), left)).collect::<Result<_>>()?;
    session.transact(Op::TakeReleaseSeat, |tx| {
        let lost = room::elsewhere(tx)?.iter().any(|left| left.figures.is_none());
        // Who has it may still bring the file of what had left without one.
        let brings = lost && !left.is_empty();
        if releases::seat(tx)? == Some(device) && !brings {
            return Err(SummaryRefused::HasSeat.into());
        }
        let left_elsewhere = serde_json::to_string(&left).map_err(|_| Error::internal("what has left"))?;
        tx.because(&reason);
        tx.create(&ReleaseSeat { id: tx.new_id(), device, reason: reason.clone(), left_elsewhere, by: tx.actor(), at: tx.now() })?;
        Ok(Nothing {})
    })
}

/// What is in the file of a release that left from elsewhere, if it is one of that period by one of our tables.
fn left_elsewhere(conn: &Db, left: &LeftElsewhere) -> Result<Elsewhere> {
    let period = Period::parse(&left.period).map_err(|refusal| Error::from(refusal).at("left"))?;
    if left.csv.trim().is_empty() {
        return Ok(Elsewhere { period: period.code(), figures: None });
    }
    let model = lists::model(conn)?;
    let known = specs::specs(period, &model);
    let figures = read_csv(left.csv.as_bytes(), &known).map_err(|_| SummaryRefused::NotItsFile)?;
    let is_of = figures.name.split(' ').next() == Some(period.code().as_str()) && figures.when.quarter == period.last_quarter().index();
    if !is_of || figures.rule != specs::rule(period) {
        return Err(SummaryRefused::NotItsFile.into());
    }
    Ok(Elsewhere { period: period.code(), figures: Some(figures) })
}
