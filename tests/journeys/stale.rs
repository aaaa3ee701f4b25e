//! A form that was read before somebody else's change: refused at a field that
//! the form has, nothing is overwritten, and pressing again does not help.

use std::path::Path;

use attune_core::api::COMMANDS;
use attune_core::desk::Desk;
use serde_json::{Value, json};

use crate::support::{Place, answer, call, lived_in, person_form, unlock, user_id};

/// One command that amends: who uses it, its request as it stands now, and for
/// each of its fields what another writes and what I then try to.
struct Form {
    command: &'static str,
    who: &'static str,
    request: fn(&Desk) -> Value,
    fields: Vec<(&'static str, Value, Value)>,
}

fn forms(desk: &Desk) -> Vec<Form> {
    let (owen, tara, pip) = (user_id(desk, "owen"), user_id(desk, "tara"), user_id(desk, "pip"));
    let day = |day: &str| json!({"day": day, "month": "10", "year": "2026"});
    vec![
        Form {
            command: "amend_person",
            who: "niamh",
            request: |desk| {
                let (person, seen) = person_form(desk, &lived_in().families[0], 0);
                json!({"id": person["id"], "person": person["entry"], "seen": seen})
            },
            fields: vec![
                ("/person/familyName", json!("Ó Néill"), json!("Neill")),
                ("/person/given", json!("Aoife"), json!("Aoibhe")),
                ("/person/preferred", json!("Fi"), json!("Fifi")),
                ("/person/sex", json!("male"), json!("not_known")),
                ("/person/born", day("12"), day("13")),
                ("/person/bornTime", json!("04:35"), json!("05:30")),
                ("/person/due", day("14"), day("15")),
                ("/person/birthOrder", json!(1), json!(2)),
                ("/person/numberAbsent", json!("told_later"), json!("from_elsewhere")),
            ],
        },
        Form {
            command: "allocate",
            who: "lead",
            request: |desk| {
                let read = answer(desk, "people", json!({"family": lived_in().families[0]["family"]})).unwrap();
                let episode = &read["value"]["episode"];
                json!({
                    "episode": episode["id"], "keyWorker": episode["keyWorker"], "therapist": episode["therapist"],
                    "partnerWorker": episode["partnerWorker"], "seen": read["seen"],
                })
            },
            fields: vec![
                ("/keyWorker", owen, tara.clone()),
                ("/therapist", Value::Null, Value::Null),
                ("/partnerWorker", pip, Value::Null),
            ],
        },
        Form {
            command: "change_settings",
            who: "lead",
            request: |desk| {
                let read = answer(desk, "settings", json!({})).unwrap();
                json!({"team": read["value"]["team"], "autoLockMinutes": read["value"]["autoLockMinutes"], "seen": read["seen"]})
            },
            fields: vec![("/team", json!("Their team"), json!("My team")), ("/autoLockMinutes", json!(7), json!(8))],
        },
        Form {
            command: "amend_user",
            who: "lead",
            request: |desk| {
                let read = answer(desk, "users", json!({})).unwrap();
                let user = read["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == "pip").unwrap();
                json!({
                    "user": user["id"], "name": user["name"], "role": user["role"], "organisation": user["organisation"],
                    "active": user["active"], "seen": read["seen"],
                })
            },
            fields: vec![
                ("/name", json!("Their Pip"), json!("My Pip")),
                ("/role", json!("key_worker"), json!("therapist")),
                ("/organisation", json!("Their Trust"), json!("My Trust")),
            ],
        },
    ]
}

#[test]
fn a_stale_form_is_refused_at_a_field_it_has_and_overwrites_nothing() {
    let lead = lived_in().place.copy().as_user("lead");
    for form in forms(&lead) {
        for (at, theirs, mine) in &form.fields {
            refused_when_stale(&form, at, theirs, mine);
        }
    }
}

fn refused_when_stale(form: &Form, at: &str, theirs: &Value, mine: &Value) {
    let place: Place = lived_in().place.copy();
    let desk = place.desk();
    unlock(&desk, form.who).unwrap();
    let read = (form.request)(&desk);
    if read.pointer(at) == Some(theirs) || theirs == mine {
        return;
    }
    let filled = |value: &Value| {
        let mut request = read.clone();
        *request.pointer_mut(at).unwrap() = value.clone();
        request
    };
    call(&desk, form.command, filled(theirs));
    for press in ["first", "second"] {
        let name = format!("{} {at}, {press} press", form.command);
        let error = answer(&desk, form.command, filled(mine)).expect_err(&name);
        assert_eq!(error.code, "changed_since", "{name}");
        let field = error.field.expect(&name);
        assert_eq!(at.rsplit('/').next(), Some(field.as_str()), "{name}");
        assert_eq!((form.request)(&desk).pointer(at), Some(theirs), "{name}: what another wrote stands");
    }
    let mut again = (form.request)(&desk);
    *again.pointer_mut(at).unwrap() = mine.clone();
    call(&desk, form.command, again);
    assert_eq!((form.request)(&desk).pointer(at), Some(mine), "{}: read again, it saves", form.command);
}

/// Whoever sends back the position it was read at amends.
#[test]
fn every_command_that_amends_is_walked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/generated");
    let amends =
        |request: &str| std::fs::read_to_string(folder.join(format!("{request}.ts"))).is_ok_and(|text| text.contains("\nseen: number"));
    let amending: Vec<&str> = COMMANDS.iter().filter(|command| amends(command.request)).map(|command| command.name).collect();
    let walked: Vec<&str> = forms(&lived_in().place.copy().as_user("lead")).iter().map(|form| form.command).collect();
    assert_eq!(walked.iter().collect::<std::collections::BTreeSet<_>>(), amending.iter().collect());
}
