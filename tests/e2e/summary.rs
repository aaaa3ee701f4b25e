//! A data manager makes figures of two quarters, step by step by keyboard: one for the team, one that somebody else
//! has to agree to. Nothing that has not left can be copied, and no family is named anywhere.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::support::{
    app::App,
    forms::{decide, send},
    keys::Keyboard,
    place::Place,
    practice::sign_in,
    screen,
    screen::Size,
};

/// So many that most tables can be shown.
const FAMILIES: u32 = 120;
const SPRING: &str = "April to June 2026";
const SUMMER: &str = "July to September 2026";

#[tokio::test]
async fn two_quarters_are_made_the_second_takes_a_merge_and_a_second_person() {
    let place = Place::practice(FAMILIES);
    let folder = place.folder("returns");
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    let names = names_of_families(&mut hands).await;
    sign_in(&mut hands, "dara").await;
    screen::shows(&app.page, "h1", "Summary").await;
    screen::shows(&app.page, "#summary-waits", "July to September 2026 is complete and has not been released").await;
    screen::in_both_themes(&app.page, "39-what-waits-for-a-data-manager").await;
    hands.press(&["Alt+2"]).await;
    hands.fill("#settings-exportFolder", folder.to_str().unwrap()).await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "[role=status]", "Summaries will now be saved in that folder").await;
    screen::picture(&app.page, "40-export-folder").await;

    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "#summary-now", "Nobody has looked at this period yet").await;
    screen::picture(&app.page, "41-summary").await;
    to_the_preview(&mut hands, SPRING).await;
    hidden_cells_hold_no_number(&app).await;
    nothing_of_the_preview_is_copied(&mut hands).await;
    nobody_is_named(&app, &names).await;
    screen::in_both_themes(&app.page, "42-preview").await;
    screen::text(&app.page, "document.querySelector('[data-table=contacts]').scrollIntoView(); return ''").await;
    screen::picture(&app.page, "42-preview-of-contacts").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, "h2", "4 of 5").await;
    screen::shows(&app.page, ".agrees", "depends on who gets it").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, "#release-to-label-error", "Choose who gets it").await;
    hands.tab_to("#release-to [tabindex='0']").await;
    hands.press(&["t"]).await;
    hands.tab_to("#release-reason").await;
    hands.prose("Quarterly figures for the team").await;
    screen::in_both_themes(&app.page, "43-who-and-why").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#release-check", "Quarterly figures for the team").await;
    screen::in_both_themes(&app.page, "44-check").await;
    decide(&mut hands, "#release-go").await;
    screen::shows(&app.page, "#release-done", "Released and sealed").await;
    nobody_is_named(&app, &names).await;
    screen::in_both_themes(&app.page, "45-released").await;
    let made = files_in(&folder);
    for kind in ["csv", "html", "xlsx"] {
        assert!(made.iter().any(|file| file.ends_with(kind) && file.contains("2026-Q2")), "{made:?}");
        screen::shows(&app.page, ".files", kind).await;
    }
    printed(&mut hands, SPRING).await;
    let page = fs::read_to_string(folder.join(made.iter().find(|file| file.ends_with("2026-Q2.html")).unwrap())).unwrap();
    assert!(page.contains("counter(page)") || page.contains("Page 1 of"), "the file prints with page numbers");
    hands.push("#release-leave").await;
    screen::shows(&app.page, "[aria-labelledby=register-beside]", "printed the tables of April to June 2026").await;

    // Seen as in the spring, and then with other lines: the difference would tell of a few.
    to_the_preview(&mut hands, SUMMER).await;
    hands.push("#release-back").await;
    screen::shows(&app.page, "h2", "2 of 5").await;
    hands.choose("#release-table-caseload_by_age", "Put everybody of 12 months or older together").await;
    counted(&mut hands, SUMMER).await;
    let ages = "[data-table=caseload_by_age]";
    let cause = screen::shows(&app.page, &format!("{ages} .cause"), "could be worked out").await.text().await.unwrap();
    assert!([SPRING, SUMMER].iter().any(|seen| cause.contains(seen)), "the cause names what it cannot be shown beside: {cause}");
    nobody_is_named(&app, &names).await;
    screen::in_both_themes(&app.page, "46-refused-in-one-table").await;
    take_the_first_way(&mut hands).await;
    screen::shows(&app.page, &format!("{ages} tbody th"), "12–35 months").await;
    screen::picture(&app.page, "47-the-merge-is-taken").await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, "h2", "4 of 5").await;
    hands.tab_to("#release-to [tabindex='0']").await;
    hands.press(&["o"]).await;
    hands.fill("#release-recipient", "The commissioner at SPPG").await;
    hands.fill("#release-reason", "Quarterly return").await;
    hands.fill("#release-expiresOn", "31/3/2027").await;
    screen::shows(&app.page, "#release-expiresOn-echo", "31-Mar-2027").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#release-check", "Outside the team: The commissioner at SPPG").await;
    decide(&mut hands, "#release-go").await;
    screen::shows(&app.page, "#release-done", "Waiting for a second person").await;
    screen::picture(&app.page, "48-waits").await;
    assert_eq!(files_in(&folder).len(), made.len(), "nothing has left");
    hands.push("#release-leave").await;
    hands.push("#summary-answer").await;
    screen::shows(&app.page, "#second-same", "information governance answers this").await;
    // Why it is taken back is kept over a lock; and it can be left waiting.
    hands.push("#second-take-back").await;
    screen::comes_to(&app.page, "#second-decline-reason").await;
    hands.prose("The recipient was mistyped").await;
    screen::shows(&app.page, "[role=status], header", "Kept").await;
    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "dara").await;
    screen::comes_to(&app.page, "#second-decline-reason").await;
    assert_eq!(screen::value(&app.page, "#second-decline-reason").await, "The recipient was mistyped", "after a lock");
    screen::in_both_themes(&app.page, "48-taking-back").await;
    hands.push("#second-decline-cancel").await;
    screen::press(&app.page, "dialog button", "Keep it for later").await;
    screen::shows(&app.page, "#second-take-back", "").await;

    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "iggy").await;
    screen::shows(&app.page, "h1", "Register of releases").await;
    screen::shows(&app.page, "#releases-waits", "July to September 2026 waits for a second person").await;
    screen::in_both_themes(&app.page, "49-register").await;
    hands.push("#releases-waits [data-way=answer]").await;
    screen::shows(&app.page, ".unreleased table", "").await;
    for words in ["What is not in the file", "No names", "No free text", "How numbers are protected"] {
        screen::shows(&app.page, ".unreleased", words).await;
    }
    for words in ["The commissioner at SPPG", "Quarterly return", "For the recipient only", "Until Wed 31-Mar-2027"] {
        screen::shows(&app.page, "[aria-labelledby=second-asked]", words).await;
    }
    hidden_cells_hold_no_number(&app).await;
    nobody_is_named(&app, &names).await;
    screen::in_both_themes(&app.page, "50-second-person").await;
    screen::text(&app.page, "document.querySelector('.unreleased .about').scrollIntoView({ block: 'end' }); return ''").await;
    screen::picture(&app.page, "50-not-in-the-file").await;
    decide(&mut hands, "#second-agree").await;
    screen::shows(&app.page, "article.release", "Agreed").await;
    screen::picture(&app.page, "51-agreed").await;
    assert!(files_in(&folder).iter().any(|file| file.contains("2026-Q3")), "it has left now");
    hands.push("#second-back").await;
    hands.push("[data-period='2026-Q3'] [data-check]").await;
    screen::shows(&app.page, "[data-period='2026-Q3']", "The proof is right").await;
    screen::picture(&app.page, "52-proof").await;

    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "dara").await;
    screen::shows(&app.page, "#summary-now", "This period has been released").await;
    figures_are_those_of_the_file(&app, &folder).await;
    hands.push("[data-table=contacts] button").await;
    screen::shows(&app.page, "[role=status]", "Contacts in the quarter by kind and outcome has been copied").await;
    let again = json!({ "period": "2026-Q3", "reason": "Because it was lost" });
    let refused = screen::call(&app.page, "release_summary", again).await;
    assert_eq!(refused["refused"]["code"], "summary_released", "{refused}");
    let sealed = fs::read(folder.join("attune-summary-practice-2026-Q3.csv")).unwrap();
    fs::remove_file(folder.join("attune-summary-practice-2026-Q3.csv")).unwrap();
    hands.push("[data-period='2026-Q3'] [data-write]").await;
    screen::shows(&app.page, "[role=status]", "The files have been saved again").await;
    assert_eq!(fs::read(folder.join("attune-summary-practice-2026-Q3.csv")).unwrap(), sealed, "byte for byte");
    nobody_is_named(&app, &names).await;
    screen::picture(&app.page, "53-saved-again").await;
    app.close().await;
}

