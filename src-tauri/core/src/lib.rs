//! Attune, the case record of infant mental health teams: rules, encrypted
//! store, log and commands. It knows no window; the desktop shell and
//! `attunectl` are two ways in through [`api`].

pub mod api;
pub mod codes;
pub mod desk;
pub mod domain;
pub mod error;
pub mod ids;
pub mod ops;
pub mod record;
pub mod store;
pub mod time;
pub mod vault;
