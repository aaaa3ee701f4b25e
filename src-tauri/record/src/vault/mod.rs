//! The vault folder and what belongs to it outside the database: wrapped keys,
//! the lock, this computer's identity and the head of the log.

pub mod attempts;
pub mod computer;
pub mod files;
pub mod head;
pub mod identity;
pub mod keys;
pub mod lock;
pub mod passphrase;
pub mod recovery;
pub mod used;
