//! A baby who was not brought, by keyboard: the follow-up is on Today and in the
//! story until a person closes it with what is known, what was tried and why.

use serde_json::json;

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice, practice::sign_in, screen, screen::Size};

const SIGN: &str = "dialog[open] button.main:not([aria-disabled])";

#[tokio::test]
async fn a_follow_up_stays_until_it_is_closed_with_what_is_known_and_tried_and_why() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "niamh").await;
        screen::shows(&app.page, "h1", "Today").await;
        let rows = screen::call(&app.page, "caseload", json!({"mine": true, "filter": "open", "sort": "name"})).await;
        let rows = rows["value"]["rows"].as_array().unwrap().clone();
        let born = |row: &&serde_json::Value| !row["age"].as_str().unwrap().contains("pregnant") && row["lastSeen"] != "";
        let row = rows.iter().find(born).unwrap().clone();
        let family = row["name"].as_str().unwrap().split(',').next().unwrap().to_owned();

        practice::open_a_family(&mut hands, &family).await;
        hands.press(&["Ctrl+n"]).await;
        screen::comes_to(&app.page, "#note-kind").await;
        hands.choose("#note-kind", "Clinic or base").await;
        hands.choose("#note-outcome", "Was not brought").await;
        hands.fill("#note-when", "today 00:01").await;
        hands.tab_to("#note-safety [tabindex='0']").await;
        hands.press(&["n"]).await;
        hands.fill("#note-plan", "Ring tomorrow.").await;
        hands.press(&["Ctrl+Enter"]).await;
        screen::shows(&app.page, "dialog[open] h2", "Check").await;
        screen::picture(&app.page, &format!("120-not-brought-check-{}", size.width)).await;
        screen::shows(&app.page, SIGN, "Sign").await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "[role=status]", "Signed ").await;

        hands.press(&["Alt+1"]).await;
        screen::shows(&app.page, "h1", "Today").await;
        screen::shows(&app.page, "#today-followUps", &family).await;
        screen::picture(&app.page, &format!("121-follow-up-on-today-{}", size.width)).await;
        hands.press(&["Ctrl+k"]).await;
        hands.prose(&family).await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "#story-follow-up", "Was not brought").await;
        hands.tab_to("#follow-up-close").await;
        hands.press(&["Enter"]).await;
        screen::comes_to(&app.page, "#followUp-known").await;
        send(&mut hands).await;
        screen::shows(&app.page, "#followUp-known-error", "what is known of the baby today").await;
        hands.prose("Seen yesterday by her health visitor, feeding well.").await;
        hands.fill("#followUp-tried", "Two calls and a card through the door.").await;
        hands.fill("#followUp-reason", "They are with her sister in Newry until Friday.").await;
        screen::in_both_themes(&app.page, &format!("122-closing-a-follow-up-{}", size.width)).await;
        axe::finds_nothing(&app.page, "closing a follow-up").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "Follow-up closed").await;
        screen::hides(&app.page, "#story-follow-up").await;
        screen::shows(&app.page, "article", "with her sister in Newry").await;
        screen::picture(&app.page, &format!("123-follow-up-closed-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        axe::finds_nothing(&app.page, "a story with a closed follow-up").await;
        app.close().await;
    }
}
