//! Lists are read off what is kept of them: they are the same, line for line
//! and count for count, as going through every family would make them.

use std::collections::BTreeMap;

use attune_core::desk::Desk;
use attune_core::practice::PASSPHRASE;
use attune_core::schema::SCHEMA;
use attune_core::store::{open, testing};
use attune_core::time::{Clock, Timestamp};
use attune_core::vault::keys::KeyFile;
use chrono::{Days, NaiveTime};
use rusqlite::{Connection, ToSql};
use serde_json::{Value, json};

use super::support::*;

const READERS: [&str; 5] = ["lead", "niamh", "owen", "tara", "pip"];

const SORTS: [(&str, &str); 4] = [
    ("next_visit", "c.next_visit IS NULL, c.next_visit, c.name, c.episode"),
    ("name", "c.name, c.episode"),
    ("last_contact", "c.last_held, c.name, c.episode"),
    ("youngest", "c.youngest DESC, c.name, c.episode"),
];

const NEWS: &str = "EXISTS (SELECT 1 FROM entry n LEFT JOIN seen s ON s.user = :me AND s.family = n.family
    WHERE n.family = c.family AND n.thing IS NOT NULL AND n.author <> :me AND n.arrived > coalesce(s.until, 0)
      AND n.row NOT IN (SELECT row FROM entered_in_error)
      AND CASE n.kind WHEN 'entered_in_error' THEN n.whole IN (SELECT row FROM entry WHERE arrived <= coalesce(s.until, 0))
        ELSE coalesce(n.whole, '') NOT IN (SELECT row FROM entered_in_error) AND n.thing NOT IN (SELECT row FROM entered_in_error) END)";

const FILTERS: [(&str, &str); 8] = [
    ("open", "1"),
    ("flagged", "c.flags > 0"),
    (
        "no_visit_14_days",
        "NOT c.bereaved AND coalesce(c.last_met < :long_ago OR c.last_met >= :tomorrow, c.opened_on < :long_ago_day OR c.opened_on >= :tomorrow_day)",
    ),
    ("not_booked", "coalesce(c.next_visit < :today, 1)"),
    ("news", NEWS),
    ("drafts", "c.episode IN (SELECT about FROM draft WHERE author = :me AND form = 'contact')"),
    ("unborn", "c.unborn"),
    ("no_worker", "c.key_worker IS NULL OR c.key_worker NOT IN (SELECT id FROM user WHERE active)"),
];

const REVIEWS: &str = "c.review_on <> '' AND c.review_on <= :review_by";

const SECTIONS: [(&str, &str, &str); 6] = [
    ("visits", "c.next_visit >= :today AND c.next_visit < :tomorrow", "c.next_visit"),
    ("unwritten", "c.next_visit < :today", "c.next_visit"),
    ("followUps", "c.follow_up IS NOT NULL", "c.last_held"),
    ("placements", "c.awaited AND c.placed_by <> :me", "c.placed_on"),
    ("reviews", REVIEWS, "c.review_on"),
    ("news", NEWS, "-c.told"),
];

/// What going through every family finds.
struct Plain<'a> {
    conn: &'a Connection,
    me: Vec<u8>,
    is_partner: bool,
    now: Timestamp,
}

impl Plain<'_> {
    fn families(&self, team: bool, condition: &str, order: &str) -> Vec<String> {
        // What others record, and that there is a step, is not all shared with a partner worker.
        if self.is_partner && (condition == NEWS || condition == REVIEWS) {
            return Vec::new();
        }
        let whose = if team { "1" } else { "(c.key_worker = :me OR c.therapist = :me OR c.partner_worker = :me)" };
        let sql = format!("SELECT lower(hex(c.episode)) FROM caseload c WHERE {whose} AND {condition} ORDER BY {order}");
        let today = self.now.date();
        let begin = |day: chrono::NaiveDate| Timestamp::from_local(day.and_time(NaiveTime::MIN)).0;
        let (tomorrow, before) = (today + Days::new(1), today - Days::new(14));
        let values: [(&str, &dyn ToSql); 7] = [
            (":me", &self.me),
            (":today", &begin(today)),
            (":tomorrow", &begin(tomorrow)),
            (":long_ago", &begin(before)),
            (":long_ago_day", &before.to_string()),
            (":tomorrow_day", &tomorrow.to_string()),
            (":review_by", &(today + Days::new(7)).to_string()),
        ];
        let mut statement = self.conn.prepare(&sql).unwrap();
        for (name, value) in values {
            if let Some(index) = statement.parameter_index(name).unwrap() {
                statement.raw_bind_parameter(index, value).unwrap();
            }
        }
        statement.raw_query().mapped(|row| row.get(0)).map(Result::unwrap).collect()
    }
}

fn episodes(lines: &Value) -> Vec<String> {
    lines.as_array().unwrap().iter().map(|line| text(&line["episode"]).replace('-', "")).collect()
}