#[tokio::test]
async fn a_lead_readies_plans_declines_corrects_and_withdraws() {
    let place = Place::practice(FAMILIES);
    let folder = place.folder("returns");
    let app = App::open(&place, Size::ENLARGED).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "lead").await;
    let set = screen::call(&app.page, "set_export_folder", json!({ "folder": folder })).await;
    assert!(set.get("refused").is_none(), "{set}");
    hands.press(&["Alt+3"]).await;
    screen::shows(&app.page, "#summary-ready", "").await;
    screen::in_both_themes(&app.page, "54-readiness").await;
    decide(&mut hands, "#summary-ready").await;
    screen::shows(&app.page, "#summary-now", "this period is over and ready").await;

    hands.back_to("#summary-plan").await;
    hands.press(&["Enter"]).await;
    screen::shows(&app.page, "h1", "Plan the year").await;
    screen::in_both_themes(&app.page, "55-plan").await;
    hands.choose("#plan-table-caseload_by_age", "Put 24–35 months with 12–23 months").await;
    // What was chosen is there again after another page.
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "#today-unfinished", "The plan of a year’s figures").await;
    screen::press(&app.page, "#today-unfinished button", "The plan of a year’s figures").await;
    screen::shows(&app.page, "#plan-form", "What you typed on").await;
    hands.tab_to("#plan-table-caseload_by_age").await;
    assert!(screen::chosen(&app.page, "#plan-table-caseload_by_age").await.contains("24–35 months with 12–23 months"));
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, "[role=status]", "The plan is saved").await;
    hands.back_to("#plan-back").await;
    hands.press(&["Enter"]).await;

    to_the_preview(&mut hands, SUMMER).await;
    let kept = "The commissioner asked for it";
    ask_outside(&mut hands, kept).await;
    hands.push("#release-leave").await;
    hands.push("#summary-answer").await;
    screen::shows(&app.page, "#second-same", "somebody else must agree").await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "#today-releases", "waits for a second person").await;
    screen::picture(&app.page, "56-on-the-leads-today").await;
    hands.press(&["Alt+3"]).await;
    hands.push("#summary-answer").await;
    screen::shows(&app.page, "#second-same", "somebody else must agree").await;
    screen::picture(&app.page, "56-the-same-person").await;
    hands.push("#second-take-back").await;
    screen::comes_to(&app.page, "#second-decline-reason").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#second-decline-reason[aria-invalid]", "").await;
    hands.prose("The recipient was mistyped").await;
    screen::in_both_themes(&app.page, "56-taking-back").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#second-answered", "It was taken back").await;
    assert!(screen::focus_is_lost(&app.page).await.is_none(), "the keyboard is somewhere");
    screen::in_both_themes(&app.page, "56-taken-back").await;
    assert!(files_in(&folder).is_empty(), "nothing has left");
    hands.push("#second-back").await;
    to_the_preview(&mut hands, SUMMER).await;
    ask_outside(&mut hands, kept).await;
    let waiting = screen::call(&app.page, "summary", json!({ "period": "2026-Q3" })).await["value"]["waiting"]["id"].clone();
    let refused = screen::call(&app.page, "approve_release", json!({ "release": waiting })).await;
    assert_eq!(refused["refused"]["code"], "summary_same_person", "{refused}");

    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "iggy").await;
    screen::shows(&app.page, "#releases-waits", "waits for a second person").await;
    screen::in_both_themes(&app.page, "56-what-waits-for-information-governance").await;
    hands.push("#release-answer").await;
    screen::shows(&app.page, ".unreleased table", "").await;
    hands.push("#second-decline-open").await;
    screen::comes_to(&app.page, "#second-decline-reason").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#second-decline-reason[aria-invalid]", "").await;
    hands.prose("The recipient is not the right one").await;
    screen::in_both_themes(&app.page, "57-declining").await;
    screen::shows(&app.page, "[role=status], header", "Kept").await;
    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "iggy").await;
    screen::comes_to(&app.page, "#second-decline-reason").await;
    assert_eq!(screen::value(&app.page, "#second-decline-reason").await, "The recipient is not the right one", "after a lock");
    send(&mut hands).await;
    screen::shows(&app.page, "main", "It has been answered").await;
    assert!(files_in(&folder).is_empty(), "nothing has left");
    hands.press(&["Alt+2"]).await;
    screen::shows(&app.page, "#releases-waits", "Nothing waits for you").await;

    hands.press(&["Ctrl+L"]).await;
    sign_in(&mut hands, "lead").await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "#today-releases", "was declined").await;
    hands.press(&["Alt+3"]).await;
    screen::shows(&app.page, ".release", "The recipient is not the right one").await;
    to_the_preview(&mut hands, SUMMER).await;
    release_for_the_team(&mut hands, "Quarterly figures for the team").await;
    hands.push("#release-leave").await;
    screen::shows(&app.page, "[data-period='2026-Q3']", "Released").await;
    hands.push("#summary-anew-open").await;
    screen::comes_to(&app.page, "#summary-anew-reason").await;
    hands.prose("Notes were signed late").await;
    screen::picture(&app.page, "58-counted-again").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#summary-now", "Notes were signed late").await;

    screen::press(&app.page, "[data-period='2026-Q3'] button", "Correct it").await;
    screen::shows(&app.page, "h1", "Correct a release").await;
    screen::shows(&app.page, "h2", "2 of 5").await;
    screen::picture(&app.page, "59-correction").await;
    hands.press(&["Esc"]).await;
    hands.push("#release-leave").await;
    screen::press(&app.page, "[data-period='2026-Q3'] button", "Withdraw it").await;
    screen::comes_to(&app.page, "#release-withdraw-reason").await;
    hands.prose("Two families were counted twice").await;
    send(&mut hands).await;
    screen::shows(&app.page, "[data-period='2026-Q3']", "Withdrawn").await;
    screen::picture(&app.page, "60-withdrawn").await;
    app.close().await;
}

