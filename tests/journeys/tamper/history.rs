//! With the key and time: history made anew, hash by hash. The seals and the
//! head tell it; where they cannot, a test says so.

use attune_core::store::db::Db;
use attune_core::store::encode;
use attune_core::store::encode::{Base, Change, Header, Write};
use attune_core::store::words::Words;
use attune_core::store::{testing, verify};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{altered, stream_of_family, words};
use crate::support::*;

#[test]
fn rehashed_history_is_found_by_its_seal() {
    let place = lived_in().place.copy();
    let (sid, seq) = rewrite_a_note(&place, 0);
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().all(|finding| finding.words == "it is not what was sealed"), "every chain is right again: {found:?}");
    let named = |finding: &verify::Finding| finding.place.starts_with(&format!("Log entry {sid}.")) && number_of(&finding.place) >= seq;
    assert!(found.iter().any(named), "{found:?}");
}

#[test]
fn rehashed_history_whose_seals_were_taken_off_is_found_by_the_seals_of_others() {
    let place = lived_in().place.copy();
    let (sid, _) = rewrite_a_note(&place, 0);
    altered(&place, |conn| conn.execute_batch(&format!("DELETE FROM seal WHERE sid = {sid}")).unwrap());
    let found = place.verify_with(&lived_in().key);
    let gone = |finding: &verify::Finding| {
        finding.place.starts_with(&format!("Log entry {sid}.")) && finding.words.contains("the seal is missing")
    };
    assert!(found.iter().any(gone), "{found:?}");
}

#[test]
fn rehashed_history_of_the_last_stream_is_found_by_the_head() {
    let place = lived_in().place.copy();
    let (sid, _) = rewrite_a_note(&place, 2);
    assert_eq!(sid, last_stream(&place), "the last thing done was in this family");
    altered(&place, |conn| conn.execute_batch("DELETE FROM seal").unwrap());
    assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0], "nothing inside the file tells");
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "records_missing");
}

/// Not found, and written down: all seals gone, and the last operation in
/// another stream, so that the head still fits.
#[test]
fn rehashed_history_without_any_seal_and_off_the_head_is_not_found() {
    let place = lived_in().place.copy();
    let (sid, _) = rewrite_a_note(&place, 0);
    assert_ne!(sid, last_stream(&place));
    altered(&place, |conn| conn.execute_batch("DELETE FROM seal").unwrap());
    let desk = place.as_user("lead");
    assert_eq!(findings(&desk), [""; 0]);
}

/// Not found, and harmless: the next seal of the same stream says all that the
/// one before it said.
#[test]
fn a_seal_under_a_later_one_is_not_missed() {
    let place = lived_in().place.copy();
    let sid = stream_of_family(&place.open_with_copy(&lived_in().key), 0);
    altered(&place, |conn| {
        conn.execute_batch(&format!("DELETE FROM seal WHERE sid = {sid} AND seq < (SELECT max(seq) FROM seal WHERE sid = {sid})")).unwrap();
    });
    assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0]);
}

/// The attack is as good as it can be: what it computes is what the program
/// computes.
#[test]
fn the_attacker_computes_hashes_as_the_program_does() {
    let place = lived_in().place.copy();
    altered(&place, |conn| {
        for sid in [stream_of_family(conn, 0), stream_of_family(conn, 2), 1] {
            rehash(conn, sid, 1);
        }
    });
    assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0]);
    let change = |value: i64| Change {
        table: "person".to_owned(),
        row_id: Uuid::nil(),
        write: Write::Amend {
            column: "born_on".to_owned(),
            value: Sql::Integer(value),
            base: Base { device: Uuid::nil(), seq: 1, index: 0 },
        },
    };
    assert_ne!(encode::payload_commit(&[1], None, &[change(1)]), encode::payload_commit(&[1], None, &[change(2)]));
}

