//! Commands of the desk itself: unlocking, users, settings, the check.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::api::commands_of;
use crate::desk;
use crate::desk::{Desk, Frame, Progress};
use crate::error::Result;
use crate::ids::UserId;
use crate::practice;
use crate::release::{FiguresView, LookAtFigures, ReleaseRequest, ReleaseView};
use crate::reply::{Nothing, Reply};
use crate::team::backup::{BackUp, BackupView, Restore};
use crate::team::ops as setting_ops;
use crate::team::ops::SettingRefused;
use crate::team::{ChangeSettings, SetDisplay, SetExportFolder, SettingsView};
use crate::user::signing_in::{
    AmendUser, AssessPassphrase, ChangePassphrase, ConfirmPassphrase, CreateVault, OfferedPassphrase, OneTimePassphrase, PassphraseView,
    Recover, SessionView, Unlock, UsersView, VaultCreated, VaultState,
};
use crate::user::{AddUser, ORGANISATIONS, Role, UserSaved, UserView};

/// Names a user.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfUser {
    /// Who.
    pub user: UserId,
}

/// A recovery key in lines, shown this once.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecoveryKeyView {
    /// The lines.
    pub recovery_key: Vec<String>,
}

/// What the check of the record found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VerifyView {
    /// `Nothing is wrong with the record.` or how many things are wrong.
    pub words: String,
    /// What is wrong; empty if nothing.
    pub findings: Vec<FindingView>,
    /// What was checked.
    pub checked: Vec<String>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FindingView {
    /// Where.
    pub place: String,
    /// What.
    pub words: String,
}

