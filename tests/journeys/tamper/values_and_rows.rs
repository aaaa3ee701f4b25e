//! With the key: a value, a row, a whole stream or a trigger. The check names
//! the place.

use attune_core::store::encode;
use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::{altered, stream_of_family, words};
use crate::support::*;

#[test]
fn one_value_changed_names_the_stream_and_the_number() {
    for table in ["operation", "change", "contact_row", "person_row", "seal", "access", "record"] {
        let columns = texts(&lived_in().place.open_with_copy(&lived_in().key), &format!("SELECT name FROM pragma_table_info('{table}')"));
        for column in columns {
            if LOCAL.contains(&(table, column.as_str())) {
                continue;
            }
            let place = lived_in().place.copy();
            let victim = Victim::in_the_middle(&place, table);
            victim.alter(&place, |conn| change_value(conn, table, &column, victim.rowid, victim.seal_key));
            victim.is_named(&place, &format!("{table}.{column}"));
        }
    }
}

/// Numbers that stand for nothing but the order in which this file was written,
/// and that nothing refers to.
const LOCAL: [(&str, &str); 1] = [("access", "aid")];

#[test]
fn one_row_removed_names_the_stream_and_the_number() {
    for table in [
        "operation",
        "change",
        "contact_row",
        "person_row",
        "seal",
        "access",
        "record",
        "addendum_row",
        "entered_in_error_row",
        "concern_row",
    ] {
        let place = lived_in().place.copy();
        let victim = Victim::in_the_middle(&place, table);
        let remove = match victim.seal_key {
            Some((sid, seq)) => format!("DELETE FROM seal WHERE sid = {sid} AND seq = {seq}"),
            None => format!("DELETE FROM {table} WHERE rowid = {}", victim.rowid),
        };
        victim.alter(&place, |conn| assert_eq!(conn.execute(&remove, []).unwrap(), 1));
        victim.is_named(&place, &format!("a row of {table}"));
    }
}

#[test]
fn a_row_added_is_reported() {
    let place = lived_in().place.copy();
    altered(&place, |conn| {
        let columns = "family, episode, kind, outcome, held_at, signed_at, author, organisation, saw, safety, plan";
        let sql = format!("INSERT INTO contact_row (id, {columns}) SELECT randomblob(16), {columns} FROM contact_row LIMIT 1");
        conn.execute(&sql, []).unwrap();
    });
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().any(|finding| finding.words.contains("the log does not know")), "{found:?}");
}

/// Another step would stand, though every row and the log are as they were.
#[test]
fn an_entry_moved_in_the_order_of_the_record_is_reported() {
    let place = lived_in().place.copy();
    altered(&place, |conn| {
        assert_eq!(
            conn.execute("UPDATE entry SET position = zeroblob(26) WHERE arrived = (SELECT max(arrived) FROM entry)", []).unwrap(),
            1
        );
    });
    let found = place.verify_with(&lived_in().key);
    assert_eq!(found.iter().map(|finding| finding.place.as_str()).collect::<Vec<_>>(), ["the order of what was recorded"]);
}

#[test]
fn a_whole_stream_removed_is_named() {
    let base = lived_in();
    let sid = stream_of_family(&base.place.open_with_copy(&base.key), 1);
    let last = count(&base.place.open_with_copy(&base.key), &format!("SELECT head_seq FROM stream WHERE sid = {sid}"));
    let operations = format!("SELECT oid FROM operation WHERE sid = {sid}");
    let family = format!("SELECT scope_id FROM stream JOIN scope USING (scid) WHERE sid = {sid}");
    let steps = [
        format!("DELETE FROM contact_row WHERE family = ({family})"),
        format!("DELETE FROM record WHERE rid IN (SELECT rid FROM change WHERE cid >> 12 IN ({operations}))"),
        format!("DELETE FROM change WHERE cid >> 12 IN ({operations})"),
        format!("DELETE FROM operation WHERE sid = {sid}"),
        format!("DELETE FROM stream WHERE sid = {sid}"),
        format!("DELETE FROM seal WHERE sid = {sid}"),
    ];
    // Removed more and more thoroughly: from the operations alone to the seals.
    for thorough in [3..4, 2..4, 2..5, 1..6, 0..6] {
        let place = base.place.copy();
        altered(&place, |conn| steps[thorough.clone()].iter().for_each(|sql| conn.execute_batch(sql).unwrap()));
        let found = place.verify_with(&base.key);
        assert!(found.iter().any(|finding| finding.place.starts_with(&format!("Log entry {sid}."))), "{thorough:?}: {found:?}");
        let steps_missing = found.iter().any(|finding| finding.words.contains("are missing before Log entry"));
        assert!(steps_missing, "the computer's own count has a gap: {found:?}");
        assert!(thorough.end > 5 || found.iter().any(|f| f.place.contains(&format!(".{last}"))), "{thorough:?}: {found:?}");
    }
}

#[test]
fn a_removed_trigger_is_reported() {
    let place = lived_in().place.copy();
    place.open_with(&lived_in().key).execute_batch("DROP TRIGGER contact_fixed").unwrap();
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().any(|finding| finding.place == "schema, trigger contact_fixed"), "{found:?}");
}

