//! The lines of each reader's lists, and how many there are of each kind: kept
//! as the caseload is, so that a list reads what it shows and no more.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Row, named_params, params_from_iter};

use crate::codes::Code;
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::store::db::Db;
use crate::store::entries;
use crate::store::schema::Computing;
use crate::user::Role;

/// The next visit of a family that has none: it is sorted last.
pub const NEVER: i64 = i64::MAX;

/// Milliseconds of an hour; every day begins with an hour of the world's time.
pub const HOUR: i64 = 3_600_000;

/// Columns of a line, in the order of the table; the first three are its key.
const COLUMNS: [&str; 20] = [
    "reader",
    "team",
    "episode",
    "family",
    "name",
    "next_visit",
    "last_held",
    "youngest",
    "opened_on",
    "last_met",
    "flagged",
    "unborn",
    "no_worker",
    "news",
    "told",
    "follow_up",
    "review_on",
    "awaited",
    "placed_on",
    "chase_on",
];

/// A line of a list.
#[derive(Debug, Clone, PartialEq)]
struct Line(Vec<Value>);

/// What there is one of: in whose list, what, and of which hour or day.
type Kind = (Vec<u8>, bool, &'static str, At);

/// The hour or day that something is of; the first hour where it does not matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Hour(i64),
    Day(String),
}

/// Brings the lines of a family up to date, and the counts with them.
pub(crate) fn follow(conn: &Computing, family: FamilyId) -> Result<()> {
    let here = lines(conn, "SELECT * FROM listed WHERE family = :family", Some(family))?;
    let wanted = lines(conn, &definition("c.family = :family"), Some(family))?;
    for (key, line) in &here {
        if !wanted.contains_key(key) {
            conn.run("DELETE FROM listed WHERE reader = ? AND team = ? AND episode = ?", params_from_iter(&line.0[..3]))?;
        }
    }
    for (key, line) in &wanted {
        match here.get(key) {
            Some(before) => line.amend(conn, before)?,
            None => {
                let marks = ["?"; COLUMNS.len()].join(", ");
                let sql = format!("INSERT INTO listed ({}) VALUES ({marks})", COLUMNS.join(", "));
                conn.run(&sql, params_from_iter(&line.0))?;
            }
        }
    }
    let mut counts = BTreeMap::new();
    count(&here, -1, &mut counts);
    count(&wanted, 1, &mut counts);
    counts.iter().filter(|(_, n)| **n != 0).try_for_each(|(kind, n)| add(conn, kind, *n))?;
    wait(conn, family)
}

/// Brings the lists up to date when somebody came to open every family, or does no longer.
pub(crate) fn follow_readers(conn: &Computing) -> Result<()> {
    let ids = |sql: &str| -> Result<BTreeSet<UserId>> { conn.all(sql, [], |row| row.get(0)) };
    let open = ids(&format!("SELECT id FROM user WHERE role IN ({})", openers()))?;
    if open == ids("SELECT DISTINCT reader FROM tally WHERE team = 1")? {
        return Ok(());
    }
    let families: Vec<FamilyId> = conn.all("SELECT DISTINCT family FROM caseload", [], |row| row.get(0))?;
    families.into_iter().try_for_each(|family| follow(conn, family))
}

/// Makes every line and count anew from the caseload, and finds the concerns that wait.
pub(crate) fn fill(conn: &Computing) -> Result<()> {
    for sql in ["DELETE FROM listed", "DELETE FROM tally", "DELETE FROM waiting"] {
        conn.run(sql, [])?;
    }
    conn.run(&format!("INSERT INTO waiting {}", waiting("1")), [])?;
    conn.run(&format!("INSERT INTO listed {}", definition("1")), [])?;
    let mut counts = BTreeMap::new();
    count(&lines(conn, "SELECT * FROM listed", None)?, 1, &mut counts);
    counts.iter().try_for_each(|(kind, n)| add(conn, kind, *n))
}

/// Whether the lines and counts are those that the caseload makes.
pub(crate) fn agrees(conn: &Db) -> Result<bool> {
    let here = lines(conn, "SELECT * FROM listed", None)?;
    let mut counts = BTreeMap::new();
    count(&here, 1, &mut counts);
    let kept: i64 = conn.value("SELECT count(*) FROM tally", [])?;
    let mut same = here == lines(conn, &definition("1"), None)? && usize::try_from(kept) == Ok(counts.len());
    for ((reader, team, what, at), n) in &counts {
        let mut kept = conn.question("SELECT n FROM tally WHERE reader = ? AND team = ? AND what = ? AND at = ?")?;
        same &= kept.query_map((reader, team, what, at.value()), |row| row.get(0))?.next().transpose()? == Some(*n);
    }
    let apart = format!("SELECT count(*) FROM (SELECT * FROM waiting EXCEPT {})", waiting("1"));
    let fewer = format!("SELECT (SELECT count(*) FROM waiting) = (SELECT count(*) FROM ({}))", waiting("1"));
    let apart: i64 = conn.value(&apart, [])?;
    Ok(same && apart == 0 && conn.value(&fewer, [])?)
}

