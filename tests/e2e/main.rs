//! End to end: the built program in a real window, driven over WebDriver as a
//! person would, by keyboard. Pictures land in `target/e2e/`.
//!
//! Run it with `make e2e`: it installs the driver and builds the pages first.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod backup;
mod closing;
mod cover;
mod display;
mod exposure;
mod first_visit;
mod focus;
mod follow_up;
mod forms_come_back;
mod group;
mod harm;
mod leaving;
mod lists;
mod locked;
mod loss;
mod screening;
mod signing;
mod summary;
mod support;
mod team_lists;
mod text_is_kept;
mod views;

use support::{app::App, axe, keys::Keyboard, place::Place, screen, screen::Size};

#[tokio::test]
async fn an_empty_folder_opens_on_the_first_screen() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::empty();
        let app = App::open(&place, size).await;
        screen::shows(&app.page, "h1", "").await;
        screen::picture(&app.page, &format!("00-first-screen-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        axe::finds_nothing(&app.page, "first screen").await;
        app.close().await;
    }
}

#[tokio::test]
async fn a_killed_program_opens_again() {
    let place = Place::empty();
    let app = App::open(&place, Size::LAPTOP).await;
    screen::shows(&app.page, "h1", "").await;
    let mut keyboard = Keyboard::of(&app.page);
    keyboard.press(&["Tab"]).await;
    keyboard.keys("ab").await;
    keyboard.prose("Sunny and ").await;
    assert_eq!(keyboard.pressed, 3, "a chord is one key, prose is none");
    app.kill();
    let app = App::open(&place, Size::LAPTOP).await;
    screen::shows(&app.page, "h1", "").await;
    app.close().await;
}
