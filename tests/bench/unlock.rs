//! From a passphrase to the caseload on the screen, less key derivation,
//! against opening the file with its key and the bare statements.

use serde_json::json;

use crate::caseload::{bare, read, user};
use crate::measure::{Figure, RUNS, in_turns};
use crate::place::{FAMILIES, Place, call, unlock};

const TURNS: usize = 5;

/// In the large vault. Passphrases are stretched as little as Argon2 can.
pub fn figure(place: &Place) {
    let desk = place.desk();
    let me = user(&place.reader(), "niamh");
    let key = place.key();
    let file = place.path("vault").join(attune_core::store::open::FILE);
    let (ours, raw) = (0..RUNS)
        .map(|_| {
            in_turns(
                TURNS,
                || {
                    call(&desk, "lock", json!({}));
                    let begun = std::time::Instant::now();
                    unlock(&desk, "niamh");
                    read(&desk);
                    begun.elapsed()
                },
                || {
                    let conn = attune_core::store::open::reader(&file, key.expose()).unwrap().raw();
                    bare(&conn, me)
                },
            )
        })
        .unzip();
    let name = format!("unlock to caseload less key derivation, {FAMILIES} families");
    Figure { name: &name, unit: "ms", ours, raw, expected: "ratio <= 1.5", n: RUNS * TURNS }.print();
}
