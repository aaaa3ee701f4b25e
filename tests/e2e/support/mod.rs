//! What the journeys stand on. A journey makes a [`place::Place`], opens an
//! [`app::App`] on it, types with [`keys::Keyboard`], looks with [`screen`] and
//! lets [`axe`] look too.

pub mod app;
pub mod axe;
pub mod canary;
pub mod driver;
pub mod keys;
pub mod place;
pub mod practice;
pub mod screen;
