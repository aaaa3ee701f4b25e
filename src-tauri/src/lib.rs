//! The desktop shell: one window, one door into the core, nothing else.
//!
//! Every act of the user reaches the core by the command [`door::call`]. What is
//! left for the shell is what only a window can do: zoom, folder dialogs, the
//! clipboard, locking by itself, closing without losing the last words typed.

#![allow(clippy::needless_pass_by_value, reason = "Tauri hands commands and events over by value")]

mod clipboard;
mod closing;
mod door;
mod idle;
#[cfg(target_os = "linux")]
mod linux;
mod panics;
mod window;

use std::{io::Write, path::PathBuf, process::ExitCode};

use attune_core::desk::{Desk, memory};
use tauri::{App, Manager, RunEvent};

/// Opens the window and stays until it is closed. The record is locked, sealed
/// and checkpointed before this returns.
#[must_use]
pub fn run() -> ExitCode {
    memory::keep_out_of_core_dumps();
    panics::say_only_where();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            door::call,
            door::cancel,
            door::keep_place,
            door::kept_place,
            idle::somebody_is_there,
            clipboard::copy,
            window::zoom,
            closing::leave
        ])
        .on_window_event(closing::on_window_event)
        .setup(set_up)
        .build(tauri::generate_context!());
    match app {
        Ok(app) => ExitCode::from(u8::try_from(app.run_return(at_the_end)).unwrap_or(1)),
        Err(_) => {
            let words = b"Attune could not open its window. Is there a display, and is the system's web view installed?\n";
            let _ = std::io::stderr().write_all(words);
            ExitCode::FAILURE
        }
    }
}

fn set_up(app: &mut App) -> Result<(), Box<dyn std::error::Error>> {
    let desk = Desk::at(vault_folder(app)?);
    app.manage(door::Door::to(desk));
    app.manage(clipboard::Copied::default());
    window::open(app)?;
    idle::begin(app.handle().clone());
    Ok(())
}

/// The folder named by `ATTUNE_VAULT`, else `attune-vault` among the user's data.
fn vault_folder(app: &App) -> tauri::Result<PathBuf> {
    match std::env::var_os("ATTUNE_VAULT") {
        Some(folder) if !folder.is_empty() => Ok(PathBuf::from(folder)),
        _ => Ok(app.path().data_dir()?.join("attune-vault")),
    }
}

fn at_the_end(app: &tauri::AppHandle, event: RunEvent) {
    if let RunEvent::Exit = event {
        closing::lock(app);
    }
}
