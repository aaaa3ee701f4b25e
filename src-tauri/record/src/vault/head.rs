//! How far the record had got, kept outside the vault's folder: what a database
//! that has lost its tail is compared with.
//!
//! The file is two slots of one page each, always both full: a new file starts
//! with two blank heads. A write takes the slot of the older head, in place and
//! with one page-sized write. So:
//!
//! - A program killed before, between or after writes leaves both slots whole.
//!   Where a system lets a kill cut a write short, the slot under it fails its
//!   MAC and the file is reported as damaged; the other slot is not quietly
//!   taken for the newest.
//! - Every byte of a slot, padding included, is under its MAC, and the length of
//!   the file is fixed: no flip, cut, lengthening or swap of slots passes.
//! - Writes are not forced to the disk. The database is, and it is committed
//!   first, so a power cut can leave this file behind the database, which is
//!   harmless, or torn, which is reported; it cannot get ahead. [`HeadFile::sync`]
//!   forces it at lock and exit, when there is time.
//! - An older head that was put back whole is a head that is behind. It raises
//!   no alarm; it only knows of fewer records.

use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::ids::DeviceId;
use crate::vault::identity::damaged;
use crate::vault::keys;
use crate::vault::keys::DatabaseKey;
use crate::vault::{files, lock};

/// How far one device had got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The device that wrote it.
    pub device: DeviceId,
    /// The last operation: its sequence number on this device.
    pub op_seq: u64,
    /// The hash of that operation.
    pub op_hash: [u8; 32],
    /// The last entry of the log of reads.
    pub read_seq: u64,
    /// The hash of that entry.
    pub read_hash: [u8; 32],
    /// The revision of what is kept outside the log.
    pub local_rev: u64,
}

/// The open head file. While it is open no other program can open it, so two
/// copies of one vault are never in use at once on one computer.
pub struct HeadFile {
    file: File,
    mac_key: Zeroizing<[u8; 32]>,
    generation: u64,
}

impl Drop for HeadFile {
    /// As for the lock of the vault.
    fn drop(&mut self) {
        self.file.unlock().ok();
    }
}

impl HeadFile {
    /// Opens the head file in `folder`; `None` when there is none. Refuses with
    /// `head_damaged` or `vault_in_use`.
    pub fn open(folder: &Path, key: &DatabaseKey) -> Result<Option<Self>> {
        let opened = files::open_plain(File::options().read(true).write(true), &folder.join(FILE));
        let file = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(|error| files::disk_error(&error))?,
        };
        lock::take_file(&file)?;
        let mut open = Self { file, mac_key: key.derive(MAC), generation: 0 };
        open.generation = open.newest()?.0;
        Ok(Some(open))
    }

    /// Makes a head file without a head: for a new device. Whoever calls it has
    /// compared and put away what was there.
    pub fn replace(folder: &Path, key: &DatabaseKey) -> Result<Self> {
        let mac_key = key.derive(MAC);
        let mut blank = slot(&mac_key, 0, None);
        blank.extend(slot(&mac_key, 1, None));
        files::create_private_dir(folder)?;
        files::write_atomic(&folder.join(FILE), &blank)?;
        Self::open(folder, key)?.ok_or_else(damaged)
    }

    /// The newest head; `None` before the first write. Refuses with
    /// `head_damaged` when any byte of the file is not as it was written.
    pub fn read(&self) -> Result<Option<Head>> {
        self.newest().map(|(_, head)| head)
    }

    /// Replaces the head. When this fails, write again: it takes the same slot,
    /// so that the head before it is never the one at risk.
    pub fn write(&mut self, head: &Head) -> Result<()> {
        let generation = self.generation + 1;
        let bytes = slot(&self.mac_key, generation, Some(head));
        let at = SeekFrom::Start(generation % 2 * SLOT as u64);
        (&self.file).seek(at).and_then(|_| (&self.file).write_all(&bytes)).map_err(|error| files::disk_error(&error))?;
        self.generation = generation;
        Ok(())
    }

    /// Forces what was written to the disk.
    pub fn sync(&self) -> Result<()> {
        self.file.sync_data().map_err(|error| files::disk_error(&error))
    }

    fn newest(&self) -> Result<(u64, Option<Head>)> {
        let mut bytes = Vec::with_capacity(2 * SLOT + 1);
        (&self.file)
            .seek(SeekFrom::Start(0))
            .and_then(|_| (&self.file).take(2 * SLOT as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| files::disk_error(&error))?;
        if bytes.len() != 2 * SLOT {
            return Err(damaged());
        }
        let (first, second) = bytes.split_at(SLOT);
        let even = self.decode(first)?;
        let odd = self.decode(second)?;
        if even.0 % 2 != 0 || odd.0 % 2 != 1 {
            return Err(damaged());
        }
        Ok(if even.0 > odd.0 { even } else { odd })
    }

    fn decode(&self, slot: &[u8]) -> Result<(u64, Option<Head>)> {
        let (body, mac) = slot.split_last_chunk::<32>().ok_or_else(damaged)?;
        // Compared in constant time, as `blake3::Hash` does.
        if blake3::keyed_hash(&self.mac_key, body) != blake3::Hash::from_bytes(*mac) {
            return Err(damaged());
        }
        match body.strip_prefix(MAGIC) {
            Some(fields) => read_fields(fields).ok_or_else(damaged),
            // Written by us, to another pattern than this version knows.
            None => Err(keys::newer()),
        }
    }
}

impl fmt::Debug for HeadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeadFile(generation {})", self.generation)
    }
}

const FILE: &str = "head";
const MAGIC: &[u8; 8] = b"attHEAD1";
const MAC: &str = "attune 2026 head file: MAC of a slot";

/// One slot is one page: its own page in memory and its own sector on the disk.
const SLOT: usize = 4096;

/// The bytes of a slot. Fields, little-endian: magic, generation, whether there
/// is a head, the head; then zeros up to the MAC.
fn slot(mac_key: &[u8; 32], generation: u64, head: Option<&Head>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(SLOT);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&generation.to_le_bytes());
    bytes.push(u8::from(head.is_some()));
    if let Some(head) = head {
        bytes.extend_from_slice(head.device.0.as_bytes());
        bytes.extend_from_slice(&head.op_seq.to_le_bytes());
        bytes.extend_from_slice(&head.op_hash);
        bytes.extend_from_slice(&head.read_seq.to_le_bytes());
        bytes.extend_from_slice(&head.read_hash);
        bytes.extend_from_slice(&head.local_rev.to_le_bytes());
    }
    bytes.resize(SLOT - 32, 0);
    let mac = blake3::keyed_hash(mac_key, &bytes);
    bytes.extend_from_slice(mac.as_bytes());
    bytes
}

fn read_fields(mut fields: &[u8]) -> Option<(u64, Option<Head>)> {
    let generation = u64::from_le_bytes(next(&mut fields)?);
    let [present] = next(&mut fields)?;
    if present == 0 {
        return Some((generation, None));
    }
    let head = Head {
        device: DeviceId(Uuid::from_bytes(next(&mut fields)?)),
        op_seq: u64::from_le_bytes(next(&mut fields)?),
        op_hash: next(&mut fields)?,
        read_seq: u64::from_le_bytes(next(&mut fields)?),
        read_hash: next(&mut fields)?,
        local_rev: u64::from_le_bytes(next(&mut fields)?),
    };
    Some((generation, Some(head)))
}

fn next<const N: usize>(fields: &mut &[u8]) -> Option<[u8; N]> {
    let (field, rest) = fields.split_first_chunk()?;
    *fields = rest;
    Some(*field)
}

#[cfg(test)]
mod tests;
