//! What the screens before and around unlocking ask and are told.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::ids::UserId;
use crate::leaving::HandOver;
use crate::user::{Role, UserView};

/// What stands in the vault folder, before anybody has signed in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VaultState {
    /// `none`, `locked` or `unlocked`.
    pub state: String,
    /// True for a vault of fictional families.
    pub practice: bool,
    /// The users of a practice vault, whose passphrase is no secret.
    pub practice_users: Vec<PracticeUser>,
    /// What is wrong with the folder, if anything.
    pub problem: Option<Error>,
    /// Things that were mended or should be known.
    pub notices: Vec<String>,
    /// The folder, as a person would name it.
    pub folder: String,
    /// Version of Attune.
    pub version: String,
    /// Organisations to offer.
    pub organisations: Vec<String>,
}

/// A user of a practice vault.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PracticeUser {
    /// The name to type.
    pub sign_in: String,
    /// The role in words.
    pub role_words: String,
    /// The passphrase to type.
    pub passphrase: String,
}

/// The first run: a new team vault and its first user, a service lead.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateVault {
    /// The team's name.
    pub team: String,
    /// The first user's name.
    pub name: String,
    /// The name typed at sign-in.
    pub sign_in: String,
    /// Whose record the user's entries are.
    pub organisation: String,
    /// The passphrase.
    pub passphrase: String,
    /// Lock after so many minutes without a key (1 to 60).
    pub auto_lock_minutes: u32,
}

/// A vault that has just been made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VaultCreated {
    /// The recovery key in lines, shown this once.
    pub recovery_key: Vec<String>,
    /// Who is signed in now.
    pub session: SessionView,
}

/// Signing in.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unlock {
    /// The name typed at sign-in.
    pub sign_in: String,
    /// The passphrase.
    pub passphrase: String,
    /// A service lead's reason to go on although records are missing or the
    /// head is damaged; empty otherwise.
    #[serde(default)]
    pub go_on_because: String,
}

/// Opening with the printed recovery key: sets a new passphrase for a service
/// lead and signs them in.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recover {
    /// The recovery key as typed.
    pub recovery_key: String,
    /// The service lead's sign-in name.
    pub sign_in: String,
    /// Their new passphrase.
    pub passphrase: String,
    /// Their reason to go on although records are missing or the head is
    /// damaged; empty otherwise.
    #[serde(default)]
    pub go_on_because: String,
}

/// A passphrase to judge.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssessPassphrase {
    /// The passphrase.
    pub passphrase: String,
    /// The person's name and team, which make it easier to guess.
    #[serde(default)]
    pub about: Vec<String>,
}

/// How strong a passphrase is, in words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PassphraseView {
    /// Whether it will be accepted.
    pub enough: bool,
    /// `A thief with this laptop and a room of fast computers would need about 3 years to guess it.`
    pub words: String,
    /// What would mend it or make it better; empty if nothing.
    pub hint: String,
}

/// A passphrase to take or leave.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferedPassphrase {
    /// Four words.
    pub passphrase: String,
}

/// Who is signed in and what the frame shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Who.
    pub user: UserView,
    /// What they may do, as command names.
    pub commands: Vec<String>,
    /// The first screen of the role: `today`, `summary` or `releases`.
    pub home: String,
    /// The team's name.
    pub team: String,
    /// True for a vault of fictional families.
    pub practice: bool,
    /// Lock after so many minutes without a key.
    pub auto_lock_minutes: u32,
    /// True until the one-time passphrase has been changed; nothing else opens.
    pub must_change: bool,
    /// `Works offline`.
    pub sync: String,
    /// `Backed up 2 days ago`, `Not backed up yet`; empty in practice, where nothing would be lost.
    pub backup: String,
    /// True when there is no backup, or it is older than seven days, and the reader can make one.
    pub backup_old: bool,
    /// Things to know: a mended key file, a clock that went backwards.
    pub notices: Vec<String>,
    /// `day`, `night` or `system`.
    pub theme: String,
    /// `comfortable` or `compact`.
    pub density: String,
    /// How large everything is, in percent: 50 to 300, 100 as usual.
    pub zoom: u16,
}

/// One's own passphrase once more, before what reaches beyond one family.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmPassphrase {
    /// The passphrase of who is signed in.
    pub passphrase: String,
}

/// A change of one's own passphrase.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The present one.
    pub present: String,
    /// The new one.
    pub new: String,
}

/// The users and settings screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UsersView {
    /// Everybody, those who have left last.
    pub users: Vec<UserView>,
    /// Roles to choose from.
    pub roles: Vec<crate::typed::choice::Choice>,
    /// Organisations to offer.
    pub organisations: Vec<String>,
}

/// A one-time passphrase to hand over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OneTimePassphrase {
    /// For whom.
    pub user: UserId,
    /// `Niamh signs in with this once and then chooses their own. It can be used until Thu 26-Nov-2026, 15:21.`
    pub words: String,
    /// The passphrase, shown this once.
    pub passphrase: String,
}

/// A user to change.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AmendUser {
    /// Who.
    pub user: UserId,
    /// The name colleagues see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whose record their entries are.
    pub organisation: String,
    /// False when they have left.
    pub active: bool,
    /// Who takes each family that they cannot work with any more.
    #[serde(default)]
    pub hand_over: Vec<HandOver>,
    /// That the list of what they leave unfinished has been read.
    #[serde(default)]
    pub unfinished_read: bool,
    /// The log position the form was read at.
    pub seen: i64,
}
