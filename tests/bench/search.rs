//! Find by the one door, against the bare queries of the same two indexes:
//! the best twenty people and the latest twenty notes of the reader's own
//! families, with the columns a hit shows.

use attune_core::typed::fold::Query;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::json;

use crate::caseload::{all, user};
use crate::measure::{Figure, RUNS, in_turns};
use crate::place::{FAMILIES, Place, call};

const TURNS: usize = 60;

/// Of somebody who opens every family, and of somebody who opens a few.
pub fn figures(place: &Place) {
    for (sign_in, whose) in [("tara", "who opens every family"), ("niamh", "who opens 20 families")] {
        for (query, by) in [("quinn gra", "by two names"), ("lavery", "by one name")] {
            let desk = place.as_user(sign_in);
            let conn = place.reader();
            let only = (sign_in == "niamh").then(|| user(&conn, sign_in).0.as_bytes().to_vec());
            let ours = || call(&desk, "find", json!({"query": query}));
            let raw = || bare(&conn, query, only.as_deref());
            assert_eq!(ours()["people"].as_array().unwrap().len(), raw().0.len(), "both find the same people");
            let (ours, raw) = (0..RUNS).map(|_| in_turns(TURNS, ours, raw)).unzip();
            let name = format!("search {by} among {FAMILIES} families, {whose}");
            Figure { name: &name, unit: "ms", ours, raw, expected: "ratio <= 2", n: RUNS * TURNS }.print();
        }
    }
}

fn bare(conn: &Connection, query: &str, only: Option<&[u8]>) -> (Vec<Vec<Sql>>, Vec<Vec<Sql>>) {
    let query = Query::parse(query);
    let mut wheres = Vec::new();
    let mut values: Vec<Sql> = Vec::new();
    for spellings in query.terms() {
        wheres.push(format!(
            "id IN (SELECT person FROM name_token WHERE {})",
            vec!["(token >= ? AND token < ?)"; spellings.len()].join(" OR ")
        ));
        for spelling in spellings {
            values.push(Sql::Text(spelling.clone()));
            values.push(Sql::Text(format!("{spelling}\u{10ffff}")));
        }
    }
    let words: Vec<String> = query.tokens.iter().map(|token| format!("\"{token}\"*")).collect();
    let mut matched = vec![Sql::Text(words.join(" "))];
    let mut own = "";
    if let Some(me) = only {
        own = "AND family IN (SELECT family FROM episode WHERE key_worker = ? AND closed_on = '')";
        values.push(Sql::Blob(me.to_vec()));
        matched.push(Sql::Blob(me.to_vec()));
    }
    let people = format!(
        "SELECT id, family, role, family_name, given, preferred, born_on, due_on, number FROM person WHERE {} {own}
         ORDER BY role <> 'infant', family_name, given, id LIMIT 20",
        wheres.join(" AND ")
    );
    let notes = format!(
        "SELECT contact.id, contact.family, kind, outcome, held_at, minutes FROM contact_text JOIN contact_row contact ON contact.rowid = contact_text.rowid
         WHERE contact_text MATCH ? {own}
         ORDER BY contact_text.rowid DESC LIMIT 20"
    );
    (
        all(&mut conn.prepare_cached(&people).unwrap(), params_from_iter(&values)),
        all(&mut conn.prepare_cached(&notes).unwrap(), params_from_iter(&matched)),
    )
}
