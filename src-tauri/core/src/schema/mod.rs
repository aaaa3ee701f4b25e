//! The list of record tables: the log, the rebuild, the history, the data
//! dictionary and (later) sync all read it.

#[cfg(feature = "bindings")]
pub mod dictionary;
#[cfg(test)]
pub(crate) mod samples;

use crate::ace::{AceConversation, AceExposure};
use crate::concern::{Concern, ConcernAnswer};
use crate::contact::{Addendum, Contact};
use crate::family::{Episode, Family, Flag};
use crate::in_error::EnteredInError;
use crate::person::Person;
use crate::placement::model::StepModel;
use crate::placement::{Placement, PlacementConfirmation};
use crate::priority::PriorityRecord;
use crate::record::{Record, Table};
use crate::release::rows::Release;
use crate::store::settings::Team;
use crate::team::code_list::CodeList;
use crate::user::User;
use crate::user::rows::Incarnation;

/// All record tables, parents before children.
pub static TABLES: [&Table; 20] = [
    Team::TABLE,
    Incarnation::TABLE,
    User::TABLE,
    CodeList::TABLE,
    StepModel::TABLE,
    Family::TABLE,
    Person::TABLE,
    Episode::TABLE,
    Flag::TABLE,
    Contact::TABLE,
    Addendum::TABLE,
    Concern::TABLE,
    ConcernAnswer::TABLE,
    Release::TABLE,
    PriorityRecord::TABLE,
    Placement::TABLE,
    PlacementConfirmation::TABLE,
    AceConversation::TABLE,
    AceExposure::TABLE,
    EnteredInError::TABLE,
];

/// The table of that name; `None` if a newer version wrote it.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}
