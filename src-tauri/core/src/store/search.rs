//! What Find looks in: name tokens and the words of notes. Projections of the
//! record, kept up in the same transaction as the row.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::table::{Record, Table};
use crate::domain::contact::Contact;
use crate::domain::fold;
use crate::domain::person::Person;
use crate::error::Result;
use crate::ids::UserId;

/// Brings the projections of one row up to date.
///
/// # Errors
/// When the store fails.
pub fn follow(conn: &Connection, table: &Table, row_id: Uuid) -> Result<()> {
    match table.name {
        "person" => index_person(conn, row_id),
        "contact" => index_contact(conn, row_id),
        _ => Ok(()),
    }
}

/// Fills the projections of a record that had none.
///
/// # Errors
/// When the store fails.
pub fn index_everything(conn: &Connection) -> Result<()> {
    for (table, index) in [("person", index_person as fn(&Connection, Uuid) -> Result<()>), ("contact", index_contact)] {
        let ids: Vec<[u8; 16]> =
            conn.prepare(&format!("SELECT id FROM {table}"))?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in ids {
            index(conn, Uuid::from_bytes(id))?;
        }
    }
    Ok(())
}

/// People whose names start with every token, in any word order, or whose
/// Health and Care Number contains the digits; at most `limit`. Only of the
/// families that `reader` is allocated to; of all if none is named.
///
/// # Errors
/// When the store fails.
pub fn people(conn: &Connection, query: &fold::Query, reader: Option<UserId>, limit: usize) -> Result<Vec<Person>> {
    let mut wheres = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for spellings in query.terms() {
        let ranges = vec!["(token >= ? AND token < ?)"; spellings.len()].join(" OR ");
        wheres.push(format!("id IN (SELECT person FROM name_token WHERE {ranges})"));
        for spelling in spellings {
            let beyond = format!("{spelling}\u{10ffff}");
            values.extend([Value::Text(spelling), Value::Text(beyond)]);
        }
    }
    if let Some(digits) = &query.digits {
        wheres.push("number LIKE ?".to_owned());
        values.push(Value::Text(format!("%{digits}%")));
    }
    if wheres.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(reader) = reader {
        wheres.push(format!("family IN ({})", include_str!("sql/allocated.sql")));
        values.extend(vec![super::row::id(reader.0); 3]);
    }
    let sql =
        format!("SELECT * FROM person WHERE {} ORDER BY role <> 'infant', family_name, given, id LIMIT {limit}", wheres.join(" AND "));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(&values), Person::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes with every word of the query, latest first; at most `limit`. The text
/// never reaches the full-text engine raw: each token is quoted. Only of the
/// families that `reader` is allocated to; of all if none is named.
///
/// # Errors
/// When the store fails.
pub fn notes(conn: &Connection, query: &fold::Query, reader: Option<UserId>, limit: usize) -> Result<Vec<Contact>> {
    if query.tokens.is_empty() {
        return Ok(Vec::new());
    }
    let words: Vec<String> = query.tokens.iter().map(|token| format!("\"{}\"*", token.replace('"', ""))).collect();
    let mut values = vec![Value::Text(words.join(" "))];
    let mut own = String::new();
    if let Some(reader) = reader {
        own = format!("AND family IN ({})", include_str!("sql/allocated.sql"));
        values.extend(vec![super::row::id(reader.0); 3]);
    }
    let sql = format!(
        "SELECT contact.* FROM contact_text JOIN contact ON contact.rowid = contact_text.rowid
         WHERE contact_text MATCH ? {own} AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = contact.id)
         ORDER BY held_at DESC LIMIT {limit}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(&values), Contact::from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn index_person(conn: &Connection, person: Uuid) -> Result<()> {
    let names: Option<[String; 3]> = conn
        .prepare_cached("SELECT family_name, given, preferred FROM person WHERE id = ?")?
        .query_row([person.as_bytes()], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
        .optional()?;
    conn.prepare_cached("DELETE FROM name_token WHERE person = ?")?.execute([person.as_bytes()])?;
    for token in names.map(|n| fold::tokens_of(&[&n[0], &n[1], &n[2]])).unwrap_or_default() {
        conn.prepare_cached("INSERT INTO name_token (token, person) VALUES (?, ?)")?.execute(params![token, person.as_bytes()])?;
    }
    Ok(())
}

fn index_contact(conn: &Connection, contact: Uuid) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO contact_text (rowid, body)
         SELECT rowid, concat_ws(' ', saw, told, baby_told, think, plan, health, feeding, sleep, home, liaison) FROM contact WHERE id = ?",
    )?
    .execute([contact.as_bytes()])?;
    Ok(())
}
