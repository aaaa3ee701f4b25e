//! Every act that takes away the control it was done with leaves the keyboard
//! somewhere: the next place in reading order, or the heading.

use fantoccini::Client;
use tokio::time::{Duration, Instant, sleep};

use crate::support::{app::App, forms::decide, keys::Keyboard, place::Place, practice::sign_in, screen, screen::Size};

#[tokio::test]
async fn after_any_act_the_keyboard_goes_on() {
    let place = Place::practice(24);
    let app = App::open(&place, Size::LAPTOP).await;
    let page = &app.page;
    let mut hands = Keyboard::of(page);

    sign_in(&mut hands, "lead").await;
    hands.tab_to("#today-concerns [data-row]").await;
    hands.press(&["Enter"]).await;
    screen::shows(page, ".concern", "Waiting for a second person").await;
    hands.choose("select[id^=concern-decision]", "Referred to Gateway (UNOCINI)").await;
    hands.tab_to("textarea[id^=concern-answer]").await;
    hands.prose("Read; I agree. A joint visit tomorrow.").await;
    decide(&mut hands, ".concern button[type=submit]").await;
    screen::shows(page, ".concern", "Answered by").await;
    goes_on(page, "answering a concern").await;
    screen::picture(page, "81-focus-after-an-answer").await;

    screen::press(page, "nav[aria-label] button", "People").await;
    screen::shows(page, "#flags-title", "").await;
    screen::press(page, "[aria-labelledby=flags-title] button", "flag").await;
    screen::comes_to(page, "#flag-kind").await;
    hands.choose("#flag-kind", "On Child Protection Register").await;
    hands.tab_to("form button[type=submit]").await;
    hands.press(&["Enter"]).await;
    screen::hides(page, "#flag-kind").await;
    goes_on(page, "setting a flag").await;
    // One that keeps people safe stays until somebody else agrees; every other is gone.
    hands.tab_to("[aria-labelledby=flags-title] button[aria-label*='Protection']").await;
    hands.press(&["Enter"]).await;
    hands.fill("dialog[open] #flag-end-reason", "Conference of today").await;
    decide(&mut hands, "dialog[open] #flag-end").await;
    screen::shows(page, "[aria-labelledby=flags-title]", "asked to end it").await;
    screen::picture(page, "82-flag-asked-to-be-ended").await;
    goes_on(page, "asking to end a flag").await;
    let left = "return document.querySelectorAll('[aria-labelledby=flags-title] li button:not([aria-label*=Protection], [aria-label*=pairs])').length";
    while page.execute(left, vec![]).await.unwrap() != 0 {
        let before = page.execute(left, vec![]).await.unwrap();
        hands.tab_to("[aria-labelledby=flags-title] li button:not([aria-label*=Protection], [aria-label*=pairs])").await;
        hands.press(&["Enter"]).await;
        decide(&mut hands, "dialog[open] #flag-end").await;
        wait_for(page, "a flag is gone", &format!("{left} !== {before}")).await;
        goes_on(page, "ending a flag").await;
    }

    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "niamh").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(page, "tbody [data-row]").await;
    hands.press(&["N"]).await;
    screen::comes_to(page, "#note-kind").await;
    hands.tab_to("#note-did").await;
    hands.keys("vid\n").await;
    screen::press(page, "#note button[aria-label^=Remove]", "").await;
    screen::hides(page, "#note button[aria-label^=Remove]").await;
    goes_on(page, "removing what we did").await;
    hands.tab_to("#note .discard button").await;
    hands.press(&["Enter"]).await;
    decide(&mut hands, "dialog[open] button.stop").await;
    screen::hides(page, "#note").await;
    goes_on(page, "discarding a draft").await;
    app.close().await;
}

/// The focus stands somewhere in sight within a second, and stays there.
async fn goes_on(page: &Client, act: &str) {
    let deadline = Instant::now() + Duration::from_secs(3);
    while let Some(fault) = screen::focus_is_lost(page).await {
        assert!(Instant::now() < deadline, "after {act} {fault}");
        sleep(Duration::from_millis(30)).await;
    }
    sleep(Duration::from_millis(300)).await;
    let fault = screen::focus_is_lost(page).await;
    assert!(fault.is_none(), "after {act} {}", fault.unwrap_or_default());
}

async fn wait_for(page: &Client, what: &str, script: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while page.execute(script, vec![]).await.unwrap() != true {
        assert!(Instant::now() < deadline, "waited for: {what}");
        sleep(Duration::from_millis(30)).await;
    }
}
