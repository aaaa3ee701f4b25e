//! A key worker is away, by keyboard: a colleague covers their families, a line
//! on the lead's Today asks about it once its day has come, and a press gives them back.

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn an_absent_key_worker_is_covered_and_given_their_families_back() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "lead").await;
        let changes = practice::changes_of(&mut hands, "Owen").await;
        hands.tab_to(&format!("{changes} button:nth-of-type(3)")).await;
        hands.press(&["Enter"]).await;
        screen::comes_to(&app.page, "#cover-coveredBy").await;
        send(&mut hands).await;
        screen::shows(&app.page, "#cover-coveredBy-error", "").await;
        hands.choose("#cover-coveredBy", "Niamh Practice (Key worker, The Trust)").await;
        hands.fill("#cover-until", "+2d").await;
        hands.fill("#cover-reason", "On leave").await;
        screen::in_both_themes(&app.page, &format!("128-arranging-cover-{}", size.width)).await;
        axe::finds_nothing(&app.page, "arranging cover").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "Niamh Practice covers").await;
        screen::shows(&app.page, "main", "Covered for now").await;
        screen::picture(&app.page, &format!("129-covered-for-now-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        app.close().await;

        place.moves_on(3);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "lead").await;
        screen::shows(&app.page, "#today-covers", "Niamh Practice covers").await;
        screen::in_both_themes(&app.page, &format!("130-cover-that-is-over-{}", size.width)).await;
        axe::finds_nothing(&app.page, "a cover that is over").await;
        hands.push("#today-covers button").await;
        screen::shows(&app.page, "[role=status]", "went back to Owen Practice").await;
        screen::hides(&app.page, "#today-covers").await;
        app.close().await;
    }
}
