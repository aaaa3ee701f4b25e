//! When each infant was last seen, and what came of the contacts since, against
//! a naive reading of what was signed.

use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Place, call, note, sign, team, text, unlock};

/// A family of twins, whose key worker is Niamh and whose therapist is Tara.
fn twins() -> &'static (Place, Value) {
    static TWINS: OnceLock<(Place, Value)> = OnceLock::new();
    TWINS.get_or_init(|| {
        let place = Place::new();
        let desk = team(&place);
        let tara = crate::support::user_id(&desk, "tara");
        unlock(&desk, "niamh").unwrap();
        let twin = |given: &str, order: u8| {
            json!({"role": "infant", "familyName": "Bell", "given": given, "sex": "male", "birthOrder": order,
                   "born": {"day": "11", "month": "10", "year": "2026"}, "numberAbsent": "just_born"})
        };
        let mother = json!({"role": "mother", "familyName": "Bell", "given": "Ann"});
        let added = call(&desk, "add_family", json!({"people": [twin("Jo", 1), twin("Sam", 2), mother], "therapist": tara}));
        call(&desk, "lock", json!({}));
        (place, added)
    })
}

/// One contact: by whom, how, what came of it, and how each twin was.
#[derive(Debug, Clone, Copy)]
struct Held {
    by: usize,
    kind: usize,
    outcome: usize,
    states: [usize; 2],
}

const BY: [&str; 2] = ["niamh", "tara"];
const KINDS: [&str; 3] = ["home_visit", "phone", "clinic"];
const OUTCOMES: [&str; 6] = ["attended", "no_access", "was_not_brought", "cancelled_by_family", "cancelled_by_us", "declined"];
const STATES: [&str; 3] = ["awake", "asleep", "not_seen"];
const SAID: [&str; 2] = ["awake", "asleep throughout"];

impl Held {
    /// What is asked for of the infants, as the note asks it.
    fn sees(self) -> bool {
        KINDS[self.kind] != "phone" && OUTCOMES[self.outcome] == "attended"
    }

    fn entry(self, added: &Value) -> Value {
        let mut entry = note(added, "Written.");
        let absent = |which: usize| STATES[self.states[which]] == "not_seen";
        let here: Vec<&Value> = (0..2).filter(|which| !absent(*which)).map(|which| &added["people"][which]).collect();
        entry["present"] = json!(here.into_iter().chain([&added["people"][2]]).collect::<Vec<_>>());
        let states = (0..2).map(|which| json!({"person": added["people"][which], "state": STATES[self.states[which]]}));
        entry["infants"] = if self.sees() { states.collect() } else { json!([]) };
        for (field, value) in [("kind", KINDS[self.kind]), ("outcome", OUTCOMES[self.outcome]), ("when", "today 09:00"), ("until", "30")] {
            entry[field] = json!(value);
        }
        (entry["told"], entry["notSeenWhy"], entry["nextVisit"]) = (json!("Told."), json!("Asleep upstairs."), json!(""));
        if OUTCOMES[self.outcome] == "was_not_brought" {
            entry["present"] = json!([added["people"][2]]);
        }
        entry
    }
}

/// What is said of twin `which`, `days` after the last contact of each history.
fn naive(all: &[Held], which: usize) -> String {
    let seen = all.iter().rposition(|held| held.sees() && STATES[held.states[which]] != "not_seen");
    match seen {
        None => "not seen yet".to_owned(),
        Some(at) => {
            let (days, by) = (all.len() - 1 - at, BY[all[at].by]);
            let ago = if days == 0 { "today".to_owned() } else { format!("{days}d ago") };
            format!("seen {} {ago} by {by} of the team", SAID[all[at].states[which]])
        }
    }
}

