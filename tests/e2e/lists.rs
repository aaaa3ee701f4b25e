//! Lists of families in the real window: how many rows there are to see, that
//! a list draws what it shows and brings more on a key, and that it keeps its
//! place while a record is open.

use serde_json::Value;

use crate::support::{app::App, keys::Keyboard, place::Place, practice, screen, screen::Size};

/// Rows of the caseload that are wholly in sight.
const IN_SIGHT: &str = "const main = document.querySelector('main').getBoundingClientRect();
    return [...document.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect())
        .filter(row => row.top >= main.top - 0.5 && row.bottom <= main.bottom + 0.5).length";

/// Whose row has the focus, the order of the list, the filter, and how far it is scrolled.
const HERE: &str = "return [document.activeElement.textContent, document.querySelector('#caseload-sort').value,
    document.querySelector('[aria-pressed=true]').textContent, document.querySelector('main').scrollTop]";

#[tokio::test]
async fn ten_rows_on_a_laptop_and_seven_enlarged_with_the_practice_bar_on() {
    let place = Place::practice(36);
    for (size, comfortable, compact) in [(Size::LAPTOP, 10, 14), (Size::ENLARGED, 7, 10)] {
        let app = App::open(&place, size).await;
        let mut hands = Keyboard::of(&app.page);
        for user in ["lead", "niamh"] {
            practice::sign_in(&mut hands, user).await;
            hands.press(&["Alt+2"]).await;
            screen::comes_to(&app.page, "tbody [data-row]").await;
            screen::shows(&app.page, "aside", "Practice data").await;
            for (density, wanted) in [("comfortable", comfortable), ("compact", compact)] {
                app.page.execute("document.documentElement.dataset.density = arguments[0]", vec![density.into()]).await.unwrap();
                screen::picture(&app.page, &format!("rows-{user}-{density}-{}", size.width)).await;
                let rows = app.page.execute(IN_SIGHT, vec![]).await.unwrap().as_u64().unwrap();
                assert!(rows >= wanted, "{user}, {density}, {} wide: {rows} rows in sight, not {wanted}", size.width);
            }
            hands.press(&["Ctrl+L"]).await;
        }
        app.close().await;
    }
}

#[tokio::test]
async fn a_list_draws_fifty_rows_and_goes_on_by_key() {
    let place = Place::practice(60);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    practice::sign_in(&mut hands, "lead").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(&app.page, "tbody [data-row]").await;
    screen::shows(&app.page, "h1", "60 families").await;
    screen::shows(&app.page, "#caseload-more", "10 are not shown").await;
    assert_eq!(drawn(&app).await, 50);
    hands.press(&["End", "J"]).await;
    screen::comes_to(&app.page, "tbody tr:nth-child(51) [data-row]").await;
    assert_eq!(drawn(&app).await, 60);
    screen::hides(&app.page, "#caseload-more").await;
    app.close().await;
}

#[tokio::test]
async fn a_list_keeps_its_place_while_a_record_is_open() {
    let place = Place::practice(36);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    practice::sign_in(&mut hands, "lead").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(&app.page, "tbody [data-row]").await;
    hands.choose("#caseload-sort", "name, A to Z").await;
    screen::press(&app.page, ".filters [aria-pressed]", "New to you").await;
    hands.tab_to("tbody [data-row]").await;
    hands.press(&["J", "J", "J", "J", "J", "J", "J", "J", "J", "J", "J", "J"]).await;
    let before = app.page.execute(HERE, vec![]).await.unwrap();
    assert!(before[3].as_f64().unwrap() > 0.0, "it is scrolled: {before}");

    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "article", "").await;
    the_parts_of_a_record_have_keys(&mut hands).await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(&app.page, "tbody [data-row]").await;
    assert_eq!(app.page.execute(HERE, vec![]).await.unwrap(), before, "the list is as it was left");

    hands.press(&["Alt+1"]).await;
    screen::comes_to(&app.page, "ol [data-row]").await;
    hands.press(&["J"]).await;
    let line = screen::focus(&app.page).await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "nav[aria-label='Tabs of this record']", "").await;
    hands.press(&["Alt+1"]).await;
    screen::comes_to(&app.page, "ol [data-row]").await;
    assert_eq!(screen::focus(&app.page).await, line);

    hands.press(&["Ctrl+L"]).await;
    practice::sign_in(&mut hands, "tara").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(&app.page, "tbody tr:first-child [data-row]").await;
    let after = app.page.execute(HERE, vec![]).await.unwrap();
    assert_eq!(after[1], "next_visit", "somebody else begins with the usual list: {after}");
    app.close().await;
}

/// Ctrl+1 to Ctrl+5, and the step that stands is marked.
async fn the_parts_of_a_record_have_keys(hands: &mut Keyboard<'_>) {
    for (key, tab) in
        [("Ctrl+2", "Screening"), ("Ctrl+3", "Placement"), ("Ctrl+4", "People"), ("Ctrl+5", "Record history"), ("Ctrl+1", "Story")]
    {
        hands.press(&[key]).await;
        screen::shows(hands.page, "nav [aria-current=page][aria-keyshortcuts]", tab).await;
    }
    screen::shows(hands.page, "footer", "1–5").await;
    let current = "return [...document.querySelectorAll('aside ol li')].map(li => li.ariaCurrent)";
    let marked = hands.page.execute(current, vec![]).await.unwrap();
    let steps = marked.as_array().unwrap();
    for (index, step) in steps.iter().enumerate() {
        assert_eq!(*step == "step", index + 1 == steps.len(), "the last step is the one that stands: {marked}");
    }
    hands.press(&["F1"]).await;
    screen::shows(hands.page, "dialog[open]", "first tab of the open record").await;
    hands.press(&["Esc"]).await;
    screen::hides(hands.page, "dialog[open]").await;
}

async fn drawn(app: &App) -> u64 {
    let rows: Value = app.page.execute("return document.querySelectorAll('tbody tr').length", vec![]).await.unwrap();
    rows.as_u64().unwrap()
}
