//! Who sees whose record. Everything here goes through the one door, as the
//! window does; what a screen hides is never the reason for a pass.

pub mod commands;
mod families;
pub mod practice;
mod requests;
mod roles;
mod unknown;
mod words;
