//! What an answer rests on is declared beside its command: whatever an act
//! changes of an answer, the act touches something that the answer rests on,
//! so that a screen that shows it reads it again.

use attune_core::acts::Twice;
use attune_core::api::{COMMANDS, Command, Who};
use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::scopes::commands::{OF_A_FAMILY, OF_NO_FAMILY};
use crate::scopes::practice::{Ids, practice_place, signed_in};
use crate::support::{answer, handed_over, user_id};

/// Users who between them may read and do everything, with the acts that each does.
const DOERS: [&str; 3] = ["lead", "dara", "niamh"];

#[test]
fn what_an_act_changes_of_an_answer_it_touches() {
    let (mut changes, mut wrong) = (0, Vec::new());
    for doer in DOERS {
        let (place, theirs) = practice_place();
        let desk = signed_in(&place, doer);
        let pip = if doer == "lead" { user_id(&desk, "pip") } else { Value::Null };
        // Each look is one line of the history in a quarter of an hour.
        answers(&desk, &theirs);
        let mut acts: Vec<&Command> = COMMANDS.iter().filter(|command| acts(command)).collect();
        // A note cannot be marked while its concern waits.
        acts.sort_by_key(|command| command.name == "retract_contact");
        for act in acts {
            let before = answers(&desk, &theirs);
            let mut request = request_of(act, &theirs);
            if act.name == "amend_user" {
                request["user"] = pip.clone();
                request["seen"] = json!(1_000_000);
                if doer == "lead" {
                    request = handed_over(&desk, request);
                }
            }
            let Ok(done) = answer(&desk, act.name, request) else { continue };
            let touched: Vec<&str> = done["touched"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            for ((read, was), (_, is)) in before.iter().zip(answers(&desk, &theirs)) {
                if *was != is {
                    changes += 1;
                    let rests_on: Vec<Value> = read.reads.iter().map(|topic| json!(topic)).collect();
                    if !rests_on.iter().any(|topic| touched.contains(&topic.as_str().unwrap())) {
                        wrong.push(format!("{} changes {}, which rests on {rests_on:?}, and touches {touched:?}", act.name, read.name));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(changes > 60, "acts change answers: {changes}");
}

fn acts(command: &Command) -> bool {
    let on_this_computer = ["save_draft", "discard_draft", "keep_form", "discard_form", "mark_seen", "set_export_folder"];
    matches!(command.who, Who::Roles(_)) && (command.twice != Twice::Again || on_this_computer.contains(&command.name))
}

fn request_of(command: &Command, ids: &Ids) -> Value {
    let row = OF_A_FAMILY.iter().chain(OF_NO_FAMILY).find(|row| row.0 == command.name);
    row.unwrap_or_else(|| panic!("{} has a request to try", command.name)).1(ids)
}

/// Every answer that a screen reads again by itself, as far as the user may read it.
fn answers(desk: &Desk, ids: &Ids) -> Vec<(&'static Command, Value)> {
    let reads = COMMANDS.iter().filter(|command| !command.reads.is_empty());
    let value = |command: &Command| {
        let mut value = answer(desk, command.name, request_of(command, ids)).map_or(Value::Null, |mut answer| answer["value"].take());
        // How far the log was read is nothing that is shown.
        value.as_object_mut().map(|fields| fields.remove("readTo"));
        value
    };
    reads.map(|command| (command, value(command))).collect()
}
