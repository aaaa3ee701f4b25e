//! What a role opens, and what is shut to everybody: before signing in, with a
//! passphrase for one time, and after a role was taken away.

use attune_core::api::{COMMANDS, Who};
use attune_core::codes::Code;
use attune_core::practice::USERS;
use attune_core::user::Role;
use serde_json::json;

use super::practice::{open_cases, practice_place, refusal, refused_lines, signed_in};
use crate::support::{answer, call, handed_over, refused, text, unlock_with};

#[test]
fn a_command_of_another_role_is_refused_and_noted() {
    let (place, _) = practice_place();
    for role in Role::ALL {
        let (sign_in, ..) = USERS.iter().find(|user| user.2 == *role).unwrap();
        let desk = signed_in(&place, sign_in);
        let mut denied = 0;
        for command in COMMANDS {
            let error = refusal(&desk, command.name, json!({"zz": "planted"}));
            let expected = if command.allows(*role) { "bad_request" } else { "denied" };
            assert_eq!(error.code, expected, "{} as {}", command.name, role.code());
            denied += usize::from(!command.allows(*role));
        }
        assert!(desk.is_unlocked());
        drop(desk);
        let lead = signed_in(&place, "lead");
        assert_eq!(refused_lines(&lead, sign_in).len(), denied, "{}: every refusal is in the team's history", role.code());
    }
}

#[test]
fn a_locked_desk_opens_to_nothing() {
    let (place, _) = practice_place();
    let desk = place.desk();
    for command in COMMANDS.iter().filter(|command| matches!(command.who, Who::Roles(_))) {
        assert_eq!(refused(&desk, command.name, json!({})), "locked", "{}", command.name);
    }
}

#[test]
fn a_one_time_passphrase_opens_to_nothing_but_its_change() {
    let (place, _) = practice_place();
    let lead = signed_in(&place, "lead");
    let request = json!({"name": "New Worker", "signIn": "newcomer", "role": "service_lead", "organisation": "The Trust"});
    let one_time = text(&call(&lead, "add_user", request)["passphrase"]);
    drop(lead);
    let desk = place.desk();
    unlock_with(&desk, "newcomer", &one_time).unwrap();
    let open = ["session", "change_passphrase", "set_display"];
    for command in COMMANDS.iter().filter(|command| matches!(command.who, Who::Roles(_)) && !open.contains(&command.name)) {
        assert_eq!(refused(&desk, command.name, json!({})), "must_change_passphrase", "{}", command.name);
    }
    assert_eq!(call(&desk, "session", json!({}))["mustChange"], true);
    assert_eq!(refused(&desk, "change_passphrase", json!({"present": one_time, "new": one_time})), "passphrase_same");
    call(&desk, "change_passphrase", json!({"present": one_time, "new": "another four unrelated words"}));
    call(&desk, "today", json!({}));
}

#[test]
fn what_a_lead_takes_from_themselves_is_gone_at_once() {
    let (place, _) = practice_place();
    let desk = signed_in(&place, "lead");
    let change = |sign_in: &str, role: &str| {
        let users = answer(&desk, "users", json!({})).unwrap();
        let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap().clone();
        let request = json!({
            "user": user["id"], "name": user["name"], "role": role, "organisation": user["organisation"], "active": true, "seen": users["seen"],
        });
        answer(&desk, "amend_user", handed_over(&desk, request))
    };
    assert_eq!(change("lead", "data_manager").unwrap_err().code, "user_last_lead");
    change("tara", "service_lead").unwrap();
    // A lead who has only what was handed to them may never come in: what is handed runs out.
    let tara = crate::support::user_id(&desk, "tara");
    let one_time = text(&call(&desk, "reset_passphrase", json!({"user": tara}))["passphrase"]);
    assert_eq!(change("lead", "data_manager").unwrap_err().code, "user_last_lead");
    unlock_with(&desk, "tara", &one_time).unwrap();
    call(&desk, "change_passphrase", json!({"present": one_time, "new": "another four unrelated words"}));
    call(&desk, "unlock", json!({"signIn": "lead", "passphrase": attune_core::practice::PASSPHRASE}));
    change("lead", "data_manager").unwrap();
    assert_eq!(refused(&desk, "users", json!({})), "denied");
    assert_eq!(refused(&desk, "caseload", open_cases(false)), "denied");
}
