use super::*;
use crate::codes::Code;
use crate::schema::SCHEMA;
use crate::store::testing::plan;

/// Every statement of Today and the caseload goes to its lines by an index of the reader's list, and those in the
/// order of an index are not sorted.
#[test]
fn a_page_and_a_count_are_read_off_an_index() {
    let of_today: Vec<_> = TodaySection::ALL.iter().filter_map(|section| section_sql(*section)).collect();
    let mut sorted_already = vec![NEXT_BOOKED.to_owned()];
    let mut all: Vec<String> = of_today.iter().map(|(count, _)| format!("SELECT {count}")).collect();
    all.extend(CaseloadFilter::ALL.iter().map(|filter| format!("SELECT {}", filter_count(*filter))));
    sorted_already.extend(of_today.into_iter().map(|(_, page)| page));
    for sort in CaseloadSort::ALL {
        sorted_already.push(Part(CaseloadFilter::Open, *sort).page(true));
        for filter in CaseloadFilter::ALL {
            all.extend([true, false].map(|few| Part(*filter, *sort).page(few)));
        }
    }
    all.extend(sorted_already.iter().cloned());
    for sql in all {
        let plan = plan(&SCHEMA, &sql).unwrap();
        let whole = |step: &String| step.starts_with("SCAN") && !step.starts_with("SCAN CONSTANT ROW");
        assert!(!plan.iter().any(whole), "{sql}: {plan:#?}");
        for step in plan.iter().filter(|step| step.contains("listed") || step.contains("tally")) {
            assert!(step.contains("(reader=? AND team=?"), "{sql}: {plan:#?}");
        }
        let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(!(sorts && sorted_already.contains(&sql)), "{sql}: {plan:#?}");
    }
}