#[tokio::test]
async fn a_copied_record_releases_nothing_until_a_lead_has_said_what_has_left() {
    let place = Place::practice(40);
    let app = App::open(&place, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "lead").await;
    let looked = screen::call(&app.page, "look_at_figures", json!({ "period": "2026-Q3" })).await;
    assert!(looked.get("refused").is_none(), "{looked}");
    app.close().await;

    let copy = place.copied();
    let app = App::open(&copy, Size::LAPTOP).await;
    let mut hands = Keyboard::of(&app.page);
    sign_in(&mut hands, "lead").await;
    hands.press(&["Alt+3"]).await;
    screen::shows(&app.page, "#summary-seat", "restored or copied").await;
    screen::hides(&app.page, "#summary-prepare").await;
    screen::in_both_themes(&app.page, "61-another-computer").await;
    hands.push("#summary-leave-seat").await;
    screen::comes_to(&app.page, "#seat-leave-reason").await;
    hands.prose("This is a copy for teaching").await;
    screen::picture(&app.page, "61-left-as-it-is").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#summary-seat-said", "the computer that releases stays the same").await;
    assert!(screen::focus_is_lost(&app.page).await.is_none(), "the keyboard is somewhere");
    hands.push("#summary-take-seat").await;
    screen::comes_to(&app.page, "#seat-reason").await;
    hands.prose("The old laptop was replaced").await;
    send(&mut hands).await;
    screen::shows(&app.page, "#seat-form [role=alert]", "Say what has left from elsewhere").await;
    assert_eq!(screen::value(&app.page, "#seat-reason").await, "The old laptop was replaced");
    hands.push("#seat-add").await;
    screen::comes_to(&app.page, "#seat-left-0").await;
    hands.choose("#seat-left-0", SPRING).await;
    hands.push("#seat-add").await;
    screen::comes_to(&app.page, "#seat-left-1").await;
    hands.push("[aria-label='Remove period 2']").await;
    screen::comes_to(&app.page, "#seat-left-0").await;
    hands.press(&["Alt+1"]).await;
    screen::shows(&app.page, "#today-unfinished", "Which computer releases figures").await;
    screen::press(&app.page, "#today-unfinished button", "Which computer releases figures").await;
    screen::shows(&app.page, "#seat-form", "What you typed on").await;
    assert_eq!(screen::value(&app.page, "#seat-reason").await, "The old laptop was replaced", "after another page");
    assert_eq!(screen::chosen(&app.page, "#seat-left-0").await, SPRING);
    screen::in_both_themes(&app.page, "62-what-has-left").await;
    decide(&mut hands, "#seat-save").await;
    screen::shows(&app.page, "[role=status]", "This computer now looks at figures and releases them").await;
    screen::shows(&app.page, "#summary-prepare", "").await;
    to_the_tables(&mut hands, SPRING).await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(&app.page, "main [role=alert]", "left from another computer").await;
    screen::picture(&app.page, "63-nobody-can-say").await;
    app.close().await;
}

