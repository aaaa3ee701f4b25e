//! The first home visit, end to end and by keyboard only: an empty computer, a
//! team, a family, a note that outlives two power cuts, its readers, a concern
//! and its second person, and a data manager who sees none of it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::support::{app::App, axe, canary, forms::send, keys::Keyboard, place::Place, screen, screen::Size};

/// Part of every name and text that is typed.
const CANARY: &str = "quillwortcanary";
const MOST_KEYS: usize = 50;
/// The button that signs, once a press counts.
const SIGN: &str = "dialog[open] button.main:not([aria-disabled])";

const LEAD: (&str, &str) = ("morag", "seven quiet herons walking");
const KEY_WORKER: (&str, &str) = ("niamh", "twelve amber lanterns humming");
const THERAPIST: (&str, &str) = ("tara", "nine mossy harbours waiting");
const DATA_MANAGER: (&str, &str) = ("dara", "four copper kettles singing");

#[tokio::test]
async fn a_first_visit_from_an_empty_folder_to_every_reader() {
    let place = Place::empty();
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);

    first_run(&mut hands).await;
    let one_time = add_the_team(&mut hands).await;
    lock(&mut hands).await;

    sign_in_first(&mut hands, KEY_WORKER, &one_time[0]).await;
    screen::shows(&app.page, "h1", "Today").await;
    add_the_family(&mut hands).await;
    let family = family_of_the_caseload(&mut hands).await;
    let typed = begin_the_note(&mut hands).await;
    let kept = type_until_the_power_goes(&mut hands, typed).await;
    app.kill();
    canary::is_nowhere(&place, CANARY, "after the first kill");

    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, KEY_WORKER).await;
    let saw = the_draft_is_there(&mut hands, &kept, "13-draft-after-the-kill").await;
    let typed = pause_then_type_on(&mut hands, saw).await;
    app.kill();

    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, KEY_WORKER).await;
    the_draft_is_there(&mut hands, &typed, "14-draft-after-a-second-kill").await;
    finish_and_sign(&mut hands).await;
    add_details(&mut hands).await;
    app.close().await;

    place.moves_on(2);
    let app = App::open(&place, Size::LAPTOP).await;
    sign_in(&mut Keyboard::of(&app.page), KEY_WORKER).await;
    let pressed = a_whole_note_in_few_keys(&app, &place).await;
    let mut hands = Keyboard::of(&app.page);
    raise_a_concern(&mut hands).await;
    lock(&mut hands).await;

    sign_in_first(&mut hands, THERAPIST, &one_time[1]).await;
    the_therapist_reads(&mut hands).await;
    lock(&mut hands).await;
    sign_in(&mut hands, LEAD).await;
    the_lead_answers(&mut hands).await;
    lock(&mut hands).await;
    sign_in_first(&mut hands, DATA_MANAGER, &one_time[2]).await;
    the_data_manager_sees_no_case(&mut hands, &family).await;
    lock(&mut hands).await;
    app.close().await;
    canary::is_nowhere(&place, CANARY, "at the end");
    println!("A whole note took {pressed} keys besides its prose.");
}

async fn first_run(hands: &mut Keyboard<'_>) {
    hands.push("#first-team").await;
    hands.fill("#first-team-name", "Bridge Street Team").await;
    hands.fill("#first-name", "Morag Quillwortcanary").await;
    hands.fill("#first-signIn", LEAD.0).await;
    hands.fill("#first-organisation", "The Trust").await;
    screen::picture(hands.page, "01-first-run-who").await;
    hands.push("form button[type=submit]").await;
    screen::shows(hands.page, "h1", "Passphrase and lock").await;
    hands.fill("#first-passphrase", LEAD.1).await;
    sleep(Duration::from_millis(600)).await;
    screen::picture(hands.page, "02-first-run-passphrase").await;
    hands.push("#first-create").await;
    screen::shows(hands.page, "h1", "Recovery key").await;
    screen::shows(hands.page, "ol li", "").await;
    screen::picture(hands.page, "03-recovery-key").await;
    hands.push("#first-kept-go").await;
    screen::shows(hands.page, "[role=alert]", "before you continue").await;
    hands.back_to("#first-kept").await;
    hands.press(&["Space"]).await;
    hands.push("#first-kept-go").await;
    screen::shows(hands.page, "h1", "Ready").await;
    screen::picture(hands.page, "04-first-run-ready").await;
    hands.push("#first-open").await;
    screen::shows(hands.page, "h1", "Today").await;
    screen::picture(hands.page, "05-empty-today").await;
}

