//! What stands in the release room: which periods are complete, which frame is counted from, which computer releases,
//! what was seen and what has left.

use attune_disclosure::{Publication, When};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::DeviceId;
use crate::release::ops::protecting::said;
use crate::release::ops::views::figures_of;
use crate::release::records::{Frame, Release, ReleaseSaid, ReleaseWord};
use crate::release::rows as releases;
use crate::release::{FinancialYear, Period, Quarter, ReleaseId, SummaryRefused, TableAsked};
use crate::store::db::Db;
use crate::store::{entries, vault};
use crate::time::{day_time_words, day_words};
use crate::user::rows as users;

/// On so many days something must have been recorded of families after a period before it is taken to be over. What is done
/// with figures or users is no such thing: who sets the clock forward to count half a quarter cannot write about a family.
const DAYS_AFTER: usize = 2;

/// Which periods are complete.
pub struct Calendar<'a> {
    conn: &'a Db,
    today: NaiveDate,
    /// The latest days on which anything was recorded of a family.
    days: Vec<NaiveDate>,
}

impl<'a> Calendar<'a> {
    /// As the log and the clock have it.
    pub fn read(conn: &'a Db, today: NaiveDate) -> Result<Self> {
        Ok(Self { conn, today, days: entries::latest_days(conn, DAYS_AFTER)? })
    }

    /// Whether a period has ended by the clock.
    pub fn has_ended(&self, period: Period) -> bool {
        period.last_day() < self.today
    }

    /// Why a period is not complete; none if it is. A clock that was set forward completes nothing: work on two days
    /// after the period does, or a service lead’s word.
    pub fn not_complete(&self, period: Period) -> Result<Option<SummaryRefused>> {
        if !self.has_ended(period) {
            return Ok(Some(SummaryRefused::NotComplete));
        }
        let worked_after = self.days.len() == DAYS_AFTER && self.days.iter().all(|day| *day > period.last_day());
        Ok((!worked_after && releases::ready(self.conn, period)?.is_none()).then_some(SummaryRefused::NotOver))
    }
}

/// `Lead said on Mon 05-Oct-2026 that this period is over and ready`; empty if no lead has.
pub fn ready_words(conn: &Db, period: Period) -> Result<String> {
    let Some(ready) = releases::ready(conn, period)? else { return Ok(String::new()) };
    Ok(format!("{} said on {} that this period is over and ready", users::name(conn, ready.by)?, day_words(ready.at.date())))
}

/// From which state of the record figures are counted, in words.
pub fn frame_words(conn: &Db, frame: &Frame) -> Result<String> {
    let (when, who) = (day_time_words(frame.at.local()), users::name(conn, frame.by)?);
    let again = if frame.number == 0 { String::new() } else { format!(". Counted again: {}", frame.reason) };
    Ok(format!("Counted from the record of {when} ({who}){again}"))
}

/// The frame of a day that stands; none before the first look.
pub fn frame(conn: &Db, quarter: Quarter) -> Result<Option<Frame>> {
    Ok(releases::frames(conn, quarter)?.pop())
}

/// Whether a computer may look and release: it is the one, and the record is in the place on it that it was in when it became so.
pub fn has_seat(conn: &Db, device: DeviceId) -> Result<bool> {
    let here = vault::here(conn)?;
    Ok(releases::seat(conn)?.is_some_and(|seat| seat.device == device && here.is_some_and(|here| seat.computer == here)))
}

/// Whether figures of a period may leave this computer; with every period whose figures left from elsewhere and are not at hand.
///
/// # Errors
/// [`SummaryRefused::NoSeat`] and [`SummaryRefused::LeftElsewhere`].
pub fn may_leave(conn: &Db, period: Period, device: DeviceId) -> Result<Vec<Period>> {
    if !has_seat(conn, device)? {
        return Err(SummaryRefused::NoSeat.into());
    }
    let elsewhere = elsewhere(conn)?;
    let lost: Vec<Period> =
        elsewhere.iter().filter(|left| left.figures.is_none()).filter_map(|left| Period::parse(&left.period).ok()).collect();
    if lost.iter().any(|lost| lost.overlaps(period)) {
        return Err(SummaryRefused::LeftElsewhere.into());
    }
    Ok(lost)
}

/// Whether a release that waits can still leave: all that was checked when it was asked for, and nothing is known now that it was
/// not proven beside.
///
/// # Errors
/// As [`may_leave`], and [`SummaryRefused::SinceAsked`].
pub fn still_stands(conn: &Db, release: &Release, device: DeviceId) -> Result<()> {
    may_leave(conn, release.period, device)?;
    if beside(conn, Some(release.id))? != release.beside {
        return Err(SummaryRefused::SinceAsked.into());
    }
    Ok(())
}

