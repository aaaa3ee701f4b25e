//! When the core says no, what was typed still stands, and a sentence says
//! what is wrong.

use std::fs;

use serde_json::json;

use crate::support::{
    app::App,
    forms::{begin_the_conversation, decide, send, throw_away},
    keys::Keyboard,
    place::Place,
    practice::sign_in,
    screen,
    screen::Size,
};

#[tokio::test]
async fn a_refused_first_run_keeps_its_text() {
    let place = Place::empty();
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    hands.push("#first-team").await;
    let typed = [
        ("#first-team-name", "Bridge Street Team"),
        ("#first-name", "Morag Practice"),
        ("#first-signIn", "morag@trust"),
        ("#first-organisation", "The Trust"),
    ];
    for (field, text) in typed {
        hands.fill(field, text).await;
    }
    hands.push("form button[type=submit]").await;
    hands.fill("#first-passphrase", "password").await;
    hands.push("#first-create").await;
    screen::shows(&app.page, ".error, [role=alert] p", "").await;
    if app.page.execute("return Boolean(document.querySelector('#first-passphrase'))", vec![]).await.unwrap() == true {
        refused(&app, &[("#first-passphrase", "password")], "45-kept-first-run-passphrase").await;
        hands.fill("#first-passphrase", "nine mossy harbours waiting").await;
        hands.push("#first-create").await;
    }
    screen::shows(&app.page, "#first-signIn", "").await;
    refused(&app, &typed, "46-kept-first-run").await;
    app.close().await;
}

#[tokio::test]
async fn refused_work_with_families_keeps_its_text() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    screen::comes_to(&app.page, "#unlock-signIn").await;
    hands.prose("niamh").await;
    hands.fill("#unlock-passphrase", "something quite else").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "[role=alert] p, .error", "is not right").await;
    refused(&app, &[("#unlock-signIn", "niamh")], "47-kept-unlock").await;
    sign_in(&mut hands, "niamh").await;

    the_family_form(&mut hands, &app).await;
    hands.press(&["Alt+2"]).await;
    screen::shows(&app.page, "h1", "aseload").await;
    press(&app, "tbody [data-row]", "").await;
    screen::shows(&app.page, "article", "").await;
    the_texts_below_a_note(&mut hands, &app).await;
    the_note(&mut hands, &app).await;
    the_people(&mut hands, &app).await;
    the_placement(&mut hands, &app).await;
    the_screening(&mut hands, &app).await;
    a_lock_in_the_middle(&mut hands, &app).await;
    app.close().await;
}