/// Adds three colleagues; answers their one-time passphrases.
async fn add_the_team(hands: &mut Keyboard<'_>) -> [String; 3] {
    hands.press(&["Alt+4"]).await;
    screen::shows(hands.page, "h1", "Users and settings").await;
    let mut passphrases = [const { String::new() }; 3];
    let team = [
        ("Niamh Quillwortcanary", KEY_WORKER.0, "Key worker", "The Trust"),
        ("Tara Quillwortcanary", THERAPIST.0, "Parent–infant psychotherapist", "The Trust"),
        ("Dara Quillwortcanary", DATA_MANAGER.0, "Data manager", "The charity"),
    ];
    for ((name, sign_in, role, organisation), passphrase) in team.into_iter().zip(&mut passphrases) {
        hands.push("#users-add").await;
        hands.fill("#add-name", name).await;
        hands.fill("#add-signIn", sign_in).await;
        hands.choose("#add-role", role).await;
        hands.fill("#add-organisation", organisation).await;
        hands.push("#add-save").await;
        *passphrase = screen::shows(hands.page, "#one-time", "").await.text().await.unwrap();
        if role == "Key worker" {
            screen::picture(hands.page, "06-one-time-passphrase").await;
        }
        hands.push("#one-time-done").await;
        screen::hides(hands.page, "#one-time").await;
    }
    screen::shows(hands.page, "tbody tr", "Dara").await;
    screen::picture(hands.page, "07-users").await;
    passphrases
}

async fn lock(hands: &mut Keyboard<'_>) {
    hands.press(&["Ctrl+L"]).await;
    screen::comes_to(hands.page, "#unlock-signIn").await;
    let words = screen::text(hands.page, "return document.documentElement.outerHTML").await.to_lowercase();
    assert!(!words.contains(CANARY), "a locked screen holds no name, not even out of sight");
}

async fn sign_in(hands: &mut Keyboard<'_>, (name, passphrase): (&str, &str)) {
    screen::comes_to(hands.page, "#unlock-signIn").await;
    hands.prose(name).await;
    hands.fill("#unlock-passphrase", passphrase).await;
    hands.press(&["Enter"]).await;
    screen::hides(hands.page, "#unlock-passphrase").await;
}

/// With the one-time passphrase nothing opens but the choice of one's own.
async fn sign_in_first(hands: &mut Keyboard<'_>, (name, own): (&str, &str), one_time: &str) {
    sign_in(hands, (name, one_time)).await;
    screen::shows(hands.page, "h1", "Choose your own passphrase").await;
    let refused = screen::call(hands.page, "settings", json!({})).await;
    assert!(refused["refused"]["code"].is_string(), "a one-time passphrase opens nothing: {refused}");
    if name == KEY_WORKER.0 {
        screen::picture(hands.page, "08-choose-your-own").await;
    }
    hands.fill("#change-new", own).await;
    hands.press(&["Enter"]).await;
    screen::hides(hands.page, "#change-new").await;
}

/// An infant forty days old and the mother.
async fn add_the_family(hands: &mut Keyboard<'_>) {
    let born = day(hands, -40).await;
    hands.press(&["Alt+2"]).await;
    screen::shows(hands.page, "h1", "").await;
    hands.push("#caseload-add").await;
    screen::comes_to(hands.page, "#people-0-familyName").await;
    hands.fill("#people-0-familyName", "o'quillwortcanary").await;
    hands.fill("#people-0-given", "Fiadh").await;
    hands.choose("#people-0-sex", "Female").await;
    for (part, text) in ["day", "month", "year"].into_iter().zip(&born) {
        hands.fill(&format!("#people-0-born-{part}"), text).await;
    }
    hands.choose("#people-0-numberAbsent", "Newborn, number not yet issued").await;
    hands.fill("#people-1-familyName", "O'Quillwortcanary").await;
    hands.fill("#people-1-given", "Róisín").await;
    hands.choose("#people-1-numberAbsent", "The family will tell us later").await;
    sleep(Duration::from_millis(700)).await;
    screen::picture(hands.page, "09-add-family").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(hands.page, "[aria-label='Whose record this is']", "Fiadh").await;
    screen::shows(hands.page, "main", "Nothing recorded yet").await;
    screen::picture(hands.page, "10-empty-story").await;
}

