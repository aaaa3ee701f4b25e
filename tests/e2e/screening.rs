//! Screening and placement of a practice family, by keyboard: what is asked,
//! what a parent tells, where the family is placed, the second person, the
//! therapist who reads it, and the summary of the quarter once it has ended.

use attune_core::release::Quarter;
use serde_json::{Value, json};

use crate::support::{
    app::App,
    axe,
    forms::{begin_the_conversation, decide, send},
    keys::Keyboard,
    place::Place,
    practice::sign_in,
    screen,
    screen::Size,
};

/// So many that the step and the group of the journey are shown, not hidden.
const FAMILIES: u32 = 120;
const STEP: &str = "Step 4 · Specialist therapeutic";
const GROUP: &str = "Living in poverty";
const TOLD: &str = "“There was always shouting, and there was always granny.”";

#[tokio::test]
async fn a_family_is_screened_and_placed_and_counted() {
    let place = Place::practice(FAMILIES);
    let quarter = Quarter::of(place.today());
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "lead").await;
    let before = missing(&hands, quarter).await;
    lock(&mut hands).await;
    sign_in(&mut hands, "owen").await;
    let family = one_to_screen(&mut hands).await;
    open_from_the_caseload(&mut hands, &family).await;
    the_priority_groups(&mut hands).await;
    the_conversation(&mut hands, &family).await;
    what_is_known_of_the_infant(&mut hands, &family).await;
    the_placement(&mut hands).await;
    lock(&mut hands).await;

    sign_in(&mut hands, "tara").await;
    the_therapist_confirms(&mut hands, &family).await;
    lock(&mut hands).await;
    app.close().await;

    place.moves_on((quarter.day_after() - place.today()).num_days().unsigned_abs());
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "lead").await;
    let after = missing(&hands, quarter).await;
    assert_eq!(after, before.map(|families| families - 1), "no step recorded, and not asked about the group: one family fewer each");
    answer(&hands, "say_period_ready", json!({ "period": quarter.code() })).await;
    lock(&mut hands).await;
    sign_in(&mut hands, "dara").await;
    the_summary_counts_it(&mut hands, &family).await;
    app.close().await;
}

/// A family of the key worker that is placed nowhere and not known to live in poverty.
struct Family {
    row: usize,
    name: String,
    mother: String,
    infant: String,
}

async fn one_to_screen(hands: &mut Keyboard<'_>) -> Family {
    let caseload = answer(hands, "caseload", json!({ "mine": true, "filter": "open", "sort": "next_visit" })).await;
    for (row, line) in caseload["rows"].as_array().unwrap().iter().enumerate() {
        let asked = answer(hands, "priority", json!({ "family": line["family"] })).await;
        let group = asked["groups"].as_array().unwrap().iter().find(|group| group["group"] == "poverty").unwrap();
        if line["step"] != "No step" || ["confirmed", "suspected"].contains(&group["questions"][0]["answer"].as_str().unwrap()) {
            continue;
        }
        let people = answer(hands, "people", json!({ "family": line["family"] })).await;
        let who = |role: &str| {
            people["people"].as_array().unwrap().iter().find(|person| person["role"] == role).map(|person| text(&person["id"]))
        };
        if let (Some(mother), Some(infant)) = (who("mother"), who("infant")) {
            return Family { row, name: text(&line["name"]), mother, infant };
        }
    }
    panic!("no practice family of the key worker is left to screen and place");
}

async fn open_from_the_caseload(hands: &mut Keyboard<'_>, family: &Family) {
    hands.press(&["Alt+2"]).await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    open_the_row(hands, family.row).await;
    screen::shows(hands.page, "#story-step", "No step recorded yet").await;
}

/// Goes down a list from its first row, also past what it draws at once, and opens a row.
async fn open_the_row(hands: &mut Keyboard<'_>, row: usize) {
    for above in 1..=row {
        hands.press(&["J"]).await;
        screen::comes_to(hands.page, &format!("tbody tr:nth-child({}) [data-row]", above + 1)).await;
    }
    hands.press(&["Enter"]).await;
}

async fn the_priority_groups(hands: &mut Keyboard<'_>) {
    go_to_tab(hands, 2, "Priority groups").await;
    hands.tab_to("#priority-poverty-household-answer [tabindex='0']").await;
    hands.press(&["1"]).await;
    screen::shows(hands.page, "#priority-poverty-household-answer [aria-checked=true]", "Yes, confirmed").await;
    hands.tab_to("#priority-poverty-household-period [tabindex='0']").await;
    hands.press(&["Space"]).await;
    hands.fill("#priority-poverty-household-source", "Told by the mother at the second visit").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "#priority-poverty-household-recorded", "by Owen").await;
    hands.tab_to("[id^=priority-imprisonment][id$=-answer] [tabindex='0']").await;
    hands.press(&["4"]).await;
    screen::shows(hands.page, "[id^=priority-imprisonment][id$=-answer] [aria-checked=true]", "Not asked").await;
    screen::picture(hands.page, "70-priority-groups").await;
}

