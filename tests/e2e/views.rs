//! Every view as a person meets it: in both themes, on a laptop and on one
//! with everything enlarged. axe finds nothing, nothing scrolls sideways, and
//! at every Tab stop the focus is in sight.

use std::time::Duration;

use serde_json::Value;
use tokio::time::sleep;

use crate::support::{
    app::App,
    axe, controls,
    forms::{begin_the_conversation, send},
    keys::Keyboard,
    place::Place,
    practice, screen,
    screen::Size,
};

const MOST_STOPS: usize = 130;

/// Where the focus is and whether a person can see it there.
const LOOK: &str = "const e = document.activeElement;
    if (e === document.body || e.id === 'main') return null;
    const line = e.getClientRects()[0];
    if (!line) return { seen: false, why: 'it has no place on the screen', name: e.outerHTML.slice(0, 160), main: false };
    const box = { left: Math.max(line.left, 0), right: Math.min(line.right, innerWidth), top: line.top, bottom: line.bottom };
    const whole = box.top >= -1 && box.bottom <= innerHeight + 1 && line.left >= -1 && line.right <= innerWidth + 1;
    const tall = line.height > innerHeight / 2;
    const inset = 2;
    const points = [[(box.left + box.right) / 2, (box.top + box.bottom) / 2],
        [box.left + inset, box.top + inset], [box.right - inset, box.top + inset],
        [box.left + inset, box.bottom - inset], [box.right - inset, box.bottom - inset]];
    const over = points.filter(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return !hit || !(hit === e || e.contains(hit) || hit.contains(e) || hit.closest('label')?.control === e);
    });
    const rings = [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean).map(p => getComputedStyle(p));
    const ring = rings.some((style, up) => style.outlineStyle !== 'none' && (up === 0 || parseFloat(style.outlineWidth) >= 2));
    const why = !whole && !tall ? 'it is not wholly in the window' : over.length > (tall ? 2 : 0) ? 'something covers it' : !ring ? 'no ring shows it' : '';
    window.walked ??= new Set();
    const again = window.walked.has(e);
    window.walked.add(e);
    return { seen: why === '', why, again, name: `${e.outerHTML.slice(0, 160)} at ${JSON.stringify(line)}`, main: e.matches('button.main') }";

const HAS_MAIN: &str = "const open = document.querySelector('dialog[open]') ?? document;
    return [...open.querySelectorAll('button.main')].some(e => e.checkVisibility() && !e.disabled)";

/// One size of screen, walked through once.
struct Walk<'a> {
    page: &'a fantoccini::Client,
    size: Size,
    hands: Keyboard<'a>,
    /// What is wrong anywhere; told together at the end.
    faults: Vec<String>,
}

#[tokio::test]
async fn every_view_on_a_laptop() {
    walk(Size::LAPTOP).await;
}

#[tokio::test]
async fn every_view_enlarged() {
    walk(Size::ENLARGED).await;
}

async fn walk(size: Size) {
    first_run(size).await;
    let place = Place::practice(24);
    let app = App::open(&place, size).await;
    let page = &app.page;
    let mut walk = Walk { page, size, hands: Keyboard::of(page), faults: Vec::new() };
    screen::comes_to(page, "#unlock-signIn").await;
    walk.look("unlock").await;
    walk.sign_in("niamh").await;
    screen::comes_to(page, "ol [data-row], tbody [data-row]").await;
    walk.look("today").await;
    walk.case_views().await;
    walk.over_everything().await;
    walk.hands.press(&["Ctrl+L"]).await;
    walk.sign_in("lead").await;
    walk.office_views().await;
    walk.hands.press(&["Ctrl+L"]).await;
    walk.sign_in("iggy").await;
    screen::shows(page, "#releases-waits", "waits for a second person").await;
    walk.look("register").await;
    walk.hands.press(&["Alt+1"]).await;
    walk.look("history-index").await;
    walk.hands.press(&["Alt+2"]).await;
    screen::shows(page, "h1", "Register of releases").await;
    walk.press("#release-answer", "").await;
    screen::shows(page, ".unreleased table", "").await;
    walk.look("second-person").await;
    let faults = walk.faults.join("\n");
    app.close().await;
    assert!(faults.is_empty(), "{faults}");
}

