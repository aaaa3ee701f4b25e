//! Find: people by the tokens of their names, notes by their words.

use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use crate::contact::Contact;
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::person::{Person, same};
use crate::record::Record;
use crate::store::db::Db;
use crate::store::row;
use crate::typed::fold;

/// How far what is left of a search is counted.
pub const COUNTED_ON: u32 = 200;

/// Whoever has more families than these has notes among the first that are
/// found: each is asked for its family, instead of all families being looked for.
const MANY: usize = 200;

/// People whose names start with every token, in any word order, or whose
/// Health and Care Number contains the digits: infants first, then by name; at
/// most `limit`, and how many more there are. Only of the families that
/// `reader` is allocated to; of all if none is named.
pub fn people(conn: &Db, query: &fold::Query, reader: Option<UserId>, limit: u32) -> Result<(Vec<Person>, u32)> {
    let mut narrowed = Narrowed::by_names(query);
    if let Some(digits) = &query.digits {
        narrowed.add("found.person IN (SELECT id FROM person WHERE number LIKE ?)", [Value::Text(format!("%{digits}%"))]);
    }
    if narrowed.wheres.is_empty() {
        return Ok((Vec::new(), 0));
    }
    if let Some(reader) = reader {
        narrowed.add(&format!("found.family IN ({})", include_str!("sql/allocated.sql").trim()), vec![row::id(reader.0); 3]);
    }
    // Where each stands is kept beside the name, so that only those who are shown are read.
    narrowed.values.push(Value::Integer(i64::from(limit) + i64::from(COUNTED_ON)));
    let sql = format!("SELECT DISTINCT person, place FROM name_token AS found WHERE {} ORDER BY place, person LIMIT ?", narrowed.all());
    let found: Vec<[u8; 16]> = conn.all(&sql, params_from_iter(&narrowed.values), |row| row.get(0))?;
    let mut shown = conn.question("SELECT * FROM person WHERE id = ?")?;
    let read = |id: &[u8; 16]| Ok(shown.query_row([id], Person::from_row)?);
    let people = found.iter().take(limit as usize).map(read).collect::<Result<Vec<_>>>()?;
    Ok((people, u32::try_from(found.len()).unwrap_or(u32::MAX).saturating_sub(limit)))
}

/// Infants of other families than `family` with this family name, in whichever
/// spelling.
pub fn infants_called(conn: &Db, family_name: &str, family: FamilyId) -> Result<Vec<Person>> {
    let joined = fold::fold(family_name).replace(' ', "");
    let same = |other: &Person| fold::tokens_of(&[&other.family_name]).contains(&joined);
    let found: Vec<Person> = conn.all(
        "SELECT person.* FROM name_token found CROSS JOIN person ON person.id = found.person
         WHERE token = ? AND place < ? AND found.family <> ?",
        params![joined, place(false, "", ""), family],
        Person::from_row,
    )?;
    Ok(found.into_iter().filter(same).collect())
}

/// Everybody with a name of which this family name, or a part of it that tells,
/// is the beginning: all among whom somebody of the same family name can be.
pub fn called_like(conn: &Db, family_name: &str) -> Result<Vec<Person>> {
    let whole = fold::fold(family_name).replace(' ', "");
    let beyond = |part: &str| format!("{part}\u{10ffff}");
    let parts = same::parts(family_name).into_iter().map(|part| (beyond(&part), part)).map(|(beyond, part)| [part, beyond]);
    let ranges: Vec<[String; 2]> = parts.chain([[whole.clone(), whole]]).filter(|[part, _]| !part.is_empty()).collect();
    let wheres = vec!["token BETWEEN ? AND ?"; ranges.len()].join(" OR ");
    if ranges.is_empty() {
        return Ok(Vec::new());
    }
    conn.all(
        &format!("SELECT * FROM person WHERE id IN (SELECT person FROM name_token WHERE {wheres}) ORDER BY family_name, given, id"),
        params_from_iter(ranges.iter().flatten()),
        Person::from_row,
    )
}

/// What the tokens of names that are `found` must meet.
#[derive(Default)]
struct Narrowed {
    wheres: Vec<String>,
    values: Vec<Value>,
}