async fn family_of_the_caseload(hands: &mut Keyboard<'_>) -> String {
    let caseload = screen::call(hands.page, "caseload", json!({ "mine": true, "filter": "open", "sort": "name" })).await;
    caseload["value"]["rows"][0]["family"].as_str().expect("the key worker has the family they added").to_owned()
}

/// Opens the note from the caseload and fills in what stands before the prose.
async fn begin_the_note(hands: &mut Keyboard<'_>) -> String {
    hands.press(&["Alt+2"]).await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    screen::picture(hands.page, "11-caseload").await;
    hands.press(&["N"]).await;
    screen::comes_to(hands.page, "#note-kind").await;
    screen::shows(hands.page, "#draft-status", "Nothing typed yet").await;
    hands.choose("#note-kind", "Home visit").await;
    hands.choose("#note-outcome", "Attended").await;
    hands.fill("#note-when", "yesterday 14:00-15:05").await;
    hands.tab_to("#note-present button").await;
    hands.press(&["1", "2", "Tab", "A", "Tab"]).await;
    hands.keys("vid\nfee\n").await;
    hands.press(&["Tab"]).await;
    screen::comes_to(hands.page, "#note-saw").await;
    hands.keys(".cue ").await;
    for blank in ["Róisín", "the turned head", "Fiadh looked at the lamp"] {
        hands.press(&["F2"]).await;
        hands.prose(blank).await;
    }
    // What reloads or prints a page in a browser does nothing to a note.
    hands.press(&["F5", "Ctrl+R", "Ctrl+P", "End"]).await;
    screen::picture(hands.page, "12-note-being-written").await;
    screen::value(hands.page, "#note-saw").await
}

/// Types word after word and answers what had been typed a second before the
/// end, and all of it.
async fn type_until_the_power_goes(hands: &mut Keyboard<'_>, before: String) -> Typed {
    let mut typed = Typed::after(before);
    for word in
        "Then quillwortcanary turned to the window and made a small sound and Róisín answered it with the same small sound and".split(' ')
    {
        typed.word(hands, word).await;
        sleep(Duration::from_millis(60)).await;
    }
    typed
}

/// Everything typed is on disk after a second without a key; what follows at
/// once before the end may be lost.
async fn pause_then_type_on(hands: &mut Keyboard<'_>, before: String) -> Typed {
    hands.tab_to("#note-saw").await;
    hands.press(&["Ctrl+End"]).await;
    let mut typed = Typed::after(before);
    typed.word(hands, "waited").await;
    typed.word(hands, "for").await;
    sleep(Duration::from_millis(1000)).await;
    typed.word(hands, "the").await;
    typed
}

async fn the_draft_is_there(hands: &mut Keyboard<'_>, typed: &Typed, picture: &str) -> String {
    screen::shows(hands.page, "h2", "Your unfinished notes").await;
    hands.press(&["Alt+2"]).await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    hands.press(&["N"]).await;
    let saw = screen::value(hands.page, "#note-saw").await;
    assert!(typed.whole().starts_with(&saw), "the draft holds what was never typed: “{saw}”");
    let kept = typed.a_second_before_the_end();
    assert!(saw.starts_with(kept), "typed more than a second before the end: “{kept}”, kept: “{saw}”");
    screen::shows(hands.page, "#draft-status", "Draft restored").await;
    screen::picture(hands.page, picture).await;
    saw
}

