//! Looking at, releasing and writing the anonymised summary: one sealed
//! release a quarter, in a register.

mod files;

use std::path::Path;

use attune_disclosure::protect::RULE;
use attune_disclosure::{Cell, Protected, Release as Sheet, csv, page};
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::error::{Error, Result};
use crate::op::Op;
use crate::reader::Reader;
use crate::release::ops::files::Parts;
use crate::release::rows as releases;
use crate::release::rows::Release;
use crate::release::{
    Quarter, QuarterChoice, ReleaseRequest, ReleaseView, SummaryRefused, SummaryRequest, SummaryRow, SummaryTable, SummaryView,
};
use crate::release::{export_folder, tables as summary};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::store::log;
use crate::store::tx::Tx;
use crate::time::{Timestamp, date_words, day_time_words};
use crate::typed;
use crate::user::Role;
use crate::user::rows as users;

/// Quarters offered.
const OFFERED: usize = 8;

/// The register of releases.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReleasesView {
    /// Latest quarter first.
    pub releases: Vec<ReleaseView>,
}

/// Names a quarter.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfQuarter {
    /// `2026-Q3`.
    pub quarter: String,
}

/// A quarter's summary, protected; as released if it has been.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn summary(reader: &Reader<'_>, request: SummaryRequest) -> Result<SummaryView> {
    let reader = &reader.listed("summary")?;
    let today = reader.now.date();
    let latest = Quarter::of(today).before();
    let quarter = if request.quarter.is_empty() { latest } else { Quarter::parse(&request.quarter)? };
    if !quarter.is_complete(today) {
        return Err(SummaryRefused::NotComplete.into());
    }
    let released = releases::of(reader.conn, quarter)?;
    let tables = match released.first() {
        Some(release) => sealed_tables(release)?,
        None => summary::tables(reader.conn, quarter)?,
    };
    let mut quarters = Vec::new();
    let mut each = latest;
    for _ in 0..OFFERED {
        quarters.push(QuarterChoice { quarter: each.code(), words: each.words(), released: !releases::of(reader.conn, each)?.is_empty() });
        each = each.before();
    }
    Ok(SummaryView {
        quarters,
        quarter: quarter.code(),
        words: quarter.words(),
        tables: tables.iter().map(table_view).collect(),
        checklist: [
            "No names",
            "No dates of birth",
            "No H&C numbers or identifiers",
            "No free text",
            "No dates more precise than the quarter",
        ]
        .map(str::to_owned)
        .to_vec(),
        rule: released.first().map_or_else(|| RULE.to_owned(), |release| release.rule.clone()),
        not_yet: if released.is_empty() && all_withheld(&tables) {
            Error::from(SummaryRefused::NothingShown).message
        } else {
            String::new()
        },
        released: match released.as_slice() {
            [] => None,
            [release, again @ ..] => Some(with_others(reader.conn, release_view(reader.conn, release)?, again)?),
        },
        folder: export_folder::of(reader.conn)?.display().to_string(),
        check_clock: check_clock(reader.conn, quarter)?,
    })
}

/// A release cannot be taken back: whoever releases a quarter in which nothing
/// was entered to its end is asked whether it is over.
fn check_clock(conn: &Db, quarter: Quarter) -> Result<String> {
    let last = log::last_wall(conn)?.map(Timestamp::date).filter(|last| *last < quarter.day_after());
    Ok(last.map_or_else(String::new, |last| {
        format!(
            "The last entry in the record is dated {}, before the end of this quarter. Check this computer’s clock before you release it.",
            date_words(last)
        )
    }))
}

/// Releases a quarter: seals its protected tables and its files, byte for
/// byte, in the register, and saves the files. They are whole on the disk
/// before anything is sealed; if they then cannot have their names, the answer
/// says that the release stands and its files are missing.
///
/// # Errors
/// See [`SummaryRefused`]; a quarter is released once. Nothing was released.
pub fn release_summary(session: &mut Session, request: ReleaseRequest) -> Result<Reply<ReleaseView>> {
    let quarter = Quarter::parse(&request.quarter)?;
    let reason = request.reason.trim().to_owned();
    if !quarter.is_complete(session.now().date()) {
        return Err(SummaryRefused::NotComplete.into());
    }
    if !typed::says_why(&reason) {
        return Err(SummaryRefused::NoReason.into());
    }
    let folder = export_folder::ready(session.conn())?.ok_or(SummaryRefused::NoFolder)?;
    session.seal()?;
    let role = session.user().role;
    let done = session.transact_part(Op::Release, |tx| {
        if !releases::of(tx, quarter)?.is_empty() {
            return Err(SummaryRefused::AlreadyReleased.into());
        }
        let tables = summary::tables(tx, quarter)?;
        if all_withheld(&tables) {
            return Err(SummaryRefused::NothingShown.into());
        }
        let release = sealed(tx, quarter, role, &reason, tables)?;
        let parts = parts_of(&release, &folder).map_err(|_| Error::from(SummaryRefused::NoFolder))?;
        tx.because(&reason);
        tx.create(&release)?;
        Ok((release_view(tx, &release)?, parts))
    })?;
    // What is not sealed now is sealed at the next lock: the release stands.
    drop(session.seal());
    let (view, parts) = done.value;
    Ok(Reply { value: saved(view, parts), touched: done.touched, seen: done.seen })
}

