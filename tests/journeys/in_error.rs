//! What was entered in error stays readable and counts for nothing: in every
//! count and list the record is as one that never had it.

use std::collections::{BTreeMap, BTreeSet};

use attune_core::api::COMMANDS;
use attune_core::desk::Desk;
use attune_core::release::counts;
use attune_core::schema as table;
use attune_core::store::db::Db;
use attune_core::time::Timestamp;
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::support::*;

const READERS: [&str; 6] = ["lead", "niamh", "owen", "tara", "iggy", "dara"];

/// What is done, and then marked as entered in error.
struct Mistake {
    /// The kinds of record that it makes.
    kinds: &'static [&'static str],
    /// Who does it.
    by: &'static str,
    /// And who marks it: of a concern somebody else.
    marked_by: &'static str,
    /// Does it, and answers what is to be marked, in this order.
    make: fn(&Desk, &Value) -> Vec<Value>,
}

const MISTAKES: &[Mistake] = &[
    Mistake { kinds: &["person"], by: "niamh", marked_by: "niamh", make: a_person_who_was_asked_about },
    Mistake { kinds: &["flag"], by: "niamh", marked_by: "niamh", make: a_flag },
    Mistake { kinds: &["contact"], by: "niamh", marked_by: "niamh", make: a_note },
    Mistake { kinds: &["contact", "concern"], by: "niamh", marked_by: "tara", make: a_note_with_a_concern },
    Mistake { kinds: &["addendum"], by: "niamh", marked_by: "niamh", make: more_details },
    Mistake { kinds: &["copied"], by: "niamh", marked_by: "niamh", make: a_copy },
    Mistake { kinds: &["concern_answer"], by: "tara", marked_by: "tara", make: an_answer },
    Mistake { kinds: &["priority_answer"], by: "niamh", marked_by: "niamh", make: a_priority_group },
    Mistake { kinds: &["placement"], by: "niamh", marked_by: "niamh", make: |desk, added| vec![place_on(desk, added, 5)] },
    Mistake { kinds: &["placement_confirmation"], by: "tara", marked_by: "tara", make: a_confirmation },
    Mistake { kinds: &["known_harm"], by: "niamh", marked_by: "niamh", make: what_is_known_of_harm },
    Mistake { kinds: &["ace_conversation", "ace_exposure"], by: "niamh", marked_by: "niamh", make: two_screenings },
    Mistake { kinds: &["flag_ending"], by: "niamh", marked_by: "niamh", make: an_ending_of_a_flag },
    Mistake { kinds: &["follow_up_end"], by: "niamh", marked_by: "niamh", make: an_end_of_a_follow_up },
    Mistake { kinds: &["loss"], by: "niamh", marked_by: "niamh", make: a_loss },
    Mistake { kinds: &["entered_in_error"], by: "niamh", marked_by: "niamh", make: a_mark },
];

/// A family with something of each kind, of which much waits for somebody.
fn base() -> (Place, Value) {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let mut request = family("Base");
    request["people"][1]["role"] = json!("mother");
    request["therapist"] = user_id_of_tara(&place);
    let added = call(&desk, "add_family", request);
    sign(&desk, &added, note(&added, "Long looks between the two of them."));
    place.later(1);
    sign(&desk, &added, note_with_concern(&added, "A mark on her arm."));
    flag(&desk, &added, "in_hospital");
    flag(&desk, &added, "child_protection_register");
    place_on(&desk, &added, 4);
    unlock(&desk, "tara").unwrap();
    let read_to = call(&desk, "story", json!({"family": added["family"]}))["readTo"].clone();
    call(&desk, "mark_seen", json!({"family": added["family"], "until": read_to}));
    place.later(1);
    unlock(&desk, "niamh").unwrap();
    sign(&desk, &added, note(&added, "She followed the ball."));
    call(&desk, "lock", json!({}));
    (place, added)
}

fn user_id_of_tara(place: &Place) -> Value {
    let desk = place.copy().as_user("lead");
    user_id(&desk, "tara")
}

fn flag(desk: &Desk, added: &Value, kind: &str) -> Value {
    call(desk, "set_flag", json!({"family": added["family"], "kind": kind}))["id"].clone()
}

fn place_on(desk: &Desk, added: &Value, step: u8) -> Value {
    let request = json!({
        "family": added["family"], "step": step, "rationale": "She turns away when she is picked up.", "indicators": [],
        "parentView": "", "infantShows": "Looks.",
    });
    call(desk, "place", request)["placements"][0]["id"].clone()
}

fn a_person_who_was_asked_about(desk: &Desk, added: &Value) -> Vec<Value> {
    let father = json!({"role": "father", "familyName": "Base", "given": "Conor"});
    let person = call(desk, "add_person", json!({"family": added["family"], "person": father}))["id"].clone();
    let asked =
        json!({"family": added["family"], "person": person, "group": "imprisonment", "answer": "confirmed", "period": "now", "source": ""});
    call(desk, "answer_priority", asked);
    vec![person]
}

/// What was made, unless the same is there already.
fn made(answered: Result<Value, attune_core::error::Error>) -> Vec<Value> {
    answered.map(|answer| answer["value"]["id"].clone()).into_iter().collect()
}

fn a_flag(desk: &Desk, added: &Value) -> Vec<Value> {
    made(answer(desk, "set_flag", json!({"family": added["family"], "kind": "animals"})))
}

