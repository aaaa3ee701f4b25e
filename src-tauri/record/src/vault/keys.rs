//! The key file of a vault and its mirror: who can open the database, without
//! a readable name. Each user's passphrase, and the printed recovery key, opens
//! a sealed copy of the one database key.
//!
//! A name is kept as a tag keyed by the vault. That hides it from whoever reads
//! the folder or searches the disk for it; somebody who already suspects a name
//! can test the guess.
//!
//! A change is staged beside both files, through to the disk, before the record
//! is told of it; then the mirror is replaced and the key file last. A key file
//! that is whole always wins: until it is replaced, nothing has changed. What a
//! replaced file held may linger on the disk, sealed under the old passphrase.
//! The database key does not change with a user: who kept an old key file and
//! its passphrase can open the record of today, if they come by it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::error::SignInRefused;
use crate::error::{Error, RecordRefused, Result};
use crate::ids::{UserId, VaultId};
use crate::time::Timestamp;
use crate::vault::files;
use crate::vault::files::Staged;
use crate::vault::keys::copies::{Body, FORMAT, Found, choose};
use crate::vault::keys::entry::{Entry, NameTag, NewEntry, RecoveryEntry};
use crate::vault::recovery::RecoveryKey;

pub use crate::vault::keys::kdf::KdfParams;
pub use crate::vault::keys::refused::KeysRefused;
pub use crate::vault::keys::secret::{DatabaseKey, Sealed, random};

mod copies;
mod entry;
mod kdf;
mod refused;
mod secret;

/// The key file in the vault's folder.
pub const KEY_FILE: &str = "keys.json";

/// Its mirror beside it.
pub const MIRROR_FILE: &str = "keys.mirror.json";

/// The ways into one vault.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyFile(Body);

/// A passphrase was right.
#[derive(Debug, Clone)]
pub struct Unlocked {
    /// Whose it is.
    pub user: UserId,
    /// The key of the database.
    pub key: DatabaseKey,
    /// The passphrase was given for one use: nothing opens until it is changed.
    pub must_change: bool,
    /// When it was set.
    pub set_at: Timestamp,
}

/// A way in to be made for a user.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// Whose it is.
    pub user: UserId,
    /// The name they sign in with.
    pub sign_in: &'a str,
    /// The passphrase.
    pub passphrase: &'a str,
    /// Whether it is for one use.
    pub one_time: bool,
    /// The instant the record knows it by.
    pub at: Timestamp,
}

/// A changed key file that is on the disk beside the one that counts. Dropped
/// without [`StagedKeys::put`], it leaves nothing behind.
#[derive(Debug)]
pub struct StagedKeys {
    keys: KeyFile,
    folder: PathBuf,
    mirror: Staged,
    key_file: Staged,
}

impl StagedKeys {
    /// Puts both files in their places. When this fails, the key file that
    /// counted before still does.
    pub fn put(self) -> Result<KeyFile> {
        let Self { keys, folder, mirror, key_file } = self;
        mirror.put()?;
        match key_file.put() {
            Ok(()) => Ok(keys),
            // The rename may have been done and only its folder not forced to
            // the disk: what stands there decides.
            Err(_) if matches!(Found::at(&folder.join(KEY_FILE)), Found::Whole(found) if found == keys) => Ok(keys),
            Err(error) => Err(error),
        }
    }
}

/// Something was wrong with the two copies of the key file. The vault opens all
/// the same; [`KeyFile::repair`] makes both copies whole again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The key file was damaged; the mirror was used.
    KeyFileDamaged,
    /// The key file was missing; the mirror was used.
    KeyFileMissing,
    /// The mirror was damaged.
    MirrorDamaged,
    /// The mirror was missing.
    MirrorMissing,
    /// A save was stopped between the two copies; the key file counts, as it
    /// was before that save.
    SaveUnfinished,
}

impl Notice {
    /// Stable across versions.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::KeyFileDamaged => "key_file_damaged",
            Self::KeyFileMissing => "key_file_missing",
            Self::MirrorDamaged => "key_mirror_damaged",
            Self::MirrorMissing => "key_mirror_missing",
            Self::SaveUnfinished => "key_save_unfinished",
        }
    }

    /// What happened and what to do, for the person who opens the vault.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::KeyFileDamaged => {
                "The key file of this record was damaged. Its second copy was undamaged and was used to repair it. \
                 Nobody's passphrase has changed. Tell whoever looks after this computer: its disk may be failing."
            }
            Self::KeyFileMissing => {
                "The key file of this record was missing. Its second copy was used to put it back. \
                 Nobody's passphrase has changed. If nobody removed it, tell whoever looks after this computer."
            }
            Self::MirrorDamaged => {
                "The second copy of the key file was damaged and has been replaced. Nobody's passphrase has changed. \
                 Tell whoever looks after this computer: its disk may be failing."
            }
            Self::MirrorMissing => "The second copy of the key file was missing and has been replaced. Nobody's passphrase has changed.",
            Self::SaveUnfinished => {
                "The last change to a user or passphrase was interrupted and was not made. Check the list of users, and make the change \
                 again if you still want it."
            }
        }
    }
}

