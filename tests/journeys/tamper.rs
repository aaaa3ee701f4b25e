//! A record that was altered behind the program's back: by a failing disk, by
//! somebody without the key, by somebody with it.
//!
//! `docs/safety/what-verify-proves.md` has the table of what is found by what.
//! Each line of it is a test here, those about what is *not* found too: a limit
//! that is only written down is soon believed to be gone.

use std::fs;
use std::path::{Path, PathBuf};

use attune_core::error::Error;
use attune_core::ids::DeviceId;
use attune_core::store::encode::{self, Base, Change, Header, Write};
use attune_core::store::{log, search, table, verify};
use attune_core::vault::head::{Head, HeadFile};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use serde_json::json;
use uuid::Uuid;

use super::support::*;

// (a) One byte, without the key.

#[test]
fn a_byte_flipped_in_any_page_is_reported() {
    const PAGE: usize = 4096;
    let base = lived_in();
    let pages = fs::metadata(base.place.record()).unwrap().len() as usize / PAGE;
    assert!(pages > 60, "{pages} pages");
    let mut dice = Dice(6);
    let flips: Vec<usize> = (0..pages)
        .flat_map(|page| {
            // The text of the page, and what authenticates it.
            let within = [dice.below(PAGE - 80), PAGE - 80 + dice.below(80)];
            within.map(|at| page * PAGE + at)
        })
        .collect();
    each_is_reported(&base.place, "vault/record.db", &flips);
}

#[test]
fn a_byte_flipped_in_the_write_ahead_log_is_reported() {
    let place = killed_before_its_log_was_folded_in();
    let wal = place.vault().join("record.db-wal");
    let length = fs::metadata(&wal).unwrap().len() as usize;
    const FRAME: usize = 24 + 4096;
    let frames = (length - 32) / FRAME;
    assert!(frames > 10, "{frames} frames");
    let mut dice = Dice(7);
    let mut flips: Vec<usize> = (0..32).step_by(3).collect();
    for frame in 0..frames {
        let start = 32 + frame * FRAME;
        flips.push(start + if frame % 2 == 0 { dice.below(24) } else { 24 + dice.below(4096) });
    }
    each_is_reported(&place, "vault/record.db-wal", &flips);
}

#[test]
fn a_byte_flipped_in_the_keys_or_the_head_is_reported() {
    let base = lived_in();
    let folder = base.place.data_folder();
    let below = |path: PathBuf| path.strip_prefix(&base.place.root).unwrap().to_string_lossy().into_owned();
    for (path, step) in [
        ("vault/keys.json".to_owned(), 151),
        ("vault/keys.mirror.json".to_owned(), 211),
        (below(folder.join("head")), 257),
        (below(folder.join("device.json")), 23),
    ] {
        let length = fs::metadata(base.place.root.join(&path)).unwrap().len() as usize;
        // Every byte of each is tried beside the code that reads it.
        let flips: Vec<usize> = (0..length).step_by(step).chain([length - 1]).collect();
        each_is_reported(&base.place, &path, &flips);
    }
}

#[test]
fn both_copies_of_the_keys_damaged_says_so_and_leaves_them() {
    let place = lived_in().place.copy();
    for name in ["keys.json", "keys.mirror.json"] {
        flip(&place.vault().join(name), 100);
    }
    let before = files(&place.vault());
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "keys_damaged");
    assert_eq!(files(&place.vault()).get(&place.record()), before.get(&place.record()));
}

/// A control: with nothing flipped, nothing is reported and all is there.
#[test]
fn an_unspoilt_record_is_not_reported() {
    for place in [lived_in().place.copy(), killed_before_its_log_was_folded_in()] {
        let original = original_of(&place);
        assert!(matches!(opened(&place), Seen::Unnoticed(there) if *there == original));
    }
}

/// What came of opening a spoilt record and checking it.
enum Seen {
    Reported,
    Unnoticed(Box<Everything>),
}

