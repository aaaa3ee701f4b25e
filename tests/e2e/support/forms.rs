//! Forms whose button counts a press only once it has been in sight for a moment.

use std::time::{Duration, Instant};

use super::{keys::Keyboard, screen};

/// Sends the form around the focus with Ctrl+Enter, once its button counts a press.
pub async fn send(hands: &mut Keyboard<'_>) {
    let waits = "const form = document.activeElement.closest('form');
        return form?.querySelector('button[type=submit]')?.getAttribute('aria-disabled') === 'true'";
    let deadline = Instant::now() + Duration::from_secs(10);
    while hands.page.execute(waits, vec![]).await.unwrap() == true {
        assert!(Instant::now() < deadline, "the button of the form never counts a press");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    hands.press(&["Ctrl+Enter"]).await;
}

/// Tabs to a button that cannot be taken back, and presses it once it counts a press.
pub async fn decide(hands: &mut Keyboard<'_>, selector: &str) {
    hands.tab_to(selector).await;
    screen::shows(hands.page, &format!("{selector}:not([aria-disabled])"), "").await;
    hands.press(&["Enter"]).await;
}

/// Presses “Throw it away” where a form asks.
pub async fn throw_away(hands: &Keyboard<'_>) {
    screen::press(hands.page, "#form-throw-away:not([aria-disabled])", "").await;
    screen::hides(hands.page, "dialog[open] #form-throw-away").await;
}

/// Says all that is asked before an ACE conversation, from its first question on, and begins it.
pub async fn begin_the_conversation(hands: &mut Keyboard<'_>) {
    hands.press(&["Space"]).await;
    if screen::text(hands.page, "return String(document.querySelector('#ace-adult') !== null)").await == "true" {
        hands.tab_to("#ace-adult [tabindex='0']").await;
        hands.press(&["Y"]).await;
    }
    hands.tab_to("#ace-here [tabindex='0']").await;
    hands.press(&["Space"]).await;
    hands.tab_to("#ace-safe").await;
    hands.press(&["Space"]).await;
    hands.push("#ace-start").await;
}
