//! What the log costs: bytes, checking it, and making the rows from it.

use attune_core::desk::Desk;
use attune_core::ids::FamilyId;
use attune_core::op::Op;
use attune_core::record::{About, Class, Column, Record, Scope, Sight, Table, Told, cell};
use attune_core::schema::{SCHEMA, TABLES};
use attune_core::store::db::Db;
use attune_core::store::{rebuild, testing};
use rusqlite::types::{ToSqlOutput, Value as Sql};
use rusqlite::{Connection, Row};
use serde_json::json;
use uuid::Uuid;

use crate::caseload::all;
use crate::measure::{Figure, milliseconds};
use crate::place::{Place, call};

const LONG_RUNS: usize = 3;

/// `verify` of everything, against what SQLite and SQLCipher check of the
/// same file by themselves.
pub fn verify(place: &Place) {
    let desk = place.as_user("lead");
    let conn = place.reader();
    let per = per_100_000(&conn);
    let (ours, raw) = (0..LONG_RUNS)
        .map(|_| {
            let ours = milliseconds(|| assert_eq!(call(&desk, "verify", json!({}))["findings"], json!([]), "it is whole"));
            let raw = milliseconds(|| {
                all(&mut conn.prepare("PRAGMA cipher_integrity_check").unwrap(), []);
                all(&mut conn.prepare("PRAGMA integrity_check").unwrap(), []);
            });
            (ours * per, raw * per)
        })
        .unzip();
    let name = "verify per 100,000 changes, against the page checks alone";
    Figure { name, unit: "s", ours, raw, expected: "ratio <= 3", n: LONG_RUNS }.print();
}

/// Making every row from the log, in memory, against inserting the same rows.
pub fn rebuild(place: &Place) {
    let conn = place.reader();
    let per = per_100_000(&conn);
    let (ours, raw) = (0..LONG_RUNS)
        .map(|_| {
            let ours = milliseconds(|| rebuild::rebuild(Db::of(&conn), &SCHEMA).unwrap());
            let raw = milliseconds(|| copy_rows(&conn));
            (ours * per, raw * per)
        })
        .unzip();
    let name = "rebuild per 100,000 changes, against inserting the same rows";
    Figure { name, unit: "s", ours, raw, expected: "ratio <= 2.5", n: LONG_RUNS }.print();
}

/// From milliseconds for all changes to seconds for 100,000.
fn per_100_000(conn: &Connection) -> f64 {
    let changes: f64 = conn.query_row("SELECT count(*) FROM change", [], |row| row.get(0)).unwrap();
    100.0 / changes
}

fn copy_rows(from: &Connection) -> Connection {
    let mut into = testing::empty(&SCHEMA).unwrap();
    let tx = into.transaction().unwrap();
    for table in TABLES.iter().map(|table| table.kept).chain(["name_token"]) {
        let mut read = from.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = read.column_count();
        let marks = vec!["?"; columns].join(", ");
        let mut write = tx.prepare(&format!("INSERT INTO {table} VALUES ({marks})")).unwrap();
        let mut rows = read.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                write.raw_bind_parameter(column + 1, ToSqlOutput::Borrowed(row.get_ref(column).unwrap())).unwrap();
            }
            write.raw_execute().unwrap();
        }
    }
    tx.execute_batch(
        "INSERT INTO contact_text (rowid, body)
         SELECT rowid, concat_ws(' ', char(0xe000) || lower(hex(family)), saw, told, baby_told, think, plan, health, feeding, sleep, home, liaison) FROM contact_row",
    )
    .unwrap();
    tx.commit().unwrap();
    into
}

/// Bytes of the log per changed field on the mix of the design notes: 200
/// families × 20 visits of 14 fields (ten short codes, a date, texts of 40,
/// 120 and 900 characters), then 8,000 edits, four of five on short fields,
/// five an operation. The read log stands apart: nothing is read here.
pub fn bytes_per_field() {
    let place = Place::small();
    let desk = place.building("lead");
    desk.write(|session| Ok(session.conn().as_raw().execute_batch(VISIT_TABLE)?)).unwrap();
    let before = log_bytes(&desk);
    let (fields, values) = write_mix(&desk);
    let log = (log_bytes(&desk) - before) / fields;
    let values = values / fields;
    let n = fields as usize;
    let name = "log bytes per changed field on the mix, values and all, against the values themselves";
    Figure { name, unit: "B", ours: vec![log], raw: vec![values], expected: "", n }.print();
    let name = "log bytes per changed field on the mix, over the values themselves";
    Figure { name, unit: "B", ours: vec![log - values], raw: Vec::new(), expected: "ours <= 60", n }.print();
}

