//! The rules of the field: pure types and functions. Nothing here knows SQL,
//! the clock, a file or a window.

pub mod ace;
pub mod age;
pub mod asked;
pub mod backup;
pub mod check_words;
pub mod choice;
pub mod clock;
pub mod code_list;
pub mod concern;
pub mod contact;
pub mod counted;
pub mod family;
pub mod fold;
pub mod form;
pub mod health_care_number;
pub mod in_error;
pub mod note_words;
pub mod one_time;
pub mod person;
pub mod person_name;
pub mod person_words;
pub mod placement;
pub mod priority;
pub mod saved;
pub mod seen;
pub mod settings;
pub mod signing;
pub mod signing_in;
pub mod summary;
pub mod typed;
pub mod user;
pub mod views;
pub mod when;
pub mod written;
