//! Counting one frame. Raw counts are made here, of the record as it was, and handed to `disclosure` in the same
//! breath; only protected tables leave.

use std::collections::{BTreeMap, BTreeSet};

use attune_disclosure::{Contribution, Counts, Known, OverTime, Spec, Tally, When};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::Result;
use crate::family::Episode;
use crate::ids::FamilyId;
use crate::person::Person;
use crate::release::classes::{AgeClass, GroupAsked};
use crate::release::{Period, counts, specs};
use crate::store::db::Db;
use crate::team::list_rows as lists;
use crate::time::Timestamp;

/// The raw counts of one table, and of whom. Nothing of it is kept.
pub struct Counted {
    spec: Spec,
    /// How many families there are in all, counted or not.
    families: u32,
    /// Each unit, or each family where they are summed, with the places it is in: class, column, how many.
    units: BTreeMap<Uuid, Vec<(usize, usize, u32)>>,
    /// Whose each unit is, by the number of the family.
    whose: BTreeMap<Uuid, u32>,
}

impl Counted {
    /// What it counts.
    #[must_use]
    pub const fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The counts, for the protector.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let each = self.units.iter().flat_map(|(unit, places)| {
            places.iter().map(|&(class, column, amount)| Contribution { who: self.whose[unit], class, column, amount })
        });
        Tally::new(self.spec.clone(), self.families, each.collect())
    }

    /// The count of each class and column that has one: what the protector is handed, added up.
    #[must_use]
    pub fn sums(&self) -> BTreeMap<(usize, usize), u32> {
        let mut sums = BTreeMap::new();
        for (class, column, amount) in self.units.values().flatten() {
            *sums.entry((*class, *column)).or_default() += amount;
        }
        sums
    }

    /// How many units are counted in all, which somebody in the team can know; none of sums over them.
    #[must_use]
    pub fn in_all(&self) -> Option<u64> {
        match self.spec.counts {
            Counts::Sums => None,
            Counts::Units(_) if self.spec.several => Some(u64::from(self.families)),
            Counts::Units(_) => Some(self.units.values().flatten().map(|(.., amount)| u64::from(*amount)).sum()),
        }
    }

    /// How many families there are in all.
    #[must_use]
    pub const fn families(&self) -> u32 {
        self.families
    }

    /// How many came, left and moved from an earlier day to this one; of a table of a period, how much was put in and
    /// taken out between two frames of it, and none between two periods.
    #[must_use]
    pub fn changes_since(&self, earlier: &Self, from: When, to: When) -> Option<Known> {
        let OverTime::Day { next, .. } = &self.spec.over_time else {
            return (from.quarter == to.quarter).then(|| self.apart(&[earlier], from, to));
        };
        let missing = |of: &Self, from: &Self| of.units.keys().filter(|unit| !from.units.contains_key(unit)).count() as u64;
        let reach = reach(next, to.quarter.abs_diff(from.quarter));
        let moved = self.units.iter().filter(|(unit, places)| {
            let was = earlier.units.get(unit).and_then(|places| places.first());
            was.zip(places.first()).is_some_and(|(was, is)| was.1 != is.1 || !reach[was.0].contains(&is.0))
        });
        // Who is asked anew tells another answer: nobody beside the team can know of how many that is so.
        let moved = if self.spec.several { Vec::new() } else { vec![moved.count() as u64] };
        Some(Known { spec: self.spec.name.clone(), from, to, joined: missing(self, earlier), left: missing(earlier, self), moved })
    }

    /// How many were recorded and how many taken back since the periods that a year is made of were counted, those of them
    /// that were; none of a table that is not made of others.
    #[must_use]
    pub fn changes_over(&self, periods: &[&Self], day: When) -> Option<Known> {
        matches!(self.spec.over_time, OverTime::Periods { .. }).then(|| self.apart(periods, day, day))
    }

    /// How much this counts that others do not, and they that this does not, place by place of each unit.
    fn apart(&self, others: &[&Self], from: When, to: When) -> Known {
        let mut apart: BTreeMap<(Uuid, usize, usize), i64> = BTreeMap::new();
        for (counted, sign) in std::iter::once((self, 1)).chain(others.iter().map(|other| (*other, -1))) {
            for (unit, places) in &counted.units {
                for (class, column, amount) in places {
                    *apart.entry((*unit, *class, *column)).or_default() += sign * i64::from(*amount);
                }
            }
        }
        let (joined, left) = apart
            .values()
            .fold((0, 0), |(more, less), apart| (more + (*apart).max(0).unsigned_abs(), less + (*apart).min(0).unsigned_abs()));
        Known { spec: self.spec.name.clone(), from, to, joined, left, moved: Vec::new() }
    }
}

