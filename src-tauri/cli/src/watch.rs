//! A bar for what takes longer than a second.

use std::time::Duration;

use attune_core::desk::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar on standard error; nothing where that is not a terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar that appears with the first report.
    pub fn new() -> Self {
        let bar = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        bar.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(8));
        Self(bar)
    }
}

impl Progress for Bar {
    fn report(&self, done: u64, total: u64, words: &str) {
        self.0.set_length(total);
        self.0.set_position(done);
        self.0.set_message(words.to_owned());
        if done >= total {
            self.0.finish_and_clear();
        } else {
            self.0.enable_steady_tick(Duration::from_millis(250));
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}
