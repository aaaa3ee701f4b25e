//! Somebody leaves, by keyboard: each family is handed over, what is unfinished
//! is read, and the lead finishes the note that was begun.

use serde_json::json;

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn somebody_leaves_and_their_unsigned_note_is_finished_by_the_lead() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "owen").await;
        screen::shows(&app.page, "h1", "Today").await;
        let rows = screen::call(&app.page, "caseload", json!({"mine": true, "filter": "open", "sort": "name"})).await;
        let row = rows["value"]["rows"][0].clone();
        let entry = json!({"kind": "home_visit", "saw": "Long looks between the two of them."});
        screen::call(&app.page, "save_draft", json!({"episode": row["episode"], "entry": entry})).await;
        screen::lock(&app.page).await;
        sign_in(&mut hands, "lead").await;
        screen::shows(&app.page, "h1", "Today").await;

        let changes = practice::changes_of(&mut hands, "Owen").await;
        hands.tab_to(&format!("{changes} button")).await;
        hands.press(&["Enter"]).await;
        screen::comes_to(&app.page, "#amend-name").await;
        hands.tab_to("#amend-active").await;
        hands.press(&["Space"]).await;
        screen::shows(&app.page, "dialog[open]", "Who takes each family?").await;
        screen::shows(&app.page, "dialog[open]", "An unsigned note about").await;
        screen::in_both_themes(&app.page, &format!("124-leaving-{}", size.width)).await;
        axe::finds_nothing(&app.page, "handing over families").await;
        send(&mut hands).await;
        screen::shows(&app.page, "#amend-handOver-error", "Choose who takes each").await;
        let families = screen::text(&app.page, "return String(document.querySelectorAll('[id^=amend-handOver]:is(select)').length)").await;
        for index in 0..families.parse::<usize>().unwrap() {
            let select = if index == 0 { "#amend-handOver".to_owned() } else { format!("#amend-handOver-{index}") };
            hands.choose(&select, "Nobody for now").await;
        }
        send(&mut hands).await;
        screen::shows(&app.page, "#amend-unfinished-error", "Read the list").await;
        hands.tab_to("#amend-unfinishedRead").await;
        hands.press(&["Space"]).await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "can no longer sign in").await;

        hands.press(&["Alt+1"]).await;
        screen::shows(&app.page, "#today-leftNotes", "Begun by Owen").await;
        screen::in_both_themes(&app.page, &format!("125-unsigned-note-of-a-leaver-{}", size.width)).await;
        hands.tab_to("#today-leftNotes button.act").await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "dialog[open] h2", "Take over the note").await;
        screen::comes_to(&app.page, "#take-over").await;
        hands.prose("Owen has left the team").await;
        screen::picture(&app.page, &format!("126-taking-over-a-note-{}", size.width)).await;
        axe::finds_nothing(&app.page, "taking over a note").await;
        send(&mut hands).await;
        screen::comes_to(&app.page, "#note-kind").await;
        assert!(
            screen::words(&app.page).await.contains("Long looks") || screen::value(&app.page, "#note-saw").await.contains("Long looks")
        );
        screen::picture(&app.page, &format!("127-the-note-that-was-begun-{}", size.width)).await;
        app.close().await;
    }
}