#[tokio::test]
async fn refused_work_of_the_office_keeps_its_text() {
    let place = Place::practice(24);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    screen::comes_to(&app.page, "#unlock-signIn").await;
    sign_in(&mut hands, "lead").await;

    hands.tab_to("#today-concerns [data-row]").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, ".concern", "Waiting for a second person").await;
    hands.choose("select[id^=concern-decision]", "Referred to Gateway (UNOCINI)").await;
    hands.tab_to("textarea[id^=concern-answer]").await;
    let answer = screen::text(&app.page, "return '#' + document.activeElement.id").await;
    hands.prose("  ").await;
    send(&mut hands).await;
    refused(&app, &[(&answer, "  ")], "57-kept-concern-answer").await;

    hands.press(&["Alt+4"]).await;
    hands.push("#users-add").await;
    let user = [("#add-name", "Nuala Practice"), ("#add-signIn", "niamh"), ("#add-organisation", "The charity")];
    hands.fill(user[0].0, user[0].1).await;
    hands.fill(user[1].0, user[1].1).await;
    hands.choose("#add-role", "Key worker").await;
    hands.fill(user[2].0, user[2].1).await;
    hands.push("#add-save").await;
    refused(&app, &user, "58-kept-add-user").await;
    assert_eq!(screen::chosen(&app.page, "#add-role").await, "Key worker");
    hands.press(&["Esc"]).await;
    screen::hides(&app.page, "dialog[open]").await;

    hands.fill("#settings-team", "The Bridge Street Team").await;
    hands.fill("#settings-autoLockMinutes", "600").await;
    hands.press(&["Enter"]).await;
    refused(&app, &[("#settings-team", "The Bridge Street Team"), ("#settings-autoLockMinutes", "600")], "59-kept-team").await;
    hands.fill("#settings-exportFolder", "/no/such/folder").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "#settings-exportFolder[aria-invalid]", "").await;
    refused(&app, &[("#settings-exportFolder", "/no/such/folder")], "60-kept-folder").await;
    hands.back_to("#change-present").await;
    hands.prose("not what it is").await;
    hands.fill("#change-new", "four copper kettles singing").await;
    hands.press(&["Enter"]).await;
    refused(&app, &[("#change-present", "not what it is"), ("#change-new", "four copper kettles singing")], "61-kept-passphrase").await;

    let folder = place.folder("stick");
    screen::call(&app.page, "set_export_folder", json!({ "folder": folder })).await;
    fs::remove_dir(&folder).unwrap();
    fs::write(&folder, "no folder any more").unwrap();
    hands.press(&["Alt+3"]).await;
    hands.push("#summary-prepare").await;
    screen::shows(&app.page, "h2", "1 of 5").await;
    for step in ["2 of 5", "3 of 5"] {
        hands.press(&["Ctrl+Enter"]).await;
        screen::shows(&app.page, "h2", step).await;
    }
    screen::shows(&app.page, ".unreleased table", "").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, "h2", "4 of 5").await;
    hands.tab_to("#release-to [tabindex='0']").await;
    hands.press(&["T"]).await;
    hands.fill("#release-reason", "Quarterly return to the commissioner").await;
    send(&mut hands).await;
    decide(&mut hands, "#release-go").await;
    refused(&app, &[], "62-kept-release-reason").await;
    hands.push("#release-back").await;
    screen::shows(&app.page, "h2", "4 of 5").await;
    assert_eq!(screen::value(&app.page, "#release-reason").await, "Quarterly return to the commissioner");
    app.close().await;
}

async fn the_family_form(hands: &mut Keyboard<'_>, app: &App) {
    hands.press(&["Alt+2"]).await;
    hands.push("#caseload-add").await;
    screen::comes_to(&app.page, "#people-0-familyName").await;
    let typed = [
        ("#people-0-familyName", "Mac Giolla"),
        ("#people-0-given", "Bláthnaid"),
        ("#people-0-born-day", "31"),
        ("#people-0-born-month", "2"),
        ("#people-0-born-year", "2026"),
        ("#people-0-number", "999 123 4560"),
        ("#people-1-familyName", "Mac Giolla"),
        ("#people-1-given", "Gráinne"),
    ];
    for (field, text) in typed {
        hands.fill(field, text).await;
    }
    send(hands).await;
    refused(app, &typed, "48-kept-add-family").await;
}

async fn the_texts_below_a_note(hands: &mut Keyboard<'_>, app: &App) {
    press(app, "article button", "Entered in error").await;
    screen::comes_to(&app.page, "dialog[open] textarea").await;
    hands.prose("  ").await;
    send(hands).await;
    refused(app, &[("dialog[open] textarea", "  ")], "55-kept-retraction").await;
    hands.press(&["Esc"]).await;
    screen::hides(&app.page, "dialog[open]").await;
    press(app, "article button", "Add more details").await;
    screen::comes_to(&app.page, "dialog[open] textarea").await;
    hands.prose(" \n ").await;
    send(hands).await;
    refused(app, &[("dialog[open] textarea", " \n ")], "49-kept-addendum").await;
    hands.press(&["Esc"]).await;
    screen::hides(&app.page, "dialog[open]").await;
}

