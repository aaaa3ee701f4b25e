//! Marking a record as entered in error, of whichever kind it is.

use uuid::Uuid;

use crate::concern::rows as concerns;
use crate::concern::{Concern, ConcernId};
use crate::contact::{Contact, ContactId};
use crate::error::Result;
use crate::family::flag_rows;
use crate::family::rows as families;
use crate::family::{Family, Flag};
use crate::group::GroupGap;
use crate::harm::KnownHarm;
use crate::ids::{FamilyId, UserId};
use crate::in_error;
use crate::in_error::rows;
use crate::in_error::{EnteredInError, Facts, InErrorRefused, MarkInError, MarkSaved, Struck};
use crate::loss::{Loss, LossRefused};
use crate::op::Op;
use crate::person::alike;
use crate::person::entering::check_birth_order;
use crate::person::rows as people;
use crate::person::{FamilyRole, Person};
use crate::placement::rows as placements;
use crate::placement::{Placement, PlacementConfirmation, PlacementId};
use crate::record::{Record, Table};
use crate::reply::Reply;
use crate::schema::SCHEMA;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::entries;
use crate::store::in_error as store;
use crate::store::in_error::Recorded;
use crate::store::tx::Tx;
use crate::time::day_time_words;
use crate::user::rows as users;
use crate::user::{Role, User};

/// Marks a record as entered in error, with the reason. It stays readable, and
/// counts for nothing. A mark is taken back by a mark on it.
///
/// # Errors
/// See [`in_error::InErrorRefused`].
pub fn mark_in_error(session: &mut Session, request: MarkInError) -> Result<Reply<MarkSaved>> {
    let found = to_mark(session, request.row.0, "mark_in_error")?;
    match restricted(session.conn(), request.row.0)? {
        Some(table) if table.name == KnownHarm::TABLE.name => session.allow_harm(found.family, "mark_in_error")?,
        Some(_) => session.allow_ace(found.family, "mark_in_error")?,
        None => {}
    }
    let marker = session.user().clone();
    let op = if found.table.name == EnteredInError::TABLE.name { Op::TakeBackMark } else { Op::MarkInError };
    session.transact(op, |tx| Ok(MarkSaved { id: mark(tx, &request, found, &marker)?.id }))
}

/// What somebody means to mark: of a family that they may open, and of what they
/// did not record themselves only by who reads all of it.
///
/// # Errors
/// `not_yours`.
pub fn to_mark(session: &mut Session, row: Uuid, what: &'static str) -> Result<Recorded> {
    let me = session.user();
    let (me, reads_all, is_lead) = (me.id, me.role.reads_all(), me.role == Role::ServiceLead);
    let found = session.known(store::recorded(session.conn(), &SCHEMA, row)?, what)?;
    // A family that was entered in error opens to nobody; a lead takes its mark back.
    let is_its_mark = found.table.name == EnteredInError::TABLE.name && families::is_in_error(session.conn(), found.family)?;
    if !(is_its_mark && is_lead) {
        session.allow(found.family, what)?;
    }
    if reads_all || found.author == me { Ok(found) } else { session.refuse(found.family, what) }
}

/// The record to act on: of a family that the user may open, and not entered in
/// error.
///
/// # Errors
/// `not_yours`; [`InErrorRefused::MarkedSince`].
pub fn to_act_on<R: Record>(session: &mut Session, id: Uuid, what: &'static str) -> Result<R> {
    let found = store::recorded(session.conn(), &SCHEMA, id)?.filter(|found| found.table.name == R::TABLE.name);
    let found = session.known(found, what)?;
    session.allow(found.family, what)?;
    stands(session.conn(), id)
}

/// The record of that id, which stands.
///
/// # Errors
/// [`InErrorRefused::MarkedSince`].
pub fn stands<R: Record>(conn: &Db, id: Uuid) -> Result<R> {
    store::standing(conn, id)?.ok_or_else(|| InErrorRefused::MarkedSince.into())
}

