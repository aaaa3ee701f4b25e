//! A record that was altered behind the program's back: by a failing disk, by
//! somebody without the key, by somebody with it.
//!
//! `docs/safety/what-verify-proves.md` has the table of what is found by what.
//! Each line of it is a test here, those about what is *not* found too: a limit
//! that is only written down is soon believed to be gone.

mod bytes;
mod guards;
pub mod history;
mod tail;
mod values_and_rows;

use attune_core::store::verify::Finding;
use rusqlite::Connection;

use super::support::*;

/// Changes the record as somebody does who has the key and knows SQLite: the
/// triggers are taken off and put back word for word.
pub fn altered(place: &Place, change: impl FnOnce(&Connection)) {
    let conn = place.open_with(&lived_in().key);
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
    let triggers = texts(&conn, "SELECT name FROM sqlite_master WHERE type = 'trigger'");
    let again = texts(&conn, "SELECT sql FROM sqlite_master WHERE type = 'trigger'");
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    change(&conn);
    for trigger in again {
        conn.execute_batch(&trigger).unwrap();
    }
    conn.close().unwrap();
}

/// The stream of one of the three families, in the order they were added.
fn stream_of_family(conn: &Connection, index: i64) -> i64 {
    count(conn, &format!("SELECT sid FROM stream JOIN scope USING (scid) WHERE kind = 1 ORDER BY sid LIMIT 1 OFFSET {index}"))
}

/// Findings as one line each.
fn words(found: &[Finding]) -> Vec<String> {
    found.iter().map(|finding| format!("{}: {}", finding.place, finding.words)).collect()
}
