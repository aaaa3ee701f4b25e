use super::*;
use crate::codes::Code;
use crate::ids::{Ids, SeededIds};

/// Monday afternoon.
fn now() -> Timestamp {
    let date = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    Timestamp::from_local(date.and_hms_opt(15, 21, 0).unwrap())
}

fn fiadh() -> Infant {
    let id = PersonId(SeededIds::new(7).next(now().0));
    Infant { id, name: "Fiadh".to_owned(), born_on: NaiveDate::from_ymd_opt(2026, 10, 11), is_lost: false, lost_on: None }
}

fn entry(kind: ContactKind, outcome: Outcome) -> ContactEntry {
    ContactEntry { kind: Some(kind), outcome: Some(outcome), when: "today 14:00".to_owned(), ..ContactEntry::default() }
}

/// A visit that can be signed.
fn visit(infant: &Infant) -> ContactEntry {
    ContactEntry {
        until: "15:05".to_owned(),
        present: vec![infant.id],
        infants: vec![InfantSeen { person: infant.id, state: InfantState::Awake }],
        did: vec!["play_observed".to_owned()],
        saw: "Long looks.".to_owned(),
        safety: Some(Safety::NoNewConcern),
        plan: "Visit again.".to_owned(),
        ..entry(ContactKind::HomeVisit, Outcome::Attended)
    }
}

/// With these infants, of whom no concern goes on.
fn facts(infants: &[Infant]) -> Facts<'_> {
    Facts { infants, people: &[], children: &[], going_on: &[], now: now(), known: now() }
}

fn missing(entry: &ContactEntry, infants: &[Infant]) -> Vec<(String, String)> {
    check(entry, facts(infants)).err().unwrap_or_default().into_iter().map(|gap| (gap.field, gap.code.to_string())).collect()
}

/// What a note with a start and nothing else still needs, by what happened and how.
#[test]
fn each_outcome_asks_for_its_own_fields() {
    use ContactKind::{Clinic, Community, Group, HomeVisit, Hospital, JointVisit, Meeting, Phone, Text, Video};
    const SEEN: [&str; 7] = ["until", "present", "infants.0", "did", "saw", "safety", "plan"];
    const HEARD: [&str; 4] = ["present", "told", "safety", "plan"];
    const MEETING: [&str; 5] = ["until", "present", "told", "safety", "plan"];
    const AWAY: [&str; 2] = ["safety", "plan"];
    let table: [(Outcome, &[ContactKind], &[&str]); 10] = [
        (Outcome::Attended, &[HomeVisit, Clinic, Community, Video, Group, JointVisit, Hospital], &SEEN),
        (Outcome::PartAttended, &[HomeVisit, Clinic, Community, Video, Group, JointVisit, Hospital], &SEEN),
        (Outcome::Attended, &[Phone, Text], &HEARD),
        (Outcome::PartAttended, &[Phone, Text], &HEARD),
        (Outcome::Attended, &[Meeting], &MEETING),
        (Outcome::PartAttended, &[Meeting], &MEETING),
        (Outcome::NoAccess, ContactKind::ALL, &AWAY),
        (Outcome::WasNotBrought, ContactKind::ALL, &AWAY),
        (Outcome::Declined, ContactKind::ALL, &AWAY),
        (Outcome::DidNotCome, ContactKind::ALL, &AWAY),
    ];
    let cancelled: [(Outcome, &[ContactKind], &[&str]); 2] =
        [(Outcome::CancelledByFamily, ContactKind::ALL, &[]), (Outcome::CancelledByUs, ContactKind::ALL, &[])];
    let mut told = 0;
    for (outcome, kinds, fields) in table.into_iter().chain(cancelled) {
        for kind in kinds {
            // Who is born is brought or is not; before that the parent comes, or does not.
            let infant = if outcome == Outcome::DidNotCome { Infant { born_on: None, ..fiadh() } } else { fiadh() };
            let gaps: Vec<String> = missing(&entry(*kind, outcome), &[infant]).into_iter().map(|(field, _)| field).collect();
            assert_eq!(gaps, fields, "{} {}", kind.code(), outcome.code());
            told += 1;
        }
    }
    assert_eq!(told, ContactKind::ALL.len() * Outcome::ALL.len(), "the table has every kind with every outcome");
}

