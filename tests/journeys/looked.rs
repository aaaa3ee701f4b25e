//! Whatever shows somebody is a line of the log: reads, writes, what changes
//! nothing and what is refused; and who signs in, fails to, locks, and takes a
//! copy away.

use std::collections::BTreeSet;

use attune_core::desk::Desk;
use attune_core::practice::USERS;
use serde_json::json;

use crate::scopes::commands::{OF_A_FAMILY, OF_NO_FAMILY};
use crate::scopes::practice::{practice_place, signed_in};
use crate::support::*;

/// What shows somebody and is no line, each with its reason.
const NO_LINE: [(&str, &str); 3] = [
    ("session", "who is signed in, to themselves"),
    ("set_display", "who is signed in, to themselves"),
    ("offer_passphrase", "four words of a list, some of which are names"),
];

#[test]
fn what_holds_anything_of_a_person_adds_a_line() {
    let (place, theirs) = practice_place();
    let names = names_in(&signed_in(&place, "lead"));
    assert!(names.len() > 40, "{names:?}");
    let (mut showed, mut commands) = (0, BTreeSet::new());
    for (user, own) in USERS.map(|user| (user.0, user.1)) {
        for &(command, request) in OF_A_FAMILY.iter().chain(OF_NO_FAMILY) {
            if NO_LINE.iter().any(|row| row.0 == command) || ["lock", "create_vault", "practice_vault", "verify"].contains(&command) {
                continue;
            }
            let desk = signed_in(&place, user);
            // Twice: a second time often changes nothing, and shows as much.
            for _ in 0..2 {
                place.later(16);
                let before = lines(&desk);
                let said = match answer(&desk, command, request(&theirs)) {
                    Ok(answer) => answer["value"].to_string(),
                    Err(refusal) => refusal.message,
                };
                if !desk.is_unlocked() {
                    break;
                }
                let told = names.iter().find(|name| **name != own && !own.contains(name.as_str()) && holds(&said, name));
                let sent = request(&theirs).to_string();
                let Some(name) = told.filter(|name| !holds(&sent, name)) else { continue };
                showed += 1;
                commands.insert(command);
                assert!(lines(&desk) > before, "{command} told {user} of {name} without a line: {said}");
            }
        }
    }
    assert!(showed > 60, "{showed}");
    for shown in ["story", "people", "today", "caseload", "users", "contact", "ace", "history", "concerns"] {
        assert!(commands.contains(shown), "{shown} shows somebody, and the test sees it: {commands:?}");
    }
}

/// Promised in README and SECURITY.md: not more lines than looks, and not fewer
/// than one in a quarter of an hour.
#[test]
fn the_same_look_is_one_line_in_a_quarter_of_an_hour() {
    let (place, desk, added) = one_family();
    let look = || call(&desk, "story", json!({"family": added["family"]}));
    look();
    let before = lines(&desk);
    for _ in 0..5 {
        look();
    }
    assert_eq!(lines(&desk), before, "at once");
    place.later(15);
    look();
    assert_eq!(lines(&desk), before + 1, "a quarter of an hour later");
    call(&desk, "people", json!({"family": added["family"]}));
    assert_eq!(lines(&desk), before + 2, "another look at once");
    // By somebody else in the same quarter of an hour.
    let lead = place.desk_of("tara", desk);
    call(&lead, "story", json!({"family": added["family"]}));
    let theirs = lines(&lead);
    call(&lead, "story", json!({"family": added["family"]}));
    assert_eq!(lines(&lead), theirs);
}

