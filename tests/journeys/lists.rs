//! Lists of families: each answers what it shows, says how many more there
//! are, and its filters keep what its rows say.

use attune_core::desk::Desk;
use serde_json::{Value, json};

use super::support::*;

const FILTERS: [&str; 7] = ["open", "flagged", "no_visit_14_days", "not_booked", "news", "drafts", "unborn"];
const SORTS: [&str; 4] = ["next_visit", "name", "last_contact", "youngest"];

fn practice() -> (Place, Desk) {
    let place = Place::new();
    let desk = practice_desk(&place);
    (place, desk)
}

fn sign_in(desk: &Desk, name: &str) {
    call(desk, "unlock", json!({"signIn": name, "passphrase": attune_core::practice::PASSPHRASE}));
}

fn list(desk: &Desk, filter: &str, sort: &str, skip: u64, limit: Option<u64>) -> Value {
    call(desk, "caseload", json!({"mine": false, "filter": filter, "sort": sort, "skip": skip, "limit": limit}))
}

fn families(list: &Value) -> Vec<String> {
    list["rows"].as_array().unwrap().iter().map(|row| text(&row["family"])).collect()
}

#[test]
fn a_caseload_is_read_page_by_page_without_gap_or_doubling() {
    let (_place, desk) = practice();
    for user in ["lead", "niamh"] {
        sign_in(&desk, user);
        for sort in SORTS {
            let whole = list(&desk, "open", sort, 0, None);
            let all = families(&whole);
            assert!(all.len() > 4 && whole["more"] == 0, "{user}: {}", all.len());
            let mut read = Vec::new();
            loop {
                let page = list(&desk, "open", sort, read.len() as u64, Some(3));
                assert_eq!(page["count"], whole["count"], "the count is of all, not of the page");
                let rows = families(&page);
                assert!(rows.len() <= 3);
                read.extend(rows);
                assert_eq!(page["more"], all.len() - read.len());
                if page["more"] == 0 {
                    break;
                }
            }
            assert_eq!(read, all, "{user}, by {sort}");
        }
    }
}

#[test]
fn a_filter_counts_and_keeps_the_families_whose_rows_say_so() {
    let (_place, desk) = practice();
    for user in ["lead", "niamh", "owen", "tara", "pip"] {
        sign_in(&desk, user);
        let whole = list(&desk, "open", "name", 0, None);
        let says = |filter: &str, row: &Value| match filter {
            "open" => true,
            "flagged" => row["flags"]["state"] == "known",
            "no_visit_14_days" => row["unseen"] != "" && !text(&row["unseen"]).ends_with("running"),
            "not_booked" => row["nextVisit"] == "Not booked" || row["overdue"] == true,
            "news" => row["news"] != "",
            "drafts" => row["note"] == "Unsigned note",
            "unborn" => text(&row["age"]).contains("pregnant"),
            other => panic!("{other}"),
        };
        for (filter, choice) in FILTERS.into_iter().zip(whole["filters"].as_array().unwrap()) {
            assert_eq!(choice["code"], filter);
            let kept = families(&list(&desk, filter, "name", 0, None));
            let expected: Vec<String> =
                whole["rows"].as_array().unwrap().iter().filter(|row| says(filter, row)).map(|row| text(&row["family"])).collect();
            let missing = expected.iter().filter(|family| !kept.contains(family)).count();
            // A draft may stand behind a concern in the same column.
            assert!(missing == 0 && (kept.len() == expected.len() || filter == "drafts"), "{user}, {filter}: {kept:?} {expected:?}");
            assert!(text(&choice["words"]).ends_with(&format!(" {}", kept.len())), "{user}: {choice} {}", kept.len());
        }
    }
}

#[test]
fn today_sends_ten_lines_of_a_section_and_says_how_many_more() {
    let (_place, desk) = practice();
    sign_in(&desk, "tara");
    let sections = ["visits", "unwritten", "drafts", "followUps", "concerns", "placements", "reviews", "news"];
    let whole = call(
        &desk,
        "today",
        json!({"shown": sections.map(|section| (section, 1000)).into_iter().collect::<std::collections::BTreeMap<_, _>>()}),
    );
    assert_eq!(whole["more"], json!({}));
    let first = call(&desk, "today", json!({}));
    let two = call(
        &desk,
        "today",
        json!({"shown": sections.map(|section| (section, 2)).into_iter().collect::<std::collections::BTreeMap<_, _>>()}),
    );
    let mut cut = 0;
    for section in sections {
        let all = whole[section].as_array().unwrap();
        for (answer, most) in [(&first, 10), (&two, 2)] {
            let lines = answer[section].as_array().unwrap();
            assert_eq!(lines[..], all[..all.len().min(most)], "{section}");
            let more = answer["more"].get(section).and_then(Value::as_u64).unwrap_or(0);
            assert_eq!(lines.len() as u64 + more, all.len() as u64, "{section}");
            cut += more;
        }
    }
    assert!(cut > 5, "there was something to leave out: {cut}");
    assert_eq!(refused(&desk, "today", json!({"shown": {"gossip": 3}})), "bad_request");
}

