//! The seat: the one computer of the team that looks at figures and releases them.

use attune_disclosure::read_csv;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::ids::DeviceId;
use crate::op::Op;
use crate::release::ops::room;
use crate::release::ops::room::{Calendar, Elsewhere};
use crate::release::ops::views::figures_of;
use crate::release::records::{FigureKey, ReleaseSeat};
use crate::release::rows as releases;
use crate::release::{LeaveReleaseSeat, LeftElsewhere, Period, SeatView, SummaryRefused, TakeReleaseSeat, specs};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::store::tx::Tx;
use crate::store::vault;
use crate::team::list_rows as lists;
use crate::time::{Timestamp, day_words};
use crate::typed;
use crate::user::rows as users;

/// Gives a new record its seat, which is the computer that makes it, and its secret. So nothing that is copied or restored from it
/// is without: there a lead says first what has left.
///
/// # Errors
/// A fault of the store.
pub fn begin(tx: &Tx<'_>, secret: [u8; 32]) -> Result<()> {
    tx.create(&FigureKey { id: tx.new_id(), secret: secret.to_vec(), by: tx.actor(), at: tx.now() })?;
    take(tx, "", &[])
}

/// Gives the seat to the computer at hand, in this place on it.
fn take(tx: &Tx<'_>, reason: &str, left: &[Elsewhere]) -> Result<()> {
    let computer = vault::here(tx)?.ok_or_else(Error::damaged)?.to_vec();
    let left_elsewhere = serde_json::to_string(left).map_err(|_| Error::internal("what has left"))?;
    let (device, reason) = (tx.device(), reason.to_owned());
    tx.create(&ReleaseSeat { id: tx.new_id(), device, computer, reason, left_elsewhere, by: tx.actor(), at: tx.now() })
}

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
    let calendar = Calendar::read(session.conn(), session.now().date())?;
    let mut left = Vec::new();
    for one in &request.left {
        ended(&calendar, &one.period)?;
        left.push(left_elsewhere(session.conn(), one)?);
    }
    let said = room::elsewhere(session.conn())?;
    for period in &request.taken_back {
        let period = ended(&calendar, period)?.code();
        if !said.iter().any(|before| before.period == period) || left.iter().any(|now| now.period == period) {
            return Err(SummaryRefused::NotSaid.into());
        }
        left.push(Elsewhere { period, figures: None, here: false, taken_back: true });
    }
    session.transact(Op::TakeReleaseSeat, |tx| {
        // Who has it may still say more of what has left, or bring its file.
        if room::has_seat(tx, device)? && left.is_empty() {
            return Err(SummaryRefused::HasSeat.into());
        }
        tx.because(&reason);
        take(tx, &reason, &left)?;
        Ok(Nothing {})
    })
}

/// Says that this computer does not release: the one that does stays the same, or no computer releases if this was it,
/// until a lead makes one the computer that does.
///
/// # Errors
/// See [`SummaryRefused`]; not while a release of this computer waits.
pub fn leave_release_seat(session: &mut Session, request: LeaveReleaseSeat) -> Result<Reply<Nothing>> {
    let reason = request.reason.trim().to_owned();
    if !typed::says_why(&reason) {
        return Err(SummaryRefused::NoReason.into());
    }
    let this = session.author().device;
    session.transact(Op::LeaveReleaseSeat, |tx| {
        let seats = releases::seats(tx)?;
        let here = room::has_seat(tx, this)?;
        if !here && left(&seats).is_some() {
            return Err(SummaryRefused::SeatLeft.into());
        }
        if here && room::waiting(&room::stands(tx)?).is_some() {
            return Err(SummaryRefused::Waits.into());
        }
        let stays = seats.last().filter(|_| !here);
        let device = stays.map_or(NOBODY, |seat| seat.device);
        let computer = stays.map(|seat| seat.computer.clone()).unwrap_or_default();
        tx.because(&reason);
        let left_elsewhere = NOTHING_LEFT.to_owned();
        tx.create(&ReleaseSeat {
            id: tx.new_id(),
            device,
            computer,
            reason: reason.clone(),
            left_elsewhere,
            by: tx.actor(),
            at: tx.now(),
        })?;
        Ok(Nothing {})
    })
}

/// No computer.
const NOBODY: DeviceId = DeviceId(Uuid::nil());
/// Nothing has left from elsewhere.
const NOTHING_LEFT: &str = "[]";

/// Whether the last word about the seat is that it was left, and not that it was taken: then to nobody, or as it was.
fn left(seats: &[ReleaseSeat]) -> Option<Left> {
    let last = seats.last()?;
    if last.device == NOBODY {
        return Some(Left::ToNobody);
    }
    let before = seats.iter().rev().nth(1)?;
    let same = before.device == last.device && before.computer == last.computer;
    (same && last.left_elsewhere == NOTHING_LEFT).then_some(Left::AsItWas)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    ToNobody,
    AsItWas,
}

