//! Figures on their way from the record to what may be seen: what is asked, counted as the record was, and protected
//! beside everything that was seen before. Nothing is written here.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use attune_disclosure::{Ask, InAll, Known, Outcome, OverTime, Proof, Publication, Spec, Stopped, Tally, When, Withheld, advise, protect};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::DeviceId;
use crate::release::ops::room;
use crate::release::records::Frame;
use crate::release::rows as releases;
use crate::release::tallies::Counted;
use crate::release::{FinancialYear, Period, Quarter, SummaryRefused, TableAsked, specs, tallies};
use crate::schema::COUNTED;
use crate::store::db::Db;
use crate::store::log;
use crate::store::log::Reached;
use crate::store::rebuild::rebuild_at;
use crate::store::vault;
use crate::team::list_rows as lists;
use crate::time::{Timestamp, day_words};
use crate::typed::counted;

/// How many other lines are offered for a table that cannot stand, the cheapest first. With leaving it out, which loses most,
/// these are three ways.
const WAYS: usize = 2;

/// The secret of the team.
pub type Secret = [u8; 32];

/// What is to be protected, and what it is to be kept with.
pub struct Asked {
    /// The period.
    pub period: Period,
    /// What it is called beside everything else.
    pub name: String,
    /// Whether it is to leave, and not only looked at.
    pub leaves: bool,
    /// The frame it is counted from; none if it is to be made of the record as it is now.
    pub frame: Option<Frame>,
    /// How far each computer has written, for a frame that is to be made.
    pub reached: String,
    /// The secret.
    pub key: Secret,
    /// The banding of each table; none of those that are left out.
    pub tables: Vec<(String, usize)>,
    /// Tables that cannot be asked for, and why.
    pub barred: Vec<(String, String)>,
    /// How much was seen before, to notice that more was since.
    pub seen: usize,
}

/// Protected figures, and what is to be told of them in the team.
pub struct Made {
    /// What was asked.
    pub asked: Asked,
    /// What became of it.
    pub outcome: Outcome,
    /// What is told of each table.
    pub told: Vec<TableTold>,
}

/// What is told of one table in the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableTold {
    /// The name of the specification.
    pub name: String,
    /// The banding it was asked for in.
    pub banding: usize,
    /// `2 of 8 numbers are hidden`.
    pub hidden: String,
    /// Why there is no table; empty if there is one.
    pub cause: String,
    /// What can be done.
    pub advice: Vec<AdviceTold>,
}

/// One way to make a table stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceTold {
    /// The banding.
    pub banding: usize,
    /// What it does.
    pub says: String,
    /// `2 of 5 numbers would be hidden`.
    pub loss: String,
}

/// What somebody asks for, checked against what stands.
///
/// # Errors
/// See [`SummaryRefused`]: the period is not complete, this computer does not release, or there is no such table.
pub fn asked(conn: &Db, period: Period, tables: &[TableAsked], is_release: bool, by: By) -> Result<Asked> {
    if let Some(refusal) = room::Calendar::read(conn, by.now.date())?.not_complete(period)? {
        return Err(refusal.into());
    }
    let lost = room::may_leave(conn, period, by.device)?;
    let planned = room::planned(conn, period)?;
    let (mut chosen, mut barred) = (Vec::new(), Vec::new());
    let offered = specs::specs(period, &lists::model(conn)?);
    if tables.iter().any(|asked| !offered.iter().any(|spec| spec.name == asked.name)) {
        return Err(SummaryRefused::NoTable.into());
    }
    for spec in &offered {
        let of = |asked: &[TableAsked]| asked.iter().find(|asked| asked.name == spec.name).map(|asked| asked.banding);
        let Some(banding) = of(tables).or_else(|| of(&planned)).unwrap_or(Some(0)) else { continue };
        let banding = usize::try_from(banding).ok().filter(|banding| *banding < spec.bandings.len()).ok_or(SummaryRefused::NoTable)?;
        match lost.first().filter(|_| matches!(spec.over_time, OverTime::Day { .. })) {
            Some(lost) => barred.push((spec.name.clone(), lost_words(*lost))),
            None => chosen.push((spec.name.clone(), banding)),
        }
    }
    if chosen.is_empty() {
        return Err(SummaryRefused::NothingShown.into());
    }
    let key = releases::key(conn)?.ok_or_else(Error::damaged)?.secret.as_slice().try_into().map_err(|_| Error::damaged())?;
    let seen = room::seen(conn)?.len();
    // A name is of one release of the team, also beside those of another computer.
    let here = releases::all(conn)?.iter().filter(|release| release.period == period).count();
    let before = here + room::brought(conn, period)?.len();
    let code = if vault::is_practice(conn)? { format!("{}{}", room::PRACTICE, period.code()) } else { period.code() };
    let name = match (is_release, before) {
        (true, 0) => code,
        (true, before) => format!("{code} ({})", before + 1),
        (false, _) => format!("{} look {}", period.code(), seen + 1),
    };
    Ok(Asked {
        period,
        name,
        leaves: is_release,
        frame: room::frame(conn, period.last_quarter())?,
        reached: serde_json::to_string(&log::reached(conn)?).map_err(|_| Error::internal("the position of the log"))?,
        key,
        tables: chosen,
        barred,
        seen,
    })
}

