//! One way into the vault: a user's passphrase, or the recovery key. Each holds
//! the database key, sealed, and a checksum over itself, so that a damaged
//! entry is never taken for a wrong passphrase.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::ids::{UserId, VaultId};
use crate::time::Timestamp;
use crate::vault::keys::kdf::KdfParams;
use crate::vault::keys::secret::{DatabaseKey, Sealed, random};
use crate::vault::passphrase;
use crate::vault::recovery::RecoveryKey;

/// The sixteen bytes that stand for a sign-in name in the key file.
pub type NameTag = [u8; 16];

/// A user's way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub user: UserId,
    #[serde(with = "hex")]
    pub name_tag: NameTag,
    pub kdf: KdfParams,
    #[serde(with = "hex")]
    salt: [u8; 16],
    wrapped_key: Sealed,
    pub must_change: bool,
    pub set_at: Timestamp,
    #[serde(with = "hex")]
    checksum: [u8; 32],
}

/// Whose entry it is and how it is guarded.
pub struct NewEntry {
    pub vault: VaultId,
    pub user: UserId,
    pub name_tag: NameTag,
    pub kdf: KdfParams,
    pub must_change: bool,
    pub set_at: Timestamp,
}

impl Entry {
    /// Seals `key` under `passphrase`.
    pub fn close(new: &NewEntry, passphrase: &str, key: &DatabaseKey) -> Result<Self> {
        let salt = *random::<16>()?;
        let own = stretch(new.kdf, passphrase, &salt)?;
        let facts = facts(new.vault, new.user, new.kdf, new.must_change, new.set_at);
        let mut entry = Self {
            user: new.user,
            name_tag: new.name_tag,
            kdf: new.kdf,
            salt,
            wrapped_key: Sealed::close(key.expose(), &own, &facts)?,
            must_change: new.must_change,
            set_at: new.set_at,
            checksum: [0; 32],
        };
        entry.checksum = entry.digest();
        Ok(entry)
    }

    /// An entry that costs as much to try as a real one and never opens.
    pub fn nobody(kdf: KdfParams) -> Self {
        Self {
            user: UserId(Uuid::nil()),
            name_tag: [0; 16],
            kdf,
            salt: [0; 16],
            wrapped_key: Sealed::nothing(),
            must_change: false,
            set_at: Timestamp(0),
            checksum: [0; 32],
        }
    }

    /// The database key, or `None` when the passphrase is another. Takes as
    /// long either way.
    pub fn open(&self, vault: VaultId, passphrase: &str) -> Result<Option<DatabaseKey>> {
        let own = stretch(self.kdf, passphrase, &self.salt)?;
        let facts = facts(vault, self.user, self.kdf, self.must_change, self.set_at);
        Ok(self.wrapped_key.open(&own, &facts).map(DatabaseKey::from_bytes))
    }

    /// Whether the entry reads back as it was written.
    pub fn is_whole(&self) -> bool {
        self.kdf.bearable() && self.checksum == self.digest()
    }

    fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(self.user.0.as_bytes())
            .update(&self.name_tag)
            .update(&self.kdf.to_bytes())
            .update(&self.salt)
            .update(&[u8::from(self.must_change)])
            .update(&self.set_at.0.to_le_bytes());
        self.wrapped_key.feed(&mut hasher);
        *hasher.finalize().as_bytes()
    }
}

/// The way in of the printed recovery key. The key is random and long, so it
/// needs no costly derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryEntry {
    wrapped_key: Sealed,
    pub set_at: Timestamp,
    #[serde(with = "hex")]
    checksum: [u8; 32],
}

impl RecoveryEntry {
    /// Seals `key` under `recovery`.
    pub fn close(vault: VaultId, recovery: &RecoveryKey, key: &DatabaseKey, set_at: Timestamp) -> Result<Self> {
        let wrapped_key = Sealed::close(key.expose(), &recovery.wrapping_key(), &recovery_facts(vault, set_at))?;
        let checksum = recovery_digest(&wrapped_key, set_at);
        Ok(Self { wrapped_key, set_at, checksum })
    }

    /// The database key, or `None` when the recovery key is another.
    pub fn open(&self, vault: VaultId, recovery: &RecoveryKey) -> Option<DatabaseKey> {
        self.wrapped_key.open(&recovery.wrapping_key(), &recovery_facts(vault, self.set_at)).map(DatabaseKey::from_bytes)
    }

