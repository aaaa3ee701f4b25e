//! Somebody of the practice team signs in.

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