/// Presses Ctrl+P where the tables of a period stand: the register has it, and then the web view is asked to print.
async fn printed(hands: &mut Keyboard<'_>, period: &str) {
    let page = hands.page;
    screen::shows(page, "#release-print", "").await;
    screen::text(page, "window.papers = 0; window.print = () => { window.papers += 1; }; return ''").await;
    hands.press(&["Ctrl+P"]).await;
    assert!(screen::has_become(page, "return window.papers === 1").await, "the web view was not asked to print");
    let beside = screen::call(page, "releases", json!({})).await["value"]["beside"].to_string();
    assert!(beside.contains(&format!("printed the tables of {period}")), "{beside}");
}

/// From the summary, by keyboard, to the preview of a period.
async fn to_the_preview(hands: &mut Keyboard<'_>, period: &str) {
    to_the_tables(hands, period).await;
    counted(hands, period).await;
}

async fn to_the_tables(hands: &mut Keyboard<'_>, period: &str) {
    let page = hands.page;
    screen::shows(page, "#summary-period", "").await;
    hands.back_to("#summary-period").await;
    hands.press(&["Home"]).await;
    hands.choose("#summary-period", period).await;
    screen::shows(page, "h1 small", period).await;
    hands.back_to("#summary-prepare").await;
    hands.press(&["Enter"]).await;
    screen::shows(page, "h2", "1 of 5").await;
    screen::picture(page, &format!("42-periods-{}", &period[..1])).await;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(page, "h2", "2 of 5").await;
    screen::picture(page, &format!("42-tables-{}", &period[..1])).await;
}