fn compare(desk: &Desk, conn: &Connection, now: Timestamp) {
    for reader in READERS {
        call(desk, "unlock", json!({"signIn": reader, "passphrase": PASSPHRASE}));
        let (me, role) = conn
            .query_row("SELECT id, role FROM user WHERE sign_in = ?", [reader], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .unwrap();
        let opens_all = ["therapist", "service_lead"].contains(&role.as_str());
        let plain = Plain { conn, me, is_partner: role == "partner_worker", now };
        for mine in [true, false] {
            let team = opens_all && !mine;
            let filters = call(desk, "caseload", json!({"mine": mine, "filter": "open", "sort": "name", "limit": 0}))["filters"].take();
            for (choice, (_, condition)) in filters.as_array().unwrap().iter().zip(FILTERS) {
                let count = plain.families(team, condition, "c.episode").len();
                assert!(text(&choice["words"]).ends_with(&format!(" {count}")), "{reader}, {mine}: {choice}, not {count}");
            }
            for (filter, condition) in FILTERS {
                for (sort, order) in SORTS {
                    let list = |skip: usize, limit: Value| {
                        call(desk, "caseload", json!({"mine": mine, "filter": filter, "sort": sort, "skip": skip, "limit": limit}))
                    };
                    let wanted = plain.families(team, condition, order);
                    let said = format!("{reader}, {mine}, {filter} by {sort}");
                    assert_eq!(episodes(&list(0, Value::Null)["rows"]), wanted, "{said}");
                    // A short page of many is read in their order, a long one of few is sorted.
                    let page = list(1, json!(1));
                    assert_eq!(episodes(&page["rows"]), wanted.iter().skip(1).take(1).cloned().collect::<Vec<_>>(), "{said}");
                    assert_eq!(page["more"], wanted.len().saturating_sub(2), "{said}");
                }
            }
        }
        let names = SECTIONS.map(|(section, ..)| section);
        let today = call(desk, "today", json!({"shown": names.map(|name| (name, 2)).into_iter().collect::<BTreeMap<_, _>>()}));
        for (section, condition, key) in SECTIONS {
            let wanted = match section {
                "placements" if !opens_all => Vec::new(),
                _ => plain.families(section == "placements", condition, &format!("{key}, c.name, c.episode")),
            };
            assert_eq!(episodes(&today[section]), wanted[..wanted.len().min(2)], "{reader}: {section}");
            let more = today["more"].get(section).and_then(Value::as_u64).unwrap_or(0);
            assert_eq!(more, wanted.len().saturating_sub(2) as u64, "{reader}: {section}");
        }
        let waits = "SELECT lower(hex(contact)) FROM concern c WHERE NOT EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = c.id)";
        let waits = texts(conn, &format!("{waits} ORDER BY raised_at, id"));
        if opens_all {
            let lines = call(desk, "today", json!({"shown": {"concerns": 1000}}))["concerns"].clone();
            let lines: Vec<String> = lines.as_array().unwrap().iter().map(|line| text(&line["contact"]).replace('-', "")).collect();
            assert_eq!(lines, waits, "{reader}");
        }
    }
    assert!(testing::lists_agree(conn, &SCHEMA).unwrap());
}

/// Does something at random, as somebody; it may be refused.
fn act(place: &Place, desk: &Desk, dice: &mut Dice) -> bool {
    let reader = *dice.pick(&READERS);
    call(desk, "unlock", json!({"signIn": reader, "passphrase": PASSPHRASE}));
    let rows = call(desk, "caseload", json!({"mine": false, "filter": "open", "sort": "name"}))["rows"].clone();
    let Some(rows) = rows.as_array().filter(|rows| !rows.is_empty()) else { return false };
    let (family, episode) = {
        let row = dice.pick(rows);
        (row["family"].clone(), row["episode"].clone())
    };
    let people = answer(desk, "people", json!({"family": family})).unwrap();
    let (people, seen) = (&people["value"], &people["seen"]);
    let ids: Vec<Value> = people["people"].as_array().into_iter().flatten().map(|person| person["id"].clone()).collect();
    let story = call(desk, "story", json!({"family": family}));
    let contact = story["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["what"] == "contact")
        .map(|entry| entry["id"].clone())
        .nth(dice.below(2))
        .unwrap_or_default();
    let added = json!({"people": ids, "episode": episode});
    // A partner worker may look at neither steps nor concerns.
    let kind = match dice.below(13) {
        9 | 11 if reader == "pip" => 10,
        kind => kind,
    };
    let (command, request) = match kind {
        0 | 1 => {
            let mut entry = note(&added, "Long looks between the two of them.");
            entry["present"] = json!([]);
            entry["infants"] = json!([]);
            entry["notSeenWhy"] = json!("Asleep.");
            entry["outcome"] = json!(*dice.pick(&["was_not_brought", "no_access", "cancelled_by_family"]));
            entry["nextVisit"] = json!(*dice.pick(&["", "+1d 9:00", "+7d 10:30", "today 23:30", "+20d 14:00"]));
            ("sign_contact", json!({"episode": episode, "entry": entry}))
        }
        2 => {
            let mut entry = note(&added, "");
            entry["kind"] = json!("phone");
            entry["told"] = json!("The nights are easier.");
            entry["nextVisit"] = json!(*dice.pick(&["", "+1d 9:00", "+7d 10:30"]));
            ("sign_contact", json!({"episode": episode, "entry": entry}))
        }
        3 => ("sign_contact", json!({"episode": episode, "entry": note_with_concern(&added, "A bruise.")})),
        4 => ("add_details", json!({"contact": contact, "text": "The clip is four minutes long."})),
        5 => ("retract_contact", json!({"contact": contact, "reason": "Written about another family’s visit"})),
        6 => ("mark_seen", json!({"family": family, "until": if dice.below(4) == 0 { Value::Null } else { story["readTo"].clone() }})),
        7 => ("save_draft", json!({"episode": episode, "entry": {"saw": "So far"}})),
        8 => (
            "place",
            json!({
                "family": family, "step": 2 + dice.below(4), "rationale": "She turns away when she is picked up.", "indicators": [],
                "parentView": "", "infantShows": "Looks.", "reviewOn": "",
            }),
        ),
        9 => {
            let placements = call(desk, "placements", json!({"family": family}));
            ("confirm_placement", json!({"placement": placements["placements"][0]["id"]}))
        }
        10 => ("set_flag", json!({"family": family, "kind": "interpreter", "detail": "Tetum", "reviewOn": ""})),
        11 => {
            let concerns = call(desk, "concerns", json!({}));
            ("answer_concern", json!({"concern": concerns["concerns"][0]["id"], "decision": "advice", "answer": "A joint visit then."}))
        }
        _ => {
            call(desk, "unlock", json!({"signIn": "lead", "passphrase": PASSPHRASE}));
            let mut user = |of: [&str; 2]| if dice.below(4) == 0 { Value::Null } else { user_id(desk, of[dice.below(2)]) };
            let (key_worker, therapist, partner_worker) = (user(["niamh", "owen"]), user(["tara", "tara"]), user(["pip", "pip"]));
            (
                "allocate",
                json!({"episode": episode, "keyWorker": key_worker, "therapist": therapist, "partnerWorker": partner_worker, "seen": seen}),
            )
        }
    };
    let done = answer(desk, command, request).is_ok();
    if dice.below(5) == 0 {
        place.later(60 * dice.below(40) as i64);
    }
    done
}

#[test]
fn lists_are_what_going_through_every_family_makes_them() {
    let place = Place::new();
    let desk = practice_desk(&place);
    let key = KeyFile::load(&place.vault()).unwrap().0.unlock("lead", PASSPHRASE).unwrap().key;
    call(&desk, "unlock", json!({"signIn": "lead", "passphrase": PASSPHRASE}));
    let conn = open::reader(&place.record(), key.expose()).unwrap().raw();
    let now = || place.clock.now();
    compare(&desk, &conn, now());
    let mut dice = Dice(29);
    let mut done = 0;
    for turn in 1..=120 {
        done += usize::from(act(&place, &desk, &mut dice));
        if turn % 24 == 0 {
            compare(&desk, &conn, now());
        }
    }
    assert!(done > 60, "most were done: {done}");
    // Where nothing happens, the days go by all the same.
    for _ in 0..3 {
        place.later(5 * 24 * 60);
        compare(&desk, &conn, now());
    }
    call(&desk, "unlock", json!({"signIn": "lead", "passphrase": PASSPHRASE}));
    assert_eq!(findings(&desk), [""; 0]);
}

/// Somebody who comes to open every family has the team's list at once, and no longer when they do not.
#[test]
fn a_change_of_role_changes_the_lists() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note(&added, "Long looks between the two of them."));
    unlock(&desk, "lead").unwrap();
    let key = place.key();
    for (role, rows) in [("therapist", 1), ("key_worker", 0), ("service_lead", 1)] {
        let users = answer(&desk, "users", json!({})).unwrap();
        let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == "owen").unwrap();
        let request = json!({
            "user": user["id"], "name": user["name"], "role": role, "organisation": user["organisation"], "active": true,
            "seen": users["seen"],
        });
        call(&desk, "amend_user", handed_over(&desk, request));
        unlock(&desk, "owen").unwrap();
        let list = call(&desk, "caseload", json!({"mine": false, "filter": "news", "sort": "name", "limit": 50}));
        assert_eq!(list["rows"].as_array().unwrap().len(), rows, "{role}");
        assert!(testing::lists_agree(&place.open_with_copy(&key), &SCHEMA).unwrap(), "{role}");
        unlock(&desk, "lead").unwrap();
    }
}