fn definition(families: &str) -> String {
    let new = entries::NEW.replace(":me", "l.reader").replace(":family", "c.family");
    include_str!("sql/listed.sql").replace("{families}", families).replace("{openers}", &openers()).replace("{new}", &new)
}

/// The roles that open every family, quoted.
fn openers() -> String {
    let openers: Vec<String> = Role::ALL.iter().filter(|role| role.opens_every_family()).map(|role| format!("'{}'", role.code())).collect();
    openers.join(", ")
}

/// Every concern that nobody has answered waits: what was entered in error too,
/// so that no mark takes one off the list.
fn waiting(families: &str) -> String {
    format!(
        "SELECT c.id, c.family, c.raised_at FROM concern_row c
         WHERE {families} AND NOT EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = c.id)"
    )
}

/// Concerns of a family that were raised, or that wait no longer.
fn wait(conn: &Computing, family: FamilyId) -> Result<()> {
    let asked = named_params! { ":family": family };
    conn.run(
        "DELETE FROM waiting WHERE family = :family
           AND EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = waiting.concern)",
        asked,
    )?;
    let raised = format!("{} AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.concern = c.id)", waiting("c.family = :family"));
    conn.run(&format!("INSERT INTO waiting {raised}"), asked)?;
    Ok(())
}

type Lines = BTreeMap<(Vec<u8>, bool, Vec<u8>), Line>;

fn lines(conn: &Db, sql: &str, family: Option<FamilyId>) -> Result<Lines> {
    let mut statement = conn.question(sql)?;
    if let Some(index) = statement.parameter_index(":family")? {
        statement.raw_bind_parameter(index, family)?;
    }
    let line = |row: &Row<'_>| {
        let values = (0..COLUMNS.len()).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
        Ok(((row.get(0)?, row.get(1)?, row.get(2)?), Line(values)))
    };
    Ok(statement.raw_query().mapped(line).collect::<rusqlite::Result<_>>()?)
}

fn count(lines: &Lines, each: i64, counts: &mut BTreeMap<Kind, i64>) {
    for ((reader, team, _), line) in lines {
        for (what, at) in line.kinds() {
            *counts.entry((reader.clone(), *team, what, at)).or_default() += each;
        }
    }
}

/// Adds to a count. One that comes to nothing is no row.
fn add(conn: &Computing, (reader, team, what, at): &Kind, n: i64) -> Result<()> {
    let add = "INSERT INTO tally VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n RETURNING n";
    let left: i64 = conn.statement(add)?.query_row((reader, team, what, at.value(), n), |row| row.get(0))?;
    if left == 0 {
        conn.run("DELETE FROM tally WHERE reader = ? AND team = ? AND what = ? AND at = ?", (reader, team, what, at.value()))?;
    }
    Ok(())
}

impl Line {
    /// Writes what has changed of it: each column that is written is written in its indexes too.
    fn amend(&self, conn: &Computing, before: &Self) -> Result<()> {
        let changed: Vec<usize> = (3..COLUMNS.len()).filter(|at| self.0[*at] != before.0[*at]).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let set: Vec<String> = changed.iter().map(|at| format!("{} = ?", COLUMNS[*at])).collect();
        let sql = format!("UPDATE listed SET {} WHERE reader = ? AND team = ? AND episode = ?", set.join(", "));
        let values = changed.iter().map(|at| &self.0[*at]).chain(&self.0[..3]);
        conn.run(&sql, params_from_iter(values))?;
        Ok(())
    }

    fn kinds(&self) -> Vec<(&'static str, At)> {
        let of = |name: &str| COLUMNS.iter().position(|column| *column == name).map_or(&Value::Null, |at| &self.0[at]);
        let mut kinds = vec![("open", At::Hour(0))];
        for what in ["flagged", "unborn", "no_worker", "news", "follow_up", "awaited"] {
            if *of(what) == Value::Integer(1) {
                kinds.push((what, At::Hour(0)));
            }
        }
        match (of("last_met"), of("opened_on")) {
            (Value::Integer(at), _) => kinds.push(("met", At::Hour(at.div_euclid(HOUR)))),
            (_, Value::Text(day)) if day.is_empty() => kinds.push(("gone", At::Hour(0))),
            (_, Value::Text(day)) => kinds.push(("unmet", At::Day(day.clone()))),
            _ => {}
        }
        match of("next_visit") {
            Value::Integer(at) if *at != NEVER => kinds.push(("next_visit", At::Hour(at.div_euclid(HOUR)))),
            _ => {}
        }
        for (what, column) in [("review", "review_on"), ("chase", "chase_on")] {
            if let Value::Text(day) = of(column)
                && !day.is_empty()
            {
                kinds.push((what, At::Day(day.clone())));
            }
        }
        kinds
    }
}

impl At {
    fn value(&self) -> Value {
        match self {
            Self::Hour(hour) => Value::Integer(*hour),
            Self::Day(day) => Value::Text(day.clone()),
        }
    }
}
