//! The plan of a year: which lines each table is to have in its four quarters.

use crate::codes::Code;
use crate::error::{Error, Result};
use crate::op::Op;
use crate::reader::Reader;
use crate::release::ops::room;
use crate::release::ops::views::choices;
use crate::release::records::YearPlan;
use crate::release::rows as releases;
use crate::release::{FinancialYear, OfYear, Period, PlanYear, SummaryRefused, TableAsked, YearPlanView, specs};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::team::list_rows as lists;
use crate::time::day_words;
use crate::typed::choice::Choice;
use crate::user::rows as users;

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
        let is_offered = |asked: &TableAsked| {
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
