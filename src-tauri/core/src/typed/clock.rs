//! Whether the clock of the computer can be right, seen from what was last
//! entered: ages, dates and times of signing are counted from it.

use crate::time::{CLOCKS_APART_MINUTES, Timestamp, date_words, day_time_words};

/// After so many days without an entry the clock is asked about.
const LONG_DAYS: i64 = 60;

/// What to say of the clock at sign-in when the last entry was made at `last`, and
/// the log knows of `known`, which is `now` or later; none if there is nothing to ask.
#[must_use]
pub fn doubt(last: Option<Timestamp>, known: Timestamp, now: Timestamp) -> Option<String> {
    let last = last?;
    if now.plus_minutes(CLOCKS_APART_MINUTES) < known {
        return Some(format!(
            "This computer’s clock says {}, but the latest entry in the record is dated {}. One of the two is wrong. Check the clock before \
             you write anything: ages, dates and signatures are taken from it.",
            day_time_words(now.local()),
            day_time_words(known.local())
        ));
    }
    let days = (now.date() - last.date()).num_days();
    (days > LONG_DAYS).then(|| {
        format!(
            "By this computer’s clock it is {}, and the last entry in the record was made {days} days ago. If that is not so, set the clock \
             before you write anything: ages, dates and signatures are taken from it.",
            date_words(now.date())
        )
    })
}

/// What is said of an entry that was recorded about when a clock went back by
/// `minutes`; empty for so few that two clocks may differ by them.
#[must_use]
pub fn gone_back_words(minutes: i64) -> String {
    let span = if minutes <= CLOCKS_APART_MINUTES {
        return String::new();
    } else if minutes < 2 * 60 {
        format!("{minutes} minutes")
    } else if minutes < 2 * 24 * 60 {
        format!("{} hours", minutes / 60)
    } else {
        format!("{} days", minutes / (24 * 60))
    };
    format!("The clock was {span} wrong when this or an entry beside it was recorded: check its date")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: Timestamp = Timestamp(1_795_447_260_000);

    #[test]
    fn a_clock_is_asked_about_when_it_is_behind_the_record_or_long_after_it() {
        for (minutes, says) in [
            (0, None),
            (-10, None),
            (-11, Some("One of the two is wrong")),
            (-60 * 24 * 365, Some("One of the two is wrong")),
            (60 * 24 * 60, None),
            (60 * 24 * 61, Some("61 days ago")),
        ] {
            let now = LAST.plus_minutes(minutes);
            let said = doubt(Some(LAST), LAST.max(now), now);
            assert_eq!(said.is_some(), says.is_some(), "{minutes}: {said:?}");
            assert!(said.unwrap_or_default().contains(says.unwrap_or_default()), "{minutes}");
        }
        assert_eq!(doubt(None, LAST, LAST), None);
        // After a first entry with the clock set back it is said still.
        let behind = LAST.plus_minutes(-60 * 24);
        assert!(doubt(Some(behind), LAST, behind).is_some());
    }

    #[test]
    fn how_far_a_clock_went_back_is_said_in_whole_spans() {
        for (minutes, span) in
            [(10, ""), (11, "11 minutes"), (119, "119 minutes"), (120, "2 hours"), (2_879, "47 hours"), (2_880, "2 days")]
        {
            let words = gone_back_words(minutes);
            assert_eq!((words.is_empty(), words.contains(span)), (span.is_empty(), true), "{minutes}: {words}");
        }
    }
}
