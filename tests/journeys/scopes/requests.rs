//! Requests of the wrong form: refused, and never quoted.

use attune_core::api::COMMANDS;
use attune_core::user::Role;
use serde_json::{Value, json};

use super::practice::{kept, practice_place, refusal, signed_in};

/// What was typed could be a name: the answer points at its place only.
#[test]
fn a_request_of_the_wrong_form_is_not_quoted() {
    const NAME: &str = "Róisín Ní Chanáraí";
    let (place, theirs) = practice_place();
    let desk = signed_in(&place, "lead");
    let mut wrong: Vec<(&str, Value, Option<&str>)> = Vec::new();
    for command in COMMANDS.iter().filter(|command| command.allows(Role::ServiceLead)) {
        wrong.extend([json!(NAME), json!({"zz": NAME}), json!({NAME: 1})].map(|request| (command.name, request, None)));
    }
    let infant = json!({"role": "infant", "familyName": "x", "born": NAME});
    wrong.extend([
        ("story", json!({"family": NAME}), Some("family")),
        ("set_flag", json!({"family": theirs.family, "kind": NAME}), Some("kind")),
        ("sign_contact", json!({"episode": theirs.episode, "entry": {"kind": NAME}}), Some("entry.kind")),
        (
            "sign_contact",
            json!({"episode": theirs.episode, "entry": {"infants": [{"person": NAME, "state": "awake"}]}}),
            Some("entry.infants[0].person"),
        ),
        ("save_draft", json!({"episode": theirs.episode, "entry": {"saw": {"text": NAME}}}), Some("entry.saw")),
        ("add_family", json!({"people": [{"role": NAME}]}), Some("people[0].role")),
        ("add_family", json!({"people": [infant]}), Some("people[0].born")),
        ("place", json!({"family": theirs.family, "step": NAME}), Some("step")),
        ("add_user", json!({"name": NAME, "signIn": "x", "role": NAME, "organisation": "x"}), Some("role")),
    ]);
    let before = kept(&place);
    for (command, request, field) in wrong {
        let error = refusal(&desk, command, request);
        assert_eq!(error.code, "bad_request", "{command}");
        let told = serde_json::to_string(&error).unwrap();
        assert!(!told.contains("Róisín") && !told.contains("Chanáraí"), "{command} quotes what was typed: {told}");
        if field.is_some() {
            assert_eq!(error.field.as_deref(), field, "{command}");
        }
    }
    assert_eq!(kept(&place), before);
    let unknown = refusal(&desk, NAME, json!({}));
    assert_eq!(unknown.code, "unknown_command");
    assert!(!unknown.message.contains("Róisín"));
}
