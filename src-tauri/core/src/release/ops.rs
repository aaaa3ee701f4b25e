//! The release room: what stands, what is planned, what is missing, and what was said.

pub mod files;
pub mod looking;
pub mod protecting;
pub mod room;
pub mod sealing;
mod views;

use attune_disclosure::{Cell, Proof, Publication, read_csv};

pub use looking::make_frame_anew;
pub use sealing::{approve_release, decline_release, withdraw_release, write_release};

use crate::codes::Code;
use crate::contact::ContactEntry;
use crate::contact::rows as contacts;
use crate::contact::signing;
use crate::error::{Error, Result};
use crate::op::Op;
use crate::reader::Reader;
use crate::release::ops::room::{Calendar, Elsewhere};
use crate::release::ops::views::{choices, figures_of, look_view, release_view};
use crate::release::records::{PeriodReady, ReleaseSeat, YearPlan};
use crate::release::rows as releases;
use crate::release::{
    FiguresView, FinancialYear, GroupNotAsked, LeftElsewhere, Licence, OfPeriod, OfRelease, OfYear, Period, PeriodChoice, PlanYear,
    ProofChecked, Quarter, ReadinessView, ReleaseFigures, ReleasesView, SeatView, SummaryRefused, SummaryView, TakeReleaseSeat,
    YearPlanView, classes, export_folder, specs, tallies,
};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::team::list_rows as lists;
use crate::time::day_words;
use crate::typed;
use crate::typed::choice::{Choice, choices as codes};
use crate::user::Role;
use crate::user::rows as users;

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
            released: room::sealed(&stands, each).is_some(),
        });
    }
    let view = |stand: Option<&room::Stand>| stand.map(|stand| release_view(conn, reader.user, stand, &stands)).transpose();
    let frame = room::frame(conn, period.last_quarter())?;
    let look = frame.as_ref().map(|frame| releases::last_look(conn, period, frame.id)).transpose()?.flatten();
    let lead = reader.user.role == Role::ServiceLead;
    let here = room::has_seat(conn, reader.device)?;
    Ok(SummaryView {
        periods,
        period: period.code(),
        words: period.words(),
        tables: choices(conn, period, &room::planned(conn, period)?)?,
        figures: look.as_ref().map(|look| look_view(conn, look)).transpose()?,
        frame: frame.as_ref().map(|frame| room::frame_words(conn, frame)).transpose()?.unwrap_or_default(),
        may_make_anew: lead && here && frame.is_some(),
        not_yet: words(calendar.not_complete(period)?),
        ready: room::ready_words(conn, period)?,
        seat: SeatView { here, may_take: lead && !here, words: words((!here).then_some(SummaryRefused::NoSeat)) },
        waiting: view(room::waiting(&stands))?,
        released: view(room::sealed(&stands, period))?,
        checklist: [
            "No names",
            "No dates of birth",
            "No H&C numbers or identifiers",
            "No free text",
            "No dates more precise than the period",
        ]
        .map(str::to_owned)
        .to_vec(),
        rule: specs::rule(period).words(),
        licences: codes::<Licence>(),
        folder: export_folder::of(conn)?.display().to_string(),
    })
}

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
    Ok(ReleasesView { releases, beside: views::beside(reader.conn)? })
}

/// The protected tables of one release, as they left or are to leave.
///
/// # Errors
/// [`SummaryRefused::NoRelease`].
pub fn release_figures(reader: &Reader<'_>, request: OfRelease) -> Result<ReleaseFigures> {
    let reader = &reader.listed("release_figures")?;
    let stands = room::stands(reader.conn)?;
    let stand = stands.iter().find(|stand| stand.release.id == request.release).ok_or(SummaryRefused::NoRelease)?;
    let release = release_view(reader.conn, reader.user, stand, &stands)?;
    let figures = figures_of(&stand.release.figures)?;
    let figures = FiguresView {
        period: release.period.clone(),
        words: release.words.clone(),
        who: release.who.clone(),
        rule: release.rule.clone(),
        tables: figures.tables.iter().map(|table| views::table_view(table, None)).collect(),
    };
    Ok(ReleaseFigures { release, figures })
}