pub fn vault_state(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<VaultState>> {
    let mut state = VaultState {
        state: "none".to_owned(),
        practice: false,
        practice_users: Vec::new(),
        problem: None,
        notices: Vec::new(),
        folder: desk.folder().display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        organisations: ORGANISATIONS.map(str::to_owned).to_vec(),
    };
    match desk.look() {
        Ok(None) => {}
        Ok(Some(seen)) => {
            state.state = if desk.is_unlocked() { "unlocked" } else { "locked" }.to_owned();
            state.practice = seen.practice;
            state.notices = seen.notices;
            if seen.practice {
                state.practice_users = practice::users();
            }
        }
        Err(error) => {
            state.state = "locked".to_owned();
            state.problem = Some(error);
        }
    }
    Ok(plain(state))
}

pub fn create_vault(desk: &Desk, request: CreateVault, _: &dyn Progress) -> Result<Reply<VaultCreated>> {
    let recovery_key = desk.create_vault(&request)?;
    Ok(plain(VaultCreated { recovery_key, session: view(desk.frame()?) }))
}

pub fn practice_vault(desk: &Desk, nothing: Nothing, progress: &dyn Progress) -> Result<Reply<VaultState>> {
    desk::practice::fill(desk, &practice::Plan::default(), progress)?;
    vault_state(desk, nothing, progress)
}

pub fn unlock(desk: &Desk, request: Unlock, _: &dyn Progress) -> Result<Reply<SessionView>> {
    desk.unlock(&request)?;
    Ok(plain(view(desk.frame()?)))
}

pub fn recover(desk: &Desk, request: Recover, _: &dyn Progress) -> Result<Reply<SessionView>> {
    desk.recover(&request)?;
    Ok(plain(view(desk.frame()?)))
}

pub fn assess_passphrase(desk: &Desk, request: AssessPassphrase, _: &dyn Progress) -> Result<Reply<PassphraseView>> {
    Ok(plain(desk.assess(&request.passphrase, &request.about)))
}

pub fn offer_passphrase(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<OfferedPassphrase>> {
    Ok(plain(OfferedPassphrase { passphrase: desk.offer_passphrase()? }))
}

pub fn restore_backup(desk: &Desk, request: Restore, progress: &dyn Progress) -> Result<Reply<SessionView>> {
    desk.restore(&request, progress)?;
    Ok(plain(view(desk.frame()?)))
}

pub fn backup(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<BackupView>> {
    Ok(plain(desk.backup_age()?))
}

pub fn back_up(desk: &Desk, request: BackUp, progress: &dyn Progress) -> Result<Reply<BackupView>> {
    desk.back_up(&request.folder, progress)
}

pub fn lock(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<Nothing>> {
    desk.lock()?;
    Ok(plain(Nothing {}))
}

pub fn session(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<SessionView>> {
    Ok(plain(view(desk.frame()?)))
}

pub fn confirm_passphrase(desk: &Desk, request: ConfirmPassphrase, _: &dyn Progress) -> Result<Reply<Nothing>> {
    desk.confirm_passphrase(&request.passphrase)?;
    Ok(plain(Nothing {}))
}

pub fn change_passphrase(desk: &Desk, request: ChangePassphrase, _: &dyn Progress) -> Result<Reply<SessionView>> {
    desk.change_passphrase(&request)?;
    Ok(plain(view(desk.frame()?)))
}

pub fn set_display(desk: &Desk, request: SetDisplay, _: &dyn Progress) -> Result<Reply<SessionView>> {
    let done = desk.write(|session| setting_ops::set_display(session, &request))?;
    Ok(done.with(view(desk.frame()?)))
}

pub fn settings(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<SettingsView>> {
    desk.settings()
}

pub fn users(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<UsersView>> {
    desk.users()
}

pub fn add_user(desk: &Desk, request: AddUser, _: &dyn Progress) -> Result<Reply<OneTimePassphrase>> {
    desk.add_user(&request)
}

pub fn reset_passphrase(desk: &Desk, request: OfUser, _: &dyn Progress) -> Result<Reply<OneTimePassphrase>> {
    desk.reset_passphrase(request.user)
}

pub fn amend_user(desk: &Desk, request: AmendUser, _: &dyn Progress) -> Result<Reply<UserSaved>> {
    desk.amend_user(&request)
}

pub fn change_settings(desk: &Desk, request: ChangeSettings, _: &dyn Progress) -> Result<Reply<Nothing>> {
    desk.write(|session| setting_ops::change_settings(session, &request))
}

pub fn set_export_folder(desk: &Desk, request: SetExportFolder, _: &dyn Progress) -> Result<Reply<SettingsView>> {
    if desk.is_own_folder(Path::new(&request.folder)).unwrap_or(false) {
        return Err(SettingRefused::OwnFolder.into());
    }
    let done = desk.write(|session| setting_ops::set_export_folder(session, &request))?;
    Ok(done.with(desk.settings()?.value))
}

pub fn new_recovery_key(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Reply<RecoveryKeyView>> {
    let done = desk.new_recovery_key()?;
    let recovery_key = done.value.clone();
    Ok(done.with(RecoveryKeyView { recovery_key }))
}

pub fn verify(desk: &Desk, _: Nothing, progress: &dyn Progress) -> Result<Reply<VerifyView>> {
    let verified = desk.verify(progress)?;
    let words = match verified.findings.len() {
        0 => "Nothing is wrong with the record.".to_owned(),
        1 => "One thing is wrong with the record. Do not delete anything; tell the service lead.".to_owned(),
        count => format!("{count} things are wrong with the record. Do not delete anything; tell the service lead."),
    };
    let findings = verified.findings.into_iter().map(|finding| FindingView { place: finding.place, words: finding.words }).collect();
    Ok(plain(VerifyView { words, findings, checked: verified.checked }))
}

pub fn look_at_figures(desk: &Desk, request: LookAtFigures, progress: &dyn Progress) -> Result<Reply<FiguresView>> {
    desk.look_at_figures(&request, progress)
}

pub fn release_summary(desk: &Desk, request: ReleaseRequest, progress: &dyn Progress) -> Result<Reply<ReleaseView>> {
    desk.release_summary(&request, progress)
}

fn view(frame: Frame) -> SessionView {
    let home = match frame.user.role {
        Role::DataManager => "summary",
        Role::InformationGovernance => "releases",
        _ => "today",
    };
    let commands = commands_of(frame.user.role);
    // Marked for whom can make one; for the others it is told, no more.
    let backup_old = frame.backup.old && commands.iter().any(|command| *command == "back_up");
    SessionView {
        user: UserView::of(&frame.user, frame.must_change, false, true),
        commands,
        home: home.to_owned(),
        team: frame.team,
        practice: frame.practice,
        auto_lock_minutes: frame.auto_lock_minutes,
        must_change: frame.must_change,
        sync: "Works offline".to_owned(),
        backup: if frame.practice { String::new() } else { frame.backup.words },
        backup_old,
        notices: frame.notices,
        theme: frame.theme,
        density: frame.density,
        zoom: frame.zoom,
    }
}

fn plain<T>(value: T) -> Reply<T> {
    Reply::touching(value, [])
}