impl Left {
    const fn words(self) -> &'static str {
        match self {
            Self::ToNobody => "said that the computer that released no longer does, so none does now",
            Self::AsItWas => "said that the computer that releases stays the same",
        }
    }
}

/// Which computer releases, as it is shown.
pub fn seat_view(conn: &Db, this: DeviceId, lead: bool) -> Result<SeatView> {
    let seats = releases::seats(conn)?;
    let here = room::has_seat(conn, this)?;
    let how = left(&seats);
    let words = match how {
        _ if here => String::new(),
        Some(Left::ToNobody) => NO_COMPUTER.to_owned(),
        _ => Error::from(SummaryRefused::NoSeat).message,
    };
    let said = match (seats.last(), how) {
        (Some(last), Some(how)) if !here => {
            format!("{}: {} {}: {}", day_words(last.at.date()), users::name(conn, last.by)?, how.words(), last.reason)
        }
        _ => String::new(),
    };
    Ok(SeatView { here, may_take: lead && !here, may_leave: lead && (here || how.is_none()), words, said })
}

const NO_COMPUTER: &str =
    "No computer of the team looks at figures or releases them now. A service lead can make this computer the one that does.";

/// The lines of the register about the seat, each with its instant.
pub fn lines(conn: &Db) -> Result<Vec<(Timestamp, String)>> {
    let seats = releases::seats(conn)?;
    let mut lines = Vec::new();
    for (at, seat) in seats.iter().enumerate().filter(|(_, seat)| !seat.reason.is_empty()) {
        let (day, who) = (day_words(seat.at.date()), users::name(conn, seat.by)?);
        let words = match left(&seats[..=at]) {
            Some(how) => format!("{day}: {who} {}: {}", how.words(), seat.reason),
            None => {
                let before = at.checked_sub(1).map(|before| &seats[before]);
                let is_new = before.is_none_or(|before| (before.device, &before.computer) != (seat.device, &seat.computer));
                let did = if is_new { "made another computer the one that releases" } else { "said more of what has left" };
                format!("{day}: {who} {did}: {}. Left from elsewhere: {}", seat.reason, said_elsewhere(seat)?)
            }
        };
        lines.push((seat.at, words));
    }
    Ok(lines)
}

fn said_elsewhere(seat: &ReleaseSeat) -> Result<String> {
    let left: Vec<Elsewhere> = serde_json::from_str(&seat.left_elsewhere).map_err(|_| Error::damaged())?;
    let each = left.iter().map(|left| {
        let period = Period::parse(&left.period).map_or_else(|_: SummaryRefused| left.period.clone(), Period::words);
        match left.figures {
            Some(_) => period,
            None if left.taken_back => format!("{period} (said in error: it has not left)"),
            None if left.here => format!("{period} (its release is in this register)"),
            None => format!("{period} (its file is not here)"),
        }
    });
    Ok(if left.is_empty() { "nothing".to_owned() } else { each.collect::<Vec<_>>().join(", ") })
}

/// A period of which something can have left, because it has ended.
fn ended(calendar: &Calendar<'_>, period: &str) -> Result<Period> {
    let period = Period::parse(period).map_err(|refusal| Error::from(refusal).at("left"))?;
    if calendar.has_ended(period) { Ok(period) } else { Err(Error::from(SummaryRefused::NotComplete).at("left")) }
}

/// What is in the file of a release that left from elsewhere, if it is one of that period by one of our tables.
fn left_elsewhere(conn: &Db, left: &LeftElsewhere) -> Result<Elsewhere> {
    let period = Period::parse(&left.period).map_err(|refusal| Error::from(refusal).at("left"))?;
    if left.csv.trim().is_empty() {
        return Ok(Elsewhere { period: period.code(), figures: None, here: false, taken_back: false });
    }
    // Its words are of the steps as they were then.
    let models = lists::models(conn)?;
    let read = models.iter().find_map(|model| read_csv(left.csv.as_bytes(), &specs::specs(period, model)).ok());
    let figures = read.ok_or(SummaryRefused::NotItsFile)?;
    // Figures of a practice record are of no family, and those of families are none of a practice record.
    let of_practice = figures.name.strip_prefix(room::PRACTICE);
    if of_practice.is_some() != vault::is_practice(conn)? {
        return Err(SummaryRefused::NotItsFile.into());
    }
    let name = of_practice.unwrap_or(&figures.name);
    let is_of = name.split(' ').next() == Some(period.code().as_str()) && figures.when.quarter == period.last_quarter().index();
    if !is_of || figures.rule != specs::rule(period) {
        return Err(SummaryRefused::NotItsFile.into());
    }
    for stand in room::stands(conn)?.into_iter().filter(|stand| stand.sealed) {
        if figures_of(&stand.release.figures)? == figures {
            return Ok(Elsewhere { period: period.code(), figures: None, here: true, taken_back: false });
        }
    }
    Ok(Elsewhere { period: period.code(), figures: Some(figures), here: false, taken_back: false })
}
