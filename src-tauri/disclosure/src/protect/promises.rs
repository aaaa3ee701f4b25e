//! What docs/disclosure.md promises of the protector, one by one.

use proptest::prelude::*;

use super::*;
use crate::publication::{Cell, When};
use crate::rule::Rule;
use crate::spec::{Banding, Counts, Line, OverTime, Spec, Zeros};
use crate::tally::{Contribution, Tally};
use crate::testing::spec;
use crate::{Known, simulated};

const SECRET: [u8; 32] = [7; 32];

/// So many families in each class (and column).
fn tally(spec: &Spec, counts: &[u32]) -> Tally {
    let width = spec.width();
    let one = |(place, who): (usize, u32)| Contribution { who, class: place / width, column: place % width, amount: 1 };
    let places = counts.iter().enumerate().flat_map(|(place, count)| (0..*count).map(move |_| place));
    let contributions: Vec<Contribution> = places.zip(0..).map(one).collect();
    let frame = u32::try_from(contributions.len()).unwrap();
    Tally::new(spec.clone(), frame, contributions)
}

fn ask<'a>(tables: Vec<Tally>, before: &'a [Publication], rule: Rule) -> Ask<'a> {
    Ask {
        name: "2026-Q3".into(),
        when: When { quarter: 0, frame: 0 },
        leaves: true,
        rule,
        tables: tables.into_iter().map(|tally| (tally, 0)).collect(),
        links: Vec::new(),
        key: &SECRET,
        before,
        known: Vec::new(),
        in_all: Vec::new(),
        proved: None,
    }
}

fn protected(ask: &Ask<'_>) -> Outcome {
    let outcome = protect(ask, &mut || true).unwrap();
    assert_eq!((outcome.insider.check(), outcome.outsider.check()), (Ok(()), Ok(())));
    outcome
}

