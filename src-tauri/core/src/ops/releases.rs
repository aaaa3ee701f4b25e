//! Looking at, releasing and writing the anonymised summary: one sealed
//! release a quarter, in a register.

use std::io::Write;
use std::path::{Path, PathBuf};

use attune_disclosure::protect::RULE;
use attune_disclosure::{Cell, Protected, Release as Sheet, csv, page};
use serde::{Deserialize, Serialize};

use super::Outcome;
use super::reader::Reader;
use super::session::Session;
use super::settings::{Nothing, THIS_COMPUTER};
use super::summary;
use crate::codes::Code;
use crate::domain::summary::{
    Quarter, QuarterChoice, ReleaseRequest, ReleaseView, SummaryRefused, SummaryRequest, SummaryRow, SummaryTable, SummaryView,
};
use crate::error::{Error, Result};
use crate::ops::op::Op;
use crate::store::releases::{self, Release};
use crate::store::{log, settings, users};
use crate::time::day_time_words;

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
    reader.listed("summary")?;
    let today = reader.now.date();
    let latest = Quarter::of(today).before();
    let quarter = if request.quarter.is_empty() { latest } else { Quarter::parse(&request.quarter)? };
    if !quarter.is_complete(today) {
        return Err(SummaryRefused::NotComplete.into());
    }
    let released = releases::of(reader.conn, quarter)?;
    let tables = match &released {
        Some(release) => sealed_tables(release)?,
        None => summary::tables(reader.conn, quarter)?,
    };
    let mut quarters = Vec::new();
    let mut each = latest;
    for _ in 0..OFFERED {
        quarters.push(QuarterChoice { quarter: each.code(), words: each.words(), released: releases::of(reader.conn, each)?.is_some() });
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
        rule: RULE.to_owned(),
        not_yet: if released.is_none() && all_withheld(&tables) {
            Error::from(SummaryRefused::NothingShown).message
        } else {
            String::new()
        },
        released: match released {
            Some(release) => Some(release_view(reader.conn, &release, Vec::new())?),
            None => None,
        },
        folder: folder(reader.conn)?.display().to_string(),
    })
}

/// Releases a quarter: seals its protected tables in the register and writes
/// the CSV and the page.
///
/// # Errors
/// See [`SummaryRefused`]; a quarter is released once.
pub fn release_summary(session: &mut Session, request: ReleaseRequest) -> Result<Outcome<ReleaseView>> {
    let quarter = Quarter::parse(&request.quarter)?;
    let reason = request.reason.trim().to_owned();
    if !quarter.is_complete(session.now().date()) {
        return Err(SummaryRefused::NotComplete.into());
    }
    if reason.chars().count() < 5 {
        return Err(SummaryRefused::NoReason.into());
    }
    let folder = ready_folder(session.conn())?;
    session.seal()?;
    let made = made_words(session);
    let done = session.transact_part(Op::Release, |tx| {
        if releases::of(tx, quarter)?.is_some() {
            return Err(SummaryRefused::AlreadyReleased.into());
        }
        let tables = summary::tables(tx, quarter)?;
        if all_withheld(&tables) {
            return Err(SummaryRefused::NothingShown.into());
        }
        let head = hex(&log::head_hash(tx)?);
        let file = csv(&sheet(quarter, &made, &head, tables.clone()));
        let release = Release {
            id: tx.new_id(),
            quarter,
            made_by: tx.actor(),
            made_at: tx.now(),
            reason: reason.clone(),
            tables: serde_json::to_string(&tables).map_err(|_| Error::internal("tables"))?,
            hash: blake3::hash(&file).to_hex().to_string(),
            head,
        };
        tx.because(&reason);
        tx.create(&release)?;
        Ok(release)
    })?;
    let files = write_files(session, &done.value, &folder)?;
    let view = release_view(session.conn(), &done.value, files)?;
    session.seal()?;
    Ok(done.with(view))
}

