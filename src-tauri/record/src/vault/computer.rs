//! Which computer this is, as the record remembers it: so that a computer that
//! has lost its identity is not taken for one that never had one.

use std::path::Path;

use crate::vault::keys::DatabaseKey;

/// The mark of the place on this computer where identities are kept. It says
/// nothing to whoever does not hold the key of the record.
#[must_use]
pub fn mark(data: &Path, key: &DatabaseKey) -> [u8; 16] {
    let place = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    // A computer that does not tell its id is known by the place alone.
    let computer = machine_uid::get().unwrap_or_default();
    let mut hasher = blake3::Hasher::new_keyed(&key.derive(MARK));
    hasher.update(&(computer.len() as u64).to_le_bytes()).update(computer.as_bytes()).update(place.as_os_str().as_encoded_bytes());
    let mut mark = [0; 16];
    mark.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    mark
}

const MARK: &str = "attune 2026 computer: mark of a place on it";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_of_one_place_and_one_record() {
        let (one, other) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
        let key = DatabaseKey::generate().expect("key");
        assert_eq!(mark(one.path(), &key), mark(&one.path().join("."), &key));
        assert_ne!(mark(one.path(), &key), mark(other.path(), &key));
        assert_ne!(mark(one.path(), &key), mark(one.path(), &DatabaseKey::generate().expect("key")));
    }
}
