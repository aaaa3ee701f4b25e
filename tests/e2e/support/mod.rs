//! What the journeys stand on. A journey makes a [`place::Place`], opens an
//! [`app::App`] on it, types with [`keys::Keyboard`], looks with [`screen`] and
//! lets [`axe`] look too.

use std::time::Duration;

/// How long anything is waited for before a test fails: only a test that fails
/// ever waits so long, and a machine with a dozen other things to do is not a
/// fault of ours.
pub const PATIENCE: Duration = Duration::from_secs(90);

pub mod app;
pub mod axe;
pub mod canary;
pub mod controls;
pub mod driver;
pub mod forms;
pub mod keys;
pub mod place;
pub mod practice;
pub mod screen;
