//! What an operation wrote, field by field, in the words of each field's type.

use crate::error::Result;
use crate::in_error::EnteredInError;
use crate::in_error::ops as in_error;
use crate::record::cell::{Kept, Stored};
use crate::record::names::Names;
use crate::record::{Record, Sight, Table};
use crate::schema::SCHEMA;
use crate::screens::history::names::InRecord;
use crate::store::db::Db;
use crate::store::history;
use crate::store::history::{FieldChange, LogLine};

/// The lines below what was done: `Step: 4`; `Given name: Aoife (was Fiadh)`.
/// What is for the program, or on its own screen only, is left out; so is who
/// wrote it and when, which the line itself says.
pub fn lines(conn: &Db, line: &LogLine, oid: i64) -> Result<Vec<String>> {
    let names = InRecord(conn);
    let written = history::fields(conn, &SCHEMA, oid)?;
    let mut lines = Vec::new();
    let mut subject = None;
    for field in &written.fields {
        if matches!(field.column.sight, Sight::Inside | Sight::Restricted)
            || is_said_by(line, field)
            || is_why_of_a_restricted(conn, field)?
        {
            continue;
        }
        let after = (field.column.say)(Stored::from(&field.after), &names)?;
        let Some(before) = &field.before else {
            lines.push(format!("{}: {after}", field.column.words));
            continue;
        };
        if subject.replace(field.row_id) != Some(field.row_id)
            && let Some(named) = (field.table.named)(field.row_id).filter(|_| has_several(field.table))
        {
            lines.push(format!("{}: {}", capital(field.table.words), names.name(named)?));
        }
        let before = (field.column.say)(Stored::from(before), &names)?;
        lines.push(format!("{}: {after} (was {before})", field.column.words));
    }
    if written.newer {
        lines.push("And something that a newer version of Attune wrote, which this one cannot show".to_owned());
    }
    Ok(lines)
}

/// Whether the line already says who wrote this, or when.
fn is_said_by(line: &LogLine, field: &FieldChange) -> bool {
    let Some((author, instant)) = field.table.signed else { return false };
    match &field.after {
        Kept::Blob(id) => field.column.name == author && id.as_slice() == line.actor.0.as_bytes(),
        Kept::Integer(at) => field.column.name == instant && *at == line.at.0,
        _ => false,
    }
}

/// Whether it is the reason of a mark on what only its own screen tells: it may
/// tell the same.
fn is_why_of_a_restricted(conn: &Db, field: &FieldChange) -> Result<bool> {
    Ok(field.table.name == EnteredInError::TABLE.name && field.column.name == "reason" && in_error::is_of_a_restricted(conn, field.row_id)?)
}

/// Whether a reader of the history must be told which row it was.
fn has_several(table: &Table) -> bool {
    matches!(table.name, "user" | "person" | "flag")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
