//! What Find looks in: name tokens and the words of notes. Projections of the
//! record, kept up in the same transaction as the row.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use uuid::Uuid;

use super::row;
use crate::domain::contact::Contact;
use crate::domain::fold;
use crate::domain::person::Person;
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::record::{Record, Table};

/// How far what is left of a search is counted.
pub const COUNTED_ON: u32 = 200;

/// Whoever has more families than these has notes among the first that are
/// found: each is asked for its family, instead of all families being looked for.
/// Where more names than these begin with a word, people are gone through in order.
const MANY: usize = 200;

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

/// Fills the projections anew.
///
/// # Errors
/// When the store fails.
pub fn index_everything(conn: &Connection) -> Result<()> {
    conn.execute_batch("DELETE FROM name_token; INSERT INTO contact_text (contact_text) VALUES ('delete-all');")?;
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
/// Health and Care Number contains the digits; at most `limit`, and how many
/// more there are. Only of the families that `reader` is allocated to; of all
/// if none is named.
///
/// # Errors
/// When the store fails.
pub fn people(conn: &Connection, query: &fold::Query, reader: Option<UserId>, limit: u32) -> Result<(Vec<Person>, u32)> {
    people_within(conn, query, reader, limit, MANY)
}

/// As [`people`], where more than `many` are many. The answer is the same for
/// any.
///
/// # Errors
/// When the store fails.
pub fn people_within(
    conn: &Connection,
    query: &fold::Query,
    reader: Option<UserId>,
    limit: u32,
    many: usize,
) -> Result<(Vec<Person>, u32)> {
    let terms: Vec<Term> = query.terms().into_iter().map(Term::of).collect();
    // Few are found and then sorted; of many the first are met soon in the order that is asked for.
    let mut in_order = query.digits.is_none();
    for term in &terms {
        in_order = in_order && term.is_of_more_than(conn, many)?;
    }
    let (mut wheres, mut values) = named(terms, in_order);
    if let Some(digits) = &query.digits {
        wheres.push("found.number LIKE ?".to_owned());
        values.push(Value::Text(format!("%{digits}%")));
    }
    if wheres.is_empty() {
        return Ok((Vec::new(), 0));
    }
    if let Some(reader) = reader {
        let of_this_family = if in_order { " AND mine.family = found.family" } else { "" };
        wheres.push(format!("found.family IN ({}{of_this_family})", include_str!("sql/allocated.sql").trim()));
        values.extend(vec![row::id(reader.0); 3]);
    }
    let index = if in_order { " INDEXED BY person_found" } else { "" };
    let from = format!("FROM person AS found{index} WHERE {}", wheres.join(" AND "));
    values.push(Value::Integer(limit.into()));
    let sql = format!("SELECT found.* {from} ORDER BY found.role <> 'infant', found.family_name, found.given, found.id LIMIT ?");
    let found: Vec<Person> =
        conn.prepare_cached(&sql)?.query_map(params_from_iter(&values), Person::from_row)?.collect::<rusqlite::Result<_>>()?;
    let left = left_of(conn, found.len(), &from, values, limit)?;
    Ok((found, left))
}

/// Whether an infant of another family than `family` has a name that starts
/// with each token.
///
/// # Errors
/// When the store fails.
pub fn another_infant_is_called(conn: &Connection, query: &fold::Query, family: FamilyId) -> Result<bool> {
    let (wheres, mut values) = named(query.terms().into_iter().map(Term::of).collect(), false);
    if wheres.is_empty() {
        return Ok(false);
    }
    let sql = format!("SELECT EXISTS (SELECT 1 FROM person AS found WHERE {} AND role = 'infant' AND family <> ?)", wheres.join(" AND "));
    values.push(row::id(family.0));
    Ok(conn.prepare_cached(&sql)?.query_row(params_from_iter(&values), |r| r.get(0))?)
}

/// What `found` must meet to have a name that starts with each term, and the
/// values of it; asked of each person, if they are gone through in order.
fn named(terms: Vec<Term>, in_order: bool) -> (Vec<String>, Vec<Value>) {
    let of_this_person = if in_order { " AND name_token.person = found.id" } else { "" };
    let wheres = terms.iter().map(|term| format!("found.id IN (SELECT person FROM name_token WHERE ({}){of_this_person})", term.ranges));
    (wheres.collect(), terms.iter().flat_map(|term| term.values.clone()).collect())
}

/// The spellings of which one must begin a token of a person.
struct Term {
    ranges: String,
    values: Vec<Value>,
}

impl Term {
    fn of(spellings: Vec<String>) -> Self {
        let ranges = vec!["(token >= ? AND token < ?)"; spellings.len()].join(" OR ");
        let values = spellings.into_iter().flat_map(|spelling| {
            let beyond = format!("{spelling}\u{10ffff}");
            [Value::Text(spelling), Value::Text(beyond)]
        });
        Self { ranges, values: values.collect() }
    }

    /// Whether more than so many tokens begin with it.
    fn is_of_more_than(&self, conn: &Connection, many: usize) -> Result<bool> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM name_token WHERE {} LIMIT ?)", self.ranges);
        let most = i64::try_from(many).unwrap_or(i64::MAX).saturating_add(1);
        let values = self.values.iter().cloned().chain([Value::Integer(most)]);
        Ok(conn.prepare_cached(&sql)?.query_row(params_from_iter(values), |r| r.get::<_, i64>(0))? == most)
    }
}

