//! A partner worker, of another organisation, reads what is shared of a family:
//! the plan, the next visit, and what their own organisation wrote; nothing of
//! supervision, concerns, steps, priority groups, or the notes of the Trust.

use attune_core::api::{COMMANDS, Who};
use attune_core::desk::Desk;
use attune_core::user::Role;
use serde_json::{Value, json};

use super::scopes::commands::{OF_A_FAMILY, OF_NO_FAMILY};
use super::scopes::practice::Ids;
use super::support::*;

/// What only the team may read, each with a word that is nowhere else.
const SECRETS: [(&str, &str); 10] = [
    ("saw", "wombat of the Trust"),
    ("told", "told by mum, her partner is no wallaby"),
    ("think", "numbat of a thought"),
    ("supervision", "quokka of supervision"),
    ("liaison", "bilby of the school"),
    ("concern", "potoroo of a concern"),
    ("answer", "bandicoot of an answer to it"),
    ("source", "pademelon as the source"),
    ("rationale", "dunnart is why the step was chosen"),
    ("addendum", "bettong was added below"),
];

fn secret(of: &str) -> &'static str {
    SECRETS.iter().find(|(name, _)| *name == of).unwrap().1
}

/// A family that Niamh of the Trust works with, shared with Pip of a charity.
fn shared() -> (Place, Desk, Value) {
    let (place, desk, added) = one_family();
    unlock(&desk, "lead").unwrap();
    let people = answer(&desk, "people", json!({"family": added["family"]})).unwrap();
    let to = json!({
        "episode": added["episode"], "keyWorker": user_id(&desk, "niamh"), "therapist": null, "partnerWorker": user_id(&desk, "pip"), "seen": people["seen"],
    });
    call(&desk, "allocate", to);
    unlock(&desk, "niamh").unwrap();
    (place, desk, added)
}

/// What the Trust records of it.
fn of_the_trust(place: &Place, desk: &Desk, added: &Value) -> Value {
    let mut entry = note_with_concern(added, "");
    entry["concern"]["what"] = json!(secret("concern"));
    for field in ["saw", "told", "think", "supervision", "liaison"] {
        entry[field] = json!(secret(field));
    }
    (entry["plan"], entry["nextVisit"]) = (json!("The shared plan."), json!("+7d 10:30"));
    let contact = sign(desk, added, entry);
    call(desk, "add_details", json!({"contact": contact, "text": secret("addendum")}));
    let group = json!({"family": added["family"], "person": null, "group": "poverty", "answer": "confirmed", "period": "now", "source": secret("source")});
    call(desk, "answer_priority", group);
    let step = json!({
        "family": added["family"], "step": 4, "rationale": secret("rationale"), "indicators": [], "parentView": "", "infantShows": "Looks.",
    });
    call(desk, "place", step);
    unlock(desk, "tara").unwrap();
    let concern = call(desk, "contact", json!({"contact": contact}))["concern"]["id"].clone();
    call(desk, "answer_concern", json!({"concern": concern, "decision": "advice", "answer": secret("answer")}));
    place.later(30);
    contact
}

#[test]
fn a_partner_worker_reads_what_is_shared_and_nothing_else_by_any_command() {
    let (place, desk, added) = shared();
    let contact = of_the_trust(&place, &desk, &added);
    unlock(&desk, "pip").unwrap();
    let story = call(&desk, "story", json!({"family": added["family"]}));
    assert_eq!(
        (text(&story["plan"]["lines"][0]), text(&story["nextVisit"])),
        ("The shared plan.".to_owned(), "Mon 30-Nov-2026, 10:30".to_owned())
    );
    assert_eq!((&story["entries"], text(&story["step"]), text(&story["news"])), (&json!([]), String::new(), String::new()));
    let row = call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"][0].clone();
    assert_eq!((text(&row["concern"]), text(&row["step"]), text(&row["news"])), (String::new(), String::new(), String::new()));
    assert_eq!(refused(&desk, "contact", json!({"contact": contact})), "not_yours");
    assert_eq!(refused(&desk, "add_details", json!({"contact": contact, "text": "Mine."})), "not_yours");
    assert_eq!(refused(&desk, "retract_contact", json!({"contact": contact, "reason": "Not of mine"})), "not_yours");
    for query in SECRETS {
        let word = query.1.split(' ').next().unwrap();
        assert_eq!(call(&desk, "find", json!({"query": word}))["notes"], json!([]), "{word}");
    }
    // Everything else that a partner worker may ask for, of this family and of none.
    let none = Ids::made_up();
    let ids = Ids {
        family: added["family"].clone(),
        episode: added["episode"].clone(),
        infant: added["people"][0].clone(),
        parent: added["people"][1].clone(),
        contact,
        ..none
    };
    let may = |who: &Who| matches!(who, Who::Roles(roles) if roles.contains(&Role::PartnerWorker));
    for command in COMMANDS.iter().filter(|command| may(&command.who)) {
        let Some((_, request)) = OF_A_FAMILY.iter().chain(OF_NO_FAMILY).find(|(name, _)| *name == command.name) else { continue };
        if ["lock", "change_passphrase"].contains(&command.name) {
            continue;
        }
        let answered = answer(&desk, command.name, request(&ids)).map_or_else(|error| error.message, |answer| answer.to_string());
        for (of, word) in SECRETS {
            assert!(!answered.contains(word), "{} tells a partner worker {of}: {answered}", command.name);
        }
    }
}

