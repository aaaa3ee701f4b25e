//! A copied note does not lie on the clipboard for the next program to find:
//! a minute later, at lock and at the end it is taken away, if it is still what
//! lies there.

use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use arboard::Clipboard;
use attune_core::error::{Fault, Result};
use tauri::{AppHandle, Manager};

const KEPT_FOR: Duration = Duration::from_secs(60);

/// What was copied last and may still lie on the clipboard.
#[derive(Default)]
pub struct Copied(Mutex<Option<Copy>>);

struct Copy {
    // It stays alive: on X11 the program that copied hands the text over.
    clipboard: Clipboard,
    text: String,
    turn: u64,
}

/// Copies a text, for a minute.
#[tauri::command(async)]
pub fn copy(app: AppHandle, text: String) -> Result<()> {
    let turn = place(&app.state::<Copied>(), text).ok_or_else(|| {
        Fault::NotCopied.says("The note could not be copied. Open it and select its words instead; the record is unchanged.")
    })?;
    thread::spawn(move || {
        thread::sleep(KEPT_FOR);
        let copied = app.state::<Copied>();
        if copied.turn() == Some(turn) {
            take_away(&copied);
        }
    });
    Ok(())
}

/// Takes a copied note off the clipboard, unless something else lies there.
pub fn take_away(copied: &Copied) {
    let Some(mut copy) = copied.guard().take() else { return };
    if copy.clipboard.get_text().is_ok_and(|lies| lies == copy.text) {
        let _ = copy.clipboard.clear();
    }
}

fn place(copied: &Copied, text: String) -> Option<u64> {
    let mut guard = copied.guard();
    let turn = guard.as_ref().map_or(1, |before| before.turn + 1);
    let mut clipboard = Clipboard::new().ok()?;
    clipboard.set_text(text.as_str()).ok()?;
    *guard = Some(Copy { clipboard, text, turn });
    Some(turn)
}

impl Copied {
    fn turn(&self) -> Option<u64> {
        self.guard().as_ref().map(|copy| copy.turn)
    }

    fn guard(&self) -> std::sync::MutexGuard<'_, Option<Copy>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
