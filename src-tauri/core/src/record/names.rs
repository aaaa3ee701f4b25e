//! Whatever a row points at, by its type: history looks up what it is called.

use uuid::Uuid;

use crate::error::Result;
use crate::ids::{
    AceConversationId, AceExposureId, AddendumId, CodeListId, ConcernAnswerId, ConcernId, ContactId, DeviceId, EnteredInErrorId, EpisodeId,
    FamilyId, FlagId, PersonId, PlacementConfirmationId, PlacementId, PriorityAnswerId, RecordedId, ReleaseId, StepModelId, UserId,
};

/// Something that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A member of the team.
    User(UserId),
    /// A family, by its case reference.
    Family(FamilyId),
    /// A person of a family.
    Person(PersonId),
    /// An episode of care.
    Episode(EpisodeId),
    /// A flag.
    Flag(FlagId),
    /// A signed note.
    Contact(ContactId),
    /// A concern.
    Concern(ConcernId),
    /// A step that was recorded.
    Placement(PlacementId),
    /// A version of the model of the steps.
    StepModel(StepModelId),
    /// A row of any kind: `note: Home visit, Thu 19-Nov-2026, 14:00`.
    Recorded(RecordedId),
}

/// Looks up what things are called.
pub trait Names {
    /// What it is called: `Róisín (mother)`.
    fn name(&self, of: Named) -> Result<String>;
}

/// The id of a row.
pub trait RowId: From<Uuid> + Copy {
    /// Its bytes.
    fn uuid(self) -> Uuid;
    /// What has a name by it, if anything has.
    fn named(self) -> Option<Named>;
}

/// What a row with ids of type `I` has a name by.
#[must_use]
pub fn of_row<I: RowId>(id: Uuid) -> Option<Named> {
    I::from(id).named()
}

macro_rules! row_ids {
    ($($id:ident $($named:ident)?,)*) => {$(
        impl RowId for $id {
            fn uuid(self) -> Uuid {
                self.0
            }
            fn named(self) -> Option<Named> {
                row_ids!(@named self $($named)?)
            }
        }
    )*};
    (@named $id:ident) => { None };
    (@named $id:ident $named:ident) => { Some(Named::$named($id)) };
}

row_ids! {
    UserId User,
    FamilyId Family,
    PersonId Person,
    EpisodeId Episode,
    FlagId Flag,
    ContactId Contact,
    ConcernId Concern,
    PlacementId Placement,
    StepModelId StepModel,
    CodeListId,
    RecordedId Recorded,
    DeviceId,
    AddendumId,
    EnteredInErrorId,
    ConcernAnswerId,
    ReleaseId,
    PriorityAnswerId,
    PlacementConfirmationId,
    AceConversationId,
    AceExposureId,
}

impl RowId for Uuid {
    fn uuid(self) -> Uuid {
        self
    }
    fn named(self) -> Option<Named> {
        None
    }
}
