//! What stands is what was recorded last, whatever the clocks said.

use attune_core::desk::Desk;
use attune_core::time::Clock;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::support::*;

/// The clock was a month ahead for one entry, and was put right.
#[test]
fn what_was_recorded_last_stands_after_a_clock_that_was_ahead() {
    let (place, desk, added) = one_family();
    place.later(29 * 24 * 60);
    step(&desk, &added, 3);
    answers(&desk, &added, "confirmed");
    place.later(-29 * 24 * 60);
    step(&desk, &added, 2);
    answers(&desk, &added, "no");
    stands(&desk, &added, 2, "no");
    let placed = &call(&desk, "placements", json!({"family": added["family"]}))["placements"];
    assert_eq!((&placed[0]["current"], &placed[1]["current"]), (&json!(true), &json!(false)));
}

/// Two entries between which the clock went back both say so, for nobody can tell which of them is dated wrong.
#[test]
fn two_entries_between_which_the_clock_went_back_say_so() {
    let (place, desk, added) = one_family();
    let note = |words: &str| sign(&desk, &added, note(&added, words));
    note("Before.");
    place.later(29 * 24 * 60);
    step(&desk, &added, 4);
    place.later(-29 * 24 * 60);
    note("After.");
    place.later(20);
    note("Later.");
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let told = |entry: &Value| {
        let said = format!("{} {}", entry["late"].as_str().unwrap_or_default(), entry["by"].as_str().unwrap_or_default());
        said.contains("The clock was 29 days wrong when this or an entry beside it was recorded: check its date")
    };
    let marked: Vec<bool> = story["entries"].as_array().unwrap().iter().map(told).collect();
    let steps: Vec<bool> = story["entries"].as_array().unwrap().iter().map(|entry| entry["step"].is_number()).collect();
    assert_eq!((marked.iter().filter(|marked| **marked).count(), steps.len()), (2, 4), "{story}");
    assert!(marked[steps.iter().position(|step| *step).unwrap()], "{story}");
}

/// A visit that was signed while the clock was wrong, ahead or behind, takes nothing from the lists of the right days.
#[test]
fn a_note_of_a_wrong_clock_hides_no_next_visit_and_no_follow_up() {
    for wrong in [30, -30] {
        let (place, desk, added) = one_family();
        let mut first = note(&added, "Before.");
        first["plan"] = json!("The older plan.");
        // With a clock that is behind, it is the newer note that is dated wrong.
        let (of_first, of_second) = if wrong > 0 { (wrong, 0) } else { (0, wrong) };
        place.later(of_first * 24 * 60);
        sign(&desk, &added, first);
        place.later((of_second - of_first) * 24 * 60 + 30);
        let mut second = note(&added, "After.");
        second["plan"] = json!("The newer plan.");
        let day = place.clock.now().date() + chrono::Days::new(u64::try_from(3 - of_second).unwrap());
        second["nextVisit"] = json!(format!("{} 10:30", day.format("%d-%b-%Y")));
        sign(&desk, &added, second);
        place.later(-of_second * 24 * 60);
        let story = call(&desk, "story", json!({"family": added["family"]}));
        assert!(text(&story["nextVisit"]).contains(&day.format("%d-%b-%Y").to_string()), "{wrong}: {}", story["nextVisit"]);
        assert!(story["plan"].to_string().contains("The newer plan."), "{wrong}: {}", story["plan"]);
        place.later(3 * 24 * 60);
        unlock(&desk, "niamh").unwrap();
        assert_eq!(call(&desk, "today", json!({}))["visits"].as_array().unwrap().len(), 1, "{wrong}: on its day");
        let mut missed = note(&added, "");
        for (field, value) in [("outcome", "was_not_brought"), ("kind", "clinic"), ("when", "today 00:01-00:30"), ("nextVisit", "")] {
            missed[field] = json!(value);
        }
        sign(&desk, &added, missed);
        assert_eq!(call(&desk, "today", json!({}))["followUps"].as_array().unwrap().len(), 1, "{wrong}: not brought");
    }
}

/// Who rings in the morning still has the visit of the afternoon, and is reminded of its note.
#[test]
fn a_call_before_a_visit_is_not_the_visit() {
    let (place, desk, added) = one_family();
    let mut visit = note(&added, "Before.");
    visit["nextVisit"] = json!("today 23:30");
    sign(&desk, &added, visit);
    let mut call_before = note(&added, "");
    for (field, value) in
        [("kind", json!("phone")), ("when", json!("today 14:50-14:55")), ("told", json!("See you later.")), ("nextVisit", json!(""))]
    {
        call_before[field] = value;
    }
    sign(&desk, &added, call_before);
    assert_eq!(call(&desk, "today", json!({}))["visits"].as_array().unwrap().len(), 1);
    place.later(24 * 60);
    unlock(&desk, "niamh").unwrap();
    assert_eq!(call(&desk, "today", json!({}))["unwritten"].as_array().unwrap().len(), 1);
}

