//! What the contacts of a family come to: the last one, when the family was last
//! met, and the next visit promised. All of it is told from one reading of the
//! family's entries, so that what signing a note costs grows with their number
//! and no faster.

use std::cmp::Reverse;

use crate::codes::Code;
use crate::contact::asked;
use crate::contact::last_seen::{LastSeen, Seen};
use crate::contact::{ContactId, ContactKind, InfantSeen, Outcome};
use crate::error::Result;
use crate::family::EpisodeId;
use crate::ids::{FamilyId, UserId};
use crate::person::PersonId;
use crate::record::cell;
use crate::store::db::Db;
use crate::time::CLOCKS_APART_MINUTES;

/// A contact dated later than this after something that was recorded later was
/// dated by a clock that was wrong.
const CLOCKS_APART_MS: i64 = CLOCKS_APART_MINUTES * 60 * 1000;

/// A visit at most this long before its time is the visit that was promised: it is on the day.
const HALF_A_DAY_MS: i64 = 12 * 60 * 60 * 1000;

/// The contacts of a family that stand, those that say most of it first: none
/// that is doubted before one that is not, then the latest.
pub(crate) struct Visits {
    held: Vec<Held>,
    /// Where in the log a follow-up was last closed.
    closed: Option<Vec<u8>>,
}

struct Held {
    contact: ContactId,
    episode: EpisodeId,
    doubted: bool,
    at: Option<i64>,
    position: Vec<u8>,
    /// The family was met, where the infant can be seen.
    met: bool,
    /// How early it may be to be a visit that was promised.
    early: i64,
    next_visit: Option<i64>,
    has_plan: bool,
    /// A visit was cancelled: the one that had been promised.
    cancels: bool,
    /// An infant could have been seen.
    could_see: bool,
    outcome: Option<Outcome>,
    infants: Vec<InfantSeen>,
    author: UserId,
}

impl Visits {
    /// Reads them.
    pub(crate) fn of(conn: &Db, family: FamilyId) -> Result<Self> {
        let mut entries: Vec<(Vec<u8>, i64, Option<Held>)> = conn.all(ENTRIES, [family], |row| {
            let position: Vec<u8> = row.get("position")?;
            let held = match row.get("id")? {
                Some(contact) => {
                    let (kind, outcome): (String, String) = (row.get("kind")?, row.get("outcome")?);
                    let seen = ContactKind::from_code(&kind).is_some_and(asked::can_see);
                    let outcome = Outcome::from_code(&outcome);
                    Some(Held {
                        contact,
                        episode: row.get("episode")?,
                        doubted: false,
                        at: row.get("held_at")?,
                        position: position.clone(),
                        could_see: seen && outcome != Some(Outcome::CancelledByUs),
                        outcome,
                        infants: cell::read(row, "infants")?,
                        author: row.get("author")?,
                        met: seen && outcome.is_some_and(Outcome::met),
                        cancels: outcome.is_some_and(Outcome::cancels),
                        early: if seen { HALF_A_DAY_MS } else { 0 },
                        next_visit: row.get("next_visit")?,
                        has_plan: row.get("has_plan")?,
                    })
                }
                None => None,
            };
            Ok((position, row.get("at")?, held))
        })?;
        entries.sort_unstable_by(|one, other| other.0.cmp(&one.0));
        let closed = conn.value("SELECT max(position) FROM standing_entry WHERE family = ? AND kind = 'follow_up_end'", [family])?;
        let mut later: Option<i64> = None;
        let mut held = Vec::with_capacity(entries.len());
        for (_, recorded, contact) in entries {
            if let Some(mut contact) = contact {
                contact.doubted = contact.at.zip(later).is_some_and(|(at, later)| at > later + CLOCKS_APART_MS);
                held.push(contact);
            }
            later = Some(later.map_or(recorded, |later| later.min(recorded)));
        }
        held.sort_by(|one, other| one.order().cmp(&other.order()));
        Ok(Self { held, closed })
    }

