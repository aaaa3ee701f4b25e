//! Every command with an id in its request: somebody else's family and a family
//! that is not there get one answer. A new command goes on one of the lists.

use std::collections::BTreeSet;

use attune_core::api::COMMANDS;
use attune_core::placement::model::StepModel;
use attune_core::team::code_list::{ListName, first_entries};
use serde_json::{Value, json};

use super::practice::{Ids, kept, practice_place, refusal, refused_lines, role_of, signed_in};
use crate::support::{call, note_with_concern};

pub type Request = fn(&Ids) -> Value;

/// Every command that takes the id of something in a family's record.
pub const OF_A_FAMILY: &[(&str, Request)] = &[
    ("people", |ids| json!({"family": ids.family})),
    ("banner", |ids| json!({"family": ids.family})),
    ("story", |ids| json!({"family": ids.family})),
    ("mark_seen", |ids| json!({"family": ids.family, "until": 1})),
    (
        "keep_form",
        |ids| json!({"family": ids.family, "form": "placement", "of": "", "act": "01936f00-0000-7000-8000-0000000000ac", "body": "planted"}),
    ),
    ("kept_form", |ids| json!({"family": ids.family, "form": "placement", "of": ""})),
    ("discard_form", |ids| json!({"family": ids.family, "form": "ace", "of": ids.parent})),
    ("open_note", |ids| json!({"family": ids.family})),
    ("history", |ids| json!({"family": ids.family})),
    ("priority", |ids| json!({"family": ids.family})),
    ("placements", |ids| json!({"family": ids.family})),
    ("harm", |ids| json!({"family": ids.family})),
    (
        "record_harm",
        |ids| json!({"family": ids.family, "who": "person", "person": ids.parent, "known": ["harmed"], "words": "planted", "learnedOn": "today", "source": "planted"}),
    ),
    ("ace", |ids| json!({"family": ids.family})),
    (
        "add_person",
        |ids| json!({"family": ids.family, "person": {"role": "sibling", "familyName": "Planted", "given": "Ann", "born": {"day": "1", "month": "2", "year": "2020"}, "due": {}, "needs": [{"kind": "sight"}]}}),
    ),
    ("set_flag", |ids| json!({"family": ids.family, "kind": "visit_in_pairs"})),
    ("flags_checked", |ids| json!({"family": ids.family})),
    (
        "answer_priority",
        |ids| json!({"family": ids.family, "person": null, "group": "poverty", "answer": "no", "period": null, "source": ""}),
    ),
    (
        "place",
        |ids| json!({"family": ids.family, "step": 2, "rationale": "A reason that is long enough.", "indicators": [], "parentView": "", "infantShows": "Looks.", "receivingService": "Sure Start", "acceptedBy": "Ann Kerr"}),
    ),
    ("allocate", |ids| json!({"episode": ids.episode, "keyWorker": null, "therapist": null, "partnerWorker": null, "seen": 1_000_000})),
    (
        "save_draft",
        |ids| json!({"episode": ids.episode, "entry": {"saw": "planted", "infants": [{"person": ids.infant, "state": "awake"}], "concern": {}}}),
    ),
    ("discard_draft", |ids| json!({"episode": ids.episode})),
    (
        "check_contact",
        |ids| json!({"episode": ids.episode, "entry": {"infants": [{"person": ids.infant, "state": "awake"}], "concern": {}}}),
    ),
    (
        "sign_contact",
        |ids| json!({"episode": ids.episode, "entry": note_with_concern(&json!({"people": [ids.infant, ids.parent]}), "planted")}),
    ),
    ("group_family", |ids| json!({"family": ids.family})),
    (
        "check_group",
        |ids| json!({"kinds": ["baby_massage"], "families": [{"family": ids.family, "infants": [{"person": ids.infant, "state": "awake"}]}]}),
    ),
    ("sign_group", |ids| {
        json!({
            "kinds": ["baby_massage"], "when": "today 09:00-10:00", "ledBy": "Niamh", "together": "planted", "namesChecked": true,
            "families": [{"family": ids.family, "outcome": "attended", "present": [ids.parent], "infants": [{"person": ids.infant, "state": "awake"}]}],
        })
    }),
    ("contact", |ids| json!({"contact": ids.contact})),
    ("record_copy", |ids| json!({"contact": ids.contact})),
    ("add_details", |ids| json!({"contact": ids.contact, "text": "planted"})),
    ("retract_contact", |ids| json!({"contact": ids.contact, "reason": "planted reason"})),
    ("mark_in_error", |ids| json!({"row": ids.flag, "reason": "planted reason"})),
    ("answer_concern", |ids| json!({"concern": ids.concern, "decision": "advice", "answer": "planted answer of"})),
    (
        "amend_person",
        |ids| json!({"id": ids.parent, "person": {"role": "mother", "familyName": "Planted", "given": "Ann", "born": {}, "due": {}, "needs": [{"kind": "sight"}]}, "seen": 1_000_000}),
    ),
    ("take_over_note", |ids| json!({"episode": ids.episode, "begunBy": ids.infant, "reason": "planted reason"})),
    ("record_loss", |ids| json!({"person": ids.parent, "kind": "death", "lostOn": ""})),
    (
        "close_follow_up",
        |ids| json!({"family": ids.family, "known": "planted known of the baby", "tried": "planted tried of the baby", "reason": "planted reason of the baby"}),
    ),
    ("end_flag", |ids| json!({"flag": ids.flag})),
    ("confirm_placement", |ids| json!({"placement": ids.placement})),
    ("begin_ace", |ids| json!({"person": ids.parent, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true})),
    (
        "record_ace",
        |ids| json!({"person": ids.parent, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "declined", "answers": [{"category": "prison_at_home", "answer": "no"}], "protective": [], "words": ""}),
    ),
    (
        "record_exposure",
        |ids| json!({"person": ids.infant, "answers": [{"category": "prison_at_home", "answer": "no"}], "words": "planted", "safety": "no_concern", "concern": {"what": "planted"}, "because": "planted", "earlier": [ids.concern]}),
    ),
];

