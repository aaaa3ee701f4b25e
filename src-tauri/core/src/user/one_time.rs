//! How long a passphrase that was handed over opens anything.

use crate::codes::refusals;
use crate::error::Error;
use crate::time::{Timestamp, day_time_words};

/// So long after it was made.
pub const HOURS: i64 = 72;

/// A clock that is further back than this before a passphrase was made is
/// wrong, now or then.
const CLOCK_MAY_BE_BACK_HOURS: i64 = 24;

/// Until when a passphrase made at `at` opens the record.
#[must_use]
pub const fn until(at: Timestamp) -> Timestamp {
    at.plus_minutes(HOURS * 60)
}

/// Until when, in words: `Thu 26-Nov-2026, 15:21`.
#[must_use]
pub fn until_words(at: Timestamp) -> String {
    day_time_words(until(at).local())
}

/// Whether a passphrase made at `at` has run out. `seen` is the latest instant
/// at which anything was done in the record since it was made: a clock that was
/// set back does not lengthen its time.
///
/// # Errors
/// `passphrase_ran_out`, or `passphrase_clock` when the clock is behind the day
/// on which it was made.
pub fn still_opens(at: Timestamp, now: Timestamp, seen: Option<Timestamp>) -> Result<(), Error> {
    if let Some(seen) = seen.filter(|seen| *seen > until(at) && now <= until(at)) {
        let words = format!(
            "This one-time passphrase could be used until {}, and there is an entry in the record dated {}, so its time is taken to be over. \
             Ask a service lead for a new one.",
            until_words(at),
            day_time_words(seen.local())
        );
        return Err(OneTimeRefused::RanOut.says(words));
    }
    if now > until(at) {
        let words = format!(
            "This one-time passphrase could be used until {}. By this computer’s clock it is now {}; if that is wrong, set the clock. \
             Otherwise ask a service lead for a new one.",
            until_words(at),
            day_time_words(now.local())
        );
        return Err(OneTimeRefused::RanOut.says(words));
    }
    if now.plus_minutes(CLOCK_MAY_BE_BACK_HOURS * 60) < at {
        let words = format!(
            "This computer’s clock says {}, which is before this one-time passphrase was made ({}). \
             Set the clock, or ask a service lead for a new passphrase.",
            day_time_words(now.local()),
            day_time_words(at.local())
        );
        return Err(OneTimeRefused::Clock.says(words));
    }
    Ok(())
}

refusals! {
    /// A passphrase that was handed over.
    pub enum OneTimeRefused {
        RanOut "passphrase_ran_out" at "passphrase",
        Clock "passphrase_clock" at "passphrase",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: Timestamp = Timestamp(1_795_447_260_000);

    fn after(hours: i64) -> Timestamp {
        MADE.plus_minutes(hours * 60)
    }

    fn answer(now: Timestamp, seen: Option<Timestamp>) -> String {
        still_opens(MADE, now, seen).err().map_or_else(String::new, |error| error.code.to_string())
    }

    #[test]
    fn it_opens_for_three_days_and_the_clock_may_be_a_day_out() {
        for (hours, code) in [
            (0, ""),
            (72, ""),
            (73, "passphrase_ran_out"),
            (24 * 365, "passphrase_ran_out"),
            (-1, ""),
            (-24, ""),
            (-25, "passphrase_clock"),
            (-24 * 365, "passphrase_clock"),
        ] {
            assert_eq!(answer(after(hours), None), code, "{hours} h");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_lengthen_its_time() {
        assert_eq!(answer(after(2), Some(after(80))), "passphrase_ran_out");
        assert_eq!(answer(after(2), Some(after(1))), "");
    }

    #[test]
    fn the_sentence_says_what_is_so_whichever_clock_was_wrong() {
        let error = still_opens(MADE, after(2), Some(after(80))).expect_err("ran out");
        assert!(!error.message.contains("it is now") && error.message.contains(&day_time_words(after(80).local())), "{}", error.message);
        let error = still_opens(MADE, after(100), None).expect_err("ran out");
        assert!(error.message.contains(&until_words(MADE)), "{}", error.message);
    }
}