/// Every step is in the story once, in whichever order the clocks had them and however many pages there are.
#[test]
fn a_story_leaves_no_step_out_whatever_the_clocks_said() {
    let (place, desk, added) = one_family();
    place.later(110 * 24 * 60);
    step(&desk, &added, 4);
    place.later(-110 * 24 * 60);
    step(&desk, &added, 2);
    for _ in 0..43 {
        place.later(24 * 60);
        sign(&desk, &added, note(&added, "Looks."));
    }
    let (mut steps, mut skip) = (Vec::new(), json!(0));
    loop {
        let story = call(&desk, "story", json!({"family": added["family"], "skip": skip}));
        steps.extend(story["entries"].as_array().unwrap().iter().filter_map(|entry| entry["step"].as_u64()));
        skip = story["sent"].clone();
        if story["more"] == 0 {
            break;
        }
    }
    steps.sort_unstable();
    assert_eq!(steps, [2, 4]);
}

/// Nobody takes a family off step 4 alone by way of a step that waits.
#[test]
fn a_step_between_does_not_make_a_second_person_needless() {
    let (_place, desk, added) = one_family();
    step(&desk, &added, 4);
    unlock(&desk, "tara").unwrap();
    let family = json!({"family": added["family"]});
    let placed = call(&desk, "placements", family.clone())["placements"][0]["id"].clone();
    call(&desk, "confirm_placement", json!({"placement": placed}));
    unlock(&desk, "niamh").unwrap();
    step(&desk, &added, 2);
    step(&desk, &added, 3);
    assert_eq!(text(&call(&desk, "story", family)["step"]), "Step 4 · Specialist therapeutic; step 3 is proposed");
    unlock(&desk, "tara").unwrap();
    assert_eq!(call(&desk, "today", json!({}))["placements"].as_array().unwrap().len(), 1);
}

/// A colleague's clock was a year behind: what they recorded is new all the same, and a mark made before it does not hide it.
#[test]
fn what_arrives_after_a_mark_is_new_whatever_its_clock_said() {
    let (place, desk, added) = one_family();
    unlock(&desk, "tara").unwrap();
    let story = |desk: &Desk| call(desk, "story", json!({"family": added["family"]}));
    let mark = |desk: &Desk| call(desk, "mark_seen", json!({"family": added["family"], "until": story(desk)["readTo"]}));
    mark(&desk);
    place.later(-365 * 24 * 60);
    unlock(&desk, "niamh").unwrap();
    step(&desk, &added, 3);
    place.later(365 * 24 * 60);
    unlock(&desk, "tara").unwrap();
    assert_eq!(text(&story(&desk)["news"]), "1 new to you");
    let list = |desk: &Desk| call(desk, "caseload", json!({"mine": false, "filter": "news", "sort": "name"}))["rows"].clone();
    assert_eq!(text(&list(&desk)[0]["news"]), "1 new");
    mark(&desk);
    assert_eq!((text(&story(&desk)["news"]), list(&desk)), (String::new(), json!([])));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Clocks ten years off in either direction change nothing of what stands.
    #[test]
    fn what_stands_does_not_rest_on_clocks(turns in proptest::collection::vec((-3650_i64..=3650, 1_u8..=5), 1..8)) {
        let (place, desk, added) = one_family();
        let today = place.clock.now();
        let mut on = 0;
        for ((days, to), answer) in turns.into_iter().zip(["confirmed", "no"].into_iter().cycle()) {
            place.clock.set(today.plus_minutes(days * 24 * 60));
            step(&desk, &added, to);
            answers(&desk, &added, answer);
            // A step down from 4 or 5 is only proposed.
            on = if on >= 4 && to < on { on } else { to };
            stands(&desk, &added, on, answer);
        }
        place.clock.set(today);
        unlock(&desk, "lead").unwrap();
        prop_assert_eq!(findings(&desk), [""; 0]);
    }
}

fn step(desk: &Desk, added: &Value, step: u8) {
    let request = json!({
        "family": added["family"], "step": step, "rationale": "She turns away when she is picked up.", "indicators": [],
        "parentView": "", "infantShows": "Looks.", "receivingService": "Health visiting", "acceptedBy": "M. Kane",
    });
    call(desk, "place", request);
}

fn answers(desk: &Desk, added: &Value, answer: &str) {
    let period = (answer == "confirmed").then_some("now");
    let request = json!({
        "family": added["family"], "person": null, "group": "poverty", "answer": answer, "period": period, "source": "",
    });
    call(desk, "answer_priority", request);
}

/// Every place that says which step or answer stands says this one.
fn stands(desk: &Desk, added: &Value, step: u8, answer: &str) {
    let family = json!({"family": added["family"]});
    let placements = call(desk, "placements", family.clone())["placements"].clone();
    let current: Vec<&Value> = placements.as_array().unwrap().iter().filter(|one| one["current"] == true).map(|one| &one["step"]).collect();
    assert_eq!(current, [&json!(step)], "the list of steps");
    assert!(text(&call(desk, "story", family.clone())["step"]).starts_with(&format!("Step {step}")), "the story");
    let rows = call(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["family"] == added["family"]).unwrap();
    let said = format!("{} {}", text(&row["step"]), text(&row["stepNote"]));
    assert!(said.starts_with(&format!("Step {step} ")) || said.ends_with(&format!("step {step} until confirmed")), "the caseload: {said}");
    let groups = call(desk, "priority", family)["groups"].clone();
    let questions = groups.as_array().unwrap().iter().filter(|group| group["group"] == "poverty").map(|group| &group["questions"]);
    assert!(questions.clone().next().is_some());
    for question in questions.flat_map(|questions| questions.as_array().unwrap()) {
        assert_eq!(question["answer"], answer, "{question}");
    }
}
