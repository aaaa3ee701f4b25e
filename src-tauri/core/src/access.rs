//! Whose record a user may open. Never decided in a screen.

use crate::codes::refusals;
use crate::contact::{Addendum, Contact, NOTE};
use crate::error::{Error, Result};
use crate::family::{EpisodeId, episodes, rows as families};
use crate::ids::{FamilyId, UserId};
use crate::store::db::Db;
use crate::store::drafts;
use crate::user::{Role, User};

/// Whether `user` may open a family's record, unless it was entered in error: service leads and therapists all
/// of them, key workers and partner workers those they are allocated to.
pub fn may_open(conn: &Db, user: &User, family: FamilyId) -> Result<bool> {
    if !user.role.is_clinical() || families::is_in_error(conn, family)? {
        return Ok(false);
    }
    if user.role.opens_every_family() {
        return Ok(families::find(conn, family)?.is_some());
    }
    let allocated = episodes::latest(conn, family)?
        .is_some_and(|episode| [episode.key_worker, episode.therapist, episode.partner_worker].contains(&Some(user.id)));
    Ok(allocated)
}

/// Whether `user` may finish what they write in a family: who may open it, and
/// who has begun a note there, though the family has been given to somebody else
/// since. It opens that note and nothing more.
pub fn may_finish(conn: &Db, user: &User, family: FamilyId) -> Result<bool> {
    if may_open(conn, user, family)? {
        return Ok(true);
    }
    let episode = episodes::latest(conn, family)?.map(|episode| episode.id);
    let begun = |episode: EpisodeId| drafts::of(conn, user.id, drafts::Of { about: episode.0, form: NOTE });
    Ok(user.role.is_clinical() && episode.map(begun).transpose()?.flatten().is_some())
}

/// Whose families a list or a search covers: those `user` is allocated to, or
/// none to name if `user` opens every family. The same families as [`may_open`].
#[must_use]
pub fn scope(user: &User) -> Option<UserId> {
    (!user.role.opens_every_family()).then_some(user.id)
}

/// Whether `user` may open a family's ACE conversations: its key worker, its
/// therapist, and service leads as clinical leads.
pub fn may_open_ace(conn: &Db, user: &User, family: FamilyId) -> Result<bool> {
    if families::is_in_error(conn, family)? {
        return Ok(false);
    }
    if user.role == Role::ServiceLead {
        return Ok(families::find(conn, family)?.is_some());
    }
    let allocated = episodes::latest(conn, family)?.is_some_and(|episode| [episode.key_worker, episode.therapist].contains(&Some(user.id)));
    Ok(allocated && matches!(user.role, Role::KeyWorker | Role::Therapist))
}

/// Whether `user` may open what is known of harm in a family: who may open the
/// family and is of the team. A partner worker is not.
pub fn may_open_harm(conn: &Db, user: &User, family: FamilyId) -> Result<bool> {
    Ok(user.role.reads_all() && may_open(conn, user, family)?)
}

/// Whether `user` may read a family's history: who may open it, and
/// information governance; a service lead also of one that was entered in error.
pub fn may_read_history(conn: &Db, user: &User, family: FamilyId) -> Result<bool> {
    if matches!(user.role, Role::InformationGovernance | Role::ServiceLead) {
        return Ok(families::find(conn, family)?.is_some());
    }
    may_open(conn, user, family)
}

/// Whether `user` may read a note of a family that they may open: of another
/// organisation only who reads all of a record.
#[must_use]
pub fn reads_note(user: &User, note: &Contact) -> bool {
    user.role.reads_all() || note.author == user.id || note.organisation == user.organisation
}

/// Whether `user` may read details that were added below a note which they may
/// read: as with the note itself.
#[must_use]
pub fn reads_details(user: &User, added: &Addendum) -> bool {
    user.role.reads_all() || added.author == user.id || added.organisation == user.organisation
}

/// The family if the record has one of that id, so that a made-up id leaves no
/// line of its own.
pub fn known(conn: &Db, family: FamilyId) -> Result<Option<FamilyId>> {
    Ok(families::find(conn, family)?.map(|family| family.id))
}

/// The refusal, the same whether the family is another's or does not exist.
#[must_use]
pub fn not_yours() -> Error {
    AccessRefused::NotYours.into()
}

refusals! {
    /// Whose family it is.
    pub enum AccessRefused {
        NotYours "not_yours" => "That family is not on your caseload. If it should be, ask the service lead. This has been noted in the record history.",
    }
}

refusals! {
    /// Why nothing is shown to who may see it.
    pub enum AccessFault {
        NotLogged "read_log",
    }
}
