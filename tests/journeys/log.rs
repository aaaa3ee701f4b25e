//! The log and the record: what is written is in both, what is refused is in
//! neither, and what is older than the log says is not written to.

use std::fs;

use attune_core::desk::Desk;
use attune_core::session::Session;
use attune_core::store::log;
use attune_core::time::Clock;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::support::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: histories(), ..ProptestConfig::default() })]

    /// Whatever ordinary things people do, the rows are what the log makes.
    #[test]
    fn rebuilding_gives_the_same_rows(acts in prop::collection::vec((any_act(), 0..3_usize, any::<u8>()), 1..40)) {
        let place = lived_in().place.copy();
        let desk = place.as_user("lead");
        let mut families: Vec<Value> = lived_in().families.clone();
        let mut signed: Vec<Value> = vec![lived_in().contact.clone()];
        for (number, (act, who, chance)) in acts.into_iter().enumerate() {
            place.later(7);
            unlock(&desk, ["lead", "tara", "niamh"][who]).unwrap();
            // A refusal is an ordinary thing too: it must leave no trace.
            drop(do_one(&desk, act, number, usize::from(chance), &mut families, &mut signed));
        }
        unlock(&desk, "lead").unwrap();
        prop_assert_eq!(findings(&desk), [""; 0]);
        desk.write(|session| { is_contiguous(session.conn().as_raw()); Ok(()) }).unwrap();
    }
}

/// How many histories are tried: `make histories` tries 10,000.
fn histories() -> u32 {
    std::env::var("ATTUNE_HISTORIES").ok().and_then(|histories| histories.parse().ok()).unwrap_or(24)
}

#[derive(Debug, Clone, Copy)]
enum Act {
    AddFamily,
    AddPerson,
    Rename,
    Empty,
    Sign,
    SignConcern,
    Details,
    Retract,
    Mark,
    SetFlag,
    EndFlag,
    Place,
    Confirm,
    Priority,
    Ace,
    Allocate,
    AddUser,
    Settings,
    List,
    Draft,
    Look,
}

fn any_act() -> impl Strategy<Value = Act> {
    use Act::*;
    prop::sample::select(vec![
        AddFamily,
        AddPerson,
        Rename,
        Empty,
        Sign,
        SignConcern,
        Details,
        Retract,
        Mark,
        SetFlag,
        EndFlag,
        Place,
        Confirm,
        Priority,
        Ace,
        Allocate,
        AddUser,
        Settings,
        List,
        Draft,
        Look,
    ])
}