/// Every other command: it takes no such id.
#[rustfmt::skip]
pub const OF_NO_FAMILY: &[(&str, Request)] = &[
    ("vault_state", |_| json!({})),
    ("create_vault", |_| json!({"team": "A", "name": "B", "signIn": "bb", "organisation": "C", "passphrase": "d", "autoLockMinutes": 5})),
    ("practice_vault", |_| json!({})),
    ("unlock", |_| json!({"signIn": "nobody", "passphrase": "x", "goOnBecause": ""})),
    ("recover", |_| json!({"recoveryKey": "x", "signIn": "nobody", "passphrase": "x"})),
    ("restore_backup", |_| json!({"folder": "/nowhere", "signIn": "nobody", "passphrase": "x", "recoveryKey": ""})),
    ("assess_passphrase", |_| json!({"passphrase": "x", "about": []})),
    ("offer_passphrase", |_| json!({})),
    ("lock", |_| json!({})),
    ("session", |_| json!({})),
    ("change_passphrase", |_| json!({"present": "x", "new": "y"})),
    ("set_display", |_| json!({"theme": "day", "density": "compact", "zoom": 100})),
    ("settings", |_| json!({})),
    ("backup", |_| json!({})),
    ("back_up", |_| json!({"folder": "/nowhere"})),
    ("users", |_| json!({})),
    ("families_in_error", |_| json!({})),
    ("covers", |_| json!({})),
    ("cover", |ids| json!({"user": ids.infant, "coveredBy": ids.parent, "until": "+7d", "reason": "planted reason"})),
    ("give_back", |ids| json!({"user": ids.infant})),
    ("leaving", |ids| json!({"user": ids.infant, "role": "key_worker", "active": false})),
    ("add_user", |_| json!({"name": "New Worker", "signIn": "newcomer", "role": "key_worker", "organisation": "The Trust"})),
    ("reset_passphrase", |ids| json!({"user": ids.infant})),
    ("amend_user", |ids| json!({"user": ids.infant, "name": "A", "role": "key_worker", "organisation": "B", "active": true, "handOver": [{"episode": ids.episode, "place": "key_worker", "to": null}], "unfinishedRead": true, "seen": 1})),
    ("lists", |_| json!({})),
    ("change_list", |_| json!({"list": "activity", "version": null, "entries": first_entries(ListName::Activity).unwrap()})),
    ("step_model", |_| json!({})),
    ("change_step_model", |_| {
        let example = StepModel::example().unwrap();
        json!({"version": example.id, "label": "Ours", "steps": example.steps})
    }),
    ("change_settings", |_| json!({"team": "A", "autoLockMinutes": 5, "copiesOwedBy": "", "seen": 1_000_000})),
    ("set_export_folder", |_| json!({"folder": "/nowhere"})),
    ("new_recovery_key", |_| json!({})),
    ("team_history", |_| json!({"skip": 0})),
    ("verify", |_| json!({})),
    ("today", |_| json!({"shown": {"drafts": 1}})),
    ("caseload", |_| json!({"mine": true, "filter": "open", "sort": "name", "skip": 0, "limit": null})),
    ("find", |_| json!({"query": "x", "people": null, "notes": null})),
    ("add_family", |_| json!({"people": [person()], "keyWorker": null, "therapist": null})),
    ("echo_person", |_| json!({"person": person(), "family": null, "of": null, "beside": [person()]})),
    ("concerns", |_| json!({})),
    ("parse_when", |_| json!({"text": "today", "until": "", "lean": "past"})),
    ("families_index", |_| json!({"part": "", "limit": null})),
    ("summary", |_| json!({"period": "2026-Q3"})),
    ("look_at_figures", |_| json!({"period": "2026-Q3", "tables": [{"name": "caseload_by_age", "banding": 1}]})),
    ("make_frame_anew", |_| json!({"period": "2026-Q3", "reason": "planted reason"})),
    ("release_summary", |_| json!({"period": "2026-Q3", "reason": "For the board", "tables": [{"name": "contacts", "banding": 0}], "outside": false, "recipient": "", "licence": "team_only", "expiresOn": "", "corrects": null})),
    ("approve_release", |ids| json!({"release": ids.infant})),
    ("decline_release", |ids| json!({"release": ids.infant, "reason": "planted reason"})),
    ("withdraw_release", |ids| json!({"release": ids.infant, "reason": "planted reason"})),
    ("write_release", |_| json!({"period": "2026-Q3", "release": null})),
    ("releases", |_| json!({})),
    ("release_figures", |ids| json!({"release": ids.infant})),
    ("check_release_proof", |ids| json!({"release": ids.infant})),
    ("take_release_seat", |_| json!({"reason": "planted reason", "left": [{"period": "2026-Q2", "csv": ""}]})),
    ("leave_release_seat", |_| json!({"reason": "planted reason"})),
    ("print_release", |ids| json!({"release": ids.infant})),
    ("readiness", |_| json!({"period": "2026-Q3"})),
    ("say_period_ready", |_| json!({"period": "2026-Q3"})),
    ("year_plan", |_| json!({"year": "2026-27"})),
    ("plan_year", |_| json!({"year": "2026-27", "tables": [{"name": "caseload_by_step", "banding": 1}]})),
    ("kept_forms", |_| json!({})),
    ("open_group", |_| json!({})),
    ("confirm_passphrase", |_| json!({"passphrase": "x"})),
];