async fn first_run(size: Size) {
    let place = Place::empty();
    let app = App::open(&place, size).await;
    let mut walk = Walk { page: &app.page, size, hands: Keyboard::of(&app.page), faults: Vec::new() };
    screen::shows(&app.page, "#first-team", "").await;
    walk.look("first-run-start").await;
    walk.press("#first-restore", "").await;
    screen::shows(&app.page, "#restore-folder", "").await;
    walk.look("restore").await;
    walk.press("#restore-way-key", "").await;
    screen::shows(&app.page, "#restore-recoveryKey", "").await;
    walk.look("restore-with-the-key").await;
    walk.press("form button", "Back").await;
    walk.press("#first-team", "").await;
    screen::shows(&app.page, "#first-team-name", "").await;
    walk.look("first-run-who").await;
    let faults = walk.faults.join("\n");
    app.close().await;
    assert!(faults.is_empty(), "{faults}");
}

impl Walk<'_> {
    async fn sign_in(&mut self, name: &str) {
        practice::sign_in(&mut self.hands, name).await;
    }

    async fn case_views(&mut self) {
        self.hands.press(&["Alt+2"]).await;
        screen::comes_to(self.page, "tbody [data-row]").await;
        self.look("caseload").await;
        self.press("tbody [data-row]", "").await;
        screen::shows(self.page, "article", "").await;
        self.look("story").await;
        for (tab, name, sign) in [
            ("Screening", "priority", "h2"),
            ("Placement", "placement", "h1"),
            ("People", "people", ".people li"),
            ("Record history", "history", "h1"),
        ] {
            self.press("nav[aria-label] button", tab).await;
            screen::shows(self.page, &format!("main {sign}"), "").await;
            sleep(Duration::from_millis(400)).await;
            self.look(name).await;
        }
        self.press("nav[aria-label] button", "Placement").await;
        self.press("#placement-place", "").await;
        screen::shows(self.page, "#placement-form", "").await;
        self.in_sight("#placement-save").await;
        self.look("placement-form").await;
        self.press("#placement-step-1", "").await;
        self.look("placement-form-chosen").await;
        self.press("nav[aria-label] button", "People").await;
        screen::shows(self.page, "main .people li", "").await;
        self.press("main button.main", "").await;
        screen::shows(self.page, "dialog[open] form", "").await;
        self.in_sight("dialog[open] [type=submit]").await;
        self.look("person-dialog").await;
        self.hands.press(&["Esc"]).await;
        screen::hides(self.page, "dialog[open]").await;
        self.press("nav[aria-label] button", "Screening").await;
        self.press("main button", "ACE").await;
        sleep(Duration::from_millis(500)).await;
        self.look("ace").await;
        self.ace_forms().await;
        self.note().await;
        self.hands.press(&["Alt+2"]).await;
        screen::comes_to(self.page, "tbody [data-row]").await;
        self.press("#caseload-add", "").await;
        screen::comes_to(self.page, "#people-0-familyName").await;
        self.look("add-family").await;
    }

    /// Both records: before, during and instead of a sitting, and the infant's exposure with its question.
    async fn ace_forms(&mut self) {
        self.press("[aria-labelledby=ace-childhood] [id^=ace-begin]", "").await;
        screen::comes_to(self.page, "#ace-wants").await;
        self.look("ace-before").await;
        self.press("#ace-not-offered", "").await;
        screen::comes_to(self.page, "#ace-not-held-words").await;
        self.look("ace-not-offered").await;
        self.press("#ace-not-held button", "Back").await;
        screen::comes_to(self.page, "#ace-wants").await;
        begin_the_conversation(&mut self.hands).await;
        screen::comes_to(self.page, "#ace-sitting ol [tabindex='0']").await;
        self.hands.press(&["Y"]).await;
        self.look("ace-sitting").await;
        self.press("#ace-leave", "").await;
        screen::shows(self.page, "dialog[open]", "").await;
        self.look("ace-leave").await;
        self.press("#form-throw-away:not([aria-disabled])", "").await;
        self.press("[aria-labelledby=ace-exposure-now] [id^=ace-begin]", "").await;
        screen::shows(self.page, "#ace-exposure ol", "").await;
        self.hands.tab_to("#ace-exposure ol [tabindex='0']").await;
        self.hands.press(&["S"]).await;
        send(&mut self.hands).await;
        screen::comes_to(self.page, "#ace-safety [tabindex='0']").await;
        self.look("ace-exposure").await;
        self.press("#ace-exposure-leave", "").await;
        self.press("#form-throw-away:not([aria-disabled])", "").await;
        screen::hides(self.page, "#ace-exposure").await;
    }

    /// With everything open that can be open: the concern and the folded rows.
    async fn note(&mut self) {
        self.press("nav[aria-label] button", "Story").await;
        screen::shows(self.page, "article", "").await;
        self.hands.press(&["Ctrl+N"]).await;
        screen::comes_to(self.page, "#note-kind").await;
        self.look("note").await;
        self.hands.choose("#note-kind", "Home visit").await;
        self.hands.choose("#note-outcome", "Attended").await;
        self.note_head_is_one_row().await;
        self.press("#note-safety button", "New or worse").await;
        self.press("#note summary", "More").await;
        screen::shows(self.page, "#note-concern-what", "").await;
        self.look("note-all-open").await;
        self.hands.press(&["Ctrl+Enter"]).await;
        screen::shows(self.page, "dialog[open] li", "").await;
        self.look("check-strip").await;
        self.hands.press(&["Esc"]).await;
        screen::hides(self.page, "dialog[open]").await;
        self.look("note-gaps").await;
        self.press("#note button", "Discard draft").await;
        screen::shows(self.page, "dialog[open]", "").await;
        self.look("discard").await;
        self.press("dialog[open] button:not([aria-disabled])", "Discard draft").await;
        screen::shows(self.page, "h1", "Story").await;
    }

    async fn over_everything(&mut self) {
        self.hands.press(&["Ctrl+K"]).await;
        screen::comes_to(self.page, "#find-query").await;
        self.hands.prose("a").await;
        screen::shows(self.page, "[role=option]", "").await;
        self.look("find").await;
        self.hands.press(&["Esc", "F1"]).await;
        screen::shows(self.page, "dialog[open]", "Keys that work everywhere").await;
        self.look("help").await;
        self.hands.press(&["Esc", "F8"]).await;
        screen::shows(self.page, "h1", "Paused").await;
        self.look_only("cover").await;
        self.hands.press(&["Space"]).await;
        screen::hides(self.page, "h1 + .link").await;
    }

    async fn office_views(&mut self) {
        self.look("today-of-the-lead").await;
        self.hands.press(&["Alt+3"]).await;
        screen::shows(self.page, "#summary-ready", "").await;
        self.look("summary").await;
        self.release_steps().await;
        self.press("#summary-plan", "").await;
        screen::shows(self.page, "#plan-form", "").await;
        self.look("plan-of-a-year").await;
        self.hands.press(&["Alt+4"]).await;
        screen::shows(self.page, "#settings-team", "").await;
        self.look("users-and-settings").await;
        self.press("#users-add", "").await;
        screen::shows(self.page, "#add-name", "").await;
        self.look("add-user").await;
        self.hands.press(&["Esc"]).await;
    }

    /// Every step of a release, until it waits for a second person.
    async fn release_steps(&mut self) {
        self.press("#summary-prepare", "").await;
        screen::shows(self.page, "h2", "1 of 5").await;
        self.look("release-period").await;
        self.press("#release-next", "").await;
        screen::shows(self.page, "h2", "2 of 5").await;
        self.look("release-tables").await;
        self.press("#release-next", "").await;
        screen::shows(self.page, ".unreleased table", "").await;
        self.look("release-preview").await;
        self.press("#release-next", "").await;
        screen::shows(self.page, "h2", "4 of 5").await;
        self.press("#release-to button", "outside").await;
        self.hands.fill("#release-recipient", "The commissioner").await;
        self.hands.fill("#release-reason", "Quarterly return").await;
        self.look("release-who").await;
        self.press("#release-next", "").await;
        screen::shows(self.page, "h2", "5 of 5").await;
        self.look("release-check").await;
        self.press("#release-go:not([aria-disabled])", "").await;
        screen::shows(self.page, "#release-done", "Waiting for a second person").await;
        self.look("release-waits").await;
        self.press("#release-leave", "").await;
        screen::shows(self.page, "#summary-waiting", "").await;
        self.look("summary-waiting").await;
    }

    /// With a kind, an outcome, a date and a saved draft in it.
    async fn note_head_is_one_row(&mut self) {
        screen::shows(self.page, "#draft-status", "saved").await;
        screen::picture(self.page, &format!("view-note-head-{}", self.size.width)).await;
        if !screen::has_become(self.page, "return document.querySelector('#note .page-head')?.offsetHeight <= 48").await {
            self.faults.push(format!("the head of the note is taller than 48 px at {}", self.size.width));
        }
    }

    /// What ends a form is in sight before anybody scrolls, once the form is there.
    async fn in_sight(&mut self, selector: &str) {
        let script = format!(
            "const box = document.querySelector({selector:?})?.getBoundingClientRect();
            const hit = box && document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
            return Boolean(hit?.closest({selector:?})) && box.bottom <= innerHeight"
        );
        if !screen::has_become(self.page, &script).await {
            self.faults.push(format!("{selector} is out of sight at {}", self.size.width));
        }
    }

    async fn press(&mut self, selector: &str, words: &str) {
        screen::press(self.page, selector, words).await;
    }

    /// Both themes and both densities, then a walk by Tab.
    async fn look(&mut self, view: &str) {
        self.look_only(view).await;
        self.tab_through(view).await;
    }

    async fn look_only(&mut self, view: &str) {
        for (theme, density) in [("night", "comfortable"), ("day", "compact"), ("day", "comfortable")] {
            let script = "Object.assign(document.documentElement.dataset, { theme: arguments[0], density: arguments[1] })";
            self.page.execute(script, vec![theme.into(), density.into()]).await.unwrap();
            let rows = if density == "compact" { "-compact" } else { "" };
            let name = format!("view-{view}-{theme}{rows}-{}", self.size.width);
            screen::picture(self.page, &name).await;
            self.faults.extend(axe::violations(self.page, &name).await);
            self.faults.extend(controls::faults(self.page, &name).await);
            let broken = screen::broken_dates(self.page).await;
            self.faults.extend(broken.into_iter().map(|words| format!("{name}: a date is broken over two lines: {words}")));
        }
        self.faults
            .extend(screen::sideways_scroll(self.page, self.size).await.map(|fault| format!("{view} at {}: {fault}", self.size.width)));
    }

    /// Tabs until a stop comes again; each must be in sight, and the main action be one of them.
    async fn tab_through(&mut self, view: &str) {
        let has_main = self.page.execute(HAS_MAIN, vec![]).await.unwrap() == true;
        self.page.execute("window.walked = new Set()", vec![]).await.unwrap();
        let (mut came_to_main, mut stops, mut aways) = (false, 0, 0);
        while stops < MOST_STOPS && aways < 2 {
            self.hands.press(&["Tab"]).await;
            // The web view scrolls to the focus with its next picture.
            sleep(Duration::from_millis(40)).await;
            let stop = self.page.execute(LOOK, vec![]).await.unwrap();
            if stop == Value::Null {
                aways += 1;
                continue;
            }
            if stop["again"] == true {
                break;
            }
            stops += 1;
            came_to_main |= stop["main"] == true;
            if stop["seen"] == false {
                self.faults.push(format!("{view} at {}, Tab stop {stops}: {} {}", self.size.width, stop["why"], stop["name"]));
            }
        }
        if stops == 0 || has_main && !came_to_main {
            self.faults.push(format!("{view} at {}: {stops} Tab stops, the main action is none of them", self.size.width));
        }
    }
}