fn do_one(
    desk: &Desk,
    act: Act,
    number: usize,
    chance: usize,
    families: &mut Vec<Value>,
    signed: &mut Vec<Value>,
) -> Result<Value, attune_core::error::Error> {
    let added = families[chance % families.len()].clone();
    let family_id = &added["family"];
    match act {
        Act::AddFamily => {
            let done = answer(desk, "add_family", family(&format!("Mac Giolla {number}")))?;
            families.push(done["value"].clone());
            Ok(done)
        }
        Act::AddPerson => {
            let person = json!({"role": "sibling", "familyName": "Ó Néill", "given": format!("Seán {number}"), "preferred": "Johnny"});
            answer(desk, "add_person", json!({"family": family_id, "person": person}))
        }
        Act::Rename | Act::Empty => {
            let view = answer(desk, "people", json!({"family": family_id}))?;
            let person = &view["value"]["people"][chance % view["value"]["people"].as_array().unwrap().len()];
            let mut entry = person["entry"].clone();
            match act {
                Act::Rename => entry["given"] = json!(format!("Caoimhe {chance}")),
                _ => entry["preferred"] = json!(if chance.is_multiple_of(2) { "" } else { "Kiva" }),
            }
            answer(desk, "amend_person", json!({"id": person["id"], "person": entry, "seen": view["seen"]}))
        }
        Act::Sign | Act::SignConcern => {
            let words = format!("Number {number}: {}", "ağ ß 𝒪 \u{0} \n é".repeat(chance % 5));
            let entry = if matches!(act, Act::Sign) { note(&added, &words) } else { note_with_concern(&added, &words) };
            let done = answer(desk, "sign_contact", json!({"episode": added["episode"], "entry": entry}))?;
            signed.push(done["value"]["contact"].clone());
            Ok(done)
        }
        Act::Details => answer(desk, "add_details", json!({"contact": signed[chance % signed.len()], "text": format!("More {number}")})),
        Act::Retract => answer(desk, "retract_contact", json!({"contact": signed[chance % signed.len()], "reason": "Entered in error"})),
        Act::Mark => {
            // Whatever was made, of any kind: by its place among all rows.
            let row = desk.write(|session| {
                let rows = texts(session.conn().as_raw(), "SELECT lower(hex(row)) FROM entry ORDER BY arrived");
                Ok(rows[chance * 7 % rows.len()].clone())
            })?;
            answer(desk, "mark_in_error", json!({"row": uuid::Uuid::parse_str(&row).unwrap(), "reason": format!("Mistake {chance}")}))
        }
        Act::Place => answer(
            desk,
            "place",
            json!({
                "family": family_id, "step": 1 + chance % 5, "rationale": "She turns away when she is picked up.", "indicators": [],
                "parentView": "", "infantShows": "Looks.", "receivingService": "Sure Start", "acceptedBy": "Ann Kerr",
            }),
        ),
        Act::Confirm => {
            let placements = answer(desk, "placements", json!({"family": family_id}))?;
            answer(desk, "confirm_placement", json!({"placement": placements["value"]["placements"][0]["id"]}))
        }
        Act::Priority => answer(
            desk,
            "answer_priority",
            json!({
                "family": family_id, "person": null, "group": "poverty", "answer": if chance.is_multiple_of(2) { "confirmed" } else { "no" },
                "period": if chance.is_multiple_of(2) { json!("now") } else { Value::Null }, "source": "",
            }),
        ),
        Act::Ace => answer(
            desk,
            "record_exposure",
            json!({"person": added["people"][0], "answers": [{"category": "prison_at_home", "answer": "no"}], "words": format!("{chance}")}),
        ),
        Act::List => {
            let list = answer(desk, "lists", json!({}))?["value"]["lists"][0].clone();
            let mut entries = list["entries"].clone();
            entries[chance % 10]["words"] = json!(format!("Words {number}"));
            answer(desk, "change_list", json!({"list": list["list"], "version": list["version"], "entries": entries}))
        }
        Act::SetFlag => answer(
            desk,
            "set_flag",
            json!({"family": family_id, "kind": "visit_in_pairs", "detail": format!("{chance}"), "reviewOn": "+30d"}),
        ),
        Act::EndFlag => {
            let banner = answer(desk, "banner", json!({"family": family_id}))?;
            answer(desk, "end_flag", json!({"flag": banner["value"]["flags"]["flags"][0]["id"]}))
        }
        Act::Allocate => {
            let view = answer(desk, "people", json!({"family": family_id}))?;
            let staff = view["value"]["staff"].as_array().unwrap();
            let key_worker = staff[chance % staff.len()]["id"].clone();
            let request = json!({"episode": added["episode"], "keyWorker": key_worker, "therapist": null, "partnerWorker": null, "seen": view["seen"]});
            answer(desk, "allocate", request)
        }
        Act::AddUser => {
            let request =
                json!({"name": "Orla", "signIn": format!("orla {}", chance % 9), "role": "therapist", "organisation": "The Trust"});
            answer(desk, "add_user", request)
        }
        Act::Settings => {
            let seen = answer(desk, "settings", json!({}))?["seen"].clone();
            answer(desk, "change_settings", json!({"team": format!("Team {chance}"), "autoLockMinutes": 1 + chance % 60, "seen": seen}))
        }
        Act::Draft => answer(desk, "save_draft", json!({"episode": added["episode"], "entry": {"saw": format!("draft {number}")}})),
        Act::Look => answer(desk, "story", json!({"family": family_id})),
    }
}

