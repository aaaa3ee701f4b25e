//! A group session by keyboard: written once, kept while somebody is called away,
//! asked about a name, and read in each family's story without the other.

use serde_json::json;

use crate::support::{app::App, axe, forms::send, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn a_group_session_is_written_once_and_read_in_each_story() {
    for size in [Size::LAPTOP, Size::ENLARGED] {
        let place = Place::practice(24);
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        sign_in(&mut hands, "niamh").await;
        screen::shows(&app.page, "h1", "Today").await;
        let names = two_families(&app).await;

        hands.press(&["Ctrl+k"]).await;
        screen::comes_to(&app.page, "dialog[open] input").await;
        hands.prose("Group session").await;
        screen::shows(&app.page, "dialog[open] [role=option]", "Group session").await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "h1", "Group session").await;
        screen::comes_to(&app.page, "#group-kinds").await;
        screen::picture(&app.page, &format!("100-group-session-empty-{}", size.width)).await;
        axe::finds_nothing(&app.page, "an empty group session").await;
        hands.keys("baby m").await;
        hands.press(&["Enter"]).await;
        hands.fill("#group-when", "today 09:00").await;
        hands.fill("#group-until", "10:30").await;
        hands.fill("#group-place", "The base").await;
        hands.fill("#group-ledBy", "A health visitor").await;
        hands.fill("#group-together", &format!("Legs and feet, and {} laughed first.", names[0].1)).await;
        for (index, (family, _)) in names.iter().enumerate() {
            hands.tab_to("#group-add").await;
            hands.prose(family).await;
            screen::shows(&app.page, "#group-add-list [role=option]", family).await;
            hands.press(&["Enter"]).await;
            screen::comes_to(&app.page, &format!("#group-families-{index}-outcome button")).await;
            hands.press(&[if index == 0 { "c" } else { "n" }]).await;
        }

        // Called away: all of it is kept, and comes back from Today.
        hands.press(&["Alt+1"]).await;
        screen::shows(&app.page, "h1", "Today").await;
        screen::shows(&app.page, "#today-unfinished", "A group session").await;
        hands.tab_to("#today-unfinished button").await;
        hands.press(&["Enter"]).await;
        screen::shows(&app.page, "#group-families-1 h3", &names[1].0).await;
        assert_eq!(screen::value(&app.page, "#group-when").await, "Mon 23-Nov-2026, 09:00");

        hands.tab_to("#group-families-0-present button").await;
        hands.press(&["Enter"]).await;
        hands.tab_to("#group-families-0-infants-0 button").await;
        hands.press(&["a"]).await;
        hands.fill("#group-families-0-words", "Held her gaze through the whole song.").await;
        hands.fill("#group-families-1-words", "A text: a cold, and no sleep.").await;
        screen::in_both_themes(&app.page, &format!("101-group-session-written-{}", size.width)).await;
        send(&mut hands).await;
        screen::shows(&app.page, "#group-together-error", "is a name of one of these families").await;
        screen::shows(&app.page, "label", "I have checked").await;
        screen::picture(&app.page, &format!("102-group-session-names-somebody-{}", size.width)).await;
        screen::has_no_sideways_scroll(&app.page, size).await;
        axe::finds_nothing(&app.page, "a group session that names somebody").await;
        hands.back_to("#group-together").await;
        hands.press(&["Ctrl+A"]).await;
        hands.prose("Legs and feet, and one song three times.").await;
        send(&mut hands).await;
        screen::shows(&app.page, "[role=status]", "in the record of 2 families").await;

        for (index, (family, _)) in names.iter().enumerate() {
            hands.press(&["Ctrl+k"]).await;
            hands.prose(family).await;
            screen::shows(&app.page, "dialog[open] [role=option]", family).await;
            hands.press(&["Enter"]).await;
            screen::shows(&app.page, "h1", "Story").await;
            screen::shows(
                &app.page,
                "article h2",
                if index == 0 { "Group (Baby massage), 90min" } else { "Group (Baby massage): was not brought" },
            )
            .await;
            // The newest note is open already.
            screen::shows(&app.page, "article", "one song three times").await;
            screen::shows(&app.page, "article button", "Record as copied").await;
            let words = screen::words(&app.page).await;
            let other = names[1 - index].0.split(',').next().unwrap().to_owned();
            assert!(!words.contains(&other), "{family} reads of {other}");
            screen::picture(&app.page, &format!("10{}-group-in-a-story-{}", 3 + index, size.width)).await;
            screen::has_no_sideways_scroll(&app.page, size).await;
            axe::finds_nothing(&app.page, "a group session in a story").await;
        }
        screen::press(&app.page, "article button", "Record as copied").await;
        screen::shows(&app.page, "article .sub", "Copied to encompass by you").await;
        screen::picture(&app.page, &format!("105-recorded-as-copied-{}", size.width)).await;
        app.close().await;
    }
}

/// Two families of niamh's with a living infant who has a name, and of no other's family name: what each is called, and the infant.
async fn two_families(app: &App) -> Vec<(String, String)> {
    let rows = screen::call(&app.page, "caseload", json!({"mine": true, "filter": "open", "sort": "name", "skip": 0, "limit": null})).await;
    let mut found: Vec<(String, String)> = Vec::new();
    for row in rows["value"]["rows"].as_array().unwrap() {
        let name = row["name"].as_str().unwrap().to_owned();
        let Some((family, given)) = name.split_once(", ") else { continue };
        let plain = row["age"].as_str().unwrap().ends_with('d') && !name.contains(" and ") && given != "Baby" && !given.contains('(');
        if plain && row["apart"] == "" && !found.iter().any(|(known, _)| known.split(',').next() == Some(family)) {
            found.push((name.clone(), given.to_owned()));
        }
    }
    found.truncate(2);
    assert_eq!(found.len(), 2, "{rows}");
    found
}
