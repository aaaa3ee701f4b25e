//! The day by which a family that was not brought is to be followed up, where
//! bank holidays lie between, and where nobody knows them.

use chrono::NaiveDate;
use serde_json::json;

use attune_core::time::Timestamp;

use crate::support::{Place, call, family, note, sign, team, text, unlock};

/// What Today says of a family that was not brought on a day at 10:00.
fn follow_up(year: i32, month: u32, day: u32) -> (String, String) {
    let place = Place::new();
    place.clock.set(Timestamp::from_local(NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(12, 0, 0).unwrap()));
    let desk = team(&place);
    unlock(&desk, "niamh").unwrap();
    let added = call(&desk, "add_family", family("O’Neill"));
    let mut entry = note(&added, "");
    for (field, value) in [("kind", "clinic"), ("outcome", "was_not_brought"), ("when", "today 10:00"), ("nextVisit", "")] {
        entry[field] = json!(value);
    }
    sign(&desk, &added, entry);
    let line = call(&desk, "today", json!({}))["followUps"][0].clone();
    (text(&line["when"]), text(&line["detail"]))
}

#[test]
fn a_follow_up_waits_past_the_bank_holidays_of_northern_ireland() {
    assert_eq!(follow_up(2026, 12, 23), ("by Mon 04-Jan-2027".to_owned(), "Was not brought Wed 23-Dec-2026".to_owned()));
    assert_eq!(follow_up(2028, 7, 11).0, "by Wed 19-Jul-2028", "the Twelfth is not counted");
}

#[test]
fn a_follow_up_in_a_year_without_known_bank_holidays_says_so() {
    let (when, detail) = follow_up(2030, 12, 30);
    assert_eq!(when, "by Mon 06-Jan-2031");
    assert_eq!(detail, "Was not brought Mon 30-Dec-2030. Attune does not know the bank holidays of 2031, so only weekends were left out");
    assert_eq!(follow_up(2030, 12, 20).1, "Was not brought Fri 20-Dec-2030", "those of 2030 are known");
}
