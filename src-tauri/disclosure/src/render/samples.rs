//! Releases for the tests of the files.

use super::Release;
use crate::publication::{Cell, Protected, Publication, When};
use crate::rule::Rule;
use crate::spec::{Banding, Counts, Line, OverTime, Spec, Zeros};

use Cell::{Hidden as H, Nothing as N, Shown as S};

/// A quarter: rounded, zeros hidden; one of its four tables is withheld.
pub fn quarter() -> Release {
    let age = Spec {
        version: 2,
        ..spec(
            "caseload_by_age",
            "Open caseload by infant’s age",
            "infants",
            &["Unborn", "0–5 months", "6–11 months", "12–23 months", "24–36 months"],
            &[],
        )
    };
    let note = "On 30-Sep-2026. Age is not corrected for prematurity.".to_owned();
    let age = Spec { note, bandings: vec![age.bandings[0].clone(), merged(&age, 3)], ..age };
    let step = spec("caseload_by_step", "Open caseload by step", "families", &["Step 1", "Step 2", "Step 3"], &[]);
    let groups = &["Care-experienced parent", "Young parent", "Perinatal loss"];
    let group = spec(
        "caseload_by_group",
        "Open caseload by priority group",
        "families",
        groups,
        &["Confirmed", "Asked, not confirmed", "Not asked"],
    );
    let group = Spec { several: true, sensitive: true, ..group };
    release(
        "2026-Q3",
        Rule::QUARTER,
        vec![
            Protected { spec: age, banding: 1, cells: vec![H, S(15), S(10), H, S(40)] },
            Protected { spec: group, banding: 0, cells: vec![H, S(25), H, N, S(10), S(20), S(5), N, H, S(30), H, N, N, N, N, S(35)] },
            Protected { spec: step, banding: 0, cells: Vec::new() },
            contacts(vec![S(140), S(15), H, S(165), S(40), H, H, S(50), H, H, S(0), S(25), S(205), S(20), H, S(240)]),
        ],
    )
}

/// A year: exact, zeros printed.
pub fn year() -> Release {
    let age = spec("opened_by_age", "Infants whose case was opened, by age", "infants", &["Unborn", "0–5 months", "6–11 months"], &[]);
    let age = Spec { zeros: Zeros::Shown, ..age };
    let tables = vec![
        Protected { spec: age.clone(), banding: 0, cells: vec![H, S(37), H, S(52)] },
        Protected {
            spec: Spec { name: "again".into(), title: "Infants again".into(), ..age },
            banding: 0,
            cells: vec![S(12), S(0), S(6), S(18)],
        },
    ];
    let year = release("2026/27", Rule::YEAR, tables);
    Release { period: "April 2026 to March 2027".into(), corrects: Some("2026/27 of 2-Apr-2027".into()), expires: String::new(), ..year }
}

/// A release with labels that a careless writer would run, break or turn round, and a table that is
/// withheld.
pub fn awkward() -> Release {
    let labels = [
        "=HYPERLINK(\"http://example.test\")",
        "-2",
        " @x, y",
        "1-2",
        "<script>alert(1)</script>",
        "\u{202e}evil\u{202c} & \"שלום\"\r\nline",
    ];
    let mut lines: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    lines.push(format!("Long {}", "words and ".repeat(60)));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let first = Spec { note: "</style><b>".into(), ..spec("awkward", "+1", "in&fants", &lines, &["Seen", "<i>Not</i>"]) };
    let cells = lines.iter().flat_map(|_| [S(10), H, S(15)]).chain([S(70), H, S(105)]).collect();
    let small = spec("small", "A small team", "infants", &["Unborn", "0–5 months"], &[]);
    Release {
        title: "<script>alert(1)</script> & \"more\"".into(),
        licence: "=1+1".into(),
        proof: String::new(),
        ..release(
            "=Q3",
            Rule::QUARTER,
            vec![Protected { spec: first, banding: 0, cells }, Protected { spec: small, banding: 0, cells: Vec::new() }],
        )
    }
}

fn contacts(cells: Vec<Cell>) -> Protected {
    let columns = ["Attended", "No access", "Was not brought"];
    let spec = spec("contacts", "Contacts by kind and outcome", "contacts", &["Home visit", "Clinic", "Phone call"], &columns);
    let spec = Spec { counts: Counts::Sums, impossible: vec![(2, 2)], over_time: OverTime::Period, note: "In the quarter.".into(), ..spec };
    Protected { spec, banding: 0, cells }
}

fn release(name: &str, rule: Rule, tables: Vec<Protected>) -> Release {
    Release {
        title: "Anonymised summary".into(),
        period: "July to September 2026".into(),
        made: "Made Mon 23-Nov-2026 by the data manager".into(),
        head: "9f2c 71aa 03de 5b18".into(),
        licence: "Open Government Licence v3.0".into(),
        expires: "Use until 30-Nov-2028".into(),
        corrects: None,
        proof: "In the file proof.json; check it with attunectl".into(),
        publication: Publication { name: name.into(), when: When { quarter: 8106, frame: 0 }, left: true, rule, tables },
    }
}

/// A specification of which each class is a line.
pub fn spec(name: &str, title: &str, unit: &str, lines: &[&str], columns: &[&str]) -> Spec {
    let line = |(class, label): (usize, &&str)| Line { label: (*label).to_owned(), classes: vec![class] };
    Spec {
        name: name.into(),
        version: 1,
        title: title.into(),
        unit: unit.into(),
        note: String::new(),
        classes: lines.iter().map(|label| (*label).to_owned()).collect(),
        bandings: vec![Banding { says: String::new(), lines: lines.iter().enumerate().map(line).collect() }],
        columns: columns.iter().map(|label| (*label).to_owned()).collect(),
        counts: Counts::Units(1),
        several: false,
        zeros: Zeros::Hidden,
        sensitive: false,
        impossible: Vec::new(),
        over_time: OverTime::Period,
    }
}

/// The first banding with one line and the next put together.
fn merged(spec: &Spec, line: usize) -> Banding {
    let mut lines = spec.bandings[0].lines.clone();
    let with = lines.remove(line + 1);
    lines[line] = Line { label: "12–36 months".into(), classes: [lines[line].classes.clone(), with.classes].concat() };
    Banding { says: format!("put {} with the ages before", with.label), lines }
}