/// On which computer it is asked, and when.
#[derive(Clone, Copy)]
pub struct By {
    /// This computer.
    pub device: DeviceId,
    /// The instant.
    pub now: Timestamp,
}

/// Counts and protects. `step` is told what is done and says whether to go on.
///
/// # Errors
/// [`SummaryRefused::Stopped`], or a fault of the store.
pub fn made(conn: &Db, asked: Asked, step: &mut dyn FnMut(&str) -> bool) -> Result<Made> {
    let before = room::seen(conn)?;
    let (when, reached) = match &asked.frame {
        Some(frame) => (room::when(frame), frame.reached.clone()),
        None => (When { quarter: asked.period.last_quarter().index(), frame: 0 }, asked.reached.clone()),
    };
    if !step("Counting") {
        return Err(SummaryRefused::Stopped.into());
    }
    let frames = Frames::read(conn, &reached)?;
    let now = frames.count(asked.period, when)?;
    let Beside { known, in_all } = frames.beside(&before, &now, when, step)?;
    let tables: Vec<(Tally, usize)> = asked.tables.iter().filter_map(|(name, banding)| Some((now.get(name)?.tally(), *banding))).collect();
    let last = releases::all(conn)?.pop().and_then(|release| serde_json::from_str::<Proof>(&release.insider).ok());
    let ask = Ask {
        name: asked.name.clone(),
        when,
        leaves: asked.leaves,
        rule: specs::rule(asked.period),
        tables,
        links: specs::links(),
        key: &asked.key,
        before: &before,
        known,
        in_all,
        proved: last.as_ref(),
    };
    let stopped = |why: Stopped| match why {
        Stopped::Told => Error::from(SummaryRefused::Stopped),
        Stopped::Contradiction => SummaryRefused::Contradicts.into(),
    };
    let outcome = protect(&ask, &mut || step("Protecting")).map_err(stopped)?;
    let mut told = Vec::new();
    for (verdict, (tally, banding)) in outcome.verdicts.iter().zip(&ask.tables) {
        let spec = tally.spec();
        let advice = match &verdict.withheld {
            Some(withheld) if *withheld != Withheld::TooFew => {
                advise(&ask, &spec.name, &mut || step("Looking for another way")).map_err(stopped)?
            }
            _ => Vec::new(),
        };
        let others = advice.into_iter().filter(|advice| advice.banding != *banding).take(WAYS);
        let advice: Vec<AdviceTold> = others
            .map(|advice| AdviceTold {
                banding: advice.banding,
                says: if advice.banding == 0 { "Take the lines it is asked for in".to_owned() } else { said(spec, advice.banding) },
                loss: format!("{} would be hidden", of_numbers(advice.hidden, advice.places)),
            })
            .collect();
        let beside = match &verdict.withheld {
            Some(Withheld::CannotStandBeside { publication, table, .. }) => room::known_as(conn, publication, table)?,
            _ => String::new(),
        };
        let cause = verdict.withheld.as_ref().map(|withheld| cause(withheld, &beside, asked.period, &advice)).unwrap_or_default();
        let table = outcome.publication.tables.iter().find(|table| table.name() == spec.name);
        let places = table.map_or(0, |table| table.cells().count());
        let hidden = if cause.is_empty() { hidden_words(verdict.hidden, places) } else { String::new() };
        told.push(TableTold { name: spec.name.clone(), banding: *banding, hidden, cause, advice });
    }
    let barred = asked.barred.iter().map(|(name, cause)| TableTold {
        name: name.clone(),
        banding: 0,
        hidden: String::new(),
        cause: cause.clone(),
        advice: Vec::new(),
    });
    told.extend(barred);
    Ok(Made { asked, outcome, told })
}