fn an_ending_of_a_flag(desk: &Desk, added: &Value) -> Vec<Value> {
    let flags = call(desk, "people", json!({"family": added["family"]}))["banner"]["flags"]["flags"].clone();
    let safe = flags.as_array().unwrap().iter().find(|flag| flag["words"] == "On Child Protection Register");
    let Some(safe) = safe else { return Vec::new() };
    let asked = answer(desk, "end_flag", json!({"flag": safe["id"], "reason": "Conference of today"}));
    asked.map(|answer| answer["value"]["ending"].clone()).into_iter().collect()
}

fn an_end_of_a_follow_up(desk: &Desk, added: &Value) -> Vec<Value> {
    let closed = json!({
        "family": added["family"], "known": "Seen by her health visitor today", "tried": "Two calls and a card", "reason": "They are with her sister until Friday",
    });
    made(answer(desk, "close_follow_up", closed))
}

fn a_loss(desk: &Desk, added: &Value) -> Vec<Value> {
    made(answer(desk, "record_loss", json!({"person": added["people"][1], "kind": "death", "lostOn": "today"})))
}

fn a_note(desk: &Desk, added: &Value) -> Vec<Value> {
    let mut entry = note(added, "Zebra stripes in the rain.");
    entry["when"] = json!("today 09:00-09:30");
    entry["outcome"] = json!("attended");
    entry["plan"] = json!("The wrong plan.");
    entry["nextVisit"] = json!("+2d 09:00");
    vec![sign(desk, added, entry)]
}

fn a_note_with_a_concern(desk: &Desk, added: &Value) -> Vec<Value> {
    let contact = sign(desk, added, note_with_concern(added, "Of another child."));
    let concern = call(desk, "contact", json!({"contact": contact}))["concern"]["id"].clone();
    assert_eq!(refused(desk, "mark_in_error", json!({"row": concern, "reason": "Of another child"})), "retract_concern");
    unlock(desk, "tara").unwrap();
    call(desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": "Written in the wrong record."}));
    unlock(desk, "niamh").unwrap();
    vec![concern, contact]
}

fn more_details(desk: &Desk, added: &Value) -> Vec<Value> {
    let story = call(desk, "story", json!({"family": added["family"]}));
    let contact = story["entries"].as_array().unwrap().iter().find(|entry| entry["what"] == "contact").unwrap()["id"].clone();
    let saved = call(desk, "add_details", json!({"contact": contact, "text": "Of another visit."}));
    vec![saved["addenda"].as_array().unwrap().last().unwrap().clone()]
}

/// Of a note that nobody has copied.
fn a_copy(desk: &Desk, added: &Value) -> Vec<Value> {
    let story = call(desk, "story", json!({"family": added["family"]}));
    let mut notes = story["entries"].as_array().unwrap().iter().filter(|entry| entry["copy"]["due"] == true);
    let Some(note) = notes.next_back() else { return Vec::new() };
    vec![call(desk, "record_copy", json!({"contact": note["id"]}))["id"].clone()]
}

fn an_answer(desk: &Desk, added: &Value) -> Vec<Value> {
    let waiting = call(desk, "concerns", json!({}))["concerns"].clone();
    let Some(concern) = waiting.as_array().unwrap().iter().find(|concern| concern["family"] == added["family"]) else { return Vec::new() };
    vec![
        call(desk, "answer_concern", json!({"concern": concern["id"], "decision": "advice", "answer": "Of another concern."}))["answer"]
            .clone(),
    ]
}

fn a_priority_group(desk: &Desk, added: &Value) -> Vec<Value> {
    let request =
        json!({"family": added["family"], "person": null, "group": "poverty", "answer": "confirmed", "period": "now", "source": ""});
    made(answer(desk, "answer_priority", request))
}

fn a_confirmation(desk: &Desk, added: &Value) -> Vec<Value> {
    let placements = call(desk, "placements", json!({"family": added["family"]}))["placements"].clone();
    match placements.as_array().unwrap().iter().find(|placement| placement["mayConfirm"] == true) {
        Some(placement) => vec![call(desk, "confirm_placement", json!({"placement": placement["id"]}))["id"].clone()],
        None => Vec::new(),
    }
}

fn what_is_known_of_harm(desk: &Desk, added: &Value) -> Vec<Value> {
    let known = json!({
        "family": added["family"], "who": "person", "person": added["people"][1], "known": ["harmed"], "learnedOn": "today",
        "source": "She told me",
    });
    made(answer(desk, "record_harm", known))
}

fn two_screenings(desk: &Desk, added: &Value) -> Vec<Value> {
    let declined = json!({
        "person": added["people"][1], "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "declined", "answers": [], "protective": [],
        "words": "",
    });
    let known = json!({"person": added["people"][0], "answers": [{"category": "prison_at_home", "answer": "no"}], "words": ""});
    vec![call(desk, "record_ace", declined)["id"].clone(), call(desk, "record_exposure", known)["id"].clone()]
}

/// A flag is marked that was none: the mark is the mistake.
fn a_mark(desk: &Desk, added: &Value) -> Vec<Value> {
    let flags = call(desk, "banner", json!({"family": added["family"]}))["flags"]["flags"].clone();
    let hospital = flags.as_array().unwrap().iter().find(|flag| flag["words"] == "In hospital");
    hospital.map(|flag| mark(desk, &flag["id"])).into_iter().collect()
}

fn mark(desk: &Desk, row: &Value) -> Value {
    call(desk, "mark_in_error", json!({"row": row, "reason": "It was a mistake"}))["id"].clone()
}

/// Every count and list that anybody of the team can read, without what is
/// shown as entered in error; ids by the order in which they are met.
fn told(place: &Place, added: &Value) -> BTreeMap<String, Value> {
    let family = json!({"family": added["family"]});
    let of_a_family = COMMANDS.iter().filter(|command| command.request == "OfFamily" && !command.writes).map(|command| command.name);
    let mut reads: Vec<(&str, Value)> = of_a_family.chain(["story"]).map(|command| (command, family.clone())).collect();
    for query in ["base", "conor", "zebra", "another", "wrong"] {
        reads.push(("find", json!({"query": query})));
    }
    for filter in ["open", "flagged", "news", "not_booked", "unborn", "no_visit_14_days", "no_worker"] {
        reads.push(("caseload", json!({"mine": true, "filter": filter, "sort": "last_contact"})));
        reads.push(("caseload", json!({"mine": false, "filter": filter, "sort": "next_visit"})));
    }
    reads.extend(["today", "concerns", "families_index", "kept_forms"].map(|command| (command, json!({}))));
    let desk = place.desk();
    let mut all = BTreeMap::new();
    for reader in READERS {
        unlock(&desk, reader).unwrap();
        for (command, request) in &reads {
            let mut value = answer(&desk, command, request.clone()).map_or(Value::Null, |mut answer| answer["value"].take());
            stands(&mut value);
            all.insert(format!("{reader}: {command} {request}"), value);
        }
    }
    call(&desk, "lock", json!({}));
    all.insert("counts".to_owned(), counted(place));
    let mut met = Vec::new();
    all.values_mut().for_each(|value| without_ids(value, &mut met));
    all
}

/// Takes away what is shown as entered in error, and how far was read.
fn stands(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.retain(|item| item.get("inError").is_none_or(|words| words == ""));
            items.iter_mut().for_each(stands);
        }
        Value::Object(fields) => {
            fields.retain(|name, _| !["readTo", "sent", "offered"].contains(&name.as_str()));
            fields.values_mut().for_each(stands);
        }
        _ => {}
    }
}

