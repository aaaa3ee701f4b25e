//! Killed while notes, drafts and details are written, and while the record is
//! locked and unlocked.

use std::fs;

use serde_json::{Value, json};

use super::journal::{Journal, Say};
use super::{Kill, kill_often, still_whole};
use crate::support::*;

#[test]
fn killed_while_writing() {
    kill_often("writing", |place, seed| Kill::new("writing", place, seed).after(250).run(), check_writing);
}

#[test]
fn killed_while_locking_and_unlocking() {
    kill_often("locking", |place, seed| Kill::new("locking", place, seed).after(250).run(), check_writing);
}

const DAY: i64 = 24 * 60;

/// Writes until it is killed; one act in `lock_one_in` is a lock.
pub fn write_for_ever(place: &Place, dice: &mut Dice, say: &mut Say, lock_one_in: usize) {
    let families: Vec<Value> = serde_json::from_slice(&fs::read(place.root.join("families.json")).unwrap()).unwrap();
    let mine = &families[..2];
    place.later(DAY);
    let desk = place.as_user("niamh");
    let mut signed: Vec<Value> = Vec::new();
    say.ready();
    for number in 0_u64.. {
        place.later(1);
        let added = dice.pick(mine);
        let episode = &added["episode"];
        let words = format!("number {number}: she turned to her mother’s voice");
        if dice.below(lock_one_in) == 0 {
            call(&desk, "lock", json!({}));
            unlock(&desk, "niamh").unwrap();
            continue;
        }
        match dice.below(6) {
            0 | 1 => {
                let act = json!({"act": "draft", "episode": episode, "text": words});
                say.line("try", &act);
                call(&desk, "save_draft", json!({"episode": episode, "entry": note(added, &words)}));
                say.line("did", &act);
            }
            2 => {
                let mut act = json!({"act": "sign", "episode": episode, "text": words});
                say.line("try", &act);
                act["contact"] = sign(&desk, added, note(added, &words));
                say.line("did", &act);
                signed.push(act["contact"].clone());
            }
            3 if !signed.is_empty() => {
                let act = json!({"act": "details", "contact": dice.pick(&signed), "text": words});
                say.line("try", &act);
                call(&desk, "add_details", json!({"contact": act["contact"], "text": words}));
                say.line("did", &act);
            }
            4 => {
                let (person, seen) = person_form(&desk, added, 0);
                let mut entry = person["entry"].clone();
                entry["given"] = json!(format!("Fiadh {number}"));
                let act = json!({"act": "amend", "family": added, "given": entry["given"]});
                say.line("try", &act);
                call(&desk, "amend_person", json!({"id": person["id"], "person": entry, "seen": seen}));
                say.line("did", &act);
            }
            _ => {
                place.later(15);
                let at = attune_core::time::Clock::now(&place.clock).0;
                let act = json!({"act": "look", "at": at});
                say.line("try", &act);
                call(&desk, "story", json!({"family": added["family"]}));
                say.line("did", &act);
            }
        }
    }
}

fn check_writing(place: &Place, (did, tried): &Journal) {
    place.later(70 * DAY);
    let base = lived_in();
    let desk = place.as_user("niamh");
    let notices = call(&desk, "session", json!({}))["notices"].as_array().unwrap().clone();
    assert!(notices.iter().all(|notice| text(notice).contains("70 days ago") || text(notice).contains("69 days ago")), "{notices:?}");
    let acts = |name: &str| did.iter().filter(|act| act["act"] == name).cloned().collect::<Vec<_>>();
    let was_at = |name: &str| tried.as_ref().filter(|act| act["act"] == name);

    for act in acts("sign") {
        let view = call(&desk, "contact", json!({"contact": act["contact"]}));
        assert!(view["sections"].to_string().contains(act["text"].as_str().unwrap()), "a signed note is as it was signed");
    }
    for act in acts("details") {
        let view = call(&desk, "contact", json!({"contact": act["contact"]}));
        assert!(view["addenda"].as_array().unwrap().iter().any(|added| added["text"] == act["text"]), "the details are there");
    }
    let held = desk.write(|session| Ok(rows(session.conn().as_raw(), "SELECT id FROM contact_row").len())).unwrap();
    let before = 12 + acts("sign").len();
    assert!(held == before || held == before + 1 && was_at("sign").is_some(), "{held} notes, {before} acknowledged");

    for act in acts("look") {
        let at = act["at"].as_i64().unwrap();
        let found =
            desk.write(|session| Ok(rows(session.conn().as_raw(), &format!("SELECT aid FROM access WHERE wall_ms = {at}")))).unwrap();
        assert!(!found.is_empty(), "what was shown was logged before");
    }

    for (index, added) in base.families[..2].iter().enumerate() {
        let of = |act: &&Value| act["episode"] == added["episode"];
        let last = did.iter().filter(of).rfind(|act| act["act"] == "draft" || act["act"] == "sign");
        let expected = match last {
            None => json!(format!("draft {index}")),
            Some(act) if act["act"] == "draft" => act["text"].clone(),
            Some(_) => Value::Null,
        };
        let mut possible = vec![expected];
        if let Some(act) = was_at("draft").filter(of) {
            possible.push(act["text"].clone());
        }
        if was_at("sign").filter(of).is_some() {
            possible.push(Value::Null);
        }
        let form = call(&desk, "open_note", json!({"family": added["family"]}));
        let draft = if form["draftSaved"].is_null() { Value::Null } else { form["entry"]["saw"].clone() };
        assert!(possible.contains(&draft), "the draft is {draft}, of {possible:?}");

        let given = |act: &&Value| act["act"] == "amend" && act["family"] == *added;
        let mut possible = vec![did.iter().rfind(given).map_or_else(|| json!(format!("Fiadh {index}")), |act| act["given"].clone())];
        possible.extend(tried.as_ref().filter(given).map(|act| act["given"].clone()));
        let (person, _) = person_form(&desk, added, 0);
        assert!(possible.contains(&person["entry"]["given"]), "the name is {}, of {possible:?}", person["entry"]["given"]);
    }
    still_whole(&desk);
}
