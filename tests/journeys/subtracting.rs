//! What nobody learns by taking one number that has left from another: two units, two files, two frames of one period.

use attune_core::desk::Desk;
use attune_core::time::Timestamp;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::support::*;

const YEAR: &str = "2026-27";

/// One infant more than there are families was opened, and is there: who has both numbers knows that one family has twins.
#[test]
fn two_totals_of_two_units_do_not_leave_in_two_files() {
    let (place, desk) = with_twins();
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let without = |names: &[&str]| names.iter().map(|name| json!({"name": name, "banding": null})).collect::<Vec<_>>();
    let infants = without(&["caseload_by_step", "caseload_by_group", "contacts_of_year", "opened_by_age_of_year"]);
    let families = without(&["caseload_by_age", "caseload_by_group", "contacts_of_year", "opened_by_age_of_year"]);
    let first = call(&desk, "release_summary", json!({"period": YEAR, "reason": "Annual report", "tables": infants}));
    let correction = json!({"period": YEAR, "reason": "The families were missing", "tables": families, "corrects": first["id"]});
    let second = answer(&desk, "release_summary", correction);
    let of = |release: &Value| call(&desk, "release_figures", json!({"release": release["id"]}))["figures"].clone();
    assert_eq!(total(&of(&first), "caseload_by_age"), Some(25));
    let families = second.ok().and_then(|second| total(&of(&second["value"]), "caseload_by_step"));
    assert_eq!(families, None, "25 infants are in one file, so the families are not in the other");
}

/// In the first year of a team everybody on the caseload was opened in it: infants opened and families open are two units.
#[test]
fn infants_who_were_opened_beside_families_do_not_say_how_many_have_twins() {
    let (_place, desk) = with_twins();
    let figures = call(&desk, "look_at_figures", json!({"period": YEAR}));
    let families = [total(&figures, "caseload_by_step"), total(&figures, "caseload_by_group")];
    for infants in [total(&figures, "caseload_by_age"), total(&figures, "opened_by_age_of_year")] {
        assert!(infants.is_none() || families == [None, None], "{infants:?} infants beside {families:?} families");
    }
}

/// Who knows how many joined knows how many were opened in the quarter: with one of two lines shown, the other is told.
#[test]
fn who_knows_how_many_joined_learns_no_small_number_of_those_who_were_opened() {
    let place = Place::new();
    let desk = team(&place);
    for number in 0..24 {
        let mut request = born_in("6", number);
        request["people"][0]["born"] =
            json!({"day": "11", "month": if number == 0 { "1" } else { "6" }, "year": if number == 0 { "2026" } else { "2025" }});
        let added = call(&desk, "add_family", request);
        open_since(&desk, &added, "2026-08-03");
    }
    is_over(&desk, "2026-Q3");
    let two = |name: &str| json!({"name": name, "banding": 4});
    let figures = call(&desk, "look_at_figures", json!({"period": "2026-Q3", "tables": [two("opened_by_age"), two("caseload_by_age")]}));
    for name in ["opened_by_age", "caseload_by_age"] {
        let lines = lines(&figures, name);
        let hidden = lines.iter().filter(|(_, cells)| cells[0].is_none()).count();
        assert!(lines.is_empty() || hidden == 2, "24 in all, and one of them is under a year: {lines:?}");
    }
}

