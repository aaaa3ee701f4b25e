//! What was written is read back equal; what no release can be is refused, by its code.

use proptest::prelude::*;

use super::*;
use crate::render::samples::{awkward, quarter, spec, year};
use crate::render::{Release, csv};
use crate::spec::{Banding, Counts, Line as Banded, Zeros};
use crate::{Ask, protect, simulated};

fn specs(release: &Release) -> Vec<Spec> {
    release.publication.tables.iter().map(|table| table.spec.clone()).collect()
}

#[test]
fn the_files_of_a_quarter_and_of_a_year_are_read_back() {
    for release in [quarter(), year()] {
        assert_eq!(read_csv(&csv(&release), &specs(&release)), Ok(release.publication));
    }
}

#[test]
fn what_the_protector_answers_is_read_back() {
    for (rule, zeros) in [(Rule::QUARTER, Zeros::Hidden), (Rule::YEAR, Zeros::Shown)] {
        let specs = simulated::specs(zeros);
        let mut caseload = simulated::Caseload::new(110, 7);
        caseload.quarter(6);
        let ask = Ask {
            name: "2026-Q3".into(),
            when: When { quarter: 8_106, frame: 1 },
            leaves: true,
            rule,
            tables: caseload.tallies(&specs),
            links: simulated::links(),
            key: &[7; 32],
            before: &[],
            known: Vec::new(),
            in_all: Vec::new(),
            proved: None,
        };
        let publication = protect(&ask, &mut || true).unwrap().publication;
        assert!(publication.tables.iter().any(|table| !table.is_withheld()));
        let release = Release { publication, ..quarter() };
        assert_eq!(read_csv(&csv(&release), &specs), Ok(release.publication));
    }
}

#[test]
fn awkward_labels_are_read_back() {
    let release = awkward();
    assert_eq!(read_csv(&csv(&release), &specs(&release)), Ok(release.publication));
}

#[test]
fn a_file_that_a_spreadsheet_has_saved_is_read_back() {
    let release = quarter();
    let text = String::from_utf8(csv(&release)).unwrap();
    let saved = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace("infants\n", "\"infants\"\n");
    assert_eq!(read_csv(saved.as_bytes(), &specs(&release)), Ok(release.publication));
}

/// The code by which the quarter is refused once its file was altered.
fn refused(alter: impl FnOnce(String) -> String) -> &'static str {
    let release = quarter();
    let text = String::from_utf8(csv(&release)).unwrap();
    let altered = alter(text.clone());
    assert_ne!(altered, text, "nothing was altered");
    read_csv(altered.as_bytes(), &specs(&release)).unwrap_err().code()
}

fn instead(one: &'static str, other: &'static str) -> &'static str {
    refused(|text| text.replacen(one, other, 1))
}

#[test]
fn what_is_no_file_of_a_release_is_refused() {
    let read = |bytes: &[u8]| read_csv(bytes, &specs(&quarter())).unwrap_err().code();
    assert_eq!(read(b""), "csv_not_a_release");
    assert_eq!(read(b"Part,Line,Value,Unit\r\n\xff,a,b,c\r\n"), "csv_not_a_release");
    assert_eq!(read("Part,Line,Value,Unit\r\n".as_bytes()), "csv_line_missing");
    assert_eq!(instead("Part,Line,Value,Unit", "Part,Line,Value"), "csv_not_a_release");
    assert_eq!(instead("Part,Line", "Line,Part"), "csv_not_a_release");
}

#[test]
fn another_specification_or_banding_is_refused() {
    assert_eq!(instead("caseload_by_age, version 2", "caseload_by_age, version 3"), "csv_unknown_specification");
    assert_eq!(instead("caseload_by_age,", "caseload,"), "csv_unknown_specification");
    assert_eq!(instead("version 2, banding 1", "version 2, banding 2"), "csv_other_banding");
    assert_eq!(instead("version 2, banding 1", "version 2, banding 01"), "csv_other_banding");
    assert_eq!(instead("version 2, banding 1", "version 2, banding 0"), "csv_line_missing", "its lines are others");
}

#[test]
fn another_rule_is_refused() {
    assert_eq!(instead("Small below,5", "Small below,4"), "csv_other_rule");
    assert_eq!(instead("Rounded to,5", "Rounded to,1"), "csv_other_rule");
    let none = refused(|text| text.replace("Rounded to,5", "Rounded to,0").replace("nearest 5", "nearest 0"));
    assert_eq!(none, "csv_other_rule", "nothing is rounded to the nearest 0");
    assert_eq!(instead("Rounded to,5", "Rounded to,05"), "csv_other_rule");
    assert_eq!(instead("below 5", "below 4"), "csv_other_rule", "the words are not those of the numbers");
}

