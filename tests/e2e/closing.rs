//! Closing the window loses nothing, not even what was typed the moment before.

use std::time::{Duration, Instant};

use crate::support::{app::App, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

/// A page that does not answer is closed after ten seconds; ours answers.
const PROMPT: Duration = Duration::from_secs(9);

#[tokio::test]
async fn closing_the_window_keeps_the_last_words() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = open_a_note(&app).await;
    hands.fill("#note-saw", "She waved at the door, and the window closed").await;
    let asked = Instant::now();
    app.ask_to_close().await;
    assert!(asked.elapsed() < PROMPT, "the page did not let the window go: it closed after {:?}", asked.elapsed());

    let app = App::open(&place, Size::LAPTOP).await;
    open_a_note(&app).await;
    let saw = screen::value(&app.page, "#note-saw").await;
    assert_eq!(saw, "She waved at the door, and the window closed");
    app.close().await;
}

async fn open_a_note(app: &App) -> Keyboard<'_> {
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    screen::shows(&app.page, "h1", "Today").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(&app.page, "tbody [data-row]").await;
    hands.press(&["N"]).await;
    screen::comes_to(&app.page, "#note-kind").await;
    hands
}
