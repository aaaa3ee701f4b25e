//! The one door: a command's name and its request go in, the core's answer or
//! refusal comes out. No rule lives here.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use attune_core::api;
use attune_core::api::ActId;
use attune_core::desk::{Desk, Progress};
use attune_core::error::{Error, Result};
use serde::Serialize;
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, async_runtime};

/// The desk behind the window, and how often "Stop" has been pressed.
pub struct Door {
    pub(crate) desk: Desk,
    stops: AtomicU64,
    place: Mutex<Option<(String, Value)>>,
}

impl Door {
    pub(crate) fn to(desk: Desk) -> Self {
        Self { desk, stops: AtomicU64::new(0), place: Mutex::default() }
    }

    fn place(&self) -> MutexGuard<'_, Option<(String, Value)>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs one row of the core's command table off the main thread, so that
/// nothing the core does can hold up the window. `act` is the number of what
/// is asked: sent twice, it is done once.
#[tauri::command]
pub async fn call(app: AppHandle, command: String, request: Value, act: Option<ActId>) -> Result<Value> {
    async_runtime::spawn_blocking(move || {
        let door = app.state::<Door>();
        let bar = Bar::new(&app, &door.stops);
        let was_open = door.desk.is_unlocked();
        let answer = api::dispatch(&door.desk, &command, request, act, &bar);
        if was_open && !door.desk.is_unlocked() {
            crate::clipboard::take_away(&app.state());
            begin_anew(&app);
        }
        answer
    })
    .await
    .unwrap_or_else(|_| Err(Error::internal("call")))
}

/// Loads the page anew: what it held of the record while it was open is gone
/// with it.
pub fn begin_anew(app: &AppHandle) {
    for window in app.webview_windows().values() {
        // A window that is already gone holds nothing.
        let _ = window.reload();
    }
}

/// Keeps where somebody was when the record locked: ids and a caret, no words.
#[tauri::command]
pub fn keep_place(app: AppHandle, user: String, place: Value) {
    *app.state::<Door>().place() = Some((user, place));
}

/// Hands back where this user was, once; nobody else's place is handed out.
#[tauri::command]
pub fn kept_place(app: AppHandle, user: String) -> Option<Value> {
    app.state::<Door>().place().take().and_then(|(whose, place)| (whose == user).then_some(place))
}

/// Asks the long commands now running to stop at their next step.
#[tauri::command]
pub fn cancel(app: AppHandle) {
    app.state::<Door>().stops.fetch_add(1, Ordering::SeqCst);
}

/// How far a long command has come, for the window: the event `progress`.
#[derive(Clone, Serialize)]
struct Step<'a> {
    done: u64,
    total: u64,
    words: &'a str,
}

struct Bar<'a> {
    app: &'a AppHandle,
    stops: &'a AtomicU64,
    stops_at_start: u64,
    shown: Mutex<Option<Instant>>,
}

impl<'a> Bar<'a> {
    const EVERY: Duration = Duration::from_millis(100);

    fn new(app: &'a AppHandle, stops: &'a AtomicU64) -> Self {
        Self { app, stops, stops_at_start: stops.load(Ordering::SeqCst), shown: Mutex::new(None) }
    }

    /// Ten steps a second are enough for an eye.
    fn is_due(&self) -> bool {
        let Ok(mut shown) = self.shown.lock() else { return true };
        let due = shown.is_none_or(|at| at.elapsed() >= Self::EVERY);
        if due {
            *shown = Some(Instant::now());
        }
        due
    }
}

impl Progress for Bar<'_> {
    fn report(&self, done: u64, total: u64, words: &str) {
        if done >= total || self.is_due() {
            // A window that is already gone needs no bar.
            let _ = self.app.emit("progress", Step { done, total, words });
        }
    }

    fn cancelled(&self) -> bool {
        self.stops.load(Ordering::SeqCst) != self.stops_at_start
    }
}