#[test]
fn concerns_are_read_page_by_page() {
    let (_place, desk, added) = one_family();
    for turn in 0..23 {
        sign(&desk, &added, note_with_concern(&added, &format!("Seen, {turn}.")));
    }
    let page = |skip: usize| {
        let answer = call(&desk, "concerns", json!({"skip": skip}));
        (answer["concerns"].as_array().unwrap().len(), answer["more"].as_u64().unwrap())
    };
    assert_eq!((page(0), page(20), page(23)), ((20, 3), (3, 0), (0, 0)));
    let today = call(&desk, "today", json!({}));
    assert_eq!((today["concerns"].as_array().unwrap().len(), &today["more"]["concerns"]), (10, &json!(13)));
}

#[test]
fn only_who_opens_every_family_is_offered_the_teams_list() {
    let (_place, desk) = practice();
    for (user, team) in [("niamh", false), ("pip", false), ("tara", true), ("lead", true)] {
        sign_in(&desk, user);
        assert_eq!(list(&desk, "open", "name", 0, Some(1))["team"], team, "{user}");
    }
}

/// The mark speaks of the visit and colours nothing else.
#[test]
fn a_family_not_visited_for_long_is_said_beside_its_next_visit() {
    let (place, desk, added) = one_family();
    let row = || list(&desk, "open", "name", 0, None)["rows"][0].clone();
    assert_eq!(row()["unseen"], "");
    sign(&desk, &added, note(&added, "Seen."));
    place.later(23 * 24 * 60);
    let mut call_made = note(&added, "");
    call_made["kind"] = json!("phone");
    call_made["told"] = json!("The nights are easier.");
    sign(&desk, &added, call_made);
    let row = row();
    assert!(text(&row["lastContactDetail"]).starts_with("Phone"), "{row}");
    assert_eq!(text(&row["unseen"]), "not seen for 24d");
}

/// Whoever has many families is searched for another way round, and finds the same notes; people are those whose names match.
#[test]
fn a_search_of_few_and_of_many_finds_the_same() {
    let place = Place::new();
    let desk = practice_desk(&place);
    unlock_with(&desk, "lead", attune_core::practice::PASSPHRASE).unwrap();
    let users: Vec<_> = call(&desk, "users", json!({}))["users"].as_array().unwrap().iter().map(|user| user["id"].clone()).collect();
    let mut found = 0;
    desk.write(|session| {
        for user in users {
            let reader = Some(serde_json::from_value(user).unwrap());
            for words in ["a", "o", "m r", "o neill", "baby", "practice", "she", "mum", "sleep", "zebra"] {
                let query = attune_core::typed::fold::Query::parse(words);
                let within = |many| attune_core::screens::search::notes_within(session.conn(), &query, (reader, None), 5, many);
                let (few, many) = (within(usize::MAX)?, within(0)?);
                let ids = |notes: &[attune_core::contact::Contact]| notes.iter().map(|note| note.id).collect::<Vec<_>>();
                assert_eq!((ids(&few.0), few.1), (ids(&many.0), many.1), "{words}");
                found += few.0.len();
                let (people, more) = attune_core::screens::search::people(session.conn(), &query, reader, 5)?;
                let (wanted, left) = people_called(session.conn().as_raw(), &query, reader);
                assert_eq!((people.iter().map(|person| person.id).collect(), more), (wanted, left), "{words}");
                found += people.len();
            }
        }
        Ok(())
    })
    .unwrap();
    assert!(found > 60, "{found}");
}

/// The first five that Find shows, and how many more there are, by going through everybody.
fn people_called(
    conn: &rusqlite::Connection,
    query: &attune_core::typed::fold::Query,
    reader: Option<attune_core::ids::UserId>,
) -> (Vec<attune_core::person::PersonId>, u32) {
    use attune_core::person::Person;
    use attune_core::record::Record;
    let own = "WHERE ?1 IS NULL OR family IN
        (SELECT family FROM episode WHERE closed_on = '' AND ?1 IN (key_worker, therapist, partner_worker))";
    let sql = format!("SELECT * FROM person {own} ORDER BY role <> 'infant', family_name, given, id");
    let mut all = conn.prepare(&sql).unwrap();
    let all = all.query_map([reader], Person::from_row).unwrap().map(Result::unwrap);
    let tokens = attune_core::screens::search_index_rows::tokens;
    let called: Vec<_> = all.filter(|person| query.matches(&tokens(person), &person.number.0)).map(|person| person.id).collect();
    let left = u32::try_from(called.len().saturating_sub(5)).unwrap();
    (called.into_iter().take(5).collect(), left)
}

