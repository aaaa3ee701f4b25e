//! How somebody likes the screen is theirs, and is there when they come back.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::support::{PATIENCE, app::App, keys::Keyboard, place::Place, practice::sign_in, screen::Size};

#[tokio::test]
async fn what_one_user_enlarged_is_large_for_them_alone() {
    let place = Place::practice(4);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    is_wide(&hands, 1366).await;
    hands.press(&["Ctrl+=", "Ctrl+="]).await;
    is_wide(&hands, 1093).await;
    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "owen").await;
    is_wide(&hands, 1366).await;
    app.close().await;

    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    is_wide(&hands, 1093).await;
    app.close().await;
}

/// Waits until the window is so many CSS pixels wide.
async fn is_wide(hands: &Keyboard<'_>, wanted: u64) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let wide = hands.page.execute("return innerWidth", vec![]).await.unwrap().as_u64().unwrap();
        if wide.abs_diff(wanted) <= 1 {
            return;
        }
        assert!(Instant::now() < deadline, "the window is {wide} wide, not {wanted}");
        sleep(Duration::from_millis(30)).await;
    }
}
