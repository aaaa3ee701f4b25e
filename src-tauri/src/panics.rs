//! What a fault of the program may say: where it happened, never with what. A
//! panic's own message can quote a value, and a value can be a name.

use std::io::Write;

/// From now on a panic on any thread prints its place in the code only.
pub fn say_only_where() {
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        let _ = writeln!(std::io::stderr(), "A fault in Attune at {place}. The record on disk is as you last saved it.");
    }));
}