/// A person as typed, with every part.
fn person() -> Value {
    let date = json!({"day": "11", "month": "10", "year": "2026"});
    json!({"role": "infant", "familyName": "Planted", "given": "Ann", "born": date, "due": date, "numberAbsent": "just_born", "needs": [{"kind": "hearing", "detail": ""}]})
}

#[test]
fn every_command_is_on_one_of_the_lists() {
    let listed: Vec<&str> = OF_A_FAMILY.iter().map(|row| row.0).chain(OF_NO_FAMILY.iter().map(|row| row.0)).collect();
    let unique: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len(), "each command is listed once");
    let all: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    assert_eq!(all, unique, "a new command goes to OF_A_FAMILY if it takes an id of something in a family's record");
}

#[test]
fn a_foreign_id_and_a_made_up_one_get_one_answer_and_change_nothing() {
    for outsider in ["niamh", "pip", "dara", "iggy"] {
        let (place, theirs) = practice_place();
        let before = kept(&place);
        let role = role_of(outsider);
        let desk = signed_in(&place, outsider);
        let mut refusals = 0;
        for &(command, request) in OF_A_FAMILY {
            // So that each refusal is a line of its own in the read log.
            place.later(16);
            let made_up = refusal(&desk, command, request(&Ids::made_up()));
            place.later(16);
            let may = COMMANDS.iter().any(|row| row.name == command && row.allows(role));
            assert_eq!(made_up.code, if may { "not_yours" } else { "denied" }, "{outsider}: {command}");
            if outsider == "iggy" && command == "history" {
                call(&desk, command, request(&theirs));
                refusals += 1;
                continue;
            }
            assert_eq!(refusal(&desk, command, request(&theirs)), made_up, "{outsider}: {command} tells a foreign family from none");
            refusals += 2;
        }
        drop(desk);
        assert_eq!(kept(&place), before, "{outsider} changed something");

        let lead = signed_in(&place, "lead");
        let lines = refused_lines(&lead, outsider);
        assert_eq!(lines.len(), refusals, "{outsider}: each refusal is a line of the team's history");
        let of_theirs = lines.iter().filter(|line| line.ends_with(&format!(" of {}", theirs.reference))).count();
        let tried = OF_A_FAMILY.iter().filter(|row| COMMANDS.iter().any(|command| command.name == row.0 && command.allows(role)));
        let expected = tried.filter(|row| !(outsider == "iggy" && row.0 == "history")).count();
        assert_eq!(of_theirs, expected, "{outsider}: each names the family by its reference");
        let unworded: Vec<_> = lines.iter().filter(|line| !line.starts_with("Was refused: ")).collect();
        assert!(unworded.is_empty(), "their rows in api/commands.rs say nothing for the history: {unworded:?}");
    }
}