type Everything = std::collections::BTreeMap<String, Vec<String>>;

/// Flips one byte at a time; each is reported, or nothing at all is missing.
fn each_is_reported(original: &Place, file: &str, flips: &[usize]) {
    let all = original_of(original);
    let halves = flips.split_at(flips.len() / 2);
    std::thread::scope(|scope| {
        for half in [halves.0, halves.1] {
            let all = &all;
            scope.spawn(move || {
                for at in half {
                    let place = original.copy();
                    flip(&place.root.join(file), *at);
                    if let Seen::Unnoticed(there) = opened(&place) {
                        for (table, rows) in all {
                            assert_eq!(&there[table], rows, "{file}, byte {at}: {table} changed and nobody was told");
                        }
                    }
                }
            });
        }
    });
    println!("{file}: {} flips", flips.len());
}

fn opened(place: &Place) -> Seen {
    let desk = place.desk();
    let answered = unlock(&desk, "lead").and_then(|session| Ok((session, answer(&desk, "verify", json!({}))?)));
    match answered {
        Err(error) => {
            assert_ne!(error.code, "internal", "a person can act on what is reported: {error}");
            assert_ne!(error.code, "wrong_passphrase", "damage is not taken for a wrong passphrase");
            Seen::Reported
        }
        Ok((session, check)) => {
            let notices = session["value"]["notices"].as_array().unwrap().len();
            if notices + check["value"]["findings"].as_array().unwrap().len() > 0 {
                return Seen::Reported;
            }
            Seen::Unnoticed(Box::new(desk.write(|session| Ok(everything(session.conn()))).unwrap()))
        }
    }
}

fn original_of(place: &Place) -> Everything {
    everything(&place.open_with_copy(&lived_in().key))
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// A record whose last work is only in its write-ahead log: copied while it was
/// open, as a kill leaves it.
fn killed_before_its_log_was_folded_in() -> Place {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    for visit in 0..3 {
        let added = &lived_in().families[visit % 2];
        place.later(20);
        sign(&desk, added, note(added, &format!("Late visit {visit}")));
        call(&desk, "save_draft", json!({"episode": added["episode"], "entry": {"saw": format!("late draft {visit}")}}));
        call(&desk, "story", json!({"family": added["family"]}));
    }
    desk.write(attune_core::ops::session::Session::seal).unwrap();
    let copy = place.copy();
    assert!(copy.vault().join("record.db-wal").exists());
    copy
}

// (b) With the key: values and rows.

#[test]
fn one_value_changed_names_the_stream_and_the_number() {
    for table in ["operation", "change", "contact", "person", "seal", "access", "record"] {
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
    for table in ["operation", "change", "contact", "person", "seal", "access", "record", "addendum", "retraction", "concern"] {
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
        let sql = format!("INSERT INTO contact (id, {columns}) SELECT randomblob(16), {columns} FROM contact LIMIT 1");
        conn.execute(&sql, []).unwrap();
    });
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().any(|finding| finding.words.contains("the log does not know")), "{found:?}");
}

#[test]
fn a_whole_stream_removed_is_named() {
    let base = lived_in();
    let sid = stream_of_family(&base.place.open_with_copy(&base.key), 1);
    let last = count(&base.place.open_with_copy(&base.key), &format!("SELECT head_seq FROM stream WHERE sid = {sid}"));
    let operations = format!("SELECT oid FROM operation WHERE sid = {sid}");
    let family = format!("SELECT scope_id FROM stream JOIN scope USING (scid) WHERE sid = {sid}");
    let steps = [
        format!("DELETE FROM contact WHERE family = ({family})"),
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
        assert!(found.iter().any(|finding| finding.place.starts_with(&format!("stream {sid}"))), "{thorough:?}: {found:?}");
        let steps_missing = found.iter().any(|finding| finding.words.contains("are missing before stream"));
        assert!(steps_missing, "the computer's own count has a gap: {found:?}");
        assert!(thorough.end > 5 || found.iter().any(|f| f.place.contains(&format!("number {last}"))), "{thorough:?}: {found:?}");
    }
}