/// `As it is`; `Put steps 4 and 5 together`.
pub fn said(spec: &Spec, banding: usize) -> String {
    let says = spec.bandings.get(banding).map_or("", |banding| banding.says.as_str());
    let mut letters = says.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "As it is".to_owned(),
    }
}

/// `2 of 8 numbers`.
pub fn of_numbers(some: usize, all: usize) -> String {
    format!("{some} of {}", counted::of(u32::try_from(all).unwrap_or(u32::MAX), "number", "numbers"))
}

/// How many of them are hidden only so that others cannot be worked out, is told to nobody: who knew it would know more
/// than the marks say.
fn hidden_words(hidden: usize, places: usize) -> String {
    let are = if hidden == 1 { "is" } else { "are" };
    format!("{} {are} hidden", of_numbers(hidden, places))
}

/// Why a table is withheld, `beside` what; and what can be done: the cheapest other lines, or leaving it out until there are new
/// figures.
fn cause(withheld: &Withheld, beside: &str, period: Period, advice: &[AdviceTold]) -> String {
    let why = match withheld {
        Withheld::TooFew => return "There are too few families for a table.".to_owned(),
        Withheld::CannotBeHidden { place } => format!("{place} could be worked out, however much of this table is hidden."),
        Withheld::CannotStandTogether { place } => format!("Cannot be shown beside the other tables: {place} could be worked out."),
        Withheld::CannotStandBeside { place, few: true, .. } => {
            format!("Cannot be shown beside {beside}: {place} has changed by so few that it would tell where they are.")
        }
        Withheld::CannotStandBeside { place, .. } => format!("Cannot be shown beside {beside}: {place} could be worked out."),
    };
    let next = match period {
        Period::Quarter(quarter) => Period::Quarter(quarter.after()),
        Period::Year(year) => Period::Year(year.after()),
    };
    let until = format!("leave this table out until there are figures of {}, after {}", next.words(), day_words(next.last_day()));
    match advice.first() {
        Some(first) => format!("{why} {}, or {until}.", first.says),
        None => format!("{why} No other lines would help: {until}."),
    }
}

fn lost_words(lost: Period) -> String {
    format!(
        "Figures of {} have left from another computer, and their file is not here, so nobody can say whether this table can be shown \
         beside them. A service lead can add the file.",
        lost.words()
    )
}

/// What somebody in the team can know beside what was seen.
struct Beside {
    known: Vec<Known>,
    in_all: Vec<InAll>,
}

/// How many each table of a day counts in all.
fn of_all(tables: &BTreeMap<String, Counted>, when: When) -> impl Iterator<Item = InAll> {
    tables.iter().filter_map(move |(spec, table)| Some(InAll { spec: spec.clone(), when, count: table.in_all()? }))
}

/// The record as it was, frame by frame.
struct Frames<'a> {
    conn: &'a Db,
    /// How far each computer had written, frame by frame.
    reached: BTreeMap<When, String>,
    /// The same of the frame at hand.
    now: &'a str,
}

