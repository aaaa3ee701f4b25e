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

use serde_json::Value as Json;

use crate::codes::{Code, codes};
use crate::error::Result;
use crate::ids::FamilyId;
use crate::loss::LossKind;
use crate::person::health_care_number::NumberText;
use crate::record::cell::{Codes, Item, code_in};
use crate::record::names::Names;
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
        BirthMother "birth_mother" "Birth mother",
        NonBirthMother "non_birth_mother" "Non-birth mother",
        Father "father" "Father",
        Parent "parent" "Parent",
        Partner "partner" "Partner of a parent",
        AdoptiveParent "adoptive_parent" "Adoptive parent",
        FosterCarer "foster_carer" "Foster carer",
        KinshipCarer "kinship_carer" "Kinship carer",
        Guardian "guardian" "Guardian",
        OtherCarer "other_carer" "Other carer",
        // As it was recorded before a father and a partner were told apart; no longer offered.
        FatherOrPartner "father_partner" "Father or partner",
        Sibling "sibling" "Sibling",
    }
}

impl FamilyRole {
    /// A child of the family: an infant, born or not, or a sibling.
    #[must_use]
    pub const fn is_child(self) -> bool {
        matches!(self, Self::Infant | Self::Sibling)
    }

    /// A parent of the infant, by birth, adoption or law.
    #[must_use]
    pub const fn is_parent(self) -> bool {
        matches!(
            self,
            Self::Mother
                | Self::BirthMother
                | Self::NonBirthMother
                | Self::Father
                | Self::Parent
                | Self::AdoptiveParent
                | Self::FatherOrPartner
        )
    }

    /// Somebody who can have given birth to the infant.
    #[must_use]
    pub const fn may_have_given_birth(self) -> bool {
        matches!(self, Self::Mother | Self::BirthMother | Self::Parent)
    }
}

codes! {
    /// By what somebody has parental responsibility: Children (Northern Ireland)
    /// Order 1995, Articles 5, 7 and 12; of a Trust, by a care order, Article 52.
    pub enum Responsibility {
        GaveBirth "gave_birth" "Yes: gave birth",
        Married "married" "Yes: married to the mother, or her civil partner",
        BirthRegister "birth_register" "Yes: on the birth register",
        Agreement "agreement" "Yes: by agreement with the mother",
        CourtOrder "court_order" "Yes: by a court order",
        ResidenceOrder "residence_order" "Yes: by a residence order, while it is in force",
        SecondFemaleParent "second_female_parent" "Yes: second female parent (Art 5(1A), (2A))",
        AdoptionOrder "adoption_order" "Yes: by an adoption order",
        Guardian "guardian" "Yes: guardian",
        TrustByCareOrder "trust_care_order" "The Trust has it, by a care order",
        None "none" "No",
        NotKnown "not_known" "Not known",
    }
}

codes! {
    /// What a person needs so that a visit is of use to them.
    pub enum NeedKind {
        Interpreter "interpreter" "Interpreter",
        Hearing "hearing" "Hearing",
        Sight "sight" "Sight",
        Reading "reading" "Reading",
        Disability "disability" "Disability",
        Learning "learning" "Learning",
    }
}

/// One need of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Need {
    /// What kind.
    pub kind: NeedKind,
    /// In a few words: the language, large print, a ramp.
    #[serde(default)]
    pub detail: String,
}

impl Need {
    /// `Interpreter: Tetum`; `Hearing`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.detail.is_empty() { self.kind.words().to_owned() } else { format!("{}: {}", self.kind.words(), self.detail) }
    }
}

impl Item for Need {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { kind: code_in::<NeedKind>(json, "kind")?, detail: json.get("detail")?.as_str()?.to_owned() })
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(self.words())
    }
    fn lists() -> Vec<Codes> {
        vec![Codes::of::<NeedKind>()]
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
        NotIssued "not_issued" "Not yet issued",
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
    /// By what an adult has parental responsibility; nothing is chosen beforehand.
    #[serde(default)]
    pub responsibility: Option<Responsibility>,
    /// What they need so that a visit is of use to them.
    #[serde(default)]
    pub needs: Vec<Need>,
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
    /// Of an adult; none if nobody has asked.
    responsibility: Option<Responsibility>, "Parental responsibility", Clinical Open;
    needs: Vec<Need>, "Needs", Clinical Open;
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
        self.role.is_child()
    }

    /// Whether somebody is under 18 on a day; none where no date of birth says it.
    /// Who was born on 29 February is 18 on 1 March.
    #[must_use]
    pub fn is_under_18(&self, on: NaiveDate) -> Option<bool> {
        self.born_on.map(|born| age::years(born, on) < 18)
    }

    /// Whether a concern can be of them: a child of the family, and a parent who is under 18.
    #[must_use]
    pub fn is_child_on(&self, on: NaiveDate) -> bool {
        self.is_child() || self.is_under_18(on) == Some(true)
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
    /// Of a child: `Female`, or `Not recorded`; empty of an adult.
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
    /// `Yes: on the birth register`; empty of a child, and until it was asked.
    pub responsibility: String,
    /// `Interpreter: Tetum · Hearing`; empty if none is known.
    pub needs: String,
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
