//! What was entered in error stays readable and counts for nothing: in every
//! count and list the record is as one that never had it.

use std::collections::{BTreeMap, BTreeSet};

use attune_core::api::COMMANDS;
use attune_core::desk::Desk;
use attune_core::release::{Period, tallies};
use attune_core::schema as table;
use attune_core::store::db::Db;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::support::*;

mod families;
mod who_may_mark;

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
    let counted = tallies::count(Db::of(&conn), Period::parse("2026-Q4").unwrap()).unwrap();
    let told: String = counted.iter().map(|table| format!("{} of {}: {:?} ", table.spec().name, table.families(), table.sums())).collect();
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
