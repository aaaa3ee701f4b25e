//! A data manager releases the latest quarter: counted once, small numbers
//! hidden, two files in the folder that was chosen.

use std::fs;

use crate::support::{app::App, forms::send, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn the_data_manager_releases_a_quarter_once() {
    let place = Place::practice(36);
    let folder = place.folder("returns");
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "dara").await;
    screen::shows(&app.page, "h1", "Summary").await;

    hands.press(&["Alt+2"]).await;
    hands.fill("#settings-exportFolder", folder.to_str().unwrap()).await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "[role=status]", "Summaries will now be saved in that folder").await;
    screen::picture(&app.page, "40-export-folder").await;

    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "main td.hidden", "[c]").await;
    hidden_cells_hold_no_number(&app).await;
    screen::picture(&app.page, "41-summary").await;
    hands.push("main button.main").await;
    screen::comes_to(&app.page, "#release-reason").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#release-reason[aria-invalid]", "").await;
    hands.prose("Quarterly return to the commissioner").await;
    screen::picture(&app.page, "42-release").await;
    send(&mut hands).await;
    screen::shows(&app.page, "[role=status]", "Released and sealed").await;
    screen::hides(&app.page, "main button.main").await;
    screen::shows(&app.page, ".release", "Quarterly return to the commissioner").await;
    hidden_cells_hold_no_number(&app).await;
    screen::picture(&app.page, "43-released").await;

    let files = files_in(&folder);
    let [csv, page] = ["csv", "html"].map(|kind| files.iter().find(|file| file.ends_with(kind)).cloned().expect(kind));
    let table = fs::read_to_string(folder.join(&csv)).unwrap();
    assert!(table.contains("[c]"), "{table}");
    for name in ["Practice", "PRACTICE"] {
        let data: Vec<&str> = table.lines().filter(|line| !line.starts_with('#') && line.contains(name)).collect();
        assert!(data.is_empty(), "the file holds a name: {data:?}");
    }

    // Counted again it would show differences; the sealed files can be written again.
    let quarter = screen::value(&app.page, "#summary-quarter").await;
    let again = serde_json::json!({ "quarter": quarter, "reason": "Because it was lost" });
    let refused = screen::call(&app.page, "release_summary", again).await;
    assert!(refused["refused"]["code"].is_string(), "released twice: {refused}");
    fs::remove_file(folder.join(&page)).unwrap();
    fs::remove_file(folder.join(&csv)).unwrap();
    hands.push(".release button").await;
    screen::shows(&app.page, "[role=status]", "The files have been saved again").await;
    assert_eq!(fs::read_to_string(folder.join(&csv)).unwrap(), table, "the sealed numbers are the same");
    screen::picture(&app.page, "44-written-again").await;
    app.close().await;
}

async fn hidden_cells_hold_no_number(app: &App) {
    let cells = screen::text(&app.page, "return [...document.querySelectorAll('main td.hidden')].map(e => e.outerHTML).join('')").await;
    let words = screen::text(&app.page, "return [...document.querySelectorAll('main td.hidden')].map(e => e.textContent).join('')").await;
    assert!(words.contains("[c]") && !words.chars().any(|letter| letter.is_ascii_digit()), "{cells}");
}

fn files_in(folder: &std::path::Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
