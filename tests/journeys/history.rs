//! Record history says in words what was written: no code, no bare id, no
//! wrong noun, whatever was done.

use std::collections::BTreeSet;

use attune_core::codes::Code;
use attune_core::desk::Desk;
use attune_core::op::Op;
use attune_core::person::health_care_number::HealthCareNumber;
use attune_core::practice::PASSPHRASE;
use serde_json::{Value, json};

use super::support::*;

/// Columns that hold a yes or a no.
const YES_OR_NO: [&str; 7] = [
    "Given name not yet given",
    "Late entry",
    "Police informed",
    "Needs a second person",
    "Applies only once confirmed",
    "In the team",
    "Outside the team",
];

/// Columns that hold a number.
const NUMBERS: [&str; 4] = ["Step", "Minutes", "Minutes of inactivity before locking", "Birth order"];

#[test]
fn the_history_of_everything_that_can_be_done_is_in_words() {
    let place = Place::new();
    drop(practice_desk(&place));
    do_the_rest(&place);
    let lead = as_practice(&place, "lead");
    let mut done = BTreeSet::new();
    for family in families(&lead) {
        let lines = every_line(&lead, "history", json!({"family": family}));
        lines.iter().for_each(|line| reads_as_words(line));
        done.extend(lines.iter().map(|line| text(&line["what"])));
    }
    let team = every_line(&lead, "team_history", json!({}));
    team.iter().for_each(|line| reads_as_words(line));
    done.extend(team.iter().map(|line| text(&line["what"])));
    let missing: Vec<&str> = Op::ALL.iter().map(|op| op.words()).filter(|words| !done.contains(*words)).collect();
    assert!(missing.is_empty(), "nobody did: {missing:?}");

    let families: Vec<Value> = families(&lead);
    drop(lead);
    let iggy = as_practice(&place, "iggy");
    for family in &families {
        let lines = every_line(&iggy, "history", json!({"family": family}));
        assert!(!lines.is_empty() && lines.iter().all(|line| line["details"] == json!([])), "without what was written");
        lines.iter().for_each(|line| reads_as_words(line));
    }
    every_line(&iggy, "team_history", json!({})).iter().for_each(|line| reads_as_words(line));
}

#[test]
fn each_thing_is_called_what_it_is() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    for (step, indicators) in [(3, json!(["lasting_difficulty"])), (4, json!([]))] {
        let place = json!({
            "family": added["family"], "step": step, "rationale": "More than the universal visits can give.",
            "indicators": indicators, "parentView": "", "infantShows": "Turns away.",
        });
        call(&desk, "place", place);
    }
    let answer = json!({"family": added["family"], "person": added["people"][1], "group": "disability", "answer": "not_applicable"});
    call(&desk, "answer_priority", answer);
    amend_given(&desk, added, 0, "Aoife");
    let lines = every_line(&desk, "history", json!({"family": added["family"]}));
    let below = |what: &str| -> Vec<Vec<String>> {
        let done = lines.iter().filter(|line| line["what"] == what);
        done.map(|line| line["details"].as_array().unwrap().iter().map(text).collect()).collect()
    };
    let steps = below("Recorded a step");
    assert_eq!((steps[0][0].as_str(), steps[1][0].as_str()), ("Step: 4", "Step: 3"));
    assert!(steps[1].contains(&"Indicators: The difficulty has lasted".to_owned()), "{:?}", steps[1]);
    let group = &below("Recorded a priority group")[0];
    assert_eq!(group[..3], ["About: Róisín (mother)", "Priority group: Disability of child or parent", "Answer: Not applicable"]);
    assert_eq!(below("Changed a person")[0], ["Person: Aoife", "Given name: Aoife (was Fiadh 0)"]);
    let note = below("Signed a note").remove(0).join("\n");
    for said in ["Who was there: Aoife; Róisín (mother)", "How the infant was: Aoife: awake", "What we did: Play observed", "Minutes: 65"]
    {
        assert!(note.contains(said), "{said}: {note}");
    }
    assert!(!note.contains("Signed by") && !note.contains("Signed at"), "the line itself says who and when: {note}");
    let more = &below("Added more details to a note")[0];
    assert!(more[0].starts_with("Note: Home visit, Sun 22-Nov-2026, 14:00"), "{more:?}");
    let error = &below("Marked a note as entered in error")[0];
    assert_eq!(error.iter().filter(|line| line.contains("Wrong family")).count(), 1, "a reason is said once: {error:?}");
    assert!(lines.iter().all(|line| text(&line["place"]).starts_with("Log entry ")));
    assert!(lines.iter().any(|line| line["what"] == "Opened People"));
}

