//! The record of Attune: its tables, which the log, the rebuild, the history, the
//! data dictionary and (later) sync read, and what is computed from its rows.

#[cfg(feature = "bindings")]
pub mod dictionary;
#[cfg(test)]
pub(crate) mod samples;

use crate::ace::{AceConversation, AceExposure};
use crate::concern::{Concern, ConcernAnswer};
use crate::contact::{Addendum, Contact};
use crate::copied::Copied;
use crate::cover::Cover;
use crate::family::{Episode, Family, Flag, FlagEnding};
use crate::follow_up::FollowUpEnd;
use crate::group::GroupSession;
use crate::harm::KnownHarm;
use crate::in_error::EnteredInError;
use crate::leaving::NoteTakenOver;
use crate::loss::Loss;
use crate::person::Person;
use crate::placement::model::StepModel;
use crate::placement::{Placement, PlacementConfirmation};
use crate::priority::PriorityRecord;
use crate::record::{Record, Scope, Table};
use crate::release::records::{FigureKey, Frame, Look, PeriodReady, Release, ReleaseFile, ReleaseSeat, ReleaseWord, YearPlan};
use crate::screens::{caseload_kept_rows, listed, search_index_rows};
use crate::store::migrate;
use crate::store::schema::Schema;
use crate::team::code_list::CodeList;
use crate::team::rows::Team;
use crate::user::User;
use crate::user::rows::Incarnation;

/// All record tables, parents before children.
pub static TABLES: &[&Table] = &[
    Team::TABLE,
    Incarnation::TABLE,
    User::TABLE,
    CodeList::TABLE,
    StepModel::TABLE,
    GroupSession::TABLE,
    Family::TABLE,
    Person::TABLE,
    Loss::TABLE,
    Episode::TABLE,
    Cover::TABLE,
    Flag::TABLE,
    FlagEnding::TABLE,
    Contact::TABLE,
    NoteTakenOver::TABLE,
    FollowUpEnd::TABLE,
    Addendum::TABLE,
    Copied::TABLE,
    Concern::TABLE,
    ConcernAnswer::TABLE,
    FigureKey::TABLE,
    Frame::TABLE,
    Look::TABLE,
    Release::TABLE,
    ReleaseFile::TABLE,
    ReleaseWord::TABLE,
    ReleaseSeat::TABLE,
    PeriodReady::TABLE,
    YearPlan::TABLE,
    PriorityRecord::TABLE,
    Placement::TABLE,
    PlacementConfirmation::TABLE,
    KnownHarm::TABLE,
    AceConversation::TABLE,
    AceExposure::TABLE,
    EnteredInError::TABLE,
];

/// What figures are counted from: what is kept of a childhood or of harm is not among it, so no count can reach it.
pub static COUNTED: Schema = Schema {
    tables: &[
        StepModel::TABLE,
        Family::TABLE,
        Person::TABLE,
        Loss::TABLE,
        Episode::TABLE,
        Contact::TABLE,
        PriorityRecord::TABLE,
        Placement::TABLE,
        PlacementConfirmation::TABLE,
        EnteredInError::TABLE,
    ],
    versions: SCHEMA.versions,
    follow_row: |_, _, _| Ok(()),
    follow_scope: |_, _, _| Ok(()),
    fill: |_| Ok(()),
    computed: &[],
    agrees: (LISTS, |_| Ok(true)),
};

/// The record of Attune, as the engine is handed it.
pub static SCHEMA: Schema = Schema {
    tables: TABLES,
    versions: &[&[migrate::FIRST, include_str!("migrations/0001/record.sql"), include_str!("migrations/0001/lists.sql")]],
    follow_row: search_index_rows::follow,
    follow_scope: |conn, scope, tables| match scope {
        // A reader's mark changes what is new, and nothing of the family.
        Scope::Family(family) if tables.is_empty() => listed::follow(conn, family),
        Scope::Family(family) => caseload_kept_rows::follow(conn, family),
        Scope::Team if tables.iter().any(|table| table.name == User::TABLE.name) => caseload_kept_rows::follow_users(conn),
        Scope::Team => Ok(()),
    },
    fill: caseload_kept_rows::fill,
    computed: &[
        ("search index of names", "SELECT token, person FROM name_token ORDER BY token, person"),
        (LISTS, "SELECT * FROM caseload ORDER BY episode"),
    ],
    agrees: (LISTS, listed::agrees),
};

const LISTS: &str = "what lists show of families";
