//! Identifiers of what the record of a family has; beside them those that every
//! record has.

pub use attune_record::ids::*;

attune_record::ids! {
    /// One person in one family.
    PersonId as "string & { readonly of: 'Person' }" in "person",
    /// One episode of care of a family.
    EpisodeId as "string & { readonly of: 'Episode' }" in "episode",
    /// One contact with or about a family; a home visit is a kind of contact.
    ContactId as "string & { readonly of: 'Contact' }" in "contact",
    /// More details added below a signed contact.
    AddendumId as "string & { readonly of: 'Addendum' }" in "addendum",
    /// The mark on a record that was entered in error.
    EnteredInErrorId as "string & { readonly of: 'EnteredInError' }" in "entered_in_error",
    /// A safeguarding concern raised in a contact.
    ConcernId as "string & { readonly of: 'Concern' }" in "concern",
    /// A second person's answer to a concern.
    ConcernAnswerId as "string & { readonly of: 'ConcernAnswer' }" in "concern_answer",
    /// A flag shown in the banner of a family.
    FlagId as "string & { readonly of: 'Flag' }" in "flag",
    /// A version of one of the team's lists.
    CodeListId as "string & { readonly of: 'CodeList' }",
    /// A version of the model of the steps.
    StepModelId as "string & { readonly of: 'StepModel' }" in "step_model",
    /// One sealed anonymised summary.
    ReleaseId as "string & { readonly of: 'Release' }",
    /// One answer about a priority group.
    PriorityAnswerId as "string & { readonly of: 'PriorityAnswer' }" in "priority_answer",
    /// One placement on the continuum of care.
    PlacementId as "string & { readonly of: 'Placement' }" in "placement",
    /// A second person's confirmation of a placement.
    PlacementConfirmationId as "string & { readonly of: 'PlacementConfirmation' }" in "placement_confirmation",
    /// One ACE conversation with a parent.
    AceConversationId as "string & { readonly of: 'AceConversation' }",
    /// One record of an infant's exposure.
    AceExposureId as "string & { readonly of: 'AceExposure' }",
}
