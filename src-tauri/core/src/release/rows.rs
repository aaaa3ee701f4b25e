//! Sealed summaries.

use crate::error::Result;
use crate::ids::UserId;
use crate::record::record;
use crate::release::{Quarter, ReleaseId};
use crate::store::db::Db;
use crate::store::in_team;
use crate::time::Timestamp;
use crate::user::Role;

record! {
    /// One sealed summary: its protected tables, never the counts behind them,
    /// and its files byte for byte.
    Release = "release" "summary release", added, in team, about Team, signed "made_by" "made_at", [Releases];
    id id: ReleaseId;
    quarter: Quarter, "Quarter", Fixed Open;
    made_by: UserId, "Released by", Fixed Open;
    /// What they did in the team at the time.
    role: Role, "Released as", Fixed Open;
    made_at: Timestamp, "Released at", Fixed Open;
    /// And for whom.
    reason: String, "Why", Fixed Open;
    /// As JSON.
    tables: String, "Protected tables", Fixed Inside;
    /// How its numbers are protected, as it was said at the time.
    rule: String, "Rule", Fixed Inside;
    csv: Vec<u8>, "CSV file", Fixed Inside;
    page: Vec<u8>, "Page", Fixed Inside;
    /// BLAKE3 of the CSV file, in hex.
    hash: String, "Checksum of the CSV file", Fixed Inside;
    /// BLAKE3 of the page, in hex.
    page_hash: String, "Checksum of the page", Fixed Inside;
    /// Hash of the head of the log when it was made, in hex.
    head: String, "Log head", Fixed Inside;
}

/// The releases of a quarter, first to last by the log: from several computers
/// there can be more than one.
pub fn of(conn: &Db, quarter: Quarter) -> Result<Vec<Release>> {
    in_team::in_order(conn, "quarter = ?", [quarter.code()])
}

/// All releases, latest quarter first.
pub fn all(conn: &Db) -> Result<Vec<Release>> {
    let mut all: Vec<Release> = in_team::in_order(conn, "1", [])?;
    all.sort_by_key(|release| std::cmp::Reverse(release.quarter));
    Ok(all)
}
