//! Records of every older schema open, are brought up to date, and lose
//! nothing; those of a trial version are refused and left as they are.
//!
//! `tests/data/records` has one of each schema, as SQL. The one of a new schema
//! is written by `cargo test -p attune-core --all-features --test journeys -- --ignored the_record_of_this_schema`.

use std::fs;
use std::path::PathBuf;

use attune_core::practice::PASSPHRASE;
use attune_core::schema::SCHEMA;
use attune_core::store::db::Db;
use attune_core::store::migrate;
use attune_core::store::open;
use attune_core::store::open::Durability;
use attune_core::store::verify;
use attune_core::vault::identity;
use attune_core::vault::keys::KeyFile;
use rusqlite::Connection;

use super::history::do_the_rest;
use super::support::*;
use super::tamper::altered;

const MADE: &str = "SELECT type, name, tbl_name, sql FROM sqlite_master";

/// What to do where there is none.
const WRITE_IT: &str =
    "cargo test -p attune-core --all-features --test journeys -- --ignored the_record_of_this_schema writes that of a new schema";

fn record_of(version: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/data/records/schema-{version}.sql"))
}

/// A record as it is kept of that schema, in an encrypted file.
fn opened(version: usize) -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let conn = open::writer(&folder.path().join(open::FILE), &[7; 32], Durability::Building).unwrap().raw();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute_batch(&fs::read_to_string(record_of(version)).expect(WRITE_IT)).unwrap();
    conn.close().unwrap();
    let conn = open::writer(&folder.path().join(open::FILE), &[7; 32], Durability::Building).unwrap();
    (folder, conn)
}

#[test]
fn a_record_of_every_schema_is_brought_up_to_date_and_lost_nothing() {
    for version in 1..=SCHEMA.version() {
        let (folder, mut conn) = opened(version);
        let log = |conn: &Connection| rows(conn, "SELECT oid, hash FROM operation");
        let before = log(conn.as_raw());
        assert!(before.len() > 5, "a record with something in it");
        let wanted = if version == SCHEMA.version() { migrate::Need::Nothing } else { migrate::Need::Upgrade };
        assert_eq!(migrate::need(&conn, &SCHEMA).unwrap(), wanted);
        migrate::upgrade(&mut conn, &SCHEMA).unwrap();
        assert_eq!(migrate::version(&conn, &SCHEMA).unwrap(), SCHEMA.version());
        assert_eq!(log(conn.as_raw()), before, "upgrading says nothing in the log");
        let found = verify::verify(
            &conn,
            open::verifier(&folder.path().join(open::FILE), &[7; 32]).unwrap(),
            &SCHEMA,
            &identity::verify,
            &|_, _| true,
        )
        .unwrap();
        assert!(found.is_empty(), "schema {version}: {found:?}");
    }
}

#[test]
fn the_record_of_this_schema_has_a_row_of_each_kind() {
    let (_folder, conn) = opened(SCHEMA.version());
    for table in SCHEMA.tables {
        let rows = count(conn.as_raw(), &format!("SELECT count(*) FROM {}", table.kept));
        assert!(rows > 0, "no row of `{}`: let `do_the_rest` make one, then write the record again", table.name);
    }
}

#[test]
#[ignore = "writes the record that is kept of this schema"]
fn the_record_of_this_schema() {
    let place = Place::new();
    drop(practice_desk(&place));
    let key = KeyFile::load(&place.vault()).unwrap().0.unlock("lead", PASSPHRASE).unwrap().key;
    do_the_rest(&place);
    let conn = place.open_with_copy(&key);
    fs::create_dir_all(record_of(SCHEMA.version()).parent().unwrap()).unwrap();
    fs::write(record_of(SCHEMA.version()), dump(&conn)).unwrap();
}

/// All of a record as SQL.
fn dump(conn: &Connection) -> String {
    let made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'contact_text_*' ORDER BY rowid";
    let application = count(conn, "PRAGMA application_id");
    let mut sql = format!("PRAGMA application_id = {application};\nPRAGMA user_version = {};\n", SCHEMA.version());
    sql.extend(texts(conn, made).iter().map(|made| format!("{made};\n")));
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('contact_text') AND name NOT GLOB 'sqlite_*'";
    for table in texts(conn, tables) {
        // The index of the notes has made rows of its own.
        sql.push_str(&format!("DELETE FROM {table};\n"));
        let columns = texts(conn, &format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')")).join(" || ', ' || ");
        let rows = texts(conn, &format!("SELECT {columns} FROM {table}"));
        sql.extend(rows.iter().map(|row| format!("INSERT INTO {table} VALUES ({row});\n")));
    }
    sql
}

#[test]
fn a_trial_record_is_refused_with_words_and_left_as_it_is() {
    let place = lived_in().place.copy();
    altered(&place, |conn| conn.execute_batch("PRAGMA application_id = 0; PRAGMA user_version = 11").unwrap());
    let record = || (fs::read(place.record()).unwrap(), fs::read(place.vault().join("keys.json")).unwrap());
    let before = record();
    let refused = unlock(&place.desk(), "lead").unwrap_err();
    assert_eq!(refused.code, "vault_trial");
    assert!(refused.message.contains("Nothing was changed"), "{refused}");
    assert!(record() == before, "the record and its keys");
}

#[test]
fn a_fresh_record_needs_no_upgrade_and_keeps_no_copy() {
    let place = lived_in().place.copy();
    drop(place.as_user("lead"));
    let names: Vec<_> = files(&place.vault()).into_keys().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("version")), "{names:?}");
    assert_eq!(rows(&place.open_with(&lived_in().key), MADE), rows(&lived_in().place.open_with_copy(&lived_in().key), MADE));
}
