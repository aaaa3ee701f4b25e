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

/// `attunectl release`.
pub fn release(desk: &Desk, quarter: &str, reason: &str, to: Option<&Path>, json: bool) -> Result<ExitCode, Failure> {
    if let Some(folder) = to {
        let folder = std::path::absolute(folder).map_err(|_| Failure::Misused("That folder cannot be used.".to_owned()))?;
        ask(desk, "set_export_folder", json!({"folder": folder}))?;
    }
    let summary = ask(desk, "summary", json!({"quarter": quarter}))?;
    let quarter = summary["quarter"].clone();
    let release = if summary["released"].is_null() {
        ask(desk, "release_summary", json!({"quarter": quarter, "reason": reason}))?
    } else {
        ask(desk, "write_release", json!({"quarter": quarter}))?
    };
    close(desk);
    let not_saved = text(&release, "notSaved");
    let code = if not_saved.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if json {
        data(&release);
        return Ok(code);
    }
    line(&format!("{} · {}", text(&release, "words"), text(&release, "who")));
    for file in release["files"].as_array().into_iter().flatten() {
        line(file.as_str().unwrap_or_default());
    }
    line(&format!("CSV BLAKE3 {}", text(&release, "hash")));
    line(&format!("HTML BLAKE3 {}", text(&release, "pageHash")));
    if !not_saved.is_empty() {
        line(not_saved);
    }
    Ok(code)
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
