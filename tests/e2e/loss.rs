//! A baby's death is recorded, by keyboard: a quiet banner, a note that asks
//! nothing of him, and the way back if it was another family's.

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn a_death_is_recorded_quietly_and_can_be_taken_back() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "lead").await;
        let family = practice::open_the_first_family(&mut hands).await;
        hands.press(&["Ctrl+4"]).await;
        screen::shows(&app.page, "h1", "People").await;
        hands.tab_to("ul.people li button[aria-label^='Record a loss']").await;
        hands.press(&["Enter"]).await;
        screen::comes_to(&app.page, "#loss-kind").await;
        hands.choose("#loss-kind", "Death").await;
        hands.fill("#loss-lostOn", "today").await;
        screen::picture(&app.page, &format!("95-record-a-loss-{}", size.width)).await;
        axe::finds_nothing(&app.page, "recording a loss").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "Recorded.").await;
        screen::shows(&app.page, "[data-region].banner", "age at death").await;
        screen::in_both_themes(&app.page, &format!("96-quiet-banner-{}", size.width)).await;

        hands.press(&["Ctrl+1"]).await;
        screen::shows(&app.page, "article h2", "died").await;
        screen::picture(&app.page, &format!("97-loss-in-the-story-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        axe::finds_nothing(&app.page, "story after a loss").await;

        hands.press(&["Ctrl+n"]).await;
        screen::comes_to(&app.page, "#note-kind").await;
        hands.choose("#note-kind", "Home visit").await;
        hands.choose("#note-outcome", "Attended").await;
        let words = screen::words(&app.page).await;
        assert!(!words.contains("Asleep throughout") && !words.contains("What the baby told us"), "the note asks of the infant: {words}");
        screen::shows(&app.page, ".before button", "before").await;
        screen::picture(&app.page, &format!("98-note-after-a-loss-{}", size.width)).await;

        practice::open_a_family(&mut hands, &family).await;
        hands.tab_to("article button[aria-label*='died']").await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "dialog[open] h2", "Mark as entered in error").await;
        hands.prose("It was another family").await;
        send(&mut hands).await;
        screen::shows(&app.page, "article", "Entered in error: It was another family").await;
        screen::hides(&app.page, ".banner.ended").await;
        screen::picture(&app.page, &format!("99-loss-taken-back-{}", size.width)).await;
        app.close().await;
    }
}