/// Numbers without a gap in each stream, and on each computer over all streams.
fn is_contiguous(conn: &Connection) {
    for (by, sql) in [
        ("stream", "SELECT sid, count(*), min(seq), max(seq) FROM operation GROUP BY sid"),
        ("computer", "SELECT did, count(*), min(dev_seq), max(dev_seq) FROM operation JOIN stream USING (sid) GROUP BY did"),
        ("read log", "SELECT sid, count(*), min(seq), max(seq) FROM access GROUP BY sid"),
    ] {
        let mut statement = conn.prepare(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let (held, first, last): (i64, i64, i64) = (row.get(1).unwrap(), row.get(2).unwrap(), row.get(3).unwrap());
            assert_eq!((first, last), (1, held), "{by} {}", row.get::<_, i64>(0).unwrap());
        }
    }
}

#[test]
fn two_forms_read_at_the_same_moment() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    let (person, seen) = person_form(&desk, added, 0);
    let form = |given: &str, seen: &Value| {
        let mut entry = person["entry"].clone();
        entry["given"] = json!(given);
        json!({"id": person["id"], "person": entry, "seen": seen})
    };
    let saved = answer(&desk, "amend_person", form("Aoife", &seen)).unwrap();

    let operations = operations_of(&desk);
    let second = answer(&desk, "amend_person", form("Aoibhe", &seen)).unwrap_err();
    assert_eq!((second.code.as_str(), second.field.as_deref()), ("changed_since", Some("given")));
    assert_eq!(person_form(&desk, added, 0).0["entry"]["given"], "Aoife", "the first value stays");
    assert_eq!(operations_of(&desk), operations, "the refused one left no trace");

    answer(&desk, "amend_person", form("Aoife", &seen)).expect("the same value is no conflict");
    assert_eq!(operations_of(&desk), operations, "and says nothing new");
    let again = answer(&desk, "amend_person", form("Aoibhín", &saved["seen"])).expect("after one’s own save one saves again");
    assert_eq!(person_form(&desk, added, 0).0["entry"]["given"], "Aoibhín");
    unlock(&desk, "tara").unwrap();
    answer(&desk, "amend_person", form("Aoibheann", &saved["seen"])).expect_err("another’s form is behind");
    answer(&desk, "amend_person", form("Aoibheann", &again["seen"])).expect("read again, it saves");
}

#[test]
fn another_field_of_the_same_person_is_no_conflict() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    let (mother, seen) = person_form(&desk, added, 1);
    amend_given(&desk, added, 0, "Bláthnaid");
    let mut entry = mother["entry"].clone();
    entry["preferred"] = json!("Ro");
    answer(&desk, "amend_person", json!({"id": mother["id"], "person": entry, "seen": seen})).expect("another row");
}

#[test]
fn what_is_refused_leaves_no_trace() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    let before = operations_of(&desk);
    let mut twice = family("McAlister");
    twice["people"] = json!([twice["people"][0], twice["people"][0]]);
    let mut unfinished = note(added, "Seen");
    unfinished["safety"] = Value::Null;
    for (command, request, code) in [
        ("add_family", twice, "person_twin_order"),
        ("sign_contact", json!({"episode": added["episode"], "entry": unfinished}), "note_no_safety"),
        ("add_details", json!({"contact": lived_in().contact, "text": "  "}), "details_empty"),
        ("retract_contact", json!({"contact": lived_in().contact, "reason": "no"}), "retract_no_reason"),
        ("set_flag", json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum"}), "flag_there"),
        (
            "add_person",
            json!({"family": lived_in().families[2]["family"], "person": {"role": "mother", "familyName": "X", "given": "Y"}}),
            "not_yours",
        ),
        (
            "allocate",
            json!({"episode": added["episode"], "keyWorker": null, "therapist": null, "partnerWorker": null, "seen": 1}),
            "denied",
        ),
        ("sign_contact", json!({"episode": 7}), "bad_request"),
    ] {
        assert_eq!(refused(&desk, command, request), code, "{command}");
    }
    let draft = call(&desk, "open_note", json!({"family": added["family"]}));
    assert_eq!(draft["entry"]["saw"], "draft 0", "a refused signing keeps the draft");
    assert_eq!(operations_of(&desk), before);
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_clock_that_went_backwards_still_logs_every_look() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let looks = |desk: &Desk| desk.write(|session| Ok(count(session.conn().as_raw(), "SELECT count(*) FROM access"))).unwrap();
    place.later(60);
    call(&desk, "story", json!({"family": lived_in().families[0]["family"]}));
    let before = looks(&desk);
    place.later(-120);
    call(&desk, "story", json!({"family": lived_in().families[0]["family"]}));
    assert_eq!(looks(&desk), before + 1);
    sign(&desk, &lived_in().families[0], note(&lived_in().families[0], "While the clock was wrong"));
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0], "the log’s own clock never goes back");
}