#[test]
fn who_came_and_went_and_took_a_copy_is_in_the_teams_history() {
    let place = Place::new();
    drop(team(&place));
    for (sign_in, wrong) in [("niamh", "not hers"), ("nobody here", "anything"), ("niamh", "not hers again")] {
        place.later(1);
        assert_eq!(unlock_with(&place.desk(), sign_in, wrong).unwrap_err().code, "wrong_passphrase");
    }
    place.later(1);
    let niamh = place.as_user("niamh");
    place.later(1);
    assert_eq!(refused(&niamh, "confirm_passphrase", json!({"passphrase": "a guess"})), "wrong_passphrase");
    call(&niamh, "lock", json!({}));
    place.later(1);
    let lead = place.as_user("lead");
    call(&lead, "back_up", json!({"folder": place.folder("out")}));
    call(&lead, "users", json!({}));
    call(&lead, "verify", json!({}));
    let lines: Vec<(String, String)> = call(&lead, "team_history", json!({}))["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(&line["what"]), text(&line["who"]).split(" (").next().unwrap().to_owned()))
        .filter(|(what, _)| !what.starts_with("Added") && !what.starts_with("Changed"))
        .take(10)
        .collect();
    let said: Vec<(&str, &str)> = lines.iter().map(|(what, who)| (what.as_str(), who.as_str())).collect();
    let (niamh, lead) = ("niamh of the team", "Lead");
    assert_eq!(
        said,
        [
            ("Checked the whole record", lead),
            ("Opened the users", lead),
            ("Backed up the record", lead),
            ("Signed in", lead),
            ("Locked the record", niamh),
            ("Was refused: giving their passphrase again", niamh),
            ("Signed in", niamh),
            ("Was refused: signing in", niamh),
            ("Was refused: signing in", "Somebody unknown"),
            ("Was refused: signing in", niamh),
        ]
    );
}

#[test]
fn a_sign_in_that_was_refused_for_the_recovery_key_or_its_time_is_a_line_too() {
    let place = Place::new();
    let lead = team(&place);
    let printed =
        call(&lead, "new_recovery_key", json!({}))["recoveryKey"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("-");
    let given = call(&lead, "reset_passphrase", json!({"user": user_id(&lead, "owen")}));
    let other = Place::new();
    let foreign = team(&other);
    let wrong =
        call(&foreign, "new_recovery_key", json!({}))["recoveryKey"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("-");
    call(&lead, "lock", json!({}));
    let recover = json!({"recoveryKey": wrong, "signIn": "lead", "passphrase": "cobalt walnut ferry trombone"});
    assert_eq!(refused(&place.desk(), "recover", recover), "wrong_recovery_key");
    assert_ne!(printed, wrong);
    place.later(73 * 60);
    let late = unlock_with(&place.desk(), "owen", &text(&given["passphrase"]));
    assert_eq!(late.unwrap_err().code, "passphrase_ran_out");
    let desk = place.as_user("lead");
    let history = call(&desk, "team_history", json!({}))["lines"].clone();
    let refused: Vec<(String, String)> = history
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["kind"] == "denied")
        .map(|line| (text(&line["who"]), text(&line["what"])))
        .collect();
    assert_eq!(
        refused,
        [
            ("owen of the team (Key worker)".to_owned(), "Was refused: signing in".to_owned()),
            ("Somebody unknown".to_owned(), "Was refused: opening the record with the recovery key".to_owned()),
        ]
    );
}

#[test]
fn typing_a_person_shows_nobody_unlogged_and_not_everybody() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let people = call(&lead, "people", json!({"family": theirs.family}));
    let infant = people["people"][0]["entry"].clone();
    assert_ne!(infant["number"], "");
    drop(lead);
    // A therapist who types a number learns whose record, not whose name.
    let tara = signed_in(&place, "tara");
    let mut typed =
        json!({"role": "infant", "familyName": "Quiggly", "given": "", "born": {}, "due": {"day": "1", "month": "1", "year": "2027"}});
    typed["number"] = infant["number"].clone();
    let echo = call(&tara, "echo_person", json!({"person": typed, "family": null}));
    assert_eq!(echo["similar"], json!([format!("Somebody with this number is in {}", theirs.reference)]));
    let history = call(&tara, "history", json!({"family": theirs.family}));
    assert!(history["lines"].to_string().contains("Checked whether a person is already known"), "{history}");
    drop(tara);
    // A worker who tries names is refused each, in that family's history and the team's, and soon altogether.
    let niamh = signed_in(&place, "niamh");
    let mut answers = Vec::new();
    for day in 1..=28 {
        for month in ["5", "6"] {
            let mut guess = infant.clone();
            guess["number"] = json!("");
            guess["numberAbsent"] = json!("just_born");
            guess["born"] = json!({"day": day.to_string(), "month": month, "year": "2026"});
            answers.push(call(&niamh, "echo_person", json!({"person": guess, "family": null}))["similar"].to_string());
        }
    }
    let stopped = answers.iter().filter(|said| said.contains("Not compared with other records")).count();
    assert_eq!(stopped, answers.len() - 30, "{answers:?}");
    call(&niamh, "echo_person", json!({"person": infant, "family": null}));
}

/// Lines of the log and of the read log.
fn lines(desk: &Desk) -> i64 {
    desk.write(|session| Ok(count(session.conn().as_raw(), "SELECT (SELECT count(*) FROM operation) + (SELECT count(*) FROM access)")))
        .unwrap()
}

/// Names of people and users, numbers and case references, as they are shown.
fn names_in(lead: &Desk) -> Vec<String> {
    let sql = [
        "SELECT given FROM person WHERE given <> ''",
        "SELECT family_name FROM person",
        "SELECT number FROM person WHERE number <> ''",
        "SELECT reference FROM family",
        "SELECT name FROM user",
    ];
    let all: BTreeSet<String> =
        lead.write(|session| Ok(sql.iter().flat_map(|sql| texts(session.conn().as_raw(), sql)).collect::<BTreeSet<_>>())).unwrap();
    all.into_iter().filter(|name| name.chars().count() > 2).collect()
}

/// Whether a name stands in an answer as a word.
fn holds(said: &str, name: &str) -> bool {
    said.match_indices(name).any(|(at, _)| {
        let before = said[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        let after = said[at + name.len()..].chars().next().is_none_or(|letter| !letter.is_alphanumeric());
        before && after
    })
}
