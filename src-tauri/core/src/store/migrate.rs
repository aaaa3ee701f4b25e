//! Bringing a database to this version's schema. Migrations rebuild
//! projections and emit no changes.

use rusqlite_migration::{HookError, M, Migrations, SchemaVersion};

use super::db::Db;
use super::{caseload, entries, rebuild, search};
use crate::error::{Error, RecordRefused, Result};

/// The schema version this program writes.
pub const VERSION: usize = 11;

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("migrations/0001_log.sql")),
        M::up(include_str!("migrations/0002_records.sql")),
        M::up(include_str!("migrations/0003_search.sql")),
        M::up(include_str!("migrations/0004_screening.sql")),
        M::up(include_str!("migrations/0005_allocation.sql")),
        M::up(include_str!("migrations/0006_handover.sql")),
        M::up(include_str!("migrations/0007_seen.sql")),
        M::up(include_str!("migrations/0008_true.sql")),
        M::up(include_str!("migrations/0009_lists.sql")),
        M::up(include_str!("migrations/0010_entries.sql")),
        M::up_with_hook(include_str!("migrations/0011_find.sql"), |tx| {
            fill(Db::within(tx)).map_err(|error| HookError::Hook(error.code.to_string()))
        }),
    ])
}

/// What a database needs before it can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It has this version's schema.
    Nothing,
    /// It is older, or new and empty.
    Upgrade,
}

/// Says what `conn` needs.
///
/// # Errors
/// `vault_newer` when a newer program wrote it; nothing is changed.
pub fn need(conn: &Db) -> Result<Need> {
    match migrations().current_version(conn.connection()).map_err(fault)? {
        SchemaVersion::Inside(version) if version.get() == VERSION => Ok(Need::Nothing),
        SchemaVersion::NoneSet | SchemaVersion::Inside(_) => Ok(Need::Upgrade),
        SchemaVersion::Outside(_) => Err(RecordRefused::Newer.says(
            "This record was last used with a newer Attune. Nothing was changed. Install the newer version on this computer, then unlock again.",
        )),
    }
}

/// The schema version of `conn`, 0 when it has none.
///
/// # Errors
/// When it cannot be read.
pub fn version(conn: &Db) -> Result<usize> {
    Ok(usize::from(&migrations().current_version(conn.connection()).map_err(fault)?))
}

/// Brings `conn` to this version's schema, each step whole or not at all.
///
/// # Errors
/// When a step fails; the steps before it stand.
pub fn upgrade(conn: &mut Db) -> Result<()> {
    migrations().to_latest(conn.connection_mut()).map_err(fault)
}

/// Brings an empty `conn` to an older version's schema, for tests of upgrades.
///
/// # Errors
/// When a step fails.
#[cfg(any(test, feature = "testing"))]
pub fn upgrade_to(conn: &mut Db, version: usize) -> Result<()> {
    migrations().to_version(conn.connection_mut(), version).map_err(fault)
}

/// Fills what this version computes: the search index, the entries and the
/// lists, and before them the rows where an older version kept the log alone.
fn fill(conn: &Db) -> Result<()> {
    let made: bool = conn.query_row("SELECT EXISTS (SELECT 1 FROM team)", [], |row| row.get(0))?;
    if made {
        search::index_everything(conn)?;
        entries::fill(conn)?;
    } else {
        rebuild::replay(conn, conn)?;
    }
    caseload::fill(conn)
}

fn fault(error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::from(err),
        _ => Error::internal("schema"),
    }
}
