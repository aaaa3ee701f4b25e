//! Closing without losing the last words typed: the page hears `closing`, saves
//! its drafts and calls [`leave`]; a page that does not answer is not waited for.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use tauri::{AppHandle, Emitter, Manager, Window, WindowEvent};

use crate::{
    clipboard::{self, Copied},
    door::Door,
};

/// A busy computer can take seconds to save the last words; who cannot wait
/// closes a second time.
const PATIENCE: Duration = Duration::from_secs(10);
static ASKED: AtomicBool = AtomicBool::new(false);

/// The page has saved what it held; the window can go.
#[tauri::command]
pub fn leave(app: AppHandle) {
    app.exit(0);
}

/// Seals, checkpoints and locks the record. Locking twice is no error, and at
/// the end there is no one left to tell of one.
pub fn lock(app: &AppHandle) {
    if let Some(door) = app.try_state::<Door>() {
        let _ = door.desk.lock();
    }
    if let Some(copied) = app.try_state::<Copied>() {
        clipboard::take_away(&copied);
    }
}

/// The first wish to close is passed to the page; a second one closes at once.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    if ASKED.swap(true, Ordering::SeqCst) {
        return;
    }
    api.prevent_close();
    let app = window.app_handle().clone();
    let _ = app.emit("closing", ());
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        app.exit(0);
    });
}