async fn counted(hands: &mut Keyboard<'_>, period: &str) {
    let page = hands.page;
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(page, "h2", "3 of 5").await;
    screen::shows(page, "#release-look, .unreleased", "").await;
    screen::picture(page, &format!("42-counting-{}", &period[..1])).await;
    screen::shows(page, ".unreleased table", "").await;
}

async fn ask_outside(hands: &mut Keyboard<'_>, reason: &str) {
    who_and_why(hands, "o", "The commissioner", reason).await;
    screen::shows(hands.page, "#release-done", "Waiting for a second person").await;
}

async fn release_for_the_team(hands: &mut Keyboard<'_>, reason: &str) {
    who_and_why(hands, "t", "", reason).await;
    screen::shows(hands.page, "#release-done", "Released and sealed").await;
}

async fn who_and_why(hands: &mut Keyboard<'_>, to: &str, recipient: &str, reason: &str) {
    hands.press(&["Ctrl+Enter"]).await;
    screen::shows(hands.page, "h2", "4 of 5").await;
    hands.tab_to("#release-to [tabindex='0']").await;
    hands.press(&[to]).await;
    hands.fill("#release-recipient", recipient).await;
    hands.fill("#release-reason", reason).await;
    send(hands).await;
    screen::shows(hands.page, "#release-check", reason).await;
    decide(hands, "#release-go").await;
}