/// The counts behind a summary, which releases are made of.
fn counted(place: &Place) -> Value {
    let conn = place.open_with_copy(&lived_in().key);
    let conn = Db::of(&conn);
    let at = |year, month, day| Timestamp::from_local(NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(0, 0, 0).unwrap());
    let (date, from, until) = ("2026-12-31", at(2026, 10, 1), at(2027, 1, 1));
    let told = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        counts::infants_open_on(conn, date).unwrap(),
        counts::contacts_between(conn, from, until).unwrap(),
        counts::steps_open_on(conn, date, until).unwrap(),
        counts::groups_open_on(conn, date, until).unwrap(),
        counts::families_open_on(conn, date).unwrap(),
    );
    told.split(['(', ')']).map(|part| json!(part)).collect()
}

/// Each id becomes the number under which it was met.
fn without_ids(value: &mut Value, met: &mut Vec<String>) {
    match value {
        Value::String(text) if uuid::Uuid::parse_str(text).is_ok() => {
            let number = met.iter().position(|known| known == text).unwrap_or_else(|| {
                met.push(text.clone());
                met.len() - 1
            });
            *text = format!("id {number}");
        }
        Value::Array(items) => items.iter_mut().for_each(|item| without_ids(item, met)),
        Value::Object(fields) => fields.values_mut().for_each(|field| without_ids(field, met)),
        _ => {}
    }
}

/// Makes these mistakes, then marks each; the other record never had them.
fn as_if_never(mistakes: &[usize]) {
    let (place, added) = base();
    let never = place.copy();
    let desk = place.desk();
    let mut marked = Vec::new();
    for which in mistakes {
        place.later(5);
        let mistake = &MISTAKES[*which];
        unlock(&desk, mistake.by).unwrap();
        marked.push((mistake.marked_by, (mistake.make)(&desk, &added)));
    }
    // In both records somebody goes on, in one of them beside the mistakes.
    let going_on = |place: &Place| {
        place.clock.set(now().plus_minutes(300));
        let desk = place.as_user("owen");
        let theirs = &lived_in().families[2];
        sign(&desk, theirs, note(theirs, "Somebody goes on."));
        desk
    };
    call(&desk, "lock", json!({}));
    let (desk, other) = (going_on(&place), going_on(&never));
    call(&other, "lock", json!({}));
    // What came of something goes before it: a confirmed step is not its author's to mark.
    for (by, rows) in marked.into_iter().rev() {
        unlock(&desk, by).unwrap();
        for row in rows {
            mark(&desk, &row);
        }
    }
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
    call(&desk, "lock", json!({}));
    place.clock.set(now().plus_minutes(400));
    never.clock.set(now().plus_minutes(400));
    let (with, without) = (told(&place, &added), told(&never, &added));
    for (read, value) in &with {
        assert_eq!(value, &without[read], "{mistakes:?}, {read}");
    }
}

#[test]
fn every_kind_of_record_that_can_be_marked_is_tried() {
    let kinds: BTreeSet<&str> = MISTAKES.iter().flat_map(|mistake| mistake.kinds).copied().collect();
    let declared: BTreeSet<&str> = table::TABLES.iter().filter(|table| table.may_be_in_error).map(|table| table.name).collect();
    let untried: Vec<_> = declared.symmetric_difference(&kinds).collect();
    assert!(untried.is_empty(), "MISTAKES makes one of each kind that can be marked, and of no other: {untried:?}");
}

