//! The tables that figures are made of. Each names its unit and how it is counted; there is no other way to ask
//! for a count, and none of what one worker does, of ACE conversations or of known harm.

use attune_disclosure::{Banding, Counts, Line, Link, OverTime, Rule, Spec, Zeros};

use crate::codes::Code;
use crate::contact::{ContactKind, Outcome};
use crate::placement::model::StepModel;
use crate::priority::PriorityGroup;
use crate::release::Period;
use crate::release::classes::{AgeClass, CELLS, GroupAsked};

/// Infants on the last day, by age.
pub const BY_AGE: &str = "caseload_by_age";
/// Families on the last day, by step.
pub const BY_STEP: &str = "caseload_by_step";
/// Families on the last day, by priority group.
pub const BY_GROUP: &str = "caseload_by_group";
/// Contacts of a quarter.
pub const CONTACTS: &str = "contacts";
/// Infants of families that were opened in a quarter, by age.
pub const OPENED: &str = "opened_by_age";
/// Contacts of a financial year.
pub const CONTACTS_OF_YEAR: &str = "contacts_of_year";
/// Infants of families that were opened in a financial year.
pub const OPENED_OF_YEAR: &str = "opened_by_age_of_year";

/// Steps of the model. Their numbers cannot be changed.
pub const STEPS: usize = 5;

/// The rule of a period.
#[must_use]
pub const fn rule(period: Period) -> Rule {
    match period {
        Period::Quarter(_) => Rule::QUARTER,
        Period::Year(_) => Rule::YEAR,
    }
}

/// The tables of a period, in the order in which they are printed.
#[must_use]
pub fn specs(period: Period, model: &StepModel) -> Vec<Spec> {
    vec![by_age(period), by_step(period, model), by_group(), contacts(period), opened(period)]
}

/// How the totals of tables hang together, whichever of them are asked for: what was seen before may have the others.
#[must_use]
pub fn links() -> Vec<Link> {
    let same = Link::Same { one: BY_STEP.to_owned(), other: BY_GROUP.to_owned() };
    // In the first year of a team everybody on the caseload was opened in it.
    let nested = [BY_AGE, OPENED, OPENED_OF_YEAR].into_iter().map(|many| Link::Nested {
        many: many.to_owned(),
        few: BY_STEP.to_owned(),
        says: "families with more than one infant, or with none".to_owned(),
    });
    // Every open family is counted by step and by group.
    let whole = [BY_STEP, BY_GROUP].into_iter().map(|spec| Link::Whole { spec: spec.to_owned() });
    std::iter::once(same).chain(nested).chain(whole).collect()
}

/// The priority groups that people are asked about, in the order of their list.
pub fn groups() -> impl Iterator<Item = PriorityGroup> {
    PriorityGroup::ALL.iter().copied().filter(|group| !group.is_derived())
}

fn by_age(period: Period) -> Spec {
    let next = AgeClass::all().map(|class| class.next().into_iter().map(AgeClass::number).collect()).collect();
    Spec {
        name: BY_AGE.to_owned(),
        title: "Open caseload by infant’s age".to_owned(),
        note: format!(
            "Infants of families with an open episode of care on the last day of the period, by their age on that day. {AGES} \
             Unborn: pregnancies that had been recorded by that day."
        ),
        over_time: OverTime::Day { next, moves: true },
        ..of_ages(period)
    }
}

fn opened(period: Period) -> Spec {
    let (name, when) = match period {
        Period::Quarter(_) => (OPENED, "quarter"),
        Period::Year(_) => (OPENED_OF_YEAR, "year"),
    };
    Spec {
        name: name.to_owned(),
        title: format!("Families opened in the {when}, by infant’s age"),
        note: format!(
            "Infants of families whose episode of care was opened in the {when}, by their age on the day it was opened. {AGES} \
             A family that was opened twice in the {when} counts once, by the first time."
        ),
        over_time: happened(period, OPENED),
        ..of_ages(period)
    }
}

const AGES: &str = "Ages are completed months by the month of birth: who was born in March is 6 months old in September, whatever the \
     day. They are never corrected for an early birth. Twins count as two. An infant of whom neither date is recorded is not counted.";

