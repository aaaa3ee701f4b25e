//! What a person sees.

use std::{fs, path::Path, time::Duration};

use fantoccini::{Client, elements::Element};
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::PATIENCE;

/// How WebDriver marks an element in an answer.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The size of a screen in CSS pixels.
#[derive(Clone, Copy)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    /// The team's laptops.
    pub const LAPTOP: Self = Self { width: 1366, height: 768 };
    /// The same laptop with everything enlarged to 125 %.
    pub const ENLARGED: Self = Self { width: 1093, height: 614 };
}

/// Waits for a visible element (a CSS selector) that holds the text.
pub async fn shows(page: &Client, selector: &str, text: &str) -> Element {
    let script = "const [selector, text] = arguments;
        return [...document.querySelectorAll(selector)].find(e => e.checkVisibility() && e.textContent.includes(text)) ?? null";
    let deadline = std::time::Instant::now() + PATIENCE;
    loop {
        let found = page.execute(script, vec![selector.into(), text.into()]).await.unwrap_or(Value::Null);
        if let Some(id) = found.get(ELEMENT).and_then(Value::as_str) {
            return Element::from_element_id(page.clone(), id.to_owned().into());
        }
        if std::time::Instant::now() > deadline {
            let words = words(page).await;
            picture(page, "surprise").await;
            panic!("no {selector} with “{text}” (picture: target/e2e/surprise.png). On the screen:\n{words}");
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// What a script that only looks answers. While the page is loaded anew (at each lock) there is nobody to ask: it is asked again.
async fn look(page: &Client, script: &str, about: Vec<Value>) -> Value {
    let deadline = std::time::Instant::now() + PATIENCE;
    loop {
        match page.execute(script, about.clone()).await {
            Ok(answer) => return answer,
            Err(error) => assert!(std::time::Instant::now() < deadline, "{script}: {error}"),
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// All the words on the screen.
pub async fn words(page: &Client) -> String {
    text(page, "return document.body.innerText").await
}

/// Keeps a picture as `target/e2e/NAME.png`, to be looked at.
pub async fn picture(page: &Client, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/e2e");
    fs::create_dir_all(&folder).unwrap();
    page.execute(START_A_SPECK, vec![]).await.unwrap();
    let picture = timeout(PATIENCE, page.screenshot()).await.expect("a picture within the time").unwrap();
    page.execute(STOP_THE_SPECK, vec![]).await.unwrap();
    fs::write(folder.join(format!("{name}.png")), picture).unwrap();
}

/// WebKit takes its picture at the next repaint, and a page at rest has none:
/// one changing pixel in the corner makes sure of it.
const START_A_SPECK: &str = "const speck = document.createElement('div');
    Object.assign(speck.style, { position: 'fixed', right: 0, bottom: 0, width: '1px', height: '1px' });
    speck.ariaHidden = 'true';
    document.body.append(speck);
    const tick = setInterval(() => speck.style.background = speck.style.background ? '' : '#888', 30);
    window.stopTheSpeck = () => { clearInterval(tick); speck.remove(); };";
const STOP_THE_SPECK: &str = "window.stopTheSpeck()";

/// A picture by day, and one by night.
pub async fn in_both_themes(page: &Client, name: &str) {
    picture(page, name).await;
    let script = "document.documentElement.dataset.theme = arguments[0]";
    page.execute(script, vec!["night".into()]).await.unwrap();
    picture(page, &format!("{name}-night")).await;
    page.execute(script, vec!["day".into()]).await.unwrap();
}

/// Fails if the page is wider than the screen.
pub async fn has_no_sideways_scroll(page: &Client, size: Size) {
    let fault = sideways_scroll(page, size).await;
    assert!(fault.is_none(), "{}", fault.unwrap_or_default());
}

/// What on the page is wider than its window; an input scrolls its own text.
pub async fn sideways_scroll(page: &Client, size: Size) -> Option<String> {
    let script = "const wide = [...document.querySelectorAll('html, body, body *')].filter(e => !e.matches('input, textarea, select'))
            .find(e => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX));
        return [innerWidth, document.documentElement.scrollWidth, wide?.outerHTML.slice(0, 120) ?? '']";
    let answer = look(page, script, vec![]).await;
    let [inner, whole] = [0, 1].map(|at| answer[at].as_u64().unwrap());
    let wide = answer[2].as_str().unwrap_or_default();
    if inner > u64::from(size.width) {
        return Some(format!("the window is {inner} wide on a screen of {}", size.width));
    }
    (whole > inner || !wide.is_empty()).then(|| format!("the page is {whole} wide in a window of {inner} {wide}"))
}

/// The dates on the page that are broken over two lines.
pub async fn broken_dates(page: &Client) -> Vec<String> {
    let script = "const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const broken = [];
        while (walk.nextNode()) {
            const text = walk.currentNode;
            if (!text.parentElement.checkVisibility() || text.parentElement.closest('.hidden-words, option, textarea')) continue;
            for (const date of text.data.matchAll(/\\d{2}-[A-Z][a-z]{2}-\\d{4}/g)) {
                const range = document.createRange();
                range.setStart(text, date.index);
                range.setEnd(text, date.index + date[0].length);
                if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(text.data.trim().slice(0, 80));
            }
        }
        return broken";
    let broken = look(page, script, vec![]).await;
    broken.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Presses the first button of a kind that holds the words, wherever it is;
/// the journey that must do without is `first_visit`.
pub async fn press(page: &Client, selector: &str, words: &str) {
    let element = shows(page, selector, words).await;
    page.execute("arguments[0].focus(); arguments[0].click()", vec![serde_json::to_value(element).unwrap()]).await.unwrap();
}

/// True if the focus is on an element (a CSS selector).
pub async fn has_focus(page: &Client, selector: &str) -> bool {
    look(page, "return document.activeElement.matches(arguments[0])", vec![selector.into()]).await == true
}

/// Waits until a script answers true; false when it never did.
pub async fn has_become(page: &Client, script: &str) -> bool {
    let deadline = std::time::Instant::now() + PATIENCE;
    while page.execute(script, vec![]).await.unwrap_or(Value::Null) != true {
        if std::time::Instant::now() > deadline {
            return false;
        }
        sleep(Duration::from_millis(30)).await;
    }
    true
}

/// Where the focus is, in words for a failing test.
pub async fn focus(page: &Client) -> String {
    text(page, "const e = document.activeElement; return e.tagName + '#' + e.id + ' ' + e.textContent.slice(0, 60)").await
}

/// What is typed in a field.
pub async fn value(page: &Client, selector: &str) -> String {
    shows(page, selector, "").await;
    let value = look(page, "return document.querySelector(arguments[0]).value", vec![selector.into()]).await;
    value.as_str().unwrap_or_default().to_owned()
}

/// The words of the choice that stands in a list.
pub async fn chosen(page: &Client, selector: &str) -> String {
    text(page, &format!("return document.querySelector('{selector}').selectedOptions[0]?.text ?? ''")).await
}

/// Runs a script that answers a text.
pub async fn text(page: &Client, script: &str) -> String {
    look(page, script, vec![]).await.as_str().unwrap_or_default().trim().to_owned()
}

/// Waits until nothing on the screen matches any more.
pub async fn hides(page: &Client, selector: &str) {
    let script = "return ![...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())";
    let deadline = std::time::Instant::now() + PATIENCE;
    while page.execute(script, vec![selector.into()]).await.unwrap_or(Value::Null) != true {
        assert!(std::time::Instant::now() < deadline, "{selector} is still on the screen:\n{}", words(page).await);
        sleep(Duration::from_millis(50)).await;
    }
}

/// The sentence about what is wrong with the focus, if it is nowhere or out of sight.
pub async fn focus_is_lost(page: &Client) -> Option<String> {
    let script = "const e = document.activeElement;
        if (!e || e === document.body) return 'the focus is nowhere';
        return e.checkVisibility() && !e.matches(':disabled') ? '' : `the focus is on ${e.outerHTML.slice(0, 120)}, which is out of sight`";
    Some(text(page, script).await).filter(|fault| !fault.is_empty())
}

/// Waits until the element itself has the focus.
pub async fn comes_to(page: &Client, selector: &str) {
    let deadline = std::time::Instant::now() + PATIENCE;
    while !has_focus(page, selector).await {
        assert!(std::time::Instant::now() < deadline, "the focus did not come to {selector} but to {}", focus(page).await);
        sleep(Duration::from_millis(30)).await;
    }
}

/// Calls a command of the core from a script on the page, as an intruder on the page could.
pub async fn call(page: &Client, command: &str, request: Value) -> Value {
    let script = "const [command, request, done] = arguments;
        window.__TAURI_INTERNALS__.invoke('call', { command, request }).then(done, refusal => done({ refused: refusal }))";
    page.execute_async(script, vec![command.into(), request]).await.unwrap()
}

/// Locks the record behind the page's back; the answer is not waited for, since the page is loaded anew.
pub async fn lock(page: &Client) {
    let script = "void window.__TAURI_INTERNALS__.invoke('call', { command: 'lock', request: {} })";
    page.execute(script, vec![]).await.unwrap();
}
