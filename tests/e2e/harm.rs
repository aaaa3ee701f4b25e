//! What is known of violence and substances is recorded of one person, by
//! keyboard: nothing of it is on the screen before a press, and a mistake is struck.

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn who_is_harmed_and_who_harms_are_recorded_for_the_team_only() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "lead").await;
        practice::open_the_first_family(&mut hands).await;
        hands.press(&["Ctrl+2"]).await;
        screen::shows(&app.page, "#harm-title", "For the team only").await;
        hands.back_to("#harm-open").await;
        screen::picture(&app.page, &format!("110-for-the-team-only-{}", size.width)).await;
        hands.press(&["Enter"]).await;
        hands.push("#harm-add").await;
        screen::comes_to(&app.page, "#harm-who").await;
        hands.choose("#harm-who", "Somebody who is not in this record").await;
        hands.tab_to("#harm-known [tabindex='0']").await;
        hands.press(&["A", "D"]).await;
        hands.fill("#harm-learnedOn", "yesterday").await;
        hands.fill("#harm-source", "She told me").await;
        send(&mut hands).await;
        screen::shows(&app.page, "#harm-words-error", "Say who it is").await;
        screen::picture(&app.page, &format!("111-harm-refused-{}", size.width)).await;
        axe::finds_nothing(&app.page, "recording known harm").await;
        screen::comes_to(&app.page, "#harm-words").await;
        hands.prose("Her former partner").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "for the team only").await;
        screen::shows(&app.page, "[aria-labelledby=harm-title] li", "Her former partner").await;
        screen::in_both_themes(&app.page, &format!("112-harm-recorded-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        axe::finds_nothing(&app.page, "known harm").await;

        hands.tab_to("[aria-labelledby=harm-title] li button[aria-label*='Entered in error']").await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "dialog[open] h2", "Mark as entered in error").await;
        hands.prose("It was another family").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[aria-labelledby=harm-title] li.struck", "Entered in error: It was another family").await;
        hands.back_to("#harm-close").await;
        hands.press(&["Enter"]).await;
        screen::comes_to(&app.page, "#harm-open").await;
        assert!(!screen::words(&app.page).await.contains("former partner"), "nothing of it is left on the screen");
        hands.press(&["Ctrl+1"]).await;
        screen::shows(&app.page, "h1", "Story").await;
        assert!(!screen::words(&app.page).await.contains("former partner"), "nor in the story");
        app.close().await;
    }
}
