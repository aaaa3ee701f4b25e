import type { FamilyRole } from "$ipc/generated/FamilyRole";
import type { NumberAbsent } from "$ipc/generated/NumberAbsent";
import type { Sex } from "$ipc/generated/Sex";

const roles: Record<FamilyRole, string> = {
  infant: "Infant",
  mother: "Mother",
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
  just_born: "Newborn, number not yet issued",
  asylum: "Asylum seeker, number not yet issued",
  from_elsewhere: "Lives or lived elsewhere",
  told_later: "The family will tell us later",
  not_needed: "Not needed for this person",
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
  roles,
  sexes,
  absences,
};