async fn take_the_first_way(hands: &mut Keyboard<'_>) {
    let first = "return document.querySelector('[id^=release-take-]')?.id ?? ''";
    let way = screen::text(hands.page, first).await;
    assert!(!way.is_empty(), "a way out is offered");
    hands.push(&format!("#{way}")).await;
    screen::hides(hands.page, &format!("#{way}")).await;
    screen::shows(hands.page, ".unreleased table", "").await;
}

/// Marks everything, and copies it: nothing of a table is in it.
async fn nothing_of_the_preview_is_copied(hands: &mut Keyboard<'_>) {
    let mark = "document.addEventListener('copy', event => window.copyWasKept = event.defaultPrevented, { once: true });
        document.getSelection().selectAllChildren(document.querySelector('main'));
        return document.getSelection().toString()";
    let marked = screen::text(hands.page, mark).await;
    assert!(!marked.contains("Total"), "what can be marked holds the tables: {marked}");
    hands.press(&["Ctrl+C"]).await;
    let kept = "const kept = window.copyWasKept; document.getSelection().removeAllRanges(); return String(kept)";
    assert_eq!(screen::text(hands.page, kept).await, "true", "a copy of all that is marked is let through");
    let paper = "return String([...document.querySelectorAll('.unreleased')].every(e => e.matches('.no-print')))";
    assert_eq!(screen::text(hands.page, paper).await, "true");
    hands.press(&["Ctrl+P"]).await;
    screen::shows(hands.page, ".unreleased table", "").await;
}

/// The family names of the team, as a lead reads them; then the record is locked again.
async fn names_of_families(hands: &mut Keyboard<'_>) -> Vec<String> {
    sign_in(hands, "lead").await;
    let rows = screen::call(hands.page, "caseload", json!({ "mine": false, "filter": "open", "sort": "name" })).await;
    let rows = rows["value"]["rows"].as_array().unwrap();
    let names: Vec<String> = rows.iter().filter_map(|row| row["name"].as_str()?.split(',').next().map(str::to_owned)).collect();
    assert!(names.len() > 10, "{names:?}");
    hands.press(&["Ctrl+L"]).await;
    names
}

async fn nobody_is_named(app: &App, names: &[String]) {
    let words = screen::text(&app.page, "return document.querySelector('main').innerHTML").await;
    let named: Vec<&String> = names.iter().filter(|name| words.contains(name.as_str())).collect();
    assert!(named.is_empty(), "{named:?} can be read");
}

async fn hidden_cells_hold_no_number(app: &App) {
    let of = |what: &str| format!("return [...document.querySelectorAll('main td.hidden')].map(e => e.{what}).join('')");
    let words = screen::text(&app.page, &of("textContent")).await;
    assert!(
        words.contains("[c]") && !words.chars().any(|letter| letter.is_ascii_digit()),
        "{}",
        screen::text(&app.page, &of("outerHTML")).await
    );
}

/// Every number on the screen of what has left is in its file, line by line.
async fn figures_are_those_of_the_file(app: &App, folder: &Path) {
    screen::shows(&app.page, "[aria-labelledby=summary-left] table", "").await;
    let script = "return JSON.stringify([...document.querySelectorAll('[aria-labelledby=summary-left] tbody tr')].map(row =>
        [row.querySelector('th').textContent, ...[...row.querySelectorAll('td:not(.bar)')].map(cell => cell.matches('.hidden') ? '[c]' : cell.textContent.trim())]))";
    let rows: Vec<Vec<String>> = serde_json::from_str(&screen::text(&app.page, script).await).unwrap();
    assert!(rows.len() > 5, "{rows:?}");
    let csv = fs::read_to_string(folder.join("attune-summary-practice-2026-Q3.csv")).unwrap();
    for row in &rows {
        for cell in row.iter().skip(1).filter(|cell| !cell.is_empty()) {
            let written = csv.lines().any(|line| line.contains(row[0].as_str()) && line.contains(cell.as_str()));
            assert!(written, "{row:?} is on the screen and not in the file:\n{csv}");
        }
    }
}

fn files_in(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
