//! The two copies of the key file: what each is, and which counts.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::VaultId;
use crate::vault::files;
use crate::vault::files::Checked;
use crate::vault::keys::entry::{Entry, RecoveryEntry};
use crate::vault::keys::{KeyFile, KeysRefused, Notice, missing, newer};

/// The form of the file that this version writes.
pub(super) const FORMAT: u32 = 2;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub format: u32,
    pub vault: VaultId,
    pub practice: bool,
    #[serde(default)]
    pub edition: u64,
    pub entries: Vec<Entry>,
    pub recovery: Option<RecoveryEntry>,
}

impl Body {
    pub(super) fn is_whole(&self) -> bool {
        let mut users = HashSet::new();
        let mut tags = HashSet::new();
        self.recovery.iter().all(RecoveryEntry::is_whole)
            && self.entries.iter().all(|entry| entry.is_whole() && users.insert(entry.user) && tags.insert(entry.name_tag))
    }
}

/// What stands in the place of one copy.
pub(super) enum Found {
    Whole(KeyFile),
    Newer,
    Older,
    Damaged,
    Missing,
    Unreadable(Error),
}

impl Found {
    pub(super) fn at(path: &Path) -> Self {
        match files::read_small(path) {
            Ok(bytes) => Self::of(&bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::Missing,
            Err(error) => Self::Unreadable(files::disk_error(&error)),
        }
    }

    pub(super) fn of(bytes: &[u8]) -> Self {
        match files::from_checked::<Body>(bytes, FORMAT) {
            Checked::Good(body) if body.is_whole() => Self::Whole(KeyFile(body)),
            Checked::Newer => Self::Newer,
            Checked::Older => Self::Older,
            Checked::Good(_) | Checked::Damaged => Self::Damaged,
        }
    }
}

pub(super) fn choose(key_file: Found, mirror: Found) -> Result<(KeyFile, Vec<Notice>)> {
    use Found::{Damaged, Missing, Newer, Older, Unreadable, Whole};
    match (key_file, mirror) {
        (Newer, _) | (_, Newer) => Err(newer()),
        (Older, _) | (_, Older) => Err(KeysRefused::OfATrial.into()),
        (Whole(keys), Whole(mirror)) if keys.vault() != mirror.vault() => Err(KeysRefused::OfTwoRecords.into()),
        (Whole(keys), Whole(mirror)) if keys == mirror => Ok((keys, vec![])),
        (Whole(keys), Whole(_)) => Ok((keys, vec![Notice::SaveUnfinished])),
        (Whole(keys), Missing) => Ok((keys, vec![Notice::MirrorMissing])),
        (Whole(keys), Damaged | Unreadable(_)) => Ok((keys, vec![Notice::MirrorDamaged])),
        (Missing, Whole(keys)) => Ok((keys, vec![Notice::KeyFileMissing])),
        (Damaged | Unreadable(_), Whole(keys)) => Ok((keys, vec![Notice::KeyFileDamaged])),
        (Missing, Missing) => Err(missing()),
        (Unreadable(error), _) | (_, Unreadable(error)) => Err(error),
        (Damaged, _) | (_, Damaged) => Err(KeysRefused::Damaged.into()),
    }
}
