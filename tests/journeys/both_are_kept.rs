//! What is refused here as done already may come from another computer: then
//! both are kept, and both are shown.

use attune_core::concern::{ConcernAnswer, ConcernDecision, ConcernId};
use attune_core::desk::Desk;
use attune_core::ids::{FamilyId, RecordedId};
use attune_core::in_error::EnteredInError;
use attune_core::in_error::rows as in_error;
use attune_core::op::Op;
use attune_core::placement::{PlacementConfirmation, PlacementId};
use attune_core::record::Record;
use attune_core::release::records::{Release, ReleaseFile};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::*;

fn id<T: From<Uuid>>(value: &Value) -> T {
    T::from(Uuid::parse_str(value.as_str().unwrap()).unwrap())
}

/// Writes a row that another computer would have sent.
fn arrives<R: Record>(desk: &Desk, op: Op, row: impl FnOnce(&attune_core::store::tx::Tx<'_>) -> R) {
    desk.write(|session| session.transact(op, |tx| tx.create(&row(tx)))).unwrap();
}

#[test]
fn two_answers_to_one_concern_are_both_read() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note_with_concern(&added, "A mark on her arm."));
    unlock(&desk, "tara").unwrap();
    let concern = call(&desk, "concerns", json!({}))["concerns"][0]["id"].clone();
    call(&desk, "answer_concern", json!({"concern": concern, "decision": "no_further_action", "answer": "A joint visit on Thursday."}));
    place.later(5);
    unlock(&desk, "lead").unwrap();
    assert_eq!(
        refused(&desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": "Another answer."})),
        "concern_answered"
    );
    arrives(&desk, Op::AnswerConcern, |tx| ConcernAnswer {
        id: tx.new_id(),
        family: id(&added["family"]),
        concern: id::<ConcernId>(&concern),
        by: tx.actor(),
        at: tx.now(),
        decision: ConcernDecision::Gateway,
        answer: "Called the gateway team.".to_owned(),
    });
    // One of the two did not close it, so that it continues.
    let form = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!(form["concerns"].as_array().unwrap().len(), 1);
    let story = call(&desk, "story", json!({"family": added["family"]}));
    let status = text(&story["entries"][0]["concern"]["status"]);
    assert_eq!(
        status,
        "Answered by tara of the team, Mon 23-Nov-2026, 15:21: No further action. A joint visit on Thursday. · \
         Answered by Lead, Mon 23-Nov-2026, 15:26: Referred to Gateway (UNOCINI). Called the gateway team."
    );
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn two_confirmations_and_two_marks_are_both_read() {
    let (place, desk, added) = one_family();
    let family: FamilyId = id(&added["family"]);
    let request = json!({
        "family": added["family"], "step": 4, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
        "infantShows": "Looks.",
    });
    let placement = call(&desk, "place", request)["placements"][0]["id"].clone();
    unlock(&desk, "tara").unwrap();
    call(&desk, "confirm_placement", json!({"placement": placement}));
    place.later(5);
    unlock(&desk, "lead").unwrap();
    arrives(&desk, Op::ConfirmPlacement, |tx| PlacementConfirmation {
        id: tx.new_id(),
        family,
        placement: id::<PlacementId>(&placement),
        by: tx.actor(),
        at: tx.now(),
    });
    let told = || call(&desk, "story", json!({"family": added["family"]}))["entries"][0].clone();
    assert_eq!(
        text(&told()["second"]),
        "Confirmed by tara of the team, Mon 23-Nov-2026, 15:21 · Confirmed by Lead, Mon 23-Nov-2026, 15:26"
    );
    call(&desk, "mark_in_error", json!({"row": placement, "reason": "Another family"}));
    arrives(&desk, Op::MarkInError, |tx| EnteredInError {
        id: tx.new_id(),
        family,
        row: id::<RecordedId>(&placement),
        reason: "Of her sister".to_owned(),
        author: tx.actor(),
        at: tx.now(),
    });
    assert_eq!(
        text(&told()["inError"]),
        "Entered in error: Another family. Marked by Lead, Mon 23-Nov-2026, 15:26 · \
         Entered in error: Of her sister. Marked by Lead, Mon 23-Nov-2026, 15:26"
    );
    assert_eq!(told()["awaited"], false);
    let marks = desk.write(|session| in_error::marks(session.conn(), id(&placement))).unwrap();
    call(&desk, "mark_in_error", json!({"row": marks[0].id, "reason": "It was right"}));
    assert_eq!(text(&told()["inError"]), "Entered in error: Of her sister. Marked by Lead, Mon 23-Nov-2026, 15:26", "one is taken back");
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn two_releases_of_a_quarter_are_an_incident_in_the_register_and_on_the_leads_today() {
    let (place, desk, _) = one_family();
    families_for_a_summary(&desk);
    unlock(&desk, "dara").unwrap();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let release = json!({"quarter": "2026-Q3", "reason": "For the commissioners"});
    call(&desk, "release_summary", release.clone());
    place.later(5);
    assert_eq!(refused(&desk, "release_summary", release), "summary_released");
    let (sealed, file): (Release, ReleaseFile) = desk
        .write(|session| {
            let sealed = attune_core::release::rows::all(session.conn())?.remove(0);
            let file = attune_core::release::rows::files(session.conn(), sealed.id)?.remove(0);
            Ok((sealed, file))
        })
        .unwrap();
    unlock(&desk, "lead").unwrap();
    assert_eq!(call(&desk, "today", json!({}))["releases"], json!([]));
    arrives(&desk, Op::Release, |tx| Release { id: tx.new_id(), made_at: tx.now(), ..sealed });
    let other = desk.write(|session| Ok(attune_core::release::rows::all(session.conn())?.remove(1).id)).unwrap();
    arrives(&desk, Op::Release, |tx| ReleaseFile { id: tx.new_id(), release: other, ..file });
    let register = call(&desk, "releases", json!({}));
    for release in register["releases"].as_array().unwrap() {
        assert!(text(&release["incident"]).starts_with("July to September 2026 was released twice"), "{release}");
    }
    assert_eq!(register["releases"].as_array().unwrap().len(), 2);
    assert!(text(&call(&desk, "today", json!({}))["releases"][0]["words"]).starts_with("July to September 2026 was released twice"));
    unlock(&desk, "niamh").unwrap();
    assert_eq!(call(&desk, "today", json!({}))["releases"], json!([]), "it is the lead’s");
}
