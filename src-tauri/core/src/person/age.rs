//! Age, corrected age and gestation in the words staff expect.
//!
//! Age follows tables 7 and 8 of the NHS CUI Patient Banner (ISB 1505): `45min`,
//! `27hrs`, `27d`, `4w`, `4w 1d`, `12m 8d`, `4y 1m`, `34y`. From two days on it
//! goes by the calendar, so that it is the same whether or not a time of birth is
//! recorded. Corrected age and gestation are ours, labelled as such on the screen.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::codes::refusals;
use crate::loss::LossKind;
use crate::time::{Timestamp, date_words};

/// Days of a pregnancy from its dating to the due date: 40+0 weeks.
const TERM_DAYS: i64 = 280;
/// A birth before this many days (37+0 weeks) is preterm (WHO).
const PRETERM_BELOW_DAYS: i64 = 259;
/// Past this many days (42+0 weeks) a birth should have been recorded.
const POSTDATE_DAYS: i64 = 294;
/// Births outside 20+0 to 44+6 weeks mean that one of two dates is wrong.
const GESTATION_AT_BIRTH_DAYS: std::ops::RangeInclusive<i64> = 140..=314;
/// A birth before this many days (32+0 weeks) is very preterm (WHO).
const VERY_PRETERM_BELOW_DAYS: i64 = 224;
/// Corrected age is shown below this many completed corrected months: two years
/// after a very preterm birth, one after a later one (UK-WHO growth charts; NICE
/// NG72 follows very early births to two years).
const CORRECTED_BELOW_MONTHS: [i32; 2] = [24, 12];
/// No living person was born longer ago than this.
const OLDEST_YEARS: i32 = 120;

/// When a person was born, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// The date of birth.
    pub date: NaiveDate,
    /// The local time of birth; makes ages under two days exact.
    pub time: Option<NaiveTime>,
    /// The date the birth was due; makes a corrected age possible.
    pub due: Option<NaiveDate>,
}

/// What the record knows of a person's beginning and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Not yet born; the due date if it is recorded.
    Unborn {
        /// The agreed due date.
        due: Option<NaiveDate>,
    },
    /// Born and living.
    Living(Birth),
    /// Died; every prompt about age stops.
    Died {
        /// The birth, if it is recorded.
        birth: Option<Birth>,
        /// The date of death.
        on: NaiveDate,
    },
    /// A pregnancy that ended, or a death of which the day is not known.
    Ended {
        /// What happened.
        how: LossKind,
        /// The agreed due date.
        due: Option<NaiveDate>,
        /// The day.
        on: Option<NaiveDate>,
    },
    /// Born, but the date is not recorded.
    NotKnown,
}

/// One label and its value in the banner, never with a colon between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BannerWords {
    /// `Born`, `Due` or `Died`.
    pub label: &'static str,
    /// `11-Oct-2026 (6w 1d)`, or `Not recorded`.
    pub value: String,
}

refusals! {
    /// Why dates of birth or due dates cannot be taken as they are.
    pub enum BirthRefused {
        InFuture "born_in_future" => "The date of birth is in the future. Check it, or record a due date instead.",
        TooLongAgo "born_too_long_ago" => "The date of birth is more than 120 years ago. Check the year.",
        DueTooFarAhead "due_too_far_ahead" => "The due date is more than 40 weeks ahead. Check the month and the year.",
        DueDoesNotFit "due_does_not_fit" => "The due date does not fit the date of birth. Check both, or leave the due date blank.",
    }
}

impl Birth {
    /// A birth whose time and due date are not known.
    #[must_use]
    pub const fn on(date: NaiveDate) -> Self {
        Self { date, time: None, due: None }
    }

    /// This birth, if it can have happened by `now`: not in the future, at most
    /// 120 years ago, and 20+0 to 44+6 weeks pregnant when a due date is given.
    ///
    /// # Errors
    /// A refusal that says which date to check.
    pub fn checked(self, now: Timestamp) -> Result<Self, BirthRefused> {
        let today = now.date();
        if self.date > today || (self.date == today && self.age(now).is_none()) {
            return Err(BirthRefused::InFuture);
        }
        if completed_months(self.date, today) >= OLDEST_YEARS * 12 {
            return Err(BirthRefused::TooLongAgo);
        }
        match self.due {
            Some(due) if !fits_a_pregnancy(due, self.date) => Err(BirthRefused::DueDoesNotFit),
            _ => Ok(self),
        }
    }

