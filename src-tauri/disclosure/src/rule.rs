//! The numbers of the rule. They are data: an information governance lead sets them.

use serde::{Deserialize, Serialize};

/// By which numbers a release is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A count below this is small: 3 to 11.
    pub threshold: u32,
    /// Shown numbers are rounded to the nearest multiple of this, halves up; 1 for not at all.
    pub base: u32,
    /// There is no table of fewer contributors than this.
    pub smallest_frame: u32,
    /// A sum is shown of at least this many contributors, none of whom has more than half of it.
    pub sums_from: u32,
}

impl Rule {
    /// Of a series in which a table is released each quarter.
    pub const QUARTER: Self = Self { threshold: 5, base: 5, smallest_frame: 20, sums_from: 10 };
    /// Of a table that is released once a year.
    pub const YEAR: Self = Self { base: 1, ..Self::QUARTER };

    /// The rule as it is printed on a release.
    pub fn words(&self) -> String {
        let rounded = match self.base {
            1 => String::new(),
            base => {
                format!(" Every other number is rounded to the nearest {base}, totals too, so that lines need not add up to their total.")
            }
        };
        format!(
            "Counts below {t}, counts from fewer than {t} families, and what could give one of them away are shown as [c]. \
             Of contacts, a number is shown if it comes from at least {sums} families and none of them has more than half.{rounded} \
             No table is made of fewer than {frame} families.",
            t = self.threshold,
            sums = self.sums_from,
            frame = self.smallest_frame,
        )
    }
}
