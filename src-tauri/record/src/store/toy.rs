//! A record of one table, for tests of the engine.

use crate::ids::{FamilyId, RecordedId};
use crate::record::{Record, record};
use crate::store::migrate;
use crate::store::schema::Schema;

record! {
    /// What was seen on a visit.
    Visit = "visit" "visit", added, in family, about Family, told itself, [];
    id id: RecordedId;
    family: FamilyId, "Family", Fixed Inside;
    saw: String, "What was seen", Fixed Open;
}

/// Its schema. Nothing is computed from its rows.
pub static TOY: Schema = Schema {
    tables: &[Visit::TABLE],
    versions: &[&[
        migrate::FIRST,
        "CREATE VIEW scope_name AS SELECT scope_id AS id, 'family' AS name FROM scope;
         CREATE TABLE visit (id BLOB PRIMARY KEY, family BLOB, saw TEXT NOT NULL DEFAULT '') STRICT;",
    ]],
    follow_row: |_, _, _| Ok(()),
    follow_scope: |_, _, _| Ok(()),
    fill: |_| Ok(()),
    computed: &[],
    agrees: ("nothing", |_| Ok(true)),
};
