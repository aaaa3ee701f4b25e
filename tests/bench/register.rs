//! The figures of a quarter, protected beside 40 releases that have left, against the same beside none.
//! The tables are those of Attune; the caseload is made up, and a few families come, go and move in each quarter.

use std::collections::BTreeMap;

use attune_core::placement::model::StepModel;
use attune_core::release::{Period, specs};
use attune_disclosure::{Ask, Contribution, InAll, Known, OverTime, Proof, Publication, Rule, Spec, Tally, When, protect};

use crate::measure::{Figure, in_turns};

/// So many releases have left.
const RELEASES: i32 = 40;
/// Families at the beginning.
const FAMILIES: usize = 90;
/// At most so many join, leave and move in a quarter.
const TURNOVER: u64 = 4;
/// How often the last one is made.
const TURNS: usize = 3;

/// Makes the series, and measures the last of it.
pub fn figures() {
    let model = StepModel::example().unwrap();
    let specs = specs::specs(Period::parse("2026-Q3").unwrap(), &model);
    let mut caseload = Caseload { families: Vec::new(), next: 0, chance: 7 };
    (0..FAMILIES).for_each(|_| caseload.join());
    let mut days: Vec<(When, Vec<Counted>)> = Vec::new();
    let mut before: Vec<Publication> = Vec::new();
    let mut proved: Option<Proof> = None;
    let key = [7; 32];
    for quarter in 0..=RELEASES {
        caseload.quarter();
        let when = When { quarter, frame: 0 };
        days.push((when, specs.iter().map(|spec| caseload.counted(spec)).collect()));
        let now = &days.last().unwrap().1;
        let families = u32::try_from(caseload.families.len()).unwrap();
        let tables = specs.iter().zip(now).map(|(spec, counted)| (counted.tally(spec, families), 0)).collect();
        let ask = Ask {
            name: format!("quarter {quarter}"),
            when,
            leaves: true,
            rule: Rule::QUARTER,
            tables,
            links: specs::links(),
            key: &key,
            before: &before,
            known: known(&specs, &days),
            in_all: in_all(&specs, &days),
            proved: proved.as_ref(),
        };
        if quarter == RELEASES {
            let alone = Ask { before: &[], known: Vec::new(), in_all: Vec::new(), proved: None, ..ask.clone() };
            let made = |ask: &Ask<'_>| protect(ask, &mut || true).unwrap();
            let (ours, raw) = (0..TURNS).map(|_| in_turns(1, || made(&ask), || made(&alone))).unzip();
            let name = format!("figures of a quarter protected beside {RELEASES} releases, against beside none");
            Figure { name: &name, unit: "ms", ours, raw, expected: "ours <= 3000", n: TURNS }.print();
            let outcome = made(&ask);
            let bytes = |proof: &Proof| serde_json::to_vec(proof).unwrap().len();
            let kilobytes = f64::from(u32::try_from(bytes(&outcome.insider)).unwrap()) / 1e3;
            let outside = f64::from(u32::try_from(bytes(&outcome.outsider)).unwrap()) / 1e3;
            let name = "the proof that stays in the register, against the one that leaves";
            Figure { name, unit: "kB", ours: vec![kilobytes], raw: vec![outside], expected: "", n: 1 }.print();
            for spec in &specs {
                let of = before.iter().flat_map(|publication| &publication.tables).filter(|table| table.name() == spec.name);
                eprintln!(
                    "{}: {} of {RELEASES} tables are withheld in the series",
                    spec.title,
                    of.filter(|table| table.is_withheld()).count()
                );
            }
        } else {
            let outcome = protect(&ask, &mut || true).unwrap();
            before.push(outcome.publication);
            proved = Some(outcome.insider);
        }
    }
}

/// Class, column, how many.
type Place = (usize, usize, u32);

/// Where each unit is counted in a table, and whose it is.
struct Counted(BTreeMap<u64, (u32, Vec<Place>)>);

impl Counted {
    fn tally(&self, spec: &Spec, families: u32) -> Tally {
        let each = |(who, places): &(u32, Vec<Place>)| {
            let who = *who;
            places.iter().map(move |&(class, column, amount)| Contribution { who, class, column, amount }).collect::<Vec<_>>()
        };
        Tally::new(spec.clone(), families, self.0.values().flat_map(each).collect())
    }

    fn in_all(&self, spec: &Spec) -> u64 {
        if spec.several {
            self.0.len() as u64
        } else {
            self.0.values().flat_map(|(_, places)| places).map(|place| u64::from(place.2)).sum()
        }
    }
}