#[test]
fn a_copied_vault_begins_anew_before_its_first_write_and_says_so() {
    let place = lived_in().place.copy();
    fs::remove_dir_all(place.data()).unwrap();
    let desk = place.desk();
    let session = unlock(&desk, "niamh").unwrap();
    assert!(session["value"]["notices"][0].as_str().unwrap().contains("not been opened on this computer before"));
    call(&desk, "story", json!({"family": lived_in().families[0]["family"]}));
    sign(&desk, &lived_in().families[0], note(&lived_in().families[0], "On the copy"));
    desk.write(|session| {
        let conn = session.conn();
        assert_eq!(count(conn.as_raw(), "SELECT count(*) FROM device"), 2);
        let first = "SELECT word FROM operation JOIN stream USING (sid) JOIN word ON wid = op WHERE did = 2 ORDER BY oid LIMIT 1";
        assert_eq!(texts(conn.as_raw(), first), ["begin_incarnation"]);
        is_contiguous(conn.as_raw());
        Ok(())
    })
    .unwrap();
    let again = unlock(&desk, "lead").unwrap();
    assert_eq!(again["value"]["notices"], json!([]), "once");
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_record_behind_its_head_is_not_written_to() {
    let (place, _) = behind_its_head();
    let before = files(&place.root);
    for who in ["lead", "niamh", "dara"] {
        let error = unlock(&place.desk(), who).unwrap_err();
        assert_eq!(error.code, "records_missing");
        assert!(error.message.contains("The last 2 saved entries"), "{}", error.message);
        same_but_shared_memory(&before, &files(&place.root));
    }
}

#[test]
fn a_damaged_write_ahead_log_is_left_as_it_is() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    for visit in 0..3 {
        sign(&desk, &lived_in().families[0], note(&lived_in().families[0], &format!("Visit {visit}")));
    }
    let killed = place.copy();
    let wal = killed.vault().join("record.db-wal");
    let mut bytes = fs::read(&wal).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&wal, &bytes).unwrap();
    let before = files(&killed.root);
    assert_eq!(unlock(&killed.desk(), "lead").unwrap_err().code, "records_missing");
    assert_eq!(fs::read(&wal).unwrap(), bytes, "the rest of it may be all there is");
    same_but_shared_memory(&before, &files(&killed.root));
}

#[test]
fn a_lead_goes_on_with_a_reason_and_nobody_else_does() {
    let (place, _) = behind_its_head();
    let why = "The laptop was restored from last night’s backup";
    let go_on = |who: &str, because: &str| {
        let request = json!({"signIn": who, "passphrase": passphrase(who), "goOnBecause": because});
        answer(&place.desk(), "unlock", request).map(|session| session["value"]["notices"].clone())
    };
    for (who, because) in [("niamh", why), ("dara", why), ("lead", "  ")] {
        assert_eq!(go_on(who, because).unwrap_err().code, "records_missing", "{who}");
    }
    assert!(go_on("lead", why).unwrap()[0].as_str().unwrap().contains("continued although records may be missing"));
    let desk = place.as_user("lead");
    let logged =
        desk.write(|session| Ok(texts(session.conn().as_raw(), "SELECT reason FROM operation WHERE reason LIKE '%backup%'"))).unwrap();
    assert_eq!(logged, [format!("Opened although records were missing: {why}")]);
    let history = call(&desk, "team_history", json!({}));
    assert!(history.to_string().contains(why), "it is read in the team’s history");
    assert_eq!(findings(&desk), [""; 0]);
}

