//! Looking at figures, and having them counted anew.

use crate::error::{Error, Result};
use crate::op::Op;
use crate::release::ops::protecting::{Asked, By, Made, asked};
use crate::release::ops::views::look_view;
use crate::release::ops::{room, views};
use crate::release::records::{Frame, FrameId, Look};
use crate::release::rows as releases;
use crate::release::{FiguresView, FrameMade, LookAtFigures, MakeFrameAnew, Period, SummaryRefused};
use crate::reply::Reply;
use crate::session::Session;
use crate::store::log;
use crate::store::tx::Tx;
use crate::typed;

/// What is looked at, or what was answered when it was looked at before: in one frame the same tables are the same.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn begin(session: &mut Session, request: &LookAtFigures) -> Result<std::result::Result<Asked, Reply<FiguresView>>> {
    let period = Period::parse(&request.period)?;
    session.log_done("look_at_figures", false)?;
    let by = By { device: session.author().device, now: session.now() };
    let asked = asked(session.conn(), period, &request.tables, false, by)?;
    if let Some(frame) = &asked.frame {
        for look in releases::looks(session.conn())?.iter().rev().filter(|look| look.period == period && look.frame == frame.id) {
            let view = look_view(session.conn(), look)?;
            let shown = view.tables.iter().map(|table| (table.name.clone(), usize::try_from(table.banding).unwrap_or(0)));
            if shown.eq(asked.tables.iter().cloned().chain(asked.barred.iter().map(|(name, _)| (name.clone(), 0)))) {
                return Ok(Err(Reply::touching(view, [])));
            }
        }
    }
    Ok(Ok(asked))
}

/// Keeps what was made of a look, and shows it: what is seen is kept before it is shown.
///
/// # Errors
/// [`SummaryRefused::Meanwhile`], or a fault of the store.
pub fn keep(session: &mut Session, made: &Made) -> Result<Reply<FiguresView>> {
    let role = session.user().role;
    let done = session.transact_part(Op::LookAtFigures, |tx| {
        let frame = keep_frame(tx, &made.asked)?;
        let written = tx.written();
        let look = Look {
            id: written.id,
            frame,
            period: made.asked.period,
            figures: serde_json::to_string(&made.outcome.publication).map_err(|_| Error::internal("figures"))?,
            told: serde_json::to_string(&made.told).map_err(|_| Error::internal("what is told of figures"))?,
            role,
            by: written.by,
            at: written.at,
        };
        tx.create(&look)?;
        look_view(tx, &look)
    })?;
    Ok(done)
}

/// Keeps the frame that figures rest on, where it is new.
///
/// # Errors
/// [`SummaryRefused::Meanwhile`] if more was seen since it was asked.
pub fn keep_frame(tx: &Tx<'_>, asked: &Asked) -> Result<FrameId> {
    let standing = room::frame(tx, asked.period.last_quarter())?;
    if standing != asked.frame || room::seen(tx)?.len() != asked.seen {
        return Err(SummaryRefused::Meanwhile.into());
    }
    if let Some(frame) = standing {
        return Ok(frame.id);
    }
    let frame = Frame {
        id: tx.new_id(),
        quarter: asked.period.last_quarter(),
        number: 0,
        reached: asked.reached.clone(),
        reason: String::new(),
        by: tx.actor(),
        at: tx.now(),
    };
    tx.create(&frame)?;
    Ok(frame.id)
}

/// Has the end of a period counted anew, from the record as it is now. What was seen before stays seen.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn make_frame_anew(session: &mut Session, request: MakeFrameAnew) -> Result<Reply<FrameMade>> {
    let period = Period::parse(&request.period)?;
    let reason = request.reason.trim();
    if !typed::says_why(reason) {
        return Err(SummaryRefused::NoReason.into());
    }
    if !room::has_seat(session.conn(), session.author().device)? {
        return Err(SummaryRefused::NoSeat.into());
    }
    session.transact(Op::CountAnew, |tx| {
        if room::waiting(&room::stands(tx)?).is_some() {
            return Err(SummaryRefused::Waits.into());
        }
        let before = room::frame(tx, period.last_quarter())?.ok_or(SummaryRefused::NoFrame)?;
        let reached = serde_json::to_string(&log::reached(tx)?).map_err(|_| Error::internal("the position of the log"))?;
        let number = before.number + 1;
        let frame =
            Frame { id: tx.new_id(), quarter: before.quarter, number, reached, reason: reason.to_owned(), by: tx.actor(), at: tx.now() };
        tx.because(reason);
        tx.create(&frame)?;
        Ok(FrameMade { period: period.code(), frame: views::number(usize::try_from(number).unwrap_or(0)) })
    })
}
