//! Journeys through the whole core, by the same door as the window: what must
//! hold when the power button, the disk or somebody with time and a key gets in
//! the way.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "these are tests")]

mod ace;
mod acts;
mod as_they_are;
mod backup;
mod both_are_kept;
mod canary;
mod check_strip;
mod clocks;
mod concern;
mod copied;
mod cover;
mod crash;
mod exposure;
mod figures;
mod files;
mod follow_up;
mod forms;
mod group;
mod harm;
mod history;
mod idle;
mod in_error;
mod known_computer;
mod last_seen;
mod leaving;
mod listed;
mod lists;
mod log;
mod looked;
mod loss;
mod migration;
mod news;
mod not_a_file;
mod older_keys;
mod over_scopes;
mod partner;
mod passphrases;
mod practice;
mod process;
mod releases;
mod rests_on;
mod safety;
mod scopes;
mod stale;
mod standing;
mod subtracting;
mod support;
mod tamper;
mod team_lists;
mod told_apart;
mod typed;
mod under_18;
mod working_days;
