//! Running a command, and showing what it answers.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use attune_core::api::{ActId, COMMANDS, Who};
use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::output::{Failure, data, line, note};
use crate::{Vault, ask, sign_in};

/// `attunectl call`: signs in unless the command is for before that.
pub fn call(desk: &Desk, vault: &Vault, command: &str, request: &str, act: Option<ActId>) -> Result<ExitCode, Failure> {
    let text = if request == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|_| Failure::Misused("Standard input could not be read.".to_owned()))?;
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        request.to_owned()
    };
    let request: Value =
        serde_json::from_str(&attune_core::api::mended(&text)).map_err(|_| Failure::Misused("The request is not JSON.".to_owned()))?;
    let needs_somebody = COMMANDS.iter().any(|known| known.name == command && matches!(known.who, Who::Roles(_)));
    if vault.user.is_some() || needs_somebody {
        sign_in::unlock(desk, vault)?;
    }
    let watch = crate::watch::Bar::new();
    let answer = attune_core::api::dispatch(desk, command, request, act, &watch);
    close(desk);
    data(&answer?);
    Ok(ExitCode::SUCCESS)
}

/// `attunectl verify`.
pub fn verify(desk: &Desk, json: bool) -> Result<ExitCode, Failure> {
    let report = ask(desk, "verify", json!({}))?;
    close(desk);
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    if json {
        data(&report);
    } else {
        line(report["words"].as_str().unwrap_or_default());
        for finding in &findings {
            line(&format!("  {}: {}", text(finding, "place"), text(finding, "words")));
        }
        for checked in report["checked"].as_array().into_iter().flatten() {
            line(&format!("  checked: {}", checked.as_str().unwrap_or_default()));
        }
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// `attunectl log`.
pub fn log(desk: &Desk, family: Option<&str>, lines: u32, json: bool) -> Result<ExitCode, Failure> {
    let mut shown: Vec<Value> = Vec::new();
    while (shown.len() as u32) < lines {
        let skip = shown.len();
        let page = match family {
            Some(reference) => ask(desk, "history", json!({"family": family_of(desk, reference)?, "skip": skip}))?,
            None => ask(desk, "team_history", json!({"skip": skip}))?,
        };
        let more = page["more"].as_u64().unwrap_or(0);
        shown.extend(page["lines"].as_array().cloned().unwrap_or_default());
        if more == 0 {
            break;
        }
    }
    close(desk);
    shown.truncate(lines as usize);
    if json {
        data(&Value::Array(shown));
        return Ok(ExitCode::SUCCESS);
    }
    for entry in &shown {
        line(&format!("{}  {}  {}  ({})", text(entry, "when"), text(entry, "who"), text(entry, "what"), text(entry, "place")));
        for detail in entry["details"].as_array().into_iter().flatten() {
            line(&format!("    {}", detail.as_str().unwrap_or_default().replace('\n', " / ")));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What `attunectl release` is asked.
pub struct Released<'a> {
    /// The period; empty for the latest complete quarter.
    pub period: &'a str,
    /// The tables, as `name` or `name=banding`; all if there is none.
    pub tables: &'a [String],
    /// Who gets it; none for the team itself.
    pub outside: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// The folder for the files.
    pub to: Option<&'a Path>,
}

/// `attunectl release`.
pub fn release(desk: &Desk, asked: &Released<'_>, json: bool) -> Result<ExitCode, Failure> {
    if let Some(folder) = asked.to {
        let folder = std::path::absolute(folder).map_err(|_| Failure::Misused("That folder cannot be used.".to_owned()))?;
        ask(desk, "set_export_folder", json!({"folder": folder}))?;
    }
    let summary = ask(desk, "summary", json!({"period": asked.period}))?;
    let release = if summary["released"].is_null() {
        let request = json!({
            "period": summary["period"], "reason": asked.reason, "tables": tables(&summary, asked.tables)?,
            "outside": asked.outside.is_some(), "recipient": asked.outside.unwrap_or_default(),
        });
        ask(desk, "release_summary", request)?
    } else {
        ask(desk, "write_release", json!({"release": summary["released"]["id"]}))?
    };
    let figures = ask(desk, "release_figures", json!({"release": release["id"]}))?["figures"].clone();
    close(desk);
    let not_saved = text(&release, "notSaved");
    let code = if not_saved.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if json {
        let mut whole = release.clone();
        whole["figures"] = figures;
        data(&whole);
        return Ok(code);
    }
    line(&format!("{} · {}", text(&release, "words"), text(&release, "who")));
    if text(&release, "state") == "waits" {
        line("It waits for a second person: a service lead or information governance.");
    }
    for file in release["files"].as_array().into_iter().flatten() {
        line(file.as_str().unwrap_or_default());
    }
    for file in release["sealed"].as_array().into_iter().flatten() {
        line(&format!("{} BLAKE3 {}", text(file, "name"), text(file, "hash")));
    }
    if !not_saved.is_empty() {
        line(not_saved);
    }
    Ok(code)
}

/// Each table that is asked for with its banding; the others are left out, unless none is named.
fn tables(summary: &Value, named: &[String]) -> Result<Value, Failure> {
    let mut asked = Vec::new();
    if named.is_empty() {
        return Ok(json!([]));
    }
    let mut wanted: Vec<(&str, u32)> = Vec::new();
    for one in named {
        let (name, banding) = one.split_once('=').unwrap_or((one, "0"));
        let banding =
            banding.parse().map_err(|_| Failure::Misused(format!("{one}: write the table, or the table=the number of its lines.")))?;
        wanted.push((name, banding));
    }
    for table in summary["tables"].as_array().into_iter().flatten() {
        let banding = wanted.iter().find(|(name, _)| *name == text(table, "name")).map(|(_, banding)| *banding);
        asked.push(json!({"name": table["name"], "banding": banding}));
    }
    let unknown = wanted.iter().find(|(name, _)| !asked.iter().any(|table| text(table, "name") == *name));
    match unknown {
        Some((name, _)) => Err(Failure::Misused(format!("There is no table {name} of this period."))),
        None => Ok(json!(asked)),
    }
}

/// The family of a case reference, looked up as the signed-in user may.
fn family_of(desk: &Desk, reference: &str) -> Result<Value, Failure> {
    let reference = &reference.to_uppercase();
    let found = match ask(desk, "families_index", json!({})) {
        Ok(index) => find(&index["families"], reference),
        Err(_) => caseload_family(desk, reference)?,
    };
    found.ok_or_else(|| Failure::Misused(format!("There is no family {reference} that this user may open.")))
}

fn find(families: &Value, reference: &str) -> Option<Value> {
    families.as_array()?.iter().find(|family| text(family, "reference") == reference).map(|family| family["family"].clone())
}

fn caseload_family(desk: &Desk, reference: &str) -> Result<Option<Value>, Failure> {
    let caseload = ask(desk, "caseload", json!({"mine": false, "filter": "open", "sort": "name"}))?;
    for row in caseload["rows"].as_array().into_iter().flatten() {
        let banner = ask(desk, "banner", json!({"family": row["family"]}))?;
        if text(&banner, "reference") == reference {
            return Ok(Some(row["family"].clone()));
        }
    }
    Ok(None)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// Locks. What was asked has been done or refused already, and that is what is answered: a disk too full to log the lock
/// takes nothing of it back.
fn close(desk: &Desk) {
    if desk.lock().is_err() {
        note("The record could not be closed as it should be: the disk may be full or failing. What was answered above is saved.");
    }
}
