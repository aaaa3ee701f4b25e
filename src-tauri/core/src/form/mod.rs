//! Forms whose unfinished text is kept until it becomes an act of the record.

pub mod ops;
pub mod rows;

use serde::{Deserialize, Serialize};

use crate::codes::{codes, refusals};
use crate::ids::FamilyId;
use crate::user::Role;

codes! {
    /// A form whose unfinished text is kept.
    pub enum FormName {
        AddFamily "add_family" "A family you are adding",
        Person "person" "Details of a person",
        Loss "loss" "An unfinished form",
        Allocation "allocation" "Who works with the family",
        Flag "flag" "A flag",
        FollowUp "follow_up" "The end of a follow-up",
        TakeOver "take_over" "Taking over a note",
        Cover "cover" "Cover for somebody who is away",
        Placement "placement" "A placement",
        // None of these tells on a list that there is such a thing.
        Ace "ace" "An unfinished form",
        Exposure "exposure" "An unfinished form",
        Harm "harm" "An unfinished form",
        Priority "priority" "Screening",
        ConcernAnswer "concern_answer" "Your answer to a concern",
        Details "details" "More details for a note",
        InError "in_error" "Marking a note as entered in error",
        Group "group" "A group session",
        Release "release" "The release of a summary",
        ReleaseReason "release_reason" "A reason about a release of figures",
        ReleaseSeat "release_seat" "Which computer releases figures",
        YearPlan "year_plan" "The plan of a year’s figures",
        User "user" "Somebody of the team",
        Settings "settings" "Settings of the team",
        List "list" "A list of the team",
        Folder "folder" "The folder for summaries",
    }
}

/// Whose record a form belongs to, and who may open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// To a family, for all who may open it.
    Family,
    /// To a family, for the few who may open its ACE conversations.
    Ace,
    /// To no family, for these roles.
    Team(&'static [Role]),
}

impl FormName {
    /// Whose record it belongs to.
    #[must_use]
    pub const fn belongs(self) -> Belongs {
        match self {
            Self::AddFamily => Belongs::Team(&[Role::KeyWorker, Role::Therapist, Role::ServiceLead]),
            Self::Group => Belongs::Team(&[Role::KeyWorker, Role::Therapist, Role::ServiceLead, Role::PartnerWorker]),
            Self::User | Self::Cover | Self::Settings | Self::List | Self::ReleaseSeat => Belongs::Team(&[Role::ServiceLead]),
            Self::ReleaseReason => Belongs::Team(&[Role::DataManager, Role::ServiceLead, Role::InformationGovernance]),
            Self::Release | Self::YearPlan | Self::Folder => Belongs::Team(&[Role::DataManager, Role::ServiceLead]),
            Self::Ace | Self::Exposure => Belongs::Ace,
            _ => Belongs::Family,
        }
    }

    /// Whether somebody of a role can finish it.
    #[must_use]
    pub fn is_for(self, role: Role) -> bool {
        match self.belongs() {
            Belongs::Team(roles) => roles.contains(&role),
            Belongs::Family => role.is_clinical(),
            Belongs::Ace => matches!(role, Role::KeyWorker | Role::Therapist | Role::ServiceLead),
        }
    }
}

refusals! {
    /// Why an unfinished form was not kept.
    pub enum FormRefused {
        TooLong "form_too_long" at "body" => "This is too long to be kept. What you typed is still on the screen: shorten it, or put part of it elsewhere.",
        NoSuchForm "form_unknown" => "There is no such form.",
    }
}

/// The longest text of a form that is kept, in bytes.
pub const LONGEST: usize = 1024 * 1024;

/// What is typed in a form so far.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeepForm {
    /// The family; none for a form of the team.
    pub family: Option<FamilyId>,
    /// Which form.
    pub form: FormName,
    /// What in the family or team it is about: an id; empty where there is only one.
    pub of: String,
    /// The number of the act that the form will become.
    #[cfg_attr(feature = "bindings", ts(type = "string & { readonly of: 'Act' }"))]
    pub act: uuid::Uuid,
    /// What is typed, as the page spells it. Kept whole, never read.
    pub body: String,
}

/// Names a form.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfForm {
    /// The family; none for a form of the team.
    pub family: Option<FamilyId>,
    /// Which form.
    pub form: FormName,
    /// What in the family or team it is about.
    pub of: String,
}

/// A form that is on disk.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FormSaved {
    /// `15:21`.
    pub saved: String,
}

/// An unfinished form as it was typed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct KeptForm {
    /// What was typed, as it was given; none if nothing is kept.
    pub body: Option<String>,
    /// `Mon 23-Nov-2026, 15:21`; empty if nothing is kept.
    pub saved: String,
}

/// The reader's unfinished forms.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct KeptForms {
    /// Latest first.
    pub forms: Vec<UnfinishedForm>,
}

/// One unfinished form, without what was typed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UnfinishedForm {
    /// The family; none for a form of the team.
    pub family: Option<FamilyId>,
    /// Which form.
    pub form: FormName,
    /// What it is about.
    pub of: String,
    /// `O’NEILL, Fiadh`; empty for a form of the team.
    pub name: String,
    /// What tells it from every other: `born 11-Oct-2026 · F26-7K2Q`; empty for a form of the team.
    pub apart: String,
    /// `A placement`.
    pub words: String,
    /// `Mon 23-Nov-2026, 15:21`.
    pub saved: String,
}
