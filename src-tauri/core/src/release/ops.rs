//! Looking, releasing, and what is said of it afterwards.

#[allow(dead_code, reason = "in use again when the bodies are filled in")]
mod files;

use crate::error::Result;
use crate::reader::Reader;
use crate::release::*;
use crate::reply::{Nothing, Reply};
use crate::session::Session;

pub fn summary(_: &Reader<'_>, _: OfPeriod) -> Result<SummaryView> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn releases(_: &Reader<'_>, _: Nothing) -> Result<ReleasesView> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn release_figures(_: &Reader<'_>, _: OfRelease) -> Result<ReleaseFigures> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn readiness(_: &Reader<'_>, _: OfPeriod) -> Result<ReadinessView> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn year_plan(_: &Reader<'_>, _: OfYear) -> Result<YearPlanView> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn check_release_proof(_: &Reader<'_>, _: OfRelease) -> Result<ProofChecked> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn make_frame_anew(_: &mut Session, _: MakeFrameAnew) -> Result<Reply<FrameMade>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn approve_release(_: &mut Session, _: OfRelease) -> Result<Reply<ReleaseView>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn decline_release(_: &mut Session, _: ReleaseBecause) -> Result<Reply<Nothing>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn withdraw_release(_: &mut Session, _: ReleaseBecause) -> Result<Reply<Nothing>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn write_release(_: &mut Session, _: WriteRelease) -> Result<Reply<ReleaseView>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn say_period_ready(_: &mut Session, _: OfPeriod) -> Result<Reply<Nothing>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn plan_year(_: &mut Session, _: PlanYear) -> Result<Reply<Nothing>> {
    Err(SummaryRefused::NotComplete.into())
}

pub fn take_release_seat(_: &mut Session, _: TakeReleaseSeat) -> Result<Reply<Nothing>> {
    Err(SummaryRefused::NotComplete.into())
}
