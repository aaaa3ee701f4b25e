//! The figures of the core, ours beside the raw thing, both in one run:
//! `make bench`. One JSON object a line; docs/bench.md says what each means.
//!
//! A word after `--` runs only the figures whose group has it:
//! `cargo bench -p attune-core --bench figures -- signing`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "it measures, and stops at the first surprise")]

mod backup;
mod caseload;
mod log;
mod measure;
mod pages;
mod place;
mod register;
mod search;
mod signing;
mod unlock;

use place::Place;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wants = |group: &str| wanted.is_empty() || wanted.iter().any(|word| group.contains(word.as_str()));
    if wants("pages") {
        pages::bytes();
    }
    if wants("register") {
        register::figures();
    }
    if wants("bytes") {
        log::bytes_per_field();
    }
    if wants("signing") {
        signing::forced_write();
        signing::small();
    }
    if ["signing", "caseload", "search", "unlock", "verify", "rebuild", "backup"].into_iter().any(wants) {
        let large = Place::large();
        for (group, figure) in [
            ("caseload", caseload::figures as fn(&Place)),
            ("search", search::figures),
            ("unlock", unlock::figure),
            ("signing", signing::large),
            ("verify", log::verify),
            ("rebuild", log::rebuild),
            ("backup", backup::figures),
        ] {
            if wants(group) {
                figure(&large);
            }
        }
    }
}
