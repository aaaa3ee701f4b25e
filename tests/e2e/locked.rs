//! Nothing of the record stays in the window, on the clipboard or in a core
//! file once Attune is locked, and what was typed comes back.

use std::{fs, time::Duration};

use serde_json::json;

use crate::support::{app::App, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn the_page_is_loaded_anew_at_lock_and_comes_back_to_the_same_place() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    screen::comes_to(&app.page, "main [data-row]").await;
    // Of the family of the first line, whatever the day has booked for it.
    hands.press(&["Ctrl+N"]).await;
    screen::shows(&app.page, "#note-saw", "").await;
    hands.fill("#note-saw", "She waved, and then the lid was closed").await;
    app.page
        .execute("window.before = 'the page before'; document.querySelector('#note-saw').setSelectionRange(4, 9)", vec![])
        .await
        .unwrap();
    hands.press(&["Ctrl+L"]).await;
    screen::comes_to(&app.page, "#unlock-signIn").await;
    assert!(screen::has_become(&app.page, "return typeof window.before === 'undefined'").await, "the page is another one");
    let words = screen::text(&app.page, "return document.documentElement.outerHTML").await;
    assert!(!words.contains("waved") && !words.contains("PRACTICE,"), "{words}");

    sign_in(&mut hands, "niamh").await;
    screen::comes_to(&app.page, "#note-saw").await;
    assert_eq!(screen::value(&app.page, "#note-saw").await, "She waved, and then the lid was closed");
    assert!(
        screen::has_become(
            &app.page,
            "const saw = document.querySelector('#note-saw'); return saw.selectionStart === 4 && saw.selectionEnd === 9"
        )
        .await,
        "the caret is where it was"
    );

    // Somebody else begins at the beginning.
    hands.press(&["Ctrl+L"]).await;
    screen::comes_to(&app.page, "#unlock-signIn").await;
    sign_in(&mut hands, "tara").await;
    screen::shows(&app.page, "h1", "Today").await;
    app.close().await;
}

#[tokio::test]
async fn a_copied_note_is_taken_off_the_clipboard_at_lock() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    screen::comes_to(&app.page, "main [data-row]").await;
    copy(&app, "Fiadh watched the lamp").await;
    paste_into_find(&mut hands, "Fiadh watched the lamp").await;
    hands.press(&["Ctrl+L"]).await;
    screen::comes_to(&app.page, "#unlock-signIn").await;
    hands.press(&["Ctrl+V"]).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(screen::value(&app.page, "#unlock-signIn").await, "", "nothing is left to paste");
    app.close().await;
}

#[tokio::test]
async fn a_copied_note_is_taken_off_the_clipboard_after_a_minute() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    screen::comes_to(&app.page, "main [data-row]").await;
    copy(&app, "Fiadh watched the lamp").await;
    tokio::time::sleep(Duration::from_secs(63)).await;
    hands.press(&["Ctrl+K"]).await;
    screen::comes_to(&app.page, "dialog[open] input").await;
    hands.press(&["Ctrl+V"]).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(screen::value(&app.page, "dialog[open] input").await, "", "nothing is left to paste");
    app.close().await;
}

#[tokio::test]
async fn a_crash_of_the_window_writes_no_core_file() {
    let place = Place::empty();
    let app = App::open(&place, Size::LAPTOP).await;
    screen::shows(&app.page, "h1", "").await;
    let processes = app.processes();
    assert!(processes.len() >= 2, "the program and the web view's own: {processes:?}");
    for number in processes {
        let limits = fs::read_to_string(format!("/proc/{number}/limits")).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert!(core.split_whitespace().skip(4).take(2).eq(["0", "0"]), "process {number}: {core}");
    }
    app.close().await;
}

async fn copy(app: &App, text: &str) {
    let script = "const [text, done] = arguments; window.__TAURI_INTERNALS__.invoke('copy', { text }).then(() => done('copied'), done)";
    assert_eq!(app.page.execute_async(script, vec![json!(text)]).await.unwrap(), "copied");
}

/// The text is on the system's clipboard: it can be pasted.
async fn paste_into_find(hands: &mut Keyboard<'_>, text: &str) {
    hands.press(&["Ctrl+K"]).await;
    screen::comes_to(hands.page, "dialog[open] input").await;
    hands.press(&["Ctrl+V"]).await;
    assert!(
        screen::has_become(hands.page, &format!("return document.querySelector('dialog[open] input').value === {text:?}")).await,
        "what was copied can be pasted"
    );
    hands.press(&["Esc"]).await;
}