fn in_all(specs: &[Spec], days: &[(When, Vec<Counted>)]) -> Vec<InAll> {
    let each = |(when, counted): &(When, Vec<Counted>)| {
        let when = *when;
        let of = specs.iter().zip(counted).filter(|(spec, _)| spec.unit != "contacts");
        of.map(move |(spec, counted)| InAll { spec: spec.name.clone(), when, count: counted.in_all(spec) }).collect::<Vec<_>>()
    };
    days.iter().flat_map(each).collect()
}

/// What is known of every two days.
fn known(specs: &[Spec], days: &[(When, Vec<Counted>)]) -> Vec<Known> {
    let mut known = Vec::new();
    for (at, (to, later)) in days.iter().enumerate() {
        for (from, earlier) in &days[..at] {
            for ((spec, later), earlier) in specs.iter().zip(later).zip(earlier) {
                let OverTime::Day { next, .. } = &spec.over_time else { continue };
                let missing = |of: &Counted, from: &Counted| of.0.keys().filter(|unit| !from.0.contains_key(unit)).count() as u64;
                let moved = later.0.iter().filter(|(unit, (_, places))| {
                    earlier.0.get(unit).is_some_and(|(_, was)| !leads(next, was[0].0, places[0].0, to.quarter - from.quarter))
                });
                let moved = if spec.several { Vec::new() } else { vec![moved.count() as u64] };
                let (joined, left) = (missing(later, earlier), missing(earlier, later));
                known.push(Known { spec: spec.name.clone(), from: *from, to: *to, joined, left, moved });
            }
        }
    }
    known
}

/// Whether a class leads to another by itself after so many quarters.
fn leads(next: &[Vec<usize>], from: usize, to: usize, quarters: i32) -> bool {
    let mut reach = vec![from];
    for _ in 0..quarters {
        reach = reach.iter().flat_map(|class| next[*class].clone()).collect();
        reach.sort_unstable();
        reach.dedup();
    }
    reach.contains(&to)
}

struct Family {
    number: u32,
    infants: Vec<(u64, usize)>,
    step: usize,
    answers: Vec<usize>,
    contacts: Vec<(usize, usize)>,
    is_new: bool,
}

struct Caseload {
    families: Vec<Family>,
    next: u32,
    chance: u64,
}

impl Caseload {
    /// One of so many, the same in every run.
    fn below(&mut self, many: u64) -> usize {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.chance >> 33) % many).unwrap()
    }

    fn join(&mut self) {
        self.next += 1;
        let (number, age) = (self.next, self.below(12));
        let infants = if self.below(12) == 0 { 2 } else { 1 };
        let family = Family {
            number,
            infants: (0..infants).map(|twin| (u64::from(number) * 10 + twin, age)).collect(),
            step: self.below(5).min(self.below(6)),
            answers: specs::groups().map(|_| self.below(3)).collect(),
            contacts: Vec::new(),
            is_new: true,
        };
        self.families.push(family);
    }

    /// A quarter goes by.
    fn quarter(&mut self) {
        for at in 0..self.families.len() {
            let contacts = (0..self.below(9)).map(|_| (self.below(6).min(self.below(10)), self.below(4).min(self.below(6)))).collect();
            let born = self.below(2);
            let family = &mut self.families[at];
            (family.contacts, family.is_new) = (contacts, false);
            family.infants.iter_mut().for_each(|(_, class)| *class = if *class == 0 { born } else { (*class + 1).min(13) });
        }
        for _ in 0..self.below(TURNOVER + 1) {
            let at = self.below(self.families.len() as u64);
            self.families.swap_remove(at);
        }
        for _ in 0..self.below(TURNOVER + 1) {
            let (at, step) = (self.below(self.families.len() as u64), self.below(5));
            self.families[at].step = step;
        }
        for _ in 0..self.below(TURNOVER + 1) {
            self.join();
        }
    }

    fn counted(&self, spec: &Spec) -> Counted {
        let mut units = BTreeMap::new();
        for family in &self.families {
            let number = u64::from(family.number);
            match spec.name.as_str() {
                specs::BY_STEP => drop(units.insert(number, (family.number, vec![(family.step, 0, 1)]))),
                specs::BY_GROUP => {
                    let places = family.answers.iter().enumerate().map(|(group, answer)| (group, *answer, 1)).collect();
                    units.insert(number, (family.number, places));
                }
                specs::CONTACTS => {
                    let places = family.contacts.iter().map(|(kind, outcome)| (*kind, *outcome, 1)).collect();
                    units.insert(number, (family.number, places));
                }
                specs::OPENED if !family.is_new => {}
                _ => units.extend(family.infants.iter().map(|(infant, class)| (*infant, (family.number, vec![(*class, 0, 1)])))),
            }
        }
        Counted(units)
    }
}
