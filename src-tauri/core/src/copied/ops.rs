//! Recording that a note was copied to encompass, and telling of it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::access;
use crate::contact::ops::OfContact;
use crate::contact::rows as contacts;
use crate::contact::{Contact, ContactId};
use crate::copied::rows as copies;
use crate::copied::{CopyRecorded, CopyView, enter};
use crate::error::Result;
use crate::ids::FamilyId;
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::team::rows as team;
use crate::time::day_time_words;
use crate::user::rows as users;
use crate::user::{Role, User};

/// Records that a note was copied to encompass, as it is now.
///
/// # Errors
/// `not_yours`; see [`crate::copied::CopyRefused`].
pub fn record_copy(session: &mut Session, request: OfContact) -> Result<Reply<CopyRecorded>> {
    let contact = session.known(contacts::find(session.conn(), request.contact)?, "record_copy")?;
    session.allow_note(&contact, "record_copy")?;
    let organisation = session.user().organisation.clone();
    session.transact(Op::RecordCopy, |tx| {
        let standing = copies::standing(tx, contact.id, copies::last(tx, contact.id)?.as_ref())?;
        let is_marked = is_marked(tx, contact.id)?;
        let copied = enter((contact.family, contact.id), (standing, is_marked), organisation, tx.written())?;
        tx.create(&copied)?;
        Ok(CopyRecorded { id: copied.id })
    })
}

/// How far a note is copied, as `reader` sees it.
pub fn view(conn: &Db, reader: &User, contact: &Contact) -> Result<CopyView> {
    let last = copies::last(conn, contact.id)?;
    let standing = copies::standing(conn, contact.id, last.as_ref())?;
    let words = last.as_ref().map(|last| {
        let by = if last.by == reader.id { "you".to_owned() } else { users::name(conn, last.by)? };
        Result::Ok(format!("Copied to encompass by {by}, {}", day_time_words(last.at.local())))
    });
    Ok(CopyView {
        id: last.as_ref().map(|last| last.id),
        words: words.transpose()?.unwrap_or_default(),
        again: standing.words().to_owned(),
        due: standing.is_due(is_marked(conn, contact.id)?),
        may_mark_in_error: last.map_or(Ok(false), |last| in_error::may_mark(conn, reader, last.id.0))?,
    })
}

/// The notes that `reader` is to copy, of families that they may open; none unless
/// their organisation is the one whose notes are.
pub fn due(conn: &Db, reader: &User) -> Result<Vec<ContactId>> {
    let owed_by = team::team(conn)?.copies_owed_by;
    if owed_by.is_empty() || owed_by != reader.organisation {
        return Ok(Vec::new());
    }
    let due = copies::due(conn, reader.id, &owed_by, reader.role == Role::ServiceLead)?;
    let mut open: HashMap<FamilyId, bool> = HashMap::new();
    for (_, family) in &due {
        if let Entry::Vacant(new) = open.entry(*family) {
            new.insert(access::may_open(conn, reader, *family)?);
        }
    }
    Ok(due.into_iter().filter(|(_, family)| open.get(family) == Some(&true)).map(|(contact, _)| contact).collect())
}

fn is_marked(conn: &Db, contact: ContactId) -> Result<bool> {
    Ok(!in_error::words(conn, contact.0)?.is_empty())
}
