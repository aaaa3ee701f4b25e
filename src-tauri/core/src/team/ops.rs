//! Settings of the team and of this computer.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::codes::refusals;
use crate::error::Result;
use crate::op::Op;
use crate::record::Topic;
use crate::release::export_folder;
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::store::settings;
use crate::team::rows as team;
use crate::team::rows::Team;
use crate::team::{ChangeSettings, SetDisplay, SetExportFolder};
use crate::typed;
use crate::user::rows as users;

/// The user of settings that belong to the computer.
pub const THIS_COMPUTER: Uuid = Uuid::nil();

refusals! {
    /// Why a setting was refused.
    pub enum SettingRefused {
        NoTeam "settings_team" at "team" => "Type the team's name.",
        Minutes "settings_minutes" at "autoLockMinutes" => "Choose from 1 to 60 minutes.",
        Organisation "settings_organisation" at "copiesOwedBy" => "Choose one of the organisations of the team.",
        Theme "settings_theme" at "theme" => "Choose day, night or the same as this computer.",
        Folder "settings_folder" at "folder" => "That folder cannot be found, or files cannot be saved in it. Plug in the USB stick or connect the shared drive first. The folder has not been changed.",
        OwnFolder "settings_folder_own" at "folder" => "That folder belongs to the record itself. Choose another for the summaries. The folder has not been changed.",
        Zoom "settings_zoom" at "zoom" => "Choose a size from 50 to 300 percent.",
        Density "settings_density" at "density" => "Choose comfortable or compact.",
    }
}

/// Checks the team's name and minutes.
///
/// # Errors
/// See [`SettingRefused`].
pub fn enter_team(name: &str, minutes: u32) -> Result<(String, i64)> {
    let name = typed::line(name, 80).filter(|name| !name.is_empty()).ok_or(SettingRefused::NoTeam)?;
    if !(1..=60).contains(&minutes) {
        return Err(SettingRefused::Minutes.into());
    }
    Ok((name, i64::from(minutes)))
}

/// Changes what the team has agreed.
///
/// # Errors
/// `changed_since`, or the field that cannot be used.
pub fn change_settings(session: &mut Session, request: &ChangeSettings) -> Result<Reply<Nothing>> {
    let (name, auto_lock_minutes) = enter_team(&request.team, request.auto_lock_minutes)?;
    session.transact(Op::ChangeSettings, |tx| {
        let before = team::team(tx)?;
        let copies_owed_by = match &request.copies_owed_by {
            Some(named) if !named.is_empty() && *named != before.copies_owed_by && !organisations(tx)?.contains(named) => {
                return Err(SettingRefused::Organisation.into());
            }
            named => named.clone().unwrap_or_else(|| before.copies_owed_by.clone()),
        };
        let after = Team { name, auto_lock_minutes, copies_owed_by, ..before.clone() };
        tx.amend(&before, &after, request.seen).map_err(|error| error.calling(&[("name", "team")]))?;
        Ok(Nothing {})
    })
}

/// The organisations of the team, by name.
pub fn organisations(conn: &Db) -> Result<Vec<String>> {
    Ok(users::all(conn)?.into_iter().map(|user| user.organisation).collect::<BTreeSet<_>>().into_iter().collect())
}

/// Sets where summaries are written on this computer.
///
/// # Errors
/// When the folder cannot be written to.
pub fn set_export_folder(session: &mut Session, request: &SetExportFolder) -> Result<Reply<()>> {
    // A folder’s name is taken as it is: spaces are part of it.
    let folder = &request.folder;
    if !export_folder::usable(std::path::Path::new(folder)) {
        return Err(SettingRefused::Folder.into());
    }
    session.locally(|conn, _| settings::set_local(conn, THIS_COMPUTER, export_folder::SETTING, folder))?;
    Ok(Reply::touching((), [Topic::Settings]))
}

/// Sets how the reader likes the screen.
///
/// # Errors
/// When it is not one of the choices.
pub fn set_display(session: &mut Session, request: &SetDisplay) -> Result<Reply<()>> {
    if !["day", "night", "system"].contains(&request.theme.as_str()) {
        return Err(SettingRefused::Theme.into());
    }
    if !["comfortable", "compact"].contains(&request.density.as_str()) {
        return Err(SettingRefused::Density.into());
    }
    if !(50..=300).contains(&request.zoom) {
        return Err(SettingRefused::Zoom.into());
    }
    let user = session.user().id.0;
    session.locally(|conn, _| {
        settings::set_local(conn, user, "zoom", &request.zoom.to_string())?;
        settings::set_local(conn, user, "theme", &request.theme)?;
        settings::set_local(conn, user, "density", &request.density)
    })?;
    Ok(Reply::touching((), [Topic::Settings]))
}