async fn finish_and_sign(hands: &mut Keyboard<'_>) {
    screen::comes_to(hands.page, "#note-present button").await;
    hands.fill("#note-told", "Róisín quillwortcanary said the nights are easier.").await;
    hands.fill("#note-babyTold", "I like the lamp, and your voice more.").await;
    hands.tab_to("#note-safety button").await;
    hands.press(&["N"]).await;
    hands.fill("#note-plan", "Watch the clip together, quillwortcanary\nRing the health visitor").await;
    hands.fill("#note-nextVisit", "+1d 10:30").await;
    screen::picture(hands.page, "15-note-complete").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(hands.page, "#check-strip", "Fiadh was").await;
    screen::shows(hands.page, "dialog[open] .whose", "· born ").await;
    screen::shows(hands.page, SIGN, "Sign").await;
    screen::picture(hands.page, "16-check-and-sign").await;
    axe::finds_nothing(hands.page, "check strip").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "[role=status]", "Signed ").await;
    screen::shows(hands.page, "[role=status]", "Saved on this laptop").await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    hands.push("tbody [data-row]").await;
    // Yesterday the infant was 39 days old, today 40.
    screen::shows(hands.page, "li .age", "5w 4d").await;
    screen::shows(hands.page, "[aria-label='Whose record this is']", "5w 5d").await;
    screen::shows(hands.page, "article", "Home visit, 65min").await;
    screen::picture(hands.page, "17-story-signed").await;
}

async fn add_details(hands: &mut Keyboard<'_>) {
    hands.tab_to("[data-entry-title]").await;
    hands.press(&["A"]).await;
    screen::comes_to(hands.page, "dialog[open] textarea").await;
    hands.prose("The clip quillwortcanary is four minutes long.").await;
    screen::picture(hands.page, "18-add-more-details").await;
    send(hands).await;
    screen::shows(hands.page, ".addendum", "four minutes long").await;
    screen::shows(hands.page, "article", "Added to").await;
    screen::picture(hands.page, "19-story-added-to").await;
}

/// From Today to signed; every key that is not prose is counted.
async fn a_whole_note_in_few_keys(app: &App, place: &Place) -> usize {
    let mut setting_out = Keyboard::of(&app.page);
    setting_out.press(&["Alt+1"]).await;
    screen::shows(&app.page, "section", "Visits with no note yet").await;
    setting_out.tab_to("ol [data-row]").await;
    screen::picture(&app.page, "20-today").await;

    let mut hands = Keyboard::of(&app.page);
    hands.press(&["N"]).await;
    screen::comes_to(&app.page, "#note-kind").await;
    screen::shows(&app.page, "#note-last", "Watch the clip").await;
    hands.press(&["H", "Tab", "A", "Tab"]).await;
    screen::comes_to(&app.page, "#note-booked").await;
    hands.press(&["Enter"]).await;
    screen::comes_to(&app.page, "#note-until").await;
    hands.keys("65").await;
    hands.press(&["Tab", "Tab"]).await;
    screen::comes_to(&app.page, "#note-present button").await;
    hands.press(&["1", "2", "Tab", "A", "Tab"]).await;
    hands.keys("vid\nfee\n").await;
    hands.press(&["Tab"]).await;
    hands.prose("We watched it twice. ").await;
    hands.keys(".cue ").await;
    for blank in ["Róisín", "the pause", "quillwortcanary looked away to rest"] {
        hands.press(&["F2"]).await;
        hands.prose(blank).await;
    }
    hands.press(&["Tab"]).await;
    hands.prose("She said: I never saw that before.").await;
    hands.press(&["Tab"]).await;
    hands.prose("Wait for me, I come back.").await;
    hands.press(&["Tab"]).await;
    hands.prose("She reads the small signs sooner.").await;
    hands.press(&["Tab", "N", "Tab"]).await;
    hands.prose("Film bath time.").await;
    hands.press(&["Tab"]).await;
    hands.keys("+7d 10:30").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, SIGN, "Sign").await;
    canary::is_nowhere(place, CANARY, "while it stands on the screen");
    screen::picture(&app.page, "21-second-note-check").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "[role=status]", "Signed ").await;
    screen::shows(&app.page, "h1", "Today").await;
    screen::picture(&app.page, "22-signed-back-to-today").await;
    assert!(hands.pressed <= MOST_KEYS, "a whole note took {} keys besides its prose", hands.pressed);
    hands.pressed
}

