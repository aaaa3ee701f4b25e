//! When each infant was last seen, by whom, and what came of the contacts since:
//! plain counts, across workers.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::contact::{InfantState, Outcome};
use crate::ids::UserId;
use crate::person::PersonId;
use crate::time::Timestamp;

/// So many contacts running in which nobody saw an infant are told.
pub const TOLD_FROM: u32 = 3;

/// When the living infants of a family were last seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSeen {
    /// Each who was seen, once: the last time.
    pub infants: Vec<Seen>,
    /// Contacts since then, or ever, at which an infant could have been seen and none was.
    pub unseen: u32,
    /// Of these, cancelled by the family.
    pub cancelled: u32,
    /// Of these, no access.
    pub no_access: u32,
    /// Of these, was not brought.
    pub not_brought: u32,
    /// What is to be followed up until each infant is seen.
    pub follow_up: Option<FollowUp>,
    /// The earliest cancellation by the family that was met so far.
    #[serde(skip)]
    cancelled_at: Option<i64>,
}

/// A contact that is to be followed up: was not brought, no access, declined, or
/// cancelled by the family a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// When it was, in milliseconds.
    pub at: i64,
    /// What came of it.
    pub outcome: Outcome,
}

/// An infant who was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Who.
    pub person: PersonId,
    /// When the contact began, in milliseconds.
    pub at: i64,
    /// How the infant was.
    pub state: InfantState,
    /// Who saw them.
    pub by: UserId,
}

impl InfantState {
    /// Whether somebody saw the infant.
    #[must_use]
    pub const fn is_seen(self) -> bool {
        matches!(self, Self::Awake | Self::Asleep | Self::Feeding | Self::Upset)
    }
}

impl LastSeen {
    /// Takes up what one contact asks to be followed up; they come latest first, so
    /// that what was first stands. A second cancellation is the one after the first.
    pub fn asks(&mut self, outcome: Option<Outcome>, at: i64) {
        match outcome {
            Some(outcome @ (Outcome::WasNotBrought | Outcome::NoAccess | Outcome::Declined | Outcome::DidNotCome)) => {
                self.follow_up = Some(FollowUp { at, outcome });
            }
            Some(outcome @ Outcome::CancelledByFamily) => {
                let second = self.cancelled_at.replace(at).map(|at| FollowUp { at, outcome });
                let cancelled = self.follow_up.is_none_or(|asked| asked.outcome == Outcome::CancelledByFamily);
                if cancelled {
                    self.follow_up = second;
                }
            }
            _ => {}
        }
    }

    /// Counts one more contact without a sight of an infant.
    pub fn count(&mut self, outcome: Option<Outcome>) {
        self.unseen += 1;
        match outcome {
            Some(Outcome::CancelledByFamily) => self.cancelled += 1,
            Some(Outcome::NoAccess) => self.no_access += 1,
            Some(Outcome::WasNotBrought) => self.not_brought += 1,
            _ => {}
        }
    }

    /// Since when the one of `infants` who was seen longest ago was not seen; none
    /// if one never was.
    #[must_use]
    pub fn longest_ago(&self, infants: &[PersonId]) -> Option<i64> {
        let seen = |infant: &PersonId| self.infants.iter().find(|seen| seen.person == *infant).map(|seen| seen.at);
        infants.iter().map(seen).collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// `Seen awake 12d ago by Owen`; of several `James: not seen yet · Maisie: seen
    /// asleep today by Niamh`; empty without a living infant.
    #[must_use]
    pub fn words(&self, infants: &[(PersonId, String)], names: &HashMap<UserId, String>, now: Timestamp) -> String {
        let each = |(infant, called): &(PersonId, String)| {
            let words = match self.infants.iter().find(|seen| seen.person == *infant) {
                None => "Not seen yet".to_owned(),
                Some(seen) => {
                    let by = names.get(&seen.by).map(|name| format!(" by {name}")).unwrap_or_default();
                    format!("Seen {} {}{by}", seen.state.words().to_lowercase(), ago(Timestamp(seen.at), now))
                }
            };
            if infants.len() > 1 { format!("{called}: {}{}", words[..1].to_lowercase(), &words[1..]) } else { words }
        };
        infants.iter().map(each).collect::<Vec<_>>().join(" · ")
    }

    /// `Not seen at the last 4 contacts: 3 cancelled by the family, 1 no access`;
    /// empty if there are fewer than [`TOLD_FROM`].
    #[must_use]
    pub fn pattern(&self) -> String {
        if self.unseen < TOLD_FROM {
            return String::new();
        }
        let parts = [(self.cancelled, "cancelled by the family"), (self.no_access, "no access"), (self.not_brought, "was not brought")];
        let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
        let told = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        format!("Not seen at the last {} contacts{told}", self.unseen)
    }
}

fn ago(at: Timestamp, now: Timestamp) -> String {
    match (now.date() - at.date()).num_days() {
        ..0 => "on a day in the future".to_owned(),
        0 => "today".to_owned(),
        days => format!("{days}d ago"),
    }
}
