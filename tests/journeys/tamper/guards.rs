//! Within the program: what is never amended is guarded by the database too.

use attune_core::error::Error;
use attune_core::schema as table;
use serde_json::json;

use crate::support::*;

/// What is never amended is guarded by the database as well.
#[test]
fn every_table_that_is_only_added_to_has_its_guards() {
    let conn = lived_in().place.open_with_copy(&lived_in().key);
    let triggers = texts(&conn, "SELECT name FROM sqlite_master WHERE type = 'trigger'");
    for table in table::TABLES.iter().filter(|table| table.insert_only) {
        for guard in ["fixed", "kept"] {
            assert!(triggers.contains(&format!("{}_{guard}", table.name)), "{} {guard}", table.name);
        }
    }
}

#[test]
fn a_signed_note_is_never_changed_replaced_or_removed() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let reason = "For the commissioners";
    families_for_a_summary(&desk);
    call(&desk, "take_release_seat", json!({"reason": "The record was copied here", "left": []}));
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", json!({"quarter": "2026-Q3", "reason": reason}));
    let fixed = [
        ("contact_row", "saw"),
        ("addendum_row", "text"),
        ("entered_in_error_row", "reason"),
        ("concern_row", "what"),
        ("concern_answer_row", "answer"),
        ("release", "reason"),
        ("release_file", "bytes"),
        ("figure_frame", "reached"),
        ("figure_key", "secret"),
        ("release_seat", "device"),
        ("operation", "reason"),
        ("change", "val"),
        ("access", "denied"),
        ("seal", "hash"),
    ];
    let before = desk.write(|session| Ok(everything(session.conn().as_raw()))).unwrap();
    desk.write(|session| {
        let conn = session.conn();
        for (table, column) in fixed {
            assert!(count(conn.as_raw(), &format!("SELECT count(*) FROM {table}")) > 0, "{table} has rows");
            for sql in [
                format!("UPDATE {table} SET {column} = {column}"),
                format!("UPDATE OR REPLACE {table} SET {column} = {column}"),
                format!("UPDATE OR IGNORE {table} SET {column} = {column}"),
                format!("DELETE FROM {table}"),
                format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
                format!("REPLACE INTO {table} SELECT * FROM {table}"),
                format!("INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = excluded.{column}"),
            ] {
                let refused: Error = conn.as_raw().execute_batch(&sql).unwrap_err().into();
                assert!(refused.message.contains("never"), "{sql}: {refused}");
            }
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(desk.write(|session| Ok(everything(session.conn().as_raw()))).unwrap(), before);
    assert_eq!(findings(&desk), [""; 0]);
}