#[test]
fn a_line_that_is_missing_twice_or_new_is_refused() {
    assert_eq!(instead("Contacts by kind and outcome,Clinic · Attended,40,contacts\r\n", ""), "csv_line_missing");
    assert_eq!(instead("Contacts by kind and outcome,Note,In the quarter.,\r\n", ""), "csv_line_missing");
    assert_eq!(instead("About this release,Log head,9f2c 71aa 03de 5b18,\r\n", ""), "csv_line_missing");
    assert_eq!(instead("Specification,Frame,0,\r\n", ""), "csv_line_missing");
    assert_eq!(instead("Open caseload by step,Withheld,This table is not in this release.,\r\n", ""), "csv_line_missing");
    assert_eq!(instead("hidden so that", "shown so that"), "csv_line_missing");
    let again = |line: &'static str| refused(move |text| text.replacen(line, &format!("{line}{line}"), 1));
    assert_eq!(again("Contacts by kind and outcome,Clinic · Attended,40,contacts\r\n"), "csv_line_twice");
    assert_eq!(again("Contacts by kind and outcome,Note,In the quarter.,\r\n"), "csv_line_twice");
    assert_eq!(again("About this release,Period,July to September 2026,\r\n"), "csv_line_twice");
    assert_eq!(again("Specification,Frame,0,\r\n"), "csv_line_twice");
    assert_eq!(refused(|text| text + "Another table,Total,40,infants\r\n"), "csv_line_unexpected");
}

#[test]
fn a_line_in_another_place_or_with_another_unit_is_refused() {
    assert_eq!(instead("0–5 months,15,infants", "0–5 months,15,families"), "csv_line_missing");
    let turned = refused(|text| {
        let (one, other) = ("Clinic · Attended,40,contacts", "Clinic · No access,[c],contacts");
        text.replace(one, "!").replace(other, one).replace('!', other)
    });
    assert_eq!(turned, "csv_line_missing");
}

#[test]
fn a_number_that_the_rule_cannot_have_made_is_refused() {
    for number in ["14", "3", "0", "015", "-5", "15.0", "", "[C]", "*", "99999999999999999999"] {
        let altered = refused(|text| text.replacen("0–5 months,15,infants", &format!("0–5 months,{number},infants"), 1));
        assert_eq!(altered, "csv_impossible_number", "{number}");
    }
    assert_eq!(
        instead("Phone call · Was not brought,0", "Phone call · Was not brought,[c]"),
        "csv_impossible_number",
        "nobody can be there"
    );
}

#[test]
fn a_sum_of_fewer_contributors_than_are_shown_is_refused() {
    let release = quarter();
    let text = String::from_utf8(csv(&release)).unwrap();
    let read = |number: &str| {
        let altered = text.replace("Home visit · No access,15", &format!("Home visit · No access,{number}"));
        read_csv(altered.as_bytes(), &specs(&release))
    };
    let what = ("Contacts by kind and outcome".to_owned(), "Home visit · No access".to_owned());
    assert!(read("10").is_ok());
    assert_eq!(read("5"), Err(CsvRefused::Impossible { what }), "five to seven contacts are not of ten families");
}

#[test]
fn numbers_that_are_no_table_together_are_refused() {
    assert_eq!(instead("Total,40,infants", "Total,15,infants"), "csv_impossible_number", "less than its parts");
    assert_eq!(instead("Clinic,50,contacts", "Clinic,30,contacts"), "csv_impossible_number", "less than what is shown of it");
    assert_eq!(instead("Total,35,families", "Total,25,families"), "csv_impossible_number", "each line divides all of them");
}

#[test]
fn an_exact_table_adds_up() {
    let release = year();
    let text = String::from_utf8(csv(&release)).unwrap();
    for (one, other) in [("Infants again,Total,18", "Infants again,Total,19"), ("Infants again,Unborn,12", "Infants again,Unborn,11")] {
        let refused = read_csv(text.replace(one, other).as_bytes(), &specs(&release)).unwrap_err();
        assert_eq!(refused, CsvRefused::Impossible { what: ("Infants again".into(), "Total".into()) });
        assert_eq!(refused.to_string(), "The number of “Total” in “Infants again” cannot come from this rule.");
    }
}