/// The checksum of everything that was seen or is said to have left, but one release itself.
pub fn beside(conn: &Db, but: Option<ReleaseId>) -> Result<String> {
    let own = but.map(|but| Ok::<_, Error>(figures_of(&one(conn, but)?.release.figures)?.name)).transpose()?;
    let seen: Vec<Publication> = seen(conn)?.into_iter().filter(|seen| own.as_ref() != Some(&seen.name)).collect();
    let lost: Vec<String> = elsewhere(conn)?.into_iter().filter(|left| left.figures.is_none()).map(|left| left.period).collect();
    let all = serde_json::to_vec(&(seen, lost)).map_err(|_| Error::internal("what was seen"))?;
    Ok(blake3::hash(&all).to_hex().to_string())
}

/// A frame’s day, as the protector has it.
pub fn when(frame: &Frame) -> When {
    When { quarter: frame.quarter.index(), frame: u32::try_from(frame.number).unwrap_or(0) }
}

/// Whether figures are of a state of this record: how another computer’s differ from it, nobody here can count.
pub const fn is_of_this_record(when: When) -> bool {
    when.frame < ELSEWHERE
}

/// Frames of another computer are numbered from here: they are of no state of this record.
const ELSEWHERE: u32 = 1_000;

/// Figures that left from elsewhere, as the seat that was taken keeps them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The period.
    pub period: String,
    /// What was in the file; none if it was not at hand.
    pub figures: Option<Publication>,
    /// Whether its file is that of a release of this register, which says all of it already.
    #[serde(default)]
    pub here: bool,
    /// That it was said in error: nothing of the period has left.
    #[serde(default)]
    pub taken_back: bool,
}

/// Everything that has left from elsewhere, as far as it was said.
pub fn elsewhere(conn: &Db) -> Result<Vec<Elsewhere>> {
    let mut all: Vec<(u32, Elsewhere)> = Vec::new();
    let mut number = 0;
    for seat in releases::seats(conn)? {
        let said: Vec<Elsewhere> = serde_json::from_str(&seat.left_elsewhere).map_err(|_| Error::damaged())?;
        // A file that was brought later says what one without had left open.
        let of = |before: &Elsewhere| said.iter().find(|left| left.period == before.period);
        all.retain(|(_, before)| of(before).is_none_or(|left| before.figures.is_some() && !left.taken_back));
        for left in said {
            // Numbered by all that was ever said: what is called so once is called so for ever.
            number += 1;
            let twice = left.figures.is_some() && all.iter().any(|(_, before)| before.figures == left.figures);
            if !left.here && !left.taken_back && !twice {
                all.push((number, left));
            }
        }
    }
    let named = all.into_iter().map(|(number, mut left)| {
        if let Some(figures) = &mut left.figures {
            figures.name = format!("{} from another computer {number}", left.period);
            figures.when.frame = ELSEWHERE + number - 1;
        }
        left
    });
    Ok(named.collect())
}

/// Everything that somebody has seen: looks, releases whatever became of them, and what has left from elsewhere. Only what
/// was sealed has left, also if it was withdrawn since.
pub fn seen(conn: &Db) -> Result<Vec<Publication>> {
    let read = |figures: &str, left: bool| {
        let read = serde_json::from_str::<Publication>(figures).map_err(|_| Error::damaged())?;
        Ok::<_, Error>(Publication { left, ..read })
    };
    let mut seen = Vec::new();
    for look in releases::looks(conn)? {
        seen.push(read(&look.figures, false)?);
    }
    for stand in stands(conn)? {
        seen.push(read(&stand.release.figures, stand.sealed)?);
    }
    seen.extend(elsewhere(conn)?.into_iter().filter_map(|left| left.figures));
    Ok(seen)
}

/// How the name of a release of a practice record begins: no other record takes it for one of families.
pub const PRACTICE: &str = "practice ";

/// What the name of a publication says, in words: `April to June 2026`, `April to June 2026 (looked at, not released)`.
pub fn named(publication: &str) -> String {
    let publication = publication.strip_prefix(PRACTICE).unwrap_or(publication);
    let (code, rest) = publication.split_once(' ').unwrap_or((publication, ""));
    let period = Period::parse(code).map_or_else(|_| code.to_owned(), Period::words);
    match rest {
        rest if rest.starts_with("look") => format!("{period} (looked at, not released)"),
        rest if rest.starts_with("from") => format!("{period} (from another computer)"),
        _ => period,
    }
}

/// What a table cannot stand beside, in words: the release by its period and day; if it was only looked at, when and in which lines.
pub fn known_as(conn: &Db, publication: &str, table: &str) -> Result<String> {
    let is_it = |figures: &str| -> Result<Option<Publication>> {
        let read: Publication = serde_json::from_str(figures).map_err(|_| Error::damaged())?;
        Ok((read.name == publication).then_some(read))
    };
    for stand in stands(conn)? {
        if is_it(&stand.release.figures)?.is_some() {
            let (period, day) = (stand.release.period.words(), day_words(stand.release.made_at.date()));
            return Ok(match stand.sealed {
                true => format!("the release of {period} of {day}, table “{table}”"),
                false => format!("the release of {period} that was asked for on {day} and has not left, table “{table}”"),
            });
        }
    }
    for look in releases::looks(conn)? {
        if let Some(figures) = is_it(&look.figures)? {
            let lines = figures.tables.iter().find(|seen| seen.title() == table).map(|seen| said(seen.spec(), seen.banding()));
            let lines = lines.map(|lines| format!(" in the lines “{lines}”")).unwrap_or_default();
            let (period, at) = (look.period.words(), day_time_words(look.at.local()));
            return Ok(format!("the figures of {period} that were only looked at, on {at}, table “{table}”{lines}"));
        }
    }
    Ok(format!("{}, table “{table}”", named(publication)))
}