    /// Where in the log the last loss of a family is.
    pub(crate) fn last_loss(conn: &Db, family: FamilyId) -> Result<Option<Vec<u8>>> {
        conn.value("SELECT max(position) FROM standing_entry WHERE family = ? AND kind = 'loss'", [family])
    }

    /// The last contact of an episode.
    pub(crate) fn last(&self, episode: EpisodeId) -> Option<ContactId> {
        self.in_episode(episode).next().map(|held| held.contact)
    }

    /// The last contact of an episode that has a plan.
    pub(crate) fn last_with_plan(&self, episode: EpisodeId) -> Option<ContactId> {
        self.in_episode(episode).find(|held| held.has_plan).map(|held| held.contact)
    }

    /// When the family was last met in an episode: where it has living infants, when
    /// the one of them who was seen longest ago was; none if one never was.
    pub(crate) fn last_met(&self, episode: EpisodeId, infants: &[PersonId], seen: &LastSeen) -> Option<i64> {
        if infants.is_empty() {
            return self.in_episode(episode).find(|held| held.met).and_then(|held| held.at);
        }
        seen.longest_ago(infants)
    }

    /// When each of these infants was last seen in an episode, and what came of the
    /// contacts since one of them was. A contact that is doubted says nothing.
    pub(crate) fn last_seen(&self, episode: EpisodeId, infants: &[PersonId]) -> LastSeen {
        let mut last = LastSeen::default();
        for held in self.in_episode(episode).filter(|held| !held.doubted) {
            let Some(at) = held.at else { continue };
            let seen: Vec<&InfantSeen> = held.infants.iter().filter(|one| infants.contains(&one.person) && one.state.is_seen()).collect();
            // Before a birth, to meet the family is to have seen to them.
            let ends = if infants.is_empty() { held.met } else { !seen.is_empty() || !last.infants.is_empty() };
            if infants.is_empty() && ends {
                break;
            }
            // It asks until each infant has been seen: to see one of twins says nothing of the other. What a
            // person has closed asks for nothing; what was recorded after it does.
            let each = !infants.is_empty() && infants.iter().all(|infant| last.infants.iter().any(|known| known.person == *infant));
            if !each && held.could_see && self.closed.as_ref().is_none_or(|closed| held.position > *closed) {
                last.asks(held.outcome, at);
            }
            if !ends && held.could_see && !infants.is_empty() {
                last.count(held.outcome);
            }
            for one in seen {
                if !last.infants.iter().any(|known| known.person == one.person) {
                    last.infants.push(Seen { person: one.person, at, state: one.state, by: held.author });
                }
            }
        }
        last
    }

    /// The latest promise of a next visit that nothing later has met: a visit on
    /// the day it was promised for, or any contact after its time. A call before
    /// it is not the visit, unless it cancelled it.
    /// Only of promises made `since` a place in the log, if one is named.
    pub(crate) fn next_visit(&self, episode: EpisodeId, since: Option<&[u8]>) -> Option<i64> {
        let kept = |promised: &Held, visit: i64| {
            self.in_episode(episode)
                .take_while(|held| !held.doubted)
                .any(|held| held.at > promised.at && (held.cancels || held.at >= Some(visit - held.early)))
        };
        let made = |held: &Held| since.is_none_or(|since| held.position.as_slice() > since);
        self.in_episode(episode).filter(|held| made(held)).find_map(|held| held.next_visit.filter(|visit| !kept(held, *visit)))
    }

    fn in_episode(&self, episode: EpisodeId) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |held| held.episode == episode)
    }
}

impl Held {
    fn order(&self) -> (bool, Reverse<Option<i64>>, Reverse<&[u8]>) {
        (self.doubted, Reverse(self.at), Reverse(&self.position))
    }
}

const ENTRIES: &str =
    "SELECT entry.position, entry.at, c.id, c.episode, c.held_at, c.kind, c.outcome, c.infants, c.author, c.next_visit, c.plan <> '' AS has_plan
    FROM standing_entry entry LEFT JOIN contact_row c ON entry.kind = 'contact' AND c.id = entry.row WHERE entry.family = ?";
