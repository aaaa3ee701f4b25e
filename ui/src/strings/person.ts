import type { FamilyRole } from "$ipc/generated/FamilyRole";
import type { NeedKind } from "$ipc/generated/NeedKind";
import type { NumberAbsent } from "$ipc/generated/NumberAbsent";
import type { Responsibility } from "$ipc/generated/Responsibility";
import type { Sex } from "$ipc/generated/Sex";

const roles: Record<FamilyRole, string> = {
  infant: "Infant",
  birth_mother: "Birth mother",
  non_birth_mother: "Non-birth mother",
  mother: "Mother",
  father: "Father",
  parent: "Parent",
  partner: "Partner of a parent",
  adoptive_parent: "Adoptive parent",
  foster_carer: "Foster carer",
  kinship_carer: "Kinship carer",
  guardian: "Guardian",
  father_partner: "Father or partner",
  other_carer: "Other carer",
  sibling: "Sibling",
};

const sexes: Record<Sex, string> = {
  female: "Female",
  male: "Male",
  indeterminate: "Indeterminate",
  not_known: "Not known",
};

const absences: Record<NumberAbsent, string> = {
  unborn: "Not yet born",
  not_issued: "Not yet issued",
  just_born: "Newborn, number not yet issued",
  asylum: "Asylum seeker, number not yet issued",
  from_elsewhere: "Lives or lived elsewhere",
  told_later: "The family will tell us later",
  not_needed: "Not needed for this person",
};

const responsibilities: Record<Responsibility, string> = {
  gave_birth: "Yes: gave birth",
  married: "Yes: married to the mother, or her civil partner",
  birth_register: "Yes: on the birth register",
  agreement: "Yes: by agreement with the mother",
  court_order: "Yes: by a court order",
  residence_order: "Yes: by a residence order, while it is in force",
  second_female_parent: "Yes: second female parent (Art 5(1A), (2A))",
  adoption_order: "Yes: by an adoption order",
  guardian: "Yes: guardian",
  trust_care_order: "The Trust has it, by a care order",
  none: "No",
  not_known: "Not known",
};

const needKinds: Record<NeedKind, string> = {
  interpreter: "Interpreter",
  hearing: "Hearing",
  sight: "Sight",
  reading: "Reading",
  disability: "Disability",
  learning: "Learning",
};

/** Words of people: the form and the list. */
export const person = {
  screen: "People",
  reading: "Reading the people of this family…",
  edit: "Edit",
  editOf: (name: string) => `Edit ${name}`,
  add: "Add a person",
  preferred: "Preferred name",
  sex: "Sex",
  number: "H&C No.",
  roleChoose: "Choose",
  roleFirst: "Choose the relationship to the infant.",
  role: "Relationship to the infant",
  familyName: "Family name",
  given: "Given name",
  givenAwaited: "Not yet named",
  oneName: "Has one name only",
  preferredName: "Preferred name",
  optional: "Optional",
  notChosen: "Choose",
  unborn: "Not yet born",
  born: "Date of birth",
  bornHint: "For example 27 10 2026",
  bornTime: "Time of birth",
  bornTimeHint: "If known, for example 14:05",
  due: "Expected date of birth",
  bornEarly: "Born early",
  birthOrder: "Birth order",
  twin: (order: number) => `Born ${["first", "second", "third", "fourth"][order - 1] ?? `number ${order}`}`,
  single: "Not a twin",
  numberLabel: "Health and Care Number",
  numberHint: "10 digits, with or without spaces",
  numberAbsent: "If there is no number, why",
  day: "Day",
  month: "Month",
  year: "Year",
  save: "Save person",
  cancel: "Cancel",
  saved: "Saved on this laptop.",
  summary: "Not saved yet. Check these:",
  similar: "May already be in the record",
  similarHint: "Look at these before you save. Save only if this is someone else.",
  echo: "How this will be shown",
  responsibility: "Parental responsibility",
  responsibilityHint: "Optional. On what basis, as far as it is known.",
  needs: "Needs for a visit",
  needsHint: "Shown at the top of the record, so that whoever visits knows. Optional.",
  needDetail: {
    interpreter: "Which language",
    hearing: "What helps with hearing, for example BSL",
    sight: "What helps with sight, for example large print",
    reading: "What helps with reading, for example reading aloud",
    disability: "What helps with the disability, for example a ramp",
    learning: "What helps with learning, for example short sentences",
  } as Record<NeedKind, string>,
  responsibilities,
  needKinds,
  roles,
  sexes,
  absences,
};
