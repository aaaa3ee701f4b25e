//! The command table as the rest of the project sees it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::*;
use crate::codes::Code;

#[test]
fn every_command_and_role_is_as_reviewed() {
    let mut matrix = format!("{:<18}", "command");
    for role in Role::ALL {
        write!(matrix, " {:<22}", role.code()).unwrap();
    }
    matrix.push('\n');
    for command in COMMANDS {
        write!(matrix, "{:<18}", command.name).unwrap();
        for role in Role::ALL {
            let may = match command.who {
                Who::Anyone => "before unlocking",
                Who::Roles(_) if command.allows(*role) => "yes",
                Who::Roles(_) => "-",
            };
            write!(matrix, " {may:<22}").unwrap();
        }
        matrix.push('\n');
    }
    let trimmed: String = matrix.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    insta::assert_snapshot!(trimmed);
}

#[test]
fn names_are_unique_and_worded() {
    let names: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    assert_eq!(names.len(), COMMANDS.len());
    assert!(COMMANDS.iter().all(|command| command.words.ends_with('.')));
}

/// A refused command is a line of the history.
#[test]
fn every_command_has_words_in_the_history() {
    let refusable = COMMANDS.iter().filter(|command| matches!(command.who, Who::Roles(_)));
    let silent: Vec<&str> = refusable
        .map(|command| command.name)
        .filter(|name| COMMANDS.iter().any(|command| command.name == *name && command.looks.is_empty()))
        .collect();
    assert!(silent.is_empty(), "say in their rows what the history tells (`looks`): {silent:?}");
}

/// The denials that matter most, by hand: a snapshot can be accepted unread.
#[test]
fn the_denials_that_matter() {
    let may = |name: &str, role: Role| COMMANDS.iter().find(|command| command.name == name).unwrap().allows(role);
    for clinical in ["story", "contact", "caseload", "find", "today", "open_note", "sign_contact", "people", "banner", "concerns"] {
        assert!(!may(clinical, Role::DataManager), "a data manager cannot open a case: {clinical}");
        assert!(!may(clinical, Role::InformationGovernance), "information governance has no routine clinical read: {clinical}");
    }
    for lead_only in ["make_frame_anew", "take_release_seat", "leave_release_seat", "withdraw_release", "readiness", "say_period_ready"] {
        for role in Role::ALL.iter().filter(|role| **role != Role::ServiceLead) {
            assert!(!may(lead_only, *role), "{lead_only} is the lead's");
        }
    }
    for role in Role::ALL.iter().filter(|role| !matches!(role, Role::ServiceLead | Role::InformationGovernance)) {
        assert!(!may("approve_release", *role), "that is a second person's");
    }
    assert!(!may("look_at_figures", Role::InformationGovernance), "who is the second person looks at releases, and at nothing else");
    for lead_only in ["add_user", "reset_passphrase", "amend_user", "allocate", "change_settings", "new_recovery_key"] {
        for role in Role::ALL.iter().filter(|role| **role != Role::ServiceLead) {
            assert!(!may(lead_only, *role), "{lead_only} is the lead's");
        }
    }
    for partner in ["add_family", "add_person", "amend_person", "allocate", "team_history", "users", "summary", "verify"] {
        assert!(!may(partner, Role::PartnerWorker), "a partner worker only works with shared families: {partner}");
    }
    assert!(!may("release_summary", Role::KeyWorker) && !may("release_summary", Role::Therapist));
    assert!(!may("answer_concern", Role::KeyWorker), "a concern is answered by a therapist or lead");
}

/// What does not fit is said by where it is, with names of ours only.
#[test]
fn a_request_that_does_not_fit_says_where() {
    use crate::family::AddFamily;
    use serde_json::json;

    let at = |request: Value| parse::<AddFamily>(request).unwrap_err().field.unwrap_or_default();
    let person = json!({"role": "infant", "familyName": "O’Neill"});
    assert_eq!(at(json!({})), "people");
    assert_eq!(at(json!(null)), "people");
    assert_eq!(at(json!({"people": "Fiadh"})), "people");
    assert_eq!(at(json!({"people": [{"role": "Róisín"}]})), "people[0].role");
    assert_eq!(at(json!({"people": [person, {"familyName": "O’Neill"}]})), "people[1].role");
    assert_eq!(at(json!([])), "", "a list is no request");
    assert_eq!(at(json!({"people": [["infant", "O’Neill"]]})), "people[0]", "and no person");
    let born = json!({"role": "infant", "familyName": "O’Neill", "born": ["1", "2", "2026"]});
    assert_eq!(at(json!({"people": [born]})), "people[0].born");
    assert_eq!(at(json!({"people": [], "keyWorker": null, "Róisín": 1})), "", "what was typed is not said");
}