#[test]
fn what_was_entered_in_error_leaves_every_list_as_if_it_had_never_been() {
    for which in 0..MISTAKES.len() {
        as_if_never(&[which]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn several_mistakes_leave_every_list_as_if_they_had_never_been(mistakes in proptest::collection::vec(0..MISTAKES.len(), 2..6)) {
        as_if_never(&mistakes);
    }
}

#[test]
fn only_the_author_or_a_lead_marks_and_only_once() {
    let (_place, desk, added) = one_family();
    let flag = flag(&desk, &added, "in_hospital");
    let request = json!({"row": flag, "reason": "Of another family"});
    unlock(&desk, "tara").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_not_author");
    unlock(&desk, "owen").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "not_yours");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": flag, "reason": "no"})), "retract_no_reason");
    let by_the_lead = mark(&desk, &flag);
    assert_eq!(refused(&desk, "mark_in_error", request), "retract_done");
    let back = mark(&desk, &by_the_lead);
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": back, "reason": "Back and forth"})), "retract_not_this");
    assert_eq!(text(&call(&desk, "banner", json!({"family": added["family"]}))["flags"]["words"]), "1 flag", "taken back");
    mark(&desk, &flag);
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": added["episode"], "reason": "Added twice"})), "retract_not_this");
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": added["people"][0], "reason": "Added twice"})), "retract_last_infant");
}

#[test]
fn a_note_names_whoever_it_named_and_history_tells_of_the_mark() {
    let (place, desk, added) = one_family();
    let contact = sign(&desk, &added, note(&added, "Long looks."));
    unlock(&desk, "lead").unwrap();
    mark(&desk, &added["people"][1]);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert!(text(&read["who"]).contains("Róisín"), "{}", read["who"]);
    place.later(1);
    let history = call(&desk, "history", json!({"family": added["family"]}));
    let line = history["lines"].as_array().unwrap().iter().find(|line| line["what"] == "Marked something as entered in error").unwrap();
    let details: Vec<String> = line["details"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(details, ["What was entered in error: person: Róisín (mother)", "Reason: It was a mistake"]);
}

/// A note with a concern that Tara has answered; the concern and the answer.
fn an_answered_concern(desk: &Desk, added: &Value) -> (Value, Value, Value) {
    let contact = sign(desk, added, note_with_concern(added, "A mark on her arm."));
    let concern = call(desk, "contact", json!({"contact": contact}))["concern"]["id"].clone();
    unlock(desk, "tara").unwrap();
    let answer =
        call(desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": "Referred the same day."}))["answer"]
            .clone();
    (contact, concern, answer)
}

#[test]
fn no_mark_takes_a_concern_that_nobody_answered_off_the_list() {
    let (_place, desk, added) = one_family();
    let (contact, concern, answer) = an_answered_concern(&desk, &added);
    unlock(&desk, "lead").unwrap();
    let waits = |desk: &Desk| call(desk, "concerns", json!({}))["concerns"].as_array().unwrap().len();
    assert_eq!(waits(&desk), 0);
    mark(&desk, &concern);
    mark(&desk, &contact);
    assert_eq!(waits(&desk), 0, "it has been answered");
    unlock(&desk, "tara").unwrap();
    mark(&desk, &answer);
    let waiting = call(&desk, "concerns", json!({}))["concerns"][0].clone();
    assert_eq!((waiting["id"].clone(), waiting["open"].clone()), (concern.clone(), json!(true)));
    assert!(text(&waiting["inError"]).starts_with("Entered in error: It was a mistake. Marked by"), "{}", waiting["inError"]);
    let read = call(&desk, "contact", json!({"contact": contact}));
    assert_eq!((read["concern"]["id"].clone(), read["state"].clone()), (concern.clone(), json!("in_error")));
    let rows = call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].clone();
    assert!(rows.as_array().unwrap().iter().any(|row| row["family"] == added["family"] && row["concern"] == "Concern"), "{rows}");
    call(&desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": "Of another child, who is seen to."}));
    assert_eq!(waits(&desk), 0);
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_flag_that_was_none_says_nothing_was_checked() {
    let (_place, desk, added) = one_family();
    let words = || text(&call(&desk, "banner", json!({"family": added["family"]}))["flags"]["words"]);
    let before = words();
    let first = flag(&desk, &added, "in_hospital");
    mark(&desk, &first);
    assert_eq!(words(), before);
    let second = flag(&desk, &added, "animals");
    call(&desk, "end_flag", json!({"flag": second}));
    assert_eq!(words(), "Flags not checked since one ended 23-Nov-2026", "that one ended is no look");
    mark(&desk, &second);
    assert_eq!(words(), before);
}

#[test]
fn a_step_that_a_second_person_confirmed_is_not_its_authors_to_mark() {
    let (_place, desk, added) = one_family();
    let placement = place_on(&desk, &added, 5);
    let request = json!({"row": placement, "reason": "Of another family"});
    unlock(&desk, "tara").unwrap();
    let confirmation = call(&desk, "confirm_placement", json!({"placement": placement}))["id"].clone();
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_confirmed");
    unlock(&desk, "tara").unwrap();
    call(&desk, "mark_in_error", request);
    assert_eq!(refused(&desk, "confirm_placement", json!({"placement": placement})), "marked_since");
    mark(&desk, &confirmation);
}

#[test]
fn what_is_marked_is_not_acted_on_and_nobody_is_said_to_have_no_access() {
    let (place, desk, added) = one_family();
    let contact = sign(&desk, &added, note(&added, "Long looks."));
    let flag = flag(&desk, &added, "in_hospital");
    let father = json!({"role": "father", "familyName": "Base", "given": "Conor"});
    let father_added = call(&desk, "add_person", json!({"family": added["family"], "person": father}))["id"].clone();
    let seen = answer(&desk, "people", json!({"family": added["family"]})).unwrap()["seen"].clone();
    let mut with_him = note(&added, "He held her.");
    with_him["present"] = json!([father_added]);
    let draft = json!({"episode": added["episode"], "entry": with_him});
    call(&desk, "save_draft", draft.clone());
    [&contact, &flag, &father_added].into_iter().for_each(|row| drop(mark(&desk, row)));
    let his = json!({"person": father_added, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true});
    let mut sitting = his.clone();
    sitting
        .as_object_mut()
        .unwrap()
        .extend(json!({"sitting": "declined", "answers": [], "protective": [], "words": ""}).as_object().unwrap().clone());
    for (command, request) in [
        ("add_details", json!({"contact": contact, "text": "Of another visit."})),
        ("end_flag", json!({"flag": flag})),
        ("amend_person", json!({"id": father_added, "person": father, "seen": seen})),
        ("begin_ace", his),
        ("record_ace", sitting),
    ] {
        assert_eq!(refused(&desk, command, request), "marked_since", "{command}");
    }
    assert_eq!(refused(&desk, "sign_contact", draft.clone()), "note_nobody", "who was there is asked again");
    let missing = call(&desk, "check_contact", draft)["missing"].clone();
    assert_eq!(missing.as_array().unwrap().len(), 1, "{missing}");
    place.later(1);
    unlock(&desk, "lead").unwrap();
    let history = call(&desk, "history", json!({"family": added["family"]}));
    assert!(history["lines"].as_array().unwrap().iter().all(|line| line["kind"] != "denied"), "{history}");
}

#[test]
fn why_an_ace_record_was_marked_is_not_told_in_the_history() {
    let (place, desk, added) = one_family();
    let sittings = two_screenings(&desk, &added);
    let why = "She said it about her own mother";
    let marked = call(&desk, "mark_in_error", json!({"row": sittings[0], "reason": why}))["id"].clone();
    call(&desk, "mark_in_error", json!({"row": marked, "reason": why}));
    place.later(1);
    unlock(&desk, "lead").unwrap();
    let history = call(&desk, "history", json!({"family": added["family"]})).to_string();
    assert!(history.contains("Took back that something was entered in error"), "{history}");
    assert!(!history.contains(why), "{history}");
}

#[test]
fn a_mark_is_for_those_who_may_read_what_it_is_on() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let mut shared = json!({"episode": added["episode"], "partnerWorker": user_id(&desk, "pip"), "seen": people["seen"]});
    ["keyWorker", "therapist"].into_iter().for_each(|who| shared[who] = people["value"]["episode"][who].clone());
    call(&desk, "allocate", shared);
    unlock(&desk, "niamh").unwrap();
    let sitting = two_screenings(&desk, &added)[0].clone();
    let marked = mark(&desk, &sitting);
    unlock(&desk, "pip").unwrap();
    for row in [sitting, marked] {
        assert_eq!(refused(&desk, "mark_in_error", json!({"row": row, "reason": "Of another family"})), "not_yours");
    }
}

#[test]
fn a_person_of_whom_others_wrote_is_marked_by_a_lead() {
    let (_place, desk, added) = one_family();
    let person = a_person_who_was_asked_about(&desk, &added).remove(0);
    unlock(&desk, "tara").unwrap();
    let request =
        json!({"family": added["family"], "person": person, "group": "imprisonment", "answer": "no", "period": null, "source": ""});
    call(&desk, "answer_priority", request);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": person, "reason": "Added twice"})), "retract_person_others");
    unlock(&desk, "lead").unwrap();
    mark(&desk, &person);
}

#[test]
fn an_infant_who_is_back_has_a_place_of_its_own_in_the_order_of_births() {
    let (_place, desk, added) = one_family();
    let mut twin = family("Base")["people"][0].clone();
    twin["birthOrder"] = json!(2);
    let add = || call(&desk, "add_person", json!({"family": added["family"], "person": twin}))["id"].clone();
    let marked = mark(&desk, &add());
    add();
    assert_eq!(refused(&desk, "mark_in_error", json!({"row": marked, "reason": "She is back"})), "person_twin_order");
}

#[test]
fn what_was_marked_is_read_struck_where_it_was_read_before() {
    let (_place, desk, added) = one_family();
    let (_, _, answer) = an_answered_concern(&desk, &added);
    call(&desk, "mark_in_error", json!({"row": answer, "reason": "Of another child"}));
    unlock(&desk, "niamh").unwrap();
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let struck = &story["entries"][0]["concern"]["struck"][0];
    assert!(text(&struck["text"]).ends_with("Advice given, and our work continues. Referred the same day."), "{struck}");
    assert!(text(&struck["inError"]).starts_with("Entered in error: Of another child. Marked by tara of the team"), "{struck}");

    let mother = added["people"][1].clone();
    let sitting = json!({"person": mother, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "declined", "answers": [], "protective": [], "words": ""});
    let sitting = call(&desk, "record_ace", sitting)["id"].clone();
    call(&desk, "mark_in_error", json!({"row": sitting, "reason": "Of another parent"}));
    for who in ["niamh", "lead"] {
        unlock(&desk, who).unwrap();
        let ace = call(&desk, "ace", json!({"family": added["family"]}));
        let entry = &ace["parents"][0]["entries"][0];
        assert!(text(&entry["inError"]).starts_with("Entered in error: Of another parent."), "{who}: {ace}");
    }
}

#[test]
fn a_step_that_two_agreed_is_not_undone_by_the_one_who_recorded_it() {
    let (_place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let place = json!({
        "family": added["family"], "step": 4, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
        "infantShows": "Looks away.", "receivingService": "", "acceptedBy": "", "reviewOn": "",
    });
    let step = call(&desk, "place", place)["placements"][0]["id"].clone();
    unlock(&desk, "tara").unwrap();
    let confirmation = call(&desk, "confirm_placement", json!({"placement": step}))["id"].clone();
    unlock(&desk, "lead").unwrap();
    let mark = |row: &Value| json!({"row": row, "reason": "It was another family"});
    assert_eq!(refused(&desk, "mark_in_error", mark(&confirmation)), "retract_own_step");
    assert_eq!(refused(&desk, "mark_in_error", mark(&step)), "retract_confirmed");
    unlock(&desk, "tara").unwrap();
    let marked = call(&desk, "mark_in_error", mark(&step))["id"].clone();
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", mark(&marked)), "retract_own_step", "nor is it brought back by them alone");
}

#[test]
fn a_flag_that_keeps_people_safe_is_not_its_setters_to_mark() {
    let (_place, desk, added) = one_family();
    let safe = flag(&desk, &added, "child_protection_register");
    let mark = json!({"row": safe, "reason": "It was another family"});
    assert_eq!(refused(&desk, "mark_in_error", mark.clone()), "retract_keeps_safe", "one alone does not end it this way either");
    unlock(&desk, "lead").unwrap();
    call(&desk, "mark_in_error", mark);
    assert_eq!(call(&desk, "banner", json!({"family": added["family"]}))["flags"]["flags"], json!([]));
}

/// A concern leaves the record only when somebody other than who raised it has answered it and marks it, alone or with its note.
#[test]
fn a_concern_is_marked_as_entered_in_error_by_two_people() {
    let (_place, desk, added) = one_family();
    let contact = sign(&desk, &added, note_with_concern(&added, "Of another child."));
    let concern = |desk: &Desk| call(desk, "contact", json!({"contact": contact}))["concern"].clone();
    let rows = [concern(&desk)["id"].clone(), contact.clone()];
    let offered = |desk: &Desk| {
        (concern(desk)["mayMarkInError"].clone(), call(desk, "contact", json!({"contact": contact}))["mayMarkInError"].clone())
    };
    let request = |row: &Value| json!({"row": row, "reason": "Written about another child"});
    rows.iter().for_each(|row| assert_eq!(refused(&desk, "mark_in_error", request(row)), "retract_concern"));
    unlock(&desk, "tara").unwrap();
    rows.iter().for_each(|row| assert_eq!(refused(&desk, "mark_in_error", request(row)), "retract_concern"));
    assert_eq!(offered(&desk), (json!(false), json!(false)));
    let answer = json!({"concern": rows[0], "decision": "advice", "answer": "Written in the wrong record."});
    call(&desk, "answer_concern", answer);
    assert_eq!(offered(&desk), (json!(true), json!(true)));
    unlock(&desk, "niamh").unwrap();
    rows.iter().for_each(|row| assert_eq!(refused(&desk, "mark_in_error", request(row)), "retract_own_concern"));
    assert_eq!(refused(&desk, "retract_contact", json!({"contact": contact, "reason": "Wrong child"})), "retract_own_concern");
    assert_eq!(offered(&desk), (json!(false), json!(false)));
    unlock(&desk, "lead").unwrap();
    mark(&desk, &rows[0]);
    assert!(text(&concern(&desk)["inError"]).starts_with("Entered in error: It was a mistake. Marked by"));
}

/// Each screen offers to mark what the reader may mark, and nothing else; what was marked is read there, struck through.
#[test]
fn screens_offer_to_mark_what_the_reader_may_mark() {
    let (_place, desk, added) = one_family();
    let family = json!({"family": added["family"]});
    let animals = flag(&desk, &added, "animals");
    let register = flag(&desk, &added, "child_protection_register");
    let step = place_on(&desk, &added, 3);
    let group = json!({"family": added["family"], "person": null, "group": "poverty", "answer": "suspected", "period": "now", "source": "Her words"});
    call(&desk, "answer_priority", group);
    let people = call(&desk, "people", family.clone());
    assert_eq!(people["mayMark"], json!([added["people"][1], animals]), "not the only infant, nor what keeps people safe");
    let placement = |desk: &Desk| call(desk, "placements", family.clone())["placements"][0].clone();
    assert_eq!(placement(&desk)["mayMarkInError"], true);
    let poverty = |desk: &Desk| {
        let groups = call(desk, "priority", family.clone())["groups"].clone();
        groups.as_array().unwrap().iter().find(|group| group["group"] == "poverty").unwrap()["questions"][0].clone()
    };
    assert_eq!(poverty(&desk)["mayMarkInError"], true);
    unlock(&desk, "tara").unwrap();
    assert_eq!(call(&desk, "people", family.clone())["mayMark"], json!([register]), "the second person's to decide");
    assert_eq!((&placement(&desk)["mayMarkInError"], &poverty(&desk)["mayMarkInError"]), (&json!(false), &json!(false)));
    unlock(&desk, "niamh").unwrap();
    let answered = poverty(&desk)["id"].clone();
    for row in [&added["people"][1], &animals, &step, &answered] {
        mark(&desk, row);
    }
    let people = call(&desk, "people", family.clone());
    let struck: Vec<String> = people["struck"].as_array().unwrap().iter().map(|line| text(&line["text"])).collect();
    assert_eq!(struck, ["O’NEILL, Róisín, mother", "Animals at home"]);
    assert!(text(&people["struck"][0]["inError"]).starts_with("Entered in error: It was a mistake. Marked by niamh of the team"));
    assert_eq!(poverty(&desk)["struck"][0]["text"], "Yes, suspected or reported by someone else · now · Her words");
    assert_eq!((placement(&desk), poverty(&desk)["id"].clone()), (Value::Null, Value::Null));
}

/// A family that was added twice: once nothing but its people is left, it leaves every list, count and search, opens to nobody, and comes back with the mark taken back.
#[test]
fn a_family_that_was_entered_in_error_leaves_every_list_and_can_come_back() {
    let (place, desk, added) = one_family();
    let twice = call(&desk, "add_family", family("Twiceadded"));
    let request = |reason: &str| json!({"row": twice["family"], "reason": reason});
    let people = call(&desk, "people", json!({"family": twice["family"]}));
    assert!(people["mayMark"].as_array().unwrap().contains(&twice["family"]), "{people}");
    let contact = sign(&desk, &twice, note(&twice, "Long looks."));
    assert_eq!(refused(&desk, "mark_in_error", request("Added twice")), "retract_family_holds");
    mark(&desk, &contact);
    unlock(&desk, "lead").unwrap();
    call(&desk, "set_flag", json!({"family": twice["family"], "kind": "animals"}));
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request("Added twice")), "retract_person_others");
    unlock(&desk, "lead").unwrap();
    let counted = |place: &Place| {
        let conn = place.open_with_copy(&place.key());
        let conn = Db::of(&conn);
        let date = "2026-11-23";
        let until = now().plus_minutes(600);
        (
            counts::families_open_on(conn, date).unwrap(),
            counts::steps_open_on(conn, date, until).unwrap().len(),
            counts::infants_open_on(conn, date).unwrap().len(),
        )
    };
    assert_eq!(counted(&place), (2, 2, 2));
    let marked = call(&desk, "mark_in_error", request("Added twice"))["id"].clone();
    assert_eq!(counted(&place), (1, 1, 1));
    let list =
        |mine: bool| call(&desk, "caseload", json!({"mine": mine, "filter": "open", "sort": "name"}))["rows"].as_array().unwrap().len();
    assert_eq!(list(false), 1);
    assert_eq!(call(&desk, "find", json!({"query": "twiceadded"}))["people"], json!([]));
    for command in ["story", "people", "banner", "placements"] {
        assert_eq!(refused(&desk, command, json!({"family": twice["family"]})), "not_yours", "{command}");
    }
    assert!(call(&desk, "history", json!({"family": twice["family"]})).to_string().contains("Added twice"), "the lead reads why");
    let there = call(&desk, "families_in_error", json!({}))["families"].clone();
    assert!(text(&there[0]["words"]).starts_with("Entered in error: Added twice. Marked by Lead"), "{there}");
    assert_eq!((&there[0]["mark"], &there[0]["reference"]), (&marked, &twice["reference"]));
    assert_eq!(findings(&desk), [""; 0]);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(list(true), 1);
    assert_eq!(refused(&desk, "story", json!({"family": twice["family"]})), "not_yours");
    assert_eq!(
        refused(&desk, "mark_in_error", json!({"row": marked, "reason": "It was no mistake"})),
        "not_yours",
        "only a lead takes it back"
    );
    unlock(&desk, "lead").unwrap();
    mark(&desk, &marked);
    assert_eq!((counted(&place), list(false)), ((2, 2, 2), 2));
    assert_eq!(call(&desk, "find", json!({"query": "twiceadded"}))["people"].as_array().unwrap().len(), 2);
    call(&desk, "story", json!({"family": twice["family"]}));
    assert_eq!(call(&desk, "families_in_error", json!({}))["families"], json!([]));
    assert_eq!(findings(&desk), [""; 0]);
    drop(added);
}

/// A flag that keeps people safe is ended by two: a family is no way for one to take it away.
#[test]
fn a_family_with_a_flag_that_keeps_people_safe_is_not_marked_before_the_flag() {
    let (_place, desk, _added) = one_family();
    let twice = call(&desk, "add_family", family("Twiceadded"));
    let safe = flag(&desk, &twice, "child_protection_register");
    let request = json!({"row": twice["family"], "reason": "Added twice"});
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_family_holds");
    unlock(&desk, "lead").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_family_holds");
    mark(&desk, &safe);
    call(&desk, "mark_in_error", request);
}

/// What somebody wrote and has not signed is nowhere once its family opens to nobody.
#[test]
fn a_family_of_which_somebody_has_an_unsigned_note_is_not_marked() {
    let (_place, desk, _added) = one_family();
    let twice = call(&desk, "add_family", family("Twiceadded"));
    unlock(&desk, "tara").unwrap();
    call(&desk, "save_draft", json!({"episode": twice["episode"], "entry": note(&twice, "Long looks.")}));
    let request = json!({"row": twice["family"], "reason": "Added twice"});
    unlock(&desk, "niamh").unwrap();
    assert_eq!(refused(&desk, "mark_in_error", request.clone()), "retract_family_unsigned");
    assert!(!call(&desk, "people", json!({"family": twice["family"]}))["mayMark"].as_array().unwrap().contains(&twice["family"]));
    unlock(&desk, "tara").unwrap();
    call(&desk, "discard_draft", json!({"episode": twice["episode"]}));
    unlock(&desk, "niamh").unwrap();
    call(&desk, "mark_in_error", request);
    unlock(&desk, "tara").unwrap();
    let late = json!({"episode": twice["episode"], "entry": note(&twice, "Long looks.")});
    assert_eq!(refused(&desk, "save_draft", late), "not_yours", "nothing is begun in it any more");
}

/// What was recorded while something was marked is not doubled when the mark is taken back.
#[test]
fn what_comes_back_fits_beside_what_was_recorded_since() {
    let (_place, desk, added) = one_family();
    let back = |mark: &Value| json!({"row": mark, "reason": "It was no mistake"});
    let lost = |on: &str| call(&desk, "record_loss", json!({"person": added["people"][1], "kind": "death", "lostOn": on}))["id"].clone();
    let marked = mark(&desk, &lost("yesterday"));
    let second = lost("today");
    assert_eq!(refused(&desk, "mark_in_error", back(&marked)), "loss_recorded");
    mark(&desk, &second);
    call(&desk, "mark_in_error", back(&marked));

    let line = json!({
        "family": added["family"], "outcome": "attended", "present": [added["people"][0]], "infants": [{"person": added["people"][0], "state": "awake"}],
        "notSeenWhy": "", "words": "",
    });
    let mut group = json!({
        "kinds": ["baby_massage"], "when": "today 10:30-12:00", "place": "The base", "ledBy": "Niamh", "together": "Legs and feet.", "families": [line],
    });
    let signed = call(&desk, "sign_group", group.clone());
    let marked = mark(&desk, &signed["contacts"][0]);
    group["session"] = signed["session"].clone();
    call(&desk, "sign_group", group);
    assert_eq!(refused(&desk, "mark_in_error", back(&marked)), "group_family_recorded");
}

#[test]
fn one_number_is_not_two_peoples_once_a_person_or_a_family_is_back() {
    let (_place, desk, added) = one_family();
    let number = "3200001011";
    let with = |mut person: Value, number: &str| {
        (person["number"], person["numberAbsent"]) = (json!(number), Value::Null);
        person
    };
    let mut twice = family("Twiceadded");
    twice["people"][0] = with(twice["people"][0].clone(), number);
    let twice = call(&desk, "add_family", twice);
    let marked = mark(&desk, &twice["family"]);
    let sibling = |family_name: &str, given: &str| {
        let born = json!({"day": "11", "month": "10", "year": "2024"});
        let person = json!({"role": "sibling", "familyName": family_name, "given": given, "born": born});
        call(&desk, "add_person", json!({"family": added["family"], "person": with(person, number)}))["id"].clone()
    };
    let first = sibling("Wilson", "Ruth");
    unlock(&desk, "lead").unwrap();
    let back = |mark: &Value| json!({"row": mark, "reason": "It was no mistake"});
    assert_eq!(refused(&desk, "mark_in_error", back(&marked)), "person_number_taken");
    let first = mark(&desk, &first);
    let second = sibling("Bell", "Ada");
    assert_eq!(refused(&desk, "mark_in_error", back(&first)), "person_number_taken");
    mark(&desk, &second);
    call(&desk, "mark_in_error", back(&marked));
}

/// A conversation and an exposure too, by who recorded them or a lead, and by nobody else who may read them.
#[test]
fn what_was_recorded_of_ace_is_marked_where_it_is_read() {
    let (place, added) = base();
    let desk = place.as_user("niamh");
    let rows = two_screenings(&desk, &added);
    let entries = |desk: &Desk| {
        let view = call(desk, "ace", json!({"family": added["family"]}));
        let of = |list: &Value| -> Vec<Value> {
            list.as_array().unwrap().iter().flat_map(|person| person["entries"].as_array().unwrap().clone()).collect()
        };
        [of(&view["parents"]), of(&view["infants"])].concat()
    };
    let offered = |desk: &Desk| entries(desk).iter().filter(|entry| entry["mayMarkInError"] == true).count();
    assert_eq!(offered(&desk), rows.len());
    unlock(&desk, "tara").unwrap();
    assert_eq!(offered(&desk), 0);
    unlock(&desk, "niamh").unwrap();
    for row in &rows {
        assert!(entries(&desk).iter().any(|entry| entry["id"] == *row));
        mark(&desk, row);
    }
    assert_eq!(offered(&desk), 0);
    assert!(entries(&desk).iter().all(|entry| text(&entry["inError"]).starts_with("Entered in error:")));
}