async fn raise_a_concern(hands: &mut Keyboard<'_>) {
    hands.press(&["Alt+2"]).await;
    screen::comes_to(hands.page, "tbody [data-row]").await;
    hands.press(&["N"]).await;
    screen::comes_to(hands.page, "#note-kind").await;
    hands.choose("#note-kind", "Home visit").await;
    hands.choose("#note-outcome", "Attended").await;
    let begun = text_of_now(hands, -20).await;
    hands.fill("#note-when", &begun).await;
    hands.fill("#note-until", "10").await;
    hands.tab_to("#note-present button").await;
    hands.press(&["1", "2", "Tab", "A", "Tab"]).await;
    hands.keys("pla\n").await;
    hands.press(&["Tab"]).await;
    hands.prose("A bruise on the left cheek, quillwortcanary, the size of a penny.").await;
    hands.tab_to("#note-safety button").await;
    hands.press(&["!"]).await;
    hands.tab_to("#note-concern-danger button").await;
    hands.press(&["N"]).await;
    hands.fill("#note-concern-what", "Bruise on the cheek; he is not yet rolling, quillwortcanary.").await;
    hands.fill("#note-plan", "The duty team visits today.").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(hands.page, "dialog[open] li", "Say who you have told").await;
    screen::picture(hands.page, "23-concern-told-nobody").await;
    hands.push("dialog[open] li button").await;
    screen::comes_to(hands.page, "#note-concern-toldWhom").await;
    hands.prose("Duty social worker, Gateway quillwortcanary").await;
    let now = text_of_now(hands, -2).await;
    hands.fill("#note-concern-toldWhen", &now).await;
    hands.fill("#note-concern-action", "Rang from the car, waited with them").await;
    hands.tab_to("#note-concern-police button").await;
    hands.press(&["N"]).await;
    hands.fill("#note-concern-policeWhyNot", "Gateway will decide with them, quillwortcanary").await;
    hands.tab_to("#note-concern-parent button").await;
    hands.press(&["Y"]).await;
    sleep(Duration::from_millis(400)).await;
    screen::picture(hands.page, "24-concern").await;
    axe::finds_nothing(hands.page, "note with a concern").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(hands.page, SIGN, "Sign").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "[role=status]", "Signed ").await;

    hands.press(&["Alt+1"]).await;
    screen::shows(hands.page, "#today-concerns", "Raised by you").await;
    let today = screen::words(hands.page).await;
    assert!(!today.contains("Bruise"), "what was written of a concern is not on a list of families: {today}");
    screen::picture(hands.page, "25-concern-on-today-of-who-raised-it").await;
    let concern = screen::call(hands.page, "concerns", json!({})).await["value"]["concerns"][0]["id"].clone();
    let refused = screen::call(hands.page, "answer_concern", json!({ "concern": concern, "answer": "Seen." })).await;
    assert_eq!(refused["refused"]["code"], "denied", "who raised it cannot answer it: {refused}");
}

async fn the_therapist_reads(hands: &mut Keyboard<'_>) {
    screen::shows(hands.page, "#today-concerns", "Raised by Niamh").await;
    let said = screen::text(hands.page, "return [...document.querySelectorAll('[role=status]')].map(e => e.textContent).join('')").await;
    assert!(!said.contains("Signed"), "the last words to one user are not for the next: {said}");
    hands.press(&["Ctrl+K"]).await;
    screen::comes_to(hands.page, "#find-query").await;
    hands.prose("oquillwort fia").await;
    screen::shows(hands.page, "[role=option]", "Fiadh").await;
    screen::picture(hands.page, "26-therapist-finds").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, "article", "A bruise on the left cheek").await;
    hands.tab_to("[data-entry-title]").await;
    hands.press(&["J", "J", "Enter"]).await;
    screen::shows(hands.page, "article", "Róisín quillwortcanary said the nights are easier.").await;
    screen::shows(hands.page, "article", "By Niamh").await;
    screen::picture(hands.page, "27-therapist-reads").await;
}

async fn the_lead_answers(hands: &mut Keyboard<'_>) {
    hands.press(&["Alt+1"]).await;
    screen::shows(hands.page, "#today-concerns", "Raised by Niamh").await;
    screen::picture(hands.page, "28-concern-on-the-leads-today").await;
    hands.tab_to("#today-concerns [data-row]").await;
    hands.press(&["Enter"]).await;
    screen::shows(hands.page, ".concern", "Waiting for a second person").await;
    hands.choose("select[id^=concern-decision]", "Referred to Gateway (UNOCINI)").await;
    hands.tab_to("textarea[id^=concern-answer]").await;
    hands.prose("Read; I agree, quillwortcanary. Strategy meeting asked for.").await;
    send(hands).await;
    screen::shows(hands.page, "[role=status]", "Your answer is saved").await;
    screen::shows(hands.page, ".concern", "Answered by").await;
    screen::picture(hands.page, "29-concern-answered").await;
}