#[test]
fn a_damaged_head_needs_a_lead_and_a_reason_too() {
    let place = lived_in().place.copy();
    let head = place.data_folder().join("head");
    fs::write(&head, b"not a head").unwrap();
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "head_damaged");
    assert_eq!(fs::read(&head).unwrap(), b"not a head", "nothing was written");
    let request = json!({"signIn": "lead", "passphrase": passphrase("lead"), "goOnBecause": "The disk was replaced"});
    answer(&place.desk(), "unlock", request).unwrap();
    assert_eq!(findings(&place.as_user("lead")), [""; 0]);
}

#[test]
fn what_is_wrong_has_a_code_of_its_own() {
    let base = lived_in();
    let place = base.place.copy();
    assert_eq!(unlock_with(&place.desk(), "niamh", "not this one").unwrap_err().code, "wrong_passphrase");
    assert_eq!(unlock_with(&place.desk(), "nobody", "not this one").unwrap_err().code, "wrong_passphrase");

    let held = place.as_user("niamh");
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "vault_in_use");
    drop(held);
    drop(place.as_user("lead"));

    let place = base.place.copy();
    place.open_with(&base.key).pragma_update(None, "user_version", 999).unwrap();
    let before = files(&place.vault());
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "vault_newer");
    same_but_shared_memory(&before, &files(&place.vault()));

    let place = base.place.copy();
    for name in ["keys.json", "keys.mirror.json"] {
        fs::write(place.vault().join(name), "{}").unwrap();
    }
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "keys_damaged");

    let place = base.place.copy();
    let length = fs::metadata(place.record()).unwrap().len();
    fs::write(place.record(), vec![7; length as usize]).unwrap();
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "vault_damaged");

    for gone in ["removed", "emptied"] {
        let place = base.place.copy();
        if gone == "removed" {
            fs::remove_file(place.record()).unwrap();
        } else {
            fs::write(place.record(), "").unwrap();
        }
        let before = files(&place.vault());
        assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "records_missing", "{gone}");
        same_but_shared_memory(&before, &files(&place.vault()));
    }

    let place = Place::new();
    assert_eq!(unlock(&place.desk(), "lead").unwrap_err().code, "vault_missing");
}

/// A vault folder put back from before the last two operations, on a computer
/// that remembers them.
fn behind_its_head() -> (Place, Value) {
    let place = lived_in().place.copy();
    let before = place.copy();
    let desk = place.as_user("niamh");
    let added = &lived_in().families[0];
    let lost = sign(&desk, added, note(added, "This will be missing"));
    call(&desk, "add_details", json!({"contact": lost, "text": "And this"}));
    call(&desk, "lock", json!({}));
    fs::remove_dir_all(place.vault()).unwrap();
    copy_folder(&before.vault(), &place.vault());
    (place, lost)
}

/// SQLite makes an index of the write-ahead log when it looks; it holds no
/// record and is made anew each time.
#[track_caller]
fn same_but_shared_memory(
    before: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>,
    after: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>,
) {
    let index = |path: &std::path::Path| path.to_string_lossy().ends_with("-shm");
    let empty_wal = |path: &std::path::Path, bytes: &[u8]| path.to_string_lossy().ends_with("-wal") && bytes.is_empty();
    for (path, bytes) in before {
        assert!(after.get(path) == Some(bytes), "{} is as it was", path.display());
    }
    for (path, bytes) in after {
        assert!(before.contains_key(path) || index(path) || empty_wal(path, bytes), "{} is new", path.display());
    }
}

fn operations_of(desk: &Desk) -> Vec<String> {
    desk.write(|session: &mut Session| {
        log::last_operation(session.conn())?;
        Ok(rows(session.conn().as_raw(), "SELECT oid, hash FROM operation"))
    })
    .unwrap()
}

#[test]
fn the_clock_of_a_place_is_its_own() {
    let place = Place::new();
    place.later(5);
    assert_eq!(place.clock.now(), now().plus_minutes(5));
}
