//! What the record knows of figures: frames, looks, releases and what was said of them, in the order of the log.

use crate::error::{Error, Result};
use crate::release::records::{FigureKey, Frame, FrameId, Look, PeriodReady, Release, ReleaseFile, ReleaseSeat, ReleaseWord, YearPlan};
use crate::release::{FinancialYear, Period, Quarter, ReleaseId};
use crate::store::db::Db;
use crate::store::{in_error, in_team};

/// All releases, first to last by the log, whatever became of them.
pub fn all(conn: &Db) -> Result<Vec<Release>> {
    in_team::in_order(conn, "1", [])
}

/// One release.
pub fn find(conn: &Db, release: ReleaseId) -> Result<Option<Release>> {
    in_error::kept(conn, release.0)
}

/// The files of a release, in the order in which they were sealed; none until it is.
pub fn files(conn: &Db, release: ReleaseId) -> Result<Vec<ReleaseFile>> {
    in_team::in_order(conn, "release = ?", [release])
}

/// What was said of a release, first to last.
pub fn words(conn: &Db, release: ReleaseId) -> Result<Vec<ReleaseWord>> {
    in_team::in_order(conn, "release = ?", [release])
}

/// The frames of a quarter’s last day, first to last.
pub fn frames(conn: &Db, quarter: Quarter) -> Result<Vec<Frame>> {
    in_team::in_order(conn, "quarter = ?", [quarter.code()])
}

/// Every frame, first to last.
pub fn all_frames(conn: &Db) -> Result<Vec<Frame>> {
    in_team::in_order(conn, "1", [])
}

/// One frame.
///
/// # Errors
/// When it is not there.
pub fn frame(conn: &Db, frame: FrameId) -> Result<Frame> {
    in_error::kept(conn, frame.0)?.ok_or_else(Error::damaged)
}

/// Every look, first to last.
pub fn looks(conn: &Db) -> Result<Vec<Look>> {
    in_team::in_order(conn, "1", [])
}

/// The last look at a period in a frame.
pub fn last_look(conn: &Db, period: Period, frame: FrameId) -> Result<Option<Look>> {
    Ok(in_team::in_order(conn, "frame = ?", [frame])?.into_iter().rfind(|look: &Look| look.period == period))
}

/// Each time a computer became the one that releases, first to last.
pub fn seats(conn: &Db) -> Result<Vec<ReleaseSeat>> {
    in_team::in_order(conn, "1", [])
}

/// The computer that releases: the last that became so.
pub fn seat(conn: &Db) -> Result<Option<ReleaseSeat>> {
    Ok(seats(conn)?.pop())
}

/// The first word of a lead that a period is ready.
pub fn ready(conn: &Db, period: Period) -> Result<Option<PeriodReady>> {
    Ok(in_team::in_order(conn, "period = ?", [period.code()])?.into_iter().next())
}

/// The plan of a year that stands.
pub fn plan(conn: &Db, year: FinancialYear) -> Result<Option<YearPlan>> {
    Ok(in_team::in_order(conn, "year = ?", [year.code()])?.pop())
}

/// The secret of the team: the first by the log.
pub fn key(conn: &Db) -> Result<Option<FigureKey>> {
    Ok(in_team::in_order(conn, "1", [])?.into_iter().next())
}