async fn the_data_manager_sees_no_case(hands: &mut Keyboard<'_>, family: &str) {
    screen::shows(hands.page, "h1", "Summary").await;
    let parts = screen::text(hands.page, "return document.querySelector('nav').textContent").await;
    assert!(!parts.contains("Today") && !parts.contains("Caseload"), "a data manager has no cases: {parts}");
    hands.press(&["Ctrl+K", "Ctrl+N", "Alt+2", "Alt+1"]).await;
    screen::shows(hands.page, "h1", "Summary").await;
    screen::hides(hands.page, "dialog[open]").await;
    for (command, request) in [
        ("story", json!({ "family": family, "skip": 0 })),
        ("open_note", json!({ "family": family })),
        ("people", json!({ "family": family })),
        ("banner", json!({ "family": family })),
        ("today", json!({})),
        ("caseload", json!({ "mine": false, "filter": "open", "sort": "name" })),
        ("find", json!({ "query": "quillwort" })),
        ("history", json!({ "family": family, "skip": 0 })),
    ] {
        let answer = screen::call(hands.page, command, request).await;
        assert_eq!(answer["refused"]["code"], "denied", "{command} answered a data manager: {answer}");
        assert!(!answer.to_string().to_lowercase().contains(CANARY));
    }
    let words = screen::words(hands.page).await;
    assert!(!words.contains("Fiadh"), "{words}");
    screen::picture(hands.page, "30-data-manager").await;
}

/// What was typed into a field, and when.
struct Typed {
    text: String,
    /// Lengths of the text and when it had become so long.
    at: Vec<(usize, Instant)>,
}

impl Typed {
    fn after(text: String) -> Self {
        let at = vec![(text.len(), Instant::now())];
        Self { text, at }
    }

    async fn word(&mut self, hands: &mut Keyboard<'_>, word: &str) {
        let word = format!(" {word}");
        hands.prose(&word).await;
        self.text.push_str(&word);
        self.at.push((self.text.len(), Instant::now()));
    }

    fn whole(&self) -> &str {
        &self.text
    }

    /// The last key came just before the kill.
    fn a_second_before_the_end(&self) -> &str {
        let (_, end) = self.at[self.at.len() - 1];
        let kept = self.at.iter().filter(|(_, at)| end.duration_since(*at) >= Duration::from_secs(1)).map(|(length, _)| *length).max();
        &self.text[..kept.unwrap_or(0)]
    }
}

/// Day, month and year of a day from today, in Belfast.
async fn day(hands: &Keyboard<'_>, from_today: i64) -> [String; 3] {
    // Counted in days, not in hours: two days of the year have another number of them.
    let script = format!(
        "const parts = new Intl.DateTimeFormat('en-GB', {{ timeZone: 'Europe/London', day: 'numeric', month: 'numeric', year: 'numeric' }})
            .formatToParts(Date.now());
        const [day, month, year] = ['day', 'month', 'year'].map(type => Number(parts.find(part => part.type === type).value));
        const then = new Date(Date.UTC(year, month - 1, day + {from_today}));
        return [then.getUTCDate(), then.getUTCMonth() + 1, then.getUTCFullYear()].map(String)"
    );
    let parts: Value = hands.page.execute(&script, vec![]).await.unwrap();
    [0, 1, 2].map(|at| parts[at].as_str().unwrap().to_owned())
}

/// `today 13:45`, so many minutes from now; just after midnight `yesterday 23:45`.
async fn text_of_now(hands: &Keyboard<'_>, minutes: i64) -> String {
    let script = format!(
        "const belfast = new Intl.DateTimeFormat('en-GB', {{ timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' }});
        const [hour, minute] = belfast.format(Date.now()).split(':').map(Number);
        const from = hour * 60 + minute + {minutes};
        const at = (from + 24 * 60) % (24 * 60);
        return `${{from < 0 ? 'yesterday' : 'today'}} ${{String(Math.floor(at / 60)).padStart(2, '0')}}:${{String(at % 60).padStart(2, '0')}}`"
    );
    screen::text(hands.page, &script).await
}
