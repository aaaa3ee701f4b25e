//! What the screen of settings shows and changes, the lists of the team, and
//! the days it works on.

pub mod backup;
pub mod bank_holidays;
pub mod code_list;
pub mod list_rows;
pub mod lists;
pub mod ops;
pub mod rows;
pub mod working_days;

use serde::{Deserialize, Serialize};

/// Settings of the team and of this computer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// The team's name.
    pub team: String,
    /// Lock after so many minutes without a key.
    pub auto_lock_minutes: u32,
    /// The organisation whose notes are copied to encompass; empty if none.
    pub copies_owed_by: String,
    /// The organisations of the team.
    pub organisations: Vec<String>,
    /// Where summaries are written on this computer.
    pub export_folder: String,
    /// Where the vault is.
    pub vault_folder: String,
    /// True if this reader may change the team's settings.
    pub may_change_team: bool,
}

/// New settings.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeSettings {
    /// The team's name.
    pub team: String,
    /// Lock after so many minutes without a key (1 to 60).
    pub auto_lock_minutes: u32,
    /// The organisation whose notes are copied to encompass; empty for none, as it is if it is not said.
    #[serde(default)]
    pub copies_owed_by: Option<String>,
    /// The log position the form was read at.
    pub seen: i64,
}

/// Where summaries are written on this computer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetExportFolder {
    /// The folder.
    pub folder: String,
}

/// How the signed-in user likes the screen; kept on this computer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetDisplay {
    /// `day`, `night` or `system`.
    pub theme: String,
    /// `comfortable` or `compact`.
    pub density: String,
    /// How large everything is, in percent: 50 to 300, 100 as usual.
    pub zoom: u16,
}
