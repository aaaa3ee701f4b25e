//! Signing a note, by the one door, against one SQLCipher transaction that
//! inserts the same bytes into one table: both WAL, `synchronous=FULL`, on the
//! same disk. Ours also writes the log, the indexes, the search index and the
//! head outside the vault.

use std::io::Write;

use attune_core::desk::Desk;
use attune_core::store::open;
use attune_core::store::open::Durability;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::measure::{Figure, RUNS, in_turns, median, milliseconds};
use crate::place::{Place, call};

const NOTES: usize = 150;

/// What the disk alone asks for each of the two: a page, forced to it.
pub fn forced_write() {
    let place = Place::empty();
    let mut file = std::fs::File::create(place.path("page")).unwrap();
    let mut write = || {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
    };
    let ours = (0..RUNS).map(|_| median(&(0..NOTES).map(|_| milliseconds(&mut write)).collect::<Vec<_>>())).collect();
    let name = "a page forced to the disk";
    Figure { name, unit: "ms", ours, raw: Vec::new(), expected: "", n: RUNS * NOTES }.print();
}

/// In a fresh small vault each run.
pub fn small() {
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let place = Place::small();
        let (us, them) = notes_in_turns(&place);
        ours.push(us);
        raw.push(them);
    }
    let name = "signing a note, against a raw transaction of the same bytes";
    Figure { name, unit: "ms", ours, raw, expected: "ratio <= 2", n: RUNS * NOTES }.print();
}

/// In the large vault: it must not depend on what is there already.
pub fn large(place: &Place) {
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (us, them) = notes_in_turns(place);
        ours.push(us);
        raw.push(them);
    }
    let name = "signing a note among 50,000 contacts, against a raw transaction of the same bytes";
    Figure { name, unit: "ms", ours, raw, expected: "ratio <= 2", n: RUNS * NOTES }.print();
}

fn notes_in_turns(place: &Place) -> (f64, f64) {
    let desk = place.as_user("niamh");
    let mut note = 0;
    let families = families(&desk);
    let raw = Place::empty();
    let conn = raw_table(&raw);
    let body = entry(&families[0]).to_string();
    let times = in_turns(
        NOTES,
        || {
            note += 1;
            let family = &families[note % families.len()];
            call(&desk, "sign_contact", json!({"episode": family["episode"], "entry": entry(family)}))
        },
        || {
            conn.execute_batch("BEGIN IMMEDIATE").unwrap();
            conn.prepare_cached("INSERT INTO note (body) VALUES (?)").unwrap().execute([&body]).unwrap();
            conn.execute_batch("COMMIT").unwrap();
        },
    );
    call(&desk, "lock", json!({}));
    times
}

fn raw_table(place: &Place) -> Connection {
    let conn = open::writer(&place.path("raw.db"), &[7; 32], Durability::Full).unwrap().raw();
    conn.execute_batch("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT").unwrap();
    conn
}

/// The forms of the worker's first families.
fn families(desk: &Desk) -> Vec<Value> {
    let caseload = call(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}));
    let rows = caseload["rows"].as_array().unwrap().iter().take(4);
    rows.map(|row| call(desk, "open_note", json!({"family": row["family"]}))).collect()
}

/// A plain visit of yesterday.
fn entry(form: &Value) -> Value {
    let people = form["people"].as_array().unwrap();
    let present: Vec<&Value> = people.iter().filter(|person| person["born"] == true).map(|person| &person["id"]).collect();
    let state = |person: &Value| if person["born"] == true { "awake" } else { "not_born" };
    let infants: Vec<Value> = people
        .iter()
        .filter(|person| person["infant"] == true)
        .map(|person| json!({"person": person["id"], "state": state(person)}))
        .collect();
    json!({
        "kind": "home_visit", "outcome": "attended", "when": "yesterday 14:00-15:05", "place": "Home", "present": present,
        "infants": infants, "did": ["play_observed"], "safety": "no_new_concern", "nextVisit": "+7d 10:30",
        "saw": "Long looks between the two of them over the toy box; a turn each at cooing. When she looked away mum waited, and she came back.",
        "told": "Nights are easier since the last visit. Granny comes on Tuesdays.",
        "babyTold": "I look away when it is too much, and I come back.",
        "think": "They are finding a rhythm that both enjoy.",
        "plan": "Watch one minute of the film together\nRing the health visitor about the review",
    })
}
