//! What is typed in a form comes back: after leaving it, after Esc, after a
//! power cut, after a disk that was full.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{
    app::App,
    forms::{begin_the_conversation, decide, send, throw_away},
    keys::Keyboard,
    place::Place,
    practice::sign_in,
    screen,
    screen::Size,
};

#[tokio::test]
async fn what_was_typed_comes_back_after_a_power_cut() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    open_a_family(&mut hands).await;
    tab(&hands, "Placement").await;
    screen::press(&app.page, "#placement-place", "").await;
    screen::comes_to(&app.page, "#placement-step-1").await;
    hands.press(&["Space"]).await;
    hands.fill("#placement-rationale", "Three visits with little looking").await;
    the_bar_says(&hands, "kept").await;
    tab(&hands, "Screening").await;
    screen::press(&app.page, "#priority-ace", "").await;
    screen::press(&app.page, "[aria-labelledby=ace-childhood] [id^=ace-begin]", "").await;
    begin_the_sitting(&mut hands).await;
    hands.press(&["Y"]).await;
    hands.fill("#ace-words", "There was always granny.").await;
    the_bar_says(&hands, "kept").await;
    // What the next second brings is what may be lost.
    app.kill();

    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    screen::shows(&app.page, "#today-unfinished", "A placement").await;
    screen::picture(&app.page, "90-today-unfinished").await;
    let listed = screen::text(&app.page, "return document.querySelector('#today-unfinished').textContent").await;
    assert!(!listed.contains("ACE") && !listed.contains("granny"), "a list tells of no such conversation: {listed}");
    screen::press(&app.page, "#today-unfinished button", "An unfinished form").await;
    begin_the_sitting(&mut hands).await;
    assert_eq!(screen::value(&app.page, "#ace-words").await, "There was always granny.");
    screen::shows(&app.page, "#ace-sitting [aria-checked=true]", "Yes").await;
    screen::picture(&app.page, "91-sitting-after-a-power-cut").await;
    tab(&hands, "Placement").await;
    assert_eq!(screen::value(&app.page, "#placement-rationale").await, "Three visits with little looking");
    screen::shows(&app.page, "#placement-form", "What you typed on").await;
    screen::picture(&app.page, "92-placement-after-a-power-cut").await;
    screen::press(&app.page, "#placement-form button", "Cancel").await;
    throw_away(&hands).await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "h1", "Today").await;
    let listed = screen::words(&app.page).await;
    assert!(!listed.contains("A placement"), "what was thrown away is listed no more");
    app.close().await;
}

#[tokio::test]
async fn what_was_typed_comes_back_after_leaving_and_after_esc() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    open_a_family(&mut hands).await;

    tab(&hands, "People").await;
    screen::press(&app.page, "main button.main", "").await;
    hands.fill("dialog[open] [id$='-given']", "Bláthnaid").await;
    hands.press(&["Esc"]).await;
    screen::hides(&app.page, "dialog[open]").await;
    screen::shows(&app.page, "[role=status]", "What you typed is kept").await;
    screen::press(&app.page, "main button.main", "").await;
    assert_eq!(screen::value(&app.page, "dialog[open] [id$='-given']").await, "Bláthnaid", "after Esc");
    screen::picture(&app.page, "93-person-after-esc").await;
    hands.press(&["Esc"]).await;

    screen::press(&app.page, "main button", "Set a flag").await;
    screen::comes_to(&app.page, "#flag-kind").await;
    hands.fill("#flag-detail", "Tetum, afternoons").await;
    tab(&hands, "Story").await;
    screen::shows(&app.page, "article", "").await;
    tab(&hands, "People").await;
    screen::press(&app.page, "main button", "Set a flag").await;
    assert_eq!(screen::value(&app.page, "#flag-detail").await, "Tetum, afternoons", "a half-filled flag");

    tab(&hands, "Story").await;
    screen::press(&app.page, "article button", "Entered in error").await;
    screen::comes_to(&app.page, "dialog[open] textarea").await;
    hands.prose("Written into the wrong family").await;
    hands.press(&["Esc", "Alt+1"]).await;
    screen::press(&app.page, "#today-unfinished .ways button:nth-child(2)", "Marking").await;
    screen::shows(&app.page, "dialog[open] .prose", "Written into the wrong family").await;
    screen::picture(&app.page, "94-read-what-is-kept").await;
    crate::support::axe::finds_nothing(&app.page, "what is kept, to be read").await;
    hands.press(&["Esc"]).await;
    screen::hides(&app.page, "dialog[open]").await;
    screen::press(&app.page, "#today-unfinished .ways button:nth-child(1)", "Marking").await;
    assert_eq!(screen::value(&app.page, "dialog[open] textarea").await, "Written into the wrong family", "a reason");
    hands.press(&["Esc"]).await;

    tab(&hands, "Screening").await;
    hands.tab_to("#priority-poverty-household-answer [tabindex='0']").await;
    hands.press(&["1"]).await;
    hands.fill("#priority-poverty-household-source", "Told at the second visit").await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "h1", "Today").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(&app.page, "tbody [data-row]").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "article", "").await;
    tab(&hands, "Screening").await;
    assert_eq!(screen::value(&app.page, "#priority-poverty-household-source").await, "Told at the second visit", "Known from");
    app.close().await;
}