/// Saves the files of a release again, byte for byte as they were sealed.
///
/// # Errors
/// When the quarter has not been released, or the folder cannot take them.
pub fn write_release(session: &mut Session, request: OfQuarter) -> Result<Reply<ReleaseView>> {
    let quarter = Quarter::parse(&request.quarter)?;
    let release = releases::of(session.conn(), quarter)?.into_iter().next().ok_or(SummaryRefused::NotReleased)?;
    session.log_done("write_release", false)?;
    if hash_of(&release.csv) != release.hash || hash_of(&release.page) != release.page_hash {
        return Err(Error::damaged());
    }
    let folder = export_folder::ready(session.conn())?.ok_or(SummaryRefused::NotSaved)?;
    let files = parts_of(&release, &folder).and_then(Parts::put).map_err(|_| Error::from(SummaryRefused::NotSaved))?;
    let value = ReleaseView { files, ..release_view(session.conn(), &release)? };
    Ok(Reply::touching(value, []))
}

/// All releases.
pub fn all(reader: &Reader<'_>, _: Nothing) -> Result<ReleasesView> {
    let reader = &reader.listed("releases")?;
    let releases = releases::all(reader.conn)?.iter().map(|release| release_view(reader.conn, release)).collect::<Result<_>>()?;
    Ok(ReleasesView { releases })
}

/// What is kept of a release: its tables, and its files as they are saved.
fn sealed(tx: &Tx<'_>, quarter: Quarter, role: Role, reason: &str, tables: Vec<Protected>) -> Result<Release> {
    let head = hex::encode(log::head_hash(tx)?);
    let kept = serde_json::to_string(&tables).map_err(|_| Error::internal("tables"))?;
    let sheet = Sheet {
        title: "Infant mental health: anonymised summary".to_owned(),
        period: quarter.words(),
        made: format!("Made {} by the {}", day_time_words(tx.now().local()), role.words().to_lowercase()),
        head: head.clone(),
        rule: RULE.to_owned(),
        tables,
    };
    let (csv, page) = (csv(&sheet), page(&sheet).into_bytes());
    Ok(Release {
        id: tx.new_id(),
        quarter,
        made_by: tx.actor(),
        role,
        made_at: tx.now(),
        reason: reason.to_owned(),
        tables: kept,
        rule: sheet.rule,
        hash: hash_of(&csv),
        page_hash: hash_of(&page),
        csv,
        page,
        head,
    })
}

fn parts_of(release: &Release, folder: &Path) -> std::io::Result<Parts> {
    let name = |ending: &str| format!("attune-summary-{}.{ending}", release.quarter.code());
    Parts::write(folder, &[(name("csv"), &release.csv), (name("html"), &release.page)])
}

/// The answer of a release that stands: with its files, or why they are missing.
fn saved(view: ReleaseView, parts: Parts) -> ReleaseView {
    match parts.put() {
        Ok(files) => ReleaseView { files, ..view },
        Err(_) => ReleaseView { not_saved: Error::from(SummaryRefused::NotSaved).message, ..view },
    }
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn sealed_tables(release: &Release) -> Result<Vec<Protected>> {
    serde_json::from_str(&release.tables).map_err(|_| Error::damaged())
}

fn all_withheld(tables: &[Protected]) -> bool {
    tables.iter().all(|table| table.withheld().is_some())
}

fn table_view(table: &Protected) -> SummaryTable {
    let rows = table.rows().map(|(label, cell)| SummaryRow {
        label: label.to_owned(),
        shown: match cell {
            Cell::Shown(count) => Some(count),
            Cell::Hidden => None,
        },
    });
    SummaryTable {
        title: table.title().to_owned(),
        unit: table.unit().to_owned(),
        note: table.note().to_owned(),
        rows: rows.collect(),
        total: table.total().and_then(|total| u32::try_from(total).ok()),
        withheld: table.withheld().unwrap_or_default().to_owned(),
    }
}

/// The first release of a quarter, which says of others from other computers.
fn with_others(conn: &Db, view: ReleaseView, again: &[Release]) -> Result<ReleaseView> {
    let others = again.iter().map(|release| Ok(release_view(conn, release)?.who));
    let who = std::iter::once(Ok(view.who)).chain(others).collect::<Result<Vec<_>>>()?.join(" · And again: ");
    Ok(ReleaseView { who, ..view })
}

fn release_view(conn: &Db, release: &Release) -> Result<ReleaseView> {
    let name = users::find(conn, release.made_by)?.map_or_else(|| "a former user".to_owned(), |user| user.name);
    Ok(ReleaseView {
        quarter: release.quarter.code(),
        words: release.quarter.words(),
        who: format!("Released {} by {name} ({})", day_time_words(release.made_at.local()), release.role.words()),
        why: release.reason.clone(),
        files: Vec::new(),
        not_saved: String::new(),
        hash: release.hash.clone(),
        page_hash: release.page_hash.clone(),
    })
}