impl KeyFile {
    /// The key file of a new vault, which nobody can open yet. Writes nothing.
    #[must_use]
    pub const fn create(vault: VaultId, practice: bool) -> Self {
        Self(Body { format: FORMAT, vault, practice, edition: 0, entries: Vec::new(), recovery: None })
    }

    /// Reads the key file of the vault in `folder`, or its mirror when it must,
    /// and says so. Writes nothing. Refuses with `vault_missing`, `vault_newer`,
    /// `keys_damaged` or `disk_failed`.
    pub fn load(folder: &Path) -> Result<(Self, Vec<Notice>)> {
        let (key_file, mirror) = (folder.join(KEY_FILE), folder.join(MIRROR_FILE));
        // Nearly always both are the same bytes, and one of them is read for both.
        if let (Ok(one), Ok(other)) = (files::read_small(&key_file), files::read_small(&mirror))
            && one == other
            && let Found::Whole(keys) = Found::of(&one)
        {
            return Ok((keys, Vec::new()));
        }
        choose(Found::at(&key_file), Found::at(&mirror))
    }

    /// Writes the mirror, then the key file. When this answers `Ok` both are on
    /// the disk; when it fails or is stopped, the key file is as it was.
    pub fn save(&self, folder: &Path) -> Result<()> {
        self.stage(folder)?.put().map(drop)
    }

    /// Writes both files beside those that stand. Here a full disk shows, while
    /// nothing has changed.
    pub fn stage(&self, folder: &Path) -> Result<StagedKeys> {
        let text = files::to_checked(&self.0)?;
        let mirror = Staged::write(&folder.join(MIRROR_FILE), text.as_bytes())?;
        let key_file = Staged::write(&folder.join(KEY_FILE), text.as_bytes())?;
        Ok(StagedKeys { keys: self.clone(), folder: folder.to_owned(), mirror, key_file })
    }

    /// Makes both copies whole again after [`KeyFile::load`] gave a notice.
    pub fn repair(&self, folder: &Path) -> Result<()> {
        self.save(folder)
    }

    /// Takes away what a program that was stopped had staged and not put: it
    /// holds a way in that nobody was told of. The vault must be locked.
    pub fn drop_staged(folder: &Path) {
        for file in [KEY_FILE, MIRROR_FILE] {
            files::drop_staged(&folder.join(file));
        }
    }

    /// Whose key file this is.
    #[must_use]
    pub const fn vault(&self) -> VaultId {
        self.0.vault
    }

    /// Whether it was created as a practice vault. A hint for the unlock
    /// screen: the flag inside the database decides.
    #[must_use]
    pub const fn practice(&self) -> bool {
        self.0.practice
    }

    /// The users who have a passphrase here.
    pub fn users(&self) -> impl Iterator<Item = UserId> {
        self.0.entries.iter().map(|entry| entry.user)
    }

    /// Whether a user must change their passphrase at the next sign-in.
    #[must_use]
    pub fn must_change(&self, user: UserId) -> bool {
        self.entry(user).is_some_and(|entry| entry.must_change)
    }

    /// When the passphrase of `user` was set; none if they have none.
    #[must_use]
    pub fn set_at(&self, user: UserId) -> Option<Timestamp> {
        self.entry(user).map(|entry| entry.set_at)
    }

    /// When the recovery key was made; none if there is none.
    #[must_use]
    pub fn recovery_at(&self) -> Option<Timestamp> {
        self.0.recovery.as_ref().map(|entry| entry.set_at)
    }

    /// Opens with a sign-in name and passphrase. A name that is not here and a
    /// passphrase that is wrong get the same answer, `wrong_passphrase`, after
    /// the same time.
    pub fn unlock(&self, sign_in: &str, passphrase: &str) -> Result<Unlocked> {
        let tag = self.name_tag(sign_in);
        let known = self.0.entries.iter().find(|entry| entry.name_tag == tag);
        let entry = known.map_or_else(|| Entry::nobody(self.hardest()), Entry::clone);
        let key = entry.open(self.0.vault, passphrase)?;
        key.map(|key| Unlocked { user: entry.user, key, must_change: entry.must_change, set_at: entry.set_at }).ok_or_else(wrong_passphrase)
    }

    /// Whose sign-in name that is, as it was typed.
    #[must_use]
    pub fn user_called(&self, sign_in: &str) -> Option<UserId> {
        let tag = self.name_tag(sign_in);
        self.0.entries.iter().find(|entry| entry.name_tag == tag).map(|entry| entry.user)
    }

