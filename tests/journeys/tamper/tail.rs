//! With the key and time: the last steps cut off with all they made, so that
//! the record is as it was once.

use std::fs;

use attune_core::ids::DeviceId;
use attune_core::schema::SCHEMA;
use attune_core::store::db::Db;
use attune_core::store::{encode, log, testing};
use attune_core::vault::head::{Head, HeadFile};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{altered, words};
use crate::support::*;

#[test]
fn a_cut_tail_is_found_by_the_head() {
    for cut in [1, 2, 5] {
        let place = lived_in().place.copy();
        cut_tail(&place, cut);
        assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0], "nothing inside the file tells: it is as it was once");
        let error = unlock(&place.desk(), "lead").unwrap_err();
        assert_eq!(error.code, "records_missing");
        assert!(error.message.contains(&format!("The last {cut} saved entries")), "{}", error.message);
    }
}

#[test]
fn a_cut_tail_with_its_seals_left_is_found_by_them() {
    let place = lived_in().place.copy();
    let seals = rows(&place.open_with_copy(&lived_in().key), "SELECT sid, seq FROM seal").len();
    cut_tail_but(&place, 2, false);
    let conn = place.open_with_copy(&lived_in().key);
    assert_eq!(rows(&conn, "SELECT sid, seq FROM seal").len(), seals);
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().any(|finding| finding.words == "it is not what was sealed"), "{found:?}");
}

/// Not found, and written down: the same hand rewrites the head as well.
#[test]
fn a_cut_tail_with_the_head_rewritten_is_not_found() {
    let place = lived_in().place.copy();
    cut_tail(&place, 3);
    rewrite_head(&place);
    let desk = place.as_user("lead");
    assert_eq!(findings(&desk), [""; 0]);
}

/// Nobody can tell any more what is missing, so a service lead says why to go on.
#[test]
fn a_cut_tail_with_the_head_removed_is_for_a_lead_to_go_on_from() {
    let place = lived_in().place.copy();
    cut_tail(&place, 3);
    fs::remove_file(place.data_folder().join("head")).unwrap();
    assert_eq!(unlock(&place.desk(), "niamh").unwrap_err().code, "records_missing");
    let error = unlock(&place.desk(), "lead").unwrap_err();
    assert!(error.message.contains("cannot tell whether records are missing"), "{}", error.message);
}

/// Not found, and written down: on a record that has begun anew, the head holds
/// the read log of this computer only, and the seals hold what is there.
#[test]
fn an_erased_read_log_of_an_earlier_computer_is_not_found() {
    let place = lived_in().place.copy();
    let other = Place::new();
    copy_folder(&place.vault(), &other.vault());
    unlock(&other.desk(), "lead").unwrap();
    altered(&other, |conn| {
        let first = "SELECT sid FROM stream JOIN scope USING (scid) WHERE kind = 2 AND did = 1";
        assert!(count(conn, &format!("SELECT count(*) FROM access WHERE sid IN ({first})")) > 0);
        conn.execute_batch(&format!(
            "DELETE FROM seal WHERE sid IN ({first});
             DELETE FROM access WHERE sid IN ({first});
             UPDATE stream SET head_seq = 0, head_hash = zeroblob(32) WHERE sid IN ({first});"
        ))
        .unwrap();
    });
    let desk = other.as_user("lead");
    assert_eq!(findings(&desk), [""; 0]);
}

/// Takes the last operations away with all they made, so that the record is as
/// it was before them.
fn cut_tail(place: &Place, operations: i64) {
    cut_tail_but(place, operations, true);
}

fn cut_tail_but(place: &Place, operations: i64, seals_too: bool) {
    altered(place, |conn| {
        let first = count(conn, "SELECT max(oid) FROM operation") - operations + 1;
        let made = format!("SELECT row_id FROM change JOIN record USING (rid) WHERE cid >> 12 >= {first} AND col = 0");
        conn.execute_batch(&format!("DELETE FROM name_token WHERE person IN ({made})")).unwrap();
        conn.execute_batch(&format!("DELETE FROM entry WHERE row IN ({made})")).unwrap();
        for table in SCHEMA.tables {
            conn.execute_batch(&format!("DELETE FROM {} WHERE id IN ({made})", table.kept)).unwrap();
        }
        // Fields that were amended go back to what the log before says.
        let amended = "SELECT tbl.word, col.word, row_id, rid, change.col FROM change JOIN record USING (rid)
             JOIN word tbl ON tbl.wid = tbl JOIN word col ON col.wid = col WHERE cid >> 12 >= ?1 AND col <> 0";
        let cells: Vec<(String, String, [u8; 16], i64, i64)> = conn
            .prepare(amended)
            .unwrap()
            .query_map([first], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        conn.execute_batch(&format!(
            "DELETE FROM record WHERE row_id IN ({made});
             DELETE FROM change WHERE cid >> 12 >= {first};
             DELETE FROM operation WHERE oid >= {first};"
        ))
        .unwrap();
        for (table, column, id, rid, col) in cells {
            let value = value_before(conn, rid, col);
            let table = SCHEMA.table(&table).unwrap();
            conn.execute(&format!("UPDATE {} SET {column} = ? WHERE id = ?", table.kept), params![value, id]).unwrap();
            testing::index(conn, &SCHEMA, table, Uuid::from_bytes(id)).unwrap();
        }
        testing::list(conn, &SCHEMA).unwrap();
        conn.execute_batch(
            "UPDATE stream SET head_seq = (SELECT coalesce(max(seq), 0) FROM operation WHERE operation.sid = stream.sid),
               head_hash = coalesce((SELECT hash FROM operation WHERE operation.sid = stream.sid ORDER BY seq DESC LIMIT 1), zeroblob(32))
               WHERE scid IN (SELECT scid FROM scope WHERE kind <> 2);
             UPDATE device SET dev_seq = (SELECT count(*) FROM operation);",
        )
        .unwrap();
        if seals_too {
            conn.execute_batch(
                "DELETE FROM seal WHERE EXISTS (SELECT 1 FROM stream JOIN scope USING (scid) WHERE stream.sid = seal.sid AND kind <> 2 AND head_seq < seal.seq)",
            )
            .unwrap();
        }
    });
}

fn value_before(conn: &Connection, rid: i64, col: i64) -> Sql {
    let (found, value): (i64, Sql) = conn
        .query_row("SELECT col, val FROM change WHERE rid = ? AND col IN (0, ?) ORDER BY cid DESC LIMIT 1", [rid, col], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    match value {
        Sql::Blob(packed) if found == 0 => {
            let fields = encode::unpack_row(&packed).unwrap();
            fields.into_iter().find(|(word, _)| *word == col).map_or(Sql::Text(String::new()), |(_, value)| value)
        }
        value => value,
    }
}

fn rewrite_head(place: &Place) {
    let conn = place.open_with_copy(&lived_in().key);
    let device: DeviceId = conn.query_row("SELECT device_id FROM device", [], |row| row.get(0)).unwrap();
    let position = log::position(Db::of(&conn), device).unwrap();
    let mut file = HeadFile::replace(&place.data_folder(), &lived_in().key).unwrap();
    file.write(&Head {
        device,
        op_seq: position.op_seq,
        op_hash: position.op_hash,
        read_seq: position.read_seq,
        read_hash: position.read_hash,
        local_rev: position.local_rev,
    })
    .unwrap();
}
