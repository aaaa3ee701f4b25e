//! The program `attune`: opens the window and says on the terminal only
//! whether it could.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    attune_shell::run()
}