fn naive_pattern(all: &[Held]) -> String {
    let any_seen = |held: &Held| held.sees() && held.states.iter().any(|state| STATES[*state] != "not_seen");
    let since = all.iter().rposition(any_seen).map_or(0, |at| at + 1);
    let counted: Vec<&Held> =
        all[since..].iter().filter(|held| KINDS[held.kind] != "phone" && OUTCOMES[held.outcome] != "cancelled_by_us").collect();
    if counted.len() < 3 {
        return String::new();
    }
    let of = |outcome: &str| counted.iter().filter(|held| OUTCOMES[held.outcome] == outcome).count();
    let parts = [("cancelled_by_family", "cancelled by the family"), ("no_access", "no access"), ("was_not_brought", "was not brought")];
    let parts: Vec<String> = parts.iter().filter(|(code, _)| of(code) > 0).map(|(code, words)| format!("{} {words}", of(code))).collect();
    let told = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("Not seen at the last {} contacts{told}", counted.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// One contact a day, by two workers: the story says of each twin what a
    /// naive reading of the notes says.
    #[test]
    fn when_an_infant_was_last_seen_is_what_the_notes_say(
        history in prop::collection::vec((0_usize..2, 0_usize..3, 0_usize..6, [0_usize..3, 0_usize..3]), 1..9),
    ) {
        let (place, added) = twins();
        let place = place.copy();
        let desk = place.desk();
        let mut all: Vec<Held> = Vec::new();
        for (by, kind, outcome, states) in history {
            let held = Held { by, kind, outcome, states };
            if !all.is_empty() {
                place.later(24 * 60);
            }
            unlock(&desk, BY[by]).unwrap();
            sign(&desk, added, held.entry(added));
            all.push(held);
        }
        let story = call(&desk, "story", json!({"family": added["family"]}));
        prop_assert_eq!(text(&story["lastSeen"]), format!("Jo: {} · Sam: {}", naive(&all, 0), naive(&all, 1)), "{:?}", all);
        prop_assert_eq!(text(&story["pattern"]), naive_pattern(&all), "{:?}", all);
        let rows = call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"].clone();
        prop_assert_eq!(&rows[0]["lastSeen"], &story["lastSeen"]);
    }
}

#[test]
fn a_visit_in_which_nobody_saw_the_infant_does_not_count_as_one() {
    let (place, added) = twins();
    let place = place.copy();
    let desk = place.desk();
    let held = |states: [usize; 2]| Held { by: 0, kind: 0, outcome: 0, states }.entry(added);
    unlock(&desk, "niamh").unwrap();
    sign(&desk, added, held([0, 0]));
    let unseen = |desk: &attune_core::desk::Desk| {
        let all = call(desk, "caseload", json!({"mine": true, "filter": "no_visit_14_days", "sort": "name"}));
        all["rows"].as_array().unwrap().first().map(|row| text(&row["unseen"]))
    };
    for days in [7, 7, 7] {
        place.later(24 * 60 * days);
        unlock(&desk, "niamh").unwrap();
        sign(&desk, added, held([2, 2]));
    }
    assert_eq!(unseen(&desk), Some("not seen for 21d".to_owned()), "three visits, and nobody saw them");
    sign(&desk, added, held([0, 2]));
    assert_eq!(unseen(&desk), Some("not seen for 21d".to_owned()), "one of two was");
    sign(&desk, added, held([2, 0]));
    assert_eq!(unseen(&desk), None);
}

/// Was not brought, and then one of the twins was seen: the other is still to be followed up.
#[test]
fn to_see_one_of_twins_does_not_end_the_follow_up_of_the_other() {
    let (place, added) = twins();
    let place = place.copy();
    let desk = place.as_user("niamh");
    let follow_ups = || call(&desk, "today", json!({}))["followUps"].as_array().unwrap().len();
    let held = |outcome: usize, states: [usize; 2]| Held { by: 0, kind: if outcome == 2 { 2 } else { 0 }, outcome, states };
    sign(&desk, added, held(2, [2, 2]).entry(added));
    assert_eq!(follow_ups(), 1);
    for (states, left) in [([0, 2], 1), ([2, 0], 0)] {
        place.later(24 * 60);
        unlock(&desk, "niamh").unwrap();
        sign(&desk, added, held(0, states).entry(added));
        assert_eq!(follow_ups(), left, "{states:?}");
    }
}