/// Whether a row is restricted, or a mark on one that is, or the mark that takes
/// such a mark back.
pub fn is_of_a_restricted(conn: &Db, row: Uuid) -> Result<bool> {
    Ok(restricted(conn, row)?.is_some())
}

/// The restricted table that such a row or mark is of.
fn restricted(conn: &Db, row: Uuid) -> Result<Option<&'static Table>> {
    let mut rows = rows::marked_by(conn, row)?;
    rows.push(row);
    for row in rows {
        if let Some(found) = store::recorded(conn, &SCHEMA, row)?.filter(|found| found.table.is_restricted()) {
            return Ok(Some(found.table));
        }
    }
    Ok(None)
}

/// Writes the mark, if it may be made.
///
/// # Errors
/// See [`in_error::InErrorRefused`].
pub fn mark(tx: &Tx<'_>, request: &MarkInError, found: Recorded, marker: &User) -> Result<EnteredInError> {
    let mark = in_error::enter(request, facts(tx, request.row.0, found, marker)?, tx.written())?;
    tx.create(&mark)?;
    fits_again(tx, request.row.0, found, marker)?;
    found.table.topics.iter().for_each(|topic| tx.touch(*topic));
    Ok(mark)
}

/// Whether `reader` may mark a row as entered in error: where this is false, no screen offers it.
pub fn may_mark(conn: &Db, reader: &User, row: Uuid) -> Result<bool> {
    let Some(found) = store::recorded(conn, &SCHEMA, row)? else { return Ok(false) };
    Ok(in_error::allowed(facts(conn, row, found, reader)?).is_ok())
}

/// What of these rows was marked: what each was called, struck through.
pub fn struck(conn: &Db, rows: impl IntoIterator<Item = (Uuid, String)>) -> Result<Vec<Struck>> {
    let each = |(row, text)| Ok(Struck { text, in_error: words(conn, row)? });
    rows.into_iter().map(each).filter(|struck| !matches!(struck, Ok(Struck { in_error, .. }) if in_error.is_empty())).collect()
}

fn facts<'a>(conn: &Db, row: Uuid, found: Recorded, marker: &'a User) -> Result<Facts<'a>> {
    let is_family = found.table.name == Family::TABLE.name;
    Ok(Facts {
        table: found.table,
        family: found.family,
        author: found.author,
        marker,
        is_marked: !rows::marks(conn, row)?.is_empty(),
        takes_back: takes_back(conn, row, found)?,
        concern_waits: concern_waits(conn, row, found)?,
        last_infant: is_last_infant(conn, row, found)?,
        others_recorded: (found.table.name == Person::TABLE.name && entries::others_of(conn, found.family, row, marker.id)?)
            || (is_family && rows::others_in(conn, found.family, marker.id)?),
        family_holds: is_family && (rows::holds(conn, found.family)? || keeps_safe(conn, found.family)?),
        family_unsigned: is_family && rows::unsigned_in(conn, found.family)?,
        is_confirmed: found.table.name == Placement::TABLE.name && !placements::confirmations(conn, PlacementId(row))?.is_empty(),
        keeps_safe: store::standing::<Flag>(conn, row)?.is_some_and(|flag| flag.kind.needs_second()),
        step_of: step_of(conn, row, found)?,
    })
}

/// `Entered in error: wrong family. Marked by Niamh, Mon 23-Nov-2026, 16:10`;
/// empty if nothing is marked.
pub fn words(conn: &Db, row: Uuid) -> Result<String> {
    let marks = rows::marks(conn, row)?;
    let words = marks.iter().map(|mark| {
        let (why, who) = (mark.reason.trim_end_matches('.'), users::name(conn, mark.author)?);
        Ok(format!("Entered in error: {why}. Marked by {who}, {}", day_time_words(mark.at.local())))
    });
    Ok(words.collect::<Result<Vec<_>>>()?.join(" · "))
}

