//! Protecting figures: it takes a while, tells how far it is, and can be stopped.

use crate::desk::{Desk, Progress};
use crate::error::Result;
use crate::release::{FiguresView, LookAtFigures, ReleaseRequest, ReleaseView, SummaryRefused};
use crate::reply::Reply;

impl Desk {
    /// Shows the protected tables of a period.
    pub fn look_at_figures(&self, _: &LookAtFigures, _: &dyn Progress) -> Result<Reply<FiguresView>> {
        Err(SummaryRefused::NotComplete.into())
    }

    /// Releases a period.
    pub fn release_summary(&self, _: &ReleaseRequest, _: &dyn Progress) -> Result<Reply<ReleaseView>> {
        Err(SummaryRefused::NotComplete.into())
    }
}
