//! What is counted is what a naive recount counts of what was entered, and stays so while the record goes on.

mod entered;
mod naive;

use super::*;
use crate::release::Quarter;
use crate::schema::COUNTED;
use crate::store::log;
use crate::store::rebuild::rebuild_at;

use entered::Entered;

type Sums = BTreeMap<(String, String, String), u32>;

/// What is counted of a record as it was, by what people call its places.
fn counted(conn: &Db, reached: &log::Reached, period: Period) -> Sums {
    let was = rebuild_at(conn, &COUNTED, reached).unwrap();
    let mut sums = Sums::new();
    for table in count(&was, period).unwrap() {
        let spec = table.spec();
        for ((class, column), amount) in table.sums() {
            let column = spec.columns.get(column).cloned().unwrap_or_default();
            sums.insert((spec.name.clone(), spec.classes[class].clone(), column), amount);
        }
        sums.insert((spec.name.clone(), "families".to_owned(), String::new()), table.families());
    }
    sums.retain(|_, amount| *amount > 0);
    sums
}

fn caseloads() -> u64 {
    std::env::var("ATTUNE_CASELOADS").ok().and_then(|caseloads| caseloads.parse().ok()).unwrap_or(10)
}

const PERIODS: [&str; 7] = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2025-26", "2026-27"];

#[test]
fn every_count_is_what_a_naive_recount_counts_and_later_entries_change_none() {
    let mut met = BTreeSet::new();
    for seed in 0..caseloads() {
        let mut entered = Entered::begin(seed);
        let mut frames = Vec::new();
        while entered.go_on() {
            frames.push((log::reached(&entered.conn).unwrap(), entered.now()));
        }
        let period = Period::parse(PERIODS[entered.dice.below(PERIODS.len())]).unwrap();
        let (middle, end) = (&frames[frames.len() / 2 + entered.dice.below(frames.len() / 2)], frames.last().unwrap());
        for (reached, at) in [middle, end] {
            let naive = naive::recount(&entered, *at, period);
            assert_eq!(counted(&entered.conn, reached, period), naive, "seed {seed}: {} as recorded by {at:?}", period.code());
            met.extend(naive.into_keys());
        }
    }
    assert!(met.len() > 120, "caseloads are of many kinds: {}", met.len());
}

#[test]
fn how_many_came_left_and_moved_is_told_unit_by_unit() {
    let counted = |places: &[(u128, usize)], quarter: &str| {
        let period = Period::Quarter(Quarter::parse(quarter).unwrap());
        let spec = specs::specs(period, &crate::placement::model::StepModel::example().unwrap()).remove(0);
        let units: BTreeMap<Uuid, Vec<(usize, usize, u32)>> =
            places.iter().map(|(unit, class)| (Uuid::from_u128(*unit), vec![(*class, 0, 1)])).collect();
        let whose = units.keys().map(|unit| (*unit, 0)).collect();
        Counted { spec, families: 1, units, whose }
    };
    let when = |quarter, frame| When { quarter, frame };
    let of = |cell| AgeClass::Months(cell).number();
    let earlier = counted(&[(1, 0), (2, of(0)), (3, of(1)), (4, of(11)), (5, AgeClass::Older.number())], "2026-Q2");
    let later = counted(&[(1, of(0)), (2, of(1)), (3, of(1)), (4, AgeClass::Older.number()), (6, of(4))], "2026-Q3");
    let known = later.changes_since(&earlier, when(1, 0), when(2, 0)).unwrap();
    assert_eq!((known.joined, known.left, known.moved), (1, 1, vec![1]), "one came, one left, and the third was not a quarter older");
    let anew = later.changes_since(&earlier, when(1, 0), when(1, 1)).unwrap();
    assert_eq!(anew.moved, vec![3], "of one day nobody is older in another frame");
    let two_on = counted(&[(1, of(1)), (2, of(2))], "2026-Q4");
    assert_eq!(two_on.changes_since(&earlier, when(1, 0), when(3, 0)).unwrap().moved, vec![0], "two quarters later");
}

#[test]
fn a_year_differs_from_its_quarters_by_what_was_recorded_later_and_taken_back() {
    let model = crate::placement::model::StepModel::example().unwrap();
    let spec_of = |code: &str| specs::specs(Period::parse(code).unwrap(), &model).remove(3);
    let counted = |code: &str, places: &[(u128, usize, u32)]| {
        let units = places.iter().map(|(unit, class, amount)| (Uuid::from_u128(*unit), vec![(*class, 0, *amount)])).collect();
        Counted { spec: spec_of(code), families: 3, units, whose: BTreeMap::new() }
    };
    let (spring, summer) = (counted("2026-Q2", &[(1, 0, 4), (2, 1, 1)]), counted("2026-Q3", &[(1, 0, 2), (3, 0, 7)]));
    let year = counted("2026-27", &[(1, 0, 7), (2, 1, 1), (3, 0, 5)]);
    let known = year.changes_over(&[&spring, &summer], When { quarter: 4, frame: 1 }).unwrap();
    assert_eq!((known.joined, known.left), (1, 2));
    assert_eq!(known.from, known.to, "it is not taken for what was put right between two frames of the year");
    assert!(spring.changes_over(&[], When { quarter: 1, frame: 0 }).is_none());
}