    /// The age at `now` (`6w 1d`), nothing before birth. Below 48 hours it is
    /// elapsed time if the birth time is known (`45min`, `27hrs`), else `0d` or
    /// `1d`; from there it goes by calendar dates, and is two days at the least.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> Option<String> {
        if let Some(time) = self.time {
            let born = Timestamp::from_local(self.date.and_time(time));
            let minutes = (now.0 - born.0).div_euclid(60_000);
            let days = (now.date() - self.date).num_days();
            match minutes {
                ..0 => return None,
                0..120 => return Some(format!("{minutes}min")),
                _ if minutes < 48 * 60 => return Some(format!("{}hrs", minutes / 60)),
                // Calendar days lag behind when the clocks went back.
                _ if days < 2 => return Some("2d".to_owned()),
                _ => {}
            }
        }
        age_at(self.date, now.date())
    }

    /// How far the pregnancy had come at birth, if the due date is known.
    #[must_use]
    pub fn gestation(&self) -> Option<Gestation> {
        Gestation::on(self.due?, self.date)
    }

    /// `corrected 8w 3d`, or `corrected: before due date` before the due date: for
    /// births before 37+0 weeks until 12 corrected months, before 32+0 until 24.
    /// Else nothing.
    #[must_use]
    pub fn corrected(&self, today: NaiveDate) -> Option<String> {
        let due = self.due.filter(|_| today >= self.date)?;
        let [very_preterm, preterm] = CORRECTED_BELOW_MONTHS;
        let below = match self.gestation()?.days {
            ..VERY_PRETERM_BELOW_DAYS => very_preterm,
            VERY_PRETERM_BELOW_DAYS..PRETERM_BELOW_DAYS => preterm,
            _ => return None,
        };
        match age_at(due, today) {
            None => Some("corrected: before due date".to_owned()),
            Some(_) if completed_months(due, today) >= below => None,
            Some(age) => Some(format!("corrected {age}")),
        }
    }

    /// `11-Oct-2026 (6w 1d)` or `… (14w 3d, corrected 8w 3d)`.
    fn words(&self, now: Timestamp) -> String {
        let parts: Vec<String> = [self.age(now), self.corrected(now.date())].into_iter().flatten().collect();
        match parts.join(", ") {
            ages if ages.is_empty() => date_words(self.date),
            ages => format!("{} ({ages})", date_words(self.date)),
        }
    }

    fn spine(&self, on: NaiveDate) -> Option<String> {
        age_at(self.date, on).or_else(|| Gestation::on(self.due?, on).map(Gestation::exact))
    }
}

impl Life {
    /// What the banner says at `now`: `Born` with the age in brackets, `Due`
    /// with the pregnancy in brackets, or `Died` with the age at death outside
    /// brackets (PAB-0055 to 0060) and the date of birth; of a pregnancy that
    /// ended, that it did.
    #[must_use]
    pub fn banner(&self, now: Timestamp) -> BannerWords {
        let (label, value) = match self {
            Self::Unborn { due } => ("Due", due.map(|due| due_words(due, now.date()))),
            Self::Living(birth) => ("Born", Some(birth.words(now))),
            Self::NotKnown => ("Born", None),
            Self::Died { birth, on } => ("Died", Some(death_words(*birth, *on))),
            Self::Ended { how, on, .. } => (how.label(), on.map(date_words)),
        };
        BannerWords { label, value: value.unwrap_or_else(|| "Not recorded".to_owned()) }
    }

    /// The age of the living at `now`; nothing of anyone else.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> Option<String> {
        if let Self::Living(birth) = self { birth.age(now) } else { None }
    }

    /// How far the pregnancy with the unborn has come, if the due date is known.
    #[must_use]
    pub fn gestation(&self, today: NaiveDate) -> Option<Gestation> {
        if let Self::Unborn { due } = self { Gestation::on((*due)?, today) } else { None }
    }

    /// The age spine's words on a day: the age (`5w 4d`), before birth the
    /// gestation (`27+5`) if the due date is known, after death nothing.
    #[must_use]
    pub fn spine(&self, on: NaiveDate) -> Option<String> {
        match self {
            Self::Unborn { .. } => self.gestation(on).map(Gestation::exact),
            Self::Living(birth) => birth.spine(on),
            Self::Died { birth, on: died } => birth.filter(|_| on <= *died)?.spine(on),
            Self::Ended { due, on: ended, .. } => {
                Gestation::on((*due)?, on).filter(|_| ended.is_some_and(|ended| on <= ended)).map(Gestation::exact)
            }
            Self::NotKnown => None,
        }
    }
}

/// How far a pregnancy has come: whole days since its dating, 280 at the due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gestation {
    days: i64,
}

impl Gestation {
    /// The gestation on a day: 280 − (due − day) days; nothing before 0+0.
    #[must_use]
    pub fn on(due: NaiveDate, day: NaiveDate) -> Option<Self> {
        Some(Self { days: pregnancy_days(due, day) }).filter(|gestation| gestation.days >= 0)
    }

    /// Completed days.
    #[must_use]
    pub const fn days(self) -> i64 {
        self.days
    }

    /// Weeks and days as midwives write them: `27+5`.
    #[must_use]
    pub fn exact(self) -> String {
        format!("{}+{}", self.days / 7, self.days % 7)
    }