/// A release with what was said of it.
pub struct Stand {
    /// The release.
    pub release: Release,
    /// What was said of it, first to last.
    pub words: Vec<ReleaseWord>,
    /// Whether its files were sealed.
    pub sealed: bool,
}

impl Stand {
    /// A release as it stands.
    pub fn of(conn: &Db, release: Release) -> Result<Self> {
        let words = releases::words(conn, release.id)?;
        let sealed = !releases::files(conn, release.id)?.is_empty();
        Ok(Self { release, words, sealed })
    }

    /// The last that somebody said of this kind.
    pub fn said(&self, what: ReleaseSaid) -> Option<&ReleaseWord> {
        self.words.iter().rfind(|word| word.said == what)
    }

    /// That it was declined, or taken back by whoever asked.
    pub fn not_to_be(&self) -> Option<&ReleaseWord> {
        self.said(ReleaseSaid::Declined).or_else(|| self.said(ReleaseSaid::TakenBack))
    }

    /// Whether it was withdrawn.
    pub fn is_withdrawn(&self) -> bool {
        self.said(ReleaseSaid::Withdrawn).is_some()
    }

    /// Whether a second person has still to answer.
    pub fn waits(&self) -> bool {
        !self.sealed && self.not_to_be().is_none()
    }
}

/// Every release as it stands, first to last by the log.
pub fn stands(conn: &Db) -> Result<Vec<Stand>> {
    releases::all(conn)?.into_iter().map(|release| Stand::of(conn, release)).collect()
}

/// The sealed release of a period that stands for it: the last that was not withdrawn; if all were, the last.
pub fn sealed(stands: &[Stand], period: Period) -> Option<&Stand> {
    let all = || stands.iter().filter(|stand| stand.sealed && stand.release.period == period);
    all().rfind(|stand| !stand.is_withdrawn()).or_else(|| all().next_back())
}

/// What has left of a period from elsewhere, as its files were called there, first to last.
pub fn brought(conn: &Db, period: Period) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for seat in releases::seats(conn)? {
        let said: Vec<Elsewhere> = serde_json::from_str(&seat.left_elsewhere).map_err(|_| Error::damaged())?;
        for left in said.into_iter().filter(|left| left.period == period.code()) {
            if left.taken_back {
                names.clear();
            }
            names.extend(left.figures.map(|figures| figures.name));
        }
    }
    Ok(names)
}

/// Whether a period was released twice, by computers that did not know of each other.
pub fn is_incident(conn: &Db, stands: &[Stand], period: Period) -> Result<bool> {
    let is_first = |release: &Release| release.corrects.is_none() && release.corrects_elsewhere.is_empty();
    let first = stands.iter().filter(|stand| stand.sealed && stand.release.period == period && is_first(&stand.release)).count();
    Ok(first > 1 || (first == 1 && !brought(conn, period)?.is_empty()))
}

/// The release that waits for a second person.
pub fn waiting(stands: &[Stand]) -> Option<&Stand> {
    stands.iter().find(|stand| stand.waits())
}

/// One release as it stands, by its id.
///
/// # Errors
/// [`SummaryRefused::NoRelease`].
pub fn one(conn: &Db, release: ReleaseId) -> Result<Stand> {
    let found = releases::find(conn, release)?.ok_or(SummaryRefused::NoRelease)?;
    Stand::of(conn, found)
}

/// The banding of each table that a year’s plan has for its quarters; empty without a plan, and for a year itself.
pub fn planned(conn: &Db, period: Period) -> Result<Vec<TableAsked>> {
    let Period::Quarter(quarter) = period else { return Ok(Vec::new()) };
    plan_of(conn, FinancialYear::of(quarter.last_day()))
}

/// The plan of a year; empty if there is none.
pub fn plan_of(conn: &Db, year: FinancialYear) -> Result<Vec<TableAsked>> {
    let Some(plan) = releases::plan(conn, year)? else { return Ok(Vec::new()) };
    serde_json::from_str(&plan.tables).map_err(|_| Error::damaged())
}

/// That a period was released twice.
pub fn incident_words(period: Period) -> String {
    format!(
        "{} was released twice, from two computers. Whoever has both files may work out a small number. Tell information governance, \
         and withdraw one of them.",
        period.words()
    )
}
