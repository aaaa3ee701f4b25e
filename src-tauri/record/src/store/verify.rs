//! Checking the whole record: pages, chains, seals, and that the rows are what
//! the log makes. What this proves and what it cannot is in docs/safety.
//!
//! Each file below checks one thing, and adds what it finds to the findings.

mod devices;
mod head;
mod operations;
mod pages;
mod reads;
mod rows;
mod schema;
mod seals;
mod streams;

use std::thread;

use crate::error::{Error, Result};
use crate::store::db::Db;
use crate::store::schema::Schema;

pub use crate::store::verify::head::against_head;
pub use crate::store::verify::operations::changes_of;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: `stream 3 (family F-7K2Q), number 17`.
    pub place: String,
    /// What: no names and no values in it.
    pub words: String,
}

/// Says whether a signature of a message is that of a public key.
pub type CheckSignature = dyn Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool;

/// Checks everything inside the database and answers what is wrong, at most
/// one finding a place. `step` is told how far it is and answers false to stop.
/// `beside` is another connection to the same record: what the log makes is
/// compared with the rows there, while pages and chains are checked here. Both
/// read the record as it is when the check begins, whatever is written meanwhile.
///
/// # Errors
/// When the database cannot be read at all, or `cancelled`.
pub fn verify(
    conn: &Db,
    beside: Db,
    schema: &Schema,
    verify_signature: &CheckSignature,
    step: &dyn Fn(u64, u64) -> bool,
) -> Result<Vec<Finding>> {
    let reading = pages::at_one_position(conn, &beside)?;
    let stopper = beside.stopper();
    thread::scope(|scope| {
        let rows = scope.spawn(move || {
            let mut findings = Vec::new();
            rows::check(&beside, schema, &mut findings).map(|()| findings)
        });
        let checked = check(conn, schema, verify_signature, step).and_then(|findings| {
            reading.finish()?;
            Ok(findings)
        });
        if checked.is_err() {
            stopper.interrupt();
        }
        let rows = rows.join().map_err(|_| Error::internal("the check of the rows"))?;
        let mut findings = checked?;
        findings.extend(rows?);
        Ok(findings)
    })
}

/// Everything but the rows.
fn check(conn: &Db, schema: &Schema, verify_signature: &CheckSignature, step: &dyn Fn(u64, u64) -> bool) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    pages::check(conn, &mut findings)?;
    schema::check(conn, schema, &mut findings)?;
    let total: i64 = conn.query_row("SELECT count(*) FROM operation", [], |row| row.get(0))?;
    streams::check(conn, &mut findings)?;
    rows::check_scopes(conn, &mut findings)?;
    operations::check(conn, &mut findings, &|done| step(done, total.unsigned_abs() + 1))?;
    devices::check(conn, &mut findings)?;
    reads::check(conn, &mut findings)?;
    seals::check(conn, verify_signature, &mut findings)?;
    step(total.unsigned_abs() + 1, total.unsigned_abs() + 1);
    Ok(findings)
}

fn found(findings: &mut Vec<Finding>, place: impl Into<String>, words: impl Into<String>) {
    findings.push(Finding { place: place.into(), words: words.into() });
}