/// The classes that each class leads to by itself after so many quarters.
fn reach(next: &[Vec<usize>], quarters: u32) -> Vec<BTreeSet<usize>> {
    let mut reach: Vec<BTreeSet<usize>> = (0..next.len()).map(|class| BTreeSet::from([class])).collect();
    for _ in 0..quarters {
        for classes in &mut reach {
            *classes = classes.iter().flat_map(|class| next[*class].iter().copied()).collect();
        }
    }
    reach
}

/// Counts every table of a period in a record as it was.
///
/// # Errors
/// When the record cannot be read.
pub fn count(conn: &Db, period: Period) -> Result<Vec<Counted>> {
    let held = Held::read(conn)?;
    let model = lists::model(conn)?;
    specs::specs(period, &model)
        .into_iter()
        .map(|spec| {
            let counting = Counting { conn, held: &held, period };
            match spec.name.as_str() {
                specs::BY_AGE => Ok(counting.by_age(spec)),
                specs::BY_STEP => counting.by_step(spec),
                specs::BY_GROUP => counting.by_group(spec),
                specs::CONTACTS | specs::CONTACTS_OF_YEAR => counting.contacts(spec),
                _ => Ok(counting.opened(spec)),
            }
        })
        .collect()
}

/// What most tables are counted from.
struct Held {
    episodes: Vec<Episode>,
    infants: Vec<(Person, Timestamp)>,
    /// The families, numbered.
    numbers: BTreeMap<FamilyId, u32>,
}

impl Held {
    fn read(conn: &Db) -> Result<Self> {
        let (episodes, infants) = (counts::episodes(conn)?, counts::infants(conn)?);
        let families: BTreeSet<FamilyId> = episodes.iter().map(|episode| episode.family).collect();
        Ok(Self { episodes, infants, numbers: families.into_iter().zip(0..).collect() })
    }

    /// Families with an episode that was open on one of these days.
    fn open(&self, from: NaiveDate, to: NaiveDate) -> BTreeSet<FamilyId> {
        let open = |episode: &&Episode| episode.opened_on <= to && episode.closed_on.is_none_or(|closed| closed > from);
        self.episodes.iter().filter(open).map(|episode| episode.family).collect()
    }

    /// The day on which each family was first opened in a period.
    fn opened(&self, from: NaiveDate, to: NaiveDate) -> BTreeMap<FamilyId, NaiveDate> {
        let mut opened: BTreeMap<FamilyId, NaiveDate> = BTreeMap::new();
        for episode in self.episodes.iter().filter(|episode| (from..=to).contains(&episode.opened_on)) {
            opened.entry(episode.family).and_modify(|day| *day = episode.opened_on.min(*day)).or_insert(episode.opened_on);
        }
        opened
    }
}

struct Counting<'a> {
    conn: &'a Db,
    held: &'a Held,
    period: Period,
}