/// Whether the proofs that a release is sealed with hold, and are of the numbers that it prints.
///
/// # Errors
/// [`SummaryRefused::NoRelease`].
pub fn check_release_proof(reader: &Reader<'_>, request: OfRelease) -> Result<ProofChecked> {
    let reader = &reader.listed("check_release_proof")?;
    let stand = room::one(reader.conn, request.release)?;
    let figures = figures_of(&stand.release.figures)?;
    let read = |kept: &str| serde_json::from_str::<Proof>(kept).ok();
    for (whose, kept) in [("an outsider", &stand.release.outsider), ("an insider", &stand.release.insider)] {
        let wrong = match read(kept) {
            None => Some("cannot be read"),
            Some(proof) if proof.check().is_err() => Some("does not hold"),
            Some(proof) if !is_of(&proof, &figures) => Some("is of other numbers"),
            Some(_) => None,
        };
        if let Some(wrong) = wrong {
            let words =
                format!("The proof for {whose} {wrong}. Do not use this release, and tell the service lead and information governance.");
            return Ok(ProofChecked { holds: false, words });
        }
    }
    let hidden = figures.tables.iter().flat_map(attune_disclosure::Protected::cells).filter(|(.., cell)| *cell == Cell::Hidden).count();
    let each = typed::counted::of(u32::try_from(hidden).unwrap_or(u32::MAX), "hidden number", "hidden numbers");
    let can = if hidden == 1 { "can still be" } else { "can each still be" };
    let words = format!("Both proofs hold, and are of the numbers of this release: {each} {can} any small number.");
    Ok(ProofChecked { holds: true, words })
}

fn is_of(proof: &Proof, figures: &Publication) -> bool {
    let mut printed = Vec::new();
    for table in &figures.tables {
        for (line, column, cell) in table.cells() {
            let said = match cell {
                Cell::Shown(number) => number.to_string(),
                _ => attune_disclosure::render::HIDDEN.to_owned(),
            };
            printed.push((table.title().to_owned(), table.place(line, column), said));
        }
    }
    proof.is_of(&figures.name, printed.iter().map(|(table, line, said)| (table.as_str(), line.as_str(), said.as_str()))).is_ok()
}

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

/// The plan of a year: said from what was published, never from counts.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn year_plan(reader: &Reader<'_>, request: OfYear) -> Result<YearPlanView> {
    let reader = &reader.listed("year_plan")?;
    let this = FinancialYear::of(reader.now.date());
    let year = if request.year.trim().is_empty() { this } else { FinancialYear::parse(&request.year)? };
    let choice = |year: FinancialYear| Choice { code: year.code(), words: year.words(), key: String::new() };
    let plan = releases::plan(reader.conn, year)?;
    let who = plan.map(|plan| {
        let who = users::name(reader.conn, plan.by)?;
        Ok::<_, Error>(format!("Planned {} by {who} ({})", day_words(plan.at.date()), plan.role.words()))
    });
    Ok(YearPlanView {
        year: year.code(),
        words: year.words(),
        years: [this.before(), this, this.after()].map(choice).to_vec(),
        tables: choices(reader.conn, Period::Quarter(year.quarters()[0]), &room::plan_of(reader.conn, year)?)?,
        who: who.transpose()?.unwrap_or_default(),
    })
}

/// Plans the bandings of a year’s quarters. What was looked at or released already stays as it was.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn plan_year(session: &mut Session, request: PlanYear) -> Result<Reply<Nothing>> {
    let year = FinancialYear::parse(&request.year)?;
    let role = session.user().role;
    session.transact(Op::PlanYear, |tx| {
        let offered = specs::specs(Period::Quarter(year.quarters()[0]), &lists::model(tx)?);
        let is_offered = |asked: &crate::release::TableAsked| {
            let spec = offered.iter().find(|spec| spec.name == asked.name);
            spec.is_some_and(|spec| asked.banding.is_none_or(|banding| (banding as usize) < spec.bandings.len()))
        };
        if !request.tables.iter().all(is_offered) {
            return Err(SummaryRefused::NoTable.into());
        }
        let tables = serde_json::to_string(&request.tables).map_err(|_| Error::internal("a plan"))?;
        tx.create(&YearPlan { id: tx.new_id(), year, tables, role, by: tx.actor(), at: tx.now() })?;
        Ok(Nothing {})
    })
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