    /// `24w pregnant`; with days past the due date (`41w 2d pregnant`); past
    /// 42+0 `past due date, birth not recorded`.
    #[must_use]
    pub fn words(self) -> String {
        let (weeks, days) = (self.days / 7, self.days % 7);
        match self.days {
            past if past > POSTDATE_DAYS => "past due date, birth not recorded".to_owned(),
            past if past > TERM_DAYS => format!("{} pregnant", both(weeks, "w", days, "d")),
            _ => format!("{weeks}w pregnant"),
        }
    }
}

/// Whether a birth on this day can be of the pregnancy with this due date.
#[must_use]
pub fn fits_a_pregnancy(due: NaiveDate, born: NaiveDate) -> bool {
    GESTATION_AT_BIRTH_DAYS.contains(&pregnancy_days(due, born))
}

/// The due date of a pregnancy, if it is at most 40 weeks ahead.
///
/// # Errors
/// [`BirthRefused::DueTooFarAhead`].
pub fn checked_due(due: NaiveDate, today: NaiveDate) -> Result<NaiveDate, BirthRefused> {
    if pregnancy_days(due, today) < 0 {
        return Err(BirthRefused::DueTooFarAhead);
    }
    Ok(due)
}

/// The age on a day by calendar dates alone (`0d`, `27d`, `6w`, `6w 1d`, `12m 8d`,
/// `4y 1m`, `34y`); nothing before birth. A monthly or yearly birthday that a
/// month lacks falls on the first of the next: 29-Feb on 01-Mar, as in UK law.
#[must_use]
pub fn age_at(born: NaiveDate, on: NaiveDate) -> Option<String> {
    let days = (on - born).num_days();
    let months = completed_months(born, on);
    Some(match (days, months) {
        (..0, _) => return None,
        (..28, _) => format!("{days}d"),
        (_, ..12) => both(days / 7, "w", days % 7, "d"),
        (_, ..24) => both(months.into(), "m", (on - birthday(born, months)).num_days(), "d"),
        (_, ..216) => both((months / 12).into(), "y", (months % 12).into(), "m"),
        _ => format!("{}y", months / 12),
    })
}

/// A larger unit and a smaller; without the smaller where it is zero.
fn both(larger: i64, unit: &str, smaller: i64, small: &str) -> String {
    if smaller == 0 { format!("{larger}{unit}") } else { format!("{larger}{unit} {smaller}{small}") }
}

/// Completed months by the month of birth alone, whatever the day: who was born in March is 6 months
/// old in September. Everybody who was born in one month grows older on the first of the same months.
#[must_use]
pub fn months_by_month(born: NaiveDate, on: NaiveDate) -> i32 {
    (on.year() - born.year()) * 12 + on.month().cast_signed() - born.month().cast_signed()
}

/// Whole years from one day to another; negative if it is before.
#[must_use]
pub fn years(from: NaiveDate, to: NaiveDate) -> i32 {
    completed_months(from, to).div_euclid(12)
}

/// The time since birth as the antenatal and postnatal group tells it (domain
/// reference §3, PG01), by the same completed months as every age.
#[must_use]
pub fn postnatal_words(born: NaiveDate, on: NaiveDate) -> &'static str {
    match ((on - born).num_days(), completed_months(born, on)) {
        (..42, _) => "birth to 6 weeks",
        (_, ..6) => "6 weeks to 6 months",
        (_, 6..12) => "6 to 12 months",
        (_, 12..24) => "12 to 24 months",
        _ => "over 24 months",
    }
}

/// `12-Mar-2027 (24w pregnant)`.
fn due_words(due: NaiveDate, today: NaiveDate) -> String {
    match Gestation::on(due, today) {
        Some(gestation) => format!("{} ({})", date_words(due), gestation.words()),
        None => date_words(due),
    }
}

/// `09-Nov-2026, age at death 4w 1d, born 11-Oct-2026`.
fn death_words(birth: Option<Birth>, on: NaiveDate) -> String {
    let Some(birth) = birth else { return date_words(on) };
    let age = age_at(birth.date, on).map(|age| format!(", age at death {age}")).unwrap_or_default();
    format!("{}{age}, born {}", date_words(on), date_words(birth.date))
}

fn pregnancy_days(due: NaiveDate, day: NaiveDate) -> i64 {
    TERM_DAYS - (due - day).num_days()
}

/// Whole months from `born` to `on`; negative before birth.
fn completed_months(born: NaiveDate, on: NaiveDate) -> i32 {
    let months = months_by_month(born, on);
    if on.day() < born.day() { months - 1 } else { months }
}

/// The day on which someone born on `born` completes `months`.
fn birthday(born: NaiveDate, months: i32) -> NaiveDate {
    let first = born - Days::new(u64::from(born.day0()));
    let first = first + chrono::Months::new(months.unsigned_abs());
    // Days overflow into the next month; the first of it is meant.
    let day = first + Days::new(u64::from(born.day0()));
    if day.month() == first.month() { day } else { day - Days::new(u64::from(day.day0())) }
}

#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod tests;