#[test]
fn a_removed_trigger_is_reported() {
    let place = lived_in().place.copy();
    place.open_with(&lived_in().key).execute_batch("DROP TRIGGER contact_fixed").unwrap();
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().any(|finding| finding.place == "schema, trigger contact_fixed"), "{found:?}");
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
        let (stream, number) = (format!("stream {} ", self.sid), self.seq);
        let named = found.iter().any(|finding| {
            let place = finding.place.starts_with(&stream) && finding.place.ends_with(&format!("number {number}"));
            let before = finding.place.starts_with(&stream) && finding.words.starts_with(&format!("numbers {number} to {number} "));
            place || before
        });
        assert!(named, "{what}, stream {}, number {number}: {found:?}", self.sid);
    }
}

/// The stream of one of the three families, in the order they were added.
fn stream_of_family(conn: &Connection, index: i64) -> i64 {
    count(conn, &format!("SELECT sid FROM stream JOIN scope USING (scid) WHERE kind = 1 ORDER BY sid LIMIT 1 OFFSET {index}"))
}

/// Changes the record as somebody does who has the key and knows SQLite: the
/// triggers are taken off and put back word for word.
fn altered(place: &Place, change: impl FnOnce(&Connection)) {
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
        Sql::Null => Sql::Integer(1),
        Sql::Real(number) => Sql::Real(number + 1.0),
    };
    let sql = format!("UPDATE {table} SET {column} = ? WHERE {which}");
    assert_eq!(conn.execute(&sql, [other]).unwrap_or_else(|error| panic!("{table}.{column}: {error}")), 1, "{table}.{column}");
}

// (c) With the key and time: history made anew.

#[test]
fn rehashed_history_is_found_by_its_seal() {
    let place = lived_in().place.copy();
    let (sid, seq) = rewrite_a_note(&place, 0);
    let found = place.verify_with(&lived_in().key);
    assert!(found.iter().all(|finding| finding.words == "it is not what was sealed"), "every chain is right again: {found:?}");
    let named = |finding: &verify::Finding| finding.place.starts_with(&format!("stream {sid} ")) && number_of(&finding.place) >= seq;
    assert!(found.iter().any(named), "{found:?}");
}

#[test]
fn rehashed_history_whose_seals_were_taken_off_is_found_by_the_seals_of_others() {
    let place = lived_in().place.copy();
    let (sid, _) = rewrite_a_note(&place, 0);
    altered(&place, |conn| conn.execute_batch(&format!("DELETE FROM seal WHERE sid = {sid}")).unwrap());
    let found = place.verify_with(&lived_in().key);
    let gone =
        |finding: &verify::Finding| finding.place.starts_with(&format!("stream {sid} ")) && finding.words.contains("the seal is gone");
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

#[test]
fn a_cut_tail_is_found_by_the_head() {
    for cut in [1, 2, 5] {
        let place = lived_in().place.copy();
        cut_tail(&place, cut);
        assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0], "nothing inside the file tells: it is as it was once");
        let error = unlock(&place.desk(), "lead").unwrap_err();
        assert_eq!(error.code, "records_missing");
        assert!(error.message.contains(&format!("The last {cut} saved steps")), "{}", error.message);
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

/// Found only as a copy: without its head the record begins anew, and says so.
#[test]
fn a_cut_tail_with_the_head_removed_begins_anew_and_says_so() {
    let place = lived_in().place.copy();
    cut_tail(&place, 3);
    fs::remove_file(place.data_folder().join("head")).unwrap();
    let session = unlock(&place.desk(), "lead").unwrap();
    assert!(session["value"]["notices"][0].as_str().unwrap().contains("begun as a new one"));
}

/// Not found, and written down: a draft is outside the log.
#[test]
fn a_changed_draft_is_not_found() {
    let place = lived_in().place.copy();
    place.open_with(&lived_in().key).execute_batch("UPDATE draft SET body = replace(body, 'draft', 'forged')").unwrap();
    assert_eq!(words(&place.verify_with(&lived_in().key)), [""; 0]);
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
        let saw = log::word(conn, "saw").unwrap();
        let mut fields = encode::unpack_row(&packed).unwrap();
        let other = Sql::Text("She did not look up at all.".to_owned());
        fields.iter_mut().find(|(word, _)| *word == saw).unwrap().1 = other.clone();
        conn.execute("UPDATE change SET val = ? WHERE cid = ?", params![encode::pack_row(&fields), cid]).unwrap();
        conn.execute("UPDATE contact SET saw = ? WHERE id = ?", params![other, contact]).unwrap();
        let seq = count(conn, &format!("SELECT seq FROM operation WHERE oid = {}", cid >> 12));
        rehash(conn, sid, seq);
        place_of_it = (sid, seq);
    });
    place_of_it
}

