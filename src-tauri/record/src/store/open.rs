//! Opening the database file: the key, the pragmas (docs/pragmas.md says why
//! each), and the check that they took.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Fault, Result};
use crate::store::db::Db;

/// Name of the database file in the vault folder.
pub const FILE: &str = "record.db";

/// The database file and those that SQLite keeps beside it.
pub const FILES: [&str; 4] = [FILE, "record.db-wal", "record.db-shm", "record.db-journal"];

/// How sure a commit must be before it is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On disk: every vault with work in it.
    Full,
    /// Left to the system: only while a practice vault is being filled.
    Building,
}

/// Opens the one connection that writes.
///
/// # Errors
/// `vault_damaged` when the file does not open with this key.
pub fn writer(path: &Path, key: &[u8; 32], durability: Durability) -> Result<Db> {
    make_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = keyed(path, key, flags)?;
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Building => "OFF",
    };
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
    ))?;
    Ok(conn)
}

/// Opens a connection that can only read, so that long reads never hold up a
/// write.
///
/// # Errors
/// `vault_damaged` when the file does not open with this key.
pub fn reader(path: &Path, key: &[u8; 32]) -> Result<Db> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = keyed(path, key, flags)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;")?;
    Ok(conn)
}

/// Opens a connection for checking the record: it only reads, but the search
/// index checks itself by a command that SQLite takes for a write.
///
/// # Errors
/// `vault_damaged` when the file does not open with this key.
pub fn verifier(path: &Path, key: &[u8; 32]) -> Result<Db> {
    let conn = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.execute_batch("PRAGMA busy_timeout = 5000;")?;
    Ok(conn)
}

/// Opens a closed copy of a record, to look at it and leave it as it is.
///
/// # Errors
/// `vault_damaged` when the file does not open with this key.
pub fn onlooker(path: &Path, key: &[u8; 32]) -> Result<Db> {
    keyed(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// Whether closing leaves the write-ahead log as it is. Until a record has been
/// compared with its head, closing must not fold in what is left of a damaged
/// one: the rest of it may be all there is of what was written last.
///
/// # Errors
/// When the connection cannot be asked.
pub fn leave_wal(conn: &Db, leave: bool) -> Result<()> {
    conn.set(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leave)?;
    Ok(())
}

/// Reads at one position of the log: what is written meanwhile is not seen.
///
/// # Errors
/// What the read refuses, or when the store fails.
pub fn at_one_position<T>(conn: &Db, read: impl FnOnce() -> Result<T>) -> Result<T> {
    let reading = conn.reading()?;
    let answer = read();
    reading.finish()?;
    answer
}

/// Copies the record page by page into a new file under the same key, whole by
/// itself: nothing of it stays in a write-ahead log beside it.
///
/// # Errors
/// When the disk fails.
pub fn copy(source: &Db, path: &Path, key: &[u8; 32]) -> Result<()> {
    let mut target = writer(path, key, Durability::Full)?;
    Backup::new(source.connection(), target.connection_mut())?.run_to_completion(256, Duration::ZERO, None)?;
    checkpoint(&target)?;
    target.execute_batch("PRAGMA journal_mode = DELETE")?;
    target.close()?;
    Ok(())
}

/// Folds the write-ahead log into the database and empties it.
///
/// # Errors
/// When the disk fails.
pub fn checkpoint(conn: &Db) -> Result<()> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Makes what was written without durability durable, from here on too.
///
/// # Errors
/// When the disk fails.
pub fn settle(conn: &Db) -> Result<()> {
    conn.execute_batch("PRAGMA synchronous = FULL")?;
    checkpoint(conn)
}

/// The pragmas a commit depends on, as SQLite reports them: journal mode and
/// synchronous level (2 = FULL).
///
/// # Errors
/// When the connection cannot be asked.
pub fn commit_pragmas(conn: &Db) -> Result<(String, i64)> {
    let mode = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    let synchronous = conn.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    Ok((mode, synchronous))
}

/// Makes the file, if it is not there, readable by its owner alone; SQLite
/// gives the files beside it the same rights.
fn make_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Fault::DiskFailed.says("The record file could not be made. Nothing was changed. Check the disk and the folder."))
        }
        _ => Ok(()),
    }
}

/// Decrypted pages that a connection keeps, in KiB: what one screen reads of a
/// large record is decrypted once, not at each look.
const CACHE_KIB: u32 = 32 * 1024;

fn keyed(path: &Path, key: &[u8; 32], flags: OpenFlags) -> Result<Db> {
    let conn = Connection::open_with_flags(path, flags)?;
    let hex: zeroize::Zeroizing<String> = zeroize::Zeroizing::new(hex::encode(key));
    let pragma = zeroize::Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()));
    conn.execute_batch("PRAGMA cipher_log_level = NONE;").ok();
    conn.execute_batch(&pragma)?;
    conn.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA cipher_memory_security = OFF; PRAGMA trusted_schema = OFF;")?;
    conn.execute_batch(&format!("PRAGMA cache_size = -{CACHE_KIB}"))?;
    conn.set_prepared_statement_cache_capacity(128);
    let version: String = conn.query_row("PRAGMA cipher_version", [], |row| row.get(0)).map_err(|_| Error::internal("no encryption"))?;
    if version.is_empty() {
        return Err(Error::internal("no encryption"));
    }
    conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(Error::from)?;
    Ok(Db::new(conn))
}
