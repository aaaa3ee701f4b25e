//! A record is backed up, its computer is lost, and it is brought back to two
//! bare ones: with the recovery key, and with the passphrase.

use serde_json::{Value, json};

use crate::support::{app::App, axe, keys::Keyboard, place::Place, screen, screen::Size};

const LEAD: &str = "morag";
const OLD: &str = "seven quiet herons walking";
const NEW: &str = "nine mossy harbours waiting";

#[tokio::test]
async fn a_lost_computer_is_replaced_from_the_backup() {
    let stick = tempfile::tempdir().unwrap();
    let folder = stick.path().join("backup");
    std::fs::create_dir(&folder).unwrap();
    let folder = folder.to_str().unwrap();

    let first = Place::empty();
    let app = App::open(&first, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    let key = first_run(&mut hands).await;
    add_a_family(&mut hands).await;
    back_up(&mut hands, folder).await;
    app.close().await;
    drop(first);

    let second = Place::empty();
    let app = App::open(&second, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    with_the_recovery_key(&mut hands, folder, &key).await;
    the_record_is_whole(&mut hands).await;
    screen::picture(&app.page, "92-restored-with-the-key").await;
    app.close().await;

    let third = Place::empty();
    let app = App::open(&third, Size::ENLARGED).await;
    let mut hands = Keyboard::of(&app.page);
    with_the_passphrase(&mut hands, folder).await;
    the_record_is_whole(&mut hands).await;
    screen::picture(&app.page, "94-restored-with-the-passphrase").await;
    app.close().await;
}

/// A team with nobody but its lead; answers the recovery key as it is shown.
async fn first_run(hands: &mut Keyboard<'_>) -> String {
    hands.push("#first-team").await;
    hands.fill("#first-team-name", "Bridge Street Team").await;
    hands.fill("#first-name", "Morag Practice").await;
    hands.fill("#first-signIn", LEAD).await;
    hands.fill("#first-organisation", "The Trust").await;
    hands.push("form button[type=submit]").await;
    hands.fill("#first-passphrase", OLD).await;
    hands.push("#first-create").await;
    screen::shows(hands.page, "h1", "Recovery key").await;
    screen::shows(hands.page, "ol li", "").await;
    let key = screen::text(hands.page, "return [...document.querySelectorAll('ol li')].map(e => e.textContent.trim()).join(' ')").await;
    hands.back_to("#first-kept").await;
    hands.press(&["Space"]).await;
    hands.push("#first-kept-go").await;
    hands.push("#first-open").await;
    screen::shows(hands.page, "h1", "Today").await;
    key
}

async fn add_a_family(hands: &mut Keyboard<'_>) {
    hands.press(&["Alt+2"]).await;
    hands.push("#caseload-add").await;
    screen::comes_to(hands.page, "#people-0-familyName").await;
    hands.fill("#people-0-familyName", "Mac Giolla").await;
    hands.fill("#people-0-given", "Fiadh").await;
    hands.choose("#people-0-sex", "Female").await;
    for (part, text) in [("day", "1"), ("month", "9"), ("year", "2026")] {
        hands.fill(&format!("#people-0-born-{part}"), text).await;
    }
    hands.choose("#people-0-numberAbsent", "The family will tell us later").await;
    hands.fill("#people-1-familyName", "Mac Giolla").await;
    hands.fill("#people-1-given", "Róisín").await;
    hands.choose("#people-1-numberAbsent", "The family will tell us later").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(hands.page, "[aria-label='Whose record this is']", "Fiadh").await;
}

async fn back_up(hands: &mut Keyboard<'_>, folder: &str) {
    hands.press(&["Alt+4"]).await;
    hands.fill("#backup-folder", "/no/such/folder").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "#backup-folder[aria-invalid]", "").await;
    hands.fill("#backup-folder", folder).await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "#backup-done", folder).await;
    screen::shows(hands.page, "#backup-words", "Backed up today").await;
    screen::shows(hands.page, "footer", "Backed up today").await;
    screen::picture(hands.page, "90-backed-up").await;
}

async fn with_the_recovery_key(hands: &mut Keyboard<'_>, folder: &str, key: &str) {
    hands.push("#first-restore").await;
    hands.fill("#restore-folder", folder).await;
    hands.tab_to("#restore-way-passphrase").await;
    hands.press(&["Down"]).await;
    screen::shows(hands.page, "#restore-recoveryKey", "").await;
    let slip = key.rsplit_once(' ').unwrap().0.to_owned() + " wrong-word";
    hands.fill("#restore-recoveryKey", &slip).await;
    hands.fill("#restore-signIn", LEAD).await;
    hands.fill("#restore-passphrase", NEW).await;
    hands.push("#restore-go").await;
    screen::shows(hands.page, "#restore-recoveryKey[aria-invalid], #restore-error", "").await;
    for (field, typed) in
        [("#restore-folder", folder), ("#restore-recoveryKey", &slip), ("#restore-signIn", LEAD), ("#restore-passphrase", NEW)]
    {
        assert_eq!(screen::value(hands.page, field).await, typed, "what was typed in {field} stays");
    }
    screen::picture(hands.page, "91-restore-with-a-slip").await;
    axe::finds_nothing(hands.page, "restore with the recovery key").await;
    hands.back_to("#restore-recoveryKey").await;
    hands.fill("#restore-recoveryKey", key).await;
    hands.push("#restore-go").await;
}

async fn with_the_passphrase(hands: &mut Keyboard<'_>, folder: &str) {
    hands.push("#first-restore").await;
    hands.fill("#restore-folder", folder).await;
    hands.fill("#restore-signIn", LEAD).await;
    hands.fill("#restore-passphrase", OLD).await;
    screen::picture(hands.page, "93-restore-with-the-passphrase").await;
    hands.push("#restore-go").await;
}

async fn the_record_is_whole(hands: &mut Keyboard<'_>) {
    screen::shows(hands.page, "h1", "Today").await;
    hands.press(&["Alt+2"]).await;
    screen::shows(hands.page, "tbody", "Fiadh").await;
    let found = screen::call(hands.page, "verify", json!({})).await;
    assert_eq!(found["value"]["findings"], Value::Array(Vec::new()), "{found}");
    hands.press(&["Alt+4"]).await;
    screen::shows(hands.page, "h1", "Users and settings").await;
}
