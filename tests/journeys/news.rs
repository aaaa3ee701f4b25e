//! What others recorded is new to a reader until the reader marks it as seen.

use serde_json::{Value, json};

use super::support::*;

#[test]
fn what_others_recorded_is_new_until_it_is_marked() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let added = call(&desk, "add_family", family("Mac Giolla"));
    let family = &added["family"];
    let mark = |desk: &_, until: &Value| call(desk, "mark_seen", json!({"family": family, "until": until}));
    let told = |desk: &_| {
        let story = call(desk, "story", json!({"family": family}));
        let news: Vec<String> = story["entries"].as_array().unwrap().iter().map(|entry| text(&entry["news"])).collect();
        (text(&story["news"]), news, story["readTo"].clone())
    };
    let contact = sign(&desk, &added, note(&added, "Long looks between the two of them."));
    assert_eq!(told(&desk).0, "", "one's own is never new");

    unlock(&desk, "tara").unwrap();
    let (news, entries, read_at) = told(&desk);
    assert_eq!((news.as_str(), entries), ("1 new to you", vec!["New".to_owned()]));
    assert_eq!(told(&desk).0, "1 new to you", "looking is not marking");
    mark(&desk, &read_at);
    assert_eq!(told(&desk).0, "");

    place.later(1);
    unlock(&desk, "niamh").unwrap();
    call(&desk, "add_details", json!({"contact": contact, "text": "The clip is four minutes long."}));
    call(
        &desk,
        "place",
        json!({
            "family": family, "step": 4, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
            "infantShows": "Looks.",
        }),
    );
    unlock(&desk, "tara").unwrap();
    let (news, entries, later) = told(&desk);
    assert_eq!((news.as_str(), entries), ("2 new to you", vec!["New".to_owned(), "New details".to_owned()]));
    let row = |desk: &_| {
        let caseload = call(desk, "caseload", json!({"mine": false, "filter": "news", "sort": "name"}));
        caseload["rows"].as_array().unwrap().iter().find(|row| row["family"] == *family).map(|row| text(&row["news"]))
    };
    assert_eq!(row(&desk).as_deref(), Some("2 new"));
    mark(&desk, &read_at);
    assert_eq!(told(&desk).0, "2 new to you", "a mark of an earlier reading marks no more than was read");
    mark(&desk, &later);
    assert_eq!((told(&desk).0.as_str(), row(&desk)), ("", None));
    mark(&desk, &Value::Null);
    assert_eq!(told(&desk).0, "2 new to you", "a mark can be taken away");

    place.later(1);
    mark(&desk, &told(&desk).2);
    let placement = call(&desk, "placements", json!({"family": family}))["placements"][0]["id"].clone();
    call(&desk, "confirm_placement", json!({"placement": placement}));
    assert_eq!(told(&desk).0, "");
    unlock(&desk, "niamh").unwrap();
    assert_eq!(told(&desk).1, ["Newly confirmed", ""]);
    unlock(&desk, "lead").unwrap();
    assert_eq!(findings(&desk), [""; 0]);
}

/// Lists count in SQL, entries say it one by one: they never differ.
#[test]
fn the_count_of_a_list_is_the_count_of_its_entries() {
    let place = Place::new();
    let desk = practice_desk(&place);
    let mut news = 0;
    for user in ["niamh", "owen", "tara", "pip", "lead"] {
        call(&desk, "unlock", json!({"signIn": user, "passphrase": attune_core::practice::PASSPHRASE}));
        let caseload = call(&desk, "caseload", json!({"mine": false, "filter": "open", "sort": "name"}));
        for row in caseload["rows"].as_array().unwrap() {
            let (mut counted, mut skip) = (0, 0);
            loop {
                let story = call(&desk, "story", json!({"family": row["family"], "skip": skip}));
                counted += story["entries"].as_array().unwrap().iter().filter(|entry| entry["news"] != "").count();
                skip = story["sent"].as_u64().unwrap();
                if story["more"] == 0 {
                    break;
                }
            }
            let words = if counted == 0 { String::new() } else { format!("{counted} new") };
            assert_eq!(text(&row["news"]), words, "{user}: {}", row["name"]);
            news += counted;
        }
    }
    assert!(news > 20, "there was something to count: {news}");
}
