//! What is kept of a passphrase that was used, so that it does not come back.
//! It stands in the encrypted record, and a guess at it costs as much as one at
//! the key file.

use crate::error::Result;
use crate::ids::{UserId, VaultId};
use crate::vault::keys::KdfParams;
use crate::vault::passphrase;

/// The mark of a passphrase of `user`, whatever its case and spacing.
pub fn mark(vault: VaultId, user: UserId, passphrase: &str, kdf: KdfParams) -> Result<[u8; 32]> {
    let facts = [vault.0.as_bytes().as_slice(), user.0.as_bytes()].concat();
    // One salt a user: a new passphrase is compared with all before at the
    // cost of one derivation.
    let salt = blake3::derive_key(SALT, &facts);
    let stretched = kdf.stretch(&passphrase::likeness(passphrase), &salt[..16])?;
    Ok(blake3::derive_key(MARK, stretched.as_slice()))
}

const SALT: &str = "attune 2026 used passphrases: salt of a user";
const MARK: &str = "attune 2026 used passphrases: mark";

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_mark_is_of_one_user_and_any_spelling() {
        let (vault, user) = (VaultId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let of = |vault, user, text| mark(vault, user, text, KdfParams::cheap()).expect("mark");
        let one = of(vault, user, "otter lantern gravel");
        assert_eq!(of(vault, user, "OTTER lantern  gravel "), one);
        assert_ne!(of(vault, user, "otter lantern pebble"), one);
        assert_ne!(of(vault, UserId(Uuid::from_u128(3)), "otter lantern gravel"), one);
        assert_ne!(of(VaultId(Uuid::from_u128(3)), user, "otter lantern gravel"), one);
    }
}
