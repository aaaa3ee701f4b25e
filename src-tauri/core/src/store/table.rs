//! The list of record tables: the log, the rebuild, the history, the data
//! dictionary and (later) sync all read it.

use super::releases::Release;
use super::settings::Team;
use super::users::Incarnation;
use crate::domain::ace::{AceConversation, AceExposure};
use crate::domain::code_list::CodeList;
use crate::domain::concern::{Concern, ConcernAnswer};
use crate::domain::contact::{Addendum, Contact};
use crate::domain::family::{Episode, Family, Flag};
use crate::domain::in_error::EnteredInError;
use crate::domain::person::Person;
use crate::domain::placement::model::StepModel;
use crate::domain::placement::{Placement, PlacementConfirmation};
use crate::domain::priority::PriorityRecord;
use crate::domain::user::User;
use crate::record::{Record, Table};

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