/// The thirteenth child of a name must not look as if she were not in the record.
#[test]
fn a_search_cut_short_says_how_many_more_there_are() {
    let (_place, desk, added) = one_family();
    for given in ["Ada", "Bea", "Cara", "Dana", "Eve", "Fay", "Gia", "Hope", "Ivy", "Jill", "Kim", "Lia", "Mia", "Nell"] {
        let mut request = family("Doherty");
        request["people"][0]["given"] = json!(given);
        call(&desk, "add_family", request);
    }
    for turn in 0..23 {
        sign(&desk, &added, note(&added, &format!("Wary of the hoover, {turn}.")));
    }
    let find = |query: &str, people: Value, notes: Value| {
        let found = call(&desk, "find", json!({"query": query, "people": people, "notes": notes}));
        let count = |kind: &str| found[kind].as_array().unwrap().len();
        (count("people"), found["morePeople"].clone(), count("notes"), found["moreNotes"].clone())
    };
    assert_eq!(find("doherty", json!(null), json!(null)), (20, json!(8), 0, json!(0)), "14 infants and their mothers");
    assert_eq!(find("doherty", json!(40), json!(null)), (28, json!(0), 0, json!(0)));
    assert_eq!(find("wary hoover", json!(null), json!(null)), (0, json!(0), 20, json!(3)));
    assert_eq!(find("wary hoover", json!(null), json!(30)), (0, json!(0), 23, json!(0)));
    unlock(&desk, "tara").unwrap();
    assert_eq!(find("wary hoover", json!(null), json!(null)).2, 20);
    let word = added["family"].as_str().unwrap().replace('-', "");
    assert_eq!(find(&word, json!(null), json!(null)).2, 0, "the word of a family cannot be typed");
}

/// Information governance reads references a hundred at a time, and any of them by its part.
#[test]
fn the_list_of_case_references_is_read_in_parts_and_says_how_many_more_there_are() {
    let (place, desk, added) = one_family();
    for number in 0..4 {
        call(&desk, "add_family", family(&format!("Numbered {number}")));
    }
    let reference = text(&added["reference"]);
    let iggy = place.desk_of("iggy", desk);
    let shown = |part: &str, limit: Value| {
        let index = call(&iggy, "families_index", json!({"part": part, "limit": limit}));
        (index["families"].as_array().unwrap().len(), index["more"].clone())
    };
    assert_eq!(shown("", json!(null)), (5, json!(0)));
    assert_eq!(shown("", json!(2)), (2, json!(3)));
    assert_eq!(shown(&format!(" {} ", reference[4..].to_lowercase()), json!(2)), (1, json!(0)));
    assert_eq!(shown("%", json!(2)), (0, json!(0)), "no sign has a meaning of its own");
}

/// A visit that has not been is no next visit: the story says so as the list does.
#[test]
fn a_booked_visit_that_was_not_written_up_was_due_in_the_story_too() {
    let (place, desk, added) = one_family();
    sign(&desk, &added, note(&added, "Long looks between the two of them."));
    for (later, said) in [(0, "Mon 30-Nov-2026, 10:30"), (7 * 24 * 60, "Today 10:30"), (24 * 60, "Was due Mon 30-Nov-2026")] {
        place.later(later);
        let story = call(&desk, "story", json!({"family": added["family"]}));
        assert_eq!(story["nextVisit"], said);
        let row = call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}))["rows"][0].clone();
        assert_eq!(row["nextVisit"], said);
    }
}

/// A visit dated in the future has not been: the family stays on the list of those who were not visited.
#[test]
fn a_visit_of_a_clock_that_was_ahead_hides_no_family() {
    let (place, desk, added) = one_family();
    place.later(400 * 24 * 60);
    sign(&desk, &added, note(&added, "Long looks between the two of them."));
    place.later(-340 * 24 * 60);
    let list = call(&desk, "caseload", json!({"mine": true, "filter": "no_visit_14_days", "sort": "name"}));
    assert_eq!(list["rows"].as_array().unwrap().len(), 1);
    assert_eq!(list["rows"][0]["unseen"], "last seen on a day in the future");
}

/// A family of the support kit with a baby not yet named, and that mother.
fn baby_of(desk: &Desk, family_name: &str, mother: &str) -> Value {
    let mut request = family(family_name);
    (request["people"][0]["given"], request["people"][0]["givenAwaited"]) = (json!(""), json!(true));
    request["people"][1]["given"] = json!(mother);
    call(desk, "add_family", request)
}