/// The values that a hidden place has in the worlds of a proof.
fn values(proof: &Proof, release: &str, line: &str) -> Vec<i64> {
    let cell = proof.cells.iter().position(|cell| cell.release == release && cell.line == line).unwrap();
    let mut values: Vec<i64> = proof.witnesses.iter().map(|world| attune_proof::total(&proof.cells[cell].sum, world).unwrap()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[test]
fn a_series_of_ages_cannot_be_subtracted() {
    // One unborn infant and two small bands, then a quarter in which one more joined: by subtracting,
    // the unborn were told.
    let ages = simulated::specs(Zeros::Hidden).swap_remove(0);
    let of = |counts: [u32; 6]| {
        let classes = [0, 1, 3, 6, 10, 13];
        let mut all = vec![0; ages.classes.len()];
        classes.iter().zip(counts).for_each(|(class, count)| all[*class] = count);
        tally(&ages, &all)
    };
    let first = protected(&ask(vec![of([1, 4, 3, 8, 5, 0])], &[], Rule::QUARTER));
    let later = Ask {
        name: "2026-Q4".into(),
        when: When { quarter: 1, frame: 0 },
        known: vec![Known {
            spec: ages.name.clone(),
            from: When { quarter: 0, frame: 0 },
            to: When { quarter: 1, frame: 0 },
            joined: 1,
            left: 0,
            moved: vec![0],
        }],
        ..ask(vec![of([2, 4, 4, 7, 5, 0])], std::slice::from_ref(&first.publication), Rule::QUARTER)
    };
    let later = protected(&later);
    for release in ["2026-Q3", "2026-Q4"] {
        if later.publication.tables[0].is_withheld() && release == "2026-Q4" {
            continue;
        }
        let unborn = values(&later.insider, release, "Unborn");
        assert!((0..5).all(|count| unborn.contains(&count)), "{release}: {unborn:?}");
    }
}

#[test]
fn two_frames_around_one_new_family_tell_nothing_of_it() {
    let contacts = simulated::specs(Zeros::Hidden).swap_remove(3);
    let mut counts: Vec<u32> = vec![30, 12, 11, 25, 14, 4, 22, 11, 12, 15, 12, 13, 16, 12, 13];
    let first = protected(&ask(vec![tally(&contacts, &counts)], &[], Rule::QUARTER));
    counts[5] += 2;
    let again = Ask {
        name: "2026-Q3 again".into(),
        when: When { quarter: 0, frame: 1 },
        known: vec![Known {
            spec: contacts.name.clone(),
            from: When { quarter: 0, frame: 0 },
            to: When { quarter: 0, frame: 1 },
            joined: 2,
            left: 0,
            moved: Vec::new(),
        }],
        ..ask(vec![tally(&contacts, &counts)], std::slice::from_ref(&first.publication), Rule::QUARTER)
    };
    let again = protected(&again);
    let place = "Kind 1 · Was not brought";
    for release in ["2026-Q3", "2026-Q3 again"] {
        let shown = again.insider.cells.iter().any(|cell| cell.release == release && cell.line == place);
        if shown {
            let values = values(&again.insider, release, place);
            assert!((0..5).all(|count| values.contains(&count)), "{release}: {values:?}");
        }
    }
}

#[test]
fn what_was_only_looked_at_is_in_no_proof_that_leaves() {
    let ages = simulated::specs(Zeros::Hidden).swap_remove(0);
    let counts: Vec<u32> = (0..14).map(|class| [3, 9, 14, 6][class % 4]).collect();
    let day = When { quarter: 0, frame: 2 };
    let asked = |name: &str, banding, leaves, before| Ask {
        name: name.into(),
        when: day,
        tables: vec![(tally(&ages, &counts), banding)],
        leaves,
        ..ask(Vec::new(), before, Rule::QUARTER)
    };
    let first = protected(&asked("2026-Q3", 0, true, &[])).publication;
    let look = protected(&asked("2026-Q3 look 2", 1, false, std::slice::from_ref(&first))).publication;
    assert_eq!((first.left, look.left), (true, false));
    let before = [first.clone(), look];
    let second = protected(&asked("2026-Q3 (2)", 0, true, &before));
    let releases = |proof: &Proof| {
        let mut names: Vec<String> = proof.cells.iter().map(|cell| cell.release.clone()).collect();
        names.dedup();
        names
    };
    assert_eq!(releases(&second.outsider), ["2026-Q3", "2026-Q3 (2)"]);
    assert!(releases(&second.insider).contains(&"2026-Q3 look 2".to_owned()));
    let alone = protected(&asked("2026-Q3 (2)", 0, true, std::slice::from_ref(&first)));
    assert_eq!(second.outsider, alone.outsider, "as if nobody had looked");
    assert!(!serde_json::to_string(&second.outsider).unwrap().contains("again"), "nor how often it was counted");
}

#[test]
fn a_table_of_too_few_is_withheld_and_says_nothing_of_why() {
    let few = protected(&ask(vec![tally(&spec(3), &[6, 6, 7])], &[], Rule::QUARTER));
    assert_eq!(few.verdicts[0].withheld, Some(Withheld::TooFew));
    let one = Rule { base: 1, ..Rule::QUARTER };
    let alone = protected(&ask(
        vec![tally(&Spec { zeros: Zeros::Shown, ..spec(2) }, &[3, 0]), tally(&spec(3), &[9, 9, 9])],
        &[],
        Rule { smallest_frame: 3, ..one },
    ));
    assert_eq!(few.publication.tables[0], Protected { spec: spec(3), banding: 0, cells: Vec::new() });
    assert!(!alone.publication.tables[1].is_withheld());
}

#[test]
fn zeros_are_hidden_as_small_counts_are_unless_they_are_printed() {
    let table = |zeros| {
        let outcome = protected(&ask(vec![tally(&Spec { zeros, ..spec(4) }, &[0, 12, 3, 30])], &[], Rule::YEAR));
        outcome.publication.tables.into_iter().next().unwrap()
    };
    assert_eq!((table(Zeros::Hidden).cell(0, 0), table(Zeros::Hidden).cell(2, 0)), (Cell::Hidden, Cell::Hidden));
    assert_eq!((table(Zeros::Shown).cell(0, 0), table(Zeros::Shown).cell(2, 0)), (Cell::Shown(0), Cell::Hidden));
}

#[test]
fn what_nobody_can_be_in_is_printed_as_zero() {
    let impossible = Spec { impossible: vec![(0, 0)], ..spec(4) };
    let outcome = protected(&ask(vec![tally(&impossible, &[0, 12, 3, 30])], &[], Rule::QUARTER));
    assert_eq!(outcome.publication.tables[0].cell(0, 0), Cell::Shown(0));
}

#[test]
fn a_sum_of_few_families_or_mostly_of_one_is_hidden() {
    let contacts = Spec { counts: Counts::Sums, over_time: OverTime::Period, ..spec(3) };
    let many = |class, who, amount| (0..who).map(move |who| Contribution { who, class, column: 0, amount });
    let mostly = (0..12).map(|who| Contribution { who: who + 40, class: 1, column: 0, amount: if who == 0 { 40 } else { 3 } });
    let contributions = many(0, 30, 2).chain(mostly).chain(many(2, 9, 20)).collect();
    let outcome = protected(&ask(vec![Tally::new(contacts, 60, contributions)], &[], Rule::QUARTER));
    let table = &outcome.publication.tables[0];
    assert_eq!([0, 1, 2].map(|line| table.cell(line, 0)), [Cell::Shown(60), Cell::Hidden, Cell::Hidden]);
}

#[test]
fn infants_of_few_families_are_hidden() {
    let infants = Spec { counts: Counts::Units(2), ..spec(3) };
    let twins = (0..3).flat_map(|who| [who, who]).map(|who| Contribution { who, class: 0, column: 0, amount: 1 });
    let others = (10..40).map(|who| Contribution { who, class: 1 + (who as usize % 2), column: 0, amount: 1 });
    let outcome = protected(&ask(vec![Tally::new(infants, 33, twins.chain(others).collect())], &[], Rule::QUARTER));
    assert_eq!(outcome.publication.tables[0].cell(0, 0), Cell::Hidden, "six infants of three families");
}

#[test]
fn a_family_with_triplets_finds_every_small_number_of_another_line_possible() {
    let infants = Spec { counts: Counts::Units(3), ..spec(5) };
    // Three of one family, and one of another: to the family the two hidden lines are told by the total, unless more is hidden.
    let triplets = [0, 0, 0].map(|who| (who, 0)).into_iter().chain([(1, 1)]);
    let others = (2..62).map(|who| (who, 2 + who as usize % 3));
    let contributions = triplets.chain(others).map(|(who, class)| Contribution { who, class, column: 0, amount: 1 }).collect();
    let outcome = protected(&ask(vec![Tally::new(infants, 62, contributions)], &[], Rule { base: 1, ..Rule::QUARTER }));
    let proof = &outcome.outsider;
    let cell = |line: &str| proof.cells.iter().position(|cell| cell.line == line).unwrap();
    let (own, other) = (&proof.cells[cell("Step 0")], &proof.cells[cell("Step 1")]);
    assert_eq!((own.printed.as_str(), other.printed.as_str()), ("[c]", "[c]"));
    let of = |cell: &attune_proof::Cell, world: &[i64]| attune_proof::total(&cell.sum, world).unwrap();
    for small in 0..5 {
        assert!(proof.witnesses.iter().any(|world| of(own, world) >= 3 && of(other, world) == small), "{small} beside three");
    }
}

#[test]
fn nearly_all_of_a_line_is_hidden_where_it_would_harm() {
    let columns = ["Yes", "No"].map(str::to_owned).to_vec();
    let sensitive = Spec { columns, sensitive: true, zeros: Zeros::Shown, ..spec(3) };
    let outcome = protected(&ask(vec![tally(&sensitive, &[30, 0, 12, 14, 15, 11])], &[], Rule::YEAR));
    assert_eq!(outcome.publication.tables[0].cell(0, 0), Cell::Hidden, "everybody of that line is in one column");
}

#[test]
fn told_to_stop_it_stops() {
    let tables = vec![tally(&spec(4), &[3, 12, 9, 30])];
    assert_eq!(protect(&ask(tables.clone(), &[], Rule::QUARTER), &mut || false).unwrap_err(), Stopped::Told);
    assert_eq!(advise(&ask(tables, &[], Rule::QUARTER), "caseload_by_step", &mut || false).unwrap_err(), Stopped::Told);
}

#[test]
fn a_refusal_names_a_release_where_one_is_the_cause_and_a_look_where_only_looks_are() {
    let mut steps = spec(3);
    let labelled = |label: &str, classes: &[usize]| Line { label: label.to_owned(), classes: classes.to_vec() };
    let lines = vec![labelled("Steps 0 and 1", &[0, 1]), labelled("Step 2", &[2])];
    steps.bandings.push(Banding { says: "put steps 0 and 1 together".to_owned(), lines });
    let seen = |name: &str, banding, leaves, before: &[Publication]| {
        let ask = Ask {
            name: name.into(),
            tables: vec![(tally(&steps, &[5, 20, 20]), banding)],
            leaves,
            ..ask(Vec::new(), before, Rule::QUARTER)
        };
        protected(&ask).publication
    };
    let day = |quarter| When { quarter, frame: 0 };
    // One of five leaves: what is hidden now is known to be four at least by whoever knows that one left.
    let later = |before: &[Publication]| {
        let known = vec![Known { spec: steps.name.clone(), from: day(0), to: day(1), joined: 0, left: 1, moved: vec![0] }];
        let ask = Ask { name: "Q1".into(), when: day(1), known, ..ask(vec![tally(&steps, &[4, 20, 20])], before, Rule::QUARTER) };
        let verdict = protected(&ask).verdicts.remove(0);
        match verdict.withheld {
            Some(Withheld::CannotStandBeside { publication, left, .. }) => (publication, left),
            other => panic!("{other:?}"),
        }
    };
    let look = seen("Q0 look", 0, false, &[]);
    let coarse = seen("Q0", 1, true, std::slice::from_ref(&look));
    assert!(!coarse.tables[0].is_withheld());
    assert_eq!(later(&[look.clone(), coarse]), ("Q0 look".to_owned(), false), "the release alone would do no harm");
    let fine = seen("Q0", 0, true, std::slice::from_ref(&look));
    let after = seen("Q0 look again", 0, false, &[look.clone(), fine.clone()]);
    assert_eq!(later(&[look, fine, after]), ("Q0".to_owned(), true), "looks came before it and after it");
}

#[test]
fn advice_names_the_bandings_that_stand_and_the_fewest_hidden_first() {
    let merged = |says: &str, lines: &[&[usize]]| Banding {
        says: says.to_owned(),
        lines: lines.iter().map(|classes| Line { label: format!("{classes:?}"), classes: classes.to_vec() }).collect(),
    };
    let mut spec = spec(4);
    spec.bandings.push(merged("put steps 2 and 3 together", &[&[0], &[1], &[2, 3]]));
    spec.bandings.push(merged("put steps 1 to 3 together", &[&[0], &[1, 2, 3]]));
    let tables = vec![tally(&spec, &[20, 12, 4, 4])];
    let advice = advise(&ask(tables, &[], Rule::QUARTER), "caseload_by_step", &mut || true).unwrap();
    let told: Vec<(usize, usize)> = advice.iter().map(|advice| (advice.banding, advice.hidden)).collect();
    assert_eq!(told, [(1, 0), (2, 0), (0, 2)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two truths that are published as the same have the same proof: no world of it is made of a truth.
    #[test]
    fn the_outsiders_proof_is_made_of_what_is_published_alone(counts in prop::collection::vec(0_u32..30, 5), other in 0_usize..5, more in 0_u32..3) {
        prop_assume!(counts.iter().sum::<u32>() >= 20);
        let mut also = counts.clone();
        also[other] += more;
        let one = protected(&ask(vec![tally(&spec(5), &counts)], &[], Rule::QUARTER));
        let two = protected(&ask(vec![tally(&spec(5), &also)], &[], Rule::QUARTER));
        if one.publication == two.publication {
            prop_assert_eq!(one.outsider, two.outsider);
        }
    }

    /// What is asked again is answered the same.
    #[test]
    fn the_same_counts_are_published_the_same(counts in prop::collection::vec(0_u32..30, 5), base in prop::sample::select(vec![1_u32, 5])) {
        let rule = Rule { base, ..Rule::QUARTER };
        let one = protected(&ask(vec![tally(&spec(5), &counts)], &[], rule));
        let again = ask(vec![tally(&spec(5), &counts)], std::slice::from_ref(&one.publication), rule);
        let two = protected(&Ask { name: "2026-Q3 once more".into(), ..again });
        prop_assert_eq!(one.publication.tables, two.publication.tables);
    }
}

/// Infants are told apart from families by one table of families; where that one is not, another has the same total.
#[test]
fn infants_are_told_apart_from_families_by_whichever_table_of_families_stands() {
    let named = |name: &str| Spec { name: name.into(), title: name.into(), zeros: Zeros::Shown, ..spec(2) };
    let same = Link::Same { one: "caseload_by_step".into(), other: "caseload_by_group".into() };
    let nested = Link::Nested { many: "caseload_by_age".into(), few: "caseload_by_step".into(), says: "families with twins".into() };
    let tables = vec![tally(&named("caseload_by_age"), &[15, 10]), tally(&named("caseload_by_group"), &[14, 10])];
    let published = protected(&Ask { links: vec![same, nested], ..ask(tables, &[], Rule::YEAR) }).publication;
    let total = |at: usize| published.tables[at].total();
    assert!(total(0) == Cell::Nothing || total(1) == Cell::Nothing, "{:?} infants of {:?} families", total(0), total(1));
}

/// Of two ways to put classes together that cross each other, the difference is a number that stands in neither.
#[test]
fn lines_that_cross_those_of_an_earlier_table_do_not_leave() {
    for (first, second) in [([&[0][..], &[1, 2]], [&[0, 1][..], &[2]]), ([&[0, 1][..], &[2]], [&[0][..], &[1, 2]])] {
        let (one, two) = both_ways(1, &first, 1, &second);
        assert!(!one.tables[0].is_withheld() && two.tables[0].is_withheld(), "{first:?} then {second:?}");
    }
    let (_, two) = both_ways(1, &[&[0, 1], &[2]], 1, &[&[0, 1, 2]]);
    assert!(!two.tables[0].is_withheld(), "lines that are put together leave");
}

/// The lines of a specification were changed, and its version with them: both leave of the same families of one day.
#[test]
fn a_later_version_of_a_specification_counts_the_same_families() {
    for second in [&[&[0, 1][..], &[2]][..], &[&[0], &[1, 2]]] {
        let (one, two) = both_ways(1, &[&[0], &[1], &[2]], 2, second);
        let shown = |publication: &Publication, line: usize| match publication.tables[0].cell(line, 0) {
            Cell::Shown(number) => Some(number),
            Cell::Hidden | Cell::Nothing => None,
        };
        let alone = if second[0].len() == 1 { (shown(&two, 1), shown(&one, 2)) } else { (shown(&two, 0), shown(&one, 0)) };
        assert!(alone.0.is_none() || alone.1.is_none(), "{alone:?} tell the 3 families of step 1");
    }
}

/// Two publications of the same 10, 3 and 10 families of one day, each in its version and lines.
fn both_ways(version: u32, first: &[&[usize]], later: u32, second: &[&[usize]]) -> (Publication, Publication) {
    let spec = |version: u32, lines: &[&[usize]]| {
        let lines = lines.iter().map(|classes| Line { label: format!("{classes:?}"), classes: classes.to_vec() }).collect();
        Spec { version, zeros: Zeros::Shown, bandings: vec![Banding { says: String::new(), lines }], ..spec(3) }
    };
    let one = protected(&ask(vec![tally(&spec(version, first), &[10, 3, 10])], &[], Rule::YEAR)).publication;
    let before = [Publication { name: "2026-Q3 before".into(), ..one.clone() }];
    let two = protected(&ask(vec![tally(&spec(later, second), &[10, 3, 10])], &before, Rule::YEAR)).publication;
    (one, two)
}

/// One family was entered late, and a year was counted again: two exact files would say in which lines it is.
#[test]
fn an_exact_table_does_not_leave_beside_the_one_that_it_corrects_by_one_family() {
    let year = Spec { zeros: Zeros::Shown, ..spec(3) };
    let again = |counts: &[u32], before: &[Publication]| {
        let when = When { quarter: 0, frame: 1 };
        let ask = Ask { name: "2026-27 (2)".into(), when, ..ask(vec![tally(&year, counts)], before, Rule::YEAR) };
        protected(&ask)
    };
    let first = protected(&ask(vec![tally(&year, &[10, 8, 20])], &[], Rule::YEAR)).publication;
    let before = [Publication { name: "2026-27".into(), ..first }];
    for (counts, stands) in [([10, 8, 20], true), ([11, 8, 20], false), ([10, 8, 19], false), ([10, 8, 26], true), ([9, 9, 20], false)] {
        let outcome = again(&counts, &before);
        assert_eq!(outcome.publication.tables[0].is_withheld(), !stands, "{counts:?}");
        let beside = matches!(&outcome.verdicts[0].withheld, Some(Withheld::CannotStandBeside { publication, left: true, few: true, .. }) if publication == "2026-27");
        assert_eq!(beside, !stands, "{:?}", outcome.verdicts);
    }
    // What was only looked at was for nobody outside.
    let looked = [Publication { left: false, ..before[0].clone() }];
    assert!(!again(&[11, 8, 20], &looked).publication.tables[0].is_withheld());
}

/// Infants in one file and families in another of the same period, with a new frame between in which nothing was another.
#[test]
fn a_frame_that_was_made_anew_does_not_part_infants_from_families() {
    let named = |name: &str| Spec { name: name.into(), title: name.into(), zeros: Zeros::Shown, ..spec(2) };
    let nested = Link::Nested { many: "caseload_by_age".into(), few: "caseload_by_step".into(), says: "families with twins".into() };
    let of = |table, before| Ask { links: vec![nested.clone()], ..ask(vec![table], before, Rule::YEAR) };
    let first = protected(&of(tally(&named("caseload_by_age"), &[15, 10]), &[])).publication;
    let before = [Publication { name: "2026-27".into(), ..first }];
    for frame in [0, 1] {
        let again = Ask { when: When { quarter: 0, frame }, ..of(tally(&named("caseload_by_step"), &[14, 10]), &before) };
        let outcome = protected(&again);
        let table = &outcome.publication.tables[0];
        assert!(table.is_withheld(), "25 infants of {:?} families", table.total());
        let cause = &outcome.verdicts[0].withheld;
        let beside = |publication: &str, table: &str| (publication, table) == ("2026-27", "caseload_by_age");
        assert!(matches!(cause, Some(Withheld::CannotStandBeside { publication, table, .. }) if beside(publication, table)), "{cause:?}");
    }
}

/// Who knows how many joined knows how many were opened in the period, so that two lines tell the one of the other.
#[test]
fn who_knows_how_many_were_opened_learns_no_small_number_of_them() {
    let opened = Spec { name: "opened".into(), over_time: OverTime::Period, ..spec(2) };
    let outcome = protected(&ask(vec![tally(&opened, &[1, 23])], &[], Rule::QUARTER));
    let proof = &outcome.insider;
    assert!(proof.facts.iter().any(|fact| (fact.least, fact.most) == (Some(24), Some(24))), "24 are known");
    assert_eq!(outcome.publication.tables[0].cell(1, 0), Cell::Hidden);
    // Fewer than the threshold: whoever knows how many knows of each line that it is no more.
    let few = protected(&ask(vec![Tally::new(opened, 30, tally(&spec(2), &[1, 2]).contributions)], &[], Rule::QUARTER));
    assert_eq!(few.verdicts[0].withheld, Some(Withheld::TooFew));
}