/// What somebody did in one role is not told as done in the next.
#[test]
fn a_role_that_was_changed_is_said_to_be_the_one_of_now() {
    let place = lived_in().place.copy();
    let desk = place.as_user("lead");
    let who = |desk: &Desk| {
        let lines = call(desk, "team_history", json!({}))["lines"].as_array().unwrap().clone();
        lines.iter().map(|line| text(&line["who"])).filter(|who| who.starts_with("pip")).collect::<BTreeSet<_>>()
    };
    assert_eq!(who(&desk), BTreeSet::from(["pip of the team (Partner worker)".to_owned()]));
    let users = answer(&desk, "users", json!({})).unwrap();
    let pip = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == "pip").unwrap().clone();
    let amended = json!({
        "user": pip["id"], "name": pip["name"], "role": "key_worker", "organisation": pip["organisation"], "active": true, "seen": users["seen"],
    });
    call(&desk, "amend_user", handed_over(&desk, amended));
    assert_eq!(who(&desk), BTreeSet::from(["pip of the team (now Key worker)".to_owned()]));
}

/// A clock that is set back, or was ahead once, does not turn what was written first into what stands last.
#[test]
fn a_clock_that_was_set_back_does_not_reorder_the_history() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    for (minutes, step) in [(600, 3), (-700, 2), (30, 1), (-30, 3)] {
        place.later(minutes);
        let place = json!({
            "family": added["family"], "step": step, "rationale": "As we see the family today.", "indicators": [],
            "parentView": "", "infantShows": "Looks and looks away.", "receivingService": "Sure Start", "acceptedBy": "Ann, health visitor",
        });
        call(&desk, "place", place);
        call(&desk, "people", json!({"family": added["family"]}));
    }
    let lines = every_line(&desk, "history", json!({"family": added["family"]}));
    let steps: Vec<&Value> =
        lines.iter().filter(|line| line["what"] == "Recorded a step").map(|line| &line["details"][0]).take(4).collect();
    assert_eq!(steps, ["Step: 3", "Step: 1", "Step: 2", "Step: 3"]);
    let places: Vec<String> = lines.iter().map(|line| text(&line["place"])).collect();
    let mut once = places.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), places.len(), "each line stands once, whatever the pages");
}

/// What a newer version wrote is said to be there, and opens nothing less.
#[test]
fn a_code_of_a_newer_version_is_kept_and_said_as_such() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    desk.write(|session| {
        let conn = session.conn();
        conn.as_raw()
            .execute_batch(
                "DROP TRIGGER contact_fixed;
             UPDATE contact_row SET kind = 'home_visit_by_drone', infants = replace(infants, 'awake', 'half_awake'), safety = 'all_well';
             UPDATE flag_row SET kind = 'newer_flag';",
            )
            .map_err(Into::into)
    })
    .unwrap();
    let story = call(&desk, "story", json!({"family": added["family"]})).to_string();
    for said in ["not known to this version of Attune: home visit by drone", "half awake", "all well", "newer flag"] {
        assert!(story.contains(said), "{said}: {story}");
    }
    call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}));
    call(&desk, "today", json!({}));
    let refused = refused(&desk, "set_flag", json!({"family": added["family"], "kind": "newer_flag", "detail": ""}));
    assert_eq!(refused, "bad_request", "and nobody can choose it");
}

/// The lead's, once the recovery key was used.
const RECOVERED: &str = "cobalt walnut ferry trombone";

fn as_practice(place: &Place, sign_in: &str) -> Desk {
    let desk = place.desk();
    let opened = unlock_with(&desk, sign_in, PASSPHRASE).or_else(|_| unlock_with(&desk, sign_in, RECOVERED));
    opened.unwrap_or_else(|error| panic!("{sign_in} signs in: {error}"));
    desk
}

