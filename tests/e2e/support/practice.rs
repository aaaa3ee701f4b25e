//! Somebody of the practice team signs in.

use serde_json::json;

use super::{keys::Keyboard, screen};

/// The passphrase of every practice user.
pub const PASSPHRASE: &str = "practice families only";

/// Signs in by keyboard and waits for the first screen.
pub async fn sign_in(hands: &mut Keyboard<'_>, name: &str) {
    screen::comes_to(hands.page, "#unlock-signIn, #unlock-passphrase").await;
    hands.back_to("#unlock-signIn").await;
    hands.fill("#unlock-signIn", name).await;
    hands.fill("#unlock-passphrase", PASSPHRASE).await;
    hands.press(&["Enter"]).await;
    screen::hides(hands.page, "#unlock-passphrase").await;
    screen::shows(hands.page, "main h1", "").await;
}

/// Opens the story of the first family of the team by its name, from the first screen of a lead; answers the family name.
pub async fn open_the_first_family(hands: &mut Keyboard<'_>) -> String {
    screen::shows(hands.page, "h1", "Today").await;
    let rows = screen::call(hands.page, "caseload", json!({"mine": false, "filter": "open", "sort": "name"})).await;
    let family = rows["value"]["rows"][0]["name"].as_str().unwrap().split(',').next().unwrap().to_owned();
    open_a_family(hands, &family).await;
    family
}

/// Opens the story of a family by its name.
pub async fn open_a_family(hands: &mut Keyboard<'_>, family: &str) {
    hands.press(&["Ctrl+k"]).await;
    hands.prose(family).await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "h1", "Story").await;
}

/// Goes to the users, from anywhere as a lead; answers where the changes of one of them are.
pub async fn changes_of(hands: &mut Keyboard<'_>, user: &str) -> String {
    hands.press(&["Ctrl+k"]).await;
    hands.prose("Users").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "h1", "Users and settings").await;
    screen::shows(hands.page, "tbody", user).await;
    let which =
        format!("return String([...document.querySelectorAll('tbody tr')].findIndex((row) => row.textContent.includes('{user}')) + 1)");
    format!("tbody tr:nth-child({}) .changes", screen::text(hands.page, &which).await)
}