/// A table of these true counts, hidden below the threshold and rounded, line by line. It need not
/// be safe: only what the file says matters here.
fn protected(rule: &Rule, spec: Spec, counts: &[u64]) -> Protected {
    let banded: Vec<Vec<usize>> = spec.bandings.last().unwrap().lines.iter().map(|line| line.classes.clone()).collect();
    let width = spec.width();
    let at = |lines: &[Vec<usize>], columns: std::ops::Range<usize>| -> u64 {
        lines.iter().flatten().flat_map(|class| columns.clone().map(move |column| counts[class * width + column])).sum()
    };
    let least = if spec.counts == Counts::Sums { rule.sums_from.max(rule.threshold) } else { rule.threshold };
    let base = u64::from(rule.base);
    let show = |count: u64| match count {
        0 if spec.zeros == Zeros::Shown => Cell::Shown(0),
        count if count < u64::from(least) || count + base / 2 < base => Cell::Hidden,
        count => Cell::Shown((count + base / 2) / base * base),
    };
    let mut cells = Vec::new();
    for (number, line) in banded.iter().map(std::slice::from_ref).chain([&banded[..]]).enumerate() {
        let total = number == banded.len();
        for column in 0..width {
            let there = !(spec.several && total && !spec.columns.is_empty());
            cells.push(if there { show(at(line, column..column + 1)) } else { Cell::Nothing });
        }
        if !spec.columns.is_empty() {
            let there = !spec.several || total;
            let line = if spec.several { &banded[..1] } else { line };
            cells.push(if there { show(at(line, 0..width)) } else { Cell::Nothing });
        }
    }
    let banding = spec.bandings.len() - 1;
    Protected { spec, banding, cells }
}

prop_compose! {
    fn tables()(
        labels in prop::collection::vec("[ -~–·'=0-9]{0,12}", 1..6),
        columns in prop::collection::vec("[ -~–·'=0-9]{0,8}", 0..4),
        title in "[ -~–']{0,20}",
        note in "[ -~–']{0,20}",
        counts in prop::collection::vec(prop_oneof![Just(0_u64), 1_u64..8, 0_u64..400], 24),
        (zeros, sums, several, together, withheld) in any::<(bool, bool, bool, bool, bool)>(),
        version in 1_u32..4,
    ) -> (Spec, Vec<u64>, bool) {
        let lines: Vec<&str> = labels.iter().map(String::as_str).collect();
        let across: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut spec = Spec { version, note, ..spec("", &title, "families", &lines, &across) };
        spec.zeros = if zeros { Zeros::Shown } else { Zeros::Hidden };
        spec.counts = if sums { Counts::Sums } else { Counts::Units(1) };
        spec.several = several && !columns.is_empty();
        if together {
            let line = Banded { label: "All".into(), classes: (0..lines.len()).collect() };
            spec.bandings.push(Banding { says: "put all together".into(), lines: vec![line] });
        }
        let width = spec.width();
        let mut counts: Vec<u64> = counts.into_iter().take(width * lines.len()).collect();
        if spec.several {
            // Each line divides all of them: what a line lacks is in its last column.
            let all = counts.chunks(width).map(|line| line.iter().sum::<u64>()).max().unwrap();
            spec.bandings.truncate(1);
            for line in counts.chunks_mut(width) {
                line[width - 1] += all - line.iter().sum::<u64>();
            }
        }
        (spec, counts, withheld)
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read_back_equal(
        tables in prop::collection::vec(tables(), 0..4),
        name in "[ -~–']{0,10}",
        quarter in any::<i32>(),
        frame in any::<u32>(),
        threshold in 3_u32..=11,
        base in 1_u32..=22,
        optional in any::<[bool; 3]>(),
        words in "[ -~\r\n,\"']{0,20}",
    ) {
        let rule = Rule { threshold, base, ..Rule::QUARTER };
        let named = tables.into_iter().enumerate();
        let tables: Vec<Protected> = named.map(|(number, (spec, counts, withheld))| {
            let table = protected(&rule, Spec { name: format!("table, version {number}"), ..spec }, &counts);
            if withheld { Protected { cells: Vec::new(), ..table } } else { table }
        }).collect();
        let given = |number: usize| if optional[number] { words.clone() } else { String::new() };
        let publication = Publication { name, when: When { quarter, frame }, left: true, rule, tables };
        let release = Release {
            title: words.clone(),
            licence: given(0),
            proof: given(1),
            corrects: optional[2].then(|| words.clone()),
            publication,
            ..crate::render::samples::quarter()
        };
        prop_assert_eq!(read_csv(&csv(&release), &specs(&release)), Ok(release.publication));
    }

    #[test]
    fn no_bytes_make_the_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..2_000, byte in any::<u8>()) {
        let _ = read_csv(&bytes, &specs(&quarter()));
        let mut file = csv(&quarter());
        let at = at % file.len();
        file[at] = byte;
        let _ = read_csv(&file, &specs(&quarter()));
    }
}
