//! Which device this is: a signing key for one incarnation of a vault on one
//! computer, in the user's data folder and never in the vault's. A vault that
//! is copied or restored elsewhere so arrives without an identity and is given
//! a new one.

use std::env;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::refusals;
use crate::error::{Error, RecordRefused, Result};
use crate::ids::{DeviceId, VaultId};
use crate::vault::files;
use crate::vault::files::Checked;
use crate::vault::keys;
use crate::vault::keys::{DatabaseKey, Sealed, random};

/// The user's data folder on this computer: `ATTUNE_DATA_HOME` if set, else the
/// place of the operating system.
///
/// # Errors
/// `no_data_home` when there is none.
pub fn data_home() -> Result<PathBuf> {
    let set = env::var_os("ATTUNE_DATA_HOME").filter(|set| !set.is_empty()).map(PathBuf::from);
    set.or_else(dirs::data_local_dir).ok_or_else(|| IdentityRefused::NoDataHome.into())
}

/// Where the identity and the head of `vault` are kept on this computer.
pub fn data_folder(vault: VaultId) -> Result<PathBuf> {
    Ok(data_home()?.join("attune").join(vault.to_string()))
}

/// This incarnation of a vault on this computer. Wiped when dropped.
pub struct Device {
    id: DeviceId,
    signing: SigningKey,
}

impl Device {
    /// Makes a new identity in `folder`. On the disk when this answers `Ok`.
    /// Whoever calls it has put away what was there.
    pub fn create(folder: &Path, vault: VaultId, key: &DatabaseKey) -> Result<Self> {
        let device = Self::of(SigningKey::from_bytes(&*random()?));
        let seed = zeroize::Zeroizing::new(device.signing.to_bytes());
        let body = Body {
            format: FORMAT,
            vault,
            device: device.id,
            public: device.public(),
            signing_key: Sealed::close(&seed, &key.derive(SEALING), &facts(vault, device.id))?,
        };
        files::create_private_dir(folder)?;
        files::write_atomic(&folder.join(FILE), files::to_checked(&body)?.as_bytes())?;
        Ok(device)
    }

    /// Whether there is an identity in `folder`, whole or not.
    #[must_use]
    pub fn is_kept(folder: &Path) -> bool {
        folder.join(FILE).symlink_metadata().is_ok()
    }

    /// The identity in `folder`; `None` when there is none, as after a vault
    /// was copied or restored. Refuses with `head_damaged` when it does not
    /// read back as it was written or belongs to another vault.
    pub fn load(folder: &Path, vault: VaultId, key: &DatabaseKey) -> Result<Option<Self>> {
        let bytes = match files::read_small(&folder.join(FILE)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|error| files::disk_error(&error))?,
        };
        let body: Body = match files::from_checked(&bytes, FORMAT) {
            Checked::Good(body) => body,
            Checked::Newer => return Err(keys::newer()),
            Checked::Older | Checked::Damaged => return Err(damaged()),
        };
        let seed = body.signing_key.open(&key.derive(SEALING), &facts(vault, body.device)).ok_or_else(damaged)?;
        let device = Self::of(SigningKey::from_bytes(&seed));
        let same = body.vault == vault && body.device == device.id && body.public == device.public();
        if same { Ok(Some(device)) } else { Err(damaged()) }
    }

    /// The first 16 bytes of the BLAKE3 hash of the public key: nobody can
    /// claim the id of another device.
    #[must_use]
    pub const fn id(&self) -> DeviceId {
        self.id
    }

    /// The key that [`verify`] takes.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    /// Signs `message` as this device.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }

    fn of(signing: SigningKey) -> Self {
        let id = device_id(&signing.verifying_key().to_bytes());
        Self { id, signing }
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Device({})", self.id)
    }
}

/// The id of the device with this public key.
#[must_use]
pub fn device_id(public: &[u8; 32]) -> DeviceId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(public).as_bytes()[..16]);
    DeviceId(Uuid::from_bytes(id))
}

/// Whether the holder of `public` signed `message`.
#[must_use]
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public).and_then(|key| key.verify_strict(message, &Signature::from_bytes(signature))).is_ok()
}

/// The refusal for an identity or head that cannot be trusted.
#[must_use]
pub fn damaged() -> Error {
    RecordRefused::HeadDamaged.says(
        "The files in which this computer keeps track of the record are damaged, so Attune cannot tell \
         whether records are missing. Nothing was changed. A service lead can look through the record and continue as a new device.",
    )
}

const FILE: &str = "device.json";
const FORMAT: u32 = 1;
const SEALING: &str = "attune 2026 device identity: sealing the signing key";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: u32,
    vault: VaultId,
    device: DeviceId,
    #[serde(with = "hex")]
    public: [u8; 32],
    signing_key: Sealed,
}

fn facts(vault: VaultId, device: DeviceId) -> [u8; 32] {
    let mut facts = [0; 32];
    facts[..16].copy_from_slice(vault.0.as_bytes());
    facts[16..].copy_from_slice(device.0.as_bytes());
    facts
}

refusals! {
    /// Where this computer keeps what it knows of a record.
    pub enum IdentityRefused {
        NoDataHome "no_data_home" => "Attune found no folder for its own files on this computer. Set ATTUNE_DATA_HOME to a folder you own, then start it again.",
    }
}

#[cfg(test)]
mod tests;
