//! Backing the large vault up, reading it back, and restoring it elsewhere;
//! what is restored is the same, byte for byte in content.

use std::hint::black_box;
use std::path::Path;

use rusqlite::Connection;
use serde_json::json;

use attune_core::practice::PASSPHRASE;
use attune_core::schema::TABLES;
use attune_core::store::open;

use crate::measure::{Figure, milliseconds};
use crate::place::{Place, call};

/// Both ways, and what they leave.
pub fn figures(place: &Place) {
    let (there, elsewhere) = (Place::empty(), Place::empty());
    let desk = place.as_user("lead");
    let backups = there.path("backups");
    std::fs::create_dir(&backups).unwrap();
    let mut folder = String::new();
    let seconds = milliseconds(|| {
        let view = call(&desk, "back_up", json!({"folder": backups}));
        folder = view["folder"].as_str().unwrap().to_owned();
    }) / 1e3;
    let copy = there.path("copy.db");
    let record = place.path("vault").join(open::FILE);
    let copied = milliseconds(|| {
        std::fs::copy(&record, &copy).unwrap();
        std::fs::File::open(&copy).unwrap().sync_all().unwrap();
        black_box(blake3::hash(&std::fs::read(&copy).unwrap()));
    }) / 1e3;
    let name = "backing up and reading it back, against copying the file and hashing what was copied";
    Figure { name, unit: "s", ours: vec![seconds], raw: vec![copied], expected: "", n: 1 }.print();

    let restored = elsewhere.desk();
    let seconds = milliseconds(|| {
        call(&restored, "restore_backup", json!({"folder": folder, "signIn": "lead", "passphrase": PASSPHRASE}));
    }) / 1e3;
    let name = "restoring to another folder and signing in, against copying the file and hashing what was copied";
    Figure { name, unit: "s", ours: vec![seconds], raw: vec![copied], expected: "", n: 1 }.print();

    // What the backup holds: that there is one was written into the read log after it.
    let backed_up = open::reader(&Path::new(&folder).join(open::FILE), place.key().expose()).unwrap().raw();
    let rows = same_content(&backed_up, &elsewhere.reader());
    assert_eq!(call(&restored, "verify", json!({}))["findings"], json!([]), "the restored record is whole");
    call(&restored, "lock", json!({}));
    let name = "rows that are byte-equal after the restore, against rows there were";
    Figure { name, unit: "rows", ours: vec![rows], raw: vec![rows], expected: "ratio = 1", n: 1 }.print();
}

/// Every row of the record and of the log stands in the restored one as it
/// was; what is new there is its own incarnation and what came after.
fn same_content(was: &Connection, is: &Connection) -> f64 {
    let log = ["operation", "change", "record", "identity", "scope", "stream", "seal", "access", "device", "draft", "name_token"];
    let begun = ["incarnation", "device", "scope", "stream", "identity", "word", "record", "change", "operation", "access"];
    let mut counted: i64 = 0;
    for table in TABLES.iter().map(|table| table.kept).chain(log) {
        let until: i64 = match table {
            "seal" | "name_token" => i64::MAX,
            _ => was.query_row(&format!("SELECT coalesce(max(rowid), 0) FROM {table}"), [], |row| row.get(0)).unwrap(),
        };
        let (before, hash) = content(was, table, until);
        let (after, restored) = content(is, table, until);
        assert_eq!((before, hash), (after, restored), "{table} is as it was");
        let all: i64 = is.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(all == before || begun.contains(&table), "{table} has nothing new");
        counted += before;
    }
    counted as f64
}

/// How many rows, and the hash of every value of them in order.
fn content(conn: &Connection, table: &str, until: i64) -> (i64, blake3::Hash) {
    let bound = if until == i64::MAX { String::new() } else { format!("WHERE rowid <= {until} ORDER BY rowid") };
    let mut statement = conn.prepare(&format!("SELECT * FROM {table} {bound}")).unwrap();
    let columns = statement.column_count();
    let mut hasher = blake3::Hasher::new();
    let mut rows = statement.query([]).unwrap();
    let mut count = 0;
    while let Some(row) = rows.next().unwrap() {
        count += 1;
        for column in 0..columns {
            hasher.update(format!("{:?};", row.get_ref(column).unwrap()).as_bytes());
        }
    }
    (count, hasher.finalize())
}