impl<'a> Frames<'a> {
    fn read(conn: &'a Db, now: &'a str) -> Result<Self> {
        let reached = releases::all_frames(conn)?.into_iter().map(|frame| (room::when(&frame), frame.reached)).collect();
        Ok(Self { conn, reached, now })
    }

    fn count(&self, period: Period, when: When) -> Result<BTreeMap<String, Counted>> {
        let reached: Reached =
            serde_json::from_str(self.reached.get(&when).map_or(self.now, String::as_str)).map_err(|_| Error::damaged())?;
        let was = rebuild_at(self.conn, &COUNTED, &reached)?;
        Ok(tallies::count(&was, period)?.into_iter().map(|table| (table.spec().name.clone(), table)).collect())
    }

    /// What somebody can know of the changes between each two days that anything was seen of, and between a year and its quarters;
    /// and how many each table of these days counts in all.
    /// Nothing is said of a day whose frame another computer made: that may have held families that this record does not.
    fn beside(
        &self,
        before: &[Publication],
        now: &BTreeMap<String, Counted>,
        when: When,
        step: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Beside> {
        let mut days: BTreeMap<When, BTreeMap<String, Counted>> = BTreeMap::new();
        let own = |publication: &&Publication| publication.when != when && room::is_of_this_record(publication.when);
        for publication in before.iter().filter(own) {
            if !step("Counting what was seen before") {
                return Err(SummaryRefused::Stopped.into());
            }
            if let Entry::Vacant(day) = days.entry(publication.when) {
                let period = Period::Quarter(Quarter::of_index(publication.when.quarter));
                day.insert(self.count(period, publication.when)?);
            }
        }
        let mut known = Vec::new();
        let mut whole: Vec<(When, &BTreeMap<String, Counted>)> = days.iter().map(|(when, counted)| (*when, counted)).collect();
        whole.push((when, now));
        whole.sort_by_key(|(when, _)| *when);
        for (at, (to, later)) in whole.iter().enumerate() {
            for (from, earlier) in &whole[..at] {
                let pairs = later.iter().filter_map(|(name, table)| Some((table, earlier.get(name)?)));
                known.extend(pairs.filter_map(|(later, earlier)| later.changes_since(earlier, *from, *to)));
            }
        }
        let mut in_all = whole.iter().flat_map(|(when, counted)| of_all(counted, *when)).collect::<Vec<_>>();
        known.extend(self.over_years(before, now, when, &days, &mut in_all)?);
        Ok(Beside { known, in_all })
    }

    /// How a year differs from those of its quarters that were seen, for every year that was seen. How many each counts in all is added
    /// to `in_all`.
    fn over_years(
        &self,
        before: &[Publication],
        now: &BTreeMap<String, Counted>,
        when: When,
        days: &BTreeMap<When, BTreeMap<String, Counted>>,
        in_all: &mut Vec<InAll>,
    ) -> Result<Vec<Known>> {
        let mut known = Vec::new();
        let is_year =
            |publication: &&Publication| publication.tables.iter().any(|table| matches!(table.spec().over_time, OverTime::Periods { .. }));
        let now_is_year = now.values().any(|table| matches!(table.spec().over_time, OverTime::Periods { .. }));
        let mut years: BTreeMap<When, BTreeMap<String, Counted>> = BTreeMap::new();
        let own = |publication: &&Publication| room::is_of_this_record(publication.when);
        for publication in before.iter().filter(own).filter(is_year).filter(|publication| publication.when != when || !now_is_year) {
            if let Entry::Vacant(counted) = years.entry(publication.when) {
                let year = FinancialYear::of(Quarter::of_index(publication.when.quarter).last_day());
                counted.insert(self.count(Period::Year(year), publication.when)?);
            }
        }
        // What was put right between two frames of one year.
        let mut whole: Vec<(When, &BTreeMap<String, Counted>)> = years.iter().map(|(when, counted)| (*when, counted)).collect();
        whole.extend(now_is_year.then_some((when, now)));
        whole.sort_by_key(|(when, _)| *when);
        for (at, (to, later)) in whole.iter().enumerate() {
            let over_periods = later.values().filter(|table| matches!(table.spec().over_time, OverTime::Periods { .. }));
            for (table, (from, earlier)) in over_periods.flat_map(|table| whole[..at].iter().map(move |earlier| (table, earlier))) {
                known.extend(earlier.get(&table.spec().name).and_then(|earlier| table.changes_since(earlier, *from, *to)));
            }
        }
        let here = if now_is_year { Some(self.count(Period::Quarter(Quarter::of_index(when.quarter)), when)?) } else { None };
        let quarter = here.as_ref().unwrap_or(now);
        in_all
            .extend(years.iter().flat_map(|(when, counted)| of_all(counted, *when)).chain(here.iter().flat_map(|here| of_all(here, when))));
        for (to, tables) in years.iter().map(|(when, tables)| (*when, tables)).chain(now_is_year.then_some((when, now))) {
            for table in tables.values() {
                let OverTime::Periods { of, count } = &table.spec().over_time else { continue };
                let first = to.quarter - i32::try_from(*count).unwrap_or(i32::MAX) + 1;
                let mut latest: BTreeMap<i32, (When, &Counted)> = BTreeMap::new();
                let seen = |at: &When| {
                    (*at == when && !now_is_year)
                        || before.iter().any(|earlier| earlier.when == *at && earlier.tables.iter().any(|table| table.name() == of))
                };
                let quarters = days.iter().map(|(at, tables)| (*at, tables)).chain([(when, quarter)]);
                for (at, tables) in quarters.filter(|(at, _)| (first..=to.quarter).contains(&at.quarter) && seen(at)) {
                    if let Some(table) = tables.get(of) {
                        latest.insert(at.quarter, (at, table));
                    }
                }
                if latest.is_empty() {
                    continue;
                }
                let parts: Vec<&Counted> = latest.values().map(|(_, table)| *table).collect();
                known.extend(table.changes_over(&parts, to));
            }
        }
        Ok(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_cause_and_the_ways_out() {
        let quarter = Period::parse("2026-Q3").unwrap();
        let ways = [AdviceTold { banding: 1, says: "Put 24–35 months with 12–23 months".into(), loss: String::new() }];
        let withheld = Withheld::CannotStandBeside {
            publication: "2026-Q2".into(),
            left: true,
            table: "Open caseload by infant’s age".into(),
            place: "24–35 months".into(),
            few: false,
        };
        let beside = "the release of April to June 2026 of Mon 06-Jul-2026, table “Open caseload by infant’s age”";
        assert_eq!(
            cause(&withheld, beside, quarter, &ways),
            "Cannot be shown beside the release of April to June 2026 of Mon 06-Jul-2026, table “Open caseload by infant’s age”: \
             24–35 months could be worked out. Put 24–35 months with 12–23 months, or leave this table out until there are figures of \
             October to December 2026, after Thu 31-Dec-2026."
        );
        let few = Withheld::CannotStandBeside {
            publication: "2026-Q2".into(),
            left: true,
            table: "Open caseload by infant’s age".into(),
            place: "24–35 months".into(),
            few: true,
        };
        let few = cause(&few, beside, quarter, &[]);
        assert!(few.contains(": 24–35 months has changed by so few that it would tell where they are. No other lines would help"), "{few}");
        let place = "Step 4".to_owned();
        let alone = cause(&Withheld::CannotBeHidden { place: place.clone() }, "", Period::parse("2026-27").unwrap(), &[]);
        assert_eq!(
            alone,
            "Step 4 could be worked out, however much of this table is hidden. No other lines would help: leave this table out until \
             there are figures of April 2027 to March 2028, after Fri 31-Mar-2028."
        );
        let together = cause(&Withheld::CannotStandTogether { place }, "", quarter, &ways);
        assert!(together.starts_with("Cannot be shown beside the other tables: Step 4 could be worked out. Put 24"), "{together}");
        assert_eq!(cause(&Withheld::TooFew, "", quarter, &ways), "There are too few families for a table.");
    }
}