#[test]
fn a_partner_worker_reads_what_their_own_organisation_wrote() {
    let (_place, desk, added) = shared();
    unlock(&desk, "pip").unwrap();
    let mut entry = note_with_concern(&added, "");
    entry["concern"]["what"] = json!("Her own concern.");
    (entry["supervision"], entry["saw"]) = (json!("I was tired."), json!("Quick looks."));
    let contact = sign(&desk, &added, entry);
    let read = call(&desk, "contact", json!({"contact": contact})).to_string();
    for own in ["Her own concern.", "I was tired.", "Quick looks."] {
        assert!(read.contains(own), "{own}: {read}");
    }
    assert_eq!(call(&desk, "story", json!({"family": added["family"]}))["entries"].as_array().unwrap().len(), 1);
    assert_eq!(call(&desk, "find", json!({"query": "quick"}))["notes"].as_array().unwrap().len(), 1);
}

/// The role decides what is opened, and not the column of an episode: a key worker who becomes a partner worker reads what a partner worker does.
#[test]
fn the_role_decides_what_is_opened() {
    let (place, desk, added) = shared();
    let contact = of_the_trust(&place, &desk, &added);
    unlock(&desk, "lead").unwrap();
    let users = answer(&desk, "users", json!({})).unwrap();
    let pip = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == "pip").unwrap().clone();
    let amended = json!({
        "user": pip["id"], "name": pip["name"], "role": "key_worker", "organisation": pip["organisation"], "active": true, "seen": users["seen"],
    });
    call(&desk, "amend_user", handed_over(&desk, amended));
    unlock(&desk, "pip").unwrap();
    assert_eq!(refused(&desk, "story", json!({"family": added["family"]})), "not_yours", "as a key worker they have no place in it yet");
    assert_eq!(refused(&desk, "contact", json!({"contact": contact})), "not_yours");
}

/// That a concern of theirs was answered is theirs to know, and not what the team knows.
#[test]
fn what_the_team_answered_to_a_partner_workers_concern_is_the_teams() {
    let (_place, desk, added) = shared();
    unlock(&desk, "pip").unwrap();
    let contact = sign(&desk, &added, note_with_concern(&added, "Quick looks."));
    unlock(&desk, "lead").unwrap();
    let concern = |desk: &Desk| call(desk, "contact", json!({"contact": contact}))["concern"].clone();
    let answer = json!({"concern": concern(&desk)["id"], "decision": "advice", "answer": secret("answer")});
    let answered = call(&desk, "answer_concern", answer)["answer"].clone();
    assert!(text(&concern(&desk)["status"]).contains(secret("answer")));
    unlock(&desk, "pip").unwrap();
    assert_eq!(concern(&desk)["status"], "Answered by Lead, Mon 23-Nov-2026, 15:21");
    unlock(&desk, "lead").unwrap();
    call(&desk, "mark_in_error", json!({"row": answered, "reason": "Of another child"}));
    unlock(&desk, "pip").unwrap();
    assert_eq!((&concern(&desk)["status"], &concern(&desk)["struck"]), (&json!("Waiting for a second person"), &json!([])));
}

/// What the team adds below a note of theirs is the team's.
#[test]
fn details_that_another_organisation_added_below_a_note_are_not_a_partner_workers_to_read() {
    let (_place, desk, added) = shared();
    unlock(&desk, "pip").unwrap();
    let contact = sign(&desk, &added, note(&added, "Quick looks."));
    call(&desk, "add_details", json!({"contact": contact, "text": "Of the charity."}));
    unlock(&desk, "lead").unwrap();
    call(&desk, "add_details", json!({"contact": contact, "text": "Told by mum alone."}));
    let details = |desk: &Desk| {
        let read = call(desk, "contact", json!({"contact": contact}));
        read["addenda"].as_array().unwrap().iter().map(|added| text(&added["text"])).collect::<Vec<_>>()
    };
    assert_eq!(details(&desk), ["Of the charity.", "Told by mum alone."]);
    unlock(&desk, "pip").unwrap();
    assert_eq!(details(&desk), ["Of the charity."]);
    assert!(!call(&desk, "story", json!({"family": added["family"]})).to_string().contains("by mum"));
    assert_eq!(call(&desk, "find", json!({"query": "mum"}))["notes"], json!([]), "nor is the note found by it");
}

/// How many entries there are that they are not told of is not told either, and no list counts on a step.
#[test]
fn nothing_that_is_not_shared_is_counted_for_a_partner_worker() {
    let (_place, desk, added) = shared();
    for visit in 0..3 {
        sign(&desk, &added, note(&added, &format!("Of the Trust, {visit}.")));
    }
    let step = json!({
        "family": added["family"], "step": 3, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
        "infantShows": "Looks.", "reviewOn": "+2d",
    });
    call(&desk, "place", step);
    assert_eq!(call(&desk, "today", json!({}))["reviews"].as_array().unwrap().len(), 1);
    unlock(&desk, "pip").unwrap();
    let story = |skip: u32| {
        let story = call(&desk, "story", json!({"family": added["family"], "skip": skip}));
        (story["entries"].as_array().unwrap().len(), story["sent"].clone(), story["more"].clone())
    };
    assert_eq!(story(0), (0, json!(0), json!(0)));
    assert_eq!(call(&desk, "today", json!({}))["reviews"], json!([]), "that there is a step is not shared");
    for visit in 0..41 {
        sign(&desk, &added, note(&added, &format!("Of the charity, {visit}.")));
    }
    assert_eq!((story(0), story(40)), ((40, json!(40), json!(1)), (1, json!(41), json!(0))));
}
