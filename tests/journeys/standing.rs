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
    step(&desk, &added, 4);
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
        said.contains("The clock was 29 days wrong when this or the entry beside it was recorded: check its date")
    };
    let marked: Vec<bool> = story["entries"].as_array().unwrap().iter().map(told).collect();
    let steps: Vec<bool> = story["entries"].as_array().unwrap().iter().map(|entry| entry["step"].is_number()).collect();
    assert_eq!((marked.iter().filter(|marked| **marked).count(), steps.len()), (2, 4), "{story}");
    assert!(marked[steps.iter().position(|step| *step).unwrap()], "{story}");
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
        for ((days, to), answer) in turns.into_iter().zip(["confirmed", "no"].into_iter().cycle()) {
            place.clock.set(today.plus_minutes(days * 24 * 60));
            step(&desk, &added, to);
            answers(&desk, &added, answer);
            stands(&desk, &added, to, answer);
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
    assert_eq!(call(desk, "placements", family.clone())["placements"][0]["step"], step, "the list of steps");
    assert!(text(&call(desk, "story", family.clone())["step"]).starts_with(&format!("Step {step}")), "the story");
    let rows = call(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["family"] == added["family"]).unwrap();
    assert!(text(&row["step"]).starts_with(&format!("Step {step}")), "the caseload: {}", row["step"]);
    let groups = call(desk, "priority", family)["groups"].clone();
    let questions = groups.as_array().unwrap().iter().filter(|group| group["group"] == "poverty").map(|group| &group["questions"]);
    assert!(questions.clone().next().is_some());
    for question in questions.flat_map(|questions| questions.as_array().unwrap()) {
        assert_eq!(question["answer"], answer, "{question}");
    }
}
