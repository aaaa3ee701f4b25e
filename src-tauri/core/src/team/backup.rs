//! Backup and restore as asked for and told.

use serde::{Deserialize, Serialize};

/// A folder to back up to or restore from.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BackUp {
    /// The folder; empty for the one used last.
    #[serde(default)]
    pub folder: String,
}

/// A backup that was written and read back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// `Backed up Mon 23-Nov-2026, 16:40 and checked: 1,284 steps.`; or that there is none.
    pub words: String,
    /// Where it is.
    pub folder: String,
    /// True when there is none, or it is older than seven days.
    pub old: bool,
}

/// Restoring a vault where there is none: with a user's passphrase, or with
/// the recovery key.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Restore {
    /// The backup's folder.
    pub folder: String,
    /// The name typed at sign-in.
    pub sign_in: String,
    /// That user's passphrase; with the recovery key, a service lead's new one.
    pub passphrase: String,
    /// The recovery key; empty without it.
    #[serde(default)]
    pub recovery_key: String,
    /// Why to go on although the backup is behind what was last saved on this
    /// computer; empty otherwise.
    #[serde(default)]
    pub go_on_because: String,
}
