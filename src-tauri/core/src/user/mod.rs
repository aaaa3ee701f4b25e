//! The people who use Attune: their role decides what they may do, their
//! organisation whose record an entry is.

pub mod entering;
pub mod one_time;
pub mod ops;
pub mod rows;
pub mod signing_in;

use crate::error::{self, SignInRefused};
use crate::typed;
use serde::{Deserialize, Serialize};

use crate::codes::{Code, codes, refusals};
use crate::ids::UserId;
use crate::record::record;
use crate::time::Timestamp;

codes! {
    /// What a person does in the team.
    pub enum Role {
        KeyWorker "key_worker" "Key worker",
        Therapist "therapist" "Parent–infant psychotherapist",
        ServiceLead "service_lead" "Service lead",
        DataManager "data_manager" "Data manager",
        InformationGovernance "information_governance" "Information governance officer",
        PartnerWorker "partner_worker" "Partner worker",
    }
}

impl Role {
    /// Whether the role opens every family of the team, or only its own.
    #[must_use]
    pub const fn opens_every_family(self) -> bool {
        matches!(self, Self::Therapist | Self::ServiceLead)
    }

    /// Whether the role reads all of a record that it opens. A partner worker
    /// reads what is shared: people, flags, plan, next visit, a loss, and the
    /// notes of their own organisation without supervision and concerns of others.
    #[must_use]
    pub const fn reads_all(self) -> bool {
        !matches!(self, Self::PartnerWorker)
    }

    /// Whether the role works with families at all.
    #[must_use]
    pub const fn is_clinical(self) -> bool {
        matches!(self, Self::KeyWorker | Self::Therapist | Self::ServiceLead | Self::PartnerWorker)
    }
}

record! {
    /// A member of staff who can sign in.
    User = "user" "user", amended, in team, about Staff, [Users];
    id id: UserId;
    /// What colleagues see.
    name: String, "Name", Plain Open;
    /// What is typed at sign-in.
    sign_in: String, "Sign-in name", Plain Open;
    /// What they may do.
    role: Role, "Role", Plain Open;
    /// The employer whose record their entries are.
    organisation: String, "Organisation", Plain Open;
    /// False once they have left.
    active: bool, "In the team", Plain Open;
    /// By them or for them.
    passphrase_at: Timestamp, "Passphrase set", Plain Open;
}

/// Organisations offered when a user is added; any other may be typed.
pub const ORGANISATIONS: [&str; 4] = ["The Trust", "The charity", "Partner charity", "Other"];

/// A user who was changed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UserSaved {
    /// Who.
    pub user: UserId,
    /// What to know after somebody has left; empty otherwise.
    pub notice: String,
}

refusals! {
    /// Why a change to the users was refused.
    pub enum UserRefused {
        NoName "user_name" at "name" => "Type the person’s name, in letters, up to 80 characters. If you pasted it in, type it again.",
        NoOrganisation "user_organisation" at "organisation" => "Say which organisation the person works for, up to 80 characters. Their entries belong to its record.",
        NameGivenAway "user_sign_in_given_away" => "Someone else in the team now signs in with the name this person had. Add them again, with another sign-in name.",
        LastLead "user_last_lead" => "No other service lead has signed in with a passphrase of their own yet. Make someone else a service lead and let them sign in once, so that the team is not locked out.",
        WeakPassphrase "passphrase_weak" at "passphrase" => "That passphrase is too easy to guess. Use at least 15 characters: four unrelated words are easy to remember.",
        SamePassphrase "passphrase_same" at "passphrase" => "You have used that passphrase before, perhaps with different capitals or spaces. Choose a new one.",
        LikePassphrase "passphrase_like" at "passphrase" => "That is the passphrase you have now with something added or taken away. Whoever knows this one would try it. Choose a new one.",
    }
}

/// The longest name of a user or an organisation, in characters.
const LONGEST: usize = 80;

/// Checks what was typed for a user and answers it trimmed: name, sign-in
/// name, organisation.
///
/// # Errors
/// The first field that is missing or cannot be used.
pub fn enter_user(name: &str, sign_in: &str, organisation: &str) -> error::Result<(String, String, String)> {
    let filled = |text: &str| typed::line(text, LONGEST).filter(|line| !line.is_empty());
    let name = filled(name).ok_or(UserRefused::NoName)?;
    let sign_in = sign_in.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = sign_in.chars().count();
    let usable = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '\'' | '’');
    if !(2..=40).contains(&letters) || !sign_in.chars().all(usable) {
        return Err(SignInRefused::NoSignIn.into());
    }
    let organisation = filled(organisation).ok_or(UserRefused::NoOrganisation)?;
    Ok((name, sign_in, organisation))
}

/// One line of the user list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    /// Who.
    pub id: UserId,
    /// The name colleagues see.
    pub name: String,
    /// The name typed at sign-in.
    pub sign_in: String,
    /// What they may do.
    pub role: Role,
    /// The role in words.
    pub role_words: String,
    /// The employer whose record their entries are.
    pub organisation: String,
    /// False once they have left the team.
    pub active: bool,
    /// True until the one-time passphrase has been changed.
    pub must_change: bool,
    /// `One-time passphrase, until Thu 26-Nov-2026, 15:21`, `No passphrase yet: …`; empty when they have their own.
    pub passphrase_words: String,
    /// True for the only active service lead, who cannot be removed.
    pub last_lead: bool,
    /// True for the user who is signed in.
    pub you: bool,
}

impl UserView {
    /// The list line of `user`.
    #[must_use]
    pub fn of(user: &User, must_change: bool, last_lead: bool, you: bool) -> Self {
        Self {
            id: user.id,
            name: user.name.clone(),
            sign_in: user.sign_in.clone(),
            role: user.role,
            role_words: user.role.words().to_owned(),
            organisation: user.organisation.clone(),
            active: user.active,
            must_change,
            passphrase_words: String::new(),
            last_lead,
            you,
        }
    }
}

/// A user to add.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddUser {
    /// The name colleagues see.
    pub name: String,
    /// The name typed at sign-in.
    pub sign_in: String,
    /// What they may do.
    pub role: Role,
    /// The employer whose record their entries are.
    pub organisation: String,
}
