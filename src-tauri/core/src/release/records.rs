//! What the record keeps of figures: from which state of it they were counted, what was seen, what has left, and who
//! said what of it. Raw counts are never kept.

use chrono::NaiveDate;

use crate::codes::codes;
use crate::ids::{DeviceId, UserId, ids};
use crate::record::record;
use crate::release::{FinancialYear, Licence, Period, Quarter, ReleaseId};
use crate::time::Timestamp;
use crate::user::Role;

ids! {
    /// The state of the record that figures are counted from.
    FrameId as "string & { readonly of: 'Frame' }",
    /// A look at figures.
    LookId as "string & { readonly of: 'Look' }",
    /// What was said of a release.
    ReleaseWordId as "string & { readonly of: 'ReleaseWord' }",
    /// One file of a release.
    ReleaseFileId as "string & { readonly of: 'ReleaseFile' }",
    /// The computer that releases.
    ReleaseSeatId as "string & { readonly of: 'ReleaseSeat' }",
    /// That a period is ready.
    PeriodReadyId as "string & { readonly of: 'PeriodReady' }",
    /// The plan of a year.
    YearPlanId as "string & { readonly of: 'YearPlan' }",
    /// The secret that decides what is hidden.
    FigureKeyId as "string & { readonly of: 'FigureKey' }",
}

record! {
    /// From which state of the record the figures of a day are counted. The first look makes it; what is recorded later
    /// changes nothing.
    Frame = "figure_frame" "state of the record that figures are counted from", added, in team, about Team, signed "by" "at", [Releases];
    id id: FrameId;
    /// On whose last day, also of a year.
    quarter: Quarter, "Quarter", Fixed Open;
    /// 0, and one more each time it was made anew.
    number: i64, "Number", Fixed Inside;
    /// How far each computer had written, as JSON.
    reached: String, "Position of the log", Fixed Inside;
    /// Empty of the first.
    reason: String, "Why again", Fixed Open;
    by: UserId, "Made by", Fixed Open;
    at: Timestamp, "Made at", Fixed Open;
}

record! {
    /// Protected tables that somebody has looked at. Nobody can forget them, so what leaves later has to stand beside them.
    Look = "figure_look" "look at figures", added, in team, about Team, signed "by" "at", [Releases];
    id id: LookId;
    frame: FrameId, "State of the record", Fixed Inside;
    period: Period, "Period", Fixed Open;
    /// As JSON.
    figures: String, "Protected tables", Fixed Inside;
    /// Why tables are withheld, and what can be done, as JSON.
    told: String, "Causes and advice", Fixed Inside;
    role: Role, "Looked at as", Fixed Open;
    by: UserId, "Looked at by", Fixed Open;
    at: Timestamp, "Looked at", Fixed Open;
}

record! {
    /// One release: its protected tables, never the counts behind them, and their proofs. It is sealed once its files are there.
    Release = "release" "summary release", added, in team, about Team, signed "made_by" "made_at", [Releases];
    id id: ReleaseId;
    period: Period, "Period", Fixed Open;
    frame: FrameId, "State of the record", Fixed Inside;
    made_by: UserId, "Released by", Fixed Open;
    /// What they did in the team at the time.
    role: Role, "Released as", Fixed Open;
    made_at: Timestamp, "Released at", Fixed Open;
    reason: String, "Why", Fixed Open;
    /// Whether it waits for a second person, because it goes outside the team.
    outside: bool, "Outside the team", Fixed Open;
    /// Empty for the team itself.
    recipient: String, "For whom", Fixed Open;
    licence: Licence, "What may be done with it", Fixed Open;
    /// None for ever.
    expires_on: Option<NaiveDate>, "May be used until", Fixed Open;
    corrects: Option<ReleaseId>, "Corrects another release", Fixed Inside;
    /// The name of figures that left from another computer; empty if it corrects none of them.
    corrects_elsewhere: String, "Corrects figures from another computer", Fixed Inside;
    /// As JSON.
    figures: String, "Protected tables", Fixed Inside;
    /// How its numbers are protected, as it was said at the time.
    rule: String, "Rule", Fixed Inside;
    /// As JSON. It tells of nothing that has not left, and is one of the files.
    outsider: String, "Proof for an outsider", Fixed Inside;
    /// As JSON. It holds how many came, left and moved.
    insider: String, "Proof for an insider", Fixed Inside;
    /// The checksum of everything that it was proven beside: what waits is not sealed beside more.
    beside: String, "Proven beside", Fixed Inside;
    /// Hash of the head of the log when it was made, in hex.
    head: String, "Log head", Fixed Inside;
}