/// So many infants in one line a family can know to be its own: as many as triplets are. It is data of the table and not of the
/// record, so that it tells of no family.
const INFANTS_OF_A_FAMILY: u32 = 3;

fn of_ages(period: Period) -> Spec {
    Spec {
        name: String::new(),
        version: 1,
        title: String::new(),
        unit: "infants".to_owned(),
        note: String::new(),
        classes: AgeClass::all().map(AgeClass::words).collect(),
        bandings: age_bandings(),
        columns: Vec::new(),
        counts: Counts::Units(INFANTS_OF_A_FAMILY),
        several: false,
        zeros: zeros(period),
        sensitive: false,
        impossible: Vec::new(),
        over_time: OverTime::Period,
    }
}

/// Cells of three months from one to before another.
fn cells(from: usize, to: usize) -> Vec<usize> {
    (from..to).map(|cell| AgeClass::Months(cell).number()).collect()
}

fn age_bandings() -> Vec<Banding> {
    let unborn = || line("Unborn", vec![AgeClass::Unborn.number()]);
    let under_6 = || line("0–5 months", cells(0, 2));
    let under_12 = || line("6–11 months", cells(2, 4));
    let older = || line("36 months or older", vec![AgeClass::Older.number()]);
    let from_12 = || [cells(4, CELLS), vec![AgeClass::Older.number()]].concat();
    vec![
        banding(
            "",
            vec![unborn(), under_6(), under_12(), line("12–23 months", cells(4, 8)), line("24–35 months", cells(8, CELLS)), older()],
        ),
        banding(
            "put 24–35 months with 12–23 months",
            vec![unborn(), under_6(), under_12(), line("12–35 months", cells(4, CELLS)), older()],
        ),
        banding(
            "put everybody of 12 months or older together",
            vec![unborn(), under_6(), under_12(), line("12 months or older", from_12())],
        ),
        banding(
            "put everybody of 12 months or older together, and 6–11 months with 0–5 months",
            vec![unborn(), line("0–11 months", cells(0, 4)), line("12 months or older", from_12())],
        ),
        banding(
            "show two lines: unborn or under 12 months, and all others",
            vec![
                line("Unborn or 0–11 months", [vec![AgeClass::Unborn.number()], cells(0, 4)].concat()),
                line("12 months or older", from_12()),
            ],
        ),
    ]
}

fn by_step(period: Period, model: &StepModel) -> Spec {
    // What a lead has typed into the model is in no release.
    let which = if model.is_example() { model.label.as_str() } else { "By the team’s own model of the steps" };
    let classes: Vec<String> = (1..=STEPS).map(|step| format!("Step {step}")).chain(["No step recorded".to_owned()]).collect();
    let steps = |label: &str, classes: &[usize]| line(label, classes.to_vec());
    let none = || line("No step recorded", vec![STEPS]);
    let each: Vec<Line> = classes.iter().enumerate().map(|(class, label)| line(label, vec![class])).collect();
    Spec {
        name: BY_STEP.to_owned(),
        version: 1,
        title: "Open caseload by step".to_owned(),
        unit: "families".to_owned(),
        note: format!(
            "Families with an open episode of care on the last day of the period, by the step recorded for them by that day. A step that \
             waits for a second person counts once it is confirmed, where it is a step down from 4 or 5. {which}."
        ),
        bandings: vec![
            banding("", each),
            banding(
                "put steps 4 and 5 together",
                vec![steps("Step 1", &[0]), steps("Step 2", &[1]), steps("Step 3", &[2]), steps("Steps 4 and 5", &[3, 4]), none()],
            ),
            banding(
                "put steps 4 and 5 together, and steps 1 and 2",
                vec![steps("Steps 1 and 2", &[0, 1]), steps("Step 3", &[2]), steps("Steps 4 and 5", &[3, 4]), none()],
            ),
            banding(
                "put steps 3 to 5 together, and steps 1 and 2",
                vec![steps("Steps 1 and 2", &[0, 1]), steps("Steps 3 to 5", &[2, 3, 4]), none()],
            ),
            banding("show only whether a step is recorded", vec![steps("A step is recorded", &[0, 1, 2, 3, 4]), none()]),
        ],
        columns: Vec::new(),
        counts: Counts::Units(1),
        several: false,
        zeros: zeros(period),
        sensitive: false,
        impossible: Vec::new(),
        over_time: OverTime::Day { next: (0..classes.len()).map(|class| vec![class]).collect(), moves: true },
        classes,
    }
}

