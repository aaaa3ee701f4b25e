//! Protecting figures: it takes a while, tells how far it is, and can be stopped. The record is read on a connection
//! of its own, so that nobody waits for it.

use crate::desk::backup::UntilLocked;
use crate::desk::{Desk, Progress};
use crate::error::Result;
use crate::release::ops::protecting::{Asked, Made, made};
use crate::release::ops::{looking, sealing};
use crate::release::{FiguresView, LookAtFigures, ReleaseRequest, ReleaseView};
use crate::reply::Reply;
use crate::store::open;

/// Counting, counting what was seen before, protecting, looking for another way.
const PARTS: u64 = 4;

impl Desk {
    /// Counts a period and shows its protected tables. The look is kept before it is shown.
    ///
    /// # Errors
    /// See [`SummaryRefused`](crate::release::SummaryRefused); nothing was shown.
    pub fn look_at_figures(&self, request: &LookAtFigures, progress: &dyn Progress) -> Result<Reply<FiguresView>> {
        let asked = match self.write(|session| looking::begin(session, request))? {
            Ok(asked) => asked,
            Err(shown) => return Ok(shown),
        };
        let made = self.protected(asked, progress)?;
        self.write(|session| looking::keep(session, &made))
    }

    /// Releases a period.
    ///
    /// # Errors
    /// See [`SummaryRefused`](crate::release::SummaryRefused); nothing was released.
    pub fn release_summary(&self, request: &ReleaseRequest, progress: &dyn Progress) -> Result<Reply<ReleaseView>> {
        let (asked, wanted) = self.write(|session| sealing::begin(session, request))?;
        let made = self.protected(asked, progress)?;
        self.write(|session| sealing::keep(session, &made, &wanted))
    }

    fn protected(&self, asked: Asked, progress: &dyn Progress) -> Result<Made> {
        let progress = UntilLocked::of(self, progress);
        let conn = self.with_open(|open| open::reader(&self.setup.folder.join(open::FILE), open.key.expose()))?;
        let (mut part, mut last) = (0, String::new());
        made(&conn, asked, &mut |words| {
            if words != last {
                last = words.to_owned();
                progress.report(part, PARTS.max(part + 1), words);
                part += 1;
            }
            !progress.cancelled()
        })
    }
}