impl Counting<'_> {
    fn last_day(&self) -> NaiveDate {
        self.period.last_day()
    }

    fn until(&self) -> Timestamp {
        start_of(self.last_day().succ_opt().unwrap_or_default())
    }

    fn open(&self) -> BTreeSet<FamilyId> {
        self.held.open(self.last_day(), self.last_day())
    }

    /// Families that were open on a day of the period: those of whom what happened in it could be.
    fn open_in_period(&self) -> u32 {
        size(&self.held.open(self.period.first_day(), self.last_day()))
    }

    fn by_age(&self, spec: Spec) -> Counted {
        let open = self.open();
        let day = self.last_day();
        self.infants(spec, size(&open), |family| open.contains(&family).then_some(day))
    }

    fn opened(&self, spec: Spec) -> Counted {
        let opened = self.held.opened(self.period.first_day(), self.last_day());
        self.infants(spec, self.open_in_period(), |family| opened.get(&family).copied())
    }

    fn infants(&self, spec: Spec, families: u32, day_of: impl Fn(FamilyId) -> Option<NaiveDate>) -> Counted {
        let mut counted = Counted { spec, families, units: BTreeMap::new(), whose: BTreeMap::new() };
        for (infant, recorded) in &self.held.infants {
            let Some(class) = day_of(infant.family).and_then(|day| AgeClass::on(infant, *recorded, day)) else { continue };
            counted.units.insert(infant.id.0, vec![(class.number(), 0, 1)]);
            counted.whose.insert(infant.id.0, self.held.numbers[&infant.family]);
        }
        counted
    }

    fn by_step(&self, spec: Spec) -> Result<Counted> {
        let steps: BTreeMap<FamilyId, u8> = counts::steps_before(self.conn, self.until())?.into_iter().collect();
        let place = |family: FamilyId| {
            let step = steps.get(&family).map(|step| usize::from(*step)).filter(|step| (1..=specs::STEPS).contains(step));
            vec![(step.map_or(specs::STEPS, |step| step - 1), 0, 1)]
        };
        Ok(self.families(spec, place))
    }

    fn by_group(&self, spec: Spec) -> Result<Counted> {
        let answers = counts::answers_before(self.conn, self.until())?;
        let groups: Vec<_> = specs::groups().collect();
        let place = |family: FamilyId| {
            let each = groups.iter().enumerate().map(|(class, group)| {
                let of = answers.iter().filter(|(whose, of, _)| *whose == family && of == group).map(|(.., answer)| *answer);
                (class, GroupAsked::of(of) as usize, 1)
            });
            each.collect()
        };
        Ok(self.families(spec, place))
    }

    fn families(&self, spec: Spec, place: impl Fn(FamilyId) -> Vec<(usize, usize, u32)>) -> Counted {
        let open = self.open();
        Counted {
            spec,
            families: size(&open),
            units: open.iter().map(|family| (family.0, place(*family))).collect(),
            whose: open.iter().map(|family| (family.0, self.held.numbers[family])).collect(),
        }
    }

    fn contacts(&self, spec: Spec) -> Result<Counted> {
        let mut counted = Counted { spec, families: self.open_in_period(), units: BTreeMap::new(), whose: BTreeMap::new() };
        let mut sums: BTreeMap<(FamilyId, usize, usize), u32> = BTreeMap::new();
        for contact in counts::contacts_between(self.conn, start_of(self.period.first_day()), self.until())? {
            if let (Some(class), Some(column)) = (specs::place_of(contact.kind), specs::place_of(contact.outcome)) {
                *sums.entry((contact.family, class, column)).or_default() += 1;
            }
        }
        for ((family, class, column), amount) in sums {
            let Some(number) = self.held.numbers.get(&family) else { continue };
            counted.units.entry(family.0).or_default().push((class, column, amount));
            counted.whose.insert(family.0, *number);
        }
        Ok(counted)
    }
}

fn start_of(day: NaiveDate) -> Timestamp {
    Timestamp::from_local(day.and_hms_opt(0, 0, 0).unwrap_or_default())
}

fn size(families: &BTreeSet<FamilyId>) -> u32 {
    u32::try_from(families.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