record! {
    /// One file of a sealed release, byte for byte.
    ReleaseFile = "release_file" "file of a release", added, in team, about Team, [Releases];
    id id: ReleaseFileId;
    release: ReleaseId, "Release", Fixed Inside;
    name: String, "File", Fixed Open;
    bytes: Vec<u8>, "Contents", Fixed Inside;
    /// BLAKE3, in hex.
    hash: String, "Checksum", Fixed Inside;
}

codes! {
    /// What somebody said of a release.
    pub enum ReleaseSaid {
        Agreed "agreed" "Agreed to it as the second person",
        Declined "declined" "Declined it as the second person",
        TakenBack "taken_back" "Took it back before anybody agreed",
        Withdrawn "withdrawn" "Withdrew it",
        Printed "printed" "Printed its tables",
    }
}

record! {
    /// What somebody said of a release.
    ReleaseWord = "release_word" "word about a release", added, in team, about Team, signed "by" "at", [Releases];
    id id: ReleaseWordId;
    release: ReleaseId, "Release", Fixed Inside;
    said: ReleaseSaid, "What", Fixed Open;
    /// Empty of an agreement.
    reason: String, "Why", Fixed Open;
    role: Role, "Said as", Fixed Open;
    by: UserId, "Said by", Fixed Open;
    at: Timestamp, "Said at", Fixed Open;
}

record! {
    /// Which computer looks and releases: the last one by the log. With it what has left from elsewhere.
    ReleaseSeat = "release_seat" "computer that releases", added, in team, about Team, signed "by" "at", [Releases];
    id id: ReleaseSeatId;
    /// The nil id once a lead has said that it no longer releases: then no computer does.
    device: DeviceId, "Computer", Fixed Inside;
    /// The mark of the place on it: a copy of everything that is there does not have the seat.
    computer: Vec<u8>, "Place on the computer", Fixed Inside;
    /// Empty of the first, which has it from the first step of the record on.
    reason: String, "Why", Fixed Open;
    /// Periods and what was in their files, as JSON.
    left_elsewhere: String, "What has left from elsewhere", Fixed Inside;
    by: UserId, "Taken by", Fixed Open;
    at: Timestamp, "Taken at", Fixed Open;
}

record! {
    /// A service lead’s word that a period is over and its record ready.
    PeriodReady = "period_ready" "word that a period is ready", added, in team, about Team, signed "by" "at", [Releases];
    id id: PeriodReadyId;
    period: Period, "Period", Fixed Open;
    by: UserId, "Said by", Fixed Open;
    at: Timestamp, "Said at", Fixed Open;
}

record! {
    /// The bandings of the quarters of a year, as they were chosen. The last one of a year stands.
    YearPlan = "year_plan" "plan of a year’s figures", added, in team, about Team, signed "by" "at", [Releases];
    id id: YearPlanId;
    year: FinancialYear, "Year", Fixed Open;
    /// The banding of each table, as JSON.
    tables: String, "Tables", Fixed Inside;
    role: Role, "Planned as", Fixed Open;
    by: UserId, "Planned by", Fixed Open;
    at: Timestamp, "Planned at", Fixed Open;
}

record! {
    /// The secret that decides what is hidden beside small counts: the same in every look and every period, or patterns
    /// that differ would tell. It is a record, and not beside the keys of the vault, so that it goes wherever the counts
    /// go: with a backup, with a copy, with sync. It is made with the record, so that no copy makes another. Nobody is shown it.
    FigureKey = "figure_key" "secret of the figures", added, in team, about Team, signed "by" "at", [];
    id id: FigureKeyId;
    secret: Vec<u8>, "Secret", Fixed Inside;
    by: UserId, "Made by", Fixed Open;
    at: Timestamp, "Made at", Fixed Open;
}
