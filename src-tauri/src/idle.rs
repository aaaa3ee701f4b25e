//! Locking by itself. The core says when, on a clock that nobody can set and
//! that goes on while the computer sleeps; this asks it, tells the page so that
//! what is typed reaches the disk, and locks without the page if it must.

use std::{
    thread,
    time::{Duration, Instant},
};

use attune_core::desk::idle::Watch;
use tauri::{AppHandle, Emitter, Manager};

use crate::{closing, door::Door};

const EVERY: Duration = Duration::from_millis(500);

/// From this long before the lock on the page is told each time, and warns.
const WARNING: Duration = Duration::from_secs(30);

/// How long the page has to put on disk what is typed and to lock by itself.
const PATIENCE: Duration = Duration::from_secs(3);

/// A person has pressed a key or a button.
#[tauri::command(async)]
pub fn somebody_is_there(app: AppHandle) {
    app.state::<Door>().desk.somebody_is_there();
}

/// Watches for as long as the program runs.
pub fn begin(app: AppHandle) {
    thread::spawn(move || {
        let mut warned = false;
        loop {
            thread::sleep(EVERY);
            match app.state::<Door>().desk.watch() {
                Watch::Open(left) if left <= WARNING => {
                    warned = true;
                    let _ = app.emit("locks_in", left.as_secs());
                }
                Watch::Due => {
                    lock(&app);
                    warned = false;
                }
                Watch::Open(_) if warned => {
                    warned = false;
                    let _ = app.emit("locks_in", ());
                }
                Watch::Open(_) | Watch::Locked => {}
            }
        }
    });
}

fn lock(app: &AppHandle) {
    let _ = app.emit("lock", ());
    let asked = Instant::now();
    while asked.elapsed() < PATIENCE {
        if !app.state::<Door>().desk.is_unlocked() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    closing::lock(app);
    crate::door::begin_anew(app);
}
