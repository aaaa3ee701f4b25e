//! A record that was entered in error: it stays readable, and counts for
//! nothing.

pub mod ops;
pub mod rows;

use crate::ids::ids;
use serde::{Deserialize, Serialize};

use crate::codes::refusals;
use crate::family::Family;
use crate::ids::{FamilyId, RecordedId, UserId};
use crate::record::written::Written;
use crate::record::{Record, Table, record};
use crate::time::Timestamp;
use crate::typed;
use crate::user::{Role, User};

ids! {
    /// The mark on a record that was entered in error.
    EnteredInErrorId as "string & { readonly of: 'EnteredInError' }" in "entered_in_error",
}

record! {
    /// The mark on a record that was entered in error. A mark that is itself a
    /// mistake is taken back by a mark on it.
    EnteredInError = "entered_in_error" "mark of an error", added, in family, about Family, signed "author" "at", told with "row",
        may be in error, [Caseload Concerns Family];
    id id: EnteredInErrorId;
    family: FamilyId, "Family", Fixed Inside;
    row: RecordedId, "What was entered in error", Fixed Open;
    reason: String, "Reason", Fixed Open;
    author: UserId, "Marked as entered in error by", Fixed Open;
    at: Timestamp, "Marked as entered in error at", Fixed Open;
}

/// A record to mark as entered in error.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkInError {
    /// Its id, of whichever kind it is.
    pub row: RecordedId,
    /// Why.
    pub reason: String,
}

/// What a mark rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Its table.
    pub table: &'static Table,
    /// Whose family it is in.
    pub family: FamilyId,
    /// Who recorded it.
    pub author: UserId,
    /// Who marks it.
    pub marker: &'a User,
    /// Whether a mark stands on it.
    pub is_marked: bool,
    /// Whether it is itself a mark on a mark.
    pub takes_back: bool,
    /// Whether the concern that it raised, or is, waits for a second person; none without one.
    pub concern_waits: Option<bool>,
    /// It is a family in which something is recorded that was not marked, a flag
    /// that keeps people safe among it.
    pub family_holds: bool,
    /// It is a family of which somebody has an unsigned note.
    pub family_unsigned: bool,
    /// It is the only infant of its family.
    pub last_infant: bool,
    /// It is a person or a family of whom somebody else recorded something.
    pub others_recorded: bool,
    /// It is a step that a second person has confirmed.
    pub is_confirmed: bool,
    /// It is a flag that keeps people safe.
    pub keeps_safe: bool,
    /// Who recorded the step that it confirms, or whose mark on such a step it is.
    pub step_of: Option<UserId>,
}

/// What somebody said of a record and that was marked as entered in error since:
/// it is read, struck through, where it was read before.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Struck {
    /// `Answered by Tara, Mon 23-Nov-2026, 16:10: …`
    pub text: String,
    /// `Entered in error: … Marked by …`
    pub in_error: String,
}

/// A record that was marked as entered in error.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MarkSaved {
    /// The mark.
    pub id: EnteredInErrorId,
}

refusals! {
    /// Why a record was left as it is.
    pub enum InErrorRefused {
        NoReason "retract_no_reason" at "reason" => "Say why it was entered in error, in at least a few words.",
        AlreadyMarked "retract_done" => "This has already been marked as entered in error.",
        NotTheAuthor "retract_not_author" => "Only the person who recorded it, or a service lead, can mark it as entered in error.",
        ConcernStands "retract_concern" => "There is a concern here that nobody has answered yet. A second person must answer it before this can be marked.",
        LastInfant "retract_last_infant" => "This is the only infant of the family. Add the right one first.",
        OwnConcern "retract_own_concern" => "There is a concern here. Only a therapist or a service lead who did not raise it can mark it as entered in error.",
        FamilyHolds "retract_family_holds" => "Notes, steps, answers, conversations or a flag that keeps people safe are recorded in this family. Mark each of them as entered in error first, so that nothing is lost from sight.",
        FamilyUnsigned "retract_family_unsigned" => "Somebody has an unsigned note about this family. It must be signed or discarded first, so that nobody’s work is lost.",
        NotOfThisKind "retract_not_this" => "This cannot be marked as entered in error.",
        OthersRecorded "retract_person_others" => "Somebody else has recorded something here, so only a service lead can mark this as entered in error.",
        Confirmed "retract_confirmed" => "A second person has confirmed this step. Only a therapist or a service lead who did not record it can mark it as entered in error.",
        KeepsSafe "retract_keeps_safe" => "This flag keeps people safe. Only a therapist or a service lead who did not set it can mark it as entered in error.",
        OwnStep "retract_own_step" => "You recorded this step, so somebody else decides about its confirmation and about a mark on it.",
        MarkedSince "marked_since" => "This was marked as entered in error after you opened it. Nothing was changed. Open it again to read why.",
    }
}

/// Whether somebody may mark it, whatever the reason.
///
/// # Errors
/// See [`InErrorRefused`].
pub fn allowed(facts: Facts<'_>) -> Result<(), InErrorRefused> {
    if !(facts.table.may_be_in_error || facts.table.name == Family::TABLE.name) || facts.takes_back {
        return Err(InErrorRefused::NotOfThisKind);
    }
    let is_author = facts.author == facts.marker.id;
    if facts.step_of == Some(facts.marker.id) {
        return Err(InErrorRefused::OwnStep);
    }
    if facts.concern_waits == Some(true) {
        return Err(InErrorRefused::ConcernStands);
    }
    if facts.is_confirmed || facts.keeps_safe || facts.concern_waits.is_some() {
        if is_author || !matches!(facts.marker.role, Role::Therapist | Role::ServiceLead) {
            return Err(match facts {
                Facts { keeps_safe: true, .. } => InErrorRefused::KeepsSafe,
                Facts { concern_waits: Some(_), .. } => InErrorRefused::OwnConcern,
                _ => InErrorRefused::Confirmed,
            });
        }
    } else if !may_mark(facts.marker, facts.author) {
        return Err(InErrorRefused::NotTheAuthor);
    }
    if facts.others_recorded && facts.marker.role != Role::ServiceLead {
        return Err(InErrorRefused::OthersRecorded);
    }
    if facts.is_marked {
        return Err(InErrorRefused::AlreadyMarked);
    }
    if facts.family_holds {
        return Err(InErrorRefused::FamilyHolds);
    }
    if facts.family_unsigned {
        return Err(InErrorRefused::FamilyUnsigned);
    }
    if facts.last_infant {
        return Err(InErrorRefused::LastInfant);
    }
    Ok(())
}

/// The mark, if it may be made.
///
/// # Errors
/// See [`InErrorRefused`].
pub fn enter(request: &MarkInError, facts: Facts<'_>, written: Written<EnteredInErrorId>) -> Result<EnteredInError, InErrorRefused> {
    allowed(facts)?;
    let reason = request.reason.trim();
    if !typed::says_why(reason) {
        return Err(InErrorRefused::NoReason);
    }
    Ok(EnteredInError {
        id: written.id,
        family: facts.family,
        row: request.row,
        reason: reason.to_owned(),
        author: written.by,
        at: written.at,
    })
}

/// Whether somebody may mark what `author` recorded.
#[must_use]
pub fn may_mark(user: &User, author: UserId) -> bool {
    author == user.id || user.role == Role::ServiceLead
}