    /// Lets a user in by `way`, in place of what they had. Refuses a blank
    /// sign-in name and one that is another user's. On the disk after
    /// [`KeyFile::save`].
    pub fn set_entry(&mut self, way: &Way<'_>, key: &DatabaseKey, kdf: KdfParams) -> Result<()> {
        if folded(way.sign_in).is_empty() {
            return Err(SignInRefused::NoSignIn.into());
        }
        let name_tag = self.name_tag(way.sign_in);
        let others = || self.0.entries.iter().filter(|entry| entry.user != way.user);
        if others().any(|entry| entry.name_tag == name_tag) {
            return Err(SignInRefused::SignInTaken.into());
        }
        let new = NewEntry { vault: self.0.vault, user: way.user, name_tag, kdf, must_change: way.one_time, set_at: way.at };
        let entry = Entry::close(&new, way.passphrase, key)?;
        self.remove_entry(way.user);
        self.0.entries.push(entry);
        Ok(())
    }

    /// Takes away the way in of `user`; says whether they had one. The database
    /// key stays as it is: whoever kept a copy of the key file and knows the
    /// passphrase of then can still open the record, old or of today.
    pub fn remove_entry(&mut self, user: UserId) -> bool {
        let before = self.0.entries.len();
        self.0.entries.retain(|entry| entry.user != user);
        self.0.entries.len() < before
    }

    /// Lets the holder of `recovery` in; an earlier recovery key opens no more.
    pub fn set_recovery(&mut self, recovery: &RecoveryKey, key: &DatabaseKey, at: Timestamp) -> Result<()> {
        self.0.recovery = Some(RecoveryEntry::close(self.0.vault, recovery, key, at)?);
        Ok(())
    }

    /// How often this key file has been changed: a copy with a lower number is an
    /// older one. Nothing is guarded by it.
    #[must_use]
    pub const fn edition(&self) -> u64 {
        self.0.edition
    }

    /// Makes this the edition after `before`.
    pub const fn turn_edition(&mut self, before: u64) {
        self.0.edition = before + 1;
    }

    /// Takes away the way in of the recovery key.
    pub fn remove_recovery(&mut self) {
        self.0.recovery = None;
    }

    /// Opens with the printed recovery key, or refuses with `wrong_recovery_key`.
    pub fn open_with_recovery(&self, recovery: &RecoveryKey) -> Result<DatabaseKey> {
        let entry = self.0.recovery.as_ref();
        entry.and_then(|entry| entry.open(self.0.vault, recovery)).ok_or_else(|| KeysRefused::WrongRecoveryKey.into())
    }

    fn entry(&self, user: UserId) -> Option<&Entry> {
        self.0.entries.iter().find(|entry| entry.user == user)
    }

    fn name_tag(&self, sign_in: &str) -> NameTag {
        let key = blake3::derive_key(NAME_TAGS, self.0.vault.0.as_bytes());
        let hash = blake3::keyed_hash(&key, folded(sign_in).as_bytes());
        let mut tag = [0; 16];
        tag.copy_from_slice(&hash.as_bytes()[..16]);
        tag
    }

    /// What an unknown name is made to cost.
    fn hardest(&self) -> KdfParams {
        let all = self.0.entries.iter().map(|entry| entry.kdf);
        all.reduce(KdfParams::harder).unwrap_or(KdfParams::standard())
    }
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyFile({}, {} entries)", self.0.vault, self.0.entries.len())
    }
}

/// Whether the vault in `folder` was created as a practice vault, by this
/// version or one before.
#[must_use]
pub fn is_practice(folder: &Path) -> bool {
    #[derive(Deserialize)]
    struct Hint {
        practice: bool,
    }
    let older =
        || files::read_small(&folder.join(KEY_FILE)).is_ok_and(|bytes| files::checked_as::<Hint>(&bytes).is_some_and(|hint| hint.practice));
    match KeyFile::load(folder) {
        Ok((keys, _)) => keys.practice(),
        Err(error) => error.code == KeysRefused::OfATrial.code() && older(),
    }
}

/// The refusal for a folder that holds no vault.
#[must_use]
pub fn missing() -> Error {
    KeysRefused::Missing.into()
}

/// The refusal for a file that a newer Attune wrote.
#[must_use]
pub fn newer() -> Error {
    RecordRefused::Newer
        .says("A newer Attune has opened this record. Nothing was changed. Update Attune on this computer, then open it again.")
}

const NAME_TAGS: &str = "attune 2026 key file: tags of sign-in names";

/// A sign-in name as it is compared: case, spacing and ways of writing an
/// accented letter do not matter.
#[must_use]
pub fn folded(sign_in: &str) -> String {
    let lower: String = sign_in.nfkc().collect::<String>().to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").nfkc().collect()
}

/// The refusal of a name or passphrase, the same for every reason.
#[must_use]
pub fn wrong_passphrase() -> Error {
    KeysRefused::WrongPassphrase.into()
}

#[cfg(test)]
mod tests;
