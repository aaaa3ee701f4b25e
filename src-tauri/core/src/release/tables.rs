//! Counting a quarter for the anonymised summary. Raw counts are made here and
//! handed to `disclosure` in the same breath; only protected tables leave.

use std::collections::{BTreeSet, HashMap};

use attune_disclosure::{Protected, Row, Table, protect, protect_overlapping};
use chrono::NaiveDate;

use crate::codes::Code;
use crate::contact::{ContactKind, Outcome};
use crate::error::Result;
use crate::ids::FamilyId;
use crate::person::age::AgeBand;
use crate::person::words as person_words;
use crate::priority::PriorityGroup;
use crate::release::Quarter;
use crate::release::counts;
use crate::store::db::Db;
use crate::team::list_rows as lists;
use crate::time::Timestamp;

/// The protected tables of a quarter.
pub fn tables(conn: &Db, quarter: Quarter) -> Result<Vec<Protected>> {
    let from = Timestamp::from_local(quarter.first_day().and_hms_opt(0, 0, 0).unwrap_or_default());
    let until = end_of(quarter);
    let contacts = counts::contacts_between(conn, from, until)?;
    let kinds = contacts.iter().map(|contact| (contact.kind.as_str(), contact.family));
    let outcomes = contacts.iter().map(|contact| (contact.outcome.as_str(), contact.family));
    Ok(vec![
        protect(open_by_age(conn, quarter)?),
        protect(by_code::<ContactKind>("Contacts by kind", kinds)),
        protect(by_code::<Outcome>("Contacts by outcome", outcomes)),
        protect(open_by_step(conn, quarter)?),
        protect_overlapping(open_by_group(conn, quarter)?),
    ])
}

fn open_by_age(conn: &Db, quarter: Quarter) -> Result<Table> {
    let last_day = last_day(quarter);
    let infants = counts::infants_open_on(conn, &last_day.to_string())?;
    let counted = infants.iter().map(|infant| (AgeBand::of(&person_words::life(infant), last_day), infant.family));
    let tally = Tally::of(counted);
    let rows = AgeBand::ALL.iter().map(|band| tally.row(*band, band.label())).collect();
    Ok(Table {
        title: "Open caseload by infant’s age".to_owned(),
        unit: "infants".to_owned(),
        note: "Infants of families with an open episode of care on the last day of the quarter, by age on that day. Twins count as two."
            .to_owned(),
        rows,
        families: tally.families(),
    })
}

fn open_by_step(conn: &Db, quarter: Quarter) -> Result<Table> {
    let last_day = last_day(quarter);
    let counted = counts::steps_open_on(conn, &last_day.to_string(), end_of(quarter))?;
    let tally = Tally::of(counted.iter().map(|(family, step)| (*step, *family)));
    let model = lists::model(conn)?;
    // What a lead has typed into the model is in no release.
    let which = if model.is_example() { model.label.as_str() } else { "By the team’s own model of the steps" };
    let mut rows: Vec<Row> = model.steps.iter().map(|step| tally.row(Some(step.step), &format!("Step {}", step.step))).collect();
    rows.push(tally.row(None, "No step recorded"));
    Ok(Table {
        title: "Open caseload by step".to_owned(),
        unit: "families".to_owned(),
        note: format!("Families with an open episode of care on the last day of the quarter, by the step recorded for them. {which}."),
        rows,
        families: tally.families(),
    })
}

/// How many open families a yes was recorded for, group by group. A family can
/// be in several, so the counts have no total.
fn open_by_group(conn: &Db, quarter: Quarter) -> Result<Table> {
    let last_day = last_day(quarter);
    let yes = counts::groups_open_on(conn, &last_day.to_string(), end_of(quarter))?;
    let open = counts::families_open_on(conn, &last_day.to_string())?;
    let tally = Tally::of(yes.iter().map(|(family, group)| (group.as_str(), *family)));
    let asked = PriorityGroup::ALL.iter().filter(|group| !group.is_derived());
    let rows = asked.map(|group| {
        let families = tally.row(group.code(), group.words()).contributors;
        Row { label: group.words().to_owned(), count: families, contributors: families }
    });
    Ok(Table {
        title: "Open caseload by priority group".to_owned(),
        unit: "families".to_owned(),
        note: "Families where at least one person or the household has a yes, confirmed or suspected. A family can be in several groups, \
               so there is no total. “Not asked” is not counted as “no”."
            .to_owned(),
        rows: rows.collect(),
        families: open,
    })
}

fn last_day(quarter: Quarter) -> NaiveDate {
    quarter.day_after().pred_opt().unwrap_or_default()
}

fn end_of(quarter: Quarter) -> Timestamp {
    Timestamp::from_local(quarter.day_after().and_hms_opt(0, 0, 0).unwrap_or_default())
}

fn by_code<'a, C: Code>(title: &str, counted: impl Iterator<Item = (&'a str, FamilyId)>) -> Table {
    let tally = Tally::of(counted);
    Table {
        title: title.to_owned(),
        unit: "contacts".to_owned(),
        note: "Signed contacts held in the quarter; those entered in error are left out.".to_owned(),
        rows: C::ALL.iter().map(|choice| tally.row(choice.code(), choice.words())).collect(),
        families: tally.families(),
    }
}

/// How often each key occurs, and how many families are behind it.
struct Tally<K> {
    by_key: HashMap<K, (u32, BTreeSet<FamilyId>)>,
}

impl<K: std::hash::Hash + Eq> Tally<K> {
    fn of(counted: impl Iterator<Item = (K, FamilyId)>) -> Self {
        let mut by_key: HashMap<K, (u32, BTreeSet<FamilyId>)> = HashMap::new();
        for (key, family) in counted {
            let entry = by_key.entry(key).or_default();
            entry.0 += 1;
            entry.1.insert(family);
        }
        Self { by_key }
    }

    fn row(&self, key: K, label: &str) -> Row {
        let (count, families) = self.by_key.get(&key).map_or((0, 0), |(count, families)| (*count, families.len()));
        Row { label: label.to_owned(), count, contributors: u32::try_from(families).unwrap_or(u32::MAX) }
    }

    fn families(&self) -> u32 {
        let all: BTreeSet<&FamilyId> = self.by_key.values().flat_map(|(_, families)| families).collect();
        u32::try_from(all.len()).unwrap_or(u32::MAX)
    }
}
