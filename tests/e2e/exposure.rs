//! What an infant lives with now is recorded, by keyboard, and the concern that
//! comes of it with it: refused while something is missing, kept as typed, then
//! in the story and on the list of the second person.

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn a_concern_is_opened_where_the_exposure_is_recorded() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "lead").await;
        let family = practice::open_the_first_family(&mut hands).await;
        hands.press(&["Ctrl+2"]).await;
        hands.push("#priority-ace").await;
        hands.push("[aria-labelledby=ace-exposure-now] [id^=ace-begin]").await;
        hands.tab_to("#ace-exposure ol [tabindex='0']").await;
        hands.press(&["Y"]).await;
        send(&mut hands).await;
        screen::comes_to(&app.page, "#ace-safety [tabindex='0']").await;
        screen::picture(&app.page, &format!("100-what-it-means-for-safety-{}", size.width)).await;
        hands.press(&["Space"]).await;
        screen::shows(&app.page, ".concern .danger", "ring 999").await;

        hands.fill("#note-concern-what", "Shouting and a thud behind the door while she cried.").await;
        hands.fill("#note-concern-toldWhom", "The duty social worker").await;
        send(&mut hands).await;
        screen::shows(&app.page, "#note-concern-danger-label-error", "immediate danger").await;
        screen::picture(&app.page, &format!("101-concern-refused-{}", size.width)).await;
        assert_eq!(screen::value(&app.page, "#note-concern-toldWhom").await, "The duty social worker", "what was typed is kept");
        screen::comes_to(&app.page, "#note-concern-danger [tabindex='0']").await;
        hands.press(&["N"]).await;
        hands.fill("#note-concern-toldWhen", "today 8:10").await;
        hands.tab_to("#note-concern-police [tabindex='0']").await;
        hands.press(&["Y"]).await;
        hands.tab_to("#note-concern-parent [tabindex='0']").await;
        hands.press(&["Y"]).await;
        screen::in_both_themes(&app.page, &format!("102-concern-with-the-exposure-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        axe::finds_nothing(&app.page, "exposure with a concern").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "The concern is open").await;

        hands.press(&["Ctrl+1"]).await;
        screen::shows(&app.page, "article.concern", "Shouting and a thud").await;
        screen::picture(&app.page, &format!("103-concern-in-the-story-{}", size.width)).await;
        axe::finds_nothing(&app.page, "story with a concern of its own").await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        hands.press(&["Alt+1"]).await;
        screen::shows(&app.page, "#today-concerns", &family).await;
        app.close().await;
    }
}