async fn the_note(hands: &mut Keyboard<'_>, app: &App) {
    hands.press(&["Ctrl+N"]).await;
    screen::comes_to(&app.page, "#note-kind").await;
    hands.choose("#note-kind", "Home visit").await;
    hands.choose("#note-outcome", "Attended").await;
    let typed = [
        ("#note-saw", "He reached for the spoon."),
        ("#note-told", "It is going better."),
        ("#note-babyTold", "Let me try."),
        ("#note-think", "He is ready."),
        ("#note-nextVisit", "in a while"),
    ];
    for (field, text) in typed {
        hands.fill(field, text).await;
    }
    send(hands).await;
    screen::shows(&app.page, "dialog[open] li", "Choose one of those under Safety").await;
    screen::picture(&app.page, "50-kept-note-gaps").await;
    hands.press(&["Esc"]).await;
    refused(app, &typed, "51-kept-note").await;
    press(app, "#note button", "Discard draft").await;
    press(app, "dialog[open] button:not([aria-disabled])", "Discard draft").await;
    screen::shows(&app.page, "h1", "Story").await;
}

async fn the_people(hands: &mut Keyboard<'_>, app: &App) {
    press(app, "nav button", "People").await;
    press(app, ".people button", "").await;
    screen::shows(&app.page, "dialog[open] form", "").await;
    let given = field_of_dialog(app, "given").await;
    let day = field_of_dialog(app, "born-day").await;
    let month = field_of_dialog(app, "born-month").await;
    let typed = [(given.as_str(), "Bláthnaid"), (&day, "31"), (&month, "2")];
    for (field, text) in typed {
        hands.fill(field, text).await;
    }
    send(hands).await;
    refused(app, &typed, "52-kept-person").await;
    hands.press(&["Esc"]).await;
    screen::hides(&app.page, "dialog[open]").await;

    press(app, "main button", "Set a flag").await;
    screen::comes_to(&app.page, "#flag-kind").await;
    hands.press(&["Down"]).await;
    hands.fill("#flag-detail", "Meeting with the duty team").await;
    hands.fill("#flag-reviewOn", "31/02").await;
    hands.press(&["Enter"]).await;
    refused(app, &[("#flag-detail", "Meeting with the duty team"), ("#flag-reviewOn", "31/02")], "53-kept-flag").await;
}

async fn the_placement(hands: &mut Keyboard<'_>, app: &App) {
    press(app, "nav button", "Placement").await;
    press(app, "#placement-place", "").await;
    screen::comes_to(&app.page, "#placement-step-1").await;
    hands.press(&["Space", "Down"]).await;
    let typed = [
        ("#placement-rationale", "Too short"),
        ("#placement-infantShows", "Looks away."),
        ("#placement-parentView", "Wants to wait."),
        ("#placement-reviewOn", "in a while"),
    ];
    for (field, text) in typed {
        hands.fill(field, text).await;
    }
    send(hands).await;
    refused(app, &typed, "56-kept-placement").await;
    press(app, "#placement-form button", "Cancel").await;
    throw_away(hands).await;
    screen::hides(&app.page, "#placement-form").await;
}

