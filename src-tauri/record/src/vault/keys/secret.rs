//! The database key, random bytes, and a sealed 32-byte secret. The only place
//! that encrypts; what is sealed under what is decided by its callers.

use std::fmt;

use chacha20poly1305::{AeadInPlace, KeyInit, XChaCha20Poly1305};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The key of a vault's database. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// A new random key.
    pub fn generate() -> Result<Self> {
        random().map(Self)
    }

    /// The key itself.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key as the 64 hexadecimal digits that SQLCipher takes.
    #[must_use]
    pub fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.expose()))
    }

    /// A key for one other purpose. `context` names the purpose, for ever.
    #[must_use]
    pub fn derive(&self, context: &'static str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, self.expose()))
    }

    pub(in crate::vault) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| Error::internal("random numbers of this computer"))?;
    Ok(bytes)
}

/// A 32-byte secret under XChaCha20-Poly1305 with a random nonce, bound to
/// facts that stand in the open beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    #[serde(with = "hex")]
    nonce: [u8; 24],
    #[serde(with = "hex")]
    secret: [u8; 32],
    #[serde(with = "hex")]
    tag: [u8; 16],
}

impl Sealed {
    /// Seals `secret` under `key`, bound to `facts`.
    pub fn close(secret: &[u8; 32], key: &[u8; 32], facts: &[u8]) -> Result<Self> {
        let nonce = *random::<24>()?;
        let mut text = Zeroizing::new(*secret);
        let tag = XChaCha20Poly1305::new(key.into())
            .encrypt_in_place_detached(&nonce.into(), facts, text.as_mut_slice())
            .map_err(|_| Error::internal("sealing a key"))?;
        Ok(Self { nonce, secret: *text, tag: tag.into() })
    }

    /// What no key opens.
    #[must_use]
    pub fn nothing() -> Self {
        Self { nonce: [0; 24], secret: [0; 32], tag: [0; 16] }
    }

    /// The secret, or `None` when the key, the facts or a byte is another.
    #[must_use]
    pub fn open(&self, key: &[u8; 32], facts: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        let mut text = Zeroizing::new(self.secret);
        XChaCha20Poly1305::new(key.into())
            .decrypt_in_place_detached(&self.nonce.into(), facts, text.as_mut_slice(), &self.tag.into())
            .ok()?;
        Some(text)
    }

    /// Every byte, for a checksum.
    pub fn feed(&self, hasher: &mut blake3::Hasher) {
        hasher.update(&self.nonce).update(&self.secret).update(&self.tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_shows_nothing_of_itself() {
        let key = DatabaseKey::generate().expect("random");
        assert_eq!(format!("{key:?}"), "DatabaseKey(…)");
        assert_eq!(key.hex().len(), 64);
        assert_ne!(*key.derive("attune test one"), *key.derive("attune test two"));
        assert_ne!(key.expose(), DatabaseKey::generate().expect("random").expose());
    }

    #[test]
    fn opens_only_with_the_same_key_facts_and_bytes() {
        let sealed = Sealed::close(&[7; 32], &[1; 32], b"facts").expect("sealed");
        assert_eq!(sealed.open(&[1; 32], b"facts").as_deref(), Some(&[7; 32]));
        assert!(sealed.open(&[2; 32], b"facts").is_none());
        assert!(sealed.open(&[1; 32], b"other").is_none());
        for field in 0..3 {
            let mut changed = sealed.clone();
            match field {
                0 => changed.nonce[23] ^= 1,
                1 => changed.secret[0] ^= 1,
                _ => changed.tag[15] ^= 1,
            }
            assert!(changed.open(&[1; 32], b"facts").is_none());
        }
        assert_ne!(Sealed::close(&[7; 32], &[1; 32], b"facts").expect("again"), sealed, "a new nonce each time");
    }
}