fn by_group() -> Spec {
    let classes: Vec<String> = groups().map(|group| group.words().to_owned()).collect();
    Spec {
        name: BY_GROUP.to_owned(),
        version: 1,
        title: "Open caseload by priority group".to_owned(),
        unit: "families".to_owned(),
        note: "Families with an open episode of care on the last day of the period. Confirmed: a yes is confirmed about at least one \
               person or the household. Asked, not confirmed: no, only suspected, declined, or not applicable. A family can be in \
               several groups, so each line counts all families. “Not asked” is not “no”."
            .to_owned(),
        // Families are in several groups: lines put together would count them twice.
        bandings: vec![banding("", classes.iter().enumerate().map(|(class, label)| line(label, vec![class])).collect())],
        columns: GroupAsked::ALL.iter().map(|asked| asked.words().to_owned()).collect(),
        counts: Counts::Units(1),
        several: true,
        // Also of a year: to print that nobody is in such a group tells of everybody.
        zeros: Zeros::Hidden,
        sensitive: true,
        impossible: Vec::new(),
        over_time: OverTime::Day { next: (0..classes.len()).map(|class| vec![class]).collect(), moves: true },
        classes,
    }
}

fn contacts(period: Period) -> Spec {
    use ContactKind::{Clinic, Community, Group, HomeVisit, Hospital, JointVisit, Meeting, Phone, Text, Video};
    let of = |label: &str, kinds: &[ContactKind]| line(label, kinds.iter().filter_map(|kind| place_of(*kind)).collect());
    let each = || ContactKind::ALL.iter().map(|kind| of(kind.words(), &[*kind]));
    let far = || of("Phone call, text message or video call", &[Phone, Text, Video]);
    let meeting = || of(Meeting.words(), &[Meeting]);
    let (name, when) = match period {
        Period::Quarter(_) => (CONTACTS, "quarter"),
        Period::Year(_) => (CONTACTS_OF_YEAR, "year"),
    };
    Spec {
        name: name.to_owned(),
        version: 1,
        title: format!("Contacts in the {when} by kind and outcome"),
        unit: "contacts".to_owned(),
        note: format!("Signed contacts held in the {when}; those entered in error are left out. A family can have many."),
        classes: ContactKind::ALL.iter().map(|kind| kind.words().to_owned()).collect(),
        bandings: vec![
            banding("", each().collect()),
            banding(
                "put phone calls, text messages and video calls together",
                vec![
                    of(HomeVisit.words(), &[HomeVisit]),
                    of(Clinic.words(), &[Clinic]),
                    of(Community.words(), &[Community]),
                    far(),
                    of(Group.words(), &[Group]),
                    of(JointVisit.words(), &[JointVisit]),
                    meeting(),
                    of(Hospital.words(), &[Hospital]),
                ],
            ),
            banding(
                "put visits at home together, all other places, and what was not face to face",
                vec![
                    of("Home visit or joint visit", &[HomeVisit, JointVisit]),
                    of("Clinic, community venue, group or hospital", &[Clinic, Community, Group, Hospital]),
                    far(),
                    meeting(),
                ],
            ),
            banding(
                "show only whether it was face to face",
                vec![
                    of("Face to face", &[HomeVisit, JointVisit, Clinic, Community, Group, Hospital]),
                    of("Not face to face, or a meeting of professionals", &[Phone, Text, Video, Meeting]),
                ],
            ),
        ],
        columns: Outcome::ALL.iter().map(|outcome| outcome.words().to_owned()).collect(),
        counts: Counts::Sums,
        several: false,
        zeros: zeros(period),
        sensitive: false,
        impossible: Vec::new(),
        over_time: happened(period, CONTACTS),
    }
}

/// A year is the sum of its quarters, and whoever has both can subtract.
fn happened(period: Period, of: &str) -> OverTime {
    match period {
        Period::Quarter(_) => OverTime::Period,
        Period::Year(_) => OverTime::Periods { of: of.to_owned(), count: 4 },
    }
}

/// The number of a choice of a list; none of one that a newer version wrote.
pub fn place_of<C: Code + PartialEq>(choice: C) -> Option<usize> {
    C::ALL.iter().position(|one| *one == choice)
}