/// Pages of the tables and indexes that make the log.
fn log_bytes(desk: &Desk) -> f64 {
    desk.write(|session| {
        let sql = "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name IN (SELECT name FROM sqlite_master
                   WHERE tbl_name IN ('operation', 'change', 'record', 'word', 'identity', 'scope', 'stream', 'device', 'dep_seen'))";
        Ok(session.conn().as_raw().query_row(sql, [], |row| row.get(0))?)
    })
    .unwrap()
}

const VISIT_TABLE: &str = "CREATE TABLE visit (id BLOB PRIMARY KEY, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14)";

static VISIT: Table = Table {
    name: "visit",
    kept: "visit",
    words: "visit",
    columns: &[
        field("f1"),
        field("f2"),
        field("f3"),
        field("f4"),
        field("f5"),
        field("f6"),
        field("f7"),
        field("f8"),
        field("f9"),
        field("f10"),
        field("f11"),
        field("f12"),
        field("f13"),
        field("f14"),
    ],
    insert_only: false,
    about: About::Family,
    signed: None,
    person: None,
    dated: None,
    told: Told::Not,
    may_be_in_error: false,
    topics: &[],
    named: |_| None,
};

const fn field(name: &'static str) -> Column {
    Column { name, words: "", class: Class::Plain, sight: Sight::Open, say: cell::say::<String>, lists: Vec::new }
}

/// A row of the mix.
#[derive(Clone)]
struct Visit {
    id: Uuid,
    family: FamilyId,
    fields: Vec<String>,
}

impl Record for Visit {
    const TABLE: &'static Table = &VISIT;
    fn row_id(&self) -> Uuid {
        self.id
    }
    fn scope(&self) -> Scope {
        Scope::Family(self.family)
    }
    fn values(&self) -> Vec<(&'static str, Sql)> {
        VISIT.columns.iter().zip(&self.fields).map(|(column, text)| (column.name, Sql::Text(text.clone()))).collect()
    }
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let fields = (1..=VISIT.columns.len()).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
        Ok(Self { id: Uuid::from_bytes(row.get(0)?), family: FamilyId(Uuid::nil()), fields })
    }
}

const SHORT: usize = 10;
const LONG: [(usize, usize); 4] = [(10, 10), (11, 40), (12, 120), (13, 900)];

/// Writes the mix and answers how many fields were changed and how many bytes
/// of values that were.
fn write_mix(desk: &Desk) -> (f64, f64) {
    let mut dice = Dice(7);
    let mut visits = Vec::new();
    let (mut fields, mut bytes) = (0, 0);
    for _ in 0..200 {
        let family = FamilyId(dice.id());
        for _ in 0..20 {
            let short = (0..SHORT).map(|_| dice.code());
            let mut texts: Vec<String> = short.collect();
            texts.extend(LONG.map(|(_, length)| dice.text(length)));
            let visit = Visit { id: dice.id(), family, fields: texts };
            fields += visit.fields.len();
            bytes += visit.fields.iter().map(String::len).sum::<usize>();
            desk.write(|session| session.transact(Op::SignContact, |tx| tx.create(&visit))).unwrap();
            visits.push(visit);
        }
    }
    for _ in 0..8_000 / 5 {
        let index = dice.below(visits.len());
        let mut after = visits[index].clone();
        let mut changed = 0;
        while changed < 5 {
            let (field, text) = if dice.below(5) < 4 {
                (dice.below(SHORT), dice.code())
            } else {
                let (field, length) = LONG[dice.below(LONG.len())];
                (field, dice.text(length))
            };
            if after.fields[field] == visits[index].fields[field] && after.fields[field] != text {
                bytes += text.len();
                after.fields[field] = text;
                changed += 1;
            }
        }
        fields += changed;
        let before = &visits[index];
        desk.write(|session| session.transact(Op::AmendPerson, |tx| tx.amend(before, &after, i64::MAX))).unwrap();
        visits[index] = after;
    }
    (fields as f64, bytes as f64)
}

/// Chance that can be told again (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.roll(), self.roll())
    }

    fn code(&mut self) -> String {
        ["attended", "home_visit", "yes", "no", "not_asked", "awake", "confirmed", "suspected", "no_new_concern", "1", "2", "3"]
            [self.below(12)]
        .to_owned()
    }

    fn text(&mut self, length: usize) -> String {
        const WORDS: [&str; 12] = ["baby", "looked", "at", "mum", "and", "smiled", "when", "she", "waited", "a", "little", "longer"];
        let mut text = String::new();
        while text.len() < length {
            text.push_str(WORDS[self.below(WORDS.len())]);
            text.push(' ');
        }
        text.truncate(length);
        text
    }
}
