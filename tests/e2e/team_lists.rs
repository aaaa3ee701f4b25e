//! A service lead changes what can be chosen in a note, and marks a step as
//! entered in error.

use serde_json::json;

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn a_lead_changes_a_list_and_what_is_marked_is_struck_through() {
    let place = Place::practice(24);
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "lead").await;
        screen::shows(&app.page, "h1", "Today").await;
        a_list_is_changed(&mut hands, size).await;
        a_step_is_marked(&mut hands, size).await;
        app.close().await;
    }
}

async fn a_list_is_changed(hands: &mut Keyboard<'_>, size: Size) {
    let words = format!("Watched a feed at {}", size.width);
    hands.press(&["Alt+4"]).await;
    screen::shows(hands.page, "h3", "What we did").await;
    hands.fill("#list-activity-0", " ").await;
    send(hands).await;
    screen::shows(hands.page, "#list-activity-0-error", "Write a few words").await;
    hands.fill("#list-activity-0", &words).await;
    hands.tab_to("#list-activity-1-retired").await;
    hands.press(&["Space"]).await;
    hands.push("#list-activity-add").await;
    hands.prose(&format!("Sang together at {}", size.width)).await;
    screen::picture(hands.page, &format!("90-list-{}", size.width)).await;
    screen::has_no_sideways_scroll(hands.page, size).await;
    axe::finds_nothing(hands.page, "lists").await;
    send(hands).await;
    screen::shows(hands.page, "[role=status]", "The list is saved").await;
    let now = screen::call(hands.page, "lists", json!({})).await;
    assert_eq!(now["value"]["lists"][0]["entries"][0]["words"], json!(words), "{now}");
}

async fn a_step_is_marked(hands: &mut Keyboard<'_>, size: Size) {
    let caseload = screen::call(hands.page, "caseload", json!({"mine": false, "filter": "open", "sort": "name"})).await;
    let rows = caseload["value"]["rows"].as_array().unwrap().clone();
    for row in rows {
        let placements = screen::call(hands.page, "placements", json!({"family": row["family"]})).await;
        let Some(step) = placements["value"]["placements"].as_array().unwrap().first().cloned() else { continue };
        let marked = screen::call(hands.page, "mark_in_error", json!({"row": step["id"], "reason": "Another family\u{2019}s step"})).await;
        assert!(marked["value"].is_object(), "{marked}");
        hands.press(&["Ctrl+k"]).await;
        hands.prose(row["name"].as_str().unwrap().split(',').next().unwrap()).await;
        hands.press(&["Enter"]).await;
        screen::shows(hands.page, "article", "Entered in error: Another family").await;
        let to_it = "[...document.querySelectorAll('article')].find((one) => one.innerText.includes('Entered in error:')).scrollIntoView({block: 'center'})";
        hands.page.execute(to_it, Vec::new()).await.unwrap();
        screen::picture(hands.page, &format!("91-step-in-error-{}", size.width)).await;
        return;
    }
    panic!("a practice family has a step");
}
