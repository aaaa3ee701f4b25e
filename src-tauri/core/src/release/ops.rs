//! The release room: what stands of a period, and the register.

mod files;
pub mod looking;
mod plan;
mod proofs;
pub mod protecting;
mod ready;
pub mod room;
pub mod sealing;
pub mod seat;
mod views;
mod waits;

pub use looking::make_frame_anew;
pub use plan::{plan_year, year_plan};
pub use proofs::check_release_proof;
pub use ready::{readiness, say_period_ready};
pub use sealing::{approve_release, decline_release, print_release, withdraw_release, write_release};
pub use seat::{leave_release_seat, take_release_seat};
pub use waits::waits;

use crate::error::{Error, Result};
use crate::reader::Reader;
use crate::release::ops::room::Calendar;
use crate::release::ops::views::{choices, figures_of, look_view, release_view};
use crate::release::rows as releases;
use crate::release::{
    FiguresView, FinancialYear, Licence, OfPeriod, OfRelease, Period, PeriodChoice, Quarter, ReleaseFigures, ReleasesView, SummaryRefused,
    SummaryView, export_folder, specs,
};
use crate::reply::Nothing;
use crate::typed::choice::choices as codes;
use crate::user::Role;

/// Quarters and years offered.
const OFFERED: [usize; 2] = [8, 3];

/// A period: what can be chosen, what was looked at last and what has left. Nothing is counted here.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn summary(reader: &Reader<'_>, request: OfPeriod) -> Result<SummaryView> {
    let reader = &reader.listed("summary")?;
    let (conn, today) = (reader.conn, reader.now.date());
    let latest = Quarter::of(today).before();
    let period = if request.period.trim().is_empty() { Period::Quarter(latest) } else { Period::parse(&request.period)? };
    let calendar = Calendar::read(conn, today)?;
    let words = |refusal: Option<SummaryRefused>| refusal.map(|refusal| Error::from(refusal).message).unwrap_or_default();
    let stands = room::stands(conn)?;
    let mut periods = Vec::new();
    for each in offered(latest, FinancialYear::of(today).before()) {
        periods.push(PeriodChoice {
            period: each.code(),
            words: each.words(),
            year: each.is_year(),
            not_complete: words(calendar.not_complete(each)?),
            released: room::sealed(&stands, each).is_some() || !room::brought(conn, each)?.is_empty(),
        });
    }
    let view = |stand: Option<&room::Stand>| stand.map(|stand| release_view(conn, reader.user, stand, &stands)).transpose();
    let frame = room::frame(conn, period.last_quarter())?;
    let look = frame.as_ref().map(|frame| releases::last_look(conn, period, frame.id)).transpose()?.flatten();
    let lead = reader.user.role == Role::ServiceLead;
    let seat = seat::seat_view(conn, reader.device, lead)?;
    let released = room::sealed(&stands, period);
    let is_elsewhere = released.is_none() && !room::brought(conn, period)?.is_empty();
    Ok(SummaryView {
        periods,
        period: period.code(),
        words: period.words(),
        tables: choices(conn, period, &room::planned(conn, period)?)?,
        figures: look.as_ref().map(|look| look_view(conn, look)).transpose()?,
        frame: frame.as_ref().map(|frame| room::frame_words(conn, frame)).transpose()?.unwrap_or_default(),
        may_make_anew: lead && seat.here && frame.is_some(),
        not_yet: words(calendar.not_complete(period)?),
        ready: room::ready_words(conn, period)?,
        seat,
        waits: waits(conn, reader.user, &stands, today)?,
        waiting: view(room::waiting(&stands))?,
        released: view(released)?,
        left_elsewhere: if is_elsewhere { LEFT_ELSEWHERE.to_owned() } else { String::new() },
        checklist: views::not_in_a_file(),
        rule: specs::rule(period).words(),
        licences: codes::<Licence>(),
        folder: export_folder::of(conn)?.display().to_string(),
    })
}

const LEFT_ELSEWHERE: &str =
    "Figures of this period have left from another computer. Only a service lead can release it, as a correction of them.";

fn offered(latest: Quarter, year: FinancialYear) -> impl Iterator<Item = Period> {
    let quarters = std::iter::successors(Some(latest), |quarter| Some(quarter.before())).take(OFFERED[0]).map(Period::Quarter);
    quarters.chain(std::iter::successors(Some(year), |year| Some(year.before())).take(OFFERED[1]).map(Period::Year))
}

/// The register: every release with everything that is kept of it, and what else is to be known.
pub fn releases(reader: &Reader<'_>, _: Nothing) -> Result<ReleasesView> {
    let reader = &reader.listed("releases")?;
    let stands = room::stands(reader.conn)?;
    let mut latest: Vec<&room::Stand> = stands.iter().rev().collect();
    latest.sort_by_key(|stand| std::cmp::Reverse((stand.release.period.last_day(), stand.release.period)));
    let releases = latest.into_iter().map(|stand| release_view(reader.conn, reader.user, stand, &stands)).collect::<Result<_>>()?;
    let waits = waits(reader.conn, reader.user, &stands, reader.now.date())?;
    Ok(ReleasesView { waits, releases, beside: views::beside(reader.conn)? })
}

/// The protected tables of one release, as they left or are to leave: for a second person as they were shown to whoever asked.
///
/// # Errors
/// [`SummaryRefused::NoRelease`].
pub fn release_figures(reader: &Reader<'_>, request: OfRelease) -> Result<ReleaseFigures> {
    let reader = &reader.listed("release_figures")?;
    let stands = room::stands(reader.conn)?;
    let stand = stands.iter().find(|stand| stand.release.id == request.release).ok_or(SummaryRefused::NoRelease)?;
    let release = release_view(reader.conn, reader.user, stand, &stands)?;
    let publication = figures_of(&stand.release.figures)?;
    let told = if stand.waits() { views::told_before(reader.conn, &stand.release, &publication)? } else { Vec::new() };
    let figures = FiguresView {
        period: release.period.clone(),
        words: release.words.clone(),
        who: release.who.clone(),
        rule: release.rule.clone(),
        tables: publication
            .tables
            .iter()
            .map(|table| views::table_view(table, told.iter().find(|told| told.name == table.name())))
            .collect(),
    };
    let left_out = views::left_out(reader.conn, stand.release.period, &figures)?;
    Ok(ReleaseFigures { release, figures, checklist: views::not_in_a_file(), left_out })
}