/// Not found, and written down: a draft is outside the log.
#[test]
fn a_changed_draft_is_not_found() {
    let place = lived_in().place.copy();
    place.open_with(&lived_in().key).execute_batch("UPDATE draft SET body = replace(body, 'draft', 'forged')").unwrap();
    assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0]);
}

/// A row to spoil, and where in the log it belongs.
struct Victim {
    rowid: i64,
    seal_key: Option<(i64, i64)>,
    sid: i64,
    seq: i64,
}

impl Victim {
    /// Not the first of its stream, not the last: neither end gives it away.
    fn in_the_middle(place: &Place, table: &str) -> Self {
        let conn = place.open_with_copy(&lived_in().key);
        let sid = if table == "access" { count(&conn, "SELECT sid FROM access LIMIT 1") } else { stream_of_family(&conn, 0) };
        let sql = match table {
            "operation" => "SELECT oid, sid, seq FROM operation WHERE sid = ?1 AND seq = 6 AND reason IS NULL".to_owned(),
            "access" => "SELECT aid, sid, seq FROM access WHERE sid = ?1 AND seq = 5".to_owned(),
            "seal" => "SELECT 0, sid, seq FROM seal WHERE sid = ?1 ORDER BY seq DESC LIMIT 1".to_owned(),
            "change" => "SELECT cid, sid, seq FROM change JOIN operation ON oid = cid >> 12 WHERE sid = ?1 AND base IS NOT NULL LIMIT 1".to_owned(),
            "record" => {
                "SELECT record.rid, sid, seq FROM record JOIN change USING (rid) JOIN operation ON oid = cid >> 12 WHERE sid = ?1 AND seq = 2 LIMIT 1"
                    .to_owned()
            }
            table => format!(
                "SELECT {table}.rowid, sid, max(seq) FROM {table} JOIN record ON row_id = {table}.id JOIN change USING (rid)
                 JOIN operation ON oid = cid >> 12 WHERE sid = ?1 GROUP BY {table}.id ORDER BY {table}.rowid LIMIT 1"
            ),
        };
        let (rowid, sid, seq) = conn.query_row(&sql, [sid], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        Self { rowid, seal_key: (table == "seal").then_some((sid, seq)), sid, seq }
    }

    fn alter(&self, place: &Place, change: impl FnOnce(&Connection)) {
        altered(place, change);
    }

    /// A finding names the stream and the number, alone or in a range.
    fn is_named(&self, place: &Place, what: &str) {
        let found = place.verify_with(&lived_in().key);
        let (stream, number) = (format!("Log entry {}.", self.sid), self.seq);
        let named = found.iter().any(|finding| {
            let place = finding.place.starts_with(&stream) && finding.place.starts_with(&format!("{stream}{number} "));
            let before = finding.place.starts_with(&stream) && finding.words.starts_with(&format!("numbers {number} to {number} "));
            place || before
        });
        assert!(named, "{what}, stream {}, number {number}: {found:?}", self.sid);
    }
}

fn is_blob(conn: &Connection, table: &str, column: &str) -> bool {
    conn.query_row("SELECT type = 'BLOB' FROM pragma_table_info(?) WHERE name = ?", [table, column], |row| row.get(0)).unwrap()
}

fn change_value(conn: &Connection, table: &str, column: &str, rowid: i64, seal: Option<(i64, i64)>) {
    let which = seal.map_or_else(|| format!("rowid = {rowid}"), |(sid, seq)| format!("sid = {sid} AND seq = {seq}"));
    let present: Sql = conn.query_row(&format!("SELECT {column} FROM {table} WHERE {which}"), [], |row| row.get(0)).unwrap();
    let other = match present {
        // References to other rows stay references: an attacker would see to that.
        Sql::Integer(number) if ["actor", "family"].contains(&column) => Sql::Integer(if number == 1 { 2 } else { 1 }),
        Sql::Integer(number) if ["op", "view", "tbl"].contains(&column) => Sql::Integer(number % 20 + 1),
        Sql::Integer(number) if column == "denied" => Sql::Integer(1 - number),
        Sql::Integer(number) => Sql::Integer(number + 100_000),
        Sql::Text(text) => Sql::Text(text + "x"),
        Sql::Blob(mut bytes) => {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Sql::Blob(bytes)
        }
        Sql::Null if table == "operation" && column == "deps" => Sql::Blob(encode::pack_deps(&[(1, 1)]).unwrap()),
        Sql::Null if table == "operation" => Sql::Text("x".to_owned()),
        Sql::Null if column == "family" => Sql::Integer(1),
        Sql::Null if is_blob(conn, table, column) => Sql::Blob(vec![1; 16]),
        Sql::Null => Sql::Integer(1),
        Sql::Real(number) => Sql::Real(number + 1.0),
    };
    let sql = format!("UPDATE {table} SET {column} = ? WHERE {which}");
    assert_eq!(conn.execute(&sql, [other]).unwrap_or_else(|error| panic!("{table}.{column}: {error}")), 1, "{table}.{column}");
}
