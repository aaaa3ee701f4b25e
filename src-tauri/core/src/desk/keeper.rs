//! This computer's head file and signing key, as a session uses them.

use crate::error::Result;
use crate::session::Keeper;
use crate::store::log::Position;
use crate::vault::head::{Head, HeadFile};
use crate::vault::identity::Device;

pub struct HeadKeeper {
    pub device: Device,
    pub file: HeadFile,
}

impl Keeper for HeadKeeper {
    fn keep(&mut self, position: &Position) -> Result<()> {
        self.file.write(&Head {
            device: self.device.id(),
            op_seq: position.op_seq,
            op_hash: position.op_hash,
            read_seq: position.read_seq,
            read_hash: position.read_hash,
            local_rev: position.local_rev,
        })
    }

    fn settle(&self) -> Result<()> {
        self.file.sync()
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.device.sign(message)
    }
}

/// A head as a position of the log.
pub const fn position(head: &Head) -> Position {
    Position { op_seq: head.op_seq, op_hash: head.op_hash, read_seq: head.read_seq, read_hash: head.read_hash, local_rev: head.local_rev }
}
