//! A person of a family: infant, parent, carer or sibling.

pub mod age;
pub mod alike;
pub mod entering;
pub mod health_care_number;
pub mod name;
pub mod namesakes;
pub mod ops;
pub mod rows;
pub mod same;
pub mod words;

use crate::ids::ids;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::ids::FamilyId;
use crate::loss::LossKind;
use crate::person::health_care_number::NumberText;
use crate::record::record;
use crate::typed::choice::Choice;

ids! {
    /// One person in one family.
    PersonId as "string & { readonly of: 'Person' }" in "person",
}

codes! {
    /// Who the person is to the infant.
    pub enum FamilyRole {
        Infant "infant" "Infant",
        Mother "mother" "Mother",
        Father "father_partner" "Father or partner",
        OtherCarer "other_carer" "Other carer",
        Sibling "sibling" "Sibling",
    }
}

codes! {
    /// Sex as on the birth record.
    pub enum Sex {
        Female "female" "Female",
        Male "male" "Male",
        Indeterminate "indeterminate" "Indeterminate",
        NotKnown "not_known" "Not known",
    }
}

codes! {
    /// Why a Health and Care Number is not recorded.
    pub enum NumberAbsent {
        Unborn "unborn" "Not yet born",
        JustBorn "just_born" "Newborn, number not yet issued",
        Asylum "asylum" "Asylum seeker, number not yet issued",
        FromElsewhere "from_elsewhere" "Lives or lived elsewhere",
        ToldLater "told_later" "The family will tell us later",
        NotNeeded "not_needed" "Not needed for this person",
    }
}

/// A date in three typed fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct DateEntry {
    /// Day of the month, as typed.
    pub day: String,
    /// Month as a number or a name, as typed.
    pub month: String,
    /// Year in four digits, as typed.
    pub year: String,
}

/// A person as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PersonEntry {
    /// Who the person is to the infant.
    pub role: FamilyRole,
    /// Family name.
    #[serde(default)]
    pub family_name: String,
    /// Given name.
    #[serde(default)]
    pub given: String,
    /// True while the given name is not yet given.
    #[serde(default)]
    pub given_awaited: bool,
    /// The name they like to be called by.
    #[serde(default)]
    pub preferred: String,
    /// Sex as on the birth record; nothing is chosen beforehand.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// Date of birth.
    #[serde(default)]
    pub born: DateEntry,
    /// Time of birth, as typed; may be empty.
    #[serde(default)]
    pub born_time: String,
    /// Expected date of birth: an unborn infant, or one born early.
    #[serde(default)]
    pub due: DateEntry,
    /// 1, 2 … for twins and more, in order of birth.
    #[serde(default)]
    pub birth_order: Option<u8>,
    /// Health and Care Number, as typed.
    #[serde(default)]
    pub number: String,
    /// Why there is none.
    #[serde(default)]
    pub number_absent: Option<NumberAbsent>,
}

record! {
    /// A person of a family.
    Person = "person" "person", amended, in family, about Person "id",
        may be in error, [Caseload Family];
    id id: PersonId;
    family: FamilyId, "Family", Fixed Inside;
    /// Who the person is to the infant.
    role: FamilyRole, "Role", Plain Open;
    /// As typed.
    family_name: String, "Family name", Clinical Open;
    /// Empty while not yet given.
    given: String, "Given name", Clinical Open;
    given_awaited: bool, "Given name not yet given", Plain Open;
    /// May be empty.
    preferred: String, "Preferred name", Plain Open;
    /// As on the birth record.
    sex: Option<Sex>, "Sex", Clinical Open;
    /// None while unborn or not known.
    born_on: Option<NaiveDate>, "Date of birth", Clinical Open;
    born_time: Option<NaiveTime>, "Time of birth", Clinical Open;
    due_on: Option<NaiveDate>, "Due date", Clinical Open;
    /// Of twins and more.
    birth_order: Option<u8>, "Birth order", Clinical Open;
    number: NumberText, "Health and Care Number", Clinical Open;
    number_absent: Option<NumberAbsent>, "Why there is no number", Plain Open;
    @beside {
        /// How many infants of the family were born, or are due, with this one.
        of_birth: Option<u8>;
        /// That the person has died, or the pregnancy ended.
        loss: Option<LossKind>;
        /// On which day, if it is known.
        lost_on: Option<NaiveDate>;
    }
}

impl Person {
    /// Whether it is a child of the family: an infant, born or not, or a sibling.
    #[must_use]
    pub const fn is_child(&self) -> bool {
        matches!(self.role, FamilyRole::Infant | FamilyRole::Sibling)
    }
}

/// A person as read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Who.
    pub id: PersonId,
    /// Who the person is to the infant.
    pub role: FamilyRole,
    /// The role in words.
    pub role_words: String,
    /// `O’NEILL, Fiadh`.
    pub name: String,
    /// `Fi`; empty if none.
    pub preferred: String,
    /// `Female`, or `Not recorded`.
    pub sex: String,
    /// `Born`, `Due` or `Died`.
    pub born_label: String,
    /// `11-Oct-2026 (6w 1d)`, or `Not recorded`.
    pub born: String,
    /// The age alone: `6w 1d`.
    pub age: String,
    /// `999 123 4567`, or `Not known: just born, not yet given`.
    pub number: String,
    /// `Died 20-Nov-2026`; empty unless the person has died or the pregnancy ended.
    pub lost: String,
    /// What can be recorded as having happened to them; nothing once it is.
    pub losses: Vec<Choice>,
    /// A warning about the number's range; empty if none.
    pub number_warning: String,
    /// `Twin 1`; empty if not a twin.
    pub birth_order: String,
    /// What the edit form starts with.
    pub entry: PersonEntry,
}

/// What the core makes of a person while they are being typed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PersonEcho {
    /// `O’NEILL, Fiadh`; empty until there is a family name.
    pub name: String,
    /// `Born 11-Oct-2026 (6w 1d)`; empty until there is a date.
    pub born: String,
    /// `999 123 4567`; empty until it is whole.
    pub number: String,
    /// Things to look at again: number range, very old or future dates.
    pub warnings: Vec<String>,
    /// People of the record, or typed beside this one, who may be the same: `O’NEILL, Fiadh, born …`.
    pub similar: Vec<String>,
}

/// A person who was added or changed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PersonSaved {
    /// Who.
    pub id: PersonId,
}
