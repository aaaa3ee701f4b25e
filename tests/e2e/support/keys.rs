//! A person at the keyboard. Everything goes to whatever has the focus, and
//! what is not prose is counted: a whole note must need few keys besides its words.

use std::time::Duration;

use fantoccini::{
    Client,
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

use super::screen;

/// More stops than any screen has.
const STOPS: usize = 90;
const A_TENTH: Duration = Duration::from_millis(100);
const A_LOOK: Duration = Duration::from_millis(700);

/// Types into one page and counts.
pub struct Keyboard<'a> {
    pub page: &'a Client,
    /// Keys pressed that were not prose. A chord such as `Ctrl+Enter` is one.
    pub pressed: usize,
}

impl<'a> Keyboard<'a> {
    /// Nothing pressed yet.
    pub fn of(page: &'a Client) -> Self {
        Self { page, pressed: 0 }
    }

    /// Presses chords one after the other: `Tab`, `Shift+Tab`, `Ctrl+K`, `F2`, `3`.
    pub async fn press(&mut self, chords: &[&str]) {
        for chord in chords {
            self.pressed += 1;
            self.send(stroke(chord)).await;
        }
    }

    /// Hammers a chord: its first keys stay down, the last is pressed again and again, ten times a second.
    pub async fn hammer(&mut self, chord: &str, times: usize) {
        let keys: Vec<char> = chord.split('+').map(key).collect();
        let (last, first) = keys.split_last().expect("a chord has a key");
        let mut all: Vec<KeyAction> = first.iter().map(|value| KeyAction::Down { value: *value }).collect();
        for _ in 0..times {
            all.extend([KeyAction::Down { value: *last }, KeyAction::Up { value: *last }, KeyAction::Pause { duration: A_TENTH }]);
        }
        all.extend(first.iter().map(|value| KeyAction::Up { value: *value }));
        self.pressed += times;
        self.send(all).await;
    }

    /// Holds a chord down while it repeats, lets its first keys go, and holds the last for as long again.
    pub async fn hold(&mut self, chord: &str, repeats: usize) {
        let keys: Vec<char> = chord.split('+').map(key).collect();
        let (last, first) = keys.split_last().expect("a chord has a key");
        let again = vec![[KeyAction::Down { value: *last }, KeyAction::Pause { duration: A_TENTH }]; repeats].concat();
        let mut all: Vec<KeyAction> = first.iter().map(|value| KeyAction::Down { value: *value }).collect();
        all.extend(again.clone());
        all.extend(first.iter().map(|value| KeyAction::Up { value: *value }));
        all.extend(again);
        all.push(KeyAction::Up { value: *last });
        self.pressed += 1;
        self.send(all).await;
    }

    /// Types codes, dates and names: text whose every key counts.
    pub async fn keys(&mut self, text: &str) {
        self.pressed += text.chars().count();
        self.write(text).await;
    }

    /// Types what only the worker can say; not counted.
    pub async fn prose(&mut self, text: &str) {
        self.write(text).await;
    }

    /// Tabs on until the focus is on an element (a CSS selector).
    pub async fn tab_to(&mut self, selector: &str) {
        screen::shows(self.page, selector, "").await;
        self.walk_to("Tab", selector).await;
    }

    /// Tabs back until the focus is on an element.
    pub async fn back_to(&mut self, selector: &str) {
        screen::shows(self.page, selector, "").await;
        self.walk_to("Shift+Tab", selector).await;
    }

    async fn walk_to(&mut self, key: &str, selector: &str) {
        // Who finds the focus there already looks first; a press at once would be the second half of the one before.
        if screen::has_focus(self.page, selector).await {
            return tokio::time::sleep(A_LOOK).await;
        }
        for _ in 0..STOPS {
            self.press(&[key]).await;
            if screen::has_focus(self.page, selector).await {
                return;
            }
        }
        panic!("{key} never came to {selector}; the focus is on {}", screen::focus(self.page).await);
    }

    /// Tabs to a field and types into it, in place of what stood there.
    pub async fn fill(&mut self, selector: &str, text: &str) {
        self.tab_to(selector).await;
        self.press(&["Ctrl+A"]).await;
        self.write(text).await;
    }

    /// Tabs to a button and presses it.
    pub async fn push(&mut self, selector: &str) {
        self.tab_to(selector).await;
        self.press(&["Enter"]).await;
    }

    /// Tabs to a list and goes down it until a choice stands there.
    pub async fn choose(&mut self, selector: &str, words: &str) {
        self.tab_to(selector).await;
        for _ in 0..20 {
            if screen::chosen(self.page, selector).await == words {
                return;
            }
            self.press(&["Down"]).await;
        }
        panic!("{selector} offers no “{words}”");
    }

    async fn write(&self, text: &str) {
        let strokes = text.chars().map(|letter| if letter == '\n' { Key::Enter.into() } else { letter });
        self.send(strokes.flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]).collect()).await;
    }

    async fn send(&self, actions: Vec<KeyAction>) {
        let keyboard = actions.into_iter().fold(KeyActions::new("keyboard".into()), |all, one| all.then(one));
        self.page.perform_actions(keyboard).await.unwrap();
    }
}

/// Down in order, up in reverse.
fn stroke(chord: &str) -> Vec<KeyAction> {
    let keys: Vec<char> = chord.split('+').map(key).collect();
    let down = keys.iter().map(|value| KeyAction::Down { value: *value });
    let up = keys.iter().rev().map(|value| KeyAction::Up { value: *value });
    down.chain(up).collect()
}

fn key(name: &str) -> char {
    match name {
        "Ctrl" => Key::Control.into(),
        "Shift" => Key::Shift.into(),
        "Alt" => Key::Alt.into(),
        "Tab" => Key::Tab.into(),
        "Enter" => Key::Enter.into(),
        "Esc" => Key::Escape.into(),
        "Space" => ' ',
        "Backspace" => Key::Backspace.into(),
        "Delete" => Key::Delete.into(),
        "PageUp" => Key::PageUp.into(),
        "Home" => Key::Home.into(),
        "End" => Key::End.into(),
        "Up" => Key::Up.into(),
        "Down" => Key::Down.into(),
        "Left" => Key::Left.into(),
        "Right" => Key::Right.into(),
        "F1" => Key::F1.into(),
        "F2" => Key::F2.into(),
        "F5" => Key::F5.into(),
        "F8" => Key::F8.into(),
        letter if letter.chars().count() == 1 => letter.to_lowercase().chars().next().unwrap(),
        other => panic!("no key called {other}"),
    }
}
