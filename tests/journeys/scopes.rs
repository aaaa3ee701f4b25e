//! Who sees whose record. Everything here goes through the one door, as the
//! window does; what a screen hides is never the reason for a pass.

mod commands;
mod families;
mod practice;
mod requests;
mod roles;
mod words;
