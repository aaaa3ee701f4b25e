//! Which notes are copied, and which are still to be.

use crate::contact::ContactId;
use crate::copied::{Copied, Standing};
use crate::error::Result;
use crate::ids::{FamilyId, UserId};
use crate::record::Record;
use crate::store::db::Db;

/// The last copy of a note by the log.
pub fn last(conn: &Db, contact: ContactId) -> Result<Option<Copied>> {
    conn.one(
        "SELECT copied.* FROM copied JOIN entry ON entry.row = copied.id WHERE contact = ? ORDER BY position DESC LIMIT 1",
        [contact],
        Copied::from_row,
    )
}

/// How far a note is copied, from its last copy.
pub fn standing(conn: &Db, contact: ContactId, last: Option<&Copied>) -> Result<Standing> {
    let Some(last) = last else { return Ok(Standing::NotYet) };
    let since = |rows: &str| {
        let sql =
            format!("SELECT EXISTS (SELECT 1 FROM entry WHERE row IN ({rows}) AND position > (SELECT position FROM entry WHERE row = ?2))");
        conn.value::<bool>(&sql, rusqlite::params![contact, last.id])
    };
    if since("SELECT id FROM entered_in_error WHERE row = ?1")? {
        return Ok(Standing::MarkedSince);
    }
    let added = "SELECT id FROM addendum_row WHERE contact = ?1 UNION ALL
        SELECT id FROM entered_in_error WHERE row IN (SELECT id FROM addendum_row WHERE contact = ?1)";
    Ok(if since(added)? { Standing::AddedSince } else { Standing::Copied })
}

/// The notes of an organisation that are still to be copied by somebody of it, the
/// oldest first, each with its family: their own; and those of somebody who can no
/// longer open them, which are the key worker’s of that family, or a lead’s where the
/// key worker is of another organisation.
pub fn due(conn: &Db, me: UserId, organisation: &str, is_lead: bool) -> Result<Vec<(ContactId, FamilyId)>> {
    conn.all(DUE, rusqlite::params![me, organisation, is_lead], |row| Ok((row.get(0)?, row.get(1)?)))
}

const DUE: &str = "
    WITH theirs (id, family, held_at, marked, place) AS (
      SELECT c.id, c.family, c.held_at, EXISTS (SELECT 1 FROM entered_in_error e WHERE e.row = c.id),
        (SELECT max(position) FROM copied k JOIN entry ON entry.row = k.id WHERE k.contact = c.id)
      FROM contact_row c WHERE c.organisation = ?2 AND (c.id IN (SELECT id FROM contact_row WHERE author = ?1)
        OR c.id IN (SELECT other.id FROM episode CROSS JOIN contact_row other ON other.family = episode.family AND other.episode = episode.id
          WHERE (episode.key_worker = ?1 OR ?3 AND NOT EXISTS (SELECT 1 FROM user WHERE user.id = episode.key_worker AND user.active AND user.organisation = ?2))
            AND other.author <> ?1 AND other.author IS NOT episode.key_worker AND other.author NOT IN (coalesce(episode.therapist, x''), coalesce(episode.partner_worker, x''))
            AND NOT EXISTS (SELECT 1 FROM user WHERE user.id = other.author AND user.active AND user.role IN ('therapist', 'service_lead')))))
    SELECT id, family FROM theirs WHERE CASE WHEN place IS NULL THEN NOT marked ELSE
      EXISTS (SELECT 1 FROM entry WHERE position > place AND row IN (
        SELECT id FROM addendum_row WHERE contact = theirs.id
        UNION ALL SELECT id FROM entered_in_error WHERE row = theirs.id
        UNION ALL SELECT id FROM entered_in_error WHERE row IN (SELECT id FROM addendum_row WHERE contact = theirs.id))) END
    ORDER BY held_at, id";