/// A year is exact. Released, one family entered late, and corrected: the two files would say in which lines that family is.
#[test]
fn a_correction_of_a_year_does_not_give_one_family_away() {
    let place = Place::new();
    let desk = team(&place);
    let confirmed = |added: &Value, answer: &str| {
        let asked = json!({"family": added["family"], "person": null, "group": "poverty", "answer": answer, "period": null, "source": ""});
        call(&desk, "answer_priority", asked);
    };
    for number in 0..30 {
        let added = call(&desk, "add_family", born_in("6", number));
        open_since(&desk, &added, "2026-08-03");
        confirmed(&added, if number < 12 { "confirmed" } else { "no" });
        place.later(1);
        unlock(&desk, "lead").unwrap();
    }
    let late = call(&desk, "add_family", born_in("6", 30));
    open_since(&desk, &late, "2027-04-05");
    confirmed(&late, "confirmed");
    place.clock.set(on(2027, 4, 20));
    unlock(&desk, "lead").unwrap();
    is_over(&desk, YEAR);
    call(&desk, "set_export_folder", json!({"folder": place.folder("out")}));
    let first = call(&desk, "release_summary", json!({"period": YEAR, "reason": "Annual report"}));
    let figures = |release: &Value| call(&desk, "release_figures", json!({"release": release["id"]}))["figures"].clone();
    assert_eq!(total(&figures(&first), "caseload_by_group"), Some(30));
    // Nothing is another when it is counted again: everything that stood stands.
    let anew = |reason: &str| call(&desk, "make_frame_anew", json!({"period": YEAR, "reason": reason}));
    let tables = |figures: &Value| {
        figures["tables"].as_array().unwrap().iter().map(|table| (table["name"].clone(), table["lines"].clone())).collect::<Vec<_>>()
    };
    anew("To see whether something is missing");
    assert_eq!(tables(&call(&desk, "look_at_figures", json!({"period": YEAR}))), tables(&figures(&first)));
    // It had been opened in March, and its day was typed wrong.
    open_since(&desk, &late, "2027-03-05");
    anew("A day was typed wrong");
    let again = call(&desk, "look_at_figures", json!({"period": YEAR}));
    let mut stood = 0;
    for (name, _) in tables(&figures(&first)) {
        let (before, after) = (lines(&figures(&first), &text(&name)), lines(&again, &text(&name)));
        assert!(after.is_empty() || before.is_empty() || after == before, "{name}: {before:?} then {after:?}");
        stood += usize::from(!before.is_empty() && after.is_empty());
    }
    assert!(stood >= 2, "what counts this family is withheld: {again}");
    let groups = again["tables"].as_array().unwrap().iter().find(|table| table["name"] == "caseload_by_group").unwrap();
    assert!(text(&groups["cause"]).starts_with("Cannot be shown beside the release of April 2026 to March 2027"), "{groups}");
}

/// A team in its first year, with 24 families, of which one has twins.
fn with_twins() -> (Place, Desk) {
    let place = Place::new();
    let desk = team(&place);
    for number in 0..24 {
        let mut request = born_in("6", number);
        if number == 0 {
            let mut twin = request["people"][0].clone();
            (request["people"][0]["birthOrder"], twin["birthOrder"], twin["given"]) = (json!(1), json!(2), json!("Other"));
            request["people"].as_array_mut().unwrap().push(twin);
        }
        let added = call(&desk, "add_family", request);
        open_since(&desk, &added, "2026-08-03");
    }
    place.clock.set(on(2027, 4, 20));
    unlock(&desk, "lead").unwrap();
    is_over(&desk, YEAR);
    (place, desk)
}

fn born_in(month: &str, number: u32) -> Value {
    let mut request = family(&format!("Numbered {number}"));
    request["people"][0]["born"]["month"] = json!(month);
    request
}

/// What is shown as the total of a table; none if it is withheld or hidden.
fn total(figures: &Value, name: &str) -> Option<u64> {
    lines(figures, name).last().and_then(|(_, cells)| *cells.last()?)
}

/// The lines of a table, each with what is shown in it.
fn lines(figures: &Value, name: &str) -> Vec<(String, Vec<Option<u64>>)> {
    let tables = figures["tables"].as_array().unwrap();
    let table = tables.iter().find(|table| table["name"] == name).unwrap_or_else(|| panic!("no {name} in {figures}"));
    let cells = |line: &Value| line["cells"].as_array().unwrap().iter().map(|cell| cell["shown"].as_u64()).collect();
    table["lines"].as_array().unwrap().iter().map(|line| (text(&line["label"]), cells(line))).collect()
}

/// Ten in the morning of a day.
fn on(year: i32, month: u32, day: u32) -> Timestamp {
    let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Timestamp::from_local(day.and_hms_opt(10, 0, 0).unwrap())
}