/// A sitting over a lock, and what is known of the infant without its answer.
async fn the_screening(hands: &mut Keyboard<'_>, app: &App) {
    press(app, "nav button", "Screening").await;
    press(app, "#priority-ace", "").await;
    press(app, "[aria-labelledby=ace-childhood] [id^=ace-begin]", "").await;
    press(app, "#ace-not-offered", "").await;
    screen::comes_to(&app.page, "#ace-not-held-words").await;
    hands.prose("  ").await;
    send(hands).await;
    refused(app, &[("#ace-not-held-words", "  ")], "63-kept-not-offered").await;
    press(app, "#ace-not-held button", "Back").await;
    begin_the_sitting(hands, app).await;
    screen::comes_to(&app.page, "#ace-sitting ol [tabindex='0']").await;
    hands.press(&["Y"]).await;
    hands.fill("#ace-words", "There was always granny.").await;
    lock_behind_the_page(app).await;
    screen::shows(&app.page, "#unlock-signIn", "").await;
    sign_in(hands, "niamh").await;
    begin_the_sitting(hands, app).await;
    assert_eq!(screen::value(&app.page, "#ace-words").await, "There was always granny.");
    screen::shows(&app.page, "#ace-sitting [aria-checked=true]", "Yes").await;
    screen::picture(&app.page, "64-kept-sitting-over-a-lock").await;
    press(app, "#ace-leave", "").await;
    throw_away(hands).await;

    press(app, "[aria-labelledby=ace-exposure-now] [id^=ace-begin]", "").await;
    hands.tab_to("#ace-exposure ol [tabindex='0']").await;
    hands.press(&["S"]).await;
    hands.fill("#ace-exposure-words", "Shouting next door.").await;
    send(hands).await;
    screen::comes_to(&app.page, "#ace-safety [tabindex='0']").await;
    refused(app, &[("#ace-exposure-words", "Shouting next door.")], "65-kept-exposure").await;
    press(app, "#ace-exposure-leave", "").await;
    throw_away(hands).await;
    screen::hides(&app.page, "#ace-exposure").await;
}

/// What was typed a second ago is on disk, whoever locks.
async fn lock_behind_the_page(app: &App) {
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    screen::lock(&app.page).await;
}

async fn begin_the_sitting(hands: &mut Keyboard<'_>, app: &App) {
    screen::comes_to(&app.page, "#ace-wants").await;
    begin_the_conversation(hands).await;
    // After a lock the keyboard goes on where it was.
    screen::shows(&app.page, "#ace-sitting ol [tabindex='0']", "").await;
}

/// The record locks behind the page's back while details are being written.
async fn a_lock_in_the_middle(hands: &mut Keyboard<'_>, app: &App) {
    press(app, "nav button", "Story").await;
    press(app, "article button", "Add more details").await;
    screen::comes_to(&app.page, "dialog[open] textarea").await;
    hands.fill("dialog[open] textarea", "The clip is four minutes long.").await;
    lock_behind_the_page(app).await;
    screen::shows(&app.page, "#unlock-signIn", "").await;
    sign_in(hands, "niamh").await;
    screen::shows(&app.page, "dialog[open] textarea", "").await;
    screen::picture(&app.page, "54-kept-over-a-lock").await;
    assert_eq!(screen::value(&app.page, "dialog[open] textarea").await, "The clip is four minutes long.");
    hands.tab_to("dialog[open] textarea").await;
    send(hands).await;
    screen::shows(&app.page, ".addendum", "The clip is four minutes long.").await;
}

async fn field_of_dialog(app: &App, part: &str) -> String {
    let script = format!("return '#' + document.querySelector('dialog[open] [id$=\"-{part}\"]').id");
    screen::text(&app.page, &script).await
}

async fn press(app: &App, selector: &str, words: &str) {
    screen::press(&app.page, selector, words).await;
}

/// Waits for the sentence, and holds every field to what was typed.
async fn refused(app: &App, typed: &[(&str, &str)], picture: &str) {
    let says = "const seen = e => e?.checkVisibility() && e.textContent.trim().length > 10;
        return [...document.querySelectorAll('[role=alert]')].some(seen)
            || [...document.querySelectorAll('[aria-invalid]')].some(e =>
                (e.getAttribute('aria-describedby') ?? '').split(' ').some(id => id && seen(document.getElementById(id))))";
    let deadline = std::time::Instant::now() + crate::support::PATIENCE;
    while app.page.execute(says, vec![]).await.unwrap() != true {
        if std::time::Instant::now() > deadline {
            screen::picture(&app.page, "surprise").await;
            panic!("{picture}: no sentence says what is wrong");
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    screen::picture(&app.page, picture).await;
    for (field, text) in typed {
        assert_eq!(&screen::value(&app.page, field).await, text, "{picture}: what was typed in {field}");
    }
}
