//! Records of every older schema open, are brought up to date, and lose nothing.

use std::fs;
use std::sync::OnceLock;

use attune_core::store::db::Db;
use attune_core::store::log;
use attune_core::store::migrate::{self, VERSION};
use attune_core::store::open::{self, Durability};
use attune_core::vault::head::{Head, HeadFile};
use attune_core::vault::identity::Device;
use attune_core::vault::keys::KeyFile;
use rusqlite::Connection;
use serde_json::json;

use super::support::*;
use super::tamper::altered;
use super::tamper::history::rehash;

/// Schema versions before the present one.
pub const OLDER: usize = VERSION - 1;

/// The record of [`lived_in`] as it would be had nobody numbered an act:
/// versions before 8 knew none, and their hashes hold none.
fn before_acts() -> &'static Place {
    static MADE: OnceLock<Place> = OnceLock::new();
    MADE.get_or_init(|| {
        let key = &lived_in().key;
        let place = lived_in().place.copy();
        let vault = KeyFile::load(&place.vault()).unwrap().0.vault();
        let device = Device::load(&place.data_folder(), vault, key).unwrap().unwrap();
        altered(&place, |conn| {
            conn.execute_batch("DELETE FROM seal; DELETE FROM act; UPDATE operation SET act = NULL").unwrap();
            let streams = texts(conn, "SELECT CAST(sid AS TEXT) FROM stream JOIN scope USING (scid) WHERE kind <> 2");
            for sid in streams {
                rehash(conn, sid.parse().unwrap(), 1);
            }
            log::seal(Db::of(conn), device.id(), |message| device.sign(message)).unwrap();
        });
        let at = log::position(Db::of(&place.open_with_copy(key)), device.id()).unwrap();
        let head = Head {
            device: device.id(),
            op_seq: at.op_seq,
            op_hash: at.op_hash,
            read_seq: at.read_seq,
            read_hash: at.read_hash,
            local_rev: at.local_rev,
        };
        HeadFile::replace(&place.data_folder(), key).unwrap().write(&head).unwrap();
        place
    })
}

/// The record of [`before_acts`] as an older version held it.
pub fn older(version: usize) -> &'static Older {
    static MADE: [OnceLock<Older>; OLDER] = [const { OnceLock::new() }; OLDER];
    MADE[version - 1].get_or_init(|| Older::make(version))
}

/// See [`older`].
pub struct Older {
    /// Where it is. Copy it.
    pub place: Place,
}

impl Older {
    fn make(version: usize) -> Self {
        let base = lived_in();
        let place = before_acts().copy();
        let newer = place.root.join("newer.db");
        fs::rename(place.record(), &newer).unwrap();
        let mut conn = open::writer(&place.record(), base.key.expose(), Durability::Full).unwrap();
        migrate::upgrade_to(&mut conn, version).unwrap();
        let conn = conn.raw();
        let key = base.key.hex();
        conn.execute_batch(&format!("ATTACH '{}' AS newer KEY \"x'{}'\"; PRAGMA foreign_keys = OFF;", newer.display(), key.as_str()))
            .unwrap();
        for table in texts(
            &conn,
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'contact_text*'
             AND name NOT IN ('caseload', 'listed')",
        ) {
            let columns = texts(&conn, &format!("SELECT name FROM pragma_table_info('{table}', 'main')")).join(", ");
            // Since version 8 a draft says what it is about.
            let now = if table == "draft" && version < 8 { columns.replace("episode", "about") } else { columns.clone() };
            conn.execute_batch(&format!("INSERT INTO main.{table} ({columns}) SELECT {now} FROM newer.{table}")).unwrap();
        }
        conn.execute_batch("DETACH newer").unwrap();
        conn.close().unwrap();
        fs::remove_file(newer).unwrap();
        Self { place }
    }
}

#[test]
fn every_older_record_is_brought_up_to_date() {
    for version in 1..=OLDER {
        let place = older(version).place.copy();
        let before = place.open_with(&lived_in().key);
        assert_eq!(count(&before, "PRAGMA user_version"), version as i64);
        drop(before);
        is_as_new(&place);
        let copy = place.vault().join(format!("record.version-{version}.db"));
        let kept = open::reader(&copy, lived_in().key.expose()).unwrap().raw();
        assert_eq!(count(&kept, "PRAGMA user_version"), version as i64, "the record as it was is kept");
        assert_eq!(rows(&kept, "SELECT * FROM change"), rows(&place.open_with(&lived_in().key), "SELECT * FROM change"));
    }
}

#[test]
fn upgrading_says_nothing_in_the_log() {
    let place = older(OLDER).place.copy();
    let operations = |conn: &Connection| rows(conn, "SELECT oid, hash FROM operation");
    let before = operations(&place.open_with(&lived_in().key));
    drop(place.as_user("lead"));
    assert_eq!(operations(&place.open_with(&lived_in().key)), before);
}

#[test]
fn a_fresh_record_needs_no_upgrade_and_keeps_no_copy() {
    let place = lived_in().place.copy();
    drop(place.as_user("lead"));
    let names: Vec<_> = files(&place.vault()).into_keys().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("before")), "{names:?}");
}

const SCHEMA: &str = "SELECT type, name, tbl_name, sql FROM sqlite_master";

/// Opens a record that was older: it has the schema of a fresh one, every row
/// of the log and of the record, a clean check, and names are found.
pub fn is_as_new(place: &Place) {
    let base = lived_in();
    let desk = place.as_user("lead");
    assert_eq!(findings(&desk), [""; 0]);
    let found = call(&desk, "find", json!({"query": "oneill"}));
    assert_eq!(found["people"].as_array().unwrap().len(), 2, "mother and infant: {found}");
    let found = call(&desk, "find", json!({"query": "red ball"}));
    assert!(!found["notes"].as_array().unwrap().is_empty(), "notes are found by their words");
    call(&desk, "lock", json!({}));
    let (here, fresh) = (place.open_with(&base.key), before_acts().open_with_copy(&base.key));
    assert_eq!(rows(&here, SCHEMA), rows(&fresh, SCHEMA));
    assert_eq!(count(&here, "PRAGMA user_version"), VERSION as i64);
    let (mut here, mut fresh) = (everything(&here), everything(&fresh));
    for grows in ["access", "seal", "stream", "vault", "word", "identity", "scope", "local_setting"] {
        let (was, is) = (fresh.remove(grows).unwrap(), here.remove(grows).unwrap());
        assert!(is.len() >= was.len(), "{grows}");
    }
    // Kept since version 8 only: nothing of the record rests on them.
    for new in ["passphrase_used", "device"] {
        assert!(here.remove(new).unwrap().len() <= fresh.remove(new).unwrap().len(), "{new}");
    }
    assert_eq!(here, fresh);
}