#[test]
fn two_infants_of_one_name_are_told_apart_in_every_list() {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let (first, second) = (baby_of(&desk, "Dorrian", "Aoife"), baby_of(&desk, "Dorrian", "Orla"));
    let other = baby_of(&desk, "Wilson", "Aoife");
    for added in [&first, &second, &other] {
        sign(&desk, added, note_with_concern(added, "Seen, all well."));
        call(&desk, "save_draft", json!({"episode": added["episode"], "entry": note(added, "Later.")}));
        call(
            &desk,
            "keep_form",
            json!({"family": added["family"], "form": "placement", "of": "", "act": "01936f00-0000-4000-8000-0000000000a1", "body": "{}"}),
        );
    }
    let today = call(&desk, "today", json!({}));
    let found = call(&desk, "find", json!({"query": "well"}));
    let lists = [&list(&desk, "open", "name", 0, None)["rows"], &today["concerns"], &today["drafts"], &found["notes"]];
    for (added, mother) in [(&first, "Aoife"), (&second, "Orla")] {
        let reference = text(&call(&desk, "banner", json!({"family": added["family"]}))["reference"]);
        let apart = format!("born 11-Oct-2026 · mother {mother} · {reference}");
        for list in lists {
            let row = row_of(list, added);
            assert!(told_apart(row).ends_with(&apart), "{row}");
        }
        assert_eq!(row_of(&call(&desk, "kept_forms", json!({}))["forms"], added)["apart"], apart);
        let people = call(&desk, "find", json!({"query": "dorrian"}));
        assert!(text(&row_of(&people["people"], added)["detail"]).ends_with(&reference), "{people}");
    }
    for list in lists {
        let row = row_of(list, &other);
        assert!(!told_apart(row).contains("F26-"), "{row}");
    }
}

/// What a row says that tells it from another one; Find says it in its second line.
fn told_apart(row: &Value) -> String {
    row.get("apart").or(row.get("detail")).map(text).unwrap_or_default()
}

fn row_of<'a>(list: &'a Value, added: &Value) -> &'a Value {
    list.as_array().unwrap().iter().find(|row| row["family"] == added["family"]).unwrap()
}

#[test]
fn twins_are_named_in_one_way_in_every_list() {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let mut request = family("Bell");
    let mut second = request["people"][0].clone();
    (request["people"][0]["birthOrder"], second["birthOrder"], second["given"]) = (json!(1), json!(2), json!("Maisie"));
    request["people"].as_array_mut().unwrap().insert(1, second);
    let added = call(&desk, "add_family", request);
    call(&desk, "save_draft", json!({"episode": added["episode"], "entry": note(&added, "Seen.")}));
    let today = call(&desk, "today", json!({}));
    for list in [&list(&desk, "open", "name", 0, None)["rows"], &today["drafts"]] {
        assert_eq!(row_of(list, &added)["name"], "BELL, Fiadh (twin 1) and Maisie (twin 2)");
    }
}

#[test]
fn find_names_the_infant_of_a_parent() {
    let place = Place::new();
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let added = baby_of(&desk, "Dorrian", "Aoife");
    let found = call(&desk, "find", json!({"query": "aoife"}));
    assert!(text(&row_of(&found["people"], &added)["detail"]).contains(" · infant DORRIAN, Baby"), "{found}");
    let found = call(&desk, "find", json!({"query": "baby"}));
    assert!(found["people"].as_array().unwrap().iter().all(|one| !text(&one["detail"]).contains("infant ")), "{found}");
}

#[test]
fn the_step_that_stands_is_said_to_begin_and_not_to_end() {
    let (place, desk, added) = one_family();
    for step in [2, 3] {
        let reason = json!({"rationale": "The strain shows in most of the visits.", "infantShows": "Turns away.", "parentView": ""});
        let mut request = json!({"family": added["family"], "step": step, "indicators": []});
        request.as_object_mut().unwrap().extend(reason.as_object().unwrap().clone());
        call(&desk, "place", request);
        place.later(7 * 24 * 60);
        unlock(&desk, "niamh").unwrap();
    }
    let strip = &call(&desk, "story", json!({"family": added["family"]}))["strip"];
    let words = |at: usize| [text(&strip[at]["ages"]), text(&strip[at]["dates"])];
    assert_eq!(words(0), ["6w 1d to 7w 1d", "23-Nov-2026 to 30-Nov-2026"]);
    assert_eq!(words(1), ["from 7w 1d", "since 30-Nov-2026"]);
}
