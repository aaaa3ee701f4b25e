//! Somebody is away for a time: who covers their families has them as key
//! worker until a service lead gives them back. Nothing happens by itself on a day.

pub mod ops;
pub mod rows;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::error::{Error, Result};
use crate::family::{EpisodeId, StaffChoice};
use crate::ids::{FamilyId, UserId, ids};
use crate::leaving::Place;
use crate::record::record;
use crate::time::{Timestamp, day_words};
use crate::typed::when::{self, Lean};
use crate::typed::{counted, says_why};
use crate::user::User;

ids! {
    /// The cover of one family for an absence.
    CoverId as "string & { readonly of: 'Cover' }" in "cover",
}

record! {
    /// That somebody has a family as its key worker while another is away.
    Cover = "cover" "cover for an absence", amended, in family, about Family, signed "by" "at", [Users Caseload Family];
    id id: CoverId;
    family: FamilyId, "Family", Fixed Inside;
    episode: EpisodeId, "Episode", Fixed Inside;
    /// Who is away.
    of: UserId, "Away", Fixed Open;
    covered_by: UserId, "Covered by", Fixed Open;
    /// Until when, as it was meant: nothing ends by itself on that day.
    until: NaiveDate, "Until", Fixed Open;
    reason: String, "Reason", Fixed Open;
    by: UserId, "Arranged by", Fixed Open;
    at: Timestamp, "Arranged at", Fixed Open;
    /// None while it lasts.
    ended_on: Option<NaiveDate>, "Ended on", Plain Open;
}

/// Who is away, who covers, until when and why.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoverFamilies {
    /// Who is away.
    pub user: UserId,
    /// Who covers; none until somebody is chosen.
    #[serde(default)]
    pub covered_by: Option<UserId>,
    /// Until when, as typed.
    pub until: String,
    /// Why.
    pub reason: String,
}

/// Whose families are given back.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveBack {
    /// Who was away.
    pub user: UserId,
}

/// What was done with the families, in words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CoverSaved {
    /// `1 family went back to Niamh. 1 stays with whom it was given to since: F26-7K2Q (Tara).`
    pub words: String,
}

/// The cover of somebody's families while it lasts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lasting {
    /// Who is away.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// `Owen covers 2 families for Niamh until Mon 30-Nov-2026: On leave`.
    pub words: String,
}

/// Covers that last, and what a new one is arranged from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CoversView {
    /// Those that last, one for each who is away.
    pub lasting: Vec<Lasting>,
    /// Who is key worker of an open family, and is not covered.
    pub with_families: Vec<UserId>,
    /// Who can be a key worker.
    pub choices: Vec<StaffChoice>,
}

/// A cover that may be arranged.
#[derive(Debug, Clone)]
pub struct Arranged {
    /// Who covers.
    pub covered_by: UserId,
    /// Until when.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// The cover as asked for, of somebody who is key worker of `families`, beside the covers that last.
///
/// # Errors
/// See [`CoverRefused`], or what is said of a date that is none.
pub fn arrange(request: &CoverFamilies, families: usize, lasting: &[Cover], staff: &[User], now: Timestamp) -> Result<Arranged> {
    if lasting.iter().any(|cover| cover.of == request.user) {
        return Err(CoverRefused::AlreadyCovered.into());
    }
    if families == 0 {
        return Err(CoverRefused::NoFamilies.into());
    }
    let chosen = request.covered_by.ok_or(CoverRefused::Nobody)?;
    if chosen == request.user {
        return Err(CoverRefused::SamePerson.into());
    }
    if !staff.iter().any(|user| user.id == chosen && Place::KeyWorker.takes(user)) {
        return Err(CoverRefused::CannotCover.into());
    }
    if lasting.iter().any(|cover| cover.of == chosen) {
        return Err(CoverRefused::AwayToo.into());
    }
    let until = when::parse(&request.until, Lean::Future, now).map_err(|refusal| Error::from(refusal).at("until"))?.date;
    if until <= now.date() {
        return Err(CoverRefused::Past.into());
    }
    let reason = request.reason.trim();
    if !says_why(reason) {
        return Err(CoverRefused::NoReason.into());
    }
    Ok(Arranged { covered_by: chosen, until, reason: reason.to_owned() })
}

impl Cover {
    /// `Covered by Owen for Niamh until Mon 30-Nov-2026`.
    #[must_use]
    pub fn words(&self, covered_by: &str, of: &str) -> String {
        format!("Covered by {covered_by} for {of} until {}", day_words(self.until))
    }

    /// Whether it was meant to have ended by now.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until <= now.date()
    }
}

/// `2 families`.
#[must_use]
pub fn families(count: usize) -> String {
    counted::of(u32::try_from(count).unwrap_or(u32::MAX), "family", "families")
}

refusals! {
    /// Why families were not given to who covers them, or not given back.
    pub enum CoverRefused {
        NoFamilies "cover_no_families" => "This person is key worker of no open family, so there is nothing to cover.",
        AlreadyCovered "cover_already" => "Somebody covers for this person already. Give the families back first, then choose again.",
        Nobody "cover_nobody" at "coveredBy" => "Choose who covers.",
        SamePerson "cover_same_person" at "coveredBy" => "Nobody covers for themselves. Choose somebody else.",
        CannotCover "cover_cannot" at "coveredBy" => "Somebody who was chosen cannot be a key worker. Choose somebody else.",
        AwayToo "cover_away_too" at "coveredBy" => "The person you chose is away too: somebody covers for them. Choose somebody else.",
        Past "cover_past" at "until" => "The last day of the cover must be after today.",
        NoReason "cover_reason" at "reason" => "Say why somebody covers, in at least a few words.",
        NoCover "cover_none" => "Nobody covers for this person any more. The families may have been given back already.",
        HasLeft "cover_has_left" => "This person has left, or cannot be a key worker any more. Their families stay where they are: allocate each of them.",
    }
}