/// Notes with every word of the query, latest signed first; at most `limit`,
/// and how many more there are. The text never reaches the full-text engine
/// raw: each token is quoted. Only of the families that `reader` is allocated
/// to, which the index knows by a word of its own; of all if none is named.
///
/// # Errors
/// When the store fails.
pub fn notes(conn: &Connection, query: &fold::Query, reader: Option<UserId>, limit: u32) -> Result<(Vec<Contact>, u32)> {
    notes_within(conn, query, reader, limit, MANY)
}

/// As [`notes`], where more than `many` families are many. The answer is the
/// same for any.
///
/// # Errors
/// When the store fails.
pub fn notes_within(
    conn: &Connection,
    query: &fold::Query,
    reader: Option<UserId>,
    limit: u32,
    many: usize,
) -> Result<(Vec<Contact>, u32)> {
    if query.tokens.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let words: Vec<String> = query.tokens.iter().map(|token| format!("\"{}\"*", token.replace('"', ""))).collect();
    let mut matched = words.join(" AND ");
    let (mut own_only, mut readers) = (String::new(), Vec::new());
    if let Some(reader) = reader {
        let own = allocated(conn, reader, many)?;
        if own.is_empty() {
            return Ok((Vec::new(), 0));
        }
        if own.len() > many {
            own_only = format!(" AND contact.family IN ({} AND mine.family = contact.family)", include_str!("sql/allocated.sql").trim());
            readers = vec![row::id(reader.0); 3];
        } else {
            matched = format!("({}) AND {matched}", own.join(" OR "));
        }
    }
    let mut values = vec![Value::Text(matched)];
    values.extend(readers);
    // Each step of the engine goes back one note, so that a common word costs no more than the notes that are shown.
    let from = format!(
        "FROM contact_text JOIN contact ON contact.rowid = contact_text.rowid
         WHERE contact_text MATCH ?{own_only} AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = contact.id)"
    );
    values.push(Value::Integer(limit.into()));
    let sql = format!("SELECT contact.* {from} ORDER BY contact_text.rowid DESC LIMIT ?");
    let found: Vec<Contact> =
        conn.prepare_cached(&sql)?.query_map(params_from_iter(&values), Contact::from_row)?.collect::<rusqlite::Result<_>>()?;
    let left = left_of(conn, found.len(), &from, values, limit)?;
    Ok((found, left))
}

/// How many there are beyond the first `limit`, of which `found` were read;
/// counted as far as [`COUNTED_ON`], for nobody leafs through more. The last of
/// `values` is the limit.
fn left_of(conn: &Connection, found: usize, from: &str, mut values: Vec<Value>, limit: u32) -> Result<u32> {
    if u32::try_from(found).is_ok_and(|found| found < limit) {
        return Ok(0);
    }
    values.pop();
    values.push(Value::Integer(i64::from(limit) + i64::from(COUNTED_ON)));
    let sql = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT ?)");
    let counted: u32 = conn.prepare_cached(&sql)?.query_row(params_from_iter(&values), |r| r.get(0))?;
    Ok(counted.saturating_sub(limit))
}

/// The words by which the index of notes knows the families of `reader`: they
/// begin with a letter that nobody can type. No more than one beyond `many`.
fn allocated(conn: &Connection, reader: UserId, many: usize) -> Result<Vec<String>> {
    let mut statement = conn.prepare_cached(concat!(include_str!("sql/allocated.sql"), " LIMIT ?"))?;
    let most = i64::try_from(many).unwrap_or(i64::MAX).saturating_add(1);
    let rows = statement.query_map(params![reader, reader, reader, most], |r| r.get::<_, FamilyId>(0))?;
    rows.map(|family| Ok(format!("\"\u{e000}{}\"", family?.0.simple()))).collect()
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
         SELECT rowid, concat_ws(' ', char(0xe000) || lower(hex(family)), saw, told, baby_told, think, plan, health, feeding, sleep, home, liaison) FROM contact WHERE id = ?",
    )?
    .execute([contact.as_bytes()])?;
    Ok(())
}
