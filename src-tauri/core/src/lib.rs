//! Attune, the case record of infant mental health teams: rules, encrypted
//! store, log and commands. It knows no window; the desktop shell and
//! `attunectl` are two ways in through [`api`].

pub use attune_record::{codes, error, ids, record, store, time, vault};

pub mod access;
pub mod ace;
pub mod acts;
pub mod api;
pub mod concern;
pub mod contact;
pub mod copied;
pub mod cover;
pub mod desk;
pub mod family;
pub mod follow_up;
pub mod form;
pub mod group;
pub mod harm;
pub mod in_error;
pub mod leaving;
pub mod loss;
pub mod op;
pub mod person;
pub mod placement;
pub mod practice;
pub mod priority;
pub mod reader;
pub mod release;
pub mod reply;
pub mod schema;
pub mod screens;
pub mod session;
pub mod team;
pub mod typed;
pub mod user;
