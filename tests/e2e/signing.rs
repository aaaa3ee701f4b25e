//! A note is signed by a deliberate press and by nothing else: doubled, held
//! and hammered keys leave it unsigned, before a slow core as well.

use std::time::Duration;

use fantoccini::Client;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::support::{app::App, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

/// The button that signs, once a press counts.
const SIGN: &str = "dialog[open] button.main:not([aria-disabled])";
/// Longer than the moment after which a press counts.
const A_MOMENT: Duration = Duration::from_millis(1200);

#[tokio::test]
async fn doubled_held_and_hammered_keys_sign_nothing() {
    let place = Place::practice(4);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    let family = a_note_to_sign(&mut hands).await;
    let before = notes(&app.page, &family).await;

    hands.tab_to("#note-babyTold").await;
    for (keys, times) in [("a doubled chord", 2), ("a hammered chord", 15)] {
        hands.hammer("Ctrl+Enter", times).await;
        nothing_is_signed(&app.page, &family, before, keys).await;
        screen::picture(&app.page, &format!("80-check-strip-after-{}", keys.replace(' ', "-"))).await;
        leave_the_strip(&mut hands).await;
    }
    hands.hold("Ctrl+Enter", 15).await;
    nothing_is_signed(&app.page, &family, before, "a chord held on, and Enter after it").await;
    leave_the_strip(&mut hands).await;

    hands.press(&["Ctrl+Enter"]).await;
    hands.hammer("Enter", 30).await;
    nothing_is_signed(&app.page, &family, before, "a hammered Enter").await;

    screen::shows(&app.page, SIGN, "Sign").await;
    hands.press(&["Enter"]).await;
    hands.hammer("Enter", 10).await;
    screen::shows(&app.page, "[role=status]", "Signed ").await;
    assert_eq!(notes(&app.page, &family).await, before + 1, "a deliberate press signs one note");
    app.close().await;
}

#[tokio::test]
async fn before_a_slow_core_nothing_is_signed_unread_and_nothing_twice() {
    let place = Place::practice(4);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    let family = a_note_to_sign(&mut hands).await;
    let before = notes(&app.page, &family).await;
    hands.tab_to("#note-babyTold").await;
    slow_down(&app.page).await;

    hands.press(&["Ctrl+Enter"]).await;
    hands.hammer("Ctrl+Enter", 4).await;
    hands.hammer("Enter", 4).await;
    screen::shows(&app.page, "#check-strip", "Attended").await;
    nothing_is_signed(&app.page, &family, before, "keys pressed while the core was slow").await;

    screen::shows(&app.page, SIGN, "Sign").await;
    hands.press(&["Enter"]).await;
    hands.hammer("Enter", 10).await;
    screen::shows(&app.page, "[role=status]", "Signed ").await;
    assert_eq!(notes(&app.page, &family).await, before + 1, "one act, however often the key is pressed");
    app.close().await;
}

/// Opens a note that can be signed on the first family; answers whose.
async fn a_note_to_sign(hands: &mut Keyboard<'_>) -> Value {
    let caseload = answer(hands.page, "caseload", json!({ "mine": true, "filter": "open", "sort": "name" })).await;
    let family = caseload["rows"][0]["family"].clone();
    let form = answer(hands.page, "open_note", json!({ "family": family })).await;
    let mut entry = form["entry"].clone();
    let people = form["people"].as_array().unwrap();
    let born = |person: &&Value| person["infant"] == true && person["born"] == true;
    let infants: Vec<Value> = people.iter().filter(born).map(|infant| json!({ "person": infant["id"], "state": "awake" })).collect();
    for (field, value) in [
        ("kind", json!("home_visit")),
        ("outcome", json!("attended")),
        ("when", json!("yesterday 14:00")),
        ("until", json!("15:05")),
        ("present", json!([people[0]["id"]])),
        ("infants", json!(infants)),
        ("did", json!(["play_observed"])),
        ("saw", json!("Long looks between the two of them.")),
        ("safety", json!("no_new_concern")),
        ("plan", json!("Visit again.")),
    ] {
        entry[field] = value;
    }
    answer(hands.page, "save_draft", json!({ "episode": form["episode"], "entry": entry })).await;
    hands.press(&["Alt+2"]).await;
    screen::shows(hands.page, "h1", "").await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    screen::press(hands.page, "tbody [data-row]", caseload["rows"][0]["name"].as_str().unwrap()).await;
    screen::shows(hands.page, "article", "").await;
    hands.press(&["Ctrl+N"]).await;
    screen::comes_to(hands.page, "#note-present button").await;
    screen::shows(hands.page, "#draft-status", "Draft restored").await;
    family
}

async fn leave_the_strip(hands: &mut Keyboard<'_>) {
    hands.press(&["Esc"]).await;
    screen::hides(hands.page, "dialog[open]").await;
}

async fn nothing_is_signed(page: &Client, family: &Value, before: usize, by: &str) {
    screen::shows(page, "#check-strip", "").await;
    sleep(A_MOMENT).await;
    screen::shows(page, "#check-strip", "").await;
    assert_eq!(notes(page, family).await, before, "{by} signs nothing");
}

async fn notes(page: &Client, family: &Value) -> usize {
    let story = answer(page, "story", json!({ "family": family, "skip": 0 })).await;
    story["entries"].as_array().unwrap().iter().filter(|entry| entry["what"] == "contact").count()
        + story["more"].as_u64().unwrap() as usize
}

async fn answer(page: &Client, command: &str, request: Value) -> Value {
    let answer = screen::call(page, command, request).await;
    assert!(answer["refused"].is_null(), "{command}: {answer}");
    answer["value"].clone()
}

/// Every answer of the core to the page comes two seconds late, as from a laptop that is busy.
async fn slow_down(page: &Client) {
    let script = "const fetched = window.fetch;
        window.fetch = async (...all) => {
            if (JSON.stringify(all[1]?.body ?? '').includes('_contact')) await new Promise(done => setTimeout(done, 2000));
            return fetched(...all);
        };";
    page.execute(script, vec![]).await.unwrap();
}