/// Computes commitments and hashes of a stream anew from `from` on.
fn rehash(conn: &Connection, sid: i64, from: i64) {
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
                "SELECT oid, dev_seq, hlc, wall_ms, offset_min, identity.id, word.word, schema_v, deps, reason, salt FROM operation
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
                    };
                    Ok((row.get::<_, i64>(0)?, header, row.get::<_, Option<String>>(9)?, row.get::<_, Vec<u8>>(10)?))
                },
            )
            .unwrap();
        let changes = verify::changes_of(conn, oid).unwrap();
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
        for table in ["contact", "addendum", "retraction", "concern", "concern_answer", "flag", "person", "episode", "family"] {
            conn.execute_batch(&format!("DELETE FROM {table} WHERE id IN ({made})")).unwrap();
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
            conn.execute(&format!("UPDATE {table} SET {column} = ? WHERE id = ?"), params![value, id]).unwrap();
            search::follow(conn, table::table(&table).unwrap(), Uuid::from_bytes(id)).unwrap();
        }
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
    let position = log::position(&conn, device).unwrap();
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

fn words(found: &[verify::Finding]) -> Vec<String> {
    found.iter().map(|finding| format!("{}: {}", finding.place, finding.words)).collect()
}

fn number_of(place: &str) -> i64 {
    place.rsplit(' ').next().unwrap().parse().unwrap()
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

// Within the program.

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
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    call(&desk, "release_summary", json!({"quarter": "2026-Q3", "reason": reason}));
    let fixed = [
        ("contact", "saw"),
        ("addendum", "text"),
        ("retraction", "reason"),
        ("concern", "what"),
        ("concern_answer", "answer"),
        ("release", "reason"),
        ("operation", "reason"),
        ("change", "val"),
        ("access", "denied"),
        ("seal", "hash"),
    ];
    let before = desk.write(|session| Ok(everything(session.conn()))).unwrap();
    desk.write(|session| {
        let conn = session.conn();
        for (table, column) in fixed {
            assert!(count(conn, &format!("SELECT count(*) FROM {table}")) > 0, "{table} has rows");
            for sql in [
                format!("UPDATE {table} SET {column} = {column}"),
                format!("UPDATE OR REPLACE {table} SET {column} = {column}"),
                format!("UPDATE OR IGNORE {table} SET {column} = {column}"),
                format!("DELETE FROM {table}"),
                format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
                format!("REPLACE INTO {table} SELECT * FROM {table}"),
                format!("INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = excluded.{column}"),
            ] {
                let refused: Error = conn.execute_batch(&sql).unwrap_err().into();
                assert!(refused.message.contains("never"), "{sql}: {refused}");
            }
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(desk.write(|session| Ok(everything(session.conn()))).unwrap(), before);
    assert_eq!(findings(&desk), [""; 0]);
}