impl Narrowed {
    /// A token begins with the first term, and the person has one for each other.
    fn by_names(query: &fold::Query) -> Self {
        let mut narrowed = Self::default();
        for spellings in query.terms() {
            let ranges = vec!["(token >= ? AND token < ?)"; spellings.len()].join(" OR ");
            let values = spellings.into_iter().flat_map(|spelling| {
                let beyond = format!("{spelling}\u{10ffff}");
                [Value::Text(spelling), Value::Text(beyond)]
            });
            let first = narrowed.wheres.is_empty();
            let sql = if first { format!("({ranges})") } else { format!("found.person IN (SELECT person FROM name_token WHERE {ranges})") };
            narrowed.add(&sql, values);
        }
        narrowed
    }

    fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.wheres.push(sql.to_owned());
        self.values.extend(values);
    }

    fn all(&self) -> String {
        self.wheres.join(" AND ")
    }
}

/// Where somebody stands among those who are found: infants first, then by name.
pub(super) fn place(infant: bool, family_name: &str, given: &str) -> String {
    format!("{}{family_name}\u{1}{given}", u8::from(!infant))
}

/// Notes with every word of the query, latest signed first; at most `limit`,
/// and how many more there are. The text never reaches the full-text engine
/// raw: each token is quoted. Only of the families that `reader` is allocated
/// to, which the index knows by a word of its own; of all if none is named.
pub fn notes(conn: &Db, query: &fold::Query, reader: Option<UserId>, author: Option<UserId>, limit: u32) -> Result<(Vec<Contact>, u32)> {
    notes_within(conn, query, (reader, author), limit, MANY)
}

/// As [`notes`], where more than `many` families are many. The answer is the
/// same for any.
pub fn notes_within(
    conn: &Db,
    query: &fold::Query,
    (reader, author): (Option<UserId>, Option<UserId>),
    limit: u32,
    many: usize,
) -> Result<(Vec<Contact>, u32)> {
    if query.words.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let words: Vec<String> = query.words.iter().map(|token| format!("\"{}\"*", token.replace('"', ""))).collect();
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
    if let Some(author) = author {
        own_only.push_str(" AND contact.author = ?");
        values.push(row::id(author.0));
    }
    // Each step of the engine goes back one note, so that a common word costs no more than the notes that are shown.
    let from = format!(
        "FROM contact_text JOIN contact_row contact ON contact.rowid = contact_text.rowid
         WHERE contact_text MATCH ?{own_only}"
    );
    values.push(Value::Integer(limit.into()));
    let sql = format!("SELECT contact.* {from} ORDER BY contact_text.rowid DESC LIMIT ?");
    let found: Vec<Contact> = conn.all(&sql, params_from_iter(&values), Contact::from_row)?;
    let left = left_of(conn, found.len(), &from, values, limit)?;
    Ok((found, left))
}

/// How many there are beyond the first `limit`, of which `found` were read;
/// counted as far as [`COUNTED_ON`], for nobody leafs through more. The last of
/// `values` is the limit.
fn left_of(conn: &Db, found: usize, from: &str, mut values: Vec<Value>, limit: u32) -> Result<u32> {
    if u32::try_from(found).is_ok_and(|found| found < limit) {
        return Ok(0);
    }
    values.pop();
    values.push(Value::Integer(i64::from(limit) + i64::from(COUNTED_ON)));
    let sql = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT ?)");
    let counted: u32 = conn.value(&sql, params_from_iter(&values))?;
    Ok(counted.saturating_sub(limit))
}

/// The words by which the index of notes knows the families of `reader`: they
/// begin with a letter that nobody can type. No more than one beyond `many`.
fn allocated(conn: &Db, reader: UserId, many: usize) -> Result<Vec<String>> {
    let mut statement = conn.question(concat!(include_str!("sql/allocated.sql"), " LIMIT ?"))?;
    let most = i64::try_from(many).unwrap_or(i64::MAX).saturating_add(1);
    let rows = statement.query_map(params![reader, reader, reader, most], |r| r.get::<_, FamilyId>(0))?;
    rows.map(|family| Ok(format!("\"\u{e000}{}\"", family?.0.simple()))).collect()
}