    /// Whether the entry reads back as it was written.
    pub fn is_whole(&self) -> bool {
        self.checksum == recovery_digest(&self.wrapped_key, self.set_at)
    }
}

fn stretch(kdf: KdfParams, passphrase: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>> {
    kdf.stretch(&passphrase::normalise(passphrase), salt)
}

/// What a user's entry is bound to: every fact has a fixed length.
fn facts(vault: VaultId, user: UserId, kdf: KdfParams, must_change: bool, set_at: Timestamp) -> Vec<u8> {
    let mut facts = Vec::with_capacity(53);
    facts.extend_from_slice(vault.0.as_bytes());
    facts.extend_from_slice(user.0.as_bytes());
    facts.extend_from_slice(&kdf.to_bytes());
    facts.push(u8::from(must_change));
    facts.extend_from_slice(&set_at.0.to_le_bytes());
    facts
}

fn recovery_facts(vault: VaultId, set_at: Timestamp) -> Vec<u8> {
    [vault.0.as_bytes().as_slice(), b"recovery", &set_at.0.to_le_bytes()].concat()
}

fn recovery_digest(wrapped_key: &Sealed, set_at: Timestamp) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    wrapped_key.feed(&mut hasher);
    hasher.update(&set_at.0.to_le_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> VaultId {
        VaultId(Uuid::from_u128(1))
    }

    fn new() -> NewEntry {
        NewEntry {
            vault: vault(),
            user: UserId(Uuid::from_u128(2)),
            name_tag: [3; 16],
            kdf: KdfParams::cheap(),
            must_change: true,
            set_at: Timestamp(5),
        }
    }

    #[test]
    fn every_fact_is_bound() {
        let key = DatabaseKey::generate().expect("key");
        let entry = Entry::close(&new(), "four calm otters", &key).expect("entry");
        assert!(entry.is_whole());
        let open = |entry: &Entry, vault| entry.open(vault, "four calm otters").expect("derived").map(|k| *k.expose());
        assert_eq!(open(&entry, vault()), Some(*key.expose()));
        assert_eq!(open(&entry, VaultId(Uuid::from_u128(9))), None);

        let changes: [fn(&mut Entry); 5] = [
            |e| e.user = UserId(Uuid::from_u128(9)),
            |e| e.must_change = false,
            |e| e.set_at = Timestamp(6),
            |e| e.kdf = KdfParams::standard(),
            |e| e.salt[0] ^= 1,
        ];
        for change in changes {
            let mut entry = entry.clone();
            change(&mut entry);
            assert!(!entry.is_whole());
            assert_eq!(open(&entry, vault()), None);
        }
        let mut renamed = entry;
        renamed.name_tag[0] ^= 1;
        assert!(!renamed.is_whole());
    }

    #[test]
    fn unbearable_parameters_are_damage_even_under_a_right_checksum() {
        let key = DatabaseKey::generate().expect("key");
        let mut entry = Entry::close(&new(), "four calm otters", &key).expect("entry");
        let absurd = r#"{"m_kib":4294967295,"t":3,"p":1}"#;
        entry.kdf = serde_json::from_str(absurd).expect("parameters");
        entry.checksum = entry.digest();
        assert!(!entry.is_whole());
    }

    #[test]
    fn nobody_opens_to_nothing() {
        let nobody = Entry::nobody(KdfParams::cheap());
        for passphrase in ["", "anything"] {
            assert!(nobody.open(vault(), passphrase).expect("derived").is_none());
        }
    }

    #[test]
    fn the_recovery_entry_is_bound_to_its_vault() {
        let key = DatabaseKey::generate().expect("key");
        let recovery = RecoveryKey::generate().expect("recovery");
        let mut entry = RecoveryEntry::close(vault(), &recovery, &key, Timestamp(5)).expect("entry");
        assert!(entry.is_whole());
        assert!(entry.open(vault(), &recovery).is_some());
        let other = VaultId(Uuid::from_u128(9));
        assert!(entry.open(other, &recovery).is_none());
        let another = RecoveryKey::generate().expect("recovery");
        assert!(entry.open(vault(), &another).is_none());
        let mut later = entry.clone();
        later.set_at = Timestamp(6);
        assert!(!later.is_whole() && later.open(vault(), &recovery).is_none());
        entry.checksum[0] ^= 1;
        assert!(!entry.is_whole());
    }
}
