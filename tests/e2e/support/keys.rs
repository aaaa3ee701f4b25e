//! A person at the keyboard. Everything goes to whatever has the focus, and
//! what is not prose is counted: a whole note must need few keys besides its words.

use fantoccini::{
    Client,
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

/// Types into one page and counts.
pub struct Keyboard<'a> {
    page: &'a Client,
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

    /// Types codes, dates and names: text whose every key counts.
    pub async fn keys(&mut self, text: &str) {
        self.pressed += text.chars().count();
        self.write(text).await;
    }

    /// Types what only the worker can say; not counted.
    pub async fn prose(&mut self, text: &str) {
        self.write(text).await;
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
        "Home" => Key::Home.into(),
        "End" => Key::End.into(),
        "Up" => Key::Up.into(),
        "Down" => Key::Down.into(),
        "Left" => Key::Left.into(),
        "Right" => Key::Right.into(),
        "F1" => Key::F1.into(),
        "F2" => Key::F2.into(),
        "F8" => Key::F8.into(),
        letter if letter.chars().count() == 1 => letter.to_lowercase().chars().next().unwrap(),
        other => panic!("no key called {other}"),
    }
}
