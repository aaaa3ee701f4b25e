//! Bringing a database to this version's schema. Migrations rebuild
//! projections and emit no changes.

use rusqlite_migration::{M, Migrations, SchemaVersion};

use crate::error::{Error, RecordRefused, Result};
use crate::store::db::Db;
use crate::store::schema::Schema;

/// What a record of Attune says it is. Those of trial versions say nothing.
const APPLICATION: i64 = 0x4174_746e;

/// What the first version of every record begins with: the log, what is kept
/// outside it, and the order of what was recorded. The schema adds its tables,
/// and a view `scope_name` with the `id` and `name` of its scopes.
pub const FIRST: &str = concat!(
    include_str!("migrations/0001/log.sql"),
    include_str!("migrations/0001/beside.sql"),
    include_str!("migrations/0001/entries.sql")
);

/// The SQL of each version, whole.
fn sql(schema: &Schema) -> Vec<String> {
    schema.versions.iter().map(|parts| parts.concat()).collect()
}

fn migrations(sql: &[String]) -> Migrations<'_> {
    Migrations::new(sql.iter().map(|sql| M::up(sql)).collect())
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
/// `vault_newer` when a newer program wrote it, `vault_trial` when a trial
/// version did, `vault_damaged` when it has tables and no version; nothing is changed.
pub fn need(conn: &Db, schema: &Schema) -> Result<Need> {
    let of_attune = conn.value::<i64>("PRAGMA application_id", [])? == APPLICATION;
    let version = version(conn, schema)?;
    if version == 0 && conn.value("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [])? {
        return Err(Error::damaged());
    }
    if version > 0 && !of_attune {
        return Err(RecordRefused::Trial.says(
            "This record was made with a trial version of Attune, and this version cannot read it. Nothing was changed. Put its folder \
             somewhere else, then make a new record here.",
        ));
    }
    match migrations(&sql(schema)).current_version(conn.connection()).map_err(fault)? {
        SchemaVersion::Inside(version) if version.get() == schema.version() => Ok(Need::Nothing),
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
pub fn version(conn: &Db, schema: &Schema) -> Result<usize> {
    Ok(usize::from(&migrations(&sql(schema)).current_version(conn.connection()).map_err(fault)?))
}

/// An empty record in memory.
///
/// # Errors
/// When there is no memory for it.
pub fn fresh(schema: &Schema) -> Result<Db> {
    let mut conn = Db::in_memory()?;
    upgrade(&mut conn, schema)?;
    Ok(conn)
}

/// Brings `conn` to this version's schema, each step whole or not at all.
///
/// # Errors
/// When a step fails; the steps before it stand.
pub fn upgrade(conn: &mut Db, schema: &Schema) -> Result<()> {
    migrations(&sql(schema)).to_latest(conn.connection_mut()).map_err(fault)
}

fn fault(error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::from(err),
        _ => Error::internal("schema"),
    }
}