const fn zeros(period: Period) -> Zeros {
    match period {
        Period::Quarter(_) => Zeros::Hidden,
        Period::Year(_) => Zeros::Shown,
    }
}

fn banding(says: &str, lines: Vec<Line>) -> Banding {
    Banding { says: says.to_owned(), lines }
}

fn line(label: &str, mut classes: Vec<usize>) -> Line {
    classes.sort_unstable();
    Line { label: label.to_owned(), classes }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all() -> Vec<Spec> {
        let model = StepModel::example().unwrap();
        ["2026-Q3", "2026-27"].iter().flat_map(|code| specs(Period::parse(code).unwrap(), &model)).collect()
    }

    #[test]
    fn every_class_is_in_one_line_of_every_banding() {
        for spec in all() {
            for banding in &spec.bandings {
                let mut in_lines: Vec<usize> = banding.lines.iter().flat_map(|line| line.classes.iter().copied()).collect();
                in_lines.sort_unstable();
                assert_eq!(in_lines, (0..spec.classes.len()).collect::<Vec<_>>(), "{}: {}", spec.name, banding.says);
                let labels: BTreeSet<&str> = banding.lines.iter().map(|line| line.label.as_str()).collect();
                assert_eq!(labels.len(), banding.lines.len(), "{}: {}", spec.name, banding.says);
            }
        }
    }

    #[test]
    fn each_banding_after_the_first_says_what_it_does_and_is_coarser() {
        for spec in all() {
            for (number, pair) in spec.bandings.windows(2).enumerate() {
                let [before, after] = pair else { continue };
                assert!(after.lines.len() < before.lines.len(), "{} {number}", spec.name);
                assert!(!after.says.is_empty(), "{} {number}", spec.name);
            }
            assert!(spec.bandings[0].says.is_empty());
        }
    }

    #[test]
    fn lines_of_a_table_in_which_a_family_stands_in_several_are_never_put_together() {
        for spec in all().iter().filter(|spec| spec.several) {
            assert!(spec.bandings.iter().flat_map(|banding| &banding.lines).all(|line| line.classes.len() == 1), "{}", spec.name);
        }
    }

    #[test]
    fn zeros_are_printed_of_a_year_and_never_of_what_is_sensitive() {
        for code in ["2026-Q3", "2026-27"] {
            let period = Period::parse(code).unwrap();
            for spec in specs(period, &StepModel::example().unwrap()) {
                let shown = period.is_year() && !spec.sensitive;
                assert_eq!(spec.zeros == Zeros::Shown, shown, "{code} {}", spec.name);
            }
        }
    }

    #[test]
    fn no_table_is_of_a_worker_of_a_childhood_or_of_harm() {
        for spec in all() {
            let told = format!("{spec:?}").to_lowercase();
            for word in ["worker", "therapist", " ace ", "adverse", "childhood", "harm"] {
                assert!(!told.contains(word), "{} tells of {word}", spec.name);
            }
        }
    }

    #[test]
    fn what_is_printed_of_each_table_is_as_reviewed() {
        let told: Vec<String> =
            all().iter().map(|spec| format!("{}: {} ({})\n{}\n", spec.name, spec.title, spec.unit, spec.note)).collect();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn no_line_crosses_another_of_its_table_so_that_every_banding_stands_beside_every_other() {
        for spec in all() {
            let lines: Vec<BTreeSet<usize>> =
                spec.bandings.iter().flat_map(|banding| &banding.lines).map(|line| line.classes.iter().copied().collect()).collect();
            for (one, other) in lines.iter().flat_map(|one| lines.iter().map(move |other| (one, other))) {
                assert!(one.is_disjoint(other) || one.is_subset(other) || other.is_subset(one), "{}: {one:?} {other:?}", spec.name);
            }
        }
    }

    #[test]
    fn every_table_of_infants_hangs_on_the_families() {
        let of_infants: Vec<String> = all().into_iter().filter(|spec| spec.unit == "infants").map(|spec| spec.name).collect();
        let nested = |name: &String| links().iter().any(|link| matches!(link, Link::Nested { many, .. } if many == name));
        assert!(of_infants.iter().all(nested), "{of_infants:?}");
    }
}
