//! From a passphrase to a key: Argon2id.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::{Error, Fault, Result};

/// What one guess at a passphrase costs. Kept with each entry, so that the
/// cost can rise without locking anyone out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfParams {
    m_kib: u32,
    t: u32,
    p: u32,
}

impl KdfParams {
    /// 64 MiB and three passes: the second recommended option of RFC 9106 §4,
    /// for computers without memory to spare, with one lane instead of its
    /// four because this implementation fills lanes one after another.
    #[must_use]
    pub const fn standard() -> Self {
        Self { m_kib: 64 * 1024, t: 3, p: 1 }
    }

    /// The least that Argon2 takes, for tests that unlock often.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub const fn cheap() -> Self {
        Self { m_kib: 8, t: 1, p: 1 }
    }

    /// Whether a file may ask for this much: at most 1 GiB, 16 passes and 8
    /// lanes. More is damage or malice, and would only hang the computer.
    #[must_use]
    pub const fn bearable(self) -> bool {
        self.p >= 1 && self.p <= 8 && self.t >= 1 && self.t <= 16 && self.m_kib >= 8 * self.p && self.m_kib <= 1024 * 1024
    }

    /// The harder of two.
    #[must_use]
    pub fn harder(self, other: Self) -> Self {
        std::cmp::max_by_key(self, other, |kdf| u64::from(kdf.m_kib) * u64::from(kdf.t))
    }

    /// The parameters as bytes of fixed length, to be bound or checked.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (place, value) in bytes.chunks_exact_mut(4).zip([self.m_kib, self.t, self.p]) {
            place.copy_from_slice(&value.to_le_bytes());
        }
        bytes
    }

    /// What [`Self::to_bytes`] wrote; none if it asks for more than is bearable.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 12]) -> Option<Self> {
        let (values, _) = bytes.as_chunks::<4>();
        let [m_kib, t, p] = *values else { return None };
        let kdf = Self { m_kib: u32::from_le_bytes(m_kib), t: u32::from_le_bytes(t), p: u32::from_le_bytes(p) };
        kdf.bearable().then_some(kdf)
    }

    /// The key of `passphrase` under `salt`. The memory it takes is wiped.
    pub fn stretch(self, passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
        let fault = |_| Error::internal("deriving a key");
        let params = Params::new(self.m_kib, self.t, self.p, Some(32)).map_err(fault)?;
        let mut memory: Zeroizing<Vec<Block>> = Zeroizing::new(Vec::new());
        memory.try_reserve_exact(params.block_count()).map_err(|_| too_little_memory())?;
        memory.resize(params.block_count(), Block::default());
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase.as_bytes(), salt, key.as_mut_slice(), memory.as_mut_slice())
            .map_err(fault)?;
        Ok(key)
    }
}

fn too_little_memory() -> Error {
    Fault::MemoryFull.says(
        "This computer has too little free memory to check the passphrase. \
         Close other programs and try again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the documents and the words about a thief rest on.
    #[test]
    fn a_guess_costs_64_mib_and_three_passes() {
        assert_eq!(KdfParams::standard(), KdfParams { m_kib: 64 * 1024, t: 3, p: 1 });
    }

    #[test]
    fn agrees_with_the_reference_implementation() {
        // `test.c` of the Argon2 reference implementation, Argon2id, version 0x13.
        let kdf = KdfParams { m_kib: 65536, t: 2, p: 1 };
        let key = kdf.stretch("password", b"somesalt").expect("key");
        assert_eq!(hex::encode(*key), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    #[test]
    fn bounds() {
        assert!(KdfParams::standard().bearable());
        assert!(KdfParams::cheap().bearable());
        assert_eq!(KdfParams::from_bytes(&KdfParams::standard().to_bytes()), Some(KdfParams::standard()));
        for (m_kib, t, p) in
            [(7, 1, 1), (8, 0, 1), (8, 1, 0), (8, 1, 2), (u32::MAX, 3, 1), (65536, 17, 1), (65536, 3, 9), (65536, 3, u32::MAX)]
        {
            let kdf = KdfParams { m_kib, t, p };
            assert!(!kdf.bearable() && KdfParams::from_bytes(&kdf.to_bytes()).is_none(), "{m_kib} {t} {p}");
        }
    }

    #[test]
    fn the_harder_takes_longer() {
        let (standard, cheap) = (KdfParams::standard(), KdfParams::cheap());
        assert_eq!(standard.harder(cheap), standard);
        assert_eq!(cheap.harder(standard), standard);
    }

    #[test]
    fn absurd_parameters_are_an_error_not_a_crash() {
        let kdf = KdfParams { m_kib: 0, t: 0, p: 0 };
        let error = kdf.stretch("x", &[0; 16]).expect_err("absurd");
        assert_eq!(error.code, "internal");
    }
}