async fn the_conversation(hands: &mut Keyboard<'_>, family: &Family) {
    hands.back_to("#priority-ace").await;
    hands.press(&["Enter"]).await;
    hands.push(&format!("#ace-begin-{}", family.mother)).await;
    screen::comes_to(hands.page, "#ace-wants").await;
    hands.push("#ace-start").await;
    screen::shows(hands.page, "[role=alert]", "voluntary").await;
    screen::hides(hands.page, "#ace-sitting").await;
    screen::picture(hands.page, "71-ace-before").await;
    begin(hands).await;

    hands.press(&["Y", "Tab", "N", "Tab", "P"]).await;
    hands.tab_to("#ace-protective [tabindex='0']").await;
    hands.press(&["Space", "Down", "Down", "Space"]).await;
    hands.tab_to("#ace-words").await;
    hands.prose(TOLD).await;
    screen::picture(hands.page, "72-ace-sitting").await;

    hands.press(&["F8"]).await;
    screen::shows(hands.page, "h1", "Paused").await;
    let words = screen::text(hands.page, "return document.documentElement.outerHTML").await;
    assert!(!words.contains("granny"), "a covered screen holds nothing of the sitting");
    hands.press(&["Space"]).await;
    screen::comes_to(hands.page, "#ace-wants").await;
    screen::hides(hands.page, "#ace-sitting").await;
    begin(hands).await;
    assert_eq!(screen::value(hands.page, "#ace-words").await, TOLD, "what was typed outlives the cover");

    send(hands).await;
    screen::shows(hands.page, "[role=status]", "Conversation recorded").await;
    screen::comes_to(hands.page, &format!("#ace-begin-{}", family.mother)).await;
    open_the_entry(hands, &family.mother).await;
    screen::picture(hands.page, "73-ace-recorded").await;
}

/// Says all that is asked for this sitting, then begins.
async fn begin(hands: &mut Keyboard<'_>) {
    hands.back_to("#ace-wants").await;
    begin_the_conversation(hands).await;
    screen::shows(hands.page, "#ace-sitting", "before the age of 18").await;
    screen::comes_to(hands.page, "#ace-sitting ol [tabindex='0']").await;
}

/// Categories and what stood beside, with the caption, and nothing but a plain count.
async fn open_the_entry(hands: &mut Keyboard<'_>, person: &str) {
    hands.tab_to(&format!("#ace-entry-{person}-0")).await;
    hands.press(&["Enter"]).await;
    for words in ["1 yes, 1 no, 1 prefers not to say, 7 not asked", "An ACE count describes groups, not people.", "One steady adult", TOLD]
    {
        screen::shows(hands.page, &format!("#ace-{person}"), words).await;
    }
}

async fn what_is_known_of_the_infant(hands: &mut Keyboard<'_>, family: &Family) {
    hands.push(&format!("#ace-begin-{}", family.infant)).await;
    hands.tab_to("#ace-exposure ol [tabindex='0']").await;
    hands.press(&["S"]).await;
    send(hands).await;
    screen::comes_to(hands.page, "#ace-safety [tabindex='0']").await;
    screen::picture(hands.page, "74-ace-exposure-asks").await;
    axe::finds_nothing(hands.page, "exposure with its question").await;
    hands.press(&["Up", "Space"]).await;
    hands.fill("#ace-because", "He moved out before the baby came.").await;
    send(hands).await;
    screen::shows(hands.page, "[role=status]", "Saved on this laptop").await;
    screen::hides(hands.page, "#ace-exposure").await;
}

async fn the_placement(hands: &mut Keyboard<'_>) {
    go_to_tab(hands, 3, "Placement").await;
    hands.push("#placement-place").await;
    screen::comes_to(hands.page, "#placement-step-1").await;
    send(hands).await;
    screen::shows(hands.page, "#placement-step-error", "Choose a step").await;
    hands.press(&["Space", "Down", "Down", "Down"]).await;
    screen::comes_to(hands.page, "#placement-step-4").await;
    hands.tab_to("#placement-indicator-infant_withdrawn").await;
    hands.press(&["Space"]).await;
    hands.fill("#placement-rationale", "Three visits with little looking and no sound; what we tried has not eased it.").await;
    hands.fill("#placement-infantShows", "Turns to the wall when lifted, stills at a raised voice.").await;
    hands.fill("#placement-parentView", "Wants somebody to sit with them both.").await;
    hands.fill("#placement-reviewOn", "+4w").await;
    screen::picture(hands.page, "75-placement-form").await;
    send(hands).await;
    screen::shows(hands.page, "[role=status]", "Step recorded").await;
    screen::shows(hands.page, "article", "Waiting for a second person").await;
    screen::hides(hands.page, "#placement-confirm").await;
    screen::picture(hands.page, "76-placed-second-person-awaited").await;
    hands.press(&["Alt+2"]).await;
    screen::shows(hands.page, "tbody", "unconfirmed").await;
}

