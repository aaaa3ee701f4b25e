//! What a write answers: the ids of what was written, and nothing of anybody.
//! Who wants to see somebody reads, and a read is noted.

use serde::Serialize;

use crate::ids::{
    AceConversationId, AceExposureId, AddendumId, ConcernAnswerId, ConcernId, ContactId, EnteredInErrorId, EpisodeId, FamilyId, FlagId,
    PersonId, PlacementConfirmationId, PlacementId, PriorityAnswerId, UserId,
};

/// Declares answers: a name, a doc line, fields.
macro_rules! saved {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$about])* pub $field: $type,)*
        }
    )*};
}

saved! {
    /// A record that was marked as entered in error.
    MarkSaved {
        /// The mark.
        id: EnteredInErrorId,
    }

    /// A person who was added or changed.
    PersonSaved {
        /// Who.
        id: PersonId,
    }

    /// A family that was allocated.
    EpisodeSaved {
        /// Its episode.
        id: EpisodeId,
    }

    /// A family whose flags were checked.
    FlagsChecked {
        /// Which.
        family: FamilyId,
    }

    /// A flag that was set or ended.
    FlagSaved {
        /// Which.
        id: FlagId,
    }

    /// A signed note that was added to or marked as entered in error.
    NoteSaved {
        /// Which.
        id: ContactId,
        /// The details below it, oldest first.
        addenda: Vec<AddendumId>,
    }

    /// A concern that was answered.
    ConcernSaved {
        /// Which.
        id: ConcernId,
        /// The answer.
        answer: ConcernAnswerId,
    }

    /// An answer about a priority group.
    PrioritySaved {
        /// Which.
        id: PriorityAnswerId,
    }

    /// A step that was recorded.
    StepSaved {
        /// It, as the first of the list.
        placements: Vec<StepMade>,
    }

    /// The step as it was recorded.
    StepMade {
        /// Which.
        id: PlacementId,
        /// The step.
        step: u8,
        /// Since when, in words.
        date: String,
        /// True if it is the one that stands.
        current: bool,
    }

    /// A step that was confirmed.
    ConfirmationSaved {
        /// The step.
        placement: PlacementId,
        /// The confirmation.
        id: PlacementConfirmationId,
    }

    /// An ACE conversation that was recorded.
    AceSaved {
        /// Which.
        id: AceConversationId,
    }

    /// What was recorded of an infant's exposure.
    ExposureSaved {
        /// Which.
        id: AceExposureId,
    }

    /// A user who was changed.
    UserSaved {
        /// Who.
        user: UserId,
        /// What to know after somebody has left; empty otherwise.
        notice: String,
    }
}
