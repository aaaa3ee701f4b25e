//! The protector on a line protocol, for the attack suite: one job a line in, one answer a line out,
//! both JSON. What an answer holds is what may leave and its proofs; nothing raw is in it.
//!
//! A job protects a series of publications, or has a proof checked:
//!
//! ```text
//! {"protect": {"key": "00…", "register": true, "specs": […], "periods": [{"name": "2026-Q3", …}]}}
//! {"check": {"proof": {…}, "release": "2026-Q3", "printed": [["Title", "Line", "[c]"]]}}
//! ```

use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::time::{Duration, Instant};

use attune_disclosure::{
    Ask, Contribution, InAll, Known, Link, Proof, Publication, Release, Rule, Spec, Tally, Verdict, When, csv, page, protect, xlsx,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Job {
    Protect(Series),
    Check(Check),
}

/// Publications one after the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    /// The secret in hex: 64 digits.
    key: String,
    /// Whether a publication knows those before it.
    register: bool,
    /// Whether the proofs are answered.
    proofs: bool,
    specs: Vec<Spec>,
    periods: Vec<Period>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    name: String,
    when: When,
    /// Whether it leaves, or is only looked at.
    leaves: bool,
    rule: Rule,
    tables: Vec<Table>,
    links: Vec<Link>,
    /// Of every two days so far.
    known: Vec<Known>,
    /// Of every earlier table.
    in_all: Vec<InAll>,
    /// Another secret than that of the series.
    key: Option<String>,
    /// How long it may take; none for as long as it takes.
    milliseconds: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Its number among the specifications.
    spec: usize,
    banding: usize,
    frame: u32,
    /// Who, class, column, amount.
    counts: Vec<(u32, usize, usize, u32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    proof: Value,
    release: String,
    /// Table, line, printed.
    printed: Vec<(String, String, String)>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Published(Vec<Published>),
    Accepted,
    Refused(String),
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Published {
    Stopped { microseconds: u128 },
    Files(Box<Files>),
}

#[derive(Serialize)]
struct Files {
    csv: String,
    page: String,
    /// The bytes of the workbook, in hex.
    book: String,
    outsider: Option<Proof>,
    insider: Option<Proof>,
    verdicts: Vec<Verdict>,
    microseconds: u128,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut answers = io::stdout().lock();
    for job in io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&job?)? {
            Job::Protect(series) => Answer::Published(series.publish()?),
            Job::Check(check) => check.answer(),
        };
        serde_json::to_writer(&mut answers, &answer)?;
        answers.write_all(b"\n")?;
        answers.flush()?;
    }
    Ok(())
}

impl Series {
    fn publish(&self) -> Result<Vec<Published>, Box<dyn Error>> {
        let mut before: Vec<Publication> = Vec::new();
        let mut proved: Option<Proof> = None;
        let mut published = Vec::new();
        for period in &self.periods {
            let key = secret(period.key.as_ref().unwrap_or(&self.key))?;
            let ask = Ask {
                name: period.name.clone(),
                when: period.when,
                leaves: period.leaves,
                rule: period.rule,
                tables: period
                    .tables
                    .iter()
                    .map(|table| self.tally(table))
                    .collect::<Option<_>>()
                    .ok_or("a table without a specification")?,
                links: period.links.clone(),
                key: &key,
                before: if self.register { &before } else { &[] },
                known: if self.register { self.known(period, &before) } else { Vec::new() },
                in_all: if self.register { period.in_all.clone() } else { Vec::new() },
                proved: proved.as_ref().filter(|_| self.register),
            };
            let begun = Instant::now();
            let within = period.milliseconds.map(Duration::from_millis);
            let outcome = protect(&ask, &mut || within.is_none_or(|within| begun.elapsed() < within));
            let microseconds = begun.elapsed().as_micros();
            let Ok(outcome) = outcome else {
                published.push(Published::Stopped { microseconds });
                continue;
            };
            let release = release(&outcome.publication);
            published.push(Published::Files(Box::new(Files {
                csv: String::from_utf8(csv(&release))?,
                page: page(&release),
                book: xlsx(&release).map_err(|_| "a workbook that is too large")?.iter().map(|byte| format!("{byte:02x}")).collect(),
                outsider: self.proofs.then(|| outcome.outsider.clone()),
                insider: self.proofs.then(|| outcome.insider.clone()),
                verdicts: outcome.verdicts,
                microseconds,
            })));
            before.push(outcome.publication);
            proved = Some(outcome.insider);
        }
        Ok(published)
    }

    /// What is told of pairs of days with no other publication of the table between them.
    fn known(&self, period: &Period, before: &[Publication]) -> Vec<Known> {
        let between = |known: &Known, when: When| known.from < when && when < known.to;
        let stands = |known: &Known, when: When| {
            let there = |publication: &Publication| {
                publication.when == when && publication.tables.iter().any(|table| table.name() == known.spec && !table.is_withheld())
            };
            when == period.when || before.iter().any(there)
        };
        let days = || before.iter().map(|publication| publication.when).chain([period.when]);
        let told = |known: &&Known| {
            stands(known, known.from) && stands(known, known.to) && !days().any(|when| between(known, when) && stands(known, when))
        };
        period.known.iter().filter(told).cloned().collect()
    }

    fn tally(&self, table: &Table) -> Option<(Tally, usize)> {
        let counts = table.counts.iter().map(|&(who, class, column, amount)| Contribution { who, class, column, amount });
        Some((Tally::new(self.specs.get(table.spec)?.clone(), table.frame, counts.collect()), table.banding))
    }
}

impl Check {
    fn answer(self) -> Answer {
        let proof: Proof = match serde_json::from_value(self.proof) {
            Ok(proof) => proof,
            Err(unread) => return Answer::Refused(unread.to_string()),
        };
        let printed = self.printed.iter().map(|(table, line, printed)| (table.as_str(), line.as_str(), printed.as_str()));
        match proof.check().and_then(|()| proof.is_of(&self.release, printed)) {
            Ok(()) => Answer::Accepted,
            Err(refused) => Answer::Refused(format!("{refused:?}")),
        }
    }
}

fn release(publication: &Publication) -> Release {
    Release {
        title: "Anonymised summary".to_owned(),
        period: publication.name.clone(),
        made: "Made for the attack suite".to_owned(),
        head: String::new(),
        licence: String::new(),
        expires: String::new(),
        corrects: None,
        proof: String::new(),
        publication: publication.clone(),
    }
}

fn secret(hex: &str) -> Result<[u8; 32], Box<dyn Error>> {
    let digits: Vec<u8> = (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16)).collect::<Result<_, _>>()?;
    <[u8; 32]>::try_from(digits).map_err(|_| "a secret has 64 digits".into())
}