/// Writes the files of a release again, byte for byte.
///
/// # Errors
/// When the quarter has not been released, or the folder cannot be written.
pub fn write_release(session: &mut Session, request: OfQuarter) -> Result<Outcome<ReleaseView>> {
    let quarter = Quarter::parse(&request.quarter)?;
    let release = releases::of(session.conn(), quarter)?.ok_or(SummaryRefused::NotReleased)?;
    let folder = ready_folder(session.conn())?;
    let files = write_files(session, &release, &folder)?;
    let value = release_view(session.conn(), &release, files)?;
    Ok(Outcome { value, touched: Vec::new(), seen: 0 })
}

/// All releases.
///
/// # Errors
/// When the store fails.
pub fn all(reader: &Reader<'_>, _: Nothing) -> Result<ReleasesView> {
    reader.listed("releases")?;
    let releases =
        releases::all(reader.conn)?.iter().map(|release| release_view(reader.conn, release, Vec::new())).collect::<Result<_>>()?;
    Ok(ReleasesView { releases })
}

/// Where summaries are written on this computer.
///
/// # Errors
/// When the store fails.
pub fn folder(conn: &rusqlite::Connection) -> Result<PathBuf> {
    if let Some(folder) = settings::local(conn, THIS_COMPUTER, "export_folder")? {
        return Ok(PathBuf::from(folder));
    }
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from).unwrap_or_default();
    Ok(home.join("Attune summaries"))
}

/// Whether files can be written to a folder. A folder that has gone, such as
/// that of a stick that was taken out, is not made again in its place.
#[must_use]
pub fn usable(folder: &Path) -> bool {
    folder.is_absolute() && std::fs::metadata(folder).is_ok_and(|meta| meta.is_dir() && !meta.permissions().readonly())
}

/// The folder for summaries, ready to be written to; only the one of the user's
/// own files is made if it is not there.
fn ready_folder(conn: &rusqlite::Connection) -> Result<PathBuf> {
    let folder = folder(conn)?;
    if settings::local(conn, THIS_COMPUTER, "export_folder")?.is_none() {
        std::fs::create_dir_all(&folder).map_err(|_| Error::from(SummaryRefused::NoFolder))?;
    }
    if usable(&folder) { Ok(folder) } else { Err(SummaryRefused::NoFolder.into()) }
}

fn write_files(session: &Session, release: &Release, folder: &Path) -> Result<Vec<String>> {
    let by = users::find(session.conn(), release.made_by)?.map_or("a former user", |user| user.role.words());
    let made = format!("Made {} by the {}", day_time_words(release.made_at.local()), by.to_lowercase());
    let sheet = sheet(release.quarter, &made, &release.head, sealed_tables(release)?);
    let files = [("csv", csv(&sheet)), ("html", page(&sheet).into_bytes())];
    let mut written = Vec::new();
    for (ending, bytes) in files {
        let path = folder.join(format!("attune-summary-{}.{ending}", release.quarter.code()));
        let part = folder.join(format!("attune-summary-{}.{ending}.part", release.quarter.code()));
        let put = write_through(&part, &bytes).and_then(|()| std::fs::rename(&part, &path));
        put.map_err(|_| Error::from(SummaryRefused::NoFolder))?;
        written.push(path.display().to_string());
    }
    Ok(written)
}

/// For others to read, so not private to this user as the record is.
fn write_through(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn made_words(session: &Session) -> String {
    format!("Made {} by the {}", day_time_words(session.now().local()), session.user().role.words().to_lowercase())
}

fn sheet(quarter: Quarter, made: &str, head: &str, tables: Vec<Protected>) -> Sheet {
    Sheet {
        title: "Infant mental health: anonymised summary".to_owned(),
        period: quarter.words(),
        made: made.to_owned(),
        head: head.to_owned(),
        rule: RULE.to_owned(),
        tables,
    }
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

fn release_view(conn: &rusqlite::Connection, release: &Release, files: Vec<String>) -> Result<ReleaseView> {
    let by = users::find(conn, release.made_by)?;
    let who = by.map_or_else(|| "a former user".to_owned(), |user| format!("{} ({})", user.name, user.role.words()));
    Ok(ReleaseView {
        quarter: release.quarter.code(),
        words: release.quarter.words(),
        who: format!("Released {} by {who}", day_time_words(release.made_at.local())),
        why: release.reason.clone(),
        files,
        hash: release.hash.clone(),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