fn takes_back(conn: &Db, row: Uuid, found: Recorded) -> Result<bool> {
    if found.table.name != EnteredInError::TABLE.name {
        return Ok(false);
    }
    let Some(EnteredInError { row, .. }) = store::kept(conn, row)? else { return Ok(false) };
    Ok(store::recorded(conn, &SCHEMA, row.0)?.is_some_and(|marked| marked.table.name == EnteredInError::TABLE.name))
}

/// Whether a flag that keeps people safe stands on a family: one person alone does
/// not take it away with the family.
fn keeps_safe(conn: &Db, family: FamilyId) -> Result<bool> {
    Ok(flag_rows::standing(conn, family)?.iter().any(|flag| flag.kind.needs_second()))
}

/// Who recorded the step that a row confirms, or that a mark is on: two people
/// agreed about it, and one of them alone undoes neither.
fn step_of(conn: &Db, row: Uuid, found: Recorded) -> Result<Option<UserId>> {
    let step = if found.table.name == PlacementConfirmation::TABLE.name {
        store::kept::<PlacementConfirmation>(conn, row)?.map(|confirmation| confirmation.placement.0)
    } else if found.table.name == EnteredInError::TABLE.name {
        store::kept::<EnteredInError>(conn, row)?.map(|mark| mark.row.0)
    } else {
        None
    };
    let Some(step) = step.map(|step| store::kept::<Placement>(conn, step)).transpose()?.flatten() else { return Ok(None) };
    let agreed = !placements::kept_confirmations(conn, &step)?.is_empty();
    Ok(agreed.then_some(step.by))
}

/// What is back fits beside what was recorded while it was marked, as if it were
/// recorded now.
fn fits_again(tx: &Tx<'_>, mark: Uuid, found: Recorded, marker: &User) -> Result<()> {
    if found.table.name != EnteredInError::TABLE.name {
        return Ok(());
    }
    let Some(EnteredInError { row, .. }) = store::kept(tx, mark)? else { return Ok(()) };
    let here = people::of(tx, found.family)?;
    // With a family all of its people are back.
    for person in here.iter().filter(|person| [person.id.0, found.family.0].contains(&row.0)) {
        let others: Vec<Person> = here.iter().filter(|other| other.id != person.id).cloned().collect();
        check_birth_order(&others, person)?;
        alike::check_number(tx, marker, person)?;
    }
    if let Some(loss) = store::standing::<Loss>(tx, row.0)? {
        let all: Vec<Loss> = entries::in_order(tx, found.family)?;
        if all.iter().any(|other| other.person == loss.person && other.id != loss.id) {
            return Err(LossRefused::Recorded.into());
        }
    }
    if let Some(contact) = store::standing::<Contact>(tx, row.0)? {
        let all: Vec<Contact> = entries::in_order(tx, found.family)?;
        if all.iter().any(|other| other.session.is_some() && other.session == contact.session && other.id != contact.id) {
            return Err(GroupGap::Recorded.into());
        }
    }
    Ok(())
}

fn concern_waits(conn: &Db, row: Uuid, found: Recorded) -> Result<Option<bool>> {
    let concern = if found.table.name == Contact::TABLE.name {
        concerns::of_contact(conn, ContactId(row))?.map(|concern| concern.id)
    } else {
        (found.table.name == Concern::TABLE.name).then_some(ConcernId(row))
    };
    concern.map(|concern| Ok(concerns::answers(conn, concern)?.is_empty())).transpose()
}

fn is_last_infant(conn: &Db, row: Uuid, found: Recorded) -> Result<bool> {
    if found.table.name != Person::TABLE.name {
        return Ok(false);
    }
    let people = people::of(conn, found.family)?;
    let mut infants = people.iter().filter(|person| person.role == FamilyRole::Infant);
    Ok(infants.clone().any(|infant| infant.id.0 == row) && infants.all(|infant| infant.id.0 == row))
}