/// Changes one word of the second note of a family, in its row and in the log,
/// and makes everything after it anew, as somebody with the key can. Answers
/// where that was.
fn rewrite_a_note(place: &Place, family: i64) -> (i64, i64) {
    let mut place_of_it = (0, 0);
    altered(place, |conn| {
        let sid = stream_of_family(conn, family);
        let (cid, contact, packed): (i64, [u8; 16], Vec<u8>) = conn
            .query_row(
                "SELECT cid, row_id, val FROM change JOIN record USING (rid) JOIN operation ON oid = cid >> 12 JOIN contact ON contact.id = row_id
                 WHERE sid = ? AND col = 0 ORDER BY cid LIMIT 1 OFFSET 1",
                [sid],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        let saw = testing::word(conn, "saw").unwrap();
        let mut fields = encode::unpack_row(&packed).unwrap();
        let other = Sql::Text("She did not look up at all.".to_owned());
        fields.iter_mut().find(|(word, _)| *word == saw).unwrap().1 = other.clone();
        conn.execute("UPDATE change SET val = ? WHERE cid = ?", params![encode::pack_row(&fields), cid]).unwrap();
        conn.execute("UPDATE contact_row SET saw = ? WHERE id = ?", params![other, contact]).unwrap();
        let seq = count(conn, &format!("SELECT seq FROM operation WHERE oid = {}", cid >> 12));
        rehash(conn, sid, seq);
        place_of_it = (sid, seq);
    });
    place_of_it
}

/// Computes commitments and hashes of a stream anew from `from` on.
pub fn rehash(conn: &Connection, sid: i64, from: i64) {
    let (device, scope): ([u8; 16], [u8; 16]) = conn
        .query_row("SELECT device_id, scope_id FROM stream JOIN device USING (did) JOIN scope USING (scid) WHERE sid = ?", [sid], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let mut hash: [u8; 32] =
        conn.query_row("SELECT hash FROM operation WHERE sid = ? AND seq = ?", [sid, from - 1], |row| row.get(0)).unwrap_or([0; 32]);
    let last = count(conn, &format!("SELECT head_seq FROM stream WHERE sid = {sid}"));
    for seq in from..=last {
        let (oid, header, reason, salt) = conn
            .query_row(
                "SELECT oid, dev_seq, hlc, wall_ms, offset_min, identity.id, word.word, schema_v, deps, reason, salt, act FROM operation
                 JOIN identity ON iid = actor JOIN word ON wid = op WHERE sid = ? AND seq = ?",
                [sid, seq],
                |row| {
                    let header = Header {
                        device: Uuid::from_bytes(device),
                        scope: Uuid::from_bytes(scope),
                        seq,
                        dev_seq: row.get(1)?,
                        hlc: row.get(2)?,
                        wall_ms: row.get(3)?,
                        offset_min: row.get(4)?,
                        actor: Uuid::from_bytes(row.get(5)?),
                        op: row.get(6)?,
                        schema_v: row.get(7)?,
                        deps: spelled_deps(conn, row.get::<_, Option<Vec<u8>>>(8)?),
                        act: row.get::<_, Option<[u8; 16]>>(11)?.map(Uuid::from_bytes),
                    };
                    Ok((row.get::<_, i64>(0)?, header, row.get::<_, Option<String>>(9)?, row.get::<_, Vec<u8>>(10)?))
                },
            )
            .unwrap();
        let changes = verify::changes_of(Db::of(conn), &Words::read(Db::of(conn)).unwrap(), oid).unwrap();
        let commit = encode::payload_commit(&salt, reason.as_deref(), &changes);
        hash = encode::operation_hash(&hash, &header, &commit);
        conn.execute("UPDATE operation SET payload_commit = ?, hash = ? WHERE oid = ?", params![commit, hash, oid]).unwrap();
    }
    conn.execute("UPDATE stream SET head_hash = ? WHERE sid = ?", params![hash, sid]).unwrap();
}

fn spelled_deps(conn: &Connection, packed: Option<Vec<u8>>) -> Vec<(Uuid, Uuid, i64)> {
    let Some(packed) = packed else { return Vec::new() };
    let spelled = |(sid, seq): (i64, i64)| {
        conn.query_row(
            "SELECT device_id, scope_id FROM stream JOIN device USING (did) JOIN scope USING (scid) WHERE sid = ?",
            [sid],
            |row| Ok((Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?), seq)),
        )
        .unwrap()
    };
    encode::unpack_deps(&packed).unwrap().into_iter().map(spelled).collect()
}

fn last_stream(place: &Place) -> i64 {
    count(&place.open_with_copy(&lived_in().key), "SELECT sid FROM operation ORDER BY oid DESC LIMIT 1")
}

fn number_of(place: &str) -> i64 {
    place.split(['.', ' ']).nth(3).unwrap().parse().unwrap()
}
