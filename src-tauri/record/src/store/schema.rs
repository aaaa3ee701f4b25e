//! What an application says of its record. The engine knows none of its
//! tables: it is handed this, and hands on the right to write what is computed.

use std::ops::Deref;

use ref_cast::RefCast;
use rusqlite::{CachedStatement, Params};
use uuid::Uuid;

use crate::error::Result;
use crate::record::{Scope, Table};
use crate::store::db::Db;

/// The tables of a record, and what is computed from its rows.
pub struct Schema {
    /// Record tables, parents before children.
    pub tables: &'static [&'static Table],
    /// The SQL that makes each version of the one before, in parts.
    pub versions: &'static [&'static [&'static str]],
    /// Brings what is computed up to date for a row that was written.
    pub follow_row: fn(&Computing, &Table, Uuid) -> Result<()>,
    /// The same when an act has written to these tables in a scope, and when a
    /// reader has marked it as seen.
    pub follow_scope: fn(&Computing, Scope, &[&'static Table]) -> Result<()>,
    /// Computes what belongs to scopes anew.
    pub fill: fn(&Computing) -> Result<()>,
    /// What is computed, by what people call it, and a question whose answer is
    /// the same when the log has made it anew.
    pub computed: &'static [(&'static str, &'static str)],
    /// Whether what is computed on this computer alone is right, and what
    /// people call it.
    pub agrees: (&'static str, fn(&Db) -> Result<bool>),
}

impl Schema {
    /// The table of that name; none if a newer version wrote it.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&'static Table> {
        self.tables.iter().copied().find(|table| table.name == name)
    }

    /// The version that this program writes.
    #[must_use]
    pub const fn version(&self) -> usize {
        self.versions.len()
    }
}

/// The right to write what is computed from the record. Only the functions of a
/// [`Schema`] are given it.
#[derive(RefCast)]
#[repr(transparent)]
pub struct Computing(Db);

impl Computing {
    pub(crate) fn on(conn: &Db) -> &Self {
        Self::ref_cast(conn)
    }

    /// A statement that may write.
    ///
    /// # Errors
    /// When it is none.
    pub fn statement(&self, sql: &str) -> Result<CachedStatement<'_>> {
        Ok(self.0.prepare_cached(sql)?)
    }

    /// Runs one.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.0.prepare_cached(sql)?.execute(params)?)
    }
}

impl Deref for Computing {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0
    }
}