async fn the_therapist_confirms(hands: &mut Keyboard<'_>, family: &Family) {
    screen::shows(hands.page, "h1", "Today").await;
    screen::shows(hands.page, "main", &family.name).await;
    screen::picture(hands.page, "77-today-of-the-therapist").await;
    let today = answer(hands, "today", json!({ "shown": { "placements": FAMILIES } })).await;
    let waiting = today["placements"].as_array().unwrap().iter().position(|line| line["name"] == family.name.as_str());
    assert!(waiting.is_some(), "a placement that waits stands on the therapist's Today: {today}");

    let caseload = answer(hands, "caseload", json!({ "mine": true, "filter": "open", "sort": "next_visit" })).await;
    let row = caseload["rows"].as_array().unwrap().iter().position(|row| row["name"] == family.name.as_str()).unwrap();
    assert_ne!(caseload["rows"][row]["news"], "", "the list says that there is something new");
    hands.press(&["Alt+2"]).await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    open_the_row(hands, row).await;
    screen::shows(hands.page, "#story-step", "waiting for a second person").await;
    screen::shows(hands.page, "article", "Three visits with little looking").await;
    screen::picture(hands.page, "78-story-with-the-placement").await;
    let story = screen::words(hands.page).await;
    screen::shows(hands.page, "article .news", "New").await;
    hands.press(&["G"]).await;
    screen::comes_to(hands.page, "li:has(.news) [data-entry-title]").await;
    hands.press(&["M"]).await;
    screen::shows(hands.page, "[role=status]", "Marked as seen").await;
    screen::hides(hands.page, "article .news").await;
    hands.push("#story-unsee").await;
    screen::shows(hands.page, "article .news", "New").await;
    hands.back_to("#story-seen").await;
    hands.press(&["Enter"]).await;
    screen::comes_to(hands.page, "#story-unsee").await;
    assert!(!story.contains("granny") && !story.contains("asked"), "nothing of the conversation stands in the story");

    go_to_tab(hands, 2, "Priority groups").await;
    screen::shows(hands.page, "#priority-poverty-household-answer [aria-checked=true]", "Yes, confirmed").await;
    assert_eq!(screen::value(hands.page, "#priority-poverty-household-source").await, "Told by the mother at the second visit");
    hands.tab_to("#priority-ace").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, &format!("#ace-{}", family.mother), "").await;
    open_the_entry(hands, &family.mother).await;

    go_to_tab(hands, 3, "Placement").await;
    decide(hands, "#placement-confirm").await;
    screen::shows(hands.page, "article", "Confirmed by").await;
    screen::picture(hands.page, "79-placement-confirmed").await;
    go_to_tab(hands, 1, "Story").await;
    screen::shows(hands.page, "#story-step", STEP).await;
    let step = screen::text(hands.page, "return document.querySelector('#story-step').textContent").await;
    assert!(!step.contains("awaited"), "{step}");
}

/// How many families have no step, and how many nobody has asked about the group, as a lead reads it.
async fn missing(hands: &Keyboard<'_>, quarter: Quarter) -> [u64; 2] {
    let read = answer(hands, "readiness", json!({ "period": quarter.code() })).await;
    let groups = read["notAsked"].as_array().unwrap();
    let group = groups.iter().find(|group| group["group"] == GROUP).expect("the group is one of those asked about");
    [&read["notPlaced"], &group["families"]].map(|families| families.as_u64().unwrap())
}

/// The quarter of the journey, once it has ended: its tables are rounded, and name nobody and no childhood.
async fn the_summary_counts_it(hands: &mut Keyboard<'_>, family: &Family) {
    hands.push("#summary-prepare").await;
    screen::shows(hands.page, "h2", "1 of 5").await;
    for step in ["2 of 5", "3 of 5"] {
        hands.press(&["Ctrl+Enter"]).await;
        screen::shows(hands.page, "h2", step).await;
    }
    screen::shows(hands.page, ".unreleased caption", "Open caseload by step").await;
    screen::picture(hands.page, "80-summary-of-the-quarter").await;
    let script = "return JSON.stringify([...document.querySelectorAll('tbody td:not(.hidden, .bar)')].map(e => Number(e.textContent)))";
    let shown: Vec<u64> = serde_json::from_str(&screen::text(hands.page, script).await).unwrap();
    assert!(shown.len() > 5 && shown.iter().all(|count| count % 5 == 0), "{shown:?}");
    let words = screen::words(hands.page).await;
    for hidden in ["ACE", "granny", family.name.split(',').next().unwrap()] {
        assert!(!words.contains(hidden), "the summary holds “{hidden}”");
    }
}

async fn go_to_tab(hands: &mut Keyboard<'_>, number: usize, title: &str) {
    let tab = format!("nav[aria-label='Tabs of this record'] button:nth-child({number})");
    hands.back_to(&tab).await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "h1", title).await;
}

async fn lock(hands: &mut Keyboard<'_>) {
    hands.press(&["Ctrl+L"]).await;
    screen::comes_to(hands.page, "#unlock-signIn").await;
}

async fn answer(hands: &Keyboard<'_>, command: &str, request: Value) -> Value {
    let answer = screen::call(hands.page, command, request).await;
    assert!(answer["refused"].is_null(), "{command}: {answer}");
    answer["value"].clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