#[test]
fn a_visit_that_can_be_signed_has_no_gap() {
    let infant = fiadh();
    let ready = check(&visit(&infant), facts(std::slice::from_ref(&infant))).unwrap();
    assert_eq!((ready.minutes, ready.late), (Some(65), false));
}

#[test]
fn the_end_is_typed_with_the_start_or_apart_from_it() {
    let infant = fiadh();
    let minutes = |when: &str, until: &str| {
        let entry = ContactEntry { when: when.to_owned(), until: until.to_owned(), ..visit(&infant) };
        check(&entry, facts(std::slice::from_ref(&infant)))
            .map(|ready| ready.minutes)
            .map_err(|gaps| (gaps[0].field.clone(), gaps[0].code.to_string()))
    };
    for (when, until) in [
        ("today 14:00-15:05", ""),
        ("today 14:00", "15:05"),
        ("14:00", "1505"),
        ("today 14:00", "3.05pm"),
        ("today 14:00", "65"),
        ("today 14:00", "65 min"),
        ("today 14:00", "1h 5min"),
    ] {
        assert_eq!(minutes(when, until), Ok(Some(65)), "{when} | {until}");
    }
    for (when, until, field, code) in [
        ("today 14:00", "", "until", "note_no_end"),
        ("today 14:00", "13:00", "until", "when_end_not_after_start"),
        ("today 14:00", "soon", "until", "when_unclear"),
        ("today 14:00-15:05", "15:10", "until", "when_unclear"),
        ("today 14:00", "16:00", "until", "note_end_in_future"),
        ("today 16:00", "16:30", "when", "note_in_future"),
        ("today", "15:05", "when", "note_no_time"),
        ("", "15:05", "when", "when_empty"),
    ] {
        assert_eq!(minutes(when, until), Err((field.to_owned(), code.to_owned())), "{when} | {until}");
    }
}

#[test]
fn how_an_infant_was_fits_the_day_and_who_was_there() {
    let infant = fiadh();
    let gaps = |change: &dyn Fn(&mut ContactEntry)| {
        let mut entry = visit(&infant);
        change(&mut entry);
        missing(&entry, std::slice::from_ref(&infant)).into_iter().map(|(_, code)| code).collect::<Vec<_>>()
    };
    assert_eq!(gaps(&|entry| entry.infants[0].state = InfantState::NotBorn), ["note_born_already"]);
    assert_eq!(gaps(&|entry| entry.when = "19/11/2025 14:00".to_owned()), ["note_long_ago"]);
    assert_eq!(gaps(&|entry| entry.when = "9/10/2026 14:00".to_owned()), ["note_before_birth"]);
    assert_eq!(gaps(&|entry| entry.absent = std::mem::take(&mut entry.present)), ["note_nobody", "note_there_or_not"]);
    assert_eq!(gaps(&|entry| entry.infants[0].state = InfantState::NotSeen), ["note_there_or_not", "note_not_seen_why"]);
}

#[test]
fn a_child_who_was_not_brought_was_not_there_and_has_no_state() {
    let infant = fiadh();
    for outcome in Outcome::ALL.iter().filter(|outcome| !outcome.met()) {
        let mut chosen = visit(&infant);
        (chosen.outcome, chosen.not_seen_why) = (Some(*outcome), "Asleep upstairs".to_owned());
        let stands = standing(chosen.clone(), facts(std::slice::from_ref(&infant)));
        assert_eq!((stands.infants.len(), stands.not_seen_why.as_str()), (0, ""), "{}", outcome.code());
        assert_eq!(stands.present.is_empty(), *outcome == Outcome::WasNotBrought, "{}", outcome.code());
        assert_eq!(stands.saw, chosen.saw, "what was written stands");
    }
}

#[test]
fn the_record_says_who_was_not_born_yet() {
    let mut infant = fiadh();
    let chosen = ContactEntry { infants: Vec::new(), ..visit(&infant) };
    for (when, born_on) in [("today 14:00-15:05", None), ("10/10 14:00-15:05", infant.born_on)] {
        infant.born_on = born_on;
        let entry = ContactEntry { when: when.to_owned(), until: String::new(), ..chosen.clone() };
        assert_eq!(missing(&entry, std::slice::from_ref(&infant)), [], "{when}");
        let stands = standing(entry, facts(std::slice::from_ref(&infant)));
        assert_eq!(stands.infants, [InfantSeen { person: infant.id, state: InfantState::NotBorn }], "{when}");
    }
}