fn families(lead: &Desk) -> Vec<Value> {
    let mut families: Vec<Value> = Vec::new();
    lead.write(|session| {
        families = texts(session.conn().as_raw(), "SELECT lower(hex(id)) FROM family")
            .iter()
            .map(|id| json!(format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..])))
            .collect();
        Ok(())
    })
    .unwrap();
    families
}

/// Every line of a history, however many pages it has.
fn every_line(desk: &Desk, command: &str, mut request: Value) -> Vec<Value> {
    let mut lines: Vec<Value> = Vec::new();
    loop {
        request["skip"] = json!(lines.len());
        let page = call(desk, command, request.clone());
        lines.extend(page["lines"].as_array().unwrap().iter().cloned());
        if page["more"] == 0 {
            return lines;
        }
    }
}

/// What practice families do not do: once, as somebody of the team.
pub fn do_the_rest(place: &Place) {
    let desk = as_practice(place, "lead");
    let mut family = family("Mac Giolla");
    family["people"][1]["number"] = json!(HealthCareNumber::practice().nth(5_000).unwrap().to_string());
    family["people"][1]["responsibility"] = json!("gave_birth");
    family["people"][1]["needs"] = json!([{"kind": "interpreter", "detail": "Tetum"}]);
    let added = call(&desk, "add_family", family);
    let of_family = json!({"family": added["family"]});
    call(
        &desk,
        "add_person",
        json!({"family": added["family"], "person": {"role": "sibling", "familyName": "Mac Giolla", "given": "Seán"}}),
    );
    amend_given(&desk, &added, 0, "Aoife");
    let people = answer(&desk, "people", of_family.clone()).unwrap();
    let request = json!({
        "episode": added["episode"], "keyWorker": user_id(&desk, "niamh"), "therapist": user_id(&desk, "tara"),
        "partnerWorker": user_id(&desk, "pip"), "seen": people["seen"],
    });
    call(&desk, "allocate", request);
    call(&desk, "flags_checked", of_family.clone());
    call(&desk, "set_flag", json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum", "reviewOn": "+30d"}));
    let banner = call(&desk, "banner", of_family);
    let flag = banner["flags"]["flags"][0]["id"].clone();
    call(&desk, "end_flag", json!({"flag": flag}));
    let marked = call(&desk, "mark_in_error", json!({"row": flag, "reason": "Another family’s language"}))["id"].clone();
    call(&desk, "mark_in_error", json!({"row": marked, "reason": "It was theirs after all"}));
    let mut missed = note(&added, "");
    for (field, value) in [("outcome", "was_not_brought"), ("kind", "clinic"), ("when", "today 00:01-00:30"), ("nextVisit", "")] {
        missed[field] = json!(value);
    }
    sign(&desk, &added, missed);
    let closed = json!({
        "family": added["family"], "known": "Seen by her health visitor", "tried": "Two calls and a card", "reason": "They have moved to Derry",
    });
    call(&desk, "close_follow_up", closed);
    call(&desk, "record_loss", json!({"person": added["people"][1], "kind": "death", "lostOn": "today"}));
    let pairs = call(&desk, "set_flag", json!({"family": added["family"], "kind": "visit_in_pairs"}))["id"].clone();
    call(&desk, "end_flag", json!({"flag": pairs, "reason": "The dog has a new home"}));
    let signed = sign(&desk, &added, note(&added, "Long looks between the two of them."));
    call(&desk, "add_details", json!({"contact": signed, "text": "Granny was there too."}));
    call(&desk, "record_copy", json!({"contact": signed}));
    call(&desk, "retract_contact", json!({"contact": signed, "reason": "Wrong family"}));
    let session = json!({
        "kinds": ["baby_massage"], "when": "today 09:00-09:30", "place": "The base", "ledBy": "Niamh", "together": "Legs and feet.",
        "another": true,
        "families": [{
            "family": added["family"], "outcome": "attended", "present": [], "others": "Granny", "words": "Looked for her.",
            "infants": [{"person": added["people"][0], "state": "awake"}],
        }],
    });
    call(&desk, "sign_group", session);
    let group = json!({
        "family": added["family"], "person": added["people"][1], "group": "disability",
        "answer": "suspected", "period": "past_year", "source": "Her own words",
    });
    call(&desk, "answer_priority", group);
    let known = json!({
        "family": added["family"], "who": "not_recorded", "known": ["harms", "substances"], "words": "Her former partner",
        "learnedOn": "yesterday", "source": "Her sister",
    });
    call(&desk, "record_harm", known);
    for step in [4, 2] {
        let place = json!({
            "family": added["family"], "step": step, "rationale": "More than the universal visits can give.",
            "indicators": [if step == 4 { "infant_withdrawn" } else { "isolation" }], "parentView": "Glad.", "infantShows": "Turns away.",
            "receivingService": "Sure Start", "acceptedBy": "Ann, health visitor", "reviewOn": "+20d",
        });
        call(&desk, "place", place);
    }
    call(&desk, "lock", json!({}));
    let theirs = as_practice(place, "tara");
    call(&theirs, "save_draft", json!({"episode": added["episode"], "entry": note(&added, "So far.")}));
    call(&theirs, "lock", json!({}));
    let desk = as_practice(place, "lead");
    let taken = json!({"episode": added["episode"], "begunBy": user_id(&desk, "tara"), "reason": "She is away until Easter"});
    call(&desk, "take_over_note", taken);
    sign(&desk, &added, note(&added, "So far."));
    let niamh = user_id(&desk, "niamh");
    call(&desk, "cover", json!({"user": niamh, "coveredBy": user_id(&desk, "owen"), "until": "+7d", "reason": "On leave until Easter"}));
    call(&desk, "give_back", json!({"user": niamh}));
    of_the_team(place, &desk);
}

fn of_the_team(place: &Place, desk: &Desk) {
    let seen = answer(desk, "settings", json!({})).unwrap()["seen"].clone();
    call(desk, "change_settings", json!({"team": "Another name", "autoLockMinutes": 7, "copiesOwedBy": "The Trust", "seen": seen}));
    let list = call(desk, "lists", json!({}))["lists"][0].clone();
    let mut entries = list["entries"].clone();
    entries[0]["words"] = json!("Watched a feed");
    call(desk, "change_list", json!({"list": list["list"], "version": list["version"], "entries": entries}));
    let model = call(desk, "step_model", json!({}));
    call(desk, "change_step_model", json!({"version": model["version"], "label": "Ours", "steps": model["steps"]}));
    let user = json!({"name": "Orla", "signIn": "orla", "role": "partner_worker", "organisation": "Partner charity"});
    call(desk, "add_user", user);
    let orla = user_id(desk, "orla");
    let seen = answer(desk, "users", json!({})).unwrap()["seen"].clone();
    let amended = json!({"user": orla, "name": "Orla B", "role": "therapist", "organisation": "The Trust", "active": true, "seen": seen});
    call(desk, "amend_user", amended);
    place.later(1);
    keys_that_cannot_be_replaced(place, || {
        for (command, request) in [("reset_passphrase", json!({"user": orla})), ("new_recovery_key", json!({}))] {
            assert_eq!(refused(desk, command, request), "keys_not_replaced", "{command}");
        }
    });
    place.later(3);
    let one_time = text(&call(desk, "reset_passphrase", json!({"user": orla}))["passphrase"]);
    let groups = call(desk, "new_recovery_key", json!({}))["recoveryKey"].clone();
    let key = groups.as_array().unwrap().iter().map(text).collect::<Vec<_>>().join(" ");
    call(desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let quarter = call(desk, "summary", json!({}))["periods"][0]["period"].clone();
    figures(desk, &quarter);
    unlock_with(desk, "orla", &one_time).unwrap();
    place.later(1);
    call(desk, "change_passphrase", json!({"present": one_time, "new": passphrase("orla")}));
    refused(desk, "allocate", json!({"episode": orla, "keyWorker": null, "therapist": null, "partnerWorker": null, "seen": 1}));
    call(desk, "lock", json!({}));
    std::fs::remove_dir_all(place.data()).unwrap();
    let desk = place.desk();
    call(
        &desk,
        "recover",
        json!({"recoveryKey": key, "signIn": "lead", "passphrase": RECOVERED, "goOnBecause": "The laptop was replaced"}),
    );
    // What lost its files is another computer, and has to be made the one that releases.
    call(&desk, "leave_release_seat", json!({"reason": "It is not known which laptop it is"}));
    call(&desk, "take_release_seat", json!({"reason": "The laptop was replaced", "left": []}));
    call(&desk, "lock", json!({}));
}

/// Looks, a release that was taken back, one that a second person declined, one that they agreed to, its correction, and what was said of it.
fn figures(desk: &Desk, quarter: &Value) {
    call(desk, "say_period_ready", json!({"period": quarter}));
    call(desk, "plan_year", json!({"year": "2026-27", "tables": [{"name": "caseload_by_step", "banding": 1}]}));
    call(desk, "look_at_figures", json!({"period": quarter}));
    call(desk, "make_frame_anew", json!({"period": quarter, "reason": "A late entry"}));
    let release = json!({
        "period": quarter, "reason": "For the commissioner", "outside": true, "recipient": "The commissioner",
        "licence": "recipient_only", "expiresOn": "+60d",
    });
    let waits = call(desk, "release_summary", release.clone())["id"].clone();
    call(desk, "decline_release", json!({"release": waits, "reason": "The recipient was mistyped"}));
    let waits = call(desk, "release_summary", release.clone())["id"].clone();
    unlock_with(desk, "iggy", PASSPHRASE).unwrap();
    call(desk, "decline_release", json!({"release": waits, "reason": "The recipient is another"}));
    unlock_with(desk, "lead", PASSPHRASE).unwrap();
    let waits = call(desk, "release_summary", release)["id"].clone();
    unlock_with(desk, "iggy", PASSPHRASE).unwrap();
    call(desk, "approve_release", json!({"release": waits}));
    call(desk, "print_release", json!({"release": waits}));
    unlock_with(desk, "lead", PASSPHRASE).unwrap();
    call(desk, "withdraw_release", json!({"release": waits, "reason": "A line was wrong"}));
    call(desk, "release_summary", json!({"period": quarter, "reason": "A line was wrong", "corrects": waits}));
}

/// What is changed meanwhile is told to the record, and then that it did not come to count.
fn keys_that_cannot_be_replaced(place: &Place, then: impl FnOnce()) {
    let keys = place.vault().join("keys.json");
    let whole = std::fs::read(&keys).unwrap();
    std::fs::remove_file(&keys).unwrap();
    std::fs::create_dir_all(keys.join("in the way")).unwrap();
    then();
    std::fs::remove_dir_all(&keys).unwrap();
    std::fs::write(&keys, whole).unwrap();
}

#[track_caller]
fn reads_as_words(line: &Value) {
    let shown = [&line["what"], &line["who"], &line["when"], &line["place"]];
    let details = line["details"].as_array().unwrap();
    for said in shown.into_iter().chain(details).map(text) {
        let wrong = wrong_in(&said);
        assert!(wrong.is_none(), "{}: {said}", wrong.unwrap_or_default());
    }
    for said in details.iter().map(text) {
        let (label, value) = said.split_once(": ").unwrap_or_else(|| panic!("without a label: {said}"));
        assert!(label.starts_with(char::is_uppercase), "{said}");
        for value in value.split(" (was ").map(|value| value.trim_end_matches(')')) {
            assert!(value != "kept" && (!["yes", "no"].contains(&value) || YES_OR_NO.contains(&label)), "{said}");
            let is_number = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit());
            assert_eq!(is_number, NUMBERS.contains(&label), "{said}");
        }
    }
}

/// What no sentence for people has in it.
fn wrong_in(said: &str) -> Option<&'static str> {
    let tokens: Vec<&str> = said.split(|c: char| c.is_whitespace() || ":;,()“”".contains(c)).collect();
    let code = |token: &&str| token.contains('_');
    let bare = |token: &&str| token.len() >= 12 && token.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let iso = |token: &&str| token.len() == 10 && token.as_bytes()[4] == b'-' && token.as_bytes()[7] == b'-' && token.starts_with("20");
    match () {
        () if tokens.iter().any(code) => Some("a code"),
        () if tokens.iter().any(bare) => Some("a bare id or number"),
        () if tokens.iter().any(iso) => Some("a date that is not in words"),
        () if said.contains("[{") || said.contains("[\"") || said.contains("{\"") => Some("a raw list"),
        () if said.contains("Unknown user") || said.contains("not in this record") => Some("nobody’s name"),
        () if said.contains("newer version") || said.contains("does not know") || said.contains("of another model") => Some("not known"),
        () => None,
    }
}
