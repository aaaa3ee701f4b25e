use uuid::Uuid;

use super::*;
use crate::ids::{FamilyId, UserId};
use crate::time::day_words;

/// Thu 26-Nov-2026.
const NOW: Timestamp = Timestamp(1_795_700_000_000);

fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

fn model() -> StepModel {
    StepModel::example().expect("the example")
}

fn place(step: u8) -> Place {
    Place {
        family: id::<FamilyId>(1),
        step: Some(step),
        rationale: "She turns away when she is picked up.".to_owned(),
        indicators: Vec::new(),
        parent_view: String::new(),
        infant_shows: " Looks. ".to_owned(),
        receiving_service: "Health visiting".to_owned(),
        accepted_by: "M. Kane".to_owned(),
        review_on: String::new(),
    }
}

fn entered(request: Place, stands: Option<u8>, settled: Option<u8>) -> error::Result<Placement> {
    let (model, written) = (model(), Written { id: id(2), by: id(3), at: NOW });
    enter(request, Facts { model: &model, episode: Some(id(4)), stands, asks_infant: true, settled }, written)
}

#[test]
fn to_or_from_step_4_or_5_needs_a_second_person() {
    for (stands, settled, to, needs) in [
        (None, None, 3, false),
        (None, None, 4, true),
        (Some(2), Some(2), 3, false),
        (Some(5), Some(5), 4, true),
        (Some(4), Some(4), 2, true),
        // A step between that nobody has confirmed makes no second person needless.
        (Some(3), Some(5), 2, true),
    ] {
        let placement = entered(place(to), stands, settled).expect("placed");
        assert_eq!(placement.proposed, stands.is_some_and(|step| step >= 4 && to < step), "{stands:?} {to}");
        assert_eq!(placement.second_needed, needs, "{stands:?} {settled:?} {to}");
    }
}

#[test]
fn what_is_missing_is_said_of_one_field_at_a_time() {
    type Spoil = fn(&mut Place);
    let rows: [(Spoil, &str, &str); 7] = [
        (|place| place.indicators = vec!["severe_violence".to_owned()], "placement_indicator", "indicators"),
        (|place| place.step = None, "placement_no_step", "step"),
        (|place| place.step = Some(9), "placement_no_step", "step"),
        (|place| place.rationale = "She ... turns .....".to_owned(), "placement_no_rationale", "rationale"),
        (|place| place.infant_shows = " ".to_owned(), "placement_no_infant", "infantShows"),
        (|place| place.receiving_service = String::new(), "placement_no_receiving", "receivingService"),
        (|place| place.review_on = "yesterday".to_owned(), "placement_review_past", "reviewOn"),
    ];
    for (spoil, code, field) in rows {
        let mut request = place(2);
        spoil(&mut request);
        let refused = entered(request, Some(4), Some(4)).expect_err(code);
        assert_eq!((refused.code.as_str(), refused.field.as_deref()), (code, Some(field)));
    }
    let mut upwards = place(3);
    upwards.receiving_service = String::new();
    assert_eq!(entered(upwards, Some(2), Some(2)).expect("no hand-over upwards").receiving_service, "");
}

#[test]
fn the_review_is_due_after_the_weeks_of_the_step() {
    for step in model().steps {
        let mut request = place(step.step);
        let due = entered(request.clone(), None, None).expect("placed").review_on;
        assert_eq!((due - NOW.date()).num_days(), i64::from(step.review_weeks) * 7, "step {}", step.step);
        request.review_on = "+3d".to_owned();
        let typed = entered(request, None, None).expect("placed").review_on;
        assert_eq!(day_words(typed), day_words(NOW.date() + Days::new(3)));
    }
}

#[test]
fn nobody_confirms_their_own_step_nor_one_that_waits_for_nobody() {
    let waits = entered(place(4), None, None).expect("placed");
    let by = |user: u128| Written { id: id(5), by: id::<UserId>(user), at: NOW };
    assert!(confirm(&waits, false, false, by(6)).is_ok());
    assert_eq!(confirm(&waits, false, false, by(3)), Err(PlacementRefused::OwnPlacement));
    assert_eq!(confirm(&waits, false, true, by(6)), Err(PlacementRefused::Replaced));
    assert_eq!(confirm(&waits, true, false, by(6)), Err(PlacementRefused::Confirmed));
    let waits_not = entered(place(2), None, None).expect("placed");
    assert_eq!(confirm(&waits_not, false, false, by(6)), Err(PlacementRefused::NotAwaited));
}
