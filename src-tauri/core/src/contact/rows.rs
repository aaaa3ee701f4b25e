//! Signed contacts and the details added to them.

use crate::contact::last_seen::LastSeen;
use crate::contact::visits::Visits;
use crate::contact::{Addendum, Contact, ContactId, NOTE};
use crate::error::Result;
use crate::family::{Episode, EpisodeId, episodes};
use crate::ids::UserId;
use crate::record::Record;
use crate::store::db::Db;
use crate::store::drafts::Draft;
use crate::store::{drafts, in_error};
use crate::time::Timestamp;

/// One signed contact, also one that was entered in error.
pub fn find(conn: &Db, contact: ContactId) -> Result<Option<Contact>> {
    in_error::kept(conn, contact.0)
}

/// The last contact of an episode that stands and has a plan.
pub fn latest_with_plan(conn: &Db, episode: &Episode) -> Result<Option<Contact>> {
    Visits::of(conn, episode.family)?.last_with_plan(episode.id).map_or(Ok(None), |contact| find(conn, contact))
}

/// The next visit a family has been promised: of the latest signed contact
/// that named one and stands, if no contact was held at or
/// after that time.
pub fn next_visit(conn: &Db, episode: EpisodeId) -> Result<Option<Timestamp>> {
    Ok(conn.one("SELECT next_visit FROM caseload WHERE episode = ?", [episode], |row| row.get(0))?.flatten())
}

/// The unsigned notes of somebody, in whichever episode, latest first.
pub fn unsigned_by(conn: &Db, author: UserId) -> Result<Vec<(Draft, Episode)>> {
    let notes = drafts::by(conn, author)?.into_iter().filter(|draft| draft.form == NOTE);
    let with = |draft: Draft| Ok(episodes::find(conn, EpisodeId(draft.about))?.map(|episode| (draft, episode)));
    notes.filter_map(|draft| with(draft).transpose()).collect()
}

/// When the infants of an open episode were last seen.
pub fn last_seen(conn: &Db, episode: EpisodeId) -> Result<LastSeen> {
    let kept: Option<String> = conn.one("SELECT seen FROM caseload WHERE episode = ?", [episode], |row| row.get(0))?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

/// Details added to a contact, oldest first, also those that were entered in
/// error.
pub fn addenda(conn: &Db, contact: ContactId) -> Result<Vec<Addendum>> {
    conn.all(
        "SELECT * FROM addendum_row addendum WHERE contact = ?
         ORDER BY (SELECT position FROM entry WHERE entry.row = addendum.id)",
        [contact],
        Addendum::from_row,
    )
}