#[tokio::test]
async fn an_answer_to_a_concern_comes_back_and_its_form_goes_when_it_is_saved() {
    let place = Place::practice(24);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "lead").await;
    hands.tab_to("#today-concerns [data-row]").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, ".concern", "Waiting for a second person").await;
    hands.choose("select[id^=concern-decision]", "Referred to Gateway (UNOCINI)").await;
    hands.fill("textarea[id^=concern-answer]", "Read; I agree.").await;
    hands.press(&["Alt+1"]).await;
    screen::press(&app.page, "#today-unfinished button", "answer to a concern").await;
    screen::shows(&app.page, ".concern", "Waiting for a second person").await;
    assert_eq!(screen::value(&app.page, "textarea[id^=concern-answer]").await, "Read; I agree.");
    hands.tab_to("textarea[id^=concern-answer]").await;
    send(&mut hands).await;
    screen::shows(&app.page, ".concern", "Answered by").await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "h1", "Today").await;
    screen::hides(&app.page, "#today-unfinished").await;
    app.close().await;
}

/// A disk that is really full: the bar says so, the text stays, and it is saved when there is room again.
#[tokio::test]
async fn what_a_full_disk_would_not_take_is_said_until_it_is_saved() {
    let place = Place::practice(20);
    let vault = place.vault();
    let Some(disk) = Disk::under(&vault) else {
        eprintln!("NOT TESTED: only root can make a small disk here");
        return;
    };
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    open_a_family(&mut hands).await;
    tab(&hands, "Placement").await;
    screen::press(&app.page, "#placement-place", "").await;
    screen::comes_to(&app.page, "#placement-step-1").await;
    disk.fill();
    hands.fill("#placement-rationale", &"Three visits with little looking. ".repeat(40)).await;
    the_bar_says(&hands, "failed").await;
    screen::shows(&app.page, "#not-saved", "The disk is full").await;
    let bar = screen::text(&app.page, "return document.querySelector('#saved').textContent").await;
    assert!(bar.contains("Not saved") && !bar.contains("Saved on this laptop"), "{bar}");
    screen::picture(&app.page, "94-not-saved-full-disk").await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "h1", "Today").await;
    screen::shows(&app.page, "#not-saved", "The disk is full").await;
    disk.empty();
    the_bar_says(&hands, "kept").await;
    screen::hides(&app.page, "#not-saved").await;
    screen::shows(&app.page, "#today-unfinished", "A placement").await;
    app.close().await;
}

/// A placement that is sent by a doubled press is one placement.
#[tokio::test]
async fn a_doubled_press_places_once() {
    let place = Place::practice(20);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "niamh").await;
    open_a_family(&mut hands).await;
    tab(&hands, "Placement").await;
    screen::shows(&app.page, "#placement-place", "").await;
    let before = screen::text(&app.page, "return String(document.querySelectorAll('main article').length)").await;
    screen::press(&app.page, "#placement-place", "").await;
    screen::comes_to(&app.page, "#placement-step-1").await;
    hands.press(&["Space", "Down", "Down", "Down", "Down"]).await;
    screen::comes_to(&app.page, "#placement-step-5").await;
    hands.fill("#placement-rationale", "Three visits with little looking and no sound; what we tried has not eased it.").await;
    hands.fill("#placement-infantShows", "Turns to the wall when lifted.").await;
    decide(&mut hands, "#placement-save").await;
    hands.press(&["Enter", "Enter", "Ctrl+Enter", "Enter"]).await;
    screen::hides(&app.page, "#placement-form").await;
    let after = screen::text(&app.page, "return String(document.querySelectorAll('main article').length)").await;
    assert_eq!(after.parse::<u32>().unwrap(), before.parse::<u32>().unwrap() + 1);
    app.close().await;
}

async fn open_a_family(hands: &mut Keyboard<'_>) {
    hands.press(&["Alt+2"]).await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "article", "").await;
}

async fn tab(hands: &Keyboard<'_>, words: &str) {
    screen::press(hands.page, "nav[aria-label] button", words).await;
}

async fn begin_the_sitting(hands: &mut Keyboard<'_>) {
    screen::comes_to(hands.page, "#ace-wants").await;
    begin_the_conversation(hands).await;
    screen::comes_to(hands.page, "#ace-sitting ol [tabindex='0']").await;
}

async fn the_bar_says(hands: &Keyboard<'_>, state: &str) {
    screen::shows(hands.page, &format!("#saved[data-state={state}]"), "").await;
}

/// A small disk of its own under a folder, for who may mount one.
struct Disk {
    at: PathBuf,
}

impl Disk {
    /// Moves what is in the folder onto it.
    fn under(at: &Path) -> Option<Self> {
        let kept = at.with_extension("kept");
        let ran = |program: &str, args: &[&Path]| Command::new(program).args(args).status().is_ok_and(|status| status.success());
        if !ran("cp", &[Path::new("-a"), at, &kept]) {
            return None;
        }
        let options: Vec<&Path> = ["-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs"].iter().map(Path::new).chain([at]).collect();
        if !ran("mount", &options) {
            return None;
        }
        assert!(ran("cp", &[Path::new("-a"), &kept.join("."), at]));
        Some(Self { at: at.to_owned() })
    }

    fn fill(&self) {
        let stuffing = self.at.join("stuffing");
        let _ = std::fs::write(&stuffing, vec![7_u8; 48 * 1024 * 1024]);
        // The last free page too.
        let mut file = std::fs::OpenOptions::new().append(true).open(&stuffing).unwrap();
        while std::io::Write::write_all(&mut file, &[7; 512]).is_ok() {}
    }

    fn empty(&self) {
        std::fs::remove_file(self.at.join("stuffing")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l".as_ref(), self.at.as_os_str()]).status();
    }
}
